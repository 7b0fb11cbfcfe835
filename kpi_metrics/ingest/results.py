"""The rules of reported results: what an entry may hold, and what a closed month takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpi_metrics.closing import tell_closed, tell_how_to_reopen
from kpi_metrics.ingest.cells import name_key
from kpi_metrics.ingest.figures import read_figure
from kpi_metrics.ingest.findings import Findings, Row
from kpi_metrics.ingest.known import Known, is_note, says_nothing_new
from kpi_metrics.ingest.lookup import Lookup
from kpi_metrics.ingest.parents import Draft
from kpi_metrics.ingest.register import find_owner
from kpi_metrics.ingest.rows import WITHDRAWN
from kpi_metrics.model import Entry, Kpi, Text
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.thai.numbers import LIMIT

NEEDS_BOTH = Text("ตัวตั้งและตัวหาร", "a numerator and a denominator")
SMALLEST = 1e-6  # denominator; smaller ones are lost among the decimals that figures are added up in
TEXTS = ("note", "problem", "remedy", "evidence_url", "reported_by", "reported_at")


@dataclass(slots=True)
class ResultRules:
    """Makes entries of rows, in the light of what is known."""

    known: Known
    lookup: Lookup
    findings: Findings

    def make_entry(self, row: Row) -> Entry | None:
        """The entry a row reports, or None with the row refused."""
        month = self._month(row)
        kpi, owner_id = self.lookup.kpi(row, self.findings), find_owner(row, self.lookup, self.findings)
        figures = self._figures(row, kpi) if kpi else None
        if row.is_rejected or month is None or kpi is None or owner_id is None or figures is None:
            return None
        value, numerator, denominator, is_withdrawn = figures
        texts = {name: row.values.get(name) for name in TEXTS}
        return Entry(
            kpi.fiscal_year,
            month.month,
            kpi.kpi_id,
            owner_id,
            value,
            numerator,
            denominator,
            is_withdrawn,
            **texts,
        )

    def settle(self, drafts: Sequence[Draft[Entry]]) -> list[Draft[Entry]]:
        """The stored entry where a row says nothing new (then it stays unchanged), in a closed month only that."""
        beside = ((row, self._beside_the_stored(row, made)) for row, made in drafts)
        return [(row, entry) for row, entry in beside if entry is not None]

    def _month(self, row: Row) -> FiscalMonth | None:
        month: FiscalMonth | None = row.values.get("month")
        if month is None:
            return None
        row.values.setdefault("fiscal_year", month.fiscal_year)  # where the year is left out the month decides
        check_not_future(row, month, self.known, self.findings)
        return month

    def _figures(self, row: Row, kpi: Kpi) -> tuple[float | None, float | None, float | None, bool] | None:
        """Value, numerator, denominator and whether the entry is withdrawn."""
        numerator, denominator = row.values.get("numerator"), row.values.get("denominator")
        has_parts = "numerator" in row.cells or "denominator" in row.cells
        if "value" in row.cells and has_parts:
            self._reject(
                row,
                "value",
                "value_and_parts",
                Text("มีทั้งผลงานและตัวตั้ง/ตัวหาร", "both a value and a numerator or denominator"),
                Text("อย่างใดอย่างหนึ่ง", "one or the other"),
            )
            return None
        if has_parts:
            self._check_parts(row, kpi, numerator, denominator)
            return None if row.is_rejected else (None, numerator, denominator, False)
        cell = row.cells.get("value")
        if cell is None or (isinstance(cell, str) and name_key(cell) in WITHDRAWN):
            return None, None, None, cell is not None
        if kpi.needs_parts:
            self._reject(
                row,
                "value",
                "parts_needed",
                Text("ตัวชี้วัดนี้คิดจากตัวตั้งและตัวหาร รับค่าร้อยละเปล่าไม่ได้", "this KPI is made of a numerator and a denominator"),
                NEEDS_BOTH,
            )
            return None
        value = read_figure(row, "value", kpi, self.findings)
        if value is None:
            return None
        if kpi.measure == "percent" and value > 100:
            self._warn(row, "value", "percent_over_100", Text("เกินร้อยละ 100", "over 100 percent"))
        if value < 0:
            self._warn(row, "value", "negative", Text("ผลงานติดลบ", "a negative result"))
        return value, None, None, False

    def _check_parts(self, row: Row, kpi: Kpi, numerator: float | None, denominator: float | None) -> None:
        if kpi.measure != "percent":
            self._reject(
                row,
                "numerator",
                "parts_not_taken",
                Text(
                    "ตัวชี้วัดนี้ไม่ใช่ร้อยละ จึงไม่มีตัวตั้งและตัวหาร", "this KPI is no percent: it has no numerator and denominator"
                ),
                Text("ผลงานเป็นตัวเลขเดียว", "one value"),
            )
            return
        for name, other in (("numerator", "denominator"), ("denominator", "numerator")):
            if name not in row.cells and other in row.cells:
                self._reject(
                    row, name, "half_a_ratio", Text("มีเพียงด้านเดียว", "only one of the two is given"), NEEDS_BOTH
                )
        if numerator is None or denominator is None:
            return
        if denominator < 0 or (denominator == 0 and numerator != 0):
            self._reject(
                row,
                "denominator",
                "denominator",
                Text("ตัวหารเป็น 0 หรือติดลบ", "the denominator is 0 or negative"),
                Text("ตัวหารมากกว่า 0 (หรือ 0/0 เมื่อไม่มีเหตุให้ประเมิน)", "more than 0 (or 0/0 where nothing applies)"),
            )
            return
        if denominator and (denominator < SMALLEST or abs(100 * numerator / denominator) >= LIMIT):
            self._reject(
                row,
                "denominator",
                "ratio_out_of_reach",
                Text("ตัวหารเล็กเกินไปเมื่อเทียบกับตัวตั้ง", "the denominator is too small for the numerator"),
                Text("ตรวจตัวตั้งและตัวหาร", "check the numerator and the denominator"),
            )
            return
        if numerator > denominator:
            self._warn(
                row, "numerator", "percent_over_100", Text("ตัวตั้งมากกว่าตัวหาร", "the numerator is over the denominator")
            )
        if numerator < 0:
            self._warn(row, "numerator", "negative", Text("ตัวตั้งติดลบ", "a negative numerator"))

    def _beside_the_stored(self, row: Row, made: Entry) -> Entry | None:
        key = (made.fiscal_year, made.month, made.kpi_id, made.owner_id)
        stored = (self.known.notes if is_note(made) else self.known.entries).get(key)
        if stored and says_nothing_new(made, stored):
            return stored
        month = (made.fiscal_year, made.month, made.owner_id)
        if month in self.known.closed:
            self._reject(
                row, "month", "closed_month", tell_closed(self.known.closed, *month), tell_how_to_reopen(*month)
            )
            return None
        return made

    def _reject(self, row: Row, column: str, code: str, wrong: Text, expected: Text) -> None:
        self.findings.reject(row, column, code, wrong, expected)

    def _warn(self, row: Row, column: str, code: str, wrong: Text, expected: Text | None = None) -> None:
        self.findings.warn(row, column, code, wrong, expected or Text("ตรวจสอบว่าถูกต้อง", "check that it is right"))


def check_not_future(row: Row, month: FiscalMonth, known: Known, findings: Findings) -> None:
    """Refuse a month that has not begun; the running one may be reported."""
    if month.first_day > known.now.date():
        now = FiscalMonth.of(known.now.date())
        findings.reject(
            row,
            "month",
            "future_month",
            Text(f"{month.label()} ยังมาไม่ถึง", f"{month.label('en')} has not begun"),
            Text(f"ไม่เกิน {now.label()}", f"{now.label('en')} at the latest"),
        )
