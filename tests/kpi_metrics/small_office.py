"""A province with two districts and two KPIs, as the files it would import; and the database they make."""

from __future__ import annotations

import shutil
from pathlib import Path

NOW = "2026-02-01T09:00"  # ก.พ. 2569: months 1 to 4 have ended

OWNERS = """\
owner_id,parent_id,kind,name_th,sort_order
84,,province,สำนักงานเกษตรจังหวัด,1
8401,84,district,เมือง,2
8402,84,district,ไชยา,3
"""
WORKS = "fiscal_year,work_id,name_th,category\n2569,1,ทะเบียนเกษตรกร,mission\n"
KPIS = """\
fiscal_year,kpi_id,work_id,name_th,unit,measure,direction,entry,roll_up,frequency,scale_basis,scoring,cascade,level_1,level_2,level_3,level_4,level_5,weight
2569,1.2,1,แปลงใหญ่,แปลง,count,up,increment,sum,monthly,percent_of_target,interpolate,direct,60,70,80,90,100,60
2569,1.10,1,ครัวเรือนที่ขึ้นทะเบียน,ร้อยละ,percent,up,snapshot,ratio,monthly,percent_of_target,interpolate,direct,60,70,80,90,100,40
"""
TARGETS = """\
fiscal_year,kpi_id,owner_id,target,weight
2569,1.2,8401,120,60
2569,1.10,8401,80,40
2569,1.2,8402,120,60
2569,1.10,8402,80,40
"""
RESULTS = """\
fiscal_year,month,kpi_id,owner_id,value,numerator,denominator,note
2569,1,1.2,8401,10,,,
2569,2,1.2,8401,9,,,
2569,1,1.2,8402,8,,,
2569,2,1.10,8401,,2,3,=1+1
"""
BAD_ROW = "2569,2,1.2,8499,5,,,\n"  # no such owner
OFFICE = {"owners.csv": OWNERS, "works.csv": WORKS, "kpis.csv": KPIS, "targets.csv": TARGETS, "results.csv": RESULTS}


def write(folder: Path, **texts: str) -> list[Path]:
    """Write files (name without .csv → text) and return their paths."""
    paths = [folder / f"{name}.csv" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text, encoding="utf-8-sig")
    return paths


def write_office(folder: Path) -> list[Path]:
    """Write all files of the office."""
    return write(folder, **{name.removesuffix(".csv"): text for name, text in OFFICE.items()})


def copy_database(made: Path, folder: Path) -> Path:
    """A copy of a closed database with its receipts."""
    for path in made.parent.glob(f"{made.name}*"):
        shutil.copyfile(path, folder / path.name)
    return folder / made.name
