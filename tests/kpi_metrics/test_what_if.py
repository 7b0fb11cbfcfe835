"""What is supposed moves the figures as if it had been reported, and leaves no trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kpi_metrics.access import EVERYTHING, Scope
from kpi_metrics.model import Located, Place, Refused, Target, Work
from kpi_metrics.what_if import Supposed, read_figure, suppose
from tests.builders import (
    YEAR,
    entry,
    kpi,
    milestone,
    part,
    percent,
    person,
    plan,
    province,
    reading,
    target,
    withdrawn,
)

DISTRICTS = province("AB")


def supposing(store, owner_id="A", month=8, kpi_id="1.1", scope=EVERYTHING, **supposed):
    return suppose(store, scope, [Supposed(owner_id, kpi_id, **supposed)], year=YEAR, month=month)


def row(figures, owner_id="A", kpi_id="1.1"):
    found = figures.scorecard.set_index(["owner_id", "kpi_id"])
    return found.loc[(owner_id, kpi_id)]


def total(figures, owner_id="P"):
    return figures.summary.set_index("owner_id").loc[owner_id]


# --- what is supposed


@pytest.mark.parametrize(
    ("held", "reported", "result"),
    [
        (kpi(), [entry("A", 2, 10), entry("A", 8, 5), entry("A", 9, 50)], 40),
        (kpi(), [], 40),
        (kpi(), [entry("A", 2, 10), withdrawn("A", 8)], 4),
        (reading(roll_up="sum"), [entry("A", 2, 10), entry("A", 9, 7)], 40),
        (milestone(), [entry("A", 2, 1)], 5),
        (percent(roll_up="mean"), [entry("A", 2, 70)], 90),
        (percent(), [part("A", 2, 3, 10), part("A", 8, 5, 16)], 75),
        (percent(entry="increment"), [part("A", 2, 3, 10), part("A", 8, 5, 10), part("A", 9, 9, 9)], 90),
    ],
    ids=["months", "nothing yet", "withdrawn", "reading", "steps", "percent", "parts", "parts by months"],
)
def test_the_result_through_the_month_is_the_supposed_one(holding, held, reported, result):
    store = holding(*DISTRICTS, held, target("A", 100), target("B", 100), *reported)
    assert row(supposing(store, result=result).after).result == pytest.approx(result)


def test_a_percent_by_parts_keeps_its_denominator(holding):
    store = holding(*DISTRICTS, percent(), target("A", 80), part("A", 2, 3, 10), part("B", 2, 30, 40))
    after = supposing(store, result=60).after
    assert (row(after).numerator, row(after).denominator) == (6, 10)
    assert row(after, "P").result == 100 * 36 / 50


def test_a_supposed_result_takes_the_place_of_what_came_from_below(holding):
    store = holding(*DISTRICTS, kpi(), target("A"), target("B"), entry("A", 2, 10), entry("B", 7, 30))
    outcome = supposing(store, "P", result=90)
    assert (row(outcome.before, "P").result, row(outcome.before, "P").source) == (40, "children")
    assert (row(outcome.after, "P").result, row(outcome.after, "P").source) == (90, "own")


def test_all_above_move_with_it(holding):
    store = holding(*DISTRICTS, kpi(), target("A"), target("B"), entry("A", 2, 10), entry("B", 2, 30))
    outcome = supposing(store, result=150)
    assert (row(outcome.before, "P").result, row(outcome.after, "P").result) == (40, 180)
    assert (total(outcome.before).score_year, total(outcome.after).score_year) == (1, 4)


def test_a_supposed_target_holds_in_place_of_the_one_in_force(holding):
    later = target("A", 300, since=date(2027, 1, 15))
    store = holding(*DISTRICTS, kpi(), target("A", 100, weight=60), later, entry("A", 2, 10))
    after = row(supposing(store, target=50).after)
    assert (after.target, after.weight, after.achievement_pct) == (50, 60, 20)


def test_a_supposed_target_stands_over_the_sum_of_the_children_s(holding):
    store = holding(*DISTRICTS, kpi(), target("A", 100), target("B", 100), entry("A", 2, 10))
    assert row(supposing(store, "P", target=500).after, "P").target == 500


def test_a_supposed_target_of_zero_ends_nothing(holding):
    store = holding(*DISTRICTS, kpi(), target("A", 100, weight=0), entry("A", 2, 10))
    after = row(supposing(store, target=0).after)
    assert (after.target, after.status) == (0, "on_plan")


def test_what_is_supposed_is_what_reporting_it_does(holding):
    store = holding(*DISTRICTS, kpi(), target("A"), target("B"), entry("A", 2, 10), entry("B", 2, 30))
    outcome = supposing(store, result=70)
    store.save([Located("", entry("A", 8, 60), Place("y.csv"))], [], by="clerk")
    done = supposing(store, result=70)
    assert outcome.after.scorecard.equals(done.before.scorecard)
    assert outcome.after.summary.equals(done.before.summary)


def test_the_months_of_round_2_alone_are_supposed_for_the_head_of_an_office(holding):
    head = person("H", leads="P")
    held = kpi(plan=plan(*[8] * 6, 100))
    store = holding(*DISTRICTS, head, held, target("A"), target("B"), entry("A", 2, 150), entry("B", 7, 30))
    after = supposing(store, "P", result=190).after.appraisal.set_index("owner_id").loc["H"]
    # months 7 and 8 bring 40 of the 184 planned for them, not 190
    assert after.score == 1


def test_what_was_never_reported_is_supposed_in_both_rounds_as_planned(holding):
    store = holding(*DISTRICTS, person("X", "A"), kpi(), target("X", 120))
    outcome = supposing(store, "X", month=9, result=72)  # of 90 planned, 60 of them by month 6
    [of_round] = outcome.after.appraisal.to_dict("records")
    assert (row(outcome.after, "X").score_period, of_round["score"]) == pytest.approx((3, 3))


def test_another_year_changes_nothing(holding):
    held = [kpi(), target("A"), target("B"), entry("A", 2, 61), entry("B", 2, 70)]
    work = Work(YEAR - 1, "1", "งาน", None, "strategic")
    last_year = [work, *(replace(each, fiscal_year=YEAR - 1) for each in held if not isinstance(each, Target))]
    store = holding(*DISTRICTS, *held, *last_year)
    outcome = supposing(store, result=61)
    assert outcome.after.summary.equals(outcome.before.summary)
    assert len(outcome.after.summary) == 2


def test_ranks_are_those_there_would_be(holding):
    store = holding(*DISTRICTS, kpi(), target("A"), target("B"), entry("A", 2, 61), entry("B", 2, 70))
    outcome = supposing(store, result=95)
    assert (total(outcome.before, "A").rank_year, total(outcome.after, "A").rank_year) == (2, 1)


def test_nothing_is_written(holding, tmp_path):
    store = holding(*DISTRICTS, kpi(), target("A"), entry("A", 2, 10))
    files = {path: path.read_bytes() for path in tmp_path.iterdir()}
    version, before = store.data_version(), supposing(store, result=70).before
    assert store.data_version() == version
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == files
    assert supposing(store, target=3).before.scorecard.equals(before.scorecard)


def test_nobody_sees_what_is_not_theirs(holding):
    store = holding(*DISTRICTS, kpi(), target("A"), entry("A", 2, 10))
    outcome = supposing(store, scope=Scope(frozenset({"A"})), result=70)
    assert set(outcome.after.scorecard["owner_id"]) == {"A"}


@pytest.mark.parametrize(
    ("supposed", "said"),
    [
        (Supposed("A", "1.2", result=6), "Steps go from 0 to 5, not 6"),
        (Supposed("A", "1.1", target=-1), "cannot be negative"),
        (Supposed("A", "1.1", result=float("nan")), "not a number"),
        (Supposed("A", "9.9", result=1), "does not hold KPI 9.9"),
        (Supposed("B", "1.4", target=1), "does not hold KPI 1.4"),
        (Supposed("A", "1.3", result=50), "no denominator yet"),
    ],
)
def test_what_cannot_be_is_refused_in_words(holding, supposed, said):
    held = [kpi(), milestone("1.2"), percent("1.3"), kpi("1.4")]
    ended = target("B", 0, "1.4", since=date(2026, 12, 1), weight=0)
    targets = [*(target("A", 5, each.kpi_id) for each in held), target("B", 5, "1.4"), ended]
    store = holding(*DISTRICTS, *held, *targets)
    with pytest.raises(Refused, match=said):
        suppose(store, EVERYTHING, [supposed], year=YEAR, month=8)


@pytest.mark.parametrize(
    ("text", "measure", "figure"),
    [("1,250 ราย", "count", 1250), ("๑๒", "count", 12), ("83%", "percent", 83), ("ร้อยละ 83.5", "percent", 83.5)],
)
def test_figures_are_read_as_people_type_them(text, measure, figure):
    assert read_figure(text, of="result", measure=measure, unit="ราย") == figure


@pytest.mark.parametrize("measure", ["count", "percent"])
def test_less_than_nothing_done_is_refused(measure):
    with pytest.raises(Refused, match="cannot be negative"):
        read_figure("-3", of="result", measure=measure, unit="ราย")


@pytest.mark.parametrize(("text", "measure"), [("สิบสอง", "count"), ("0.83", "percent"), ("12O", "count")])
def test_what_is_not_certainly_a_figure_is_refused(text, measure):
    with pytest.raises(Refused, match=text):
        read_figure(text, of="result", measure=measure, unit="ราย")
