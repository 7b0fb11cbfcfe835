"""What statuses and kinds of owner are called, in both languages: their one home for screen and command line."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_metrics.i18n import Language
from kpi_metrics.model import OwnerKind, Status, Text

STATUS_WORDS: dict[Status, Text] = {
    "on_plan": Text("เป็นไปตามแผน", "On plan"),
    "watch": Text("เฝ้าระวัง", "Watch"),
    "behind": Text("ต่ำกว่าแผน", "Behind plan"),
    "not_reported": Text("ยังไม่รายงาน", "Not reported"),
    "not_due": Text("ยังไม่ถึงกำหนด", "Not due yet"),
    "no_target": Text("ไม่มีเป้าหมายในงวดนี้", "No target in this period"),
    "not_applicable": Text("ไม่มีเหตุให้ประเมิน", "Not applicable"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of owner: the Thai word, and the English ones for one and for more."""

    th: str
    one: str
    more: str

    def counted(self, count: int) -> Text:
        """So many of them: ``3 อำเภอ``, ``3 districts``."""
        return Text(f"{count} {self.th}", f"{count} {self.one if count == 1 else self.more}")


KIND_WORDS: dict[OwnerKind, Kind] = {
    "country": Kind("ประเทศ", "country", "countries"),
    "region": Kind("เขต", "region", "regions"),
    "province": Kind("จังหวัด", "province", "provinces"),
    "district": Kind("อำเภอ", "district", "districts"),
    "group": Kind("กลุ่ม/ฝ่าย", "group", "groups"),
    "person": Kind("บุคคล", "person", "people"),
}


def said(text: Text, lang: Language) -> str:
    """The sentence in one language."""
    return text.en if lang == "en" else text.th
