"""Saving what was typed on a screen: a look at the effect, a name, one batch, and its receipt.

What was looked at is what is saved: another text, or data that has moved, asks for another look.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from kpi_metrics import history, typed
from kpi_metrics.impact import Impact
from kpi_metrics.impact import impact as impact_of
from kpi_metrics.model import Refused
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.typed import Typed
from kpi_metrics.words import said
from pages.components import grids, impact, links, receipt, signature, store
from pages.components.filters import Filters
from pages.components.markup import el


@dataclass(frozen=True, slots=True)
class Look:
    """The effect somebody has looked at: of which rows, on which data."""

    sha256: str
    version: int
    impact: Impact


def draw(filters: Filters, name: str, rows: Typed, month: FiscalMonth) -> str | None:
    """Draw the way from rows found right to the batch; returns its id once it is saved, and rerun the page then."""
    _ = filters.translate
    key, sha256 = f"{name}_look", rows.file.sha256
    look = st.session_state.get(key)
    if isinstance(look, Look) and (look.sha256, look.version) != (sha256, store.data_version()):
        if look.sha256 == sha256:
            _say(_("ข้อมูลเปลี่ยนไปหลังจากที่ดูผล ดูผลอีกครั้งก่อนบันทึก"))
        look = None
        st.session_state.pop(key)
    if look is None:
        words = _("ดูผลที่จะเปลี่ยนก่อนบันทึก ({count} แถว)").format(count=len(rows.checked.records))
        here = st.empty()
        if not here.button(words, key=f"{name}_look_button", type="primary"):
            return None
        with here, st.spinner(_("กำลังคำนวณ")):
            effect = impact_of(store.ledger(), rows.checked, scope=store.scope(), month=month, view=filters.view)
        here.empty()
        look = st.session_state[key] = Look(sha256, store.data_version(), effect)
    grids.draw(grids.section(_("ถ้าบันทึก")))
    impact.draw(filters, look.impact)
    narrow, _rest = st.columns([1, 2])
    with narrow:
        by = signature.ask(filters)
    if not st.button(_("บันทึก"), key=f"{name}_save", type="primary"):
        return None
    if by is None:
        _say(_("ใส่ชื่อผู้บันทึกก่อน"))
        return None
    st.session_state.pop(key, None)  # a second click finds nothing to save
    try:
        with st.spinner(_("กำลังบันทึก")):
            saved = typed.save(store.ledger(), rows, by)
    except Refused as refused:
        _say(said(refused.text, filters.lang))
        return None
    store.begin_run()
    links.to_top()
    return saved.batch_id


def draw_receipt(filters: Filters, batch_id: str) -> None:
    """Draw the receipt of what was saved, and the way to print it."""
    batches = [row for row in store.rows(history.batches, filters) if row["batch_id"] == batch_id]
    if batches:
        grids.draw(receipt.receipt(filters, batches[0]))
        receipt.offer_print(filters)


def _say(sentence: str) -> None:
    st.html(el("p", sentence, class_="notice", role="alert"))
