"""Taking a batch out of the figures and bringing it back: a reason, a name, a look at the effect, and only then the deed.

Nothing is done by a page load or a link. What was looked at is done once: the look is used up before the deed, so a
second click finds none, and it is worth nothing once the data has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import streamlit as st

from kpi_metrics import history
from kpi_metrics.impact import Impact, impact_of_void
from kpi_metrics.model import Refused
from kpi_metrics.words import said
from pages.components import impact, links, signature, store
from pages.components.filters import Filters
from pages.components.markup import el

Row = Mapping[str, Any]

LOOK = "void_look"
DONE = "void_done"


@dataclass(frozen=True, slots=True)
class Look:
    """The effect somebody has looked at, and the data version it was computed from."""

    batch_id: str
    is_voided: bool
    version: int
    impact: Impact


def draw(filters: Filters, batch: Row) -> None:
    """Draw the way to void a batch, or to bring a voided one back."""
    _ = filters.translate
    batch_id, is_voided = batch["batch_id"], not batch["is_voided"]
    files = len(store.rows(history.files, filters, batch_id=batch_id))
    heading = _("ยกเลิกการนำเข้านี้ ทั้ง {files} ไฟล์") if is_voided else _("นำการนำเข้านี้กลับมา ทั้ง {files} ไฟล์")
    st.html(el("h2", heading.format(files=files)))
    with st.container(horizontal=True, vertical_alignment="bottom", key="void"):
        why = st.text_input(_("เหตุผล"), key=f"void_why_{batch['seq']}_{is_voided}", max_chars=200).strip()
        by = signature.ask(filters)
        is_asked = st.button(_("ดูผลก่อน"), key="void_look_button")
    with _refusals(filters):
        look = _look(filters, batch_id, is_voided, is_asked)
        if look is None:
            return
        impact.draw(filters, look.impact)
        words = (_("ยืนยันยกเลิก {id}") if is_voided else _("ยืนยันนำ {id} กลับมา")).format(id=batch_id)
        if not (why and by):
            _say(_("กรอกเหตุผลและชื่อผู้บันทึกก่อน จึงจะยืนยันได้"))
        elif st.button(words, key=f"void_do_{look.version}", type="primary"):
            _do(look, why, by)


def tell_done(filters: Filters, batch: Row) -> None:
    """Say what was just done to this batch, as long as nothing was done since."""
    _ = filters.translate
    if st.session_state.get(DONE) == (batch["batch_id"], store.data_version()):
        done = _("ยกเลิก {id} แล้ว") if batch["is_voided"] else _("นำ {id} กลับมาแล้ว")
        told = _("ตัวเลขทุกหน้าเป็นไปตามนี้แล้ว (รุ่นข้อมูล {version})").format(version=store.data_version())
        st.html(el("p", el("b", done.format(id=batch["batch_id"])), " ", told, class_="notice", role="status"))


def _look(filters: Filters, batch_id: str, is_voided: bool, is_asked: bool) -> Look | None:
    """The effect as it is now: computed when asked for, and again when the data has changed since."""
    _ = filters.translate
    version, kept = store.data_version(), st.session_state.get(LOOK)
    if isinstance(kept, Look) and kept.batch_id == batch_id and not is_asked:
        if (kept.version, kept.is_voided) == (version, is_voided):
            return kept
        if kept.is_voided != is_voided:
            _say(_("มีผู้อื่นทำรายการกับการนำเข้านี้ไปแล้วระหว่างที่ดูผลอยู่ จึงไม่ได้ทำซ้ำ"))
        else:
            _say(_("ข้อมูลเปลี่ยนไปหลังจากที่ดูผล จึงคำนวณผลให้ใหม่ ยืนยันอีกครั้งหากยังต้องการ"))
            is_asked = True
    st.session_state.pop(LOOK, None)
    if not is_asked:
        return None
    with st.spinner(_("กำลังคำนวณผล …")):
        effect = impact_of_void(
            store.ledger(),
            batch_id,
            is_voided=is_voided,
            scope=store.scope(),
            view=filters.view,
        )
    st.session_state[LOOK] = Look(batch_id, is_voided, version, effect)
    return st.session_state[LOOK]


def _do(look: Look, why: str, by: str) -> None:
    if st.session_state.pop(LOOK, None) is not look:
        return
    ledger = store.ledger()
    (ledger.void if look.is_voided else ledger.unvoid)(look.batch_id, why=why, by=by)
    st.session_state[DONE] = (look.batch_id, ledger.data_version())
    links.to_top()
    store.begin_run()
    st.rerun()


@contextmanager
def _refusals(filters: Filters) -> Iterator[None]:
    """Say a refusal where it was met, and leave the rest of the page standing."""
    try:
        yield
    except Refused as refusal:
        st.session_state.pop(LOOK, None)
        _say(said(refusal.text, filters.lang))


def _say(sentence: str) -> None:
    st.html(el("p", sentence, class_="restated closed", role="alert"))
