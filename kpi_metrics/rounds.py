"""The reads of an appraisal round: its lines, and what they come to, for persons and for heads with their office's KPIs.

``scorecard`` hands them out with all other reads, and its words hold here.
"""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from kpi_metrics.access import Scope
from kpi_metrics.reading import read
from kpi_metrics.store import Store

# What an appraisal line says besides its figures: who, which KPI on what scale, and what was decided about it.
APPRAISAL_LINES = """
    select
        line.fiscal_year,
        line.month,
        case when line.month <= 6 then 1 else 2 end as round,
        person.owner_id,
        person.owner_name,
        person.parent_id,
        held.owner_id as holder_id,
        held.owner_kind as holder_kind,
        held.kpi_id,
        held.kpi_no,
        held.kpi_name,
        held.unit,
        held.measure,
        held.direction,
        held.scale_basis,
        held.scoring,
        held.prescribed,
        line.weight,
        held.target,
        line.first_month,
        line.plan,
        line.result,
        held.level_1,
        held.level_2,
        held.level_3,
        held.level_4,
        held.level_5,
        line.status,
        line.computed,
        line.score,
        line.score * line.weight / 100 as weighted,
        override.score as override_score,
        override.reason as override_reason,
        override.by as override_by,
        exclusion.reason as exclusion_reason,
        exclusion.by as exclusion_by
    from appraisal_line as line
    inner join place as person on line.slot = person.slot
    inner join scorecard as held on line.cell = held.cell
    left join current_overrides as override
        on held.fiscal_year = override.fiscal_year and held.month = override.month
        and held.kpi_id = override.kpi_id and held.owner_id = override.owner_id
        and line.computed is not null
    left join current_exclusions as exclusion
        on line.fiscal_year = exclusion.fiscal_year
        and case when line.month <= 6 then 1 else 2 end = exclusion.round
        and held.kpi_id = exclusion.kpi_id and person.owner_id = exclusion.owner_id
"""


def appraisal(
    store: Store,
    scope: Scope,
    *,
    year: int,
    round_: int | None = None,
    as_of: datetime | None = None,
    owner: str | None = None,
    parent: str | None = None,
) -> pd.DataFrame:
    """One row per person (heads of offices too) and round, as it stands at its last ``month`` (6 or 12).

    The clock has no say: while that month has not ended, ``final`` and ``band`` are those of what was reported so far.
    ``score`` 0..5 with its bounds ``score_low`` and ``score_high``, ``performance``, ``behaviour`` and ``final`` 0..100,
    ``band``; ``weight_total`` and ``weight_evaluated`` in percent; ``count_not_reported``: KPIs with a weight.
    """
    frame = read(
        store,
        "select * from appraisal",
        order="round, owner_id",
        as_of=as_of,
        year=year,
        round_=round_,
        owner=owner,
        parent=parent,
    )
    return scope.filter(frame)


def running_appraisal(
    store: Store,
    scope: Scope,
    *,
    year: int,
    month: int,
    as_of: datetime | None = None,
    owner: str | None = None,
    parent: str | None = None,
) -> pd.DataFrame:
    """The rows of ``appraisal`` for the round in which ``month`` lies, as it stands then; no final before months 6 and 12."""
    frame = read(
        store,
        "select * from running_appraisal",
        order="owner_id",
        as_of=as_of,
        year=year,
        month=month,
        owner=owner,
        parent=parent,
    )
    return scope.filter(frame)


def appraisal_lines(
    store: Store,
    scope: Scope,
    *,
    year: int,
    month: int,
    as_of: datetime | None = None,
    owner: str | None = None,
    parent: str | None = None,
) -> pd.DataFrame:
    """One row per person and KPI of the round in which ``month`` lies, as it stands then (months 6 and 12: as it ended).

    A head has the KPIs of the office (``holder_id``) first, then own ones. ``plan`` and ``result`` are of the months from
    ``first_month`` on: 7 where a count reported by increments answers for the second round alone. ``status`` is one of
    the scorecard's, of those months, or ``excluded``. ``computed`` 0..5 is the score before an override, ``score`` the one
    that enters the total by ``weight`` (percent), ``weighted`` = score × weight / 100.
    """
    frame = read(
        store,
        APPRAISAL_LINES,
        order="owner_id, holder_kind = 'person', kpi_no",
        as_of=as_of,
        year=year,
        month=month,
        owner=owner,
        parent=parent,
    )
    return scope.filter(frame)
