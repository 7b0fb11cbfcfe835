"""How a person is doing: the headline and the KPIs on the five levels, as head of an office and on their own."""

from __future__ import annotations

from pages.components import coverage, downloads, grids, panels
from pages.components.figures import fixed
from pages.components.filters import Filters
from pages.components.personal.subject import Subject


def draw(filters: Filters, subject: Subject) -> None:
    """Draw headline and KPI bullets of all that the person is appraised as, what is owed, and the downloads."""
    _ = filters.translate
    shown = []
    for total in subject.totals:
        holder, share = total["owner_id"], total[f"percent_{filters.view}"]
        label = _("คะแนนเบื้องต้น รอบที่ {round}/{year}").format(round=filters.period.round, year=filters.year)
        if holder in subject.offices:
            label = _("{label} · ในฐานะหัวหน้า {office}").format(label=label, office=subject.offices[holder])
        of = _("จาก {items} ตัวชี้วัด").format(items=total["kpi_count"])
        note = _("{percent} จาก 100").format(percent=fixed(share, 1)) if share is not None else None
        grids.draw(panels.headline(total, filters, label, of=of, note=note))
        shown += panels.kpi_bullets(filters, holder, subject.kpis)
    heading = _("รายการที่ถึงกำหนดแล้วแต่ยังไม่ส่ง")
    grids.draw(grids.section(heading), coverage.owed(filters, subject.kpis, owner=subject.id))
    downloads.offer(filters, {"scorecard": shown, "summary": subject.totals}, subject.id)
