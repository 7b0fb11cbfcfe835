"""An import as a whole: every table of it at once, every cell of every table."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import date

import pytest

from kpi_metrics.ingest.check import check
from tests.kpi_metrics.ingest.checking import (
    KPI,
    KPIS,
    NOW,
    OWNERS,
    PEOPLE,
    PROVINCE,
    WORKS,
    Known,
    codes,
    csv,
    kpi,
    xlsx,
)

EMPTY = Known.empty(NOW)


def test_a_whole_province_is_checked_in_one_import() -> None:
    results = csv("results.csv", "fiscal_year,month,kpi_id,owner_id,value\n2569,1,count,P1,5\n")
    files = [
        results,
        csv("kpis.csv", KPIS),
        csv("people.csv", PEOPLE),
        csv("works.csv", WORKS),
        csv("owners.csv", OWNERS),
    ]
    checked = check(files, EMPTY)
    assert (len(checked.records), checked.rejections) == (17, ())


def test_the_same_files_again_give_the_same_records() -> None:
    files = [csv("owners.csv", OWNERS), csv("kpis.csv", KPIS)]
    assert check(files, PROVINCE).records == check(files, replace(PROVINCE, offices={}, kpis={})).records


def test_warnings_of_reading_are_passed_on() -> None:
    file = csv("owners.csv", OWNERS)
    told = check([csv("x.csv", "a,b\n1,2\n")], EMPTY).rejections
    assert check([replace(file, warnings=told)], EMPTY).warnings == told


def test_a_required_cell_that_is_blank_is_refused() -> None:
    assert [(f.code, f.place.column) for f in kpi(unit="-").rejections] == [("blank", "unit")]


def test_an_unknown_fixed_word_is_refused() -> None:
    assert codes(kpi(direction="ขึ้น").rejections) == ["unreadable_direction"]


@pytest.mark.parametrize("kpi_id", ["1.\u202e1", "\u0430bc"])  # a direction mark; a Cyrillic а
def test_an_id_that_the_eye_cannot_read_is_refused(kpi_id: str) -> None:
    assert codes(kpi(kpi_id=kpi_id).rejections) == ["unreadable_kpi_id"]


def test_an_id_that_a_spreadsheet_made_a_date_is_refused() -> None:
    sheet = [list(KPI), list({**KPI, "kpi_id": date(2026, 1, 1)}.values())]
    assert codes(check([xlsx({"kpis": sheet})], PROVINCE).rejections) == ["unreadable_kpi_id"]


def test_an_error_in_a_required_cell_is_refused_once() -> None:
    sheet = [list(KPI), list({**KPI, "unit": "=#REF!"}.values())]
    assert codes(check([xlsx({"kpis": sheet})], PROVINCE).rejections) == ["formula_without_value"]


def test_findings_come_in_the_order_of_files_and_rows() -> None:
    results = csv("results.csv", "fiscal_year,month,kpi_id,owner_id,value\n2569,1,9.9,8406,5\n2569,x,count,8406,5\n")
    owners = csv("owners.csv", "owner_id,kind,name_th\nX,ไม่รู้,ก\n")
    assert [finding.place.row for finding in check([results, owners], PROVINCE).rejections] == [2, 3, 2]


def test_the_collector_of_garbage_is_on_again_after_a_check_that_fails() -> None:
    with pytest.raises(AttributeError):
        check([csv("results.csv", "fiscal_year,month,kpi_id,owner_id,value\n2569,1,count,8406,5\n")], None)  # type: ignore[arg-type]
    assert gc.isenabled()
