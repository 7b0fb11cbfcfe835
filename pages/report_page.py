"""What do I owe this month, and how does it get in?"""

from kpi_metrics import scorecard
from kpi_metrics.i18n import noted
from kpi_metrics.thai.calendar import format_date
from pages.components import coverage as sent_in
from pages.components import frame, names, parts, store
from pages.components.reporting import blank_forms, closing, coverage, doctor, entry

PARTS = {
    "entry": noted("กรอกผล"),
    "files": noted("ส่งไฟล์"),
    "forms": noted("แบบฟอร์ม"),
    "coverage": noted("ใครส่งแล้ว"),
    "closing": noted("ปิดงวด"),
}
DRAW = {
    "entry": entry.draw,
    "files": doctor.draw,
    "forms": blank_forms.draw,
    "coverage": coverage.draw,
    "closing": closing.draw,
}

filters = frame.read_filters()
_, lang = filters.translate, filters.lang

if store.choices().is_empty:
    frame.title(filters, _("เริ่มต้น: นำเข้าหน่วยงาน บุคลากร งาน ตัวชี้วัด และเป้าหมาย ในไฟล์เดียวหรือหลายไฟล์"))
    doctor.draw(filters)
    frame.end(filters)

rows = sent_in.of_month(filters, filters.id)
sent, month = sent_in.count(rows), filters.period.label(lang)
if filters.id:
    owner = names.find(
        store.rows(scorecard.owners, filters), "owner_id", filters.id, "หน่วยงานหรือบุคคล", "office or person"
    )
    name = names.whole(owner, lang)
    answer = _("{name} ไม่มีรายการที่ต้องรายงานของ {month}")
    if rows:
        answer = _("{name} ต้องรายงาน {due} รายการของ {month} ภายใน {day} ส่งแล้ว {sent}")
else:
    name = ""
    answer = _("งวด {month}: ส่งแล้ว {sent} จาก {due} รายการ ค้าง {missing}")
day = format_date(rows[0]["due_date"], lang) if rows else ""
frame.title(filters, answer.format(name=name, month=month, due=sent.due, sent=sent.sent, missing=sent.missing, day=day))
DRAW[parts.choose(filters, "report", PARTS, first="entry" if filters.id else "files")](filters)
