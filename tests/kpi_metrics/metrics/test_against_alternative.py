"""The SQL and a naive second version of the same rules agree on provinces nobody would think of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isclose
from typing import Any

import duckdb
from hypothesis import HealthCheck, given, settings

from kpi_metrics.rounds import APPRAISAL_LINES
from tests.alternative import Alternative, Batch
from tests.alternative_cascade import faults
from tests.builders import figures_of
from tests.provinces import provinces

Rows = dict[tuple, dict[str, Any]]

MONTH_AND_OWNER = ("fiscal_year", "month", "owner_id")
FIGURE = (*MONTH_AND_OWNER, "kpi_id")
LINE = (*MONTH_AND_OWNER, "holder_id", "kpi_id")
ROUND = ("fiscal_year", "round", "owner_id")
FAULT = ("fiscal_year", "month", "check", "owner_id", "kpi_id")


def read(cursor: duckdb.DuckDBPyConnection, relation: str) -> list[dict[str, Any]]:
    result = cursor.execute(f"select * from {relation}")
    names = [column[0] for column in result.description]
    return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def keyed(rows: Iterable[dict[str, Any]], key: Sequence[str]) -> Rows:
    return {tuple(row[column] for column in key): row for row in rows}


def in_view(rows: Iterable[dict[str, Any]], view: str) -> list[dict[str, Any]]:
    """The rows with the figures of the view under their plain names."""
    ending = f"_{view}"
    return [row | {name.removesuffix(ending): row[name] for name in row if name.endswith(ending)} for row in rows]


def agree(ours: object, theirs: object) -> bool:
    if isinstance(ours, float) and isinstance(theirs, float | int):
        return isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)
    return ours == theirs


def differences(ours: Rows, theirs: Rows) -> list[str]:
    """Every row and figure in which two tables differ."""
    found = [f"{key}: only in SQL" for key in ours.keys() - theirs.keys()]
    found += [f"{key}: only in the naive version" for key in theirs.keys() - ours.keys()]
    for key in ours.keys() & theirs.keys():
        for name, value in theirs[key].items():
            if not agree(ours[key][name], value):
                found.append(f"{key} {name}: SQL {ours[key][name]!r}, naive {value!r}")
    return sorted(found)


def listed(faults: dict[tuple, tuple[float | None, ...]]) -> Rows:
    """The faults of the cascade as rows of its relation."""
    return {key: dict(zip(("own", "children", "difference"), said, strict=True)) for key, said in faults.items()}


# What an example costs is DuckDB's planning of some eighty relations: all figures are compared on the one build.
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(provinces())
def test_sql_and_naive_version_agree_on_every_figure(batches: list[Batch]) -> None:
    cursor = figures_of(batches)
    naive = Alternative(batches)
    scorecard, summary = read(cursor, "scorecard"), read(cursor, "summary")
    found = []
    for view in ("period", "year"):
        found += differences(keyed(in_view(scorecard, view), FIGURE), naive.scorecard(view))
        found += differences(keyed(in_view(summary, view), MONTH_AND_OWNER), naive.summary(view))
    found += differences(keyed(read(cursor, "coverage"), FIGURE), naive.coverage())
    found += differences(keyed(read(cursor, f"({APPRAISAL_LINES})"), LINE), naive.lines())
    found += differences(keyed(read(cursor, "running_appraisal"), MONTH_AND_OWNER), naive.running_appraisal())
    found += differences(keyed(read(cursor, "appraisal"), ROUND), naive.appraisal())
    found += differences(keyed(read(cursor, "cascade"), FAULT), listed(faults(naive)))
    assert found == []
