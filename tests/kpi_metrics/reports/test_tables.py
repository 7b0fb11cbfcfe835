from datetime import date, datetime

import pandas as pd
import pytest

from kpi_metrics.ingest.cells import name_key
from kpi_metrics.ingest.columns import TABLES as INPUT_TABLES
from kpi_metrics.reports import TABLES, file_name, load_table, render

PLAN = ", ".join(f"plan_m{month}" for month in range(1, 13))
LEVELS = ", ".join(f"level_{level}" for level in range(1, 6))
COLUMNS = {
    "scorecard": "fiscal_year, month, owner_id, owner_kind, parent_id, owner_name, work_id, category, kpi_id, kpi_name, "
    "unit, measure, direction, weight, target, plan, result, numerator, denominator, source, due_entries, "
    "reported_entries, achievement_pct, progress_pct, gap, score_year, score_period, weighted_year, weighted_period, "
    "lost_points, status, needed_per_month, next_level_gap, projection, override_reason",
    "summary": "fiscal_year, month, owner_id, owner_kind, parent_id, owner_name, kpi_count, weight_total, "
    "weight_evaluated, score_year, score_period, percent_year, percent_period, score_low, score_high, count_on_plan, "
    "count_watch, count_behind, count_not_reported, count_not_due, count_no_target, count_not_applicable, rank, band",
    "appraisal": "fiscal_year, round, owner_id, owner_name, parent_id, personnel_type, score, performance, behaviour, "
    "performance_weight, final, band",
    "results": "fiscal_year, month, kpi_id, owner_id, value, numerator, denominator, note, problem, remedy, "
    "evidence_url, reported_by, reported_at, batch_id, recorded_at, file, sheet, row",
    "targets": f"fiscal_year, kpi_id, owner_id, from_date, target, weight, prescribed, {PLAN}, {LEVELS}, approved_by, "
    "document_no, reason, version, recorded_at, batch_id",
    "cascade": "fiscal_year, month, check, owner_id, kpi_id, own, children, difference, what_to_do",
    "coverage": "fiscal_year, month, owner_id, owner_kind, parent_id, owner_name, kpi_id, due_date, reported_at, "
    "days_late, state",
    "audit": "seq, at, who, what, object, before, after, hash",
}


def one(table, column, value):
    """How one value of a column is written."""
    header = load_table(table).header("en")
    frame = pd.DataFrame({name: [value if name == column else None] for name in header})
    return render(table, frame)[1][header.index(column)]


@pytest.mark.parametrize("table", COLUMNS)
def test_columns_stand_in_the_published_order(table):
    assert load_table(table).header("en") == COLUMNS[table].split(", ")


@pytest.mark.parametrize("table", TABLES)
def test_thai_headers_name_every_column_once(table):
    header = load_table(table).header("th")
    assert len(set(header)) == len(load_table(table).columns)
    assert all(header)


@pytest.mark.parametrize("table", ["results", "targets"])
def test_thai_headers_of_input_columns_are_taken_at_import(table):
    by_header = INPUT_TABLES[table].by_header
    inputs = [column for column in load_table(table).columns if name_key(column.name) in by_header]
    assert [by_header[name_key(column.label.th)][0].name for column in inputs] == [column.name for column in inputs]
    assert [column.name for column in inputs] == [column.name for column in INPUT_TABLES[table].columns]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_says_what_a_row_is_and_why_it_matters(table):
    said = load_table(table)
    assert all((said.grain.th, said.grain.en, said.why.th, said.why.en))


@pytest.mark.parametrize(
    ("table", "column", "value", "text"),
    [
        ("scorecard", "score_year", 3.3, "3.3000"),
        ("scorecard", "score_year", 4.64705882, "4.6471"),
        ("scorecard", "lost_points", 0.0, "0.0000"),
        ("scorecard", "weighted_period", 0.00005, "0.0001"),
        ("scorecard", "achievement_pct", 86.0045, "86.00"),
        ("scorecard", "progress_pct", 2.675, "2.68"),
        ("scorecard", "target", 2000.0, "2000"),
        ("scorecard", "target", 1234567.5, "1234567.5"),
        ("scorecard", "gap", -2.39484, "-2.3948"),
        ("scorecard", "gap", -0.00001, "0"),
        ("scorecard", "next_level_gap", 1485.0, "1485"),
        ("scorecard", "due_entries", 12, "12"),
        ("summary", "rank", 1.0, "1"),
        ("summary", "percent_period", 73.111, "73.11"),
        ("summary", "weight_evaluated", 90.0, "90"),
        ("appraisal", "final", 76.677, "76.68"),
        ("appraisal", "performance", 100.0, "100.00"),
        ("appraisal", "score", 5, "5.0000"),
        ("appraisal", "behaviour", 78.5, "78.5"),
        ("targets", "plan_m1", 0.083333333, "8.3333"),
        ("targets", "plan_m12", 1.0, "100"),
        ("targets", "plan_m3", 0.07, "7"),
        ("targets", "prescribed", True, "yes"),
        ("targets", "prescribed", False, "no"),
        ("targets", "from_date", pd.Timestamp(2026, 4, 1), "2026-04-01"),
        ("coverage", "due_date", date(2026, 4, 5), "2026-04-05"),
        ("results", "recorded_at", datetime(2026, 6, 9, 10, 30), "2026-06-09T10:30:00"),
        ("results", "value", 0.0, "0"),
        ("scorecard", "kpi_id", "1.10", "1.10"),
    ],
)
def test_each_kind_of_column_is_written_in_its_own_form(table, column, value, text):
    assert one(table, column, value) == text


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NaT, pd.NA])
@pytest.mark.parametrize("column", ["target", "prescribed", "from_date", "recorded_at", "reason", "version"])
def test_missing_is_empty(column, missing):
    assert one("targets", column, missing) == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "＝", "＋", "－", "＠", " ="])
def test_text_that_a_spreadsheet_would_run_is_made_harmless(start):
    assert one("results", "note", f"{start}1+1") == f"'{start.strip()}1+1"


@pytest.mark.parametrize("text", ["a=1", "'quoted'", "ไชยา", "1-2"])
def test_other_text_is_left_as_it_is(text):
    assert one("results", "note", text) == text


def test_text_is_trimmed():
    assert one("results", "note", " \u00a0ฝนแล้ง \n") == "ฝนแล้ง"


def test_file_is_named_after_what_it_holds_and_of_when():
    assert file_name("scorecard", 2569, 8, version=datetime(2026, 6, 10, 9)) == "scorecard_2569_08_25690610T0900.csv"


def test_file_that_looks_back_says_so():
    name = file_name("targets", 2569, version=datetime(2026, 6, 10), as_of=datetime(2026, 4, 30, 23, 59), suffix="xlsx")
    assert name == "targets_2569_asof_25690430T2359.xlsx"


def test_rows_stay_in_the_order_of_the_frame():
    frame = pd.DataFrame({name: [None] * 3 for name in load_table("audit").header("en")}).assign(seq=[2, 1, 3])
    assert [row[0] for row in render("audit", frame)] == ["seq", "2", "1", "3"]
