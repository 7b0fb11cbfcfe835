"""Pages of an office with odd words and decisions of its own (see odd_office), and of next to nothing."""

import re

import pytest

from tests.pages.running import framed, html, run, text


@pytest.mark.usefixtures("empty")
def test_an_empty_database_is_answered_with_the_first_steps():
    assert "Ctrl+C" in text(run("dashboard.py"))


@pytest.mark.usefixtures("without_targets")
@pytest.mark.parametrize(
    ("file", "id"),
    [
        ("dashboard.py", ""),
        ("pages/owner_page.py", "8401"),
        ("pages/kpi_page.py", "1.1"),
        ("pages/person_page.py", "P1"),
    ],
)
def test_a_year_without_targets_is_answered_with_what_to_do(file, id):
    assert "นำเข้าเป้าหมายของปีนี้" in text(framed(file, id=id))


@pytest.mark.usefixtures("odd")
def test_a_score_somebody_set_is_shown_with_who_why_and_what_was_computed():
    shown = text(run("pages/person_page.py", id="P1", month="2"))
    assert re.search("คะแนน 4.25 เป็นคะแนนที่ หัวหน้า ปรับ เพราะน้ำท่วม.*คะแนนที่คำนวณได้ 4.00", shown)


@pytest.mark.usefixtures("odd")
def test_a_kpi_left_out_of_a_round_is_printed():
    assert re.search(
        r"ไม่นำมาประเมินในรอบที่ 1: 1.2.*ลาป่วย \(หัวหน้า\)", text(run("pages/person_page.py", id="P1", month="2"))
    )


@pytest.mark.usefixtures("odd")
def test_an_office_without_a_rank_is_told_why():
    assert "ประเมินได้ไม่ถึงร้อยละ 80 ของน้ำหนัก" in text(run("pages/owner_page.py", id="8402", month="2"))


@pytest.mark.usefixtures("odd")
def test_settings_other_than_usual_are_named_on_the_page():
    assert "เป็นไปตามแผนตั้งแต่ร้อยละ 89 ของแผน (ปกติ 100)" in text(run("dashboard.py", month="2"))


@pytest.mark.usefixtures("odd")
@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize(
    ("file", "params"),
    [
        ("dashboard.py", {}),
        ("pages/owner_page.py", {}),
        ("pages/owner_page.py", {"id": "8401"}),
        ("pages/kpi_page.py", {}),
        ("pages/kpi_page.py", {"id": "1.1"}),
        ("pages/kpi_page.py", {"id": "1.1", "owner": "P1"}),
        ("pages/person_page.py", {}),
        ("pages/person_page.py", {"id": "P1"}),
        ("pages/person_page.py", {"id": "P1", "part": "appraisal"}),
    ],
)
def test_no_word_of_the_data_becomes_markup(file, params, lang):
    shown = html(run(file, lang=lang, month="2", **params))
    assert "&lt;img" in shown
    assert not re.search(r"<img src=x|<script|<i>ผู้ส่ง|<b>นักวิชาการ|href=.javascript", shown)
