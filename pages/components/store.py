"""The one store of this process, and the cached reads of pages. Every read is keyed by who looks and by the data version."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from kpi_metrics import decisions, history, scorecard
from kpi_metrics.access import EVERYTHING, Scope
from kpi_metrics.demo_load import load_demo
from kpi_metrics.model import Refused, Text
from kpi_metrics.store import Store
from kpi_metrics.thai.calendar import FiscalMonth
from pages.components.figures import records
from pages.components.filters import Choices, Filters
from pages.components.text import Thresholds

DATABASE = Path(__file__).parents[2] / "data" / "kpi.duckdb"
DEMO_NOTICE = Text(
    "ข้อมูลสาธิต ไม่ใช่ผลงานจริง · ใช้ข้อมูลของหน่วยงาน: กำหนด KPI_DATABASE เป็นไฟล์ใหม่ เปิดโปรแกรมอีกครั้ง แล้วนำเข้าที่หน้ารายงานผล",
    "Demo data, not real results · To use your own: set KPI_DATABASE to a new file, start again, and import on the Report page",
)


@dataclass(frozen=True, slots=True)
class Moment:
    """What one run of a page is drawn from: the data version, and "now"."""

    version: int
    now: datetime


_run: ContextVar[Moment | None] = ContextVar("run", default=None)


def begin_run() -> None:
    """Ask once for what the whole run is drawn from; without this every read asks for itself."""
    _run.set(None)
    _run.set(_moment())


def scope() -> Scope:
    """Who is looking. In local mode one person at this computer, who sees everything."""
    return EVERYTHING


def choices() -> Choices:
    """Return the periods and moments to choose from; while there are no KPIs the running month, and that it is empty."""
    try:
        return _choices(scope(), _path(), data_version())
    except Refused:
        month = FiscalMonth.of(today())
        return Choices((month.fiscal_year,), month.fiscal_year, month.month, is_empty=True)


def rows(relation: Callable[..., pd.DataFrame], filters: Filters, **where: Any) -> list[dict[str, Any]]:
    """Return a relation of ``kpi_metrics.scorecard``, ``decisions`` or ``history`` for the period asked for, one dict a row, None for missing.

    ``rows(scorecard.summary, filters, parent="84")``; ``where`` may also replace what the filters say (``month=None``).
    """
    asked = {"year": filters.year, "month": filters.month, "view": filters.view, "as_of": filters.as_of}
    taken = inspect.signature(relation).parameters
    wanted = {name: value for name, value in asked.items() if name in taken} | where
    return _rows(scope(), _path(), data_version(), relation.__name__, relation, **wanted)


def settings(filters: Filters) -> dict[str, tuple[float, float]]:
    """Return every numeric setting by key: the value in force, and the default."""
    return {row["key"]: (row["value"], row["default"]) for row in rows(decisions.settings, filters)}


def thresholds(filters: Filters) -> Thresholds:
    """Return the percents of the plan from which something is on plan, or to be watched."""
    in_force = settings(filters)
    return Thresholds(in_force["status_on_plan"][0], in_force["status_watch"][0])


def ledger() -> Store:
    """Return the store itself, for what writes or tries out; whoever writes calls ``begin_run`` afterwards."""
    return _store()


def data_version() -> int:
    """Return the number that grows with every change of the data."""
    return _moment().version


def now() -> datetime:
    """Return the time it is for the product, which in the demo is the demo's own."""
    return _moment().now


def today() -> date:
    """Return the day it is for the product."""
    return now().date()


def notices() -> list[Text]:
    """Return what every reader must know of the data: that it is the demo, or that something is wrong with the file."""
    store = _store()
    return [*store.faults, *([DEMO_NOTICE] if _is_demo(_path(), data_version()) else [])]


def _moment() -> Moment:
    return _run.get() or Moment(_store().data_version(), _store().now())


def _store() -> Store:
    return _open(_path())


def _path() -> str:
    return os.environ.get("KPI_DATABASE") or str(DATABASE)


@st.cache_resource(show_spinner="กำลังเปิดฐานข้อมูล … · Opening the database …")
def _open(path: str) -> Store:
    store = Store.open(Path(path))
    if Path(path) == DATABASE:
        # A first start shows a province instead of an empty page; one that was stopped halfway goes on.
        with suppress(Refused):
            load_demo(store)
    return store


@st.cache_data(show_spinner=False, max_entries=8)
def _choices(who: Scope, path: str, version: int) -> Choices:
    periods = scorecard.periods(_store(), who)
    return Choices(periods.years, periods.default.fiscal_year, periods.default.month, history.moments(_store(), who))


@st.cache_data(show_spinner=False, max_entries=512)
def _rows(
    who: Scope, path: str, version: int, name: str, _relation: Callable[..., pd.DataFrame], **wanted: Any
) -> list[dict[str, Any]]:
    return records(_relation(_store(), who, **wanted))


@st.cache_data(show_spinner=False, max_entries=8)
def _is_demo(path: str, version: int) -> bool:
    """Only the demo brings its own clock."""
    with _store().reading() as cursor:
        return bool(cursor.execute("select count(*) from current_settings where key = 'now'").fetchall()[0][0])
