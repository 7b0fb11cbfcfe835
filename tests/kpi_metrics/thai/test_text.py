import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.text import (
    check_id,
    clean,
    district_key,
    has_citizen_id,
    is_citizen_id,
    is_empty,
    key,
    natural_key,
    near,
    sort_key,
)

THAI = st.text(st.sampled_from([chr(code) for code in range(0x0E01, 0x0E5C)] + ["\u200b", " ", "a", "\u0301"]))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("น\u0e33\u0e49", "น้ำ"),
        ("ท\u0e33", "ทำ"),
        ("เเม่น้ำ", "แม่น้ำ"),
        ("เ\u200bเม่", "แม่"),
        ("ก\u0e48\u0e35", "กี่"),
        ("ก\u0e49\u0e38\u0e07", "กุ้ง"),
        ("ก\u0e49\u0e49า", "ก้า"),
        ("ก\u0e34\u0e34น", "กิน"),
        ("พันธุ์\u00a0\u2003ข้าว", "พันธุ์ ข้าว"),
        (" ไชยา\u200b\ufeff\u00ad ", "ไชยา"),
        ("e\u0301", "\u00e9"),
        ("Kpi  1", "Kpi 1"),
    ],
)
def test_one_word_has_one_form_however_it_was_typed(typed, meant):
    assert clean(typed) == meant


@given(st.text() | THAI)
@example("\u0e38\u0323\u0e31\u0e38")
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


def test_long_text_is_cleaned_like_short():
    assert clean("เเม่ " * 200) == " ".join(["แม่"] * 200)


@pytest.mark.parametrize("header", ["KPI_ID", "kpi_id", " Kpi_Id. ", "kpi _id"])
def test_headers_match_without_regard_to_case_spaces_and_dots(header):
    assert key(header) == "kpi_id"


def test_thai_digits_in_a_header_are_digits():
    assert key("ระดับ ๕") == key("ระดับ 5")


@pytest.mark.parametrize("text", ["1\u202e2", "\u200f4.1", "A\u2066B"])
def test_an_id_with_a_direction_mark_is_refused(text):
    with pytest.raises(Unreadable) as error:
        check_id(text)
    assert "direction" in error.value.wrong.en


@pytest.mark.parametrize("text", ["กA1", "A\u0410", "\u039f1O", "สฎ-a", "A\uff22"])
def test_an_id_of_two_scripts_is_refused(text):
    with pytest.raises(Unreadable) as error:
        check_id(text)
    assert "scripts" in error.value.wrong.en


@pytest.mark.parametrize(
    ("text", "expected"),
    [(" 4.10 ", "4.10"), ("๔.๑๐", "4.10"), ("สฎ-01/2", "สฎ-01/2"), ("D_8401", "D_8401"), ("84\u200b01", "8401")],
)
def test_an_id_of_one_script_is_cleaned(text, expected):
    assert check_id(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ไชยา",
        "อำเภอไชยา",
        "อ.ไชยา",
        "อ. ไชยา",
        "สนง.เกษตรอำเภอไชยา",
        "สำนักงานเกษตรอำเภอ ไชยา",
        "เกษตรอำเภอไชยา",
        "ไชยาฯ",
    ],
)
def test_a_district_is_found_under_every_name_of_its_office(text):
    assert district_key(text) == "ไชยา"


@pytest.mark.parametrize(
    "pair", [("ไชยา", "ชัยบุรี"), ("ท่าชนะ", "ท่าฉาง"), ("บ้านนาสาร", "บ้านนาเดิม"), ("พนม", "พุนพิน"), ("อู่ทอง", "อ.ทอง")]
)
def test_districts_that_look_alike_stay_apart(pair):
    assert district_key(pair[0]) != district_key(pair[1])


def test_thai_words_sort_as_in_the_dictionary():
    words = ["กก", "กก่", "ก่ก", "กา", "ก่า", "ก้า", "เกาะ", "แก", "ไก่", "ขา", "ฤดู", "ลา"]
    backwards = words[::-1]
    assert sorted(backwards, key=sort_key) == words


def test_ids_sort_by_their_numbers():
    ids = ["1.1", "4", "4.2", "4.2a", "4.10", "10", "A2", "A10", "สฎ-1"]
    backwards = ids[::-1]
    assert sorted(backwards, key=natural_key) == ids


@given(st.lists(st.text(st.sampled_from("0123456789.-aก๑")), max_size=5))
def test_any_ids_have_one_order(ids):
    backwards = ids[::-1]
    assert sorted(backwards, key=natural_key) == sorted(ids, key=natural_key)


def test_near_misses_are_suggested_nearest_first():
    assert near("ไชยยา", ["พนม", "ชัยบุรี", "ไชยา"])[0] == "ไชยา"


def test_nothing_is_suggested_for_a_word_like_none():
    assert near("xyz", ["ไชยา", "พนม"]) == ()


@pytest.mark.parametrize("text", ["1101400000006", "1-1014-00000-00-6", "1 1014 00000 00 6", "๑๑๐๑๔๐๐๐๐๐๐๐๖"])
def test_a_citizen_id_is_known_by_its_check_digit(text):
    assert is_citizen_id(text)


@pytest.mark.parametrize("text", ["1101400000007", "110140000000", "11014000000066", "เลข 1101400000006", ""])
def test_other_numbers_are_not_citizen_ids(text):
    assert not is_citizen_id(text)


@pytest.mark.parametrize("text", ["เลขบัตร 1-1014-00000-00-6 ครับ", "id:1101400000006.0"])
def test_a_citizen_id_is_found_inside_a_note(text):
    assert has_citizen_id(text)


@pytest.mark.parametrize("text", ["โทร 077-272-000 และ 081-234-5678", "12345678901234567890", "เลขที่ 1101400000007"])
def test_a_note_with_other_numbers_holds_no_citizen_id(text):
    assert not has_citizen_id(text)


@pytest.mark.parametrize(
    "value", [None, "", "  ", "-", "–", "—", "ไม่มี", "N/A", "n/a", " ไม่ระบุ ", "\u200b", float("nan")]
)
def test_what_says_nothing_is_empty(value):
    assert is_empty(value)


@pytest.mark.parametrize("value", [0, 0.0, "0", False, "ไม่", "-5"])
def test_zero_and_words_are_not_empty(value):
    assert not is_empty(value)
