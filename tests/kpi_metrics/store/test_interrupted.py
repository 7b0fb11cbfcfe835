"""Saves that meet, and saves that are killed: every row stands in the ledger once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kpi_metrics import cli, intake
from kpi_metrics.store import Receipt, Store
from kpi_metrics.store.receipts import Receipts
from tests.kpi_metrics.small_office import NOW, RESULTS, write, write_office

HEADER = RESULTS.splitlines()[0] + "\n"
CORRECTED = RESULTS.replace(",10,", ",11,")
ROOT = Path(cli.__file__).parent.parent.parent

# Runs a command, and kills itself with no chance to tidy up where the function of that name is called.
KILLED_AT = """
import importlib, os, signal, sys
module, name = sys.argv.pop(1).rsplit(":", 1)
holder = importlib.import_module(module)
*path, last = name.split(".")
for each in path:
    holder = getattr(holder, each)
setattr(holder, last, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
from kpi_metrics.cli import commands
commands()
"""


@pytest.fixture
def store(office_database: Path):
    with Store.open(office_database) as store:
        yield store


def save_at_once(store: Store, *folders: Path) -> list[Receipt]:
    """Take the files of each folder in, all having been checked before any is saved."""
    checked_all, receipts = threading.Barrier(len(folders)), []

    def take(folder: Path) -> None:
        reading = intake.read(sorted(folder.glob("*.csv")))
        checked = intake.examine(store, reading.files)
        checked_all.wait()
        receipts.append(intake.save(store, reading.files, checked, folder.name))

    people = [threading.Thread(target=take, args=(folder,)) for folder in folders]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return receipts


def folders(tmp_path: Path, *texts: str) -> list[Path]:
    made = [tmp_path / f"from_{number}" for number in range(len(texts))]
    for folder, text in zip(made, texts, strict=True):
        folder.mkdir()
        write(folder, results=text)
    return made


def count_entries(store: Store) -> int:
    """Entries of the ledger beyond those of the first batch."""
    with store.reading() as cursor:
        return cursor.execute("select count(*) from results where batch_seq > 1").fetchall()[0][0]


def test_two_files_saved_at_once_are_two_batches(store, tmp_path) -> None:
    files = folders(tmp_path, HEADER + "2569,3,1.2,8401,5,,,\n", HEADER + "2569,3,1.2,8402,6,,,\n")
    receipts = save_at_once(store, *files)
    assert sorted((each.batch_id, each.count_new) for each in receipts) == [("B00002", 1), ("B00003", 1)]
    assert (count_entries(store), store.verify()) == (2, ())


def test_one_file_saved_twice_at_once_is_saved_once_and_the_second_says_so(store, tmp_path) -> None:
    row = HEADER + "2569,3,1.2,8401,5,,,\n"
    receipts = save_at_once(store, *folders(tmp_path, row, row))
    told = sorted((each.batch_id or "", each.count_new, each.count_unchanged) for each in receipts)
    assert told == [("", 0, 1), ("B00002", 1, 0)]
    assert (count_entries(store), store.verify()) == (1, ())


def test_nineteen_at_once_are_each_saved_once(store, tmp_path) -> None:
    rows = [HEADER + f"2569,4,1.2,8401,{number},,,\n" for number in range(19)]
    receipts = save_at_once(store, *folders(tmp_path, *rows))
    assert sorted(each.batch_id for each in receipts) == [f"B{number:05d}" for number in range(2, 21)]
    assert (count_entries(store), store.verify()) == (19, ())


def test_receipts_that_take_their_time_still_follow_one_another(store, tmp_path, monkeypatch) -> None:
    read = Receipts.read
    rows = [HEADER + f"2569,4,1.2,8401,{number},,,\n" for number in range(2)]
    with monkeypatch.context() as patch:
        patch.setattr(Receipts, "read", lambda receipts: (read(receipts), time.sleep(0.7))[0])
        save_at_once(store, *folders(tmp_path, *rows))
    assert store.verify() == ()


def command(database: Path, *arguments: object, killed_at: str | None = None) -> list[str]:
    start = ["-c", KILLED_AT, killed_at] if killed_at else ["-m", "kpi_metrics"]
    return [sys.executable, *start, *map(str, arguments), "--database", str(database)]


def run(database: Path, *arguments: object, killed_at: str | None = None) -> int:
    done = subprocess.run(
        command(database, *arguments, killed_at=killed_at),
        cwd=ROOT,
        env={**os.environ, "KPI_NOW": NOW, "PYTHONPATH": str(ROOT)},
        capture_output=True,
    )
    return done.returncode


def is_whole(database: Path, count: int, entries: int) -> bool:
    """Whether the database verifies and holds so many batches, and so many entries in them."""
    with Store.open(database) as store, store.reading() as cursor:
        held = cursor.execute("select (select count(*) from batches), (select count(*) from results)").fetchall()
        return (store.faults, store.verify(), held) == ((), (), [(count, entries)])


@pytest.mark.parametrize(
    "place",
    [
        "kpi_metrics.store.rows:append",
        "kpi_metrics.store.figures:refresh",
        "kpi_metrics.store.writing:checkpoint",
        "kpi_metrics.store.receipts:Receipts.append",
    ],
)
def test_an_import_killed_in_its_course_and_done_again_is_there_once(office_database, tmp_path, place) -> None:
    files = write(tmp_path, results=CORRECTED)
    assert run(office_database, "import", *files, killed_at=place) == -signal.SIGKILL
    assert run(office_database, "import", *files) == 0
    assert is_whole(office_database, 2, 8)


@pytest.mark.parametrize("seed", range(3))
def test_a_first_import_killed_at_any_moment_and_done_again_is_there_once(tmp_path, seed) -> None:
    database, files, chance = tmp_path / "kpi.duckdb", write_office(tmp_path), random.Random(seed)
    with subprocess.Popen(
        command(database, "import", *files),
        cwd=ROOT,
        env={**os.environ, "KPI_NOW": NOW},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as importing:
        while not database.exists() and importing.poll() is None:
            time.sleep(0.002)
        time.sleep(chance.random() * 0.5)
        importing.kill()
    assert run(database, "import", *files) == 0
    assert is_whole(database, 1, 4)
