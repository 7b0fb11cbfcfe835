"""Any file an office sends → its rows as they stand, with sheet and row number; or a sentence why it cannot be read.

Nothing is interpreted here: no header is looked for, no text becomes a number. What a cell means is for the check.
"""

from __future__ import annotations

import hashlib
import io
import math
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine as calamine
from python_calamine import SheetVisibleEnum as Visible

from kpi_metrics.ingest.delimited import read_delimited
from kpi_metrics.ingest.mojibake import LOST, is_broken, repair_mojibake
from kpi_metrics.ingest.package import unpack
from kpi_metrics.ingest.raw import (
    Cell,
    ErrorCell,
    FormulaWithoutValue,
    PercentCell,
    RawFile,
    RawRow,
    RawSheet,
    make_row,
    unshield,
)
from kpi_metrics.ingest.sight import Mark, Sight, Unreadable
from kpi_metrics.ingest.workbook_ods import look_at_ods
from kpi_metrics.ingest.workbook_xls import look_at_xls
from kpi_metrics.ingest.workbook_xlsx import look_at_xlsx
from kpi_metrics.model import FileRefused, Finding, Place, Text

__all__ = [
    "Cell",
    "ErrorCell",
    "FormulaWithoutValue",
    "PercentCell",
    "RawFile",
    "RawRow",
    "RawSheet",
    "check_kind",
    "is_text",
    "load",
    "read_bytes",
    "read_file",
    "refusal",
    "shown_name",
]

MAX_SIZE = 20 * 2**20
TEXT_KINDS = {".csv", ".tsv", ".txt"}
BOOK_KINDS = {".xlsx", ".xls", ".ods"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<meta")
_ZIP = b"PK\x03\x04"

REASONS = {
    "missing": ("ไม่พบไฟล์นี้", "there is no such file"),
    "not_a_file": ("ไม่ใช่ไฟล์ (เป็นโฟลเดอร์หรืออุปกรณ์)", "it is a folder or a device, not a file"),
    "locked": ("เปิดอ่านไม่ได้ (ไม่มีสิทธิ์หรือถูกใช้งานอยู่)", "it cannot be opened (no permission, or in use)"),
    "empty": ("เป็นไฟล์ว่าง", "it is empty"),
    "too_big": ("ใหญ่เกิน 20 MB กรุณาแบ่งไฟล์", "it is over 20 MB; split it"),
    "kind": (
        "ไม่ใช่ชนิดไฟล์ที่รับ กรุณาใช้ .xlsx .xls .ods หรือ .csv",
        "it is no kind of file that is taken; use .xlsx, .xls, .ods or .csv",
    ),
    "wrong_type": (
        "เนื้อในไม่ตรงกับนามสกุลไฟล์ กรุณาเปิดแล้วบันทึกใหม่เป็น .xlsx",
        "its content is not what its name says; open it and save it again as .xlsx",
    ),
    "html": (
        "เป็นหน้าเว็บ (HTML) ที่ตั้งชื่อเป็นไฟล์ตาราง กรุณาเปิดแล้วบันทึกใหม่เป็น .xlsx",
        "it is a web page (HTML) under a spreadsheet's name; open it and save it again as .xlsx",
    ),
    "password": ("มีรหัสผ่าน กรุณาเอารหัสผ่านออกก่อน", "it is protected by a password; take the password off first"),
    "macros": ("มีมาโคร กรุณาบันทึกใหม่เป็น .xlsx ที่ไม่มีมาโคร", "it holds macros; save it again as .xlsx without macros"),
    "damaged": ("เสียหายหรือไม่ครบ กรุณาขอไฟล์ใหม่", "it is damaged or cut short; ask for it again"),
    "bomb": ("ขยายแล้วใหญ่ผิดปกติ จึงไม่เปิด", "it unpacks to an unreasonable size and is not opened"),
    "entities": ("มีการประกาศ entity ใน XML จึงไม่เปิด", "it declares XML entities and is not opened"),
    "too_far": (
        "มีข้อมูลอยู่ไกลเกินไปที่ช่อง {} กรุณาลบช่องนั้น (รับได้ 200,000 แถว 1,000 คอลัมน์ และไม่เกิน 6 ล้านช่อง)",
        "it has something too far out, in cell {}; delete it (at most 200,000 rows, 1,000 columns and 6 million cells)",
    ),
    "too_long": (
        "อ่านไม่เสร็จภายใน {} วินาที กรุณาบันทึกใหม่หรือแบ่งไฟล์",
        "it cannot be read within {} seconds; save it again, or split it",
    ),
    "too_heavy": (
        "เสียหาย หรือใหญ่เกินกว่าจะอ่านได้ด้วยหน่วยความจำ {} MB กรุณาบันทึกใหม่หรือแบ่งไฟล์",
        "it is damaged, or too big to be read within {} MB of memory; save it again, or split it",
    ),
}


def load(path: Path) -> bytes:
    """The bytes of a file on disk. Raises FileRefused: missing, no file, over the size, or not to be opened."""
    try:
        if not path.exists():
            raise refusal("missing", path.name)
        # What the system keeps under these names looks like a file, has no size, and may never end.
        if not path.is_file() or path.resolve().parts[1:2] in (("proc",), ("sys",)):
            raise refusal("not_a_file", path.name)
        with path.open("rb") as file:
            content = file.read(MAX_SIZE + 1)
        if len(content) > MAX_SIZE:
            raise refusal("too_big", path.name)
        return content
    except OSError as error:
        raise refusal("locked", path.name) from error


def read_file(path: Path) -> RawFile:
    """Read a file from disk; see ``load`` and ``read_bytes``."""
    return read_bytes(load(path), path.name)


def read_bytes(content: bytes, name: str) -> RawFile:
    """The rows of a .csv, .tsv, .txt, .xlsx, .xls or .ods, as they stand.

    Grain: one RawRow per row with something in it. CSV cells are the text they are; workbook cells have the stored
    value: whole numbers as int, dates as date or datetime, times and durations as text, results of formulas as
    values. A hidden sheet is read, marked and warned of; the caller leaves it out. Raises FileRefused with a sentence
    for the person who made the file.

    Takes bytes and gives plain frozen records, touching nothing else, so that it may run in a process of its own (see
    ``apart``: files from people are only read there).
    """
    check_kind(content, name)
    try:
        if is_text(name):
            sheet, warnings = read_delimited(content, name)
            sheets: tuple[RawSheet, ...] = (sheet,)
        else:
            sheets = _read_workbook(content, name, _look(content, _suffix(name)))
            warnings = tuple(_hidden_warning(sheet) for sheet in sheets if sheet.is_hidden)
        warnings += tuple(warning for sheet in sheets for warning in _mojibake_warnings(sheet))
    except Unreadable as error:
        raise refusal(str(error.args[0]), name, *map(str, error.args[1:])) from error
    return RawFile(name, hashlib.sha256(content).hexdigest(), len(content), sheets, warnings)


def check_kind(content: bytes, name: str) -> None:
    """Stop what is not a file of the kind its name says, by its size and first bytes. Raises FileRefused."""
    if reason := _unlike_its_name(content, _suffix(name)):
        raise refusal(reason, name)


def is_text(name: str) -> bool:
    """Whether a file of this name is a text file."""
    return _suffix(name) in TEXT_KINDS


def refusal(reason: str, name: str, *details: str) -> FileRefused:
    """The sentence for a file that cannot be read. ``reason`` is a key of ``REASONS``."""
    th, en = REASONS[reason]
    name = shown_name(name)
    return FileRefused(f"ไฟล์ {name}: {th.format(*details)}", f"{name}: {en.format(*details)}")


def shown_name(name: str) -> str:
    """A file's name as text: bytes that are no UTF-8 are taken for cp874, as in archives packed on Thai Windows."""
    content = name.encode("utf-8", "surrogateescape")
    return name if content == name.encode("utf-8", "replace") else content.decode("cp874", "replace")


def _suffix(name: str) -> str:
    return Path(name).suffix.lower()


def _unlike_its_name(content: bytes, suffix: str) -> str | None:
    if suffix in {".xlsm", ".xltm", ".xlam"}:
        return "macros"
    if suffix not in TEXT_KINDS | BOOK_KINDS:
        return "kind"
    if not content:
        return "empty"
    if len(content) > MAX_SIZE:
        return "too_big"
    head = content[:2048].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if not head:
        return "empty"
    if head.startswith(_HTML) or (suffix in BOOK_KINDS and b"<html" in head):
        return "html"
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return "password"
        if suffix != ".xls":
            return "wrong_type"
        return "macros" if "_VBA_PROJECT".encode("utf-16-le") in content else None
    return "wrong_type" if (suffix in {".xlsx", ".ods"}) != content.startswith(_ZIP) or suffix == ".xls" else None


def _look(content: bytes, suffix: str) -> list[Sight]:
    """What the reader of workbooks would not tell, for every sheet in order."""
    if suffix == ".xls":
        return look_at_xls(content)
    members = unpack(content)
    if suffix == ".xlsx":
        if "xl/workbook.xml" not in members:
            raise Unreadable("wrong_type")
        return look_at_xlsx(members)
    if not members.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        raise Unreadable("wrong_type")
    return look_at_ods(members)


def _read_workbook(content: bytes, name: str, sights: list[Sight]) -> tuple[RawSheet, ...]:
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = enumerate(zip(book.sheets_metadata, sights, strict=True))
            return tuple(
                _read_sheet(book.get_sheet_by_index(index), name, sight, sheet.visible != Visible.Visible)
                for index, (sheet, sight) in sheets
                if sheet.typ == calamine.SheetTypeEnum.WorkSheet
            )
    except calamine.PasswordError as error:
        raise Unreadable("password") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable("damaged") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a panic of the reader's own language is no Exception here
            raise
        raise Unreadable("damaged") from error


def _read_sheet(sheet: calamine.CalamineSheet, file: str, sight: Sight, is_hidden: bool) -> RawSheet:
    marks: dict[int, list[tuple[int, Mark]]] = {}
    for (number, column), mark in sight.marks.items():
        marks.setdefault(number, []).append((column, mark))
    values = sheet.to_python(skip_empty_area=False)
    rows = []
    for number in range(1, max(len(values), sight.last_row) + 1):
        cells = [_cell(value) for value in values[number - 1]] if number <= len(values) else []
        for column, mark in marks.get(number, ()):
            cells.extend([None] * (column - len(cells)))
            cells[column - 1] = _marked(cells[column - 1], mark)
        row = make_row(number, cells)
        if row:
            rows.append(row)
    merged = sight.merged or [
        (top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    return RawSheet(file, sheet.name, tuple(rows), is_hidden, tuple(merged))


def _cell(value: Any) -> Cell:
    kind = type(value)
    if kind is str:
        return unshield(value) if value else None
    if kind is float:
        if value.is_integer() and abs(value) < 2**53:
            return int(value)
        return value if math.isfinite(value) else ErrorCell("#NUM!")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, time):
        return str(value)
    assert isinstance(value, (bool, int, date))
    return value


def _marked(cell: Cell, mark: Mark) -> Cell:
    if not isinstance(mark, str):
        return mark
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return PercentCell(round(cell * 100, 10))  # 0.07 x 100 is 7, not 7.000000000000001
    return cell


def _hidden_warning(sheet: RawSheet) -> Finding:
    return Finding(
        "hidden_sheet",
        Place(sheet.file, sheet.name),
        sheet.name or "",
        Text("แผ่นงานนี้ถูกซ่อนไว้ จึงไม่นำเข้า", "this sheet is hidden and is left out"),
        Text("ถ้าต้องการนำเข้า ให้เลิกซ่อนแผ่นงานก่อน", "unhide the sheet if it should be imported"),
    )


def _mojibake_warnings(sheet: RawSheet) -> tuple[Finding, ...]:
    """One warning for the first cell whose Thai was broken before, those past repair first; they seldom come alone."""
    first: Finding | None = None
    for row in sheet.rows:
        for cell in row.cells:
            if not isinstance(cell, str) or cell.isascii() or not is_broken(cell):
                continue
            repaired = repair_mojibake(cell)
            wrong = Text("ตัวอักษรไทยเพี้ยนมาก่อนแล้ว (อ่านผิดรหัส)", "the Thai was broken before (read in a wrong encoding)")
            right = Text(f"น่าจะเป็น “{repaired}” ทั้งแผ่น", f"probably “{repaired}”, in the whole sheet")
            found = Finding(
                "mojibake", Place(sheet.file, sheet.name, row.number), cell, wrong, right if repaired else LOST
            )
            if not repaired:
                return (found,)
            first = first or found
    return (first,) if first else ()
