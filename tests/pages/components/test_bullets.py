"""Bullets on the five levels."""

import re
from urllib.parse import unquote

import pytest

from pages.components.bullets import bullet, kpi_bullets, score_bullets, sparkline

ROW = {
    "kpi_id": "1.2",
    "name": "ผังแปลงดิจิทัล",
    "href": "./kpi?id=1.2",
    "weight": 4.0,
    "score": 2.12,
    "weighted": 0.0848,
    "plan_score": 5.0,
    "status": "behind",
    "result": 233.0,
    "target": 564.0,
    "plan": 327.1,
    "unit": "แปลง",
    "measure": "count",
    "needed_per_month": 82.75,
    "next_level_gap": 162.0,
    "next_level": 2,
    "results": [10.0, 233.0] + [None] * 10,
    "plans": [float(n) for n in range(12)],
}


def text_of(markup: str) -> str:
    return re.sub(r"<[^>]+>", "", markup)


@pytest.mark.parametrize(("score", "width"), [(0.0, "0.00"), (2.5, "50.00"), (5.0, "100.00")])
def test_a_bar_is_as_long_as_its_level(score, width):
    assert f"width:{width}%" in bullet(score, None, "on_plan", "th")


def test_the_tick_stands_at_the_plan():
    assert "left:80.00%" in bullet(2.0, 4.0, "behind", "th")


def test_a_bullet_says_its_figures_in_words():
    assert 'aria-label="ระดับ 2.00 แผน 4.00"' in bullet(2.0, 4.0, "behind", "th")


def test_where_there_is_no_score_the_reason_stands_in_place_of_a_bar():
    drawn = bullet(None, None, "not_reported", "th")
    assert "ยังไม่รายงาน" in drawn
    assert "bar" not in drawn


def test_a_kpi_row_says_what_must_be_done_each_month():
    assert "83 แปลง" in text_of(kpi_bullets([ROW], "th", months=""))


def test_a_kpi_row_says_what_brings_the_next_level():
    assert "162 แปลง ได้ 2" in text_of(kpi_bullets([ROW], "th", months=""))


def test_a_falling_kpi_has_to_lose_the_difference():
    assert "ลด 28" in kpi_bullets([ROW | {"next_level_gap": -28.0}], "th", months="")


def test_a_percent_sign_follows_the_figure_it_belongs_to():
    assert "233 / 564 %" in text_of(kpi_bullets([ROW | {"unit": "ร้อยละ"}], "th", months=""))


def test_a_name_from_data_stays_text():
    assert "<script>" not in kpi_bullets([ROW | {"name": "<script>"}], "th", months="")


def test_a_kpi_without_a_score_shows_none():
    empty = ROW | {
        "status": "not_due",
        "score": None,
        "weighted": None,
        "needed_per_month": None,
        "next_level_gap": None,
    }
    assert "0.000" not in kpi_bullets([empty], "th", months="")


def test_the_gap_of_a_work_is_that_of_the_figures_shown():
    row = {"label": "งาน", "score": 3.104, "plan_score": 4.055, "status": "behind"}
    assert "−0.96" in score_bullets([row], "th")


def test_a_sparkline_ends_where_the_results_end():
    drawn = unquote(sparkline([1.0, 2.0] + [None] * 10, [1.0] * 12, "on_plan", "ผล"))
    assert 'circle cx="16.0"' in drawn


def test_a_sparkline_of_nothing_is_empty():
    assert "circle" not in unquote(sparkline([None] * 12, [None] * 12, "not_due", "ไม่มี"))
