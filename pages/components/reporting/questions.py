"""What the files leave open: each question once, with the answers that suggest themselves, none of them chosen.

A near name is only ever offered. One answer can be given to all places with the same mistake, and every answer taken back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial

import streamlit as st

from kpi_metrics.i18n import Language
from kpi_metrics.ingest.findings import is_answerable, is_question, mistakes
from kpi_metrics.model import Checked, Finding, Text
from kpi_metrics.words import said
from pages.components import grids
from pages.components.filters import Filters
from pages.components.markup import el, join
from pages.components.reporting.desk import Desk
from pages.components.reporting.findings import where

AT_ONCE = 8  # questions; answered ones make room for the next


def of(checked: Checked) -> list[Finding]:
    """The findings that wait for an answer."""
    return [finding for finding in (*checked.rejections, *checked.warnings) if is_question(finding)]


def draw(filters: Filters, desk: Desk, checked: Checked) -> None:
    """Draw the questions that wait, the cells that may be put right here, and what was answered."""
    _ = filters.translate
    asked = mistakes(of(checked))
    if asked:
        grids.draw(grids.section(_("คำถาม {count} ข้อ").format(count=len(asked)), _("โปรแกรมไม่เดาให้ โปรดเลือกคำตอบเอง")))
        _draw_some(filters, desk, asked)
    mendable = [finding for finding in checked.rejections if is_answerable(finding) and not is_question(finding)]
    if mendable:
        cells = mistakes(mendable)
        with st.expander(_("แก้ค่าในช่องที่ผิดตรงนี้ ({count} ช่องหรือกลุ่มช่อง)").format(count=len(cells))):
            _draw_some(filters, desk, cells)
    if desk.given:
        grids.draw(grids.section(_("ตอบแล้ว"), _("ใช้กับการนำเข้าครั้งนี้ ไฟล์เดิมไม่ถูกแก้")))
        for position, given in enumerate(desk.given):
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                st.html(
                    el(
                        "p",
                        given.finding.place.file,
                        " · ",
                        where(given.finding.place, desk.finders, filters.lang),
                        " · ",
                        el("code", given.finding.found),
                        " → ",
                        el("b", said(given.text, filters.lang)),
                        _(" ({count} แห่ง)").format(count=len(given.answers)) if len(given.answers) > 1 else None,
                        class_="said",
                    )
                )
                st.button(
                    _("ยกเลิกคำตอบนี้"),
                    key=f"back_{position}",
                    type="tertiary",
                    on_click=partial(desk.take_back, position),
                )


def _draw_some(filters: Filters, desk: Desk, asked: Sequence[tuple[Finding, ...]]) -> None:
    _ = filters.translate
    for alike in asked[:AT_ONCE]:
        _ask(filters, desk, alike)
    if len(asked) > AT_ONCE:
        rest = _("อีก {count} ข้อจะแสดงเมื่อตอบข้างต้นแล้ว").format(count=len(asked) - AT_ONCE)
        grids.draw(grids.empty_sentence(rest))


def _ask(filters: Filters, desk: Desk, alike: Sequence[Finding]) -> None:
    _, lang = filters.translate, filters.lang
    first = alike[0]
    key = hashlib.sha256(repr((first.code, first.place)).encode()).hexdigest()[:16]
    more = _("และอีก {count} แห่ง").format(count=len(alike) - 1) if len(alike) > 1 else None
    with st.container(key=f"question_{key}", gap="small"):
        st.html(
            join(
                el(
                    "p",
                    el("b", first.place.file),
                    " · ",
                    where(first.place, desk.finders, lang),
                    f" {more}" if more else None,
                ),
                el("p", _("พบ"), " ", el("code", first.found), " ", said(first.wrong, lang), class_="said"),
                el("p", _("ที่ถูกต้อง"), ": ", said(first.expected, lang), class_="muted"),
            )
        )
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            if first.choices:
                # A select box shows its options as they are; radio buttons would read them as markdown.
                st.selectbox(
                    _("คำตอบ"),
                    range(len(first.choices)),
                    index=None,
                    key=_choice(key, lang),
                    format_func=lambda position: said(first.choices[position].text, lang),
                    placeholder=_("เลือก"),
                    width=340,
                )
            if is_answerable(first):
                label = _("หรือพิมพ์ค่าที่ถูกต้อง") if first.choices else _("ค่าที่ถูกต้อง")
                st.text_input(label, key=f"typed_{key}", max_chars=200, width=240)
            st.button(_("ใช้คำตอบนี้"), key=f"one_{key}", on_click=partial(_take, desk, key, lang, alike[:1]))
            if len(alike) > 1:
                words = _("ใช้กับทั้ง {count} แห่งที่เหมือนกัน").format(count=len(alike))
                st.button(words, key=f"all_{key}", on_click=partial(_take, desk, key, lang, alike))


def _choice(key: str, lang: Language) -> str:
    """The key of a select box: it keeps the words it was first drawn with, so that every language has its own."""
    return f"choice_{key}_{lang}"


def _take(desk: Desk, key: str, lang: Language, alike: Sequence[Finding]) -> None:
    """Take the answer in the boxes; what was typed goes before what was chosen, and nothing at all is no answer."""
    typed = (st.session_state.get(f"typed_{key}") or "").strip()
    position = st.session_state.get(_choice(key, lang))
    if typed:
        desk.answer(alike, Text(typed, typed), typed=typed)
    elif position is not None:
        choice = alike[0].choices[position]
        desk.answer(alike, choice.text, choice)
