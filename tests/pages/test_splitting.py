"""Handing a target down and revising one, as Streamlit runs the two parts of the cascade page."""

import re

import pytest

from kpi_metrics import scorecard, targeting, typed
from kpi_metrics.access import EVERYTHING
from pages.components import store
from tests.kpi_metrics.small_office import copy_database
from tests.pages.running import html, run, text

PALM = {"id": "11.2", "owner": "84"}  # 2,280 for the province, of which 30 are not handed down
REVISED = {"id": "11.2", "owner": "8411", "part": "revise"}  # 104, from April 74


@pytest.fixture(autouse=True)
def province(_demo_file, tmp_path, monkeypatch):
    """The demo province in a database of its own."""
    monkeypatch.setenv("KPI_DATABASE", str(copy_database(_demo_file, tmp_path)))
    yield
    store.ledger().close()


def page(**params):
    return run("pages/cascade_page.py", **{"year": "2569", "month": "8", "part": "split"} | params)


def box(app, name):
    return next(each for each in app.text_input if re.fullmatch(rf"(split|revise)_\d+_\d+_{name}", each.key))


def fill(app, **texts):
    """Type into boxes by the end of their key, ``o_8406`` being that of an owner."""
    for name, value in texts.items():
        box(app, name.removeprefix("o_")).input(value)
        app = app.run()
    return app


def take(app, way):
    return next(each for each in app.radio if each.key.endswith("_way")).set_value(way).run()


def tick(app, owner):
    each = next(each for each in app.checkbox if each.key.endswith(f"_tick_{owner}"))
    return each.set_value(not each.value).run()


def press(app, key):
    return app.button(key=key).click().run()


def save(app, name, by="สมหญิง"):
    app = press(app, f"{name}_look_button")
    app.text_input(key="signature_box").input(by).run()
    return press(app, f"{name}_save")


def targets(month=8, kpi="11.2"):
    rows = scorecard.scorecard(store.ledger(), EVERYTHING, year=2569, month=month, kpi=kpi).to_dict("records")
    return {row["owner_id"]: row["target"] for row in rows}


# Handing down


def test_what_is_not_handed_down_is_told_from_the_start():
    assert "รวม 2,250 จากเป้าหมาย 2,280 ราย · เหลือแบ่ง 30" in text(page(**PALM))


def test_a_sum_that_is_off_is_marked():
    assert 'class="sum off"' in html(page(**PALM))


def test_a_way_fills_the_boxes_and_the_sum_adds_up():
    app = take(page(**PALM), "equal")
    assert (box(app, "8406").value, 'class="sum"' in html(app)) == ("114", True)


def test_a_split_is_saved_and_ends_in_a_receipt():
    app = save(fill(take(page(**PALM), "equal"), reason="จัดสรรใหม่"), "split")
    assert re.search(r"แบ่งเป้าหมายแล้ว.*B00040", text(app))
    assert (targets()["8406"], targets(month=7)["8406"]) == (114, 135)


def test_nothing_is_saved_without_a_name():
    app = save(fill(take(page(**PALM), "equal"), reason="จัดสรรใหม่"), "split", by=" ")
    assert "ใส่ชื่อผู้บันทึกก่อน" in text(app)
    assert targets()["8406"] == 135


def test_nothing_is_saved_without_a_reason():
    app = take(page(**PALM), "equal")
    assert "ยังไม่ได้บอกเหตุผล" in text(app)
    assert [each.key for each in app.button if each.key == "split_look_button"] == []


def test_what_was_typed_by_hand_outlives_another_way():
    app = take(fill(page(**PALM), o_8406="200"), "equal")
    assert "แก้ตัวเลขเองไว้ 1 ช่อง" in text(app)
    assert box(app, "8406").value == "200"


def test_what_was_typed_by_hand_can_be_given_up_and_brought_back():
    app = press(take(fill(page(**PALM), o_8406="200"), "equal"), "split_propose")
    given_up = box(app, "8406").value
    assert (given_up, box(press(app, "split_back"), "8406").value) == ("114", "200")


def test_who_is_unticked_leaves_the_others_more():
    app = tick(take(page(**PALM), "equal"), "8415")  # whose people still bring 94
    assert (box(app, "8401").value, "สิ้นสุดการถือตั้งแต่ พ.ค. 2569" in text(app)) == ("116", True)


def test_parts_that_do_not_add_up_are_saved_only_when_asked_to():
    app = fill(page(**PALM), o_8406="150", reason="ตามมติ")
    assert [each.key for each in app.button if each.key == "split_look_button"] == []
    ask = next(each for each in app.checkbox if "_off_" in each.key)
    save(ask.check().run(), "split")
    assert targets()["8406"] == 150


def test_what_is_wrong_with_a_part_is_told():
    shown = text(fill(page(**PALM), o_8406="สิบ", o_8407="-4", o_8410="10.5"))
    assert all(wrong in shown for wrong in ("ไม่ใช่ตัวเลข", "เป้าหมายติดลบ", "นับเป็นจำนวนเต็ม"))


def test_a_column_is_pasted_as_the_base():
    app = take(page(**PALM), "column")
    [area] = [each for each in app.text_area if each.key.endswith("_paste")]
    app = area.input("เมืองสุราษฎร์ธานี\t10\nกาญจนดิษฐ์\t30\nหาดใหญ่\t5").run()
    app = press(app, "split_paste")
    assert (box(app, "base_8402").value, box(app, "8402").value) == ("30", "1710")
    assert "หาดใหญ่ 5: ไม่มีชื่อนี้ในรายการ" in re.sub(r"\s+", " ", text(app))


def test_who_has_no_base_is_named():
    app = take(page(**PALM), "column")
    app = fill(app, base_8401="10")
    assert (text(app).count("ยังไม่มีฐาน จึงไม่ได้ส่วนแบ่ง"), text(app).count("ช่องนี้ว่าง")) == (19, 0)


def test_a_target_that_is_no_sum_is_handed_down_whole():
    app = press(fill(page(id="1.1", owner="84"), o_8406="90"), "split_same")
    assert box(app, "8406").value == "100"


def test_what_has_no_target_of_its_own_cannot_be_handed_down():
    shown = html(page(id="2.1", owner="P841102"))
    assert "จึงยังไม่มีอะไรให้แบ่ง" in shown
    assert "part=revise" in shown


def test_parts_may_hold_from_another_month():
    app = page(**PALM)
    [month] = [each for each in app.selectbox if each.key.endswith("_month")]
    app = take(month.set_value(10).run(), "equal")
    save(fill(app, reason="จัดสรรใหม่"), "split")
    assert (targets()["8406"], targets(month=10)["8406"]) == (135, 114)


def test_a_forged_box_is_not_listened_to():
    app = take(page(**PALM), "equal")
    app.session_state[box(app, "8406").key.replace("8406", "8499")] = "5"
    save(fill(app, reason="จัดสรรใหม่"), "split")
    assert "8499" not in targets()


def test_a_split_of_data_that_has_moved_is_looked_at_again():
    app = press(fill(take(page(**PALM), "equal"), reason="จัดสรรใหม่"), "split_look_button")
    app.text_input(key="signature_box").input("สมหญิง").run()
    store.ledger().void("B00039", why="ทดสอบ", by="สมศรี")
    app = press(app, "split_save")
    assert "ข้อมูลเปลี่ยนไปหลังจากที่ดูผล" in text(app)
    assert targets()["8406"] == 135


@pytest.fixture
def odd_office(_odd_file, tmp_path_factory, monkeypatch):
    """The odd office (see odd_office) in a database of its own."""
    monkeypatch.setenv("KPI_DATABASE", str(copy_database(_odd_file, tmp_path_factory.mktemp("odd"))))


@pytest.mark.usefixtures("odd_office")
def test_a_name_is_no_more_than_a_name_in_a_label():
    cells = {"fiscal_year": "2569", "kpi_id": "1.2", "owner_id": "84", "target": "100"}
    typed.save(store.ledger(), typed.examine(store.ledger(), "x", "targets", [cells]), "x")
    app = page(id="1.2", owner="84")
    labels = [each.label for each in (*app.checkbox, *app.text_input)]
    assert sum("evil" in label for label in labels) == 2
    assert not any(re.search(r"(?<!\\)[\[\]<]", label) for label in labels)


# Revising


def test_versions_stand_side_by_side_with_achievement_under_each():
    assert "เป้าเดิม 104 → เป้าใหม่ 74 ราย · ผลสัมฤทธิ์เทียบเป้าเดิม 56.7 % / เป้าใหม่ 79.7 %" in text(page(**REVISED))


def test_a_revision_is_compared_before_it_is_saved():
    assert "เป้าเดิม 74 → เป้าใหม่ 60 ราย" in text(fill(page(**REVISED), target="60", reason="แล้ง"))


def test_a_revision_is_saved_from_its_month_on():
    save(fill(page(**REVISED), target="60", reason="แล้ง"), "revise")
    assert [targets(month)["8411"] for month in (6, 7, 8)] == [104, 74, 60]


def test_a_revision_of_the_same_day_says_what_it_replaces():
    app = page(**REVISED)
    [month] = [each for each in app.selectbox if each.key.endswith("_month")]
    shown = text(fill(month.set_value(7).run(), target="60", reason="แล้ง"))
    assert "แทนที่ฉบับที่ 2 ซึ่งเริ่มวันเดียวกัน (1 เม.ย. 2569)" in shown


def test_a_revision_without_a_reason_is_refused_in_words():
    assert "ยังไม่ได้บอกเหตุผลที่ปรับเป้าหมาย" in text(fill(page(**REVISED), target="60"))


def test_a_plan_that_falls_is_refused_in_words():
    app = fill(page(**REVISED), target="60", reason="แล้ง", **{f"plan_m{month}": "50" for month in range(1, 12)})
    assert "แผนสะสมลดลงจากเดือนก่อน" in text(fill(app, plan_m12="40"))


def test_a_plan_is_filled_in_equal_parts():
    app = page(**REVISED)
    app = app.multiselect[0].set_value([7, 8]).run()
    app = press(app, "revise_spread")
    assert [box(app, f"plan_m{month}").value for month in (6, 7, 8, 12)] == ["0", "50", "100", "100"]


def test_a_kpi_is_ended_with_a_reason():
    app = page(**REVISED)
    app = next(each for each in app.radio if each.key.endswith("_deed")).set_value("end").run()
    save(fill(app, reason="ย้ายงาน"), "revise")
    last = targeting.versions(store.ledger(), EVERYTHING, kpi="11.2", owner="8411", year=2569)[-1]
    assert (last.is_end, last.given.reason, last.given.from_date.isoformat()) == (True, "ย้ายงาน", "2026-05-01")


def test_a_first_target_is_set_without_a_reason():
    save(fill(page(id="2.1", owner="P841102", part="revise"), target="3"), "revise")
    assert targets(kpi="2.1")["P841102"] == 3


@pytest.mark.parametrize("params", [PALM, REVISED], ids=["split", "revise"])
def test_looking_back_has_no_boxes(params):
    app = page(**params, as_of="2026-06-01T09:00:00")
    assert (list(app.text_input), "กำลังดูข้อมูลย้อนหลัง" in text(app)) == ([], True)


@pytest.mark.parametrize("params", [PALM, REVISED], ids=["split", "revise"])
def test_the_part_is_english_when_asked(params):
    headings = re.findall(r"<th [^>]*>(.*?)</th>|<h2>([^—<]*)", html(page(**params, lang="en")))
    assert headings
    assert not re.search("[\u0e00-\u0e7f]", str(headings).replace("ราย", ""))


def test_a_revision_that_leaves_the_sums_off_says_so_before_it_is_saved():
    shown = text(fill(page(id="11.2", owner="8411", part="revise"), target="60", reason="ภัยแล้ง"))
    assert "ข้างล่างถืออยู่รวม 74 ราย เป้าใหม่ 60 จึงไม่เท่ากัน" in shown
    assert "เป้าหมายของต้นสังกัด 2,280 ราย แต่ข้างล่างจะรวมได้ 2,236" in shown
