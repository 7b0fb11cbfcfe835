"""Section 1 of the definition: who stands where, and the kinds of empty."""

from datetime import date

from tests.builders import entry, figures, kpi, milestone, office, person, province, reading, target

NEW_YEAR = {"to_date": date(2026, 12, 31)}, {"from_date": date(2027, 1, 1)}


def moved(*records, kpi_=None):
    """Position "a" in district A until 31 December and in B from 1 January, the fourth month."""
    places = (person("a", district, **dates) for district, dates in zip("AB", NEW_YEAR, strict=True))
    return figures(kpi_ or kpi(), *province("AB"), *places, *records)


def test_place_of_a_month_is_the_place_on_its_last_day():
    places = person("a", "A", to_date=date(2026, 12, 30)), person("a", "B", from_date=date(2026, 12, 31))
    found = figures(kpi(), *province("AB"), *places, target("a"))
    assert [found["a", month]["parent_id"] for month in (2, 3, 4)] == ["A", "B", "B"]


def test_increments_stay_with_the_parent_of_their_month():
    found = moved(target("a"), entry("a", 3, 7), entry("a", 4, 5))
    assert [found[owner, 4]["result"] for owner in ("A", "B", "P", "a")] == [7, 5, 12, 12]


def test_due_entries_stay_with_the_parent_of_their_month():
    found = moved(target("a"))
    assert [found[owner, 6]["due_entries"] for owner in ("A", "B", "P", "a")] == [3, 3, 6, 6]


def test_snapshot_goes_with_the_one_who_moved():
    found = moved(entry("a", 3, 7), kpi_=kpi(entry="snapshot"))
    assert [found[owner, 4]["result"] for owner in ("A", "B", "P")] == [None, 7, 7]


def test_target_goes_with_the_one_who_moved():
    found = moved(target("a", 60))
    assert [(found[owner, 3]["target"], found[owner, 4]["target"]) for owner in ("A", "P")] == [(60, None), (60, 60)]
    assert found["B", 4]["target"] == 60


def test_mean_goes_with_the_one_who_moved():
    found = moved(entry("a", 3, 7), entry("B", 3, 1), kpi_=reading(roll_up="mean"))
    assert [found["A", month]["result"] for month in (3, 4)] == [7, None]


def test_one_who_has_left_has_no_row():
    found = figures(kpi(), office(), person("a", to_date=date(2026, 12, 30)), target("a"), entry("a", 1, 5))
    assert [("a", month) in found for month in (2, 3)] == [True, False]


def test_increments_of_one_who_has_left_stay_with_the_office():
    found = figures(kpi(), office(), person("a", to_date=date(2026, 12, 30)), target("a"), entry("a", 1, 5))
    assert found["P", 12]["result"] == 5


def test_snapshot_of_one_who_has_left_leaves_with_them():
    leaver = person("a", to_date=date(2026, 12, 30))
    found = figures(kpi(entry="snapshot"), office(), leaver, target("a"), entry("a", 1, 5))
    assert [found["P", month]["result"] for month in (2, 3)] == [5, None]


def test_abolished_office_has_no_row():
    found = figures(kpi(), *province("A"), office("B", "P", to_date=date(2027, 3, 30)), target("B"))
    assert [("B", month) in found for month in (5, 6)] == [True, False]


def test_head_gets_nothing_by_leading():
    found = figures(kpi(), *province("A"), person("h", "A", leads="A"), target("A"), entry("A", 1, 5))
    assert [("h", 12) in found, found["A", 12]["result"], found["A", 12]["due_entries"]] == [False, 5, 12]


def test_tree_may_have_any_depth():
    kinds = ("country", "region", "province", "district", "group")
    tree = [office(kind, above, kind) for above, kind in zip((None, *kinds), kinds, strict=False)]
    found = figures(kpi(), *tree, person("a", "group"), target("a"), entry("a", 1, 5))
    assert {kind: found[kind, 1]["result"] for kind in kinds} == dict.fromkeys(kinds, 5)


def test_every_ancestor_of_a_holder_has_a_row_and_nobody_else():
    found = figures(kpi(), *province("AB"), person("a", "A"), target("a"))
    assert [(owner, 1) in found for owner in ("a", "A", "P", "B")] == [True, True, True, False]


def test_former_parent_keeps_its_row():
    found = moved(target("a"))
    assert [("A", month) in found for month in (3, 12)] == [True, True]


def test_parent_of_what_does_not_roll_up_has_no_row():
    found = figures(kpi(roll_up="none"), *province("A"), target("A"), entry("A", 1, 5))
    assert [("A", 1) in found, ("P", 1) in found] == [True, False]


def test_entry_without_a_target_has_a_row_from_its_month_on():
    found = figures(kpi(), *province(), entry("P", 3, 5))
    assert [("P", month) in found for month in (2, 3, 4)] == [False, True, True]


def test_missing_is_never_zero():
    empty = ("result", "achievement_pct", "progress_pct", "gap", "score_year", "score_period", "weighted_year")
    empty += ("lost_points_period", "needed_per_month", "next_level_gap", "projection", "numerator")
    kpis = kpi("1.1"), kpi("1.2", entry="snapshot"), milestone("1.3"), reading("1.4")
    found = figures(*kpis, office(), *(target("P", 5, each.kpi_id) for each in kpis))
    for each in kpis:
        assert {column: found["P", 12, each.kpi_id][column] for column in empty} == dict.fromkeys(empty)


def test_reported_zero_is_zero():
    row = figures(kpi(), office(), target("P"), entry("P", 6, 0))["P", 6]
    assert (row["result"], row["progress_pct"], row["score_period"], row["status"]) == (0, 0, 1, "behind")
