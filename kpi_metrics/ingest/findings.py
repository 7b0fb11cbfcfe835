"""Collecting what is wrong with the rows of an import, each with its place and what would be right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kpi_metrics.ingest.cells import show
from kpi_metrics.ingest.columns import Table
from kpi_metrics.ingest.raw import Cell
from kpi_metrics.model import Finding, Place, Text
from kpi_metrics.thai import Unreadable


@dataclass(slots=True)
class Row:
    """One row of a sheet under its table's column names: the cells found (no empty ones) and what they were read as."""

    table: Table
    place: Place
    headers: Mapping[str, Cell]  # column name -> header as found
    cells: dict[str, Cell]
    values: dict[str, Any] = field(default_factory=dict)
    is_rejected: bool = False

    def at(self, column: str | None) -> Place:
        """The place of one of the row's cells."""
        if column is None:
            return self.place
        header = self.headers.get(column)
        return Place(self.place.file, self.place.sheet, self.place.row, show(header) if header is not None else column)


@dataclass(slots=True)
class Findings:
    """All that was found so far."""

    rejections: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def reject(self, row: Row, column: str | None, code: str, wrong: Text, expected: Text, found: str = "") -> None:
        """Refuse a row for one of its cells (or as a whole)."""
        row.is_rejected = True
        self.rejections.append(_finding(row, column, code, wrong, expected, found))

    def unreadable(self, row: Row, column: str, code: str, error: Unreadable) -> None:
        """Refuse a row for a cell that cannot be read."""
        self.reject(row, column, code, error.wrong, error.expected)

    def warn(self, row: Row, column: str | None, code: str, wrong: Text, expected: Text, found: str = "") -> None:
        """Keep a row and ask to look at it."""
        self.warnings.append(_finding(row, column, code, wrong, expected, found))

    def reject_place(self, place: Place, code: str, wrong: Text, expected: Text, found: str = "") -> None:
        """Refuse a file, a sheet or a row that could not be taken apart."""
        self.rejections.append(Finding(code, place, found, wrong, expected))

    def warn_place(self, place: Place, code: str, wrong: Text, expected: Text, found: str = "") -> None:
        """Ask to look at a file, a sheet or a row that is not kept."""
        self.warnings.append(Finding(code, place, found, wrong, expected))


def _finding(row: Row, column: str | None, code: str, wrong: Text, expected: Text, found: str) -> Finding:
    return Finding(code, row.at(column), found or show(row.cells.get(column or "")), wrong, expected)
