"""Trying results and targets out: scores move on this page, nowhere else, and nothing is saved."""

import re

import pytest

from kpi_metrics import scorecard
from kpi_metrics.access import EVERYTHING
from kpi_metrics.gains import most_gain
from kpi_metrics.what_if import Supposed, suppose
from pages.components import downloads, store
from pages.components.figures import fixed, records, signed
from pages.components.filters import Filters
from tests.pages.running import html, run, text

PERIOD = Filters(2569, 8)
WHO = {"year": "2569", "month": "8", "id": "P840104", "part": "what_if"}
PERSON = "pages/person_page.py"

pytestmark = pytest.mark.usefixtures("demo")


def box(app, kpi_id, which="result", owner_id="P840104"):
    return next(each for each in app.text_input if each.key == f"try_0_2569_8_{owner_id}_{kpi_id}_{which}")


def button(app, key):
    return next(each for each in app.button if each.key == key)


def words(app):
    return " ".join(text(app).split())


def trying(kpi_id="5.2", typed="12", which="result"):
    app = run(PERSON, **WHO)
    box(app, kpi_id, which).set_value(typed)
    return app.run()


def score(owner_id="P840104"):
    [total] = store.rows(scorecard.summary, PERIOD, owner=owner_id)
    return total["score_period"]


def test_a_typed_result_shows_the_total_before_and_after():
    outcome = suppose(store.ledger(), EVERYTHING, [Supposed("P840104", "5.2", result=12)], year=2569, month=8)
    after = outcome.after.summary.set_index("owner_id").loc["P840104", "score_period"]
    assert f"{fixed(score(), 2)} → {fixed(after, 2)} จาก 5" in words(trying())


def test_a_typed_target_moves_the_score_of_its_line():
    assert re.search(r"5\.2 .*? คะแนน 2\.14 → 1\.00", words(trying(typed="100", which="target")))


def test_a_person_sees_what_becomes_of_the_round():
    assert re.search(r"รอบที่ 2 ถึงเดือนนี้ \(จาก 100\) 72.08 → [\d.]+", words(trying("6.1", "75")))


def test_the_offices_above_move_with_it():
    assert re.search(r"คะแนนรวมของ สำนักงานเกษตรจังหวัดสุราษฎร์ธานี [\d.]+ → [\d.]+", words(trying()))


def test_the_page_says_that_nothing_is_saved():
    assert "ทดลองคิด ไม่ได้บันทึก" in words(run(PERSON, **WHO))


def test_nothing_is_saved():
    version = store.ledger().data_version()
    trying()
    assert store.ledger().data_version() == version


def test_one_click_reaches_the_next_level():
    app = button(run(PERSON, **WHO), "next_P840104_6.1").click().run()
    assert box(app, "6.1").value == "75"
    assert re.search(r"6\.1 .*? คะแนน 1\.00 → 2\.00", words(app))


def test_one_click_goes_back():
    app = button(trying(), "what_if_stop").click().run()
    assert box(app, "5.2").value == ""
    assert "→" not in text(app)


@pytest.mark.parametrize(
    ("kpi_id", "typed", "said"), [("5.2", "ห้า", "ไม่ใช่ตัวเลข"), ("6.1", "0.83", "อาจหมายถึงร้อยละ 0.83 หรือ 83")]
)
def test_what_is_no_figure_is_said_at_its_line(kpi_id, typed, said):
    app = trying(kpi_id, typed)
    assert said in words(app)
    assert "→" not in text(app)


def test_a_percent_of_nothing_yet_cannot_be_tried():
    app = run("pages/overview_page.py", year="2569", month="8", part="what_if")
    assert box(app, "2.3", owner_id="84").disabled


def test_a_look_back_tries_nothing_out():
    app = run(PERSON, **WHO, as_of="2026-05-01T00:00:00")
    assert list(app.text_input) == []
    assert "กำลังดูข้อมูลย้อนหลัง จึงลองคิดไม่ได้" in words(app)


def test_the_real_figures_are_one_link_away():
    assert "./owner?year=2569&amp;month=8&amp;id=8406" in html(
        run("pages/owner_page.py", year="2569", month="8", id="8406", part="what_if")
    )


# --- where one more unit helps most


@pytest.fixture
def best():
    return records(most_gain(store.ledger(), EVERYTHING, year=2569, month=8))


def test_the_overview_names_where_one_more_unit_helps_most(best):
    gain = signed(best[0]["gain_per_unit"], 4)
    assert re.search(
        rf"กาญจนดิษฐ์ · 2.1 .*? ทำเพิ่ม 1 แปลง คะแนนของ สุราษฎร์ธานี {re.escape(gain)} \(เหลือ 2 แปลง\)",
        words(run("pages/overview_page.py", year="2569", month="8")),
    )


def test_an_office_page_names_its_people(best):
    [first, *_] = records(most_gain(store.ledger(), EVERYTHING, year=2569, month=8, owner="8406"))
    shown = words(run("pages/owner_page.py", year="2569", month="8", id="8406"))
    assert f"{first['owner_name']} · {first['kpi_id']} " in shown


def test_all_of_them_can_be_taken_along(best):
    written = downloads.written(downloads.to_csv, "gain", best).decode("utf-8-sig")
    assert written.splitlines()[1].startswith("2569,8,2.1,")
    assert len(written.splitlines()) == len(best) + 1
