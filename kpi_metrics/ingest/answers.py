"""What a person answered to the findings of an import, found again by the place in the file that it is about."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kpi_metrics.ingest.cells import name_key
from kpi_metrics.ingest.raw import RawSheet
from kpi_metrics.model import Answer, Place

SheetKey = tuple[str, str | None]  # file, sheet


class Answers:
    """The answers to one import. Of two to the same place the later one holds.

    Raises ValueError for an answer of no known kind.
    """

    def __init__(self, given: Collection[Answer] = ()) -> None:
        self._tables: dict[SheetKey, str] = {}
        self._columns: dict[SheetKey, dict[str, str]] = {}
        self._cells: dict[SheetKey, dict[int, dict[str, str]]] = {}
        self._thai: dict[SheetKey, str] = {}
        self._series: dict[Place, str] = {}
        for answer in given:
            place, sheet = answer.place, (answer.place.file, answer.place.sheet)
            if answer.kind == "table":
                self._tables[sheet] = answer.value
            elif answer.kind == "column":
                self._columns.setdefault(sheet, {})[name_key(place.column or "")] = answer.value
            elif answer.kind == "cell":
                self._cells.setdefault(sheet, {}).setdefault(place.row or 0, {})[place.column or ""] = answer.value
            elif answer.kind == "thai":
                self._thai[sheet] = answer.value
            elif answer.kind == "series":
                self._series[place] = answer.value
            else:
                raise ValueError(f"no kind of answer: {answer.kind!r}")

    def table(self, sheet: RawSheet) -> str | None:
        """The table that a sheet, or else its whole file, is said to be; "" for none."""
        return self._tables.get((sheet.file, sheet.name), self._tables.get((sheet.file, None)))

    def columns(self, sheet: RawSheet) -> Mapping[str, str]:
        """Header (as ``name_key`` writes it) → column, "" for one that is kept out."""
        return self._columns.get((sheet.file, sheet.name), {})

    def cells(self, sheet: RawSheet) -> Mapping[int, Mapping[str, str]]:
        """Row → header as shown → the text to read there."""
        return self._cells.get((sheet.file, sheet.name), {})

    def thai(self, place: Place) -> str | None:
        """Whether the broken Thai of a sheet is to be put right ("repair") or left ("keep")."""
        return self._thai.get((place.file, place.sheet))

    @property
    def has_series(self) -> bool:
        """Whether anything was answered of any series."""
        return bool(self._series)

    def series(self, place: Place) -> str | None:
        """Whether an owner's months found at a cell, or all figures under a header, are "cumulative" or "monthly"."""
        return self._series.get(place)
