import csv
import io
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from kpi_metrics import intake
from kpi_metrics.ingest.check import check
from kpi_metrics.model import Checked, FileRefused, Finding, Place, Text
from kpi_metrics.reports import annotated
from kpi_metrics.reports.annotated import annotate
from tests.kpi_metrics.ingest.checking import PROVINCE
from tests.kpi_metrics.reports.entry_office import bytes_of, open_book
from tests.office_suite import saved_again

LONG = ["ปีงบประมาณ", "เดือน", "รหัสตัวชี้วัด", "อำเภอ", "ผลงาน", "หมายเหตุ"]
GOOD = [2569, 1, "count", "ไชยา", 5]
UNKNOWN = [2569, 2, "count", "ไชยาา", 6]  # an unknown office in D
NO_NUMBER = [2569, 3, "count", "ไชยา", "มาก"]  # no number in E
OVER = [2569, 4, "mean", "ไชยา", 120]  # a percent over 100 in E: to be looked at
RED, AMBER = "FFFCA5A5", "FFFCD34D"


def book(*rows, sheet="ผลงาน"):
    made = openpyxl.Workbook()
    made.active.title = sheet
    for row in rows:
        made.active.append(row)
    return made


def checked(content, name="book.xlsx"):
    reading = intake.read([intake.Upload(name, content)])
    return check(reading.files, PROVINCE)


def given_back(content, name="book.xlsx"):
    return open_book(annotate(name, content, checked(content, name))[1])


def notes(sheet):
    """Cell → its colour and the first words of its note."""
    return {
        cell.coordinate: (cell.fill.fgColor.rgb, cell.comment.text.splitlines()[0])
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def listed(found):
    """The rows of the list under its header."""
    rows = list(found["ข้อที่ต้องแก้"].iter_rows(values_only=True))
    return rows[next(number for number, row in enumerate(rows) if row[0] == "ลำดับ") + 1 :]


# --- beside the cells


def test_a_bad_cell_is_red_and_one_to_look_at_amber():
    sheet = given_back(bytes_of(book(LONG, GOOD, UNKNOWN, NO_NUMBER, OVER)))["ผลงาน"]
    assert notes(sheet) == {"D3": (RED, "พบ: ไชยาา"), "E4": (RED, "พบ: มาก"), "E5": (AMBER, "พบ: 120")}


def test_a_note_says_what_is_wrong_and_what_would_be_right_thai_first():
    said = given_back(bytes_of(book(LONG, UNKNOWN)))["ผลงาน"]["D2"].comment.text
    parts = ["ปัญหา: ไม่รู้จักหน่วยงาน", "ที่ถูกต้อง: ", "ไชยา (8406)", "Problem: no such office", "What would be right: "]
    assert sorted(parts, key=said.find) == parts
    assert all(part in said for part in parts)


def test_a_title_that_says_the_headers_word_is_no_header():
    sheet = given_back(bytes_of(book(["ผลงาน"], LONG, NO_NUMBER)))["ผลงาน"]
    assert list(notes(sheet)) == ["E3"]


def test_a_month_of_a_wide_sheet_is_found():
    sheet = given_back(bytes_of(book(["ปีงบประมาณ", "รหัส", "อำเภอ", "ต.ค.", "พ.ย."], [2569, "count", "ไชยา", 1, "มาก"],
                                     sheet="ผลรายเดือน")))["ผลรายเดือน"]  # fmt: skip
    assert list(notes(sheet)) == ["E2"]


def test_a_column_under_a_merged_title_is_found():
    made = book(["ปีงบประมาณ", "เดือน", "รหัส", "อำเภอ", "ผลการดำเนินงาน", None], [None, None, None, None, "ตัวตั้ง", "ตัวหาร"],
                [2569, 1, "ratio", "ไชยา", 5, "มาก"])  # fmt: skip
    made.active.merge_cells("E1:F1")
    for letter in "ABCD":
        made.active.merge_cells(f"{letter}1:{letter}2")
    assert list(notes(given_back(bytes_of(made))["ผลงาน"])) == ["F3"]


def test_in_a_merged_cell_the_note_stands_at_its_head():
    made = book(LONG, UNKNOWN, [2569, 3, "count", None, 6])
    made.active.merge_cells("D2:D3")
    assert list(notes(given_back(bytes_of(made))["ผลงาน"])) == ["D2"]


def test_what_has_no_cell_is_told_at_the_first_cell_of_its_row():
    content = bytes_of(book(LONG, GOOD))
    finding = Finding("odd", Place("book.xlsx", "ผลงาน", 2, "ไม่มี"), "", Text("ผิด", "wrong"), Text("ถูก", "right"))
    found = open_book(annotate("book.xlsx", content, Checked((), (finding,), ()))[1])
    assert list(notes(found["ผลงาน"])) == ["A2"]


# --- the list


def test_every_finding_is_listed_with_a_link_to_its_cell():
    found = given_back(bytes_of(book(LONG, OVER, UNKNOWN)))
    links = [cell.hyperlink.location for row in found["ข้อที่ต้องแก้"].iter_rows() for cell in row if cell.hyperlink]
    assert [row[1:6] for row in listed(found)] == [
        ("ข้อผิดพลาด", "ผลงาน", "D3", "อำเภอ", "ไชยาา"),
        ("ควรตรวจสอบ", "ผลงาน", "E2", "ผลงาน", "120"),
    ]
    assert links == ["'ผลงาน'!D3", "'ผลงาน'!E2"]


def test_what_is_wrong_with_a_whole_sheet_is_listed_too():
    found = given_back(bytes_of(book(["ปีงบประมาณ", "เดือน"], [2569, 1])))
    assert [row[1] for row in listed(found)] == ["ข้อผิดพลาด"]


def test_only_what_was_found_in_the_file_itself_is_listed():
    content = bytes_of(book(LONG, UNKNOWN))
    both = checked(content)
    assert listed(open_book(annotate("other.xlsx", content, both)[1])) == []


def test_the_list_is_what_is_seen_first():
    found = given_back(bytes_of(book(LONG, UNKNOWN)))
    assert (found.sheetnames, found.active.title) == (["ข้อที่ต้องแก้", "ผลงาน"], "ข้อที่ต้องแก้")


def test_no_text_in_it_runs():
    found = given_back(bytes_of(book(LONG, [2569, 1, "count", "@SUM(1)", 5])))
    cell = next(cell for row in found["ข้อที่ต้องแก้"].iter_rows() for cell in row if cell.value == "'@SUM(1)")
    assert cell.data_type == "s"


def test_past_2000_cells_there_is_the_list_and_it_says_so():
    found = given_back(bytes_of(book(LONG, *([2569, 1, f"x{n}", "ไชยา", 1] for n in range(2005)))))
    said = [row[0] for row in found["ข้อที่ต้องแก้"].iter_rows(max_row=5, values_only=True)]
    assert (len(notes(found["ผลงาน"])), len(listed(found)), "2,000 ช่องแรก" in said[4]) == (2000, 2005, True)


# --- the rest of the workbook


def test_formats_formulas_and_others_notes_stay():
    made = book(LONG, UNKNOWN, GOOD)
    made.active["D2"].font = Font(bold=True)
    made.active["D2"].comment = Comment("ถามอำเภอแล้ว", "สมหญิง")
    made.active["E3"] = "=2+3"
    sheet = given_back(bytes_of(made))["ผลงาน"]
    assert (sheet["D2"].font.bold, sheet["E3"].value) == (True, "=2+3")
    assert "ถามอำเภอแล้ว" in sheet["D2"].comment.text


def test_text_that_looks_like_a_formula_stays_text():
    lines = [LONG, [*NO_NUMBER, "=1+1"]]
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    sheet = given_back(text.getvalue().encode("utf-8-sig"), "ผลงาน.csv")["ผลงาน"]
    assert (sheet["F2"].value, sheet["F2"].data_type) == ("=1+1", "s")


@pytest.mark.parametrize(("limit", "sheets"), [("REBUILT_FROM", ["ข้อที่ต้องแก้", "ผลงาน"]), ("MOST_CELLS", ["ข้อที่ต้องแก้"])])
def test_a_large_workbook_is_built_from_its_rows_or_only_listed(monkeypatch, limit, sheets):
    monkeypatch.setattr(annotated, limit, 1)
    found = given_back(bytes_of(book(LONG, UNKNOWN)))
    assert (found.sheetnames, len(listed(found))) == (sheets, 1)


def test_areas_merged_beyond_reason_are_left_out():
    made = book(LONG, UNKNOWN)
    made.active.merge_cells("H1:I2")
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bytes_of(made))) as plain, zipfile.ZipFile(content, "w") as hostile:
        for path in plain.namelist():
            hostile.writestr(path, plain.read(path).replace(b"H1:I2", b"H1:XFD1048576"))
    assert list(notes(given_back(content.getvalue())["ผลงาน"])) == ["D2"]


def test_what_cannot_be_read_is_refused():
    with pytest.raises(FileRefused, match=r"book\.xlsx"):
        annotate("book.xlsx", b"nothing", Checked((), (), ()))


# --- sent again


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_corrected_it_is_clean(suffix):
    content = saved_again(bytes_of(book(LONG, GOOD, UNKNOWN)), suffix)
    name, found = annotate(f"x.{suffix}", content, checked(content, f"x.{suffix}"))
    mended = open_book(found)
    mended["ผลงาน"]["D3"] = "ไชยา"
    again = checked(bytes_of(mended), name)
    assert (name, len(again.records), again.rejections, again.warnings) == ("x_ตรวจแล้ว.xlsx", 2, (), ())


def test_a_csv_keeps_its_table_and_its_rows():
    text = "fiscal_year,month,kpi_id,owner_id,value\n2569,1,count,8406,5\n\n2569,2,count,8499,6\n"
    name, found = annotate("results_1.csv", text.encode(), checked(text.encode(), "results_1.csv"))
    mended = open_book(found)
    assert list(notes(mended["results"])) == ["D4"]
    mended["results"]["D4"] = "8412"
    assert [each.record.owner_id for each in checked(bytes_of(mended), name).records] == ["8406", "8412"]


def test_saved_by_another_program_it_says_the_same():
    found = annotate("x.xlsx", content := bytes_of(book(LONG, GOOD, UNKNOWN)), checked(content, "x.xlsx"))[1]
    again = checked(saved_again(found, "xlsx"))
    assert [(each.found, each.place.row) for each in again.rejections] == [("ไชยาา", 3)]
    assert again.warnings == ()


def test_a_mended_cell_loses_its_note_and_colour_when_checked_again():
    mended = given_back(bytes_of(book(LONG, UNKNOWN, NO_NUMBER)))
    mended["ผลงาน"]["D2"] = "ไชยา"
    again = given_back(bytes_of(mended), "book_ตรวจแล้ว.xlsx")
    assert again.sheetnames == ["ข้อที่ต้องแก้", "ผลงาน"]
    assert (list(notes(again["ผลงาน"])), again["ผลงาน"]["D2"].fill.fill_type) == (["E3"], None)
