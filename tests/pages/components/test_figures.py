"""Figures as the screen prints them."""

import numpy as np
import pandas as pd
import pytest

from pages.components.figures import absent, percent, planned, records, signed, status_badge, trimmed, whole_up
from pages.components.text import USUAL, Thresholds


@pytest.mark.parametrize(
    ("value", "shown"),
    [(99.6, "99.60"), (79.995, "80"), (79.994, "79.99"), (98.4, "98"), (100.4, "100"), (None, "")],
)
def test_a_percent_is_never_rounded_into_another_status(value, shown):
    assert percent(value, USUAL) == shown


def test_the_thresholds_in_force_decide_which_percents_need_decimals():
    assert percent(89.6, Thresholds(on_plan=90)) == "89.60"


@pytest.mark.parametrize(
    ("plan", "measure", "shown"),
    [(327.12, "count", "327"), (2.4, "count", "2.4"), (57.5, "percent", "57.5"), (None, "count", "")],
)
def test_a_plan_of_many_people_has_no_decimals(plan, measure, shown):
    assert planned({"plan": plan, "measure": measure}) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(938.0, "938"), (1200, "1,200"), (60.345, "60.35"), (2.5, "2.5"), (None, "")]
)
def test_a_number_has_only_the_decimals_it_needs(value, shown):
    assert trimmed(value) == shown


@pytest.mark.parametrize(("value", "shown"), [(2.25, "3"), (65.5, "66"), (3.00000000001, "3"), (None, "")])
def test_what_must_be_done_is_whole(value, shown):
    assert whole_up(value) == shown


@pytest.mark.parametrize(("value", "shown"), [(0.214, "+0.21"), (-0.214, "−0.21"), (0.001, "0.00")])
def test_a_difference_has_a_sign_unless_it_is_shown_as_zero(value, shown):
    assert signed(value, 2) == shown


def test_every_kind_of_missing_is_none():
    frame = pd.DataFrame({"a": [np.nan], "b": [pd.NaT], "c": pd.array([pd.NA], dtype="Int64"), "d": [0.0]})
    assert records(frame) == [{"a": None, "b": None, "c": None, "d": 0.0}]


def test_an_empty_cell_says_in_words_why_it_is_empty():
    assert 'aria-label="ยังไม่ถึงกำหนด"' in absent("not_due", "th")


def test_a_status_has_mark_and_word():
    assert "▼" in status_badge("behind", "th")
    assert "ต่ำกว่าแผน" in status_badge("behind", "th")
