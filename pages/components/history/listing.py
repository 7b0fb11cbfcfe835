"""The imports, newest first, and the closings of months: what was done to the data, when and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from kpi_metrics import history, scorecard
from kpi_metrics.i18n import Language
from kpi_metrics.thai.calendar import FiscalMonth, format_datetime
from pages.components import grids, store
from pages.components.figures import fixed
from pages.components.filters import Filters
from pages.components.grids import Column
from pages.components.markup import Html, el, join

Row = Mapping[str, Any]

PAGE = 50  # batches shown at a time
_FILES_NAMED = 3


def headline(filters: Filters, batches: Sequence[Row]) -> str:
    """The newest import in one sentence, or that there is none."""
    _ = filters.translate
    if not batches:
        return _("ยังไม่มีการนำเข้าข้อมูล")
    newest = batches[0]
    told = (
        _("การนำเข้าล่าสุด {id} โดย {who} เมื่อ {when} ยกเลิกแล้ว")
        if newest["is_voided"]
        else _("การนำเข้าล่าสุด {id} โดย {who} เมื่อ {when}: {counts}")
    )
    return told.format(
        id=newest["batch_id"],
        who=newest["who"],
        when=format_datetime(newest["recorded_at"], filters.lang),
        counts=told_counts(filters, newest),
    )


def told_counts(filters: Filters, batch: Row) -> str:
    """How many rows were new, corrected or as before; what is 0 is left out."""
    _ = filters.translate
    words = {
        "count_new": _("{count} รายการใหม่"),
        "count_corrected": _("แก้ไข {count} รายการ"),
        "count_unchanged": _("เหมือนเดิม {count} รายการ"),
    }
    return " ".join(word.format(count=fixed(batch[name], 0)) for name, word in words.items() if batch[name])


def table(filters: Filters, batches: Sequence[Row]) -> Html:
    """A row per batch with links to it and to the overview before and after; ``part`` in the address is the page."""
    _, lang = filters.translate, filters.lang
    pages = max(1, -(-len(batches) // PAGE))
    asked = filters.part or ""
    page = min(max(int(asked), 1), pages) if asked.isdecimal() else 1
    shown = batches[(page - 1) * PAGE : page * PAGE]
    rows = [
        {
            "batch_id": batch["batch_id"],
            "href": filters.href("history", id=batch["batch_id"]),
            "recorded_at": _moment(batch["recorded_at"], lang),
            "who": batch["who"],
            "files": _files(filters, batch),
            "new": fixed(batch["count_new"], 0),
            "corrected": fixed(batch["count_corrected"], 0),
            "unchanged": fixed(batch["count_unchanged"], 0),
            "state": state(filters, batch),
            "figures": beside(filters, batch),
            "status": "counted",  # counts are never missing
        }
        for batch in shown
    ]
    columns = (
        Column("batch_id", _("รหัส"), is_link=True),
        Column("recorded_at", _("เมื่อ")),
        Column("who", _("ผู้ทำรายการ"), "words"),
        Column("files", _("ไฟล์"), "words"),
        Column("new", _("ใหม่"), "number"),
        Column("corrected", _("แก้ไข"), "number"),
        Column("unchanged", _("เหมือนเดิม"), "number"),
        Column("state", _("สถานะ"), "words"),
        Column("figures", _("ตัวเลข")),
    )
    return join(grids.table(rows, columns, lang, empty=""), _more(filters, page, pages))


def state(filters: Filters, batch: Row) -> Html:
    """Whether the batch counts, and if not, who took it out when and why."""
    _ = filters.translate
    if not batch["is_voided"]:
        return el("span", _("ในระบบ"), class_="whole")
    told = _("โดย {who} เมื่อ {when} เพราะ{why}")
    when = format_datetime(batch["decided_at"], filters.lang)
    told = told.format(who=batch["decided_by"], when=when, why=batch["why"])
    return join(el("b", _("ยกเลิกแล้ว")), " ", el("span", told, class_="muted"))


def beside(filters: Filters, batch: Row) -> Html:
    """Links to the overview just before and just after the batch, at the newest month it has results of."""
    _ = filters.translate
    moment = batch["recorded_at"].to_pydatetime()
    period = {"year": batch["fiscal_year"], "month": batch["month"]} if batch["month"] else {}
    before = filters.href("", as_of=moment - timedelta(microseconds=1), **period)
    after = filters.href("", as_of=moment, **period)
    links = (grids.link(_("ก่อน"), before), " · ", grids.link(_("หลังครั้งนี้"), after))
    return el("span", *links, class_="whole")


def closings(filters: Filters) -> Html:
    """A row per closing and reopening, newest first, with a link to the overview as it then stood."""
    _, lang = filters.translate, filters.lang
    offices = {owner["owner_id"]: owner["owner_name"] for owner in store.rows(scorecard.owners, filters)}
    rows = [
        {
            "month": FiscalMonth(each["fiscal_year"], each["month"]).label(lang),
            "what": _("ปิดเดือน")
            if each["is_closed"]
            else _("เปิดอีกครั้งให้ {owner}").format(owner=offices.get(each["owner_id"], each["owner_id"])),
            "done_at": _moment(each["done_at"], lang),
            "who": each["who"],
            "why": each["why"],
            "figures": grids.link(
                _("ตัวเลขที่ที่ประชุมเห็น") if each["is_closed"] else _("ตัวเลข ณ เวลานั้น"),
                filters.href("", year=each["fiscal_year"], month=each["month"], as_of=each["done_at"].to_pydatetime()),
            ),
        }
        for each in store.rows(history.closings, filters, year=None)
    ]
    columns = (
        Column("month", _("เดือน")),
        Column("what", _("รายการ"), "words"),
        Column("done_at", _("เมื่อ")),
        Column("who", _("ผู้ทำรายการ"), "words"),
        Column("why", _("เหตุผล"), "words"),
        Column("figures", _("ตัวเลข")),
    )
    heading = grids.section(_("การปิดเดือน"), _("เดือนที่ปิดแล้วไม่รับผลเพิ่ม จนกว่าจะเปิดให้หน่วยงานหนึ่ง"))
    return join(heading, grids.table(rows, columns, lang, empty=_("ยังไม่เคยปิดเดือนใด")))


def _moment(moment: datetime, lang: Language) -> Html:
    return el("span", format_datetime(moment, lang), class_="whole")


def _files(filters: Filters, batch: Row) -> Html:
    _ = filters.translate
    names = (batch["files"] or "").split(", ")
    more = len(names) - _FILES_NAMED
    shown = ", ".join(names[:_FILES_NAMED])
    if more > 0:
        shown += " " + _("และอีก {count} ไฟล์").format(count=more)
    sha256 = batch["content_sha256"]
    return join(el("span", shown, title=batch["files"]), " ", el("code", sha256[:8], title=f"SHA-256 {sha256}"))


def _more(filters: Filters, page: int, pages: int) -> Html | None:
    _ = filters.translate
    links = [
        grids.link(words, filters.href("history", part=str(number)))
        for words, number in ((_("‹ ใหม่กว่า"), page - 1), (_("เก่ากว่า ›"), page + 1))
        if 1 <= number <= pages
    ]
    told = _("หน้า {page} จาก {pages}").format(page=page, pages=pages)
    return el("p", *[part for link in links for part in (link, " · ")], told, class_="muted") if links else None
