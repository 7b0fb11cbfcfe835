"""What a file holds before anyone says what it means: rows of cells with their sheet and row number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kpi_metrics.model import Finding

SHIELDED = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # what a spreadsheet would run as a formula


@dataclass(frozen=True, slots=True)
class FormulaWithoutValue:
    """A formula whose result was never stored, so nobody knows what it would show. ``text`` starts with ``=``."""

    text: str


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell that shows an error such as ``#REF!``."""

    text: str


@dataclass(frozen=True, slots=True)
class PercentCell:
    """A number shown as a percent: ``value`` is the percent (0.83 shown as 83 % is 83.0)."""

    value: float


Cell = str | float | int | bool | date | datetime | None | FormulaWithoutValue | ErrorCell | PercentCell


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row with something in it. ``number`` is the sheet's own (1-based), or the line on which a CSV record starts.

    Cells stand from the first column on; empty ones are None, empty ones at the end are cut.
    """

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet, empty rows left out. ``name`` is None for a CSV.

    ``merged`` holds (first row, first column, last row, last column), all 1-based; the value stands in the first cell.
    """

    file: str
    name: str | None
    rows: tuple[RawRow, ...]
    is_hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file as read. ``warnings`` say what a person should know of it as a whole."""

    name: str
    sha256: str
    size: int
    sheets: tuple[RawSheet, ...]
    warnings: tuple[Finding, ...] = ()


def unshield(text: str) -> str:
    """Take off the ``'`` that our exports put before text which a spreadsheet would run as a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(SHIELDED) else text


def make_row(number: int, cells: list[Cell]) -> RawRow | None:
    """The row with its empty end cut, or None when nothing is in it (blanks count as nothing there)."""
    end = len(cells)
    while end and (cells[end - 1] is None or (isinstance(cells[end - 1], str) and not str(cells[end - 1]).strip())):
        end -= 1
    return RawRow(number, tuple(cells[:end])) if end else None
