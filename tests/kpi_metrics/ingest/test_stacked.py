"""Headers of several rows: the result is taken, what stands beside it never."""

from __future__ import annotations

import pytest

from kpi_metrics.ingest.check import check
from tests.kpi_metrics.ingest.checking import PROVINCE, check_csv, codes, csv, records, xlsx

KEYS = ["ปีงบประมาณ", "รหัสตัวชี้วัด", "อำเภอ"]
MONTHS = [*KEYS, "ต.ค.", None, "พ.ย.", None]
ROW = [2569, "count", "ไชยา", 100, 5, 101, 6]
KEYS_MERGED = ["A1:A2", "B1:B2", "C1:C2"]


def months_of(below: list[str], merged: list[str]) -> list[tuple[int, float]]:
    rows = [MONTHS, [None, None, None, *below], ROW]
    checked = check([xlsx({"ผลรายเดือน": rows}, merged=merged)], PROVINCE)
    assert checked.rejections == ()
    return [(entry.month, entry.value) for entry in records(checked)]


@pytest.mark.parametrize("merged", [[*KEYS_MERGED, "D1:E1", "F1:G1"], ["D1:E1", "F1:G1"], KEYS_MERGED, []])
@pytest.mark.parametrize("below", [["แผน", "ผล"], ["เป้าหมาย", "ผลงาน"], ["ค่าเป้าหมาย", "ทำได้"], ["ร้อยละ", "ผล"]])
def test_under_a_month_only_the_result_is_taken(below: list[str], merged: list[str]) -> None:
    assert months_of(below * 2, merged) == [(1, 5.0), (2, 6.0)]


def test_the_result_may_stand_before_the_plan() -> None:
    assert months_of(["ผล", "แผน"] * 2, ["D1:E1", "F1:G1"]) == [(1, 100.0), (2, 101.0)]


def test_a_csv_has_lost_its_merges_and_is_read_all_the_same() -> None:
    text = "ปีงบประมาณ,รหัสตัวชี้วัด,อำเภอ,ต.ค.,,พ.ย.,,หมายเหตุ\n,,,แผน,ผล,แผน,ผล\n2569,count,ไชยา,100,5,101,6,ดี\n"
    assert [entry.value for entry in records(check([csv("x.csv", text)], PROVINCE))] == [5.0, 6.0]


def test_every_column_beside_the_result_is_told() -> None:
    text = "ปีงบประมาณ,รหัสตัวชี้วัด,อำเภอ,ต.ค.,\n,,,แผน,ผล\n2569,count,ไชยา,100,5\n"
    warnings = check_csv("results_wide", text).warnings
    assert [(warning.code, warning.found) for warning in warnings] == [("extra_column", "ต.ค. แผน")]


def test_a_result_divided_into_plan_and_result_is_the_result() -> None:
    text = "ปีงบประมาณ,เดือน,รหัสตัวชี้วัด,อำเภอ,ผลงาน,,หมายเหตุ\n,,,,แผน,ผล,\n2569,ต.ค.,count,ไชยา,100,7,ดี\n"
    assert [(entry.value, entry.note) for entry in records(check_csv("results", text))] == [(7.0, "ดี")]


def test_a_result_divided_into_a_numerator_and_a_denominator_is_both() -> None:
    text = "ปีงบประมาณ,เดือน,รหัสตัวชี้วัด,อำเภอ,ผลงาน,\n,,,,ทำได้,ทั้งหมด\n2569,ต.ค.,ratio,ไชยา,3,4\n"
    assert [(entry.numerator, entry.denominator) for entry in records(check_csv("results", text))] == [(3.0, 4.0)]


@pytest.mark.parametrize("below", ["แผน,จริงๆ", "ผล,ผลงาน", "ครั้งแรก,ครั้งหลัง", "ผลประจำเดือน,ทำได้"])
def test_two_columns_that_could_both_be_the_result_are_one_rejection_that_names_them(below: str) -> None:
    text = f"ปีงบประมาณ,รหัสตัวชี้วัด,อำเภอ,ต.ค.,\n,,,{below}\n2569,count,ไชยา,100,5\n"
    checked = check([csv("x.csv", text)], PROVINCE)
    assert (checked.records, [(each.code, each.found) for each in checked.rejections]) == (
        (),
        [("unclear_header", f"ต.ค.: {below.replace(',', ', ')}")],
    )


def test_months_under_a_title_that_says_plan_are_no_results() -> None:
    top = [None, None, None, "แผน", None, "ผล", None]
    rows = [top, [*KEYS, "ต.ค.", "พ.ย.", "ต.ค.", "พ.ย."], ROW]
    checked = check([xlsx({"ผลรายเดือน": rows}, merged=["D1:E1", "F1:G1"])], PROVINCE)
    assert [(entry.month, entry.value) for entry in records(checked)] == [(1, 101.0), (2, 6.0)]


def test_a_sheet_of_plans_alone_gives_no_results() -> None:
    rows = [[None, None, None, "เป้าหมาย", None], [*KEYS, "ต.ค.", "พ.ย."], ROW[:5]]
    checked = check([xlsx({"ผลรายเดือน": rows}, merged=["D1:E1"])], PROVINCE)
    assert (checked.records, codes(checked.rejections)) == ((), ["missing_column"])


def test_a_header_of_three_rows_is_joined() -> None:
    top = [*KEYS, "ผลการดำเนินงาน", None, None, None]
    rows = [top, [None, None, None, *MONTHS[3:]], [None, None, None, *["แผน", "ผล"] * 2], ROW]
    merged = ["A1:A3", "B1:B3", "C1:C3", "D1:G1", "D2:E2", "F2:G2"]
    checked = check([xlsx({"ผลรายเดือน": rows}, merged=merged)], PROVINCE)
    assert [(entry.month, entry.value) for entry in records(checked)] == [(1, 5.0), (2, 6.0)]


@pytest.mark.parametrize("merged", [["A1:A2", "B1:B2", "C1:C2", "D1:D2"], []])
def test_a_row_of_units_under_a_header_belongs_to_it(merged: list[str]) -> None:
    rows = [["ปีงบประมาณ", "เดือน", "รหัสตัวชี้วัด", "อำเภอ", "ผลงาน"], [None, None, None, None, "(ไร่)"]]
    checked = check([xlsx({"ผลงาน": [*rows, [2569, "ต.ค.", "count", "ไชยา", 5]]}, merged=merged)], PROVINCE)
    assert (len(checked.records), checked.rejections, checked.warnings) == (1, (), ())
