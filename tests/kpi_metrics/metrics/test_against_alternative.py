"""The SQL and a naive second version of the same rules agree on provinces nobody would think of."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings

from kpi_metrics.rounds import APPRAISAL_LINES
from tests.alternative import Alternative, Batch
from tests.builders import figures_of
from tests.provinces import provinces


def table(cursor: duckdb.DuckDBPyConnection, name: str, key: Sequence[str], view: str) -> dict[tuple, dict]:
    """The rows of a relation by key, with the figures of the view under their plain names."""
    result = cursor.execute(f"select * from {name}")
    names = [column[0] for column in result.description]
    found = {}
    for values in result.fetchall():
        row = dict(zip(names, values, strict=True))
        row |= {name.removesuffix(f"_{view}"): row[name] for name in names if name.endswith(f"_{view}")}
        found[tuple(row[column] for column in key)] = row
    return found


def agree(ours: object, theirs: object) -> bool:
    if isinstance(ours, float) or isinstance(theirs, float):
        return ours is not None and theirs is not None and ours == pytest.approx(theirs, rel=1e-9, abs=1e-9)
    return ours == theirs


def differences(ours: dict[tuple, dict], theirs: dict[tuple, dict]) -> list[str]:
    """Every row and figure in which two tables differ."""
    found = [f"{key}: only in SQL" for key in ours.keys() - theirs.keys()]
    found += [f"{key}: only in the naive version" for key in theirs.keys() - ours.keys()]
    for key in ours.keys() & theirs.keys():
        for name, value in theirs[key].items():
            if not agree(ours[key][name], value):
                found.append(f"{key} {name}: SQL {ours[key][name]!r}, naive {value!r}")
    return sorted(found)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(provinces())
def test_sql_and_naive_version_agree_on_every_figure(batches: list[Batch]) -> None:
    cursor = figures_of(batches)
    naive = Alternative(batches)
    by_month = ("fiscal_year", "month", "owner_id")
    found = []
    for view in ("period", "year"):
        found += differences(table(cursor, "scorecard", (*by_month, "kpi_id"), view), naive.scorecard(view))
        found += differences(table(cursor, "summary", by_month, view), naive.summary(view))
    found += differences(table(cursor, "coverage", (*by_month, "kpi_id"), ""), naive.coverage())
    by_line = ("fiscal_year", "month", "owner_id", "holder_id", "kpi_id")
    found += differences(table(cursor, f"({APPRAISAL_LINES})", by_line, ""), naive.lines())
    found += differences(table(cursor, "running_appraisal", by_month, ""), naive.running_appraisal())
    found += differences(table(cursor, "appraisal", ("fiscal_year", "round", "owner_id"), ""), naive.appraisal())
    assert found == []
