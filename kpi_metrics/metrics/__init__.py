"""The metrics: one SQL file a relation, run in order over the ledger as it stood at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from duckdb import DuckDBPyConnection

from kpi_metrics.thai.text import natural_key

# The key of each ledger table; its current row is the newest one not voided.
KEYS: Mapping[str, tuple[str, ...]] = {
    "owners": ("owner_id",),
    "people": ("owner_id", "from_date"),
    "works": ("fiscal_year", "work_id"),
    "kpis": ("fiscal_year", "kpi_id"),
    "targets": ("fiscal_year", "kpi_id", "owner_id", "from_date"),
    "results": ("fiscal_year", "month", "kpi_id", "owner_id"),
    "notes": ("fiscal_year", "month", "kpi_id", "owner_id"),
    "behaviour": ("fiscal_year", "round", "owner_id"),
    "bands": ("fiscal_year", "personnel_type", "name_th"),
    "overrides": ("fiscal_year", "month", "kpi_id", "owner_id"),
    "exclusions": ("fiscal_year", "round", "kpi_id", "owner_id"),
    "remarks": ("fiscal_year", "round", "owner_id", "part"),
    "development": ("fiscal_year", "round", "owner_id", "item"),
    "settings": ("key",),
}

_BEFORE_THE_TREE = (
    "setting", "month", "kpi", "reported", "entry", "place", "version", "phasing", "commitment", "own_result",
    "own_first", "own",
)  # fmt: skip
_AFTER_THE_TREE = (
    "weight", "measured", "assessed", "own_round_2", "attempt", "score", "standing", "next_level", "scorecard", "band",
    "appraisal_line", "running_appraisal", "appraisal", "coverage", "summary", "held", "allocation", "handing_down",
    "kpi_set", "cascade",
)  # fmt: skip
# Computed where they are read, once or in part: views. All others are tables.
_VIEWS = frozenset(
    {"entry", "commitment", "own_result", "below", "attempt", "next_level", "scorecard", "appraisal", "coverage"}
)

# What pages, exports and explanations read.
MARTS = (
    *(f"current_{table}" for table in KEYS if table != "results"),
    "live_batch", "month", "place", "kpi_order", "entry", "version", "phasing", "scorecard", "band", "appraisal_line",
    "running_appraisal", "appraisal", "coverage", "summary", "held", "cascade",
)  # fmt: skip


@cache
def sql(name: str) -> str:
    """The text of the metric ``name``."""
    return Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8")


def build_current(cursor: DuckDBPyConnection, at: datetime, *, with_results: bool = True) -> None:
    """Make the temporary tables ``live_batch`` and ``current_<table>``: the input as it stood at ``at``."""
    cursor.execute("create or replace temp table as_of (moment timestamp)")
    cursor.execute("insert into as_of values (?)", [at])
    _create(cursor, "live_batch", sql("live_batch"))
    for table, key in KEYS.items():
        if table == "results" and not with_results:
            continue
        _create(
            cursor, f"current_{table}", sql("current").format(table=table, key=", ".join(f"source.{k}" for k in key))
        )


def build(cursor: DuckDBPyConnection, at: datetime) -> None:
    """Compute every relation of ``MARTS`` (and those between) as temporary tables of ``cursor``, as of ``at``."""
    build_current(cursor, at, with_results=False)  # reported.sql reads the results once, with all it needs
    _number_kpis(cursor)
    deepest = _measure_depths(cursor)
    for name in _BEFORE_THE_TREE:
        _create(cursor, name, sql(name))
    _climb(cursor, deepest)
    _descend(cursor, deepest)
    for name in _AFTER_THE_TREE:
        _create(cursor, name, sql(name))


def build_gains(cursor: DuckDBPyConnection, year: int, month: int, owner_id: str) -> None:
    """Make ``gain``: what an owner's total of the year view would gain if a child reached its target.

    ``cursor`` sees the stored relations. What would be is scored by the rule of every other score.
    """
    _load(cursor, "sought (fiscal_year int, month int, owner_id varchar)", [(year, month, owner_id)])
    for name in ("setting", "kpi", "lifted"):
        _create(cursor, name, sql(name))
    _create(
        cursor,
        "attempt",
        """
        select
            attempt_no as cell, kpi_no, target, level_1, level_2, level_3, level_4, level_5,
            'year' as score_view, result, result as pace
        from lifted
        """,
    )
    for name in ("score", "gain"):
        _create(cursor, name, sql(name))


def drop(cursor: DuckDBPyConnection) -> None:
    """Drop what ``build`` made, so that the stored tables are seen again."""
    for kind in ("view", "table"):
        for (name,) in cursor.execute(
            f"select {kind}_name from duckdb_{kind}s() where temporary and not internal"
        ).fetchall():
            cursor.execute(f'drop {kind} temp."{name}"')


def _create(cursor: DuckDBPyConnection, name: str, query: str) -> None:
    kind = "view" if name in _VIEWS else "table"
    cursor.execute(f"create or replace temp {kind} {name} as {query}")


def _climb(cursor: DuckDBPyConnection, deepest: int) -> None:
    """Roll results, targets and dues up the tree, one depth after the other, people first."""
    # A table a depth under one view: DuckDB 2.0 loses rows of a large insert that reads its own table in a transaction.
    flows, nodes = ["flow_own"], ["node_none"]
    _create(cursor, "flow_own", sql("own_flow"))
    _create(cursor, "node_none", sql("no_node"))
    for depth in range(deepest, -1, -1):
        cursor.execute("create or replace temp table depth as select cast(? as int) as depth", [depth])
        _unite(cursor, "flow", flows)
        _unite(cursor, "node", nodes)
        _create(cursor, f"flow_{depth}", sql("flow"))
        _unite(cursor, "taken_over", [f"flow_{depth}"])
        _create(cursor, "below", sql("below"))
        _create(cursor, f"node_{depth}", sql("node"))
        flows.append(f"flow_{depth}")
        nodes.append(f"node_{depth}")
    _unite(cursor, "flow", flows)
    _unite(cursor, "node", nodes)


def _descend(cursor: DuckDBPyConnection, deepest: int) -> None:
    """Make ``ancestor``: everybody with each office above them, one depth after the other, from the top."""
    ancestors = ["ancestor_none"]
    _create(cursor, "ancestor_none", sql("no_ancestor"))
    for depth in range(deepest + 1):
        cursor.execute("create or replace temp table depth as select cast(? as int) as depth", [depth])
        _unite(cursor, "ancestor", ancestors)
        _create(cursor, f"ancestor_{depth}", sql("ancestor"))
        ancestors.append(f"ancestor_{depth}")
    _unite(cursor, "ancestor", ancestors)


def _unite(cursor: DuckDBPyConnection, name: str, parts: Iterable[str]) -> None:
    cursor.execute(f"create or replace temp view {name} as " + " union all ".join(f"select * from {p}" for p in parts))


def _measure_depths(cursor: DuckDBPyConnection) -> int:
    """Make ``owner``: every owner numbered, root offices at depth 0, people below every office. Returns the deepest."""
    parents = dict(cursor.execute("select owner_id, parent_id from current_owners").fetchall())

    def depth(owner_id: str) -> int:
        steps = 0
        while (parent := parents.get(owner_id)) is not None and steps <= len(parents):
            owner_id, steps = parent, steps + 1
        return steps

    depths = {owner_id: depth(owner_id) for owner_id in parents}
    deepest = max(depths.values(), default=0) + 1
    people = cursor.execute("select distinct owner_id from current_people").fetchall()
    depths |= {person: deepest for (person,) in people}
    _load(
        cursor,
        "owner (owner_no bigint, owner_id varchar, depth int)",
        [(number, *owner) for number, owner in enumerate(sorted(depths.items()), 1)],
    )
    return deepest


def _number_kpis(cursor: DuckDBPyConnection) -> None:
    """Make ``kpi_order``: every year's KPIs numbered in report order, 4.10 after 4.2."""
    kpis = cursor.execute("select fiscal_year, kpi_id from current_kpis").fetchall()
    ordered = sorted(kpis, key=lambda kpi: (kpi[0], natural_key(kpi[1])))
    _load(
        cursor,
        "kpi_order (kpi_no bigint, fiscal_year int, kpi_id varchar)",
        [(number, *kpi) for number, kpi in enumerate(ordered, 1)],
    )


def _load(cursor: DuckDBPyConnection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    cursor.execute(f"create or replace temp table {table}")
    if rows := list(rows):
        columns = ", ".join("unnest(?)" for _ in rows[0])
        cursor.execute(f"insert into {table.split(' ')[0]} select {columns}", list(zip(*rows, strict=True)))
