"""The words every page shares: statuses with their marks, kinds of owner, views, settings."""

from __future__ import annotations

from typing import NamedTuple, cast, get_args

from kpi_metrics.i18n import Language, noted
from kpi_metrics.model import OwnerKind, Status, View
from kpi_metrics.words import KIND_WORDS, STATUS_WORDS, said

STATUSES: tuple[Status, ...] = get_args(Status)

STATUS_MARKS: dict[str, str] = {
    "on_plan": "",
    "watch": "◐",
    "behind": "▼",
    "not_reported": "?",
    "not_due": "·",
    "no_target": "–",
    "not_applicable": "∅",
}
SCORED: frozenset[str] = frozenset({"on_plan", "watch", "behind"})
UNSCORED = frozenset(STATUSES) - SCORED


class Thresholds(NamedTuple):
    """The percents of the plan from which something is on plan, or to be watched."""

    on_plan: float = 100
    watch: float = 80


USUAL = Thresholds()

VIEW_WORDS: dict[View, str] = {"period": noted("เทียบแผนสะสม"), "year": noted("เทียบเป้าหมายทั้งปี")}

SETTING_WORDS: dict[str, str] = {
    "status_on_plan": noted("เป็นไปตามแผนตั้งแต่ร้อยละ {value} ของแผน (ปกติ {default})"),
    "status_watch": noted("เฝ้าระวังตั้งแต่ร้อยละ {value} ของแผน (ปกติ {default})"),
    "score_floor": noted("คะแนนต่ำสุด {value} (ปกติ {default})"),
    "rank_min_evaluated": noted("จัดอันดับเมื่อประเมินได้ร้อยละ {value} ของน้ำหนัก (ปกติ {default})"),
    "due_day": noted("ส่งรายงานภายในวันที่ {value} ของเดือนถัดไป (ปกติ {default})"),
    "person_kpi_min": noted("ตัวชี้วัดต่อคนอย่างน้อย {value} (ปกติ {default})"),
    "person_kpi_max": noted("ตัวชี้วัดต่อคนไม่เกิน {value} (ปกติ {default})"),
    "person_prescribed_min": noted("ตัวชี้วัดบังคับต่อคนอย่างน้อย {value} (ปกติ {default})"),
    "performance_weight_civil_servant": noted("ข้าราชการ: ผลสัมฤทธิ์ของงานร้อยละ {value} (ปกติ {default})"),
    "performance_weight_permanent_employee": noted("ลูกจ้างประจำ: ผลสัมฤทธิ์ของงานร้อยละ {value} (ปกติ {default})"),
    "performance_weight_government_employee": noted("พนักงานราชการ: ผลสัมฤทธิ์ของงานร้อยละ {value} (ปกติ {default})"),
}


def status_word(status: str, lang: Language) -> str:
    """Return a status in words."""
    return said(STATUS_WORDS[cast(Status, status)], lang)


def kind_word(kind: str, lang: Language) -> str:
    """Return a kind of owner in words, as a heading over several."""
    words = KIND_WORDS[cast(OwnerKind, kind)]
    return words.more.capitalize() if lang == "en" else words.th
