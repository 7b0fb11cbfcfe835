"""Totals (รวม), in a row or beside the months: they are dropped, so that nothing is counted twice, and compared with
their parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kpi_metrics.ingest.cells import show
from kpi_metrics.ingest.columns import MONTH_NAMES
from kpi_metrics.ingest.findings import Findings, Row
from kpi_metrics.ingest.known import KpiKey
from kpi_metrics.ingest.raw import Cell
from kpi_metrics.ingest.rows import ReadTable
from kpi_metrics.ingest.said_total import says_total
from kpi_metrics.model import Kpi, Place, Text
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.numbers import parse_number

ADDITIVE = {
    "results": ("value", "numerator", "denominator"),
    "results_wide": MONTH_NAMES,
    "targets": ("target", "weight"),
    "kpis": ("weight",),
}
_OF_A_KPI = ("value", "target")  # adds up only where the KPI's results do
_KEYS = ("fiscal_year", "month", "kpi_id", "owner_id")

Kpis = Mapping[KpiKey, Kpi]


def check_totals(table: ReadTable, kpis: Kpis, findings: Findings) -> None:
    """Say that a total was dropped, and where it is unlike the sum of its parts. Means and ratios do not add."""
    names = ADDITIVE.get(table.found.table.name, ())
    above: dict[tuple[str, ...], _Sums] = {}  # of all rows so far, carried on from total to total
    for total, end, start in table.totals:
        findings.warn_place(
            total.place,
            "total_row",
            Text("เป็นแถวรวม จึงไม่นำเข้า", "a total row: left out"),
            Text("ไม่ต้องแก้ไขหากตั้งใจ", "nothing, if it is meant to be there"),
            ", ".join(show(cell) for cell in total.cells.values()),
        )
        if names:
            keys = tuple(name for name in _KEYS if name in total.cells and not says_total(total.cells[name]))
            block = _Sums(keys, names, kpis, start)
            everything = above.setdefault(keys, _Sums(keys, names, kpis))
            for sums in (block, everything):
                sums.add(table.rows, end)
            for column in names:
                _compare(total, column, (block, everything), findings)
    for place, cell, start, end in table.sums:
        _compare_beside(place, cell, table.rows[start:end], kpis, findings)


@dataclass(slots=True)
class _Sums:
    """Of the rows from one on, column by column: the sum of those that agree in the keys which a total gives."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    kpis: Kpis
    upto: int = 0
    sums: dict[tuple[str, ...], float] = field(default_factory=dict)
    without: set[tuple[str, ...]] = field(default_factory=set)  # whose parts do not add up

    def add(self, rows: list[Row], end: int) -> None:
        """Add the rows up to one, not counting it."""
        for index in range(self.upto, end):
            row = rows[index]
            said = tuple(show(row.cells.get(name)) for name in self.keys)
            for name, label in self._columns_of(row):
                key = (label, *said)
                if name in _OF_A_KPI and not _adds_up(row, self.kpis):
                    self.without.add(key)
                self.sums[key] = self.sums.get(key, 0.0) + (_number(row.cells.get(name)) or 0.0)
        self.upto = end

    def of(self, total: Row, column: str) -> float | None:
        """What a total should say in a column; None where its parts do not add up."""
        label = show(total.headers.get(column)) if column in MONTH_NAMES else column
        key = (label, *(show(total.cells[name]) for name in self.keys))
        return None if key in self.without else self.sums.get(key, 0.0)

    def _columns_of(self, row: Row) -> Iterator[tuple[str, str]]:
        """The columns of a row, each with what it is told by; of a wide sheet a row is one month, told by its header."""
        if self.names is MONTH_NAMES:
            yield "value", show(row.headers["value"])
        else:
            yield from zip(self.names, self.names, strict=True)


def _compare(total: Row, column: str, parts: Iterable[_Sums], findings: Findings) -> None:
    """A total may be of its block or of everything above it."""
    stated = _number(total.cells.get(column))
    if stated is None:
        return
    sums = []
    for each in parts:
        added = each.of(total, column)
        if added is None or _is_like(stated, added):
            return
        sums.append(added)
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


def _compare_beside(place: Place, cell: Cell, months: list[Row], kpis: Kpis, findings: Findings) -> None:
    """A total beside the months of one row, where each month is a number of its own that adds up."""
    stated, figures = _number(cell), [_number(row.cells.get("value")) for row in months]
    numbers = [each for each in figures if each is not None]
    is_comparable = len(numbers) == len(figures) and all(_is_added_by_month(row, kpis) for row in months)
    if stated is None or not numbers or not is_comparable or _is_like(stated, sum(numbers)):
        return
    findings.warn_place(
        place,
        "total_differs",
        Text(
            f"ช่องรวมเป็น {stated:.10g} แต่ผลบวกของเดือนเป็น {sum(numbers):.10g}",
            f"the total says {stated:.10g}, the months add up to {sum(numbers):.10g}",
        ),
        Text("ตรวจตัวเลขแต่ละเดือนและสูตรของช่องรวม", "check the months and the total's formula"),
        show(cell),
    )


def _is_like(stated: float, added: float) -> bool:
    return abs(stated - added) <= 1e-6 * max(1.0, abs(stated))


def _kpi_of(row: Row, kpis: Kpis) -> Kpi | None:
    return kpis.get((row.values.get("fiscal_year", 0), row.values.get("kpi_id", "")))


def _adds_up(row: Row, kpis: Kpis) -> bool:
    kpi = _kpi_of(row, kpis)
    return kpi is not None and kpi.roll_up == "sum"


def _is_added_by_month(row: Row, kpis: Kpis) -> bool:
    kpi = _kpi_of(row, kpis)
    return kpi is not None and kpi.roll_up == "sum" and kpi.entry == "increment"


def _number(cell: Cell) -> float | None:
    try:
        return None if cell is None else parse_number(cell)
    except Unreadable:
        return None
