"""Which rows of an import are new or correct a stored one, told to people: of an entry, from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from duckdb import DuckDBPyConnection

from kpi_metrics.access import Scope
from kpi_metrics.model import Entry, Place
from kpi_metrics.store.news import News, Novelty
from kpi_metrics.store.rows import key_of, ledger_table
from kpi_metrics.thai.text import natural_key

WITHDRAWN = "ถอน"

_kpi_order = lru_cache(1024)(natural_key)  # few KPIs, many rows

Owners = Mapping[tuple[int, int, str], tuple[str, float | None]]  # fiscal year, month, owner -> name, sort order


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that is new or, where ``is_corrected``, says something else than a stored one.

    ``table`` is the input table, ``key`` what makes the row itself there, in words; the rest is told of an entry alone.
    ``before`` and ``after`` are its figure as it was told ("12", "2/3", "ถอน"), None where there is none (a new row, or
    words without a figure). Equal figures: only the words beside them differ.
    """

    place: Place
    table: str
    key: str
    is_corrected: bool
    fiscal_year: int | None = None
    month: int | None = None
    kpi_id: str | None = None
    owner_id: str | None = None
    owner_name: str | None = None
    before: str | None = None
    after: str | None = None

    @property
    def is_entry(self) -> bool:
        """Whether it is a row of the results."""
        return self.table == "results"


def row_changes(
    cursor: DuckDBPyConnection, news: News, scope: Scope, at_most: int
) -> tuple[tuple[RowChange, ...], int]:
    """The first rows of an import that are news and may be seen, and how many there are: corrected ones, then new ones.

    Of each, the entries come first, in report order (KPI, owner, month), then the other tables as they arrived.
    ``cursor`` sees the offices and people as they would be under ``temp.place``. Rows about no owner are seen by all.
    """
    owners = _owners(cursor, news)
    seen = (each for each in news.novelties if _is_seen(each, scope))
    ordered = sorted(seen, key=lambda each: (each.before is None, *_report_order(each, owners)))
    return tuple(_told(each, owners) for each in ordered[:at_most]), len(ordered)


def _owners(cursor: DuckDBPyConnection, news: News) -> Owners:
    years = {each.located.record.fiscal_year for each in news.novelties if isinstance(each.located.record, Entry)}
    found = cursor.execute(
        """
        select fiscal_year, month, owner_id, owner_name, sort_order from temp.place
        where fiscal_year in (select unnest(?::int[]))
        """,
        [sorted(years)],
    )
    return {(year, month, owner_id): (name, order) for year, month, owner_id, name, order in found.fetchall()}


def _is_seen(novelty: Novelty, scope: Scope) -> bool:
    owner_id = getattr(novelty.located.record, "owner_id", None)
    return owner_id is None or scope.sees(owner_id)


def _report_order(novelty: Novelty, owners: Owners) -> Iterator[object]:
    entry = novelty.located.record
    yield not isinstance(entry, Entry)
    if isinstance(entry, Entry):
        _name, order = owners.get((entry.fiscal_year, entry.month, entry.owner_id), (None, None))
        yield from (entry.fiscal_year, _kpi_order(entry.kpi_id))
        yield from (order is None, order or 0, entry.owner_id, entry.month)


def _told(novelty: Novelty, owners: Owners) -> RowChange:
    place, record, before = novelty.located.place, novelty.located.record, novelty.before
    table = ledger_table(record)
    key = " · ".join(str(part) for part in key_of(table, record))
    if not isinstance(record, Entry):
        return RowChange(place, table, key, before is not None)
    name, _order = owners.get((record.fiscal_year, record.month, record.owner_id), (None, None))
    return RowChange(
        place,
        "results",
        key,
        before is not None,
        record.fiscal_year,
        record.month,
        record.kpi_id,
        record.owner_id,
        name,
        _figure(before) if isinstance(before, Entry) else None,
        _figure(record),
    )


def _figure(entry: Entry) -> str | None:
    if entry.is_withdrawn:
        return WITHDRAWN
    if entry.numerator is not None and entry.denominator is not None:
        return f"{_plain(entry.numerator)}/{_plain(entry.denominator)}"
    return None if entry.value is None else _plain(entry.value)


def _plain(number: float) -> str:
    """Every digit there is: what differs must not look alike."""
    return f"{Decimal(repr(float(number))):f}".removesuffix(".0")
