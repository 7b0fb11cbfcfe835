"""What the ledger already holds, as far as checking new rows needs it."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from kpi_metrics.model import Band, Entry, Kpi, Office, Override, Person, Target
from kpi_metrics.thai.numbers import round_half_up

PRINTED_DECIMALS = 4  # of a figure in our exports

KpiKey = tuple[int, str]  # fiscal year, kpi_id
EntryKey = tuple[int, int, str, str]  # fiscal year, month, kpi_id, owner_id
HeadingKey = tuple[str | None, str]  # owner_id (None: several offices or none), table
BandKey = tuple[int, str, str]  # fiscal year, personnel type, name
TargetKey = tuple[int, str, str, date]  # fiscal year, kpi_id, owner_id, from_date


@dataclass(frozen=True)
class Known:
    """The current rows of the ledger at ``now`` (see "Now" in the definition of the numbers).

    ``entries`` holds the current entries with a figure or withdrawn, ``notes`` the rows that carry words only.
    ``headings`` are the headers that people were asked about, each (as ``name_key`` writes it) with the column it stands
    for, "" for none. ``closed`` answers ``(fiscal_year, month, owner_id) in closed``.
    """

    now: datetime
    offices: Mapping[str, Office] = field(default_factory=dict)
    people: Sequence[Person] = ()
    works: Collection[tuple[int, str]] = frozenset()
    kpis: Mapping[KpiKey, Kpi] = field(default_factory=dict)
    targets: Mapping[TargetKey, Target] = field(default_factory=dict)
    entries: Mapping[EntryKey, Entry] = field(default_factory=dict)
    notes: Mapping[EntryKey, Entry] = field(default_factory=dict)
    overrides: Mapping[EntryKey, Override] = field(default_factory=dict)
    bands: Mapping[BandKey, Band] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[HeadingKey, Mapping[str, str]] = field(default_factory=dict)
    closed: Container[tuple[int, int, str]] = frozenset()

    @classmethod
    def empty(cls, now: datetime) -> Known:
        """What a new database knows: nothing but the time."""
        return cls(now)


def is_note(entry: Entry) -> bool:
    """Whether the entry carries words only and so changes no figure."""
    return entry.value is None and entry.numerator is None and not entry.is_withdrawn


def repeats(entry: Entry, other: Entry) -> bool:
    """Whether an entry has the figures of another, and no words that the other does not have."""
    return _figures(entry) == _figures(other) and _adds_no_words(entry, other)


def says_nothing_new(entry: Entry, stored: Entry) -> bool:
    """Whether an entry repeats a stored one, or what our own export prints of it.

    The export gives a figure at most 4 decimals, so that an exported file comes back with other figures than the ledger
    has. To take it for news would restate months by a rounding that nobody meant.
    """
    is_same = _figures(entry) == _figures(stored) or _figures(entry) == _printed(stored)
    return is_same and _adds_no_words(entry, stored)


def _figures(entry: Entry) -> tuple[float | None, float | None, float | None, bool]:
    return entry.value, entry.numerator, entry.denominator, entry.is_withdrawn


def _printed(entry: Entry) -> tuple[float | None, float | None, float | None, bool]:
    value, numerator, denominator = (
        None if figure is None else float(round_half_up(figure, PRINTED_DECIMALS))
        for figure in (entry.value, entry.numerator, entry.denominator)
    )
    return value, numerator, denominator, entry.is_withdrawn


def _adds_no_words(entry: Entry, stored: Entry) -> bool:
    return all(
        getattr(entry, name) in (None, getattr(stored, name))
        for name in ("note", "problem", "remedy", "evidence_url", "reported_by", "reported_at")
    )
