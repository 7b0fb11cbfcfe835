"""Figures whose meaning the KPI decides: results and targets, plans of twelve months, scales of five levels."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from kpi_metrics.ingest.cells import check_range, percent_of, show
from kpi_metrics.ingest.columns import LEVEL_NAMES, PLAN_NAMES
from kpi_metrics.ingest.findings import Findings, Row
from kpi_metrics.ingest.raw import Cell, PercentCell
from kpi_metrics.model import Direction, Kpi, Levels, Measure, Plan, Text
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.numbers import Amount, parse_amount
from kpi_metrics.thai.units import dimension, same_unit


def read_figure(row: Row, column: str, kpi: Kpi, findings: Findings) -> float | None:
    """The number in a cell, in the KPI's unit; None with the row refused when it is not one."""
    cell = row.cells.get(column)
    if cell is None:
        return None
    read = _read(cell, kpi.measure, kpi.unit)
    if isinstance(read, Unreadable):
        code = "percent_as_fraction" if isinstance(read, Fraction) else f"unreadable_{column}"
        findings.unreadable(row, column, code, read)
        return None
    if read.unit and not same_unit(read.unit, kpi.unit):
        wrong = Text(f"ตัวชี้วัดนี้นับเป็น{kpi.unit} ไม่ใช่{read.unit}", f"the KPI counts {kpi.unit}, the cell says {read.unit}")
        findings.warn(row, column, "other_unit", wrong, Text("ตรวจสอบว่าถูกต้อง", "check that it is right"))
    return read.number


class Fraction(Unreadable):
    """A percent below 1 that does not say whether it is a fraction."""


@lru_cache(maxsize=65536, typed=True)  # typed: 1 and True are equal and yet not the same
def _read(cell: Cell, measure: Measure, unit: str) -> Amount | Unreadable:
    try:
        if measure == "percent":
            return Amount(_percent(cell))
        if isinstance(cell, PercentCell):
            raise Unreadable(
                show(cell),
                Text("เป็นร้อยละ แต่ตัวชี้วัดนี้ไม่ได้นับเป็นร้อยละ", "a percent, but the KPI does not count in percent"),
                Text("ตัวเลขตามหน่วยนับของตัวชี้วัด", "a number in the KPI's unit"),
            )
        amount = parse_amount(cell, unit) if measure != "milestone" else _steps(cell, unit)
        _check_dimension(cell, amount.unit, unit)
    except Unreadable as error:
        return error
    return amount


def _check_dimension(cell: Cell, said: str, unit: str) -> None:
    """Refuse a figure measured in something else than the KPI is; a word that only counts (35 ราย) is told of."""
    if not said or same_unit(said, unit) or dimension(said) == "count":
        return
    wrong = Text(f"หน่วยเป็น{said} แต่ตัวชี้วัดนี้นับเป็น{unit}", f"the unit is {said}, but the KPI counts {unit}")
    raise Unreadable(show(cell), wrong, Text(f"ตัวเลขเป็น{unit}", f"the number in {unit}"))


def _steps(cell: Cell, unit: str) -> Amount:
    try:
        amount = parse_amount(cell, unit)
    except Unreadable as error:
        expected = Text("จำนวนขั้นตอนที่ทำแล้ว 0 ถึง 5", "the number of steps done, 0 to 5")
        raise Unreadable(show(cell), error.wrong, expected) from None
    check_range(cell, amount.number, 0, 5)
    return amount


def _percent(cell: Cell) -> float:
    percent = percent_of(cell)
    value = percent.value
    if percent.was_fraction and abs(value) < 1:
        raise Fraction(
            show(cell),
            Text(
                f"ไม่แน่ชัดว่าเป็นร้อยละ {value:.10g} หรือร้อยละ {100 * value:.10g}",
                f"is this {value:.10g} percent, or {100 * value:.10g} percent?",
            ),
            Text(f"{100 * value:.10g} หรือ {value:.10g}%", f"{100 * value:.10g}, or {value:.10g}%"),
            [
                (Text(f"ร้อยละ {each}", f"{each} percent"), f"{each}%")
                for each in (f"{100 * value:.10g}", f"{value:.10g}")
            ],
        )
    return value


def levels_of(row: Row) -> Levels:
    """The five anchors of a row's scale, None where not given."""
    one, two, three, four, five = (row.values.get(name) for name in LEVEL_NAMES)
    return one, two, three, four, five


def check_scale(row: Row, levels: Levels, direction: Direction, findings: Findings, *, is_required: bool) -> None:
    """Refuse a scale of fewer than 2 anchors, or one that does not strictly rise (up) or fall (down)."""
    given = [level for level in levels if level is not None]
    if not given and (not is_required or row.is_rejected):
        return
    first = next((name for name in LEVEL_NAMES if name in row.cells), LEVEL_NAMES[0])
    found = " / ".join("-" if level is None else f"{level:.10g}" for level in levels)
    steps = [after - before if direction == "up" else before - after for before, after in pairwise(given)]
    if len(given) < 2:
        findings.reject(
            row,
            first,
            "scale",
            Text("เกณฑ์ให้คะแนนมีไม่ถึง 2 ระดับ", "the scale has fewer than 2 levels"),
            Text("อย่างน้อย 2 ระดับ", "at least 2 levels"),
            found,
        )
    elif min(steps) <= 0:
        th, en = ("เพิ่มขึ้น", "rise") if direction == "up" else ("ลดลง", "fall")
        findings.reject(
            row,
            first,
            "scale",
            Text(f"เกณฑ์ให้คะแนนไม่{th}ทุกระดับ", f"the levels do not {en} from each to the next"),
            Text(f"ระดับ 1 ถึง 5 {th}ตามทิศทางของตัวชี้วัด", f"levels that {en}, as the KPI's direction is {direction}"),
            found,
        )


def read_plan(row: Row) -> Plan | None:
    """The twelve planned shares (0..1) of a row, or None: not given, or not all of them."""
    given = [row.values.get(name) for name in PLAN_NAMES]
    shares = [share for share in given if share is not None]
    if len(shares) < 12:
        return None
    # 12 fractions end in 1; a percent plan ends in 100.
    return tuple(shares) if shares[-1] == 1 and max(shares) <= 1 else tuple(share / 100 for share in shares)


def check_plan(row: Row, plan: Plan | None, findings: Findings) -> None:
    """Refuse a plan that is not whole, falls, or does not end in 100 %."""
    given = [name for name in PLAN_NAMES if name in row.cells]
    if not given or any(row.values.get(name) is None for name in given):
        return  # nothing there, or told already
    found = " / ".join(show(row.cells.get(name)) or "-" for name in PLAN_NAMES)
    expected = Text("ร้อยละสะสม 12 เดือน ไม่ลดลง และสิ้นสุดที่ 100", "12 cumulative percents, never falling, the last 100")
    if plan is None:
        wrong = Text(f"แผนมี {len(given)} เดือน ไม่ครบ 12", f"the plan has {len(given)} months of 12")
        missing = next(name for name in PLAN_NAMES if name not in row.cells)
        findings.reject(row, missing, "plan", wrong, expected, found)
        return
    for before, after, name in zip(plan, plan[1:], PLAN_NAMES[1:], strict=False):
        if after < before:
            wrong = Text("แผนสะสมลดลงจากเดือนก่อน", "the cumulative plan falls")
            findings.reject(row, name, "plan", wrong, expected, found)
            return
    if plan[-1] != 1:
        wrong = Text("แผนสะสมเดือนสุดท้ายไม่ใช่ร้อยละ 100", "the plan does not end in 100 %")
        findings.reject(row, PLAN_NAMES[-1], "plan", wrong, expected, found)
