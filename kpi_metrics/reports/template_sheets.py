"""The sheets of an entry workbook: what is there to be read is locked, what is there to be filled in is yellow."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from kpi_metrics.entering import WITHDRAWN, WORDS
from kpi_metrics.ingest.columns import GUIDE_SHEET, INFORMATION, TABLES
from kpi_metrics.ingest.fixed_words import ENTRIES
from kpi_metrics.model import Entry, Kpi
from kpi_metrics.reports.tables import shield
from kpi_metrics.reports.xlsx import FONT, INERT, count_lines
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.thai.numbers import round_half_up

HEADER_ROW = 3  # counted from 0, below the title
_FIRST_ROW = HEADER_ROW + 1
_NEXT_OWNER = {"top": 2, "top_color": "#374151"}
_TO_FILL, _TO_READ, _SHUT, _HALF = "#FFF7CC", "#F3F4F6", "#D1D5DB", "#F59E0B"
_FIGURES = ("value", "numerator", "denominator")


@dataclass(frozen=True, slots=True)
class Line:
    """A KPI of an owner. ``is_by_parts``: it is filled in as a numerator and a denominator. ``target`` of the last month."""

    owner_id: str
    owner_name: str
    kpi: Kpi
    is_by_parts: bool
    target: float | None


@dataclass(frozen=True, slots=True)
class Blank:
    """One month of a line: whether it may be filled in, what was reported, the plan to date, what was told before.

    ``entry`` has what stands in the cells to fill in; ``before`` is there to be read.
    """

    line: Line
    month: FiscalMonth
    is_open: bool
    entry: Entry | None
    plan: float | None
    before: str


def write_month(blanks: Sequence[Blank], month: FiscalMonth, owner_name: str, now: datetime) -> bytes:
    """The workbook of one month: one row per KPI and owner."""
    with _Book(now) as book:
        book.write_long(
            blanks, (f"แบบกรอกผลงาน {month.label(long=True)} · {owner_name}", _RESULTS_IN(month.label("en")))
        )
        book.write_guide()
    return book.content


def write_year(blanks: Sequence[Blank], year: int, owner_name: str, now: datetime) -> bytes:
    """The workbook of a year: a row per KPI and owner with its months beside each other; those by parts on a second sheet."""
    titles = (f"แบบกรอกผลงาน ปีงบประมาณ {year} · {owner_name}", _RESULTS_IN(f"fiscal year {year}"))
    by_parts = [blank for blank in blanks if blank.line.is_by_parts]
    others = [blank for blank in blanks if not blank.line.is_by_parts]
    with _Book(now) as book:
        if others:
            book.write_wide(others, year, titles)
        if by_parts:
            book.write_long(by_parts, titles)
        book.write_guide()
    return book.content


_RESULTS_IN = "Results of {}".format
_HINT = (
    "กรอกเฉพาะช่องสีเหลือง ช่องว่างคือยังไม่รายงาน ไม่ใช่ 0 · Fill in the yellow cells only; a blank is not yet reported, never 0"
)
_GUIDE_WIDTH = 72
_GUIDE = (
    "วิธีกรอก",
    "1. กรอกเฉพาะช่องสีเหลือง ช่องสีเทามีไว้อ่าน และล็อกไว้เพื่อไม่ให้แถวสลับกัน",
    "2. ช่องที่ยังไม่มีผลให้เว้นว่าง ช่องว่างหมายถึงยังไม่รายงาน เลข 0 หมายถึงมีผลเป็นศูนย์",
    "3. “ผลประจำเดือน” กรอกผลของเดือนนั้นเดือนเดียว “ผลสะสม” กรอกผลตั้งแต่ต้นปีถึงเดือนนั้น",
    "4. ตัวชี้วัดร้อยละที่มีตัวตั้งและตัวหาร กรอกทั้งสองช่อง โปรแกรมคิดร้อยละให้ ถ้ากรอกช่องเดียวช่องจะเป็นสีส้ม",
    "5. ร้อยละกรอกเป็น 0 ถึง 100 เช่น 83 ไม่ใช่ 0.83",
    "6. ตัวชี้วัดที่วัดเป็นขั้นตอน เลือกขั้นที่ทำได้แล้ว 0 ถึง 5",
    f"7. ผลที่เคยส่งแล้วกรอกไว้ให้ ถ้าถูกต้องไม่ต้องแก้ ถ้าจะถอนผลที่ส่งผิด พิมพ์ {WITHDRAWN} ในช่องผลงาน",
    "8. ช่องสีเทาเข้มคือเดือนที่ไม่ต้องรายงาน หรือปิดรับผลงานแล้ว",
    "9. บันทึกแล้วส่งไฟล์นี้กลับ ไม่ต้องลบแผ่นงานหรือเปลี่ยนหัวตาราง",
    "",
    "How to fill this in",
    "1. Fill in the yellow cells only. Grey cells are there to be read; they are locked so that no row is mixed up.",
    "2. Leave blank what has no result yet. A blank means not reported; 0 means that the result is zero.",
    "3. “ผลประจำเดือน” asks for that month alone, “ผลสะสม” for everything from October through that month.",
    "4. Percents of a numerator and a denominator need both; the percent is worked out. One alone turns orange.",
    "5. Percents are written 0 to 100: 83, not 0.83.",
    "6. Where steps are counted, choose how many are done, 0 to 5.",
    f"7. What was sent before is filled in. To take back a result sent by mistake, type {WITHDRAWN} in its cell.",
    "8. Dark grey cells are months with nothing to report, or closed.",
    "9. Save the file and send it back; keep its sheets and headers as they are.",
)


def _to_read(name: str) -> str:
    return f"{name}\n{INFORMATION}"


def _header(table: str, column: str) -> str:
    return TABLES[table].column(column).headers[0]


@dataclass(frozen=True, slots=True)
class _Column:
    header: str
    width: float
    is_filled: bool = False


@dataclass(frozen=True, slots=True)
class _Cell:
    value: str | float | None
    colour: str
    is_text: bool = False
    rule: dict[str, Any] | None = None


_KEYS = (
    _Column(_header("results", "kpi_id"), 9),
    _Column("ผู้รับผิดชอบ", 12),
    _Column(_to_read("ชื่อผู้รับผิดชอบ"), 17),
    _Column(_to_read("ตัวชี้วัด"), 28),
    _Column(_to_read("หน่วยนับ"), 10),
    _Column(_to_read("วิธีรายงาน"), 14),
    _Column(_to_read("เป้าหมาย"), 10),
)
_LONG = (
    _Column(_header("results", "fiscal_year"), 10),
    _Column(_header("results", "month"), 12),
    *_KEYS,
    _Column(_to_read("แผนสะสม"), 10),
    _Column(_to_read("ผลครั้งก่อน"), 14),
    *(_Column(_header("results", name), 9, True) for name in _FIGURES),
    *(_Column(_header("results", name), 19, True) for name in WORDS),
)
_FIRST_FIGURE = len(_LONG) - len(_FIGURES) - len(WORDS)
_WIDE = (_Column(_header("results_wide", "fiscal_year"), 10), *_KEYS)


class _Book:
    """The workbook while it is written; ``content`` holds its bytes afterwards."""

    def __init__(self, now: datetime) -> None:
        self._bytes = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._bytes, {"in_memory": True, **INERT})
        self._book.set_properties({"title": "แบบกรอกผลงาน", "created": now})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __enter__(self) -> _Book:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()
        self.content = self._bytes.getvalue()

    def write_long(self, blanks: Sequence[Blank], titles: tuple[str, str]) -> None:
        """A row per KPI, owner and month."""
        sheet = self._sheet(TABLES["results"].names_th[0], titles, _LONG, frozen=6)
        months = [FiscalMonth(blanks[0].month.fiscal_year, month).label() for month in range(1, 13)]
        rows = []
        for blank in blanks:
            line, month = blank.line, blank.month
            told = (month.fiscal_year, month.label(), *_keys(line), _rounded(blank.plan), blank.before)
            asked = [_asked(blank, name) for name in (*_FIGURES, *WORDS)]
            rows.append((line.owner_id, [*(_Cell(value, _TO_READ) for value in told), *asked]))
        last = self._write_rows(sheet, rows, _LONG)
        sheet.data_validation(
            _FIRST_ROW, 1, last, 1, {"validate": "list", "source": months, **_say("เลือกเดือนจากรายการ")}
        )
        parts = [_FIRST_FIGURE + _FIGURES.index(name) for name in ("numerator", "denominator")]
        one, other = (xl_rowcol_to_cell(_FIRST_ROW, column, col_abs=True) for column in parts)
        half = {"type": "formula", "criteria": f"=ISBLANK({one})<>ISBLANK({other})"}
        sheet.conditional_format(
            _FIRST_ROW, parts[0], last, parts[1], half | {"format": self._book.add_format({"bg_color": _HALF})}
        )

    def write_wide(self, blanks: Sequence[Blank], year: int, titles: tuple[str, str]) -> None:
        """A row per KPI and owner, a column per month."""
        months = [FiscalMonth(year, month) for month in range(1, 13)]
        columns = (*_WIDE, *(_Column(month.label(), 9, True) for month in months))
        sheet = self._sheet(TABLES["results_wide"].names_th[0], titles, columns, frozen=5)
        rows = []
        for line, of_line in groupby(blanks, lambda blank: blank.line):
            asked = {blank.month: _asked(blank, "value") for blank in of_line}
            told = (_Cell(value, _TO_READ) for value in (year, *_keys(line)))
            rows.append((line.owner_id, [*told, *(asked.get(month, _Cell(None, _SHUT)) for month in months)]))
        self._write_rows(sheet, rows, columns)

    def write_guide(self) -> None:
        """How to fill it in, in both languages."""
        sheet = self._book.add_worksheet(GUIDE_SHEET)
        sheet.set_column(0, 0, _GUIDE_WIDTH)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for row, text in enumerate(_GUIDE):
            is_title = not text[:1].isdigit()
            sheet.set_row(row, 17 * count_lines(text, _GUIDE_WIDTH))
            sheet.write_string(row, 0, text, self._format(bold=is_title, text_wrap=True, border=0))
        sheet.protect()

    def _sheet(self, name: str, titles: Iterable[str], columns: Sequence[_Column], frozen: int) -> Any:
        sheet = self._book.add_worksheet(name)
        for row, text in enumerate((*titles, _HINT)):
            sheet.write_string(row, 0, shield(text), self._format(bold=row == 0, border=0))
        for position, column in enumerate(columns):
            sheet.set_column(position, position, column.width)
            colour = "#F2D34B" if column.is_filled else "#E5E7EB"
            sheet.write_string(
                HEADER_ROW, position, column.header,
                self._format(bold=True, text_wrap=True, align="center", valign="vcenter", bg_color=colour),
            )  # fmt: skip
        sheet.set_row(HEADER_ROW, 48)
        sheet.freeze_panes(HEADER_ROW + 1, frozen)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER_ROW)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.set_footer("&L&A&R&P / &N")
        sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        return sheet

    def _write_rows(self, sheet: Any, rows: Iterable[tuple[str, list[_Cell]]], columns: Sequence[_Column]) -> int:
        """Rows with their owners, a thick line between two owners; the number of the last."""
        row, before = HEADER_ROW, ""
        for row, (owner, cells) in enumerate(rows, start=_FIRST_ROW):
            for column, cell in enumerate(cells):
                self._write(sheet, row, column, cell, **({} if owner == before else _NEXT_OWNER))
            lines = [
                count_lines(str(cell.value or ""), column.width) for cell, column in zip(cells, columns, strict=True)
            ]
            sheet.set_row(row, 17 * min(max(lines), 8))
            before = owner
        sheet.print_area(0, 0, row, len(columns) - 1)
        return row

    def _write(self, sheet: Any, row: int, column: int, cell: _Cell, **style: Any) -> None:
        is_open = cell.colour == _TO_FILL
        style |= {"bg_color": cell.colour, "locked": not is_open, "text_wrap": True, "valign": "vcenter"}
        if isinstance(cell.value, str):
            style["indent"] = 1
        if cell.is_text:
            style["num_format"] = "@"  # what is typed there stays as typed
        made = self._format(**style)
        if cell.value is None or cell.value == "":
            sheet.write_blank(row, column, None, made)
        elif isinstance(cell.value, int | float):
            sheet.write_number(row, column, cell.value, made)
        else:
            sheet.write_string(row, column, shield(cell.value), made)
        if is_open and cell.rule:
            address = xl_rowcol_to_cell(row, column)
            rule = {key: value.replace("{}", address) if key == "value" else value for key, value in cell.rule.items()}
            sheet.data_validation(row, column, row, column, rule)

    def _format(self, **style: Any) -> Any:
        made = {"font_name": FONT, "font_size": 11, "border": 1, "border_color": "#9CA3AF"} | style
        key = tuple(sorted(made.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(made)
        return self._formats[key]


def _keys(line: Line) -> tuple[str | float | None, ...]:
    kpi = line.kpi
    return (
        kpi.kpi_id, line.owner_id, line.owner_name, kpi.short_name_th or kpi.name_th, kpi.unit, ENTRIES[kpi.entry][0], line.target,
    )  # fmt: skip


def _asked(blank: Blank, name: str) -> _Cell:
    """The cell of one figure or text: yellow where it may be filled in."""
    line, value = blank.line, getattr(blank.entry, name) if blank.entry else None
    is_text = name in WORDS
    is_asked = is_text or (name == "value") != line.is_by_parts
    if name == "value" and value and line.kpi.measure == "percent" and abs(value) < 1:
        value = f"{value!r}%"  # a bare percent below 1 must say that it is no fraction
    return _Cell(value, _TO_FILL if blank.is_open and is_asked else _SHUT, is_text, None if is_text else _rule(line))


def _rule(line: Line) -> dict[str, Any]:
    """What a cell ("{}" in the formula) takes, and what is said to who types something else."""
    measure = line.kpi.measure
    if measure == "milestone":
        steps = [*map(str, range(6)), WITHDRAWN]
        return {"validate": "list", "source": steps, **_say("เลือกขั้นตอนที่ทำได้แล้ว 0 ถึง 5")}
    if line.is_by_parts:
        is_right, said = "AND(ISNUMBER({}),{}>=0)", _say("กรอกตัวเลขตั้งแต่ 0 ขึ้นไป", "กรอกทั้งตัวตั้งและตัวหาร")
    elif measure == "percent":
        is_right = '{}=0,AND(ISNUMBER({}),{}>=1,{}<=100),RIGHT({},1)="%"'
        said = _say("กรอกร้อยละ 0 ถึง 100 เช่น 83 ไม่ใช่ 0.83")
    elif measure == "value":
        is_right, said = "ISNUMBER({})", _say("กรอกตัวเลข")
    else:
        is_right, said = "AND(ISNUMBER({}),{}>=0)", _say("กรอกตัวเลขตั้งแต่ 0 ขึ้นไป")
    return {"validate": "custom", "value": f'=OR({is_right},{{}}="{WITHDRAWN}")', **said}


def _say(expected: str, more: str = "") -> dict[str, str]:
    return {
        "input_title": "ช่องกรอก",
        "input_message": f"{expected}\n{more}".strip(),
        "error_title": "ค่านี้รับไม่ได้",
        "error_message": f"{expected} หรือเว้นว่างถ้ายังไม่มีผล",
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(round_half_up(value, 2))
