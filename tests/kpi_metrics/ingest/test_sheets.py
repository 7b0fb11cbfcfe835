"""Finding tables, headers and columns in what offices really send."""

from __future__ import annotations

from datetime import date

import pytest

from kpi_metrics.ingest.check import check
from kpi_metrics.model import Answer, Place
from tests.kpi_metrics.ingest.checking import (
    NOW,
    OWNERS,
    PROVINCE,
    Known,
    check_csv,
    check_results,
    codes,
    csv,
    records,
    xlsx,
)

RESULTS = "fiscal_year,month,kpi_id,owner_id,value\n2569,1,count,8406,5\n"
HEADER = ["ปีงบประมาณ", "เดือน", "รหัสตัวชี้วัด", "อำเภอ", "ผลงาน"]
ROW = [2569, "ต.ค.", "count", "ไชยา", 5]


@pytest.mark.parametrize(
    "name",
    [
        "results_2569_08.csv",
        "Results.csv",
        "ผลงาน อ.ไชยา.csv",
        "ผลการดำเนินงาน_2569.csv",
        "anything.csv",
        "ผลงานไชยา.csv",
    ],
)
def test_a_csv_is_known_by_the_beginning_of_its_name_or_by_its_headers(name: str) -> None:
    assert len(check([csv(name, RESULTS)], PROVINCE).records) == 1


def test_results_wide_is_not_taken_for_results() -> None:
    checked = check([csv("results_wide_2569.csv", "fiscal_year,kpi_id,owner_id,ต.ค.\n2569,count,8406,5\n")], PROVINCE)
    assert [located.table for located in checked.records] == ["results"]


def test_a_table_told_goes_before_the_name_of_the_file() -> None:
    checked = check([csv("owners.csv", RESULTS)], PROVINCE, [Answer("table", Place("owners.csv"), "results")])
    assert len(checked.records) == 1


def test_a_told_table_that_does_not_exist_is_refused_with_near_ones() -> None:
    checked = check([csv("x.csv", RESULTS)], PROVINCE, [Answer("table", Place("x.csv"), "result")])
    assert [(finding.code, finding.expected.en.split(",")[0]) for finding in checked.rejections] == [
        ("unknown_table", "results")
    ]


def test_headers_that_fit_two_tables_are_refused() -> None:
    text = "fiscal_year,month,kpi_id,owner_id,value,score,reason,by\n2569,1,count,8406,5,3,เหตุ,ผู้\n"
    assert codes(check([csv("x.csv", text)], PROVINCE).rejections) == ["ambiguous_table"]


def test_a_file_that_holds_no_table_is_refused() -> None:
    assert codes(check([csv("x.csv", "a,b\n1,2\n")], PROVINCE).rejections) == ["no_table"]


def test_an_empty_table_is_told_and_is_no_error() -> None:
    checked = check_csv("results", "fiscal_year,month,kpi_id,owner_id,value\n")
    assert (checked.rejections, codes(checked.warnings)) == ((), ["no_rows"])


def test_files_are_taken_in_the_order_of_the_tables() -> None:
    people = "owner_id,parent_id,name_th,personnel_type\nP9,ไชยา,ก ข,ข้าราชการ\n"
    checked = check([csv("people.csv", people), csv("owners.csv", OWNERS)], Known.empty(NOW))
    assert [located.table for located in checked.records] == ["owners"] * 5 + ["people"]


def test_sheets_are_known_by_their_thai_names() -> None:
    sheets = {"ผลงาน": [HEADER, ROW], "สมรรถนะ": [["ปีงบ", "รอบ", "เลขที่ตำแหน่ง", "คะแนน"], [2569, 1, "P1", 80]]}
    assert [located.table for located in check([xlsx(sheets)], PROVINCE).records] == ["results", "behaviour"]


def test_a_sheet_of_notes_beside_a_table_is_only_mentioned() -> None:
    checked = check([xlsx({"อ่านก่อน": [["วิธีกรอก"]], "Sheet2": [HEADER, ROW]})], PROVINCE)
    assert (len(checked.records), codes(checked.warnings)) == (1, ["unknown_sheet"])


def test_a_header_stands_under_title_rows() -> None:
    titles = [["รายงานผลการดำเนินงาน"], ["สำนักงานเกษตรจังหวัด"], []]
    checked = check([xlsx({"Sheet1": [*titles, HEADER, ROW]})], PROVINCE)
    assert [located.place.row for located in checked.records] == [5]


def test_a_head_that_comes_again_on_the_next_page_is_no_row() -> None:
    head = [["รายงานผลการดำเนินงาน"], HEADER]
    checked = check([xlsx({"Sheet1": [*head, ROW, *head, [2569, "พ.ย.", "count", "ไชยา", 6]]})], PROVINCE)
    assert (len(checked.records), checked.rejections, checked.warnings) == (2, (), ())


@pytest.mark.parametrize("heads", [[HEADER, [*HEADER, "หมายเหตุ"]], [HEADER, HEADER[::-1]]])
def test_two_headers_that_differ_keep_the_sheet_out_and_are_both_named(heads: list[list[str]]) -> None:
    (refused,) = check([xlsx({"ผลงาน": [heads[0], ROW, heads[1], ROW]})], PROVINCE).rejections
    assert (refused.code, refused.wrong.en) == (
        "two_headers",
        "two headers that differ stand in it, on row 1 and on row 3",
    )


def test_a_header_far_down_is_a_second_one_too() -> None:
    rows = [HEADER, *([ROW] * 15), ["ปีงบประมาณ", "เดือน", "รหัส", "อำเภอ", "ตัวตั้ง", "ตัวหาร"]]
    assert codes(check([xlsx({"ผลงาน": rows})], PROVINCE).rejections) == ["two_headers"]


def test_a_head_in_two_languages_is_one_header() -> None:
    english = ["fiscal_year", "month", "kpi_id", "owner_id", "value"]
    checked = check([xlsx({"ผลงาน": [HEADER, english, ROW]})], PROVINCE)
    assert (len(checked.records), checked.rejections) == (1, ())


def test_a_row_of_data_over_the_header_is_told_and_hides_none_under_it() -> None:
    checked = check([xlsx({"ผลงาน": [ROW, HEADER, ROW]})], PROVINCE)
    assert (len(checked.records), codes(checked.warnings)) == (1, ["passed_over"])


def test_a_header_is_not_looked_for_under_row_12() -> None:
    assert codes(check([xlsx({"ผลงาน": [*([["x"]] * 12), HEADER, ROW]})], PROVINCE).rejections) == ["no_header"]


def test_a_merged_two_row_header_is_joined() -> None:
    top = ["ปีงบประมาณ", "รหัสตัวชี้วัด", "อำเภอ", "ผลงานรายเดือน", None]
    below = [None, None, None, "ต.ค.", "พ.ย."]
    rows = [top, below, [2569, "count", "ไชยา", 5, 6]]
    checked = check([xlsx({"ผลรายเดือน": rows}, merged=["A1:A2", "B1:B2", "C1:C2", "D1:E1"])], PROVINCE)
    assert [(entry.month, entry.value) for entry in records(checked)] == [(1, 5.0), (2, 6.0)]


def test_a_merged_plan_header_names_the_plan_months() -> None:
    months = ["ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย."]
    top = ["ปีงบประมาณ", "รหัสตัวชี้วัด", "อำเภอ", "เป้าหมาย", "แผน", *[None] * 11]
    rows = [top, [None, None, None, None, *months], [2569, "count", "ไชยา", 100, *[0] * 11, 100]]
    checked = check([xlsx({"เป้าหมาย": rows}, merged=["E1:P1"])], PROVINCE)
    assert [target.plan for target in records(checked)] == [(*[0.0] * 11, 1.0)]


def test_a_merged_district_holds_for_its_rows_and_no_further() -> None:
    rows = [HEADER, ROW, [2569, "พ.ย.", "count", None, 6], [2569, "ธ.ค.", "count", None, 7]]
    checked = check([xlsx({"ผลงาน": rows}, merged=["D2:D3"])], PROVINCE)
    assert (len(checked.records), codes(checked.rejections)) == (2, ["blank"])


def test_a_merged_figure_stands_for_its_first_row_only() -> None:
    rows = [HEADER, ROW, [2569, "พ.ย.", "count", "ไชยา", None]]
    assert len(check([xlsx({"ผลงาน": rows}, merged=["E2:E3"])], PROVINCE).records) == 1


def test_columns_may_stand_in_any_order() -> None:
    assert len(check_csv("results", "ผล,อำเภอ,เดือน,รหัส,ปีงบ\n5,ไชยา,ต.ค.,count,2569\n").records) == 1


def test_an_extra_column_is_kept_out_and_told() -> None:
    checked = check_results("1,count,8406,5,x", header="month,kpi_id,owner_id,value,เบอร์โทร")
    assert [(finding.code, finding.found) for finding in checked.warnings] == [("extra_column", "เบอร์โทร")]


def test_a_total_beside_the_months_is_passed_over_without_a_question() -> None:
    checked = check_csv("results_wide", "fiscal_year,kpi_id,owner_id,ต.ค.,พ.ย.,รวม\n2569,count,8406,5,6,11\n")
    assert [(told.code, told.choices) for told in checked.warnings] == [("total_column", ())]


def test_a_column_of_a_word_of_everyday_makes_no_settings_of_results() -> None:
    checked = check([csv("x.csv", "ปีงบ,เดือน,รหัส,อำเภอ,ผลงาน,รายการ\n2569,ต.ค.,count,ไชยา,5,ครั้งที่ 1\n")], PROVINCE)
    assert (len(checked.records), codes(checked.warnings)) == (1, ["extra_column"])


@pytest.mark.parametrize("header", ["หมายเหตุ", "หมายเหด", "ปัญหาอุปสรรค"])
def test_a_column_of_words_is_never_offered_as_a_month(header: str) -> None:
    checked = check_csv("results_wide", f"fiscal_year,kpi_id,owner_id,ต.ค.,{header}\n2569,count,8406,5,6\n")
    assert [[choice.answer.value for choice in warning.choices] for warning in checked.warnings] == [[""]]


def test_missing_columns_are_one_rejection_that_names_them() -> None:
    checked = check_csv("results", "fiscal_year,owner_id,value\n2569,8406,5\n")
    assert [(finding.code, finding.wrong.en) for finding in checked.rejections] == [
        ("missing_column", "no column month, kpi_id")
    ]


def test_a_column_that_stands_twice_is_one_rejection() -> None:
    checked = check_results("1,count,8406,5,6", header="month,kpi_id,owner_id,ผลงาน,ผลสะสม")
    assert codes(checked.rejections) == ["repeated_column"]


def test_a_row_longer_than_its_header_is_refused() -> None:
    assert codes(check_results("1,count,8406,1,250").rejections) == ["row_too_long"]


def test_only_a_csv_is_told_to_quote_its_commas() -> None:
    (refused,) = check([xlsx({"ผลงาน": [HEADER, [*ROW, 250]]})], PROVINCE).rejections
    assert (refused.code, "comma" in refused.expected.en) == ("row_too_long", False)


def test_the_office_of_a_person_may_be_called_by_the_offices_header() -> None:
    checked = check_csv("people", "เลขที่ตำแหน่ง,รหัสหน่วยงาน,ชื่อ-สกุล,ประเภทบุคลากร\nP9,8406,ก ข,ข้าราชการ\n")
    assert [(person.owner_id, person.parent_id) for person in records(checked)] == [("P9", "8406")]


def test_a_month_column_may_carry_its_year_or_be_a_date() -> None:
    rows = [["รหัสตัวชี้วัด", "อำเภอ", "ต.ค. 68", date(2025, 11, 1)], ["count", "ไชยา", 5, 6]]
    checked = check([xlsx({"ผลรายเดือน": rows})], PROVINCE)
    assert [(entry.fiscal_year, entry.month) for entry in records(checked)] == [(2569, 1), (2569, 2)]


def test_a_month_column_of_another_year_is_refused() -> None:
    checked = check_csv("results_wide", "fiscal_year,kpi_id,owner_id,ต.ค. 69\n2569,count,8406,5\n")
    assert codes(checked.rejections) == ["unreadable_month"]


def test_a_hidden_sheet_is_left_out() -> None:
    file = xlsx({"ผลงาน": [HEADER, ROW]})
    hidden = type(file)(
        file.name, file.sha256, file.size, (type(file.sheets[0])(file.name, "ผลงาน", file.sheets[0].rows, True),)
    )
    assert check([hidden], PROVINCE).records == ()


def test_a_column_without_a_header_is_kept_out_and_told_once() -> None:
    checked = check_results(
        "1,count,,8406,5", "2,count,y,8406,5", "3,count,z,8406,5", header="month,kpi_id,,owner_id,value"
    )
    assert [(finding.code, finding.place.row, finding.found) for finding in checked.warnings] == [
        ("unnamed_column", 3, "y")
    ]


def test_a_date_of_no_year_at_hand_is_refused_in_its_row() -> None:
    sheet = [[*HEADER, "วันที่รายงาน"], [*ROW, date(9999, 12, 31)]]
    assert codes(check([xlsx({"Sheet1": sheet})], PROVINCE).rejections) == ["unreadable_reported_at"]
