"""The result of a person's round and why: the card, the KPIs as the form lists them, remarks, evidence, and the desk."""

from __future__ import annotations

from kpi_metrics import decisions, scorecard
from kpi_metrics.i18n import noted
from pages.components import forms, grids, store
from pages.components.filters import Filters
from pages.components.grids import Column
from pages.components.markup import Html, el, join
from pages.components.personal import appraisal_desk, round_card, round_lines
from pages.components.personal.subject import Subject

PART_WORDS = {
    "assessee": noted("ผู้รับการประเมิน"),
    "assessor": noted("ผู้ประเมิน"),
    "superior": noted("ผู้บังคับบัญชาเหนือขึ้นไป"),
}


def draw(filters: Filters, subject: Subject) -> None:
    """Draw all of the round in which the month lies, and the boxes in which it is decided."""
    _ = filters.translate
    grids.draw(round_card.rounds(filters))
    totals = store.rows(scorecard.running_appraisal, filters, owner=subject.id)
    if not totals:
        grids.draw(grids.empty_sentence(_("ไม่มีตัวชี้วัดให้ประเมินในรอบนี้ เลือกรอบหรือปีอื่น หรือนำเข้าเป้าหมายของปีนี้")))
        return
    lines = store.rows(scorecard.appraisal_lines, filters, owner=subject.id)
    grids.draw(
        round_card.card(totals[0], filters),
        round_lines.table(lines, totals[0], filters, subject),
        _said(filters, subject),
    )
    appraisal_desk.draw(filters, subject)
    grids.draw(round_lines.evidence(filters, subject))
    forms.offer(filters, subject.id)


def answer(filters: Filters, subject: Subject) -> str | None:
    """How the round stands, in one sentence; None for a person who has no KPI in it."""
    _ = filters.translate
    for total in store.rows(scorecard.running_appraisal, filters, owner=subject.id):
        return round_card.sentence(total, filters)
    return None


def _said(filters: Filters, subject: Subject) -> Html | None:
    """Remarks and development plan as they stand; None where there is neither."""
    _, lang, round_ = filters.translate, filters.lang, filters.period.round
    remarks = store.rows(decisions.remarks, filters, owner=subject.id, round_=round_)
    items = store.rows(decisions.development, filters, owner=subject.id, round_=round_)
    said = []
    for row in remarks:
        words = PART_WORDS[row["part"]]
        by = el("span", f" ({row['by']})", class_="muted")
        said.append(el("div", el("dt", _(words)), el("dd", row["text"], by)))
    columns = (
        Column("item", _("ข้อ"), "number"),
        Column("skill", _("ความรู้ ทักษะ หรือสมรรถนะที่ต้องพัฒนา"), "words"),
        Column("method", _("วิธีการพัฒนา"), "words"),
        Column("period", _("ช่วงเวลาที่พัฒนา"), "words"),
    )
    return join(
        join(grids.section(_("ความเห็น")), el("dl", *said)) if said else None,
        join(grids.section(_("แผนพัฒนาการปฏิบัติราชการรายบุคคล")), grids.table(items, columns, lang, empty=""))
        if items
        else None,
    )
