"""What an entry may hold, and what of a series is worth a look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpi_metrics.ingest.check import check
from kpi_metrics.ingest.raw import ErrorCell, RawRow
from kpi_metrics.model import Entry
from tests.kpi_metrics.ingest.checking import (
    PROVINCE,
    check_csv,
    check_results,
    codes,
    csv,
    known_of,
    records,
    xlsx,
)

PARTS = "month,kpi_id,owner_id,value,numerator,denominator"
WORDS = "month,kpi_id,owner_id,value,note,problem"
HEADER = ["fiscal_year", "month", "kpi_id", "owner_id", "value"]


def stored(*rows: str, header: str = "month,kpi_id,owner_id,value"):
    """The province with these results saved."""
    text = "\n".join([f"fiscal_year,{header}", *(f"2569,{row}" for row in rows)])
    return known_of(csv("results.csv", text), known=PROVINCE)


@pytest.mark.parametrize("said", ["1", "ต.ค.", "ตุลาคม 2568", "2025-10", "15/10/2568", "ต.ค. 68", "๑"])
def test_a_month_is_read_in_every_form(said: str) -> None:
    assert [entry.month for entry in records(check_results(f"{said},count,8406,5"))] == [1]


def test_the_month_gives_the_year_where_the_year_is_left_out() -> None:
    checked = check_csv("results", "month,kpi_id,owner_id,value\nต.ค. 2568,count,8406,5\n")
    assert [(entry.fiscal_year, entry.month) for entry in records(checked)] == [(2569, 1)]


def test_a_month_without_any_year_is_refused() -> None:
    assert codes(check_csv("results", "month,kpi_id,owner_id,value\nต.ค.,count,8406,5\n").rejections) == [
        "unreadable_month"
    ]


def test_a_month_outside_its_fiscal_year_is_refused() -> None:
    assert codes(check_results("ต.ค. 2569,count,8406,5").rejections) == ["unreadable_month"]


@pytest.mark.parametrize(("month", "expected"), [("มิ.ย.", []), ("ก.ค.", ["future_month"])])
def test_the_running_month_may_be_reported_and_a_later_one_not(month: str, expected: list[str]) -> None:
    assert codes(check_results(f"{month},count,8406,5").rejections) == expected


@pytest.mark.parametrize("said", ["8406", "ไชยา", "อ.ไชยา", "สำนักงานเกษตรอำเภอไชยา", "ไชยยา", "ไชยา "])
def test_an_owner_is_named_by_id_name_or_alias(said: str) -> None:
    assert [entry.owner_id for entry in records(check_results(f"1,count,{said},5"))] == ["8406"]


def test_the_centre_is_the_provincial_office() -> None:
    assert [entry.owner_id for entry in records(check_results("1,count,ส่วนกลาง,5"))] == ["84"]


def test_a_person_is_named_by_position_number() -> None:
    assert [entry.owner_id for entry in records(check_results("1,count,P1,5"))] == ["P1"]


def test_an_unknown_owner_is_refused_with_near_misses_which_are_not_applied() -> None:
    checked = check_results("1,count,ชัยยา,5")
    assert (codes(checked.rejections), "ไชยา (8406)" in checked.rejections[0].expected.th) == (["unknown_owner"], True)


def test_the_name_of_a_person_is_answered_with_the_position_number() -> None:
    assert "P1" in check_results("1,count,สมชาย ใจดี,5").rejections[0].expected.en


def test_a_name_that_fits_two_offices_is_refused_with_both_ids() -> None:
    twice = {**PROVINCE.offices, "9001": replace(PROVINCE.offices["8406"], owner_id="9001")}
    checked = check_results("1,count,ไชยา,5", known=replace(PROVINCE, offices=twice))
    assert checked.rejections[0].expected.en == "use the id: ไชยา (8406), ไชยา (9001)"


def test_a_name_goes_before_an_alias() -> None:
    also = replace(PROVINCE.offices["8418"], aliases=("ไชยา",))
    checked = check_results("1,count,ไชยา,5", known=replace(PROVINCE, offices={**PROVINCE.offices, "8418": also}))
    assert [entry.owner_id for entry in records(checked)] == ["8406"]


def test_a_wrong_year_is_told_once() -> None:
    checked = check_csv("results", "fiscal_year,month,kpi_id,owner_id,value\nปีนี้,ต.ค.,count,8406,5\n")
    assert codes(checked.rejections) == ["unreadable_fiscal_year"]


def test_an_unknown_kpi_is_refused() -> None:
    assert codes(check_results("1,9.9,8406,5").rejections) == ["unknown_kpi"]


def test_a_number_that_may_be_either_of_two_kpis_is_refused() -> None:
    checked = check([xlsx({"results": [HEADER, [2569, 1, 4.1, "8406", 5]]})], PROVINCE)
    assert codes(checked.rejections) == ["ambiguous_kpi"]


def test_everything_wrong_with_a_row_is_told_at_once() -> None:
    checked = check_results("13,9.9,นอกจังหวัด,x")
    assert codes(checked.rejections) == ["unreadable_month", "unknown_kpi", "unknown_owner"]


def test_a_finding_names_its_place_as_the_sheet_says_it() -> None:
    rows = [["ผลงานเดือนตุลาคม"], ["ปีงบ", "เดือน", "รหัส", "อำเภอ", "ผลงาน"], [2569, 1, "count", "ไชยา", "ห้า"]]
    place = check([xlsx({"ผลงาน": rows})], PROVINCE).rejections[0].place
    assert (place.file, place.sheet, place.row, place.column) == ("book.xlsx", "ผลงาน", 3, "ผลงาน")


@pytest.mark.parametrize(
    ("kpi", "cells", "expected"),
    [
        ("count", '"1,250 ราย",,', Entry(2569, 1, "count", "8406", value=1250)),
        ("count", "0,,", Entry(2569, 1, "count", "8406", value=0)),
        ("count", "ถอน,,", Entry(2569, 1, "count", "8406", is_withdrawn=True)),
        ("count", "Withdrawn,,", Entry(2569, 1, "count", "8406", is_withdrawn=True)),
        ("ratio", ",5,10", Entry(2569, 1, "ratio", "8406", numerator=5, denominator=10)),
        ("ratio", ",0,0", Entry(2569, 1, "ratio", "8406", numerator=0, denominator=0)),
        ("mean", "83,,", Entry(2569, 1, "mean", "8406", value=83)),
        ("mean", "ร้อยละ 83,,", Entry(2569, 1, "mean", "8406", value=83)),
        ("mean", "0.5%,,", Entry(2569, 1, "mean", "8406", value=0.5)),
        ("mean", "1,,", Entry(2569, 1, "mean", "8406", value=1)),
        ("mean", ",5,10", Entry(2569, 1, "mean", "8406", numerator=5, denominator=10)),
        ("monthly_percent", ",5,10", Entry(2569, 1, "monthly_percent", "8406", numerator=5, denominator=10)),
        ("steps", "5,,", Entry(2569, 1, "steps", "8406", value=5)),
        ("reading", "-2.5,,", Entry(2569, 1, "reading", "8406", value=-2.5)),
    ],
)
def test_an_entry_is_read_as_its_kpi_counts(kpi: str, cells: str, expected: Entry) -> None:
    assert records(check_results(f"1,{kpi},8406,{cells}", header=PARTS)) == [expected]


@pytest.mark.parametrize(
    ("kpi", "cells", "expected"),
    [
        ("count", "5,1,2", "value_and_parts"),
        ("count", "ถอน,1,2", "value_and_parts"),
        ("ratio", ",5,", "half_a_ratio"),
        ("ratio", ",,5", "half_a_ratio"),
        ("ratio", ",5,0", "denominator"),
        ("ratio", ",5,-1", "denominator"),
        ("ratio", ",100000000000,0.00001", "ratio_out_of_reach"),
        ("ratio", ",0,0.0000000001", "ratio_out_of_reach"),
        ("ratio", "50,,", "parts_needed"),
        ("monthly_percent", "50,,", "parts_needed"),
        ("count", ",5,10", "parts_not_taken"),
        ("steps", ",5,10", "parts_not_taken"),
        ("mean", "0.83,,", "percent_as_fraction"),
        ("steps", "6,,", "unreadable_value"),
        ("steps", "-1,,", "unreadable_value"),
        ("count", "83%,,", "unreadable_value"),
        ("count", "ประมาณ 5,,", "unreadable_value"),
        ("ratio", ",#REF!,5", "half_a_ratio"),
    ],
)
def test_an_entry_that_its_kpi_does_not_allow_is_refused(kpi: str, cells: str, expected: str) -> None:
    checked = check_results(f"1,{kpi},8406,{cells}", header=PARTS)
    assert (codes(checked.rejections), checked.records) == ([expected], ())


@pytest.mark.parametrize("cell", ["#REF!", "#DIV/0!", "#N/A", ErrorCell("#REF!")])
def test_a_figure_that_shows_an_error_is_told_and_gives_no_entry(cell: str | ErrorCell) -> None:
    file = csv("results.csv", f"fiscal_year,month,kpi_id,owner_id,value,note\n2569,1,count,8406,{cell},ฝน\n")
    if isinstance(cell, ErrorCell):
        (row,) = file.sheets[0].rows[1:]
        row = RawRow(row.number, (*row.cells[:4], cell, *row.cells[5:]))
        file = replace(file, sheets=(replace(file.sheets[0], rows=(file.sheets[0].rows[0], row)),))
    checked = check([file], PROVINCE)
    told = [(entry.value, entry.note) for entry in records(checked)], codes(checked.warnings), checked.rejections
    assert told == ([(None, "ฝน")], ["error_cell"], ())


def test_a_fraction_is_asked_about_with_both_readings() -> None:
    assert check_results("1,mean,8406,0.83").rejections[0].expected.en == "83, or 0.83%"


def test_a_cell_shown_as_a_percent_says_what_it_is() -> None:
    checked = check([xlsx({"results": [HEADER, [2569, 1, "mean", "8406", (0.83,)]]})], PROVINCE)
    assert [entry.value for entry in records(checked)] == [83.0]


def test_one_percent_in_a_workbook_is_no_fraction() -> None:
    checked = check([xlsx({"results": [HEADER, [2569, 1, "mean", "8406", 1]]})], PROVINCE)
    assert [entry.value for entry in records(checked)] == [1.0]


@pytest.mark.parametrize("cell", ["", "-", "ไม่มี", "n/a"])
def test_a_blank_row_says_nothing(cell: str) -> None:
    checked = check_results(f"ไม่ใช่เดือน,9.9,ใครก็ไม่รู้,{cell}")
    assert (checked.records, checked.rejections, checked.warnings) == ((), (), ())


def test_a_file_of_notes_alone_needs_no_column_of_figures() -> None:
    checked = check_csv("results", "month,kpi_id,owner_id,fiscal_year,note\n1,count,ไชยา,2569,รอเอกสาร\n")
    assert [(entry.value, entry.note) for entry in records(checked)] == [(None, "รอเอกสาร")]


def test_a_row_of_words_is_a_note_beside_the_figures_of_its_month() -> None:
    checked = check_results("1,count,8406,5,,", "1,count,8406,,ฝนตก,น้ำท่วม", header=WORDS)
    assert [(entry.value, entry.problem) for entry in records(checked)] == [(5.0, None), (None, "น้ำท่วม")]


def test_work_in_progress_is_blank_and_told() -> None:
    checked = check_results("1,count,8406,อยู่ระหว่างดำเนินการ")
    assert (checked.records, codes(checked.warnings)) == ((), ["in_progress"])


def test_a_formula_without_a_value_is_blank_and_told() -> None:
    checked = check([xlsx({"results": [HEADER, [2569, 1, "count", "8406", "=A1"]]})], PROVINCE)
    assert (checked.records, codes(checked.warnings)) == ((), ["formula_without_value"])


def test_a_citizen_id_is_refused_and_not_repeated() -> None:
    checked = check_results("1,count,8406,5,เลข 1-1017-00230-70-8 ค่ะ,", header=WORDS)
    assert [(finding.code, "0230" in str(finding)) for finding in checked.rejections] == [("citizen_id", False)]


@pytest.mark.parametrize(
    "text",
    [
        "fiscal_year,month,kpi_id,owner_id,value,โทร\n2569,1,count,8406,5,1101700230708\n",
        "fiscal_year,month,kpi_id,owner_id,value,\n2569,1,count,8406,5,1101700230708\n",
        "fiscal_year,month,kpi_id,owner_id,value\n2569,1,count,รวม 1-1017-00230-70-8,5\n",
        "รายงานของ 1101700230708,,,,\nfiscal_year,month,kpi_id,owner_id,value\n",
    ],
)
def test_a_citizen_id_is_refused_wherever_it_stands(text: str) -> None:
    checked = check_csv("results", text)
    assert ("citizen_id" in codes(checked.rejections), checked.records) == (True, ())


def test_a_citizen_id_in_the_name_of_a_sheet_or_file_keeps_it_out() -> None:
    rows = [HEADER, [2569, 1, "count", "8406", 5]]
    by_sheet = check([xlsx({"1101700230708": rows, "ผลงาน": [HEADER]})], PROVINCE)
    by_file = check([xlsx({"ผลงาน": rows}, name="1101700230708.xlsx")], PROVINCE)
    assert [(codes(each.rejections), each.records) for each in (by_sheet, by_file)] == [(["citizen_id"], ())] * 2


def test_the_same_row_twice_counts_once() -> None:
    checked = check_results("1,count,8406,5", "ต.ค.,count,ไชยา,5.0")
    assert (len(checked.records), checked.rejections) == (1, ())


def test_rows_that_say_different_things_are_all_refused_and_name_each_other() -> None:
    checked = check_results("1,count,8406,5", "1,count,8406,6", "1,count,8406,5")
    told = [(finding.place.row, finding.wrong.en.split(" of ")[0]) for finding in checked.rejections]
    assert (told, checked.records) == ([(2, "repeats row 3"), (3, "repeats row 2"), (4, "repeats row 3")], ())


def test_a_row_that_another_file_contradicts_is_refused_with_the_name_of_that_file() -> None:
    header = "fiscal_year,month,kpi_id,owner_id,value\n"
    files = [
        csv("results_1.csv", f"{header}2569,1,count,8406,5\n2569,1,count,8406,6\n"),
        csv("results_2.csv", f"{header}2569,1,count,8406,7\n"),
    ]
    told = [finding.wrong.en.split(" with ")[0] for finding in check(files, PROVINCE).rejections]
    assert told == ["repeats row 2 of results_2.csv"] * 2 + ["repeats row 2 of results_1.csv"]


def test_a_wide_row_is_an_entry_for_each_month_given() -> None:
    checked = check_csv("results_wide", "fiscal_year,kpi_id,owner_id,ต.ค.,พ.ย.,m3\n2569,count,8406,5,,0\n")
    assert [(e.record.month, e.record.value, e.place.column) for e in checked.records] == [
        (1, 5.0, "ต.ค."),
        (3, 0.0, "m3"),
    ]


def test_a_wide_row_says_a_wrong_owner_once() -> None:
    checked = check_csv("results_wide", "fiscal_year,kpi_id,owner_id,ต.ค.,พ.ย.\n2569,count,x,5,6\n")
    assert codes(checked.rejections) == ["unknown_owner"]


def test_a_wide_row_cannot_carry_a_ratio() -> None:
    checked = check_csv("results_wide", "fiscal_year,kpi_id,owner_id,ต.ค.\n2569,ratio,8406,50\n")
    assert [(finding.code, finding.place.column) for finding in checked.rejections] == [("parts_needed", "ต.ค.")]


def test_wide_and_long_rows_of_one_import_are_one_table() -> None:
    wide = csv("results_wide.csv", "fiscal_year,kpi_id,owner_id,ต.ค.\n2569,count,8406,6\n")
    long = csv("results.csv", "fiscal_year,month,kpi_id,owner_id,value\n2569,1,count,8406,5\n")
    assert codes(check([wide, long], PROVINCE).rejections) == ["duplicate", "duplicate"]


def test_a_closed_month_takes_no_change() -> None:
    closed = replace(stored("1,count,8406,5"), closed={(2569, 1, "8406")})
    assert codes(check_results("1,count,8406,6", known=closed).rejections) == ["closed_month"]


def test_a_closed_month_may_be_repeated_without_its_words() -> None:
    known = stored("1,count,8406,5,ฝนตก,", header=WORDS)
    checked = check_results("1,count,8406,5", known=replace(known, closed={(2569, 1, "8406")}))
    assert [entry.note for entry in records(checked)] == ["ฝนตก"]


@pytest.mark.parametrize(("said", "is_news"), [("0.3333", False), ("0.3334", True), ("0.33333", True)])
def test_a_figure_that_our_export_has_cut_is_no_correction(said: str, is_news: bool) -> None:
    known = stored("1,reading,8406,0.333333333")
    (entry,) = records(check_results(f"1,reading,8406,{said}", known=known))
    assert (entry.value != 0.333333333) is is_news


def test_a_note_of_a_closed_month_may_be_repeated() -> None:
    known = stored("1,count,8406,,ฝนตก,", header=WORDS)
    checked = check_results("1,count,8406,,ฝนตก,", known=replace(known, closed={(2569, 1, "8406")}), header=WORDS)
    assert checked.rejections == ()


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("1,mean,8406,120,,", "percent_over_100"),
        ("1,ratio,8406,,12,10", "percent_over_100"),
        ("1,count,8406,-5,,", "negative"),
    ],
)
def test_an_unlikely_figure_is_kept_and_told(row: str, expected: str) -> None:
    checked = check_results(row, header=PARTS)
    assert (codes(checked.warnings), len(checked.records)) == ([expected], 1)


@pytest.mark.parametrize("row", ["1,mean,8406,100,,", "1,ratio,8406,,10,10", "1,count,8406,0,,"])
def test_a_full_or_empty_figure_is_not_unlikely(row: str) -> None:
    assert check_results(row, header=PARTS).warnings == ()


def test_a_jump_on_the_owners_own_history_is_told() -> None:
    checked = check_results("2,count,8406,1000", known=stored("1,count,8406,100"))
    assert codes(checked.warnings) == ["jump"]


def test_another_owners_history_is_no_measure() -> None:
    assert check_results("2,count,8412,1000", known=stored("1,count,8406,100")).warnings == ()


def test_a_cumulative_series_that_falls_is_told() -> None:
    checked = check_results("3,stock,8406,15", known=stored("2,stock,8406,20"))
    assert [(finding.code, finding.place.row) for finding in checked.warnings] == [("cumulative_falls", 2)]


def test_a_cumulative_series_that_stands_still_is_not_told() -> None:
    assert check_results("3,stock,8406,20", known=stored("2,stock,8406,20")).warnings == ()


def test_an_earlier_month_that_makes_the_series_fall_is_told() -> None:
    assert codes(check_results("1,stock,8406,25", known=stored("2,stock,8406,20")).warnings) == ["cumulative_falls"]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((10, 25, 40, 55), ["looks_cumulative"]),
        ((0, 0, 10, 25, 40, 55), ["looks_cumulative"]),
        ((10, 25, 0, 40, 55), []),
        ((10, 25, 24, 55), []),
        ((0, 0, 0, 55), []),
        ((1, 2, 3, 4), []),
    ],
)
def test_a_monthly_series_that_looks_cumulative_is_told(figures: tuple[int, ...], expected: list[str]) -> None:
    checked = check_results(*(f"{month},count,8406,{figure}" for month, figure in enumerate(figures, start=1)))
    assert codes(checked.warnings) == expected


def test_a_lower_month_stored_after_them_hides_no_running_totals() -> None:
    known = stored("5,count,8406,20")
    rows = (f"{month},count,8406,{figure}" for month, figure in enumerate((10, 25, 40, 55), start=1))
    assert codes(check_results(*rows, known=known).warnings) == ["looks_cumulative"]


@pytest.mark.parametrize(("share", "expected"), [("30", []), ("5", ["looks_cumulative"])])
def test_a_monthly_series_is_called_cumulative_by_the_plan_where_there_is_one(share: str, expected: list[str]) -> None:
    plan = ",".join(f"plan_m{month}" for month in range(1, 13))
    shares = ",".join([*[share] * 11, "100"])
    target = csv("targets.csv", f"fiscal_year,kpi_id,owner_id,target,{plan}\n2569,count,8406,400,{shares}\n")
    rows = "\n".join(f"2569,{month},count,8406,{figure}" for month, figure in enumerate((10, 25, 40, 55), start=1))
    checked = check([target, csv("results.csv", f"fiscal_year,month,kpi_id,owner_id,value\n{rows}\n")], PROVINCE)
    assert codes(checked.warnings) == expected


def test_a_total_row_is_dropped_and_told() -> None:
    checked = check_results("1,count,ไชยา,5", "1,count,ชัยบุรี,6", "1,count,รวม,11")
    assert (len(checked.records), codes(checked.warnings)) == (2, ["total_row"])


def test_a_total_unlike_its_parts_is_told_with_both_sums() -> None:
    checked = check_results("1,count,ไชยา,5", "1,count,ชัยบุรี,6", "1,count,รวมทั้งสิ้น,12")
    assert checked.warnings[-1].wrong.en == "the total row says 12, its parts add up to 11"


@pytest.mark.parametrize("word", ["SUM", "รวม", "Grand Total", "ผลรวมทั้งสิ้น"])
def test_a_total_by_any_of_its_names_is_compared_with_its_parts(word: str) -> None:
    checked = check_results("1,count,8406,5", "1,count,8412,6", f"1,count,{word},11")
    assert codes(checked.warnings) == ["total_row"]


def test_a_total_may_be_of_its_block_or_of_everything_above() -> None:
    checked = check_results("1,count,ไชยา,5", ",,รวม,5", "2,count,ไชยา,7", ",,รวม,7", ",,รวมทั้งหมด,12")
    assert codes(checked.warnings) == ["total_row"] * 3


def test_a_total_of_means_is_not_added_up() -> None:
    checked = check_results("1,mean,ไชยา,50", "1,mean,ชัยบุรี,60", "1,mean,รวม,55")
    assert codes(checked.warnings) == ["total_row"]


def test_the_totals_of_a_wide_sheet_are_compared_month_by_month() -> None:
    text = "fiscal_year,kpi_id,owner_id,ต.ค.,พ.ย.\n2569,count,ไชยา,1,2\n2569,count,ชัยบุรี,3,4\n2569,count,รวม,4,7\n"
    told = [(f.place.column, f.found) for f in check_csv("results_wide", text).warnings if f.code == "total_differs"]
    assert told == [("พ.ย.", "7")]


@pytest.mark.parametrize(
    ("kpi", "months", "expected"),
    [("count", "5,6", [2]), ("stock", "5,6", []), ("count", "5,หก", []), ("count", "5,7", [])],
)
def test_a_total_beside_the_months_is_compared_where_they_add_up(kpi: str, months: str, expected: list[int]) -> None:
    text = f"fiscal_year,kpi_id,owner_id,ต.ค.,พ.ย.,รวม\n2569,{kpi},8406,{months},12\n"
    told = [found for found in check_csv("results_wide", text).warnings if found.code == "total_differs"]
    assert [each.place.row for each in told if each.place.column == "รวม"] == expected


@pytest.mark.parametrize(("kpi", "expected"), [("count", ["other_reporting"]), ("stock", [])])
def test_a_header_that_says_cumulative_over_a_monthly_kpi_is_told(kpi: str, expected: list[str]) -> None:
    assert codes(check_results(f"1,{kpi},8406,5", header="month,kpi_id,owner_id,ผลสะสม").warnings) == expected
