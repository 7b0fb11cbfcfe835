"""The small office with people in it, after its first round of 2569: heads, one without a KPI, each type of personnel."""

from __future__ import annotations

from tests.kpi_metrics.small_office import write

NOW = "2026-04-05T09:00"  # round 1 has ended
PEOPLE = """\
owner_id,parent_id,name_th,position_th,personnel_type,leads
P0,84,นายใหญ่ สูงสุด,เกษตรจังหวัด,ข้าราชการ,84
P1,8401,นายสมชาย น้ำใจดี,เกษตรอำเภอ,ข้าราชการ,8401
P2,8401,นางสาวปิ่น ทั้งสิ้น,นักวิชาการส่งเสริมการเกษตร,ข้าราชการ,
P3,8401,นายลูกจ้าง ขยัน,,ลูกจ้างประจำ,
P4,8402,นางพนักงาน ซื่อตรง,,พนักงานราชการ,
P5,8402,นายว่าง งานน้อย,,ข้าราชการ,
"""
TARGETS = """\
fiscal_year,kpi_id,owner_id,target,weight
2569,1.2,P2,60,70
2569,1.10,P2,80,30
2569,1.2,P3,60,100
2569,1.2,P4,60,100
"""
RESULTS = """\
fiscal_year,month,kpi_id,owner_id,value,numerator,denominator
2569,5,1.2,P2,25,,
2569,6,1.10,P2,,78,100
2569,6,1.2,P3,20,,
2569,6,1.2,P4,24.75,,
"""
BEHAVIOUR = "fiscal_year,round,owner_id,score\n2569,1,P2,85\n2569,1,P3,90\n2569,1,P4,90\n"
REMARKS = "fiscal_year,round,owner_id,part,text,by\n2569,1,P2,assessor,ตั้งใจทำงาน,นายสมชาย น้ำใจดี\n"
DEVELOPMENT = "fiscal_year,round,owner_id,item,skill,method,period\n2569,1,P2,1,แผนที่ดิจิทัล,อบรม,พ.ค. 2569\n"


def write_people(folder):
    """Write the files of the people and their round."""
    return write(
        folder, people=PEOPLE, targets=TARGETS, results=RESULTS, behaviour=BEHAVIOUR, remarks=REMARKS,
        development=DEVELOPMENT,
    )  # fmt: skip
