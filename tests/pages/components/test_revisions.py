"""A target that was revised on the way: the former plan, and the result against both."""

import pytest

from pages.components import revisions
from pages.components.filters import Filters
from tests.pages.running import run, text

KPI = {"kpi_id": "11.2", "unit": "ราย"}
REVISED = "8411"  # 104, from April 74


@pytest.mark.usefixtures("demo")
def test_the_former_plan_goes_on_from_the_month_before_the_revision():
    plan = revisions.former_plan(Filters(2569, 8), REVISED, KPI)
    assert plan[:5] == [None] * 5
    assert plan[11] == 104


@pytest.mark.usefixtures("demo")
def test_a_target_that_was_never_revised_has_no_former_plan():
    assert revisions.former_plan(Filters(2569, 8), "8406", KPI) == []
    assert revisions.told(Filters(2569, 8), "8406", KPI) is None


@pytest.mark.usefixtures("demo")
def test_a_revision_is_told_from_its_month_on():
    assert revisions.told(Filters(2569, 6), REVISED, KPI) is None
    assert "ตั้งแต่ 1 เม.ย. 2569: เป้าเดิม 104 → เป้าใหม่ 74 ราย" in revisions.told(Filters(2569, 7), REVISED, KPI)


@pytest.mark.usefixtures("demo")
def test_the_kpi_page_says_the_result_against_both_targets_and_why():
    shown = text(run("pages/kpi_page.py", year="2569", month="8", id="11.2", owner=REVISED))
    assert "ผลสัมฤทธิ์เทียบเป้าเดิม 56.7 % / เป้าใหม่ 79.7 %" in shown
    assert "หนังสือ สฎ 0009/0412" in shown
