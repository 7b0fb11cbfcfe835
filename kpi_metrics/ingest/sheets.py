"""Finding the input tables in files: which table a sheet holds, and whether its columns are all there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from kpi_metrics.ingest.answers import Answers
from kpi_metrics.ingest.cells import name_key, show
from kpi_metrics.ingest.columns import MONTH_NAMES, TABLES, Column, Table, is_to_be_read
from kpi_metrics.ingest.findings import Findings
from kpi_metrics.ingest.found import FoundTable
from kpi_metrics.ingest.header import Header, find_header
from kpi_metrics.ingest.headings import Headings
from kpi_metrics.ingest.heads import Heads
from kpi_metrics.ingest.raw import RawFile, RawSheet
from kpi_metrics.ingest.said_total import says_total
from kpi_metrics.model import Answer, Choice, Place, Text
from kpi_metrics.thai.text import clean, likeness, near

MOST_CHOICES = 8
ALIKE = 0.6
NEARLY = 2  # columns that a sheet may lack and still be asked which table it is

KEPT_OUT = Text("ไม่นำเข้าคอลัมน์นี้", "keep this column out")
NO_TABLE = Text("ไม่นำเข้าแผ่นงานนี้", "leave this sheet out")


def find_tables(files: Sequence[RawFile], answers: Answers, headings: Headings, findings: Findings) -> list[FoundTable]:
    """The tables of all files, in the order in which a batch is taken."""
    finder = _Finder(answers, headings, findings)
    found = [table for file in files for table in finder.tables_of(file)]
    order = list(TABLES)
    return sorted(found, key=lambda each: order.index(each.table.name))


@dataclass(slots=True)
class _Finder:
    answers: Answers
    headings: Headings
    findings: Findings

    def tables_of(self, file: RawFile) -> Iterator[FoundTable]:
        by_name = _table_of_file_name(file.name) if all(sheet.name is None for sheet in file.sheets) else None
        unknown: list[RawSheet] = []
        recognised = 0
        for sheet in file.sheets:
            if sheet.is_hidden or not sheet.rows or is_to_be_read(sheet.name):
                continue
            told = self.answers.table(sheet)
            if told == "" or (told and told not in TABLES):
                recognised += 1
                self._refuse_told(sheet, told)
                continue
            table = TABLES[told] if told else by_name or _table_of_sheet_name(sheet.name)
            candidates = [table] if table else self._tables_of_headers(sheet)
            if not candidates:
                unknown.append(sheet)
                continue
            recognised += 1
            if len(candidates) > 1:
                self._refuse_ambiguous(sheet, candidates)
            elif found := self._found(candidates[0], sheet):
                yield found
        self._report_unknown(file, unknown, recognised)

    def _refuse_told(self, sheet: RawSheet, told: str) -> None:
        if told:
            suggestions = ", ".join(near(told, TABLES) or TABLES)
            wrong = Text("ไม่มีตารางชื่อนี้", "there is no such table")
            self.findings.reject_place(Place(sheet.file), "unknown_table", wrong, Text(suggestions, suggestions), told)

    def _refuse_ambiguous(self, sheet: RawSheet, candidates: Sequence[Table]) -> None:
        names = ", ".join(candidate.name for candidate in candidates)
        self.findings.reject_place(
            place := Place(sheet.file, sheet.name),
            "ambiguous_table",
            Text(f"หัวตารางตรงกับหลายตาราง: {names}", f"the headers fit several tables: {names}"),
            Text(
                "ระบุตาราง หรือตั้งชื่อไฟล์/แผ่นงานตามชื่อตาราง",
                "name the table (TABLE=FILE), or name the file or sheet after it",
            ),
            choices=_choose_table(place, candidates),
        )

    def _tables_of_headers(self, sheet: RawSheet) -> list[Table]:
        fits = [
            table for table in TABLES.values() if (header := self._header(sheet, table)) and not header.missing(table)
        ]
        # Its two headers are words of everyday, and stand in other tables too.
        return [table for table in fits if table.name != "settings"] or fits

    def _header(self, sheet: RawSheet, table: Table) -> Header | None:
        told = self.answers.columns(sheet)
        return find_header(sheet, table, {**self.headings.of(sheet, table), **told})

    def _report_unknown(self, file: RawFile, unknown: Sequence[RawSheet], recognised: int) -> None:
        """A sheet of notes beside known tables is only mentioned; one that is nearly a table is asked about.

        A file without any known table is refused.
        """
        wrong = Text("ไม่พบหัวตารางที่รู้จักใน 12 แถวแรก", "no table is recognised by its headers in the first 12 rows")
        names = ", ".join(table.names_th[0] for table in TABLES.values())
        expected = Text(f"หัวตารางตามแบบฟอร์มของตาราง {names}", f"the headers of one of: {', '.join(TABLES)}")
        for sheet in unknown:
            place = Place(file.name, sheet.name)
            report = self.findings.warn_place if recognised else self.findings.reject_place
            choices = _choose_table(place, self._nearly(sheet))
            if choices and recognised:
                choices = (*choices, Choice(NO_TABLE, Answer("table", place, "")))
            report(place, "unknown_sheet" if recognised else "no_table", wrong, expected, choices=choices)
        if not any(sheet.rows for sheet in file.sheets):
            self.findings.reject_place(
                Place(file.name),
                "no_rows",
                Text("ไม่มีข้อมูลในไฟล์", "there is nothing in the file"),
                Text("หัวตารางและข้อมูลอย่างน้อยหนึ่งแถว", "a header and at least one row"),
            )

    def _nearly(self, sheet: RawSheet) -> list[Table]:
        """The tables of which most of the needed columns stand in a sheet."""
        headers = ((table, self._header(sheet, table)) for table in TABLES.values())
        return [
            table
            for table, header in headers
            if header and len(header.missing(table)) <= min(NEARLY, len(header.names) - 1)
        ]

    def _found(self, table: Table, sheet: RawSheet) -> FoundTable | None:
        """The table, unless its header is missing, incomplete or says a column twice (one rejection each)."""
        told = self.answers.columns(sheet)
        remembered = self.headings.of(sheet, table)
        header = find_header(sheet, table, {**remembered, **told})
        if header is None:
            expected = ", ".join(column.name for column in table.columns if column.required)
            self.findings.reject_place(
                Place(sheet.file, sheet.name),
                "no_header",
                Text("ไม่พบแถวหัวตารางใน 12 แถวแรก", "no header row in the first 12 rows"),
                Text(_thai_names(table, expected.split(", ")), expected),
            )
            return None
        found = FoundTable(table, sheet, header)
        place = Place(sheet.file, sheet.name, header.last_row)
        if header.unclear:
            self.findings.reject_place(
                place,
                "unclear_header",
                Text("ไม่แน่ชัดว่าคอลัมน์ย่อยใดเป็นผลงาน", "it is unclear which of the columns under a title is the result"),
                Text(
                    "ตั้งชื่อคอลัมน์ย่อยว่า ผล กับ แผน หรือเหลือไว้เพียงคอลัมน์ผล",
                    "name them ผล (result) and แผน (plan), or leave only the result",
                ),
                " | ".join(header.unclear),
            )
            return None
        if missing := header.missing(table):
            thai = _thai_names(table, missing)
            self.findings.reject_place(
                place,
                "missing_column",
                Text(f"ไม่มีคอลัมน์ {thai}", f"no column {', '.join(missing)}"),
                Text(f"เพิ่มคอลัมน์ {thai}", f"add {', '.join(missing)}"),
                ", ".join(filter(None, map(show, header.texts))),
                _choose_header(found, [table.column(name) for name in missing]),
            )
            return None
        if header.repeated:
            names = ", ".join(header.repeated)
            self.findings.reject_place(
                place,
                "repeated_column",
                Text(f"มีคอลัมน์ซ้ำ: {names}", f"a column stands there twice: {names}"),
                Text("เหลือไว้เพียงคอลัมน์เดียว", "keep only one of them"),
                names,
            )
            return None
        heads = Heads(found, {**remembered, **told})
        if second := heads.second:
            rows = sorted((header.last_row, second.last_row))
            self.findings.reject_place(
                place,
                "two_headers",
                Text(
                    f"มีหัวตารางสองแบบ ที่แถว {rows[0]} และแถว {rows[1]}",
                    f"two headers that differ stand in it, on row {rows[0]} and on row {rows[1]}",
                ),
                Text("แยกเป็นคนละแผ่นงานหรือคนละไฟล์", "put each table into a sheet or a file of its own"),
                ", ".join(filter(None, map(show, second.texts))),
            )
            return None
        found = replace(found, again=heads.again)
        if next(found.rows(), None) is None:
            self.findings.warn_place(
                place,
                "no_rows",
                Text("มีแต่หัวตาราง ไม่มีข้อมูล", "there is a header and nothing under it"),
                Text("ไม่ต้องแก้ไขหากยังไม่มีข้อมูล", "nothing, if there is nothing to tell yet"),
            )
        for text in header.plans:
            self.findings.warn_place(
                found.at(text),
                "extra_column",
                Text("คอลัมน์นี้ไม่ใช่ผลงาน จึงไม่นำเข้า", "this column is not the result and is kept out"),
                Text("ไม่ต้องแก้ไขหากตั้งใจ", "nothing, if it is meant to be there"),
                text,
            )
        has_figures = any(column.figure for column in header.columns.values())
        for text in header.unknown:
            if has_figures and says_total(text):
                self.findings.warn_place(
                    found.at(text),
                    "total_column",
                    Text("เป็นคอลัมน์รวม จึงไม่นำเข้า", "a total column: left out"),
                    Text("ไม่ต้องแก้ไขหากตั้งใจ", "nothing, if it is meant to be there"),
                    text,
                )
                continue
            self.findings.warn_place(
                found.at(text),
                "extra_column",
                Text("ไม่รู้จักคอลัมน์นี้ จึงไม่นำเข้า", "this column is not known and is kept out"),
                Text("เลือกว่าเป็นคอลัมน์ใด หรือไม่นำเข้า", "say which column it is, or keep it out"),
                text,
                _choose_column(found, text),
            )
        for text in filter(None, map(show, header.texts)):
            if (column := remembered.get(name_key(text))) is not None:
                self._tell_remembered(found, text.strip(), column)
        return found

    def _tell_remembered(self, found: FoundTable, text: str, column: str) -> None:
        called = _called(found.table.column(column), text) if column else KEPT_OUT
        self.findings.warn_place(
            found.at(text),
            "remembered_column",
            Text(f"เคยตอบไว้ว่าหัวตารางนี้คือ: {called.th}", f"as answered before, this header means: {called.en}"),
            Text("ไม่ต้องแก้ไขหากยังใช่ หรือตอบใหม่", "nothing, if it still does; or answer anew"),
            text,
            [choice for choice in _choose_column(found, text) if choice.answer.value != column],
        )


def _choose_table(place: Place, tables: Iterable[Table]) -> tuple[Choice, ...]:
    return tuple(
        Choice(Text(f"ตาราง{table.names_th[0]}", f"table {table.name}"), Answer("table", place, table.name))
        for table in tables
    )


def _choose_column(found: FoundTable, text: str) -> tuple[Choice, ...]:
    """What an unknown header may stand for: the columns not there yet, those spelled most like it first; or nothing."""
    free = [
        column
        for column in found.table.columns
        if column.name not in found.header.names and not (column.name in MONTH_NAMES and _is_beside_figures(text))
    ]
    likely = sorted(free, key=lambda column: -_likeness(text, column))[:MOST_CHOICES]
    place = found.at(text)
    columns = [Choice(_called(column, text), Answer("column", place, column.name)) for column in likely]
    return (*columns, Choice(KEPT_OUT, Answer("column", place, "")))


def _choose_header(found: FoundTable, missing: Sequence[Column]) -> list[Choice]:
    """Which unknown header may be which missing column, those spelled most alike first."""
    pairs = [(text, column) for text in found.header.unknown for column in missing]
    likely = sorted(pairs, key=lambda pair: -_likeness(*pair))[:MOST_CHOICES]
    return [
        Choice(
            Text(f"“{text}” คือ {_called(column, text).th}", f"“{text}” is {column.name}"),
            Answer("column", found.at(text), column.name),
        )
        for text, column in likely
    ]


def _is_beside_figures(text: str) -> bool:
    """Whether a header is what offices write beside the figures (หมายเหตุ, ปัญหา): never offered as a month."""
    words = (column for column in TABLES["results"].columns if not column.figure and not column.key)
    return any(_likeness(text, column) >= ALIKE for column in words)


def _likeness(text: str, column: Column) -> float:
    return max(likeness(text, name) for name in (column.name, *column.headers))


def _called(column: Column, text: str) -> Text:
    """A column by that of its names which a header seems to be, else by the usual one."""
    like = max(column.headers, key=lambda name: likeness(text, name))
    return Text(like if likeness(text, like) >= ALIKE else column.headers[0], column.name)


def _thai_names(table: Table, names: Sequence[str]) -> str:
    return ", ".join(table.column(name).headers[0] for name in names)


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
