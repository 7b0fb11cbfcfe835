"""Rows that are no rows of their table are told; those that may be data are refused."""

from __future__ import annotations

import pytest

from tests.kpi_metrics.ingest.checking import check_csv, check_results, codes

NOTE = "หมายเหตุ: ข้อมูล ณ วันที่ 5,,,,"


def results(*rows: str):
    return check_csv("results", "\n".join(["fiscal_year,month,kpi_id,owner_id,value", "2569,1,count,8406,5", *rows]))


@pytest.mark.parametrize("row", [NOTE, ",,,ลงชื่อ ............ ผู้รายงาน,", ",,,,,", "ไตรมาส 1"])
def test_a_row_of_words_is_told(row: str) -> None:
    checked = results(row)
    expected = [("passed_over", row.strip(","))] if row.strip(",") else []
    assert ([(each.code, each.found) for each in checked.warnings], checked.rejections) == (expected, ())


def test_many_such_rows_are_told_in_one_line() -> None:
    (told,) = results(*[NOTE] * 5).warnings
    assert told.found.startswith("3, 4, 5, 6, 7: หมายเหตุ")


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_a_row_with_another_delimiter_is_refused(delimiter: str) -> None:
    checked = results(delimiter.join(["2569", "2", "count", "8406", "9"]))
    assert [(each.code, each.place.row) for each in checked.rejections] == [("not_split", 3)]


@pytest.mark.parametrize("row", ["2569,2,count,8406,", "2569,,,,", "2569,ต.ค.,,,"])
def test_a_row_of_a_form_not_filled_in_is_not_told(row: str) -> None:
    assert results(row).warnings == ()


def test_a_row_of_a_wide_sheet_without_a_month_is_told() -> None:
    checked = check_csv("results_wide", "fiscal_year,kpi_id,owner_id,ต.ค.\n2569,count,8406,5\nผู้รายงาน,,,\n")
    assert codes(checked.warnings) == ["passed_over"]


def test_a_row_only_in_a_column_that_is_kept_out_is_told() -> None:
    checked = check_results("1,count,8406,5,", header="month,kpi_id,owner_id,value,เบอร์โทร")
    told = check_csv("results", "month,kpi_id,owner_id,value,เบอร์โทร\nต.ค. 68,count,8406,5,\n,,,,ลงชื่อ\n")
    assert len(codes(told.warnings)) == len(codes(checked.warnings)) + 1
