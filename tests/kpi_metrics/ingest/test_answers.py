"""What a person answers changes how a file is read, at that place and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from kpi_metrics.ingest.check import check
from kpi_metrics.ingest.findings import is_answerable, is_question, mistakes
from kpi_metrics.ingest.read import RawFile
from kpi_metrics.model import Answer, Checked, Finding, Place
from tests.kpi_metrics.ingest.checking import (
    KPI,
    PROVINCE,
    WORKS,
    check_results,
    codes,
    csv,
    known_of,
    kpi_rows,
    records,
    xlsx,
)

HEADER = "fiscal_year,month,kpi_id,owner_id,value\n"


def results(*rows: str) -> RawFile:
    return csv("results.csv", HEADER + "".join(f"2569,{row}\n" for row in rows))


def cell(row: int, column: str, value: str, file: str = "results.csv", sheet: str | None = None) -> Answer:
    return Answer("cell", Place(file, sheet, row, column), value)


def offered(finding: Finding) -> list[tuple[str, str]]:
    return [(choice.text.th, choice.answer.value) for choice in finding.choices]


def choose(findings: Iterable[Finding], value: str) -> list[Answer]:
    """The choice of this value of every finding that offers it."""
    return [choice.answer for finding in findings for choice in finding.choices if choice.answer.value == value]


def found(checked: Checked, code: str) -> Finding:
    return next(each for each in (*checked.rejections, *checked.warnings) if each.code == code)


# --- cells


def test_an_answered_cell_is_read_instead_of_what_stands_there() -> None:
    checked = check([results("1,count,ชัยยา,5")], PROVINCE, [cell(2, "owner_id", "8406")])
    assert [(entry.owner_id, entry.value) for entry in records(checked)] == [("8406", 5.0)]


def test_an_answer_holds_for_its_row_alone() -> None:
    checked = check([results("1,count,ชัยยา,5", "2,count,ชัยยา,6")], PROVINCE, [cell(2, "owner_id", "8406")])
    assert [finding.place.row for finding in checked.rejections] == [3]


def test_a_month_that_a_wide_sheet_has_no_column_for_may_be_answered() -> None:
    wide = csv("results_wide.csv", "fiscal_year,kpi_id,owner_id,m1\n2569,count,8406,5\n")
    checked = check([wide], PROVINCE, [cell(2, "m2", "6", "results_wide.csv")])
    assert [(entry.month, entry.value) for entry in records(checked)] == [(1, 5.0), (2, 6.0)]


def test_an_answer_of_no_known_kind_is_a_programmers_error() -> None:
    with pytest.raises(ValueError, match="bogus"):
        check([results()], PROVINCE, [Answer("bogus", Place("results.csv"), "x")])  # type: ignore[arg-type]


def test_a_month_of_a_wide_row_is_answered_by_its_own_cell() -> None:
    wide = xlsx({"ผลรายเดือน": [["ปีงบ", "รหัส", "อำเภอ", "ต.ค.", "พ.ย."], [2569, "count", "ไชยา", "ห้า", 6]]})
    (asked,) = check([wide], PROVINCE).rejections
    checked = check([wide], PROVINCE, [Answer("cell", asked.place, "5")])
    assert [(entry.month, entry.value) for entry in records(checked)] == [(1, 5.0), (2, 6.0)]


def test_a_cell_answered_blank_says_nothing() -> None:
    assert check([results("1,count,8406,ห้า")], PROVINCE, [cell(2, "value", "")]) == Checked((), (), ())


def test_the_year_may_be_answered_where_its_column_is_missing() -> None:
    file = csv("results.csv", "month,kpi_id,owner_id,value\nต.ค.,count,8406,5\n")
    assert [e.fiscal_year for e in records(check([file], PROVINCE, [cell(2, "fiscal_year", "2569")]))] == [2569]


def test_a_wrong_answer_is_a_mistake_like_any_other() -> None:
    assert codes(check([results("1,count,x,5")], PROVINCE, [cell(2, "owner_id", "y")]).rejections) == ["unknown_owner"]


def test_a_citizen_id_can_neither_be_answered_away_nor_answered() -> None:
    hidden = check([results("1,count,1-1017-00230-70-8,5")], PROVINCE, [cell(2, "owner_id", "8406")])
    typed = check([results("1,count,x,5")], PROVINCE, [cell(2, "owner_id", "1-1017-00230-70-8")])
    assert (codes(hidden.rejections), codes(typed.rejections)) == (["citizen_id"], ["citizen_id"])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("1,count,ชัยยา,5", ("ไชยา (8406)", "8406")),
        ("1,count,สมชาย ใจดี,5", ("สมชาย ใจดี (P1)", "P1")),
        ("1,4.11,8406,5", ("ชื่อ 4.1 (4.1)", "4.1")),
        ("1,mean,8406,0.83", ("ร้อยละ 83", "83%")),
        ("1,mean,8406,0.83", ("ร้อยละ 0.83", "0.83%")),
    ],
)
def test_a_mistake_offers_what_may_have_been_meant(row: str, expected: tuple[str, str]) -> None:
    assert expected in offered(check_results(row).rejections[0])


def test_every_choice_settles_its_question() -> None:
    file = results("1,count,ชัยยา,5", "1,4.11,8406,5", "1,mean,8406,0.83")
    for asked in check([file], PROVINCE).rejections:
        for choice in asked.choices:
            assert asked.place not in [each.place for each in check([file], PROVINCE, [choice.answer]).rejections]


def test_a_name_of_several_offices_offers_them() -> None:
    twice = {**PROVINCE.offices, "9001": replace(PROVINCE.offices["8406"], owner_id="9001")}
    (asked,) = check_results("1,count,ไชยา,5", known=replace(PROVINCE, offices=twice)).rejections
    assert [value for _, value in offered(asked)] == ["8406", "9001"]


def test_a_number_that_may_be_either_of_two_kpis_offers_both() -> None:
    file = xlsx({"results": [HEADER.strip().split(","), [2569, 1, 4.1, "8406", 5]]})
    (asked,) = check([file], PROVINCE).rejections
    checked = check([file], PROVINCE, choose([asked], "4.10"))
    assert [entry.kpi_id for entry in records(checked)] == ["4.10"]


@pytest.mark.parametrize(
    ("column", "written", "meant"),
    [
        ("measure", "จำนวณ", "count"),
        ("direction", "มากดี", "up"),
        ("work_id", "1.", "1"),
        ("parent_kpi_id", "4.11", "4.1"),
    ],
)
def test_a_wrong_word_or_reference_of_a_kpi_offers_near_ones(column: str, written: str, meant: str) -> None:
    (asked,) = check([csv("kpis.csv", kpi_rows({**KPI, column: written}))], PROVINCE).rejections
    assert offered(asked)[0][1] == meant


def test_the_same_mistakes_are_those_that_one_answer_could_mend() -> None:
    checked = check_results("1,count,ชัยยา,5", "2,count,ชัยยา,6", "3,count,ชัย ยา,6", "4,count,ชัยนา,7")
    assert [[each.place.row for each in alike] for alike in mistakes(checked.rejections)] == [[2, 3], [4], [5]]


def test_a_cell_without_choices_may_be_answered_and_a_repeated_row_may_not() -> None:
    checked = check_results("1,count,8406,ห้า", "2,count,8406,5", "2,count,8406,6")
    assert [is_answerable(finding) for finding in checked.rejections] == [True, False, False]


# --- columns


UNKNOWN = csv("results.csv", "fiscal_year,month,kpi_id,owner_id,value,หมายเหด\n2569,1,count,8406,5,ฝน\n")
MISSPELT = csv("results.csv", "fiscal_year,month,kpi_id,อำเพอ,value\n2569,1,count,8406,5\n")


def remembering(owner_id: str | None, header: str, column: str):
    return replace(PROVINCE, headings={(owner_id, "results"): {header: column}})


def test_an_unknown_header_is_asked_about_near_columns_first_and_may_be_kept_out() -> None:
    (asked,) = check([UNKNOWN], PROVINCE).warnings
    assert (offered(asked)[0], offered(asked)[-1][1], len(asked.choices)) == (("หมายเหตุ", "note"), "", 9)


def test_an_answered_header_is_read_as_its_column() -> None:
    asked = check([UNKNOWN], PROVINCE).warnings
    checked = check([UNKNOWN], PROVINCE, choose(asked, "note"))
    assert ([entry.note for entry in records(checked)], checked.warnings) == (["ฝน"], ())


def test_a_month_under_a_header_of_the_offices_own_is_that_month() -> None:
    file = csv("results_wide.csv", "fiscal_year,kpi_id,owner_id,ต.ค.,เดือนสอง\n2569,count,8406,5,6\n")
    checked = check([file], PROVINCE, choose(check([file], PROVINCE).warnings, "m2"))
    assert [(entry.month, entry.value) for entry in records(checked)] == [(1, 5.0), (2, 6.0)]


def test_a_header_kept_out_is_not_asked_about_again() -> None:
    asked = check([UNKNOWN], PROVINCE).warnings
    checked = check([UNKNOWN], PROVINCE, choose(asked, ""))
    assert ([entry.note for entry in records(checked)], checked.warnings) == ([None], ())


def test_a_missing_column_offers_the_headers_that_nobody_knows() -> None:
    (asked,) = check([MISSPELT], PROVINCE).rejections
    assert offered(asked) == [("“อำเพอ” คือ อำเภอ", "owner_id")]


def test_a_misspelt_needed_header_is_mended_by_its_answer() -> None:
    asked = check([MISSPELT], PROVINCE).rejections
    assert len(check([MISSPELT], PROVINCE, choose(asked, "owner_id")).records) == 1


def test_an_unnamed_sheet_that_nearly_is_a_table_is_asked_about() -> None:
    header = ["fiscal_year", "month", "kpi_id", "อำเพอ", "value"]
    file = xlsx({"ไชยา": [header, [2569, 1, "count", "8406", 5]], "ผลงาน": [HEADER.strip().split(",")]})
    asked, empty = check([file], PROVINCE).warnings
    assert ("ตารางผลงาน", "results") in offered(asked)
    assert codes(check([file], PROVINCE, choose([asked], "results")).rejections) == ["missing_column"]
    assert check([file], PROVINCE, choose([asked], "")) == Checked((), (), (empty,))


def test_a_remembered_header_is_read_without_a_question_and_told() -> None:
    checked = check([UNKNOWN], remembering("8406", "หมายเหด", "note"))
    assert [entry.note for entry in records(checked)] == ["ฝน"]
    assert [(finding.code, is_question(finding)) for finding in checked.warnings] == [("remembered_column", False)]


def test_a_remembered_header_may_be_answered_anew() -> None:
    known = remembering("8406", "หมายเหด", "note")
    answers = choose(check([UNKNOWN], known).warnings, "")
    checked = check([UNKNOWN], known, answers)
    assert ([entry.note for entry in records(checked)], checked.warnings) == ([None], ())


def test_a_header_is_remembered_for_its_office_alone() -> None:
    assert codes(check([UNKNOWN], remembering("8412", "หมายเหด", "note")).warnings) == ["extra_column"]


def test_a_person_counts_as_their_office() -> None:
    file = csv("results.csv", "fiscal_year,month,kpi_id,owner_id,value,หมายเหด\n2569,1,count,P1,5,ฝน\n")
    assert codes(check([file], remembering("8406", "หมายเหด", "note")).warnings) == ["remembered_column"]


def test_a_sheet_of_several_offices_has_what_was_remembered_of_such_sheets() -> None:
    rows = "2569,1,count,8406,5,ฝน\n2569,1,count,8412,5,แล้ง\n"
    file = csv("results.csv", f"fiscal_year,month,kpi_id,owner_id,value,หมายเหด\n{rows}")
    checked = check([file], remembering(None, "หมายเหด", "note"))
    assert [entry.note for entry in records(checked)] == ["ฝน", "แล้ง"]


def test_a_remembered_header_gives_way_to_the_columns_own_name() -> None:
    text = "fiscal_year,month,kpi_id,owner_id,value,หมายเหด,หมายเหตุ\n2569,1,count,8406,5,ฝน,แล้ง\n"
    checked = check([csv("results.csv", text)], remembering("8406", "หมายเหด", "note"))
    assert ([entry.note for entry in records(checked)], codes(checked.warnings)) == (["แล้ง"], ["extra_column"])


def test_the_header_that_says_whose_sheet_it_is_may_itself_be_remembered() -> None:
    assert len(check([MISSPELT], remembering("8406", "อำเพอ", "owner_id")).records) == 1


# --- broken Thai


UNUSED = {*range(0x81, 0x85), *range(0x86, 0x91), *range(0x98, 0xA0)}  # of cp874


def broken(text: str) -> str:
    """UTF-8 that a Thai Windows has read as its own code page."""
    return "".join(bytes([each]).decode("cp874") if each not in UNUSED else chr(each) for each in text.encode("utf-8"))


def test_broken_thai_in_notes_is_asked_about_and_kept_meanwhile() -> None:
    file = csv("results.csv", f"{HEADER.strip()},note\n2569,1,count,8406,5,{broken('รอเอกสาร')}\n")
    checked = check([file], PROVINCE)
    assert (len(checked.records), [is_question(finding) for finding in checked.warnings]) == (1, [True])


@pytest.mark.parametrize(("answer", "expected"), [("repair", "รอเอกสาร"), ("keep", broken("รอเอกสาร"))])
def test_broken_thai_is_read_as_answered(answer: str, expected: str) -> None:
    file = csv("results.csv", f"{HEADER.strip()},note\n2569,1,count,8406,5,{broken('รอเอกสาร')}\n")
    checked = check([file], PROVINCE, choose(check([file], PROVINCE).warnings, answer))
    assert ([entry.note for entry in records(checked)], codes(checked.warnings)) == ([expected], [f"thai_{answer}"])


def test_a_name_of_broken_thai_is_stored_only_if_a_person_says_so() -> None:
    file = csv("works.csv", WORKS.replace("ทะเบียนเกษตรกร", broken("งาน")))
    refused = check([file], PROVINCE)
    assert ([(f.code, f.place.column) for f in refused.rejections], refused.warnings) == ([("mojibake", "name_th")], ())
    repaired = check([file], PROVINCE, choose(refused.rejections, "repair"))
    assert [work.name_th for work in records(repaired)] == ["งาน"]


def test_headers_of_broken_thai_are_put_right_too() -> None:
    text = "ปีงบประมาณ,เดือน,รหัส,อำเภอ,ผลงาน\n2569,ต.ค.,count,ไชยา,5\n"
    file = csv("a.csv", text.encode("cp874").decode("cp1252"))
    asked = check([file], PROVINCE)
    assert (codes(asked.rejections), asked.warnings) == (["mojibake"], ())
    checked = check([file], PROVINCE, choose(asked.rejections, "repair"))
    assert [(entry.owner_id, entry.value) for entry in records(checked)] == [("8406", 5.0)]


def test_broken_thai_that_has_lost_letters_is_asked_for_again_and_no_repair_is_offered() -> None:
    lost = "".join(letter for letter in broken("เกษตรกรอบรม") if ord(letter) not in UNUSED)
    asked = check([csv("works.csv", WORKS.replace("ทะเบียนเกษตรกร", lost))], PROVINCE).rejections
    told = [([choice.answer.value for choice in each.choices], "again" in each.expected.en) for each in asked]
    assert told == [(["keep"], True)]


@pytest.mark.parametrize("name", ["เธอเนรมิต", "เนินธรรม เธอ เนื้อ", "งานของเธอและเนติ"])
def test_true_thai_is_not_taken_for_broken(name: str) -> None:
    assert check([csv("works.csv", WORKS.replace("ทะเบียนเกษตรกร", name))], PROVINCE).rejections == ()


# --- running totals


def series(*figures: object, first: int = 1) -> RawFile:
    return results(*(f"{month},count,8406,{each}" for month, each in enumerate(figures, first)))


def answered(file: RawFile, value: str, known=PROVINCE) -> Checked:
    return check([file], known, choose([found(check([file], known), "looks_cumulative")], value))


def values(checked: Checked) -> Sequence[tuple[int, float | None]]:
    return [(entry.month, entry.value) for entry in records(checked)]


def test_a_series_that_looks_cumulative_is_a_question() -> None:
    assert is_question(found(check([series(10, 25, 40, 55)], PROVINCE), "looks_cumulative"))


def test_running_totals_are_taken_apart() -> None:
    checked = answered(series(10, 25, 40, 55), "cumulative")
    assert values(checked) == [(1, 10), (2, 15), (3, 15), (4, 15)]
    assert codes(checked.warnings) == ["read_as_cumulative"]


def test_results_of_each_month_stay_as_written() -> None:
    checked = answered(series(10, 25, 40, 55), "monthly")
    assert (values(checked), checked.warnings) == ([(1, 10), (2, 25), (3, 40), (4, 55)], ())


def test_a_blank_month_of_running_totals_has_no_entry() -> None:
    assert values(answered(series(10, 25, "", 40, 55), "cumulative")) == [(1, 10), (2, 15), (4, 15), (5, 15)]


def test_running_totals_go_on_from_what_is_stored() -> None:
    known = known_of(series(4, 6), known=PROVINCE)
    assert values(answered(series(15, 25, 40, 55, first=3), "cumulative", known)) == [(3, 5), (4, 10), (5, 15), (6, 15)]


def test_a_stored_month_between_is_taken_off_too() -> None:
    known = known_of(results("2,count,8406,6"), known=PROVINCE)
    answer = Answer("series", Place("results.csv", None, 6, "value"), "cumulative")
    checked = check([series(10, "", 20, 40, 55)], known, [answer])
    assert values(checked) == [(1, 10), (3, 4), (4, 20), (5, 15)]


def test_a_stored_month_that_the_import_withdraws_is_not_taken_off() -> None:
    known = known_of(results("3,count,8406,20"), known=PROVINCE)
    checked = answered(series(100, 200, "ถอน", 300, 400), "cumulative", known)
    assert values(checked) == [(1, 100), (2, 100), (3, None), (4, 100), (5, 100)]


def test_a_running_total_that_falls_gives_a_negative_month_and_says_so() -> None:
    file = series(10, 25, 40, 55, 50)
    place = Place("results.csv", None, 6, "value")
    checked = check([file], PROVINCE, [Answer("series", place, "cumulative")])
    assert values(checked)[-1] == (5, -5)
    assert [(each.code, each.place) for each in checked.warnings if each.code == "negative"] == [("negative", place)]


def test_running_totals_of_a_wide_sheet_are_taken_apart() -> None:
    wide = csv("results_wide.csv", "fiscal_year,kpi_id,owner_id,ต.ค.,พ.ย.,ธ.ค.,ม.ค.\n2569,count,8406,10,25,40,55\n")
    assert values(answered(wide, "cumulative")) == [(1, 10), (2, 15), (3, 15), (4, 15)]


def test_running_totals_that_come_again_are_unchanged() -> None:
    file = series(10, 25, 40, 55)
    known = known_of(series(10, 15, 15, 15), known=PROVINCE)
    closed = replace(known, closed={(2569, month, "8406") for month in range(1, 5)})
    checked = check([file], closed, choose([found(check([file], PROVINCE), "looks_cumulative")], "cumulative"))
    assert (len(checked.records), checked.rejections) == (4, ())


def test_a_closed_month_counts_in_the_running_totals_after_it_as_it_is_stored() -> None:
    closed = replace(known_of(series(10, 12), known=PROVINCE), closed={(2569, 2, "8406")})
    checked = answered(series(10, 25, 40, 55), "cumulative", closed)
    assert codes(checked.rejections) == ["closed_month"]
    assert values(checked) == [(1, 10), (3, 18), (4, 15)]


def test_a_series_that_is_stored_so_is_not_asked_about() -> None:
    known = known_of(series(10, 25, 40, 55), known=PROVINCE)
    assert check([series(10, 25, 40, 55)], known).warnings == ()


# --- headers that say how they count


def headed(header: str, *rows: str) -> RawFile:
    return csv(
        "results.csv", f"fiscal_year,month,kpi_id,owner_id,{header}\n" + "".join(f"2569,{row}\n" for row in rows)
    )


CUMULATIVE = headed("ผลสะสม", "2,count,8406,9", "2,4.1,8412,8")


def test_a_header_that_says_otherwise_is_asked_about_once_with_the_kpis_under_it() -> None:
    (asked,) = check([CUMULATIVE], PROVINCE).warnings
    assert (asked.place, offered(asked)[0][1], "count, 4.1" in asked.wrong.en) == (
        Place("results.csv", None, None, "ผลสะสม"),
        "monthly",
        True,
    )


@pytest.mark.parametrize(("answer", "expected"), [("cumulative", [(2, 5), (2, 8)]), ("monthly", [(2, 9), (2, 8)])])
def test_monthly_kpis_under_a_cumulative_header_are_read_as_answered(answer: str, expected: list[object]) -> None:
    known = known_of(series(4), known=PROVINCE)
    checked = check([CUMULATIVE], known, choose(check([CUMULATIVE], known).warnings, answer))
    assert (values(checked), any(map(is_question, checked.warnings))) == (expected, False)


@pytest.mark.parametrize(("answer", "expected"), [("monthly", [(2, 13), (4, 15)]), ("cumulative", [(2, 9), (4, 2)])])
def test_cumulative_kpis_under_a_monthly_header_are_read_as_answered(answer: str, expected: list[object]) -> None:
    known = known_of(results("1,stock,8406,4"), known=PROVINCE)
    file = headed("ผลประจำเดือน", "2,stock,8406,9", "4,stock,8406,2")
    checked = check([file], known, choose(check([file], known).warnings, answer))
    assert (values(checked), any(map(is_question, checked.warnings))) == (expected, False)


def test_percents_are_never_added_up() -> None:
    (told,) = check([headed("ผลประจำเดือน", "2,mean,8406,40")], PROVINCE).warnings
    assert (told.code, told.choices) == ("other_reporting", ())


def test_a_header_is_answered_for_its_own_sheet_alone() -> None:
    file = xlsx({"results": [["ปีงบ", "เดือน", "รหัส", "อำเภอ", "ผลสะสม"], [2569, 3, "count", "8406", 20]]})
    answers = choose(check([CUMULATIVE], PROVINCE).warnings, "cumulative")
    assert codes(filter(is_question, check([file, CUMULATIVE], PROVINCE, answers).warnings)) == ["other_reporting"]


def test_a_header_over_figures_that_are_stored_so_is_not_asked_about() -> None:
    known = known_of(results("2,count,8406,9", "2,4.1,8412,8"), known=PROVINCE)
    assert check([CUMULATIVE], known).warnings == ()


# --- ticks


@pytest.mark.parametrize("tick", ["ü", "P", "✓", "/"])
def test_a_tick_says_yes_and_is_never_a_number(tick: str) -> None:
    target = csv("targets.csv", f"fiscal_year,kpi_id,owner_id,target,prescribed\n2569,count,8406,5,{tick}\n")
    assert [each.prescribed for each in records(check([target], PROVINCE))] == [True]
    for kpi, expected in (("count", "one number"), ("steps", "steps done, 0 to 5")):
        (told,) = check_results(f"1,{kpi},8406,{tick}").rejections
        assert f"“{tick}” is a tick" in told.wrong.en
        assert expected in told.expected.en
