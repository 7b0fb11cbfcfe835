"""Choosing a person's set of KPIs: a line each with target and weight, the sum always in sight, and saving it."""

from __future__ import annotations

import streamlit as st

from kpi_metrics import cascade
from kpi_metrics.cascade import CHECK_WORDS
from kpi_metrics.ingest.columns import LEVEL_NAMES
from kpi_metrics.model import Refused, Text
from kpi_metrics.person_set import Line, SetDraft
from kpi_metrics.set_limits import Size
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.words import said
from pages.components import grids, names, store
from pages.components.cascading import boxes, contributors, saving
from pages.components.figures import trimmed, unit_mark
from pages.components.filters import Filters
from pages.components.markup import Html, el, join
from pages.components.personal import set_desk
from pages.components.personal.set_desk import Desk
from pages.components.personal.subject import Subject

NAME, TARGET, WEIGHT, KIND = 300, 120, 90, 210  # px


def answer(filters: Filters, subject: Subject) -> str:
    """How many KPIs the person holds, and what of the set is to be put right."""
    _, lang = filters.translate, filters.lang
    held = store.rows(cascade.holders, filters, owner=subject.id)
    faults = store.rows(cascade.checks, filters, owner=subject.id)
    words = _("{name} ถือ {count} ตัวชี้วัด ต้องแก้ {faults}") if faults else _("{name} ถือ {count} ตัวชี้วัด ครบตามเกณฑ์")
    if not held:
        words = _("{name} ยังไม่ถือตัวชี้วัดของตนเอง")
    told = list(dict.fromkeys(said(CHECK_WORDS[row["check"]], lang) for row in faults))
    without = sum(row["weight"] is None for row in held)
    if 0 < without < len(held):  # beside KPIs with weights these count for nothing
        words = _("{name} ถือ {count} ตัวชี้วัด ต้องแก้ {faults}")
        told.append(_("ไม่มีน้ำหนัก {count} ตัวชี้วัด").format(count=without))
    return words.format(name=subject.person["owner_name"], count=len(held), faults=", ".join(told))


def draw(filters: Filters, subject: Subject) -> None:
    """Draw the boxes of the set, unless the figures of another time are looked at, and whom the person's KPIs feed."""
    _ = filters.translate
    if filters.as_of:
        now = grids.link(_("กลับมาที่ข้อมูลล่าสุด"), filters.href("person", id=filters.id, part=filters.part, as_of=None))
        words = _("กำลังดูข้อมูลย้อนหลัง จึงจัดชุดตัวชี้วัดไม่ได้")
        grids.draw(el("p", words, " ", now, class_="notice"))
    else:
        _choose(filters, subject)
    contributors.draw_of_person(filters, subject.kpis, subject.person)


@st.fragment
def _choose(filters: Filters, subject: Subject) -> None:
    """The whole desk: typing runs this alone."""
    _, lang = filters.translate, filters.lang
    store.begin_run()
    try:
        desk = set_desk.of_this_visit(filters, subject.id)
    except Refused as refused:
        grids.draw(grids.empty_sentence(said(refused.text, lang)))
        return
    if desk.batch_id:
        _saved(filters, desk)
        return
    how = _("อย่างน้อย {least} ไม่เกิน {most} ตัวชี้วัด บังคับอย่างน้อย {prescribed} น้ำหนักรวม 100")
    limits = desk.form.limits
    how = how.format(least=limits.least, most=limits.most, prescribed=limits.prescribed)
    grids.draw(grids.section(_("ชุดตัวชี้วัดของปี {year}").format(year=filters.year), how), _led(filters, subject))
    _first(filters, desk, subject)
    checking = st.container(key="set_lines", gap=None)
    papers = boxes.papers(filters, desk.boxes)
    draft = desk.draft(papers)
    with checking:
        for line in desk.lines:
            _line(filters, desk, draft, line, subject)
        _levels(filters, desk, subject)
    grids.draw(boxes.findings(filters, draft.findings.get("", ()), draft.typed.checked.rejections))
    _finish(filters, desk, draft, subject)


def _led(filters: Filters, subject: Subject) -> Html | None:
    """That a head answers for the office's KPIs without choosing them."""
    _ = filters.translate
    office = subject.offices.get(subject.person["leads"])
    words = _("ในฐานะหัวหน้า {office} รับการประเมินด้วยตัวชี้วัดของหน่วยงานอยู่แล้ว ข้างล่างคือตัวชี้วัดของตนเองเพิ่มเติม")
    return el("p", words.format(office=office), class_="notice") if office else None


def _first(filters: Filters, desk: Desk, subject: Subject) -> None:
    """From when the set holds, and what else could be held."""
    _, lang = filters.translate, filters.lang
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="set_first"):
        since = f"{desk.boxes.name}_{filters.lang}_month"  # a box keeps the words it was first drawn with
        st.session_state.setdefault(since, desk.form.month.month)
        st.selectbox(
            _("มีผลตั้งแต่"),
            range(1, 13),
            format_func=lambda month: FiscalMonth(filters.year, month).label(lang),
            key=since,
            on_change=lambda: desk.move(FiscalMonth(filters.year, st.session_state[since])),
            width=150,
        )
        more = f"{desk.boxes.name}_more_{len(desk.taken_up)}"
        offered = [line.kpi_id for line in desk.offered]
        st.selectbox(
            _("เพิ่มตัวชี้วัดของหน่วยงาน"),
            offered,
            index=None,
            format_func=lambda kpi_id: subject.kpi_name(kpi_id, lang),
            placeholder=_("เลือกจาก {count} ตัวชี้วัด").format(count=len(offered)),
            key=more,
            on_change=lambda: desk.take_up(st.session_state[more]),
            disabled=not offered,
        )
    if not desk.lines:
        grids.draw(grids.empty_sentence(_("ยังไม่ถือตัวชี้วัดใดของตนเอง เลือกจากตัวชี้วัดของหน่วยงานข้างบน")))


def _line(filters: Filters, desk: Desk, draft: SetDraft, line: Line, subject: Subject) -> None:
    _, lang, kpi_id = filters.translate, filters.lang, line.kpi_id
    is_chosen = kpi_id in desk.among
    name = _name(filters, kpi_id, subject)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"set_line_{kpi_id}"):
        tick = f"{desk.boxes.name}_tick_{kpi_id}"
        st.session_state.setdefault(tick, is_chosen)
        st.checkbox(name, key=tick, width=NAME, on_change=lambda: desk.tick(kpi_id, bool(st.session_state.get(tick))))
        unit = unit_mark(line.unit)
        label = _("เป้าหมาย ({unit})").format(unit=unit)
        desk.boxes.draw(f"{kpi_id}_target", label, width=TARGET, disabled=not is_chosen)
        desk.boxes.draw(f"{kpi_id}_weight", _("น้ำหนัก"), width=WEIGHT, disabled=not is_chosen)
        _kind(filters, desk, kpi_id, is_disabled=not is_chosen)
        st.html(el("p", _known(filters, line), class_="muted"))
    grids.draw(boxes.findings(filters, draft.findings.get(kpi_id, ()), draft.typed.checked.rejections))
    told = [said(text, lang) for text in draft.warnings.get(kpi_id, ())] if is_chosen else []
    if not is_chosen and line.holds:
        words = _("สิ้นสุดการถือตั้งแต่ {month} ผลที่รายงานไว้แล้วยังอยู่")
        told = [words.format(month=desk.form.month.label(lang))]
    grids.draw(*(el("p", el("span", "◐ ", class_="mark", aria_hidden="true"), each, class_="finding") for each in told))


def _kind(filters: Filters, desk: Desk, kpi_id: str, *, is_disabled: bool) -> None:
    _ = filters.translate
    words = {True: _("บังคับ"), False: _("เลือกเอง")}
    widget = f"{desk.boxes.name}_kind_{kpi_id}"
    st.session_state.setdefault(widget, desk.prescribed[kpi_id])
    st.radio(
        _("ประเภท"),
        (True, False),
        format_func=lambda is_prescribed: words[is_prescribed],
        key=widget,
        on_change=lambda: desk.prescribed.update({kpi_id: bool(st.session_state[widget])}),
        horizontal=True,
        width=KIND,
        disabled=is_disabled,
    )


def _known(filters: Filters, line: Line) -> str:
    """What the person held before, and what the office holds."""
    _ = filters.translate
    unit = unit_mark(line.unit)
    told = []
    if line.office_target is not None:
        words = _("เป้าหมายของหน่วยงาน {target} {unit}")
        told.append(words.format(target=trimmed(line.office_target, 4), unit=unit))
    if line.holds:
        words = _("เดิม {target} น้ำหนัก {weight}")
        told.append(words.format(target=trimmed(line.target, 4), weight=trimmed(line.weight, 4) or "–"))
    return " · ".join(told)


def _levels(filters: Filters, desk: Desk, subject: Subject) -> None:
    """Five boxes a KPI for levels of the person's own, drawn once somebody wants to see them."""
    _ = filters.translate
    # The scale of a milestone are its steps.
    scaled = [line for line in desk.lines if line.kpi_id in desk.among and line.measure != "milestone"]
    if not scaled:
        return
    label = _("ค่าเป้าหมายระดับ 1-5 ของตนเอง เว้นว่างทั้งแถวให้เป็นตามเดิม")
    group = st.expander(label, key=f"{desk.boxes.name}_levels", on_change="rerun")
    if not group.open:
        return
    with group:
        for line in scaled:
            with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
                basis = _("ใช้เกณฑ์ของตนเอง") if any(line.levels) else _("ตามตัวชี้วัด")
                name = _name(filters, line.kpi_id, subject)
                st.html(el("p", join(name, " ", el("span", basis, class_="muted"))), width=NAME)
                for place, box in enumerate(LEVEL_NAMES):
                    words = _("ระดับ {level}").format(level=place + 1)
                    shown = trimmed(line.levels[place], 4) or None
                    desk.boxes.draw(f"{line.kpi_id}_{box}", words, width=100, placeholder=shown)


def _name(filters: Filters, kpi_id: str, subject: Subject) -> str:
    """Number and short name of a KPI."""
    kpi = next(kpi for kpi in subject.kpis if kpi["kpi_id"] == kpi_id)
    return f"{kpi_id} {names.kpi(kpi, filters.lang)}"


def tell(size: Size) -> Text:
    """The size of a set: ``รวม 6 ตัวชี้วัด บังคับ 4 · น้ำหนักรวม 95 จาก 100``."""
    weight = trimmed(size.weight, 4) or "–"
    return Text(
        f"รวม {size.kpis} ตัวชี้วัด บังคับ {size.prescribed} · น้ำหนักรวม {weight} จาก 100",
        f"{size.kpis} KPIs, {size.prescribed} prescribed · the weights sum to {weight} of 100",
    )


def _finish(filters: Filters, desk: Desk, draft: SetDraft, subject: Subject) -> None:
    """The sum in sight, what else is to be known, and saving."""
    _, lang = filters.translate, filters.lang
    off = [said(text, lang) for text in draft.warnings.get("", ())]
    with st.container(key="set_sum"):
        mark = el("span", "▼ ", class_="mark", aria_hidden="true") if off else None
        words = " · ".join([said(tell(draft.size), lang), *off])
        st.html(el("p", mark, words, class_="sum off" if off else "sum", role="status"))
    if draft.is_refused:
        grids.draw(grids.empty_sentence(_("แก้ช่องที่มีปัญหาก่อน แล้วจึงบันทึกได้")))
        return
    if draft.is_still:
        grids.draw(grids.empty_sentence(_("ชุดตัวชี้วัดเป็นตามนี้อยู่แล้ว ไม่มีอะไรต้องบันทึก")))
        return
    grids.draw(*(el("p", told, class_="notice") for told in _consequences(filters, draft, subject)))
    batch_id = saving.draw(filters, "set", draft.typed, max(desk.form.month, filters.period))
    if batch_id:
        desk.batch_id = batch_id
        st.rerun()


def _consequences(filters: Filters, draft: SetDraft, subject: Subject) -> list[str]:
    _ = filters.translate
    told = (
        (draft.begun, _("ถือเพิ่ม: {kpis}")),
        (draft.ended, _("สิ้นสุดการถือ: {kpis}")),
        (draft.later, _("มีเป้าหมายที่เริ่มหลังจากนี้ ซึ่งยังใช้ต่อจากวันนั้น: {kpis}")),
    )
    listed = [
        words.format(kpis=", ".join(_name(filters, line.kpi_id, subject) for line in lines))
        for lines, words in told
        if lines
    ]
    if draft.warnings:
        listed.append(_("บันทึกได้ทั้งที่ยังมีข้อควรตรวจสอบ เรื่องเหล่านี้จะอยู่ในรายการที่ต้องแก้ของหน้าการถ่ายทอด"))
    return listed


def _saved(filters: Filters, desk: Desk) -> None:
    """The receipt, and the way on."""
    _ = filters.translate
    there = grids.link(_("ดูคะแนนใหม่"), filters.href("person", id=desk.form.person_id))
    grids.draw(el("p", join(_("บันทึกชุดตัวชี้วัดแล้ว"), " · ", there), class_="notice", role="status"))
    saving.draw_receipt(filters, desk.batch_id or "")
    st.button(_("กลับไปที่ชุดตัวชี้วัด"), key="set_again", on_click=lambda: set_desk.forget(desk))
