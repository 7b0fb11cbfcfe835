import io

import openpyxl
import pandas as pd
import pytest

from kpi_metrics.reports import load_table, render, to_xlsx


@pytest.fixture
def frame():
    header = load_table("scorecard").header("en")
    return pd.DataFrame({name: [None, None] for name in header}).assign(
        fiscal_year=2569,
        kpi_id=["1.10", "7"],
        kpi_name=["=HYPERLINK(1)", "https://example.org/ไชยา"],
        override_reason=["a" * 40_000, None],
        score_year=[4.64705882, 5],
        achievement_pct=[86.0045, None],
        target=[1234.5, 2000],
    )


@pytest.fixture
def sheet(frame):
    return openpyxl.load_workbook(io.BytesIO(to_xlsx("scorecard", frame))).active


def cell(sheet, column, row=2):
    return sheet.cell(row, [each.value for each in sheet[1]].index(column) + 1)


def test_holds_the_rounded_figures_as_numbers(sheet):
    figures = [cell(sheet, name).value for name in ("fiscal_year", "score_year", "achievement_pct", "target")]
    assert figures == [2569, 4.6471, 86, 1234.5]


@pytest.mark.parametrize(("column", "shown"), [("score_year", "0.0000"), ("achievement_pct", "0.00")])
def test_shows_all_decimals(sheet, column, shown):
    assert cell(sheet, column).number_format == shown


def test_ids_stay_text(sheet):
    assert [cell(sheet, "kpi_id", row).value for row in (2, 3)] == ["1.10", "7"]


def test_nothing_in_it_runs_or_links(sheet):
    name, address = cell(sheet, "kpi_name"), cell(sheet, "kpi_name", 3)
    assert (name.value, name.data_type, address.hyperlink) == ("'=HYPERLINK(1)", "s", None)


def test_missing_is_an_empty_cell(sheet):
    assert cell(sheet, "achievement_pct", 3).value is None


def test_text_too_long_for_a_cell_is_cut_not_lost(sheet):
    assert len(cell(sheet, "override_reason").value) == 32_767


def test_header_is_thai_when_asked_and_stays_in_sight(frame):
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx("scorecard", frame, "th"))).active
    assert [each.value for each in sheet[1]] == render("scorecard", frame, "th")[0]
    assert sheet.freeze_panes == "A2"
