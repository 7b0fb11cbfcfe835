"""Section 6 of the definition: weights, totals, bounds, rank and rounds."""

from datetime import date

import pytest

from kpi_metrics.model import Band
from tests.alternative import half_up
from tests.builders import (
    YEAR,
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

# Weights


def weights(*records, month=1):
    found = figures(office(), *records)
    return [found["P", month, kpi_id]["weight"] for kpi_id in ("1.1", "1.2", "1.3")]


def three(*defaults):
    return [kpi(f"1.{n}", weight=weight) for n, weight in enumerate(defaults, 1)]


def held(*own):
    return [target("P", kpi_id=f"1.{n}", weight=weight) for n, weight in enumerate(own, 1)]


def test_weights_are_the_owners_or_else_the_defaults():
    table = [
        ((50, 30, 20), (None, None, None), [50, 30, 20]),
        ((50, 30, 20), (60, 40, None), [60, 40, None]),  # own ones leave all defaults aside
        ((50, 30, 20), (None, None, 0), [None, None, 0]),
        ((None, None, None), (None, None, None), [None, None, None]),
        ((0.5, 0.3, 0.2), (None, None, None), [50, 30, 20]),
        ((0.5, 0.3, 0.205), (None, None, None), [50, 30, 20.5]),  # 1.005 is still 1
        ((0.5, 0.3, 0.206), (None, None, None), [0.5, 0.3, 0.206]),
        ((50, 30, 20), (0.4, 0.6, None), [40, 60, None]),
        ((0.5, 0.3, 0.2), (50, 30, None), [50, 30, None]),
    ]
    for defaults, own, expected in table:
        assert weights(*three(*defaults), *held(*own)) == expected


def test_fractions_are_told_by_the_whole_year_also_where_a_kpi_is_not_held():
    found = figures(office(), *three(0.5, 0.3, 0.2), target("P"))
    assert (found["P", 1]["weight"], found.total("P", 1)["weight_total"]) == (50, 50)


def test_fractions_stay_fractions_in_the_months_of_fewer_kpis():
    ended = target("P", 0, "1.3", since=date(2027, 4, 1), weight=0)
    found = figures(office(), *three(None, None, None), *held(0.5, 0.3, 0.2), ended)
    assert [found["P", month]["weight"] for month in (6, 7)] == [50, 50]
    assert [found.total("P", month)["weight_total"] for month in (6, 7)] == [100, 80]


def test_fractions_are_fractions_also_before_the_last_kpi_begins():
    begun = target("P", kpi_id="1.3", since=date(2027, 4, 1), weight=0.2)
    found = figures(office(), *three(None, None, None), *held(0.5, 0.3), begun)
    assert [found.total("P", month)["weight_total"] for month in (6, 7)] == [80, 100]


def test_fractions_rewritten_in_percent_restate_no_month_before():
    rewritten = [target("P", kpi_id=f"1.{n}", since=date(2027, 4, 1), weight=w) for n, w in enumerate((40, 40, 20), 1)]
    found = figures(office(), *three(None, None, None), *held(0.5, 0.3, 0.2), *rewritten)
    assert [found["P", month]["weight"] for month in (6, 7)] == [50, 40]


def test_weights_are_free_of_binary_noise():
    assert weights(*three(None, None, None), *held(0.07, 0.29, 0.64)) == [7, 29, 64]


def test_unweighted_kpi_is_counted_and_not_added():
    found = figures(office(), *three(60, 40, None), *held(None, None, None), entry("P", 12, 0, "1.3"))
    row = found.total("P", 12)
    assert (row["kpi_count"], row["weight_total"], row["weight_evaluated"], row["score_year"]) == (3, 100, 0, None)


# Totals and bounds

FIVE = [
    reading("1.1", weight=30),
    reading("1.2", weight=20),
    reading("1.3", weight=20, scoring="step"),
    reading("1.4", weight=20, levels=(80, 85, 90, 95, 100)),
    reading("1.5", weight=10),
]


def reported(owner="P", month=6):
    """Scores of 3.3, 5, 3 and 3.5; KPI 1.5 is not reported."""
    return [
        *(target(owner, kpi_id=f"1.{n}") for n in range(1, 6)),
        *(entry(owner, month, x, f"1.{n}") for n, x in enumerate((83, 123.4, 83, 92.5), 1)),
    ]


def test_example_of_the_definition():
    row = figures(office(), *FIVE, *reported()).total("P", 6)
    assert (row["weight_total"], row["weight_evaluated"]) == (100, 90)
    figures_ = [row[column] for column in ("score_period", "score_low_period", "score_high_period")]
    assert [half_up(figure, 4) for figure in figures_] == [3.6556, 3.39, 3.79]
    assert [half_up(20 * figure, 2) for figure in figures_] == [73.11, 67.8, 75.8]
    assert half_up(row["percent_period"], 2) == 73.11


def test_weighted_score_and_lost_points():
    row = figures(office(), *FIVE, *reported())["P", 6, "1.1"]
    assert (row["weighted_year"], row["lost_points_year"]) == (0.99, 0.51)


def test_worst_of_the_unreported_is_that_of_their_scoring():
    kinds = {
        "interpolate": (kpi("1.2"), 3),
        "step": (kpi("1.2", scoring="step"), 2.5),
        "milestone": (milestone("1.2"), 2.5),
    }
    lows = {}
    for name, (unreported, _) in kinds.items():
        found = figures(office(), kpi(), unreported, target("P"), target("P", 5, "1.2"), entry("P", 1, 100))
        lows[name] = found.total("P", 12)["score_low_year"]
    assert lows == {name: low for name, (_, low) in kinds.items()}


def test_what_is_not_due_or_not_applicable_or_without_target_is_in_neither_bound():
    others = kpi("1.2", plan=plan(*[0] * 11, 100)), kpi("1.3", frequency="event"), kpi("1.4")
    held_ = [target("P", kpi_id=k) for k in ("1.1", "1.2", "1.3")]
    found = figures(office(), kpi(), *others, *held_, entry("P", 1, 40), entry("P", 1, 1, "1.4"))
    row = found.total("P", 6)
    counts = [row[f"count_{s}"] for s in ("watch", "not_due", "not_applicable", "no_target", "not_reported", "behind")]
    assert (row["score_low_period"], row["score_high_period"], counts) == (3, 3, [1, 1, 1, 1, 0, 0])


def test_bounds_of_one_who_reported_nothing_are_the_worst_and_the_best():
    row = figures(office(), kpi(), target("P")).total("P", 1)
    assert [row[c] for c in ("score_period", "score_low_period", "score_high_period", "rank_period")] == [
        None,
        1,
        5,
        None,
    ]


def test_score_floor_is_the_low_bound():
    row = figures(office(), kpi(), target("P"), setting("score_floor", 0)).total("P", 1)
    assert row["score_low_period"] == 0


# Rank


def ranks(*results, others=(), column="rank_year"):
    """The ranks of districts that reported these results; None: did not report."""
    owners = "ABCDEFG"[: len(results)]
    said = [entry(owner, 12, value) for owner, value in zip(owners, results, strict=True) if value is not None]
    found = figures(kpi(), *province(owners), *(target(owner) for owner in owners), *said, *others)
    return [found.total(owner)[column] for owner in owners]


def test_ties_share_a_rank_and_the_next_is_left_out():
    assert ranks(90, 90, 70, 100) == [2, 2, 4, 1]


def test_silence_has_no_rank():
    assert ranks(90, None, 70) == [1, None, 2]


def test_ranks_differ_by_the_fourth_decimal_only():
    assert ranks(80.0011, 80.0014, 80.004) == [2, 2, 1]


def test_rank_is_among_siblings_of_one_kind():
    tree = office(), *(office(o, "P") for o in "AB"), office("G", "P", "group"), person("a", "A"), person("b", "B")
    said = [
        record for o, x in zip("ABGab", (70, 80, 90, 60, 65), strict=True) for record in (target(o), entry(o, 12, x))
    ]
    found = figures(kpi(roll_up="none"), *tree, *said)
    assert {owner: found.total(owner)["rank_year"] for owner in "ABGab"} == {"A": 2, "B": 1, "G": 1, "a": 1, "b": 1}


@pytest.mark.parametrize(("least", "expected"), [(60, 1), (60.1, None), (0, 1)])
def test_rank_needs_enough_evaluated_weight(least, expected):
    kpis = kpi(weight=60), kpi("1.2", weight=40)
    said = target("A"), target("A", kpi_id="1.2"), entry("A", 12, 90)
    assert (
        figures(*province("A"), *kpis, *said, setting("rank_min_evaluated", least)).total("A")["rank_year"] == expected
    )


def test_silence_never_lifts_a_rank():
    """B leaves its bad KPI unreported: its low bound, not its better total, is ranked."""
    kpis = kpi(weight=60), kpi("1.2", weight=40)
    held_ = [target(owner, kpi_id=k) for owner in "AB" for k in ("1.1", "1.2")]
    shared = [entry("A", 12, 90), entry("B", 12, 90), entry("A", 12, 65, "1.2")]
    found = figures(*province("AB"), *kpis, *held_, *shared)
    assert found.total("B")["score_year"] > found.total("A")["score_year"]
    assert [found.total(owner)["rank_year"] for owner in "AB"] == [1, 2]


def test_views_rank_by_their_own_scores():
    held_ = [target("A"), target("B", plan=plan(100)), entry("A", 6, 40), entry("B", 6, 70)]
    found = figures(kpi(), *province("AB"), *held_)
    assert [found.total(owner, 6)["rank_period"] for owner in "AB"] == [1, 2]
    assert [found.total(owner, 6)["rank_year"] for owner in "AB"] == [2, 1]


# Rounds

STAFF = office(), person("civil"), person("state", personnel_type="government_employee")
BOTH = ("civil", "state")
EXAMPLE = [*STAFF, *FIVE, *(record for owner in BOTH for record in (*reported(owner), behaviour(owner, 1, 85)))]


def test_round_is_empty_while_a_weighted_kpi_is_not_reported():
    row = figures(*EXAMPLE).round("civil", 1)
    assert (half_up(row["performance"], 2), row["final"], row["band"]) == (73.11, None, None)


def test_example_of_a_finished_round():
    found = figures(*EXAMPLE, *(exclusion(owner, 1, "1.5") for owner in BOTH))
    rounds = [found.round(owner, 1) for owner in BOTH]
    assert [(half_up(r["performance"], 2), half_up(r["final"], 2), r["band"]) for r in rounds] == [
        (73.11, 76.68, "ดี"),
        (73.11, 75.49, "ดี"),
    ]
    assert [found.total(owner, 6)["band"] for owner in BOTH] == ["ดี", "ดี"]


def test_exclusion_leaves_its_own_round_only():
    both = [*reported("civil", 12), behaviour("civil", 2, 85)]
    found = figures(*STAFF, *FIVE, *both, exclusion("civil", 1, "1.5"))
    assert found.round("civil", 2)["final"] is None


def finished(personnel_type="civil_servant", score=100, result=100, *others):
    """A round of one KPI."""
    said = target("a"), entry("a", 6, result), behaviour("a", 1, score)
    return figures(
        percent(entry="snapshot", roll_up="mean"), office(), person("a", "P", personnel_type), *said, *others
    )


def test_performance_counts_by_the_type_of_personnel():
    found = {t: finished(t, 0).round("a", 1) for t in ("civil_servant", "permanent_employee", "government_employee")}
    assert {t: row["final"] for t, row in found.items()} == {
        "civil_servant": 70,
        "permanent_employee": 70,
        "government_employee": 80,
    }
    assert [row["band"] for row in found.values()] == ["ดี", "ดี", "ดี"]


def test_weight_of_performance_is_a_setting():
    found = finished("civil_servant", 0, 100, setting("performance_weight_civil_servant", 60))
    assert (found.round("a", 1)["final"], found.round("a", 1)["band"]) == (60, "พอใช้")


def test_band_is_the_highest_whose_minimum_the_rounded_final_reaches():
    """The final is 70 and 0.3 of the behaviour score."""
    table = {66.7: "ดีเด่น", 66.65: "ดีเด่น", 66.64: "ดีมาก", 33.33: "ดีมาก", 33.3: "ดี", 0: "ดี"}
    staff = [
        record
        for score in table
        for record in (
            person(f"{score}"),
            target(f"{score}"),
            entry(f"{score}", 6, 50),
            behaviour(f"{score}", 1, score),
        )
    ]
    found = figures(kpi(), office(), *staff)
    assert {score: found.round(f"{score}", 1)["band"] for score in table} == table


def test_own_bands_are_those_of_the_newest_year_up_to_this_one():
    bands = [Band(y, "civil_servant", f"{y}", None, 0) for y in (2568, 2569, 2571)]
    assert finished("civil_servant", 100, 100, *bands).round("a", 1)["band"] == "2569"


def test_bands_of_another_type_change_nothing():
    band = Band(YEAR, "government_employee", "อื่น", None, 0)
    assert finished("civil_servant", 100, 100, band).round("a", 1)["band"] == "ดีเด่น"


def test_band_is_of_persons_at_months_6_and_12_only():
    found = finished()
    bands = [found.total("a", month)["band"] for month in (5, 6, 7)]
    assert (bands, found.total("P", 6)["band"]) == ([None, "ดีเด่น", None], None)


def test_round_is_empty_without_a_behaviour_score():
    found = figures(kpi(), office(), person("a"), target("a"), entry("a", 6, 50))
    assert [found.round("a", 1)[column] for column in ("performance", "final", "band")] == [100, None, None]


def of_round_2(*entries, **facts):
    found = figures(kpi(**facts), office(), person("a"), target("a"), *entries, behaviour("a", 2, 100))
    return found.round("a", 2)


def test_second_round_of_a_count_answers_for_its_own_months():
    row = of_round_2(entry("a", 3, 90), entry("a", 9, 40))
    assert (row["score"], row["performance"]) == (3, 60)  # 40 over half a year is 80 % of the target


def test_second_round_of_a_reading_is_the_year():
    assert of_round_2(entry("a", 3, 90), entry("a", 9, 80), entry="snapshot")["score"] == 3


def test_second_round_without_an_entry_of_its_months_is_not_reported():
    row = of_round_2(entry("a", 3, 100))
    assert (row["score"], row["final"]) == (None, None)


def test_count_planned_for_the_first_half_alone_is_no_part_of_the_second_round():
    kpis = kpi(weight=50, plan=plan(*[50] * 5, 100)), kpi("1.2", weight=50)
    said = [*(target("a", kpi_id=k) for k in ("1.1", "1.2")), entry("a", 3, 100), entry("a", 9, 40, "1.2")]
    row = figures(*kpis, office(), person("a"), *said, behaviour("a", 2, 100)).round("a", 2)
    assert (row["score"], row["final"]) == (3, 72)


def test_override_stands_in_the_second_round():
    said = target("a"), entry("a", 9, 40), override("a", 12, 4), behaviour("a", 2, 100)
    assert figures(kpi(), office(), person("a"), *said).round("a", 2)["score"] == 4


def test_round_is_of_the_place_at_its_end():
    places = person("a", "A", to_date=date(2026, 12, 31)), person("a", "B", from_date=date(2027, 1, 1))
    assert figures(kpi(), *province("AB"), *places, target("a")).round("a", 1)["parent_id"] == "B"
