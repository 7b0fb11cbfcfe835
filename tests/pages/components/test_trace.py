"""From a figure to the entries it is made of."""

from datetime import datetime

import pytest

from pages.components.filters import Filters
from pages.components.trace import evidence, months_table, source

FILTERS = Filters(2569, 2)
OFFICE = {"owner_id": "8406", "owner_kind": "district", "owner_name": "ไชยา"}
CHILDREN = [{"result": 10.0}, {"result": 20.0}, {"result": None}]
ENTRY = {"month": 2, "value": None, "numerator": 2.0, "denominator": 3.0, "file": "ผลงาน.xlsx", "sheet": "ไชยา", "row": 14,
         "reported_by": None, "reported_at": None, "recorded_at": datetime(2025, 12, 3, 10, 30)}  # fmt: skip


@pytest.mark.parametrize("url", ["https://example.org/a?b=1&c=2", "HTTP://example.org"])
def test_an_address_of_the_web_can_be_followed(url):
    assert evidence(url).startswith("<a ")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "แฟ้มที่ 3"])
def test_any_other_evidence_is_only_text(url):
    assert evidence(url) == url


@pytest.mark.parametrize(("result", "said"), [(30.0, "30 ตรงกัน"), (28.5, "ไม่ตรงกับผลนี้ ต่างกัน −1.50")])
def test_it_is_said_whether_the_parts_add_up(result, said):
    assert said in source({"source": "children", "result": result}, {"roll_up": "sum"}, CHILDREN, OFFICE, FILTERS)


def test_percents_are_not_added_up():
    assert "ยอดรวม" not in source(
        {"source": "children", "result": 30.0}, {"roll_up": "ratio"}, CHILDREN, OFFICE, FILTERS
    )


def test_an_entry_says_where_it_stands():
    assert "ผลงาน.xlsx · ไชยา · 14" in months_table({}, [ENTRY], FILTERS)


def test_a_percent_is_shown_as_it_was_reported():
    assert "2 / 3" in months_table({}, [ENTRY], FILTERS)


def test_an_entry_of_a_later_month_is_not_shown():
    assert "ผลงาน.xlsx" not in months_table({}, [ENTRY | {"month": 3}], FILTERS)
