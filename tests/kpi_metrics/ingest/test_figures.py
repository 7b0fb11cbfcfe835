"""Units behind the figures, beside the unit in which the KPI counts."""

from __future__ import annotations

import pytest

from tests.kpi_metrics.ingest.checking import KPI, PROVINCE, check_results, codes, csv, known_of, kpi_rows, records


def checked_in(unit: str, cell: str):
    known = known_of(csv("kpis.csv", kpi_rows({**KPI, "unit": unit})), known=PROVINCE)
    return check_results(f"1,9.1,8406,{cell}", known=known)


@pytest.mark.parametrize(
    ("unit", "cell", "value"),
    [
        ("ไร่", "1250 ไร่", 1250),
        ("ไร่", "10 ไร่ 2 งาน", 10.5),
        ("กิโลกรัม", "5 กก.", 5),
        ("ล้านบาท", "5 ล้านบาท", 5),
        ("งาน", "5 งาน", 5),
        ("ลำเรือ", "7 ลำเรือ", 7),
    ],
)
def test_the_unit_of_the_kpi_may_stand_behind_its_figure(unit: str, cell: str, value: float) -> None:
    checked = checked_in(unit, cell)
    assert ([entry.value for entry in records(checked)], checked.warnings) == ([value], ())


def test_another_word_for_what_is_counted_is_told() -> None:
    checked = checked_in("คน", "35 ราย")
    assert (len(checked.records), codes(checked.warnings)) == (1, ["other_unit"])


@pytest.mark.parametrize(
    ("unit", "cell"),
    [("ไร่", "1600 ตร.ม."), ("ไร่", "5 เฮกตาร์"), ("ตัน", "300 กก."), ("ราย", "12 ไร่"), ("คน", "10 ไร่ 2 งาน")],
)
def test_a_figure_measured_in_something_else_is_refused_with_the_unit_of_the_kpi(unit: str, cell: str) -> None:
    checked = checked_in(unit, cell)
    assert [(each.code, each.expected.en) for each in checked.rejections] == [
        ("unreadable_value", f"the number in {unit}")
    ]


@pytest.mark.parametrize("cell", ["12O", "1l", "5 xyz", "7 ครับ", "3 ลำเรือ"])
def test_letters_that_are_no_unit_make_it_no_number(cell: str) -> None:
    assert codes(checked_in("ราย", cell).rejections) == ["unreadable_value"]
