"""From the figures to the form: whose it is, who signs it, and that its figures are those of the appraisal."""

from datetime import datetime

import pytest

from kpi_metrics import scorecard
from kpi_metrics.access import EVERYTHING, Scope
from kpi_metrics.model import Refused
from kpi_metrics.reports.forms import form_of, forms_of, people
from kpi_metrics.thai.calendar import FiscalMonth

ROUND = {"year": 2569, "round_": 1}


def form(store, person, **when):
    return form_of(store, EVERYTHING, person=person, **(ROUND | when))


def names(*signers):
    return [signer and signer.name for signer in signers]


@pytest.mark.parametrize("person", ["P1", "P2", "P3", "P4"])
@pytest.mark.parametrize("figure", ["score", "performance", "behaviour", "final", "band", "performance_weight"])
def test_the_figures_are_those_of_the_appraisal(form_store, person, figure):
    [row] = scorecard.appraisal(form_store, EVERYTHING, **ROUND, owner=person).to_dict("records")
    stands = row[figure] if row[figure] == row[figure] else None
    assert getattr(form(form_store, person), figure) == stands


@pytest.mark.parametrize("person", ["P1", "P2", "P3", "P4"])
def test_the_weighted_scores_of_the_lines_add_up_to_the_foot(form_store, person):
    made = form(form_store, person)
    assert sum(line.weighted or 0 for line in made.lines) == pytest.approx(made.weighted or 0)


def test_the_head_of_the_office_assesses_and_the_heads_above_follow(form_store):
    made = form(form_store, "P2")
    assert names(made.assessor, *made.superiors) == ["นายสมชาย น้ำใจดี", "นายใหญ่ สูงสุด", None]


def test_a_head_is_assessed_by_the_head_of_the_office_above(form_store):
    made = form(form_store, "P1")
    assert names(made.assessor, *made.superiors) == ["นายใหญ่ สูงสุด", None, None]


def test_an_office_without_a_head_leaves_the_assessors_line_to_the_pen(form_store):
    made = form(form_store, "P4")
    assert names(made.assessor, made.superiors[0]) == [None, "นายใหญ่ สูงสุด"]


def test_a_heads_lines_are_those_of_the_office_led(form_store):
    assert {line.office for line in form(form_store, "P1").lines} == {"สำนักงานเกษตรอำเภอเมือง"}


def test_remarks_and_the_plan_stand_on_the_form(form_store):
    made = form(form_store, "P2")
    assert (made.remarks, made.development[0].skill) == ({"assessor": "ตั้งใจทำงาน"}, "แผนที่ดิจิทัล")


def test_a_running_round_stands_as_at_the_last_month_that_has_ended(form_store, monkeypatch):
    monkeypatch.setenv("KPI_NOW", "2026-06-10T09:00")
    made = form(form_store, "P2", round_=2)
    assert (made.is_draft, made.month, made.final) == (True, FiscalMonth(2569, 8), None)


def test_a_round_that_has_ended_is_no_draft(form_store):
    assert not form(form_store, "P2").is_draft


def test_a_person_without_kpis_is_refused_by_name(form_store):
    with pytest.raises(Refused, match=r"นายว่าง งานน้อย \(P5\) has no KPIs in round 1 of fiscal year 2569"):
        form(form_store, "P5")


def test_an_office_has_no_form_of_its_own(form_store):
    with pytest.raises(Refused, match="8401 is not a person"):
        form(form_store, "8401")


def test_an_unknown_owner_is_refused(form_store):
    with pytest.raises(Refused, match="There is no office or person P9"):
        form(form_store, "P9")


@pytest.mark.parametrize(
    ("owner", "people"), [("8401", ["P1", "P2", "P3"]), ("8402", ["P4"]), (None, ["P0", "P1", "P2", "P3", "P4"])]
)
def test_an_office_has_the_forms_of_everybody_below_it(form_store, owner, people):
    made = forms_of(form_store, EVERYTHING, **ROUND, owner=owner)
    assert sorted(each.person_id for each in made.forms) == people


def test_who_has_no_kpis_is_left_out_of_a_group_and_named(form_store):
    made = forms_of(form_store, EVERYTHING, **ROUND, owner="8402")
    assert made.left_out == (("P5", "นายว่าง งานน้อย"),)


def test_nobody_is_asked_of_an_owner_who_is_gone(form_store):
    assert people(form_store, EVERYTHING, **ROUND, owner="P9").empty


def test_nobody_gets_the_form_of_another(form_store):
    made = forms_of(form_store, Scope(frozenset({"P2"})), **ROUND)
    assert [each.person_id for each in made.forms] == ["P2"]


def test_a_form_looks_back(form_store):
    with pytest.raises(Refused, match="There is no office or person P2"):
        form(form_store, "P2", as_of=datetime(2026, 1, 1))
