"""The one store of this process, and the cached reads of pages. Every read is keyed by who looks and by the data version."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from kpi_metrics import scorecard
from kpi_metrics.access import EVERYTHING, Scope
from kpi_metrics.demo_load import load_demo
from kpi_metrics.model import Refused, Text
from kpi_metrics.store import Store
from pages.components.figures import records
from pages.components.filters import Choices, Filters

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


def rows(relation: Callable[..., pd.DataFrame], filters: Filters, **where: Any) -> list[dict[str, Any]]:
    """Return a relation of ``kpi_metrics.scorecard`` for the period asked for, one dict a row, None for missing.

    ``rows(scorecard.summary, filters, parent="84")``; ``where`` may also replace what the filters say (``month=None``).
    """
    asked = {"year": filters.year, "month": filters.month, "view": filters.view, "as_of": filters.as_of}
    taken = inspect.signature(relation).parameters
    wanted = {name: value for name, value in asked.items() if name in taken} | where
    return _rows(scope(), _store().data_version(), relation.__name__, **wanted)


def data_version() -> int:
    """Return the number that grows with every change of the data."""
    return _store().data_version()


def today() -> date:
    """Return the day it is for the product, which in the demo is the demo's own."""
    return _store().now().date()


def notices() -> list[Text]:
    """Return what every reader must know of the data: that it is the demo, or that something is wrong with the file."""
    store = _store()
    return [*store.faults, *([DEMO_NOTICE] if _is_demo(store.data_version()) else [])]


def _store() -> Store:
    return _open(os.environ.get("KPI_DATABASE") or str(DATABASE))


@st.cache_resource(show_spinner="กำลังเปิดฐานข้อมูล … · Opening the database …")
def _open(path: str) -> Store:
    store = Store.open(Path(path))
    if Path(path) == DATABASE:
        # A first start shows a province instead of an empty page; one that was stopped halfway goes on.
        with suppress(Refused):
            load_demo(store)
    return store


@st.cache_data(show_spinner=False, max_entries=8)
def _choices(who: Scope, version: int) -> Choices:
    periods = scorecard.periods(_store(), who)
    return Choices(periods.years, periods.default.fiscal_year, periods.default.month, scorecard.moments(_store(), who))


@st.cache_data(show_spinner=False, max_entries=512)
def _rows(who: Scope, version: int, name: str, **wanted: Any) -> list[dict[str, Any]]:
    return records(getattr(scorecard, name)(_store(), who, **wanted))


@st.cache_data(show_spinner=False, max_entries=8)
def _is_demo(version: int) -> bool:
    """Only the demo brings its own clock."""
    with _store().reading() as cursor:
        return bool(cursor.execute("select count(*) from current_settings where key = 'now'").fetchall()[0][0])
