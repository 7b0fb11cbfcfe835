"""People who move within a year: places and parts, what is handed over, and a move as it is typed."""

from __future__ import annotations

from datetime import date

import pytest

from kpi_metrics import scorecard, transfers, typed
from kpi_metrics.access import EVERYTHING
from kpi_metrics.store import Store
from kpi_metrics.target_rows import Papers
from kpi_metrics.transfers import Move

YEAR = 2569
DECEMBER = date(2025, 12, 1)
ORDER = Papers("คำสั่งย้าย", "เกษตรจังหวัด", "สฎ 0009/7")
TARGETS = [
    {"fiscal_year": "2569", "kpi_id": "1.2", "owner_id": "P1", "target": "12", "weight": "100"},
    {"fiscal_year": "2569", "kpi_id": "1.2", "owner_id": "P2", "target": "6", "weight": "100"},
]
RESULTS = [
    {"fiscal_year": "2569", "month": "1", "kpi_id": "1.2", "owner_id": "P1", "value": "3", "problem": "ฝนแล้ง"},
    {"fiscal_year": "2569", "month": "2", "kpi_id": "1.2", "owner_id": "P1", "value": "2", "remedy": "ขุดสระ"},
    {
        "fiscal_year": "2569",
        "month": "3",
        "kpi_id": "1.2",
        "owner_id": "P1",
        "value": "4",
        "evidence_url": "https://a.th",
    },
]


@pytest.fixture
def store(office_database):
    """The small office with officer P1 at 8401, who has 12 to do and did 3, 2 and 4, and P2 at 8402."""
    people = [
        {"owner_id": owner, "parent_id": parent, "name_th": f"นาย {owner}", "personnel_type": "civil_servant"}
        for owner, parent in (("P1", "8401"), ("P2", "8402"))
    ]
    with Store.open(office_database) as store:
        rows = typed.examine_together(store, "x", {"people": people, "targets": TARGETS, "results": RESULTS})
        typed.save(store, rows, "สมหญิง")
        yield store


@pytest.fixture
def move(store):
    """A move of P1 to 8402 from 1 December, saved."""

    def saved(**facts):
        typed.save(
            store, transfers.examine(store, person="P1", move=Move("8402", DECEMBER, papers=ORDER, **facts)), "ก"
        )

    return saved


def refusals(store, office="8402", day=DECEMBER, papers=ORDER, **facts):
    found = transfers.examine(store, person="P1", move=Move(office, day, papers=papers, **facts)).checked
    return [finding.code for finding in found.rejections]


def stays(store):
    found = transfers.places(store, EVERYTHING, person="P1", year=YEAR)
    return found[["parent_id", "first_month", "last_month"]].values.tolist()


def parts(store, **at):
    found = transfers.parts(store, EVERYTHING, person="P1", year=YEAR, **at)
    return found[["parent_id", "kpi_id", "reported_months", "result"]].values.tolist()


def handed(store, person="P1", month=3):
    return transfers.handover(store, EVERYTHING, person=person, year=YEAR, month=month).to_dict("records")


def row_of(store, month, kpi="1.2"):
    rows = scorecard.scorecard(store, EVERYTHING, year=YEAR, month=month, owner="P1", kpi=kpi)
    return rows[["parent_id", "target", "result", "status"]].values.tolist()[0]


def test_who_stays_has_one_place_all_year(store):
    assert stays(store) == [["8401", 1, 12]]


def test_a_move_ends_the_old_place_on_the_day_before(store, move):
    move()
    assert stays(store) == [["8401", 1, 2], ["8402", 3, 12]]


def test_who_moves_within_a_month_is_at_the_new_place_in_that_month(store):
    on_the_tenth = Move("8402", date(2025, 12, 10), papers=ORDER)
    typed.save(store, transfers.examine(store, person="P1", move=on_the_tenth), "ก")
    [first, second] = transfers.places(store, EVERYTHING, person="P1", year=YEAR).to_dict("records")
    assert (first["last_day"].date(), second["from_date"].date()) == (date(2025, 12, 9), date(2025, 12, 10))
    assert second["first_month"] == 3


def test_each_place_has_the_entries_of_its_own_months(store, move):
    move()
    assert parts(store) == [["8401", "1.2", 2, 5], ["8402", "1.2", 1, 4]]


def test_the_score_follows_the_person_with_all_that_was_done(store, move):
    move()
    assert row_of(store, 3) == ["8402", 12, 9, "on_plan"]


def test_the_offices_keep_what_was_reported_there(store, move):
    before = transfers.parts(store, EVERYTHING, person="P1", year=YEAR)["result"].sum()
    move()
    assert transfers.parts(store, EVERYTHING, person="P1", year=YEAR)["result"].sum() == before


def test_parts_go_no_further_than_the_month_asked_for(store, move):
    move()
    assert parts(store, month=2) == [["8401", "1.2", 2, 5]]


def test_a_kpi_ended_by_the_move_keeps_its_result_without_a_target(store, move):
    move(ends=("1.2",))
    assert [row_of(store, month)[2:] for month in (2, 3)] == [[5, "on_plan"], [9, "no_target"]]


def test_an_ended_kpi_is_told_as_ended_with_its_place(store, move):
    move(ends=("1.2",))
    found = transfers.parts(store, EVERYTHING, person="P1", year=YEAR).to_dict("records")
    assert [(row["parent_id"], row["is_ended"]) for row in found] == [("8401", True), ("8402", False)]


def test_a_kpi_of_the_new_place_begins_on_the_day(store, move):
    move(sets={"1.10": ("80", "40")})
    assert row_of(store, 3, "1.10")[:2] == ["8402", 80]


def test_a_move_is_one_batch_that_can_be_voided_whole(store):
    rows = transfers.examine(store, person="P1", move=Move("8402", DECEMBER, ("1.2",), papers=ORDER))
    store.void(typed.save(store, rows, "ก").batch_id, why="ผิดคน", by="ก")
    assert (stays(store), row_of(store, 3)[1]) == ([["8401", 1, 12]], 12)


def test_a_head_who_moves_leads_the_old_office_no_more(store):
    head = {
        "owner_id": "P1",
        "parent_id": "8401",
        "name_th": "นาย P1",
        "personnel_type": "civil_servant",
        "leads": "8401",
    }
    typed.save(store, typed.examine(store, "x", "people", [head]), "ก")
    rows = transfers.examine(store, person="P1", move=Move("8402", DECEMBER, papers=ORDER))
    assert [located.record.leads for located in rows.checked.records] == ["8401", None]


def test_a_move_without_a_reason_is_refused(store):
    assert refusals(store, papers=Papers()) == ["no_reason"]


def test_a_move_to_the_same_office_is_refused(store):
    assert refusals(store, office="8401") == ["same_office"]


def test_a_move_to_an_office_that_is_not_known_is_refused(store):
    assert refusals(store, office="8499") == ["unknown_parent"]


def test_a_move_before_there_was_a_place_is_refused(store, move):
    person = {"owner_id": "P3", "parent_id": "8401", "name_th": "นาย", "personnel_type": "civil_servant"}
    typed.save(store, typed.examine(store, "x", "people", [person | {"from_date": "2025-12-01"}]), "ก")
    found = transfers.examine(store, person="P3", move=Move("8402", DECEMBER, papers=ORDER)).checked
    assert [finding.code for finding in found.rejections] == ["no_place"]


def test_a_kpi_begun_without_a_target_is_refused(store):
    assert refusals(store, sets={"1.10": ("", "40")}) == ["blank"]


def test_the_handover_tells_what_is_done_and_what_remains(store):
    [line] = handed(store)
    assert (line["target"], line["result"], line["remaining"]) == (12, 9, 3)


def test_the_handover_tells_the_last_trouble_and_all_evidence(store):
    [line] = handed(store)
    assert (line["remedy"], line["problem_month"], line["evidence"]) == ("ขุดสระ", 2, "https://a.th")


def test_the_handover_tells_the_first_day_on_which_something_is_due(store):
    assert handed(store)[0]["next_due"] == date(2026, 2, 5)


def test_nothing_done_leaves_the_whole_target(store):
    assert handed(store, "P2")[0]["remaining"] == 6


def test_what_has_ended_is_not_handed_over(store, move):
    move(ends=("1.2",))
    assert handed(store) == []
