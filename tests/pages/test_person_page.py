"""What the person page says of how somebody is doing, where they were, and what they hand over."""

import re
import shutil

import pytest

from tests.pages.running import html, run, text

MOVED = "P840107"  # from 8401 to 8402 on 1 April 2569


def person(id, **params):
    return run("pages/person_page.py", id=id, year="2569", month="8", **params)


def test_both_views_stand_in_the_headline(demo):
    shown = text(person(MOVED))
    assert re.search(r"5\.00\s+จาก 5.*เทียบเป้าหมายทั้งปี\s+3\.35", shown)


def test_what_to_do_first_is_what_the_next_level_is_worth_most_for(demo):
    gains = re.findall(r"คะแนนรวม \+(\d+\.\d+)", text(person(MOVED)))
    assert len(gains) > 1
    assert gains == sorted(gains, reverse=True)


def test_what_is_to_be_done_stands_in_words(demo):
    assert "ต้องทำอีกเดือนละ 3 ราย ถึงสิ้นปี · ขาดอีก 2 ราย จะได้ระดับ 4 ของทั้งปี" in text(person(MOVED))


def test_who_moved_is_told_from_where_to_where_and_when(demo):
    assert re.search("ย้ายจาก .*เมืองสุราษฎร์ธานี มา .*กาญจนดิษฐ์ เมื่อ 1 เม.ย. 2569", text(person(MOVED)))


def test_a_move_still_to_come_is_not_told(demo):
    assert "ย้ายจาก" not in text(run("pages/person_page.py", id=MOVED, year="2569", month="6"))


def test_each_place_shows_its_own_part_beside_the_year(demo):
    assert re.search(r"4\.1 .*40 ราย\s+รายงาน 6 เดือน\s+22 ราย\s+รายงาน 2 เดือน\s+62 ราย", text(person(MOVED)))


def test_who_stayed_has_no_parts(demo):
    assert "ส่วนของแต่ละสังกัด" not in text(person("P840102"))


def test_the_handover_tells_target_done_and_remaining(demo):
    assert re.search(r"4\.1 \S+ \S+\s+71 ราย\s+62 ราย\s+9 ราย", text(person(MOVED, part="handover")))


def test_the_handover_has_lines_to_sign(demo):
    assert re.search("ผู้ส่งมอบ.*ผู้รับมอบ.*หัวหน้าหน่วยงาน", text(person(MOVED, part="handover")))


def test_the_parts_are_english_when_asked(demo):
    shown = text(person(MOVED, part="handover", lang="en"))
    assert re.search("Moved from .* to .* on 1 Apr 2026.*Handover sheet", shown)


@pytest.fixture
def own_demo(_demo_file, tmp_path, monkeypatch):
    """A demo of its own, to write into."""
    for path in _demo_file.parent.glob(f"{_demo_file.name}*"):
        shutil.copyfile(path, tmp_path / path.name)
    monkeypatch.setenv("KPI_DATABASE", str(tmp_path / _demo_file.name))


def box(app, kind, label):
    return next(each for each in getattr(app, kind) if each.label == label)


def test_a_move_asks_for_a_reason(own_demo):
    app = person("P840207", part="handover")
    app = box(app, "selectbox", "หน่วยงานใหม่").select("8403").run()
    assert "ยังไม่ได้บอกเหตุผล" in html(app)


def test_a_move_is_looked_at_signed_and_saved(own_demo):
    app = person("P840207", part="handover")
    app = box(app, "selectbox", "หน่วยงานใหม่").select("8403").run()
    app = box(app, "text_input", "เหตุผล").input("คำสั่งย้าย").run()
    app = app.button(key="move_look_button").click().run()
    app = box(app, "text_input", "ชื่อผู้บันทึก").input("นางทดสอบ").run()
    app = app.button(key="move_save").click().run()
    assert "บันทึกการย้ายแล้ว" in html(app)
    after = text(run("pages/person_page.py", id="P840207", year="2569", month="9"))
    assert re.search("ย้ายจาก .*กาญจนดิษฐ์ มา .*ดอนสัก เมื่อ 1 มิ.ย. 2569", after)
