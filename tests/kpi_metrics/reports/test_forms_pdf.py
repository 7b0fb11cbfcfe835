"""The papers as PDF: the words come back out, text stays text, pages are counted for each paper."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest

from kpi_metrics.reports.forms import to_pdf, to_zip
from kpi_metrics.reports.forms.form import Need
from tests.kpi_metrics.reports.example_form import form, line

A4 = (595, 842)


def pages(pdf):
    """The text of each page. A letter under two marks is read twice from any PDF that typst makes: once is enough."""
    read = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    return [re.sub(r"([ก-ฮ][ัิ-ื][่-์])\1+", r"\1", text).replace("\r\n", "\n") for text in read]


def text(*forms):
    return " ".join("".join(pages(to_pdf(*forms))).split())


@pytest.mark.parametrize(
    "words",
    ["น้ำหนัก", "ตำแหน่ง", "ป้ำเป๋อ", "ทั้งสิ้น", "กลั่นกรอง", "ผลสัมฤทธิ์", "ซื่อสัตย์", "ปีที่แล้ว", "ฎีกา", "ญาติ", "เปิดใจ ๑.๒ ไร่"],
)
def test_marks_over_and_under_letters_come_back_as_written(words):
    assert words in text(form(line(name=words)))


def test_the_result_is_printed_in_thai_digits():
    assert "๗๓.๑๑ ๗๐% ๕๑.๑๗๗๘" in text(form(line(score=3.65555555)))


def test_what_stands_in_a_name_is_never_run():
    name = '#panic("x") *หนา* $x^2$ @ref <b> \\ `code` #import "@preview/x:1.0.0"'
    assert name.replace("1.0.0", "๑.๐.๐").replace("^2", "^๒") in text(form(line(name=name)))


def test_every_page_is_a4_and_the_table_of_kpis_lies_on_its_side():
    sizes = [tuple(round(side) for side in page.get_size()) for page in pypdfium2.PdfDocument(to_pdf(form()))]
    assert sizes == [A4, A4, A4, A4[::-1]]


def test_pages_are_counted_for_each_paper_of_each_person():
    made = pages(to_pdf(form(), replace(form(), person_id="P2")))
    assert [re.findall("หน้า (.*)", page)[-1] for page in made] == ["๑/๓", "๒/๓", "๓/๓", "๑/๑"] * 2


def test_a_long_table_goes_on_with_its_header_and_loses_no_row():
    names = [f"ตัวชี้วัดผลงานหมายเลข {letter} {'ซึ่งมีชื่อยาวมาก' * 8}" for letter in "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภม"]
    made = pages(to_pdf(form(*(line(str(n), name=name, weight=100 / 30) for n, name in enumerate(names)))))[3:]
    headed = [("คะแนนตามระดับค่าเป้าหมาย" in page) for page in made]
    found = [sum(f"หมายเลข {letter}" in page for page in made) for letter in "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภม"]
    assert (len(made) > 3, all(headed), found) == (True, True, [1] * 30)


def test_a_plan_of_development_is_printed():
    made = text(form(development=(Need("แผนที่ดิจิทัล", "อบรม", "พ.ค. 2569"),)))
    assert "แผนที่ดิจิทัล อบรม พ.ค. ๒๕๖๙" in made


def test_a_zip_holds_a_pdf_for_each_called_after_the_position():
    packed = zipfile.ZipFile(BytesIO(to_zip([form(), replace(form(), person_id="../P 2")])))
    assert packed.namelist() == ["P840102_2569_2.pdf", "..-P-2_2569_2.pdf"]


def test_progress_is_told_after_each():
    done = []
    to_zip([form(), replace(form(), person_id="P2")], done.append)
    assert done == [1, 1]
