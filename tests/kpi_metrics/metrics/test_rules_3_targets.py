"""Section 3 of the definition: the target in force and the plan to date."""

from datetime import date

from tests.builders import (
    entry,
    figures,
    kpi,
    milestone,
    office,
    outcomes,
    percent,
    person,
    plan,
    province,
    reading,
    target,
)

MARCH = date(2027, 3, 31)  # the last day of month 6
LOW = (10.0, 20.0, 30.0, 40.0, 50.0)


def of_months(found, column, months, owner="P"):
    return [found[owner, month][column] for month in months]


# In force


def test_version_is_in_force_from_the_month_that_ends_on_its_day_or_later():
    found = figures(kpi(), office(), target("P", 100), target("P", 200, since=MARCH))
    assert of_months(found, "target", (5, 6, 7)) == [100, 200, 200]


def test_version_of_the_first_of_a_month_is_not_in_force_the_month_before():
    found = figures(kpi(), office(), target("P", 100), target("P", 200, since=date(2027, 4, 1)))
    assert of_months(found, "target", (6, 7)) == [100, 200]


def test_of_two_versions_of_a_day_the_newest_import_is_in_force():
    found = figures(kpi(), office(), target("P", 100), later=[target("P", 80)])
    assert found["P", 1]["target"] == 80


def test_before_the_first_version_there_is_no_target():
    found = figures(kpi(), office(), target("P", since=MARCH))
    assert of_months(found, "status", (5, 6)) == ["no_target", "not_reported"]


def test_version_of_before_the_year_is_in_force_from_its_beginning():
    assert figures(kpi(), office(), target("P", since=date(2026, 7, 1)))["P", 1]["target"] == 100


def test_later_version_inherits_what_it_leaves_blank():
    first = target("P", weight=40, prescribed=True, levels=LOW, plan=plan(0, 0, 0, 0, 50, 50, 100))
    found = figures(kpi(), office(), first, target("P", 200, since=MARCH), entry("P", 1, 60))
    columns = ("target", "weight", "prescribed", "plan", "score_year")
    assert [tuple(found["P", month][column] for column in columns) for month in (5, 6)] == [
        (100, 40, True, 50, 5),
        (200, 40, True, 100, 3),
    ]


def test_later_version_replaces_levels_and_plan_as_a_whole():
    first = target("P", levels=LOW, plan=plan(0, 0, 0, 0, 50, 50, 100))
    second = target("P", since=MARCH, levels=(None, None, 60.0, None, 80.0), plan=plan(0, 100))
    row = figures(kpi(), office(), first, second, entry("P", 1, 30))["P", 6]
    assert (row["plan"], row["level_1"], row["level_3"], row["score_year"]) == (100, None, 60, 1)


def test_version_between_two_inherits_from_the_one_before_it_by_date():
    versions = target("P", weight=30), target("P", since=date(2027, 6, 1), weight=50)
    found = figures(kpi(), office(), *versions, later=[target("P", since=date(2027, 2, 1))])
    assert of_months(found, "weight", (1, 5, 9)) == [30, 30, 50]


# The end of holding


def test_version_of_target_and_weight_0_ends_the_kpi_for_its_owner():
    ended = target("P", 0, since=date(2027, 3, 1), weight=0)
    found = figures(kpi(), office(), target("P", 120, weight=40), ended, entry("P", 1, 10))
    assert [(found["P", m]["target"], found["P", m]["weight"], found["P", m]["status"]) for m in (5, 6)] == [
        (120, 40, "behind"),
        (None, None, "no_target"),
    ]
    assert [found["P", month]["due_entries"] for month in (5, 6, 12)] == [5, 5, 5]


def test_target_of_0_with_a_weight_is_a_target():
    found = figures(kpi(direction="down"), office(), target("P", 0, weight=10), entry("P", 1, 0))
    assert (found["P", 1]["target"], found["P", 1]["status"]) == (0, "on_plan")


def test_kpi_that_ended_leaves_the_other_weights_as_they_are():
    held = target("P"), target("P", kpi_id="1.2"), target("P", 0, "1.2", since=MARCH, weight=0)
    found = figures(kpi(weight=30), kpi("1.2", weight=70), office(), *held)
    assert found["P", 6]["weight"] == 30


def test_kpi_begun_again_has_the_weight_it_had():
    versions = target("P", weight=40), target("P", 0, since=date(2027, 2, 1), weight=0), target("P", 50, since=MARCH)
    found = figures(kpi(), office(), *versions)
    assert of_months(found, "weight", (4, 5, 6)) == [40, None, 40]


# No own version


def test_target_of_an_office_without_one():
    def records(roll_up, *targets):
        held = zip("ABC", targets, strict=False)
        return reading(roll_up=roll_up), *province("ABC"), *(target(o, t) for o, t in held if t is not None)

    table = {
        ("sum", 10, 20): 30,
        ("sum", 10, None, 5): 15,
        ("mean", 10, 10): 10,
        ("mean", 10, 10, None): 10,
        ("mean", 10, 20): None,
        ("min", 7, 7): 7,
        ("max", 7, 8): None,
        ("sum", 0, 0): 0,
    }
    assert outcomes(table, records, "target", month=1) == table


def test_ratio_has_the_common_target():
    found = figures(percent(), percent("1.2"), *province("AB"), target("A", 80), target("B", 80),
                    target("A", 80, "1.2"), target("B", 90, "1.2"))  # fmt: skip
    assert [found["P", 1, k]["target"] for k in ("1.1", "1.2")] == [80, None]


def test_own_target_stands_before_the_childrens():
    assert figures(kpi(), *province("A"), target("P", 500), target("A", 100))["P", 1]["target"] == 500


def test_targets_add_up_level_by_level():
    tree = *province("AB"), person("a", "A"), person("b", "A")
    found = figures(kpi(), *tree, target("a", 10), target("b", 20), target("B", 5))
    assert [found[owner, 1]["target"] for owner in "PAB"] == [35, 30, 5]


def test_office_without_a_version_has_the_phasing_and_scale_of_the_kpi():
    held = target("A", plan=plan(0, 100), levels=LOW)
    row = figures(kpi(), *province("A"), held, entry("A", 1, 30))["P", 6]
    assert (row["plan"], row["level_1"], row["score_year"]) == (50, 60, 1)


# Phasing

TWELFTHS = [round(100 * month / 12, 9) for month in range(1, 13)]
FIFTHS = plan(20, 40, 60, 80, 100)


PHASINGS = [
    (kpi, {}, TWELFTHS),
    (milestone, {}, TWELFTHS),
    (kpi, {"frequency": "event"}, TWELFTHS),
    (percent, {}, [100] * 12),
    (reading, {}, [100] * 12),
    (kpi, {"frequency": "yearly"}, [0] * 11 + [100]),
    (kpi, {"frequency": "quarterly"}, [0, 0, 25, 25, 25, 50, 50, 50, 75, 75, 75, 100]),
    (kpi, {"frequency": "half"}, [0] * 5 + [50] * 6 + [100]),
    (percent, {"frequency": "quarterly"}, [0, 0] + [100] * 10),
    (percent, {"frequency": "yearly"}, [100] * 12),
    (kpi, {"plan": FIFTHS}, [20, 40, 60, 80] + [100] * 8),
    (kpi, {"plan": FIFTHS, "frequency": "quarterly"}, [0, 0, 60, 60, 60] + [100] * 7),
]


def test_plan_to_date_is_the_target_times_its_phasing():
    ids = [f"1.{n}" for n in range(len(PHASINGS))]
    kpis = (make(kpi_id, **facts) for kpi_id, (make, facts, _) in zip(ids, PHASINGS, strict=True))
    found = figures(*kpis, office(), *(target("P", kpi_id=kpi_id) for kpi_id in ids))
    plans = [[found["P", month, kpi_id]["plan"] for month in range(1, 13)] for kpi_id in ids]
    assert plans == [expected for _, _, expected in PHASINGS]


def test_phasing_of_the_version_stands_before_that_of_the_kpi():
    found = figures(kpi(plan=FIFTHS), office(), target("P", plan=plan(0, 10, 100)))
    assert of_months(found, "plan", (1, 2, 3)) == [0, 10, 100]
