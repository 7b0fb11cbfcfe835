"""Revising a target: the versions that stand, old and new side by side, the boxes of a new one, and saving it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from kpi_metrics import cascade, scorecard, targeting
from kpi_metrics.i18n import noted
from kpi_metrics.ingest.columns import LEVEL_NAMES, PLAN_NAMES
from kpi_metrics.model import Refused
from kpi_metrics.target_rows import day_of
from kpi_metrics.targeting import OF_KPI, Draft, Part, Revision, Version, spread
from kpi_metrics.thai.calendar import MONTHS_EN_SHORT, MONTHS_TH_SHORT, FiscalMonth, format_date
from kpi_metrics.thai.numbers import format_plain
from kpi_metrics.words import said
from pages.components import grids, names, revisions, store
from pages.components.cascading import boxes, saving
from pages.components.cascading.boxes import Boxes
from pages.components.figures import fixed, trimmed
from pages.components.filters import Filters
from pages.components.grids import Column, Row
from pages.components.markup import Html, el, join

KEY = "revise_desk"
DEEDS = {"revise": noted("ปรับเป้าหมาย"), "end": noted("สิ้นสุดการถือ")}


@dataclass(slots=True)
class Desk:
    """What one visit types into the revision of a target; ``month`` is the fiscal month it holds from."""

    boxes: Boxes
    month: int
    deed: str = "revise"
    batch_id: str | None = None


def draw(filters: Filters, kpi: Row, owner: Row) -> None:
    """Draw the versions of a KPI's target (row of scorecard.kpis) of an owner (row of scorecard.owners), and a new one."""
    _ = filters.translate
    if filters.as_of:
        _versions(filters, kpi, owner)
        here = filters.href("cascade", id=kpi["kpi_id"], owner=owner["owner_id"], part="revise", as_of=None)
        now = grids.link(_("กลับมาที่ข้อมูลล่าสุด"), here)
        grids.draw(el("p", _("กำลังดูข้อมูลย้อนหลัง จึงปรับเป้าหมายไม่ได้"), " ", now, class_="notice"))
        return
    _revise(filters, kpi, owner)


@st.fragment
def _revise(filters: Filters, kpi: Row, owner: Row) -> None:
    """The whole part: typing runs this alone."""
    _ = filters.translate
    store.begin_run()
    desk = _desk(filters, kpi["kpi_id"], owner["owner_id"])
    if desk.batch_id:
        _saved(filters, desk, kpi)
        return
    stand = _versions(filters, kpi, owner)
    held = [version for version in stand if version.given.from_date <= filters.period.last_day]
    grids.draw(
        grids.section(
            _("ฉบับใหม่") if stand else _("กำหนดเป้าหมาย"),
            _("ช่องที่เว้นว่างเป็นไปตามเดิม ฉบับเดิมไม่ถูกลบ") if stand else None,
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="revise_first"):
        if stand:
            _deed(filters, desk)
        from_date = _from(filters, desk, stand)
        if desk.deed == "revise":
            present = trimmed(held[-1].given.target, 4) if held and not held[-1].is_end else None
            unit = kpi["unit"]
            label = _("เป้าหมายใหม่ ({unit})").format(unit=unit)
            target = desk.boxes.draw("target", label, width=170, placeholder=present)
            weight = next((v.weight for v in reversed(held) if not v.is_end), None)  # an end hands none on
            desk.boxes.draw("weight", _("น้ำหนัก"), width=110, placeholder=trimmed(weight, 4) or None)
    papers = boxes.papers(filters, desk.boxes)
    of = {"kpi": kpi["kpi_id"], "owner": owner["owner_id"], "year": filters.year}
    if desk.deed == "end":
        if not papers.reason:
            grids.draw(grids.empty_sentence(_("ใส่เหตุผลก่อน จึงจะสิ้นสุดการถือได้ ผลที่รายงานไว้แล้วยังอยู่")))
            return
        draft = targeting.end(store.ledger(), store.scope(), from_date=from_date, papers=papers, **of)
    else:
        _plan(filters, desk, held[-1] if held else None)
        _levels(filters, desk, kpi, held[-1] if held else None)
        if not target:
            grids.draw(grids.empty_sentence(_("ใส่เป้าหมายใหม่ แล้วจะเห็นผลเทียบกับเป้าเดิมที่นี่")))
            return
        texts = desk.boxes.texts
        revision = Revision(
            from_date,
            target,
            papers,
            texts.get("weight", ""),
            tuple(texts.get(name, "") for name in PLAN_NAMES),
            tuple(texts.get(name, "") for name in LEVEL_NAMES),
        )
        draft = targeting.revise(store.ledger(), store.scope(), revision=revision, **of)
    _finish(filters, desk, draft, kpi, owner, held)


def _deed(filters: Filters, desk: Desk) -> None:
    _ = filters.translate
    widget = f"{desk.boxes.name}_deed"
    st.session_state.setdefault(widget, desk.deed)
    desk.deed = st.radio(
        _("สิ่งที่จะทำ"), tuple(DEEDS), key=widget, format_func=lambda deed: _(DEEDS[deed]), horizontal=True
    )


def _from(filters: Filters, desk: Desk, stand: tuple[Version, ...]) -> Any:
    """The day that the month chosen stands for."""
    _, lang = filters.translate, filters.lang
    widget = f"{desk.boxes.name}_{filters.lang}_month"  # a box keeps the words it was first drawn with
    st.session_state.setdefault(widget, desk.month)
    desk.month = st.selectbox(
        _("มีผลตั้งแต่"),
        range(1, 13),
        key=widget,
        format_func=lambda month: FiscalMonth(filters.year, month).label(lang),
        width=150,
    )
    return day_of(FiscalMonth(filters.year, desk.month), [version.given.from_date for version in stand])


def _plan(filters: Filters, desk: Desk, now: Version | None) -> None:
    """Twelve boxes of cumulative percent, empty while the plan stays as it is, and a helper that fills them."""
    _ = filters.translate
    short = MONTHS_EN_SHORT if filters.lang == "en" else MONTHS_TH_SHORT
    with st.expander(_("แผนสะสม 12 เดือน (ร้อยละ) เว้นว่างทั้งแถวให้เป็นตามเดิม")):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            months = st.multiselect(
                _("กระจายเท่ากันในเดือน"),
                range(1, 13),
                key=f"{desk.boxes.name}_spread",
                format_func=lambda month: short[month - 1],
                placeholder=_("เลือกเดือน"),
                width=420,
            )
            filled = dict(zip(PLAN_NAMES, (format_plain(p, 2, fixed=False) for p in spread(months)), strict=False))
            words, fill = _("ใส่แผนให้"), lambda: desk.boxes.put(filled)
            st.button(words, key="revise_spread", on_click=fill, disabled=not months)
            empty = dict.fromkeys(PLAN_NAMES, "")
            st.button(_("ตามเดิม"), key="revise_plan_as_is", type="tertiary", on_click=lambda: desk.boxes.put(empty))
        with st.container(horizontal=True, gap="small", key="revise_plan"):
            for place, name in enumerate(PLAN_NAMES):
                share = now.plan[place] if now and now.plan else None
                shown = None if share is None else trimmed(100 * share, 2)
                desk.boxes.draw(name, short[place], width=88, placeholder=shown)


def _levels(filters: Filters, desk: Desk, kpi: Row, now: Version | None) -> None:
    _ = filters.translate
    if kpi["measure"] == "milestone":  # its scale are the steps
        return
    with st.expander(_("ค่าเป้าหมายระดับ 1-5 เว้นว่างทั้งแถวให้เป็นตามเดิม")):
        if kpi["scale_basis"] == "percent_of_target":
            grids.draw(el("p", _("เป็นร้อยละของเป้าหมาย"), class_="muted"))
        with st.container(horizontal=True, gap="small", key="revise_levels"):
            for place, name in enumerate(LEVEL_NAMES):
                level = now.levels[place] if now else None
                label = _("ระดับ {level}").format(level=place + 1)
                desk.boxes.draw(name, label, width=110, placeholder=trimmed(level, 4) or None)


def _finish(filters: Filters, desk: Desk, draft: Draft, kpi: Row, owner: Row, held: list[Version]) -> None:
    """What was found, what it would mean, and saving."""
    _ = filters.translate
    grids.draw(boxes.findings(filters, draft.findings, draft.typed.checked.rejections))
    if draft.is_refused or draft.target is None:
        grids.draw(grids.empty_sentence(_("แก้ช่องที่มีปัญหาก่อน แล้วจึงบันทึกได้")))
        return
    told = _compared(filters, draft, kpi, owner, held)
    beside = _beside(filters, draft, kpi, owner)
    grids.draw(*(el("p", each, class_="notice") for each in (told, *beside, *_consequences(filters, draft)) if each))
    month = max(FiscalMonth.of(draft.target.from_date), filters.period)
    batch_id = saving.draw(filters, "revise", draft.typed, month)
    if batch_id:
        desk.batch_id = batch_id
        st.rerun()


def _compared(filters: Filters, draft: Draft, kpi: Row, owner: Row, held: list[Version]) -> str | None:
    """The result so far against the target in force and the new one."""
    _ = filters.translate
    made = draft.target
    if made is None or made.is_end or not held or held[-1].is_end:
        return None
    rows = store.rows(scorecard.scorecard, filters, owner=owner["owner_id"], kpi=kpi["kpi_id"])
    result = rows[0]["result"] if rows else None
    after = targeting.achievement_pct(result, made.target, kpi["direction"])
    return revisions.tell_change(
        filters, held[-1].given.target, held[-1].achievement_pct, made.target, after, kpi["unit"]
    )


def _beside(filters: Filters, draft: Draft, kpi: Row, owner: Row) -> list[str]:
    """What the new target would leave not adding up: with those below, and with the owner above."""
    _, made = filters.translate, draft.target
    if made is None or kpi["roll_up"] != "sum":
        return []
    month = FiscalMonth.of(max(made.from_date, FiscalMonth(filters.year, 1).first_day)).month
    held = {row["owner_id"]: row for row in store.rows(cascade.holders, filters, month=month, kpi=kpi["kpi_id"])}
    own, above = held.get(owner["owner_id"]), held.get(owner["parent_id"])
    told = []
    if own and own["children_target"] is not None and round(own["children_target"] - made.target, 10):
        words = _("ข้างล่างถืออยู่รวม {below} {unit} เป้าใหม่ {target} จึงไม่เท่ากัน: แบ่งใหม่หลังบันทึก")
        told.append(
            words.format(below=trimmed(own["children_target"], 4), unit=kpi["unit"], target=trimmed(made.target, 4))
        )
    if above and above["children_target"] is not None:
        total = round(above["children_target"] - (own["target"] if own else 0) + made.target, 10)
        if total != above["target"]:
            words = _("เป้าหมายของต้นสังกัด {above} {unit} แต่ข้างล่างจะรวมได้ {total}")
            told.append(words.format(above=trimmed(above["target"], 4), unit=kpi["unit"], total=trimmed(total, 4)))
    return told


def _consequences(filters: Filters, draft: Draft) -> list[str]:
    _, lang = filters.translate, filters.lang
    told = []
    if draft.target and draft.target.is_end:
        words = _("ตั้งแต่ {day} ไม่ถือตัวชี้วัดนี้อีก (บันทึกเป้าหมาย 0 น้ำหนัก 0) ผลที่รายงานไว้แล้วยังอยู่")
        told.append(words.format(day=format_date(draft.target.from_date, lang)))
    if draft.replaces:
        words = _("แทนที่ฉบับที่ {number} ซึ่งเริ่มวันเดียวกัน ({day}) ของเดิมยังดูได้ในประวัติ")
        told.append(words.format(number=draft.replaces.number, day=format_date(draft.replaces.given.from_date, lang)))
    for version in draft.later:
        words = _("ฉบับที่ {number} ซึ่งเริ่ม {day} ยังใช้ต่อจากวันนั้น")
        told.append(words.format(number=version.number, day=format_date(version.given.from_date, lang)))
    return told


def _versions(filters: Filters, kpi: Row, owner: Row) -> tuple[Version, ...]:
    """Draw every version, the one in force marked, and return them."""
    _, lang = filters.translate, filters.lang
    of = {"kpi": kpi["kpi_id"], "owner": owner["owner_id"], "year": filters.year}
    try:
        stand = targeting.versions(store.ledger(), store.scope(), month=filters.month, as_of=filters.as_of, **of)
    except Refused as refused:
        grids.draw(grids.empty_sentence(said(refused.text, lang)))
        return ()
    heading = _("เป้าหมายของ{owner}").format(owner=names.whole(owner, lang))
    begun = [version for version in stand if version.given.from_date <= filters.period.last_day]
    rows = [_row(filters, version, is_in_force=version in begun[-1:]) for version in stand]
    columns = (
        Column("number", _("ฉบับที่")),
        Column("since", _("มีผลตั้งแต่")),
        Column("target", _("เป้าหมาย"), "number"),
        Column("weight", _("น้ำหนัก")),
        Column("plan", _("แผนสิ้นไตรมาส 1-4 (%)")),
        Column("levels", _("ค่าเป้าหมายระดับ 1-5")),
        Column("achievement", _("ผลสัมฤทธิ์"), "number"),
        Column("why", _("เหตุผล"), "words"),
    )
    empty = _("ยังไม่มีเป้าหมายของตนเองในปีนี้")
    lately = [version for version in begun if not version.is_end][-2:]
    told = None
    if len(lately) == 2:
        old, new = lately
        told = revisions.tell_change(
            filters, old.given.target, old.achievement_pct, new.given.target, new.achievement_pct, kpi["unit"]
        )
    until = _("ผลถึง {month}").format(month=filters.period.label(lang))
    grids.draw(
        grids.section(heading, until),
        el("p", el("b", told), class_="said") if told else None,
        grids.table(rows, columns, lang, empty=empty),
    )
    return stand


def _row(filters: Filters, version: Version, *, is_in_force: bool) -> dict[str, Any]:
    _, lang = filters.translate, filters.lang
    given = version.given
    plan = (
        None if version.plan is None else " ".join(trimmed(100 * version.plan[month - 1], 1) for month in (3, 6, 9, 12))
    )
    levels = " / ".join(trimmed(level, 2) or "–" for level in version.levels)
    number = str(version.number)
    papers = " · ".join(filter(None, (given.reason, given.approved_by, given.document_no)))
    return {
        "number": join(number, " ", el("b", _("ใช้อยู่"))) if is_in_force and not version.is_end else number,
        "since": el("span", format_date(given.from_date, lang), class_="whole"),
        "target": el("b", _("สิ้นสุดการถือ")) if version.is_end else trimmed(given.target, 4),
        "weight": _inherited(filters, version, "weight", trimmed(version.weight, 4) or "–"),
        "plan": _inherited(filters, version, "plan", plan or _("ตามปกติ")),
        "levels": _inherited(filters, version, "levels", levels) if any(version.levels) else "–",
        "achievement": "" if version.achievement_pct is None else f"{fixed(version.achievement_pct, 1)} %",
        "status": "no_target" if version.is_end else None,
        "why": papers or "–",
    }


def _inherited(filters: Filters, version: Version, part: Part, text: str) -> Html | str:
    """A part of a version, and which version it is taken from when the version itself leaves it blank."""
    _ = filters.translate
    source = version.inherited.get(part)
    if source is None:
        return text
    words = _("ตามตัวชี้วัด") if source == OF_KPI else _("ตามฉบับที่ {number}").format(number=source)
    return join(text, " ", el("span", words, class_="muted"))


def _desk(filters: Filters, kpi_id: str, owner_id: str) -> Desk:
    desks: dict[tuple[str, str, int], Desk] = st.session_state.setdefault(KEY, {})
    key = (kpi_id, owner_id, filters.year)
    if key not in desks:
        count = st.session_state["revise_count"] = st.session_state.get("revise_count", 0) + 1
        desks[key] = Desk(Boxes(f"revise_{count}"), filters.month)
    return desks[key]


def _saved(filters: Filters, desk: Desk, kpi: Row) -> None:
    """The receipt, and the way on."""
    _ = filters.translate
    there = grids.link(_("ดูตัวเลขใหม่ที่หน้าตัวชี้วัด"), filters.href("kpi", id=kpi["kpi_id"]))
    grids.draw(el("p", join(_("บันทึกเป้าหมายแล้ว"), " · ", there), class_="notice", role="status"))
    saving.draw_receipt(filters, desk.batch_id or "")

    def go_on() -> None:
        desks = st.session_state.get(KEY, {})
        for key in [key for key, each in desks.items() if each is desk]:
            del desks[key]

    st.button(_("กลับไปที่การปรับเป้าหมาย"), key="revise_again", on_click=go_on)
