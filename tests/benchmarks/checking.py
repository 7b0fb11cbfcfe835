"""How long a results sheet of 50,000 rows takes to be read and checked, and in how much memory, beside a floor of the same run."""

from __future__ import annotations

import csv
import io
import os
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import python_calamine
import xlsxwriter

from kpi_metrics import intake
from kpi_metrics.ingest.apart import Limits, read_apart
from kpi_metrics.model import Entry, FileRefused
from kpi_metrics.store import Store
from tests.benchmarks.large_province import make, records

ROWS = 50_000
RUNS = 3
HEADER = ("fiscal_year", "month", "kpi_id", "owner_id", "value", "numerator", "denominator", "note")
NOW = "2027-10-20T09:00"


def sheet() -> list[tuple[object, ...]]:
    """The first entries of the large province, each with a note of its own."""
    entries = [record for record in records() if isinstance(record, Entry)][:ROWS]
    return [
        (e.fiscal_year, e.month, e.kpi_id, e.owner_id, e.value, e.numerator, e.denominator, f"หมายเหตุ {number}")
        for number, e in enumerate(entries)
    ]


def as_xlsx(rows: list[tuple[object, ...]]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        written = book.add_worksheet("ผลงาน")
        for number, row in enumerate([HEADER, *rows]):
            written.write_row(number, 0, row)
    return content.getvalue()


def as_csv(rows: list[tuple[object, ...]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADER, *rows])
    return text.getvalue().encode("utf-8-sig")


def best(run: Callable[[], object]) -> float:
    """The seconds of the quickest of ``RUNS`` runs."""
    seconds = []
    for _ in range(RUNS):
        start = perf_counter()
        run()
        seconds.append(perf_counter() - start)
    return min(seconds)


def least_memory(name: str, content: bytes) -> int:
    """The lowest limit of memory, in steps of 25 MB, within which the reader gets through."""
    for megabytes in range(50, 501, 25):
        with suppress(FileRefused):
            read_apart(content, name, Limits(60, megabytes))
            return megabytes
    return 0


def bare_xlsx(content: bytes) -> int:
    return len(python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python())


def bare_csv(content: bytes) -> int:
    return len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))))


def measure(store: Store, name: str, content: bytes, bare: Callable[[bytes], int]) -> None:
    """Print the seconds of each step for one file."""
    reading = intake.read([intake.Upload(name, content)])
    checked = intake.examine(store, reading.files)  # the store keeps what it knows from the first check on
    assert (len(checked.records), len(checked.rejections)) == (ROWS, 0)
    seconds = {
        "the floor: the bare reader": best(lambda: bare(content)),
        "read in a process of its own": best(lambda: intake.read([intake.Upload(name, content)])),
        "check": best(lambda: intake.examine(store, reading.files)),
    }
    for step, taken in seconds.items():
        print(f"{taken:6.2f} s  {name}: {step}")
    print(f"{least_memory(name, content):4} MB   {name}: enough for its reader")


if __name__ == "__main__":
    os.environ["KPI_NOW"] = NOW
    rows = sheet()
    print(f"{ROWS:,} rows, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, best of {RUNS}")
    with TemporaryDirectory() as folder:
        store = Store.open(Path(sys.argv[1])) if len(sys.argv) > 1 else make(Path(folder) / "large.duckdb")
        with store:
            measure(store, "results.csv", as_csv(rows), bare_csv)
            measure(store, "results.xlsx", as_xlsx(rows), bare_xlsx)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{most:4.0f} MB   this process at most, with all 270,000 entries the store knows")
