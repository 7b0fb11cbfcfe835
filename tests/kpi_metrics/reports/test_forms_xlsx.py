"""The papers as a workbook: figures are numbers, nothing runs, print set-up A4."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from kpi_metrics.reports.forms import to_xlsx
from tests.kpi_metrics.reports.example_form import form, line


def book(*forms):
    return openpyxl.load_workbook(BytesIO(to_xlsx(*forms)))


def cells(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def beside(sheet, text):
    """The numbers of the row that begins with a text."""
    [row] = [row for row in sheet.iter_rows() if str(row[0].value).startswith(text)]
    return [cell.value for cell in row[1:] if isinstance(cell.value, int | float)]


@pytest.mark.parametrize(
    ("sheet", "text", "numbers"),
    [
        ("แบบสรุป", "องค์ประกอบที่ ๑", [73.11, 70, 51.1778]),
        ("แบบสรุป", "องค์ประกอบที่ ๒", [85, 30, 25.5]),
        ("แบบสรุป", "รวม", [100, 76.68]),
        ("ผลสัมฤทธิ์ของงาน", "๑.๑", [60, 70, 80, 90, 100, 3.6556, 100, 3.6556]),
        ("ผลสัมฤทธิ์ของงาน", "แปลงคะแนนรวม", [73.11]),
    ],
)
def test_figures_are_numbers_as_printed(sheet, text, numbers):
    made = book(form(line(score=3.65555555), behaviour=85.0, final=76.67777))
    assert beside(made[sheet], text) == numbers


def test_numbers_are_shown_in_thai_digits():
    formats = {cell.number_format for cell in cells(book(form())["แบบสรุป"]) if isinstance(cell.value, int | float)}
    assert all(each.startswith("[$-D00041E]") for each in formats)


def test_nothing_runs():
    made = book(form(line(name="=1+1"), office="=HYPERLINK(1)", remarks={"superior": "+1", "assessee": "@x"}))
    active = [cell.value for sheet in made for cell in cells(sheet) if cell.data_type == "f"]
    begun = [cell.value for sheet in made for cell in cells(sheet) if str(cell.value).startswith(("=", "+", "@", "-"))]
    assert (active, begun) == ([], [])


def test_both_sheets_print_on_a4_as_wide_as_the_page():
    setup = [
        (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight, sheet.page_setup.orientation)
        for sheet in book(form())
    ]
    assert setup == [(9, 0, "portrait"), (9, 0, "landscape")]


def test_the_sheets_of_many_are_told_apart_by_the_position():
    names = book(form(), replace(form(), person_id="P2")).sheetnames
    assert names == ["P840102 แบบสรุป", "P840102 ผลสัมฤทธิ์ของงาน", "P2 แบบสรุป", "P2 ผลสัมฤทธิ์ของงาน"]
