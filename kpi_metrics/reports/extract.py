"""Which rows an export holds: a table's name and what was asked for → the frame that is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

import pandas as pd

from kpi_metrics import cascade, history, scorecard
from kpi_metrics.access import Scope
from kpi_metrics.model import OwnerKind, Refused, View
from kpi_metrics.store import Store
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.calendar import FiscalMonth, parse_month
from kpi_metrics.thai.text import near

EXPORTS = ("scorecard", "summary", "results", "targets", "cascade", "coverage", "appraisal", "audit")
KINDS: tuple[OwnerKind, ...] = get_args(OwnerKind)


class Unknown(Refused):
    """An export of something that is not there: a year, month or owner."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. ``year`` None: the newest with data; ``month`` as typed, None: the last ended one with data."""

    table: str
    year: int | None = None
    month: str | None = None
    view: View = "period"
    as_of: datetime | None = None
    owner: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """The rows and what they are of. ``year`` and ``month`` are None where the table is not divided by them."""

    frame: pd.DataFrame
    year: int | None
    month: int | None


def extract(store: Store, scope: Scope, wanted: Wanted) -> Extract:
    """The rows of a table as asked for.

    ``scorecard``, ``summary`` and ``cascade`` hold the one month; ``results`` and ``coverage`` all months through it; ``targets``
    the year, or the versions that had begun by a month given; ``appraisal`` both rounds, or that of a month given;
    ``audit`` all there is. Raises Unknown for a year, month or owner that is not there.
    """
    if wanted.table == "audit":
        return Extract(history.audit(store, scope), None, None)
    year = _year(store, scope, wanted)
    _require_owner(store, wanted)
    month = None if wanted.month is None else _month(wanted.month, year)
    if wanted.table == "targets":
        frame = scorecard.targets(store, scope, year=year, as_of=wanted.as_of, owner=wanted.owner, kind=wanted.kind)
        if month is not None:
            frame = frame[frame["from_date"] <= pd.Timestamp(FiscalMonth(year, month).last_day)]
        return Extract(frame, year, month)
    if wanted.table == "appraisal":
        round_ = None if month is None else FiscalMonth(year, month).round
        frame = scorecard.appraisal(store, scope, year=year, round_=round_, as_of=wanted.as_of, owner=wanted.owner)
        return Extract(frame if wanted.kind in (None, "person") else frame.iloc[:0], year, month)
    if month is None:
        month = scorecard.default_month(store, scope, year, as_of=wanted.as_of)
    asked: dict[str, Any] = {
        "year": year,
        "month": month,
        "as_of": wanted.as_of,
        "owner": wanted.owner,
        "kind": wanted.kind,
    }
    if wanted.table in ("scorecard", "summary"):
        asked["view"] = wanted.view
    source = cascade.checks if wanted.table == "cascade" else getattr(scorecard, wanted.table)
    return Extract(source(store, scope, **asked), year, month)


def _year(store: Store, scope: Scope, wanted: Wanted) -> int:
    periods = scorecard.periods(store, scope, as_of=wanted.as_of)
    if wanted.year is None:
        return periods.default.fiscal_year
    if wanted.year not in periods.years:
        known = ", ".join(map(str, periods.years))
        raise Unknown(
            f"ไม่มีข้อมูลปีงบประมาณ {wanted.year} ปีที่มี: {known}",
            f"There is no data of the fiscal year {wanted.year}. There is: {known}.",
        )
    return wanted.year


def _month(text: str, year: int) -> int:
    try:
        return parse_month(text, year).month
    except Unreadable as unreadable:
        raise Unknown(
            f"เดือน {text}: {unreadable.wrong.th} {unreadable.expected.th}",
            f"Month {text}: {unreadable.wrong.en}. {unreadable.expected.en}",
        ) from None


def _require_owner(store: Store, wanted: Wanted) -> None:
    if wanted.owner is None:
        return
    with store.reading(wanted.as_of) as cursor:
        known = [
            owner_id
            for (owner_id,) in cursor.execute(
                "select owner_id from current_owners union select owner_id from current_people order by 1"
            ).fetchall()
        ]
    if wanted.owner not in known:
        alike = ", ".join(near(wanted.owner, known))
        raise Unknown(
            f"ไม่มีหน่วยงานหรือบุคคลรหัส {wanted.owner}" + (f" รหัสใกล้เคียง: {alike}" if alike else ""),
            f"There is no owner {wanted.owner}." + (f" Much like it: {alike}." if alike else ""),
        )
