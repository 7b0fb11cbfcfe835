"""A small province to check files against, made by the check itself of real files."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

import xlsxwriter

from kpi_metrics.ingest.check import check
from kpi_metrics.ingest.known import Known, is_note
from kpi_metrics.ingest.read import RawFile, read_bytes
from kpi_metrics.model import Checked, Entry, Finding, Kpi, Office, Person, Target, Work

NOW = datetime(2026, 6, 10, 9)  # มิ.ย. 2569, the 9th month of fiscal year 2569

OWNERS = """\
owner_id,parent_id,kind,name_th,aliases
84,,province,สำนักงานเกษตรจังหวัดสุราษฎร์ธานี,
8406,84,district,ไชยา,ไชยยา
8412,84,district,บ้านนาสาร,นาสาร
8418,84,district,ชัยบุรี,ไชยบุรี
G1,84,group,กลุ่มยุทธศาสตร์และสารสนเทศ,
"""
PEOPLE = """\
owner_id,parent_id,name_th,personnel_type,from_date
P1,8406,สมชาย ใจดี,ข้าราชการ,2025-10-01
"""
WORKS = "fiscal_year,work_id,name_th,category\n2569,1,ทะเบียนเกษตรกร,mission\n"
KPI_HEADER = (
    "fiscal_year,kpi_id,work_id,name_th,unit,measure,direction,entry,roll_up,frequency,scale_basis,scoring,cascade,"
    "level_1,level_2,level_3,level_4,level_5\n"
)
KPIS = KPI_HEADER + "\n".join(
    f"2569,{kpi_id},1,ชื่อ {kpi_id},หน่วย,{measure},up,{entry},{roll_up},monthly,absolute,interpolate,direct,60,70,80,90,100"
    for kpi_id, measure, entry, roll_up in (
        ("count", "count", "increment", "sum"),
        ("ratio", "percent", "snapshot", "ratio"),
        ("mean", "percent", "snapshot", "mean"),
        ("monthly_percent", "percent", "increment", "mean"),
        ("steps", "milestone", "snapshot", "mean"),
        ("reading", "value", "snapshot", "mean"),
        ("stock", "count", "snapshot", "sum"),
        ("4.1", "count", "increment", "sum"),
        ("4.10", "count", "increment", "sum"),
    )
)


def csv(name: str, text: str) -> RawFile:
    return read_bytes(text.encode("utf-8-sig"), name)


def xlsx(sheets: dict[str, list[list[Any]]], name: str = "book.xlsx", merged: Iterable[str] = ()) -> RawFile:
    """A real workbook; ``merged`` ranges are of its first sheet. ``=...`` is a formula without a stored value."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": "d mmm yyyy"}) as book:
        percent = book.add_format({"num_format": "0%"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for position, cell in enumerate(row):
                    if isinstance(cell, tuple):
                        sheet.write(number, position, cell[0], percent)
                    elif isinstance(cell, str) and cell.startswith("="):
                        sheet.write_formula(number, position, cell, None, "")
                    else:
                        sheet.write(number, position, cell)
        for cells in merged:
            book.worksheets()[0].merge_range(cells, None)
    return read_bytes(stream.getvalue(), name)


def known_of(*files: RawFile, known: Known | None = None) -> Known:
    """What a ledger would know after saving the files."""
    known = known or Known.empty(NOW)
    checked = check(files, known)
    assert checked.rejections == ()
    records = [located.record for located in checked.records]
    entries = {(e.fiscal_year, e.month, e.kpi_id, e.owner_id): e for e in records if isinstance(e, Entry)}
    return replace(
        known,
        offices={**known.offices, **{each.owner_id: each for each in records if isinstance(each, Office)}},
        people=[*known.people, *(each for each in records if isinstance(each, Person))],
        works={*known.works, *((each.fiscal_year, each.work_id) for each in records if isinstance(each, Work))},
        kpis={**known.kpis, **{(each.fiscal_year, each.kpi_id): each for each in records if isinstance(each, Kpi)}},
        targets={
            **known.targets,
            **{(t.fiscal_year, t.kpi_id, t.owner_id, t.from_date): t for t in records if isinstance(t, Target)},
        },
        entries={**known.entries, **{key: entry for key, entry in entries.items() if not is_note(entry)}},
        notes={**known.notes, **{key: entry for key, entry in entries.items() if is_note(entry)}},
    )


PROVINCE = known_of(
    csv("owners.csv", OWNERS), csv("people.csv", PEOPLE), csv("works.csv", WORKS), csv("kpis.csv", KPIS)
)


def check_csv(table: str, text: str, known: Known = PROVINCE) -> Checked:
    """The check of one CSV of a table."""
    return check([csv(f"{table}.csv", text)], known)


def check_results(*rows: str, known: Known = PROVINCE, header: str = "month,kpi_id,owner_id,value") -> Checked:
    """The check of rows of results of fiscal year 2569."""
    return check_csv("results", "\n".join([f"fiscal_year,{header}", *(f"2569,{row}" for row in rows)]), known)


def codes(findings: Iterable[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def records(checked: Checked) -> list[Any]:
    return [located.record for located in checked.records]


KPI = {
    "fiscal_year": "2569",
    "kpi_id": "9.1",
    "work_id": "1",
    "name_th": "ตัวชี้วัดใหม่",
    "unit": "ราย",
    "measure": "count",
    "direction": "up",
    "entry": "increment",
    "roll_up": "sum",
    "frequency": "monthly",
    "scale_basis": "percent_of_target",
    "scoring": "interpolate",
    "cascade": "share",
    "level_1": "60",
    "level_5": "100",
}


def kpi_rows(*given: dict[str, str]) -> str:
    """CSV text of rows given as name → cell."""
    names = list(dict.fromkeys(name for row in given for name in row))
    return "\n".join([",".join(names), *(",".join(row.get(name, "") for name in names) for row in given)])


def kpi(**changes: str) -> Checked:
    """The check of one KPI that is as ``KPI`` but for the changes."""
    return check_csv("kpis", kpi_rows({**KPI, **changes}))
