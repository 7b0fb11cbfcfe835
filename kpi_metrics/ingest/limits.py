"""How much one check takes on: it runs in the process that also answers everybody else."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_metrics.ingest.findings import Findings
from kpi_metrics.ingest.found import FoundTable
from kpi_metrics.model import Text
from kpi_metrics.thai.text import is_empty

MOST_FIGURES = 300_000  # of one import, each month of a wide row by itself


def within_limits(tables: Sequence[FoundTable], findings: Findings) -> list[FoundTable]:
    """The tables that can be checked together; of those that go beyond ``MOST_FIGURES`` each is refused as a whole."""
    kept, total = [], 0
    for table in tables:
        count = _count_figures(table, MOST_FIGURES - total)
        if total + count <= MOST_FIGURES:
            total += count
            kept.append(table)
            continue
        findings.reject_place(
            table.place,
            "too_much",
            Text(
                f"ตัวเลขที่นำเข้าพร้อมกันเกิน {MOST_FIGURES:,} ช่อง จึงไม่นำเข้าตารางนี้",
                f"more than {MOST_FIGURES:,} cells of figures in one import: this table is kept out",
            ),
            Text("แบ่งเป็นหลายไฟล์ แล้วนำเข้าทีละไฟล์", "divide it into several files, and import one at a time"),
        )
    return kept


def _count_figures(table: FoundTable, enough: int) -> int:
    """The filled cells of figures, at least one a row, counted until there are more than enough."""
    positions = [position for position, column in table.header.columns.items() if column.figure]
    count = 0
    for row in table.rows():
        filled = sum(position < len(row.cells) and not is_empty(row.cells[position]) for position in positions)
        count += max(1, filled)
        if count > enough:
            break
    return count
