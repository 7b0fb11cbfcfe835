"""Targets as an office sets them: versions, a revision, and the end of a KPI for its owner."""

from __future__ import annotations

from datetime import date

import pytest

from kpi_metrics import intake, scorecard, targeting, typed
from kpi_metrics.access import EVERYTHING
from kpi_metrics.model import Target
from kpi_metrics.store import Store
from kpi_metrics.target_rows import Papers, day_of
from kpi_metrics.targeting import OF_KPI, Revision
from kpi_metrics.thai.calendar import FiscalMonth
from tests.kpi_metrics.small_office import write

OF = {"kpi": "1.2", "owner": "8401", "year": 2569}  # 120 from October, weight 60; 19 done by November
JANUARY, APRIL = date(2026, 1, 1), date(2026, 4, 1)
DROUGHT = Papers("ภัยแล้ง", "เกษตรจังหวัด", "สฎ 0009/1")
EVENLY = (*(f"{month * 8}" for month in range(1, 12)), "100")


@pytest.fixture
def store(office_database):
    with Store.open(office_database) as store:
        yield store


@pytest.fixture
def revise(store):
    """A revision of the KPI from April, checked."""

    def checked(target="90", papers=DROUGHT, since=APRIL, **texts):
        return targeting.revise(store, EVERYTHING, **OF, revision=Revision(since, target, papers, **texts))

    return checked


@pytest.fixture
def revised(store, revise):
    """A revision, saved; its versions then."""

    def save(*args, **texts):
        typed.save(store, revise(*args, **texts).typed, "สมหญิง")
        return targeting.versions(store, EVERYTHING, **OF, month=2)

    return save


def codes(draft):
    return [finding.code for finding in draft.findings]


def target_at(store, month):
    rows = scorecard.scorecard(store, EVERYTHING, year=2569, month=month, owner="8401", kpi="1.2")
    return rows[["target", "weight"]].values.tolist()[0]


def test_a_revision_holds_from_its_day_on(store, revised):
    revised("90")
    assert [target_at(store, month) for month in (6, 7)] == [[120, 60], [90, 60]]


def test_the_versions_stand_side_by_side_with_the_last_day_of_each(revised):
    assert [(v.number, v.given.target, v.last_day) for v in revised("90")] == [
        (1, 120, date(2026, 3, 31)),
        (2, 90, None),
    ]


def test_achievement_is_told_under_each_version(revised):
    assert [round(v.achievement_pct, 2) for v in revised("38")] == [15.83, 50]


def test_what_a_version_leaves_blank_is_told_with_where_it_comes_from(revised):
    first, second = revised("90")
    assert (first.inherited, second.inherited) == ({"levels": OF_KPI}, {"weight": 1, "levels": OF_KPI})
    assert (second.weight, second.levels) == (60, (60, 70, 80, 90, 100))


def test_a_revision_may_carry_weight_plan_and_levels(revised):
    version = revised("90", weight="40", plan=EVENLY, levels=["50", "60", "70", "80", "90"])[-1]
    assert (version.given.weight, version.given.plan[0], version.given.levels) == (40, 0.08, (50, 60, 70, 80, 90))
    assert version.inherited == {}


def test_a_revision_says_who_approved_it_why_and_by_which_document(revised):
    given = revised("90")[-1].given
    assert (given.reason, given.approved_by, given.document_no) == ("ภัยแล้ง", "เกษตรจังหวัด", "สฎ 0009/1")


def test_a_correction_of_the_same_day_says_what_it_replaces(revise, revised):
    revised("90")
    assert revise("80").replaces.given.target == 90


def test_a_correction_keeps_what_it_does_not_name(revised):
    plan = (*(f"{100 * month / 12:.17g}" for month in range(1, 12)), "100")
    before = revised("90", weight="40", plan=plan)[-1].given
    after = revised("80", Papers("พิมพ์ผิด"))[-1].given
    assert after == Target(
        **{name: getattr(before, name) for name in before.__slots__} | {"target": 80, "reason": "พิมพ์ผิด"}
    )


def test_a_revision_before_another_says_that_the_later_one_stays(revise, revised):
    revised("90")
    assert [version.given.target for version in revise("100", since=JANUARY).later] == [90]


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("no_reason", {"papers": Papers(" ")}),
        ("outside_year", {"since": date(2025, 9, 30)}),
        ("outside_year", {"since": date(2026, 10, 1)}),
        ("unreadable_target", {"target": "ร้อย"}),
        ("negative_target", {"target": "-1"}),
        ("plan", {"plan": ("50", "40", *["100"] * 10)}),
        ("plan", {"plan": (*["50"] * 11, "90")}),
        ("plan", {"plan": ("50", *[""] * 10, "100")}),
        ("scale", {"levels": ("60", "70", "65", "90", "100")}),
    ],
)
def test_a_revision_that_cannot_be_is_refused_in_words(revise, code, asked):
    draft = revise(**asked)
    assert (draft.is_refused, codes(draft)) == (True, [code])


def test_an_end_leaves_no_target_and_no_weight_from_its_day_on(store):
    typed.save(store, targeting.end(store, EVERYTHING, **OF, from_date=APRIL, papers=DROUGHT).typed, "สมหญิง")
    before, after = (target_at(store, month) for month in (6, 7))
    assert before == [120, 60]
    assert [figure == figure for figure in after] == [False, False]


def test_an_ended_kpi_stands_among_the_versions_without_achievement(store):
    typed.save(store, targeting.end(store, EVERYTHING, **OF, from_date=APRIL, papers=DROUGHT).typed, "สมหญิง")
    last = targeting.versions(store, EVERYTHING, **OF)[-1]
    assert (last.is_end, last.achievement_pct) == (True, None)


def test_an_end_needs_a_reason(store):
    draft = targeting.end(store, EVERYTHING, **OF, from_date=APRIL, papers=Papers())
    assert (draft.is_refused, "no_reason" in codes(draft)) == (True, True)


def end(store, since=APRIL, **of):
    return targeting.end(store, EVERYTHING, **(OF | of), from_date=since, papers=DROUGHT)


def test_an_end_on_the_day_of_a_version_keeps_its_levels_and_plan(store, revised):
    given = revised("90", plan=EVENLY, levels=["50", "60", "70", "80", "90"])[-1].given
    ended = end(store).target
    assert (ended.is_end, ended.plan, ended.levels) == (True, given.plan, given.levels)


def test_a_kpi_taken_up_again_on_the_day_of_its_end_has_its_weight_again(store, revised):
    typed.save(store, end(store).typed, "สมหญิง")
    revised("50")
    assert target_at(store, 7) == [50, 60]


def test_a_target_of_zero_on_the_day_of_an_end_is_no_end(store, revise):
    typed.save(store, end(store).typed, "สมหญิง")
    assert not revise("0").target.is_end


@pytest.mark.parametrize(
    ("since", "of"), [(APRIL, {"owner": "84"}), (date(2025, 9, 30), {}), (date(2026, 5, 1), {})], ids=str
)
def test_what_is_not_held_by_a_target_of_its_own_cannot_end(store, since, of):
    typed.save(store, end(store).typed, "สมหญิง")
    draft = end(store, since, **of)
    assert (draft.is_refused, "not_held" in codes(draft)) == (True, True)


IN_FRACTIONS = """\
fiscal_year,kpi_id,owner_id,target,weight
2569,1.2,8403,60,0.6
2569,1.10,8403,80,0.4
"""
OFFICE_IN_FRACTIONS = "owner_id,parent_id,name_th,personnel_type,leads\n8403,8401,ก,civil_servant,\n"


@pytest.fixture
def in_fractions(store, tmp_path):
    """A revision of 1.2 from April by a person whose weights are 0.6 and 0.4, checked."""
    files, checked = intake.gather(store, write(tmp_path, people=OFFICE_IN_FRACTIONS, targets=IN_FRACTIONS))
    intake.save(store, files, checked, "clerk")
    of = {"kpi": "1.2", "owner": "8403", "year": 2569}
    return lambda weight: targeting.revise(
        store, EVERYTHING, **of, revision=Revision(APRIL, "60", DROUGHT, weight=weight)
    )


def test_fractions_stand_among_the_versions_in_percent(store, in_fractions):
    assert [v.weight for v in targeting.versions(store, EVERYTHING, kpi="1.2", owner="8403", year=2569)] == [60]


def test_a_weight_typed_in_percent_is_written_on_the_scale_of_the_others(in_fractions):
    assert in_fractions("7").target.weight == 0.07


def test_fractions_over_the_whole_are_refused(in_fractions):
    draft = in_fractions("61")
    assert (draft.is_refused, "weights_over_whole" in codes(draft)) == (True, True)


def test_nothing_is_known_of_a_target_that_was_never_set(store):
    assert targeting.versions(store, EVERYTHING, kpi="1.2", owner="84", year=2569) == ()


@pytest.mark.parametrize(
    ("months", "plan"),
    [
        ((), ()),
        ((1,), (100,) * 12),
        ((4, 5), (0, 0, 0, 50, *[100] * 8)),
        ((1, 6, 12), (33.33, 33.33, 33.33, 33.33, 33.33, 66.67, 66.67, 66.67, 66.67, 66.67, 66.67, 100)),
    ],
)
def test_a_plan_is_spread_equally_over_months(months, plan):
    assert targeting.spread(months) == plan


@pytest.mark.parametrize(
    ("result", "target", "direction", "percent"),
    [
        (50, 100, "up", 50),
        (150, 100, "down", 50),
        (300, 100, "down", 0),
        (0, 0, "down", 100),
        (1, 0, "down", 0),
        (-1e-12, 0, "up", 100),
        (None, 5, "up", None),
    ],
)
def test_achievement_follows_the_direction(result, target, direction, percent):
    assert targeting.achievement_pct(result, target, direction) == percent


def test_a_month_holds_from_its_first_day_or_from_a_version_begun_within_it():
    april = FiscalMonth(2569, 7)
    assert day_of(april, [date(2025, 10, 1)]) == APRIL
    assert day_of(april, [date(2025, 10, 1), date(2026, 4, 15)]) == date(2026, 4, 15)
