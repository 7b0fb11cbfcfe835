"""A small province whose words try to be more than words, with settings, an override and an exclusion of its own."""

from __future__ import annotations

import csv
from pathlib import Path

from kpi_metrics.intake import gather, save
from kpi_metrics.store import Store

IMAGE, MARKDOWN, LINK = "<img src=x onerror=alert(1)>", "![x](http://evil.example/a.png)", "[ดู](javascript:alert(1))"
EVIDENCE, TRAP = "https://example.org/a?b=1&c=2", "javascript:alert(1)"

TABLES = {
    "owners": [
        {"owner_id": "84", "parent_id": "", "kind": "province", "name_th": "จังหวัดตัวอย่าง"},
        {"owner_id": "8401", "parent_id": "84", "kind": "district", "name_th": IMAGE, "grid_row": 1, "grid_col": 1},
        {"owner_id": "8402", "parent_id": "84", "kind": "district", "name_th": MARKDOWN, "grid_row": 1, "grid_col": 2},
    ],
    "people": [
        {"owner_id": "P1", "parent_id": "8401", "name_th": f"นาง {LINK}", "position_th": "<b>นักวิชาการ</b>",
         "personnel_type": "civil_servant", "from_date": "2025-10-01"},
    ],
    "works": [{"fiscal_year": 2569, "work_id": "1", "name_th": f"งาน {IMAGE}", "category": "mission"}],
    "kpis": [
        {"fiscal_year": 2569, "kpi_id": kpi_id, "work_id": "1", "name_th": f"{name} {IMAGE}", "unit": "ราย",
         "measure": "count", "direction": "up", "entry": "increment", "roll_up": "sum", "frequency": "monthly",
         "scale_basis": "percent_of_target", "scoring": "interpolate", "cascade": "direct", "weight": weight,
         "level_1": 60, "level_2": 70, "level_3": 80, "level_4": 90, "level_5": 100}
        for kpi_id, name, weight in [("1.1", "หนึ่ง", 70), ("1.2", MARKDOWN, 30), ("1.3", "ไม่มีใครถือ", "")]
    ],
    "targets": [
        {"fiscal_year": 2569, "kpi_id": "1.1", "owner_id": "P1", "target": 120},
        {"fiscal_year": 2569, "kpi_id": "1.2", "owner_id": "P1", "target": 60},
        {"fiscal_year": 2569, "kpi_id": "1.1", "owner_id": "8402", "target": 100},
        {"fiscal_year": 2569, "kpi_id": "1.2", "owner_id": "8402", "target": 50},
    ],
    "results": [
        {"fiscal_year": 2569, "month": 1, "kpi_id": "1.1", "owner_id": "P1", "value": 10, "note": f"<script>{LINK}",
         "problem": "", "evidence_url": EVIDENCE, "reported_by": "<i>ผู้ส่ง</i>"},
        {"fiscal_year": 2569, "month": 2, "kpi_id": "1.1", "owner_id": "P1", "value": 8, "note": "", "problem": "=1+1",
         "evidence_url": TRAP, "reported_by": ""},
        {"fiscal_year": 2569, "month": 2, "kpi_id": "1.2", "owner_id": "P1", "value": 9, "note": "", "problem": "",
         "evidence_url": "", "reported_by": ""},
        {"fiscal_year": 2569, "month": 1, "kpi_id": "1.1", "owner_id": "8402", "value": 9, "note": "", "problem": "",
         "evidence_url": "", "reported_by": ""},
    ],
    "overrides": [
        {"fiscal_year": 2569, "month": 2, "kpi_id": "1.1", "owner_id": "P1", "score": 4.25, "reason": f"น้ำท่วม{IMAGE}",
         "by": "หัวหน้า"},
    ],
    "exclusions": [
        {"fiscal_year": 2569, "round": 1, "kpi_id": "1.2", "owner_id": "P1", "reason": "ลาป่วย", "by": "หัวหน้า"},
    ],
    "settings": [{"key": "status_on_plan", "value": "89"}, {"key": "rank_min_evaluated", "value": "80"}],
}  # fmt: skip


def make(folder: Path, *tables: str) -> Path:
    """A database with these tables of the office (all of them if none are named); returns its path."""
    files = []
    for table in tables or TABLES:
        rows = TABLES[table]
        files.append(folder / f"{table}.csv")
        with files[-1].open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
            writer.writeheader()
            writer.writerows(rows)
    with Store.open(folder / "odd.duckdb") as store:
        read, checked = gather(store, files)
        assert not checked.rejections, checked.rejections
        save(store, read, checked, "ทดสอบ")
    return folder / "odd.duckdb"
