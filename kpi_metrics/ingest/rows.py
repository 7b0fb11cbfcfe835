"""From the rows of a found table to rows read cell by cell, with everything that is wrong with single cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kpi_metrics.ingest import citizens
from kpi_metrics.ingest.answers import Answers
from kpi_metrics.ingest.cells import name_key, show
from kpi_metrics.ingest.columns import MONTH_NAMES, TABLES, Column
from kpi_metrics.ingest.findings import Findings, Row
from kpi_metrics.ingest.found import FoundTable
from kpi_metrics.ingest.header import columns_of
from kpi_metrics.ingest.passed import PassedOver
from kpi_metrics.ingest.raw import Cell, ErrorCell, FormulaWithoutValue, RawRow
from kpi_metrics.ingest.said_total import says_total
from kpi_metrics.model import Place, Text
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.text import is_empty

WITHDRAWN = frozenset({"withdrawn", "ถอน"})
PENDING = name_key("อยู่ระหว่างดำเนินการ")

ERROR = re.compile(r"#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A)", re.IGNORECASE)  # an error, saved as text
QUOTE = Text("ลบค่าที่เกิน หรือใส่เครื่องหมายคำพูดคร่อมข้อความที่มีจุลภาค", "delete what is beyond, or quote text that holds commas")


@dataclass(slots=True)
class ReadTable:
    """A table's rows as read (rejected ones too), and its total rows, each with the rows it may add up."""

    found: FoundTable
    rows: list[Row] = field(default_factory=list)
    totals: list[tuple[Row, int, int]] = field(default_factory=list)  # row, end of its parts, end of the total before
    sums: list[tuple[Place, Cell, int, int]] = field(default_factory=list)  # a total beside the months, their rows


@dataclass(slots=True)
class RowReader:
    """Reads rows, each different cell once, as they stand or as a person said."""

    findings: Findings
    answers: Answers = field(default_factory=Answers)
    _read: dict[tuple[str, str, type, Cell, int | None], object] = field(default_factory=dict)

    def read(self, found: FoundTable) -> ReadTable:
        """Read all rows of a table. A month column of ``results_wide`` becomes a row of ``results`` of its own."""
        table = ReadTable(found)
        headers = {column.name: found.header.texts[position] for position, column in found.header.columns.items()}
        unnamed = {position for position, text in enumerate(found.header.texts) if not show(text).strip()}
        said = self.answers.cells(found.sheet)
        last_total = 0
        passed = PassedOver(found, self.findings)
        over_the_rows = passed.over_the_rows()
        sum_at = _sums_at(found)
        for raw in found.rows():
            answered = said.get(raw.number, {})
            if raw.cells in over_the_rows:
                continue  # the head of the next page of a print
            if (position := citizens.citizen_id_at(raw)) is not None:
                citizens.refuse(_cell_of(found, raw, position), self.findings)
                continue
            if any(map(citizens.holds_citizen_id, answered.values())):
                citizens.refuse(Place(found.sheet.file, found.sheet.name, raw.number), self.findings)
                continue
            if unnamed:
                unnamed -= self._beside_the_header(found, raw, unnamed)
            row = self._row(found, raw, headers, answered)
            if row is None:
                continue
            if _is_total(row, raw, found):
                table.totals.append((row, len(table.rows), last_total))
                last_total = len(table.rows)
                continue
            if not row.cells:
                passed.look_at(row, raw)
                continue
            months = list(_by_month(row)) if row.table.name == "results_wide" else [row]
            read = [each for each in months if self._says_something(each)]
            first = len(table.rows)
            for each in read:
                self._parse(each)
                table.rows.append(each)
            for position in sum_at:
                if position < len(raw.cells) and not is_empty(cell := raw.cells[position]):
                    table.sums.append((_cell_of(found, raw, position), cell, first, len(table.rows)))
            if not read:
                passed.look_at(row, raw)
        passed.tell()
        return table

    def _row(self, found: FoundTable, raw: RawRow, headers: Mapping[str, Cell], said: Mapping[str, str]) -> Row | None:
        place = Place(found.sheet.file, found.sheet.name, raw.number)
        width = len(found.header.texts)
        cells = {
            column.name: cell
            for position, column in found.header.columns.items()
            if position < len(raw.cells) and not is_empty(cell := raw.cells[position])
        }
        row = Row(found.table, place, headers, cells)
        if said:
            _read_as_said(row, said)
        if len(raw.cells) > width and (beyond := [show(cell) for cell in raw.cells[width:] if not is_empty(cell)]):
            self.findings.reject_place(
                place,
                "row_too_long",
                Text("แถวยาวกว่าหัวตาราง ค่าอาจเลื่อนคอลัมน์", "the row is longer than its header: cells may have shifted"),
                QUOTE if found.sheet.name is None else Text("ลบค่าที่เกิน", "delete what is beyond"),
                ", ".join(beyond),
            )
            return None
        return row

    def _beside_the_header(self, found: FoundTable, raw: RawRow, unnamed: set[int]) -> set[int]:
        """The columns without a header in which this row has something: told once, at the first."""
        filled = {each for each in unnamed if each < len(raw.cells) and not is_empty(raw.cells[each])}
        for position in sorted(filled):
            self.findings.warn_place(
                Place(found.sheet.file, found.sheet.name, raw.number),
                "unnamed_column",
                Text(
                    f"คอลัมน์ที่ {position + 1} ไม่มีหัวตาราง จึงไม่นำเข้า",
                    f"column {position + 1} has no header and is kept out",
                ),
                Text("ใส่หัวตาราง หรือลบคอลัมน์", "give it a header, or delete it"),
                show(raw.cells[position]),
            )
        return filled

    def _says_something(self, row: Row) -> bool:
        for name, cell in list(row.cells.items()):
            if isinstance(cell, str) and "#" in cell and ERROR.fullmatch(cell.strip()):
                cell = ErrorCell(cell.strip())
            if isinstance(cell, FormulaWithoutValue | ErrorCell):
                self._uncomputed(row, row.table.column(name), cell)
            elif isinstance(cell, str) and row.table.column(name).figure and name_key(cell) == PENDING:
                self._in_progress(row, name)
        if not row.table.speaks or row.is_rejected or any(name in row.cells for name in row.table.speaks):
            return True
        if row.table.name == "kpis":
            self.findings.warn(
                row,
                "name_th",
                "heading_row",
                Text("เป็นแถวหัวข้อ ไม่ใช่ตัวชี้วัด จึงข้ามไป", "a heading, not a KPI: left out"),
                Text("ไม่ต้องแก้ไขหากตั้งใจ", "nothing, if it is meant to be there"),
            )
        return False

    def _in_progress(self, row: Row, column: str) -> None:
        wrong = Text("ข้อความนี้ไม่ใช่ตัวเลข อ่านเป็นช่องว่าง", "this is no number and is read as blank")
        expected = Text("ตัวเลข หรือเว้นว่างจนกว่าจะมีผล", "a number, or blank until there is one")
        self.findings.warn(row, column, "in_progress", wrong, expected)
        del row.cells[column]

    def _uncomputed(self, row: Row, column: Column, cell: FormulaWithoutValue | ErrorCell) -> None:
        is_error = isinstance(cell, ErrorCell)
        code = "error_cell" if is_error else "formula_without_value"
        wrong = (
            Text("ช่องนี้แสดงข้อผิดพลาด", "the cell shows an error")
            if is_error
            else Text("สูตรนี้ไม่มีผลลัพธ์เก็บไว้ในไฟล์", "the file holds no result of this formula")
        )
        expected = Text("แก้สูตรหรือพิมพ์ค่าลงไป แล้วบันทึกใหม่", "mend the formula or type the value, and save again")
        report = self.findings.reject if column.required else self.findings.warn
        report(row, column.name, code, wrong, expected)
        del row.cells[column.name]
        if column.required:
            row.values[column.name] = None  # told once; not missing too

    def _parse(self, row: Row) -> None:
        """Read every cell by its column; the fiscal year, read first, helps to read months and dates."""
        for column in row.table.columns:
            cell = row.cells.get(column.name)
            if cell is None:
                if column.required and column.name not in row.values:
                    self.findings.reject(
                        row,
                        column.name,
                        "blank",
                        Text("ช่องนี้ว่าง", "the cell is blank"),
                        Text(f"กรอก{column.headers[0]}", f"give {column.name}"),
                    )
                continue
            if column.name == "month" and "fiscal_year" in row.cells and "fiscal_year" not in row.values:
                continue  # its year is wrong, which was told
            read = self._read_cell(row, column, cell)
            if isinstance(read, Unreadable):
                self.findings.unreadable(row, column.name, f"unreadable_{column.name}", read)
            else:
                row.values[column.name] = read

    def _read_cell(self, row: Row, column: Column, cell: Cell) -> object:
        year = row.values.get("fiscal_year")
        fiscal_year = year if isinstance(year, int) else None
        key = (row.table.name, column.name, type(cell), cell, fiscal_year)
        if key in self._read:
            return self._read[key]
        try:
            read = column.parse(cell, fiscal_year)
        except Unreadable as error:
            read = error
        self._read[key] = read
        return read


def _is_total(row: Row, raw: RawRow, found: FoundTable) -> bool:
    """Whether a key, a name or a column of no table says รวม. Such a row must never be added to its parts."""
    for position, cell in enumerate(raw.cells):
        if isinstance(cell, str) and says_total(cell):
            column = found.header.columns.get(position)
            if column is None or column.key or column.name == "name_th":
                return True
    return False


def _sums_at(found: FoundTable) -> list[int]:
    """Where a wide sheet says รวม beside its months."""
    is_wide = found.table.name == "results_wide"
    strange = ((at, text) for at, text in enumerate(found.header.texts) if at not in found.header.columns)
    return [position for position, text in strange if is_wide and says_total(text)]


def _by_month(row: Row) -> Iterator[Row]:
    """A row of ``results_wide`` as rows of ``results``, one per month that is not empty."""
    kept = {name: cell for name, cell in row.cells.items() if name not in MONTH_NAMES}
    for month, name in enumerate(MONTH_NAMES, start=1):
        if name not in row.cells:
            continue
        header = row.headers.get(name, name)  # a month that has no column may be answered too
        # A month is read as its header says it, with its year if it has one; m1 or another's word for it says none.
        is_own_name = row.table.column(name) in columns_of(row.table, header, {})
        says_month = is_own_name and name_key(show(header)) != name
        headers = {**row.headers, "month": header, "value": header}
        place = Place(row.place.file, row.place.sheet, row.place.row, show(header))
        cells = {**kept, "month": header if says_month else month, "value": row.cells[name]}
        yield Row(TABLES["results"], place, headers, cells)


def _read_as_said(row: Row, said: Mapping[str, str]) -> None:
    """Put what a person answered in place of what stands in the file; a column that is not there may be answered too."""
    for column in row.table.columns:
        text = said.get(row.at(column.name).column or "")
        if text is None:
            continue
        row.cells.pop(column.name, None)
        if not is_empty(text):
            row.cells[column.name] = text


def _cell_of(found: FoundTable, raw: RawRow, position: int) -> Place:
    header = show(found.header.texts[position]) if position < len(found.header.texts) else ""
    return Place(found.sheet.file, found.sheet.name, raw.number, header or None)
