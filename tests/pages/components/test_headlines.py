"""The page's one number."""

from pages.components.headlines import evaluated, headline, score_against_plan, status_counts

TOTAL = {"weight_evaluated": 90, "weight_total": 100, "score_low": 3.39, "score_high": 3.79, "count_not_reported": 1}


def test_the_difference_is_that_of_the_figures_shown():
    assert "ต่ำกว่าแผน 0.22" in score_against_plan(3.874, 4.085, "th")


def test_a_score_on_plan_is_not_red():
    assert "behind" not in score_against_plan(4.081, 4.08, "th")


def test_without_a_plan_nothing_is_compared():
    assert score_against_plan(3.87, None, "th") == ""


def test_no_score_is_not_zero():
    assert "ยังไม่มีคะแนน" in headline("จังหวัด", None, "th")
    assert "0.00" not in headline("จังหวัด", None, "th")


def test_a_count_of_zero_is_left_out():
    assert "เฝ้าระวัง" not in status_counts({"behind": 3, "watch": 0}, "th", "")


def test_bounds_are_given_while_something_is_not_reported():
    assert "อยู่ระหว่าง 3.39–3.79" in evaluated(TOTAL, "th")


def test_bounds_are_not_given_when_all_is_reported():
    assert "3.39" not in evaluated(TOTAL | {"count_not_reported": 0}, "th")
