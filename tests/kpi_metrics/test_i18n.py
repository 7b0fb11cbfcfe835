"""The English catalogue covers the product."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from kpi_metrics.i18n import catalogue, noted, translator

ROOT = Path(__file__).parents[2]


def used_messages() -> set[str]:
    found = set()
    for folder in ("pages", "kpi_metrics"):
        extracted = extract_from_dir(ROOT / folder, [("**.py", "python")], keywords={"_": None, "noted": None})
        found |= {message for _file, _line, message, *_rest in extracted if message}
    return found


def test_every_message_has_an_english_translation():
    assert used_messages() - set(catalogue("en")) == set()


def test_no_translation_is_left_of_a_message_that_is_gone():
    assert set(catalogue("en")) - used_messages() == set()


@pytest.mark.parametrize("message", sorted(catalogue("en")))
def test_a_translation_fills_the_same_places(message):
    assert set(re.findall(r"{\w+}", catalogue("en")[message])) == set(re.findall(r"{\w+}", message))


def test_no_message_hides_inside_an_f_string_where_the_extraction_cannot_see_it():
    hidden = [path.name for path in (ROOT / "pages").rglob("*.py") if "{_(" in path.read_text(encoding="utf-8")]
    assert hidden == []


def test_thai_is_what_stands_in_the_code():
    assert translator("th")("ภาพรวม") == noted("ภาพรวม")


def test_what_has_no_translation_stays_thai():
    assert translator("en")("คำที่ไม่มีในพจนานุกรม") == "คำที่ไม่มีในพจนานุกรม"
