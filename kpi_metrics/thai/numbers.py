"""Figures as people type them, and figures as the product prints them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from math import isfinite, nan
from numbers import Real

from kpi_metrics.model import Text
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.months import MONTH_NAME
from kpi_metrics.thai.text import clean, is_tick
from kpi_metrics.thai.units import is_unit, same_unit

LIMIT = 1e12  # past it sums of products would outgrow the exact decimals they are added up in

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_FROM_THAI = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_WIDE = Context(prec=400)  # any float, with its decimals

_FIGURE = r"[0-9][0-9.,]*(?:e[+-]?[0-9]{1,3})?|\.[0-9]+"
_AMOUNT = re.compile(rf"(?P<sign>[-+−]?)(?P<figure>{_FIGURE})(?: ?(?P<unit>[^\W\d_][^\d%]*))?", re.IGNORECASE)
_PLAIN = re.compile(r"[0-9]*\.?[0-9]+(?:e[+-]?[0-9]{1,3})?|[0-9]+\.", re.IGNORECASE)
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+),(?![0-9]{3}$)[0-9]+")
_LAND = re.compile(
    rf"(?:(?P<rai>{_FIGURE}) ?ไร่)? ?(?:(?P<ngan>[0-3]) ?งาน)?"
    r" ?(?:(?P<wa>[0-9]{1,2}(?:\.[0-9]+)?) ?(?:ตร\.? ?ว\.?|ตารางวา|วา))?"
)
# Words behind a figure that make it another figure, or none.
_NOT_A_UNIT = re.compile(
    r"ถึง|ประมาณ|เกือบ|กว่า|เศษ|ครึ่ง|ขึ้นไป|หรือ|และ|ล้าน|แสน|หมื่น|พัน(?!ธ)|ร้อย|เปอร์เซ็นต์|^น\.?$"
    rf"|^(?:{MONTH_NAME.pattern})(?![ก-๎a-z])"
    r"|\b(?:k|m|b|mn|bn|million|thousand|percent|to|or|and)\b",
    re.IGNORECASE,
)
_PART_OF_A_RAI = re.compile(r"(?:งาน|ตร\.? ?ว\.?|ตารางวา)$")
_PERCENT = re.compile(r"(?:ร้อยละ ?)?(?P<number>.*?) ?(?:[%％]|เปอร์เซ็นต์|percent)?", re.IGNORECASE)

_EXPECTED = Text("กรอกตัวเลขเพียงจำนวนเดียว เช่น 1250 หรือ 1,250.50", "Give one number, such as 1250 or 1,250.50.")
_EXPECTED_PERCENT = Text("กรอกร้อยละ เช่น 83 หรือ 83%", "Give a percent, such as 83 or 83%.")


@dataclass(frozen=True, slots=True)
class Percent:
    """A percent as written. ``was_fraction``: 0.83 may mean 0.83 % or 83 %, which only the writer can say."""

    value: float
    was_fraction: bool


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the unit written behind it, "" for none."""

    number: float
    unit: str = ""


def parse_number(value: object) -> float:
    """Read one number from a cell: thousands marks, decimal commas, Thai digits, a unit behind it, ไร่-งาน-ตร.ว. in ไร่.

    Raises Unreadable for anything that is not certainly one finite number under 1e12.
    """
    return parse_amount(value).number


def parse_amount(value: object, unit: str = "") -> Amount:
    """The same as ``parse_number``, with the unit that stands behind the number.

    What stands there is a known unit, or the ``unit`` that is expected: any other letters make it no number (12O).
    """
    if type(value) is float or (isinstance(value, (Real, Decimal)) and not isinstance(value, bool)):
        return Amount(_within_limit(to_float(value), value))
    if isinstance(value, str):
        return _amount_text(value, unit)
    raise Unreadable(value, Text("ไม่ใช่ตัวเลข", "This is not a number"), _EXPECTED)


def to_float(value: Real | Decimal | float) -> float:
    """The float of any number, NaN for one that no float holds."""
    try:
        return float(value)
    except (ValueError, OverflowError):
        return nan


def parse_percent(value: object) -> Percent:
    """Read a percent from a cell: 83, ``83%``, ``ร้อยละ 83``. A bare 0.83 is marked as a possible fraction.

    Raises Unreadable for anything that is not one number.
    """
    if not isinstance(value, str):
        number = parse_number(value)
        return Percent(number, was_fraction=0 < abs(number) <= 1)
    text = clean(value)
    match = _PERCENT.fullmatch(text)
    bare = match["number"] if match else text
    if (amount := _AMOUNT.fullmatch(from_thai_digits(bare))) and amount["unit"]:
        wrong = Text(f"“{amount['unit']}” ไม่ใช่ร้อยละ", f"“{amount['unit']}” is not percent")
        raise Unreadable(value, wrong, _EXPECTED_PERCENT)
    try:
        number = _amount_text(bare).number
    except Unreadable as error:
        raise Unreadable(value, error.wrong, _EXPECTED_PERCENT) from None
    is_marked = bare != text
    is_integer_text = from_thai_digits(bare).lstrip("-+−").isdigit()
    return Percent(number, was_fraction=not is_marked and not is_integer_text and 0 < abs(number) <= 1)


@lru_cache(maxsize=65536)
def _amount_text(raw: str, unit: str = "") -> Amount:
    text = from_thai_digits(clean(raw)).removesuffix(".-")  # 1,250.- is how baht are written
    if text.startswith("(") and text.endswith(")") and text[1:2] not in "-+−":
        return _negative(_amount(text[1:-1].strip(), raw, unit))
    return _amount(text, raw, unit)


def _negative(amount: Amount) -> Amount:
    return Amount(-amount.number if amount.number else amount.number, amount.unit)


def _amount(text: str, raw: str, expected: str) -> Amount:
    """A signed figure with its unit, or a piece of land in ไร่."""
    if (land := _LAND.fullmatch(text)) and sum(part is not None for part in land.groups()) > 1:
        rai = _figure(land["rai"], raw) if land["rai"] else 0.0
        return Amount(_within_limit(rai + int(land["ngan"] or 0) / 4 + float(land["wa"] or 0) / 400, raw), "ไร่")
    found = _AMOUNT.fullmatch(text)
    if not found:
        raise Unreadable(raw, _why_not(text), _EXPECTED)
    unit = (found["unit"] or "").strip()
    if unit and not same_unit(unit, expected):
        _check_unit(unit, raw)
    amount = Amount(_within_limit(_figure(found["figure"], raw), raw), unit)
    return amount if found["sign"] in ("", "+") else _negative(amount)


def _check_unit(unit: str, raw: str) -> None:
    """Refuse words behind a figure that are no unit of a whole number of things."""
    if _PART_OF_A_RAI.match(unit):
        wrong = Text("ไม่แน่ชัดว่านับเป็นไร่หรือไม่", "It is uncertain whether this counts in rai")
        raise Unreadable(raw, wrong, Text("กรอกเป็นไร่ เช่น 0 ไร่ 2 งาน", "Give the area in rai, such as 0 ไร่ 2 งาน."))
    if _NOT_A_UNIT.search(unit):
        wrong = Text(f"“{unit}” ทำให้ไม่แน่ชัดว่าเป็นจำนวนเท่าใด", f"“{unit}” leaves the number uncertain")
        raise Unreadable(raw, wrong, _EXPECTED)
    if not is_unit(unit):
        wrong = Text(f"“{unit}” ไม่ใช่หน่วยนับที่รู้จัก", f"“{unit}” is no known unit")
        raise Unreadable(raw, wrong, _EXPECTED)


def _figure(figure: str, raw: str) -> float:
    """An unsigned figure. A comma before exactly 3 digits marks thousands, any other comma the decimals."""
    if _PLAIN.fullmatch(figure):
        return float(figure)
    if _THOUSANDS.fullmatch(figure):
        return float(figure.replace(",", ""))
    if _DECIMAL_COMMA.fullmatch(figure):
        return float(figure.replace(".", "").replace(",", "."))
    wrong = Text("จุดหรือจุลภาควางผิดตำแหน่ง", "Its commas or dots do not stand as in a number")
    raise Unreadable(raw, wrong, _EXPECTED)


def _why_not(text: str) -> Text:
    if is_tick(text):
        return Text(f"“{text}” เป็นเครื่องหมายถูก ไม่ใช่ตัวเลข", f"“{text}” is a tick, not a number")
    if text.endswith(("%", "％")):
        return Text("เป็นร้อยละ ไม่ใช่จำนวน", "This is a percent, not an amount")
    if len(re.findall(r"[0-9]+(?:[.,][0-9]+)*", text)) > 1:
        return Text("มีตัวเลขมากกว่าหนึ่งจำนวน", "This holds more than one number")
    if re.search("[0-9]", text):
        return Text("มีข้อความหรือเครื่องหมายอื่นปนกับตัวเลข", "Other words or signs stand with the number")
    return Text("ไม่ใช่ตัวเลข", "This is not a number")


def _within_limit(number: float, raw: object) -> float:
    if not isfinite(number):
        raise Unreadable(raw, Text("ไม่ใช่จำนวนที่มีค่า", "This is not a finite number"), _EXPECTED)
    if abs(number) >= LIMIT:
        raise Unreadable(raw, Text("ตัวเลขใหญ่เกินไป", "The number is too large"), _EXPECTED)
    return number + 0.0  # -0 becomes 0


def round_half_up(value: float | Decimal, places: int) -> Decimal:
    """Round half away from zero to ``places`` decimals, never to -0.

    Brought to 10 decimals first, so that binary noise never decides: 2.675 is 2.68.
    """
    # Numbers of other libraries (numpy's) are not taken by Decimal itself.
    exact = Decimal(value if isinstance(value, int | Decimal) else float(value)).quantize(
        Decimal("1e-10"), ROUND_HALF_UP, _WIDE
    )
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
    return rounded if rounded else abs(rounded)


def format_plain(value: float | Decimal | None, places: int, fixed: bool) -> str:
    """Print a number for a file: plain decimals, exactly (``fixed``) or at most ``places`` of them, "" for missing."""
    if value is None or value != value:
        return ""
    text = f"{round_half_up(value, places):f}"
    return text if fixed or "." not in text else text.rstrip("0").rstrip(".")


def format_screen(value: float | Decimal | None, places: int, lang: str = "th") -> str:
    """Print a number for the screen, alike in both languages: ``1,250.50``, a true minus sign, "" for missing."""
    if value is None or value != value:
        return ""
    return f"{round_half_up(value, places):,f}".replace("-", "−")


def to_thai_digits(text: str) -> str:
    """Write digits as ๐-๙, for printed official forms only."""
    return text.translate(_TO_THAI)


def from_thai_digits(text: str) -> str:
    """Write Thai digits as 0-9."""
    return text.translate(_FROM_THAI)
