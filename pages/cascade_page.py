"""Do the targets add up, down to a person?"""

from kpi_metrics import cascade, scorecard
from kpi_metrics.i18n import noted
from pages.components import downloads, frame, names, parts, store
from pages.components.cascading import handed, revising, splitting, tree, worklist

PARTS = {
    "tree": noted("ใครถือเท่าไร"),
    "people": noted("ถึงรายบุคคล"),
    "split": noted("แบ่งเป้าหมาย"),
    "revise": noted("ปรับเป้าหมาย"),
}
DRAW = {"tree": tree.draw, "people": tree.draw_to_people, "split": splitting.draw, "revise": revising.draw}

filters = frame.read_filters()
_, lang = filters.translate, filters.lang

kpis = store.rows(scorecard.kpis, filters)
owners = store.rows(scorecard.owners, filters)
if filters.id is None:
    found = store.rows(cascade.checks, filters)
    frame.title(filters, worklist.answer(filters, kpis, found))
    worklist.draw(filters, found, owners, kpis)
    handed.draw(filters, kpis, owners, found)
    downloads.offer(filters, {"cascade": found})
    frame.end(filters)

kpi = names.find(kpis, "kpi_id", filters.id, "ตัวชี้วัด", "KPI")
top, _below = names.tree(owners)
owner = top
if filters.owner:
    owner = names.find(owners, "owner_id", filters.owner, "หน่วยงานหรือบุคคล", "office or person")
holders = store.rows(cascade.holders, filters, kpi=kpi["kpi_id"])
frame.title(filters, tree.answer(filters, kpi, owner, holders), subject=tree.trail(filters, kpi, kpis, owners, owner))
DRAW[parts.choose(filters, "cascade", PARTS)](filters, kpi, owner)
