"""A closed month takes no more entries, says who closed it, and what the meeting saw can be seen again."""

from __future__ import annotations

import duckdb
import pytest

from kpi_metrics import history, intake, scorecard
from kpi_metrics.access import EVERYTHING, Scope
from kpi_metrics.model import Refused
from kpi_metrics.store import Store
from kpi_metrics.thai.calendar import FiscalMonth
from tests.kpi_metrics.small_office import write

NOV = FiscalMonth(2569, 2)
HEADER = "fiscal_year,month,kpi_id,owner_id,value\n"


@pytest.fixture
def store(office_database):
    with Store.open(office_database) as store:
        yield store


def check(store, folder, rows):
    return intake.gather(store, write(folder, results=HEADER + rows))


def report(store, folder, rows):
    return intake.save(store, *check(store, folder, rows), "clerk")


def rejected(store, folder, rows):
    """The English sentence about each refused row."""
    return [finding.wrong.en for finding in check(store, folder, rows)[1].rejections]


def close(store, month=2):
    return store.close_month(FiscalMonth(2569, month), by="สมหญิง")


def reopen(store, owner, month=2):
    return store.reopen_month(FiscalMonth(2569, month), owner, why="รับเอกสารช้า", by="สมหญิง")


def result(store, **when):
    return scorecard.scorecard(store, EVERYTHING, year=2569, month=2, owner="8401", kpi="1.2", **when)["result"].item()


def test_a_closed_month_takes_no_entry_and_says_who_closed_it_when(store, tmp_path):
    close(store)
    (finding,) = check(store, tmp_path, "2569,2,1.2,8401,12\n")[1].rejections
    assert finding.wrong.th == "พ.ย. 2568 ปิดรับผลงานแล้ว โดย สมหญิง เมื่อ 1 ก.พ. 2569 09:00 น."
    assert finding.wrong.en == "Nov 2025 was closed by สมหญิง on 1 Feb 2026 09:00"
    assert "reopen --year 2569 --month 2 --owner 8401 --why" in finding.expected.th
    assert "reopen --year 2569 --month 2 --owner 8401 --why" in finding.expected.en


def test_closing_closes_the_months_before_too_and_none_after(store, tmp_path):
    close(store)
    rows = "".join(f"2569,{month},1.2,8402,5\n" for month in (1, 2, 3))
    assert [said[:3] for said in rejected(store, tmp_path, rows)] == ["Oct", "Nov"]


def test_what_is_stored_already_may_be_said_again_of_a_closed_month(store, tmp_path):
    close(store)
    receipt = report(store, tmp_path, "2569,1,1.2,8401,10\n2569,2,1.2,8401,9\n2569,3,1.2,8401,4\n")
    assert (receipt.count_new, receipt.count_unchanged) == (1, 2)


def test_a_month_closed_between_check_and_save_is_refused_and_nothing_saved(store, tmp_path):
    files, checked = check(store, tmp_path, "2569,2,1.2,8401,12\n2569,3,1.2,8401,4\n")
    close(store)
    version = store.data_version()
    with pytest.raises(Refused, match="8401 Nov 2025"):
        intake.save(store, files, checked, "clerk")
    assert (store.data_version(), result(store)) == (version, 19)


def test_reopening_opens_one_month_of_one_owner(store, tmp_path):
    close(store)
    reopen(store, "8401")
    rows = "2569,1,1.2,8401,11\n2569,2,1.2,8401,12\n2569,2,1.2,8402,5\n"
    _, checked = check(store, tmp_path, rows)
    assert [found.place.row for found in checked.rejections] == [2, 4]


def test_a_reopened_month_is_closed_again_with_the_next_closing(store, tmp_path):
    close(store)
    reopen(store, "8401")
    close(store)
    assert len(rejected(store, tmp_path, "2569,2,1.2,8401,12\n")) == 1


@pytest.mark.parametrize(
    ("prepare", "refused", "said"),
    [
        ([close], close, "open to nobody"),
        ([], lambda store: close(store, 6), "has not begun"),
        ([], lambda store: store.close_month(FiscalMonth(2570, 1), by="me"), "There are of: 2569"),
        ([], lambda store: reopen(store, "8401"), "is not closed for 8401"),
        ([close], lambda store: reopen(store, "8409"), "Much like it: 8402, 8401"),
    ],
)
def test_what_cannot_be_closed_or_reopened_is_refused(store, prepare, refused, said):
    for step in prepare:
        step(store)
    version = store.data_version()
    with pytest.raises(Refused, match=said):
        refused(store)
    assert store.data_version() == version


def test_the_running_month_may_be_closed(store):
    assert close(store, 5).is_closed


def test_the_moment_of_a_closing_shows_what_stood_then_however_soon_the_next_import_came(store, tmp_path):
    moment = close(store).done_at
    reopen(store, "8401")
    report(store, tmp_path, "2569,2,1.2,8401,12\n")
    assert (result(store, as_of=moment), result(store)) == (19, 22)


def test_a_void_that_would_change_a_closed_month_is_refused(store, tmp_path):
    batch = report(store, tmp_path, "2569,2,1.2,8401,12\n").batch_id
    close(store)
    with pytest.raises(Refused, match="8401 Nov 2025"):
        store.void(batch, why="wrong", by="clerk")
    reopen(store, "8401")
    store.void(batch, why="wrong", by="clerk")
    assert result(store) == 19


def said(store, folder, table, rows):
    """The batch of an import of one table."""
    return intake.save(store, *intake.gather(store, write(folder, **{table: rows})), "clerk").batch_id


NOTED = ("results", HEADER.replace("value", "note") + "2569,2,1.2,8401,ฝนตกหนัก\n")
WORDED = ("results", HEADER.replace("value", "value,note") + "2569,2,1.2,8401,9,ฝนตกหนัก\n")
OVERRIDDEN = ("overrides", HEADER.replace("value", "score,reason,by") + "2569,2,1.2,8401,3,ตกลงแล้ว,สมศรี\n")


@pytest.mark.parametrize("told", [NOTED, WORDED, OVERRIDDEN])
def test_neither_words_nor_scores_of_a_closed_month_can_be_taken_out(store, tmp_path, told):
    batch = said(store, tmp_path, *told)
    close(store)
    with pytest.raises(Refused, match="8401 Nov 2025"):
        store.void(batch, why="wrong", by="clerk")


@pytest.mark.parametrize("told", [NOTED, WORDED, OVERRIDDEN])
def test_neither_words_nor_scores_can_be_brought_back_into_a_closed_month(store, tmp_path, told):
    batch = said(store, tmp_path, *told)
    store.void(batch, why="wrong", by="clerk")
    close(store)
    with pytest.raises(Refused, match="8401 Nov 2025"):
        store.unvoid(batch, why="right", by="clerk")


def test_a_void_that_leaves_closed_months_as_they_are_is_done(store, tmp_path):
    batch = report(store, tmp_path, "2569,2,1.2,8401,9\n2569,3,1.2,8401,4\n").batch_id
    close(store)
    store.void(batch, why="wrong", by="clerk")
    assert result(store) == 19


def test_closings_are_listed_newest_first(store):
    close(store)
    reopen(store, "8401")
    found = history.closings(store, EVERYTHING, year=2569).fillna("-")
    assert found[["month", "is_closed", "owner_id", "who", "why"]].values.tolist() == [
        [2, False, "8401", "สมหญิง", "รับเอกสารช้า"],
        [2, True, "-", "สมหญิง", "-"],
    ]


def test_closings_of_other_years_and_unseen_owners_are_not_listed(store):
    close(store)
    reopen(store, "8401")
    assert history.closings(store, EVERYTHING, year=2568).empty
    assert list(history.closings(store, Scope(frozenset({"8402"})))["is_closed"]) == [True]


def test_whether_a_month_is_closed_can_be_asked_as_of_a_moment(store):
    before = store.now().replace(hour=8)
    moment = close(store).done_at
    reopen(store, "8401")
    asked = [
        history.closing(store, EVERYTHING, year=2569, month=1 + (owner == "8401"), owner=owner, as_of=as_of)
        for owner, as_of in (("8401", before), ("8401", moment), ("8401", None), ("8402", None))
    ]
    assert [each and each.is_closed for each in asked] == [None, True, False, True]


def test_a_look_back_knows_the_closings(store, monkeypatch):
    monkeypatch.setenv("KPI_NOW", "2026-02-03T09:00")
    close(store)
    monkeypatch.setenv("KPI_NOW", "2026-02-02T09:00")
    assert len(history.batches(store, EVERYTHING)) == 1


def test_closing_changes_no_figure_and_computes_none(store):
    before = scorecard.scorecard(store, EVERYTHING, year=2569)
    close(store)
    assert store.verify() == ()
    assert scorecard.scorecard(store, EVERYTHING, year=2569).equals(before)


def test_closing_leaves_the_stored_figures_standing_as_those_of_today(office_database):
    with Store.open(office_database) as store:
        close(store)
    written_at = office_database.stat().st_mtime_ns
    Store.open(office_database, read_only=True).close()
    assert office_database.stat().st_mtime_ns == written_at


@pytest.mark.parametrize("change", ["update ledger.closings set month = 1", "delete from ledger.closings"])
def test_a_changed_closing_is_found(office_database, change):
    with Store.open(office_database) as store:
        close(store)
    with duckdb.connect(str(office_database)) as connection:
        connection.execute(change)
    with Store.open(office_database) as store:
        assert [fault.en for fault in store.verify()] == ["Closings are not as the audit tells: rows 2."]


def test_a_database_from_before_closings_is_read_as_it_is(office_database):
    with duckdb.connect(str(office_database)) as connection:
        connection.execute("drop table ledger.closings")
        connection.execute("update mart.computed set rules = 'older'")
    with Store.open(office_database, read_only=True) as store:
        assert store.closings() == ()
