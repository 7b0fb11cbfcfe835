"""The fiscal calendar: months as people type them, and with them all that the rest of the product needs of time.

A fiscal year is a พ.ศ. integer named by the year it ends in; fiscal month 1 is ต.ค.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from numbers import Real

from kpi_metrics.model import Text
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.dates import (
    YEAR,
    calendar_month_of,
    christian_year,
    is_day,
    parse_date,
    parse_datetime,
    parse_fiscal_year,
    plain_form,
    real_day,
)
from kpi_metrics.thai.months import (
    MONTHS_EN_LONG,
    MONTHS_EN_SHORT,
    MONTHS_TH_LONG,
    MONTHS_TH_SHORT,
    FiscalMonth,
    format_date,
    format_datetime,
)
from kpi_metrics.thai.numbers import to_float

__all__ = [
    "MONTHS_EN_LONG",
    "MONTHS_EN_SHORT",
    "MONTHS_TH_LONG",
    "MONTHS_TH_SHORT",
    "FiscalMonth",
    "format_date",
    "format_datetime",
    "parse_date",
    "parse_datetime",
    "parse_fiscal_year",
    "parse_month",
    "parse_months",
]

_A_MONTH = Text(
    "กรอกเดือน เช่น ต.ค. 2568 หรือ 1 ถึง 12 (1 = ต.ค.)", "Give a month, such as ต.ค. 2568, 2025-10 or 1 to 12 (1 = ต.ค.)."
)

_NUMBERED_MONTH = re.compile(r"(?P<number>\d{1,2}) ?[-/] ?(?P<year>\d{4})|(?P<year2>\d{4}) ?[-/] ?(?P<number2>\d{1,2})")
_NAMED_MONTH = re.compile(
    r"(?:(?P<days>\d{1,2}(?: ?[,\-] ?\d{1,2})*) ?)?(?P<month>[A-L])"
    rf"(?:[ \-/]*(?P<year>{YEAR})(?! ?(?:[,\-] ?\d{{1,2}} ?)*[A-L]))?"
)
_BETWEEN = re.compile(r" ?([,;\-/]?) ?")
_LABEL_END = re.compile(r" ?\(fy ?(?P<year>\d{4})\)$")


def parse_month(value: object, fiscal_year: int | None = None) -> FiscalMonth:
    """Read one fiscal month from a cell: 1 to 12, a month's name, ``2026-10``, ``10/2569``, or the month of a date.

    Without a year in the cell it lies in ``fiscal_year`` (พ.ศ.). Raises Unreadable when there is neither, when the
    cell's year lies outside ``fiscal_year``, and for several months.
    """
    months = parse_months(value, fiscal_year)
    if len(months) > 1:
        raise Unreadable(value, Text("มีมากกว่าหนึ่งเดือน", "This names more than one month"), _A_MONTH)
    return months[0]


def parse_months(value: object, fiscal_year: int | None) -> tuple[FiscalMonth, ...]:
    """Read the months that a cell names, in order of writing: ``เม.ย.-มิ.ย. 69``, ``มิ.ย., ก.ค., ส.ค. 69``, or one month.

    Raises Unreadable as parse_month does. Days in the cell (``9,23 มิ.ย. 69``) must exist, and name their month.
    """
    if isinstance(value, str):
        return _months_of_text(value, fiscal_year)
    if isinstance(value, Real) and not isinstance(value, bool) and 0 <= to_float(value) < 100:
        return _months_of_text(f"{to_float(value):g}", fiscal_year)
    return (_within(FiscalMonth.of(parse_date(value)), fiscal_year, value),)


@lru_cache(maxsize=65536)
def _months_of_text(raw: str, fiscal_year: int | None) -> tuple[FiscalMonth, ...]:
    text = plain_form(raw)
    if not (label := _LABEL_END.search(text)):
        return _months_of_plain(text, raw, fiscal_year)
    months = _months_of_plain(text[: label.start()], raw, fiscal_year)
    if any(month.fiscal_year != int(label["year"]) for month in months):
        wrong = Text("ปีงบประมาณในวงเล็บไม่ใช่ปีของเดือนนี้", "The fiscal year in brackets is not this month's")
        raise Unreadable(raw, wrong, _A_MONTH)
    return months


def _months_of_plain(text: str, raw: str, fiscal_year: int | None) -> tuple[FiscalMonth, ...]:
    if re.fullmatch(r"\d{1,2}(?:\.0)?", text):
        return (_month_of_number(int(float(text)), raw, fiscal_year),)
    if match := _NUMBERED_MONTH.fullmatch(text):
        number = int(match["number"] or match["number2"])
        year = christian_year(match["year"] or match["year2"], raw)
        return (_within(FiscalMonth.of(real_day(year, number, 1, raw)), fiscal_year, raw),)
    if is_day(text):
        return (_within(FiscalMonth.of(parse_date(raw, fiscal_year)), fiscal_year, raw),)
    return _named_months(text, raw, fiscal_year)


def _month_of_number(number: int, found: str, fiscal_year: int | None) -> FiscalMonth:
    if not 1 <= number <= 12:
        raise Unreadable(found, Text("เดือนต้องเป็น 1 ถึง 12", "A month is 1 to 12"), _A_MONTH)
    return FiscalMonth(_known(fiscal_year, found), number)


def _known(fiscal_year: int | None, found: str) -> int:
    if fiscal_year is None:
        wrong = Text("ไม่ได้ระบุปีของเดือนนี้", "This month has no year")
        raise Unreadable(found, wrong, Text("กรอกปีด้วย เช่น ต.ค. 2568", "Give its year too, such as ต.ค. 2568."))
    return fiscal_year


def _within(month: FiscalMonth, fiscal_year: int | None, found: object) -> FiscalMonth:
    if fiscal_year is not None and month.fiscal_year != fiscal_year:
        first, last = FiscalMonth(fiscal_year, 1), FiscalMonth(fiscal_year, 12)
        wrong = Text(
            f"เดือนอยู่นอกปีงบประมาณ {fiscal_year}",
            f"The month lies outside the fiscal year {fiscal_year}",
        )
        expected = Text(
            f"เดือนระหว่าง {first.label()} ถึง {last.label()}", f"A month from {first.label('en')} to {last.label('en')}."
        )
        raise Unreadable(found, wrong, expected)
    return month


def _named_months(text: str, found: str, fiscal_year: int | None) -> tuple[FiscalMonth, ...]:
    """Months by name, listed (,) or from one to another (-). The last year named holds for those without one."""
    items, joints = _split_months(text, found)
    for item in reversed(items):
        if item["year"]:
            named = _month_with_year(item, found, fiscal_year)
            fiscal_year = named.fiscal_year
            break
    months: list[FiscalMonth] = []
    for item, joint in zip(items, joints, strict=True):
        month = (
            _month_with_year(item, found, fiscal_year)
            if item["year"]
            else FiscalMonth(_known(fiscal_year, found), ord(item["month"]) - 64)
        )
        for day in re.findall(r"\d+", item["days"] or ""):
            real_day(month.calendar_year, month.calendar_month, int(day), found)
        if month in months and not item["days"]:  # two days may lie in one month
            raise Unreadable(found, Text("มีเดือนเดียวกันซ้ำสองครั้ง", "This names a month twice"), _A_MONTH)
        if joint == "-":
            months.extend(_months_between(months[-1], month, found))
        months.append(month)
    return tuple(dict.fromkeys(months))


def _month_with_year(item: re.Match[str], found: str, fiscal_year: int | None) -> FiscalMonth:
    calendar_month = calendar_month_of(item["month"])
    year = christian_year(item["year"], found, calendar_month, fiscal_year)
    return _within(FiscalMonth.of(date(year, calendar_month, 1)), fiscal_year, found)


def _months_between(first: FiscalMonth, last: FiscalMonth, found: str) -> list[FiscalMonth]:
    """The months after ``first`` and before ``last``."""
    if first > last:
        wrong = Text("เดือนเริ่มต้นอยู่หลังเดือนสิ้นสุด", "The first month lies after the last")
        raise Unreadable(found, wrong, _A_MONTH)
    months = []
    while (first := first.next()) < last:
        months.append(first)
    return months


def _split_months(text: str, found: str) -> tuple[list[re.Match[str]], list[str]]:
    """The months named in a plain text, each with the sign that joins it to the one before ("" for the first)."""
    text = text.replace("ถึง", "-").replace("และ", ",")
    items, joints, position, joint = [], [], 0, ""
    while match := _NAMED_MONTH.match(text, position):
        items.append(match)
        joints.append(joint)
        gap = _BETWEEN.match(text, match.end())
        joint, position = (gap[1], gap.end()) if gap else ("", match.end())
    if not items or position != len(text) or joint:
        raise Unreadable(found, Text("อ่านเป็นเดือนไม่ได้", "This is not a month"), _A_MONTH)
    return items, joints
