"""What voiding a batch would change is told before it is done, exactly as it then is, and refused as it would be."""

from __future__ import annotations

import pytest

from kpi_metrics import intake, scorecard
from kpi_metrics.access import EVERYTHING, Scope
from kpi_metrics.impact import Restated, impact_of_void
from kpi_metrics.model import Refused
from kpi_metrics.store import Store
from kpi_metrics.thai.calendar import FiscalMonth
from tests.kpi_metrics.small_office import write

HEADER = "fiscal_year,month,kpi_id,owner_id,value\n"


@pytest.fixture
def store(office_database):
    with Store.open(office_database) as store:
        yield store


@pytest.fixture
def save(store, tmp_path):
    """Save rows of results as one batch; returns its id."""

    def saved(rows):
        files, checked = intake.gather(store, write(tmp_path, results=HEADER + rows))
        return intake.save(store, files, checked, "clerk").batch_id

    return saved


@pytest.fixture
def correction(save):
    """A batch that corrects a month of one district, repeats another month, and brings a third."""
    return save("2569,1,1.2,8401,60\n2569,2,1.2,8401,9\n2569,3,1.2,8401,4\n")


def counts(impact):
    return (impact.count_new, impact.count_corrected, impact.count_unchanged, impact.count_gone)


def results_of(impact):
    return {move.owner_id: (move.before.result, move.after.result) for move in impact.moves}


def test_rows_go_fall_back_or_stay(store, correction):
    assert counts(impact_of_void(store, correction)) == (0, 1, 1, 1)


def test_rows_come_back(store, correction):
    store.void(correction, why="wrong", by="clerk")
    assert counts(impact_of_void(store, correction, is_voided=False)) == (1, 1, 1, 0)


def test_a_row_that_a_later_batch_corrected_stays_as_it_is(store, correction, save):
    save("2569,1,1.2,8401,70\n")
    assert counts(impact_of_void(store, correction)) == (0, 0, 2, 1)


def test_what_is_told_is_what_voiding_does(store, correction):
    told = impact_of_void(store, correction)
    assert results_of(told) == {"84": (81, 27), "8401": (73, 19)}
    store.void(correction, why="wrong", by="clerk")
    assert results(store, told.month) == {owner: after for owner, (_, after) in results_of(told).items()}


def test_bringing_back_undoes_what_voiding_did(store, correction):
    voiding = results_of(impact_of_void(store, correction))
    store.void(correction, why="wrong", by="clerk")
    back = results_of(impact_of_void(store, correction, is_voided=False))
    assert back == {owner: (after, before) for owner, (before, after) in voiding.items()}


def results(store, month):
    frame = scorecard.scorecard(store, EVERYTHING, year=2569, month=month, kpi="1.2")
    return {owner: result for owner, result in zip(frame["owner_id"], frame["result"], strict=True) if owner != "8402"}


def test_the_month_is_the_newest_that_the_batch_speaks_of(store, save):
    assert impact_of_void(store, save("2569,4,1.2,8401,4\n")).month == 4


def test_months_already_due_that_would_change_are_restated(store, save):
    batch = save("2569,2,1.2,8401,12\n")
    assert impact_of_void(store, batch).restated == (Restated(2569, 2, False, 2), Restated(2569, 3, False, 2))


def test_a_scope_is_told_of_its_owners_only(store, correction):
    told = impact_of_void(store, correction, scope=Scope(frozenset({"8401"})))
    assert {move.owner_id for move in told.moves} == {"8401"}


def test_nothing_is_done(store, correction):
    before = store.data_version()
    impact_of_void(store, correction)
    assert (store.data_version(), results(store, 2)) == (before, {"84": 77, "8401": 69})


@pytest.mark.parametrize("is_voided", [True, False])
def test_a_batch_that_is_not_there_is_refused(store, is_voided):
    with pytest.raises(Refused, match="There is no batch B00099"):
        impact_of_void(store, "B00099", is_voided=is_voided)


def test_what_would_be_refused_is_refused_in_the_same_words(store, correction):
    refusals = [refused(impact_of_void, store, "B00001"), refused(store.void, "B00001", why="x", by="y")]
    assert "rows refer to what would be gone" in refusals[0].en
    assert refusals[0] == refusals[1]


def test_a_closed_month_is_refused_in_the_same_words(store, correction):
    store.close_month(FiscalMonth(2569, 3), by="chair")
    refusals = [refused(impact_of_void, store, correction), refused(store.void, correction, why="x", by="y")]
    assert "of closed months" in refusals[0].en
    assert refusals[0] == refusals[1]


def test_a_batch_voided_already_is_refused_naming_who_did_it(store, correction):
    store.void(correction, why="wrong", by="somebody")
    assert refused(impact_of_void, store, correction).en == f"Batch {correction} is already voided (somebody)."


def refused(do, *args, **named):
    with pytest.raises(Refused) as caught:
        do(*args, **named)
    return caught.value.text
