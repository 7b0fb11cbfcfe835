"""Closings in the ledger: writing them down, reading them back, and refusing what they forbid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from datetime import datetime

from duckdb import DuckDBPyConnection

from kpi_metrics.closing import Closed, Closing, tell_closed, tell_how_to_reopen
from kpi_metrics.model import Refused
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.thai.text import near

OwnerMonth = tuple[int, int, str]  # fiscal year, month, owner_id
_NAMED = 10  # owners' months named in a refusal


def read(cursor: DuckDBPyConnection, as_of: datetime | None = None) -> tuple[Closing, ...]:
    """Every closing and reopening up to a moment (None: all), oldest first."""
    found = cursor.execute(
        "select * from ledger.closings where done_at <= ? order by seq", [as_of or datetime.max]
    ).fetchall()
    return tuple(Closing(*row) for row in found)


def write(cursor: DuckDBPyConnection, closing: Closing) -> None:
    """Add a closing or reopening."""
    cursor.execute("insert into ledger.closings values (?, ?, ?, ?, ?, ?, ?, ?)", astuple(closing))


def changed_months(cursor: DuckDBPyConnection) -> list[OwnerMonth]:
    """The owners' months whose entries, notes or overrides differ between the stored ones and what ``build_current`` made.

    Their words count as their figures do; who reported them when does not.
    """
    return cursor.execute(
        """
        with before as (
            select
                fiscal_year, month, kpi_id, owner_id, value, numerator, denominator, note, problem, remedy, evidence_url
            from mart.entry
            union all
            select fiscal_year, month, kpi_id, owner_id, null, null, null, note, problem, remedy, evidence_url
            from mart.current_notes
        ),
        after as (
            select
                fiscal_year, month, kpi_id, owner_id, value, numerator, denominator, note, problem, remedy, evidence_url
            from current_results
            where not is_withdrawn
            union all
            select fiscal_year, month, kpi_id, owner_id, null, null, null, note, problem, remedy, evidence_url
            from current_notes
        ),
        score_before as (
            select fiscal_year, month, kpi_id, owner_id, score, reason, "by" from mart.current_overrides
        ),
        score_after as (
            select fiscal_year, month, kpi_id, owner_id, score, reason, "by" from current_overrides
        )
        select distinct fiscal_year, month, owner_id
        from ((from before except from after) union all (from after except from before))
        union
        select distinct fiscal_year, month, owner_id
        from ((from score_before except from score_after) union all (from score_after except from score_before))
        order by all
        """
    ).fetchall()


def require_open(months: Iterable[OwnerMonth], closed: Closed) -> None:
    """Raises Refused, naming them, when one of the owners' months is closed."""
    shut = sorted({month for month in months if month in closed})
    if not shut:
        return
    first, reopen = tell_closed(closed, *shut[0]), tell_how_to_reopen(*shut[0])
    more = "" if len(shut) <= _NAMED else " ..."
    th = ", ".join(f"{owner} {FiscalMonth(year, month).label()}" for year, month, owner in shut[:_NAMED])
    en = ", ".join(f"{owner} {FiscalMonth(year, month).label('en')}" for year, month, owner in shut[:_NAMED])
    raise Refused(
        f"ทำไม่ได้ เพราะเปลี่ยนคะแนน ผลงาน หรือหมายเหตุของเดือนที่ปิดแล้ว: {th}{more} ({first.th}) {reopen.th}",
        f"Cannot be done, it would change scores, entries or notes of closed months: {en}{more} ({first.en}). To do it, {reopen.en}.",
    )


def require_closable(cursor: DuckDBPyConnection, month: FiscalMonth, now: datetime) -> None:
    """Raises Refused when the month's year has no KPIs, it has not begun, or nobody may report on it as it is."""
    years = [
        year for (year,) in cursor.execute("select distinct fiscal_year from mart.current_kpis order by 1").fetchall()
    ]
    if month.fiscal_year not in years:
        listed = ", ".join(map(str, years)) or "-"
        raise Refused(
            f"ไม่มีตัวชี้วัดของปีงบประมาณ {month.fiscal_year} ปีที่มี: {listed}",
            f"There are no KPIs of the fiscal year {month.fiscal_year}. There are of: {listed}.",
        )
    if month.first_day > now.date():
        raise Refused(
            f"{month.label()} ยังมาไม่ถึง จึงยังปิดไม่ได้", f"{month.label('en')} has not begun and cannot be closed yet."
        )
    closed = Closed(read(cursor))
    if closed.through(month.fiscal_year, month.month):
        told = tell_closed(closed, month.fiscal_year, month.month, "")
        raise Refused(f"{told.th} และไม่มีหน่วยงานใดเปิดอยู่", f"{told.en}, and it is open to nobody.")


def require_reopenable(cursor: DuckDBPyConnection, month: FiscalMonth, owner_id: str) -> None:
    """Raises Refused for an owner who is not known, and for a month that is open to it already."""
    found = cursor.execute("select owner_id from mart.current_owners union select owner_id from mart.current_people")
    owners = sorted(owner for (owner,) in found.fetchall())
    if owner_id not in owners:
        alike = ", ".join(near(owner_id, owners))
        raise Refused(
            f"ไม่มีหน่วยงานหรือบุคคลรหัส {owner_id}" + (f" รหัสใกล้เคียง: {alike}" if alike else ""),
            f"There is no owner {owner_id}." + (f" Much like it: {alike}." if alike else ""),
        )
    if (month.fiscal_year, month.month, owner_id) not in Closed(read(cursor)):
        raise Refused(
            f"{month.label()} ของ {owner_id} ไม่ได้ปิดอยู่",
            f"{month.label('en')} is not closed for {owner_id}; there is nothing to reopen.",
        )


def unlike_history(cursor: DuckDBPyConnection) -> list[int]:
    """The numbers of closings that the audit trail does not tell as they stand, or tells and they are gone."""
    told = cursor.execute(
        "select seq, done_at, who, what, object, after from ledger.audit where what in ('close', 'reopen')"
    ).fetchall()
    stand = [(each.seq, each.done_at, each.who, each.what, each.thing, each.why) for each in read(cursor)]
    return sorted({seq for seq, *_ in {*told} ^ {*stand}})
