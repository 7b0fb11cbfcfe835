"""Where the head of a table stands in its sheet once more: the next page of a print, or another table under the first."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_metrics.ingest.found import FoundTable
from kpi_metrics.ingest.header import Header, ReadAs, columns_of, read_header
from kpi_metrics.ingest.raw import Cell, RawRow
from kpi_metrics.thai.text import is_empty

_LONGEST = 60  # characters of a cell that may still be a header


class Heads:
    """All rows of a sheet that could be the header of its table, beside the one it has."""

    def __init__(self, found: FoundTable, read_as: ReadAs) -> None:
        self._found = found
        self._read_as = read_as
        self._named: dict[str, frozenset[str]] = {}
        self._others = [*self._complete()]

    @property
    def again(self) -> frozenset[int]:
        """The numbers of the rows under the header that say the same head once more."""
        return frozenset(each.last_row for each in self._others if self._is_the_same(each))

    @property
    def second(self) -> Header | None:
        """Another header, whose rows would be lost or read under the wrong columns."""
        header = self._found.header
        between = {row.number for row in self._found.sheet.rows if row.number < header.first_row}
        for each in self._others:
            if each.last_row < header.first_row:
                if any(each.last_row < number for number in between):
                    return each
            elif not self._is_the_same(each):
                return each
        return None

    def _is_the_same(self, other: Header) -> bool:
        header = self._found.header
        return other.first_row > header.last_row and all(
            (column := header.columns.get(position)) and column.name == named.name
            for position, named in other.columns.items()
        )

    def _complete(self) -> Iterator[Header]:
        table, own = self._found.table, self._found.header
        for row in self._found.sheet.rows:
            if own.first_row <= row.number <= own.last_row or not self._names_enough(row):
                continue
            header = read_header(self._found.sheet, table, row, self._read_as)
            if not header.missing(table):
                yield header

    def _names_enough(self, row: RawRow) -> bool:
        """Whether the cells of a row could name all needed columns; most rows are known not to by a look at each cell."""
        named: set[str] = set()
        for cell in row.cells:
            named |= self._names(cell)
        return len(named) > 1 and all(each.name in named for each in self._found.table.columns if each.required)

    def _names(self, cell: Cell) -> frozenset[str]:
        if not isinstance(cell, str) or len(cell) > _LONGEST or is_empty(cell):
            return frozenset()
        if cell not in self._named:
            fits = columns_of(self._found.table, cell, self._read_as)
            self._named[cell] = frozenset(column.name for column in fits)
        return self._named[cell]
