"""The address bar: read, refused, written."""

from datetime import datetime
from urllib.parse import parse_qsl

import pytest

from kpi_metrics.model import Refused
from pages.components.filters import Choices, Filters, read, read_language

CHOICES = Choices(years=(2569, 2568), year=2569, month=8)


def test_an_empty_address_is_the_newest_period():
    assert read(CHOICES, {}) == Filters(2569, 8)


def test_an_earlier_year_opens_at_its_end():
    assert read(CHOICES, {"year": "2568"}).month == 12


def test_a_link_opens_the_same_view():
    asked = Filters(2568, 3, view="year", as_of=datetime(2026, 6, 10, 9, 0), id="8406", lang="en")
    query = asked.href("owner", id="8406").split("?")[1]
    assert read(CHOICES, dict(parse_qsl(query))) == asked


def test_a_link_to_another_page_drops_the_id():
    assert Filters(2569, 8, id="8406").href("kpi") == "./kpi?year=2569&month=8"


def test_an_id_is_quoted_in_a_link():
    assert Filters(2569, 8).href("owner", id='"><b') == "./owner?year=2569&month=8&id=%22%3E%3Cb"


@pytest.mark.parametrize(
    "params",
    [
        {"year": "2500"},
        {"year": "พ.ค."},
        {"year": "๒๕๖๙"},
        {"month": "0"},
        {"month": "13"},
        {"month": "พ.ค. 2569"},
        {"view": "เทียบแผนสะสม"},
        {"as_of": "เมื่อวาน"},
        {"lang": "de"},
    ],
    ids=str,
)
def test_what_is_not_to_be_had_is_refused(params):
    with pytest.raises(Refused, match="no "):
        read(CHOICES, params)


def test_a_refusal_does_not_repeat_a_long_address():
    with pytest.raises(Refused) as refusal:
        read(CHOICES, {"view": "x" * 5000})
    assert len(refusal.value.text.th) < 100


def test_an_unknown_language_is_answered_in_thai():
    assert read_language({"lang": "de"}) == "th"
