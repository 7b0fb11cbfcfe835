"""Section 2 of the definition: from entries to a result."""

from dataclasses import replace
from datetime import date, datetime

from kpi_metrics.model import Work
from tests.alternative import Batch
from tests.builders import (
    YEAR,
    Figures,
    entry,
    figures,
    figures_of,
    kpi,
    milestone,
    office,
    outcomes,
    part,
    percent,
    person,
    plan,
    province,
    reading,
    setting,
    target,
    withdrawn,
)


def results(found, owner="P", months=(1, 2, 3)):
    return [found[owner, month]["result"] for month in months]


# Current entry


def imported(*batches, voided=()):
    """The figures of batches imported one day after the other."""
    work = Work(YEAR, "1", "งาน", None, "strategic")
    base = (work, kpi(), office(), target("P"))
    return Figures(
        figures_of(
            Batch(n, datetime(2027, 1, n), tuple(records), n in voided) for n, records in enumerate((base, *batches), 1)
        )
    )


def test_newest_import_is_current_whatever_day_it_was_reported():
    early, late = datetime(2026, 11, 1), datetime(2026, 12, 1)
    found = imported([entry("P", 1, 5, reported_at=late)], [entry("P", 1, 7, reported_at=early)])
    assert found["P", 1]["result"] == 7


def test_withdrawal_takes_the_entry_back():
    assert imported([entry("P", 1, 5)], [withdrawn("P", 1)])["P", 1]["result"] is None


def test_entry_after_a_withdrawal_stands():
    assert imported([entry("P", 1, 5)], [withdrawn("P", 1)], [entry("P", 1, 6)])["P", 1]["result"] == 6


def test_note_changes_no_figure():
    said = entry("P", 1, note="รอเอกสาร", problem="ฝนทิ้งช่วง", remedy="ขยายเวลา")
    found = imported([entry("P", 1, 5)], [said])
    assert (found["P", 1]["result"], found["P", 1]["reported_entries"]) == (5, 1)


def test_note_alone_is_no_report():
    row = imported([entry("P", 1, note="รอเอกสาร")])["P", 1]
    assert (row["result"], row["reported_entries"], row["status"]) == (None, 0, "not_reported")


def test_void_brings_back_the_entry_before():
    assert imported([entry("P", 1, 5)], [entry("P", 1, 7)], voided=[3])["P", 1]["result"] == 5


def test_void_of_a_withdrawal_brings_back_the_entry():
    assert imported([entry("P", 1, 5)], [withdrawn("P", 1)], voided=[3])["P", 1]["result"] == 5


def test_void_of_an_older_import_leaves_the_newest():
    assert imported([entry("P", 1, 5)], [entry("P", 1, 7)], voided=[2])["P", 1]["result"] == 7


def test_every_table_is_kept_per_batch():
    found = imported([target("P", 80)], [target("P", 60)], voided=[3])
    assert found["P", 1]["target"] == 80


# Own result


def test_increments_add_up_and_a_missing_month_adds_nothing():
    assert results(figures(kpi(), office(), entry("P", 1, 5), entry("P", 3, 7))) == [5, 5, 12]


def test_snapshot_is_the_last_reported():
    assert results(figures(kpi(entry="snapshot"), office(), entry("P", 1, 5), entry("P", 3, 4))) == [5, 5, 4]


def test_milestone_is_the_last_reported():
    assert results(figures(milestone(), office(), entry("P", 1, 1), entry("P", 3, 3))) == [1, 1, 3]


def test_percent_carries_numerator_and_denominator_each():
    parts = part("P", 1, 1, 2), part("P", 3, 9, 10)
    assert results(figures(percent(), office(), *parts)) == [50, 50, 90]
    assert results(figures(percent(entry="increment"), office(), *parts)) == [50, 50, 83.333333333]


def test_bare_percent_is_a_reading():
    assert results(figures(percent(roll_up="mean"), office(), entry("P", 1, 40), entry("P", 2, 60))) == [40, 60, 60]


def test_nothing_over_nothing_is_not_applicable():
    row = figures(percent(), office(), target("P"), part("P", 1, 0, 0))["P", 1]
    assert (row["result"], row["numerator"], row["denominator"], row["status"]) == (None, 0, 0, "not_applicable")


def test_increments_over_nothing_wait_for_one_over_something():
    found = figures(percent(entry="increment"), office(), target("P"), part("P", 1, 0, 0), part("P", 2, 1, 4))
    assert results(found, months=(1, 2)) == [None, 25]


# Roll-up


def rolled_up(roll_up, first, second, first_target, second_target):
    """Two districts report; the targets may be missing."""
    targets = [(o, t) for o, t in (("A", first_target), ("B", second_target)) if t is not None]
    return (
        reading(roll_up=roll_up),
        *province("AB"),
        *(target(owner, value) for owner, value in targets),
        *(entry(owner, 1, value) for owner, value in (("A", first), ("B", second)) if value is not None),
    )


def test_each_roll_up_of_two_districts():
    table = {
        ("sum", 10, 30, None, None): 40,
        ("min", 10, 30, None, None): 10,
        ("max", 10, 30, None, None): 30,
        ("mean", 10, 30, None, None): 20,  # no targets: equal
        ("mean", 10, 30, 100, 300): 25,  # by target
        ("mean", 10, 30, 100, 0): 20,  # not all over 0: equal
        ("mean", 10, 30, 100, None): 20,
        ("mean", 250, 150, 100, 100): 200,  # uncapped
        ("mean", 10, None, 100, 300): 10,  # of those that have one
        ("min", 10, None, 100, 300): 10,
        ("sum", 10, None, 100, 300): 10,
        ("sum", -10, 4, 100, 300): -6,
    }
    assert outcomes(table, rolled_up, "result") == table


def test_ratio_is_never_a_mean_of_percents():
    row = figures(percent(), *province("AB"), part("A", 1, 1, 10), part("B", 1, 90, 90))["P", 1]
    assert (row["result"], row["numerator"], row["denominator"]) == (91, 91, 100)


def test_ratio_leaves_out_nobody_over_nothing():
    found = figures(percent(), *province("AB"), part("A", 1, 0, 0), part("B", 1, 1, 4), target("A"), target("B"))
    assert [found[owner, 1]["result"] for owner in "APB"] == [None, 25, 25]


def test_ratio_of_nothing_over_nothing_is_not_applicable():
    found = figures(percent(), *province("AB"), *(part(owner, 1, 0, 0) for owner in "AB"), target("A"), target("B"))
    assert found["P", 1]["status"] == "not_applicable"


def test_none_rolls_nothing_up():
    found = figures(reading(), *province("A"), target("P"), target("A"), entry("A", 1, 5))
    assert (found["P", 1]["result"], found["P", 1]["source"]) == (None, "none")


def test_roll_up_reaches_through_offices_that_hold_nothing():
    tree = office("R", kind="region"), office("P", "R", "province"), office("A", "P"), person("a", "A")
    found = figures(kpi(), *tree, target("a"), entry("a", 1, 5))
    assert [(found[owner, 1]["result"], found[owner, 1]["source"]) for owner in "RPAa"] == [
        *[(5, "children")] * 3,
        (5, "own"),
    ]


def test_means_roll_up_level_by_level():
    people = [person(name, district) for name, district in zip("abc", "AAB", strict=True)]
    found = figures(
        reading(roll_up="mean"),
        *province("AB"),
        *people,
        *(entry(o, 1, v) for o, v in zip("abc", (1, 3, 10), strict=True)),
    )
    assert found["P", 1]["result"] == 6


def test_milestone_may_roll_up_to_a_fraction():
    found = figures(milestone(), *province("AB"), entry("A", 1, 3), entry("B", 1, 2))
    assert found["P", 1]["result"] == 2.5


# Own entries beside the children's


def test_own_entries_are_the_result_for_all_months():
    found = figures(kpi(), *province("A"), entry("A", 1, 50), entry("A", 3, 50), entry("P", 2, 10))
    assert results(found) == [50, 10, 10]
    assert [found["P", month]["source"] for month in (1, 2, 3)] == ["children", "own", "own"]


def test_withdrawn_own_entry_gives_way_to_the_children():
    found = figures(kpi(), *province("A"), entry("A", 1, 50), entry("P", 1, 10), later=[withdrawn("P", 1)])
    assert found["P", 1]["result"] == 50


def test_own_note_does_not_stand_before_the_children():
    assert figures(kpi(), *province("A"), entry("A", 1, 50), entry("P", 1, note="ตรวจแล้ว"))["P", 1]["result"] == 50


# Coverage


def test_frequency_asks_for_its_months():
    steps = plan(0, 0, 50, 50, 100)
    table = {
        ("monthly", None): [*range(1, 13)],
        ("quarterly", None): [3, 6, 9, 12],
        ("half", None): [6, 12],
        ("yearly", None): [12],
        ("yearly", steps): [5],
        ("monthly", steps): [*range(3, 13)],  # not while nothing is planned
        ("event", None): [],
    }
    records = [
        record
        for n, (frequency, steps) in enumerate(table)
        for record in (kpi(f"1.{n}", frequency=frequency, plan=steps), target("P", kpi_id=f"1.{n}"))
    ]
    found = figures(office(), *records)
    assert {case: found.due("P", f"1.{n}") for n, case in enumerate(table)} == table


def test_due_month_follows_the_version_in_force_in_it():
    late = target("P", since=date(2026, 12, 1), plan=plan(0, 0, 0, 0, 0, 100))
    assert figures(kpi(), office(), target("P"), late).due("P") == [1, 2, *range(6, 13)]


def test_nobody_reports_before_their_target_begins():
    assert figures(kpi(), office(), target("P", since=date(2027, 8, 31))).due("P") == [11, 12]


def test_holder_above_a_holder_reports_only_where_nothing_rolls_up():
    held = target("P"), target("A"), target("a")
    for roll_up, reporters in (("sum", ["a"]), ("none", ["P", "A", "a"])):
        found = figures(kpi(roll_up=roll_up), *province("A"), person("a", "A"), *held)
        assert [owner for owner in ("P", "A", "a") if found.due(owner)] == reporters


def test_coverage_of_an_office_counts_those_under_it():
    found = figures(
        kpi(), *province("AB"), target("A"), target("B"), entry("A", 1, 1), entry("A", 2, 1), entry("B", 2, 1)
    )
    assert [(found["P", m]["reported_entries"], found["P", m]["due_entries"]) for m in (1, 2, 3)] == [
        (1, 2),
        (3, 4),
        (3, 6),
    ]


def test_off_month_entry_counts_in_the_result_and_not_in_coverage():
    row = figures(kpi(frequency="quarterly"), office(), target("P"), entry("P", 2, 5))["P", 3]
    assert (row["result"], row["reported_entries"], row["due_entries"]) == (5, 0, 1)


def test_entry_of_nobody_who_reports_counts_in_the_result_and_not_in_coverage():
    row = figures(kpi(), *province("AB"), target("A"), entry("B", 1, 5))["P", 1]
    assert (row["result"], row["reported_entries"], row["due_entries"]) == (5, 0, 1)


def test_late_entry_covers_its_month_and_says_how_late():
    late = [entry("P", month, 5) for month in (2, 3, 4)]
    found = figures(kpi(), office(), target("P"), later=late)  # recorded on 1 February
    assert [(found.asked("P", m)["days_late"], found.asked("P", m)["state"]) for m in (1, 2, 3, 4)] == [
        (None, "missing"),
        (58, "late"),  # due on 5 December
        (27, "late"),
        (0, "reported"),
    ]
    assert found["P", 4]["reported_entries"] == 3


def test_due_day_is_a_setting_within_the_month():
    found = figures(kpi(), office(), target("P"), setting("due_day", 31))
    assert [found.asked("P", m)["due_date"] for m in (1, 4)] == [date(2026, 11, 30), date(2027, 2, 28)]


def test_lateness_counts_from_the_first_record_whatever_is_corrected_later():
    found = figures(kpi(), office(), target("P"), entry("P", 1, 5), later=[entry("P", 1, 6)])
    assert (found["P", 1]["result"], found.asked("P", 1)["days_late"]) == (6, 0)


def test_two_percents_of_one_owner_stand_apart():
    first, second = part("P", 1, 1, 2), replace(part("P", 1, 1, 4), kpi_id="1.2")
    found = figures(percent(), percent("1.2"), office(), first, second)
    assert [found["P", 1, k]["result"] for k in ("1.1", "1.2")] == [50, 25]
