"""How one cell of an input table is read: each parser takes the cell and the row's fiscal year (None if not given).

Parsers are never given an empty cell. What they cannot read they refuse with ``thai.Unreadable``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from math import isfinite

from kpi_metrics.ingest.raw import Cell, PercentCell
from kpi_metrics.model import Text
from kpi_metrics.thai import Unreadable, calendar
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.thai.numbers import Percent, parse_number, parse_percent
from kpi_metrics.thai.text import check_id, is_tick, key, likeness

Parse = Callable[[Cell, int | None], object]

_IGNORED_IN_NAMES = re.compile(r"[\s_\-–/*:]+")


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """A header, sheet name or fixed word without what does not tell it apart: spaces, dots, dashes, case, Thai digits."""
    return _IGNORED_IN_NAMES.sub("", key(name))


def show(cell: Cell) -> str:
    """A cell as the person sees it."""
    if cell is None:
        return ""
    if isinstance(cell, PercentCell):
        return f"{cell.value:.10g}%"
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and isfinite(cell):
        return f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, str) else str(getattr(cell, "text", cell))


def as_found(cell: Cell, fiscal_year: int | None = None) -> Cell:
    """The cell itself, for what only the row's KPI tells how to read."""
    return cell


def text(cell: Cell, fiscal_year: int | None = None) -> str:
    """Words as reported, trimmed."""
    return show(cell).strip()


def identifier(cell: Cell, fiscal_year: int | None = None) -> str:
    """The id of something this row is about."""
    if isinstance(cell, date | bool | PercentCell):
        raise Unreadable(
            show(cell),
            Text("โปรแกรมตารางเปลี่ยนรหัสนี้เป็นค่าอย่างอื่นแล้ว", "the spreadsheet has turned this id into something else"),
            Text("จัดรูปแบบช่องเป็นข้อความ แล้วพิมพ์รหัสใหม่", "format the cell as text and type the id again"),
        )
    return check_id(show(cell).strip())


def aliases(cell: Cell, fiscal_year: int | None = None) -> tuple[str, ...]:
    """Other names, ``a|b``."""
    return tuple(alias for part in show(cell).split("|") if (alias := part.strip()))


def fiscal_year_of(cell: Cell, fiscal_year: int | None = None) -> int:
    """A fiscal year in พ.ศ., from พ.ศ. or ค.ศ."""
    return calendar.parse_fiscal_year(cell)


def month(cell: Cell, fiscal_year: int | None = None) -> FiscalMonth:
    """A month; a plain number is the fiscal month (1 = October)."""
    return calendar.parse_month(cell, fiscal_year)


def day(cell: Cell, fiscal_year: int | None = None) -> date:
    """A date."""
    return calendar.parse_date(cell, fiscal_year)


def moment(cell: Cell, fiscal_year: int | None = None) -> datetime:
    """A date with or without a time of day."""
    return calendar.parse_datetime(cell, fiscal_year)


def number(at_least: float | None = None, at_most: float | None = None, *, is_whole: bool = False) -> Parse:
    """A parser of numbers in a range (both ends included)."""

    def parse(cell: Cell, fiscal_year: int | None = None) -> float | int:
        found = parse_number(cell)
        check_range(cell, found, at_least, at_most)
        if is_whole and found != int(found):
            raise Unreadable(show(cell), Text("ไม่ใช่จำนวนเต็ม", "not a whole number"), Text("จำนวนเต็ม", "a whole number"))
        return int(found) if is_whole else found

    return parse


def share(at_least: float | None = None) -> Parse:
    """A parser of numbers that may be written with a percent sign (``80%`` is 80)."""

    def parse(cell: Cell, fiscal_year: int | None = None) -> float:
        found = percent_of(cell).value
        check_range(cell, found, at_least, None)
        return found

    return parse


def percent_of(cell: Cell) -> Percent:
    """A percent, which a cell's own format may say."""
    return (
        Percent(parse_number(cell.value), was_fraction=False) if isinstance(cell, PercentCell) else parse_percent(cell)
    )


def check_range(cell: Cell, found: float, at_least: float | None, at_most: float | None) -> None:
    """Refuse a number outside its range."""
    low, high = f"{at_least or 0:g}", f"{at_most or 0:g}"
    expected = (
        Text(f"{low} ถึง {high}", f"{low} to {high}")
        if at_least is not None and at_most is not None
        else Text(f"ตั้งแต่ {low} ขึ้นไป", f"{low} or more")
    )
    if at_least is not None and found < at_least:
        raise Unreadable(show(cell), Text(f"น้อยกว่า {low}", f"less than {low}"), expected)
    if at_most is not None and found > at_most:
        raise Unreadable(show(cell), Text(f"มากกว่า {high}", f"more than {high}"), expected)


def word(words: Mapping[str, Sequence[str]]) -> Parse:
    """A parser of fixed words: ``{what it means: its Thai words}``; the English word is what it means."""
    meanings = {name_key(said): meaning for meaning, thai in words.items() for said in (meaning, *thai)}
    meant = [(Text(thai[0] if thai else meaning, meaning), meaning) for meaning, thai in words.items()]
    expected = Text(
        ", ".join(thai[0] if thai else meaning for meaning, thai in words.items()),
        ", ".join(words),
    )

    def parse(cell: Cell, fiscal_year: int | None = None) -> str:
        said = name_key(show(cell))
        if said not in meanings:
            raise Unreadable(
                show(cell),
                Text("ไม่ใช่คำที่กำหนดไว้ของคอลัมน์นี้", "not one of the words of this column"),
                expected,
                sorted(meant, key=lambda each: -max(likeness(show(cell), word) for word in (each[0].th, each[1]))),
            )
        return meanings[said]

    return parse


def yes_or_no(words: Mapping[str, Sequence[str]]) -> Parse:
    """A parser of two fixed words, ``yes`` and ``no``; a tick says yes."""
    parse_word = word(words)

    def parse(cell: Cell, fiscal_year: int | None = None) -> bool:
        return is_tick(show(cell)) or parse_word(cell, fiscal_year) == "yes"

    return parse


def round_of(cell: Cell, fiscal_year: int | None = None) -> int:
    """An appraisal round, 1 or 2."""
    return int(_ROUND(cell, fiscal_year))  # type: ignore[call-overload]


_ROUND = word({"1": ("รอบที่ 1", "รอบ 1", "round 1"), "2": ("รอบที่ 2", "รอบ 2", "round 2")})
