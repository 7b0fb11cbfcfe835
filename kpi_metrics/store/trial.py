"""Trying a change out: the figures as they would be, computed from a copy of the ledger in memory."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from duckdb import DuckDBPyConnection

from kpi_metrics import metrics
from kpi_metrics.closing import Closed
from kpi_metrics.model import Located
from kpi_metrics.store import history, rows, voiding
from kpi_metrics.store.voiding import Turn

T = TypeVar("T")
Change = Callable[[DuckDBPyConnection, int], T]  # done to the copied ledger, as the thing done with this number

_COPIED = ("batches", "voids", *rows.RECORDS)  # what the figures are computed from
_OF_A_YEAR = {  # bands hold for later years too
    table for table in rows.RECORDS if "fiscal_year" in rows.columns(table) and table != "bands"
}
_numbers = itertools.count(1)


@contextmanager
def try_out(cursor: DuckDBPyConnection, mart: str, change: Change[T], year: int | None = None) -> Iterator[T]:
    """Within it ``cursor`` sees each relation as it would stand after a change: ``temp.`` beside the stored ``mart.``

    All lies in one snapshot, in memory, and is gone afterwards; the database is only read. ``mart``: the stored schema.
    ``year``: compute that fiscal year alone. What the change returns is handed on, and what it refuses is refused.
    """
    name = f"trial_{next(_numbers)}"
    home = cursor.execute("select current_database()").fetchall()[0][0]
    cursor.execute(f"attach ':memory:' as {name} (read_write)")
    try:
        cursor.execute("begin")
        cursor.execute(f"create schema {name}.ledger")
        for table in _COPIED:
            copied = f"create table {name}.ledger.{table} as from ledger.{table}"
            if year is not None and table in _OF_A_YEAR:
                cursor.execute(f"{copied} where fiscal_year = ?", [year])
            else:
                cursor.execute(copied)
        seq = history.last_seq(cursor) + 1
        cursor.execute("set search_path = ?", [f"{name}.ledger,{mart}"])
        outcome = change(cursor, seq)
        metrics.build(cursor, datetime.max)
        yield outcome
    finally:
        cursor.execute("rollback")
        cursor.execute("set search_path = ?", [f'"{home}".main'])
        cursor.execute(f"detach {name}")


def saving(located: Sequence[Located], moment: datetime) -> Change[None]:
    """The change that saving checked rows is."""

    def save(cursor: DuckDBPyConnection, seq: int) -> None:
        cursor.execute("insert into ledger.batches values (?, 'trial', ?, '', '', 0, 0, 0)", [seq, moment])
        rows.append(cursor, seq, located)

    return save


def turning(batch_seq: int, moment: datetime, closed: Closed, *, is_voided: bool) -> Change[Turn]:
    """The change that voiding a batch is, or bringing it back; refuses what the thing itself would refuse."""

    def turn(cursor: DuckDBPyConnection, seq: int) -> Turn:
        metrics.build_current(cursor, datetime.max)
        before = voiding.current_of(cursor, batch_seq)
        voiding.write(cursor, seq, batch_seq, moment, is_voided=is_voided, why="", by="")
        voiding.require_open(cursor, closed)
        return Turn.of(before, voiding.current_of(cursor, batch_seq))

    return turn
