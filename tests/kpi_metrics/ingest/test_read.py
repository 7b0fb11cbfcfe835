"""Files as people send them, made by the programs that make them, read back through ``read_bytes``."""

from __future__ import annotations

import contextlib
import io
import pickle
import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from kpi_metrics.ingest.read import (
    Cell,
    ErrorCell,
    FormulaWithoutValue,
    PercentCell,
    RawFile,
    read_bytes,
    read_file,
)
from kpi_metrics.model import FileRefused

HEADER = "รหัส,ชื่อ,ค่า\r\n"


def rows_of(file: RawFile, sheet: int = 0) -> dict[int, tuple[Cell, ...]]:
    return {row.number: row.cells for row in file.sheets[sheet].rows}


def csv_rows(text: str | bytes, name: str = "results.csv") -> dict[int, tuple[Cell, ...]]:
    return rows_of(read_bytes(text.encode() if isinstance(text, str) else text, name))


def xlsx(fill: Callable[[openpyxl.Workbook], object]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def xlsx_cells(**cells: object) -> bytes:
    return xlsx(lambda book: [book.active.__setitem__(place, value) for place, value in cells.items()])


def written_xlsx(fill: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        fill(book)
    return content.getvalue()


def xls(fill: Callable[[xlwt.Workbook], object]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    fill(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def ods(*rows: TableRow, style: str | None = None) -> bytes:
    book = OpenDocumentSpreadsheet()
    hidden = Style(name="hidden", family="table")
    hidden.addElement(TableProperties(display="false"))
    book.automaticstyles.addElement(hidden)
    table = Table(name="ผลงาน", **({"stylename": style} if style else {}))
    for row in rows:
        table.addElement(row)
    book.spreadsheet.addElement(table)
    content = io.BytesIO()
    book.write(content)
    return content.getvalue()


def ods_row(*cells: TableCell, **options: object) -> TableRow:
    row = TableRow(**options)
    for cell in cells:
        row.addElement(cell)
    return row


def ods_cell(text: str = "", **options: object) -> TableCell:
    cell = TableCell(**options)
    if text:
        cell.addElement(P(text=text))
    return cell


def changed(content: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The same zip with its members changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    change(members)
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as package:
        for name, member in members.items():
            package.writestr(name, member)
    return result.getvalue()


def with_sheet_data(data: str, before: str = "") -> bytes:
    """An .xlsx whose one sheet holds exactly this XML."""
    sheet = f'{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{data}</worksheet>'
    return changed(xlsx_cells(A1=1), lambda members: members.update({"xl/worksheets/sheet1.xml": sheet.encode()}))


def with_twin_sheet(content: bytes) -> bytes:
    """The same .xlsx with a second member of its sheet's name."""
    result = io.BytesIO(content)
    with zipfile.ZipFile(result, "a") as package:
        package.writestr("xl/Worksheets/sheet1.xml", "<worksheet/>")
    return result.getvalue()


def with_longer_stream(content: bytes) -> bytes:
    """The same .xls, its directory promising more bytes than there are."""
    entry = content.index("Workbook".encode("utf-16-le"))
    size = int.from_bytes(content[entry + 120 : entry + 124], "little") + 4096
    return content[: entry + 120] + size.to_bytes(4, "little") + content[entry + 124 :]


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(FileRefused) as caught:
        read_bytes(content, name)
    return caught.value.text.en


# Text files


def test_csv_cells_are_the_text_they_are():
    assert csv_rows(HEADER + "007, 1.50,2569-01-02\r\n")[2] == ("007", " 1.50", "2569-01-02")


def test_csv_row_number_is_the_line_on_which_the_record_starts():
    assert list(csv_rows(HEADER + '\r\n1,"สอง\r\nบรรทัด",3\r\n4,5,6\r\n')) == [1, 3, 5]


def test_csv_empty_cells_are_none_and_cut_at_the_end():
    assert csv_rows(HEADER + "1,,3\n2,,\n,,\n") == {1: ("รหัส", "ชื่อ", "ค่า"), 2: ("1", None, "3"), 3: ("2",)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_without_a_word(encoding: str):
    file = read_bytes(HEADER.encode(encoding), "results.csv")
    assert (rows_of(file)[1], file.warnings) == (("รหัส", "ชื่อ", "ค่า"), ())


@pytest.mark.parametrize(("mark", "encoding"), [(b"", "cp874"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_another_encoding_is_read_and_named(mark: bytes, encoding: str):
    file = read_bytes(mark + HEADER.encode(encoding), "results.csv")
    assert rows_of(file)[1] == ("รหัส", "ชื่อ", "ค่า")
    assert [(warning.code, encoding in warning.wrong.en) for warning in file.warnings] == [("decoded_as", True)]


def test_one_bad_byte_does_not_turn_utf8_into_cp874():
    content = (HEADER + "1,เกษตรอำเภอ,2\n").encode().replace("เภอ".encode(), b"\xe0\xb9" + "ภอ".encode())
    assert "line 2" in refusal(content, "results.csv")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiter_is_found(delimiter: str):
    assert csv_rows(f"รหัส{delimiter}ชื่อ\n1{delimiter}ก\n")[2] == ("1", "ก")


def test_decimal_commas_are_no_delimiter():
    assert csv_rows("รหัส;ผล;แผน\nก;1,5;2,5\nข;3,5;4,5\n")[3] == ("ข", "3,5", "4,5")


def test_title_line_with_commas_does_not_decide_the_delimiter():
    assert csv_rows("รายงานผล, รายเดือน, ปี 2569\nรหัส;ผล\n1;2\n3;4\n")[3] == ("1", "2")


def test_first_line_may_name_the_delimiter():
    assert csv_rows("sep=;\nรหัส;ผล\n1;2\n") == {2: ("รหัส", "ผล"), 3: ("1", "2")}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "＝1", "＋1", "－1", "＠a", "\t1"])
def test_apostrophe_of_our_exports_is_taken_off(text: str):
    assert csv_rows(f'a,b\n"\'{text}",1\n')[2][0] == text


def test_other_apostrophes_stay():
    assert csv_rows("a,b\n'69,''ก\n")[2] == ("'69", "''ก")


def test_a_formula_in_a_csv_is_only_text():
    assert csv_rows('a,b\n"=HYPERLINK(""http://x"")",1\n')[2][0] == '=HYPERLINK("http://x")'


def test_quote_that_never_closes_is_refused_because_it_swallows_rows():
    assert "line 2" in refusal((HEADER + '1,"ก,3\n2,ข,4\n').encode(), "results.csv")


@pytest.mark.parametrize(("written", "read"), [("cp874", "latin-1"), ("utf-8", "latin-1"), ("utf-8", "cp874")])
def test_thai_broken_before_is_reported_with_its_repair(written: str, read: str):
    broken = "อำเภอ".encode(written).decode(read)
    warnings = read_bytes(f"รหัส,ชื่อ\n1,{broken}\n".encode(), "owners.csv").warnings
    assert [(warning.place.row, "“อำเภอ”" in warning.expected.th) for warning in warnings] == [(2, True)]


def test_foreign_letters_are_not_taken_for_broken_thai():
    assert read_bytes("รหัส,ชื่อ\n1,Curaçãó\n".encode(), "owners.csv").warnings == ()


# Workbooks: the same claims for every format


def xlsx_book() -> bytes:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet, percent = book.add_worksheet("ผลงาน"), book.add_format({"num_format": "0.0%"})
        day, time = book.add_format({"num_format": "d/m/yyyy"}), book.add_format({"num_format": "d/m/yyyy hh:mm"})
        sheet.write_row(2, 1, ["ไชยา", 12, 0.5, True])
        sheet.write_number(2, 5, 0.07, percent)
        sheet.write_datetime(2, 6, datetime(2026, 5, 1), day)
        sheet.write_datetime(2, 7, datetime(2026, 5, 1, 9, 30), time)
        sheet.write_formula(2, 8, "=B3", None, "ไชยา")
        sheet.write_formula(2, 9, "=1/0", None, "#DIV/0!")
        sheet.merge_range("A5:B6", "รวม")
        hidden = book.add_worksheet("เก่า")
        hidden.write(0, 0, 1)
        hidden.hide()

    return written_xlsx(fill)


def xls_book() -> bytes:
    def fill(book: xlwt.Workbook) -> None:
        sheet = book.add_sheet("ผลงาน")
        for column, value in enumerate(["ไชยา", 12, 0.5, True], start=1):
            sheet.write(2, column, value)
        sheet.write(2, 5, 0.07, xlwt.easyxf(num_format_str="0.0%"))
        sheet.write(2, 6, date(2026, 5, 1), xlwt.easyxf(num_format_str="d/m/yyyy"))
        sheet.write(2, 7, datetime(2026, 5, 1, 9, 30), xlwt.easyxf(num_format_str="d/m/yyyy hh:mm"))
        sheet.write(2, 8, "ไชยา")
        sheet.row(2).set_cell_error(9, "#DIV/0!")
        sheet.write_merge(4, 5, 0, 1, "รวม")
        hidden = book.add_sheet("เก่า")
        hidden.write(0, 0, 1)
        hidden.visibility = 1

    return xls(fill)


def ods_book() -> bytes:
    row = ods_row(
        ods_cell(),
        ods_cell("ไชยา", valuetype="string"),
        ods_cell("12", valuetype="float", value=12),
        ods_cell("0.5", valuetype="float", value=0.5),
        ods_cell("TRUE", valuetype="boolean", booleanvalue="true"),
        ods_cell("7.0%", valuetype="percentage", value=0.07),
        ods_cell("1/5/2569", valuetype="date", datevalue="2026-05-01"),
        ods_cell("1/5/2569 09:30", valuetype="date", datevalue="2026-05-01T09:30:00"),
        ods_cell("ไชยา", valuetype="string", formula="of:=[.B3]"),
        ods_cell("#DIV/0!", valuetype="float", value=0, formula="of:=1/0"),
    )
    merged = ods_row(
        ods_cell("รวม", valuetype="string", numbercolumnsspanned=2, numberrowsspanned=2), CoveredTableCell()
    )
    return ods(TableRow(numberrowsrepeated=2), row, TableRow(), merged)


BOOKS = pytest.mark.parametrize(
    ("make", "name"),
    [(xlsx_book, "ผล.xlsx"), (xls_book, "ผล.xls"), (ods_book, "ผล.ods")],
    ids=["xlsx", "xls", "ods"],
)


@BOOKS
def test_cells_have_their_stored_values(make: Callable[[], bytes], name: str):
    cells = rows_of(read_bytes(make(), name))[3]
    assert cells[:5] + cells[6:9] == (
        None, "ไชยา", 12, 0.5, True, date(2026, 5, 1), datetime(2026, 5, 1, 9, 30), "ไชยา",
    )  # fmt: skip


@BOOKS
def test_whole_numbers_are_int(make: Callable[[], bytes], name: str):
    assert type(rows_of(read_bytes(make(), name))[3][2]) is int


@BOOKS
def test_percent_is_times_100_without_binary_noise(make: Callable[[], bytes], name: str):
    assert rows_of(read_bytes(make(), name))[3][5] == PercentCell(7.0)


@BOOKS
def test_error_cell_is_not_empty(make: Callable[[], bytes], name: str):
    assert rows_of(read_bytes(make(), name))[3][9] == ErrorCell("#DIV/0!")


@BOOKS
def test_row_numbers_are_the_sheets_own(make: Callable[[], bytes], name: str):
    assert list(rows_of(read_bytes(make(), name))) == [3, 5]


@BOOKS
def test_merged_ranges_are_known(make: Callable[[], bytes], name: str):
    assert read_bytes(make(), name).sheets[0].merged == ((5, 1, 6, 2),)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (xlsx_book(), "ผล.xlsx"),
        (xls_book(), "ผล.xls"),
        (ods(ods_row(ods_cell("1", valuetype="float", value=1)), style="hidden"), "ผล.ods"),
    ],
    ids=["xlsx", "xls", "ods"],
)
def test_hidden_sheet_is_marked_and_warned_of(content: bytes, name: str):
    file = read_bytes(content, name)
    hidden = [sheet.name for sheet in file.sheets if sheet.is_hidden]
    assert hidden == [warning.place.sheet for warning in file.warnings if warning.code == "hidden_sheet"] != []


@pytest.mark.parametrize(
    ("content", "name", "text"),
    [
        (xlsx_cells(A1="=SUM(B1:B2)"), "a.xlsx", "=SUM(B1:B2)"),
        (xls(lambda book: book.add_sheet("a").write(0, 0, xlwt.Formula("1+1"))), "a.xls", "="),
        (ods(ods_row(ods_cell(formula="of:=1+1"))), "a.ods", "=1+1"),
    ],
    ids=["xlsx", "xls", "ods"],
)
def test_formula_without_value_is_not_empty(content: bytes, name: str, text: str):
    assert rows_of(read_bytes(content, name)) == {1: (FormulaWithoutValue(text),)}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (written_xlsx(lambda book: book.add_worksheet().write_formula(0, 0, '=""', None, "")), "a.xlsx"),
        (xls(lambda book: book.add_sheet("a").write(0, 0, xlwt.Formula('IF(B1=0;"";B1)'))), "a.xls"),
    ],
    ids=["xlsx", "xls"],
)
def test_formula_whose_value_is_an_empty_text_is_empty(content: bytes, name: str):
    if name == "a.xlsx":  # the writer leaves out that the stored value is a text
        content = changed(
            content,
            lambda members: members.update(
                {path: xml.replace(b'<c r="A1">', b'<c r="A1" t="str">') for path, xml in members.items()}
            ),
        )
    assert rows_of(read_bytes(content, name)) == {}


def test_copied_formula_without_value_has_the_text_it_shares():
    data = '<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:A2">B1*2</f></c></row><row r="2"><c r="A2"><f t="shared" si="0"/></c></row>'
    rows = rows_of(read_bytes(with_sheet_data(f"<sheetData>{data}</sheetData>"), "a.xlsx"))
    assert rows[2] == (FormulaWithoutValue("=B1*2"),)


def test_number_beyond_exact_integers_stays_float():
    assert type(rows_of(read_bytes(xlsx_cells(A1=1e300), "a.xlsx"))[1][0]) is float


@pytest.mark.parametrize(("code", "is_percent"), [("0%", True), ('0"%"', False), ("0.00\\%", False), ("0;-0%", False)])
def test_percent_is_told_from_a_quoted_sign(code: str, is_percent: bool):
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"] = 0.83
        book.active["A1"].number_format = code

    assert rows_of(read_bytes(xlsx(fill), "a.xlsx"))[1] == (PercentCell(83.0) if is_percent else 0.83,)


def test_duration_is_text_in_hours():
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet().write_number(0, 0, 1.5, book.add_format({"num_format": "[h]:mm"}))

    assert rows_of(read_bytes(written_xlsx(fill), "a.xlsx"))[1] == ("36:00:00",)


def test_workbook_with_a_chart_sheet_keeps_its_sheets_apart():
    def fill(book: xlsxwriter.Workbook) -> None:
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=ผล!$A$1"})
        book.add_chartsheet("กราฟ").set_chart(chart)
        book.add_worksheet("ผล").write_formula(0, 0, "=NA()", None, "#N/A")

    file = read_bytes(written_xlsx(fill), "a.xlsx")
    assert [(sheet.name, sheet.rows[0].cells) for sheet in file.sheets] == [("ผล", (ErrorCell("#N/A"),))]


def test_apostrophe_of_our_exports_is_taken_off_in_workbooks_too():
    assert rows_of(read_bytes(xlsx_cells(A1="'-"), "a.xlsx"))[1] == ("-",)


def test_repeated_ods_rows_and_cells_are_written_out():
    cell = ods_cell("50%", valuetype="percentage", value=0.5, numbercolumnsrepeated=2)
    rows = rows_of(read_bytes(ods(ods_row(cell, numberrowsrepeated=3)), "a.ods"))
    assert rows == dict.fromkeys([1, 2, 3], (PercentCell(50.0), PercentCell(50.0)))


def test_empty_ods_tail_down_to_the_last_row_is_no_far_cell():
    tail = ods_row(ods_cell(numbercolumnsrepeated=16384), numberrowsrepeated=1048575)
    assert rows_of(read_bytes(ods(ods_row(ods_cell("1", valuetype="float", value=1)), tail), "a.ods")) == {1: (1,)}


def test_formatted_but_empty_far_cell_does_no_harm():
    data = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert rows_of(read_bytes(with_sheet_data(f"<sheetData>{data}</sheetData>"), "a.xlsx")) == {1: (1,)}


# Refusals


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (with_sheet_data('<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'), "a.xlsx"),
        (with_sheet_data('<sheetData><row r="1"><c r="XFD1048576"><v>1</v></c></row></sheetData>'), "a.xlsx"),
        (with_sheet_data('<sheetData><row r="1"><c r="ALM1"><v>1</v></c></row></sheetData>'), "a.xlsx"),
        (xls(lambda book: book.add_sheet("a").write(65535, 255, 1)), "a.xls"),
        (ods(TableRow(numberrowsrepeated=1048575), ods_row(ods_cell("1", valuetype="float", value=1))), "a.ods"),
    ],
    ids=["xlsx", "xlsx-one-row", "xlsx-column-1001", "xls", "ods"],
)
def test_far_cell_is_refused_before_the_reader_takes_its_memory(content: bytes, name: str):
    assert "too far out" in refusal(content, name)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
A_XLSX = xlsx_cells(A1="รหัส")
ENCRYPTED_ODS = changed(
    ods_book(), lambda members: members.update({"META-INF/manifest.xml": b"<manifest:encryption-data/>"})
)
PANICS_THE_READER = xls_book().replace(b"\3\0\1" + "รวม".encode("utf-16-le"), b"\0\0\1" + "รวม".encode("utf-16-le"))
UNKNOWN_TO_THE_READER = changed(
    with_sheet_data('<sheetData><row r="1"><c r="A1"><v>5</v></c></row></sheetData>'),
    lambda members: members.update(
        {"xl/worksheets/sheet1.xml": members["xl/worksheets/sheet1.xml"].decode().encode("utf-16")}
    ),
)
ENTITIES = changed(
    A_XLSX,
    lambda members: members.update(
        {"xl/sharedStrings.xml": b'<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'}
    ),
)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.csv", "empty"),
        (b"\xef\xbb\xbf\r\n", "a.csv", "empty"),
        (b"a,b\n\0\0\0", "a.csv", "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.csv", "binary"),
        (b"%PDF-1.7", "a.pdf", "no kind of file"),
        (A_XLSX, "a.csv", "not what its name says"),
        (A_XLSX, "a.ods", "not what its name says"),
        (ods_book(), "a.xlsx", "not what its name says"),
        (xls_book(), "a.xlsx", "not what its name says"),
        (HEADER.encode(), "a.xlsx", "not what its name says"),
        (HEADER.encode(), "a.xls", "not what its name says"),
        (b"<html><table><tr><td>1</table>", "a.xls", "HTML"),
        (b"\xef\xbb\xbf <!DOCTYPE html>", "a.csv", "HTML"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "password"),
        (ENCRYPTED_ODS, "a.ods", "password"),
        (A_XLSX, "a.xlsm", "macros"),
        (changed(A_XLSX, lambda members: members.update({"xl/vbaProject.bin": OLE})), "a.xlsx", "macros"),
        (changed(ods_book(), lambda members: members.update({"Basic/Standard/a.xml": b"<a/>"})), "a.ods", "macros"),
        (xls_book() + "_VBA_PROJECT".encode("utf-16-le"), "a.xls", "macros"),
        (A_XLSX[: len(A_XLSX) // 2], "a.xlsx", "damaged"),
        (xls_book()[:3000], "a.xls", "damaged"),
        (changed(A_XLSX, lambda members: members.pop("xl/worksheets/sheet1.xml")), "a.xlsx", "damaged"),
        (
            changed(A_XLSX, lambda members: members.update({f"a{n}": b"" for n in range(2001)})),
            "a.xlsx",
            "unreasonable",
        ),
        (ENTITIES, "a.xlsx", "entities"),
        (
            with_sheet_data("<sheetData/>", before='<!DOCTYPE worksheet SYSTEM "http://a.th/a.dtd">'),
            "a.xlsx",
            "entities",
        ),
        (with_twin_sheet(A_XLSX), "a.xlsx", "damaged"),
        (with_longer_stream(xls_book()), "a.xls", "damaged"),
        (UNKNOWN_TO_THE_READER, "a.xlsx", "damaged"),
        (PANICS_THE_READER, "a.xls", "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_file_is_refused_with_its_reason(content: bytes, name: str, words: str):
    assert words in refusal(content, name)


@pytest.mark.parametrize("content", [b"1\n" * 200_001, b"1," * 1001, (b"1," * 899 + b"1\n") * 6700])
def test_text_may_hold_no_more_than_a_workbook(content: bytes):
    assert "too far out" in refusal(content, "a.csv")


def test_file_over_20_mb_is_refused():
    assert "20 MB" in refusal(bytes(20 * 2**20 + 1), "a.csv")


def test_zip_that_shrank_beyond_reason_is_refused():
    bomb = changed(A_XLSX, lambda members: members.update({"a": bytes(30 * 2**20)}))
    assert "unreasonable" in refusal(bomb, "a.xlsx")


def test_zip_of_more_than_200_mb_is_refused():
    slow = random.Random(1).randbytes(2 * 2**20)  # keeps the ratio low
    bomb = changed(A_XLSX, lambda members: members.update({"a": slow, "b": bytes(200 * 2**20)}))
    assert "unreasonable" in refusal(bomb, "a.xlsx")


def test_refusal_names_the_file_in_thai_and_english():
    with pytest.raises(FileRefused) as caught:
        read_bytes(b"", "ผลงาน.csv")
    assert caught.value.text.th == "ไฟล์ ผลงาน.csv: เป็นไฟล์ว่าง"


def test_missing_file_is_refused(tmp_path: Path):
    with pytest.raises(FileRefused, match="no such file"):
        read_file(tmp_path / "a.csv")


def test_folder_is_refused(tmp_path: Path):
    with pytest.raises(FileRefused, match="not a file"):
        read_file(tmp_path)


def test_file_is_known_by_its_name_size_and_hash(tmp_path: Path):
    path = tmp_path / "ผลงาน.csv"
    path.write_bytes(b"abc")
    file = read_file(path)
    assert (file.name, file.size, file.sha256[:8]) == ("ผลงาน.csv", 3, "ba7816bf")


@BOOKS
def test_damage_is_refused_or_read_but_never_a_crash(make: Callable[[], bytes], name: str):
    chance, content = random.Random(name), make()
    for _ in range(60):
        damaged = bytearray(content)
        for _ in range(chance.choice([1, 5, 50])):
            damaged[chance.randrange(8, len(damaged))] = chance.randrange(256)
        with contextlib.suppress(FileRefused):
            read_bytes(bytes(damaged), name)


def test_result_can_cross_to_another_process():
    file = read_bytes(xlsx_book(), "ผล.xlsx")
    assert pickle.loads(pickle.dumps(file)) == file
