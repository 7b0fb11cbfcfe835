"""The fiscal months: their names in fiscal order (ต.ค. first), their place in time, and how time is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

ERA = 543
FIRST_YEAR, LAST_YEAR = 1990, 2100  # ค.ศ.; a date outside has been misread by somebody

# fmt: off
MONTHS_TH_SHORT = ("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.")
MONTHS_TH_LONG = (
    "ตุลาคม", "พฤศจิกายน", "ธันวาคม", "มกราคม", "กุมภาพันธ์", "มีนาคม",
    "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน",
)
MONTHS_EN_SHORT = ("Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep")
MONTHS_EN_LONG = (
    "October", "November", "December", "January", "February", "March",
    "April", "May", "June", "July", "August", "September",
)
# fmt: on


def _key(name: str) -> str:
    return name.casefold().replace(".", "").replace(" ", "")


_FISCAL_MONTHS = {
    _key(name): month
    for names in (MONTHS_TH_SHORT, MONTHS_TH_LONG, MONTHS_EN_SHORT, MONTHS_EN_LONG)
    for month, name in enumerate(names, start=1)
} | {"sept": 12}


def _pattern(name: str) -> str:
    return r" ?\.? ?".join(name.rstrip(".").split(".")) + r"\.?"


# Long names first, so that "march" is not read as "mar" and a rest.
MONTH_NAME = re.compile(
    "|".join(
        [*MONTHS_TH_LONG, *map(_pattern, MONTHS_TH_SHORT), *MONTHS_EN_LONG, r"sept\.?", *map(_pattern, MONTHS_EN_SHORT)]
    ),
    re.IGNORECASE,
)


def fiscal_month_of_name(name: str) -> int:
    """The fiscal month (1 = ต.ค.) of a name that MONTH_NAME has found."""
    return _FISCAL_MONTHS[_key(name)]


@dataclass(frozen=True, slots=True, order=True)
class FiscalMonth:
    """One month of a fiscal year: ``fiscal_year`` in พ.ศ., ``month`` 1 (ต.ค.) to 12 (ก.ย.). Ordered in time."""

    fiscal_year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"fiscal month {self.month} is not 1 to 12")
        if not FIRST_YEAR + ERA <= self.fiscal_year <= LAST_YEAR + ERA + 1:
            raise ValueError(f"fiscal year {self.fiscal_year} is no พ.ศ. year from {FIRST_YEAR + ERA} on")

    @classmethod
    def of(cls, day: date) -> FiscalMonth:
        """The month that a day (ค.ศ.) lies in."""
        return cls(day.year + ERA + (day.month >= 10), (day.month - 10) % 12 + 1)

    @property
    def calendar_month(self) -> int:
        """1 (January) to 12."""
        return (self.month + 8) % 12 + 1

    @property
    def calendar_year(self) -> int:
        """The ค.ศ. year that the month lies in."""
        return self.fiscal_year - ERA - (self.month <= 3)

    @property
    def first_day(self) -> date:
        """The month's first day."""
        return date(self.calendar_year, self.calendar_month, 1)

    @property
    def last_day(self) -> date:
        """The month's last day."""
        return (self.first_day + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    @property
    def quarter(self) -> int:
        """ไตรมาส 1 (ต.ค.-ธ.ค.) to 4."""
        return (self.month + 2) // 3

    @property
    def round(self) -> int:
        """รอบการประเมิน 1 (ต.ค.-มี.ค.) or 2."""
        return 1 if self.month <= 6 else 2

    def label(self, lang: str = "th", long: bool = False) -> str:
        """Print the month: ``พ.ค. 2569`` / ``พฤษภาคม 2569``; English ``Jun 2026`` / ``June 2026 (FY2569)``."""
        if lang == "th":
            return f"{(MONTHS_TH_LONG if long else MONTHS_TH_SHORT)[self.month - 1]} {self.calendar_year + ERA}"
        if long:
            return f"{MONTHS_EN_LONG[self.month - 1]} {self.calendar_year} (FY{self.fiscal_year})"
        return f"{MONTHS_EN_SHORT[self.month - 1]} {self.calendar_year}"

    def next(self) -> FiscalMonth:
        """The month after."""
        return FiscalMonth(self.fiscal_year + (self.month == 12), self.month % 12 + 1)

    def previous(self) -> FiscalMonth:
        """The month before."""
        return FiscalMonth(self.fiscal_year - (self.month == 1), (self.month - 2) % 12 + 1)


def format_date(day: date, lang: str = "th", long: bool = False) -> str:
    """Print a day: ``10 มิ.ย. 2569`` / ``10 มิถุนายน 2569``; English ``10 Jun 2026`` / ``10 June 2026``."""
    month = (day.month - 10) % 12
    if lang == "th":
        return f"{day.day} {(MONTHS_TH_LONG if long else MONTHS_TH_SHORT)[month]} {day.year + ERA}"
    return f"{day.day} {(MONTHS_EN_LONG if long else MONTHS_EN_SHORT)[month]} {day.year}"


def format_datetime(moment: datetime, lang: str = "th") -> str:
    """Print a time to the minute: ``10 มิ.ย. 2569 09:00 น.``; English ``10 Jun 2026 09:00``."""
    return f"{format_date(moment, lang)} {moment:%H:%M}{' น.' if lang == 'th' else ''}"
