"""The Report page as Streamlit runs it: what is due, typing it in, closing, coverage and forms."""

import re

import pytest

from kpi_metrics import entering, history, scorecard
from kpi_metrics.access import EVERYTHING
from kpi_metrics.thai.calendar import FiscalMonth
from pages.components import coverage, store
from pages.components.filters import Filters
from pages.components.reporting import blank_forms
from tests.kpi_metrics.small_office import copy_database
from tests.pages.running import html, run, text

PERIOD = Filters(2569, 8)
MAY = FiscalMonth(2569, 8)
WHO = "P841802"  # has reported nothing of May: 1.1 and 1.3 in parts, 1.2 and 4.1 month by month


@pytest.fixture(autouse=True)
def province(_demo_file, tmp_path, monkeypatch):
    """The demo province in a database of its own."""
    monkeypatch.setenv("KPI_DATABASE", str(copy_database(_demo_file, tmp_path)))
    yield
    store.ledger().close()


def page(**params):
    return run("pages/report_page.py", **params)


def box(app, kpi, name="value"):
    return next(each for each in app.text_input if each.key.endswith(f"_{WHO}_{kpi}_{name}"))


def press(app, key):
    return app.button(key=key).click().run()


def typed(**texts):
    """The entry grid of a person with values typed in: ``typed(kpi_1_2="12")``."""
    app = page(id=WHO)
    for kpi, said in texts.items():
        app = box(app, kpi.removeprefix("kpi_").replace("_", ".")).input(said).run()
    return app


def sent(app, by="สมหญิง"):
    app = press(app, "entry_look")
    app.text_input(key="signature_box").input(by).run()
    return press(app, "entry_send")


def stored(kpi, owner=WHO, month=MAY):
    return store.ledger().known().entries.get((month.fiscal_year, month.month, kpi, owner))


def test_the_title_counts_what_came_in():
    sent_in = coverage.count(coverage.of_month(PERIOD))
    words = f"งวด พ.ค. 2569: ส่งแล้ว {sent_in.sent} จาก {sent_in.due} รายการ ค้าง {sent_in.missing}"
    assert words in text(page())


def test_the_title_of_an_office_says_what_it_owes_and_until_when():
    words = "สำนักงานเกษตรอำเภอชัยบุรี ต้องรายงาน 22 รายการของ พ.ค. 2569 ภายใน 5 มิ.ย. 2569 ส่งแล้ว 0"
    assert words in text(page(id="8418"))


@pytest.mark.parametrize(("params", "part"), [({}, "ส่งไฟล์"), ({"id": WHO}, "กรอกผล"), ({"part": "closing"}, "ปิดงวด")])
def test_the_part_shown_is_the_one_asked_for_or_the_usual_one(params, part):
    assert re.search(f'aria-current="page">{part}<', html(page(**params)))


def test_every_office_that_owes_something_can_be_chosen():
    shown = html(page(part="entry"))
    assert all(f"id={coverage.office_of(row)}&amp;part=entry" in shown for row in coverage.of_month(PERIOD))


def test_last_months_value_stands_beside_the_box():
    before = stored("1.2", month=FiscalMonth(2569, 7))
    assert f"เม.ย. 2569 <b>{before.value:.0f}</b>" in html(page(id=WHO))


def test_what_is_typed_is_there_in_another_window():
    typed(kpi_1_2="๑๒")
    assert box(page(id=WHO), "1.2").value == "๑๒"


def test_the_draft_says_that_it_is_one():
    assert "ร่าง 1 ช่อง บันทึกเมื่อ 10 มิ.ย. 2569 09:00 น." in text(typed(kpi_1_2="12"))


def test_a_draft_thrown_away_is_gone():
    press(typed(kpi_1_2="12"), "entry_throw_away")
    assert box(page(id=WHO), "1.2").value == ""


def test_a_mistake_is_told_at_once_with_what_would_be_right():
    shown = text(typed(kpi_1_2="สิบสอง"))
    assert re.search(r"ส่งไม่ได้\s+สิบสอง.*ที่ถูกต้อง", shown)


def test_a_mistake_stays_in_its_box():
    assert box(typed(kpi_1_2="สิบสอง"), "1.2").value == "สิบสอง"


def test_what_would_change_is_shown_before_sending():
    shown = text(press(typed(kpi_1_2="12"), "entry_look"))
    assert "ใหม่ 1 แก้ไข 0 เหมือนเดิม 0" in shown


def test_typing_on_takes_back_what_was_shown():
    app = press(typed(kpi_1_2="12"), "entry_look")
    app = box(app, "1.2").input("13").run()
    assert [button.key for button in app.button if button.key == "entry_send"] == []


def test_what_is_sent_is_stored_with_who_sent_it():
    sent(typed(kpi_1_2="12"))
    assert (stored("1.2").value, stored("1.2").reported_by) == (12, "สมหญิง")


def test_sending_ends_in_a_receipt():
    shown = text(sent(typed(kpi_1_2="12")))
    assert re.search(r"B00040.*หน้าจอรายงานผล", shown)


def test_nothing_is_sent_without_a_name():
    shown = text(sent(typed(kpi_1_2="12"), by=" "))
    assert "ใส่ชื่อผู้บันทึกก่อน" in shown
    assert stored("1.2") is None


def test_good_entries_are_sent_alone_and_the_others_stay_in_the_draft():
    sent(typed(kpi_1_2="12", kpi_4_1="สี่"))
    assert (stored("1.2").value, box(page(id=WHO), "4.1").value) == (12, "สี่")


def test_what_changed_meanwhile_is_shown_before_it_is_sent():
    app = press(typed(kpi_1_2="12"), "entry_look")
    app.text_input(key="signature_box").input("สมหญิง").run()
    store.ledger().close_month(FiscalMonth(2569, 1), by="สมศรี")
    app = press(app, "entry_send")
    assert "ข้อมูลในระบบเปลี่ยนไป" in text(app)
    assert stored("1.2") is None


@pytest.mark.parametrize("forged", [(WHO, "9.9", "value"), ("P840602", "1.2", "value"), (WHO, "1.1", "value")])
def test_a_forged_box_is_not_listened_to(forged):
    app = typed(kpi_1_2="12")
    app.session_state["_".join(("entry", "1", "2569", "8", *forged))] = "5"
    before = stored(forged[1], forged[0])
    sent(app.run())
    assert stored("1.2").value == 12
    assert stored(forged[1], forged[0]) == before


def test_a_closed_month_has_no_boxes_and_says_who_closed_it():
    store.ledger().close_month(MAY, by="สมศรี")
    app = page(id=WHO)
    assert list(app.text_input) == []
    assert "พ.ค. 2569 ปิดรับผลงานแล้ว โดย สมศรี" in text(app)


def test_a_month_that_has_not_begun_has_no_boxes():
    app = page(id=WHO, month="12")
    assert list(app.text_input) == []
    assert "ก.ย. 2569 ยังมาไม่ถึง" in text(app)


def test_a_look_back_has_no_boxes():
    assert list(page(id=WHO, as_of="2026-06-01T09:00:00").text_input) == []


def test_steps_are_chosen_by_their_words():
    milestones = {
        row["kpi_id"] for row in store.rows(scorecard.scorecard, PERIOD, owner="84") if row["measure"] == "milestone"
    }
    holder = next(row for row in coverage.of_month(PERIOD) if row["kpi_id"] in milestones)
    app = page(id=holder["owner_id"])
    steps = next(each for each in app.selectbox if each.key and each.key.endswith(f"_{holder['kpi_id']}_value"))
    assert [option[0] for option in steps.options] == list("012345")
    assert "จัด" in "".join(steps.options)


def close_through(app, by="สมศรี"):
    app.text_input(key="signature_box").input(by).run()
    return press(press(app, "close"), "close_confirm")


def test_a_month_is_closed_by_name():
    close_through(page(part="closing"))
    closing = history.closing(store.ledger(), EVERYTHING, year=2569, month=8, owner=WHO)
    assert (closing.is_closed, closing.who) == (True, "สมศรี")


def test_before_closing_what_is_missing_is_told():
    missing = [row for row in store.rows(scorecard.coverage, PERIOD) if row["state"] == "missing"]
    assert f"ยังขาด {len(missing)} รายการ" in text(press(page(part="closing"), "close"))


def test_nothing_is_closed_without_a_name():
    close_through(page(part="closing"), by=" ")
    assert store.ledger().closings() == ()


def test_a_closed_month_is_opened_for_one_owner_with_a_reason():
    store.ledger().close_month(MAY, by="สมศรี")
    app = page(part="closing", id=WHO)
    app.text_input(key="signature_box").input("สมศรี").run()
    app.text_input(key="reopen_why").input("ส่งช้า").run()
    shown = text(press(app, "reopen"))
    [*_, last] = store.ledger().closings()
    assert (last.owner_id, last.why, last.is_closed) == (WHO, "ส่งช้า", False)
    assert "เปิดเฉพาะ นางสาวตัวอย่าง หนึ่งร้อยสิบ" in shown


def test_a_closed_month_can_be_opened_for_everybody_who_was_there():
    store.ledger().close_month(MAY, by="สมศรี")
    owners = store.rows(scorecard.owners, PERIOD)
    offered = page(part="closing").selectbox(key="reopen_owner_th").options
    assert len(offered) == len(owners) > len({row["owner_id"] for row in coverage.of_month(PERIOD)})


def test_an_office_opened_again_that_owes_nothing_is_named():
    owing = {row["owner_id"] for row in store.rows(scorecard.coverage, PERIOD, month=12)}
    idle = next(row for row in store.rows(scorecard.owners, PERIOD) if row["owner_id"] not in owing)
    store.ledger().close_month(MAY, by="สมศรี")
    store.ledger().reopen_month(MAY, idle["owner_id"], why="ส่งช้า", by="สมศรี")
    assert f"เปิดเฉพาะ {idle['owner_name']}" in text(page(part="closing"))


def test_what_the_meeting_saw_is_one_link_away():
    closing = store.ledger().close_month(MAY, by="สมศรี")
    moment = closing.done_at.isoformat().replace(":", "%3A")
    assert f"as_of={moment}" in html(page(part="closing"))


def test_coverage_counts_the_days_of_what_is_missing():
    assert re.search(r"ชัยบุรี</a></td>(<td[^>]*>\d+</td>){4}<td[^>]*>5</td>", html(page(part="coverage")))


def test_coverage_names_every_entry_that_is_missing():
    missing = [row for row in coverage.of_month(PERIOD) if row["state"] == "missing"]
    shown = text(page(part="coverage"))
    assert all(re.search(f"{row['owner_name']}\\s+{re.escape(row['kpi_id'])} ", shown) for row in missing)


def test_coverage_can_be_saved():
    keys = [button.key for button in page(part="coverage").get("download_button")]
    assert keys == ["download_coverage_csv", "download_coverage_xlsx"]


def test_forms_of_month_and_year_are_offered():
    assert [button.key for button in page(part="forms", id="8418").get("download_button")] == [
        "form_month",
        "form_year",
    ]


def test_a_form_is_named_by_what_it_is_made_of():
    name = blank_forms.file_name("8418", 2569, 8)
    form = entering.form(store.ledger(), EVERYTHING, owner=WHO, month=MAY)
    entering.send(store.ledger(), form, {(WHO, "1.2", "value"): "12"}, "สมหญิง")
    assert re.fullmatch(r"form_8418_2569_08_[0-9a-f]{8}\.xlsx", name)
    assert blank_forms.file_name("8418", 2569, 8) != name


@pytest.mark.parametrize("part", ["entry", "forms", "coverage", "closing"])
def test_a_part_is_english_when_asked(part):
    app = page(part=part, lang="en")
    headings = re.findall(r"<h2>(.*?)</h2>|<th [^>]*>(.*?)</th>", html(app))
    assert headings
    assert not re.search("[\u0e00-\u0e7f]", str(headings))
