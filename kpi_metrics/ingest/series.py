"""The months of an owner and KPI beside each other: what is worth a look, and running totals taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kpi_metrics.ingest.answers import Answers
from kpi_metrics.ingest.findings import Findings, Row
from kpi_metrics.ingest.known import EntryKey, Known, is_note
from kpi_metrics.ingest.lookup import Lookup
from kpi_metrics.ingest.parents import Draft
from kpi_metrics.model import Answer, Choice, Entry, Kpi, Text
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.thai.numbers import format_plain, round_half_up

JUMP = 10  # times the highest result of the owner's earlier months
LARGE = 20  # below it a jump or a steady rise is the way of small counts
FEWEST_MONTHS = 4  # of a series before it is said to look cumulative
TOO_FAST = 1.5  # times the plan: a monthly series that adds up to more is perhaps cumulative
LOOK = Text("ตรวจสอบว่าถูกต้อง", "check that it is right")

MonthDrafts = Mapping[int, Draft[Entry]]  # fiscal month -> what an import says of it


@dataclass(slots=True)
class SeriesRules:
    """Looks at the entries of an import as series, one per year, KPI and owner."""

    known: Known
    lookup: Lookup
    findings: Findings
    answers: Answers

    def take_apart(self, drafts: Sequence[Draft[Entry]]) -> list[Draft[Entry]]:
        """The entries, those a person called cumulative each as its month's own result.

        That is the running total less all that stands before it in the year: months of the import, or else stored.
        """
        if not self.answers.has_series:
            return list(drafts)
        apart: dict[EntryKey, Entry] = {}
        for key, months in _series(drafts).items():
            if self.lookup.kpis[key[:2]].entry == "increment" and self._answer(months) == "cumulative":
                apart |= self._own_results(key, months)
        return [
            (row, entry if is_note(entry) else apart.get((entry.fiscal_year, entry.month, *_of(entry)), entry))
            for row, entry in drafts
        ]

    def _own_results(self, key: tuple[int, str, str], months: MonthDrafts) -> dict[EntryKey, Entry]:
        year, kpi_id, owner_id = key
        own: dict[EntryKey, Entry] = {}
        before = 0.0
        for month in range(1, 13):
            at = (year, month, kpi_id, owner_id)
            stored = self.known.entries.get(at)
            if month not in months:
                before += (stored.value if stored else None) or 0.0
                continue
            row, entry = months[month]
            if entry.value is None:
                continue
            result = float(round_half_up(entry.value - before, 10))
            own[at] = replace(entry, value=result)
            before += result
            if result < 0:
                fell = Text(
                    "ผลสะสมลดลงจากเดือนก่อน ผลของเดือนนี้จึงติดลบ", "the running total falls, which makes this month negative"
                )
                self._warn(row, "negative", fell)
        listed = ", ".join(
            f"{FiscalMonth(year, at[1]).label()} {format_plain(entry.value, 4, fixed=False)}"
            for at, entry in own.items()
        )
        row = months[max(months)][0]
        told = Text(
            f"อ่านเป็นผลสะสมตามคำตอบ ผลของแต่ละเดือนคือ {listed}",
            f"read as cumulative, as answered; month by month: {listed}",
        )
        self._warn(row, "read_as_cumulative", told)
        return own

    def look_at(self, drafts: Sequence[Draft[Entry]]) -> None:
        """Warn of entries that are unlike the other months of their owner and KPI."""
        for (year, kpi_id, owner_id), new in _series(drafts).items():
            kpi = self.lookup.kpis[year, kpi_id]
            months: dict[int, Entry] = {}
            for month in range(1, 13):
                known = self.known.entries.get((year, month, kpi_id, owner_id))
                current = new[month][1] if month in new else known
                if current and not current.is_withdrawn:
                    months[month] = current
            figures = [(month, amount) for month, entry in months.items() if (amount := _amount(entry)) is not None]
            rows = {month: row for month, (row, _) in new.items()}
            self._look_at_steps(kpi, figures, rows)
            is_news = any(entry is not self._stored(entry) for _, entry in new.values())
            if is_news and self._looks_cumulative(kpi, owner_id, figures) and self._answer(new) is None:
                self._ask(rows[max(rows)])

    def _stored(self, entry: Entry) -> Entry | None:
        return self.known.entries.get((entry.fiscal_year, entry.month, *_of(entry)))

    def _answer(self, months: MonthDrafts) -> str | None:
        said = (self.answers.series(row.at(_column(row))) for row, _ in months.values())
        return next(filter(None, said), None)

    def _look_at_steps(self, kpi: Kpi, figures: Sequence[tuple[int, float]], rows: Mapping[int, Row]) -> None:
        highest = 0.0
        before: float | None = None
        for month, figure in figures:
            row = rows.get(month)
            if row and highest > 0 and figure >= max(LARGE, JUMP * highest):
                th = f"สูงกว่าเดือนก่อนหน้าทุกเดือน {JUMP} เท่าขึ้นไป (สูงสุดเดิม {highest:.10g})"
                en = f"at least {JUMP} times every earlier month (highest so far {highest:.10g})"
                self._warn(row, "jump", Text(th, en))
            is_fall = kpi.entry == "snapshot" and kpi.measure == "count" and before is not None and figure < before
            if is_fall and (seen := row or rows.get(_previous(figures, month))):
                th, en = (
                    f"ผลสะสมลดลงจาก {before:.10g} เหลือ {figure:.10g}",
                    f"a cumulative result falls from {before:.10g} to {figure:.10g}",
                )
                self._warn(seen, "cumulative_falls", Text(th, en))
            highest, before = max(highest, figure), figure

    def _looks_cumulative(self, kpi: Kpi, owner_id: str, figures: Sequence[tuple[int, float]]) -> bool:
        """Never falling, and adding up to far more than planned (without a target: at least doubled)."""
        if kpi.entry != "increment" or kpi.measure not in ("count", "value"):
            return False
        numbers = [figure for _, figure in figures if figure != 0]
        if len(numbers) < FEWEST_MONTHS or sorted(numbers) != numbers or numbers[-1] < LARGE:
            return False
        target = self.lookup.target((kpi.fiscal_year, kpi.kpi_id, owner_id, FiscalMonth(kpi.fiscal_year, 1).first_day))
        if target is None or target.target <= 0:
            return numbers[-1] >= 2 * numbers[0]
        last = figures[-1][0]
        plan = target.plan or kpi.plan
        return sum(numbers) > TOO_FAST * target.target * (plan[last - 1] if plan else last / 12)

    def _ask(self, row: Row) -> None:
        place = row.at(_column(row))
        self._warn(
            row,
            "looks_cumulative",
            Text(
                "ดูเหมือนเป็นผลสะสม แต่ตัวชี้วัดนี้รายงานผลประจำเดือน",
                "this looks cumulative, but the KPI is reported month by month",
            ),
            Text("ผลของเดือนนั้นเดือนเดียว", "the result of that month alone"),
        )
        asked = self.findings.warnings.pop()
        choices = (
            Choice(
                Text("เป็นผลของแต่ละเดือนอยู่แล้ว", "these are the results month by month"),
                Answer("series", place, "monthly"),
            ),
            Choice(
                Text("เป็นผลสะสม ให้หักยอดของเดือนก่อนออก", "these are running totals: take off the months before"),
                Answer("series", place, "cumulative"),
            ),
        )
        self.findings.warnings.append(replace(asked, choices=choices))

    def _warn(self, row: Row, code: str, wrong: Text, expected: Text = LOOK) -> None:
        self.findings.warn(row, _column(row), code, wrong, expected)


def _series(drafts: Iterable[Draft[Entry]]) -> dict[tuple[int, str, str], dict[int, Draft[Entry]]]:
    series: dict[tuple[int, str, str], dict[int, Draft[Entry]]] = {}
    for row, entry in drafts:
        if not is_note(entry) and not entry.is_withdrawn:
            series.setdefault((entry.fiscal_year, *_of(entry)), {})[entry.month] = (row, entry)
    return series


def _of(entry: Entry) -> tuple[str, str]:
    return entry.kpi_id, entry.owner_id


def _amount(entry: Entry) -> float | None:
    return entry.value if entry.value is not None else entry.denominator


def _column(row: Row) -> str:
    return "value" if "value" in row.cells else "denominator"


def _previous(figures: Iterable[tuple[int, float]], month: int) -> int:
    return max(each for each, _ in figures if each < month)
