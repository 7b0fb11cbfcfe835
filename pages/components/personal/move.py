"""Moving a person to another office: where to and from which day, which KPIs end, go on and begin, and saving it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from kpi_metrics import scorecard, transfers
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.transfers import Move
from pages.components import grids, names, store
from pages.components.cascading import boxes, saving
from pages.components.cascading.boxes import Boxes
from pages.components.figures import trimmed, unit_mark
from pages.components.filters import Filters
from pages.components.markup import Html, el, join
from pages.components.personal.subject import Row, Subject

KEY = "move_desk"


@dataclass(slots=True)
class Desk:
    """What one visit types into a move; ``ends`` are the KPIs not held on, ``begun`` those taken up."""

    boxes: Boxes
    month: int
    day: int = 1
    office: str | None = None
    ends: set[str] = field(default_factory=set)
    begun: list[str] = field(default_factory=list)
    batch_id: str | None = None

    def put(self, name: str, widget: str) -> None:
        """Keep what was chosen."""
        setattr(self, name, st.session_state[widget])

    def tick(self, kpi_id: str, widget: str) -> None:
        """Let a KPI go on, or end."""
        (self.ends.discard if st.session_state[widget] else self.ends.add)(kpi_id)


def draw(filters: Filters, subject: Subject) -> None:
    """Draw the boxes, folded, unless the figures of another time are looked at."""
    _ = filters.translate
    if filters.as_of:
        return
    with st.expander(_("ย้ายบุคคลนี้ไปหน่วยงานอื่น"), key="move"):
        _move(filters, subject)


@st.fragment
def _move(filters: Filters, subject: Subject) -> None:
    """The whole desk: typing runs this alone."""
    _ = filters.translate
    store.begin_run()
    desk = _desk(filters, subject)
    if desk.batch_id:
        _saved(filters, desk)
        return
    _where(filters, desk, subject)
    papers = boxes.papers(filters, desk.boxes)
    if desk.office is None:
        grids.draw(grids.empty_sentence(_("เลือกหน่วยงานใหม่ แล้วจะเห็นตัวชี้วัดที่ต้องตัดสินใจที่นี่")))
        return
    sets = _kpis(filters, desk, subject)
    move = Move(desk.office, _day(filters, desk), tuple(sorted(desk.ends)), sets, papers)
    rows = transfers.examine(store.ledger(), person=subject.id, move=move)
    checked = rows.checked
    grids.draw(boxes.findings(filters, (*checked.rejections, *checked.warnings), checked.rejections))
    if checked.rejections:
        grids.draw(grids.empty_sentence(_("แก้ช่องที่มีปัญหาก่อน แล้วจึงบันทึกได้")))
        return
    grids.draw(_consequence(filters, desk, subject))
    batch_id = saving.draw(filters, "move", rows, max(FiscalMonth.of(move.day), filters.period))
    if batch_id:
        desk.batch_id = batch_id
        st.rerun()


def _where(filters: Filters, desk: Desk, subject: Subject) -> None:
    _, lang = filters.translate, filters.lang
    others = [office for office in subject.offices if office != subject.person["parent_id"]]
    months = range(1, 13)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="move_first"):
        _select(desk, "office", _("หน่วยงานใหม่"), others, lambda office: subject.offices[office], 380, lang)
        _select(
            desk, "month", _("ตั้งแต่เดือน"), months, lambda month: FiscalMonth(filters.year, month).label(lang), 150, lang
        )
        last = FiscalMonth(filters.year, desk.month).last_day.day
        desk.day = min(desk.day, last)
        _select(desk, "day", _("วันที่"), range(1, last + 1), str, 90, lang)


def _select(
    desk: Desk, name: str, label: str, options: Sequence[Any], words: Callable[[Any], str], width: int, lang: str
) -> None:
    """A box whose words are those of the language it is drawn in: Streamlit keeps a box's first ones."""
    widget = f"{desk.boxes.name}_{name}_{lang}"
    st.session_state[widget] = getattr(desk, name)
    st.selectbox(
        label,
        options,
        key=widget,
        format_func=words,
        placeholder=label,
        width=width,
        on_change=partial(desk.put, name, widget),
    )


def _kpis(filters: Filters, desk: Desk, subject: Subject) -> dict[str, tuple[str, str]]:
    """A line for each KPI held and each taken up; returns target and weight of those that get new ones."""
    _, lang = filters.translate, filters.lang
    held = {row["kpi_id"]: row for row in _held(filters, subject.id)}
    grids.draw(grids.section(_("ตัวชี้วัดที่ถืออยู่"), _("เอาเครื่องหมายออก = สิ้นสุดการถือในวันย้าย · ช่องว่าง = ตามเดิม")))
    for row in held.values():
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"move_line_{row['kpi_id']}"):
            widget = f"{desk.boxes.name}_hold_{row['kpi_id']}"
            st.session_state[widget] = row["kpi_id"] not in desk.ends
            label = boxes.as_label(_name(filters, subject, row["kpi_id"]))
            st.checkbox(label, key=widget, width=360, on_change=partial(desk.tick, row["kpi_id"], widget))
            if row["kpi_id"] not in desk.ends:
                _figures(
                    filters, desk, row["kpi_id"], row["unit"], trimmed(row["target"], 4), trimmed(row["weight"], 4)
                )
    there = [row["kpi_id"] for row in _held(filters, desk.office or "") if row["kpi_id"] not in held]
    widget = f"{desk.boxes.name}_begun_{desk.office}_{lang}"
    st.session_state[widget] = desk.begun = [kpi for kpi in desk.begun if kpi in there]
    st.multiselect(
        _("เริ่มถือตัวชี้วัดของหน่วยงานใหม่"),
        there,
        key=widget,
        format_func=partial(_name, filters, subject),
        placeholder=_("เลือกตัวชี้วัด"),
        on_change=partial(desk.put, "begun", widget),
    )
    units = {kpi["kpi_id"]: kpi["unit"] for kpi in subject.kpis}
    for kpi_id in desk.begun:
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"move_line_{kpi_id}"):
            st.html(el("p", _name(filters, subject, kpi_id)), width=360)
            _figures(filters, desk, kpi_id, units[kpi_id])
    return _sets(desk, held)


def _sets(desk: Desk, held: dict[str, Row]) -> dict[str, tuple[str, str]]:
    """Target and weight of the KPIs that begin, and of those that go on with another; what was left empty stays."""
    sets = {}
    for kpi_id in (*held, *desk.begun):
        target, weight = (desk.boxes.texts.get(f"{kpi_id}_{box}", "") for box in ("target", "weight"))
        if kpi_id in desk.ends or (kpi_id in held and not target and not weight):
            continue
        present = f"{held[kpi_id]['target']:.15g}" if kpi_id in held else ""
        sets[kpi_id] = (target or present, weight)
    return sets


def _figures(filters: Filters, desk: Desk, kpi_id: str, unit: str, target: str = "", weight: str = "") -> None:
    _ = filters.translate
    label = _("เป้าหมายใหม่ ({unit})").format(unit=unit_mark(unit))
    desk.boxes.draw(f"{kpi_id}_target", label, width=170, placeholder=target or None)
    desk.boxes.draw(f"{kpi_id}_weight", _("น้ำหนัก"), width=100, placeholder=weight or None)


def _consequence(filters: Filters, desk: Desk, subject: Subject) -> Html:
    """What a move leaves to be done: the targets of both offices stay as they are."""
    _ = filters.translate
    links = [
        grids.link(subject.offices[office], filters.href("cascade", owner=office))
        for office in (str(subject.person["parent_id"]), desk.office or "")
        if office in subject.offices
    ]
    words = _("เป้าหมายของหน่วยงานทั้งสองไม่เปลี่ยนตาม หลังบันทึกให้ตรวจผลรวมที่หน้าการถ่ายทอด:")
    return el("p", words, " ", join(*[each for link in links for each in (" · ", link)][1:]), class_="notice")


def _held(filters: Filters, owner: str) -> list[Row]:
    rows = store.rows(scorecard.scorecard, filters, owner=owner)
    return [row for row in rows if row["target"] is not None]


def _name(filters: Filters, subject: Subject, kpi_id: str) -> str:
    kpi = next(kpi for kpi in subject.kpis if kpi["kpi_id"] == kpi_id)
    return f"{kpi_id} {names.kpi(kpi, filters.lang)}"


def _day(filters: Filters, desk: Desk) -> date:
    return FiscalMonth(filters.year, desk.month).first_day.replace(day=desk.day)


def _desk(filters: Filters, subject: Subject) -> Desk:
    desks: dict[tuple[str, int], Desk] = st.session_state.setdefault(KEY, {})
    key = (subject.id, filters.year)
    if key not in desks:
        count = st.session_state["move_count"] = st.session_state.get("move_count", 0) + 1
        desks[key] = Desk(Boxes(f"move_{count}"), min(12, filters.month + 1))
    return desks[key]


def _saved(filters: Filters, desk: Desk) -> None:
    """The receipt, and the way on."""
    _ = filters.translate
    st.html(el("p", _("บันทึกการย้ายแล้ว ยกเลิกได้ทั้งหมดที่หน้าประวัติ"), class_="notice", role="status"))
    saving.draw_receipt(filters, desk.batch_id or "")

    def go_on() -> None:
        desks = st.session_state.get(KEY, {})
        for key in [key for key, each in desks.items() if each is desk]:
            del desks[key]

    st.button(_("กลับไปที่การย้าย"), key="move_again", on_click=go_on)
