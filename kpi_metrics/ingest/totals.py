"""Total rows (รวม): they are dropped, so that nothing is counted twice, and compared with their parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kpi_metrics.ingest.cells import show
from kpi_metrics.ingest.columns import MONTH_NAMES
from kpi_metrics.ingest.findings import Findings, Row
from kpi_metrics.ingest.known import KpiKey
from kpi_metrics.ingest.raw import Cell
from kpi_metrics.ingest.rows import ReadTable, says_total
from kpi_metrics.model import Kpi, Text
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.numbers import parse_number

ADDITIVE = {
    "results": ("value", "numerator", "denominator"),
    "results_wide": MONTH_NAMES,
    "targets": ("target", "weight"),
    "kpis": ("weight",),
}


def check_totals(table: ReadTable, kpis: Mapping[KpiKey, Kpi], findings: Findings) -> None:
    """Say that a total row was dropped, and where it is unlike the sum of its parts. Means and ratios do not add."""
    for total, end, start in table.totals:
        findings.warn_place(
            total.place,
            "total_row",
            Text("เป็นแถวรวม จึงไม่นำเข้า", "a total row: left out"),
            Text("ไม่ต้องแก้ไขหากตั้งใจ", "nothing, if it is meant to be there"),
            ", ".join(show(cell) for cell in total.cells.values()),
        )
        for column in ADDITIVE.get(total.table.name, ()):
            _compare(total, column, table.rows[:end], table.rows[start:end], kpis, findings)


def _compare(
    total: Row, column: str, above: list[Row], since_last: list[Row], kpis: Mapping[KpiKey, Kpi], findings: Findings
) -> None:
    stated = _number(total.cells.get(column))
    if stated is None:
        return
    name, header = ("value", total.headers[column]) if column in MONTH_NAMES else (column, None)
    sums = []
    for rows in (since_last, above):  # a total of its block, or of everything above it
        parts = [row for row in rows if _is_part(row, total) and (header is None or row.headers["value"] == header)]
        if name in ("value", "target") and not all(_adds_up(row, kpis) for row in parts):
            return
        sums.append(sum(filter(None, (_number(row.cells.get(name)) for row in parts))))
        if abs(stated - sums[-1]) <= 1e-6 * max(1.0, abs(stated)):
            return
    findings.warn(
        total,
        column,
        "total_differs",
        Text(
            f"แถวรวมเป็น {stated:.10g} แต่ผลบวกของแถวย่อยเป็น {sums[0]:.10g}",
            f"the total row says {stated:.10g}, its parts add up to {sums[0]:.10g}",
        ),
        Text("ตรวจแถวย่อยและสูตรของแถวรวม", "check the parts and the total's formula"),
    )


def _is_part(row: Row, total: Row) -> bool:
    """Whether a row agrees with every key that the total row gives as a key (the one saying รวม is none)."""
    keys = [name for name in ("fiscal_year", "month", "kpi_id", "owner_id") if name in total.cells]
    return all(show(total.cells[name]) == show(row.cells.get(name)) for name in keys if name not in _said_total(total))


def _said_total(total: Row) -> Iterable[str]:
    return [name for name, cell in total.cells.items() if says_total(cell)]


def _adds_up(row: Row, kpis: Mapping[KpiKey, Kpi]) -> bool:
    kpi = kpis.get((row.values.get("fiscal_year", 0), row.values.get("kpi_id", "")))
    return kpi is not None and kpi.roll_up == "sum"


def _number(cell: Cell) -> float | None:
    try:
        return None if cell is None else parse_number(cell)
    except Unreadable:
        return None
