"""The current records: what the ledger holds of each key now, read once and kept until something is done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duckdb import DuckDBPyConnection

from kpi_metrics import metrics
from kpi_metrics.closing import Closed
from kpi_metrics.ingest.known import Known
from kpi_metrics.model import Located
from kpi_metrics.store import closings, headings, history, rows
from kpi_metrics.store.news import CurrentRows


class Current:
    """The current records of one database. Whoever uses it holds off every other writer."""

    def __init__(self) -> None:
        self._seq = -1
        self._rows: CurrentRows = {}

    def rows(self, cursor: DuckDBPyConnection) -> CurrentRows:
        """The records of every table by key."""
        seq = history.last_seq(cursor)
        if self._seq != seq:
            metrics.build_current(cursor, datetime.max)
            self._seq, self._rows = seq, {table: rows.current(cursor, table) for table in rows.RECORDS}
        return self._rows

    def known(self, cursor: DuckDBPyConnection, now: datetime) -> Known:
        """What new rows are checked against. ``now``: what future months are judged by."""
        stored = self.rows(cursor)
        return Known(
            now=now,
            offices={office.owner_id: office for office in stored["owners"].values()},
            people=tuple(stored["people"].values()),
            works=frozenset((work.fiscal_year, work.work_id) for work in stored["works"].values()),
            kpis=dict(stored["kpis"]),
            targets=dict(stored["targets"]),
            entries=dict(stored["results"]),
            notes=dict(stored["notes"]),
            overrides=dict(stored["overrides"]),
            bands=dict(stored["bands"]),
            settings={setting.key: setting.value for setting in stored["settings"].values()},
            headings=headings.read(cursor),
            closed=Closed(closings.read(cursor)),
        )

    def take_in(self, seq: int, located: Iterable[Located]) -> None:
        """Follow what was saved as batch ``seq``, so that the next import need not read everything again."""
        for item in located:
            table = rows.ledger_table(item.record)
            self._rows[table][rows.key_of(table, item.record)] = item.record
        self._seq = seq
