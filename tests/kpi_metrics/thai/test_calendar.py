import pickle
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.calendar import (
    MONTHS_TH_LONG,
    MONTHS_TH_SHORT,
    FiscalMonth,
    format_date,
    format_datetime,
    parse_date,
    parse_datetime,
    parse_fiscal_year,
    parse_month,
    parse_months,
)

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
MONTHS = DAYS.map(FiscalMonth.of)
LANGUAGES = st.sampled_from(["th", "en"])
EXCEL_EPOCH = date(1899, 12, 30)


def months(*numbers, fiscal_year=2569):
    return tuple(FiscalMonth(fiscal_year, number) for number in numbers)


# The fiscal month


def test_a_fiscal_year_runs_from_october_of_the_year_before():
    assert (FiscalMonth(2569, 1).first_day, FiscalMonth(2569, 12).last_day) == (date(2025, 10, 1), date(2026, 9, 30))


@given(DAYS)
def test_every_day_lies_in_its_month(day):
    month = FiscalMonth.of(day)
    assert month.first_day <= day <= month.last_day
    assert (month.calendar_year, month.calendar_month) == (day.year, day.month)


def test_february_of_a_leap_year_has_29_days():
    assert FiscalMonth(2567, 5).last_day == date(2024, 2, 29)


def test_quarters_and_rounds_follow_the_fiscal_year():
    year = months(*range(1, 13))
    assert [month.quarter for month in year] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]
    assert [month.round for month in year] == [1] * 6 + [2] * 6


@given(MONTHS.filter(lambda month: FiscalMonth(2534, 1) < month < FiscalMonth(2643, 12)))
def test_next_and_previous_undo_each_other(month):
    assert month.previous() < month < month.next()
    assert month.next().previous() == month
    assert month.next().first_day == month.last_day + timedelta(days=1)


@pytest.mark.parametrize(("fiscal_year", "month"), [(2569, 0), (2569, 13), (2026, 1), (69, 1)])
def test_a_month_that_is_none_cannot_be_made(fiscal_year, month):
    with pytest.raises(ValueError, match="fiscal"):
        FiscalMonth(fiscal_year, month)


# Printing


@pytest.mark.parametrize(
    ("lang", "long", "label"),
    [
        ("th", False, "พ.ย. 2568"),
        ("th", True, "พฤศจิกายน 2568"),
        ("en", False, "Nov 2025"),
        ("en", True, "November 2025 (FY2569)"),
    ],
)
def test_a_month_is_printed_with_its_calendar_year(lang, long, label):
    assert FiscalMonth(2569, 2).label(lang, long) == label


@pytest.mark.parametrize(
    ("lang", "long", "text"),
    [
        ("th", False, "10 มิ.ย. 2569"),
        ("th", True, "10 มิถุนายน 2569"),
        ("en", False, "10 Jun 2026"),
        ("en", True, "10 June 2026"),
    ],
)
def test_a_day_is_printed(lang, long, text):
    assert format_date(date(2026, 6, 10), lang, long) == text


def test_a_time_is_printed_to_the_minute():
    moment = datetime(2026, 6, 10, 9, 0, 30)
    assert (format_datetime(moment), format_datetime(moment, "en")) == ("10 มิ.ย. 2569 09:00 น.", "10 Jun 2026 09:00")


@given(MONTHS, LANGUAGES, st.booleans())
def test_a_printed_month_reads_back(month, lang, long):
    assert parse_month(month.label(lang, long)) == month


@given(DAYS, LANGUAGES, st.booleans())
def test_a_printed_day_reads_back(day, lang, long):
    assert parse_date(format_date(day, lang, long)) == day


@given(DAYS, st.integers(0, 1439), LANGUAGES)
def test_a_printed_time_reads_back(day, minutes, lang):
    moment = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    assert parse_datetime(format_datetime(moment, lang)) == moment


# Days


@pytest.mark.parametrize(
    "cell",
    [
        "28 ม.ค. 53",
        "28 มกราคม 2553",
        "๒๘ มกราคม ๒๕๕๓",
        "28 มกราคม พ.ศ. 2553",
        "วันที่ 28 มกราคม 2553",
        "วันพฤหัสบดีที่ 28 เดือนมกราคม พ.ศ. 2553",
        "28ม.ค.53",
        "28 มค 53",
        "28-ม.ค.-53",
        "28/1/2553",
        "28-01-2553",
        "28.1.2553",
        "28–01–2553",
        "2553-01-28",
        "28/1/53",
        40206,
        40206.75,
        "40206",
        238533,
        "238533",
        date(2010, 1, 28),
        date(2553, 1, 28),
        datetime(2010, 1, 28, 9, 30),
        "2010-01-28",
        "2010-01-28T09:30:00",
        "2010-01-28 00:00:00",
        "28 Jan 2010",
        "28 มกราคม 2010",
        "28 มกราคม ค.ศ. 2010",
        "January 28, 2010",
    ],
)
def test_one_day_is_read_from_every_form(cell):
    assert parse_date(cell) == date(2010, 1, 28)


@pytest.mark.parametrize(
    "cell",
    [
        "29 ก.พ. 2552",
        "29/2/2552",
        date(2552, 2, 28).toordinal() - EXCEL_EPOCH.toordinal() + 1,
        "31/6/2569",
        "1/13/2569",
    ],
)
def test_a_day_that_does_not_exist_is_refused(cell):
    with pytest.raises(Unreadable) as error:
        parse_date(cell)
    assert "no such day" in error.value.wrong.en


@pytest.mark.parametrize("cell", ["29 ก.พ. 2567", "29/2/2567", "2567-02-29"])
def test_a_leap_day_is_built_in_the_christian_year(cell):
    assert parse_date(cell) == date(2024, 2, 29)


@pytest.mark.parametrize("cell", ["ม.ค. 53", "ม.ค.-53", "มิ.ย.-69", "9,23 มิ.ย. 69", "28 ม.ค."])
def test_no_day_is_invented(cell):
    with pytest.raises(Unreadable) as error:
        parse_date(cell)
    assert "one day" in error.value.wrong.en


@pytest.mark.parametrize(
    "cell",
    [
        "28/1/1953",
        19387,
        "28/1/3053",
        "28 ม.ค. พ.ศ. 2010",
        "28 ม.ค. ค.ศ. 2553",
        date(1953, 1, 28),
        "31 ธ.ค. 2532",
        "1/1/2644",
    ],
)
def test_a_year_out_of_range_is_a_misread_year(cell):
    with pytest.raises(Unreadable) as error:
        parse_date(cell)
    assert "1990-2100" in error.value.wrong.en


@pytest.mark.parametrize("cell", [None, "", True, "วันที่", "28", 0, -1, 1e9, float("nan"), float("inf"), "A 2569", [1]])
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(Unreadable):
        parse_date(cell)


@given(st.integers(45931, 46295))
def test_the_serials_of_fiscal_year_2569_lie_in_it(serial):
    assert FiscalMonth.of(parse_date(serial)).fiscal_year == 2569


@given(DAYS.filter(lambda day: (day.month, day.day) != (2, 29)))
def test_a_buddhist_year_typed_on_an_english_excel_is_taken_back(day):
    serial = (day.replace(year=day.year + 543) - EXCEL_EPOCH).days
    assert parse_date(serial) == day


@pytest.mark.parametrize(
    ("cell", "fiscal_year", "day"),
    [
        ("15/11/68", 2569, date(2025, 11, 15)),
        ("15/1/69", 2569, date(2026, 1, 15)),
        ("15 Nov 25", 2569, date(2025, 11, 15)),
        ("15/1/01", 2601, date(2058, 1, 15)),
        ("15/1/53", 2569, date(2010, 1, 15)),
    ],
)
def test_a_year_of_two_digits_lies_in_the_fiscal_year_if_it_can(cell, fiscal_year, day):
    assert parse_date(cell, fiscal_year) == day


# Times


@pytest.mark.parametrize(
    "cell",
    [
        "2026-06-10T09:00",
        "2026-06-10 09:00:00",
        "2026-06-10T09:00:00Z",
        "2026-06-10T09:00:00.000+07:00",
        "10 มิ.ย. 2569 09.00 น.",
        "10 มิ.ย. 2569 เวลา 9:00 น.",
        "๑๐ มิถุนายน ๒๕๖๙ ๐๙.๐๐ น.",
        "10/6/2569 9:00",
        46183.375,
        "46183.375",
        datetime(2026, 6, 10, 9, tzinfo=timezone(timedelta(hours=7))),
    ],
)
def test_a_time_is_the_clock_as_written(cell):
    assert parse_datetime(cell) == datetime(2026, 6, 10, 9)


def test_a_day_alone_begins_at_midnight():
    assert parse_datetime("10 มิ.ย. 2569") == datetime(2026, 6, 10)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 12, 31)))
def test_an_iso_time_reads_back(moment):
    assert parse_datetime(moment.isoformat()) == moment


@pytest.mark.parametrize("cell", ["10 มิ.ย. 2569 25:00", "2026-06-10T09:60", "09:00"])
def test_a_time_that_is_none_is_refused(cell):
    with pytest.raises(Unreadable):
        parse_datetime(cell)


# Months


@pytest.mark.parametrize(
    "cell",
    [
        1,
        1.0,
        "1",
        "๑",
        "1.0",
        "ต.ค.",
        "ต.ค",
        "ตค",
        "ตุลาคม",
        "เดือนตุลาคม",
        "ประจำเดือน ต.ค. 68",
        "ตุลาคม 2568",
        "ต.ค.-68",
        "2025-10",
        "2568-10",
        "10/2568",
        "10/2025",
        "Oct 2025",
        "oct",
        "October",
        "Oct-25",
        "31 ต.ค. 68",
        "1/10/2568",
        45931,
        date(2025, 10, 9),
        "9,23 ต.ค. 68",
        "1-15 ต.ค.",
    ],
)
def test_one_month_is_read_from_every_form(cell):
    assert parse_month(cell, 2569) == FiscalMonth(2569, 1)


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_is_known_by_its_names(number):
    names = MONTHS_TH_SHORT[number - 1], MONTHS_TH_LONG[number - 1]
    assert {parse_month(name, 2569) for name in names} == {FiscalMonth(2569, number)}


@pytest.mark.parametrize(("cell", "month"), [("ม.ค. 53", (2553, 4)), ("ต.ค. 2569", (2570, 1)), ("มิ.ย.-69", (2569, 9))])
def test_a_month_with_its_year_needs_no_other(cell, month):
    assert parse_month(cell) == FiscalMonth(*month)


@pytest.mark.parametrize("cell", ["ต.ค.", 1, "12", "พ.ค. - ก.ค."])
def test_a_month_without_any_year_is_refused(cell):
    with pytest.raises(Unreadable) as error:
        parse_month(cell)
    assert "no year" in error.value.wrong.en


@pytest.mark.parametrize("cell", ["ต.ค. 2569", "ต.ค. 69", "2026-10", "10/2569", "1/10/2569", date(2025, 9, 30), 46296])
def test_a_month_outside_the_fiscal_year_is_refused(cell):
    with pytest.raises(Unreadable) as error:
        parse_month(cell, 2569)
    assert error.value.wrong.th == "เดือนอยู่นอกปีงบประมาณ 2569"


@pytest.mark.parametrize(
    "cell",
    [
        *(0, 13, "13", 2.5, "เดือน", "xyz", None, True),
        *("เม.ย.-มิ.ย. 69", "ไตรมาส 1", "31 มิ.ย. 69", "ต.ค. (FY2570)", "ต.ค.ต.ค.", "พ.ค. พ.ค."),
    ],
)
def test_what_is_not_one_month_is_refused(cell):
    with pytest.raises(Unreadable):
        parse_month(cell, 2569)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("เม.ย.-มิ.ย. 69", months(7, 8, 9)),
        ("พ.ค.-มิ.ย.69", months(8, 9)),
        ("มิ.ย., ก.ค., ส.ค. 69", months(9, 10, 11)),
        ("9,23 มิ.ย. 69", months(9)),
        ("พ.ค. - ก.ค.", months(8, 9, 10)),
        ("ธ.ค.-ก.พ. 69", months(3, 4, 5)),
        ("ธ.ค. 68 - ก.พ. 69", months(3, 4, 5)),
        ("28 ม.ค. - 13 ก.พ. 69", months(4, 5)),
        ("1 ม.ค. - 31 ม.ค. 69", months(4)),
        ("พ.ค. ถึง ก.ค. 2569", months(8, 9, 10)),
        ("พ.ค. และ ก.ค. 69", months(8, 10)),
        ("มิ.ย. 69", months(9)),
    ],
)
def test_ranges_and_lists_of_months_are_read(cell, expected):
    assert parse_months(cell, 2569) == expected


@pytest.mark.parametrize(
    "cell", ["ก.ค.-พ.ค. 69", "ส.ค.-ต.ค. 69", "มิ.ย.,", "มิ.ย. - ", "30 ม.ค. - 31 ก.พ. 69", "มิ.ย. xx 69"]
)
def test_a_range_that_is_none_is_refused(cell):
    with pytest.raises(Unreadable):
        parse_months(cell, 2569)


# Years


@pytest.mark.parametrize(
    "cell",
    [
        2569,
        2569.0,
        "2569",
        "2569.0",
        "๒๕๖๙",
        2026,
        "2026",
        "ปีงบประมาณ 2569",
        "ปีงบประมาณ พ.ศ. 2569",
        "ปีงบ พ.ศ. 2569",
        "FY2569",
        "FY 2026",
        "69",
        69,
        "ค.ศ. 2026",
    ],
)
def test_a_fiscal_year_is_read_in_either_era(cell):
    assert parse_fiscal_year(cell) == 2569


@pytest.mark.parametrize(
    "cell", [None, True, "", "abc", 2569.5, 12, 1569, "2568/2569", 25690, float("nan"), date(2026, 1, 1)]
)
def test_what_is_no_fiscal_year_is_refused(cell):
    with pytest.raises(Unreadable):
        parse_fiscal_year(cell)


# What a person is told


def test_an_unreadable_cell_says_what_was_found_and_what_is_right_in_both_languages():
    with pytest.raises(Unreadable) as error:
        parse_date("เมื่อวาน")
    said = pickle.loads(pickle.dumps(error.value))
    assert said.found == "เมื่อวาน"
    assert all([said.wrong.th, said.wrong.en, said.expected.th, said.expected.en])


@given(st.text() | st.text(st.sampled_from("0123456789/-., ตคมพยศ.งานบประวันที่เดือน<>AaZt:()fy")))
def test_any_text_is_read_or_refused_but_never_breaks(text):
    for parse in (parse_date, parse_datetime, parse_month, parse_fiscal_year):
        try:
            parse(text)
            found = text
        except Unreadable as error:
            found = error.found
        assert found == text
