"""A person's set of KPIs as Streamlit runs it: choosing, the sum in sight, saving, and whose KPIs it feeds."""

import re

import pytest

from kpi_metrics import cascade, typed
from kpi_metrics.access import EVERYTHING
from pages.components import store
from tests.kpi_metrics.small_office import copy_database
from tests.pages.running import html, run, text

WHO = "P840407"  # holds 1.1, 4.1 and 13.2 with weights 50, 25, 25, all prescribed


@pytest.fixture(autouse=True)
def province(_demo_file, tmp_path, monkeypatch):
    """The demo province in a database of its own."""
    monkeypatch.setenv("KPI_DATABASE", str(copy_database(_demo_file, tmp_path)))
    yield
    store.ledger().close()


def page(who=WHO, **params):
    return run("pages/person_page.py", id=who, part="set", **params)


def box(app, name):
    return next(each for each in app.text_input if each.key.endswith(f"_{name}"))


def tick(app, kpi):
    return next(each for each in app.checkbox if each.key.endswith(f"_tick_{kpi}"))


def take_up(app, kpi):
    more = next(each for each in app.selectbox if "_more_" in each.key)
    return more.set_value(kpi).run()


def held():
    rows = cascade.holders(store.ledger(), EVERYTHING, year=2569, month=8, owner=WHO)
    return dict(zip(rows["kpi_id"], rows["weight"], strict=True))


def save(app, by="สมหญิง"):
    box(app, "reason").input("จัดชุดใหม่").run()
    app.button(key="set_look_button").click().run()
    app.text_input(key="signature_box").input(by).run()
    return app.button(key="set_save").click().run()


def test_the_title_says_what_of_the_set_is_to_be_put_right():
    assert "ถือ 3 ตัวชี้วัด ต้องแก้ ตัวชี้วัดน้อยเกินไป, ตัวชี้วัดบังคับน้อยเกินไป" in text(page())


def test_a_kpi_without_a_weight_is_to_be_put_right_though_the_others_come_to_100():
    handed = {"fiscal_year": "2569", "kpi_id": "3.1", "owner_id": "P840605", "from_date": "2026-05-01", "target": "6"}
    typed.save(store.ledger(), typed.examine(store.ledger(), "แบ่งเป้าหมาย", "targets", [handed]), "สมหญิง")
    assert "ต้องแก้ ไม่มีน้ำหนัก 1 ตัวชี้วัด" in text(page("P840605"))


def test_what_is_held_stands_in_the_boxes():
    app = page()
    assert [box(app, f"{kpi}_weight").value for kpi in ("1.1", "4.1", "13.2")] == ["50", "25", "25"]


def test_the_sum_follows_what_is_typed():
    app = box(page(), "1.1_weight").input("40").run()
    assert "น้ำหนักรวม 90 จาก 100" in text(app)


def test_a_kpi_of_the_office_can_be_taken_up():
    app = take_up(page(), "7.1")
    assert (box(app, "7.1_target").value, tick(app, "7.1").value) == ("100", True)
    assert "รวม 4 ตัวชี้วัด บังคับ 4" in text(app)


def test_a_part_of_a_target_is_for_a_person_to_say():
    assert box(take_up(page(), "1.2"), "1.2_target").value == ""


def test_what_is_let_go_of_is_said_to_end():
    assert "สิ้นสุดการถือตั้งแต่ พ.ค. 2569 ผลที่รายงานไว้แล้วยังอยู่" in text(tick(page(), "4.1").uncheck().run())


def test_a_mistake_is_told_at_its_kpi_and_stays_in_its_box():
    app = box(page(), "4.1_target").input("เจ็ด").run()
    assert re.search(r"บันทึกไม่ได้\s+เจ็ด", text(app))
    assert box(app, "4.1_target").value == "เจ็ด"


def test_what_stands_is_not_changed_without_a_reason():
    app = box(page(), "4.1_target").input("70").run()
    assert "ยังไม่ได้บอกเหตุผลที่ปรับเป้าหมาย" in text(app)
    assert "set_look_button" not in [button.key for button in app.button]


def test_a_set_is_saved_as_one_batch_with_its_receipt():
    app = take_up(page(), "7.1")
    box(app, "7.1_weight").input("20").run()
    box(app, "1.1_weight").input("30").run()
    app = save(app)
    assert held() == {"1.1": 30, "4.1": 25, "13.2": 25, "7.1": 20}
    assert re.search(r"B00040.*หน้าจอชุดตัวชี้วัดรายบุคคล", text(app))


def test_another_month_brings_what_is_held_there_and_keeps_what_was_typed():
    app = save(tick(page(), "4.1").uncheck().run()).button(key="set_again").click().run()
    app = box(app, "1.1_weight").input("60").run()
    since = next(each for each in app.selectbox if each.key.endswith("_month") and each.key.startswith("set_"))
    app = since.set_value(7).run()
    assert (tick(app, "4.1").value, box(app, "4.1_weight").value, box(app, "1.1_weight").value) == (True, "25", "60")


def test_a_kpi_can_be_made_one_of_ones_own_choice():
    app = page()
    kind = next(each for each in app.radio if each.key.endswith("_kind_1.1"))
    assert "รวม 3 ตัวชี้วัด บังคับ 2" in text(kind.set_value(False).run())


def test_nothing_is_saved_without_a_name():
    before = held()
    shown = text(save(box(page(), "1.1_weight").input("40").run(), by=" "))
    assert "ใส่ชื่อผู้บันทึกก่อน" in shown
    assert held() == before


def test_a_head_is_told_that_the_offices_kpis_count_anyway():
    assert "ในฐานะหัวหน้า สำนักงานเกษตรอำเภอไชยา" in text(page("P840601"))


def test_a_look_back_has_no_boxes():
    assert list(page(as_of="2026-06-01T09:00:00").text_input) == []


def test_each_kpi_says_what_part_of_the_offices_it_is():
    shown = cascade.holders(store.ledger(), EVERYTHING, year=2569, month=8, kpi="4.1").set_index("owner_id")["target"]
    share = 100 * shown[WHO] / shown["8404"]
    assert f"{share:.1f} % ของเป้า {shown['8404']:g}" in text(page())


def test_the_part_is_english_when_asked():
    headings = re.findall(r"<h2>(.*?)</h2>|<th [^>]*>(.*?)</th>", html(page(lang="en")))
    names = "|".join(("เกาะสมุย", "สุราษฎร์ธานี"))  # offices without an English name
    assert not re.search("[\u0e00-\u0e7f]", re.sub(names, "", str(headings)))
