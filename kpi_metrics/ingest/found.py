"""A table found in a sheet: its header, and the rows below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kpi_metrics.ingest.columns import Table
from kpi_metrics.ingest.header import Header
from kpi_metrics.ingest.raw import Cell, RawRow, RawSheet
from kpi_metrics.model import Place


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table found in a sheet, with the rows below its header."""

    table: Table
    sheet: RawSheet
    header: Header
    again: frozenset[int] = frozenset()  # rows that say the header once more: the next page of a print

    @property
    def place(self) -> Place:
        """The sheet."""
        return Place(self.sheet.file, self.sheet.name)

    def at(self, header: str) -> Place:
        """A cell of the header."""
        return Place(self.sheet.file, self.sheet.name, self.header.last_row, header)

    def rows(self) -> Iterator[RawRow]:
        """The rows under the header, with cells merged downwards filled in."""
        below = _merged_down(self.sheet, self.header)
        for row in self.sheet.rows:
            if row.number <= self.header.last_row or row.number in self.again:
                continue
            filled = below.get(row.number)
            if filled:
                width = max(len(row.cells), max(filled) + 1)
                cells = [*row.cells, *[None] * (width - len(row.cells))]
                for position, cell in filled.items():
                    cells[position] = cell if cells[position] is None else cells[position]
                row = RawRow(row.number, tuple(cells))
            yield row


def _merged_down(sheet: RawSheet, header: Header) -> dict[int, dict[int, Cell]]:
    """Row → position → the cell above that was merged over it. Figures are left alone: one stands for one row."""
    first_cells = {row.number: row.cells for row in sheet.rows}
    below: dict[int, dict[int, Cell]] = {}
    end = sheet.rows[-1].number if sheet.rows else 0
    for first_row, first_column, last_row, _ in sheet.merged:
        position = first_column - 1
        column = header.columns.get(position)
        cells = first_cells.get(first_row, ())
        if first_row <= header.last_row or column is None or column.figure or position >= len(cells):
            continue
        for number in range(first_row + 1, min(last_row, end) + 1):
            below.setdefault(number, {})[position] = cells[position]
    return below
