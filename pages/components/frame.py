"""What every page stands in: style, menu, filters, notices, title lines, footer, and what is said when something fails."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

import streamlit as st

from kpi_metrics.i18n import Language, noted, translator
from kpi_metrics.model import Refused, Text
from kpi_metrics.thai.calendar import format_date
from pages.components import filters as address
from pages.components import links, store
from pages.components.figures import trimmed
from pages.components.filters import Filters
from pages.components.markup import Child, el, join
from pages.components.text import SETTING_WORDS, VIEW_WORDS
from pages.components.what_if import supposing

log = logging.getLogger("kpi_dashboard")

HERE = Path(__file__).parent
# address -> (file, name in the menu)
PAGES: dict[str, tuple[str, str]] = {
    "": ("overview_page.py", noted("ภาพรวม")),
    "owner": ("owner_page.py", noted("หน่วยงาน")),
    "kpi": ("kpi_page.py", noted("ตัวชี้วัด")),
    "person": ("person_page.py", noted("บุคคล")),
    "cascade": ("cascade_page.py", noted("การถ่ายทอด")),
    "report": ("report_page.py", noted("รายงานผล")),
    "history": ("history_page.py", noted("ประวัติ")),
}
FAILED = Text(
    "ขออภัย หน้านี้แสดงไม่ได้ ข้อมูลที่บันทึกไว้ไม่ได้รับผลกระทบ", "Sorry, this page cannot be shown. What was saved is not affected."
)
BACK = Text("กลับไปหน้าภาพรวม", "Back to the overview")


def run() -> None:
    """Draw the whole window: what ``streamlit run`` repeats for every view."""
    lang = address.read_language(st.query_params)
    _ = translator(lang)
    st.set_page_config(page_title=_("ตัวชี้วัดสำนักงานเกษตรจังหวัด"), layout="wide")
    st.html(_style())
    pages = {
        name: st.Page(HERE.parent / file, title=_(title), url_path=name or "overview", default=name == "")
        for name, (file, title) in PAGES.items()
    }
    page = st.navigation(list(pages.values()), position="hidden")
    with failures_in_words():
        store.begin_run()
        choices = store.choices()
        filters = address.read(choices, st.query_params)
        st.query_params.from_dict(filters.params())
        links.listen(filters.lang)
        if filters.part != "what_if":
            supposing.forget()
        _head(filters, choices, page.url_path)
        with failures_in_words():
            if choices.is_empty and page.url_path != "report":
                first_steps(filters)
            page.run()
        _foot(filters)


def read_filters() -> Filters:
    """Return what the address asks for, as every page begins."""
    filters = address.read(store.choices(), st.query_params)
    return replace(filters, thresholds=store.thresholds(filters))


@contextmanager
def failures_in_words() -> Iterator[None]:
    """Turn whatever goes wrong inside into a sentence in both languages with a way back; never a traceback."""
    try:
        yield
    except Exception as failure:
        show_failure(failure)


def show_failure(failure: Exception) -> bool:
    """Say what went wrong: a refusal in its own words, anything else as an id under which the log has the rest."""
    if isinstance(failure, Refused):
        text, note = failure.text, ""
    else:
        note = secrets.token_hex(3)
        log.exception("failure %s", note, exc_info=failure)
        text = FAILED
    lang = address.read_language(st.query_params)
    _ = translator(lang)
    first, second = (text.en, text.th) if lang == "en" else (text.th, text.en)
    st.html(
        el(
            "div",
            el("p", el("strong", first)),
            el("p", second, class_="muted"),
            el("p", _("แจ้งรหัสนี้แก่ผู้ดูแลระบบ"), " ", el("code", note)) if note else None,
            el("p", el("a", BACK.en if lang == "en" else BACK.th, href="./?lang=" + lang, target="_self")),
            class_="failure",
            role="alert",
        )
    )
    return True


def choose(filters: Filters, page: str, heading: str, groups: Mapping[str, Sequence[tuple[str, str]]]) -> NoReturn:
    """Offer what a page could be about, ids with their names under headings, as links; ends the run."""
    title(filters, heading)
    for group, options in groups.items():
        items = (el("li", el("a", name, href=filters.href(page, id=id), target="_self")) for id, name in options)
        st.html(join(el("h2", group), el("ul", *items, class_="choices")))
    end(filters)


def first_steps(filters: Filters) -> NoReturn:
    """Say what to do while nothing was imported yet; ends the run."""
    _ = filters.translate
    here = el("a", _("นำเข้าไฟล์ที่หน้ารายงานผล"), href=filters.href("report", part="files"), target="_self")
    demo = _("หรือดูตัวอย่างก่อน: ปิดโปรแกรม (Ctrl+C) สั่ง python -m kpi_metrics demo แล้วเปิดใหม่")
    title(filters, _("ยังไม่มีตัวชี้วัดในฐานข้อมูล"))
    st.html(el("p", here, " ", demo))
    end(filters)


def nothing(filters: Filters, sentence: str, *, subject: Child = None) -> NoReturn:
    """Say that there is nothing to show of what was asked for; ends the run."""
    title(filters, sentence, subject=subject)
    end(filters)


def end(filters: Filters) -> NoReturn:
    """End the run before the page's own end."""
    _foot(filters)
    st.stop()


def title(filters: Filters, answer: str, *, subject: Child = None) -> None:
    """Write the page's answer in words, and under it period, view, as-of and data version in one line."""
    _ = filters.translate
    period = _("ผลสะสมถึง {period} (เดือนที่ {month} จาก 12)")
    period = period.format(period=filters.period.label(filters.lang), month=filters.month)
    parts: list[Child] = [subject, period, _(VIEW_WORDS[filters.view]), _today(filters)]
    parts.append(_("รุ่นข้อมูล {version}").format(version=store.data_version()))
    spaced = [each for part in parts if part for each in (" · ", part)][1:]
    st.html(join(el("h1", answer), el("p", *spaced, class_="meta")))


def _today(filters: Filters) -> str:
    """As of when: a moment looked back to, or today."""
    if filters.as_of:
        return address.time_label(filters.as_of, filters.lang)
    _ = filters.translate
    return _("ข้อมูลล่าสุด วันนี้ {day}").format(day=format_date(store.today(), filters.lang))


def _head(filters: Filters, choices: address.Choices, here: str) -> None:
    _ = filters.translate
    menu = el(
        "nav",
        *(
            el("a", _(name), href=filters.href(page), target="_self", aria_current="page" if page == here else None)
            for page, (_file, name) in PAGES.items()
        ),
        class_="menu",
        aria_label=_("เมนู"),
    )
    other: Language = "en" if filters.lang == "th" else "th"
    switch = el(
        "a",
        "English" if other == "en" else "ไทย",
        href=filters.href(here, id=filters.id, owner=filters.owner, part=filters.part, lang=other),
        target="_self",
        lang=other,
        class_="language",
    )
    with st.container(horizontal=True, key="head", vertical_alignment="center", gap="small"):
        st.html(menu, width="content")
        if not choices.is_empty:
            address.show(filters, choices)
        st.html(switch, width="content")
    notices = store.notices()
    if notices:
        st.html(join(*(el("p", text.en if filters.lang == "en" else text.th, class_="notice") for text in notices)))


def _foot(filters: Filters) -> None:
    _ = filters.translate
    changed = [
        _(SETTING_WORDS[key]).format(value=trimmed(value), default=trimmed(default))
        for key, (value, default) in store.settings(filters).items()
        if value != default
    ]
    settings = _("ค่าที่ตั้งไว้ต่างจากปกติ: {changed}").format(changed=" · ".join(changed)) if changed else None
    local = _("ใช้ได้เฉพาะเครื่องนี้ (127.0.0.1) · ไม่มีข้อมูลใดถูกส่งออกนอกเครื่อง")
    st.html(el("footer", el("p", settings) if settings else None, el("p", local)))


@lru_cache
def _style() -> str:
    return f"<style>{(HERE / 'style.css').read_text(encoding='utf-8')}</style>"
