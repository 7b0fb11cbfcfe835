"""One KPI everywhere, or of one owner down to its entries."""

import streamlit as st

from kpi_metrics import scorecard
from pages.components import (
    charts,
    definition,
    downloads,
    frame,
    grids,
    headlines,
    names,
    panels,
    standing,
    store,
    trace,
)

filters = frame.read_filters()
_, lang = filters.translate, filters.lang

kpis = store.rows(scorecard.kpis, filters)
if filters.id is None:
    frame.choose(
        filters,
        "kpi",
        _("เลือกตัวชี้วัด"),
        names.grouped(
            kpis,
            heading=lambda kpi: names.work(kpi, lang),
            option=lambda kpi: (kpi["kpi_id"], f"{kpi['kpi_id']} {names.kpi(kpi, lang)}"),
        ),
    )

kpi = names.find(kpis, "kpi_id", filters.id or "", "ตัวชี้วัด", "KPI")
owners = store.rows(scorecard.owners, filters)
rows = store.rows(scorecard.scorecard, filters, kpi=kpi["kpi_id"])
if filters.owner:
    trace.draw(filters, kpi, owners, rows)
    frame.end(filters)

if not rows:
    words = _("ยังไม่มีใครถือ {kpi} ในงวดนี้ เลือกเดือนหรือปีอื่น หรือนำเข้าเป้าหมายของปีนี้")
    frame.nothing(filters, words.format(kpi=f"{kpi['kpi_id']} {names.kpi(kpi, lang)}"))

top, below = names.tree(owners)
offices = [row for row in rows if row["owner_id"] in below]
behind = sum(row["status"] == "behind" for row in offices)
answer = _("{kpi} ต่ำกว่าแผน {behind} จาก {of} หน่วยงาน")
frame.title(
    filters,
    answer.format(kpi=f"{kpi['kpi_id']} {names.kpi(kpi, lang)}", behind=behind, of=len(offices)),
    subject=kpi["name_th"],
)
for whole in rows:
    if whole["owner_id"] == top["owner_id"]:
        grids.draw(headlines.kpi_headline(whole, names.full_office(top, lang), filters))

left, right = st.columns(2, gap="large")
with left:
    bars = standing.progress_bars(offices, below, filters)
    if bars:
        heading = _("หน่วยงานเรียงจากห่างแผนที่สุด")
        grids.draw(grids.section(heading, _("ร้อยละของแผนสะสม · เส้นดำ = 100")))
        charts.draw(charts.gap_bars(bars, line=100), key="owners", alt=heading)
    panels.trend(filters, top["owner_id"], kpi)
with right:
    tiles = standing.progress_tiles(offices, below, filters)
    grids.draw(grids.section(_("อยู่ตรงไหน"), _("ร้อยละของแผนสะสม")), grids.tile_map(tiles, lang))
    grids.draw(grids.section(_("ความหมายและวิธีคิด")), definition.describe(kpi, owners, lang))
with st.expander(_("ผู้ถือตัวชี้วัดนี้ทุกระดับ")):
    grids.draw(grids.holders(standing.holders(rows, owners, filters), lang))
downloads.offer(filters, {"scorecard": rows}, kpi["kpi_id"])
