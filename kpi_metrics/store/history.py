"""The audit trail: a row for each thing done, sealed with the hash of the row before; and the time of what is done next."""

from __future__ import annotations

from datetime import datetime, timedelta

from duckdb import DuckDBPyConnection

from kpi_metrics.ingest import citizens
from kpi_metrics.store.receipts import seal

COLUMNS = ("seq", "done_at", "who", "what", "object", "before", "after")  # what the hash seals


def content(*values: object) -> dict[str, object]:
    """What of an audit row its hash seals, from its values in the order of ``COLUMNS``."""
    return dict(zip(COLUMNS, values, strict=True))


def write(cursor: DuckDBPyConnection, done_at: datetime, who: str, what: str, thing: str, after: str | None) -> int:
    """Add a row to the audit trail and return its number, which is also that of the data version it makes.

    Raises Refused when a name or a reason holds a citizen id: what is sealed here cannot be taken out again.
    """
    citizens.require_none(who, after)
    last = cursor.execute("select seq, hash from ledger.audit order by seq desc limit 1").fetchall()
    seq, previous = (last[0][0] + 1, last[0][1]) if last else (1, "")
    values = (seq, done_at, who, what, thing, None, after)
    cursor.execute(
        "insert into ledger.audit values (?, ?, ?, ?, ?, ?, ?, ?)", [*values, seal(previous, content(*values))]
    )
    return seq


def last_seq(cursor: DuckDBPyConnection) -> int:
    """The number of what was done last, which is the data version; 0 when nothing was."""
    return cursor.execute("select coalesce(max(seq), 0) from ledger.audit").fetchall()[0][0]


def last_moment(cursor: DuckDBPyConnection) -> datetime:
    """When the last thing was done."""
    found = cursor.execute("select max(done_at) from ledger.audit").fetchall()[0][0]
    return found or datetime.min


def next_moment(cursor: DuckDBPyConnection, wanted: datetime) -> datetime:
    """The time of what is done next: never before what was done last, and after it where that closed a month.

    So a look back to the closing shows what the meeting saw, however soon the next import comes.
    """
    last = cursor.execute("select done_at, what from ledger.audit order by seq desc limit 1").fetchall()
    if not last:
        return wanted
    done_at, what = last[0]
    return max(wanted, done_at + timedelta(microseconds=what == "close"))
