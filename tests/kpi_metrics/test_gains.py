"""Where one more unit of work helps most: the gain told is what reaching the target brings, whatever the roll-up."""

from __future__ import annotations

import pytest

from kpi_metrics.access import EVERYTHING
from kpi_metrics.gains import most_gain
from kpi_metrics.what_if import Supposed, suppose
from tests.builders import (
    YEAR,
    entry,
    kpi,
    milestone,
    office,
    override,
    part,
    percent,
    person,
    province,
    reading,
    target,
)

DISTRICTS = province("AB")


def gains(store, month=8, **asked):
    return most_gain(store, EVERYTHING, year=YEAR, month=month, **asked)


def province_score(figures):
    return figures.summary.set_index("owner_id").loc["P", "score_year"]


ROLLED_UP = {
    "sum": [kpi(), target("A"), target("B", 50), target("C"), entry("A", 2, 60), entry("B", 2, 40), entry("C", 7, 80)],
    "ratio": [percent(), *(target(o, 90) for o in "ABC"), part("A", 2, 7, 10), part("B", 2, 30, 40), part("C", 2, 4, 5)],
    "mean by target": [
        reading(roll_up="mean", scale_basis="percent_of_target"),
        *(target("P", 90), target("A", 90), target("B", 40), target("C", 10)),
        *(entry("A", 2, 70), entry("B", 2, 35), entry("C", 2, 9)),
    ],
    "equal mean": [
        milestone(roll_up="mean"),
        *(target("P", 5), target("A", 5), target("B", 0), target("C", 5)),
        *(entry("A", 2, 1), entry("B", 2, 2), entry("C", 2, 4)),
    ],
    "min": [milestone(roll_up="min"), *(target(o, 5) for o in "ABC"), entry("A", 2, 1), entry("B", 2, 3), entry("C", 2, 3)],
    "max": [milestone(roll_up="max"), *(target(o, 5) for o in "ABC"), entry("A", 2, 1), entry("B", 2, 3)],
}  # fmt: skip


@pytest.mark.parametrize("records", ROLLED_UP.values(), ids=ROLLED_UP)
def test_a_gain_is_what_supposing_the_target_reached_brings(holding, records):
    store = holding(*province("ABC"), *records)
    found = gains(store)
    assert len(found)
    for each in found.to_dict("records"):
        reached = Supposed(each["owner_id"], "1.1", result=each["target"])
        outcome = suppose(store, EVERYTHING, [reached], year=YEAR, month=8)
        brought = province_score(outcome.after) - province_score(outcome.before)
        assert each["gain"] == pytest.approx(brought, abs=1e-9)


def test_what_remains_of_a_percent_by_parts_is_counted_in_its_numerator(holding):
    store = holding(*DISTRICTS, percent(), target("A", 90), part("A", 2, 7, 10), part("B", 2, 30, 40))
    assert gains(store)[["remaining", "is_by_parts"]].values.tolist() == [[2, True]]


def test_the_gain_of_a_unit_is_that_of_all_that_remains_shared_out(holding):
    store = holding(*DISTRICTS, kpi(), target("A"), target("B"), entry("A", 2, 60), entry("B", 2, 99))
    [first, second] = gains(store).to_dict("records")
    assert (first["owner_id"], first["remaining"], first["gain"]) == ("A", 40, pytest.approx(2))
    assert [each["gain_per_unit"] for each in (first, second)] == pytest.approx([0.05, 0.05])


def test_the_best_come_first_and_only_so_many(holding):
    held = [kpi("1.1", weight=30), kpi("1.2", weight=70)]
    told = [record for each in ("1.1", "1.2") for record in (target("A", 100, each), entry("A", 2, 70, each))]
    store = holding(*DISTRICTS, *held, *told)
    assert list(gains(store).kpi_id) == ["1.2", "1.1"]
    assert list(gains(store, limit=1).kpi_id) == ["1.2"]


@pytest.mark.parametrize(
    "records",
    [
        [kpi(direction="down"), target("A", 100), entry("A", 2, 200)],
        [kpi(), target("A", 100), entry("A", 2, 100)],
        [kpi(), target("A", 100), target("B", 100), entry("P", 2, 90), entry("A", 2, 60)],
        [kpi(), target("A", 100)],
        [kpi(weight=None), kpi("1.2"), target("A", 100), entry("A", 2, 60)],
        [kpi(roll_up="none"), target("P", 100), target("A", 100), entry("P", 2, 60), entry("A", 2, 60)],
        [kpi(), target("A", 100), entry("A", 2, 60), override("P", 8, 4)],
    ],
    ids=[
        "less is better",
        "reached",
        "reported above",
        "not reported",
        "without weight",
        "not rolled up",
        "overridden",
    ],
)
def test_nothing_is_gained_where_a_unit_more_moves_no_score(holding, records):
    assert gains(holding(*DISTRICTS, *records)).empty


def test_the_gain_of_an_office_lies_with_its_people(holding):
    people = (person("X", "A"), person("Y", "A"))
    store = holding(*DISTRICTS, *people, kpi(), target("X"), target("Y"), entry("X", 2, 90), entry("Y", 2, 70))
    assert list(gains(store, owner="A").owner_id) == ["Y", "X"]
    assert list(gains(store).owner_id) == ["A"]


def test_of_several_with_nobody_above_the_first_in_order_is_asked_about(holding):
    roots = office("P", sort_order=2), office("Q", sort_order=1), office("A", "P"), office("B", "Q")
    store = holding(*roots, kpi(), target("A"), target("B"), entry("A", 2, 60), entry("B", 2, 60))
    assert list(gains(store).owner_id) == ["B"]


def test_an_owner_without_figures_has_nothing_to_gain(holding):
    assert gains(holding(office())).empty
