"""How an import moves people's rounds is told before it is saved."""

import pytest

from kpi_metrics import intake
from kpi_metrics.access import EVERYTHING, Scope
from kpi_metrics.impact import impact
from kpi_metrics.reports.impact_text import describe, tell_round, tell_round_change
from kpi_metrics.round_moves import RoundMove, RoundStanding
from kpi_metrics.store import Store
from kpi_metrics.thai.calendar import FiscalMonth
from tests.kpi_metrics.small_office import write

NOTHING = RoundStanding(None, None, None, None)
OPEN = RoundStanding(73.11, None, None, None)
CONCLUDED = RoundStanding(73.11, 85, 76.677, "ดี")
PEOPLE = "owner_id,parent_id,name_th,personnel_type\nP1,8401,สมชาย ใจดี,ข้าราชการ\n"
TARGETS = "fiscal_year,kpi_id,owner_id,target,weight\n2569,1.2,P1,12,100\n"
RESULTS = "fiscal_year,month,kpi_id,owner_id,value\n2569,1,1.2,P1,3\n"
LEFT_OUT = "fiscal_year,round,kpi_id,owner_id,reason,by\n2569,1,1.2,P1,ลาป่วย,หัวหน้า\n"
BEHAVIOUR = "fiscal_year,round,owner_id,score\n2569,1,P1,85\n"


@pytest.fixture
def impact_of(office_database, tmp_path):
    with Store.open(office_database) as store:
        files, checked = intake.gather(store, write(tmp_path, people=PEOPLE, targets=TARGETS, results=RESULTS))
        intake.save(store, files, checked, "clerk")

        def of(month, scope=EVERYTHING, **texts):
            checked = intake.gather(store, write(tmp_path, **texts))[1]
            return impact(store, checked, scope=scope, month=FiscalMonth(2569, month))

        yield of


def moved(told):
    return [(move.month, move.owner_id) for move in told.rounds]


def test_a_behaviour_score_concludes_a_round(impact_of):
    [move] = impact_of(6, behaviour=BEHAVIOUR).rounds
    assert (move.before.final, move.after.behaviour, move.after.final is not None) == (None, 85, True)


def test_a_round_that_had_ended_is_told_beside_the_running_one(impact_of):
    assert moved(impact_of(8, behaviour=BEHAVIOUR)) == [(6, "P1")]


def test_a_kpi_left_out_moves_the_round_alone(impact_of):
    told = impact_of(4, exclusions=LEFT_OUT)
    assert (moved(told), told.moves, told.is_still) == ([(4, "P1")], (), False)


def test_only_who_may_be_seen_is_told(impact_of):
    assert moved(impact_of(6, Scope(frozenset({"8401"})), behaviour=BEHAVIOUR)) == []


def test_what_says_nothing_of_figures_moves_nothing(impact_of):
    remarks = "fiscal_year,round,owner_id,part,text,by\n2569,1,P1,assessor,ดี,หัวหน้า\n"
    assert impact_of(6, remarks=remarks).is_still


@pytest.mark.parametrize(
    ("month", "before", "after", "th", "en"),
    [
        (6, OPEN, CONCLUDED, "ยังไม่สรุป ผลสัมฤทธิ์ของงาน 73.11 → 76.68 ดี", "not concluded, performance 73.11 → 76.68 ดี"),
        (8, NOTHING, OPEN, "– → ผลสัมฤทธิ์ของงาน 73.11", "– → performance 73.11"),
    ],
)
def test_a_round_is_told_before_and_after(month, before, after, th, en):
    told = tell_round_change(RoundMove(2569, month, "P1", "สมชาย", before, after))
    assert (told.th, told.en) == (th, en)


def test_a_running_round_says_how_far_it_has_come():
    rounds = [tell_round(RoundMove(2569, month, "P1", "สมชาย", OPEN, CONCLUDED)).th for month in (6, 8)]
    assert rounds == ["รอบที่ 1/2569", "รอบที่ 2/2569 ถึง พ.ค. 2569"]


def test_the_command_line_tells_whose_round_moves(impact_of):
    assert any(
        line.th.startswith("    สมชาย ใจดี รอบที่ 1/2569: ") for line in describe(impact_of(6, behaviour=BEHAVIOUR))
    )
