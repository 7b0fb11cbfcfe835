"""Trying an import out: the figures as they would be, computed from a copy of the ledger in memory."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from duckdb import DuckDBPyConnection

from kpi_metrics import metrics
from kpi_metrics.model import Located
from kpi_metrics.store import rows

_COPIED = ("batches", "voids", *rows.RECORDS)  # what the figures are computed from
_numbers = itertools.count(1)


@contextmanager
def try_out(cursor: DuckDBPyConnection, mart: str, located: Sequence[Located], moment: datetime) -> Iterator[None]:
    """Within it ``cursor`` sees each relation as it would stand after saving rows: ``temp.`` beside the stored ``mart.``

    All lies in one snapshot, in memory, and is gone afterwards; the database is only read. ``mart``: the stored schema.
    """
    name = f"trial_{next(_numbers)}"
    home = cursor.execute("select current_database()").fetchall()[0][0]
    cursor.execute(f"attach ':memory:' as {name} (read_write)")
    try:
        cursor.execute("begin")
        cursor.execute(f"create schema {name}.ledger")
        for table in _COPIED:
            cursor.execute(f"create table {name}.ledger.{table} as from ledger.{table}")
        seq = cursor.execute("select coalesce(max(seq), 0) + 1 from ledger.audit").fetchall()[0][0]
        cursor.execute("set search_path = ?", [f"{name}.ledger,{mart}"])
        cursor.execute("insert into ledger.batches values (?, 'trial', ?, '', '', 0, 0, 0)", [seq, moment])
        rows.append(cursor, seq, located)
        metrics.build(cursor, datetime.max)
        yield
    finally:
        cursor.execute("rollback")
        cursor.execute("set search_path = ?", [f'"{home}".main'])
        cursor.execute(f"detach {name}")
