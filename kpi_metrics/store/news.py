"""What of an import is new to the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kpi_metrics.ingest.known import says_nothing_new
from kpi_metrics.model import Entry, Located, Override, Record, Setting
from kpi_metrics.store import rows
from kpi_metrics.store.clock import environment_now

CurrentRows = dict[str, dict[Any, Any]]  # table -> key -> record


@dataclass(frozen=True, slots=True)
class Novelty:
    """A row that says something new, and the stored record it corrects; None: nothing stood there."""

    located: Located
    before: Record | None


@dataclass(frozen=True, slots=True)
class News:
    """The rows that say something new, and how many rows are new, correct a stored one, or repeat it."""

    novelties: tuple[Novelty, ...]
    count_new: int
    count_corrected: int
    count_unchanged: int

    @classmethod
    def of(cls, located: Sequence[Located], stored: Mapping[str, Mapping[Any, Any]]) -> News:
        """Of an import, beside the current records of every table."""
        fresh: list[Novelty] = []
        for item in located:
            table = rows.ledger_table(item.record)
            before = stored[table].get(rows.key_of(table, item.record))
            if before is not None and is_same(item.record, before):
                continue
            fresh.append(Novelty(item, before))
        count_corrected = sum(novelty.before is not None for novelty in fresh)
        return cls(tuple(fresh), len(fresh) - count_corrected, count_corrected, len(located) - len(fresh))

    @property
    def rows(self) -> tuple[Located, ...]:
        """The rows that say something new."""
        return tuple(novelty.located for novelty in self.novelties)

    def owner_months(self) -> list[tuple[int, int, str]]:
        """The fiscal year, month and owner of each entry and override that says something new."""
        entries = [item.record for item in self.rows if isinstance(item.record, Entry | Override)]
        return [(entry.fiscal_year, entry.month, entry.owner_id) for entry in entries]

    def clock(self) -> datetime | None:
        """``KPI_NOW``, else the demo's own clock where this very import sets it."""
        if moment := environment_now():
            return moment
        for item in self.rows:
            if isinstance(item.record, Setting) and item.record.key == "now":
                return datetime.fromisoformat(item.record.value)
        return None


def is_same(record: Record, before: Record) -> bool:
    """Whether a record says nothing that the one before it did not say."""
    if isinstance(record, Entry) and isinstance(before, Entry):
        return says_nothing_new(record, before)
    return record == before
