"""Records to ledger rows and back: the ledger's columns are the records' fields, plan and levels spread out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

import pyarrow as pa
from duckdb import DuckDBPyConnection

from kpi_metrics import metrics
from kpi_metrics.ingest.known import is_note
from kpi_metrics.model import (
    Band,
    Behaviour,
    Development,
    Entry,
    Exclusion,
    Kpi,
    Located,
    Office,
    Override,
    Person,
    Record,
    Remark,
    Setting,
    Target,
    Work,
)

RECORDS: dict[str, type] = {
    "owners": Office,
    "people": Person,
    "works": Work,
    "kpis": Kpi,
    "targets": Target,
    "results": Entry,
    "notes": Entry,
    "behaviour": Behaviour,
    "bands": Band,
    "overrides": Override,
    "exclusions": Exclusion,
    "remarks": Remark,
    "development": Development,
    "settings": Setting,
}
PROVENANCE = ("batch_seq", "row_seq", "file", "sheet", "row")
_PLAN = tuple(f"plan_m{month}" for month in range(1, 13))
_LEVELS = tuple(f"level_{level}" for level in range(1, 6))
_FIGURES = ("value", "numerator", "denominator", "is_withdrawn")
_ARROW = {
    "VARCHAR": pa.string(),
    "DOUBLE": pa.float64(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
}


def ledger_table(record: Record) -> str:
    """The ledger table a record goes into; words without a figure are kept apart from the results."""
    if isinstance(record, Entry):
        return "notes" if is_note(record) else "results"
    return next(table for table, kind in RECORDS.items() if isinstance(record, kind))


@cache
def columns(table: str) -> tuple[str, ...]:
    """The ledger columns of the input columns of ``table``, in order."""
    spread: list[str] = []
    for field in fields(RECORDS[table]):
        if table == "notes" and field.name in _FIGURES:
            continue
        spread += {"plan": _PLAN, "levels": _LEVELS}.get(field.name, (field.name,))
    return tuple(spread)


@cache
def _is_flat(table: str) -> bool:
    """Whether a ledger row of the table is a record's fields as they are."""
    names = tuple(field.name for field in fields(RECORDS[table]))
    return columns(table) == names and "aliases" not in names


def key_of(table: str, record: Record) -> tuple[object, ...]:
    """What makes a record itself within its table."""
    return tuple(getattr(record, name) for name in metrics.KEYS[table])


def to_row(table: str, record: Record) -> list[object]:
    """A record's values in the order of ``columns(table)``."""
    row: list[object] = []
    for field in fields(RECORDS[table]):
        value = getattr(record, field.name)
        if field.name == "plan":
            row += value or (None,) * 12
        elif field.name == "levels":
            row += value
        elif field.name == "aliases":
            row.append("|".join(value) or None)
        elif not (table == "notes" and field.name in _FIGURES):
            row.append(value)
    return row


def from_row(table: str, row: Sequence[Any]) -> Any:
    """The record of a ledger row whose values stand in the order of ``columns(table)``."""
    if _is_flat(table):
        return RECORDS[table](*row)
    values = iter(row)
    found: dict[str, Any] = {}
    for field in fields(RECORDS[table]):
        if field.name == "plan":
            plan = tuple(next(values) for _ in _PLAN)
            found["plan"] = None if plan[-1] is None else plan
        elif field.name == "levels":
            found["levels"] = tuple(next(values) for _ in _LEVELS)
        elif field.name == "aliases":
            found["aliases"] = tuple(alias for alias in (next(values) or "").split("|") if alias)
        elif not (table == "notes" and field.name in _FIGURES):
            found[field.name] = next(values)
    return RECORDS[table](**found)


def append(cursor: DuckDBPyConnection, batch_seq: int, located: Iterable[Located]) -> None:
    """Add records to the ledger as rows of one batch, in the order given."""
    by_table: dict[str, list[list[object]]] = {}
    for row_seq, item in enumerate(located):
        table = ledger_table(item.record)
        place = item.place
        by_table.setdefault(table, []).append(
            [*to_row(table, item.record), batch_seq, row_seq, place.file, place.sheet, place.row]
        )
    for table, rows in by_table.items():
        types = {name: type_ for name, type_, *_ in cursor.execute(f"describe ledger.{table}").fetchall()}
        names = (*columns(table), *PROVENANCE)
        frame = pa.table(
            {
                name: pa.array(values, _ARROW[types[name]])
                for name, values in zip(names, zip(*rows, strict=True), strict=True)
            }
        )
        cursor.register("arriving", frame)
        listed = ", ".join(f'"{name}"' for name in names)
        cursor.execute(f"insert into ledger.{table} ({listed}) select {listed} from arriving")
        cursor.unregister("arriving")


def current(cursor: DuckDBPyConnection, table: str) -> dict[tuple[object, ...], Any]:
    """The current records of a table by key, from the relations that ``metrics.build_current`` makes."""
    listed = ", ".join(f'"{name}"' for name in columns(table))
    found = cursor.execute(f"select {listed} from current_{table}").fetchall()
    return {key_of(table, record): record for record in (from_row(table, row) for row in found)}
