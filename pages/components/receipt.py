"""The receipt of a batch: what was saved, when, by whom, and the hashes that prove it. One page of A4 when printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kpi_metrics import history
from kpi_metrics.i18n import Language
from kpi_metrics.thai.calendar import format_datetime
from pages.components import store
from pages.components.figures import fixed
from pages.components.filters import Filters
from pages.components.markup import Html, el, join

_print = st.components.v2.component(
    "kpi_print",
    html="<button type='button'></button>",
    css="button { font: inherit; color: #1B5E7B; background: none; border: 1px solid #C9D0D2; border-radius: 3px;"
    " padding: .3rem .8rem; cursor: pointer; } button:hover { border-color: #1B5E7B; }",
    js="export default function ({ data, parentElement }) {"
    " const button = parentElement.querySelector('button');"
    " button.textContent = data.words; button.onclick = () => window.print(); }",
)


def receipt(filters: Filters, batch: Mapping[str, Any]) -> Html:
    """The receipt of a row of ``history.batches``, with the files it came from."""
    _, lang = filters.translate, filters.lang
    files = store.rows(history.files, filters, batch_id=batch["batch_id"])
    named = (
        el("li", file["file"], " ", el("span", f"{fixed(file['size'], 0)} B", class_="muted"), _hash(file["sha256"]))
        for file in files
    )
    counts = _("ใหม่ {new} · แก้ไข {corrected} · เหมือนเดิม {unchanged}").format(
        new=fixed(batch["count_new"], 0),
        corrected=fixed(batch["count_corrected"], 0),
        unchanged=fixed(batch["count_unchanged"], 0),
    )
    lines: tuple[tuple[str, Html | str], ...] = (
        (_("รหัสการนำเข้า"), el("b", batch["batch_id"])),
        (_("บันทึกเมื่อ"), format_datetime(batch["recorded_at"], lang)),
        (_("ผู้ทำรายการ"), batch["who"]),
        (_("แถว"), counts),
        (_("รุ่นข้อมูล"), str(batch["seq"])),
        (_("ไฟล์"), el("ul", *named)),
        (_("SHA-256 ของทั้งครั้ง"), _hash(batch["content_sha256"])),
        *_voided(filters, batch, lang),
    )
    return el(
        "section",
        el("h2", _("ใบรับการนำเข้าข้อมูล")),
        el("dl", *(el("div", el("dt", name), el("dd", value)) for name, value in lines)),
        class_="receipt",
    )


def offer_print(filters: Filters) -> None:
    """Draw the button that prints the page, of which only the receipt is put on paper."""
    _ = filters.translate
    _print(key="print", data={"words": _("พิมพ์ใบรับ")})


def _voided(filters: Filters, batch: Mapping[str, Any], lang: Language) -> tuple[tuple[str, str], ...]:
    if not batch["is_voided"]:
        return ()
    _ = filters.translate
    told = _("โดย {who} เมื่อ {when} เพราะ{why}")
    when = format_datetime(batch["decided_at"], lang)
    return ((_("ยกเลิกแล้ว"), told.format(who=batch["decided_by"], when=when, why=batch["why"])),)


def _hash(sha256: str) -> Html:
    return join(" ", el("code", sha256))
