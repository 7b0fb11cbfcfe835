"""Where a person was in the year: told in a line, and what belongs to each place, beside the scores that follow the person."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from kpi_metrics import scorecard, transfers
from kpi_metrics.thai.calendar import format_date
from pages.components import grids, names, store
from pages.components.figures import trimmed, unit_mark
from pages.components.filters import Filters
from pages.components.grids import Column
from pages.components.markup import Html, el, join
from pages.components.personal.subject import Row, Subject


def moved(filters: Filters, subject: Subject) -> Html | None:
    """From where to where the person moved, and when; None for who was in one place through the month shown."""
    _ = filters.translate
    words = _("ย้ายจาก {old} มา {new} เมื่อ {day}")
    told = [
        words.format(
            old=_name(old, subject), new=_name(new, subject), day=format_date(new["from_date"].date(), filters.lang)
        )
        for old, new in pairwise(_stays(filters, subject))
    ]
    if not told:
        return None
    how = _("คะแนนติดตามตัวบุคคลทั้งปี · ผลที่รายงานไว้ยังเป็นของหน่วยงานในเดือนนั้น")
    return el("p", el("b", " · ".join(told)), " · ", how, class_="notice")


def parts(filters: Filters, subject: Subject) -> Html | None:
    """A table of what the person reported at each place, KPI by KPI; None for who was in one place."""
    _ = filters.translate
    stays = _stays(filters, subject)
    if len(stays) < 2:
        return None
    found = store.rows(transfers.parts, filters, person=subject.id)
    whole = {row["kpi_id"]: row for row in store.rows(scorecard.scorecard, filters, owner=subject.id)}
    kpis = [kpi for kpi in subject.kpis if any(row["kpi_id"] == kpi["kpi_id"] for row in found)]
    rows: list[dict[str, Any]] = []
    for kpi in kpis:
        there = {row["first_month"]: row for row in found if row["kpi_id"] == kpi["kpi_id"]}
        of_year = whole.get(kpi["kpi_id"])
        rows.append(
            {
                "kpi": f"{kpi['kpi_id']} {names.kpi(kpi, filters.lang)}",
                **{str(first): _part(filters, row) for first, row in there.items()},
                "whole": _figure(of_year) if of_year else "",
            }
        )
    columns = [
        Column("kpi", _("ตัวชี้วัด"), "words"),
        *(Column(str(stay["first_month"]), _heading(filters, stay, subject), "words") for stay in stays),
        Column("whole", _("ทั้งปีของบุคคล (ที่ให้คะแนน)"), "words"),
    ]
    return join(
        grids.section(_("ส่วนของแต่ละสังกัด"), _("เพื่อทราบ ไม่ได้ให้คะแนนแยก")),
        grids.table(rows, columns, filters.lang, empty=_("ไม่มีตัวชี้วัดในงวดนี้")),
    )


def _stays(filters: Filters, subject: Subject) -> list[dict[str, Any]]:
    stays = store.rows(transfers.places, filters, person=subject.id)
    return [stay for stay in stays if stay["first_month"] <= filters.month]


def _name(stay: Row, subject: Subject) -> str:
    return str(subject.offices.get(stay["parent_id"]) or stay["office_name"] or stay["parent_id"])


def _heading(filters: Filters, stay: Row, subject: Subject) -> str:
    first, last = (format_date(stay[name].date(), filters.lang) for name in ("from_date", "last_day"))
    return f"{_name(stay, subject)} · {first} – {last}"


def _part(filters: Filters, row: Row) -> Html:
    """``40 ราย · รายงาน 6 เดือน · สิ้นสุดการถือ``."""
    _ = filters.translate
    told = _("รายงาน {count} เดือน").format(count=row["reported_months"])
    begun = _("เริ่มถือ") if row["is_begun"] else None
    ended = _("สิ้นสุดการถือ") if row["is_ended"] else None
    after = " · ".join(filter(None, (told, begun, ended)))
    return join(el("b", _figure(row)), " ", el("span", after, class_="muted"))


def _figure(row: Row) -> str:
    if row["result"] is None:
        return "–"
    by_parts = "" if row["denominator"] is None else f" ({trimmed(row['numerator'])}/{trimmed(row['denominator'])})"
    return f"{trimmed(row['result'])} {unit_mark(row['unit'])}{by_parts}"
