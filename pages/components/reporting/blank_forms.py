"""Entry workbooks to take along: an office's own, filled with what is known, of the month or of the year."""

from __future__ import annotations

import hashlib
from functools import partial

import streamlit as st

from kpi_metrics import scorecard
from kpi_metrics.reports.template import template
from kpi_metrics.thai.calendar import FiscalMonth
from pages.components import downloads, grids, names, store
from pages.components.filters import Filters
from pages.components.markup import el

MIME = downloads.WRITERS["xlsx"][1]


def draw(filters: Filters) -> None:
    """Draw the downloads of the owner's workbooks, or of the whole province's; each is made only when it is asked for."""
    _ = filters.translate
    owners = store.rows(scorecard.owners, filters)
    top = names.tree(owners)[0]
    owner = names.find(owners, "owner_id", filters.id or top["owner_id"], "หน่วยงานหรือบุคคล", "office or person")
    how = _("กรอกเฉพาะช่องสีเหลือง แล้วส่งกลับที่ส่งไฟล์ ไม่ต้องแก้หัวตาราง")
    grids.draw(grids.section(_("แบบฟอร์มของ{name}").format(name=names.whole(owner, filters.lang)), how))
    with st.container(horizontal=True, key="forms", gap="small"):
        for month in (filters.month, None):
            _offer(filters, str(owner["owner_id"]), month)
    if filters.id is None:
        offices = [each for each in owners if each["owner_kind"] != "person" and each is not top]
        links = (
            el(
                "li",
                grids.link(
                    names.full_office(each, filters.lang), filters.href("report", id=each["owner_id"], part="forms")
                ),
            )
            for each in offices
        )
        grids.draw(grids.section(_("แบบฟอร์มของแต่ละหน่วยงาน")), el("ul", *links, class_="choices"))


def _offer(filters: Filters, owner: str, month: int | None) -> None:
    _ = filters.translate
    dues = store.rows(scorecard.coverage, filters, month=month or 12)
    if month:
        words = _("แบบกรอกของ {month} (XLSX)").format(month=FiscalMonth(filters.year, month).label(filters.lang))
        dues = [row for row in dues if row["month"] == month]
    else:
        words = _("แบบกรอกทั้งปี {year} (XLSX)").format(year=filters.year)
    below = _below(filters, owner)
    if not any(row["owner_id"] in below for row in dues):
        grids.draw(el("p", words, " · ", _("ไม่มีรายการที่ต้องรายงาน"), class_="muted"))
        return
    st.download_button(
        words,
        partial(template, store.ledger(), store.scope(), owner=owner, year=filters.year, month=month),
        file_name(owner, filters.year, month),
        MIME,
        key=f"form_{'month' if month else 'year'}",
        on_click="ignore",
    )


def file_name(owner: str, year: int, month: int | None) -> str:
    """``form_8406_2569_08_1a2b3c4d.xlsx``: the last part tells workbooks of other data apart."""
    made_of = repr((owner, year, month, store.data_version()))
    digest = hashlib.sha256(made_of.encode()).hexdigest()[:8]
    return "_".join(["form", downloads.plain(owner), str(year), *([f"{month:02d}"] if month else []), digest]) + ".xlsx"


def _below(filters: Filters, owner: str) -> frozenset[str]:
    """The owner and everybody below it."""
    found, rows = {owner}, store.rows(scorecard.owners, filters)
    while more := {row["owner_id"] for row in rows if row["parent_id"] in found} - found:
        found |= more
    return frozenset(found)
