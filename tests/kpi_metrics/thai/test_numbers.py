from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.numbers import (
    Percent,
    format_plain,
    format_screen,
    from_thai_digits,
    parse_number,
    parse_percent,
    round_half_up,
    to_thai_digits,
)

FIGURES = st.decimals(-(10**11), 10**11, places=4).map(float)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (5, 5),
        (2.5, 2.5),
        (Decimal("1.5"), 1.5),
        ("1,250", 1250),
        ("1,234,567.89", 1234567.89),
        ("1,250 ไร่", 1250),
        ("35 ราย", 35),
        ("35ราย", 35),
        ("7 สมาคม", 7),
        ("12 พันธุ์", 12),
        ("5 กก./ไร่", 5),
        ("๑,๒๕๐", 1250),
        ("1,250.-", 1250),
        ("12,5", 12.5),
        ("12,50", 12.5),
        ("1.250,5", 1250.5),
        ("1.250", 1.25),
        ("10 ไร่ 2 งาน", 10.5),
        ("10 ไร่ 2 งาน 50 ตร.ว.", 10.625),
        ("1,250 ไร่ 3 งาน 20 ตารางวา", 1250.8),
        ("0 ไร่ 50 วา", 0.125),
        ("-5", -5),
        ("−5", -5),
        ("(1,234)", -1234),
        ("+3", 3),
        (".5", 0.5),
        ("1e-05", 0.00001),
    ],
)
def test_a_number_is_read_however_offices_write_it(cell, number):
    assert parse_number(cell) == pytest.approx(number, rel=1e-12)


@pytest.mark.parametrize(
    "cell",
    ["12 ถึง 15", "12-15", "1 2", "1 250", "ประมาณ 20", "20 กว่าราย", "3 ไร่ครึ่ง", "5 ล้านบาท", "10k", "12+", "> 5", "ราย"],
)
def test_what_is_not_certainly_one_number_is_refused(cell):
    with pytest.raises(Unreadable):
        parse_number(cell)


@pytest.mark.parametrize("cell", ["0,125", "1250,500", "1,25,000", "1.250,500", "1.2.3", "12,"])
def test_misplaced_marks_are_refused(cell):
    with pytest.raises(Unreadable) as error:
        parse_number(cell)
    assert "commas or dots" in error.value.wrong.en


@pytest.mark.parametrize("cell", ["28/1/2553", "28 ม.ค. 53", "12 มิ.ย.", "2569-01", "09:00", date(2026, 1, 1)])
def test_a_date_is_not_a_number(cell):
    with pytest.raises(Unreadable):
        parse_number(cell)


@pytest.mark.parametrize(
    "cell", [float("inf"), float("nan"), "inf", "nan", True, None, "", 1e12, -1e12, "9" * 16, 10**400]
)
def test_what_is_no_finite_number_of_a_district_is_refused(cell):
    with pytest.raises(Unreadable):
        parse_number(cell)


@pytest.mark.parametrize("cell", ["50 ตร.ว.", "3 งาน"])
def test_a_part_of_a_rai_alone_is_asked_about(cell):
    with pytest.raises(Unreadable) as error:
        parse_number(cell)
    assert "rai" in error.value.wrong.en


def test_a_percent_is_not_an_amount():
    with pytest.raises(Unreadable) as error:
        parse_number("83%")
    assert "percent" in error.value.wrong.en


def test_an_error_keeps_the_text_as_found():
    with pytest.raises(Unreadable) as error:
        parse_number(" ประมาณ  20 ")
    assert error.value.found == " ประมาณ  20 "


@pytest.mark.parametrize("cell", ["-0", "(0)", -0.0])
def test_zero_has_no_sign(cell):
    assert str(parse_number(cell)) == "0.0"


@pytest.mark.parametrize("cell", [83, "83", "83%", "83 %", "ร้อยละ 83", "ร้อยละ ๘๓", "ร้อยละ 83 %", "83 เปอร์เซ็นต์"])
def test_a_percent_is_read_however_it_is_written(cell):
    assert parse_percent(cell) == Percent(83, was_fraction=False)


@pytest.mark.parametrize("cell", [0.83, "0.83", -0.5, 1.0, "1.0"])
def test_a_bare_fraction_is_marked(cell):
    assert parse_percent(cell).was_fraction


@pytest.mark.parametrize("cell", ["0.83%", "ร้อยละ 0.83", "1", "๑", "0", 0, 1.01])
def test_a_percent_that_says_so_is_no_fraction(cell):
    assert not parse_percent(cell).was_fraction


@pytest.mark.parametrize("cell", ["83 ราย", "x%", "%", "ร้อยละ", "80-90%", None, True])
def test_what_is_no_percent_is_refused(cell):
    with pytest.raises(Unreadable):
        parse_percent(cell)


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        (2.675, 2, "2.68"),
        (86.0045, 2, "86.00"),
        (1.005, 2, "1.01"),
        (-2.5, 0, "-3"),
        (0.5, 0, "1"),
        (4.64705882, 4, "4.6471"),
        (-0.00001, 4, "0.0000"),
        (0.1 + 0.2, 10, "0.3000000000"),
        (Decimal("2.5"), 0, "3"),
        (1e22, 0, "1" + 22 * "0"),
    ],
)
def test_rounding_is_half_away_from_zero_without_binary_noise(value, places, rounded):
    assert str(round_half_up(value, places)) == rounded


@pytest.mark.parametrize(
    ("value", "fixed", "text"),
    [
        (1234.5, True, "1234.5000"),
        (1234.5, False, "1234.5"),
        (1200, False, "1200"),
        (1e-7, False, "0"),
        (-1e-7, True, "0.0000"),
        (1e14, False, "100000000000000"),
        (None, True, ""),
        (float("nan"), False, ""),
    ],
)
def test_numbers_in_files_are_plain_decimals(value, fixed, text):
    assert format_plain(value, 4, fixed) == text


@given(FIGURES)
def test_a_number_in_a_file_reads_back(value):
    assert parse_number(format_plain(value, 4, fixed=False)) == value


@given(FIGURES)
def test_a_number_on_the_screen_reads_back(value):
    assert parse_number(format_screen(value, 4)) == value


def test_numbers_on_the_screen_have_commas_a_true_minus_and_all_their_places():
    assert format_screen(-1250.5, 2, "th") == "−1,250.50"


def test_a_missing_number_is_blank_on_the_screen():
    assert format_screen(None, 2, "th") == ""


def test_thai_digits_go_there_and_back():
    assert to_thai_digits("ปี 2569") == "ปี ๒๕๖๙"
    assert from_thai_digits("ปี ๒๕๖๙") == "ปี 2569"
