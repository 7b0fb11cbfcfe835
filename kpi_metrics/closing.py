"""Closing a month: it takes no more entries, from anybody, until it is reopened for one owner. The newest word holds."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime

from kpi_metrics.model import Text
from kpi_metrics.thai.calendar import FiscalMonth, format_datetime


@dataclass(frozen=True, slots=True)
class Closing:
    """A closing (every month of the year through ``month``, for all) or a reopening (that one month of one owner).

    ``done_at`` is the moment to look back to: whatever is saved after a closing has a later one. Fields stand in the
    order of the ledger's columns.
    """

    seq: int
    done_at: datetime
    fiscal_year: int
    month: int
    owner_id: str | None  # None: everybody
    is_closed: bool
    why: str | None
    who: str

    @property
    def what(self) -> str:
        """What the history calls it."""
        return "close" if self.is_closed else "reopen"

    @property
    def thing(self) -> str:
        """What it is about: ``2569-08``, ``2569-08 8406``."""
        month = f"{self.fiscal_year}-{self.month:02d}"
        return month if self.owner_id is None else f"{month} {self.owner_id}"


class Closed:
    """The months that take no more entries: ``(fiscal_year, month, owner_id) in closed``."""

    def __init__(self, closings: Sequence[Closing] = ()) -> None:
        """Of ``closings``, oldest first."""
        self._of_all: dict[tuple[int, int], Closing] = {}
        self._of_one: dict[tuple[int, int, str], Closing] = {}
        for closing in closings:
            year, last = closing.fiscal_year, closing.month
            if closing.owner_id is None:
                self._of_all |= {(year, month): closing for month in range(1, last + 1)}
            else:
                self._of_one[year, last, closing.owner_id] = closing

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, tuple):
            return False
        latest = self.latest(*key)
        return latest is not None and latest.is_closed

    def latest(self, fiscal_year: int, month: int, owner_id: str) -> Closing | None:
        """The closing or reopening that holds for an owner's month; None: it was never closed."""
        of_all = self._of_all.get((fiscal_year, month))
        of_one = self._of_one.get((fiscal_year, month, owner_id))
        return max((each for each in (of_all, of_one) if each), key=lambda each: each.seq, default=None)

    def for_all(self, fiscal_year: int, month: int) -> Closing | None:
        """The closing of a month, which owners it was reopened for left aside."""
        return self._of_all.get((fiscal_year, month))

    def through(self, fiscal_year: int, month: int) -> Closing | None:
        """The closing that leaves no month through ``month`` open to anybody, if there is one."""
        months = range(1, month + 1)
        last = self._of_all.get((fiscal_year, month))
        if last is None or any((fiscal_year, each) not in self._of_all for each in months):
            return None
        reopened = [key for key, one in self._of_one.items() if key[0] == fiscal_year and key not in self]
        return None if any(key[1] in months for key in reopened) else last


def tell_closed(closed: Container[tuple[int, int, str]], fiscal_year: int, month: int, owner_id: str) -> Text:
    """Who closed an owner's month and when, as far as ``closed`` knows."""
    closing = closed.latest(fiscal_year, month, owner_id) if isinstance(closed, Closed) else None
    if closing is None:
        return Text("เดือนนี้ปิดรับผลงานแล้ว", "this month is closed")
    label = FiscalMonth(fiscal_year, month)
    return Text(
        f"{label.label()} ปิดรับผลงานแล้ว โดย {closing.who} เมื่อ {format_datetime(closing.done_at)}",
        f"{label.label('en')} was closed by {closing.who} on {format_datetime(closing.done_at, 'en')}",
    )


def tell_how_to_reopen(fiscal_year: int, month: int, owner_id: str) -> Text:
    """What to do about a closed month."""
    command = f"reopen --year {fiscal_year} --month {month} --owner {owner_id} --why"
    return Text(
        f"ขอให้ผู้ดูแลเปิดเดือนของ {owner_id} ก่อน ที่หน้ารายงานผล › ปิดงวด (หรือคำสั่ง {command} เหตุผล)",
        f"have the month reopened for {owner_id} first, on the Report page under Closing (or command {command} REASON)",
    )
