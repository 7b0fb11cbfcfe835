"""How long the figures of the large province take, computed alone and stored too, beside a floor of the same run."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import duckdb

from kpi_metrics import metrics
from kpi_metrics.store import Store
from tests.benchmarks.large_province import make

RUNS = 7
FLOOR = """
    create or replace temp table floor as
    select fiscal_year, month, kpi_id, owner_id, sum(value) as value, sum(numerator) as numerator
    from ledger.results
    group by fiscal_year, month, kpi_id, owner_id
"""


def best(run: Callable[[], object]) -> float:
    """The seconds of the quickest of ``RUNS`` runs: what is left when nothing else disturbs."""
    seconds = []
    for _ in range(RUNS):
        start = perf_counter()
        run()
        seconds.append(perf_counter() - start)
    return min(seconds)


def compute(cursor: duckdb.DuckDBPyConnection) -> None:
    """Every relation into temporary tables, in one transaction, as the Store does it."""
    cursor.execute("begin")
    metrics.build(cursor, datetime.max)
    metrics.drop(cursor)
    cursor.execute("rollback")


def measure(store: Store) -> dict[str, float]:
    """Seconds per step."""
    figures = {"compute and store every figure (Store.refresh)": best(store.refresh)}
    path = store.path
    store.close()
    with duckdb.connect(str(path), read_only=True) as connection:
        floor = {"the floor: a bare GROUP BY over the full key": best(lambda: connection.execute(FLOOR))}
        figures = {**floor, "compute every figure": best(lambda: compute(connection)), **figures}
        (count,) = connection.execute("select count(*) from mart.entry").fetchall()[0]
    print(f"{count:,} entries, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, best of {RUNS}")
    return figures


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measured = measure(Store.open(Path(sys.argv[1])))
    else:
        with TemporaryDirectory() as folder:
            measured = measure(make(Path(folder) / "large.duckdb"))
    for step, seconds in measured.items():
        print(f"{seconds:6.3f} s  {step}")
