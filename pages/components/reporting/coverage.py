"""Who has sent what is due for the month, who owes what, and who was late by how many days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kpi_metrics import scorecard
from kpi_metrics.i18n import noted
from kpi_metrics.thai.calendar import format_date, format_datetime
from pages.components import coverage, downloads, grids, names, store
from pages.components.figures import trimmed
from pages.components.filters import Filters
from pages.components.grids import Column
from pages.components.markup import Html, el

Row = Mapping[str, Any]

STATES: dict[str, str] = {"missing": noted("ยังไม่ส่ง"), "late": noted("ส่งช้า"), "reported": noted("ส่งแล้ว")}


def draw(filters: Filters) -> None:
    """Draw the offices with what they owe for the month, each opening to its KPIs, and the rows to take along."""
    _ = filters.translate
    rows = coverage.of_month(filters, filters.id)
    due_day = trimmed(store.settings(filters)["due_day"][0])
    how = _("กำหนดส่งภายในวันที่ {day} ของเดือนถัดไป").format(day=due_day)
    grids.draw(grids.section(_("ใครส่งแล้ว ใครยังค้าง"), how))
    if not rows:
        grids.draw(grids.empty_sentence(_("ไม่มีรายการที่ต้องรายงานในเดือนนี้")))
        return
    owners = {owner["owner_id"]: owner for owner in store.rows(scorecard.owners, filters)}
    kpis = {kpi["kpi_id"]: names.kpi(kpi, filters.lang) for kpi in store.rows(scorecard.kpis, filters)}
    by_office: dict[str, list[Row]] = {}
    for row in rows:
        by_office.setdefault(coverage.office_of(row), []).append(row)
    worst_first = sorted(by_office.items(), key=lambda item: -coverage.count(item[1]).missing)
    grids.draw(
        _offices(filters, worst_first, owners),
        grids.section(_("รายการที่ค้างหรือส่งช้า"), _("กดชื่อหน่วยงานเพื่อดูรายตัวชี้วัด")),
        *(_office(filters, _name(owners, office, filters), theirs, kpis) for office, theirs in worst_first),
    )
    downloads.offer(filters, {"coverage": rows}, *([filters.id] if filters.id else []))


def _offices(filters: Filters, offices: Sequence[tuple[str, Sequence[Row]]], owners: Mapping[str, Row]) -> Html:
    _, today = filters.translate, store.today()
    drawn = []
    for office, theirs in offices:
        sent = coverage.count(theirs)
        drawn.append(
            {
                "name": _name(owners, office, filters),
                "href": filters.href("report", id=office, part="entry"),
                "due": sent.due,
                "sent": sent.sent,
                "missing": sent.missing,
                "late": sent.late,
                "days": max((days for row in theirs if (days := _days(row, today))), default=None),
            }
        )
    columns = (
        Column("name", _("หน่วยงาน"), is_link=True),
        Column("due", _("ต้องส่ง"), "trimmed"),
        Column("sent", _("ส่งแล้ว"), "trimmed"),
        Column("missing", _("ยังไม่ส่ง"), "trimmed"),
        Column("late", _("ส่งช้า"), "trimmed"),
        Column("days", _("ช้าสุด (วัน)"), "trimmed"),
    )
    return grids.table(drawn, columns, filters.lang, empty="")


def _office(filters: Filters, name: str, rows: Sequence[Row], kpis: Mapping[str, str]) -> Html | None:
    """What one office owes or sent late, folded away; None where all came in time."""
    _, lang, today = filters.translate, filters.lang, store.today()
    drawn = [
        {
            "name": row["owner_name"],
            "href": filters.href("report", id=row["owner_id"], part="entry"),
            "kpi": f"{row['kpi_id']} {kpis.get(row['kpi_id'], '')}",
            "due": format_date(row["due_date"], lang),
            "at": format_datetime(row["reported_at"], lang) if row["reported_at"] else "",
            "state": _state(filters, row),
            "days": _days(row, today),
        }
        for row in sorted(rows, key=lambda row: row["state"] != "missing")
        if row["state"] != "reported"
    ]
    if not drawn:
        return None
    columns = (
        Column("name", _("ผู้รับผิดชอบ"), is_link=True),
        Column("kpi", _("ตัวชี้วัด"), "words"),
        Column("state", _("สถานะ")),
        Column("due", _("กำหนดส่ง")),
        Column("at", _("ส่งเมื่อ")),
        Column("days", _("ช้า (วัน)"), "trimmed"),
    )
    sent = coverage.count(rows)
    words = _("{name}: ค้าง {missing} ส่งช้า {late} จาก {due}")
    summary = words.format(name=name, missing=sent.missing, late=sent.late, due=sent.due)
    return el("details", el("summary", summary), grids.table(drawn, columns, lang, empty=""), class_="owed")


def _state(filters: Filters, row: Row) -> str:
    state = str(row["state"])
    return filters.translate(STATES[state])


def _days(row: Row, today: date) -> int | None:
    """Days after the due day that an entry came in, or has been missing for; None where it is in time."""
    days = row["days_late"] if row["state"] == "late" else None
    if row["state"] == "missing":
        days = (today - row["due_date"].date()).days
    return int(days) if days and days > 0 else None


def _name(owners: Mapping[str, Row], office: str, filters: Filters) -> str:
    return names.office(owners[office], filters.lang) if office in owners else office
