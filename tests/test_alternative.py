"""The definition's own examples, computed by the second version."""

from datetime import date, datetime

import pytest

from kpi_metrics.model import Behaviour, Exclusion, Override, Setting, Work
from tests.alternative import Alternative, Batch, half_up, score_on_scale
from tests.builders import entry, kpi, office, person, target

RISING = (60, 70, 80, 90, 100)
FALLING = (5000, 4000, 3000, 2000, 1000)


def compute(*records, later=(), is_voided=False):
    """All figures of one batch, and of what a second one of February 2027 brings ``later``."""
    work = Work(2570, "1", "งาน", None, "strategic")
    first = Batch(1, datetime(2026, 10, 1, 9), (work, *records))
    return Alternative([first, Batch(2, datetime(2027, 2, 1, 9), tuple(later), is_voided)])


@pytest.mark.parametrize(
    ("x", "levels", "interpolated", "stepped"),
    [
        (83, RISING, 3.3, 3),
        (60, RISING, 1, 1),
        (59.9, RISING, 1, 0),
        (123.4, RISING, 5, 5),
        (92.5, (80, 85, 90, 95, 100), 3.5, 3),
        (2500, FALLING, 3.5, 3),
        (900, FALLING, 5, 5),
        (6000, FALLING, 1, 0),
        (80, (111, None, 94, None, 77), 4.6471, 3),
    ],
)
def test_score_of_each_example(x, levels, interpolated, stepped):
    direction = "down" if levels[0] > levels[4] else "up"
    scores = [score_on_scale(kpi(direction=direction, scoring=s), levels, x, 1) for s in ("interpolate", "step")]
    assert [half_up(score, 4) for score in scores] == [interpolated, stepped]


@pytest.mark.parametrize(
    ("number", "places", "rounded"), [(2.675, 2, 2.68), (86.0045, 2, 86.0), (-2.675, 2, -2.68), (0.5, 0, 1)]
)
def test_rounding_is_half_up_and_not_decided_by_binary_noise(number, places, rounded):
    assert half_up(number, places) == rounded


READING = {"measure": "value", "entry": "snapshot", "scale_basis": "absolute", "roll_up": "none"}
EXAMPLE = (
    kpi("1.1", **READING, weight=30),
    kpi("1.2", **READING, weight=20),
    kpi("1.3", **READING, weight=20, scoring="step"),
    kpi("1.4", **READING, weight=20, levels=(80, 85, 90, 95, 100)),
    kpi("1.5", **READING, weight=10),
    office("P", kind="province"),
    person("civil", "P"),
    person("government", "P", "government_employee"),
    *(target(o, kpi_id=f"1.{n}") for o in ("civil", "government") for n in range(1, 6)),
    *(entry(o, 6, x, f"1.{n}") for o in ("civil", "government") for n, x in enumerate((83, 123.4, 83, 92.5), 1)),
    *(Behaviour(2570, 1, o, 85) for o in ("civil", "government")),
)


def test_total_counts_what_is_scored_and_the_bounds_what_may_still_come():
    row = compute(*EXAMPLE).summary()[2570, 6, "civil"]
    assert (row["weight_total"], row["weight_evaluated"]) == (100, 90)
    figures = [row[c] for c in ("score_period", "score_low", "score_high")]
    assert [half_up(figure, 4) for figure in figures] == [3.6556, 3.39, 3.79]
    assert [half_up(figure * 20, 2) for figure in figures] == [73.11, 67.8, 75.8]


def test_round_is_empty_while_a_weighted_kpi_is_not_reported():
    row = compute(*EXAMPLE).appraisal()[2570, 1, "civil"]
    assert (half_up(row["performance"], 2), row["final"], row["band"]) == (73.11, None, None)


@pytest.mark.parametrize(("owner_id", "final", "band"), [("civil", 76.68, "ดี"), ("government", 75.49, "ดี")])
def test_round_without_the_excluded_kpi_is_performance_and_behaviour(owner_id, final, band):
    figures = compute(*EXAMPLE, Exclusion(2570, 1, "1.5", owner_id, "โอนงาน", "หัวหน้า"))
    row = figures.appraisal()[2570, 1, owner_id]
    assert (half_up(row["final"], 2), row["band"]) == (final, band)
    assert figures.summary()[2570, 6, owner_id]["band"] == band


def test_second_round_of_a_count_answers_for_its_own_months():
    rows = compute(kpi(), office("P"), person("a", "P"), target("a"), entry("a", 3, 90), entry("a", 9, 40)).appraisal()
    assert half_up(rows[2570, 2, "a"]["score"], 4) == 3  # 40 over half a year is 80 % of the target


def test_weights_that_sum_to_one_are_fractions():
    records = kpi(weight=0.3), kpi("1.2", weight=0.7), office("P"), target("P")
    assert compute(*records).scorecard()[2570, 1, "P", "1.1"]["weight"] == pytest.approx(30)


def test_own_weights_leave_the_defaults_aside():
    rows = compute(kpi(), kpi("1.2"), office("P"), target("P"), target("P", kpi_id="1.2", weight=40)).scorecard()
    assert [rows[2570, 1, "P", k]["weight"] for k in ("1.1", "1.2")] == [None, 40]


PROVINCE = office("P", kind="province"), office("A", "P"), office("B", "P")


def test_increments_of_one_who_moved_stay_with_the_parent_of_their_month():
    moved = (
        person("a", "A", to_date=date(2026, 12, 31)),
        person("a", "B", from_date=date(2027, 1, 1)),
        target("a"),
        entry("a", 3, 7),
        entry("a", 4, 5),
    )
    rows = compute(kpi(), *PROVINCE, *moved).scorecard()
    assert [rows[2570, 4, o, "1.1"]["result"] for o in ("A", "B", "P")] == [7, 5, 12]
    assert [rows[2570, 4, o, "1.1"]["due_entries"] for o in ("A", "B", "a")] == [3, 1, 4]
    assert [rows[2570, 4, o, "1.1"]["target"] for o in ("A", "B", "P")] == [None, 100, 100]


def test_snapshot_of_one_who_moved_goes_with_them():
    moved = (
        person("a", "A", to_date=date(2026, 12, 31)),
        person("a", "B", from_date=date(2027, 1, 1)),
        entry("a", 3, 7),
    )
    rows = compute(kpi(entry="snapshot"), *PROVINCE, *moved).scorecard()
    assert [rows[2570, 4, o, "1.1"]["result"] for o in ("A", "B")] == [None, 7]


def test_own_entry_is_the_result_for_all_months():
    rows = compute(kpi(), *PROVINCE, entry("A", 1, 50), entry("P", 2, 10)).scorecard()
    assert [rows[2570, m, "P", "1.1"]["result"] for m in (1, 2)] == [50, 10]


RATIO = kpi(measure="percent", roll_up="ratio", entry="snapshot")


def test_ratio_is_never_a_mean_of_percents():
    entries = entry("A", 1, numerator=1, denominator=10), entry("B", 1, numerator=90, denominator=90)
    assert compute(RATIO, *PROVINCE, *entries).scorecard()[2570, 1, "P", "1.1"]["result"] == 91


def test_nothing_over_nothing_is_not_applicable():
    entries = (entry(o, 1, numerator=0, denominator=0) for o in ("A", "B"))
    row = compute(RATIO, *PROVINCE, *(target(o) for o in ("A", "B")), *entries).scorecard()[2570, 1, "P", "1.1"]
    assert (row["status"], row["result"], row["denominator"]) == ("not_applicable", None, 0)


@pytest.mark.parametrize(
    ("facts", "month", "status"),
    [
        ({"plan": (0.0,) * 3 + (1.0,) * 9}, 3, "not_due"),
        ({"frequency": "quarterly"}, 2, "not_due"),
        ({"frequency": "quarterly"}, 3, "not_reported"),
        ({"frequency": "event"}, 3, "not_applicable"),
        ({}, 1, "not_reported"),
    ],
)
def test_status_without_a_result_says_which_kind_of_empty(facts, month, status):
    assert compute(kpi(**facts), office("P"), target("P")).scorecard()[2570, month, "P", "1.1"]["status"] == status


@pytest.mark.parametrize(("value", "status"), [(79.99, "behind"), (80, "watch"), (99.99, "watch"), (99.995, "on_plan")])
def test_status_follows_progress_rounded_to_two_decimals(value, status):
    rows = compute(kpi(), office("P"), target("P"), entry("P", 12, value)).scorecard()
    assert rows[2570, 12, "P", "1.1"]["status"] == status


@pytest.mark.parametrize(
    ("direction", "value", "achievement"), [("up", 150, 150), ("down", 100, 100), ("down", 50, 150), ("down", 200, 0)]
)
def test_achievement_of_each_direction(direction, value, achievement):
    rows = compute(kpi(direction=direction), office("P"), target("P"), entry("P", 12, value)).scorecard()
    assert rows[2570, 12, "P", "1.1"]["achievement_pct"] == achievement


@pytest.mark.parametrize(("direction", "value", "score"), [("up", 0, 5), ("down", 0, 5), ("down", 1, 0.5)])
def test_target_of_zero_is_met_or_worst(direction, value, score):
    levels = RISING if direction == "up" else (140, 130, 120, 110, 100)
    facts = kpi(direction=direction, levels=levels), Setting("score_floor", "0.5")
    rows = compute(*facts, office("P"), target("P", 0), entry("P", 12, value)).scorecard()
    assert rows[2570, 12, "P", "1.1"]["score_year"] == score


GAPPED = (60, None, 80, None, 100)


@pytest.mark.parametrize(
    ("levels", "scoring", "value", "gap"),
    [
        (RISING, "interpolate", 83, 7),
        (RISING, "interpolate", 83.5, 7),
        (RISING, "interpolate", 101, None),
        (GAPPED, "interpolate", 83, 7),
        (GAPPED, "step", 83, 17),
    ],
)
def test_next_level_is_the_whole_one_above(levels, scoring, value, gap):
    rows = compute(kpi(levels=levels, scoring=scoring), office("P"), target("P"), entry("P", 12, value)).scorecard()
    assert rows[2570, 12, "P", "1.1"]["next_level_gap"] == gap


def test_ties_share_a_rank_and_silence_has_none():
    offices = [office("P", kind="province"), *(office(o, "P") for o in "ABCD")]
    entries = [entry("A", 12, 90), entry("B", 12, 90), entry("C", 12, 70)]
    rows = compute(kpi(), *offices, *(target(o) for o in "ABCD"), *entries).summary()
    assert [rows[2570, 12, o]["rank"] for o in "ABCD"] == [1, 1, 3, None]


def test_later_version_inherits_what_it_leaves_blank():
    first = target("P", weight=40, levels=(10, 20, 30, 40, 50))
    second = target("P", 200, since=date(2027, 3, 15))
    rows = compute(kpi(), office("P"), first, second, entry("P", 1, 60)).scorecard()
    columns = ("target", "weight", "score_year")
    assert [tuple(rows[2570, m, "P", "1.1"][c] for c in columns) for m in (5, 6)] == [(100, 40, 5), (200, 40, 3)]


@pytest.mark.parametrize(("is_voided", "result", "state"), [(False, None, "missing"), (True, 5, "reported")])
def test_void_brings_back_what_was_withdrawn(is_voided, result, state):
    withdrawn = [entry("P", 1, is_withdrawn=True)]
    figures = compute(kpi(), office("P"), target("P"), entry("P", 1, 5), later=withdrawn, is_voided=is_voided)
    assert figures.scorecard()[2570, 1, "P", "1.1"]["result"] == result
    assert figures.coverage()[2570, 1, "P", "1.1"]["state"] == state


def test_lateness_counts_from_the_due_day_of_the_month_after():
    figures = compute(kpi(), office("P"), target("P"), later=[entry("P", 3, 5), entry("P", 4, 5)])
    rows = figures.coverage()
    assert [(rows[2570, m, "P", "1.1"]["days_late"], rows[2570, m, "P", "1.1"]["state"]) for m in (3, 4)] == [
        (27, "late"),
        (0, "reported"),
    ]


@pytest.mark.parametrize(("roll_up", "due"), [("sum", 1), ("none", 2)])
def test_holder_above_a_holder_reports_only_where_nothing_rolls_up(roll_up, due):
    rows = compute(kpi(roll_up=roll_up), *PROVINCE, person("a", "A"), target("A"), target("a")).scorecard()
    assert rows[2570, 1, "A", "1.1"]["due_entries"] == due


def test_override_replaces_the_finished_score_of_its_month_only():
    said = Override(2570, 11, "1.1", "P", 2.5, "ภัยแล้ง", "หัวหน้า")
    rows = compute(kpi(), office("P"), target("P"), entry("P", 1, 100), said).scorecard()
    columns = ("score_year", "score_period", "lost_points", "override_reason")
    assert [tuple(rows[2570, m, "P", "1.1"][c] for c in columns) for m in (11, 12)] == [
        (2.5, 2.5, 2.5, "ภัยแล้ง"),
        (5, 5, 0, None),
    ]
