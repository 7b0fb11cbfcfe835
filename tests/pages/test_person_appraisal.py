"""The appraisal of a person's round as Streamlit runs it: the result and why, what is decided there, and saving it."""

import re

import pytest

from kpi_metrics import appraising, history, intake, scorecard
from kpi_metrics.access import EVERYTHING
from kpi_metrics.thai.calendar import FiscalMonth
from pages.components import store
from tests.kpi_metrics.small_office import copy_database
from tests.kpi_metrics.small_office import write as write_files
from tests.pages.running import html, run, text

WHO, HEAD = "P841802", "P841801"  # of round 1/2569 WHO has not reported 4.2
CHIEF = "P840001"  # head of the province, whose round 1/2569 is concluded
MARCH = FiscalMonth(2569, 6)
SCORE, REMARK = "behaviour_score", "remarks_text_assessor"


@pytest.fixture(autouse=True)
def province(_demo_file, tmp_path, monkeypatch):
    """The demo province in a database of its own."""
    monkeypatch.setenv("KPI_DATABASE", str(copy_database(_demo_file, tmp_path)))
    yield
    store.ledger().close()


def page(id=WHO, year="2569", month="6", **params):
    return run("pages/person_page.py", id=id, year=year, month=month, part="appraisal", **params)


def box(app, name):
    return next(each for each in [*app.text_input, *app.text_area] if each.key.endswith(f"_{name}"))


def unfolded(*groups, **params):
    """The page with these groups of boxes open."""
    app = page(**params)
    for group in groups:
        app.session_state[f"appraisal_{group}"] = True
    return app.run()


def write(app, **texts):
    for name, said in texts.items():
        app = box(app, name).input(said).run()
    return app


def press(app, key):
    return app.button(key=key).click().run()


def saved(app, by="สมหญิง"):
    app = press(app, "appraisal_look")
    app.text_input(key="signature_box").input(by).run()
    return press(app, "appraisal_save")


def of_round(owner=WHO, round_=1, year=2569):
    return scorecard.appraisal(store.ledger(), EVERYTHING, year=year, round_=round_, owner=owner).iloc[0]


def stored():
    desk = appraising.desk(store.ledger(), EVERYTHING, person=WHO, month=MARCH)
    return {"_".join((box.table, box.column, *box.of)): text for box, text in desk.stored.items() if text}


def test_a_concluded_round_is_one_number_a_band_and_its_sum():
    row = of_round(CHIEF)
    shown = text(page(CHIEF))
    assert re.search(rf"{row['final']:.2f}\s+จาก 100 ·\s+{row['band']}", shown)
    assert f"({row['performance']:.2f} × 70 + {row['behaviour']:g} × 30) ÷ 100 = {row['final']:.2f}" in shown


@pytest.mark.parametrize(
    ("who", "month", "words"),
    [
        (CHIEF, "6", r"นางตัวอย่าง หนึ่ง ได้ผลการประเมินรอบที่ 1/2569 ร้อยละ \d\d\.\d\d ระดับ"),
        (WHO, "6", "ยังสรุปผลการประเมินรอบที่ 1/2569 ไม่ได้"),
        (WHO, "8", r"คาดว่าได้ผลสัมฤทธิ์ของงานร้อยละ \d\d\.\d\d ในรอบที่ 2/2569"),
    ],
)
def test_the_title_says_how_the_round_stands(who, month, words):
    assert re.search(f"<h1>[^<]*{words}", html(page(who, month=month)))


def test_an_open_round_says_what_is_missing():
    assert re.search(r"ยังสรุปไม่ได้:\s+ยังไม่รายงาน 1 ตัวชี้วัด", text(page()))


def test_a_running_round_is_a_projection_with_bounds_and_a_rule():
    shown = text(page(month="8"))
    assert "คาดการณ์ผลสัมฤทธิ์ของงาน รอบที่ 2/2569 ถ้ารักษาอัตรานี้ถึงสิ้นรอบ" in shown
    assert re.search(r"จาก 100 · ยังไม่ใช่ผลสรุป.*คาดการณ์ = ผลถึง พ.ค. 2569", shown)


def test_the_two_rounds_link_to_the_end_of_the_first_and_the_newest_month_of_the_second():
    shown = html(page())
    assert re.findall(r'href="./person\?year=2569&amp;month=(\d+)[^"]*" target="_self"[^>]*>รอบที่', shown) == ["6", "8"]


def test_the_lines_are_those_of_the_form_and_add_up():
    lines = scorecard.appraisal_lines(store.ledger(), EVERYTHING, year=2569, month=6, owner=WHO)
    shown = html(page())
    assert all(f"{weighted:.4f}" in shown for weighted in lines["weighted"].dropna())
    assert f"{of_round()['performance']:.2f}</td>" in shown


def test_a_changed_score_stands_beside_the_computed_one_with_who_and_why():
    assert re.search(
        r"ปรับคะแนนเป็น 4.5 จากที่คำนวณได้ 4 เพราะน้ำท่วม.*\(นางตัวอย่าง หนึ่ง\)", text(page("P840803", "2568", "12"))
    )


def test_a_kpi_left_out_is_listed_with_its_reason():
    assert "ไม่นำมาประเมิน เพราะลาป่วยรักษาตัว" in text(page("P841203", "2568", "12"))


def bring_in(folder, **texts):
    files, checked = intake.gather(store.ledger(), write_files(folder, **texts))
    intake.save(store.ledger(), files, checked, "clerk")


def test_a_head_with_kpis_of_their_own_is_told_which_are_the_offices(tmp_path):
    bring_in(tmp_path, targets=f"fiscal_year,kpi_id,owner_id,target,weight\n2569,1.2,{HEAD},10,5\n")
    app = unfolded("decisions", id=HEAD)
    assert len(re.findall("· ในฐานะหัวหน้า สำนักงานเกษตรอำเภอชัยบุรี", text(app))) == 30
    assert [each.key.split("_")[-1] for each in app.text_input if "_exclusions_" in each.key].count("1.2") == 1


def test_a_government_employee_is_weighed_as_one():
    rounds = scorecard.appraisal(store.ledger(), EVERYTHING, year=2569, round_=1)
    concluded = rounds[(rounds["personnel_type"] == "government_employee") & rounds["final"].notna()]
    assert re.search(r"น้ำหนักร้อยละ 80.*สัดส่วนของพนักงานราชการ", text(page(concluded.iloc[0]["owner_id"])))


def test_a_head_is_told_as_head_of_which_office():
    assert "ในฐานะหัวหน้า สำนักงานเกษตรอำเภอชัยบุรี" in text(page(HEAD))


@pytest.mark.parametrize(("box_name", "said"), [(SCORE, "101"), (SCORE, "แปดสิบ")])
def test_a_mistake_is_answered_beside_its_box_and_cannot_be_saved(box_name, said):
    app = write(page(), **{box_name: said})
    assert re.search(rf"บันทึกไม่ได้\s+{said}.*ที่ถูกต้อง", text(app))
    assert "appraisal_look" not in [button.key for button in app.button]


def test_what_would_change_is_shown_before_saving():
    shown = text(press(write(unfolded("decisions"), **{"exclusions_reason_4.2": "งดจัด"}), "appraisal_look"))
    assert "ยังไม่สรุป ผลสัมฤทธิ์ของงาน 73.36 สมรรถนะ 77.50 → 74.60 ดี" in shown


def test_writing_on_takes_back_what_was_shown():
    app = write(press(write(page(), **{SCORE: "80"}), "appraisal_look"), **{SCORE: "81"})
    assert "appraisal_look" in [button.key for button in app.button]


def test_one_save_takes_everything_written_and_says_where_it_is_undone():
    app = saved(
        write(unfolded("decisions", "remarks"), **{SCORE: "80", "exclusions_reason_4.2": "งดจัด", REMARK: "ทำงานดี"})
    )
    now = stored()
    assert (now[SCORE], now["exclusions_reason_4.2"], now[REMARK]) == ("80", "งดจัด", "ทำงานดี")
    assert re.search(r'href="./history\?[^"]*id=B00040', html(app))


def test_a_save_is_signed():
    saved(write(page(), **{SCORE: "80"}), by="สมหญิง")
    assert history.batches(store.ledger(), EVERYTHING).iloc[0]["who"] == "สมหญิง"


def test_without_a_name_nothing_is_saved():
    app = press(press(write(page(), **{SCORE: "80"}), "appraisal_look"), "appraisal_save")
    assert ("ใส่ชื่อผู้บันทึกก่อน" in text(app), stored()[SCORE]) == (True, "77.5")


def test_what_was_written_may_be_thrown_away():
    app = press(write(page(), **{SCORE: "80"}), "appraisal_throw_away")
    assert box(app, SCORE).value == "77.5"


def test_data_that_moved_meanwhile_is_looked_at_again(tmp_path):
    app = press(write(page(), **{SCORE: "80"}), "appraisal_look")
    bring_in(tmp_path, behaviour=f"fiscal_year,round,owner_id,score\n2569,1,{WHO},70\n")
    app.text_input(key="signature_box").input("สมหญิง").run()
    assert ("ข้อมูลในระบบเปลี่ยนไป" in text(app), stored()[SCORE], box(app, SCORE).value) == (True, "70", "80")


def test_older_data_cannot_be_written_on():
    app = page(as_of="2026-05-01T09:00")
    assert ("จึงบันทึกไม่ได้" in text(app), len(app.text_input)) == (True, 0)


def test_a_closed_month_says_who_closed_it_and_offers_no_score():
    store.ledger().close_month(MARCH, by="หัวหน้า")
    app = unfolded("decisions")
    assert "มี.ค. 2569 ปิดรับผลงานแล้ว โดย หัวหน้า" in text(app)
    assert not [each.key for each in app.text_input if "_overrides_" in each.key]


def test_remarks_and_plan_can_be_read_without_opening_the_boxes():
    texts = {REMARK: "ทำงานดี", "development_skill_1": "GIS", "development_method_1": "อบรม"}
    saved(write(unfolded("remarks", "development"), **texts))
    shown = text(page())
    assert re.search(r"ผู้ประเมิน\s+ทำงานดี.*GIS\s+อบรม", shown)
