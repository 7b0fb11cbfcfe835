"""Taking a batch out of the figures and bringing it back: what must hold, and what becomes of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duckdb import DuckDBPyConnection

from kpi_metrics import metrics
from kpi_metrics.closing import Closed
from kpi_metrics.model import Refused
from kpi_metrics.store import closings, rows
from kpi_metrics.store.news import CurrentRows, is_same
from kpi_metrics.store.orphans import find_orphans

_NAMED = 10  # orphans named in a refusal


@dataclass(frozen=True, slots=True)
class Turn:
    """How many rows of a batch would be there again, be another's, stay as they are, or be gone."""

    count_new: int
    count_corrected: int
    count_unchanged: int
    count_gone: int

    @classmethod
    def of(cls, before: CurrentRows, after: CurrentRows) -> Turn:
        """Of the current records with the keys of a batch, before and after."""
        news = gone = corrected = unchanged = 0
        for table in before:
            old, new = before[table], after[table]
            both = old.keys() & new.keys()
            same = sum(is_same(new[key], old[key]) for key in both)
            unchanged += same
            corrected += len(both) - same
            gone += len(old.keys() - new.keys())
            news += len(new.keys() - old.keys())
        return cls(news, corrected, unchanged, gone)


def find(cursor: DuckDBPyConnection, batch_id: str, *, is_voided: bool) -> int:
    """The number of a batch that may become voided, or come back; raises Refused if there is none or it is so already."""
    found = cursor.execute(
        """
        select batches.seq, voids.is_voided, voids.who
        from ledger.batches left join ledger.voids on batches.seq = voids.batch_seq
        where batch_id = ?
        order by voids.seq desc limit 1
        """,
        [batch_id],
    ).fetchall()
    if not found:
        raise Refused(f"ไม่มีการนำเข้ารหัส {batch_id}", f"There is no batch {batch_id}.")
    [(seq, was_voided, who)] = found
    if bool(was_voided) == is_voided:
        by = f" ({who})" if who else ""
        raise Refused(
            f"การนำเข้า {batch_id} {f'ถูกยกเลิกไว้แล้ว{by}' if is_voided else f'ไม่ได้ถูกยกเลิก{by}'}",
            f"Batch {batch_id} is {'already' if is_voided else 'not'} voided{by}.",
        )
    return seq


def write(
    cursor: DuckDBPyConnection, seq: int, batch_seq: int, moment: datetime, *, is_voided: bool, why: str, by: str
) -> None:
    """Take a batch out, or bring it back, and make the ``current_`` relations as they then stand.

    Raises Refused when rows would be left without what they name.
    """
    cursor.execute("insert into ledger.voids values (?, ?, ?, ?, ?, ?)", [seq, batch_seq, moment, is_voided, why, by])
    metrics.build_current(cursor, datetime.max)
    if orphans := find_orphans(cursor):
        listed = "; ".join(orphans[:_NAMED]) + (" ..." if len(orphans) > _NAMED else "")
        raise Refused(
            f"ยกเลิกไม่ได้ เพราะมี {len(orphans)} แถวที่อ้างถึงข้อมูลนี้: {listed}",
            f"Cannot be done: {len(orphans)} rows refer to what would be gone: {listed}",
        )


def require_open(cursor: DuckDBPyConnection, closed: Closed) -> None:
    """Raises Refused when entries, notes or overrides of a closed month differ from the stored ones, after ``write``."""
    closings.require_open(closings.changed_months(cursor), closed)


def current_of(cursor: DuckDBPyConnection, batch_seq: int) -> CurrentRows:
    """The current records that have the key of a row of the batch, whichever batch they are from."""
    return {table: _current_of(cursor, table, batch_seq) for table in rows.RECORDS}


def _current_of(cursor: DuckDBPyConnection, table: str, batch_seq: int) -> dict[Any, Any]:
    keys = cursor.execute(
        f"select distinct {', '.join(metrics.KEYS[table])} from ledger.{table} where batch_seq = ?", [batch_seq]
    ).fetchall()
    if not keys:
        return {}
    wanted, found = set(keys), rows.current(cursor, table)
    return {key: record for key, record in found.items() if key in wanted}
