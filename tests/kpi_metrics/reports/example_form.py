"""A form that states only what matters: everything else is at its plainest."""

from __future__ import annotations

from datetime import date
from typing import Any

from kpi_metrics.reports.forms.form import Band, Form, Line, Signer
from kpi_metrics.thai.calendar import FiscalMonth

OFFICIAL = (Band("ดีเด่น", 90), Band("ดีมาก", 80), Band("ดี", 70), Band("พอใช้", 60), Band("ต้องปรับปรุง", 0))
EMPLOYEE = (Band("ดีเด่น", 95), Band("ดีมาก", 85), Band("ดี", 75), Band("พอใช้", 65), Band("ต้องปรับปรุง", 0))


def line(kpi_id: str = "1.1", **facts: Any) -> Line:
    """A KPI of 83 % of its target, weight 100: 3.3 points."""
    said: dict[str, Any] = {
        "name": "จำนวนแปลงที่จัดทำผังแปลงเกษตรกรรมดิจิทัล", "office": None, "unit": "แปลง", "measure": "count",
        "scale_basis": "percent_of_target", "levels": (60.0, 70.0, 80.0, 90.0, 100.0), "steps": (), "target": 100.0,
        "plan": 100.0, "result": 83.0, "first_month": 1, "weight": 100.0, "status": "watch", "score": 3.3, "override": None,
        "exclusion": None,
    }  # fmt: skip
    said |= facts
    if "weighted" not in said:
        said["weighted"] = None if None in (said["score"], said["weight"]) else said["score"] * said["weight"] / 100
    return Line(kpi_id, **said)


def form(*lines: Line, **facts: Any) -> Form:
    """A civil servant's second round of 2569; totals follow from the lines."""
    lines = lines or (line(),)
    scored = [each for each in lines if each.score is not None and each.weight]
    evaluated = sum(each.weight or 0 for each in scored)
    score = sum(each.weighted or 0 for each in scored) * 100 / evaluated if scored else None
    said: dict[str, Any] = {
        "person_id": "P840102", "month": FiscalMonth(2569, 12), "personnel_type": "civil_servant",
        "person": Signer("นางตัวอย่าง สาม", "นักวิชาการส่งเสริมการเกษตรชำนาญการ"),
        "office": "สำนักงานเกษตรอำเภอเมืองสุราษฎร์ธานี", "assessor": Signer("นายตัวอย่าง สอง", "เกษตรอำเภอ"),
        "superiors": (Signer("นางตัวอย่าง หนึ่ง", "เกษตรจังหวัด"), None), "lines": lines,
        "weight_total": sum(each.weight or 0 for each in lines if each.exclusion is None), "weight_evaluated": evaluated,
        "score": score, "performance": None if score is None else score * 20, "performance_weight": 70.0,
        "behaviour": None, "final": None, "band": None, "bands": OFFICIAL, "count_not_reported": 0, "development": (),
        "remarks": {}, "printed": date(2026, 10, 5),
    }  # fmt: skip
    return Form(**(said | facts))
