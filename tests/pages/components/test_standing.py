"""Pictures made of many KPIs."""

import pytest

from pages.components.filters import Filters
from pages.components.standing import against_plan, cumulative_progress, holders, weighted_mean

KPI = {"kpi_id": "1.2", "entry": "increment", "direction": "up", "frequency": "monthly"}


def month_row(month, achievement, plan, weight=4.0):
    return {
        "kpi_id": "1.2",
        "month": month,
        "target": 200.0,
        "plan": plan,
        "achievement_pct": achievement,
        "weight": weight,
    }


@pytest.mark.parametrize(
    ("score", "plan", "status"),
    [(4.0, 4.0, "on_plan"), (3.9999, 4.0, "on_plan"), (3.99, 4.0, "watch"), (3.2, 4.0, "watch"), (3.19, 4.0, "behind")],
)
def test_an_office_stands_by_its_share_of_the_plan(score, plan, status):
    assert against_plan(score, plan) == status


@pytest.mark.parametrize(("score", "plan"), [(None, 4.0), (4.0, None), (4.0, 0.0)])
def test_without_score_or_plan_an_office_has_no_standing(score, plan):
    assert against_plan(score, plan) is None


def test_a_mean_leaves_out_what_is_missing():
    assert weighted_mean([{"weight": 30}, {"weight": 10}, {"weight": None}], [2.0, None, 5.0]) == 2.0


def test_a_mean_of_nothing_is_missing():
    assert weighted_mean([{"weight": 30}], [None]) is None


def test_progress_is_shown_to_the_month_asked_for():
    rows = [month_row(m, 10.0 * m, 20.0 * m) for m in range(1, 13)]
    assert cumulative_progress(rows, [KPI], 2)[1] == [10.0, 20.0] + [None] * 10


def test_progress_past_the_target_is_capped():
    assert cumulative_progress([month_row(1, 140.0, 20.0)], [KPI], 1)[1][0] == 100.0


def test_a_month_without_a_report_has_no_progress():
    assert cumulative_progress([month_row(1, None, 20.0)], [KPI], 1)[1][0] is None


def test_readings_are_no_cumulative_progress():
    assert cumulative_progress([month_row(1, 50.0, 20.0)], [KPI | {"entry": "snapshot"}], 1)[2] == 0


def test_people_stand_below_their_office():
    people = [
        {"owner_id": "P1", "owner_kind": "person", "parent_id": "8401", "owner_name": "หนึ่ง", "score_period": 1.0},
        {"owner_id": "8401", "owner_kind": "district", "parent_id": "84", "owner_name": "เมือง", "score_period": 1.0},
        {
            "owner_id": "8402",
            "owner_kind": "district",
            "parent_id": "84",
            "owner_name": "กาญจนดิษฐ์",
            "score_period": 1.0,
        },
    ]
    assert [row["owner_id"] for row in holders(people, people, Filters(2569, 8))] == ["8401", "P1", "8402"]
