"""The official appraisal forms to save: of one person, or of everybody in an office."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial

import streamlit as st

from kpi_metrics.reports import file_name
from kpi_metrics.reports.forms import Form, forms_of, people, to_pdf, to_xlsx, to_zip
from pages.components import downloads, grids, store
from pages.components.filters import Filters
from pages.components.markup import el

MIME = {
    "pdf": "application/pdf",
    "zip": "application/zip",
    "xlsx": downloads.WRITERS["xlsx"][1],
}


def offer(filters: Filters, owner_id: str) -> None:
    """Draw one line of links that save the forms of the round shown, and who has none. A file is made when asked for.

    ``owner_id``: a person, or an office for everybody in it and below it.
    """
    _ = filters.translate
    round_ = filters.period.round
    asked = store.rows(people, filters, owner=owner_id, round_=round_)
    with_form = [row for row in asked if row["has_form"]]
    if not with_form:
        return
    is_person = [row["owner_id"] for row in asked] == [owner_id]
    words = (
        _("แบบประเมินผลการปฏิบัติราชการ รอบที่ {round}/{year}")
        if is_person
        else _("แบบประเมินของทุกคนในสังกัด {count} คน รอบที่ {round}/{year}")
    )
    kinds: dict[str, Callable[..., bytes]] = {"pdf": to_pdf, **({"xlsx": to_xlsx} if is_person else {"zip": zipped})}
    with st.container(horizontal=True, key="forms", vertical_alignment="center", gap="small"):
        said = words.format(round=round_, year=filters.year, count=len(with_form))
        st.html(el("span", said, class_="muted"), width="content")
        for suffix, write in kinds.items():
            st.download_button(
                suffix.upper(),
                partial(written, write, filters, owner_id),
                named(filters, owner_id, suffix),
                MIME[suffix],
                key=f"form_{suffix}",
                on_click="ignore",
                type="tertiary",
            )
    without = [row["owner_name"] for row in asked if not row["has_form"]]
    if without:
        none = _("ไม่มีแบบ เพราะไม่มีตัวชี้วัดในรอบนี้: {names}")
        grids.draw(el("p", none.format(names=", ".join(without)), class_="muted"))


def written(write: Callable[..., bytes], filters: Filters, owner_id: str) -> bytes:
    """Return the file's content."""
    made = forms_of(
        store.ledger(),
        store.scope(),
        year=filters.year,
        round_=filters.period.round,
        owner=owner_id,
        as_of=filters.as_of,
    )
    return write(*made.forms)


def zipped(*forms: Form) -> bytes:
    """Return a ZIP with a PDF for each form."""
    return to_zip(forms)


def named(filters: Filters, owner_id: str, suffix: str) -> str:
    """Return the file's name: whose, which round, when; and what tells it from any other, as these are personal scores."""
    round_ = filters.period.round
    # The server keeps files by name and content: nobody's scores may be found under another's.
    drawn_from = (owner_id, filters.year, round_, filters.as_of, store.data_version(), store.now())
    mark = hashlib.sha256(repr(drawn_from).encode()).hexdigest()[:8]
    about = f"form_{downloads.plain(owner_id)}_{mark}"
    return file_name(about, filters.year, 6 * round_, version=store.now(), as_of=filters.as_of, suffix=suffix)
