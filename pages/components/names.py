"""Names of offices, people and KPIs in the reader's language; where there is no English name the Thai one stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kpi_metrics.i18n import Language
from kpi_metrics.model import Refused

Row = Mapping[str, Any]


def office(row: Row, lang: Language) -> str:
    """Return the short name of an office or the name of a person: "ไชยา"."""
    if lang == "en" and row.get("name_en"):
        return str(row["name_en"]).removesuffix(" Provincial Agricultural Extension Office")
    return str(row.get("short_name_th") or row["owner_name"] or row["owner_id"])


def full_office(row: Row, lang: Language) -> str:
    """Return the name on an office's door: "สำนักงานเกษตรอำเภอไชยา", "Chaiya District Agricultural Extension Office"."""
    name = str(row.get("name_en") if lang == "en" and row.get("name_en") else row["owner_name"])
    if row["owner_kind"] != "district" or "สำนักงาน" in name or "Office" in name:
        return name
    if lang == "en":
        return f"{name.removesuffix(' District')} District Agricultural Extension Office"
    return f"สำนักงานเกษตรอำเภอ{name.removeprefix('อำเภอ')}"


def whole(row: Row, lang: Language) -> str:
    """Return the whole name of an office or a person."""
    return str(row["owner_name"]) if row["owner_kind"] == "person" else full_office(row, lang)


def path(owners: Sequence[Row], owner_id: str) -> list[Row]:
    """Return the owner and what stands above it, the top first, of rows of ``scorecard.owners``."""
    by_id = {owner["owner_id"]: owner for owner in owners}
    found: list[Row] = []
    here = by_id.get(owner_id)
    while here is not None and here not in found:
        found.insert(0, here)
        here = by_id.get(here["parent_id"])
    return found


def kpi(row: Row, lang: Language) -> str:
    """Return the short name of a row of ``scorecard.kpis``."""
    if lang == "en" and row.get("name_en"):
        return str(row["name_en"])
    return str(row.get("short_name_th") or row["name_th"])


def work(row: Row, lang: Language) -> str:
    """Return the name of the work of a row of ``scorecard.kpis``."""
    return str((row.get("work_name_en") if lang == "en" else None) or row.get("work_name_th") or row["work_id"])


def tree(owners: Sequence[Row]) -> tuple[Row, dict[str, Row]]:
    """Return the office on top and those directly below it by id, of rows of ``scorecard.owners``; people left out."""
    top = next((owner for owner in owners if owner["parent_id"] is None), None)
    if top is None:
        raise Refused("ยังไม่มีหน่วยงานในงวดนี้หรือ ณ เวลานี้", "There is no office in this period or at this time")
    offices = (owner for owner in owners if owner["owner_kind"] != "person")
    return top, {office["owner_id"]: office for office in offices if office["parent_id"] == top["owner_id"]}


def grouped(
    rows: Sequence[Row], heading: Callable[[Row], str], option: Callable[[Row], tuple[str, str]]
) -> dict[str, list[tuple[str, str]]]:
    """Gather (id, name) options under headings, both in the order of the rows."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        groups.setdefault(heading(row), []).append(option(row))
    return groups


def find(rows: Sequence[Row], key: str, wanted: str, th: str, en: str) -> Row:
    """Return the row with this id; raises Refused naming what there is none of (``th``, ``en``)."""
    for row in rows:
        if row[key] == wanted:
            return row
    raise Refused(f"ไม่มี{th}รหัส “{wanted[:40]}” ในงวดนี้", f"There is no {en} “{wanted[:40]}” in this period")
