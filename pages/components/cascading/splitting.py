"""Handing a target down: the ways, a line for each child with its part, the sum always in sight, and saving it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from kpi_metrics import scorecard
from kpi_metrics.i18n import noted
from kpi_metrics.model import Refused
from kpi_metrics.splitting import Child, SplitDraft, Way, tell_sum
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.words import said
from pages.components import grids, names, store
from pages.components.cascading import boxes, saving
from pages.components.cascading import desk as desks
from pages.components.cascading.desk import Desk
from pages.components.figures import fixed, signed, trimmed, unit_mark
from pages.components.filters import Filters
from pages.components.grids import Row
from pages.components.markup import Html, el, join

WAYS: dict[Way, str] = {
    "by_hand": noted("กรอกเอง"),
    "equal": noted("เท่ากัน"),
    "last_year": noted("ตามผลปี {year}"),
    "column": noted("ตามฐานที่กรอก"),
}
NAME, BASE, PART = 250, 110, 120  # px


def draw(filters: Filters, kpi: Row, owner: Row) -> None:
    """Draw the split of a KPI (row of scorecard.kpis) of an owner (row of scorecard.owners) among those below."""
    _ = filters.translate
    if filters.as_of:
        now = grids.link(
            _("กลับมาที่ข้อมูลล่าสุด"),
            filters.href("cascade", id=kpi["kpi_id"], owner=owner["owner_id"], part="split", as_of=None),
        )
        grids.draw(el("p", _("กำลังดูข้อมูลย้อนหลัง จึงแบ่งเป้าหมายไม่ได้"), " ", now, class_="notice"))
        return
    _split(filters, kpi, owner)


@st.fragment
def _split(filters: Filters, kpi: Row, owner: Row) -> None:
    """The whole part: typing runs this alone."""
    _, lang = filters.translate, filters.lang
    store.begin_run()
    try:
        desk = desks.of_this_visit(filters, kpi["kpi_id"], owner["owner_id"])
    except Refused as refused:
        grids.draw(grids.empty_sentence(said(refused.text, lang)))
        return
    if desk.batch_id:
        _saved(filters, desk)
        return
    if not _can_split(filters, desk, owner):
        return
    form = desk.form
    words = _("แบ่งเป้าหมาย {target} {unit} ของ{owner}") if form.is_parted else _("ให้เป้าหมาย {target} {unit} ของ{owner}")
    heading = words.format(target=trimmed(form.target, 4), unit=unit_mark(form.unit), owner=names.whole(owner, lang))
    how = said(tell_sum(form), lang) if form.is_parted else _("ทุกรายใช้เป้าหมายเดียวกัน เพราะผลไม่ได้รวมกันเป็นผลรวม")
    grids.draw(grids.section(heading, how))
    _ways(filters, desk)
    checking = st.container(key="split_lines", gap=None)
    papers = boxes.papers(filters, desk.boxes)
    draft = desk.draft(papers)
    with checking:
        _lines(filters, desk, draft)
    grids.draw(boxes.findings(filters, draft.findings.get("", ()), draft.typed.checked.rejections))
    _finish(filters, desk, draft)


def _can_split(filters: Filters, desk: Desk, owner: Row) -> bool:
    """Say why there is nothing to hand down, and where to go."""
    _, form = filters.translate, desk.form
    if form.target is None:
        words = _("{owner} ไม่มีเป้าหมายของตนเองใน {month} จึงยังไม่มีอะไรให้แบ่ง").format(
            owner=names.whole(owner, filters.lang), month=form.month.label(filters.lang)
        )
        there = grids.link(
            _("กำหนดเป้าหมายก่อน"), filters.href("cascade", id=form.kpi_id, owner=form.owner_id, part="revise")
        )
        grids.draw(el("p", words, " ", there, class_="empty"))
    elif not form.children:
        grids.draw(grids.empty_sentence(_("ไม่มีหน่วยงานหรือบุคคลข้างล่างให้แบ่ง")))
    return form.target is not None and bool(form.children)


def _ways(filters: Filters, desk: Desk) -> None:
    """From when, by which way, and what becomes of what was typed by hand."""
    _, lang, form = filters.translate, filters.lang, desk.form
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="split_ways"):
        since = f"{desk.boxes.name}_{filters.lang}_month"  # a box keeps the words it was first drawn with
        st.session_state.setdefault(since, form.month.month)
        st.selectbox(
            _("มีผลตั้งแต่"),
            range(1, 13),
            format_func=lambda month: FiscalMonth(filters.year, month).label(lang),
            key=since,
            on_change=lambda: desk.move(FiscalMonth(filters.year, st.session_state[since])),
            width=150,
        )
        if form.is_parted:
            widget = f"{desk.boxes.name}_way"
            st.session_state.setdefault(widget, desk.way)
            st.radio(
                _("วิธีแบ่ง"),
                tuple(WAYS),
                key=widget,
                format_func=lambda way: _(WAYS[way]).format(year=filters.year - 1),
                horizontal=True,
                on_change=lambda: desk.choose(st.session_state[widget]),
            )
        else:
            words = _("ใช้เป้าหมาย {target} ทุกรายที่เลือก").format(target=trimmed(form.target, 4))
            st.button(words, key="split_same", on_click=partial(_same, desk))
    if desk.way == "column":
        _paste(filters, desk)
    if desk.trouble:
        grids.draw(el("p", said(desk.trouble, lang), class_="finding refused", role="alert"))
    if desk.is_stale and desk.typed_over:
        words = _("แก้ตัวเลขเองไว้ {count} ช่อง จึงยังไม่คำนวณตามวิธีนี้").format(count=len(desk.typed_over))
        _offer(words, _("คำนวณใหม่ แทนที่ช่องที่แก้เอง"), "split_propose", desk.propose)
    elif desk.kept is not None:
        _offer(_("ตัวเลขที่แก้เองถูกแทนที่แล้ว"), _("นำตัวเลขที่แก้เองกลับมา"), "split_back", desk.bring_back)


def _same(desk: Desk) -> None:
    """Everybody chosen has the parent's figure: by which way makes no difference then."""
    desk.way = "equal"
    desk.propose()
    desk.way = "by_hand"


def _offer(told: str, words: str, key: str, deed: Callable[[], None]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(el("p", told, class_="notice", role="status"), width="content")
        st.button(words, key=key, type="tertiary", on_click=deed)


def _paste(filters: Filters, desk: Desk) -> None:
    _ = filters.translate
    with st.expander(_("วางคอลัมน์ฐานจากตาราง")):
        help_ = _("หนึ่งบรรทัดต่อหนึ่งราย: ชื่อหรือรหัสคู่กับตัวเลข หรือเฉพาะตัวเลขเรียงตามลำดับข้างล่าง")
        text = st.text_area(help_, key=f"{desk.boxes.name}_paste", height=120, max_chars=20_000)
        st.button(_("ใช้ตัวเลขที่วาง"), key="split_paste", on_click=lambda: desk.paste(text))
        grids.draw(*(el("p", said(told, filters.lang), class_="finding refused", role="alert") for told in desk.pasted))


def _lines(filters: Filters, desk: Desk, draft: SplitDraft) -> None:
    _ = filters.translate
    has_base = desk.way == "column"
    with st.container(horizontal=True, gap="small", key="split_head"):
        st.html(el("span", _("ผู้รับเป้าหมาย")), width=NAME)
        st.html(_figures(_("ผลปี {year}").format(year=filters.year - 1), _("เป้าหมายเดิม")), width=220)
        if has_base:
            st.html(el("span", _("ฐาน")), width=BASE)
        st.html(el("span", _("เป้าหมายใหม่")), width=PART)
        st.html(_figures(_("สัดส่วน") if desk.form.is_parted else "", _("ต่างจากเดิม")), width=200)
    called = _names(filters, desk)
    for child in desk.form.children:
        _line(filters, desk, draft, child, called[child.owner_id])


def _names(filters: Filters, desk: Desk) -> dict[str, str]:
    owners = store.rows(scorecard.owners, filters, month=desk.form.month.month)
    return {owner["owner_id"]: names.office(owner, filters.lang) for owner in owners}


def _line(filters: Filters, desk: Desk, draft: SplitDraft, child: Child, name: str) -> None:
    _, form, owner = filters.translate, desk.form, child.owner_id
    is_chosen = owner in desk.among
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"split_line_{owner}"):
        widget = f"{desk.boxes.name}_{desk.boxes.round}_tick_{owner}"
        st.session_state.setdefault(widget, is_chosen)
        st.checkbox(
            boxes.as_label(name),
            key=widget,
            width=NAME,
            on_change=lambda: desk.tick(owner, bool(st.session_state.get(widget))),
        )
        st.html(
            _figures(
                trimmed(child.last_result, 2) or "–",
                trimmed(child.target, 4) or "–",
                labels=(_("ผลปี {year}").format(year=filters.year - 1), _("เดิม")),
            ),
            width=220,
        )
        if desk.way == "column":
            label = _("ฐานของ {name}").format(name=name)
            desk.boxes.draw(f"base_{owner}", label, desk.offer, width=BASE, label_visibility="collapsed")
        label = _("เป้าหมายใหม่ของ {name}").format(name=name)
        desk.boxes.draw(owner, label, width=PART, label_visibility="collapsed", disabled=not is_chosen)
        part = draft.targets.get(owner) if is_chosen else None
        share = 100 * part / form.target if part is not None and form.target and form.is_parted else None
        moved = None if part is None or child.target is None else part - child.target
        st.html(
            _figures(
                f"{fixed(share, 1)} %" if share is not None else "–" if form.is_parted else "",
                signed(moved, 4).rstrip("0").rstrip(".") if moved and moved % 1 else signed(moved, 0) or "–",
                labels=(_("สัดส่วน") if form.is_parted else "", _("ต่าง")),
            ),
            width=200,
        )
    told = _told(filters, desk, child)
    found = [each for each in draft.findings.get(owner, ()) if not (told and each.code == "blank")]  # told says why
    grids.draw(
        boxes.findings(filters, found, draft.typed.checked.rejections),
        el("p", told, class_="finding") if told else None,
    )


def _told(filters: Filters, desk: Desk, child: Child) -> str | None:
    """What must be known of a line: it has no base, or its KPI ends."""
    _, owner = filters.translate, child.owner_id
    if owner not in desk.among:
        words = _("สิ้นสุดการถือตั้งแต่ {month} ผลที่รายงานไว้แล้วยังอยู่")
        return words.format(month=desk.form.month.label(filters.lang)) if child.holds else None
    if desk.way == "column" and (error := desk.base_trouble(owner)):
        return _("ฐาน {text}: {wrong}").format(text=error.found, wrong=said(error.wrong, filters.lang))
    if desk.is_stale or desk.boxes.texts.get(owner):
        return None
    if desk.way == "last_year":
        words = _("ปี {year} ไม่มีผล จึงไม่ได้ส่วนแบ่ง ใส่ตัวเลขเอง หรือเอาเครื่องหมายออก")
        return words.format(year=filters.year - 1)
    return _("ยังไม่มีฐาน จึงไม่ได้ส่วนแบ่ง ใส่ฐาน หรือเอาเครื่องหมายออก") if desk.way == "column" else None


def _figures(one: str, two: str, labels: Sequence[str] = ("", "")) -> Html:
    """Two figures side by side; on a narrow screen each says what it is."""
    cells = (el("span", text, data_label=label or None) for text, label in zip((one, two), labels, strict=True))
    return el("div", *cells, class_="pair")


def _finish(filters: Filters, desk: Desk, draft: SplitDraft) -> None:
    """The sum in sight, what else is to be known, and saving."""
    _, lang, form = filters.translate, filters.lang, desk.form
    if form.is_parted:
        with st.container(key="split_sum"):
            told = said(tell_sum(form, draft.total), lang)
            is_off = bool(draft.difference)
            mark = el("span", "▼ ", class_="mark", aria_hidden="true") if is_off else None
            st.html(el("p", mark, told, class_="sum off" if is_off else "sum", role="status"))
    if draft.is_refused:
        grids.draw(grids.empty_sentence(_("แก้ช่องที่มีปัญหาก่อน แล้วจึงบันทึกได้")))
        return
    if draft.is_still:
        grids.draw(grids.empty_sentence(_("ทุกรายมีเป้าหมายตามนี้อยู่แล้ว ไม่มีอะไรต้องบันทึก")))
        return
    grids.draw(*(el("p", told, class_="notice") for told in _consequences(filters, desk, draft)))
    if draft.difference:
        words = _("บันทึกทั้งที่ยังรวมไม่ครบ ({told}) รายการนี้จะอยู่ในรายการที่ต้องแก้")
        if not st.checkbox(boxes.as_label(words.format(told=told)), key=f"{desk.boxes.name}_off_{draft.difference:g}"):
            return
    batch_id = saving.draw(filters, "split", draft.typed, max(form.month, filters.period))
    if batch_id:
        desk.batch_id = batch_id
        st.rerun()


def _consequences(filters: Filters, desk: Desk, draft: SplitDraft) -> list[str]:
    _ = filters.translate
    called = _names(filters, desk)
    told = (
        (draft.begun, _("ถือเพิ่ม {count} ราย: {names} น้ำหนักยังไม่ได้กำหนด")),
        (draft.ended, _("สิ้นสุดการถือ {count} ราย: {names}")),
        (draft.replaced, _("แทนที่เป้าหมายที่เริ่มวันเดียวกัน {count} ราย: {names} ของเดิมยังดูได้ในประวัติ")),
        (draft.later, _("{count} รายมีเป้าหมายที่เริ่มหลังจากนี้ ซึ่งยังใช้ต่อจากวันนั้น: {names}")),
    )
    return [
        words.format(count=len(children), names=", ".join(called[child.owner_id] for child in children))
        for children, words in told
        if children
    ]


def _saved(filters: Filters, desk: Desk) -> None:
    """The receipt, and the way on."""
    _ = filters.translate
    there = grids.link(_("ดูตัวเลขใหม่ที่หน้าตัวชี้วัด"), filters.href("kpi", id=desk.form.kpi_id))
    grids.draw(el("p", join(_("แบ่งเป้าหมายแล้ว"), " · ", there), class_="notice", role="status"))
    saving.draw_receipt(filters, desk.batch_id or "")
    st.button(_("กลับไปที่การแบ่งเป้าหมาย"), key="split_again", on_click=lambda: desks.forget(desk))
