"""Batches in the ledger: writing one down with its files, its rows and what was answered about them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from kpi_metrics.ingest.answered import Answered
from kpi_metrics.ingest.raw import RawFile
from kpi_metrics.model import Located
from kpi_metrics.store import headings, history, rows
from kpi_metrics.store.news import News


@dataclass(frozen=True, slots=True)
class Receipt:
    """What saving did. ``batch_id`` is None when every row was already there (nothing was saved)."""

    batch_id: str | None
    recorded_at: datetime
    count_new: int
    count_corrected: int
    count_unchanged: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Checked rows to be saved as one: who brings them, in which files, and what was answered about them."""

    located: Sequence[Located]
    files: Sequence[RawFile]
    by: str
    answered: Answered

    @property
    def content_sha256(self) -> str:
        """The hash of what the files hold, in whatever order they came."""
        return hashlib.sha256("".join(sorted(file.sha256 for file in self.files)).encode()).hexdigest()


def write(cursor: DuckDBPyConnection, batch: Batch, news: News, moment: datetime) -> tuple[int, Receipt]:
    """Add a batch, the unchanged rows too, and tell it in the audit trail. Returns its number and its receipt."""
    batch_id = f"B{cursor.execute('select count(*) + 1 from ledger.batches').fetchall()[0][0]:05d}"
    counts = (news.count_new, news.count_corrected, news.count_unchanged)
    told = "{} new, {} corrected, {} unchanged".format(*counts)
    seq = history.write(cursor, moment, batch.by, "import", batch_id, "; ".join((told, *batch.answered.told)))
    cursor.execute(
        "insert into ledger.batches values (?, ?, ?, ?, ?, ?, ?, ?)",
        [seq, batch_id, moment, batch.by, batch.content_sha256, *counts],
    )
    for file in batch.files:
        cursor.execute("insert into ledger.files values (?, ?, ?, ?)", [seq, file.name, file.sha256, file.size])
    rows.append(cursor, seq, batch.located)
    headings.write(cursor, seq, batch.answered.headings)
    return seq, Receipt(batch_id, moment, *counts)
