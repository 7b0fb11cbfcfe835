"""What a KPI means and how it is scored, in words, from its own row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kpi_metrics.i18n import Language, noted, translator
from pages.components import names
from pages.components.figures import trimmed
from pages.components.markup import Html, el

Row = Mapping[str, Any]

WORDS: dict[str, dict[str, str]] = {
    "measure": {
        "count": noted("จำนวน"),
        "percent": noted("ร้อยละ"),
        "milestone": noted("ขั้นตอนที่ทำได้ 0-5"),
        "value": noted("ค่าที่วัดได้"),
    },
    "direction": {"up": noted("มากยิ่งดี"), "down": noted("น้อยยิ่งดี")},
    "entry": {
        "increment": noted("รายงานผลประจำเดือน แล้วรวมเป็นผลสะสม"),
        "snapshot": noted("รายงานผลสะสม ใช้ค่าของเดือนล่าสุด"),
    },
    "roll_up": {
        "sum": noted("รวมผลของหน่วยงานย่อย"),
        "ratio": noted("รวมตัวตั้งและตัวหารของหน่วยงานย่อยแล้วจึงคิดร้อยละ"),
        "mean": noted("เฉลี่ยผลของหน่วยงานย่อย"),
        "min": noted("ใช้ผลต่ำสุดของหน่วยงานย่อย"),
        "max": noted("ใช้ผลสูงสุดของหน่วยงานย่อย"),
        "none": noted("ไม่รวมผล แต่ละหน่วยงานรายงานเอง"),
    },
    "frequency": {
        "monthly": noted("รายเดือน"),
        "quarterly": noted("รายไตรมาส"),
        "half": noted("ราย 6 เดือน"),
        "yearly": noted("รายปี"),
        "event": noted("เมื่อมีเหตุ"),
    },
    "scale_basis": {
        "percent_of_target": noted("ร้อยละของเป้าหมาย"),
        "absolute": noted("ค่าจริง"),
    },
    "scoring": {
        "interpolate": noted("เทียบบัญญัติไตรยางศ์"),
        "step": noted("ถึงระดับใดได้ระดับนั้น"),
    },
}


def describe(kpi: Row, owners: Sequence[Row], lang: Language) -> Html:
    """Return the definition list of a row of ``scorecard.kpis``."""
    _ = translator(lang)

    def word(field: str) -> str:
        return _(WORDS[field][kpi[field]])

    lead = next((names.full_office(o, lang) for o in owners if o["owner_id"] == kpi["lead_owner"]), kpi["lead_owner"])
    levels = [kpi[f"level_{n}"] for n in range(1, 6)]
    scale = " · ".join(f"{n} = {trimmed(x)}" for n, x in enumerate(levels, start=1) if x is not None)
    parts = [
        (_("งาน"), names.work(kpi, lang)),
        (_("สูตร"), kpi["formula_th"]),
        (_("หน่วยนับ"), f"{kpi['unit']} ({word('measure')}, {word('direction')})"),
        (_("การรายงาน"), f"{word('frequency')} · {word('entry')}"),
        (_("การรวมผล"), word("roll_up")),
        (_("เกณฑ์การให้คะแนน"), f"{scale} ({word('scale_basis')}, {word('scoring')})" if scale else word("measure")),
        (_("น้ำหนัก (ร้อยละ)"), trimmed(kpi["weight"])),
        (_("ผู้กำกับดูแลตัวชี้วัด"), lead),
        (_("แหล่งข้อมูล"), kpi["source_th"]),
        (_("ขั้นตอน"), kpi["steps_th"]),
    ]
    return el("dl", *(el("div", el("dt", term), el("dd", text)) for term, text in parts if text))
