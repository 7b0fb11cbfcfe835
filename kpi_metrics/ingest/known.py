"""What the ledger already holds, as far as checking new rows needs it."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from kpi_metrics.model import Entry, Kpi, Office, Person, Target

KpiKey = tuple[int, str]  # fiscal year, kpi_id
EntryKey = tuple[int, int, str, str]  # fiscal year, month, kpi_id, owner_id
TargetKey = tuple[int, str, str, date]  # fiscal year, kpi_id, owner_id, from_date


@dataclass(frozen=True)
class Known:
    """The current rows of the ledger at ``now`` (see "Now" in the definition of the numbers).

    ``entries`` holds the current entries with a figure or withdrawn, ``notes`` the rows that carry words only.
    ``closed`` answers ``(fiscal_year, month, owner_id) in closed``.
    """

    now: datetime
    offices: Mapping[str, Office] = field(default_factory=dict)
    people: Sequence[Person] = ()
    works: Collection[tuple[int, str]] = frozenset()
    kpis: Mapping[KpiKey, Kpi] = field(default_factory=dict)
    targets: Mapping[TargetKey, Target] = field(default_factory=dict)
    entries: Mapping[EntryKey, Entry] = field(default_factory=dict)
    notes: Mapping[EntryKey, Entry] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    closed: Container[tuple[int, int, str]] = frozenset()

    @classmethod
    def empty(cls, now: datetime) -> Known:
        """What a new database knows: nothing but the time."""
        return cls(now)


def is_note(entry: Entry) -> bool:
    """Whether the entry carries words only and so changes no figure."""
    return entry.value is None and entry.numerator is None and not entry.is_withdrawn


def says_nothing_new(entry: Entry, stored: Entry) -> bool:
    """Whether an entry repeats a stored one: the same figures, and no words that the stored one does not have."""
    if (entry.value, entry.numerator, entry.denominator, entry.is_withdrawn) != (
        stored.value,
        stored.numerator,
        stored.denominator,
        stored.is_withdrawn,
    ):
        return False
    return all(
        getattr(entry, name) in (None, getattr(stored, name))
        for name in ("note", "problem", "remedy", "evidence_url", "reported_by", "reported_at")
    )
