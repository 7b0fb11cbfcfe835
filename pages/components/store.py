"""The one store of this process, and the cached reads of pages. Every read is keyed by who looks and by the data version."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pandas as pd
import streamlit as st

from kpi_metrics import demo, scorecard
from kpi_metrics.access import EVERYTHING, Scope
from kpi_metrics.ingest import check, read
from kpi_metrics.model import Text
from kpi_metrics.store import Store
from pages.components.filters import Choices

DATABASE = Path(__file__).parents[2] / "data" / "kpi.duckdb"
DEMO_NOTICE = Text(
    "ข้อมูลสาธิต ไม่ใช่ผลงานจริง · ใช้ข้อมูลของหน่วยงาน: กำหนด KPI_DATABASE เป็นไฟล์ใหม่ แล้วสั่ง python -m kpi_metrics import ไฟล์.xlsx",
    "Demo data, not real results · To use your own: set KPI_DATABASE to a new file, then python -m kpi_metrics import FILE.xlsx",
)


def scope() -> Scope:
    """Who is looking. In local mode one person at this computer, who sees everything."""
    return EVERYTHING


def choices() -> Choices:
    """Return the periods and moments to choose from; raises Refused while there are no KPIs."""
    return _choices(scope(), _store().data_version())


def default_month(year: int) -> int:
    """Return the month shown of a year when none is asked for."""
    return scorecard.default_month(_store(), scope(), year)


def frame(relation: Callable[..., pd.DataFrame], **wanted: Any) -> pd.DataFrame:
    """Return a relation of ``kpi_metrics.scorecard`` as the reader may see it: ``frame(scorecard.summary, year=2569)``."""
    return _frame(scope(), _store().data_version(), relation.__name__, **wanted)


def data_version() -> int:
    """Return the number that grows with every change of the data."""
    return _store().data_version()


def notices() -> list[Text]:
    """Return what every reader must know of the data: that it is the demo, or that something is wrong with the file."""
    store = _store()
    return [*store.faults, *([DEMO_NOTICE] if _is_demo(store.data_version()) else [])]


def _store() -> Store:
    return _open(os.environ.get("KPI_DATABASE") or str(DATABASE))


@st.cache_resource(show_spinner="กำลังเปิดฐานข้อมูล … ครั้งแรกใช้เวลาราวหนึ่งนาที")
def _open(path: str) -> Store:
    file = Path(path)
    is_new = not file.exists()
    file.parent.mkdir(parents=True, exist_ok=True)
    store = Store.open(file)
    if is_new and file == DATABASE:
        _fill_with_demo(store)
    return store


def _fill_with_demo(store: Store) -> None:
    """A first start shows a province instead of an empty page."""
    for batch in demo.batches():
        files = [read.read_file(file) for file in batch.files]
        checked = check.check(files, store.known(batch.recorded_at))
        store.save(checked.records, files, by=batch.by, now=batch.recorded_at)


@st.cache_data(show_spinner=False, max_entries=8)
def _choices(who: Scope, _version: int) -> Choices:
    periods = scorecard.periods(_store(), who)
    return Choices(periods.years, periods.default.fiscal_year, periods.default.month, scorecard.moments(_store(), who))


@st.cache_data(show_spinner=False, max_entries=512)
def _frame(who: Scope, version: int, name: str, **wanted: Any) -> pd.DataFrame:
    return cast(pd.DataFrame, getattr(scorecard, name)(_store(), who, **wanted))


@st.cache_data(show_spinner=False, max_entries=8)
def _is_demo(version: int) -> bool:
    """Only the demo brings its own clock."""
    with _store().reading() as cursor:
        return bool(cursor.execute("select count(*) from current_settings where key = 'now'").fetchall()[0][0])
