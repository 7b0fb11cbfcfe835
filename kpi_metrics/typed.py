"""What is typed on a screen, taken as the rows of a file: the same cells, the same checks, the same impact, one batch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kpi_metrics import intake
from kpi_metrics.ingest.columns import TABLES
from kpi_metrics.ingest.raw import RawFile, RawRow, RawSheet
from kpi_metrics.model import Checked
from kpi_metrics.store import Receipt, Store

Cells = Mapping[str, str | None]  # column name of a table -> what stands in its box


@dataclass(frozen=True, slots=True)
class Typed:
    """Rows typed on a screen and checked. A finding's ``place.row`` is the row's number, counted from 1."""

    file: RawFile
    checked: Checked


def read_rows(screen: str, rows: Mapping[int, Cells], header: Sequence[str], table: str | None = None) -> RawFile:
    """Numbered rows as a file that the history calls ``screen``; ``table``: what they are of, unless the header says it."""
    lines: list[tuple[int, list[str | None]]] = [(0, list(header))]
    lines += ((number, [cells.get(name) for name in header]) for number, cells in rows.items())
    content = json.dumps(lines, ensure_ascii=False).encode()
    sheet = RawSheet(screen, table, tuple(RawRow(number, tuple(cells)) for number, cells in lines))
    return RawFile(screen, hashlib.sha256(content).hexdigest(), len(content), (sheet,))


def examine(store: Store, screen: str, table: str, rows: Iterable[Cells]) -> Typed:
    """Check rows of one input table as a file of them would be; nothing is saved.

    Column names are those of ``ingest.columns``; boxes left empty are empty cells.
    """
    file = read_rows(screen, dict(enumerate(rows, start=1)), _header(table), table)
    return Typed(file, intake.examine(store, [file]))


def examine_together(store: Store, screen: str, tables: Mapping[str, Iterable[Cells]]) -> Typed:
    """As ``examine``, of rows of several tables that are saved as one batch: each is a sheet of its Thai name."""
    read = [
        read_rows(screen, dict(enumerate(rows, start=1)), _header(table), TABLES[table].names_th[0])
        for table, rows in tables.items()
    ]
    sheets = tuple(sheet for file in read for sheet in file.sheets)
    content = hashlib.sha256("".join(file.sha256 for file in read).encode()).hexdigest()
    file = RawFile(screen, content, sum(file.size for file in read), sheets)
    return Typed(file, intake.examine(store, [file]) if sheets else Checked((), (), ()))


def save(store: Store, typed: Typed, by: str) -> Receipt:
    """Save rows that were all found right, as one batch.

    Raises Refused, with nothing saved, when a row was rejected, and as ``Store.save`` does.
    """
    return intake.save(store, [typed.file], typed.checked, by)


def _header(table: str) -> list[str]:
    return [column.name for column in TABLES[table].columns]
