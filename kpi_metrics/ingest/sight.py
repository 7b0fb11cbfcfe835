"""What a second look at a sheet finds: marks on cells, merged ranges, and how far the filled cells reach.

The spreadsheet reader gives an empty text for a formula without a stored value and for an error, knows no number
formats, and takes the memory of a whole rectangle: one cell at XFD1048576 ends the process. So every workbook is
walked once before the reader gets it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kpi_metrics.ingest.raw import ErrorCell, FormulaWithoutValue

MAX_ROWS = 200_000
MAX_COLUMNS = 1_000
MAX_CELLS = 6_000_000  # of the rectangle from the first to the last filled cell

PERCENT = "percent"
Mark = FormulaWithoutValue | ErrorCell | str  # PERCENT says: this number is shown as a percent
Merged = tuple[int, int, int, int]

_FORMAT_TEXT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


class Unreadable(Exception):
    """Why the package cannot be read; ``args[0]`` is a key of ``read.REASONS``."""


@dataclass
class Sight:
    """What the XML of one sheet tells. Keys are (row, column), 1-based; so are the merged ranges."""

    marks: dict[tuple[int, int], Mark] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0

    def reach(self, row: int, column: int) -> None:
        """Note a filled cell, and stop where the reader would need too much memory."""
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)
        if row > MAX_ROWS or column > MAX_COLUMNS or self.last_row * self.last_column > MAX_CELLS:
            raise Unreadable("too_far", f"{column_letters(column)}{row}")


def column_letters(column: int) -> str:
    """``A`` for 1, ``XFD`` for 16384."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """1 for ``A``, 16384 for ``XFD``; 0 for what is no column."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - 64
    return number


def is_percent_format(code: str) -> bool:
    """Whether a number format shows a percent: a ``%`` of its first section that is not quoted text."""
    return "%" in _FORMAT_TEXT.sub("", code).split(";")[0]
