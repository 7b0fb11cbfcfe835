"""The KPIs of the year and how each is handed down: the way, the target on top, what the offices hold of it, and who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kpi_metrics import cascade
from kpi_metrics.i18n import noted
from pages.components import grids, names, store
from pages.components.figures import signed, trimmed, unit_mark
from pages.components.filters import Filters
from pages.components.grids import Column

Row = Mapping[str, Any]

WAYS: dict[str, str] = {
    "direct": noted("ถ่ายทอดโดยตรง"),
    "share": noted("แบ่งค่าเป้าหมาย"),
    "contribute": noted("มีส่วนผลักดัน"),
}


def draw(filters: Filters, kpis: Sequence[Row], owners: Sequence[Row], found: Sequence[Row]) -> None:
    """Draw one line a KPI. ``found``: the rows of ``cascade.checks``."""
    _, lang = filters.translate, filters.lang
    top, _below = names.tree(owners)
    held: dict[str, list[Row]] = {}
    for row in store.rows(cascade.holders, filters):
        held.setdefault(row["kpi_id"], []).append(row)
    rows = [_line(filters, kpi, held.get(kpi["kpi_id"], []), top, found) for kpi in kpis]
    columns = (
        Column("name", _("ตัวชี้วัด"), "words", is_link=True),
        Column("way", _("การถ่ายทอด")),
        Column("target", _("เป้าหมายจังหวัด") if top["owner_kind"] == "province" else _("เป้าหมาย"), "number"),
        Column("below", _("หน่วยงานรวม"), "number"),
        Column("difference", _("ต่าง"), "number"),
        Column("offices", _("หน่วยงาน"), "trimmed"),
        Column("people", _("บุคคล"), "trimmed"),
        Column("faults", _("ต้องแก้"), "number"),
    )
    how = _("หน่วยงานรวม = ผลบวกของเป้าหมายข้างล่าง เฉพาะตัวชี้วัดที่ผลรวมกันได้")
    grids.draw(grids.section(_("ตัวชี้วัดทั้งหมด"), how), grids.table(rows, columns, lang, empty=""))


def _line(filters: Filters, kpi: Row, holders: Sequence[Row], top: Row, found: Sequence[Row]) -> dict[str, Any]:
    _ = filters.translate
    way = WAYS[kpi["cascade"]]
    own = next((row for row in holders if row["owner_id"] == top["owner_id"]), None)
    is_added = kpi["roll_up"] == "sum"
    faults = sum(row["kpi_id"] == kpi["kpi_id"] for row in found)
    below = own["children_target"] if own and is_added else None
    off = below - own["target"] if own and below is not None else None
    return {
        "name": f"{kpi['kpi_id']} {names.kpi(kpi, filters.lang)}",
        "href": filters.href("cascade", id=kpi["kpi_id"]),
        "way": _(way),
        "target": f"{trimmed(own['target'])} {unit_mark(kpi['unit'])}" if own else _("ไม่มี"),
        "below": trimmed(below),
        "difference": signed(off, 2).removesuffix(".00") if off else "",
        "offices": sum(row["owner_kind"] != "person" and row is not own for row in holders),
        "people": sum(row["owner_kind"] == "person" for row in holders),
        "faults": f"▼ {faults}" if faults else "",
    }
