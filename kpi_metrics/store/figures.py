"""The computed figures: those of now, stored with the ledger, and those of a moment in the past, computed into memory."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path

from duckdb import DuckDBPyConnection

from kpi_metrics import metrics
from kpi_metrics.store import history

_MOMENTS_KEPT = 6


def refresh(cursor: DuckDBPyConnection) -> None:
    """Compute the relations of ``metrics.MARTS`` anew and store them in the schema ``mart``."""
    metrics.build(cursor, datetime.max)
    cursor.execute("create schema if not exists mart")
    for name in metrics.MARTS:
        cursor.execute(f"create or replace table mart.{name} as select * from temp.{name}")
    mark_fresh(cursor)
    metrics.drop(cursor)


def mark_fresh(cursor: DuckDBPyConnection) -> None:
    """Say that the stored figures are those of all that was done up to now."""
    cursor.execute(
        "create or replace table mart.computed as select ? as seq, ? as rules", [history.last_seq(cursor), _rules()]
    )


def are_fresh(cursor: DuckDBPyConnection) -> bool:
    """Whether the stored figures are those of all that was done, by the rules of today."""
    if not _are_stored(cursor):
        return False
    return cursor.execute("from mart.computed").fetchall() == [(history.last_seq(cursor), _rules())]


def stored_now(cursor: DuckDBPyConnection) -> datetime | None:
    """The setting ``now``, which only the demo has."""
    if not _are_stored(cursor):
        return None
    found = cursor.execute("select value from mart.current_settings where key = 'now'").fetchall()
    return datetime.fromisoformat(found[0][0]) if found else None


class Lookback:
    """The figures as of the moments that were asked for last."""

    def __init__(self) -> None:
        self._schemas: dict[tuple[datetime, int], str] = {}

    def schema(self, cursor: DuckDBPyConnection, as_of: datetime) -> str:
        """The schema, in memory, that holds the figures as of a moment. One thread at a time."""
        asked = (as_of, history.last_seq(cursor))
        if asked not in self._schemas:
            while len(self._schemas) >= _MOMENTS_KEPT:
                oldest = self._schemas.pop(next(iter(self._schemas)))
                cursor.execute(f"detach {oldest}")
            name = f"as_of_{as_of:%Y%m%d_%H%M%S_%f}_{asked[1]}"
            cursor.execute(f"attach ':memory:' as {name} (read_write)")
            metrics.build(cursor, as_of)
            for table in metrics.MARTS:
                cursor.execute(f"create table {name}.{table} as select * from temp.{table}")
            self._schemas[asked] = name
        return self._schemas[asked]


def _are_stored(cursor: DuckDBPyConnection) -> bool:
    found = cursor.execute("select table_name from duckdb_tables() where schema_name = 'mart'").fetchall()
    return {name for (name,) in found} >= {*metrics.MARTS, "computed"}


@cache
def _rules() -> str:
    """What tells one set of metrics from another: figures stored by older ones are computed anew."""
    files = [path for path in sorted(Path(metrics.__file__).parent.iterdir()) if path.suffix in (".sql", ".py")]
    files.append(Path(__file__).with_name("schema.sql"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
