"""Where one more unit of work helps most."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from kpi_metrics import metrics
from kpi_metrics.access import Scope
from kpi_metrics.store import Store


def most_gain(
    store: Store,
    scope: Scope,
    *,
    year: int,
    month: int,
    as_of: datetime | None = None,
    owner: str | None = None,
    limit: int | None = None,
) -> pd.DataFrame:
    """Where one more unit of work raises an owner's total score of the year view most; the best first.

    One row per KPI and child of ``owner`` (None: the first in order of those with nobody above): fiscal_year, month, kpi_id, kpi_name, unit,
    owner_id, owner_name, owner_kind, result, target, remaining (to the child's target of the year), is_by_parts (a
    percent by parts: remaining is of its numerator), gain (of the total, 0..5, once it is reached), gain_per_unit. Only KPIs where more
    is better, whose result comes from the children, and children that have reported: of nobody else is known what is
    left. The scores are those of ``metrics/score.sql``.
    """
    with store.reading(as_of) as cursor:
        top = cursor.execute(
            """
            select owner_id from place
            where fiscal_year = ? and month = ? and parent_id is null
            order by sort_order nulls last, owner_id
            limit 1
            """,
            [year, month],
        ).fetchone()
        metrics.build_gains(cursor, year, month, owner or (top[0] if top else ""))
        frame = cursor.execute(
            """
            select * exclude (kpi_no, sort_order) from gain
            order by round(gain_per_unit, 10) desc, kpi_no, round(gain, 10) desc, sort_order nulls last, owner_id
            """
        ).df()
    seen = scope.filter(frame)
    return seen.head(limit) if limit is not None else seen
