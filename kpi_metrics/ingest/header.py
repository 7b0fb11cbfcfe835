"""Finding the header of a table in a sheet: which row it is, and which column each of its cells names.

Columns are matched by name, never by position.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from kpi_metrics.ingest.cells import name_key, show
from kpi_metrics.ingest.columns import MONTH_NAMES, PLAN_NAMES, Column, Table, is_information
from kpi_metrics.ingest.raw import Cell, RawRow, RawSheet
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.calendar import parse_month

HEADER_WITHIN = 12  # rows of a sheet among which the header is looked for

_YEAR_AT_END = re.compile(r"(?:พศ)?(?:\d{4}|\d{2})$")

# What our own exports say of where each row came from, under its English and its Thai headers.
_BATCH = ("batch_id", "รหัสการนำเข้า")
_PROVENANCE = (
    *(*_BATCH, "recorded_at", "file", "sheet", "row", "version"),
    *("เวลาบันทึก", "ไฟล์", "แผ่นงาน", "แถว", "ฉบับที่"),
)

ReadAs = Mapping[str, str]  # a header, as name_key writes it → the column it stands for, "" for none


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table in a sheet. ``last_row`` is the row (of the sheet) on which it ends."""

    columns: Mapping[int, Column]  # position in the row -> column
    texts: tuple[Cell, ...]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]
    last_row: int

    @property
    def names(self) -> frozenset[str]:
        """The names of the columns that are there."""
        return frozenset(column.name for column in self.columns.values())

    @property
    def keys(self) -> frozenset[str]:
        """Every header that stands there, as ``name_key`` writes it."""
        return frozenset(name_key(show(text)) for text in self.texts)


def find_header(sheet: RawSheet, table: Table, read_as: ReadAs) -> Header | None:
    """The row among the first 12 that names most columns of the table (at least 2), alone or joined with the next one.

    What ``read_as`` says of a header goes before the column's own names.
    """
    best: Header | None = None
    rows = [row for row in sheet.rows if row.number <= HEADER_WITHIN]
    width = max((len(row.cells) for row in rows), default=0)  # a merged area may reach to the end of the world
    merged = {
        (row, position)
        for first_row, first_column, last_row, last_column in sheet.merged
        if first_row <= HEADER_WITHIN
        for row in range(first_row, min(last_row, HEADER_WITHIN) + 1)
        for position in range(first_column - 1, min(last_column, max(width, first_column)))
    }
    for index, row in enumerate(rows):
        single = _match(table, [[cell] for cell in row.cells], row.number, read_as)
        best = single if len(single.names) > (len(best.names) if best else 1) else best
        following = next((later for later in rows[index + 1 : index + 2] if later.number == row.number + 1), None)
        if following:
            below = _match(table, [[cell] for cell in following.cells], following.number, read_as)
            joined = _match(table, list(_joined(row, following, merged)), following.number, read_as)
            if len(joined.names) > max(len(below.names), len(best.names) if best else 1):
                best = joined
    return best


def _joined(top: RawRow, bottom: RawRow, merged: Set[tuple[int, int]]) -> Iterator[list[Cell]]:
    """What each column of a two-row header may be called: both rows; the lower one under a title of several; the upper."""
    width = max(len(top.cells), len(bottom.cells))
    uppers, lowers = ([*row.cells, *[None] * (width - len(row.cells))] for row in (top, bottom))
    title: Cell = None
    for position in range(width):
        upper, lower = uppers[position], lowers[position]
        if upper is not None:
            title = upper
        # A CSV has lost its merges: there a title holds on over the blanks to its right.
        is_under_title = (top.number, position) in merged if merged else True
        over = upper if upper is not None else title if is_under_title else None
        is_wide = position + 1 < width and uppers[position + 1] is None and lowers[position + 1] is not None
        both = f"{show(over)} {show(lower)}" if over is not None and lower is not None else None
        yield [both, lower if upper is None or is_wide else None, upper]


def _match(table: Table, names: Sequence[Sequence[Cell]], last_row: int, read_as: ReadAs) -> Header:
    """Which position is which column. A header that fits several columns takes the first that no other header names."""
    fits: dict[int, tuple[Column, ...]] = {}
    texts: list[Cell] = []
    for position, said in enumerate(names):
        fitting = next(((name, columns) for name in said if (columns := columns_of(table, name, read_as))), None)
        texts.append(fitting[0] if fitting else next((name for name in said if name is not None), None))
        if fitting:
            fits[position] = fitting[1]
    taken = {columns[0].name for columns in fits.values() if len(columns) == 1}
    chosen: dict[int, Column] = {}
    for position, columns in fits.items():
        column = (
            columns[0] if len(columns) == 1 else next((each for each in columns if each.name not in taken), columns[0])
        )
        taken.add(column.name)
        chosen[position] = column
    seen: list[str] = [column.name for column in chosen.values()]
    repeated = [show(texts[position]) for position, column in chosen.items() if seen.count(column.name) > 1]
    strangers = [show(cell).strip() for position, cell in enumerate(texts) if position not in chosen]
    ours = _provenance({name_key(text) for text in strangers})
    unknown = [text for text in strangers if text and not _is_kept_out(text, ours, read_as)]
    return Header(chosen, tuple(texts), tuple(unknown), tuple(repeated), last_row)


def _is_kept_out(text: str, ours: Set[str], read_as: ReadAs) -> bool:
    key = name_key(text)
    return key in ours or is_information(text) or read_as.get(key) == ""


def _provenance(headers: Collection[str]) -> frozenset[str]:
    """Those headers (as ``name_key`` writes them) of one of our own exports that say where its rows came from."""
    is_ours = any(name_key(batch) in headers for batch in _BATCH)
    return frozenset(map(name_key, _PROVENANCE)).intersection(headers) if is_ours else frozenset()


def columns_of(table: Table, header: Cell, read_as: ReadAs) -> tuple[Column, ...]:
    """The columns that a header may name, as told or by their own names; a month may carry its year (``ต.ค. 68``) or be a date."""
    if header is None:
        return ()
    if (told := read_as.get(name_key(show(header)))) is not None:
        return tuple(column for column in table.columns if column.name == told)
    if isinstance(header, date):
        return _month_column(table, header)
    name = name_key(show(header))
    if fits := table.by_header.get(name):
        return fits
    dated = table.by_header.get(_YEAR_AT_END.sub("", name), ())
    return tuple(column for column in dated if column.name in (*MONTH_NAMES, *PLAN_NAMES))


def _month_column(table: Table, header: date) -> tuple[Column, ...]:
    if MONTH_NAMES[0] not in table.speaks:
        return ()
    try:
        return (table.column(f"m{parse_month(header).month}"),)
    except Unreadable:
        return ()
