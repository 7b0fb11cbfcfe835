"""Who has sent what was due, and how late: drawn from the coverage rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from kpi_metrics import scorecard
from kpi_metrics.thai.calendar import FiscalMonth, format_date
from pages.components import grids, names, store
from pages.components.filters import Filters
from pages.components.markup import Html

Row = Mapping[str, Any]


def late_list(filters: Filters, offices: Mapping[str, Row], limit: int = 8) -> Html:
    """The offices with the most entries missing, then those that sent late; ``offices`` by id, others are left out."""
    _ = filters.translate
    found: dict[str, Counter[str]] = {}
    slowest: dict[str, int] = {}
    for row in _due(filters):
        office = row["parent_id"] if row["owner_kind"] == "person" else row["owner_id"]
        found.setdefault(office, Counter())[row["state"]] += 1
        if row["state"] == "late":
            slowest[office] = max(slowest.get(office, 0), row["days_late"])
    owing = [office for office, states in found.items() if office in offices and states["missing"] + states["late"]]
    worst = [
        {
            "label": names.office(offices[office], filters.lang),
            "href": filters.href("owner", id=office),
            "due": found[office].total(),
            "missing": found[office]["missing"],
            "late": found[office]["late"],
            "days": slowest.get(office),
        }
        for office in sorted(owing, key=lambda office: (-found[office]["missing"], -found[office]["late"]))[:limit]
    ]
    columns = (
        grids.Column("label", _("หน่วยงาน"), is_link=True),
        grids.Column("missing", _("ยังไม่ส่ง"), "trimmed"),
        grids.Column("late", _("ส่งช้า"), "trimmed"),
        grids.Column("days", _("ช้าสุด (วัน)"), "trimmed"),
        grids.Column("due", _("ถึงกำหนด"), "trimmed"),
    )
    return grids.table(worst, columns, filters.lang, empty=_("ส่งครบทุกรายการที่ถึงกำหนด"))


def owed(filters: Filters, kpis: Sequence[Row], *, owner: str, with_people: bool = False) -> Html:
    """The entries that an owner (and, asked for, the people of that office) should have sent by now, the oldest first."""
    _ = filters.translate
    kpi_names = {kpi["kpi_id"]: names.kpi(kpi, filters.lang) for kpi in kpis}
    due = _due(filters, owner=owner) + (_due(filters, parent=owner) if with_people else [])
    missing: dict[tuple[str, str], dict[str, Any]] = {}
    for row in sorted(due, key=lambda row: row["month"]):
        if row["state"] != "missing":
            continue
        first = {
            "name": row["owner_name"],
            "href": filters.href("person" if row["owner_kind"] == "person" else "owner", id=row["owner_id"]),
            "kpi": f"{row['kpi_id']} {kpi_names.get(row['kpi_id'], '')}",
            "months": 0,
            "since": FiscalMonth(row["fiscal_year"], row["month"]).label(filters.lang),
            "due": format_date(row["due_date"], filters.lang),
        }
        missing.setdefault((row["owner_id"], row["kpi_id"]), first)["months"] += 1
    columns = [
        grids.Column("kpi", _("ตัวชี้วัด")),
        grids.Column("months", _("ค้าง (งวด)"), "trimmed"),
        grids.Column("since", _("ตั้งแต่")),
        grids.Column("due", _("กำหนดส่ง")),
    ]
    if with_people:
        columns.insert(0, grids.Column("name", _("ผู้รับผิดชอบ"), is_link=True))
    return grids.table(list(missing.values()), columns, filters.lang, empty=_("ส่งครบทุกรายการที่ถึงกำหนด"))


def _due(filters: Filters, **where: str | None) -> list[Row]:
    """The coverage rows whose day has come: what is due next month is not missing yet."""
    today = store.today()
    return [row for row in store.rows(scorecard.coverage, filters, **where) if row["due_date"].date() < today]
