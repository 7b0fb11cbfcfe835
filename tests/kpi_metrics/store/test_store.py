"""The ledger keeps what it was given, once, and says so when it no longer has it."""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from kpi_metrics import intake, scorecard
from kpi_metrics.access import EVERYTHING, Scope
from kpi_metrics.model import FileRefused, Refused
from kpi_metrics.store import Store
from tests.kpi_metrics.small_office import KPIS, write


@pytest.fixture
def store(office_database: Path):
    with Store.open(office_database) as store:
        yield store


def report(store: Store, folder: Path, rows: str, by: str = "clerk"):
    files, checked = intake.gather(store, write(folder, results=f"fiscal_year,month,kpi_id,owner_id,value\n{rows}"))
    return intake.save(store, files, checked, by)


def result(store: Store, owner: str = "8401", month: int = 2, **when: datetime) -> float:
    return scorecard.scorecard(store, EVERYTHING, year=2569, month=month, owner=owner, kpi="1.2", **when)[
        "result"
    ].item()


def test_a_correction_is_added_and_changes_the_figure(store, tmp_path) -> None:
    assert result(store) == 19
    assert report(store, tmp_path, "2569,2,1.2,8401,12\n").count_corrected == 1
    assert result(store) == 22


def test_the_same_rows_again_are_no_batch(store, tmp_path) -> None:
    version = store.data_version()
    receipt = report(store, tmp_path, "2569,2,1.2,8401,9\n")
    assert (receipt.batch_id, receipt.count_unchanged, store.data_version()) == (None, 1, version)


def test_a_withdrawn_entry_is_none_and_may_come_back(store, tmp_path) -> None:
    report(store, tmp_path, "2569,2,1.2,8401,ถอน\n")
    assert result(store) == 10
    report(store, tmp_path, "2569,2,1.2,8401,9\n")
    assert result(store) == 19


def test_a_void_takes_figures_back_and_unvoid_brings_them_again(store, tmp_path) -> None:
    batch = report(store, tmp_path, "2569,2,1.2,8401,12\n").batch_id
    store.void(batch, why="wrong file", by="clerk")
    assert result(store) == 19
    store.unvoid(batch, why="was right", by="clerk")
    assert result(store) == 22


def test_what_a_later_import_says_again_stands_when_the_one_before_is_voided(store, tmp_path) -> None:
    batch = report(store, tmp_path, "2569,2,1.2,8401,12\n").batch_id
    report(store, tmp_path, "2569,2,1.2,8401,12\n2569,3,1.2,8401,1\n")
    store.void(batch, why="wrong file", by="clerk")
    assert result(store) == 22


def test_a_void_that_would_orphan_rows_is_refused_naming_them(store, tmp_path) -> None:
    report(store, tmp_path, "2569,2,1.2,8401,12\n")
    with pytest.raises(Refused, match=r"results\.csv, 2: kpi_id 1\.2"):
        store.void("B00001", why="wrong", by="clerk")
    assert result(store) == 22


def test_a_look_back_shows_the_figures_of_that_moment(store, tmp_path, monkeypatch) -> None:
    before = store.now()
    monkeypatch.setenv("KPI_NOW", (before + timedelta(days=1)).isoformat())
    report(store, tmp_path, "2569,2,1.2,8401,12\n")
    assert (result(store), result(store, as_of=before)) == (22, 19)


def test_the_clock_decides_what_is_shown_when_it_stands_before_a_batch(store, tmp_path, monkeypatch) -> None:
    before = store.now().isoformat()
    monkeypatch.setenv("KPI_NOW", (store.now() + timedelta(days=1)).isoformat())
    report(store, tmp_path, "2569,2,1.2,8401,12\n")
    monkeypatch.setenv("KPI_NOW", before)
    assert result(store) == 19


def test_a_clock_that_runs_backwards_does_not_reorder_batches(store, tmp_path, monkeypatch) -> None:
    first = report(store, tmp_path, "2569,2,1.2,8401,12\n").recorded_at
    monkeypatch.setenv("KPI_NOW", "2026-01-15T09:00")
    assert report(store, tmp_path, "2569,2,1.2,8401,13\n").recorded_at == first


def test_a_scope_sees_its_owners_only(store) -> None:
    frame = scorecard.scorecard(store, Scope(frozenset({"8402"})), year=2569, month=2)
    assert set(frame["owner_id"]) == {"8402"}


def test_a_lost_batch_is_noticed_and_nothing_more_is_written(office_database, tmp_path) -> None:
    old = tmp_path / "old.duckdb"
    with Store.open(office_database) as store:
        store.backup(old)
        report(store, tmp_path, "2569,2,1.2,8401,12\n")
    office_database.write_bytes(old.read_bytes())  # as when a .wal was removed: the batch is gone without a word
    with Store.open(office_database) as store:
        assert [fault.en for fault in store.faults if "B00002" in fault.en]
        with pytest.raises(Refused):
            report(store, tmp_path, "2569,2,1.2,8401,13\n")
        assert result(store) == 19


def test_a_batch_whose_receipt_was_lost_in_a_crash_gets_one(office_database, tmp_path) -> None:
    with Store.open(office_database) as store:
        report(store, tmp_path, "2569,2,1.2,8401,12\n")
    receipts = office_database.with_name(f"{office_database.name}.receipts")
    receipts.write_text(receipts.read_text().splitlines(keepends=True)[0])
    with Store.open(office_database) as store:
        assert store.faults == ()
    assert "B00002" in receipts.read_text()


def test_a_changed_audit_row_is_found(office_database) -> None:
    with duckdb.connect(str(office_database)) as connection:
        connection.execute("update ledger.audit set who = 'somebody else'")
    with Store.open(office_database) as store:
        assert "Audit row 1 was changed." in [fault.en for fault in store.verify()]


def test_a_changed_figure_is_found(office_database) -> None:
    with duckdb.connect(str(office_database)) as connection:
        connection.execute("update mart.scorecard set result = result + 1e-9 where owner_id = '8401' and month = 2")
    with Store.open(office_database) as store:
        assert [fault.en for fault in store.verify() if "scorecard" in fault.en]


@pytest.mark.parametrize(
    "change",
    [
        "update mart.summary set score_low_period = score_high_period, score_high_period = score_low_period",
        "update mart.scorecard set gap = null where gap is not null",
        "insert into mart.coverage select * from mart.coverage limit 1",
        "delete from mart.entry where month = 1",
    ],
)
def test_figures_swapped_lost_or_doubled_are_found(office_database, change) -> None:
    with duckdb.connect(str(office_database)) as connection:
        connection.execute(change)
    with Store.open(office_database) as store:
        assert [fault.en for fault in store.verify() if "differs" in fault.en]


def test_a_whole_database_has_no_faults(store) -> None:
    assert store.verify() == ()


def test_another_process_is_told_who_holds_the_file(office_database) -> None:
    holding = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", holding, office_database], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(FileRefused, match=str(other.pid)):
            Store.open(office_database)
        other.stdin.close()


@pytest.mark.parametrize("content", [b"not a database", b"\x00" * 8192])
def test_a_file_that_is_no_database_is_left_untouched(tmp_path, content) -> None:
    path = tmp_path / "kpi.duckdb"
    path.write_bytes(content)
    with pytest.raises(FileRefused):
        Store.open(path)
    assert path.read_bytes() == content


def test_a_database_of_something_else_is_left_untouched(tmp_path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table shop as select 1 as item")
    before = path.read_bytes()
    with pytest.raises(FileRefused, match="something else"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_batch_is_saved_while_a_long_read_goes_on(store, tmp_path) -> None:
    with store.reading() as cursor:
        cursor.execute("begin")
        cursor.execute("select count(*) from scorecard").fetchall()
        assert report(store, tmp_path, "2569,2,1.2,8401,12\n").batch_id == "B00002"
        assert result(store) == 22


def test_a_backup_waits_for_a_long_read_and_has_what_was_saved(store, tmp_path) -> None:
    with store.reading() as cursor:
        cursor.execute("begin")
        cursor.execute("select count(*) from scorecard").fetchall()
        report(store, tmp_path, "2569,2,1.2,8401,12\n")
        backing = threading.Thread(target=store.backup, args=(tmp_path / "copy.duckdb",))
        backing.start()
        backing.join(timeout=0.2)
        cursor.execute("commit")
    backing.join()
    with Store.open(tmp_path / "copy.duckdb", read_only=True) as copy:
        assert result(copy) == 22


def test_a_backup_that_finds_no_room_leaves_no_file(store, tmp_path, monkeypatch) -> None:
    def fill(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:5000])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", fill)
    folder = tmp_path / "backups"
    folder.mkdir()
    with pytest.raises(FileRefused, match="No space left"):
        store.backup(folder / "copy.duckdb")
    assert list(folder.iterdir()) == []


def test_readers_in_threads_see_whole_batches_while_one_writes(store, tmp_path) -> None:
    seen: list[float] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            seen.append(result(store))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for value in (10, 11, 12):
        report(store, tmp_path, f"2569,2,1.2,8401,{value}\n")
    stop.set()
    for reader in readers:
        reader.join()
    assert set(seen) <= {19, 20, 21, 22}
    assert result(store) == 22


def test_a_void_that_would_send_offices_in_a_circle_is_refused(store, tmp_path) -> None:
    head = "owner_id,parent_id,kind,name_th\n"
    for rows in (
        "X,,province,สำนักงานใหม่\n",
        "Y,X,district,อำเภอใหม่\n",
        "Y,,district,อำเภอใหม่\n",
        "X,Y,province,สำนักงานใหม่\n",
    ):
        files, checked = intake.gather(store, write(tmp_path, owners=head + rows))
        batch = intake.save(store, files, checked, "clerk").batch_id
    with pytest.raises(Refused, match="circle"):
        store.void("B00004", why="wrong", by="clerk")
    assert batch == "B00005"


def test_a_cut_receipt_hides_no_later_loss(office_database, tmp_path) -> None:
    receipts = office_database.with_name(f"{office_database.name}.receipts")
    receipts.write_bytes(receipts.read_bytes()[:-10])
    old = office_database.read_bytes()
    with Store.open(office_database) as store:
        report(store, tmp_path, "2569,2,1.2,8401,12\n")
    office_database.write_bytes(old)
    with Store.open(office_database) as store:
        assert [fault.en for fault in store.faults if "B00002" in fault.en]


def test_a_garbled_receipt_is_a_fault(office_database) -> None:
    receipts = office_database.with_name(f"{office_database.name}.receipts")
    receipts.write_bytes(b"\xff" + receipts.read_bytes())
    with Store.open(office_database) as store:
        assert store.faults


def test_rows_gone_from_the_ledger_are_found(office_database) -> None:
    with duckdb.connect(str(office_database)) as connection:
        connection.execute("delete from ledger.results where month = 1")
    with Store.open(office_database) as store:
        assert "Batch B00001 does not hold the rows of its receipt." in [fault.en for fault in store.verify()]


def test_a_void_taken_out_by_hand_is_found(office_database, tmp_path) -> None:
    with Store.open(office_database) as store:
        store.void(report(store, tmp_path, "2569,2,1.2,8401,12\n").batch_id, why="wrong", by="clerk")
    with duckdb.connect(str(office_database)) as connection:
        connection.execute("delete from ledger.voids")
    with Store.open(office_database) as store:
        assert [fault.en for fault in store.verify() if "void" in fault.en]


def test_a_database_of_a_newer_version_is_refused(office_database) -> None:
    with duckdb.connect(str(office_database)) as connection:
        connection.execute("update ledger.meta set value = '99' where key = 'schema'")
    with pytest.raises(FileRefused, match="99"):
        Store.open(office_database)


def test_a_kpi_with_results_keeps_its_measure(store, tmp_path) -> None:
    changed = KPIS.replace("1.2,1,แปลงใหญ่,แปลง,count,up,increment,sum", "1.2,1,แปลงใหญ่,แปลง,value,up,snapshot,sum")
    _, checked = intake.gather(store, write(tmp_path, kpis=changed))
    assert [(finding.code, finding.place.column) for finding in checked.rejections] == [("remeasured", "measure")]


@pytest.mark.parametrize("moment", ["1900-01-01", "2569-06-10", "soon"])
def test_a_clock_out_of_reach_is_refused(store, monkeypatch, moment) -> None:
    monkeypatch.setenv("KPI_NOW", moment)
    with pytest.raises(Refused, match="KPI_NOW"):
        store.now()


def test_a_damaged_block_is_told_in_words(office_database) -> None:
    content = bytearray(office_database.read_bytes())
    for block in range(12288, len(content), 262144):  # the header stays as it is
        content[block + 5000 : block + 5008] = b"damaged!"
    office_database.write_bytes(content)
    try:
        with Store.open(office_database, read_only=True) as store:
            said = store.verify()
    except FileRefused as refusal:
        said = (refusal.text,)
    assert said
