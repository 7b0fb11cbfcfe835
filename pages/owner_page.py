"""How is this district or group doing, and why?"""

import statistics

import streamlit as st

from kpi_metrics import scorecard
from kpi_metrics.thai.numbers import round_half_up
from pages.components import coverage, frame, grids, names, panels, standing, store
from pages.components.figures import fixed, signed
from pages.components.text import kind_word

filters = frame.read_filters()
_, lang = filters.translate, filters.lang

owners = store.rows(scorecard.owners, filters)
offices = [owner for owner in owners if owner["owner_kind"] != "person"]
if filters.id is None:
    frame.choose(
        filters,
        "owner",
        _("เลือกหน่วยงาน"),
        names.grouped(
            offices,
            heading=lambda office: kind_word(office["owner_kind"], lang),
            option=lambda office: (office["owner_id"], names.full_office(office, lang)),
        ),
    )

owner = names.find(offices, "owner_id", filters.id or "", "หน่วยงาน", "office")
kpis = store.rows(scorecard.kpis, filters)
totals = store.rows(scorecard.summary, filters, owner=owner["owner_id"])
siblings = store.rows(scorecard.summary, filters, parent=owner["parent_id"] or "", kind=owner["owner_kind"])
name = names.full_office(owner, lang)
if not totals:
    frame.nothing(filters, _("{name} ไม่มีตัวชี้วัดในงวดนี้").format(name=name))

[total] = totals
score = standing.score_of(total, filters.view)
scores = [value for row in siblings if (value := standing.score_of(row, filters.view)) is not None]
answer = _("{name} ยังไม่มีคะแนนในงวดนี้") if score is None else _("{name} ได้ {score} จาก 5")
if total["rank"] and siblings:
    answer = _("{name} ได้ {score} จาก 5 ลำดับที่ {rank} จาก {of}")
ranked = [row for row in siblings if row["rank"]]
compared = None
if score is not None and len(scores) > 1:
    median = statistics.median(scores)
    gap = signed(round_half_up(score, 2) - round_half_up(median, 2), 2)
    compared = _("ค่ากลางของหน่วยงานระดับเดียวกัน {median} (ต่างกัน {gap})").format(median=fixed(median, 2), gap=gap)
frame.title(
    filters,
    answer.format(name=name, score=fixed(score, 2), rank=fixed(total["rank"], 0), of=len(ranked)),
    subject=compared,
)

of = _("จาก {items} ตัวชี้วัด").format(items=total["kpi_count"])
grids.draw(panels.headline(total, filters, _("คะแนนถ่วงน้ำหนัก"), of=of))
panels.kpi_bullets(filters, owner["owner_id"], kpis)

left, right = st.columns(2, gap="large")
with left:
    panels.progress(filters, owner["owner_id"], kpis)
with right:
    grids.draw(grids.section(_("หน่วยงานและบุคคลในสังกัด")), panels.members(filters, owner["owner_id"], owners))
    grids.draw(
        grids.section(_("รายการที่ถึงกำหนดแล้วแต่ยังไม่ส่ง")),
        coverage.owed(filters, kpis, owner=owner["owner_id"], with_people=True),
    )
