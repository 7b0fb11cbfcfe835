"""How long the appraisal forms of a whole province take: the demo's first round of 2569, one PDF, a PDF each, a workbook."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from kpi_metrics.access import EVERYTHING
from kpi_metrics.demo_load import load_demo
from kpi_metrics.reports.forms import Forms, forms_of, to_pdf, to_xlsx, to_zip
from kpi_metrics.store import Store


def measure(what: str, run: Callable[[], bytes]) -> None:
    """Print the seconds on the clock and of the processor, and the size."""
    start, busy = perf_counter(), process_time()
    content = run()
    taken, worked = perf_counter() - start, process_time() - busy
    print(f"{taken:6.1f} s  {worked:6.1f} s of the processor  {len(content) / 2**20:5.1f} MB  {what}")


def gather(store: Store) -> Forms:
    """Everybody's form of the round."""
    start = perf_counter()
    made = forms_of(store, EVERYTHING, year=2569, round_=1)
    print(f"{perf_counter() - start:6.1f} s  to read the figures of {len(made.forms)} forms")
    return made


if __name__ == "__main__":
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with TemporaryDirectory() as folder:
        with Store.open(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "demo.duckdb") as store:
            if len(sys.argv) == 1:
                load_demo(store)
            forms = gather(store).forms
        measure("one PDF of all", lambda: to_pdf(*forms))
        measure("a ZIP with a PDF each", lambda: to_zip(forms))
        measure("a workbook of all", lambda: to_xlsx(*forms))
