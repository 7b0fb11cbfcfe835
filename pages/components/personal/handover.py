"""What a person hands over on a day: KPI by KPI what is done, what remains and where it is stuck, with lines to sign; and moving."""

from __future__ import annotations

from typing import Any

from kpi_metrics import transfers
from kpi_metrics.thai.calendar import FiscalMonth, format_date
from pages.components import downloads, grids, names, store, trace
from pages.components.figures import trimmed, unit_mark
from pages.components.filters import Filters
from pages.components.grids import Column
from pages.components.markup import Html, el, join
from pages.components.personal import move, place
from pages.components.personal.subject import Row, Subject

DOTS = "." * 50


def answer(filters: Filters, subject: Subject) -> str:
    """How much there is to hand over, in one sentence."""
    _ = filters.translate
    rows = store.rows(transfers.handover, filters, person=subject.id)
    words = _("{name} มีงานส่งมอบ {count} ตัวชี้วัด ณ {day}") if rows else _("{name} ไม่มีตัวชี้วัดให้ส่งมอบ ณ {day}")
    return words.format(name=subject.person["owner_name"], count=len(rows), day=_day(filters))


def draw(filters: Filters, subject: Subject) -> None:
    """Draw the sheet of the month shown, to print or save, and the boxes of a move."""
    _, lang = filters.translate, filters.lang
    rows = store.rows(transfers.handover, filters, person=subject.id)
    heading = grids.section(_("ใบส่งมอบงาน ณ {day}").format(day=_day(filters)), _("เลือกเดือนอื่นได้ที่ตัวกรองด้านบน"))
    columns = (
        Column("kpi", _("ตัวชี้วัด"), "words"),
        Column("target", _("เป้าหมาย"), "number"),
        Column("done", _("ทำแล้ว"), "number"),
        Column("rest", _("คงเหลือ"), "number"),
        Column("problem", _("ปัญหาและแนวทางแก้ไขล่าสุด"), "words"),
        Column("proof", _("หลักฐาน"), "words"),
        Column("due", _("กำหนดส่งถัดไป")),
    )
    drawn = [_line(filters, row, subject) for row in rows]
    empty = _("ไม่มีตัวชี้วัดที่ถืออยู่ในเดือนนี้")
    grids.draw(place.moved(filters, subject), heading, grids.table(drawn, columns, lang, empty=empty))
    if rows:
        grids.draw(_signatures(filters, subject))
        downloads.offer(filters, {"handover": rows}, subject.id)
    grids.draw(place.parts(filters, subject))
    move.draw(filters, subject)


def _line(filters: Filters, row: Row, subject: Subject) -> dict[str, Any]:
    _ = filters.translate
    kpi = next(kpi for kpi in subject.kpis if kpi["kpi_id"] == row["kpi_id"])
    unit = unit_mark(row["unit"])
    led = subject.offices.get(row["holder_id"])
    return {
        "kpi": join(
            f"{row['kpi_id']} {names.kpi(kpi, filters.lang)}", " ", el("span", led, class_="muted") if led else None
        ),
        "target": f"{trimmed(row['target'])} {unit}",
        "done": f"{trimmed(row['result'])} {unit}" if row["result"] is not None else _("ยังไม่มีผล"),
        "rest": f"{trimmed(row['remaining'])} {unit}" if row["remaining"] is not None else "",
        "problem": _trouble(filters, row),
        "proof": join(*(el("div", trace.evidence(url)) for url in (row["evidence"] or "").split("\n") if url)),
        "due": _due(filters, row),
    }


def _trouble(filters: Filters, row: Row) -> Html | str:
    """The last problem and remedy told, with their month."""
    _ = filters.translate
    if row["problem_month"] is None:
        return ""
    month = FiscalMonth(filters.year, int(row["problem_month"])).label(filters.lang)
    remedy = _("แนวทางแก้ไข: {remedy}").format(remedy=row["remedy"]) if row["remedy"] else None
    return join(el("span", f"{month} ", class_="muted"), " · ".join(filter(None, (row["problem"], remedy))))


def _due(filters: Filters, row: Row) -> Html | str:
    """The next day on which something is due; red words for one that has passed."""
    _ = filters.translate
    due = row["next_due"]
    if due is None:
        return _("ส่งครบแล้ว")
    day = format_date(due, filters.lang)
    return join(day, " ", el("b", _("เลยกำหนด"))) if due < store.today() else day


def _signatures(filters: Filters, subject: Subject) -> Html:
    """Lines to sign: who hands over, who takes over, and the head who was there."""
    _ = filters.translate
    who = ((_("ผู้ส่งมอบ"), subject.person["owner_name"]), (_("ผู้รับมอบ"), None), (_("หัวหน้าหน่วยงาน"), None))
    lines = (
        el(
            "div",
            el("span", _("ลงชื่อ"), " ", DOTS, " ", role),
            el("span", f"({name or DOTS})"),
            el("span", _("วันที่"), " ", DOTS),
        )
        for role, name in who
    )
    return el("div", *lines, class_="signatures")


def _day(filters: Filters) -> str:
    return format_date(filters.period.last_day, filters.lang)
