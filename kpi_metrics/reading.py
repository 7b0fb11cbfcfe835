"""How a read asks: a relation, the rows of it that are wanted, their order. The one list of what rows may be asked by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pandas as pd

from kpi_metrics.store import Store

# Each is about a column that the relation gives; the value is always a parameter.
CONDITIONS: Mapping[str, str] = {
    "year": "fiscal_year = $year",
    "month": "month = $month",
    "through": "month <= $through",
    "round_": "round = $round_",
    "owner": "owner_id = $owner",
    "parent": "parent_id = $parent",
    "kind": "owner_kind = $kind",
    "kpi": "kpi_id = $kpi",
    "batch_id": "batch_id = $batch_id",
    "of": "object = $of",
}


def read(store: Store, relation: str, *, order: str, as_of: datetime | None = None, **wanted: object) -> pd.DataFrame:
    """The rows of a relation (a query of ours) as it stood at ``as_of`` (None: now), in order. NaN and None are missing.

    ``wanted``: names of ``CONDITIONS`` with their values, None for what is not asked about; any other name is a parameter
    that the relation itself has.
    """
    given = {name: value for name, value in wanted.items() if value is not None}
    conditions = [CONDITIONS[name] for name in given if name in CONDITIONS]
    query = " ".join(("from (", relation, ") where", " and ".join(conditions) or "true", "order by", order))
    with store.reading(as_of) as cursor:
        return cursor.execute(query, given).df()
