"""What the papers say: figures rounded once, Thai digits, and a reason wherever a figure is missing or another."""

from dataclasses import replace

import pytest

from kpi_metrics.reports.forms.form import Override
from kpi_metrics.reports.forms.wording import words_of
from kpi_metrics.thai.calendar import FiscalMonth
from tests.kpi_metrics.reports.example_form import EMPLOYEE, form, line


def row(*lines, at=-1, **facts):
    return words_of(form(*lines, **facts))["lines"][at]


@pytest.mark.parametrize(
    ("final", "printed"), [(86.0045, "๘๖.๐๐"), (2.675, "๒.๖๘"), (76.676666, "๗๖.๖๘"), (None, None)]
)
def test_the_final_result_is_rounded_once_half_up(final, printed):
    assert words_of(form(final=final))["final"] == printed


def test_the_table_of_the_rules_comes_out_as_it_is_written():
    """30/20/20/20/10 by 3.3, 5, 3, 3.5 and one not reported, beside behaviour 85 as if it were complete."""
    scores = (3.3, 5.0, 3.0, 3.5, None)
    lines = [
        line(str(n), weight=weight, score=score, status="watch" if score else "not_reported")
        for n, (weight, score) in enumerate(zip((30.0, 20.0, 20.0, 20.0, 10.0), scores, strict=True))
    ]
    words = words_of(form(*lines, behaviour=85.0, final=76.6777))
    assert [words[name] for name in ("weighted", "performance", "performance_part", "final")] == [
        "๓.๒๙๐๐",
        "๗๓.๑๑",
        "๕๑.๑๗๗๘",
        "๗๖.๖๘",
    ]


def test_the_step_to_the_evaluated_weight_is_shown():
    words = words_of(form(line(weight=90.0), line("9.9", weight=10.0, score=None, status="not_reported")))
    said = "คะแนนรวม (ค) ÷ น้ำหนักที่ประเมิน = ๒.๙๗๐๐ ÷ ๙๐% = ๓.๓๐๐๐"
    assert words["step"] == f"น้ำหนักที่ประเมินแล้วร้อยละ ๙๐ จากทั้งหมดร้อยละ ๑๐๐ {said}"


def test_what_was_left_out_of_the_round_is_no_part_of_the_step():
    left_out = line("9.9", weight=60.0, score=None, status="excluded", exclusion=("โอนงาน", "หัวหน้า"))
    words = words_of(form(line(weight=150.0), left_out))
    assert (words["weight"], words["step"].split(" คะแนนรวม")[0]) == ("๑๕๐", "น้ำหนักที่ประเมินแล้วร้อยละ ๑๕๐")


def test_there_is_no_such_step_when_all_was_evaluated():
    assert words_of(form(line(weight=40.0), line("9.9", weight=60.0)))["step"] is None


@pytest.mark.parametrize(
    ("status", "said"),
    [("not_reported", "ยังไม่รายงาน"), ("not_due", "ยังไม่ถึงกำหนด"), ("no_target", "ไม่มีเป้าหมายในงวดนี้")],
)
def test_a_line_without_a_score_says_why(status, said):
    assert row(line(score=None, status=status))["no_score"] == said


def test_an_excluded_line_gives_its_reason_and_carries_no_weight():
    said = row(line(score=None, status="excluded", exclusion=("โอนงาน", "หัวหน้า"), weight=20.0))
    assert (said["weight"], said["about"][-1]) == (None, "ไม่นำมาประเมินในรอบนี้ (น้ำหนัก ๒๐): โอนงาน (โดย หัวหน้า)")


def test_a_changed_score_has_a_note_with_the_computed_one_the_reason_and_who():
    words = words_of(form(line(), line("2.1", name="อบรม", score=4.0, override=Override(3.25, 4.0, "ภัยแล้ง", "หัวหน้า"))))
    note = "(๑) อบรม: คะแนนที่คำนวณได้ ๓.๒๕๐๐ ผู้บังคับบัญชาให้ ๔.๐๐๐๐ เพราะภัยแล้ง (โดย หัวหน้า)"
    assert (words["lines"][-1]["note"], words["notes"]) == ("(๑)", [note])


@pytest.mark.parametrize(
    ("facts", "levels"),
    [
        ({}, ["๖๐%", "๗๐%", "๘๐%", "๙๐%", "๑๐๐%"]),
        (
            {"scale_basis": "absolute", "measure": "value", "levels": (5000.0, 4000.0, None, 2000.5, 1000.0)},
            ["๕,๐๐๐", "๔,๐๐๐", "–", "๒,๐๐๐.๕", "๑,๐๐๐"],
        ),
        ({"measure": "milestone", "steps": ("ก", "ข", "ค", "ง", "จ")}, ["ก", "ข", "ค", "ง", "จ"]),
        ({"measure": "milestone"}, ["ขั้นที่ ๑", "ขั้นที่ ๒", "ขั้นที่ ๓", "ขั้นที่ ๔", "ขั้นที่ ๕"]),
    ],
)
def test_levels_stand_in_percent_of_the_target_the_unit_or_steps(facts, levels):
    assert row(line(**facts))["levels"] == levels


def test_a_result_of_the_second_half_alone_is_called_that():
    said = row(line(target=100.0, plan=60.0, result=50.0, first_month=7))["about"]
    assert said == ["เป้าหมายทั้งปี ๑๐๐ แปลง · ของรอบ แผน ๖๐ แปลง ผล ๕๐ แปลง · ระดับเป็น % ของเป้าหมาย"]


def test_the_kpis_of_an_office_led_stand_under_its_name_and_ones_own_after():
    words = words_of(form(line(office="สำนักงานเกษตรอำเภอไชยา"), line("2.1")))
    headings = [row["heading"] for row in words["lines"] if "heading" in row]
    assert headings == ["ตัวชี้วัดของหน่วยงาน: สำนักงานเกษตรอำเภอไชยา", "ตัวชี้วัดรายบุคคล"]


def test_the_round_is_ticked_and_has_its_dates_in_full():
    dates = ["๑ ตุลาคม ๒๕๖๘ ถึง ๓๑ มีนาคม ๒๕๖๙", "๑ เมษายน ๒๕๖๙ ถึง ๓๐ กันยายน ๒๕๖๙"]
    said = words_of(form())["rounds"]
    assert [(each["is_ticked"], each["dates"]) for each in said] == [(False, dates[0]), (True, dates[1])]


def test_the_level_reached_is_ticked_among_those_of_the_type():
    words = words_of(form(personnel_type="government_employee", bands=EMPLOYEE, band="ดีมาก", final=90.0))
    assert [(each["name"], each["takes"]) for each in words["bands"] if each["is_ticked"]] == [
        ("ดีมาก", "ร้อยละ ๘๕ ขึ้นไป")
    ]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"count_not_reported": 2, "behaviour": 85.0}, "ยังสรุปผลไม่ได้ เพราะยังไม่รายงาน ๒ ตัวชี้วัด"),
        ({}, "ยังสรุปผลไม่ได้ เพราะยังไม่มีคะแนนสมรรถนะ"),
        ({"final": 80.0}, None),
    ],
)
def test_a_missing_final_result_says_why(facts, said):
    assert words_of(form(**facts))["unfinished"] == said


def test_a_draft_says_through_when_it_goes():
    draft = replace(form(), month=FiscalMonth(2569, 8))
    assert words_of(draft)["draft"].startswith("ร่าง: รอบการประเมินยังไม่สิ้นสุด ผลถึงเดือนพฤษภาคม ๒๕๖๙")


@pytest.mark.parametrize(
    ("personnel_type", "personnel", "appraisal"),
    [
        ("civil_servant", "ข้าราชการพลเรือนสามัญ", "ผลการปฏิบัติราชการ"),
        ("government_employee", "พนักงานราชการ", "ผลการปฏิบัติงานของพนักงานราชการ"),
        ("permanent_employee", "ลูกจ้างประจำ", "ผลการปฏิบัติงานของลูกจ้างประจำ"),
    ],
)
def test_each_type_of_personnel_has_its_own_words(personnel_type, personnel, appraisal):
    words = words_of(form(personnel_type=personnel_type))
    assert (words["personnel"], words["appraisal"]) == (personnel, appraisal)


def test_no_digit_of_another_script_is_left():
    assert not any(digit in repr(list(words_of(form()).values())) for digit in "0123456789")
