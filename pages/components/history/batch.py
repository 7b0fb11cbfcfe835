"""One import: its receipt, what it brought, what was done about it since, and taking it out or bringing it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kpi_metrics import history
from kpi_metrics.i18n import noted
from kpi_metrics.ingest.columns import TABLES
from kpi_metrics.model import Refused
from kpi_metrics.thai.calendar import FiscalMonth, format_datetime
from pages.components import frame, grids, receipt, store
from pages.components.figures import fixed
from pages.components.filters import Filters
from pages.components.grids import Column
from pages.components.history import listing, voiding
from pages.components.markup import Html, el, join

Row = Mapping[str, Any]

DEEDS = {"import": noted("นำเข้า"), "void": noted("ยกเลิก"), "unvoid": noted("นำกลับมา")}


def draw(filters: Filters, batch_id: str) -> None:
    """Draw one batch; raises Refused, naming it, if there is none of this id."""
    _ = filters.translate
    found = store.rows(history.batches, filters, batch_id=batch_id)
    if not found:
        raise Refused(f"ไม่มีการนำเข้ารหัส {batch_id[:40]}", f"There is no batch {batch_id[:40]}.")
    [batch] = found
    frame.title(filters, headline(filters, batch), subject=grids.link(_("‹ การนำเข้าทั้งหมด"), filters.href("history")))
    voiding.tell_done(filters, batch)
    grids.draw(receipt.receipt(filters, batch))
    receipt.offer_print(filters)
    grids.draw(
        el("p", _("ภาพรวมตามข้อมูล"), " ", listing.beside(filters, batch)),
        grids.section(_("นำอะไรเข้ามา")),
        _tables(filters, batch_id),
        grids.section(_("สิ่งที่ทำกับการนำเข้านี้")),
        _audit(filters, batch_id),
    )
    if filters.as_of:
        now = grids.link(_("ดูข้อมูลล่าสุด"), filters.href("history", id=batch_id, as_of=None))
        grids.draw(el("p", _("กำลังดูข้อมูลย้อนหลัง ยกเลิกหรือนำกลับมาได้เมื่อดูข้อมูลล่าสุด"), " ", now, class_="muted"))
    else:
        voiding.draw(filters, batch)


def headline(filters: Filters, batch: Row) -> str:
    """Whether the batch counts, in one sentence."""
    _ = filters.translate
    if not batch["is_voided"]:
        return _("{id} อยู่ในระบบ: {counts}").format(id=batch["batch_id"], counts=listing.told_counts(filters, batch))
    return _("{id} ถูกยกเลิกแล้ว โดย {who} เมื่อ {when}").format(
        id=batch["batch_id"], who=batch["decided_by"], when=format_datetime(batch["decided_at"], filters.lang)
    )


def _tables(filters: Filters, batch_id: str) -> Html:
    _ = filters.translate
    rows = [
        {
            "name": each["name"] if filters.lang == "en" else TABLES[each["name"]].names_th[0],
            "rows": fixed(each["count_rows"], 0),
            "months": _months(filters, each["first"], each["last"]),
            "status": "counted",
        }
        for each in store.rows(history.tables, filters, batch_id=batch_id)
    ]
    columns = (Column("name", _("ตาราง")), Column("rows", _("แถว"), "number"), Column("months", _("เดือน")))
    return grids.table(rows, columns, filters.lang, empty="")


def _months(filters: Filters, first: int | None, last: int | None) -> str:
    labels = [FiscalMonth(int(no) // 12, int(no) % 12 + 1).label(filters.lang) for no in (first, last) if no]
    return " – ".join(dict.fromkeys(labels))


def _audit(filters: Filters, batch_id: str) -> Html:
    _ = filters.translate
    rows = [
        {
            "at": format_datetime(each["at"], filters.lang),
            "what": _(DEEDS.get(each["what"], each["what"])),
            "who": each["who"],
            "why": each["after"] if each["what"] != "import" else "",
            "hash": join(el("code", each["hash"][:12], title=each["hash"])),
        }
        for each in store.rows(history.audit, filters, of=batch_id)
    ]
    columns = (
        Column("at", _("เมื่อ")),
        Column("what", _("รายการ")),
        Column("who", _("ผู้ทำรายการ"), "words"),
        Column("why", _("เหตุผล"), "words"),
        Column("hash", _("รหัสลูกโซ่")),
    )
    return grids.table(rows, columns, filters.lang, empty="")
