"""Handing a target down: who could take a part, what is proposed, and what becomes of the parts as typed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_metrics import intake, scorecard, typed
from kpi_metrics.access import EVERYTHING
from kpi_metrics.model import Refused
from kpi_metrics.pasting import read_column
from kpi_metrics.splitting import Child, SplitForm, examine_split, propose, split_form, tell_sum
from kpi_metrics.store import Store
from kpi_metrics.target_rows import Papers
from kpi_metrics.thai.calendar import FiscalMonth
from tests.kpi_metrics.small_office import write

OCTOBER = FiscalMonth(2569, 1)
WHY = Papers("จัดสรรใหม่")
PEOPLE = """\
owner_id,parent_id,name_th,personnel_type,leads
H,8401,หัวหน้า,civil_servant,8401
A,8401,ก,civil_servant,
B,8401,ข,civil_servant,
"""
LAST_YEAR = """\
fiscal_year,month,kpi_id,owner_id,value
2568,1,1.2,8401,30
"""


@pytest.fixture
def store(office_database, tmp_path):
    """The small office with a target of 300 for the province, people in 8401, and a result of 8401 the year before."""
    with Store.open(office_database) as store:
        (kpis,) = write(tmp_path, kpis=_kpi_of_last_year())
        (works,) = write(tmp_path, works="fiscal_year,work_id,name_th,category\n2568,1,งาน,mission\n")
        texts = {
            "targets": "fiscal_year,kpi_id,owner_id,target\n2569,1.2,84,300\n",
            "people": PEOPLE,
            "results": LAST_YEAR,
        }
        files, checked = intake.gather(store, [works, kpis, *write(tmp_path, **texts)])
        intake.save(store, files, checked, "clerk")
        yield store


def _kpi_of_last_year():
    return (
        "fiscal_year,kpi_id,work_id,name_th,unit,measure,direction,entry,roll_up,frequency,scale_basis,scoring,cascade,"
        "level_1,level_5\n2568,1.2,1,แปลงใหญ่,แปลง,count,up,increment,sum,monthly,percent_of_target,interpolate,direct,60,100\n"
    )


@pytest.fixture
def form(store):
    """The split of 1.2 among the districts."""
    return form_of(store)


def form_of(store, kpi="1.2", owner="84", month=1):
    return split_form(store, EVERYTHING, kpi=kpi, owner=owner, year=2569, month=month)


def child(owner_id, **facts):
    said = {
        "owner_name": owner_id,
        "owner_kind": "district",
        "target": None,
        "from_below": None,
        "weight": None,
        "last_result": None,
    }
    return Child(owner_id, **(said | {"versions": (), "holds": False} | facts))


def bare(target, *children, measure="count", roll_up="sum"):
    return SplitForm("1.2", "แปลง", measure, roll_up, "84", "จังหวัด", target, OCTOBER, children)


def saved(store, draft):
    typed.save(store, draft.typed, "สมหญิง")
    rows = scorecard.scorecard(store, EVERYTHING, year=2569, month=1, kpi="1.2")
    return {row["owner_id"]: row["target"] for row in rows.to_dict("records")}


def codes(draft):
    return {owner: [finding.code for finding in found] for owner, found in draft.findings.items()}


# Who takes part


def test_children_come_with_what_they_hold_and_did_last_year(form):
    facts = [(c.owner_id, c.target, c.weight, c.last_result, c.holds) for c in form.children]
    assert facts == [("8401", 120, 60, 30, True), ("8402", 120, 60, None, True)]


def test_people_are_children_and_a_head_is_not(store):
    assert [c.owner_id for c in form_of(store, owner="8401").children] == ["A", "B"]


def test_a_head_with_a_part_of_their_own_is_a_child(store):
    header = "fiscal_year,kpi_id,owner_id,target\n"
    typed.save(
        store,
        typed.examine(
            store, "x", "targets", [dict(zip(header.strip().split(","), ("2569", "1.2", "H", "5"), strict=True))]
        ),
        "x",
    )
    assert [c.owner_id for c in form_of(store, owner="8401").children] == ["A", "B", "H"]


def test_a_target_that_only_comes_up_from_below_is_nobodys_to_split(store):
    form = form_of(store, kpi="1.10")
    assert form.target is None
    with pytest.raises(Refused, match="no target of its own"):
        propose(form, "equal", form.holders)


def test_the_sum_is_told_against_the_parent(form):
    assert tell_sum(form).th == "รวม 240 จากเป้าหมาย 300 แปลง · เหลือแบ่ง 60"
    assert tell_sum(form, 300).en == "300 of the target of 300 แปลง · adds up"
    assert tell_sum(form, 300.5).en == "300.5 of the target of 300 แปลง · 0.5 too much"


# What is proposed


def test_equal_parts_are_whole_and_the_first_takes_what_is_left():
    form = bare(100, *map(child, "ABC"))
    assert propose(form, "equal", "ABC") == {"A": 34, "B": 33, "C": 33}


def test_only_those_chosen_take_a_part():
    assert propose(bare(100, *map(child, "ABC")), "equal", "AC") == {"A": 50, "C": 50}


def test_last_years_results_are_the_base_and_who_has_none_gets_nothing():
    form = bare(90, child("A", last_result=20), child("B", last_result=10), child("C"))
    assert propose(form, "last_year", "ABC") == {"A": 60, "B": 30, "C": None}


def test_a_column_is_the_base():
    form = bare(90, *map(child, "ABC"))
    assert propose(form, "column", "ABC", {"A": 2, "B": 1}) == {"A": 60, "B": 30, "C": None}


def test_by_hand_begins_with_what_each_has():
    assert propose(bare(90, child("A", target=7), child("B")), "by_hand", "AB") == {"A": 7, "B": None}


def test_what_is_not_counted_is_split_in_hundredths_or_as_fine_as_it_is():
    assert propose(bare(10.0, *map(child, "ABC"), measure="value"), "equal", "ABC") == {"A": 3.34, "B": 3.33, "C": 3.33}
    assert propose(bare(1.125, *map(child, "AB"), measure="value"), "equal", "AB") == {"A": 0.563, "B": 0.562}


def test_what_is_very_fine_is_split_as_fine_as_it_is():
    assert propose(bare(2e-7, child("a"), child("b"), measure="value"), "equal", "ab") == {"a": 1e-7, "b": 1e-7}


def test_what_those_left_out_bring_from_below_is_not_handed_down_again():
    assert propose(bare(300, child("a", from_below=160), child("b")), "equal", "b") == {"b": 140}


def test_nothing_is_left_to_split_when_those_left_out_bring_more():
    with pytest.raises(Refused):
        propose(bare(300, child("a", from_below=301), child("b")), "equal", "b")


@pytest.mark.parametrize("roll_up", ["ratio", "mean", "none"])
def test_where_nothing_is_to_sum_everybody_has_the_parents_figure(roll_up):
    form = bare(80, *map(child, "AB"), measure="percent", roll_up=roll_up)
    assert propose(form, "last_year", "AB") == {"A": 80, "B": 80}


@pytest.mark.parametrize(
    ("form", "way", "among"),
    [
        (bare(1000.5, *map(child, "AB")), "equal", "AB"),
        (bare(100, *map(child, "AB")), "equal", ""),
        (bare(100, *map(child, "AB")), "last_year", "AB"),
        (bare(100, child("A", last_result=0)), "last_year", "A"),
        (bare(100, child("A", last_result=-1), child("B", last_result=3)), "last_year", "AB"),
    ],
    ids=["not whole", "nobody", "no base", "bases of 0", "a base below 0"],
)
def test_what_cannot_be_split_is_refused_in_words(form, way, among):
    with pytest.raises(Refused):
        propose(form, way, among)


@settings(deadline=None)  # a busy machine is no fault
@given(st.integers(0, 10**7), st.lists(st.integers(0, 10**5), min_size=1, max_size=24).filter(any))
def test_whatever_the_column_the_parts_sum_to_the_parent(target, bases):
    form = bare(float(target), *(child(str(place)) for place in range(len(bases))))
    column = {str(place): float(base) for place, base in enumerate(bases)}
    parts = propose(form, "column", set(column), column)
    assert sum(parts.values()) == target
    assert all(abs(parts[owner] - target * base / sum(bases)) < 1 for owner, base in column.items())


# What becomes of parts


def test_parts_are_saved_as_targets_and_sum_to_the_parent(store, form):
    assert saved(store, examine_split(store, form, {"8401": "180", "8402": "๑๒๐"}, WHY)) == {
        "84": 300,
        "8401": 180,
        "8402": 120,
    }


def test_only_what_changes_is_saved(store, form):
    draft = examine_split(store, form, {"8401": "180", "8402": "120"}, WHY)
    assert [each.record.owner_id for each in draft.typed.checked.records] == ["8401"]


def test_a_part_keeps_the_weight_of_the_version_it_replaces(store, form):
    draft = examine_split(store, form, {"8401": "180", "8402": "120"}, WHY)
    assert ([c.owner_id for c in draft.replaced], draft.typed.checked.records[0].record.weight) == (["8401"], 60)


def test_parts_from_a_later_month_leave_the_months_before(store):
    draft = examine_split(store, form_of(store, month=7), {"8401": "180", "8402": "120"}, WHY)
    assert saved(store, draft)["8401"] == 120


def test_parts_from_an_earlier_month_tell_of_later_versions(store):
    typed.save(store, examine_split(store, form_of(store, month=7), {"8401": "180", "8402": "120"}, WHY).typed, "x")
    draft = examine_split(store, form_of(store, month=4), {"8401": "150", "8402": "120"}, WHY)
    assert [c.owner_id for c in draft.later] == ["8401"]


def test_who_is_left_out_holds_the_kpi_no_more(store, form):
    draft = examine_split(store, form, {"8401": "300"}, WHY)
    assert ([c.owner_id for c in draft.ended], draft.difference) == (["8402"], 0)
    assert "8402" not in {owner for owner, target in saved(store, draft).items() if target == target}


def test_what_comes_up_from_below_counts_once_a_part_ends(store):
    people = form_of(store, owner="8401")
    typed.save(store, examine_split(store, people, {"A": "50", "B": "60"}, Papers()).typed, "x")
    draft = examine_split(store, form_of(store), {"8402": "190"}, WHY)
    assert (draft.total, draft.difference) == (300, 0)
    assert saved(store, draft) == {"84": 300, "8401": 110, "8402": 190, "A": 50, "B": 60}


def test_who_was_left_out_may_take_a_part_again(store, form):
    typed.save(store, examine_split(store, form, {"8401": "300"}, WHY).typed, "x")
    draft = examine_split(store, form_of(store), {"8401": "300", "8402": "0"}, WHY)
    assert [
        (c.owner_id, each.record.is_end) for c, each in zip(draft.begun, draft.typed.checked.records, strict=True)
    ] == [("8402", False)]


def test_parts_that_do_not_sum_are_told_of_and_not_refused(store, form):
    draft = examine_split(store, form, {"8401": "180", "8402": "114"}, WHY)
    assert (draft.total, draft.difference, draft.is_refused) == (294, -6, False)


def test_decimals_are_summed_without_noise(store, form):
    assert examine_split(store, form, {"8401": "299.9", "8402": "0.1"}, WHY).difference == 0


def test_what_everybody_has_already_changes_nothing(store, form):
    assert examine_split(store, form, {"8401": "120", "8402": "120"}, Papers()).is_still


@pytest.mark.parametrize(
    ("text", "code"),
    [("สิบ", "unreadable_target"), ("-5", "negative_target"), ("", "blank"), ("10.5", "not_whole")],
)
def test_what_is_wrong_with_a_part_is_told_beside_it(store, form, text, code):
    assert codes(examine_split(store, form, {"8401": "120", "8402": text}, WHY)) == {"8402": [code]}


def test_one_wrong_part_keeps_all_from_being_saved(store, form):
    draft = examine_split(store, form, {"8401": "180", "8402": "สิบ"}, WHY)
    with pytest.raises(Refused):
        typed.save(store, draft.typed, "x")


def test_changing_a_target_that_stands_needs_a_reason(store, form):
    assert codes(examine_split(store, form, {"8401": "180", "8402": "120"}, Papers())) == {"": ["no_reason"]}


def test_a_first_part_needs_no_reason(store):
    assert codes(examine_split(store, form_of(store, owner="8401"), {"A": "60", "B": "60"}, Papers())) == {}


# A column pasted


@pytest.mark.parametrize(
    "text", ["10\n1,250", "เมือง\t10\nอ.ไชยา\t1,250", "ไชยา 1,250\nเมือง 10", "8401: 10\n8402: ๑๒๕๐"]
)
def test_a_column_is_pasted_in_order_or_by_name(form, text):
    assert read_column(form, text) == ({"8401": 10, "8402": 1250}, [])


@pytest.mark.parametrize("text", ["10\n20\n30", "เมือง 10\nพนม 5", "เมือง 10\nไชยา สิบ"])
def test_what_cannot_be_read_of_a_column_is_told(form, text):
    bases, troubles = read_column(form, text)
    assert (len(troubles), "8402" in bases) == (1, False)


def test_a_child_is_named_as_the_page_shows_it(form):
    short = replace(form, children=(child("A", owner_name="เมืองสุราษฎร์ธานี", short_name="เมืองฯ"),))
    assert read_column(short, "เมืองฯ\t120") == ({"A": 120}, [])


def test_two_children_of_one_name_are_not_guessed(form):
    twins = replace(form, children=(child("A", owner_name="ก"), child("B", owner_name="ก")))
    assert read_column(twins, "ก 5")[0] == {}
