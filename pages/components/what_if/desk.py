"""Trying results and targets out: boxes beside the figures, and what the totals would be, on a ground of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from kpi_metrics import scorecard
from kpi_metrics.i18n import noted
from kpi_metrics.model import Text
from kpi_metrics.thai.numbers import round_half_up
from kpi_metrics.what_if import Box
from kpi_metrics.words import said
from pages.components import bullets, grids, names, standing, store
from pages.components.figures import fixed, signed, trimmed, unit_mark
from pages.components.filters import Filters
from pages.components.markup import Html, el, join
from pages.components.text import VIEW_WORDS
from pages.components.what_if import supposing
from pages.components.what_if.supposing import Supposing

Row = Mapping[str, Any]
BOX_WORDS: dict[Box, str] = {"result": noted("ถ้าผลเป็น"), "target": noted("ถ้าเป้าหมายเป็น")}
BOX, SCORES, NEXT = 120, 240, 150  # px: a box, the scores behind them, the button to the next level


def draw(filters: Filters, page: str, holders: Mapping[str, str], person: str | None = None) -> None:
    """Draw boxes for all KPIs of these owners (id → heading) and what would become of their totals.

    ``page``: the address it stands on; ``person``: whose running round is told, too.
    """
    _ = filters.translate
    if filters.as_of:
        now = filters.href(page, id=filters.id, part=filters.part, as_of=None)
        back = grids.link(_("กลับมาที่ข้อมูลล่าสุด"), now)
        grids.draw(el("p", _("กำลังดูข้อมูลย้อนหลัง จึงลองคิดไม่ได้"), " ", back, class_="notice"))
        return
    _desk(filters, page, holders, person)


@st.fragment
def _desk(filters: Filters, page: str, holders: Mapping[str, str], person: str | None) -> None:
    """All of it: typing runs this alone."""
    store.begin_run()
    lines = [row for holder in holders for row in store.rows(scorecard.scorecard, filters, owner=holder)]
    kpis = {kpi["kpi_id"]: kpi for kpi in store.rows(scorecard.kpis, filters)}
    with st.container(key="what_if"):
        now = supposing.of_boxes(filters, lines)
        _band(filters, page, lines, now)
        for holder, heading in holders.items():
            _total(filters, holder, heading, now)
        _beside(filters, holders, person, now)
        for holder, heading in holders.items():
            if len(holders) > 1:
                grids.draw(grids.section(heading))
            for line in lines:
                if line["owner_id"] == holder:
                    _line(filters, line, kpis[line["kpi_id"]], now)


def _band(filters: Filters, page: str, lines: Sequence[Row], now: Supposing) -> None:
    """That nothing is saved, and the ways back: empty boxes, or the page as it is."""
    _ = filters.translate
    with st.container(horizontal=True, vertical_alignment="center", key="what_if_band"):
        told = _("พิมพ์ผลถึงเดือนนี้หรือเป้าหมายทั้งปีที่อยากลอง คะแนนเปลี่ยนให้เห็นทันที เฉพาะหน้านี้ เฉพาะคุณ")
        st.html(join(el("b", _("ทดลองคิด ไม่ได้บันทึก")), " · ", told))
        if now.is_typed:
            st.button(_("เลิกลอง"), key="what_if_stop", on_click=partial(supposing.stop, filters, lines))
        st.html(grids.link(_("กลับไปผลจริง"), filters.href(page, id=filters.id)), width="content")
    if now.trouble:
        grids.draw(_finding(now.trouble, filters))


def _total(filters: Filters, holder: str, heading: str, now: Supposing) -> None:
    """A holder's total and rank, as they are and would be."""
    _, view = filters.translate, filters.view
    for before in store.rows(scorecard.summary, filters, owner=holder):
        after = now.summary.get(holder, before)
        scores = (before[f"score_{view}"], after[f"score_{view}"])
        blocks = [join(el("span", _("เปลี่ยนไป")), el("b", _difference(*scores, 2) or "–"))]
        ranks = (trimmed(before["rank"]), trimmed(after[f"rank_{view}"]))
        if before["parent_id"] is not None and any(ranks):
            blocks.append(join(el("span", _("อันดับ")), el("b", _moved(*ranks))))
        label = _("คะแนนรวมของ {name} · {view}").format(name=heading, view=_(VIEW_WORDS[view]))
        grids.draw(
            el(
                "div",
                el("span", label, class_="label"),
                el("div", _big(*(fixed(score, 2) for score in scores)), el("span", " ", _("จาก 5"), class_="of")),
                *(el("div", block, class_="block") for block in blocks),
                class_="headline",
                role="status",
            )
        )


def _beside(filters: Filters, holders: Mapping[str, str], person: str | None, now: Supposing) -> None:
    """The person's running round, and what becomes of the offices above."""
    _, view = filters.translate, filters.view
    told: list[Html] = []
    if person and person in now.appraisal:
        before, after = now.before[person], now.appraisal[person]
        words = _("ผลสัมฤทธิ์ของงาน รอบที่ {round} ถึงเดือนนี้ (จาก 100)").format(round=after["round"])
        told.append(join(words, " ", _moved(fixed(before["performance"], 2), fixed(after["performance"], 2))))
    offices = {owner["owner_id"]: owner for owner in store.rows(scorecard.owners, filters)}
    for owner_id, after in now.summary.items():
        if owner_id not in holders:
            [before] = store.rows(scorecard.summary, filters, owner=owner_id)
            moved = _moved(fixed(before[f"score_{view}"], 4), fixed(after[f"score_{view}"], 4))
            told.append(
                join(
                    _("คะแนนรวมของ {name}").format(name=names.full_office(offices[owner_id], filters.lang)), " ", moved
                )
            )
    grids.draw(*(el("p", each, class_="said") for each in told))


def _line(filters: Filters, line: Row, kpi: Row, now: Supposing) -> None:
    """One KPI: what is known of it, its boxes, and its score as it is and would be."""
    _ = filters.translate
    key = (line["owner_id"], line["kpi_id"])
    after = now.scorecard.get(key, line)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"try_{'_'.join(key)}"):
        st.html(_known(filters, line, kpi))
        for box, words in BOX_WORDS.items():
            st.text_input(
                _(words),
                key=supposing.widget(filters, line, box),
                max_chars=30,
                placeholder=trimmed(line[box], 4) or "–",
                disabled=box == "result" and _lacks_denominator(line, kpi),
                width=BOX,
            )
        st.html(_scores(filters, line, after), width=SCORES)
        if after["next_level_gap"] is None or after["result"] is None:
            st.html(el("span"), width=NEXT)  # the boxes stay under each other
        else:
            st.button(
                _("ถึงระดับ {level} ทั้งปี").format(level=trimmed(after["next_level"], 0)),
                key=f"next_{'_'.join(key)}",
                help=_("ระดับถัดไปของคะแนนเทียบเป้าหมายทั้งปี: {words}").format(words=bullets.next_level(after, filters.lang)),
                on_click=partial(supposing.reach_next_level, filters, line, after),
                disabled=_lacks_denominator(line, kpi),
                width=NEXT,
            )
    grids.draw(*(_finding(trouble, filters) for trouble in now.troubles.get(key, ())))


def _known(filters: Filters, line: Row, kpi: Row) -> Html:
    _ = filters.translate
    figures = (
        (_("ผล"), trimmed(line["result"], 4)),
        (_("เป้าหมาย"), trimmed(line["target"], 4)),
        (_("น้ำหนัก"), trimmed(line["weight"])),
    )
    decided = _("มีการปรับคะแนนไว้ คะแนนจึงไม่เปลี่ยน") if line["override_reason"] else None
    short = bullets.next_level(line, filters.lang)
    return el(
        "div",
        el("span", el("b", f"{kpi['kpi_id']} {names.kpi(kpi, filters.lang)}"), " ", _unit(line)),
        el("span", *(el("span", label, " ", el("b", text or "–")) for label, text in figures), class_="known"),
        el("span", " · ".join(filter(None, (short, decided))), class_="muted") if short or decided else None,
        class_="entry-line",
    )


def _unit(line: Row) -> Html:
    return el("span", unit_mark(line["unit"]), class_="muted")


def _scores(filters: Filters, line: Row, after: Row) -> Html:
    """ "3.30 → 5.00", and under it by weight."""
    _, view = filters.translate, filters.view
    scores = [fixed(standing.score_of(row, view), 2) for row in (line, after)]
    weighted = [fixed(row[f"weighted_{view}"], 4) for row in (line, after)]
    return el(
        "div",
        el("span", _("คะแนน"), " ", _moved(*scores)),
        el("span", _("ถ่วงน้ำหนัก"), " ", _moved(*weighted), class_="muted"),
        class_="would-be",
    )


def _lacks_denominator(line: Row, kpi: Row) -> bool:
    """Whether no percent can be supposed, because nobody has said yet of how many."""
    is_by_parts = kpi["roll_up"] == "ratio" or (kpi["measure"] == "percent" and kpi["entry"] == "increment")
    return is_by_parts and not line["denominator"]


def _moved(before: str, after: str) -> Html:
    """ "before → after", the new one bold; one figure where nothing moves."""
    return el("span", before or "–") if before == after else join(before or "–", " → ", el("b", after or "–"))


def _big(before: str, after: str) -> Html:
    if before == after:
        return el("span", before or "–", class_="big")
    return join(
        el("span", before or "–", class_="big was"), el("span", " → ", class_="of"), el("span", after, class_="big")
    )


def _difference(before: float | None, after: float | None, places: int) -> str:
    """Of the shown figures; "" where nothing can be compared."""
    if before is None or after is None:
        return ""
    return signed(round_half_up(after, places) - round_half_up(before, places), places)


def _finding(trouble: Text, filters: Filters) -> Html:
    return el("p", said(trouble, filters.lang), class_="finding refused", role="alert")
