"""Section 8 of the definition: what does not add up or is not linked on the way down to each person."""

from datetime import date

import pytest

from tests.builders import (
    entry,
    figures,
    kpi,
    milestone,
    office,
    part,
    percent,
    person,
    province,
    reading,
    setting,
    target,
    withdrawn,
)

APRIL = date(2027, 4, 1)  # the 7th month
OF_A_SET = ("few_kpis", "many_kpis", "few_prescribed", "weights_off_100")


def faults(*records, month=12, checks=None, later=()):
    """What is found at the end of a month: (check, owner, own, children, difference); of sets only if asked for."""
    rows = figures(*records, later=later).cursor.execute(
        'select "check", owner_id, own, children, difference from cascade where month = ? order by 1, 2', [month]
    )
    return [row for row in rows.fetchall() if (row[0] in checks if checks else row[0] not in OF_A_SET)]


def ended(owner_id, since=APRIL, kpi_id="1.1"):
    return target(owner_id, 0, kpi_id, since, weight=0, reason="โอนงาน")


# Targets that add up


@pytest.mark.parametrize(
    ("parent", "children", "found"),
    [
        (100, (60, 40), []),
        (100, (60, 34), [("unallocated", "P", 100, 94, -6)]),
        (100, (60, 42), [("over_allocated", "P", 100, 102, 2)]),
        (0.3, (0.1, 0.2), []),  # whatever binary makes of it
        (0, (0, 0), []),
        (0, (0, 1), [("over_allocated", "P", 0, 1, 1)]),
    ],
)
def test_the_childrens_targets_sum_to_the_parents(parent, children, found):
    below = (target(owner, each) for owner, each in zip(("a", "b"), children, strict=True))
    assert faults(kpi(), office(), person("a"), person("b"), target("P", parent), *below) == found


def test_a_child_without_a_target_of_its_own_brings_the_sum_of_its_childrens():
    people = person("a", "A"), person("b", "A")
    records = (kpi(), *province("A"), *people, target("P", 100), target("a", 60), target("b", 30))
    assert faults(*records) == [("unallocated", "P", 100, 90, -10)]


def test_nothing_is_compared_where_no_child_has_a_target():
    records = kpi(), kpi("1.2", parent_kpi_id="1.1"), office(), person("a"), target("P"), target("a", 5, "1.2")
    assert faults(*records) == []


@pytest.mark.parametrize("other", [reading(), percent(), milestone()])
def test_targets_that_do_not_add_up_are_not_compared(other):
    assert faults(other, office(), person("a"), target("P", 5), target("a", 4)) == []


def test_a_revision_below_is_told_from_its_month_on():
    records = kpi(), office(), person("a"), target("P", 100), target("a", 100), target("a", 70, since=APRIL)
    assert [faults(*records, month=month) for month in (6, 7)] == [[], [("unallocated", "P", 100, 70, -30)]]


def test_a_target_that_has_ended_is_no_part_of_the_sum():
    records = kpi(), office(), person("a"), person("b"), target("P", 60), target("a", 60), target("b", 40), ended("b")
    assert [faults(*records, month=month) for month in (6, 7)] == [[("over_allocated", "P", 60, 100, 40)], []]


def test_a_part_goes_with_the_one_who_moves():
    moves = person("a", "A", to_date=date(2027, 3, 31)), person("a", "B", from_date=APRIL)
    stays = person("b", "A"), person("c", "B")
    given = target("P", 100), target("A", 70), target("B", 30), target("a", 20), target("b", 50), target("c", 30)
    records = (kpi(), *province("AB"), *moves, *stays, *given)
    assert faults(*records, month=6) == []
    assert faults(*records, month=7) == [("over_allocated", "B", 30, 50, 20), ("unallocated", "A", 70, 50, -20)]


# Offices passed over


def test_a_district_without_a_target_is_told_where_another_has_one():
    people = person("a", "A"), person("b", "B")
    assert faults(percent(), *province("AB"), *people, target("P"), target("A"), target("a")) == [
        ("no_target", "B", None, None, None)
    ]


def test_a_district_has_the_target_of_its_people():
    people = person("a", "A"), person("b", "B")
    records = (percent(), *province("AB"), *people, target("P"), target("A"), target("a"), target("b"))
    assert faults(*records) == []


@pytest.mark.parametrize(
    "given",
    [
        (target("P"), target("c")),  # no district has one: it is not the districts'
        (target("A"), target("a")),  # the province does not hold it
    ],
)
def test_a_kpi_that_is_not_the_districts_is_asked_of_none(given):
    people = person("a", "A"), person("b", "B"), person("c")
    assert faults(percent(), *province("AB"), *people, *given, checks=("no_target",)) == []


def test_a_group_takes_what_it_leads():
    groups = office("G", "P", "group"), office("H", "P", "group")
    assert faults(percent(), office(), *groups, person("g", "G"), target("P"), target("G"), target("g")) == []


def test_an_office_that_ended_its_own_is_not_passed_over():
    people = person("a", "A"), person("b", "B")
    given = target("P"), target("A"), target("a"), target("B"), target("b"), ended("B"), ended("b")
    assert faults(percent(), *province("AB"), *people, *given) == []


def test_an_office_abolished_is_not_passed_over():
    offices = office(), office("A", "P"), office("B", "P", to_date=date(2027, 3, 31))
    records = (percent(), *offices, person("a", "A"), target("P"), target("A"), target("a"))
    assert [faults(*records, month=month) for month in (6, 7)] == [[("no_target", "B", None, None, None)], []]


# Links down and up


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ([], [("reaches_nobody", "P", 100, None, None)]),
        ([target("a")], []),
        ([target("a", 5, "1.2")], []),  # linked to 1.1
        ([target("a", 5, "1.3")], [("reaches_nobody", "P", 100, None, None)]),  # linked to 1.2 only
        ([target("a"), ended("a")], [("reaches_nobody", "P", 100, None, None)]),
    ],
)
def test_a_kpi_reaches_somebody_who_holds_it_or_one_linked_to_it(given, found):
    linked = percent("1.2", parent_kpi_id="1.1"), percent("1.3", parent_kpi_id="1.2")
    records = (percent(), *linked, *province("A"), person("a", "A"), target("P"), *given)
    assert faults(*records, checks=("reaches_nobody",)) == found


def test_a_kpi_reaches_nobody_once_its_holder_has_left():
    records = percent(), office(), person("a", to_date=date(2027, 3, 31)), target("P"), target("a")
    assert [len(faults(*records, month=month)) for month in (6, 7)] == [0, 1]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ([], [("not_linked", "a", 5, None, None)]),
        ([target("A", 5, "1.2")], []),
        ([target("P", 5, "1.2")], []),
        ([target("P")], []),  # the parent KPI
        ([target("P", 5, "1.3")], [("not_linked", "a", 5, None, None)]),
        ([target("P"), ended("P")], [("not_linked", "a", 5, None, None)]),
        ([target("B", 5, "1.2")], [("not_linked", "a", 5, None, None)]),  # not above
    ],
)
def test_a_persons_kpi_or_its_parent_is_held_above(given, found):
    kpis = percent("1.1", parent_kpi_id="1.3"), percent("1.2", parent_kpi_id="1.1"), percent("1.3")
    records = (*kpis, *province("AB"), person("a", "A"), target("a", 5, "1.2"), *given)
    assert faults(*records, checks=("not_linked",)) == found


def test_an_office_need_not_be_linked():
    assert faults(percent(), *province("A"), person("a", "A"), target("A"), target("a")) == []


# Sets


def held(count, prescribed=0):
    """A person with so many KPIs, so many of them prescribed."""
    kpis = [percent(f"1.{n}") for n in range(count)]
    targets = [target("a", 5, f"1.{n}", prescribed=n < prescribed or None) for n in range(count)]
    return (percent("9.9"), *kpis, office(), person("a"), *targets)


@pytest.mark.parametrize(
    ("count", "prescribed", "found"),
    [
        (4, 4, []),
        (7, 4, []),
        (3, 3, [("few_kpis", "a", 3, None, -1), ("few_prescribed", "a", 3, None, -1)]),
        (0, 0, [("few_kpis", "a", 0, None, -4), ("few_prescribed", "a", 0, None, -4)]),
        (9, 5, [("many_kpis", "a", 9, None, 2)]),
        (5, 0, [("few_prescribed", "a", 0, None, -4)]),
    ],
)
def test_a_person_holds_four_to_seven_kpis_four_of_them_prescribed(count, prescribed, found):
    assert faults(*held(count, prescribed), checks=OF_A_SET) == found


def test_the_limits_are_settings():
    limits = setting("person_kpi_min", 1), setting("person_kpi_max", 2), setting("person_prescribed_min", 0)
    assert faults(*held(3), *limits, checks=OF_A_SET) == [("many_kpis", "a", 3, None, 1)]


def test_a_kpi_counts_while_it_is_held():
    records = (*held(4, 4), ended("a", kpi_id="1.0"))
    assert [len(faults(*records, month=month, checks=("few_kpis",))) for month in (6, 7)] == [0, 1]


def test_a_head_is_counted_only_with_kpis_of_its_own():
    assert faults(kpi(), office(), person("a", leads="P"), target("P"), checks=OF_A_SET) == []
    assert [row[:3] for row in faults(kpi(), office(), person("a", leads="P"), target("a"), checks=("few_kpis",))] == [
        ("few_kpis", "a", 1)
    ]


@pytest.mark.parametrize(
    ("weights", "found"),
    [
        ((60, 40), []),
        ((60, 35), [("weights_off_100", "P", 95, None, -5)]),
        ((60, 40.004), []),
        ((60, 40.01), [("weights_off_100", "P", 100.01, None, 0.01)]),
        ((0.6, 0.4), []),
        ((0.6, 0.404), [("weights_off_100", "P", 100.4, None, 0.4)]),  # still fractions
        ((0.6, 0.5), [("weights_off_100", "P", 1.1, None, -98.9)]),
        ((100, None), []),
        ((None, None), []),  # the KPIs' own weights hold
        ((0, 0), [("weights_off_100", "P", 0, None, -100)]),
    ],
)
def test_an_owners_weights_sum_to_100(weights, found):
    records = kpi(), kpi("1.2"), office(), *(target("P", 5, f"1.{n}", weight=w) for n, w in enumerate(weights, 1))
    rows = faults(*records, checks=OF_A_SET)
    assert [(*row[:2], round(row[2], 9), None, round(row[4], 9)) for row in rows] == found


def test_weights_are_those_in_force():
    first = target("P", 5, "1.1", weight=100)
    later = target("P", 5, "1.1", APRIL, weight=70), target("P", 5, "1.2", APRIL, weight=20)
    records = kpi(), kpi("1.2"), office(), first, *later
    assert [faults(*records, month=month, checks=OF_A_SET) for month in (6, 7)] == [
        [],
        [("weights_off_100", "P", 90, None, -10)],
    ]


# Results


REPORTED_BELOW = (person("a"), person("b"), target("a", 60), target("b", 40), entry("a", 1, 3), entry("b", 2, 4))


@pytest.mark.parametrize(
    ("own", "found"),
    [
        ([entry("P", 1, 3), entry("P", 2, 4)], []),
        ([entry("P", 2, 9)], [("own_against_children", "P", 9, 7, 2)]),
        ([entry("P", 2, 5)], [("own_against_children", "P", 5, 7, -2)]),
        ([], []),
    ],
)
def test_an_own_result_is_held_against_the_childrens(own, found):
    assert faults(kpi(), office(), target("P"), *REPORTED_BELOW, *own) == found


def test_an_own_result_taken_back_is_held_against_nothing():
    records = kpi(), office(), target("P"), *REPORTED_BELOW, entry("P", 2, 9)
    assert faults(*records, later=[withdrawn("P", 2)]) == []


def test_children_stand_as_they_are_above_an_own_entry_of_theirs():
    below = target("a", 100), entry("A", 1, 5), entry("a", 1, 3)
    records = (kpi(), *province("A"), person("a", "A"), target("P"), *below, entry("P", 1, 6))
    assert faults(*records, month=1) == [("own_against_children", "A", 5, 3, 2), ("own_against_children", "P", 6, 5, 1)]


def test_a_ratio_is_held_against_the_ratio_of_the_sums():
    below = target("a"), target("b"), part("a", 1, 1, 1), part("b", 1, 0, 3)
    records = percent(), office(), person("a"), person("b"), target("P"), *below, part("P", 1, 1, 2)
    assert faults(*records) == [("own_against_children", "P", 50, 25, 25)]


def test_what_does_not_roll_up_is_not_held_against_anything():
    records = reading(), office(), person("a"), target("P"), target("a"), entry("P", 1, 6), entry("a", 1, 5)
    assert faults(*records) == []


def test_nothing_is_found_where_all_is_well():
    people = person("a", "A"), person("b", "B")
    sums = target("P", 100), target("A", 60), target("B", 40), target("a", 60), target("b", 40)
    results = entry("a", 1, 6), entry("b", 1, 4), entry("P", 1, 10)
    assert faults(kpi(), *province("AB"), *people, *sums, *results) == []
