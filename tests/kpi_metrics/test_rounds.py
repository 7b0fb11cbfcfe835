"""The reads of a round: whose lines, in what order, and who may see them."""

import pytest

from kpi_metrics import intake, rounds
from kpi_metrics.access import EVERYTHING, Scope
from kpi_metrics.store import Store
from tests.kpi_metrics.small_office import write

PEOPLE = """\
owner_id,parent_id,name_th,personnel_type,leads
P1,8401,สมชาย ใจดี,ข้าราชการ,8401
P2,8402,สมหญิง ใจงาม,ข้าราชการ,
"""
TARGETS = "fiscal_year,kpi_id,owner_id,target,weight\n2569,1.2,P1,6,100\n2569,1.2,P2,6,100\n"
JANUARY = {"year": 2569, "month": 4}


@pytest.fixture
def store(office_database, tmp_path):
    with Store.open(office_database) as store:
        files, checked = intake.gather(store, write(tmp_path, people=PEOPLE, targets=TARGETS))
        intake.save(store, files, checked, "clerk")
        yield store


def test_lines_of_a_head_begin_with_the_offices_in_the_order_of_kpis(store):
    lines = rounds.appraisal_lines(store, EVERYTHING, **JANUARY, owner="P1")
    assert list(zip(lines["holder_id"], lines["kpi_id"], strict=True)) == [
        ("8401", "1.2"),
        ("8401", "1.10"),
        ("P1", "1.2"),
    ]


def test_office_that_a_person_sits_in_asks_for_those_people(store):
    lines = rounds.appraisal_lines(store, EVERYTHING, **JANUARY, parent="8402")
    assert list(lines["owner_id"].unique()) == ["P2"]


def test_weighted_scores_of_the_lines_make_the_total_of_the_round(store):
    lines = rounds.appraisal_lines(store, EVERYTHING, **JANUARY, owner="P1")
    [running] = rounds.running_appraisal(store, EVERYTHING, **JANUARY, owner="P1").itertuples()
    assert 100 * lines["weighted"].sum() / running.weight_evaluated == pytest.approx(running.score)


def test_nobody_sees_the_round_of_another(store):
    scope = Scope(frozenset({"P2"}))
    for frame in (
        rounds.appraisal_lines(store, scope, **JANUARY),
        rounds.running_appraisal(store, scope, **JANUARY),
        rounds.appraisal(store, scope, year=2569),
    ):
        assert set(frame["owner_id"]) == {"P2"}


def test_round_is_asked_for_by_its_number(store):
    frame = rounds.appraisal(store, EVERYTHING, year=2569, round_=2)
    assert list(zip(frame["owner_id"], frame["month"], strict=True)) == [("P1", 12), ("P2", 12)]
