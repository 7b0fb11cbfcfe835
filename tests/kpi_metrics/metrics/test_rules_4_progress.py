"""Section 4 of the definition: achievement, progress, gap, and what is still to do."""

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
    reading,
    target,
)

NOT_YET = plan(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100)
COLUMNS = ("achievement_pct", "progress_pct", "gap")


def reported(direction, target_, result, **facts):
    return kpi(direction=direction, **facts), office(), target("P", target_), entry("P", 6, result)


def test_achievement_progress_and_gap_of_the_half_year():
    """At month 6 half of the target is planned."""
    table = {
        ("up", 100, 40): (40, 80, -10),
        ("up", 100, 50): (50, 100, 0),
        ("up", 100, 75): (75, 150, 25),
        ("up", 100, 150): (150, 300, 100),
        ("up", 100, -10): (-10, -20, -60),
        ("down", 100, 100): (100, 0, -50),
        ("down", 100, 50): (150, 100, 0),
        ("down", 100, 25): (175, 150, 25),
        ("down", 100, 200): (0, 0, -150),
        ("down", 100, 300): (0, 0, -250),
        ("down", 100, 0): (200, 200, 50),
    }
    assert outcomes(table, reported, *COLUMNS, month=6) == table


def test_ceiling_of_the_year():
    """On the ceiling 100, half of it 150, twice 0."""
    table = {("down", 100, 100): 100, ("down", 100, 50): 150, ("down", 100, 200): 0}
    assert outcomes(table, reported, "achievement_pct") == table


def test_target_of_zero_is_met_or_worst():
    table = {
        ("up", 0, 0): (100, 100, 0, 5),
        ("up", 0, 3): (100, 100, 3, 5),
        ("up", 0, -1): (0, 0, -1, 1),
        ("down", 0, 0): (100, 100, 0, 5),
        ("down", 0, -1): (100, 100, 1, 5),
        ("down", 0, 1): (0, 0, -1, 1),
    }
    assert outcomes(table, reported, *COLUMNS, "score_year", month=6) == table


def test_target_of_zero_missed_is_the_worst_of_its_scoring():
    table = {"interpolate": 1, "step": 0}
    assert outcomes(table, lambda s: reported("up", 0, -1, scoring=s), "score_year", month=6) == table


def test_progress_and_gap_are_blank_while_nothing_is_planned():
    row = figures(*reported("up", 100, 40, plan=NOT_YET))["P", 6]
    assert tuple(row[column] for column in COLUMNS) == (40, None, None)


def test_without_a_target_nothing_is_compared():
    row = figures(kpi(), office(), entry("P", 6, 40))["P", 6]
    assert (row["result"], *(row[column] for column in (*COLUMNS, "plan"))) == (40, None, None, None, None)


# Needed per month


def test_needed_per_month_spreads_what_is_left():
    found = figures(kpi(), office(), target("P", 100), entry("P", 1, 40))
    assert [found["P", month]["needed_per_month"] for month in (2, 6, 11, 12)] == [6, 10, 60, None]


def test_nothing_is_needed_per_month_but_of_a_known_count_below_its_target():
    records = [
        (kpi("1.1"), entry("P", 1, 100, "1.1")),
        (kpi("1.2", direction="down"), entry("P", 1, 40, "1.2")),
        (reading("1.3"), entry("P", 1, 40, "1.3")),
        (percent("1.4", roll_up="mean"), entry("P", 1, 40, "1.4")),
        (kpi("1.5"),),
    ]
    held = [target("P", kpi_id=each[0].kpi_id) for each in records]
    found = figures(office(), *(record for each in records for record in each), *held)
    assert [found["P", 2, each.kpi_id]["needed_per_month"] for each in held] == [None] * 5


# Next level


def scored(scoring, levels, direction, value, target_=100, basis="percent_of_target", measure="value"):
    facts = {"scoring": scoring, "levels": levels, "direction": direction, "scale_basis": basis, "measure": measure}
    return reading(**facts), office(), target("P", target_), entry("P", 12, value)


RISING, GAPPED, FALLING = (60, 70, 80, 90, 100), (60, None, 80, None, 100), (140, 130, 120, 110, 100)


def test_next_level_is_the_change_to_the_next_whole_one():
    table = {
        ("interpolate", RISING, "up", 83): 7,
        ("interpolate", RISING, "up", 83.5): 6.5,
        ("interpolate", RISING, "up", 80): 10,
        ("interpolate", RISING, "up", 50): 20,  # scored 1 already
        ("interpolate", RISING, "up", 100): None,
        ("interpolate", GAPPED, "up", 83): 7,
        ("interpolate", FALLING, "down", 115): -5,
        ("step", RISING, "up", 83): 7,
        ("step", RISING, "up", 50): 10,
        ("step", GAPPED, "up", 83): 17,
        ("step", GAPPED, "up", 50): 10,
        ("step", FALLING, "down", 150): -10,
        ("interpolate", RISING, "up", 166, 200): 14,
        ("interpolate", RISING, "up", 83, 7, "absolute"): 7,
        ("interpolate", RISING, "up", 83, 0): None,
        ("interpolate", RISING, "up", 83.2, 100, "percent_of_target", "count"): 7,
        ("interpolate", FALLING, "down", 115.5, 100, "percent_of_target", "count"): -6,
        ("interpolate", RISING, "up", 62, 75, "percent_of_target", "count"): 6,  # 67.5 is wanted
    }
    assert outcomes(table, scored, "next_level_gap") == table


def test_next_level_of_a_milestone_is_the_next_step():
    table = {0: 1, 2: 1, 4: 1, 5: None}

    def records(steps):
        return (milestone(), office(), target("P", 5), entry("P", 12, steps))

    assert outcomes(table, records, "next_level_gap") == table


def test_unscored_has_no_next_level():
    assert figures(kpi(plan=NOT_YET), office(), target("P"), entry("P", 1, 40))["P", 1]["next_level_gap"] is None


def test_next_level_is_of_the_computed_year_score():
    """An override hides the score, not the way to the next level."""
    row = figures(kpi(), office(), target("P"), entry("P", 12, 83), override("P", 12, 5))["P", 12]
    assert (row["score_year"], row["next_level_gap"]) == (5, 7)


# Projection


def test_projection_goes_on_at_the_pace_of_the_plan():
    found = figures(kpi(), office(), target("P"), entry("P", 1, 30))
    assert [found["P", month]["projection"] for month in (2, 3, 6, 12)] == [None, 120, 60, 30]


def test_projection_waits_for_a_tenth_of_the_plan():
    table = {9: None, 10: 400, 50: 80}

    def records(share):
        return kpi(plan=plan(0, 0, share, 100)), office(), target("P"), entry("P", 1, 40)

    assert outcomes(table, records, "projection", month=3) == table


def test_there_is_no_projection_but_of_rising_increments():
    others = kpi("1.1", entry="snapshot"), kpi("1.2", direction="down"), kpi("1.3")
    said = entry("P", 1, 40, "1.1"), entry("P", 1, 40, "1.2")
    found = figures(office(), *others, *said, *(target("P", kpi_id=each.kpi_id) for each in others))
    assert [found["P", 6, each.kpi_id]["projection"] for each in others] == [None] * 3


def test_projection_of_a_percent_of_increments_is_its_result():
    row = figures(percent(entry="increment"), office(), target("P"), part("P", 1, 1, 2))["P", 6]
    assert row["projection"] == 50
