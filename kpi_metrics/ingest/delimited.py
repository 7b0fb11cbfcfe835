"""Text files (.csv, .tsv, .txt): which encoding, which delimiter, which records."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from kpi_metrics.ingest.mojibake import is_thai_utf8
from kpi_metrics.ingest.raw import RawRow, RawSheet, make_row, unshield
from kpi_metrics.ingest.sight import Sight
from kpi_metrics.model import FileRefused, Finding, Place, Text

DELIMITERS = (",", ";", "\t")
SNIFFED_RECORDS = 30
MAX_FIELD = 1_000_000

_BINARY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read_delimited(content: bytes, name: str) -> tuple[RawSheet, tuple[Finding, ...]]:
    """The one sheet of a text file, every cell as the text it is, and what should be known of its encoding.

    Numbers and dates are not guessed. The delimiter is the one of ``, ; tab`` that cuts the first records most evenly
    (so that decimal commas do not count as delimiters), or what a first line ``sep=;`` says. Quotes that do not close
    are refused: they would swallow rows. Raises Unreadable for more rows and columns than a workbook may have.
    """
    text, encoding = decode(content, name)
    delimiter, skipped = find_delimiter(text)
    rows: list[RawRow] = []
    sight = Sight()
    for number, fields in _records(text, delimiter, name):
        row = make_row(number, [unshield(field) if field else None for field in fields])
        if row and number > skipped:
            sight.reach(number, len(row.cells))
            rows.append(row)
    return RawSheet(name, None, tuple(rows)), _encoding_warnings(name, text, encoding)


def decode(content: bytes, name: str) -> tuple[str, str]:
    """The text without its BOM and the encoding: BOM, then strict UTF-8, then cp874 (the Thai Windows code page)."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            try:
                text = content[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise _damaged(name, content, error.start + len(mark), encoding) from None
            return _no_binary(text, name), encoding
    if b"\0" in content:
        raise _binary(name)
    try:
        return _no_binary(content.decode("utf-8"), name), "utf-8"
    except UnicodeDecodeError as error:
        # One bad byte must not turn a whole UTF-8 file into the mojibake that cp874 would make of it.
        if is_thai_utf8(content, 0.5):
            raise _damaged(name, content, error.start, "utf-8") from None
    try:
        return _no_binary(content.decode("cp874"), name), "cp874"
    except UnicodeDecodeError as error:
        raise _damaged(name, content, error.start, "UTF-8, cp874") from None


def find_delimiter(text: str) -> tuple[str, int]:
    """The delimiter, and the number of leading lines that only name it (``sep=;``: 1, else 0)."""
    told = re.match(r"sep=([,;\t])\r?\n?", text)
    if told:
        return told[1], 1
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter)), 0


def _evenness(text: str, delimiter: str) -> tuple[int, int]:
    """How many of the first records share the most common width over 1, and that width."""
    widths: Counter[int] = Counter()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for fields in reader:
            if len(fields) > 1 and any(fields):
                widths[len(fields)] += 1
            if reader.line_num >= SNIFFED_RECORDS:
                break
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def _records(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for fields in reader:
            yield start, fields
            start = reader.line_num + 1
    except csv.Error:
        raise FileRefused(
            f'ไฟล์ {name} บรรทัดที่ {start}: เครื่องหมายคำพูด (") ไม่ครบคู่ จึงแบ่งช่องไม่ได้ กรุณาแก้บรรทัดนี้แล้วนำเข้าใหม่',
            f'{name}, line {start}: the quotation marks (") do not pair, so the cells are unclear; mend the line',
        ) from None


def _encoding_warnings(name: str, text: str, encoding: str) -> tuple[Finding, ...]:
    if encoding == "utf-8":
        return ()
    sample = next((line.strip() for line in text.splitlines() if not line.isascii()), text[:60].strip())[:60]
    return (
        Finding(
            "decoded_as",
            Place(name),
            sample,
            Text(f"ไฟล์ไม่ใช่ UTF-8 จึงอ่านเป็น {encoding}", f"the file is not UTF-8 and was read as {encoding}"),
            Text("ตรวจว่าอ่านเป็นภาษาไทยถูกต้อง", "check that the Thai reads right"),
        ),
    )


def _no_binary(text: str, name: str) -> str:
    if _BINARY.search(text):
        raise _binary(name)
    return text


def _binary(name: str) -> FileRefused:
    return FileRefused(
        f"ไฟล์ {name} ไม่ใช่ไฟล์ข้อความ (มีข้อมูลไบนารี) กรุณาบันทึกใหม่เป็น CSV UTF-8 หรือ .xlsx",
        f"{name} is not a text file (it holds binary data); save it again as CSV UTF-8 or .xlsx",
    )


def _damaged(name: str, content: bytes, position: int, encoding: str) -> FileRefused:
    line = content.count(b"\n", 0, position) + 1
    return FileRefused(
        f"ไฟล์ {name} บรรทัดที่ {line}: มีตัวอักษรเสียหาย อ่านเป็น {encoding} ไม่ได้ กรุณาบันทึกใหม่เป็น CSV UTF-8",
        f"{name}, line {line}: a damaged character, which cannot be read as {encoding}; save it again as CSV UTF-8",
    )
