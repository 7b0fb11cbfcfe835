"""The words every page shares: statuses with their marks, views, kinds of owner. Thai here, English in the catalogue."""

from __future__ import annotations

from typing import get_args

from kpi_metrics.i18n import Language, noted, translator
from kpi_metrics.model import Status, View

STATUSES: tuple[Status, ...] = get_args(Status)

STATUS_WORDS: dict[str, str] = {
    "on_plan": noted("เป็นไปตามแผน"),
    "watch": noted("เฝ้าระวัง"),
    "behind": noted("ต่ำกว่าแผน"),
    "not_reported": noted("ยังไม่รายงาน"),
    "not_due": noted("ยังไม่ถึงกำหนด"),
    "no_target": noted("ไม่มีเป้าหมายในงวดนี้"),
    "not_applicable": noted("ไม่มีเหตุให้ประเมิน"),
}
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

VIEW_WORDS: dict[View, str] = {"period": noted("เทียบแผนสะสม"), "year": noted("เทียบเป้าหมายทั้งปี")}

KIND_WORDS: dict[str, str] = {
    "country": noted("ประเทศ"),
    "region": noted("เขต"),
    "province": noted("จังหวัด"),
    "district": noted("อำเภอ"),
    "group": noted("กลุ่ม/ฝ่าย"),
    "person": noted("บุคคล"),
}


def status_word(status: str, lang: Language) -> str:
    """Return a status in words."""
    return translator(lang)(STATUS_WORDS[status])


def kind_word(kind: str, lang: Language) -> str:
    """Return a kind of owner in words."""
    return translator(lang)(KIND_WORDS[kind])
