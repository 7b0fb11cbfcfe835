"""What one check takes on."""

from __future__ import annotations

import pytest

from kpi_metrics.ingest import findings, limits
from kpi_metrics.ingest.check import check
from tests.kpi_metrics.ingest.checking import PROVINCE, check_csv, check_results, codes, csv

WIDE = "fiscal_year,kpi_id,owner_id,ต.ค.,พ.ย.\n2569,count,8406,5,6\n2569,count,8412,5,\n"


@pytest.mark.parametrize(("most", "expected"), [(2, ["too_much"]), (3, [])])
def test_a_table_with_more_figures_than_can_be_checked_is_refused(
    monkeypatch: pytest.MonkeyPatch, most: int, expected: list[str]
) -> None:
    monkeypatch.setattr(limits, "MOST_FIGURES", most)
    assert codes(check_csv("results_wide", WIDE).rejections) == expected


def test_the_figures_of_an_import_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_FIGURES", 5)
    checked = check([csv("results_wide_1.csv", WIDE), csv("results_wide_2.csv", WIDE)], PROVINCE)
    assert [(each.code, each.place.file) for each in checked.rejections] == [("too_much", "results_wide_2.csv")]


def test_of_many_mistakes_some_are_kept_and_the_others_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "MOST_FINDINGS", 2)
    rejections = check_results(*(f"{month},count,8406,xx" for month in range(1, 6))).rejections
    assert sorted((each.code, each.found) for each in rejections if each.code == "more") == [("more", "3")]


def test_a_row_whose_mistake_is_not_kept_is_refused_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "MOST_FINDINGS", 0)
    assert check_results("1,count,8406,xx", "2,count,8406,5").records[0].place.row == 3


def test_one_file_hides_no_mistake_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "MOST_FINDINGS", 1)
    bad = "fiscal_year,month,kpi_id,owner_id,value\n2569,1,count,8406,xx\n"
    checked = check([csv("results_1.csv", bad), csv("results_2.csv", bad)], PROVINCE)
    assert codes(checked.rejections) == ["unreadable_value"] * 2
