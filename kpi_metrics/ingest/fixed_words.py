"""The words of the columns that take no others: what each means → its Thai words, the usual one first."""

KINDS = {
    "country": ("ประเทศ", "ส่วนกลางกรม", "กรม"),
    "region": ("เขต", "ภาค"),
    "province": ("จังหวัด",),
    "district": ("อำเภอ",),
    "group": ("กลุ่ม", "ฝ่าย", "กลุ่ม/ฝ่าย"),
}
PERSONNEL_TYPES = {
    "civil_servant": ("ข้าราชการ",),
    "government_employee": ("พนักงานราชการ",),
    "permanent_employee": ("ลูกจ้างประจำ",),
}
CATEGORIES = {
    "strategic": ("งานตามยุทธศาสตร์", "ยุทธศาสตร์"),
    "mission": ("งานตามภารกิจ", "ภารกิจ"),
    "assigned": ("งานที่ได้รับมอบหมาย", "มอบหมาย", "งานมอบหมาย", "ได้รับมอบหมาย", "งานตามมอบหมาย", "งานตามที่ได้รับมอบหมาย"),
}
MEASURES = {"count": ("จำนวน",), "percent": ("ร้อยละ",), "milestone": ("ขั้นตอน",), "value": ("ค่า",)}
DIRECTIONS = {"up": ("มากยิ่งดี",), "down": ("น้อยยิ่งดี",)}
ENTRIES = {"increment": ("ผลประจำเดือน",), "snapshot": ("ผลสะสม",)}
ROLL_UPS = {
    "sum": ("ผลรวม",),
    "ratio": ("สัดส่วน",),
    "mean": ("ค่าเฉลี่ย",),
    "min": ("ต่ำสุด",),
    "max": ("สูงสุด",),
    "none": ("ไม่รวม",),
}
FREQUENCIES = {
    "monthly": ("รายเดือน",),
    "quarterly": ("รายไตรมาส",),
    "half": ("ราย 6 เดือน", "รายครึ่งปี"),
    "yearly": ("รายปี",),
    "event": ("เมื่อมีเหตุ",),
}
SCALE_BASES = {"percent_of_target": ("ร้อยละของเป้าหมาย",), "absolute": ("ค่าจริง",)}
SCORINGS = {"interpolate": ("เทียบบัญญัติไตรยางศ์",), "step": ("ถึงระดับใดได้ระดับนั้น",)}
CASCADES = {"direct": ("ถ่ายทอดโดยตรง",), "share": ("แบ่งค่าเป้าหมาย",), "contribute": ("มีส่วนผลักดัน",)}
REMARK_PARTS = {
    "assessee": ("ผู้รับการประเมิน",),
    "assessor": ("ผู้ประเมิน",),
    "superior": ("ผู้บังคับบัญชาเหนือขึ้นไป",),
}
PRESCRIBED = {"yes": ("บังคับ", "ใช่", "true", "1"), "no": ("เลือกเอง", "ไม่ใช่", "false", "0")}
