"""The entry grid: a line per KPI that is due, last month's value, plan and target beside the boxes, findings under them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from kpi_metrics import history, scorecard
from kpi_metrics.closing import Closed, tell_closed
from kpi_metrics.entering import WITHDRAW, WITHDRAWN, WORDS, BoxKey, Line
from kpi_metrics.i18n import noted
from kpi_metrics.model import Entry, Finding, Refused
from kpi_metrics.thai.calendar import FiscalMonth, format_datetime
from kpi_metrics.words import said
from pages.components import coverage, grids, impact, names, receipt, signature, store
from pages.components.figures import trimmed
from pages.components.filters import Filters
from pages.components.markup import Html, el, join
from pages.components.reporting import sheet as sheets
from pages.components.reporting.sheet import Sheet

BOX_WORDS: dict[str, str] = {
    "numerator": noted("ตัวตั้ง"),
    "denominator": noted("ตัวหาร"),
    "note": noted("หมายเหตุ"),
    "problem": noted("ปัญหา อุปสรรค"),
    "remedy": noted("แนวทางแก้ไข"),
    "evidence_url": noted("ลิงก์หลักฐาน"),
}
STEPS = range(6)
ROOM, GAP = 340, 16  # px for the boxes of a line, and between two of them


def draw(filters: Filters) -> None:
    """Draw the grid of the owner asked for, or the offices to choose from."""
    if filters.id is None:
        _choose(filters)
    elif filters.as_of:
        _ = filters.translate
        now = grids.link(_("กลับมาที่ข้อมูลล่าสุด"), filters.href("report", id=filters.id, part="entry", as_of=None))
        grids.draw(el("p", _("กำลังดูข้อมูลย้อนหลัง จึงกรอกผลไม่ได้"), " ", now, class_="notice"))
    else:
        _grid(filters, filters.id)


def _choose(filters: Filters) -> None:
    """The offices that have something to report, each with how much of it came in."""
    _ = filters.translate
    owners = {owner["owner_id"]: owner for owner in store.rows(scorecard.owners, filters)}
    theirs: dict[str, list[coverage.Row]] = {}
    for row in coverage.of_month(filters):
        theirs.setdefault(coverage.office_of(row), []).append(row)
    links = []
    for office, rows in theirs.items():
        sent = coverage.count(rows)
        name = names.office(owners[office], filters.lang) if office in owners else office
        words = _("ส่งแล้ว {sent} จาก {due}").format(sent=sent.sent, due=sent.due)
        links.append(
            el(
                "li",
                grids.link(name, filters.href("report", id=office, part="entry")),
                " ",
                el("span", words, class_="muted"),
            )
        )
    grids.draw(
        grids.section(_("เลือกหน่วยงานที่จะกรอกผล")),
        el("ul", *links, class_="choices") if links else grids.empty_sentence(_("ไม่มีรายการที่ต้องรายงานในเดือนนี้")),
    )


@st.fragment
def _grid(filters: Filters, owner: str) -> None:
    """The whole grid: typing runs this alone."""
    _ = filters.translate
    store.begin_run()
    try:
        sheet = sheets.of_this_visit(owner, filters.period)
    except Refused as refused:
        grids.draw(grids.empty_sentence(said(refused.text, filters.lang)))
        return
    if sheet.is_sent:
        _receipt(filters, sheet)
        return
    if not sheet.form.lines:
        _nothing_due(filters)
        return
    _closed(filters, sheet.form.lines)
    before = None
    for line in sheet.form.lines:
        if line.owner_id != before:
            grids.draw(grids.section(line.owner_name))
        before = line.owner_id
        _line(filters, sheet, line)
    _finish(filters, sheet)


def _nothing_due(filters: Filters) -> None:
    _ = filters.translate
    grids.draw(grids.empty_sentence(_("ไม่มีรายการที่ต้องรายงานในเดือนนี้")))
    owners = store.rows(scorecard.owners, filters)
    links = (
        el(
            "li",
            grids.link(names.office(each, filters.lang), filters.href("report", id=each["owner_id"], part="entry")),
        )
        for each in owners
        if each["parent_id"] == filters.id and each["owner_kind"] != "person"
    )
    grids.draw(el("ul", *links, class_="choices"))


def _closed(filters: Filters, lines: Sequence[Line]) -> None:
    """Who closed the month and when, told once for each closing, and how it is opened again."""
    _ = filters.translate
    still_open = ", ".join(dict.fromkeys(line.owner_name for line in lines if not line.closing))
    but = _(" (ยังเปิดให้ {owners})").format(owners=still_open) if still_open else None
    for closing in dict.fromkeys(line.closing for line in lines if line.closing):
        owner = next(line.owner_id for line in lines if line.closing == closing)
        told = tell_closed(Closed((closing,)), filters.year, filters.month, owner)
        how = grids.link(_("เปิดให้รายงานอีกครั้งได้ที่ “ปิดงวด”"), filters.href("report", id=owner, part="closing"))
        grids.draw(el("p", said(told, filters.lang), but, " · ", how, class_="notice"))


def _line(filters: Filters, sheet: Sheet, line: Line) -> None:
    """One KPI: what is known of it, its boxes, its words, and what is wrong with what was typed."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"line_{'_'.join(line.key)}"):
        st.html(_known(filters, line))
        if line.boxes:
            for box in line.figures:
                _figure(filters, sheet, line, box)
            _words(filters, sheet, line)
    grids.draw(*(_finding(filters, sheet, finding) for finding in sheet.typed.findings.get(line.key, ())))


def _known(filters: Filters, line: Line) -> Html:
    _, lang = filters.translate, filters.lang
    kpi = line.kpi
    name = kpi.name_en if lang == "en" and kpi.name_en else kpi.short_name_th or kpi.name_th
    month = FiscalMonth(filters.year, line.before.month).label(lang) if line.before else _("ครั้งก่อน")
    figures = (
        (month, _told(line.before)),
        (_("แผนสะสม"), trimmed(line.plan)),
        (_("เป้าหมาย"), trimmed(line.target)),
        (_("บันทึกไว้"), _told(line.stored) or (_("ยังไม่ส่ง") if line.is_due else "")),
    )
    why = None if line.is_due else _("เมื่อมีเหตุ") if kpi.frequency == "event" else _("ไม่ใช่งวดรายงาน")
    return el(
        "div",
        el(
            "span",
            el("b", f"{kpi.kpi_id} {name}"),
            " ",
            el("span", " · ".join(filter(None, (kpi.unit, why))), class_="muted"),
        ),
        el("span", *(join(el("span", label, " ", el("b", text or "–"))) for label, text in figures), class_="known"),
        class_="entry-line",
    )


def _told(entry: Entry | None) -> str:
    """A result as it was reported: ``12``, ``2/3``; "" for none."""
    if entry is None:
        return ""
    if entry.numerator is not None:
        return f"{trimmed(entry.numerator, 4)}/{trimmed(entry.denominator, 4)}"
    return trimmed(entry.value, 4)


def _figure(filters: Filters, sheet: Sheet, line: Line, box: str) -> None:
    _ = filters.translate
    kpi, key = line.kpi, (*line.key, box)
    counted = _("ผลประจำเดือน") if kpi.entry == "increment" else _("ผลสะสม")
    label = _(BOX_WORDS[box]) if box in BOX_WORDS else _("ขั้นที่ทำได้แล้ว") if kpi.measure == "milestone" else counted
    widget, text = _widget(sheet, key), sheet.texts.get(key, "")
    is_off = bool(sheet.texts.get((*line.key, WITHDRAW))) and not text  # what stands there must be taken out by hand
    changed = partial(_take, sheet, key, widget)
    if kpi.measure == "milestone" and (not text or text in map(str, STEPS)):
        widget = f"{filters.lang}_{widget}"  # a box keeps the words it was first drawn with
        changed = partial(_take, sheet, key, widget)
        st.session_state.setdefault(widget, int(text) if text else None)
        st.selectbox(
            label,
            STEPS,
            key=widget,
            index=None,
            format_func=partial(_step, filters, kpi.steps_th),
            placeholder=_("เลือกขั้น"),
            disabled=is_off,
            on_change=changed,
            width=ROOM,
        )
        return
    st.session_state.setdefault(widget, text)
    room = ROOM if len(line.figures) == 1 else (ROOM - GAP) // 2
    sent = getattr(line.stored, box) if line.stored else None  # in grey where the new figure would stand
    st.text_input(
        label,
        key=widget,
        max_chars=60,
        disabled=is_off,
        on_change=changed,
        width=room,
        placeholder=None if sent is None else trimmed(sent, 4),
    )


def _step(filters: Filters, steps_th: str | None, step: int) -> str:
    """``3 ดำเนินการตามแผน``: the step's number and, where they are known, its words."""
    _ = filters.translate
    if step == 0:
        return _("0 ยังไม่เริ่ม")
    words = (steps_th or "").split("|")
    text = words[step - 1].strip() if step <= len(words) else ""
    return text if text.startswith(str(step)) else f"{step} {text}".strip()


def _words(filters: Filters, sheet: Sheet, line: Line) -> None:
    """Note, problem, remedy, evidence and taking back, drawn only while they are open."""
    _ = filters.translate
    count = sum(bool(sheet.texts.get((*line.key, box))) for box in (*WORDS, WITHDRAW))
    label = _("เพิ่มเติม ({count})").format(count=count) if count else _("เพิ่มเติม")
    with st.popover(label, key=f"more_{sheet.round}_{'_'.join(line.key)}", on_change="rerun") as popover:
        if not popover.open:
            return
        for box in WORDS:
            key = (*line.key, box)
            widget = _widget(sheet, key)
            st.session_state.setdefault(widget, sheet.texts.get(key, ""))
            st.text_input(_(BOX_WORDS[box]), key=widget, max_chars=1000, on_change=partial(_take, sheet, key, widget))
            kept = {text for entry in (line.stored, line.told) if entry and (text := getattr(entry, box))}
            grids.draw(*(el("p", _("บันทึกไว้"), ": ", text, class_="muted") for text in sorted(kept)))
        if WITHDRAW in line.boxes:
            key = (*line.key, WITHDRAW)
            widget = _widget(sheet, key)
            st.session_state.setdefault(widget, bool(sheet.texts.get(key)))
            st.checkbox(_("ถอนผลที่ส่งไว้ของเดือนนี้"), key=widget, on_change=partial(_take, sheet, key, widget))


def _widget(sheet: Sheet, key: BoxKey) -> str:
    return "_".join(("entry", str(sheet.round), str(sheet.form.month.fiscal_year), str(sheet.form.month.month), *key))


def _take(sheet: Sheet, key: BoxKey, widget: str) -> None:
    """Take what stands in a widget: a text, a step, or a tick."""
    value = st.session_state.get(widget)
    text = "" if value is None or value is False else WITHDRAWN if value is True else str(value)
    sheet.put(key, text)


def _finding(filters: Filters, sheet: Sheet, finding: Finding) -> Html:
    _, lang = filters.translate, filters.lang
    is_refused = finding in sheet.typed.checked.rejections
    return el(
        "p",
        el("span", "▼ " if is_refused else "◐ ", class_="mark", aria_hidden="true"),
        el("b", _("ส่งไม่ได้") if is_refused else _("ควรตรวจสอบ")),
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


def _finish(filters: Filters, sheet: Sheet) -> None:
    """The draft, what sending would change, and sending it."""
    _, lang = filters.translate, filters.lang
    if sheet.trouble:
        st.html(el("p", said(sheet.trouble, lang), class_="notice", role="alert"))
    texts = {key: text for key, text in sheet.texts.items() if text and key in sheet.form.boxes}
    if not texts:
        if any(line.boxes for line in sheet.form.lines):
            grids.draw(grids.empty_sentence(_("ยังไม่ได้กรอก ช่องว่างคือยังไม่รายงาน ไม่ใช่ 0 ทุกช่องที่กรอกเก็บเป็นร่างทันที")))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="draft"):
        kept = format_datetime(sheet.kept_at, lang) if sheet.kept_at else "–"
        words = _("ร่าง {count} ช่อง บันทึกเมื่อ {time} ยังไม่ได้ส่ง").format(count=len(texts), time=kept)
        st.html(el("p", words, class_="notice"), width="content")
        st.button(_("ทิ้งร่าง"), key="entry_throw_away", type="tertiary", on_click=sheet.throw_away)
    checked, rejected = sheet.typed.checked, sheet.typed.rejected
    if not checked.records and not rejected:
        st.html(el("p", _("ทุกช่องตรงกับที่บันทึกไว้แล้ว ไม่มีอะไรต้องส่ง"), class_="notice", role="status"))
        return
    if not checked.records:
        grids.draw(grids.empty_sentence(_("แก้ช่องที่มีปัญหาก่อน แล้วจึงส่งได้")))
        return
    if sheet.impact is None:
        here = st.empty()
        words = _("ดูผลที่จะเปลี่ยนก่อนส่ง ({count} รายการ)").format(count=len(checked.records))
        if not here.button(words, key="entry_look", type="primary"):
            return
        with here, st.spinner(_("กำลังคำนวณ")):
            change = sheet.look()
        here.empty()
    else:
        change = sheet.impact
    grids.draw(grids.section(_("ถ้าส่ง")))
    impact.draw(filters, change)
    _send(filters, sheet, len(rejected))


def _send(filters: Filters, sheet: Sheet, count_rejected: int) -> None:
    _ = filters.translate
    narrow, _rest = st.columns([1, 2])
    with narrow:
        by = signature.ask(filters)
    words = _("ส่งเฉพาะรายการที่ถูกต้อง (เหลือ {count} รายการไว้ในร่าง)") if count_rejected else _("ส่งรายงาน")
    if not st.button(words.format(count=count_rejected), key="entry_send", type="primary"):
        return
    if by is None:
        st.html(el("p", _("ใส่ชื่อผู้บันทึกก่อน"), class_="notice", role="alert"))
        return
    sheet.send(by, accept_good=bool(count_rejected))
    st.rerun()


def _receipt(filters: Filters, sheet: Sheet) -> None:
    """What was sent, and the way on."""
    _ = filters.translate
    batches = [row for row in store.rows(history.batches, filters) if row["batch_id"] == sheet.batch_id]
    if batches:
        grids.draw(receipt.receipt(filters, batches[0]))
        receipt.offer_print(filters)
    else:
        st.html(el("p", _("ทุกช่องตรงกับที่บันทึกไว้แล้ว ไม่มีอะไรต้องส่ง"), class_="notice", role="status"))

    def go_on() -> None:
        sheet.is_sent = False

    st.button(_("กลับไปที่แบบกรอก"), key="entry_again", on_click=go_on)
