"""Days, times and fiscal years as people type them.

Years are พ.ศ. (ค.ศ. + 543), told from ค.ศ. by their size, and converted before a date is built.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from numbers import Real

from kpi_metrics.model import Text
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.months import ERA, FIRST_YEAR, LAST_YEAR, MONTH_NAME, fiscal_month_of_name
from kpi_metrics.thai.numbers import from_thai_digits, to_float
from kpi_metrics.thai.text import clean

_EXCEL_EPOCH = datetime(1899, 12, 30)
_LAST_SERIAL = 2_958_465  # 31 Dec 9999

_A_DATE = Text("กรอกวันที่ เช่น 28 ม.ค. 2553 หรือ 28/1/2553", "Give a date, such as 28 ม.ค. 2553 or 2010-01-28.")
_A_YEAR = Text("กรอกปีงบประมาณ เช่น 2569", "Give a fiscal year, such as 2569.")


def parse_fiscal_year(value: object) -> int:
    """Read a fiscal year as พ.ศ.: 2569, ``๒๕๖๙``, ``ปีงบประมาณ 2569``, ``69``; 2026 is taken for ค.ศ. by its size.

    Raises Unreadable for anything else, and for years outside ค.ศ. 1990-2100.
    """
    wrong = Text("ไม่ใช่ปีงบประมาณ", "This is not a fiscal year")
    if isinstance(value, bool) or not isinstance(value, str | Real | Decimal):
        raise Unreadable(value, wrong, _A_YEAR)
    text = value if isinstance(value, str) else f"{to_float(value):g}"
    match = _FISCAL_YEAR.fullmatch(plain_form(text))
    if not match:
        raise Unreadable(value, wrong, _A_YEAR)
    return christian_year(match["year"], value) + ERA


def parse_date(value: object, fiscal_year: int | None = None) -> date:
    """Read a day (ค.ศ. date) from a cell: a date, an Excel serial or a text with the day first.

    Years over 2400 are พ.ศ.; a two-digit year lies in ``fiscal_year`` (พ.ศ.) if it can, else is พ.ศ. 25xx.
    A month alone has no day and raises Unreadable, as does every day that does not exist.
    """
    return _read_moment(value, fiscal_year).date()


def parse_datetime(value: object, fiscal_year: int | None = None) -> datetime:
    """Read a time from a cell as parse_date does: the clock as written, without its offset; 00:00 where none is."""
    return _read_moment(value, fiscal_year)


# A text is first brought to a plain form: lower case, a month's name as one capital, A (ต.ค.) to L (ก.ย.), an era as
# "be" or "ce", words that add nothing gone. Then one of a few patterns fits it, or it is unreadable.

_ERA_BE = re.compile(r"พ\.? ?ศ\.?|(?<![a-zA-Z])b\.?e\.?(?![a-z])")
_ERA_CE = re.compile(r"ค\.? ?ศ\.?|(?<![a-zA-Z])(?:c\.?e|a\.?d)\.?(?![a-z])")
_NOISE = re.compile(r"^ณ |วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)?ที่|ประจำเดือน|เดือน|(?<=[ A-L])ปี(?= ?[\dbc])")
YEAR = r"(?:(?:be|ce) ?)?(?:\d{4}|\d{2})(?!\d)"
_NAMED_DATE = re.compile(rf"(?P<day>\d{{1,2}})[ .\-/]*(?P<month>[A-L])[ .,\-/]*(?P<year>{YEAR})")
_MONTH_FIRST_DATE = re.compile(r"(?P<month>[A-L]) ?(?P<day>\d{1,2}), ?(?P<year>\d{4})")
_DAY_FIRST_DATE = re.compile(r"(?P<day>\d{1,2}) ?([-/.]) ?(?P<number>\d{1,2}) ?\2 ?(?P<year>\d{4}|\d{2})")
_YEAR_FIRST_DATE = re.compile(r"(?P<year>\d{4})([-/.])(?P<number>\d{1,2})\2(?P<day>\d{1,2})")
_DATES = (_NAMED_DATE, _DAY_FIRST_DATE, _YEAR_FIRST_DATE, _MONTH_FIRST_DATE)
_TIME = re.compile(
    r"(?:(?<=\d)t|,? ?เวลา ?|,? )(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:\.(?P<fraction>\d{1,6})\d*)?)?(?: ?น\.?)?(?: ?z| ?[+-]\d{2}(?::?\d{2})?)?$"
)
_SERIAL = re.compile(r"\d{5,6}(?:\.\d+)?")
_FISCAL_YEAR = re.compile(rf"(?:ปี ?งบ ?ประมาณ|ปี ?งบ|ปี|fy)? ?(?P<year>{YEAR})(?:\.0+)?")


def plain_form(text: str) -> str:
    """Bring a text to the form in which its dates and months are looked for."""
    text = from_thai_digits(clean(text)).casefold().replace("–", "-").replace("—", "-").replace("−", "-")
    text = MONTH_NAME.sub(lambda match: chr(64 + fiscal_month_of_name(match.group())), text)
    text = _ERA_CE.sub("ce", _ERA_BE.sub("be", text))
    return " ".join(_NOISE.sub(" ", text).split())


def christian_year(
    written: str, found: object, calendar_month: int | None = None, fiscal_year: int | None = None
) -> int:
    """The ค.ศ. year of a written one. Two digits: in the fiscal year at hand if they can be, else พ.ศ. 25xx."""
    digits = written.lstrip("bce ")
    year = int(digits)
    if len(digits) == 2:
        year += 2500
        if fiscal_year is not None and calendar_month is not None:
            at_hand = fiscal_year - (calendar_month >= 10)
            if int(digits) in (at_hand % 100, (at_hand - ERA) % 100):
                year = at_hand
        year -= ERA
    elif written.startswith("be") or (year > 2400 and not written.startswith("ce")):
        year -= ERA
    if not FIRST_YEAR <= year <= LAST_YEAR:
        wrong = Text(
            f"ปีอยู่นอกช่วง พ.ศ. {FIRST_YEAR + ERA}-{LAST_YEAR + ERA}",
            f"The year lies outside {FIRST_YEAR}-{LAST_YEAR} (พ.ศ. {FIRST_YEAR + ERA}-{LAST_YEAR + ERA})",
        )
        expected = Text("กรอกปี พ.ศ. สี่หลัก", "Give the พ.ศ. year in four digits.")
        raise Unreadable(found, wrong, expected)
    return year


def real_day(year: int, calendar_month: int, day: int, found: object) -> datetime:
    """A day of a ค.ศ. year that has been converted already: 29 ก.พ. 2567 exists only as 2024."""
    try:
        return datetime(year, calendar_month, day)
    except ValueError:
        raise Unreadable(found, Text("ไม่มีวันที่นี้ในปฏิทิน", "There is no such day in the calendar"), _A_DATE) from None


def _read_moment(value: object, fiscal_year: int | None) -> datetime:
    if isinstance(value, str):
        return _moment_of_text(value, fiscal_year)
    if isinstance(value, date) and value == value:
        at = value.time() if isinstance(value, datetime) else time()
        return datetime.combine(real_day(christian_year(str(value.year), value), value.month, value.day, value), at)
    if isinstance(value, Real | Decimal) and not isinstance(value, bool):
        return _moment_of_serial(to_float(value), value)
    raise Unreadable(value, Text("ไม่ใช่วันที่", "This is not a date"), _A_DATE)


def _moment_of_serial(serial: float, found: object) -> datetime:
    """An Excel serial; from a พ.ศ. year typed on an English Excel it is 543 years too late."""
    if not 0 < serial < _LAST_SERIAL:
        raise Unreadable(found, Text("ไม่ใช่วันที่", "This is not a date"), _A_DATE)
    moment = _EXCEL_EPOCH + timedelta(seconds=round(serial * 86400))
    year = christian_year(str(moment.year), found)
    return datetime.combine(real_day(year, moment.month, moment.day, found), moment.time())


@lru_cache(maxsize=65536)
def _moment_of_text(raw: str, fiscal_year: int | None) -> datetime:
    text = plain_form(raw)
    if match := _TIME.search(text):
        day = _day_of_plain(text[: match.start()], raw, fiscal_year)
        return datetime.combine(day, _time(match, raw))
    if _SERIAL.fullmatch(text):
        return _moment_of_serial(float(text), raw)
    return _day_of_plain(text, raw, fiscal_year)


def is_day(plain: str) -> bool:
    """Whether a text in the plain form has the shape of a day, with a time or without, or of a serial."""
    return bool(_SERIAL.fullmatch(plain) or _TIME.search(plain) or any(shape.fullmatch(plain) for shape in _DATES))


def _time(match: re.Match[str], found: str) -> time:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    try:
        return time(hour, minute, second, int((match["fraction"] or "0").ljust(6, "0")))
    except ValueError:
        expected = Text("กรอกเวลา 00:00 ถึง 23:59", "Give a time from 00:00 to 23:59.")
        raise Unreadable(found, Text("ไม่มีเวลานี้", "There is no such time"), expected) from None


def _day_of_plain(text: str, found: str, fiscal_year: int | None) -> datetime:
    match = next((match for pattern in _DATES if (match := pattern.fullmatch(text))), None)
    if not match:
        if re.search("[A-L]", text):
            wrong = Text("ไม่ใช่วันที่วันเดียวที่มีทั้งวัน เดือน และปี", "This is not one day with its month and year")
        else:
            wrong = Text("ไม่ใช่วันที่", "This is not a date")
        raise Unreadable(found, wrong, _A_DATE)
    parts = match.groupdict()
    calendar_month = int(parts["number"]) if "number" in parts else calendar_month_of(parts["month"])
    year = christian_year(parts["year"], found, calendar_month, fiscal_year)
    return real_day(year, calendar_month, int(parts["day"]), found)


def calendar_month_of(capital: str) -> int:
    """The calendar month (1 = January) of a month in the plain form."""
    return (ord(capital) - 64 + 8) % 12 + 1
