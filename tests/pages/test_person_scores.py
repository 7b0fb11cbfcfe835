"""The first screen of the person page: how somebody is doing in both views, what the round comes to, what to do first."""

import re

import pytest

from kpi_metrics import scorecard
from kpi_metrics.access import EVERYTHING
from pages.components import store
from pages.components.figures import fixed
from tests.pages.running import html, run, text

OWING = "P840803"  # has not sent 2.1 of April
HEAD = "P840101"  # of OFFICE, where nobody reported 2.1 or 7.2
OFFICE = "8401"

pytestmark = pytest.mark.usefixtures("demo")


def page(id=OWING, year="2569", month="8", **params):
    return run("pages/person_page.py", id=id, year=year, month=month, **params)


def todo(app):
    """The KPIs of which something is to be done, and what, in the order told."""
    [told] = re.findall(r'<h2>ต้องทำอะไรก่อน.*?(?=<div class="headline"|<table|$)', html(app), re.DOTALL)
    return [re.sub("<[^>]+>", "", line) for line in re.findall(r"<li>(.*?)</li>", told, re.DOTALL)]


def rows(owner=OWING):
    return scorecard.scorecard(store.ledger(), EVERYTHING, year=2569, month=8, owner=owner)


def total(owner=OWING):
    return scorecard.summary(store.ledger(), EVERYTHING, year=2569, month=8, owner=owner).iloc[0]


@pytest.mark.parametrize(
    ("view", "beside", "words"), [("period", "year", "เทียบเป้าหมายทั้งปี"), ("year", "period", "เทียบแผนสะสม")]
)
def test_the_score_of_the_other_view_stands_beside_with_its_plan(view, beside, words):
    score, percent, plan = (total()[f"{name}_{beside}"] for name in ("score", "percent", "plan_score"))
    told = f"{words}\\s+{fixed(score, 2)}\\s+{fixed(percent, 1)} จาก 100 · แผน {fixed(plan, 2)}"
    assert re.search(told, text(page(view=view)))


def test_the_name_of_the_other_view_leads_to_it():
    assert re.search('<a href="[^"]*view=year[^"]*"[^>]*>เทียบเป้าหมายทั้งปี</a>', html(page()))


def test_what_was_not_sent_comes_first_with_a_link_to_where_it_is_sent():
    app = page()
    assert todo(app)[0].startswith("2.1 เวทีแปลงใหญ่: ยังไม่ส่งผล 1 งวด ตั้งแต่ เม.ย. 2569 · ")
    assert f'href="./report?year=2569&amp;month=7&amp;id={OWING}&amp;part=entry"' in html(app)


def test_then_comes_what_raises_the_total_of_the_year_most():
    gains = [float(gain) for line in todo(page())[1:] for gain in re.findall(r"คะแนนรวม \+(\S+)", line)]
    assert len(gains) > 2
    assert gains == sorted(gains, reverse=True)


def test_the_gain_is_what_the_total_of_the_year_rises_by():
    row = rows(OFFICE).set_index("kpi_id").loc["1.1"]  # with 83 % of the weight evaluated
    rise = (row["next_level"] - row["score_year"]) * row["weight"] / total(OFFICE)["weight_evaluated"]
    [line] = [line for line in todo(page(HEAD)) if line.startswith("1.1 ")]
    assert line.endswith(f"คะแนนรวม +{fixed(rise, 2)}")


def test_every_kpi_below_the_top_level_is_told_of_in_words():
    short = set(rows().dropna(subset="next_level_gap")["kpi_id"])
    assert {line.split()[0] for line in todo(page()) if "จะได้ระดับ" in line} == short


def test_the_head_of_an_office_is_told_what_those_below_have_not_sent():
    assert [line.split(":")[0] for line in todo(page(HEAD))[:2]] == ["2.1 เวทีแปลงใหญ่", "7.2 พัฒนากลุ่มเกษตรกร"]
    assert "ยังไม่ส่งผล 6 งวด ตั้งแต่ ธ.ค. 2568" in todo(page(HEAD))[0]


def test_nothing_is_to_be_done_for_a_year_that_is_over():
    assert "ต้องทำอะไรก่อน" not in text(page(year="2568", month="12"))


@pytest.mark.parametrize(
    ("id", "year", "month", "words"),
    [
        (OWING, "2569", "8", r"คาดการณ์ผลสัมฤทธิ์ของงานรอบที่ 2/2569 ร้อยละ \d\d\.\d\d ·"),
        (HEAD, "2569", "8", r"คาดการณ์ผลสัมฤทธิ์ของงานรอบที่ 2/2569 .* · อยู่ระหว่าง \d\d\.\d\d–\d\d\.\d\d หากนับที่ยังไม่รายงาน"),
        ("P841802", "2569", "6", "ผลการประเมินรอบที่ 1/2569 ยังสรุปไม่ได้: ยังไม่รายงาน 1 ตัวชี้วัด"),
        (OWING, "2568", "12", r"ผลการประเมินรอบที่ 2/2568 ร้อยละ 91\.94 ระดับดีเด่น"),
    ],
)
def test_the_round_is_told_in_one_line(id, year, month, words):
    assert re.search(words, text(page(id, year, month)))


def test_proof_and_remarks_are_counted_and_lead_to_the_appraisal():
    assert re.search(r'href="./person\?[^"]*part=appraisal"[^>]*>หลักฐาน \d+ รายการ · ความเห็น \d+ ข้อ</a>', html(page()))


def test_from_another_year_a_link_leads_to_the_present():
    assert re.search(r'href="./person\?year=2569&amp;month=8[^"]*"[^>]*>ปัจจุบัน \(พ.ค. 2569\)', html(page(year="2568")))


def test_in_the_running_round_no_other_link_leads_to_the_present():
    assert "ปัจจุบัน (" not in text(page(month="6"))
