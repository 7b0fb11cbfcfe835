"""The reads that pages, exports and reports use: one function a relation, rows as pandas frames.

Every read takes the store, a scope (who is looking) and, by name, the moment it should show (``as_of``, None = now).
Figures come unrounded; NaN and None are missing, never zero. Rows stand in report order: sort_order, owner, KPI.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from kpi_metrics.access import Scope
from kpi_metrics.decisions import development as development
from kpi_metrics.decisions import remarks as remarks
from kpi_metrics.model import Refused, View
from kpi_metrics.reading import read
from kpi_metrics.rounds import appraisal as appraisal
from kpi_metrics.rounds import appraisal_lines as appraisal_lines
from kpi_metrics.rounds import running_appraisal as running_appraisal
from kpi_metrics.store import Store
from kpi_metrics.thai.calendar import FiscalMonth

_BY_OWNER = "fiscal_year, month, sort_order nulls last, owner_id"
_BY_OWNER_AND_KPI = f"{_BY_OWNER}, kpi_no"


@dataclass(frozen=True, slots=True)
class Periods:
    """The fiscal years there are KPIs for, newest first, and the month shown when none is asked for."""

    years: tuple[int, ...]
    default: FiscalMonth


def periods(store: Store, scope: Scope, *, as_of: datetime | None = None) -> Periods:
    """The years to choose from. Default: the last ended month that has an entry, of the newest year with one.

    Raises Refused when the ledger holds no KPIs.
    """
    with store.reading(as_of) as cursor:
        years = tuple(
            year for (year,) in cursor.execute("select distinct fiscal_year from month order by 1 desc").fetchall()
        )
        reported = cursor.execute(
            """
            select month.fiscal_year, month.month
            from month
            where month.last_day < ? and exists (
                select 1 from entry where entry.fiscal_year = month.fiscal_year and entry.month = month.month
            )
            order by 1 desc, 2 desc
            limit 1
            """,
            [store.now().date()],
        ).fetchall()
    if not years:
        raise Refused("ยังไม่มีตัวชี้วัดในฐานข้อมูล ให้นำเข้าข้อมูลก่อน", "The database holds no KPIs yet. Import some first.")
    default = (
        FiscalMonth(*reported[0])
        if reported
        else FiscalMonth(years[0], _last_ended_month(years[0], store.now().date()))
    )
    return Periods(years, default)


def default_month(store: Store, scope: Scope, year: int, *, as_of: datetime | None = None) -> int:
    """The last ended month of ``year`` that has an entry; without one the last ended month, at least 1."""
    with store.reading(as_of) as cursor:
        months = cursor.execute(
            """
            select max(month.month)
            from month
            inner join entry on month.fiscal_year = entry.fiscal_year and month.month = entry.month
            where month.fiscal_year = ? and month.last_day < ?
            """,
            [year, store.now().date()],
        ).fetchall()
    return months[0][0] or _last_ended_month(year, store.now().date())


def scorecard(
    store: Store,
    scope: Scope,
    *,
    year: int,
    month: int | None = None,
    view: View = "period",
    as_of: datetime | None = None,
    owner: str | None = None,
    parent: str | None = None,
    kind: str | None = None,
    kpi: str | None = None,
) -> pd.DataFrame:
    """One row per fiscal year, month, owner and KPI; month None gives all twelve. ``view`` chooses ``lost_points``."""
    frame = read(
        store,
        "select * from scorecard",
        order=_BY_OWNER_AND_KPI,
        as_of=as_of,
        year=year,
        month=month,
        owner=owner,
        parent=parent,
        kind=kind,
        kpi=kpi,
    )
    return scope.filter(_in_view(frame, view, "lost_points"))


def summary(
    store: Store,
    scope: Scope,
    *,
    year: int,
    month: int | None = None,
    view: View = "period",
    as_of: datetime | None = None,
    owner: str | None = None,
    parent: str | None = None,
    kind: str | None = None,
) -> pd.DataFrame:
    """One row per fiscal year, month and owner; ``view`` chooses ``score_low``, ``score_high`` and ``rank``."""
    frame = read(
        store,
        "select * from summary",
        order=_BY_OWNER,
        as_of=as_of,
        year=year,
        month=month,
        owner=owner,
        parent=parent,
        kind=kind,
    )
    return scope.filter(_in_view(frame, view, "score_low", "score_high", "rank"))


def coverage(
    store: Store,
    scope: Scope,
    *,
    year: int,
    month: int | None = None,
    as_of: datetime | None = None,
    owner: str | None = None,
    parent: str | None = None,
    kind: str | None = None,
) -> pd.DataFrame:
    """One row per reporter, KPI and due month up to ``month``: due_date, reported_at, days_late, state."""
    frame = read(
        store,
        "select * from coverage",
        order=_BY_OWNER_AND_KPI,
        as_of=as_of,
        year=year,
        through=month,
        owner=owner,
        parent=parent,
        kind=kind,
    )
    return scope.filter(frame)


def results(
    store: Store,
    scope: Scope,
    *,
    year: int,
    month: int | None = None,
    as_of: datetime | None = None,
    owner: str | None = None,
    kpi: str | None = None,
    kind: str | None = None,
) -> pd.DataFrame:
    """One row per current entry up to ``month``: the input columns and where it came from (batch, file, sheet, row)."""
    frame = read(
        store,
        """
        select
            entry.*,
            place.owner_name,
            place.parent_id,
            place.owner_kind,
            place.sort_order
        from entry
        left join place using (fiscal_year, month, owner_id)
        """,
        order=_BY_OWNER_AND_KPI,
        as_of=as_of,
        year=year,
        through=month,
        owner=owner,
        kpi=kpi,
        kind=kind,
    )
    return scope.filter(frame)


def targets(
    store: Store,
    scope: Scope,
    *,
    year: int,
    as_of: datetime | None = None,
    owner: str | None = None,
    kpi: str | None = None,
    kind: str | None = None,
) -> pd.DataFrame:
    """One row per target version as it was given (blanks not filled), with its number, batch and time."""
    frame = read(
        store,
        """
        with people as (
            select owner_id, max(name_th) as owner_name, max(parent_id) as parent_id from current_people group by owner_id
        )
        select
            current_targets.*,
            version.version,
            coalesce(current_owners.name_th, people.owner_name) as owner_name,
            coalesce(current_owners.parent_id, people.parent_id) as parent_id,
            coalesce(current_owners.kind, 'person') as owner_kind,
            current_owners.sort_order,
            kpi_order.kpi_no
        from current_targets
        inner join version using (fiscal_year, kpi_id, owner_id, from_date)
        inner join kpi_order using (fiscal_year, kpi_id)
        left join current_owners using (owner_id)
        left join people using (owner_id)
        """,
        order="sort_order nulls last, owner_id, kpi_no, from_date",
        as_of=as_of,
        year=year,
        owner=owner,
        kpi=kpi,
        kind=kind,
    )
    return scope.filter(frame)


def plans(
    store: Store, scope: Scope, *, year: int, owner: str, kpi: str, as_of: datetime | None = None
) -> pd.DataFrame:
    """One row per version of an owner's target and month: the plan to date by that version, whether or not it was in force.

    ``first_month``: the first in which the version is in force. One that ends the KPI has no plan.
    """
    frame = read(
        store,
        """
        with begun as (
            select version.version_no, min(month.month) as first_month
            from version
            inner join month on version.fiscal_year = month.fiscal_year and version.from_date <= month.last_day
            group by version.version_no
        )
        select
            version.fiscal_year, version.owner_id, version.kpi_id, version.version, version.from_date, version.target,
            begun.first_month, phasing.month,
            case when not version.is_end then version.target * phasing.phasing end as plan
        from version
        inner join begun on version.version_no = begun.version_no
        inner join phasing on version.plan_no = phasing.plan_no
        """,
        order="version, month",
        as_of=as_of,
        year=year,
        owner=owner,
        kpi=kpi,
    )
    return scope.filter(frame)


def notes(
    store: Store, scope: Scope, *, year: int, month: int | None, as_of: datetime | None = None,
    owner: str | None = None, kpi: str | None = None,
) -> pd.DataFrame:  # fmt: skip
    """What was said about a month (None: each one), with a figure or without: note, problem, remedy, link, reporter, time."""
    frame = read(
        store,
        """
        with said as (
            select
                fiscal_year, month, owner_id, kpi_id, note, problem, remedy, evidence_url, reported_by, recorded_at, batch_id
            from entry
            union all
            select
                fiscal_year, month, owner_id, kpi_id, note, problem, remedy, evidence_url, reported_by, recorded_at, batch_id
            from current_notes
        )
        select * from said where coalesce(note, problem, remedy, evidence_url) is not null
        """,
        order="month, owner_id, kpi_id, recorded_at",
        as_of=as_of,
        year=year,
        month=month,
        owner=owner,
        kpi=kpi,
    )
    return scope.filter(frame)


def owners(store: Store, scope: Scope, *, year: int, month: int, as_of: datetime | None = None) -> pd.DataFrame:
    """One row per office and person in force at the month's end: place, names, grid cell, position, office led."""
    frame = read(
        store,
        """
        select
            place.*,
            current_owners.name_en,
            current_owners.short_name_th,
            current_owners.grid_row,
            current_owners.grid_col,
            people.position_th
        from place
        left join current_owners using (owner_id)
        left join month using (fiscal_year, month)
        left join current_people as people
            on place.owner_id = people.owner_id
            and (people.from_date is null or people.from_date <= month.last_day)
            and (people.to_date is null or people.to_date >= month.last_day)
        """,
        order="sort_order nulls last, owner_id",
        as_of=as_of,
        year=year,
        month=month,
    )
    return scope.filter(frame)


def kpis(store: Store, scope: Scope, *, year: int, as_of: datetime | None = None) -> pd.DataFrame:
    """One row per KPI of the year with the name of its work: the input columns, in KPI order."""
    frame = read(
        store,
        """
        select
            kpis.*,
            works.name_th as work_name_th,
            works.name_en as work_name_en,
            works.category,
            kpi_order.kpi_no
        from current_kpis as kpis
        inner join kpi_order using (fiscal_year, kpi_id)
        left join current_works as works using (fiscal_year, work_id)
        """,
        order="kpi_no",
        as_of=as_of,
        year=year,
    )
    return frame.drop(columns="kpi_no")


def _in_view(frame: pd.DataFrame, view: View, *names: str) -> pd.DataFrame:
    return frame.assign(**{name: frame[f"{name}_{view}"] for name in names})


def _last_ended_month(year: int, today: date) -> int:
    ended = [month for month in range(1, 13) if FiscalMonth(year, month).last_day < today]
    return max(ended, default=1)
