"""How am I doing?"""

from kpi_metrics import scorecard
from pages.components import coverage, downloads, frame, grids, names, panels, standing, store
from pages.components.figures import fixed
from pages.components.markup import join

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
kpis = store.rows(scorecard.kpis, filters)
office = grids.link(offices[person["parent_id"]], filters.href("owner", id=person["parent_id"]))
subject = join(person["position_th"], " · " if person["position_th"] else None, office)
# Who heads an office is appraised as that office: its KPIs, then any of their own.
held_as = [holder for holder in (person["leads"], person["owner_id"]) if holder]
totals = [total for holder in held_as for total in store.rows(scorecard.summary, filters, owner=holder)]
if not totals:
    frame.nothing(
        filters,
        _("{name} ไม่มีตัวชี้วัดในงวดนี้ เลือกเดือนหรือปีอื่น หรือนำเข้าเป้าหมายของปีนี้").format(name=person["owner_name"]),
        subject=subject,
    )

score = standing.score_of(totals[0], filters.view)
answer = _("{name} ยังไม่มีคะแนนในงวดนี้") if score is None else _("{name} ได้ {score} จาก 5")
frame.title(filters, answer.format(name=person["owner_name"], score=fixed(score, 2)), subject=subject)
shown = []
for total in totals:
    holder, share = total["owner_id"], total[f"percent_{filters.view}"]
    label = _("คะแนนเบื้องต้น รอบที่ {round}/{year}").format(round=filters.period.round, year=filters.year)
    if holder in offices:
        label = _("{label} · ในฐานะหัวหน้า {office}").format(label=label, office=offices[holder])
    of = _("จาก {items} ตัวชี้วัด").format(items=total["kpi_count"])
    note = _("{percent} จาก 100").format(percent=fixed(share, 1)) if share is not None else None
    grids.draw(panels.headline(total, filters, label, of=of, note=note))
    shown += panels.kpi_bullets(filters, holder, kpis)
grids.draw(grids.section(_("รายการที่ถึงกำหนดแล้วแต่ยังไม่ส่ง")), coverage.owed(filters, kpis, owner=person["owner_id"]))
downloads.offer(filters, {"scorecard": shown, "summary": totals}, person["owner_id"])
