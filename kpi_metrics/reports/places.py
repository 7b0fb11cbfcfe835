"""From where a finding says it is (row and header) to the cell of the sheet: what a person finds with the eye."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kpi_metrics.ingest.cells import show
from kpi_metrics.ingest.raw import Cell, RawSheet
from kpi_metrics.model import Place

HEADER_WITHIN = 12  # rows of a sheet among which a header stands


@dataclass(frozen=True)
class CellFinder:
    """Finds the cells of one sheet."""

    sheet: RawSheet

    def find(self, place: Place) -> tuple[int, int] | None:
        """Row and column (both 1-based) of a place; None when it names no row.

        A header that is not there (nothing was found where something should stand) is told of at the row's first cell.
        """
        if place.row is None:
            return None
        return place.row, self.column(place) or self._first_filled(place.row)

    def column(self, place: Place) -> int | None:
        """The column (1-based) whose header a place names; None when there is none of that name."""
        return self._columns.get(place.column.strip()) if place.column else None

    @cached_property
    def _rows(self) -> Mapping[int, tuple[Cell, ...]]:
        return {row.number: row.cells for row in self.sheet.rows}

    @cached_property
    def _columns(self) -> dict[str, int]:
        """Header → column, of the fullest row that says it: a title may say the same word."""
        found: dict[str, tuple[int, int]] = {}
        for number, cells in self._rows.items():
            if number > HEADER_WITHIN:
                break
            fullness = sum(cell is not None for cell in cells)
            for text, column in self._headers(number, cells):
                if text and fullness > found.get(text, (0, 0))[0]:
                    found[text] = (fullness, column)
        return {text: column for text, (_, column) in found.items()}

    def _headers(self, number: int, cells: tuple[Cell, ...]) -> Iterator[tuple[str, int]]:
        """What the columns are called by this row, alone and under the titles of the row above."""
        above = self._rows.get(number - 1, ())
        title: Cell = None
        for position, cell in enumerate(cells):
            said = show(cell).strip()
            yield said, position + 1
            title = above[position] if position < len(above) and above[position] is not None else title
            if title is not None and said:
                yield f"{show(title)} {show(cell)}".strip(), position + 1

    def _first_filled(self, number: int) -> int:
        cells = self._rows.get(number, ())
        return next((position for position, cell in enumerate(cells, start=1) if cell is not None), 1)
