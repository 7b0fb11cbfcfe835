"""The rules of what an office measures: the KPIs, and the lines of KPIs under KPIs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from kpi_metrics.ingest.figures import check_plan, check_scale, levels_of, read_plan
from kpi_metrics.ingest.findings import Findings, Row
from kpi_metrics.ingest.lookup import Lookup
from kpi_metrics.ingest.parents import Draft, settle_parents
from kpi_metrics.model import NO_LEVELS, Kpi, Text
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.units import same_unit


def make_kpi(row: Row, lookup: Lookup, findings: Findings) -> Kpi | None:
    """The KPI a row describes, if its work is known and its measure, entry, roll-up and scale go together."""
    values = row.values
    year, work_id = values.get("fiscal_year"), values.get("work_id")
    if year is not None and work_id is not None and (year, work_id) not in lookup.works:
        findings.reject(
            row,
            "work_id",
            "unknown_work",
            Text(f"ไม่มีงานรหัสนี้ในปีงบประมาณ {year}", f"there is no such work in fiscal year {year}"),
            Text("เพิ่มในตารางงานก่อน", "add it to the works table first"),
            meant=lookup.works_near(year, work_id),
        )
    _check_combination(row, findings)
    levels, plan = levels_of(row), read_plan(row)
    check_plan(row, plan, findings)
    if values.get("measure") == "milestone":
        levels = NO_LEVELS
    elif values.get("direction"):
        check_scale(row, levels, values["direction"], findings, is_required=True)
    if row.is_rejected:
        return None
    texts = ("short_name_th", "name_en", "lead_owner", "parent_kpi_id", "formula_th", "source_th", "steps_th")
    words = (
        "name_th",
        "unit",
        "measure",
        "direction",
        "entry",
        "roll_up",
        "frequency",
        "scale_basis",
        "scoring",
        "cascade",
    )
    fields: dict[str, Any] = {name: values.get(name) for name in ("fiscal_year", "kpi_id", "work_id", *words, *texts)}
    fields["lead_owner"] = _lead(row, lookup, findings)
    return Kpi(**fields, levels=levels, weight=values.get("weight"), plan=plan)


def settle_kpis(
    drafts: Sequence[Draft[Kpi]], lookup: Lookup, reported: Collection[tuple[int, str]], findings: Findings
) -> list[Draft[Kpi]]:
    """KPIs that are linked as they may be, and stay what was reported on them.

    A parent KPI is known in the same year, counts in the same unit unless the link is ``contribute``, and runs in no
    circle. ``reported``: the years and KPIs that have entries; one KPI has one measure in a year.
    """
    drafts = [draft for draft in drafts if not _is_remeasured(draft, lookup, reported, findings)]
    _check_units(drafts, lookup, findings)
    drafts = [draft for draft in drafts if not draft[0].is_rejected]

    def parent(kpi: Kpi) -> tuple[int, str] | None:
        return (kpi.fiscal_year, kpi.parent_kpi_id) if kpi.parent_kpi_id else None

    known = {key: parent(kpi) for key, kpi in lookup.kpis.items()}
    kept = settle_parents(
        drafts,
        lambda kpi: (kpi.fiscal_year, kpi.kpi_id),
        parent,
        known,
        findings,
        "parent_kpi_id",
        lambda key, among: lookup.kpis_near(*key, among),
    )
    lookup.kpis.update(((kpi.fiscal_year, kpi.kpi_id), kpi) for _, kpi in kept)
    return kept


def _check_units(drafts: Sequence[Draft[Kpi]], lookup: Lookup, findings: Findings) -> None:
    """Refuse each KPI at an end of a link down which no target can be handed: the two count in different units.

    Where the other end is stored, the row at hand is refused, be it the child's or the parent's.
    """
    rows = {(kpi.fiscal_year, kpi.kpi_id): row for row, kpi in drafts}
    kpis = {**lookup.kpis, **{(kpi.fiscal_year, kpi.kpi_id): kpi for _, kpi in drafts}}
    for key, kpi in kpis.items():
        parent_key = (kpi.fiscal_year, kpi.parent_kpi_id or "")
        row, parent = rows.get(key) or rows.get(parent_key), kpis.get(parent_key)
        if row is None or parent is None or _may_be_linked(kpi, parent):
            continue
        findings.reject(
            row,
            "parent_kpi_id" if key in rows else "unit",
            "other_unit",
            Text(
                f"ตัวชี้วัด {kpi.kpi_id} นับเป็น{kpi.unit} แต่ตัวชี้วัดแม่ {parent.kpi_id} นับเป็น{parent.unit} ถ่ายทอดโดยตรงหรือแบ่งค่าเป้าหมายไม่ได้",
                f"KPI {kpi.kpi_id} counts {kpi.unit}, its parent {parent.kpi_id} {parent.unit}: no target can be handed down directly or in shares",
            ),
            Text(
                "ใช้หน่วยนับเดียวกัน เลือกตัวชี้วัดแม่อื่น หรือใช้การถ่ายทอดแบบมีส่วนผลักดัน",
                "the same unit, another parent KPI, or the cascade contribute",
            ),
        )


def _may_be_linked(kpi: Kpi, parent: Kpi) -> bool:
    return "contribute" in (kpi.cascade, parent.cascade) or same_unit(kpi.unit, parent.unit)


def _is_remeasured(
    draft: Draft[Kpi], lookup: Lookup, reported: Collection[tuple[int, str]], findings: Findings
) -> bool:
    row, kpi = draft
    before = lookup.kpis.get((kpi.fiscal_year, kpi.kpi_id))
    if before is None or (kpi.fiscal_year, kpi.kpi_id) not in reported:
        return False
    for column in ("measure", "entry"):
        was = getattr(before, column)
        if was != getattr(kpi, column):
            findings.reject(
                row,
                column,
                "remeasured",
                Text("มีผลที่รายงานไว้แล้วตามแบบเดิม จึงเปลี่ยนไม่ได้", "results are already reported on it as it was"),
                Text(f"{was} ตามเดิม หรือใช้รหัสตัวชี้วัดใหม่", f"{was} as before, or a new KPI id"),
            )
            return True
    return False


def _check_combination(row: Row, findings: Findings) -> None:
    """The combinations of measure, entry and roll-up that have a meaning (section 1 of the definition of the numbers)."""
    measure, entry, roll_up = (row.values.get(name) for name in ("measure", "entry", "roll_up"))
    if measure == "milestone" and entry == "increment":
        findings.reject(
            row,
            "entry",
            "combination",
            Text("ตัวชี้วัดแบบขั้นตอนต้องรายงานเป็นผลสะสม", "a milestone is reported as a snapshot"),
            Text("ผลสะสม", "snapshot"),
        )
    allowed = {"sum": ("count", "value"), "ratio": ("percent",)}.get(roll_up or "")
    if allowed and measure and measure not in allowed:
        findings.reject(
            row,
            "roll_up",
            "combination",
            Text(f"การรวมผลแบบ {roll_up} ใช้กับ {measure} ไม่ได้", f"{roll_up} cannot roll up a {measure}"),
            Text("ค่าเฉลี่ย ต่ำสุด สูงสุด ไม่รวม", "mean, min, max, none")
            if measure != "percent"
            else Text("สัดส่วน ค่าเฉลี่ย ต่ำสุด สูงสุด ไม่รวม", "ratio, mean, min, max, none"),
        )


def _lead(row: Row, lookup: Lookup, findings: Findings) -> str | None:
    said: str | None = row.values.get("lead_owner")
    if said is None:
        return None
    try:
        return lookup.office(said)
    except Unreadable as error:
        findings.warn(row, "lead_owner", "unknown_lead", error.wrong, error.expected)
        return said
