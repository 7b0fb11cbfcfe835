"""Who has sent what was due, and how late: drawn from the coverage rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from kpi_metrics import scorecard
from kpi_metrics.access import Scope
from kpi_metrics.store import Store
from kpi_metrics.thai.calendar import FiscalMonth, format_date
from pages.components import grids, names, store
from pages.components.filters import Filters
from pages.components.markup import Html, el, join

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """How many entries of a month are due, how many of them came in, and how many of those late."""

    due: int
    sent: int
    late: int

    @property
    def missing(self) -> int:
        """How many have not come in."""
        return self.due - self.sent


def count(rows: Sequence[Row]) -> Sent:
    """Count coverage rows by their state."""
    states = [row["state"] for row in rows]
    return Sent(len(states), len(states) - states.count("missing"), states.count("late"))


def of_month(filters: Filters, owner: str | None = None) -> list[Row]:
    """The coverage rows of the one month asked for, due by now or not: all, or an owner's and those of the people there."""
    asked = ({},) if owner is None else ({"owner": owner}, {"parent": owner, "kind": "person"})
    return [
        row
        for where in asked
        for row in store.rows(scorecard.coverage, filters, **where)
        if row["month"] == filters.month
    ]


def office_of(row: Row) -> str:
    """The office a coverage row is counted with: a person's is the one the person belongs to."""
    return str(row["parent_id"] if row["owner_kind"] == "person" else row["owner_id"])


def late_list(filters: Filters, offices: Mapping[str, Row], limit: int = 8) -> Html:
    """The offices with the most entries missing, then those that sent late; ``offices`` by id, others are left out."""
    _ = filters.translate
    owing = [
        row
        for row in store.rows(by_office, filters, today=store.today())
        if row["office"] in offices and row["missing"] + row["late"]
    ]
    worst = [
        row
        | {
            "label": names.office(offices[row["office"]], filters.lang),
            "href": filters.href("owner", id=row["office"]),
        }
        for row in sorted(owing, key=lambda row: (-row["missing"], -row["late"]))[:limit]
    ]
    columns = (
        grids.Column("label", _("หน่วยงาน"), is_link=True),
        grids.Column("missing", _("ยังไม่ส่ง"), "trimmed"),
        grids.Column("late", _("ส่งช้า"), "trimmed"),
        grids.Column("days", _("ช้าสุด (วัน)"), "trimmed"),
        grids.Column("due", _("ถึงกำหนด"), "trimmed"),
    )
    more = grids.link(_("ดูว่าใครค้างรายการใด"), filters.href("report", part="coverage"))
    table = grids.table(worst, columns, filters.lang, empty=_("ส่งครบทุกรายการที่ถึงกำหนด"))
    return join(table, el("p", more))


def by_office(
    store: Store, scope: Scope, *, year: int, month: int, today: date, as_of: datetime | None = None
) -> pd.DataFrame:
    """One row per office with what was due of it and its people before ``today``: due, missing, late, most days late."""
    rows = scorecard.coverage(store, scope, year=year, month=month, as_of=as_of)
    rows = rows[rows["due_date"] < pd.Timestamp(today)]
    is_late, is_missing = rows["state"] == "late", rows["state"] == "missing"
    waiting = (pd.Timestamp(today) - rows["due_date"]).dt.days.where(is_missing)
    return (
        rows.assign(
            office=rows["owner_id"].where(rows["owner_kind"] != "person", rows["parent_id"]),
            missing=is_missing,
            late=is_late,
            days=rows["days_late"].where(is_late).fillna(waiting),
        )
        .groupby("office", sort=False)
        .agg(due=("state", "size"), missing=("missing", "sum"), late=("late", "sum"), days=("days", "max"))
        .reset_index()
    )


def owed(filters: Filters, kpis: Sequence[Row], *, owner: str, with_people: bool = False) -> Html:
    """The entries that an owner (and, asked for, the people of that office) should have sent by now, the oldest first."""
    _ = filters.translate
    kpi_names = {kpi["kpi_id"]: names.kpi(kpi, filters.lang) for kpi in kpis}
    rows = missing(filters, owner=owner) + (missing(filters, parent=owner) if with_people else [])
    shown: dict[tuple[str, str], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: row["month"]):
        first = {
            "name": row["owner_name"],
            "href": filters.href("person" if row["owner_kind"] == "person" else "owner", id=row["owner_id"]),
            "kpi": f"{row['kpi_id']} {kpi_names.get(row['kpi_id'], '')}",
            "months": 0,
            "since": FiscalMonth(row["fiscal_year"], row["month"]).label(filters.lang),
            "due": format_date(row["due_date"], filters.lang),
        }
        shown.setdefault((row["owner_id"], row["kpi_id"]), first)["months"] += 1
    columns = [
        grids.Column("kpi", _("ตัวชี้วัด")),
        grids.Column("months", _("ค้าง (งวด)"), "trimmed"),
        grids.Column("since", _("ตั้งแต่")),
        grids.Column("due", _("กำหนดส่ง")),
    ]
    if with_people:
        columns.insert(0, grids.Column("name", _("ผู้รับผิดชอบ"), is_link=True))
    return grids.table(list(shown.values()), columns, filters.lang, empty=_("ส่งครบทุกรายการที่ถึงกำหนด"))


def missing(filters: Filters, **where: str | None) -> list[Row]:
    """The entries that should have been sent by now and were not, the oldest first: rows of ``scorecard.coverage``."""
    return sorted((row for row in _due(filters, **where) if row["state"] == "missing"), key=lambda row: row["month"])


def _due(filters: Filters, **where: str | None) -> list[Row]:
    """The coverage rows whose day has come: what is due next month is not missing yet."""
    today = store.today()
    return [row for row in store.rows(scorecard.coverage, filters, **where) if row["due_date"].date() < today]
