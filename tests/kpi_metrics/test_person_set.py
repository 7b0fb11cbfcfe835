"""A person's set of KPIs: what could be held, what is told of the choice, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kpi_metrics import cascade, intake, scorecard, typed
from kpi_metrics.access import EVERYTHING
from kpi_metrics.model import Refused
from kpi_metrics.person_set import Choice, examine_set, set_form
from kpi_metrics.set_limits import Size
from kpi_metrics.store import Store
from kpi_metrics.target_rows import Papers
from tests.kpi_metrics.small_office import NOW, copy_database, write

WHY = Papers("จัดชุดใหม่")
OFFICE = """\
owner_id,parent_id,name_th,personnel_type,leads
H,8401,หัวหน้า,civil_servant,8401
A,8401,ก,civil_servant,
B,8402,ข,civil_servant,
"""
TARGETS = """\
fiscal_year,kpi_id,owner_id,target,weight,prescribed
2569,1.2,A,60,70,yes
2569,1.10,A,80,30,no
2569,1.2,B,60,0.6,yes
2569,1.10,B,80,0.4,yes
"""


@pytest.fixture(scope="module")
def _made(_office_made, tmp_path_factory):
    path = copy_database(_office_made, tmp_path_factory.mktemp("set"))
    with pytest.MonkeyPatch.context() as patch, Store.open(path) as store:
        patch.setenv("KPI_NOW", NOW)
        files, checked = intake.gather(store, write(path.parent, people=OFFICE, targets=TARGETS))
        intake.save(store, files, checked, "clerk")
    return path


@pytest.fixture
def store(_made, tmp_path, monkeypatch):
    """The small office, its head, A who holds both KPIs with weights 70 and 30, and B whose weights are fractions."""
    monkeypatch.setenv("KPI_NOW", NOW)
    with Store.open(copy_database(_made, tmp_path)) as store:
        yield store


def form_of(store, person="A", month=4):
    return set_form(store, EVERYTHING, person=person, year=2569, month=month)


def as_is(form):
    return {line.kpi_id: Choice(f"{line.target:g}", f"{line.weight:g}", line.prescribed) for line in form.held}


def examined(store, papers=WHY, person="A", drop=(), **changes):
    """A's set with changes: ``examined(store, kpi_1_2={"weight": "60"})``, checked."""
    form = form_of(store, person)
    choices = {kpi: choice for kpi, choice in as_is(form).items() if kpi not in drop}
    for name, change in changes.items():
        kpi = name.removeprefix("kpi_").replace("_", ".")
        choices[kpi] = replace(choices.get(kpi, Choice("1")), **change)
    return examine_set(store, form, choices, papers)


def told(draft, kpi=""):
    return [text.th for text in draft.warnings.get(kpi, ())]


def rows(draft):
    return [(located.record.kpi_id, located.record) for located in draft.typed.checked.records]


def weights(store, person, month=4):
    held = cascade.holders(store, EVERYTHING, year=2569, month=month, owner=person)
    return dict(zip(held["kpi_id"], held["weight"], strict=True))


# What could be held


def test_the_kpis_of_the_office_can_be_held(store):
    assert [line.kpi_id for line in form_of(store, "H").lines] == ["1.2", "1.10"]


def test_a_kpi_comes_with_what_the_person_and_the_office_hold(store):
    line = form_of(store).lines[0]
    assert (line.target, line.weight, line.prescribed, line.office_target) == (60, 70, True, 120)


def test_a_kpi_that_no_office_above_holds_is_only_there_while_the_person_has_it(store, tmp_path):
    one = "fiscal_year,kpi_id,owner_id,from_date,target,weight\n2569,1.2,8401,2026-01-01,0,0\n2569,1.2,8402,2026-01-01,0,0\n"
    files, checked = intake.gather(store, write(tmp_path, targets=one))
    intake.save(store, files, checked, "clerk")
    offered = {person: [line.kpi_id for line in form_of(store, person).lines] for person in ("A", "H")}
    assert offered == {"A": ["1.2", "1.10"], "H": ["1.10"]}


@pytest.mark.parametrize("nobody", ["Z", "8401"])
def test_who_is_no_person_of_the_month_has_no_set(store, nobody):
    with pytest.raises(Refused, match=nobody):
        form_of(store, nobody)


# What is told and not refused


def test_a_set_as_it_is_leaves_nothing_to_save(store):
    assert examined(store).is_still


def test_the_size_counts_what_would_be_held(store):
    assert examined(store, drop=["1.10"]).size == Size(1, 1, 70)


def test_too_few_kpis_are_told(store):
    assert "มี 2 ตัวชี้วัด น้อยกว่า 4" in told(examined(store))


def test_too_many_kpis_are_told(store, tmp_path):
    limit = "key,value\nperson_kpi_max,1\nperson_kpi_min,1\n"
    files, checked = intake.gather(store, write(tmp_path, settings=limit))
    intake.save(store, files, checked, "clerk")
    assert "มี 2 ตัวชี้วัด มากกว่า 1" in told(examined(store))


def test_too_few_prescribed_ones_are_told(store):
    assert "มีตัวชี้วัดบังคับ 1 น้อยกว่า 4" in told(examined(store))


def test_weights_off_100_are_told_and_can_be_saved(store):
    draft = examined(store, kpi_1_2={"weight": "60"})
    assert ("น้ำหนักรวม 90 ขาด 10" in told(draft), draft.is_refused) == (True, False)


def test_weights_of_100_are_not_told(store):
    assert not [words for words in told(examined(store)) if "น้ำหนัก" in words]


def test_a_head_without_own_kpis_lacks_none(store):
    assert told(examined(store, person="H")) == []


def test_a_target_of_zero_is_told(store):
    assert told(examined(store, kpi_1_2={"target": "0"}), "1.2") == ["เป้าหมายเป็น 0"]


def test_a_kpi_without_a_weight_beside_others_with_one_is_told(store):
    draft = examined(store, drop=["1.10"])
    assert told(draft, "1.2") == []
    typed.save(store, draft.typed, "สมหญิง")
    assert "ยังไม่มีน้ำหนัก จึงไม่นับในคะแนน" in told(examined(store, kpi_1_10={"target": "80"}), "1.10")


def test_a_kpi_that_follows_from_no_offices_is_told(store, tmp_path):
    end = "fiscal_year,kpi_id,owner_id,from_date,target,weight\n2569,1.2,8401,2026-01-01,0,0\n2569,1.2,8402,2026-01-01,0,0\n"
    files, checked = intake.gather(store, write(tmp_path, targets=end))
    intake.save(store, files, checked, "clerk")
    assert told(examined(store), "1.2") == ["ไม่มีหน่วยงานต้นสังกัดถือตัวชี้วัดนี้หรือตัวชี้วัดที่เชื่อมโยงกัน"]


# What is refused


def test_what_stands_is_not_changed_without_a_reason(store):
    draft = examined(store, Papers(), kpi_1_2={"target": "50"})
    assert [finding.code for finding in draft.findings[""]] == ["no_reason"]
    assert draft.is_refused


def test_a_first_set_needs_no_reason(store):
    assert not examined(store, Papers(), person="H", kpi_1_2={"target": "5", "weight": "100"}).is_refused


@pytest.mark.parametrize("change", [{"target": ""}, {"target": "หก"}, {"weight": "-5"}])
def test_what_cannot_be_read_is_refused_at_its_kpi(store, change):
    draft = examined(store, kpi_1_2=change)
    assert (draft.is_refused, list(draft.findings)) == (True, ["1.2"])


def test_levels_that_do_not_rise_are_refused(store):
    assert examined(store, kpi_1_2={"levels": ("50", "40", "60", "70", "80")}).is_refused


# What is saved


def test_only_what_changes_becomes_a_row(store):
    [(kpi, record)] = rows(examined(store, kpi_1_2={"target": "50"}))
    assert (kpi, record.from_date, record.target, record.reason) == ("1.2", date(2026, 1, 1), 50, "จัดชุดใหม่")


def test_levels_of_the_persons_own_are_saved(store):
    [(_kpi, record)] = rows(examined(store, kpi_1_2={"levels": ("50", "60", "70", "80", "90")}))
    assert record.levels == (50, 60, 70, 80, 90)


def test_choosing_by_oneself_what_was_prescribed_is_a_change(store):
    [(_kpi, record)] = rows(examined(store, kpi_1_2={"prescribed": False}))
    assert record.prescribed is False


def test_a_kpi_let_go_of_ends(store):
    draft = examined(store, drop=["1.10"])
    [(kpi, record)] = rows(draft)
    assert (kpi, record.is_end, [line.kpi_id for line in draft.ended]) == ("1.10", True, ["1.10"])


def test_what_was_reported_before_the_end_stays(store, tmp_path):
    entry = "fiscal_year,month,kpi_id,owner_id,value\n2569,2,1.2,A,7\n"
    files, checked = intake.gather(store, write(tmp_path, results=entry))
    intake.save(store, files, checked, "clerk")
    typed.save(store, examined(store, drop=["1.2"]).typed, "สมหญิง")
    [row] = scorecard.scorecard(store, EVERYTHING, year=2569, month=4, owner="A", kpi="1.2").to_dict("records")
    assert (row["status"], row["result"]) == ("no_target", 7)


def test_a_kpi_let_go_of_can_be_taken_up_again_on_the_same_day(store):
    typed.save(store, examined(store, drop=["1.10"]).typed, "สมหญิง")
    draft = examined(store, kpi_1_10={"target": "80", "weight": "30"})
    typed.save(store, draft.typed, "สมหญิง")
    assert ([line.kpi_id for line in draft.begun], weights(store, "A")) == (["1.10"], {"1.2": 70, "1.10": 30})


def test_a_later_version_is_told_of(store, tmp_path):
    later = "fiscal_year,kpi_id,owner_id,from_date,target\n2569,1.2,A,2026-04-01,90\n"
    files, checked = intake.gather(store, write(tmp_path, targets=later))
    intake.save(store, files, checked, "clerk")
    assert [line.kpi_id for line in examined(store, kpi_1_2={"target": "50"}).later] == ["1.2"]


# Weights that were written as fractions


def test_fractions_stand_in_the_boxes_as_percent(store):
    assert [line.weight for line in form_of(store, "B").held] == [60, 40]


def test_a_set_in_fractions_stays_one_while_it_sums_to_100(store):
    draft = examined(store, person="B", kpi_1_2={"weight": "50"}, kpi_1_10={"weight": "50"})
    typed.save(store, draft.typed, "สมหญิง")
    assert weights(store, "B") == {"1.2": 50, "1.10": 50}


def test_a_set_in_fractions_that_does_not_sum_to_100_is_written_in_percent(store):
    typed.save(store, examined(store, person="B", kpi_1_2={"weight": "50"}).typed, "สมหญิง")
    assert weights(store, "B") == {"1.2": 50, "1.10": 40}


def test_fractions_with_binary_noise_leave_nothing_to_save(store, tmp_path):
    texts = "fiscal_year,kpi_id,owner_id,target,weight,prescribed\n2569,1.2,B,60,0.07,yes\n2569,1.10,B,80,0.93,yes\n"
    files, checked = intake.gather(store, write(tmp_path, targets=texts))
    intake.save(store, files, checked, "clerk")
    assert examined(store, Papers(), person="B").is_still
