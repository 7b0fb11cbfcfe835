"""Section 6 of the definition: the lines of a round, month by month, of persons and of heads."""

from datetime import date

import pytest

from kpi_metrics.model import Band
from tests.alternative import half_up
from tests.builders import (
    behaviour,
    entry,
    exclusion,
    figures,
    kpi,
    milestone,
    office,
    override,
    percent,
    person,
    plan,
    province,
    reading,
    setting,
    target,
)

ONE = office(), person("a"), target("a")


def picked(row, *columns):
    return tuple(row[column] for column in columns)


# Lines


def test_line_of_the_first_round_is_the_period_view_of_its_month():
    found = figures(kpi(), *ONE, entry("a", 1, 10), entry("a", 3, 10))
    columns = ("first_month", "plan", "result", "computed", "score", "weighted")
    rows = {
        month: tuple(half_up(value, 4) for value in picked(found.line("a", month), *columns)) for month in (1, 3, 6)
    }
    assert rows == {
        1: (1, 8.3333, 10, 5, 5, 5),
        3: (1, 25, 20, 3, 3, 3),
        6: (1, 50, 20, 1, 1, 1),
    }


def test_line_of_a_count_in_the_second_round_is_that_of_its_own_months():
    found = figures(
        kpi(plan=plan(10, 20, 30, 40, 50, 60, 65, 70, 80, 80, 90, 100)), *ONE, entry("a", 5, 50), entry("a", 8, 8)
    )
    columns = ("first_month", "plan", "result", "status", "computed")
    rows = {m: tuple(picked(found.line("a", m), *columns)) for m in (6, 7, 8, 9)}
    assert rows == {
        6: (1, 60, 50, "watch", pytest.approx(3.333333333)),
        7: (7, 5, None, "not_reported", None),
        8: (7, 10, 8, "watch", 3),
        9: (7, 20, 8, "behind", 1),
    }


def test_month_without_a_plan_of_its_own_is_no_part_of_the_second_round():
    found = figures(kpi(frequency="quarterly"), *ONE, entry("a", 3, 25), entry("a", 8, 5))
    assert [found.line("a", m)["status"] for m in (6, 7, 8, 9)] == ["behind", "not_due", "not_due", "behind"]


def test_what_adds_up_no_months_is_the_year_in_the_second_round_too():
    kinds = {
        "reading": reading(),
        "count so far": kpi(entry="snapshot"),
        "percent": percent(roll_up="mean"),
        "milestone": milestone(),
    }
    lines = {name: figures(made, *ONE, entry("a", 3, 3)).line("a", 9) for name, made in kinds.items()}
    assert {name: picked(line, "first_month", "result") for name, line in lines.items()} == dict.fromkeys(kinds, (1, 3))


@pytest.mark.parametrize(("scoring", "score"), [("interpolate", 3.3), ("step", 3)])
def test_line_is_scored_as_its_kpi_is(scoring, score):
    assert figures(kpi(scoring=scoring), *ONE, entry("a", 9, 41.5)).line("a", 12)["score"] == score


def test_ended_kpi_is_a_line_without_a_score():
    ended = target("a", 0, since=date(2027, 9, 1), weight=0)
    line = figures(kpi(), *ONE, ended, entry("a", 8, 50)).line("a", 12)
    assert picked(line, "status", "weight", "score") == ("no_target", None, None)


# Decisions


def test_excluded_line_keeps_what_was_computed_and_leaves_total_and_weight():
    kpis = kpi(weight=60), kpi("1.2", weight=40)
    said = target("a", kpi_id="1.2"), entry("a", 6, 40), entry("a", 6, 50, "1.2")
    found = figures(*kpis, *ONE, *said, exclusion("a", 1, "1.2"))
    line = picked(found.line("a", 6, "1.2"), "status", "weight", "computed", "score", "weighted", "exclusion_reason")
    assert line == ("excluded", 40, 5, None, None, "โอนงาน")
    assert picked(found.round("a", 1), "score", "weight_total", "weight_evaluated") == (3, 60, 60)


def test_override_is_of_its_month_alone_with_the_computed_score_beside_it():
    found = figures(kpi(), *ONE, entry("a", 1, 40), entry("a", 7, 10), override("a", 6, 4.5), override("a", 8, 2))
    columns = ("computed", "score", "override_score")
    assert {m: picked(found.line("a", m), *columns) for m in (5, 6, 7, 8, 9)} == {
        5: (4.6, 4.6, None),
        6: (3, 4.5, 4.5),
        7: (5, 5, None),
        8: (1, 2, 2),
        9: (1, 1, None),
    }


def test_override_of_what_was_not_reported_says_nothing():
    line = figures(kpi(), *ONE, override("a", 6, 4)).line("a", 6)
    assert picked(line, "status", "score", "override_score") == ("not_reported", None, None)


# The running round


def test_running_round_has_a_total_in_every_month_and_an_end_in_two():
    found = figures(kpi(), *ONE, entry("a", 1, 100), entry("a", 7, 50), behaviour("a", 1, 80), behaviour("a", 2, 90))
    rows = {m: picked(found.running("a", m), "round", "score", "final", "band") for m in (1, 5, 6, 7, 11, 12)}
    assert rows == {
        1: (1, 5, None, None),
        5: (1, 5, None, None),
        6: (1, 5, 94, "ดีเด่น"),
        7: (2, 5, None, None),
        11: (2, 5, None, None),
        12: (2, 5, 97, "ดีเด่น"),
    }


def test_bounds_hold_the_unreported_at_their_worst_and_at_their_best():
    kpis = kpi(weight=50), kpi("1.2", weight=30), kpi("1.3", weight=20, scoring="step")
    said = [target("a", kpi_id=k) for k in ("1.2", "1.3")]
    found = figures(*kpis, *ONE, *said, entry("a", 6, 50))
    columns = ("score", "score_low", "score_high", "weight_total", "weight_evaluated", "count_not_reported")
    assert picked(found.running("a", 6), *columns) == (5, 2.8, 5, 100, 50, 2)


def test_bounds_of_the_second_round_know_its_own_months():
    kpis = kpi(weight=50), reading("1.2", weight=50)
    found = figures(*kpis, *ONE, target("a", kpi_id="1.2"), entry("a", 3, 100), entry("a", 3, 100, "1.2"))
    columns = ("score", "score_low", "score_high", "count_not_reported")
    assert {m: picked(found.running("a", m), *columns) for m in (6, 8)} == {6: (5, 5, 5, 0), 8: (5, 3, 5, 1)}


@pytest.mark.parametrize("weight", [None, 0])
def test_unweighted_kpi_leaves_neither_bounds_nor_end_open(weight):
    kpis = kpi(weight=100), kpi("1.2", weight=weight)
    found = figures(*kpis, *ONE, target("a", kpi_id="1.2"), entry("a", 6, 50), behaviour("a", 1, 100))
    assert picked(found.round("a", 1), "score_low", "score_high", "count_not_reported", "final") == (5, 5, 0, 100)


@pytest.mark.parametrize(("least", "band"), [(86.0, "ถึง"), (86.01, None)])
def test_final_is_rounded_half_up_once_before_its_band(least, band):
    """50 and half of 72.009 make 86.0045."""
    half = setting("performance_weight_civil_servant", 50), Band(2570, "civil_servant", "ถึง", None, least)
    row = figures(kpi(), *ONE, *half, entry("a", 6, 50), behaviour("a", 1, 72.009)).round("a", 1)
    assert picked(row, "final", "band") == (86.0045, band)


# Heads


def led(*others, **facts):
    """An office "A" with its head "h" and an officer "a"."""
    return figures(kpi(**facts), *province("A"), person("h", "P", leads="A"), person("a", "A"), *others)


def test_head_answers_for_the_offices_kpis():
    found = led(target("A"), entry("a", 6, 40), behaviour("h", 1, 100))
    line = picked(found.line("h", 6, holder="A"), "target", "result", "weight", "score", "holder_kind")
    assert line == (100, 40, 100, 3, "district")
    assert picked(found.round("h", 1), "score", "final", "parent_id") == (3, 72, "P")


def test_leading_adds_nothing_to_the_heads_own_figures():
    found = led(target("A"), entry("a", 6, 40))
    assert ("h", 6) not in found
    with pytest.raises(KeyError):
        found.total("h", 6)
    assert found.due("h") == []


def test_head_with_own_kpis_is_one_total_over_both():
    own = kpi("1.2"), target("h", kpi_id="1.2", weight=50), entry("h", 6, 50, "1.2")
    found = led(target("A", weight=100), entry("a", 6, 40), *own)
    assert picked(found.round("h", 1), "weight_total", "score") == (150, pytest.approx((3 * 100 + 5 * 50) / 150))


def test_exclusion_takes_the_offices_kpi_out_of_the_heads_round_only():
    found = led(target("A"), entry("a", 6, 40), entry("a", 12, 60), exclusion("h", 1))
    assert [found.line("h", m, holder="A")["status"] for m in (6, 12)] == ["excluded", "on_plan"]
    assert picked(found.round("h", 1), "score", "weight_total") == (None, 0)
    assert found.total("A", 6)["score_period"] == 3


def test_score_put_in_place_of_the_offices_is_the_heads_too():
    assert led(target("A"), entry("a", 6, 40), override("A", 6, 2)).round("h", 1)["score"] == 2


def test_head_is_whoever_leads_on_the_months_last_day():
    heads = person("x", leads="A", to_date=date(2027, 2, 14)), person("y", leads="A", from_date=date(2027, 2, 15))
    found = figures(kpi(), *province("A"), *heads, target("A"))
    assert found.line("x", 4, holder="A")["status"] == "not_reported"
    assert found.line("y", 5, holder="A")["status"] == "not_reported"
    with pytest.raises(KeyError):
        found.line("y", 4, holder="A")


def test_office_that_is_no_more_leaves_its_head_nothing():
    closed = office("A", "P", to_date=date(2027, 1, 31))
    found = figures(kpi(), office(), closed, person("h", leads="A"), target("A"))
    assert found.line("h", 4, holder="A")["target"] == 100
    with pytest.raises(KeyError):
        found.running("h", 5)


@pytest.mark.parametrize(
    ("entries", "result", "status"),
    [
        ([entry("a", 3, 30), entry("a", 8, 20), entry("a", 11, 25)], 45, "watch"),
        ([entry("a", 3, 90)], None, "not_reported"),
        ([entry("a", 8, 20), entry("A", 3, 30), entry("A", 9, 50)], 50, "on_plan"),
        ([entry("a", 8, 20), entry("A", 3, 30)], None, "not_reported"),
    ],
    ids=["children's months", "no month of children", "own months", "own year without own months"],
)
def test_second_round_of_a_head_is_what_the_offices_result_gained(entries, result, status):
    line = led(target("A"), *entries).line("h", 12, holder="A")
    assert picked(line, "first_month", "result", "status") == (7, result, status)


def test_months_of_one_who_moved_stay_with_the_office_of_that_month():
    moved = person("m", "A", to_date=date(2027, 5, 31)), person("m", "B", from_date=date(2027, 6, 1))
    said = target("A"), target("B"), entry("m", 8, 20), entry("m", 9, 30)
    heads = person("h", leads="A"), person("i", leads="B")
    found = figures(kpi(), *province("AB"), *moved, *heads, *said)
    assert [found.line(h, 12, holder=o)["result"] for h, o in (("h", "A"), ("i", "B"))] == [20, 30]


def test_mean_of_the_children_is_the_year_in_the_second_round():
    found = led(target("A"), target("a"), entry("a", 3, 30), entry("a", 9, 50), roll_up="mean")
    assert picked(found.line("h", 12, holder="A"), "first_month", "result") == (1, 80)
    assert picked(found.line("a", 12), "first_month", "result") == (7, 50)


# Transfers


def test_one_who_moved_keeps_own_kpis_and_is_appraised_at_the_place_of_the_end():
    places = person("a", "A", to_date=date(2026, 12, 31)), person("a", "B", from_date=date(2027, 1, 1))
    found = figures(kpi(), *province("AB"), *places, target("a"), entry("a", 2, 20), entry("a", 5, 20))
    assert picked(found.line("a", 6), "parent_id", "result", "score") == ("B", 40, 3)
    assert [found.running("a", m)["parent_id"] for m in (3, 4)] == ["A", "B"]
