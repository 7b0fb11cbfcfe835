"""Headers of several rows: what each column is called under the title above it, and whether it holds a plan or a result.

Offices keep แผน and ผล side by side under each month. Only the result is imported; where two columns could both be it,
nobody guesses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from kpi_metrics.ingest.cells import name_key, show
from kpi_metrics.ingest.columns import MONTH_NAMES, VALUE_HEADERS, Column
from kpi_metrics.ingest.raw import Cell
from kpi_metrics.thai.units import is_unit

# fmt: off
_PLAN = frozenset(map(name_key, (
    "แผน", "แผนงาน", "แผนสะสม", "แผนรายเดือน", "แผนการดำเนินงาน", "ตามแผน", "เป้า", "เป้าหมาย", "ค่าเป้าหมาย",
    "เป้าหมายสะสม", "เป้าหมายรายเดือน", "plan", "target",
)))
_RESULT = frozenset(map(name_key, (
    *(name for name in VALUE_HEADERS if name != "ผลสะสม"), "ทำได้", "ทำจริง", "ผลจริง", "ผลที่ได้", "ผลที่ทำได้",
    "ผลงานจริง", "ผลการปฏิบัติงาน", "result", "actual",
)))
# fmt: on
_RESULT_COLUMNS = frozenset(("value", *MONTH_NAMES))

ColumnsOf = Callable[[Cell], tuple[Column, ...]]  # the columns that a header may name


@dataclass(slots=True)
class Stacked:
    """A header of two rows, column by column. ``names``: what each may be called, what fits best first.

    ``plans``: the columns that hold what was planned (or stands beside the result), not what was done. ``unclear``: each
    title under which two columns could be the result, with their names.
    """

    names: list[list[Cell]] = field(default_factory=list)
    plans: set[int] = field(default_factory=set)
    unclear: list[str] = field(default_factory=list)


def says_kind(text: Cell) -> bool:
    """Whether the cell of a header says no more than plan, result or a unit: it speaks of the title above it."""
    said = _bare(text)
    return said in _PLAN or said in _RESULT or is_unit(said)


def stack(uppers: Sequence[Cell], lowers: Sequence[Cell], is_under: Callable[[int], bool], fits: ColumnsOf) -> Stacked:
    """What the columns are called whose titles are ``uppers`` and whose own names are ``lowers``.

    ``is_under`` says whether a column without a title of its own stands under the one to its left.
    """
    width = max(len(uppers), len(lowers))
    uppers, lowers = ([*cells, *[None] * (width - len(cells))] for cells in (uppers, lowers))
    stacked = Stacked()
    groups: dict[int, list[int]] = {}
    at: int | None = None
    for position, (upper, lower) in enumerate(zip(uppers, lowers, strict=True)):
        at = position if upper is not None else at if at is not None and is_under(position) else None
        beside = takewhile(
            lambda each: each[0] is None, zip(uppers[position + 1 :], lowers[position + 1 :], strict=True)
        )
        is_wide = any(each is not None for _, each in beside)
        both = f"{show(uppers[at]).strip()} {show(lower).strip()}" if at is not None and lower is not None else None
        stacked.names.append([both, lower if upper is None or is_wide else None, upper])
        if at is not None and (lower is not None or at == position):
            groups.setdefault(at, []).append(position)
    for title_at, positions in groups.items():
        if len(positions) > 1 or lowers[title_at] is not None:
            _settle(stacked, uppers[title_at], positions, lowers, fits)
    return stacked


def _settle(stacked: Stacked, title: Cell, positions: list[int], lowers: Sequence[Cell], fits: ColumnsOf) -> None:
    """Which of the columns under one title is the result."""
    open_ones = [each for each in positions if not fits(stacked.names[each][0])]
    if _bare(title) in _PLAN:
        stacked.plans |= {each for each in open_ones if _is_result(fits(lowers[each]))}
    if not _is_result(fits(title)):
        return
    own = {each for each in open_ones if (named := fits(lowers[each])) and not _is_result(named)}
    if not any(column.name == "denominator" for each in own for column in fits(lowers[each])):
        own -= {each for each in own if _bare(lowers[each]) in _RESULT}  # ทำได้ alone is the result, not half a ratio
    for each in own:
        stacked.names[each] = [lowers[each]]
    rest = [each for each in open_ones if each not in own]
    plans = {each for each in rest if _bare(lowers[each]) in _PLAN}
    results = [each for each in rest if _bare(lowers[each]) in _RESULT]
    left = [each for each in rest if each not in plans]
    stacked.plans |= plans
    if len(results) == 1:
        stacked.plans |= {*left} - {*results}
        stacked.names[results[0]] = [title]
    elif len(left) == 1 and not plans:
        stacked.names[left[0]] = [title]
    elif left:
        names = ", ".join(show(lowers[each]).strip() or "–" for each in rest)
        stacked.unclear.append(f"{show(title).strip()}: {names}")
        for each in left:
            stacked.names[each] = [title]  # so that the table is still known for what it is


def _is_result(columns: Sequence[Column]) -> bool:
    return bool(columns) and all(column.name in _RESULT_COLUMNS for column in columns)


def _bare(cell: Cell) -> str:
    """A header without the brackets around it."""
    return name_key(show(cell).strip().strip("()（）")) if cell is not None else ""
