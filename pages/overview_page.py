"""How is the province doing?"""

import streamlit as st

from kpi_metrics import scorecard
from pages.components import bullets, charts, coverage, downloads, frame, grids, names, panels, standing, store
from pages.components.figures import fixed, trimmed
from pages.components.what_if import helping, office

filters = frame.read_filters()
_, lang = filters.translate, filters.lang

owners = store.rows(scorecard.owners, filters)
top, below = names.tree(owners)
kpis = store.rows(scorecard.kpis, filters)
kpi_names = {kpi["kpi_id"]: names.kpi(kpi, lang) for kpi in kpis}
totals = store.rows(scorecard.summary, filters, owner=top["owner_id"])
if not totals:
    frame.nothing(
        filters,
        _("{name} ไม่มีตัวชี้วัดในงวดนี้ เลือกเดือนหรือปีอื่น หรือนำเข้าเป้าหมายของปีนี้").format(name=names.full_office(top, lang)),
    )
[total] = totals
offices = [row for row in store.rows(scorecard.summary, filters, parent=top["owner_id"]) if row["owner_id"] in below]
rows = store.rows(scorecard.scorecard, filters, owner=top["owner_id"])

score = standing.score_of(total, filters.view)
losing = standing.losing(rows, kpi_names, filters)
answer = _("{office} ยังไม่มีคะแนนในงวดนี้") if score is None else _("{office} ได้ {score} จาก 5")
if losing:
    answer = _("{office} ได้ {score} จาก 5 เสียคะแนนมากที่สุดที่ “{kpi}”")
worst = losing[0]["label"] if losing else ""
frame.title(filters, answer.format(office=names.full_office(top, lang), score=fixed(score, 2), kpi=worst))
if filters.part == "what_if":
    office.draw(filters, "", top)
    frame.end(filters)

counts = {s: sum(row[f"count_{s}"] for row in offices) for s in ("behind", "watch", "on_plan", "not_reported")}
items = trimmed(sum(row["kpi_count"] for row in offices))
of = _("จาก {items} รายการ ({offices} หน่วยงาน × ตัวชี้วัดของตน)").format(items=items, offices=len(offices))
grids.draw(panels.headline(total, filters, _("คะแนนถ่วงน้ำหนัก"), of=of, counts=counts))

left, right = st.columns(2, gap="large")
with left:
    how = _("แท่ง = ระดับที่ทำได้ เส้นดำ = แผนถึงเดือนนี้")
    works = standing.by_work(rows, kpis, filters)
    grids.draw(grids.section(_("งานใดถึงระดับที่ควรถึง"), how), bullets.score_bullets(works, lang))
    panels.progress(filters, top["owner_id"], kpis)
    how = _("รายการที่ถึงกำหนดแล้วตั้งแต่ต้นปี")
    grids.draw(grids.section(_("ใครยังไม่ส่ง"), how), coverage.late_list(filters, below))
    helping.few(filters, "", top)
with right:
    heading = _("ตัวชี้วัดที่เสียคะแนนมากที่สุด")
    grids.draw(grids.section(heading, _("คะแนนถ่วงน้ำหนักที่ขาดจากเต็ม 5")))
    if losing:
        charts.draw(charts.gap_bars(losing), key="losing", alt=heading)
    else:
        grids.draw(grids.empty_sentence(_("ไม่มีคะแนนที่เสียไปในงวดนี้")))
    on_plan, watch = map(trimmed, filters.thresholds)
    how = _("คะแนนจาก 5 · สีตามร้อยละของคะแนนตามแผน ({on_plan} / {watch})").format(on_plan=on_plan, watch=watch)
    grids.draw(grids.section(_("หน่วยงานอยู่ตรงไหน"), how), grids.tile_map(standing.tiles(offices, below, filters), lang))
    gaps = standing.gaps(offices, below, filters)
    if gaps:
        heading = _("หน่วยงานเรียงจากห่างแผนที่สุด")
        grids.draw(grids.section(heading, _("คะแนนลบคะแนนตามแผน")))
        charts.draw(charts.gap_bars(gaps), key="offices", alt=heading)
downloads.offer(filters, {"summary": [total, *offices], "scorecard": rows})
