"""What is typed and not sent survives, and changes nothing."""

from datetime import datetime

import pytest

from kpi_metrics.store import Store
from kpi_metrics.store.drafts import Draft
from kpi_metrics.thai.calendar import FiscalMonth

FEB = FiscalMonth(2569, 2)


def draft(text, kpi="1.2", owner="8401", box="value"):
    return Draft(owner, 2569, 2, kpi, box, text, datetime(2026, 2, 1, 9))


@pytest.fixture
def store(office_database):
    with Store.open(office_database) as store:
        yield store


def texts(store, *owners):
    return [kept.text for kept in store.drafts(FEB, owners or ("8401",))]


def test_a_draft_survives_a_restart(office_database):
    with Store.open(office_database) as store:
        store.keep_draft(draft("๑๒"))
    with Store.open(office_database) as store:
        assert texts(store) == ["๑๒"]


def test_a_draft_changes_no_data_version(store):
    before = store.data_version()
    store.keep_draft(draft("12"))
    assert store.data_version() == before


def test_a_database_with_drafts_is_whole(store):
    store.keep_draft(draft("12"))
    assert store.verify() == ()


def test_the_newest_text_of_a_box_is_kept(store):
    store.keep_draft(draft("12"))
    store.keep_draft(draft("13"))
    assert texts(store) == ["13"]


def test_an_emptied_box_is_forgotten(store):
    store.keep_draft(draft("12"))
    store.keep_draft(draft(""))
    assert texts(store) == []


def test_dropping_a_draft_leaves_the_others(store):
    store.keep_draft(draft("12"))
    store.keep_draft(draft("12", box="note"))
    store.keep_draft(draft("7", kpi="1.10"))
    store.keep_draft(draft("5", owner="8402"))
    store.drop_drafts([draft("12")])
    assert sorted(texts(store, "8401", "8402")) == ["12", "5", "7"]


def test_a_text_put_in_place_of_a_draft_is_not_dropped_with_it(store):
    store.keep_draft(draft("13"))
    store.drop_drafts([draft("12")])
    assert texts(store) == ["13"]


def test_another_month_has_drafts_of_its_own(store):
    store.keep_draft(draft("12"))
    assert store.drafts(FiscalMonth(2569, 3), ["8401"]) == ()
