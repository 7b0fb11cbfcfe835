"""The person's own workbook back, with what was found in it written beside the cells it was found in."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname, range_boundaries
from openpyxl.worksheet.hyperlink import Hyperlink

from kpi_metrics.ingest.cells import name_key
from kpi_metrics.ingest.columns import MISTAKES_SHEET, TABLES
from kpi_metrics.ingest.package import parse, unpack
from kpi_metrics.ingest.raw import Cell, ErrorCell, FormulaWithoutValue, PercentCell, RawFile, RawSheet
from kpi_metrics.intake import Upload, read
from kpi_metrics.model import Checked, FileRefused, Finding
from kpi_metrics.reports.places import CellFinder
from kpi_metrics.reports.tables import shield
from kpi_metrics.reports.xlsx import FONT, count_lines
from kpi_metrics.thai.text import clean

AUTHOR = "ตรวจสอบก่อนนำเข้า"  # by which our own notes are known again, and taken off
SUFFIX = "_ตรวจแล้ว"
MOST_NOTES = 2_000
MOST_LISTED = 10_000
MOST_CELLS = 400_000  # of a workbook that is given back as a whole
MOST_MERGED = 200_000  # cells in merged areas
REBUILT_FROM = 5 * 2**20  # bytes from which a workbook is not taken apart again but built from what was read
_RED = PatternFill("solid", fgColor="FFFCA5A5")
_AMBER = PatternFill("solid", fgColor="FFFCD34D")
_OURS = (_RED.fgColor.rgb, _AMBER.fgColor.rgb)
_NO_FILL = PatternFill()
_TOP = Alignment(wrap_text=True, vertical="top")
_HEAD = PatternFill("solid", fgColor="FFE5E7EB")
_PLAIN = Font(name=FONT)
_BOLD = Font(name=FONT, bold=True)
_LINK = Font(name=FONT, color="FF1D4ED8", underline="single")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LONGEST_NOTE = 1_000
_HEADERS = (
    ("ลำดับ", 6), ("ประเภท", 13), ("แผ่นงาน", 12), ("ช่อง", 8), ("หัวตาราง", 14), ("พบ", 18), ("ปัญหา", 32), ("ที่ถูกต้อง", 34),
    ("Problem", 32), ("What would be right", 34),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Mistake:
    """A finding with the cell it is about (row and column), as far as there is one."""

    finding: Finding
    is_rejected: bool
    cell: tuple[int, int] | None


def annotate(name: str, content: bytes, checked: Checked) -> tuple[str, bytes]:
    """A file's name and bytes, as it was read and checked, → the name and bytes of a workbook to mend it in.

    A cell that was rejected is red, one to look at amber, with a note: what was found, what is wrong, what would be right,
    Thai first. All findings stand on a first sheet with links to their cells. Sent again, that sheet and the notes are
    passed over. An .xlsx keeps its formats and formulas; any other file, and one over 5 MB, is built from its rows; of
    one with over 400,000 cells only the list is given. Raises FileRefused when the file cannot be read.
    """
    raw = _read(name, content)
    mistakes = {sheet.name: _mistakes_of(sheet, checked) for sheet in raw.sheets}
    others = [
        _Mistake(finding, is_rejected, None)
        for finding, is_rejected in _findings(checked, name)
        if finding.place.sheet not in mistakes
    ]
    listed = [*others, *(mistake for found in mistakes.values() for mistake in found)]
    size = sum(len(row.cells) for sheet in raw.sheets for row in sheet.rows)
    titles: dict[str | None, str] = {}
    if size > MOST_CELLS:
        book = Workbook()
        book.remove(book.active)
    else:
        book = _same_book(raw, content) or _rebuilt(raw)
        kept = [sheet for sheet in raw.sheets if not _is_list(sheet.name)]
        worksheets = [worksheet for worksheet in book.worksheets if not _is_list(worksheet.title)]
        left = MOST_NOTES
        for sheet, worksheet in zip(kept, worksheets, strict=True):
            titles[sheet.name] = worksheet.title
            left -= _mark(worksheet, mistakes[sheet.name], left)
    _write_list(book, listed, titles, name)
    saved = io.BytesIO()
    book.save(saved)
    stem = PurePath(name).stem.removesuffix(SUFFIX)
    return f"{stem}{SUFFIX}.xlsx", saved.getvalue()


def _read(name: str, content: bytes) -> RawFile:
    reading = read([Upload(name, content)])
    for refusal in reading.refusals:
        raise FileRefused(refusal.text.th, refusal.text.en)
    return reading.files[0]


def _findings(checked: Checked, name: str) -> Iterator[tuple[Finding, bool]]:
    for findings, is_rejected in ((checked.rejections, True), (checked.warnings, False)):
        for finding in findings:
            if finding.place.file == name:
                yield finding, is_rejected


def _mistakes_of(sheet: RawSheet, checked: Checked) -> list[_Mistake]:
    finder = CellFinder(sheet)
    found = [each for each in _findings(checked, sheet.file) if each[0].place.sheet == sheet.name]
    mistakes = [_Mistake(finding, is_rejected, finder.find(finding.place)) for finding, is_rejected in found]
    return sorted(mistakes, key=lambda mistake: mistake.cell or (0, 0))


def _is_list(sheet: str | None) -> bool:
    return sheet is not None and name_key(sheet) == name_key(MISTAKES_SHEET)


# The workbook


def _same_book(raw: RawFile, content: bytes) -> Workbook | None:
    """The workbook itself, without what we wrote into it before; None when it is not to be had."""
    if PurePath(raw.name).suffix.lower() != ".xlsx" or len(content) > REBUILT_FROM or _merges_too_much(content):
        return None
    try:
        with warnings.catch_warnings(action="ignore"):  # of what it leaves out: drawings, extensions
            book = load_workbook(io.BytesIO(content))
    except Exception:  # it was read by another reader, which may be more lenient
        return None
    for worksheet in book.worksheets:
        if _is_list(worksheet.title):
            book.remove(worksheet)
    if len(book.worksheets) != sum(not _is_list(sheet.name) for sheet in raw.sheets):
        return None
    for worksheet in book.worksheets:
        for cell in list(worksheet._cells.values()):  # iter_rows would make every cell between them
            if cell.comment and cell.comment.author == AUTHOR:
                cell.comment = None
                cell.fill = _NO_FILL if cell.fill.fgColor.rgb in _OURS else cell.fill
    book.calculation.fullCalcOnLoad = True  # the results of formulas are not kept
    return book


def _merges_too_much(content: bytes) -> bool:
    """Whether merged areas cover more cells than is reasonable: each is made when the workbook is taken apart."""
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        if name == "mergeCell":
            count += _count_cells(attributes.get("ref", ""))

    for path, xml in unpack(content).items():
        if path.endswith(".xml") and b"mergeCell" in xml:
            parse(xml, start)
    return count > MOST_MERGED


def _count_cells(reference: str) -> int:
    try:
        left, top, right, bottom = range_boundaries(reference)
        return int((right - left + 1) * (bottom - top + 1))
    except (TypeError, ValueError):  # no range, or one of whole rows or columns
        return MOST_MERGED + 1


def _rebuilt(raw: RawFile) -> Workbook:
    """A workbook of the rows as they were read, each in its own place."""
    book = Workbook()
    book.remove(book.active)
    for sheet in raw.sheets:
        if _is_list(sheet.name):
            continue
        title = re.sub(r"[\\*?:/\[\]\x00-\x1f']", " ", sheet.name or _table_name(raw.name)).strip()[:31]
        worksheet = book.create_sheet(title or "1")
        worksheet.sheet_state = "hidden" if sheet.is_hidden else "visible"
        for row in sheet.rows:
            for column, cell in enumerate(row.cells, start=1):
                if cell is not None:
                    _put(worksheet.cell(row.number, column), cell)
        merged = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in sheet.merged)
        for top, left, bottom, right in sheet.merged if merged <= MOST_MERGED else ():
            worksheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        for column in range(1, 1 + min(40, max((len(row.cells) for row in sheet.rows), default=0))):
            worksheet.column_dimensions[get_column_letter(column)].width = 16
    return book


def _table_name(file: str) -> str:
    """The name of the table that a file is called after, which the sheet must then be called; else the file's own."""
    stem = clean(PurePath(file).stem).casefold().replace(" ", "_")
    names = [name for table in TABLES.values() for name in (table.name, *table.names_th)]
    fits = [name for name in names if re.match(re.escape(name.replace(" ", "_")) + r"(?![a-z\u0e01-\u0e5b])", stem)]
    return max(fits, key=len, default=PurePath(file).stem)


def _put(cell: Any, value: Cell) -> None:
    """Write what was read. Text stays text: it never becomes a formula, a date or a number."""
    if isinstance(value, PercentCell):
        cell.value, cell.number_format = value.value / 100, "0.00%"
    elif isinstance(value, ErrorCell):
        _put_text(cell, value.text)
        cell.data_type = "e"
    elif isinstance(value, str | FormulaWithoutValue):
        _put_text(cell, value if isinstance(value, str) else value.text)
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd hh:mm:ss" if isinstance(value, datetime) else "yyyy-mm-dd"


def _put_text(cell: Any, text: str) -> None:
    cell.value = _CONTROL.sub("", text)
    cell.data_type = "s"


# Notes and the list


def _mark(worksheet: Any, mistakes: Iterable[_Mistake], left: int) -> int:
    """Colour the cells and give as many as are ``left`` a note; how many were given one."""
    by_cell: dict[tuple[int, int], list[_Mistake]] = {}
    for mistake in mistakes:
        if mistake.cell:
            by_cell.setdefault(mistake.cell, []).append(mistake)
    areas = worksheet.merged_cells.ranges
    heads = {(row, column): (area.min_row, area.min_col) for area in areas for row, column in area.cells}
    count = 0
    for (row, column), found in by_cell.items():
        cell = worksheet.cell(*heads.get((row, column), (row, column)))
        cell.fill = _RED if any(mistake.is_rejected for mistake in found) else _AMBER
        if count < left:
            before = f"\n\n{cell.comment.text}" if cell.comment else ""
            text = "\n\n".join(_note(mistake.finding) for mistake in found)
            cell.comment = Comment(_CONTROL.sub("", text)[:_LONGEST_NOTE] + before, AUTHOR, height=220, width=380)
            count += 1
    return count


def _note(finding: Finding) -> str:
    lines = [
        f"พบ: {finding.found}" if finding.found else "",
        f"ปัญหา: {finding.wrong.th}",
        f"ที่ถูกต้อง: {_right(finding, 'th')}",
        f"Problem: {finding.wrong.en}",
        f"What would be right: {_right(finding, 'en')}",
    ]
    return "\n".join(filter(None, lines))


def _right(finding: Finding, lang: str) -> str:
    """What would be right, and what suggests itself."""
    expected = getattr(finding.expected, lang)
    choices = [getattr(choice.text, lang) for choice in finding.choices]
    more = [choice for choice in choices if choice not in expected]
    return f"{expected} ({' / '.join(more)})" if more else str(expected)


def _write_list(book: Workbook, mistakes: Sequence[_Mistake], titles: dict[str | None, str], name: str) -> None:
    """The first sheet: every finding, those that keep a row out first, with a link to its cell."""
    sheet = book.create_sheet(MISTAKES_SHEET, 0)
    book.active = 0
    for worksheet in book.worksheets:
        worksheet.sheet_view.tabSelected = worksheet is sheet
    ordered = sorted(mistakes, key=lambda mistake: not mistake.is_rejected)
    rejected = sum(mistake.is_rejected for mistake in mistakes)
    for row, text in enumerate(_titles(name, rejected, len(mistakes) - rejected, mistakes, bool(titles)), start=1):
        _put_text(sheet.cell(row, 1), text)
        sheet.cell(row, 1).font = _BOLD if row == 1 else _PLAIN
    head = sheet.max_row + 1
    for column, (text, width) in enumerate(_HEADERS, start=1):
        cell = sheet.cell(head, column, text)
        cell.font, cell.fill = _BOLD, _HEAD
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = sheet.cell(head + 1, 1)
    for row, mistake in enumerate(ordered[:MOST_LISTED], start=head + 1):
        _write_finding(sheet, row, row - head, mistake, titles)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{head}:{head}"


def _titles(name: str, rejected: int, warned: int, mistakes: Sequence[_Mistake], is_whole: bool) -> Iterator[str]:
    yield f"ข้อที่ต้องแก้ใน {name}: ข้อผิดพลาด {rejected} ข้อ ข้อควรตรวจสอบ {warned} ข้อ"
    yield f"{name}: {rejected} to be corrected (red), {warned} to be looked at (amber)"
    yield "แก้ในช่องสีแดงแล้วส่งไฟล์นี้กลับได้เลย แผ่นนี้และหมายเหตุในช่องไม่ถูกนำเข้า"
    yield "Correct the red cells and send this file again; this sheet and the notes are not imported."
    cells = {(mistake.finding.place.sheet, mistake.cell) for mistake in mistakes if mistake.cell}
    if not is_whole:
        yield "ไฟล์ใหญ่เกินกว่าจะส่งคืนทั้งไฟล์ ให้แก้ในไฟล์เดิมตามช่องในรายการนี้ · The file is too large to be given back; correct your own by this list."
    elif len(cells) > MOST_NOTES:
        yield f"มีหมายเหตุใน {MOST_NOTES:,} ช่องแรก ช่องอื่นดูในรายการนี้ · The first {MOST_NOTES:,} cells have notes; for the others see this list."
    if len(mistakes) > MOST_LISTED:
        yield f"แสดง {MOST_LISTED:,} ข้อแรก จาก {len(mistakes):,} · The first {MOST_LISTED:,} of {len(mistakes):,}."


def _write_finding(sheet: Any, row: int, number: int, mistake: _Mistake, titles: dict[str | None, str]) -> None:
    finding, place = mistake.finding, mistake.finding.place
    address = f"{get_column_letter(mistake.cell[1])}{mistake.cell[0]}" if mistake.cell else ""
    title = titles.get(place.sheet, place.sheet or "")
    kind = "ข้อผิดพลาด" if mistake.is_rejected else "ควรตรวจสอบ"
    texts = (kind, title, address, place.column or "", finding.found, finding.wrong.th, _right(finding, "th"),
             finding.wrong.en, _right(finding, "en"))  # fmt: skip
    sheet.cell(row, 1, number).alignment = _TOP
    widths = [width for _, width in _HEADERS[1:]]
    lines = max(count_lines(text, width) for text, width in zip(texts, widths, strict=True))
    sheet.row_dimensions[row].height = 15 * min(lines, 12)
    for column, text in enumerate(texts, start=2):
        cell = sheet.cell(row, column)
        _put_text(cell, shield(text))
        cell.alignment, cell.font = _TOP, _PLAIN
    sheet.cell(row, 2).fill = _RED if mistake.is_rejected else _AMBER
    if address and place.sheet in titles:
        link = sheet.cell(row, 4)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"{quote_sheetname(title)}!{address}")
        link.font = _LINK
