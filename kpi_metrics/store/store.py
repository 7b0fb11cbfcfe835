"""The store: opening the database, saving and voiding batches, and reading the figures as of a moment."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from kpi_metrics.closing import Closed, Closing
from kpi_metrics.ingest.answered import NOTHING_ANSWERED, Answered
from kpi_metrics.ingest.known import Known
from kpi_metrics.ingest.raw import RawFile
from kpi_metrics.model import Located, Refused, Text
from kpi_metrics.store import batches, closings, drafts, figures, history, voiding, wholeness
from kpi_metrics.store.batches import Batch, Receipt
from kpi_metrics.store.clock import environment_now
from kpi_metrics.store.current import Current
from kpi_metrics.store.drafts import Draft
from kpi_metrics.store.news import News
from kpi_metrics.store.opening import open_database
from kpi_metrics.store.receipts import Receipts, copy_whole
from kpi_metrics.store.trial import saving, try_out, turning
from kpi_metrics.store.voiding import Turn
from kpi_metrics.store.writing import refusing_disk_trouble, written
from kpi_metrics.thai.calendar import FiscalMonth


class Store:
    """One database file. One process owns it; one writer at a time; a cursor per read."""

    def __init__(self, path: Path, connection: DuckDBPyConnection, *, is_read_only: bool) -> None:
        self.path = path
        self.is_read_only = is_read_only
        self.faults: tuple[Text, ...] = ()
        self._connection = connection
        self._writing = threading.RLock()
        self._branching = threading.Lock()  # one connection makes one cursor at a time
        self._receipts = Receipts(path)
        database = connection.execute("select current_database()").fetchall()[0][0]
        self._current_mart = f'"{database}".mart'
        self._ledger = f'"{database}".ledger'
        self._lookback = figures.Lookback()
        self._current = Current()

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Store:
        """Open the database at ``path``, or make it unless ``read_only``.

        Raises FileRefused: missing, held by another process, not a database of ours, damaged, or not writable.
        """
        connection = open_database(path, read_only=read_only)
        store = cls(path, connection, is_read_only=read_only)
        if not read_only:
            with refusing_disk_trouble(path):
                wholeness.heal_receipts(connection, store._receipts)
        store.faults = wholeness.find_faults(connection, store._receipts)
        if not figures.are_fresh(connection):
            if read_only:  # the process that wrote last was stopped before it had computed
                store.close()
                cls.open(path).close()
                return cls.open(path, read_only=True)
            store.refresh()
        return store

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- time

    def now(self) -> datetime:
        """ "Now": ``KPI_NOW`` if set, else the stored setting ``now`` (demo only), else the clock."""
        if moment := environment_now():
            return moment
        with self._scratch() as cursor:
            return figures.stored_now(cursor) or datetime.now().replace(microsecond=0)

    def data_version(self) -> int:
        """A number that grows with every saved batch, void, unvoid, closing and reopening. 0: nothing is stored."""
        with self._scratch() as cursor:
            return history.last_seq(cursor)

    def is_empty(self) -> bool:
        """Whether nothing was ever saved."""
        return self.data_version() == 0

    # --- reading

    @contextmanager
    def reading(self, as_of: datetime | None = None) -> Iterator[DuckDBPyConnection]:
        """A cursor that sees the relations of ``metrics.MARTS`` as of a moment (None: now)."""
        with self._scratch() as cursor:
            cursor.execute("set search_path = ?", [f"{self._mart(as_of)},{self._ledger}"])
            yield cursor

    def closings(self, as_of: datetime | None = None) -> tuple[Closing, ...]:
        """Every closing and reopening of a month up to a moment (None: all), oldest first."""
        with self._scratch() as cursor:
            return closings.read(cursor, as_of)

    def drafts(self, month: FiscalMonth, owner_ids: Collection[str]) -> tuple[Draft, ...]:
        """What was typed for owners and a month and not sent yet, the oldest first."""
        with self._scratch() as cursor:
            return drafts.read(cursor, month, owner_ids)

    def known(self, moment: datetime | None = None) -> Known:
        """What the ledger holds now, for checking new rows. ``moment``: the "now" future months are judged by."""
        with self._writing, self._scratch() as cursor:
            return self._current.known(cursor, moment or self.now())

    @contextmanager
    def trying(
        self, located: Sequence[Located], *, year: int | None = None
    ) -> Iterator[tuple[DuckDBPyConnection, News]]:
        """What saving checked rows would do: what of them is news, and a cursor that sees the figures before and after.

        Each relation of ``metrics.MARTS`` stands under ``mart.`` as it is and under ``temp.`` as it would be. Nothing is
        written; no reader sees it and no writer waits for it. ``year``: only that fiscal year is computed, in half the time.
        """
        with self._writing, self._scratch() as cursor:
            news = News.of(located, self._current.rows(cursor))
            moment = history.next_moment(cursor, news.clock() or self.now())
        with self._scratch() as cursor, try_out(cursor, self._current_mart, saving(located, moment), year):
            yield cursor, news

    @contextmanager
    def trying_void(self, batch_id: str, *, is_voided: bool = True) -> Iterator[tuple[DuckDBPyConnection, Turn]]:
        """What voiding a batch, or bringing it back, would do: to its own rows, and the figures as in ``trying``.

        Refused as ``void`` and ``unvoid`` would be.
        """
        with self._scratch() as cursor:
            batch_seq = voiding.find(cursor, batch_id, is_voided=is_voided)
            moment, closed = history.next_moment(cursor, self.now()), Closed(closings.read(cursor))
        change = turning(batch_seq, moment, closed, is_voided=is_voided)
        with self._scratch() as cursor, try_out(cursor, self._current_mart, change) as turn:
            yield cursor, turn

    # --- writing

    def save(
        self,
        located: Sequence[Located],
        files: Sequence[RawFile],
        *,
        by: str,
        now: datetime | None = None,
        refresh: bool = True,
        answered: Answered = NOTHING_ANSWERED,
    ) -> Receipt:
        """Save checked rows as one batch, the unchanged ones too: they stand on when the batch before is voided.

        ``now`` stands in for the clock (the demo's own history). All or nothing; acknowledged once it is on the disk.
        What a person answered is told in the audit trail, and their headers are remembered with the batch.
        Who saves many batches in a row may leave the figures (``refresh=False``) and call ``refresh`` after the last.
        Raises Refused when the database may not be written to, and when a month was closed since the rows were checked.
        """
        batch = Batch(located, files, by, answered)
        with self._writing:  # until the receipt is written: receipts are a chain
            with self._write() as cursor:
                news = News.of(located, self._current.rows(cursor))
                moment = now or news.clock() or self.now()
                if not news.rows:
                    return Receipt(None, moment, 0, 0, news.count_unchanged)
                closings.require_open(news.owner_months(), Closed(closings.read(cursor)))
                seq, receipt = batches.write(cursor, batch, news, history.next_moment(cursor, moment))
                line = wholeness.receipt_line(cursor, seq, len(located))
                if refresh:
                    figures.refresh(cursor)
            self._current.take_in(seq, located)
            with refusing_disk_trouble(self._receipts.path):
                self._receipts.append(line)
        return receipt

    def refresh(self) -> None:
        """Compute the figures anew. Needed only after batches were saved without it."""
        with self._writing, self._scratch() as cursor, written(cursor, self.path):
            figures.refresh(cursor)

    def void(self, batch_id: str, *, why: str, by: str) -> None:
        """Take a batch out of every figure from now on.

        Refused, naming them, if rows would be left without what they name or entries of a closed month would change.
        """
        self._decide(batch_id, is_voided=True, why=why, by=by)

    def unvoid(self, batch_id: str, *, why: str, by: str) -> None:
        """Bring a voided batch back. Refused as ``void`` is."""
        self._decide(batch_id, is_voided=False, why=why, by=by)

    def close_month(self, month: FiscalMonth, *, by: str) -> Closing:
        """Take no more entries, from anybody, into the months of the year through this one.

        ``done_at`` of what is returned is the moment to look back to for what stood when the month was closed.
        Raises Refused for a year without KPIs, a month that has not begun, and months closed to everybody already.
        """
        with self._write() as cursor:
            closings.require_closable(cursor, month, self.now())
            return self._turn(cursor, month, None, None, by)

    def reopen_month(self, month: FiscalMonth, owner_id: str, *, why: str, by: str) -> Closing:
        """Take entries of one owner into one closed month again, until the month is closed again.

        Raises Refused for an owner who is not known or whose month is not closed.
        """
        with self._write() as cursor:
            closings.require_reopenable(cursor, month, owner_id)
            return self._turn(cursor, month, owner_id, why, by)

    def keep_draft(self, draft: Draft) -> None:
        """Keep the text of one box until it is sent or thrown away; no figure and no data version changes by it."""
        with self._write() as cursor:
            drafts.keep(cursor, draft)

    def drop_drafts(self, dropped: Sequence[Draft]) -> None:
        """Forget these drafts; a box that has been given another text since keeps it."""
        with self._write() as cursor:
            drafts.drop(cursor, dropped)

    def backup(self, target: Path) -> None:
        """Copy the whole database to ``target`` (a new file), consistent as of this moment."""
        if target.exists():
            raise Refused(f"มีไฟล์ {target} อยู่แล้ว", f"{target} already exists.")
        with self._writing, self._scratch() as cursor, refusing_disk_trouble(target):
            if not self.is_read_only:
                cursor.execute("force checkpoint")  # waits for those who read
            copy_whole(self.path, target)

    def verify(self) -> tuple[Text, ...]:
        """Read everything; name what does not hold: lost batches, broken chains, figures unlike a recomputation."""
        with self._scratch() as cursor:
            try:
                return wholeness.verify(cursor, self._receipts)
            except duckdb.Error as trouble:
                said = str(trouble).splitlines()[0]
                return (Text(f"อ่านฐานข้อมูลได้ไม่ครบ: {said}", f"The database cannot be read as a whole: {said}"),)

    # --- inside

    def _decide(self, batch_id: str, *, is_voided: bool, why: str, by: str) -> None:
        with self._write() as cursor:
            batch_seq = voiding.find(cursor, batch_id, is_voided=is_voided)
            moment = history.next_moment(cursor, self.now())
            seq = history.write(cursor, moment, by, "void" if is_voided else "unvoid", batch_id, why)
            voiding.write(cursor, seq, batch_seq, moment, is_voided=is_voided, why=why, by=by)
            if shut := closings.read(cursor):
                voiding.require_open(cursor, Closed(shut))
            figures.refresh(cursor)

    def _turn(
        self, cursor: DuckDBPyConnection, month: FiscalMonth, owner_id: str | None, why: str | None, by: str
    ) -> Closing:
        """Close a month for all, or reopen it for one owner. No figure changes by it."""
        are_fresh = figures.are_fresh(cursor)
        moment = history.next_moment(cursor, self.now())
        draft = Closing(0, moment, month.fiscal_year, month.month, owner_id, owner_id is None, why, by)
        closing = replace(draft, seq=history.write(cursor, moment, by, draft.what, draft.thing, why))
        closings.write(cursor, closing)
        if are_fresh:
            figures.mark_fresh(cursor)
        return closing

    def _mart(self, as_of: datetime | None) -> str:
        """The schema that holds the figures as of a moment; computed into memory unless it is now."""
        if as_of is None and (clock := environment_now()):
            as_of = clock.replace(microsecond=999_999)  # all of the second: see history.next_moment
        with self._writing if as_of else nullcontext(), self._scratch() as cursor:
            if as_of is None or as_of >= history.last_moment(cursor):
                return self._current_mart
            return self._lookback.schema(cursor, as_of)

    @contextmanager
    def _scratch(self) -> Iterator[DuckDBPyConnection]:
        with self._branching:
            cursor = self._connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    @contextmanager
    def _write(self) -> Iterator[DuckDBPyConnection]:
        """A cursor in a transaction, alone: committed at the end, rolled back on any error."""
        if self.faults or self.is_read_only:
            raise Refused(
                "ฐานข้อมูลเปิดแบบอ่านอย่างเดียว บันทึกไม่ได้", "The database is open for reading only; nothing was saved."
            )
        with self._writing, self._scratch() as cursor, written(cursor, self.path):
            yield cursor
