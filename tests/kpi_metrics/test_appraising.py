"""The appraisal desk: what stands of a person's round, what is written there, and one save of it all."""

import pytest

from kpi_metrics import appraising, decisions, intake, scorecard
from kpi_metrics.access import EVERYTHING, Scope
from kpi_metrics.appraising import DECIDED_BY, Box
from kpi_metrics.demo_load import load_demo
from kpi_metrics.model import Refused
from kpi_metrics.store import Store
from kpi_metrics.thai.calendar import FiscalMonth
from tests.kpi_metrics.small_office import copy_database

MARCH, JUNE = FiscalMonth(2569, 6), FiscalMonth(2569, 9)
PERSON, HEAD, OFFICE = "P841802", "P841801", "8418"
SCORE, NOTE = Box("behaviour", "score"), Box("behaviour", "note")
REMARK, REMARKED_BY = Box("remarks", "text", ("assessor",)), Box("remarks", "by", ("assessor",))
SKILL, METHOD = Box("development", "skill", ("1",)), Box("development", "method", ("1",))
NEW_SCORE, WHY = (Box("overrides", column, (PERSON, "1.2")) for column in ("score", "reason"))
LEFT_OUT = Box("exclusions", "reason", ("4.2",))


@pytest.fixture(scope="module")
def _demo_made(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "kpi.duckdb"
    with Store.open(path) as store:
        load_demo(store)
    return path


@pytest.fixture
def store(_demo_made, tmp_path):
    with Store.open(copy_database(_demo_made, tmp_path)) as store:
        yield store


def desk(store, person=PERSON, month=MARCH):
    return appraising.desk(store, EVERYTHING, person=person, month=month)


def written(store, texts, **of):
    return appraising.examine(store, desk(store, **of), texts)


def save(store, texts, **of):
    return appraising.save(store, written(store, texts, **of), "เสมียน")


def codes(written, box):
    return [finding.code for finding in written.findings.get(box, ())]


def final(store, person=PERSON):
    [row] = scorecard.appraisal(store, EVERYTHING, year=2569, round_=1, owner=person).to_dict("records")
    return row["final"]


def test_a_box_holds_what_the_ledger_holds(store):
    assert desk(store).stored[SCORE] == "77.5"


def test_the_names_of_those_who_speak_are_known(store):
    named = [desk(store).stored[Box("remarks", "by", (part,))] for part in appraising.PARTS]
    assert named == ["นางสาวตัวอย่าง หนึ่งร้อยสิบ", "นางสาวตัวอย่าง หนึ่งร้อยเก้า", "นางตัวอย่าง หนึ่ง"]


def test_a_head_is_assessed_by_the_head_above(store):
    assert desk(store, person=HEAD).stored[DECIDED_BY] == "นางตัวอย่าง หนึ่ง"


def test_a_head_answers_for_the_kpis_of_the_office(store):
    assert {line.holder_id for line in desk(store, person=HEAD).lines} == {OFFICE}


def test_nothing_written_is_nothing_to_save(store):
    assert written(store, {SCORE: "77.5", REMARK: " "}).checked.records == ()


def test_one_save_is_one_batch_of_several_tables(store):
    texts = {
        SCORE: "80",
        NEW_SCORE: "4.5",
        WHY: "ภัยแล้ง",
        LEFT_OUT: "งดจัด",
        REMARK: "ทำงานดี",
        SKILL: "GIS",
        METHOD: "อบรม",
    }
    receipt = save(store, texts)
    assert (receipt.count_new, receipt.count_corrected) == (4, 1)


def test_what_was_saved_stands_in_the_boxes(store):
    texts = {
        SCORE: "80",
        NEW_SCORE: "4.5",
        WHY: "ภัยแล้ง",
        LEFT_OUT: "งดจัด",
        REMARK: "ทำงานดี",
        SKILL: "GIS",
        METHOD: "อบรม",
    }
    save(store, texts)
    assert {box: desk(store).stored[box] for box in texts} == texts


def test_leaving_out_what_was_not_reported_concludes_the_round(store):
    assert final(store) != final(store)  # NaN: 4.2 is not reported
    save(store, {LEFT_OUT: "งดจัด"})
    assert round(final(store), 2) == 74.6


def test_a_void_takes_back_the_whole_desk(store):
    before = desk(store).stored
    batch = save(store, {SCORE: "80", LEFT_OUT: "งดจัด", REMARK: "ทำงานดี"}).batch_id
    store.void(batch, why="ผิดคน", by="เสมียน")
    assert desk(store).stored == before


@pytest.mark.parametrize(
    ("texts", "box", "code"),
    [
        ({SCORE: "101"}, SCORE, "unreadable_score"),
        ({SCORE: ""}, SCORE, "blank"),
        ({NEW_SCORE: "5.5", WHY: "เหตุ"}, NEW_SCORE, "unreadable_score"),
        ({NEW_SCORE: "4"}, WHY, "blank"),
        ({WHY: "เหตุ"}, NEW_SCORE, "blank"),
        ({LEFT_OUT: "เหตุ", DECIDED_BY: ""}, DECIDED_BY, "blank"),
        ({REMARK: "ดี", REMARKED_BY: ""}, REMARKED_BY, "blank"),
        ({METHOD: "อบรม"}, SKILL, "blank"),
        ({REMARK: "เลข 1101700230708"}, REMARK, "citizen_id"),
    ],
)
def test_a_mistake_is_told_at_its_box(store, texts, box, code):
    assert codes(written(store, texts), box) == [code]


def test_nothing_is_half_saved(store):
    with pytest.raises(Refused):
        save(store, {SCORE: "80", NEW_SCORE: "5.5", WHY: "เหตุ"})
    assert desk(store).stored[SCORE] == "77.5"


def test_an_emptied_remark_is_taken_back(store):
    save(store, {REMARK: "ดี"})
    save(store, {REMARK: ""})
    assert decisions.remarks(store, EVERYTHING, year=2569, round_=1, owner=PERSON).empty


def test_an_emptied_item_of_the_plan_is_taken_back(store):
    save(store, {SKILL: "GIS", METHOD: "อบรม"})
    save(store, {SKILL: "", METHOD: ""})
    assert decisions.development(store, EVERYTHING, year=2569, round_=1, owner=PERSON).empty


def test_a_score_is_changed_only_once_the_round_is_at_its_end(store):
    assert [box for box in desk(store, month=JUNE).stored if box.table == "overrides"] == []


def test_the_score_of_a_closed_month_is_not_changed(store):
    store.close_month(MARCH, by="หัวหน้า")
    stored = desk(store).stored
    assert (NEW_SCORE in stored, LEFT_OUT in stored) == (False, True)


def test_a_month_closed_meanwhile_refuses_the_score(store):
    before = desk(store)
    store.close_month(MARCH, by="หัวหน้า")
    found = appraising.examine(store, before, {NEW_SCORE: "4", WHY: "เหตุ"})
    assert codes(found, NEW_SCORE) == ["closed_month"]


def test_a_person_who_may_not_be_seen_has_no_desk(store):
    with pytest.raises(Refused, match=PERSON):
        appraising.desk(store, Scope(frozenset({"P841803"})), person=PERSON, month=MARCH)


def test_a_plan_longer_than_the_screen_is_shown_whole(store, tmp_path):
    texts = "fiscal_year,round,owner_id,item,skill\n2569,1,P841802,7,ภาษา\n"
    (tmp_path / "development.csv").write_text(texts, encoding="utf-8")
    files, checked = intake.gather(store, [tmp_path / "development.csv"])
    intake.save(store, files, checked, "clerk")
    assert desk(store).stored[Box("development", "skill", ("7",))] == "ภาษา"
