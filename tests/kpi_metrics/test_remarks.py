"""What is said of a person's round, and the plan made for the next, through the ledger and back."""

import duckdb
import pytest

from kpi_metrics import decisions, history, intake
from kpi_metrics.access import EVERYTHING
from kpi_metrics.model import Refused
from kpi_metrics.store import Store
from tests.kpi_metrics.small_office import write

PEOPLE = "owner_id,parent_id,name_th,personnel_type\nP1,8401,สมชาย ใจดี,ข้าราชการ\n"
REMARKS = "fiscal_year,round,owner_id,part,text,by\n"
SAID = REMARKS + "2569,1,P1,superior,เห็นด้วย,เกษตรจังหวัด\n2569,1,P1,assessor,ทำงานดี,เกษตรอำเภอ\n"
PLAN = "fiscal_year,round,owner_id,item,skill,method,period\n2569,1,P1,1,GIS,อบรม,ต.ค. 2569\n2569,1,P1,2,ภาษา,,\n"
ROUND = {"year": 2569, "round_": 1, "owner": "P1"}


def save(store, folder, **texts):
    files, checked = intake.gather(store, write(folder, **texts))
    return intake.save(store, files, checked, "clerk").batch_id


@pytest.fixture
def store(office_database, tmp_path):
    with Store.open(office_database) as store:
        save(store, tmp_path, people=PEOPLE)
        yield store


def remarks(store):
    return decisions.remarks(store, EVERYTHING, **ROUND)[["part", "text", "by"]].to_numpy().tolist()


def items(store):
    return decisions.development(store, EVERYTHING, **ROUND)["item"].to_list()


def test_remarks_stand_in_the_order_in_which_they_are_given(store, tmp_path):
    save(store, tmp_path, remarks=SAID)
    assert remarks(store) == [["assessor", "ทำงานดี", "เกษตรอำเภอ"], ["superior", "เห็นด้วย", "เกษตรจังหวัด"]]


def test_what_is_taken_back_is_no_longer_said(store, tmp_path):
    save(store, tmp_path, remarks=SAID, development=PLAN)
    save(
        store, tmp_path, remarks=f"{REMARKS}2569,1,P1,assessor,ถอน,เกษตรอำเภอ\n", development=PLAN.replace("GIS", "ถอน")
    )
    assert ([part for part, *_ in remarks(store)], items(store)) == (["superior"], [2])


def test_a_voided_batch_takes_its_remarks_with_it(store, tmp_path):
    store.void(save(store, tmp_path, remarks=SAID, development=PLAN), why="ผิดคน", by="clerk")
    assert (remarks(store), items(store)) == ([], [])


def test_nobody_who_was_spoken_of_can_be_voided(office_database, tmp_path):
    with Store.open(office_database) as store:
        people = save(store, tmp_path, people=PEOPLE)
        save(store, tmp_path, remarks=SAID)
        with pytest.raises(Refused, match=r"remarks\.csv, 2: owner_id P1"):
            store.void(people, why="ผิด", by="clerk")


def test_the_history_counts_what_a_batch_brought(store, tmp_path):
    batch = save(store, tmp_path, remarks=SAID, development=PLAN)
    counts = history.tables(store, EVERYTHING, batch_id=batch)[["name", "count_rows"]].to_numpy().tolist()
    assert counts == [["development", 2], ["remarks", 2]]


@pytest.mark.parametrize("read_only", [True, False])
def test_a_database_made_before_there_were_remarks_opens(office_database, read_only):
    with duckdb.connect(str(office_database)) as before:
        for table in ("remarks", "development"):
            before.execute(f"drop table ledger.{table}")
            before.execute(f"drop table mart.current_{table}")
    with Store.open(office_database, read_only=read_only) as store:
        assert (remarks(store), items(store)) == ([], [])
