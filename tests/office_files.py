"""Records as the files an office would send: the same rows in any of the forms that an office may write them in."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st

from kpi_metrics.model import (
    Band,
    Behaviour,
    Entry,
    Exclusion,
    Kpi,
    Office,
    Override,
    Person,
    Record,
    Setting,
    Target,
    Work,
)
from tests.alternative import calendar

TABLES = {
    Office: ("owners", "หน่วยงาน"),
    Person: ("people", "บุคลากร"),
    Work: ("works", "งาน"),
    Kpi: ("kpis", "ตัวชี้วัด"),
    Target: ("targets", "เป้าหมาย"),
    Entry: ("results", "ผลงาน"),
    Behaviour: ("behaviour", "สมรรถนะ"),
    Band: ("bands", "ระดับผลการประเมิน"),
    Override: ("overrides", "ปรับคะแนน"),
    Exclusion: ("exclusions", "ตัวชี้วัดที่ยกเว้น"),
    Setting: ("settings", "ค่าตั้ง"),
}
SHORT = ("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.")
LONG = (
    *("ตุลาคม", "พฤศจิกายน", "ธันวาคม", "มกราคม", "กุมภาพันธ์", "มีนาคม"),
    *("เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน"),
)
HEADERS = {
    "fiscal_year": ("ปีงบประมาณ", "ปีงบ"),
    "month": ("เดือน", "ประจำเดือน", "งวด"),
    "owner_id": ("รหัสหน่วยงาน", "หน่วยงาน", "ผู้รับผิดชอบ"),
    "kind": ("ประเภทหน่วยงาน",),
    "personnel_type": ("ประเภทบุคลากร",),
    "from_date": ("ตั้งแต่วันที่",),
    "to_date": ("ถึงวันที่",),
    "work_id": ("รหัสงาน",),
    "category": ("ประเภทงาน",),
    "kpi_id": ("รหัสตัวชี้วัด", "รหัส", "ลำดับ"),
    "unit": ("หน่วยนับ", "หน่วยวัด"),
    "measure": ("ชนิด",),
    "direction": ("ทิศทาง",),
    "entry": ("การรายงาน",),
    "roll_up": ("การรวมผล",),
    "frequency": ("ความถี่",),
    "scale_basis": ("ฐานเกณฑ์",),
    "scoring": ("วิธีให้คะแนน",),
    "cascade": ("การถ่ายทอด",),
    "weight": ("น้ำหนัก", "น้ำหนัก (ร้อยละ)"),
    "target": ("เป้าหมาย", "ค่าเป้าหมาย"),
    "prescribed": ("บังคับ",),
    "reason": ("เหตุผล",),
    "value": ("ผลงาน", "ผล"),
    "numerator": ("ตัวตั้ง", "ทำได้"),
    "denominator": ("ตัวหาร", "ทั้งหมด"),
    "note": ("หมายเหตุ",),
    "problem": ("ปัญหา อุปสรรค",),
    "score": ("คะแนน",),
    "round": ("รอบ",),
    "minimum": ("ขั้นต่ำ",),
    **{f"level_{n}": (f"ระดับ {n}", f"ระดับ{n}") for n in range(1, 6)},
    **{f"plan_m{n}": (f"แผน {month}",) for n, month in enumerate(SHORT, 1)},
    **{f"m{n}": (month, LONG[n - 1]) for n, month in enumerate(SHORT, 1)},
}
HEADERS_OF = {
    (Office, "parent_id"): ("หน่วยงานแม่",),
    (Office, "name_th"): ("ชื่อหน่วยงาน",),
    (Person, "owner_id"): ("เลขที่ตำแหน่ง",),
    (Person, "parent_id"): ("สังกัด",),
    (Person, "name_th"): ("ชื่อ-สกุล",),
    (Work, "name_th"): ("ชื่องาน",),
    (Kpi, "name_th"): ("ชื่อตัวชี้วัด", "ตัวชี้วัด"),
}
WORDS = {
    "kind": {"region": "เขต", "province": "จังหวัด", "district": "อำเภอ", "group": "กลุ่ม"},
    "personnel_type": {
        "civil_servant": "ข้าราชการ",
        "government_employee": "พนักงานราชการ",
        "permanent_employee": "ลูกจ้างประจำ",
    },
    "category": {"strategic": "ยุทธศาสตร์", "mission": "งานตามภารกิจ", "assigned": "มอบหมาย"},
    "measure": {"count": "จำนวน", "percent": "ร้อยละ", "milestone": "ขั้นตอน", "value": "ค่า"},
    "direction": {"up": "มากยิ่งดี", "down": "น้อยยิ่งดี"},
    "entry": {"increment": "ผลประจำเดือน", "snapshot": "ผลสะสม"},
    "roll_up": {
        "sum": "ผลรวม",
        "ratio": "สัดส่วน",
        "mean": "ค่าเฉลี่ย",
        "min": "ต่ำสุด",
        "max": "สูงสุด",
        "none": "ไม่รวม",
    },
    "frequency": {
        "monthly": "รายเดือน",
        "quarterly": "รายไตรมาส",
        "half": "ราย 6 เดือน",
        "yearly": "รายปี",
        "event": "เมื่อมีเหตุ",
    },
    "scale_basis": {"percent_of_target": "ร้อยละของเป้าหมาย", "absolute": "ค่าจริง"},
    "scoring": {"interpolate": "เทียบบัญญัติไตรยางศ์", "step": "ถึงระดับใดได้ระดับนั้น"},
    "cascade": {"direct": "ถ่ายทอดโดยตรง", "share": "แบ่งค่าเป้าหมาย", "contribute": "มีส่วนผลักดัน"},
}
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@dataclass(frozen=True)
class Clerk:
    """One person's way of writing: the same clerk writes a whole file alike."""

    random: Random
    is_thai: bool

    def pick(self, *forms: str) -> str:
        return self.random.choice(forms)

    def year(self, y: int) -> str:
        return self.pick(str(y), str(y - 543))

    def month(self, y: int, m: int) -> str:
        year, month = calendar(y, m)
        if not self.is_thai:
            return self.pick(str(m), f"{year}-{month:02}", f"{year}-{month:02}-15")
        era = year + 543
        return self.pick(
            str(m),
            SHORT[m - 1],
            LONG[m - 1],
            f"{LONG[m - 1]} {era}",
            f"{SHORT[m - 1]} {era % 100}",
            f"15/{month}/{era}",
        )

    def day(self, day: date) -> str:
        if not self.is_thai:
            return day.isoformat()
        era, m = day.year + 543, (day.month + 2) % 12
        return self.pick(
            f"{day.day} {SHORT[m]} {era}",
            f"{day.day} {LONG[m]} พ.ศ. {era}".translate(THAI_DIGITS),
            f"{day.day}/{day.month}/{era}",
            f"{era}-{day.month:02}-{day.day:02}",
            day.isoformat(),
        )

    def number(self, number: float) -> str:
        text = f"{number:.10f}".rstrip("0").rstrip(".")
        return self.pick(text, text.translate(THAI_DIGITS)) if self.is_thai else text

    def figure(self, number: float, kpi: Kpi) -> str:
        """A result or target: a percent that could be taken for a fraction says that it is none."""
        if kpi.measure == "percent" and 0 < abs(number) <= 1:
            return f"{self.number(number)}%"
        return self.number(number)

    def word(self, column: str, word: str) -> str:
        return WORDS[column].get(word, word) if self.is_thai else word

    def header(self, kind: type, column: str) -> str:
        return self.pick(*HEADERS_OF.get((kind, column), HEADERS.get(column, (column,)))) if self.is_thai else column


def write_files(
    folder: Path, name: str, records: Iterable[Record], kpis: dict[tuple[int, str], Kpi], random: Random
) -> list[Path]:
    """A file for each table that has rows, in no particular order. ``name`` tells these files from others."""
    tables: dict[type, list[Any]] = defaultdict(list)
    for record in records:
        tables[type(record)].append(record)
    names = {office.owner_id: office.name_th for office in tables[Office]}
    paths = []
    for kind, rows in tables.items():
        clerk = Clerk(random, random.random() < 0.5)
        table = TABLES[kind][clerk.is_thai]
        if kind is Entry and random.random() < 0.5:
            whole = [row for row in rows if row.value is not None or row.is_withdrawn]
            rows = [row for row in rows if row.value is None and not row.is_withdrawn]
            wide = "ผลรายเดือน" if clerk.is_thai else "results_wide"
            paths += write_table(folder / f"{wide}_{name}.csv", Entry, wide_rows(whole, clerk, kpis), clerk)
        cells = [cells_of(row, clerk, kpis, names) for row in rows]
        paths += write_table(folder / f"{table}_{name}.csv", kind, cells, clerk)
    random.shuffle(paths)
    return paths


def write_table(path: Path, kind: type, rows: Sequence[dict[str, str]], clerk: Clerk) -> list[Path]:
    """The rows as one file, unless there are none. Columns in any order; those that are empty throughout may be missing."""
    if not rows:
        return []
    filled = {column for row in rows for column, cell in row.items() if cell}
    keeps_empty = clerk.random.random() < 0.5
    columns = [column for column in rows[0] if keeps_empty or column in filled]
    clerk.random.shuffle(columns)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=clerk.pick(",", ";", "\t"))
    writer.writerow([clerk.header(kind, column) for column in columns])
    writer.writerows([row[column] for column in columns] for row in rows)
    path.write_bytes(text.getvalue().encode(clerk.pick("utf-8-sig", "utf-8", "cp874")))
    return [path]


def cells_of(row: Record, clerk: Clerk, kpis: dict[tuple[int, str], Kpi], names: dict[str, str]) -> dict[str, str]:
    """One row as a table of its kind holds it."""
    cells: dict[str, str] = {}
    for field in fields(row):
        column, value = field.name, getattr(row, field.name)
        if column == "levels":
            cells |= {f"level_{n}": "" if x is None else clerk.number(x) for n, x in enumerate(value, 1)}
        elif column == "plan":
            cells |= {f"plan_m{n}": clerk.number(100 * value[n - 1]) if value else "" for n in range(1, 13)}
        elif column == "is_withdrawn":
            cells["value"] = clerk.pick("withdrawn", "ถอน") if value else cells["value"]
        elif column == "month":
            cells["month"] = clerk.month(row.fiscal_year, value)
        elif column == "from_date" and isinstance(row, Target) and value == date(row.fiscal_year - 544, 10, 1):
            cells[column] = clerk.pick("", clerk.day(value))
        elif column == "owner_id" and isinstance(row, Target | Entry | Override):
            cells[column] = clerk.pick(value, names.get(value, value))
        else:
            cells[column] = cell_of(row, column, value, clerk, kpis)
    return cells


def cell_of(row: Record, column: str, value: Any, clerk: Clerk, kpis: dict[tuple[int, str], Kpi]) -> str:
    if value is None or value == ():
        return clerk.pick("", "", "-")
    if column == "fiscal_year":
        return clerk.year(value)
    if column in WORDS:
        return clerk.word(column, value)
    if column == "round":
        return str(value)
    if isinstance(value, bool):
        return clerk.pick("yes", "บังคับ", "ใช่") if value else clerk.pick("no", "เลือกเอง", "ไม่ใช่")
    if isinstance(value, date):
        return clerk.day(value)
    if isinstance(value, float | int):
        is_figure = isinstance(row, Target | Entry) and column in ("target", "value")
        return clerk.figure(value, kpis[row.fiscal_year, row.kpi_id]) if is_figure else clerk.number(value)
    return str(value)


def wide_rows(entries: Iterable[Entry], clerk: Clerk, kpis: dict[tuple[int, str], Kpi]) -> list[dict[str, str]]:
    """The entries as one row for each year, KPI and owner, a column a month."""
    rows: dict[tuple[int, str, str], dict[str, str]] = {}
    for entry in entries:
        at = (entry.fiscal_year, entry.kpi_id, entry.owner_id)
        row = rows.setdefault(
            at,
            {
                "fiscal_year": clerk.year(at[0]),
                "kpi_id": at[1],
                "owner_id": at[2],
                **{f"m{n}": "" for n in range(1, 13)},
            },
        )
        row[f"m{entry.month}"] = "ถอน" if entry.value is None else clerk.figure(entry.value, kpis[at[0], at[1]])
    return list(rows.values())


clerks = st.integers(0, 10**6).map(Random)
