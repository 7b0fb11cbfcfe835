"""Rows under a header that are no rows of the table (notes, signatures): told, and refused where they may be data."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field

from kpi_metrics.ingest.cells import show
from kpi_metrics.ingest.findings import Findings, Row
from kpi_metrics.ingest.found import FoundTable
from kpi_metrics.ingest.raw import Cell, RawRow
from kpi_metrics.model import Place, Text
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.text import is_empty

MOST_TOLD = 3  # each on its own; of more, all in one line
MOST_NUMBERS = 20  # of rows in that line

ANY_YEAR = 2569  # in which a month without a year is read, only to see whether it is one

_TIME = ("fiscal_year", "month", "round")
_OTHER_DELIMITERS = (";", "\t", "|", ",")


@dataclass(slots=True)
class PassedOver:
    """The rows of one table in which nothing was found to read."""

    found: FoundTable
    findings: Findings
    _rows: list[tuple[int, str]] = field(default_factory=list)

    def look_at(self, row: Row, raw: RawRow) -> None:
        """Take note of a row that was passed over."""
        cells = [show(cell) for cell in raw.cells if not is_empty(cell)]
        if any(map(self._may_be_a_row, cells)):
            self.findings.reject_place(
                Place(self.found.sheet.file, self.found.sheet.name, raw.number),
                "not_split",
                Text("แถวนี้ไม่ได้แยกคอลัมน์ (ใช้ตัวคั่นอื่น)", "the row was not split into columns: it has another delimiter"),
                Text("แยกค่าลงคอลัมน์เหมือนแถวอื่น", "divide it into columns like the other rows"),
                ", ".join(cells),
            )
        elif cells and not self._is_blank_of_a_form(row) and not (row.cells and row.table.name == "kpis"):
            self._rows.append((raw.number, ", ".join(cells)))

    def over_the_rows(self) -> set[tuple[Cell, ...]]:
        """What stands over the rows and comes again on the next page of a print. A row of figures there is no title."""
        header, over = self.found.header, set()
        for raw in self.found.sheet.rows:
            if raw.number > header.last_row:
                break
            if raw.number < header.first_row and self._is_about_something(raw):
                self._rows.append((raw.number, ", ".join(show(cell) for cell in raw.cells if not is_empty(cell))))
            else:
                over.add(raw.cells)
        return over

    def _is_about_something(self, raw: RawRow) -> bool:
        """Whether a row fills all columns that say what it is about."""
        columns = self.found.header.columns.items()
        filled = {column.name for at, column in columns if at < len(raw.cells) and not is_empty(raw.cells[at])}
        return self._needed() <= filled

    def tell(self) -> None:
        """Say which rows were passed over."""
        rows = self._rows if len(self._rows) <= MOST_TOLD else [(self._rows[0][0], self._summary())]
        for number, said in rows:
            self.findings.warn_place(
                Place(self.found.sheet.file, self.found.sheet.name, number),
                "passed_over",
                Text("ไม่ใช่แถวข้อมูลของตารางนี้ จึงข้ามไป", "no row of this table: passed over"),
                Text("ไม่ต้องแก้ไขหากตั้งใจ", "nothing, if it is meant to be there"),
                said,
            )

    def _summary(self) -> str:
        numbers = [str(number) for number, _ in self._rows[:MOST_NUMBERS]]
        more = ", …" if len(self._rows) > MOST_NUMBERS else ""
        return f"{', '.join(numbers)}{more}: {self._rows[0][1]} …"

    def _is_blank_of_a_form(self, row: Row) -> bool:
        """Whether a row without a figure still says what it is about, or its time alone, filled in beforehand."""
        if self._needed() <= row.cells.keys():
            return True
        return bool(row.cells) and all(name in _TIME and _can_be_read(row, name) for name in row.cells)

    def _needed(self) -> set[str]:
        columns = self.found.header.columns.values()
        return {column.name for column in columns if column.key and column.required}

    def _may_be_a_row(self, cell: str) -> bool:
        """Whether a cell falls into as many parts as the table has needed columns, one of them a number."""
        least = max(3, len(self._needed()) + 1)
        return any(
            len(parts := cell.split(delimiter)) >= least
            and any(re.fullmatch(r"\s*[\d๐-๙.]+\s*", each) for each in parts)
            for delimiter in _OTHER_DELIMITERS
        )


def _can_be_read(row: Row, name: str) -> bool:
    for year in (None, ANY_YEAR):
        with suppress(Unreadable):
            row.table.column(name).parse(row.cells[name], year)
            return True
    return False
