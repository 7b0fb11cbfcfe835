"""The demo's CSV files: the input tables as offices keep them, read into records and written from them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, get_type_hints

from kpi_metrics.model import Entry, Kpi, Office, Record, Target

Row = Mapping[str, str]
CLERK = "ฝ่ายบริหารทั่วไป สำนักงานเกษตรจังหวัด"


@dataclass(frozen=True, slots=True)
class DemoBatch:
    """What was imported together: the files, when (local time) and by whom."""

    files: tuple[Path, ...]
    recorded_at: datetime
    by: str


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV (UTF-8 with BOM) under its own headers."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_offices(path: Path) -> list[Office]:
    """The offices of ``owners.csv``, in its order."""
    return [_record(Office, row) for row in read_rows(path)]


def read_kpis(path: Path) -> list[Kpi]:
    """The KPIs of ``kpis.csv``, in its order; the plan as shares 0..1."""
    return [_record(Kpi, row) for row in read_rows(path)]


def read_targets(path: Path) -> list[Target]:
    """The target versions of a ``targets*.csv``, in its order."""
    return [_record(Target, row) for row in read_rows(path)]


class Writer:
    """Writes records into a folder, a file a table, and keeps the list of batches."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._batches: list[DemoBatch] = []

    def write(self, name: str, records: Iterable[Record]) -> None:
        """Write ``records`` (all of one kind, at least one) as ``name``."""
        rows = [_row(record) for record in records]
        self._write(name, list(rows[0]), rows)

    def write_results(self, name: str, entries: Iterable[Entry], day: date) -> None:
        """Write ``entries`` as reported on ``day`` and recorded by the clerk in a batch of their own."""
        at = datetime.combine(day, time(10, 30))
        self.write(name, [replace(entry, reported_at=datetime.combine(day, time())) for entry in entries])
        self.batch(at, name)

    def batch(self, at: datetime, *names: str) -> None:
        """Note that ``names`` were imported together at ``at``."""
        self._batches.append(DemoBatch(tuple(self._folder / name for name in names), at, CLERK))

    def write_batches(self) -> None:
        """Write ``batches.csv``, in the order of time."""
        rows = [
            {
                "files": "|".join(path.name for path in batch.files),
                "recorded_at": batch.recorded_at.isoformat(),
                "by": batch.by,
            }
            for batch in sorted(self._batches, key=lambda batch: batch.recorded_at)
        ]
        self._write("batches.csv", ["files", "recorded_at", "by"], rows)

    def _write(self, name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        with (self._folder / name).open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def _record(kind: type[Any], row: Row) -> Any:
    """The record of a row of our own making: no checks."""
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for name in (field.name for field in fields(kind)):
        if name == "plan":
            plan = [row[f"plan_m{month}"] for month in range(1, 13)]
            values[name] = tuple(float(text) / 100 for text in plan) if all(plan) else None
        elif name == "levels":
            values[name] = tuple(float(row[f"level_{i}"]) if row[f"level_{i}"] else None for i in range(1, 6))
        elif name == "aliases":
            values[name] = tuple(alias for alias in row[name].split("|") if alias)
        else:
            values[name] = _value(row[name], str(hints[name]))
    return kind(**values)


def _value(text: str, hint: str) -> Any:
    if text == "":
        return None
    if "datetime.date" in hint:
        return date.fromisoformat(text)
    if "bool" in hint:
        return text == "yes"
    if "float" in hint:
        return float(text)
    return int(text) if "int" in hint and "Literal" not in hint else text


def _row(record: Record) -> dict[str, str]:
    """The cells of a record under the columns of its table."""
    row: dict[str, str] = {}
    for name in (field.name for field in fields(record)):
        value = getattr(record, name)
        if name == "plan":
            row |= {f"plan_m{m + 1}": _text(value[m] * 100 if value else None) for m in range(12)}
        elif name == "levels":
            row |= {f"level_{i + 1}": _text(value[i]) for i in range(5)}
        elif name == "is_withdrawn":
            row["value"] = "withdrawn" if value else row["value"]
        else:
            row[name] = _text(value)
    return row


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(round(value, 4))
    return str(value)
