"""What an office is made of and measures: owners, people, works, KPIs and targets."""

from __future__ import annotations

from datetime import date

import pytest

from kpi_metrics.ingest.check import check
from kpi_metrics.model import NO_LEVELS, Kpi, Target
from tests.kpi_metrics.ingest.checking import (
    KPI,
    KPI_HEADER,
    KPIS,
    NOW,
    PROVINCE,
    Known,
    check_csv,
    codes,
    csv,
    known_of,
    kpi,
    kpi_rows,
    records,
)

EMPTY = Known.empty(NOW)
MONTHS = [f"plan_m{month}" for month in range(1, 13)]


def target(known: Known = PROVINCE, **changes: str):
    given = {"fiscal_year": "2569", "kpi_id": "count", "owner_id": "ไชยา", "target": "100", **changes}
    return check_csv("targets", kpi_rows(given), known)


# Owners and people


def test_an_office_of_the_same_file_may_be_a_parent_wherever_it_stands() -> None:
    upside_down = (
        "owner_id,parent_id,kind,name_th\n8406,สำนักงานเกษตรจังหวัด,district,ไชยา\n84,,province,สำนักงานเกษตรจังหวัด\n"
    )
    assert [office.parent_id for office in records(check_csv("owners", upside_down, EMPTY))] == ["84", None]


def test_an_unknown_parent_is_refused_and_so_is_what_stands_on_it() -> None:
    text = "owner_id,parent_id,kind,name_th\n1,9,province,ก\n2,1,district,ข\n3,2,group,ค\n"
    assert codes(check_csv("owners", text, EMPTY).rejections) == ["unknown_parent"] * 3


def test_a_refused_office_is_nobodys_office() -> None:
    owners = csv("owners.csv", "owner_id,parent_id,kind,name_th\n1,9,province,ก\n2,ก,district,ข\n")
    people = csv("people.csv", "owner_id,parent_id,name_th,personnel_type\nP9,ก,ชื่อ สกุล,ข้าราชการ\n")
    assert [f.place.file for f in check([owners, people], EMPTY).rejections] == [
        "owners.csv",
        "owners.csv",
        "people.csv",
    ]


def test_parents_in_a_circle_are_refused() -> None:
    text = "owner_id,parent_id,kind,name_th\n1,2,province,ก\n2,1,district,ข\n"
    assert codes(check_csv("owners", text, EMPTY).rejections) == ["circular_parent", "circular_parent"]


def test_a_circle_closed_through_the_ledger_is_refused() -> None:
    text = "owner_id,parent_id,kind,name_th\n84,8406,province,จังหวัด\n"
    assert codes(check_csv("owners", text).rejections) == ["circular_parent"]


def test_a_district_outside_any_province_is_told() -> None:
    assert codes(check_csv("owners", "owner_id,kind,name_th\n1,district,ก\n", EMPTY).warnings) == [
        "district_not_in_province"
    ]


def test_a_persons_places_may_follow_each_other() -> None:
    text = (
        "owner_id,parent_id,name_th,personnel_type,from_date,to_date\n"
        "P2,ไชยา,ก ข,ข้าราชการ,1 ต.ค. 2568,31 มี.ค. 2569\nP2,ชัยบุรี,ก ข,ข้าราชการ,1/4/2569,\n"
    )
    assert [person.parent_id for person in records(check_csv("people", text))] == ["8406", "8418"]


def test_overlapping_places_of_one_position_are_refused() -> None:
    text = (
        "owner_id,parent_id,name_th,personnel_type,from_date,to_date\n"
        "P2,ไชยา,ก ข,ข้าราชการ,2025-10-01,2026-04-01\nP2,ชัยบุรี,ก ข,ข้าราชการ,2026-04-01,\n"
    )
    assert [(f.code, f.place.row) for f in check_csv("people", text).rejections] == [("overlapping_dates", 3)]


def test_a_place_that_overlaps_with_the_stored_one_is_refused() -> None:
    text = "owner_id,parent_id,name_th,personnel_type,from_date\nP1,ชัยบุรี,สมชาย ใจดี,ข้าราชการ,2026-04-01\n"
    assert codes(check_csv("people", text).rejections) == ["overlapping_dates"]


def test_a_stored_place_may_be_ended_by_the_file_that_begins_the_next() -> None:
    text = (
        "owner_id,parent_id,name_th,personnel_type,from_date,to_date\n"
        "P1,ชัยบุรี,สมชาย ใจดี,ข้าราชการ,2026-04-01,\nP1,ไชยา,สมชาย ใจดี,ข้าราชการ,2025-10-01,2026-03-31\n"
    )
    assert check_csv("people", text).rejections == ()


def test_a_refused_ending_leaves_the_stored_place_which_then_overlaps() -> None:
    text = (
        "owner_id,parent_id,name_th,personnel_type,from_date,to_date\n"
        "P1,ชัยบุรี,สมชาย ใจดี,ข้าราชการ,2026-04-01,\nP1,ไชยา,สมชาย ใจดี,ข้าราชการ,2025-10-01,2026-06-30\n"
    )
    assert codes(check_csv("people", text).rejections) == ["overlapping_dates"] * 2


# KPIs


@pytest.mark.parametrize(
    ("measure", "entry", "roll_up"),
    [
        ("count", "increment", "sum"),
        ("count", "snapshot", "max"),
        ("value", "snapshot", "sum"),
        ("value", "increment", "mean"),
        ("percent", "increment", "ratio"),
        ("percent", "snapshot", "none"),
        ("milestone", "snapshot", "min"),
    ],
)
def test_a_combination_with_a_meaning_is_taken(measure: str, entry: str, roll_up: str) -> None:
    assert kpi(measure=measure, entry=entry, roll_up=roll_up).rejections == ()


@pytest.mark.parametrize(
    ("measure", "entry", "roll_up"),
    [
        ("percent", "snapshot", "sum"),
        ("milestone", "snapshot", "sum"),
        ("milestone", "snapshot", "ratio"),
        ("milestone", "increment", "mean"),
        ("count", "increment", "ratio"),
        ("value", "snapshot", "ratio"),
    ],
)
def test_a_combination_without_a_meaning_is_refused(measure: str, entry: str, roll_up: str) -> None:
    assert codes(kpi(measure=measure, entry=entry, roll_up=roll_up).rejections) == ["combination"]


@pytest.mark.parametrize(
    "scale",
    [
        {"level_1": "100", "level_5": "60"},
        {"level_1": "60", "level_5": "60"},
        {"level_1": "", "level_5": "60"},
        {"level_1": "", "level_5": ""},
        {"level_1": "60", "level_5": "100", "direction": "down"},
    ],
)
def test_a_scale_that_does_not_rise_with_its_direction_is_refused(scale: dict[str, str]) -> None:
    assert codes(kpi(**scale).rejections) == ["scale"]


def test_a_scale_may_have_gaps() -> None:
    levels = {"level_1": "111", "level_2": "-", "level_3": "94", "level_5": "77"}
    assert records(kpi(**levels, direction="down"))[0].levels == (111, None, 94, None, 77)


def test_the_scale_of_a_milestone_is_not_used() -> None:
    made = kpi(measure="milestone", entry="snapshot", roll_up="mean", level_1="5", level_5="1")
    assert [each.levels for each in records(made)] == [NO_LEVELS]


def test_a_plan_in_percents_is_kept_as_shares() -> None:
    plan = dict(zip(MONTHS, ["0", "5", "10", "20", "30", "40", "50", "60", "70", "80", "90", "100"], strict=True))
    assert records(kpi(**plan))[0].plan == (0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1)


def test_a_plan_in_shares_is_kept_as_it_is() -> None:
    plan = dict(zip(MONTHS, ["0", "0", "0", "0", "0", "0.5", "0.5", "0.5", "0.5", "0.5", "0.5", "1"], strict=True))
    assert records(kpi(**plan))[0].plan == (0, 0, 0, 0, 0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1)


@pytest.mark.parametrize(
    ("figures", "column"),
    [
        ("0 5 10 20 30 40 50 60 70 80 90 99", "plan_m12"),
        ("0 5 10 20 15 40 50 60 70 80 90 100", "plan_m5"),
        ("0 5 10 20 30 40 50 60 70 80 - 100", "plan_m11"),
        ("0 5 10 20 30 40 50 60 70 80 100 200", "plan_m12"),
    ],
)
def test_a_plan_that_is_not_whole_or_falls_is_refused(figures: str, column: str) -> None:
    checked = kpi(**dict(zip(MONTHS, figures.split(), strict=True)))
    assert [(f.code, f.place.column) for f in checked.rejections] == [("plan", column)]


def test_an_unknown_work_is_refused() -> None:
    assert codes(kpi(work_id="77").rejections) == ["unknown_work"]


def test_an_unknown_parent_kpi_is_refused() -> None:
    assert [(f.code, f.place.column) for f in kpi(parent_kpi_id="77").rejections] == [
        ("unknown_parent", "parent_kpi_id")
    ]


def kpis(*given: dict[str, str], known: Known = PROVINCE):
    return check_csv("kpis", kpi_rows(*({**KPI, **each} for each in given)), known)


def test_kpis_in_a_circle_are_refused() -> None:
    checked = kpis({"kpi_id": "9.1", "parent_kpi_id": "9.2"}, {"kpi_id": "9.2", "parent_kpi_id": "9.1"})
    assert [(f.code, f.place.row, f.found) for f in checked.rejections] == [
        ("circular_parent", 2, "9.2"),
        ("circular_parent", 3, "9.1"),
    ]
    assert "วนกลับมาที่ตัวเอง" in checked.rejections[0].wrong.th


@pytest.mark.parametrize(
    ("child", "parent", "refused"),
    [
        ("direct", "direct", ["other_unit"]),
        ("share", "share", ["other_unit"]),
        ("contribute", "direct", []),
        ("share", "contribute", []),
    ],
)
def test_a_target_is_handed_down_in_its_own_unit(child: str, parent: str, refused: list[str]) -> None:
    checked = kpis(
        {"kpi_id": "9.1", "cascade": parent, "unit": "ไร่"},
        {"kpi_id": "9.2", "cascade": child, "unit": "ราย", "parent_kpi_id": "9.1"},
    )
    assert codes(checked.rejections) == refused


def test_a_kpi_of_another_unit_names_both_units_and_what_to_do() -> None:
    [finding] = kpi(parent_kpi_id="reading", unit="ไร่").rejections
    assert (finding.place.column, finding.found) == ("parent_kpi_id", "reading")
    assert all(said in finding.wrong.th for said in ("9.1", "ไร่", "reading", "หน่วย"))
    assert "มีส่วนผลักดัน" in finding.expected.th


def test_units_under_other_names_are_the_same() -> None:
    checked = kpis({"kpi_id": "9.1", "unit": "กิโลกรัม"}, {"kpi_id": "9.2", "unit": "กก.", "parent_kpi_id": "9.1"})
    assert checked.rejections == ()


def test_a_parent_keeps_the_unit_of_the_stored_kpis_under_it() -> None:
    linked = kpi_rows({**KPI, "kpi_id": "9.1"}, {**KPI, "kpi_id": "9.2", "parent_kpi_id": "9.1"})
    known = known_of(csv("kpis.csv", linked), known=PROVINCE)
    checked = kpis({"kpi_id": "9.1", "unit": "ไร่"}, known=known)
    assert [(f.code, f.place.column, f.found) for f in checked.rejections] == [("other_unit", "unit", "ไร่")]


def test_a_lead_is_found_by_name_and_an_unknown_one_is_kept_and_told() -> None:
    known, unknown = kpi(lead_owner="กลุ่มยุทธศาสตร์และสารสนเทศ"), kpi(lead_owner="กลุ่มอื่น")
    assert [(records(each)[0].lead_owner, codes(each.warnings)) for each in (known, unknown)] == [
        ("G1", []),
        ("กลุ่มอื่น", ["unknown_lead"]),
    ]


def test_a_heading_among_kpis_is_left_out_and_told() -> None:
    checked = check_csv("kpis", kpi_rows({"fiscal_year": "2569", "kpi_id": "9", "name_th": "งานที่ 9"}, KPI))
    assert (len(checked.records), codes(checked.warnings)) == (1, ["heading_row"])


def test_a_later_row_may_correct_a_stored_kpi() -> None:
    corrected = KPI_HEADER + KPIS.splitlines()[1].replace("ชื่อ count", "ชื่อใหม่")
    assert [type(each) for each in records(check_csv("kpis", corrected))] == [Kpi]


def test_a_negative_weight_is_refused() -> None:
    assert codes(kpi(weight="-1").rejections) == ["unreadable_weight"]


# Targets


def test_a_target_is_in_force_from_october_unless_it_says_otherwise() -> None:
    assert records(target()) == [Target(2569, "count", "8406", date(2025, 10, 1), 100)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"target": ""}, "blank"),
        ({"target": "-5"}, "negative_target"),
        ({"target": "90%"}, "unreadable_target"),
        ({"kpi_id": "mean", "target": "0.9"}, "percent_as_fraction"),
        ({"kpi_id": "steps", "target": "6"}, "unreadable_target"),
        ({"weight": "-1"}, "unreadable_weight"),
        ({"prescribed": "อาจจะ"}, "unreadable_prescribed"),
        ({"level_1": "5", "level_2": "4"}, "scale"),
        ({"level_1": "5"}, "scale"),
        ({"plan_m1": "5"}, "plan"),
        ({"from_date": "1 ต.ค. 2569"}, "outside_year"),
        ({"owner_id": "ชัยยา"}, "unknown_owner"),
        ({"kpi_id": "9.9"}, "unknown_kpi"),
    ],
)
def test_a_target_that_cannot_be_is_refused(changes: dict[str, str], code: str) -> None:
    assert codes(target(**changes).rejections) == [code]


def test_a_target_of_zero_is_one() -> None:
    assert [each.target for each in records(target(target="0"))] == [0.0]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"target": "100"}, []),
        ({"target": "120"}, ["target_changed"]),
        ({"target": "120", "from_date": "1 เม.ย. 2569"}, []),
    ],
)
def test_a_target_unlike_the_stored_one_of_the_same_day_is_told(changes: dict[str, str], expected: list[str]) -> None:
    stored = known_of(csv("targets.csv", "fiscal_year,kpi_id,owner_id,target\n2569,count,8406,100\n"), known=PROVINCE)
    assert codes(target(stored, **changes).warnings) == expected


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("owners", "owner_id,parent_id,kind,name_th\nP1,84,group,ก\n"),
        ("people", "owner_id,parent_id,name_th,personnel_type\n8406,84,ก ข,ข้าราชการ\n"),
    ],
)
def test_an_id_belongs_to_an_office_or_a_person_never_both(table: str, text: str) -> None:
    assert codes(check_csv(table, text).rejections) == ["id_taken"]
