"""What the reader asked for. The address bar is its one home: read, checked and written here, as ids, never labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, get_args
from urllib.parse import urlencode

import streamlit as st

from kpi_metrics.i18n import LANGUAGES, Language, translator
from kpi_metrics.model import Refused, View
from kpi_metrics.thai.calendar import FiscalMonth, format_datetime
from pages.components.text import USUAL, VIEW_WORDS, Thresholds

VIEWS: tuple[View, ...] = get_args(View)
NOW = ""  # the box's word for the newest data: a box that holds None shows no choice at all


@dataclass(frozen=True, slots=True)
class Choices:
    """What the data offers to choose from. ``as_of``: the times of the batches, newest first."""

    years: tuple[int, ...]
    year: int
    month: int
    as_of: tuple[datetime, ...] = ()
    is_empty: bool = False  # no KPI was imported yet


@dataclass(frozen=True, slots=True)
class Filters:
    """One reading of the address, and the thresholds that colours go by.

    ``id`` is the owner, KPI or person the page is about, ``owner`` whose KPI, ``part`` which part of it is shown;
    ``as_of`` None is now.
    """

    year: int
    month: int
    view: View = "period"
    as_of: datetime | None = None
    id: str | None = None
    owner: str | None = None
    part: str | None = None
    lang: Language = "th"
    thresholds: Thresholds = USUAL

    @property
    def translate(self) -> Callable[[str], str]:
        """The function that puts a Thai source message into the reader's language."""
        return translator(self.lang)

    @property
    def period(self) -> FiscalMonth:
        """The fiscal month through which results are carried."""
        return FiscalMonth(self.year, self.month)

    def params(self, **changes: Any) -> dict[str, str]:
        """Return the address's parameters; what stands at its default is left out, the period never is."""
        wanted = replace(self, **changes)
        as_of = wanted.as_of.isoformat() if wanted.as_of else None
        return {
            "year": str(wanted.year),
            "month": str(wanted.month),
            **({"view": wanted.view} if wanted.view != "period" else {}),
            **({"as_of": as_of} if as_of else {}),
            **({"id": wanted.id} if wanted.id else {}),
            **({"owner": wanted.owner} if wanted.owner else {}),
            **({"part": wanted.part} if wanted.part else {}),
            **({"lang": wanted.lang} if wanted.lang != "th" else {}),
        }

    def href(self, page: str, **changes: Any) -> str:
        """Return the relative address of a page (``""`` is the overview) with these filters and ``changes``.

        What the page is about belongs to the page it was asked on and is dropped unless given.
        """
        return f"./{page}?{urlencode(self.params(**{'id': None, 'owner': None, 'part': None, **changes}))}"


def read_language(params: Mapping[str, str]) -> Language:
    """Return the language asked for, Thai for anything unknown: needed even to say that the rest is wrong."""
    return "en" if params.get("lang") == "en" else "th"


def read(choices: Choices, params: Mapping[str, str]) -> Filters:
    """Read an address.

    Raises:
        Refused: for a year, month, view, time or language that is not to be had, naming it.
    """
    year = _number(params, "year", choices.year, "ปีงบประมาณ", "fiscal year")
    if year not in choices.years:
        raise _unknown("ปีงบประมาณ", "fiscal year", str(year))
    default_month = choices.month if year == choices.year else 12
    month = _number(params, "month", default_month, "เดือน", "month")
    if not 1 <= month <= 12:
        raise _unknown("เดือน", "month", str(month))
    view = params.get("view", "period")
    if view not in VIEWS:
        raise _unknown("มุมมอง", "view", view)
    if params.get("lang", "th") not in LANGUAGES:
        raise _unknown("ภาษา", "language", params["lang"])
    return Filters(
        year=year,
        month=month,
        view="year" if view == "year" else "period",
        as_of=_time(params["as_of"]) if params.get("as_of") else None,
        id=params.get("id") or None,
        owner=params.get("owner") or None,
        part=params.get("part") or None,
        lang=read_language(params),
    )


def show(filters: Filters, choices: Choices) -> None:
    """Draw the select boxes of year, month, view and as-of; a choice is written to the address, which is read again."""
    _ = filters.translate
    times = (NOW, *dict.fromkeys(([filters.as_of] if filters.as_of else []) + list(choices.as_of)))
    with st.container(horizontal=True, key="filters", gap="small", vertical_alignment="center", width="content"):
        _select("year", _("ปีงบประมาณ"), choices.years, filters, lambda year: _("ปีงบ {year}").format(year=year), 118)
        _select(
            "month",
            _("ถึงเดือน"),
            tuple(range(1, 13)),
            filters,
            lambda month: FiscalMonth(filters.year, month).label(filters.lang),
            124,
        )
        _select("view", _("มุมมอง"), VIEWS, filters, lambda view: _(VIEW_WORDS[view]), 176)
        if len(times) > 1:
            _select("as_of", _("ข้อมูล ณ"), times, filters, lambda time: time_label(time or None, filters.lang), 190)


def time_label(time: datetime | None, lang: Language) -> str:
    """Return the as-of time in words; None is the newest data."""
    _ = translator(lang)
    return _("ข้อมูล ณ {time}").format(time=format_datetime(time, lang)) if time else _("ข้อมูลล่าสุด")


def _select(
    name: str,
    label: str,
    options: tuple[Any, ...],
    filters: Filters,
    words: Callable[[Any], str],
    width: int,
) -> None:
    key = f"filter_{name}_{filters.lang}"  # a box keeps the words it was first drawn with
    # The address decides, also when it was changed by a link while the box remembers an older choice.
    st.session_state[key] = getattr(filters, name) or NOW

    def write() -> None:
        st.query_params.from_dict(filters.params(**{name: st.session_state[key] or None}))

    st.selectbox(
        label,
        options,
        key=key,
        format_func=words,
        on_change=write,
        placeholder=label,
        label_visibility="collapsed",
        width=width,
    )


def _number(params: Mapping[str, str], name: str, default: int, th: str, en: str) -> int:
    text = params.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise _unknown(th, en, text)
    return int(text)


def _time(text: str) -> datetime:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise _unknown("เวลาของข้อมูล", "as-of time", text) from None
    if time.tzinfo or not 1990 <= time.year <= 2100:
        raise _unknown("เวลาของข้อมูล", "as-of time", text)
    return time


def _unknown(th: str, en: str, text: str) -> Refused:
    shown = text[:40]
    return Refused(f"ไม่มี{th} “{shown}” ในข้อมูลชุดนี้", f"There is no {en} “{shown}” in this data")
