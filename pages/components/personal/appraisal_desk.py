"""The boxes of a person's round: behaviour, scores replaced, KPIs left out, remarks, plan; checked as written, saved at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from kpi_metrics import history
from kpi_metrics.appraising import DECIDED_BY, PARTS, Box
from kpi_metrics.closing import Closed, tell_closed
from kpi_metrics.i18n import noted
from kpi_metrics.model import Finding, Refused
from kpi_metrics.words import said
from pages.components import grids, impact, receipt, signature, store
from pages.components.filters import Filters
from pages.components.markup import Html, el, join
from pages.components.personal import paper as papers
from pages.components.personal.paper import Paper
from pages.components.personal.subject import Subject

PART_WORDS = {
    "assessee": noted("ความเห็นของผู้รับการประเมิน"),
    "assessor": noted("ความเห็นของผู้ประเมิน"),
    "superior": noted("ความเห็นของผู้บังคับบัญชาเหนือขึ้นไป"),
}
ITEM_WORDS = {
    "skill": noted("ความรู้ ทักษะ หรือสมรรถนะที่ต้องพัฒนา"),
    "method": noted("วิธีการพัฒนา"),
    "period": noted("ช่วงเวลาที่พัฒนา"),
}
LONG, SHORT = 2000, 300  # most characters of a remark, and of a line


def draw(filters: Filters, subject: Subject) -> None:
    """Draw the boxes, unless the figures of another time are looked at."""
    _ = filters.translate
    heading = grids.section(_("บันทึกการประเมิน"), _("ตรวจทันทีที่กรอก บันทึกพร้อมกันทั้งหมด ยกเลิกได้ที่หน้าประวัติ"))
    if filters.as_of:
        now = grids.link(_("กลับมาที่ข้อมูลล่าสุด"), filters.href("person", id=filters.id, part=filters.part, as_of=None))
        grids.draw(heading, el("p", _("กำลังดูข้อมูลย้อนหลัง จึงบันทึกไม่ได้"), " ", now, class_="notice"))
        return
    grids.draw(heading)
    _desk(filters, subject)


@st.fragment
def _desk(filters: Filters, subject: Subject) -> None:
    """The whole desk: writing runs this alone."""
    store.begin_run()
    try:
        paper = papers.of_this_visit(subject.id, filters.period)
    except Refused as refused:
        grids.draw(grids.empty_sentence(said(refused.text, filters.lang)))
        return
    if paper.saved:
        _receipt(filters, paper)
    _ = filters.translate
    for table, (words, content) in GROUPS.items():
        label = " · ".join((_(words), _state(filters, paper, table)))  # another label while it is open would close it
        group = st.expander(label, key=f"appraisal_{table}", expanded=table == "behaviour", on_change="rerun")
        if group.open:
            with group:
                content(filters, paper, subject)
    _finish(filters, paper)


def _state(filters: Filters, paper: Paper, table: str) -> str:
    """What stands in a group of boxes: ``77.5``, ``บันทึกแล้ว 2 รายการ``."""
    _ = filters.translate
    columns = {
        "behaviour": "score",
        "overrides": "score",
        "exclusions": "reason",
        "remarks": "text",
        "development": "skill",
    }
    standing = [
        text
        for box, text in paper.desk.stored.items()
        if text and _group(box) == table and columns.get(box.table) == box.column
    ]
    if table == "behaviour":
        return standing[0] if standing else _("ยังไม่ให้คะแนน")
    return _("บันทึกแล้ว {count} รายการ").format(count=len(standing)) if standing else _("ยังไม่มี")


def _group(box: Box) -> str:
    """The group of boxes in which a box is drawn."""
    return box.table if box.table in GROUPS else DECIDED_BY.table


def _behaviour(filters: Filters, paper: Paper, subject: Subject) -> None:
    _ = filters.translate
    score, note = Box("behaviour", "score"), Box("behaviour", "note")
    with st.container(horizontal=True, gap="small"):
        _text(filters, paper, score, _("คะแนนสมรรถนะ (0–100)"), width=190, most=12)
        _text(filters, paper, note, _("หมายเหตุ"))
    _tell(filters, paper, score, note)


def _decisions(filters: Filters, paper: Paper, subject: Subject) -> None:
    """A line per KPI of the round: the score to put in place of the computed one, or why it is left out."""
    _ = filters.translate
    desk = paper.desk
    _text(filters, paper, DECIDED_BY, _("ผู้ปรับคะแนนหรือยกเว้น"), width=420)
    _tell(filters, paper, DECIDED_BY)
    if not desk.is_at_its_end:
        month = desk.last.label(filters.lang)
        grids.draw(
            el("p", _("ปรับคะแนนของรอบนี้ได้เมื่อถึง {month} ระหว่างนี้ยกเว้นตัวชี้วัดได้").format(month=month), class_="notice")
        )
    for closing in dict.fromkeys(line.closing for line in desk.lines if line.closing and desk.is_at_its_end):
        holder = next(line.holder_id for line in desk.lines if line.closing == closing)
        told = said(tell_closed(Closed((closing,)), desk.year, desk.last.month, holder), filters.lang)
        how = grids.link(_("เปิดให้ปรับคะแนนอีกครั้งได้ที่ “ปิดงวด”"), filters.href("report", id=holder, part="closing"))
        grids.draw(el("p", told, " · ", how, class_="notice"))
    first = {line.kpi_id: at for at, line in reversed([*enumerate(desk.lines)])}
    for line in desk.lines:
        of = (line.holder_id, line.kpi_id)
        score, reason = Box("overrides", "score", of), Box("overrides", "reason", of)
        left_out = Box("exclusions", "reason", (line.kpi_id,))
        office = subject.offices.get(line.holder_id)
        held = el("span", " ", _("ในฐานะหัวหน้า {office}").format(office=office), class_="muted") if office else None
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"decide_{'_'.join(of)}"):
            st.html(el("p", el("b", subject.kpi_name(line.kpi_id, filters.lang)), held))
            if score in desk.stored:
                _text(filters, paper, score, _("คะแนนแทน (0–5)"), width=130, most=12)
                _text(filters, paper, reason, _("เหตุผลที่ปรับ"), width=260)
            if desk.lines.index(line) == first[line.kpi_id]:  # a head may hold a KPI twice: it is left out once
                _text(filters, paper, left_out, _("ยกเว้น เพราะ"), width=260)
        _tell(filters, paper, score, reason, left_out)
    grids.draw(el("p", _("คะแนนที่ปรับหรือการยกเว้นที่บันทึกแล้ว ถอนได้โดยยกเลิกการบันทึกครั้งนั้นที่หน้าประวัติ"), class_="meta"))


def _remarks(filters: Filters, paper: Paper, subject: Subject) -> None:
    _ = filters.translate
    for part in PARTS:
        text, by = Box("remarks", "text", (part,)), Box("remarks", "by", (part,))
        _text(filters, paper, text, _(PART_WORDS[part]), most=LONG, is_long=True)
        _text(filters, paper, by, _("ชื่อผู้ให้ความเห็น"), width=420)
        _tell(filters, paper, text, by)
    grids.draw(el("p", _("ลบข้อความให้ว่างเพื่อถอนความเห็น"), class_="meta"))


def _development(filters: Filters, paper: Paper, subject: Subject) -> None:
    _ = filters.translate
    for of in dict.fromkeys(box.of for box in paper.desk.stored if box.table == "development"):
        boxes = {column: Box("development", column, of) for column in ITEM_WORDS}
        with st.container(horizontal=True, gap="small", key=f"item_{of[0]}"):
            for column, box in boxes.items():
                label = ". ".join((of[0], _(ITEM_WORDS[column]))) if column == "skill" else _(ITEM_WORDS[column])
                _text(filters, paper, box, label, width=220 if column == "period" else "stretch")
        _tell(filters, paper, *boxes.values())
    grids.draw(el("p", _("ลบทั้งข้อให้ว่างเพื่อถอนข้อนั้น"), class_="meta"))


def _text(
    filters: Filters,
    paper: Paper,
    box: Box,
    label: str,
    *,
    width: int | Literal["stretch"] = "stretch",
    most: int = SHORT,
    is_long: bool = False,
) -> None:
    """One box: a line, or a field of several."""
    widget = "_".join(("appraisal", str(paper.copy), box.table, box.column, *box.of))
    st.session_state.setdefault(widget, paper.text(box))

    def take() -> None:
        paper.put(box, st.session_state[widget])

    if is_long:
        st.text_area(label, key=widget, max_chars=most, on_change=take, height=80)
    else:
        st.text_input(label, key=widget, max_chars=most, on_change=take, width=width)


def _found(paper: Paper, box: Box) -> tuple[Finding, ...]:
    return tuple(paper.written.findings.get(box, ()))


def _tell(filters: Filters, paper: Paper, *boxes: Box) -> None:
    """What is wrong with boxes, below them."""
    grids.draw(*(_finding(filters, paper, finding) for box in boxes for finding in _found(paper, box)))


def _finding(filters: Filters, paper: Paper, finding: Finding) -> Html:
    _, lang = filters.translate, filters.lang
    is_refused = finding in paper.written.checked.rejections
    return el(
        "p",
        el("span", "▼ " if is_refused else "◐ ", class_="mark", aria_hidden="true"),
        el("b", _("บันทึกไม่ได้") if is_refused else _("ควรตรวจสอบ")),
        " ",
        join(el("code", finding.found), " ") if finding.found else None,
        said(finding.wrong, lang),
        " · ",
        _("ที่ถูกต้อง"),
        ": ",
        said(finding.expected, lang),
        class_="finding refused" if is_refused else "finding",
        role="alert" if is_refused else None,
    )


def _finish(filters: Filters, paper: Paper) -> None:
    """What saving would change, and saving it."""
    _, lang = filters.translate, filters.lang
    if paper.trouble:
        st.html(el("p", said(paper.trouble, lang), class_="notice", role="alert"))
    checked = paper.written.checked
    if not checked.records and not checked.rejections:
        return
    st.button(_("ทิ้งที่แก้ไว้"), key="appraisal_throw_away", type="tertiary", on_click=paper.throw_away)
    if checked.rejections:
        groups = {_group(box) for box, found in paper.written.findings.items() if set(found) & set(checked.rejections)}
        where = ", ".join(_(words) for table, (words, _draw) in GROUPS.items() if table in groups)
        words = _("แก้ช่องที่มีปัญหาก่อน ({where}) แล้วจึงบันทึกได้ ยังไม่มีอะไรถูกบันทึก").format(where=where)
        grids.draw(grids.empty_sentence(words))
        return
    if paper.impact is None:
        here = st.empty()
        words = _("ดูผลที่จะเปลี่ยนก่อนบันทึก ({count} รายการ)").format(count=len(checked.records))
        if not here.button(words, key="appraisal_look", type="primary"):
            return
        with here, st.spinner(_("กำลังคำนวณ")):
            change = paper.look()
        here.empty()
    else:
        change = paper.impact
    grids.draw(grids.section(_("ถ้าบันทึก")))
    impact.draw(filters, change)
    narrow, _rest = st.columns([1, 2])
    with narrow:
        by = signature.ask(filters)
    if not st.button(_("บันทึกการประเมิน"), key="appraisal_save", type="primary"):
        return
    if by is None:
        st.html(el("p", _("ใส่ชื่อผู้บันทึกก่อน"), class_="notice", role="alert"))
        return
    paper.save(by)
    st.rerun()


def _receipt(filters: Filters, paper: Paper) -> None:
    """What was saved, and where it can be taken back."""
    _ = filters.translate
    batches = [row for row in store.rows(history.batches, filters) if row["batch_id"] == paper.saved]
    if not batches:
        return
    undo = grids.link(_("ยกเลิกการบันทึกนี้"), filters.href("history", id=paper.saved))
    grids.draw(el("p", _("บันทึกแล้ว"), " ", el("b", paper.saved or ""), " · ", undo, class_="notice", role="status"))
    with st.expander(_("ใบรับการบันทึก"), key="appraisal_receipt"):
        grids.draw(receipt.receipt(filters, batches[0]))


GROUPS: dict[str, tuple[str, Callable[[Filters, Paper, Subject], None]]] = {
    "behaviour": (noted("สมรรถนะ"), _behaviour),
    DECIDED_BY.table: (noted("ปรับคะแนนหรือยกเว้นตัวชี้วัด"), _decisions),
    "remarks": (noted("ความเห็น"), _remarks),
    "development": (noted("แผนพัฒนาการปฏิบัติราชการรายบุคคล"), _development),
}
