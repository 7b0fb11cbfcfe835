"""How am I doing?"""

from kpi_metrics import scorecard
from kpi_metrics.i18n import noted
from pages.components import frame, grids, names, parts, standing, store
from pages.components.figures import fixed
from pages.components.markup import join
from pages.components.personal import appraisal, handover, scores, what_if
from pages.components.personal import set as set_part
from pages.components.personal.subject import Subject

PARTS = {
    "scores": noted("ผลงานของฉัน"),
    "appraisal": noted("การประเมิน"),
    "set": noted("ชุดตัวชี้วัด"),
    "what_if": noted("ลองคิด"),
    "handover": noted("ส่งมอบงาน"),
}
DRAW = {
    "scores": scores.draw,
    "appraisal": appraisal.draw,
    "set": set_part.draw,
    "what_if": what_if.draw,
    "handover": handover.draw,
}
ANSWER = {
    "appraisal": appraisal.answer,
    "set": set_part.answer,
    "handover": handover.answer,
}  # the parts with a question of their own

filters = frame.read_filters()
_, lang = filters.translate, filters.lang

owners = store.rows(scorecard.owners, filters)
offices = {owner["owner_id"]: names.full_office(owner, lang) for owner in owners if owner["owner_kind"] != "person"}
people = [owner for owner in owners if owner["owner_kind"] == "person"]
if filters.id is None:
    frame.choose(
        filters,
        "person",
        _("เลือกบุคคล"),
        names.grouped(
            people,
            heading=lambda person: offices[person["parent_id"]],
            option=lambda person: (person["owner_id"], person["owner_name"]),
        ),
    )

person = names.find(people, "owner_id", filters.id or "", "บุคคล", "person")
office = grids.link(offices[person["parent_id"]], filters.href("owner", id=person["parent_id"]))
place = join(person["position_th"], " · " if person["position_th"] else None, office)
held_as = tuple(holder for holder in (person["leads"], person["owner_id"]) if holder)
totals = [total for holder in held_as for total in store.rows(scorecard.summary, filters, owner=holder)]
subject = Subject(person, store.rows(scorecard.kpis, filters), held_as, totals, offices)

name = person["owner_name"]
score = standing.score_of(totals[0], filters.view) if totals else None
answer = _("{name} ไม่มีตัวชี้วัดในงวดนี้ เลือกเดือนหรือปีอื่น หรือนำเข้าเป้าหมายของปีนี้").format(name=name)
if totals:
    answer = _("{name} ยังไม่มีคะแนนในงวดนี้") if score is None else _("{name} ได้ {score} จาก 5")
answer = answer.format(name=name, score=fixed(score, 2))
if filters.part in ANSWER:
    answer = ANSWER[filters.part](filters, subject) or answer
frame.title(filters, answer, subject=place)
DRAW[parts.choose(filters, "person", PARTS)](filters, subject)
