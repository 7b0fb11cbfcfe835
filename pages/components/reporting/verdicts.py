"""What is to be said of each file: the verdict of all in a sentence, and one line per file with what may be done with it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, get_args

import streamlit as st

from kpi_metrics.i18n import noted
from kpi_metrics.ingest.findings import is_question
from kpi_metrics.intake import Refusal
from kpi_metrics.model import Checked, Finding, Text
from kpi_metrics.reports.annotated import SUFFIX, annotate
from kpi_metrics.words import said
from pages.components import downloads
from pages.components.filters import Filters
from pages.components.markup import Html, el, join
from pages.components.reporting.desk import Desk, Paper, count_rows, stem_of

State = Literal["unreadable", "problem", "question", "empty_handed", "passed"]
WORDS: dict[State, str] = {
    "unreadable": noted("เปิดไม่ได้"),
    "problem": noted("มีปัญหา {rows} แถว"),
    "question": noted("มีคำถาม"),
    "empty_handed": noted("ไม่มีแถวเพิ่ม"),
    "passed": noted("ผ่าน"),
}
COUNTED: dict[State, str] = {
    "passed": noted("{files} ผ่าน"),
    "question": noted("{files} มีคำถาม"),
    "empty_handed": noted("{files} ไม่มีแถวเพิ่ม"),
    "problem": noted("{files} มีปัญหา {rows} แถว"),
    "unreadable": noted("{files} เปิดไม่ได้"),
}
MARKS: dict[State, str] = {"unreadable": "▼", "problem": "▼", "question": "?", "empty_handed": "?", "passed": "✓"}
SHOWN_OPEN = 7  # files; more of them scroll, so that what is to be done stays in sight


@dataclass(frozen=True, slots=True)
class Line:
    """One file's verdict. ``why``: the sentence of a file that cannot be read."""

    file_id: str
    name: str
    state: State
    why: Text | None
    count_good: int
    count_bad: int
    count_warned: int


def of(desk: Desk, checked: Checked) -> list[Line]:
    """One verdict per file on the desk, those that need the person most first."""
    good = Counter(located.place.file for located in checked.records)
    lines = []
    for file_id, paper in desk.papers.items():
        bad, warned = (
            [finding for finding in found if finding.place.file == paper.name]
            for found in (checked.rejections, checked.warnings)
        )
        why = paper.read.text if isinstance(paper.read, Refusal) else None
        lines.append(
            Line(
                file_id,
                paper.name,
                _state(why, bad, warned, good[paper.name]),
                why,
                good[paper.name],
                count_rows(bad),
                len(warned),
            )
        )
    order = get_args(State)
    return sorted(lines, key=lambda line: order.index(line.state))


def _state(why: Text | None, bad: Sequence[Finding], warned: Sequence[Finding], count_good: int) -> State:
    if why:
        return "unreadable"
    if not all(map(is_question, bad)):
        return "problem"
    if bad or any(map(is_question, warned)):
        return "question"
    return "passed" if count_good else "empty_handed"


def sentence(filters: Filters, lines: Collection[Line]) -> str:
    """``19 ไฟล์: 17 ผ่าน 1 มีปัญหา 3 แถว 1 เปิดไม่ได้``."""
    _ = filters.translate
    parts = []
    for state, words in COUNTED.items():
        those = [line for line in lines if line.state == state]
        if those:
            parts.append(_(words).format(files=len(those), rows=sum(line.count_bad for line in those)))
    return _("{files} ไฟล์: {parts}").format(files=len(lines), parts=" · ".join(parts))


def draw(filters: Filters, desk: Desk, lines: Sequence[Line], checked: Checked) -> None:
    """Draw a line per file: name, verdict, counts, the file back with notes, and taking it off the desk."""
    _ = filters.translate
    with st.container(key="verdicts", gap=None, height=330 if len(lines) > SHOWN_OPEN else "content"):
        for number, line in enumerate(lines):
            with st.container(horizontal=True, key=f"verdict_{number}", gap="small", vertical_alignment="center"):
                st.html(_line(line, filters))
                if line.count_bad or line.count_warned:
                    _offer_back(filters, desk.papers[line.file_id], checked)
                older = desk.older(line.file_id)
                if older:
                    st.button(
                        _("ใช้แทนไฟล์ชื่อเดียวกันที่ส่งก่อน"),
                        key=f"replace_{line.file_id}",
                        type="tertiary",
                        on_click=partial(desk.remove, older),
                    )
                st.button(
                    _("เอาออก"),
                    key=f"remove_{line.file_id}",
                    type="tertiary",
                    on_click=partial(desk.remove, line.file_id),
                )


def _offer_back(filters: Filters, paper: Paper, checked: Checked) -> None:
    """The person's own workbook back, with what was found written beside the cells; made when it is asked for."""
    _ = filters.translate
    found = [each for each in (*checked.rejections, *checked.warnings) if each.place.file == paper.name]
    digest = hashlib.sha256(paper.content + repr(found).encode()).hexdigest()[:8]
    st.download_button(
        _("ไฟล์พร้อมหมายเหตุ"),
        lambda: annotate(paper.name, paper.content, checked)[1],
        f"{stem_of(paper.name)}_{digest}{SUFFIX}.xlsx",
        downloads.WRITERS["xlsx"][1],
        key=f"annotated_{paper.name}",
        on_click="ignore",
        type="tertiary",
    )


def _line(line: Line, filters: Filters) -> Html:
    _, lang = filters.translate, filters.lang
    state = el(
        "span", MARKS[line.state], " ", _(WORDS[line.state]).format(rows=line.count_bad), class_=f"verdict {line.state}"
    )
    if line.why:
        return join(el("span", line.name, class_="file"), state, el("span", said(line.why, lang)))
    counts = [_("บันทึกได้ {count} รายการ").format(count=line.count_good)]
    if line.state == "empty_handed":
        counts = [_("ไม่มีแถวข้อมูล หรือซ้ำกับไฟล์อื่นทั้งหมด")]
    if line.state == "question" and line.count_bad:
        counts.append(_("รอคำตอบ {count} แถว").format(count=line.count_bad))
    if line.count_warned:
        counts.append(_("ควรตรวจ {count}").format(count=line.count_warned))
    return join(el("span", line.name, class_="file"), state, el("span", " · ".join(counts), class_="muted"))
