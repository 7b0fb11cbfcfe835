"""How is this district or group doing, and why?"""

import streamlit as st

from kpi_metrics import scorecard
from pages.components import coverage, downloads, forms, frame, grids, names, panels, siblings, standing, store
from pages.components.figures import fixed
from pages.components.text import kind_word
from pages.components.what_if import helping, office

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
name = names.full_office(owner, lang)
if not totals:
    frame.nothing(filters, _("{name} ไม่มีตัวชี้วัดในงวดนี้ เลือกเดือนหรือปีอื่น หรือนำเข้าเป้าหมายของปีนี้").format(name=name))

[total] = totals
score = standing.score_of(total, filters.view)
answer = _("{name} ยังไม่มีคะแนนในงวดนี้") if score is None else _("{name} ได้ {score} จาก 5 {rank}")
rank = siblings.rank(total, filters)
frame.title(
    filters,
    answer.format(name=name, score=fixed(score, 2), rank=rank).strip(),
    subject=siblings.median(total, filters),
)

if filters.part == "what_if":
    office.draw(filters, "owner", owner)
    frame.end(filters)

of = _("จาก {items} ตัวชี้วัด").format(items=total["kpi_count"])
grids.draw(panels.headline(total, filters, _("คะแนนถ่วงน้ำหนัก"), of=of))
rows = panels.kpi_bullets(filters, owner["owner_id"], kpis)

members = store.rows(scorecard.summary, filters, parent=owner["owner_id"])
left, right = st.columns(2, gap="large")
with left:
    panels.progress(filters, owner["owner_id"], kpis)
with right:
    grids.draw(grids.section(_("หน่วยงานและบุคคลในสังกัด")), panels.members(filters, members, owners))
    grids.draw(
        grids.section(_("รายการที่ถึงกำหนดแล้วแต่ยังไม่ส่ง")),
        coverage.owed(filters, kpis, owner=owner["owner_id"], with_people=True),
    )
    helping.few(filters, "owner", owner)
downloads.offer(filters, {"scorecard": rows, "summary": [total, *members]}, owner["owner_id"])
forms.offer(filters, owner["owner_id"])
