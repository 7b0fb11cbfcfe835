"""The input tables as the workbook's definition lists them."""

from __future__ import annotations

from dataclasses import fields

import pytest

from kpi_metrics.ingest.cells import name_key
from kpi_metrics.ingest.columns import MONTH_NAMES, TABLES
from kpi_metrics.model import Text
from kpi_metrics.thai import Unreadable


def test_tables_stand_in_the_order_of_saving() -> None:
    assert list(TABLES) == [
        "owners",
        "people",
        "works",
        "kpis",
        "targets",
        "results",
        "results_wide",
        "behaviour",
        "bands",
        "overrides",
        "exclusions",
        "remarks",
        "development",
        "settings",
    ]


@pytest.mark.parametrize("name", [name for name in TABLES if name != "results_wide"])
def test_the_columns_of_a_table_are_the_fields_of_its_record(name: str) -> None:
    many = {"level": "levels", "plan": "plan"}  # five and twelve columns in one field
    columns = {many.get(column.name.split("_")[0], column.name) for column in TABLES[name].columns}
    assert columns == {field.name for field in fields(TABLES[name].record)} - {"is_withdrawn"}


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("owners", "owner_id"),
        ("people", "owner_id from_date"),
        ("works", "fiscal_year work_id"),
        ("kpis", "fiscal_year kpi_id"),
        ("targets", "fiscal_year kpi_id owner_id from_date"),
        ("results", "fiscal_year month kpi_id owner_id"),
        ("results_wide", "fiscal_year kpi_id owner_id"),
        ("behaviour", "fiscal_year round owner_id"),
        ("bands", "fiscal_year personnel_type name_th"),
        ("overrides", "fiscal_year month kpi_id owner_id"),
        ("exclusions", "fiscal_year round kpi_id owner_id"),
        ("remarks", "fiscal_year round owner_id part"),
        ("development", "fiscal_year round owner_id item"),
        ("settings", "key"),
    ],
)
def test_a_table_has_its_key(table: str, key: str) -> None:
    assert " ".join(TABLES[table].key) == key


@pytest.mark.parametrize(
    ("table", "header", "column"),
    [
        ("results", "ปีงบ", "fiscal_year"),
        ("results", "ประจำเดือน", "month"),
        ("results", "อำเภอ", "owner_id"),
        ("results", "ลำดับ", "kpi_id"),
        ("results", "ทำได้", "numerator"),
        ("results", "ปัญหา อุปสรรค", "problem"),
        ("results", "ปัญหา/อุปสรรค", "problem"),
        ("results", "Owner ID", "owner_id"),
        ("owners", "หน่วยงาน", "owner_id"),
        ("people", "สังกัด", "parent_id"),
        ("people", "หน่วยงาน", "parent_id"),
        ("people", "ชื่อ - สกุล", "name_th"),
        ("kpis", "ตัวชี้วัด", "name_th"),
        ("kpis", "น้ำหนัก (ร้อยละ)", "weight"),
        ("kpis", "ระดับ ๕", "level_5"),
        ("kpis", "แผน ต.ค.", "plan_m1"),
        ("kpis", "แผนกันยายน", "plan_m12"),
        ("results_wide", "ตค", "m1"),
    ],
)
def test_a_header_names_its_column(table: str, header: str, column: str) -> None:
    assert [each.name for each in TABLES[table].by_header[name_key(header)]] == [column]


@pytest.mark.parametrize(
    ("table", "column", "said", "meaning"),
    [
        ("owners", "kind", "ฝ่าย", "group"),
        ("people", "personnel_type", "พนักงานราชการ", "government_employee"),
        ("works", "category", "ยุทธศาสตร์", "strategic"),
        ("works", "category", "งานตามภารกิจ", "mission"),
        ("works", "category", "งานที่ได้รับมอบหมาย", "assigned"),
        ("kpis", "measure", "ขั้นตอน", "milestone"),
        ("kpis", "measure", "Percent", "percent"),
        ("kpis", "direction", "น้อยยิ่งดี", "down"),
        ("kpis", "entry", "ผลประจำเดือน", "increment"),
        ("kpis", "roll_up", "สัดส่วน", "ratio"),
        ("kpis", "frequency", "ราย ๖ เดือน", "half"),
        ("kpis", "scale_basis", "ร้อยละของเป้าหมาย", "percent_of_target"),
        ("kpis", "scoring", "ถึงระดับใดได้ระดับนั้น", "step"),
        ("kpis", "cascade", "มีส่วนผลักดัน", "contribute"),
        ("targets", "prescribed", "เลือกเอง", False),
        ("targets", "prescribed", True, True),
        ("behaviour", "round", "รอบที่ 2", 2),
        ("behaviour", "round", 1, 1),
    ],
)
def test_a_fixed_word_has_its_meaning_in_thai_and_english(
    table: str, column: str, said: object, meaning: object
) -> None:
    assert TABLES[table].column(column).parse(said, 2569) == meaning


def test_an_unknown_word_is_answered_with_the_known_ones() -> None:
    with pytest.raises(Unreadable) as error:
        TABLES["kpis"].column("direction").parse("ขึ้น", None)
    assert error.value.expected == Text("มากยิ่งดี, น้อยยิ่งดี", "up, down")


@pytest.mark.parametrize(("cell", "expected"), [(1.1, "1.1"), (8406, "8406"), (8406.0, "8406"), (" ๑.๒ ", "1.2")])
def test_an_id_that_a_spreadsheet_made_a_number_is_read_as_typed(cell: object, expected: str) -> None:
    assert TABLES["kpis"].column("kpi_id").parse(cell, None) == expected


def test_the_months_of_the_wide_table_are_the_fiscal_ones() -> None:
    assert [TABLES["results_wide"].column(name).headers[0] for name in (MONTH_NAMES[0], MONTH_NAMES[-1])] == [
        "ต.ค.",
        "ก.ย.",
    ]
