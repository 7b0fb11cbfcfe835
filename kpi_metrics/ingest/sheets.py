"""Finding the input tables in files: which table a sheet holds, which row is its header, which column is which.

Columns are matched by name, never by position.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from kpi_metrics.ingest.cells import name_key, show
from kpi_metrics.ingest.columns import (
    MONTH_NAMES,
    PLAN_NAMES,
    TABLES,
    Column,
    Table,
    is_information,
    is_to_be_read,
)
from kpi_metrics.ingest.findings import Findings
from kpi_metrics.ingest.raw import Cell, RawFile, RawRow, RawSheet
from kpi_metrics.model import Answer, Place, Text
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.calendar import parse_month
from kpi_metrics.thai.text import clean, near

HEADER_WITHIN = 12  # rows of a sheet among which the header is looked for

_YEAR_AT_END = re.compile(r"(?:พศ)?(?:\d{4}|\d{2})$")


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table in a sheet. ``last_row`` is the row (of the sheet) on which it ends."""

    columns: Mapping[int, Column]  # position in the row -> column
    texts: tuple[Cell, ...]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]
    last_row: int

    @property
    def names(self) -> frozenset[str]:
        """The names of the columns that are there."""
        return frozenset(column.name for column in self.columns.values())


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table found in a sheet, with the rows below its header."""

    table: Table
    sheet: RawSheet
    header: Header

    @property
    def place(self) -> Place:
        """The sheet."""
        return Place(self.sheet.file, self.sheet.name)

    def rows(self) -> Iterator[RawRow]:
        """The rows under the header, with cells merged downwards filled in."""
        below = _merged_down(self.sheet, self.header)
        for row in self.sheet.rows:
            if row.number <= self.header.last_row:
                continue
            filled = below.get(row.number)
            if filled:
                width = max(len(row.cells), max(filled) + 1)
                cells = [*row.cells, *[None] * (width - len(row.cells))]
                for position, cell in filled.items():
                    cells[position] = cell if cells[position] is None else cells[position]
                row = RawRow(row.number, tuple(cells))
            yield row


def find_tables(files: Sequence[RawFile], answers: Collection[Answer], findings: Findings) -> list[FoundTable]:
    """The tables of all files, in the order in which a batch is taken."""
    told = {answer.place.file: answer.value for answer in answers if answer.kind == "table"}
    found = [table for file in files for table in _tables_of_file(file, told.get(file.name), findings)]
    order = list(TABLES)
    return sorted(found, key=lambda each: order.index(each.table.name))


def _tables_of_file(file: RawFile, told: str | None, findings: Findings) -> Iterator[FoundTable]:
    place = Place(file.name)
    if told is not None and told not in TABLES:
        suggestions = ", ".join(near(told, TABLES) or TABLES)
        wrong = Text("ไม่มีตารางชื่อนี้", "there is no such table")
        findings.reject_place(place, "unknown_table", wrong, Text(suggestions, suggestions), told)
        return
    named = _table_of_file_name(file.name) if all(sheet.name is None for sheet in file.sheets) else None
    unknown: list[RawSheet] = []
    recognised = 0
    for sheet in file.sheets:
        if sheet.is_hidden or not sheet.rows or is_to_be_read(sheet.name):
            continue
        table = TABLES[told] if told else named or _table_of_sheet_name(sheet.name)
        candidates = [table] if table else _tables_of_headers(sheet)
        if len(candidates) > 1:
            recognised += 1
            names = ", ".join(candidate.name for candidate in candidates)
            findings.reject_place(
                Place(file.name, sheet.name),
                "ambiguous_table",
                Text(f"หัวตารางตรงกับหลายตาราง: {names}", f"the headers fit several tables: {names}"),
                Text(
                    "ระบุตาราง หรือตั้งชื่อไฟล์/แผ่นงานตามชื่อตาราง",
                    "name the table (TABLE=FILE), or name the file or sheet after it",
                ),
            )
        elif not candidates:
            unknown.append(sheet)
        else:
            recognised += 1
            found = _found(candidates[0], sheet, findings)
            if found:
                yield found
    _report_unknown(file, unknown, recognised, findings)


def _report_unknown(file: RawFile, unknown: Sequence[RawSheet], recognised: int, findings: Findings) -> None:
    """A sheet of notes beside known tables is only mentioned; a file without any known table is refused."""
    wrong = Text("ไม่พบหัวตารางที่รู้จักใน 12 แถวแรก", "no table is recognised by its headers in the first 12 rows")
    names = ", ".join(table.names_th[0] for table in TABLES.values())
    expected = Text(f"หัวตารางตามแบบฟอร์มของตาราง {names}", f"the headers of one of: {', '.join(TABLES)}")
    for sheet in unknown:
        report = findings.warn_place if recognised else findings.reject_place
        report(Place(file.name, sheet.name), "unknown_sheet" if recognised else "no_table", wrong, expected)
    if not any(sheet.rows for sheet in file.sheets):
        findings.reject_place(
            Place(file.name),
            "no_rows",
            Text("ไม่มีข้อมูลในไฟล์", "there is nothing in the file"),
            Text("หัวตารางและข้อมูลอย่างน้อยหนึ่งแถว", "a header and at least one row"),
        )


def _table_of_sheet_name(name: str | None) -> Table | None:
    return next((table for table in TABLES.values() if name and name_key(name) in table.name_keys), None)


def _table_of_file_name(name: str) -> Table | None:
    """The table whose name the file's name begins with; the longest such name decides."""
    stem = clean(PurePath(name).stem).casefold().replace(" ", "_")
    fits = [
        (len(said), table)
        for table in TABLES.values()
        for said in (table.name, *table.names_th)
        if re.match(re.escape(clean(said).replace(" ", "_")) + r"(?![a-z\u0e01-\u0e5b])", stem)
    ]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def _tables_of_headers(sheet: RawSheet) -> list[Table]:
    return [table for table in TABLES.values() if (header := find_header(sheet, table)) and not _missing(table, header)]


def _found(table: Table, sheet: RawSheet, findings: Findings) -> FoundTable | None:
    """The table, unless its header is missing, incomplete or says a column twice (one rejection each)."""
    place = Place(sheet.file, sheet.name)
    header = find_header(sheet, table)
    if header is None:
        expected = ", ".join(column.name for column in table.columns if column.required)
        findings.reject_place(
            place,
            "no_header",
            Text("ไม่พบแถวหัวตารางใน 12 แถวแรก", "no header row in the first 12 rows"),
            Text(_thai_names(table, expected.split(", ")), expected),
        )
        return None
    place = Place(sheet.file, sheet.name, header.last_row)
    if missing := _missing(table, header):
        thai = _thai_names(table, missing)
        findings.reject_place(
            place,
            "missing_column",
            Text(f"ไม่มีคอลัมน์ {thai}", f"no column {', '.join(missing)}"),
            Text(f"เพิ่มคอลัมน์ {thai}", f"add {', '.join(missing)}"),
            ", ".join(filter(None, map(show, header.texts))),
        )
        return None
    if header.repeated:
        names = ", ".join(header.repeated)
        findings.reject_place(
            place,
            "repeated_column",
            Text(f"มีคอลัมน์ซ้ำ: {names}", f"a column stands there twice: {names}"),
            Text("เหลือไว้เพียงคอลัมน์เดียว", "keep only one of them"),
            names,
        )
        return None
    for text in header.unknown:
        findings.warn_place(
            Place(sheet.file, sheet.name, header.last_row, text),
            "extra_column",
            Text("ไม่รู้จักคอลัมน์นี้ จึงไม่นำเข้า", "this column is not known and is kept out"),
            Text("ไม่ต้องแก้ไขหากตั้งใจ", "nothing, if it is meant to be there"),
            text,
        )
    return FoundTable(table, sheet, header)


def _missing(table: Table, header: Header) -> list[str]:
    missing = [column.name for column in table.columns if column.required and column.name not in header.names]
    if table.any_of and not header.names & set(table.any_of):
        missing.append(table.any_of[0])
    return missing


def _thai_names(table: Table, names: Sequence[str]) -> str:
    return ", ".join(table.column(name).headers[0] for name in names)


def find_header(sheet: RawSheet, table: Table) -> Header | None:
    """The row among the first 12 that names most columns of the table (at least 2), alone or joined with the next one."""
    best: Header | None = None
    rows = [row for row in sheet.rows if row.number <= HEADER_WITHIN]
    merged = {
        (row, position)
        for first_row, first_column, last_row, last_column in sheet.merged
        if first_row <= HEADER_WITHIN
        for row in range(first_row, last_row + 1)
        for position in range(first_column - 1, last_column)
    }
    for index, row in enumerate(rows):
        single = _match(table, [[cell] for cell in row.cells], row.number)
        best = single if len(single.names) > (len(best.names) if best else 1) else best
        following = next((later for later in rows[index + 1 : index + 2] if later.number == row.number + 1), None)
        if following:
            below = _match(table, [[cell] for cell in following.cells], following.number)
            joined = _match(table, list(_joined(row, following, merged)), following.number)
            if len(joined.names) > max(len(below.names), len(best.names) if best else 1):
                best = joined
    return best


def _joined(top: RawRow, bottom: RawRow, merged: Set[tuple[int, int]]) -> Iterator[list[Cell]]:
    """What each column of a two-row header may be called: both rows; the lower one under a title of several; the upper."""
    width = max(len(top.cells), len(bottom.cells))
    uppers, lowers = ([*row.cells, *[None] * (width - len(row.cells))] for row in (top, bottom))
    title: Cell = None
    for position in range(width):
        upper, lower = uppers[position], lowers[position]
        if upper is not None:
            title = upper
        # A CSV has lost its merges: there a title holds on over the blanks to its right.
        is_under_title = (top.number, position) in merged if merged else True
        over = upper if upper is not None else title if is_under_title else None
        is_wide = position + 1 < width and uppers[position + 1] is None and lowers[position + 1] is not None
        both = f"{show(over)} {show(lower)}" if over is not None and lower is not None else None
        yield [both, lower if upper is None or is_wide else None, upper]


def _match(table: Table, names: Sequence[Sequence[Cell]], last_row: int) -> Header:
    """Which position is which column. A header that fits several columns takes the first that no other header names."""
    fits: dict[int, tuple[Column, ...]] = {}
    texts: list[Cell] = []
    for position, said in enumerate(names):
        fitting = next(((name, columns) for name in said if (columns := _columns_of(table, name))), None)
        texts.append(fitting[0] if fitting else next((name for name in said if name is not None), None))
        if fitting:
            fits[position] = fitting[1]
    taken = {columns[0].name for columns in fits.values() if len(columns) == 1}
    chosen: dict[int, Column] = {}
    for position, columns in fits.items():
        column = (
            columns[0] if len(columns) == 1 else next((each for each in columns if each.name not in taken), columns[0])
        )
        taken.add(column.name)
        chosen[position] = column
    seen: list[str] = [column.name for column in chosen.values()]
    repeated = [show(texts[position]) for position, column in chosen.items() if seen.count(column.name) > 1]
    strangers = [show(cell).strip() for position, cell in enumerate(texts) if position not in chosen]
    unknown = [text for text in strangers if text and not is_information(text)]
    return Header(chosen, tuple(texts), tuple(unknown), tuple(repeated), last_row)


def _columns_of(table: Table, header: Cell) -> tuple[Column, ...]:
    """The columns that a header may name; a month may carry its year (``ต.ค. 68``) or be a date."""
    if header is None:
        return ()
    if isinstance(header, date):
        return _month_column(table, header)
    name = name_key(show(header))
    if fits := table.by_header.get(name):
        return fits
    dated = table.by_header.get(_YEAR_AT_END.sub("", name), ())
    return tuple(column for column in dated if column.name in (*MONTH_NAMES, *PLAN_NAMES))


def _month_column(table: Table, header: date) -> tuple[Column, ...]:
    if MONTH_NAMES[0] not in table.speaks:
        return ()
    try:
        return (table.column(f"m{parse_month(header).month}"),)
    except Unreadable:
        return ()


def _merged_down(sheet: RawSheet, header: Header) -> dict[int, dict[int, Cell]]:
    """Row → position → the cell above that was merged over it. Figures are left alone: one stands for one row."""
    first_cells = {row.number: row.cells for row in sheet.rows}
    below: dict[int, dict[int, Cell]] = {}
    for first_row, first_column, last_row, _ in sheet.merged:
        position = first_column - 1
        column = header.columns.get(position)
        cells = first_cells.get(first_row, ())
        if column is None or column.figure or position >= len(cells):
            continue
        for number in range(first_row + 1, last_row + 1):
            below.setdefault(number, {})[position] = cells[position]
    return below
