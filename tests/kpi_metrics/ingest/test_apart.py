"""A file that breaks its reader is refused with a sentence; one that does not is read as it would be here."""

from __future__ import annotations

import io
import logging
import pickle
import subprocess
import sys
import threading
import time
from datetime import date, datetime

import pytest
import xlsxwriter

from kpi_metrics.ingest import apart
from kpi_metrics.ingest.apart import AT_ONCE, SMALL_TEXT, Limits, read_apart
from kpi_metrics.ingest.read import read_bytes
from kpi_metrics.model import FileRefused


def book(*cells: tuple[int, int, object]) -> bytes:
    """An .xlsx of these cells (row, column, value; from 0) and one of every kind."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as written:
        sheet = written.add_worksheet("ผลงาน")
        sheet.write_row(0, 0, ["ไชยา", 12, 0.5, True])
        sheet.write_number(1, 0, 0.07, written.add_format({"num_format": "0%"}))
        sheet.write_datetime(1, 1, datetime(2026, 5, 1), written.add_format({"num_format": "d/m/yyyy"}))
        sheet.write_datetime(1, 2, datetime(2026, 5, 1, 9, 30), written.add_format({"num_format": "d/m/yyyy hh:mm"}))
        sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 4, "=B1", None, "")
        for cell in cells:
            sheet.write(*cell)
        hidden = written.add_worksheet("เก่า")
        hidden.write(0, 0, "à¸­à¸³à¹€à¸ à¸­")
        hidden.hide()
    return content.getvalue()


BOOK = book()
HEAVY = book((5998, 999, 1))  # 6 million cells are within the limits of a sheet, their memory is not
LONG_CSV = b"1,2,3\n" * (SMALL_TEXT // 6 + 1)


def refusal(content: bytes, name: str, limits: Limits) -> str:
    with pytest.raises(FileRefused) as caught:
        read_apart(content, name, limits)
    return caught.value.text.en


@pytest.fixture
def children(monkeypatch):
    """The processes started."""
    started: list[subprocess.Popen] = []

    class Noted(subprocess.Popen):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    return started


@pytest.mark.parametrize(("content", "name"), [(BOOK, "ผล.xlsx"), (LONG_CSV, "results.csv"), (b"a,b\n1,2\n", "a.csv")])
def test_a_file_is_read_as_it_would_be_here(content, name):
    assert read_apart(content, name) == read_bytes(content, name)


@pytest.mark.parametrize(
    ("content", "name", "count"), [(BOOK, "a.xlsx", 1), (LONG_CSV, "a.csv", 1), (b"1", "a.csv", 0)]
)
def test_every_file_but_small_text_gets_a_process_of_its_own(children, content, name, count):
    read_apart(content, name)
    assert len(children) == count


@pytest.mark.parametrize("content", [b"", b"PK no book", b"<html>", bytes(20 * 2**20 + 1)])
def test_no_process_is_started_for_what_is_no_book_at_first_sight(children, content):
    with pytest.raises(FileRefused):
        read_apart(content, "a.xls")
    assert children == []


def test_a_reason_found_there_is_told_here():
    with pytest.raises(FileRefused, match="cut short"):
        read_apart(BOOK[: len(BOOK) // 2], "a.xlsx")


def test_a_file_that_aborts_its_reader_is_refused(children):
    assert "within 200 MB" in refusal(HEAVY, "a.xlsx", Limits(megabytes=200))
    assert children[0].returncode < 0  # killed by a signal: here, it would have been all of us


def test_a_file_whose_reader_runs_out_of_memory_is_refused():
    assert "within 40 MB" in refusal(LONG_CSV, "a.csv", Limits(megabytes=40))


def test_a_file_that_takes_too_long_is_refused_in_time_and_its_reader_ended(children):
    start = time.monotonic()
    assert "within 0.05 seconds" in refusal(HEAVY, "a.xlsx", Limits(seconds=0.05))
    assert time.monotonic() - start < 2
    assert children[0].returncode is not None


def test_what_the_reader_said_as_it_broke_is_in_the_log(caplog):
    with caplog.at_level(logging.WARNING, "kpi_metrics"):
        refusal(HEAVY, "หนัก.xlsx", Limits(megabytes=200))
    assert "หนัก.xlsx" in caplog.text
    assert "memory" in caplog.text


def test_a_reader_killed_from_outside_is_a_refusal(monkeypatch, children):
    killing = "import os; os.kill(os.getpid(), 9)"
    monkeypatch.setattr(apart, "_START", killing)
    assert "damaged" in refusal(BOOK, "a.xlsx", Limits())
    assert children[0].returncode == -9


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x80nothing",
        pickle.dumps(read_bytes(BOOK, "a.xlsx"))[:-20],
        pickle.dumps(print),
        pickle.dumps(subprocess.Popen),
        pickle.dumps(date(2026, 5, 1)),
    ],
)
def test_an_answer_that_is_no_file_of_rows_is_not_taken(monkeypatch, answer):
    monkeypatch.setattr(apart, "_START", f"import sys; sys.stdout.buffer.write({answer!r})")
    assert "damaged" in refusal(BOOK, "a.xlsx", Limits())


class Deed:
    """Unpickled by the usual way, it makes a file."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


def test_an_answer_that_would_do_something_does_nothing(monkeypatch, tmp_path):
    done = tmp_path / "done"
    answer = pickle.dumps(Deed(done))
    monkeypatch.setattr(apart, "_START", f"import sys; sys.stdout.buffer.write({answer!r})")
    refusal(BOOK, "a.xlsx", Limits())
    assert not done.exists()


def test_no_more_than_two_files_are_read_at_a_time(monkeypatch, children):
    most = []

    def count() -> None:
        while any(reader.is_alive() for reader in readers):
            most.append(sum(child.poll() is None for child in list(children)))
            time.sleep(0.01)

    readers = [threading.Thread(target=read_apart, args=(BOOK, f"{n}.xlsx")) for n in range(5)]
    for reader in readers:
        reader.start()
    count()
    assert (len(children), max(most)) == (5, AT_ONCE)


def test_the_reader_needs_neither_figures_nor_screen():
    loaded = "import sys, kpi_metrics.ingest.apart; print({'duckdb', 'pandas', 'streamlit'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", loaded], text=True) == "set()\n"
