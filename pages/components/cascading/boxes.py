"""Boxes to type in that keep what stands in them while their part of the page is not shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import streamlit as st

from kpi_metrics.i18n import noted
from kpi_metrics.model import Finding
from kpi_metrics.target_rows import Papers
from kpi_metrics.words import said
from pages.components.filters import Filters
from pages.components.markup import Html, el, join


@dataclass(slots=True)
class Boxes:
    """Box → what stands in it. ``name`` is theirs alone; ``round`` tells the boxes filled by a button from those before."""

    name: str
    texts: dict[str, str] = field(default_factory=dict)
    round: int = 0

    def draw(self, box: str, label: str, then: Callable[[], object] | None = None, **options: Any) -> str:
        """Draw a box of text; returns what stands in it. ``then`` is done once something was typed."""
        widget = f"{self.name}_{self.round}_{box}"
        st.session_state.setdefault(widget, self.texts.get(box, ""))
        options = {"max_chars": 60} | options
        st.text_input(as_label(label), key=widget, on_change=partial(self._take, box, widget, then), **options)
        return self.texts.get(box, "")

    def put(self, texts: Mapping[str, str]) -> None:
        """Fill boxes, the others stay; what was typed into these is gone."""
        self.texts |= texts
        self.round += 1

    def _take(self, box: str, widget: str, then: Callable[[], object] | None) -> None:
        self.texts[box] = str(st.session_state.get(widget) or "").strip()
        if then:
            then()


def as_label(text: str) -> str:
    """A text for a label: labels are read as markdown, and a name is no more than a name."""
    return re.sub(r"([\\`*_\[\]$~:<>!])", r"\\\1", text)


PAPER_WORDS = {
    "reason": noted("เหตุผล"),
    "approved_by": noted("ผู้อนุมัติ"),
    "document_no": noted("เลขที่หนังสือ"),
}


def papers(filters: Filters, boxes: Boxes) -> Papers:
    """Draw the boxes for reason, approver and document number; returns what stands in them."""
    _ = filters.translate
    with st.container(horizontal=True, gap="small", key=f"{boxes.name}_papers"):
        return Papers(
            **{
                name: boxes.draw(name, _(words), max_chars=300, width=420 if name == "reason" else 220)
                for name, words in PAPER_WORDS.items()
            }
        )


def findings(filters: Filters, found: Sequence[Finding], rejections: Sequence[Finding]) -> Html:
    """What is wrong with what stands in a box, or to be looked at, in words."""
    return join(*(_finding(filters, each, each in rejections) for each in found))


def _finding(filters: Filters, finding: Finding, is_refused: bool) -> Html:
    _, lang = filters.translate, filters.lang
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
