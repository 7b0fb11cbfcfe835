"""Section 5 of the definition: status and score."""

from tests.builders import (
    entry,
    figures,
    kpi,
    milestone,
    office,
    outcomes,
    override,
    part,
    percent,
    plan,
    province,
    reading,
    setting,
    target,
)

SCORES = ("score_year", "score_period")

# Status


def test_status_of_an_owner_without_a_result_says_which_kind_of_empty():
    """At month 2; the target is of 100."""
    table = {
        "monthly": "not_reported",
        "quarterly": "not_due",
        "half": "not_due",
        "yearly": "not_due",
        "event": "not_applicable",
    }

    def records(frequency):
        return (kpi(frequency=frequency), office(), target("P"))

    assert outcomes(table, records, "status", month=2) == table


def test_status_of_an_owner_without_a_result_at_a_due_month():
    table = {"quarterly": "not_reported", "half": "not_reported", "yearly": "not_due", "event": "not_applicable"}

    def records(frequency):
        return (kpi(frequency=frequency), office(), target("P"))

    assert outcomes(table, records, "status", month=6) == table


def test_planned_but_not_yet_asked_for_is_not_due():
    row = figures(percent(frequency="yearly", plan=plan(50, 100)), office(), target("P"))["P", 1]
    assert (row["plan"], row["status"]) == (50, "not_due")


def test_first_status_that_holds():
    late = plan(0, 0, 0, 0, 0, 0, 100)
    nothing, some = part("P", 1, 0, 0), part("P", 1, 1, 1)
    found = figures(
        office(),
        *(percent(f"1.{n}", plan=late if n < 3 else None) for n in range(5)),
        *(target("P", kpi_id=f"1.{n}") for n in (1, 2, 3, 4)),
        *(
            part("P", 1, e.numerator, e.denominator, f"1.{n}")
            for n, e in enumerate((some, some, nothing, nothing, some))
        ),
    )
    statuses = [found["P", 6, f"1.{n}"]["status"] for n in range(5)]
    assert statuses == ["no_target", "not_due", "not_due", "not_applicable", "on_plan"]


def test_status_follows_progress_rounded_to_two_decimals():
    table = {0: "behind", 79.99: "behind", 79.994: "behind", 79.995: "watch", 80: "watch", 99.994: "watch"}
    table |= {99.995: "on_plan", 100: "on_plan", 250: "on_plan"}
    assert outcomes(table, lambda value: (kpi(), office(), target("P"), entry("P", 12, value)), "status") == table


def test_thresholds_of_status_are_settings():
    said = setting("status_on_plan", 90), setting("status_watch", 50)
    table = {49: "behind", 50: "watch", 89: "watch", 90: "on_plan"}

    def records(value):
        return (kpi(), office(), *said, target("P"), entry("P", 12, value))

    assert outcomes(table, records, "status") == table


def test_status_is_of_the_plan_to_date():
    found = figures(kpi(), office(), target("P"), entry("P", 1, 50))
    assert [found["P", month]["status"] for month in (6, 7, 8)] == ["on_plan", "watch", "behind"]


def test_event_that_happened_has_a_status():
    row = figures(kpi(frequency="event"), office(), target("P"), entry("P", 2, 50))["P", 3]
    assert (row["status"], row["due_entries"]) == ("on_plan", 0)


def test_score_exists_only_with_a_status_of_progress():
    not_yet = plan(0, 0, 0, 0, 0, 0, 100)
    table = {
        (None, 100, 50): ("behind", True),
        (None, 100, 100): ("watch", True),
        (None, 100, None): ("not_reported", False),
        (None, None, 50): ("no_target", False),
        (not_yet, 100, 50): ("not_due", False),
    }

    def records(steps, target_, value):
        said = [target("P", 240)] if target_ else []
        return kpi(plan=steps), office(), *said, *([entry("P", 1, value)] if value else [])

    found = outcomes(table, records, "status", *SCORES, month=6)
    assert {case: (status, year is not None) for case, (status, year, _) in found.items()} == table
    assert all((year is None) == (period is None) for _, year, period in found.values())


# The scale

RISING, HIGH, FALLING, GAPPED = (
    (60, 70, 80, 90, 100),
    (80, 85, 90, 95, 100),
    (5000, 4000, 3000, 2000, 1000),
    (111, None, 94, None, 77),
)
EXAMPLES = {
    (83, RISING): (3.3, 3),
    (60, RISING): (1, 1),
    (59.9, RISING): (1, 0),
    (123.4, RISING): (5, 5),
    (92.5, HIGH): (3.5, 3),
    (2500, FALLING): (3.5, 3),
    (900, FALLING): (5, 5),
    (6000, FALLING): (1, 0),
    (80, GAPPED): (4.6471, 3),
}


def on_scale(x, levels, scoring):
    direction = "down" if levels[0] > levels[4] else "up"
    return reading(levels=levels, scoring=scoring, direction=direction), office(), target("P"), entry("P", 12, x)


def test_score_of_each_example():
    for n, scoring in enumerate(("interpolate", "step")):
        found = outcomes(EXAMPLES, lambda x, levels, s=scoring: on_scale(x, levels, s), "score_year")
        assert {case: round(score, 4) for case, score in found.items()} == {c: s[n] for c, s in EXAMPLES.items()}


def scored(x, scoring, levels):
    return reading(levels=levels, scoring=scoring), office(), target("P"), entry("P", 12, x)


def test_missing_anchors_are_bridged():
    levels = (60, None, 80, None, None)
    table = {(70, "interpolate"): 2, (95, "interpolate"): 3, (50, "interpolate"): 1, (70, "step"): 1, (95, "step"): 3}
    assert outcomes(table, lambda x, scoring: scored(x, scoring, levels), "score_year") == table


def test_scale_that_begins_above_level_1_has_the_floor_below():
    levels = (None, None, 80, 90, None)
    table = {(70, "interpolate"): 1, (80, "interpolate"): 3, (99, "interpolate"): 4, (70, "step"): 0, (99, "step"): 4}
    assert outcomes(table, lambda x, scoring: scored(x, scoring, levels), "score_year") == table


def test_score_floor_is_a_setting_of_interpolation_alone():
    table = {(50, "interpolate"): 0.5, (60, "interpolate"): 1, (50, "step"): 0}

    def records(x, scoring):
        return (*scored(x, scoring, RISING), setting("score_floor", 0.5))

    assert outcomes(table, records, "score_year") == table


def test_x_is_brought_to_ten_decimals_before_it_is_scored():
    value = 0.1 + 0.7  # a hair under 0.8
    levels = (0.6, 0.7, 0.8, 0.9, 1.0)
    assert figures(*scored(value, "step", levels))["P", 12]["score_year"] == 3


def test_own_levels_replace_the_whole_set():
    own = target("P", levels=(10, None, None, None, 50))
    assert figures(reading(), office(), own, entry("P", 12, 30))["P", 12]["score_year"] == 3


def test_basis_says_what_is_scored():
    table = {"percent_of_target": 3.3, "absolute": 5}

    def records(basis):
        return (reading(scale_basis=basis), office(), target("P", 200), entry("P", 12, 166))

    assert outcomes(table, records, "score_year") == table


# The two views


def test_year_view_scores_the_result_and_period_view_its_pace():
    found = figures(kpi(), office(), target("P"), entry("P", 1, 40))
    assert [tuple(found["P", month][view] for view in SCORES) for month in (6, 12)] == [(1, 3), (1, 1)]


def test_period_view_of_an_absolute_scale():
    row = figures(kpi(scale_basis="absolute"), office(), target("P"), entry("P", 1, 40))["P", 6]
    assert (row["score_year"], row["score_period"]) == (1, 3)


def test_milestone_is_scored_by_its_steps():
    table = {0: (0, 0), 2: (2, 4), 3: (3, 5), 5: (5, 5)}

    def records(steps):
        return (milestone(), office(), target("P", 5), entry("P", 6, steps))

    assert outcomes(table, records, *SCORES, month=6) == table


def test_milestone_of_a_province_may_score_a_fraction():
    held = [*(target(owner, 5) for owner in "AB"), entry("A", 12, 3), entry("B", 12, 2)]
    assert figures(milestone(), *province("AB"), *held)["P", 12]["score_year"] == 2.5


# Override


def test_override_replaces_both_scores_and_what_they_are_worth():
    row = figures(kpi(), office(), target("P"), entry("P", 6, 50), override("P", 6, 2.5))["P", 6]
    columns = (*SCORES, "weighted_year", "weighted_period", "lost_points_year", "lost_points_period", "override_reason")
    assert tuple(row[column] for column in columns) == (2.5, 2.5, 2.5, 2.5, 2.5, 2.5, "ภัยแล้ง")


def test_override_leaves_the_computed_score_beside_it():
    row = figures(kpi(), office(), target("P"), entry("P", 6, 45), override("P", 6, 2.5))["P", 6]
    assert (row["computed_year"], row["computed_period"]) == (1, 4)


def test_override_holds_for_its_month_only():
    found = figures(kpi(), office(), target("P"), entry("P", 1, 100), override("P", 6, 2.5))
    assert [found["P", month]["score_year"] for month in (5, 6, 7)] == [5, 2.5, 5]


def test_override_is_counted_in_totals():
    found = figures(kpi(), office(), target("P"), entry("P", 6, 50), override("P", 6, 2.5))
    assert (found.total("P", 6)["score_period"], found.total("P", 6)["score_low_year"]) == (2.5, 2.5)


def test_override_makes_no_score_where_there_is_none():
    row = figures(kpi(), office(), target("P"), override("P", 6, 2.5))["P", 6]
    assert (row["status"], row["score_year"], row["override_reason"]) == ("not_reported", None, None)


def test_override_changes_no_parents_score():
    found = figures(kpi(), *province("A"), target("A"), entry("A", 1, 50), override("A", 6, 2.5))
    assert found["P", 6]["score_period"] == 5
