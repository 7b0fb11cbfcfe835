"""What is kept of answers once rows are saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_metrics import intake, scorecard
from kpi_metrics.access import EVERYTHING
from kpi_metrics.ingest.citizens import MASKED
from kpi_metrics.ingest.findings import is_question
from kpi_metrics.intake import Upload
from kpi_metrics.model import Answer, Checked, Finding, Place
from kpi_metrics.reports.csv import to_csv
from kpi_metrics.reports.tables import Headers
from kpi_metrics.store import Store
from tests.kpi_metrics.small_office import RESULTS


@pytest.fixture
def store(office_database: Path):
    with Store.open(office_database) as store:
        yield store


def upload(header: str, *rows: str) -> list[Upload]:
    """Results whose last column has this header."""
    first = RESULTS.splitlines()[0].split(",value")[0]
    return [Upload("results.csv", "\n".join([f"{first},value,{header}", *rows]).encode())]


def bring(store: Store, sources: list[Upload], *answers: Answer, is_saved: bool = True) -> Checked:
    files = intake.read(sources).files
    checked = intake.examine(store, files, answers)
    if is_saved:
        intake.save(store, files, checked, "me", answers=answers)
    return checked


def header_answer(header: str, column: str) -> Answer:
    return Answer("column", Place("results.csv", None, 1, header), column)


def told(store: Store) -> str:
    with store.reading() as cursor:
        return cursor.execute("select after from ledger.audit order by seq desc limit 1").fetchall()[0][0]


def questions(store: Store, sources: list[Upload]) -> list[Finding]:
    return [each for each in bring(store, sources, is_saved=False).warnings if is_question(each)]


CITIZEN_ID = "1101700230708"
OCTOBER, NOVEMBER = "2569,1,1.2,8401,11,ฝน", "2569,2,1.2,8401,12,แล้ง"


def test_a_header_is_asked_about_once(store: Store) -> None:
    assert len(questions(store, upload("หมายเหด", OCTOBER))) == 1
    bring(store, upload("หมายเหด", OCTOBER), header_answer("หมายเหด", "note"))
    assert questions(store, upload("หมายเหด", NOVEMBER)) == []


def test_the_newest_answer_about_a_header_holds(store: Store) -> None:
    bring(store, upload("หมายเหด", OCTOBER), header_answer("หมายเหด", "note"))
    bring(store, upload("หมายเหด", NOVEMBER), header_answer("หมายเหด", "problem"))
    (entry,) = bring(store, upload("หมายเหด", "2569,2,1.2,8401,13,แล้ง"), is_saved=False).records
    assert (entry.record.note, entry.record.problem) == (None, "แล้ง")


def test_what_was_learned_with_a_batch_goes_and_comes_back_with_it(store: Store) -> None:
    bring(store, upload("หมายเหด", OCTOBER), header_answer("หมายเหด", "note"))
    store.void("B00002", why="test", by="me")
    assert len(questions(store, upload("หมายเหด", NOVEMBER))) == 1
    store.unvoid("B00002", why="test", by="me")
    assert questions(store, upload("หมายเหด", NOVEMBER)) == []


def test_another_office_is_asked_itself(store: Store) -> None:
    bring(store, upload("หมายเหด", OCTOBER), header_answer("หมายเหด", "note"))
    assert len(questions(store, upload("หมายเหด", OCTOBER.replace("8401", "8402")))) == 1


def test_an_office_named_by_an_answer_is_the_one_that_is_not_asked_again(store: Store) -> None:
    cell = Answer("cell", Place("results.csv", None, 2, "owner_id"), "8401")
    bring(store, upload("หมายเหด", OCTOBER.replace("8401", "8409")), cell, header_answer("หมายเหด", "note"))
    assert questions(store, upload("หมายเหด", NOVEMBER)) == []


def test_the_audit_tells_every_answer_from_what_to_what(store: Store) -> None:
    cell = Answer("cell", Place("results.csv", None, 2, "owner_id"), "8401")
    bring(store, upload("หมายเหด", OCTOBER.replace("8401", "8409")), cell, header_answer("หมายเหด", "note"))
    assert told(store).split("; ")[1:] == [
        "results.csv 2 owner_id: “8409” → “8401”",
        "results.csv 1: “หมายเหด” → note",
    ]


@pytest.mark.parametrize("headers", ["en", "th"])
def test_our_own_export_comes_back_without_a_question_or_a_change(store: Store, headers: Headers) -> None:
    bring(store, upload("note", "2569,1,1.2,8401,0.123456789,x"))
    content = to_csv("results", scorecard.results(store, EVERYTHING, year=2569), headers)
    checked = bring(store, [Upload("export.csv", content)])
    assert (checked.rejections, checked.warnings, store.data_version()) == ((), (), 2)


def test_files_of_one_name_are_told_apart(store: Store) -> None:
    checked = bring(store, [*upload("note", OCTOBER), *upload("note", NOVEMBER)], is_saved=False)
    assert [located.place.file for located in checked.records] == ["results.csv", "results (2).csv"]


def test_an_answer_to_another_file_is_not_told(store: Store) -> None:
    bring(store, upload("note", OCTOBER), Answer("cell", Place("other.csv", None, 2, "owner_id"), "8401"))
    assert "other.csv" not in told(store)


def test_a_citizen_id_typed_as_an_answer_never_reaches_the_audit(store: Store) -> None:
    sources = upload("note", OCTOBER, NOVEMBER)
    answers = [Answer("cell", Place("results.csv", None, 3, "note"), CITIZEN_ID)]
    files = intake.read(sources).files
    intake.save(store, files, intake.examine(store, files, answers), "me", accept_good=True, answers=answers)
    assert "results.csv" not in told(store)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer("column", Place("results.csv", None, 1, CITIZEN_ID), "note"), f"“{MASKED}” → note"),
        (Answer("cell", Place("results.csv", None, 2, "note"), CITIZEN_ID), f"“ฝน” → “{MASKED}”"),
    ],
)
def test_a_citizen_id_in_an_answer_that_is_told_is_masked(store: Store, answer: Answer, expected: str) -> None:
    later = Answer("cell", Place("results.csv", None, 2, "note"), "แล้ง")  # the one that is read
    bring(store, upload("note", OCTOBER), answer, later)
    assert expected in told(store)
