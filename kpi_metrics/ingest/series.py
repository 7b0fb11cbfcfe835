"""The months of an owner and KPI beside each other: what is worth a look, and running totals taken apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile

from kpi_metrics.ingest.answers import Answers
from kpi_metrics.ingest.cells import name_key, show
from kpi_metrics.ingest.findings import Findings, Row
from kpi_metrics.ingest.known import EntryKey, Known, is_note
from kpi_metrics.ingest.lookup import Lookup
from kpi_metrics.ingest.parents import Draft
from kpi_metrics.model import Answer, Choice, Entry, EntryKind, Kpi, Place, Text
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.thai.numbers import format_plain, round_half_up

JUMP = 10  # times the highest result of the owner's earlier months
LARGE = 20  # below it a jump or a steady rise is the way of small counts
FEWEST_MONTHS = 4  # of a series before it is said to look cumulative
TOO_FAST = 1.5  # times the plan: a monthly series that adds up to more is perhaps cumulative
LOOK = Text("ตรวจสอบว่าถูกต้อง", "check that it is right")
COUNTED = ("count", "value")  # measures whose months can be added up
SAYS = {name_key("ผลสะสม"): "snapshot", name_key("ผลประจำเดือน"): "increment"}  # headers that say how they count
CHOICES = {  # how a KPI is reported -> what its figures may be answered to be; the last one is otherwise than reported
    "increment": {
        "monthly": Text("เป็นผลของแต่ละเดือนอยู่แล้ว", "these are the results month by month"),
        "cumulative": Text("เป็นผลสะสม ให้หักยอดของเดือนก่อนออก", "these are running totals: take off the months before"),
    },
    "snapshot": {
        "cumulative": Text("เป็นผลสะสมอยู่แล้ว", "these are running totals already"),
        "monthly": Text("เป็นผลของแต่ละเดือน ให้บวกยอดของเดือนก่อนเข้า", "these are single months: add the months before"),
    },
}
OTHERWISE = {entry: list(choices)[-1] for entry, choices in CHOICES.items()}

MonthDrafts = Mapping[int, Draft[Entry]]  # fiscal month -> what an import says of it
Headed = dict[tuple[Place, EntryKind, bool], dict[str, None]]  # header, how KPIs are reported, can add up -> the KPIs


@dataclass(slots=True)
class SeriesRules:
    """Looks at the entries of an import as series, one per year, KPI and owner."""

    known: Known
    lookup: Lookup
    findings: Findings
    answers: Answers

    def take_apart(self, drafts: Sequence[Draft[Entry]]) -> list[Draft[Entry]]:
        """The entries as their KPIs are reported, where a person said that the file counts otherwise.

        Under a monthly KPI a running total less all that stands before it in the year, under a cumulative one a month's
        own result added to the total before: of the import, or else as stored, but not what the import withdraws. A closed
        month stands before others as it is stored.
        """
        if not self.answers.has_series:
            return list(drafts)
        withdrawn = {_key(entry) for _, entry in drafts if entry.is_withdrawn}
        counted: dict[EntryKey, Entry] = {}
        for key, months in _series(drafts).items():
            kpi = self.lookup.kpis[key[:2]]
            answer = self._answer(months)
            otherwise = {
                month
                for month, (row, entry) in months.items()
                if entry.value is not None and (answer or self._header_answer(row)) == OTHERWISE[kpi.entry]
            }
            if otherwise and kpi.measure in COUNTED:
                counted |= self._counted(kpi, months, otherwise, withdrawn)
        return [(row, entry if is_note(entry) else counted.get(_key(entry), entry)) for row, entry in drafts]

    def _counted(
        self, kpi: Kpi, months: MonthDrafts, otherwise: Collection[int], withdrawn: Collection[EntryKey]
    ) -> dict[EntryKey, Entry]:
        """One owner's entries of the months counted ``otherwise``, as the KPI counts."""
        is_cumulative = kpi.entry == "snapshot"
        last_row, last_entry = months[max(months)]
        counted: dict[EntryKey, Entry] = {}
        total = 0.0
        for month in range(1, 13):
            at = (kpi.fiscal_year, month, kpi.kpi_id, last_entry.owner_id)
            entry = months[month][1] if month in months else None if at in withdrawn else self.known.entries.get(at)
            if entry is None or entry.value is None:
                continue
            if month in otherwise:
                figure = entry.value + total if is_cumulative else entry.value - total
                entry = counted[at] = replace(entry, value=float(round_half_up(figure, 10)))
            stays = at in self.known.entries and (at[0], at[1], at[3]) in self.known.closed
            result = (self.known.entries[at].value if stays else entry.value) or 0.0
            total = result if is_cumulative else total + result
            if month in otherwise and result < 0 and not is_cumulative:
                fell = Text(
                    "ผลสะสมลดลงจากเดือนก่อน ผลของเดือนนี้จึงติดลบ", "the running total falls, which makes this month negative"
                )
                self._warn(months[month][0], "negative", fell)
        listed = ", ".join(
            f"{FiscalMonth(kpi.fiscal_year, at[1]).label()} {format_plain(entry.value, 4, fixed=False)}"
            for at, entry in counted.items()
        )
        code, th, en = (
            ("read_as_monthly", "ผลประจำเดือนตามคำตอบ ผลสะสมถึง", "monthly, as answered; running totals")
            if is_cumulative
            else ("read_as_cumulative", "ผลสะสมตามคำตอบ ผลของ", "cumulative, as answered; month by month")
        )
        self._warn(last_row, code, Text(f"อ่านเป็น{th}แต่ละเดือนคือ {listed}", f"read as {en}: {listed}"))
        return counted

    def look_at(self, drafts: Sequence[Draft[Entry]]) -> None:
        """Warn of entries that are unlike the other months of their owner and KPI, or unlike what their header says."""
        headed: Headed = {}
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
            if all(entry is self._stored(entry) for _, entry in new.values()) or self._answer(new):
                continue
            unanswered = [row for row in rows.values() if self._header_answer(row) is None]
            otherwise = [row for row in unanswered if _header_says(row) not in (None, kpi.entry)]
            for row in otherwise:
                headed.setdefault((_header_of(row), kpi.entry, kpi.measure in COUNTED), {})[kpi_id] = None
            own = [(month, figure) for month, figure in figures if month in new]
            looks = any(self._looks_cumulative(kpi, owner_id, each) for each in (figures, own))
            if looks and unanswered and not otherwise:
                self._ask(rows[max(rows)])
        for (header, entry_kind, is_counted), kpi_ids in headed.items():
            self._ask_of_header(header, entry_kind, is_counted, ", ".join(kpi_ids))

    def _stored(self, entry: Entry) -> Entry | None:
        return self.known.entries.get(_key(entry))

    def _answer(self, months: MonthDrafts) -> str | None:
        """What was said of an owner's months."""
        if not self.answers.has_series:
            return None
        said = (self.answers.series(row.at(_column(row))) for row, _ in months.values())
        return next(filter(None, said), None)

    def _header_answer(self, row: Row) -> str | None:
        """What was said of everything under the header of a row's figure."""
        return self.answers.series(_header_of(row)) if self.answers.has_series else None

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
        if kpi.entry != "increment" or kpi.measure not in COUNTED:
            return False
        numbers = list(dropwhile(lambda figure: figure == 0, (figure for _, figure in figures)))
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
        self.findings.warn_place(
            place,
            "looks_cumulative",
            Text(
                "ดูเหมือนเป็นผลสะสม แต่ตัวชี้วัดนี้รายงานผลประจำเดือน",
                "this looks cumulative, but the KPI is reported month by month",
            ),
            Text("ผลของเดือนนั้นเดือนเดียว", "the result of that month alone"),
            show(row.cells.get(_column(row))),
            _choices(place, "increment"),
        )

    def _ask_of_header(self, header: Place, reported: EntryKind, is_counted: bool, kpi_ids: str) -> None:
        """Ask once of all that stands under a header; what cannot be added up can only be mended in the file."""
        th, en = ("ผลสะสม", "cumulative") if reported == "snapshot" else ("ผลประจำเดือน", "month by month")
        said = header.column or ""
        self.findings.warn_place(
            header,
            "other_reporting",
            Text(
                f"หัวตารางว่า{said} แต่ตัวชี้วัด {kpi_ids} รายงาน{th}",
                f"the header says {said}, but {kpi_ids} is reported {en}",
            ),
            Text(th, en),
            said,
            _choices(header, reported) if is_counted else (),
        )

    def _warn(self, row: Row, code: str, wrong: Text, expected: Text = LOOK) -> None:
        self.findings.warn(row, _column(row), code, wrong, expected)


def _series(drafts: Iterable[Draft[Entry]]) -> dict[tuple[int, str, str], dict[int, Draft[Entry]]]:
    series: dict[tuple[int, str, str], dict[int, Draft[Entry]]] = {}
    for row, entry in drafts:
        if not is_note(entry) and not entry.is_withdrawn:
            series.setdefault((entry.fiscal_year, entry.kpi_id, entry.owner_id), {})[entry.month] = (row, entry)
    return series


def _key(entry: Entry) -> EntryKey:
    return entry.fiscal_year, entry.month, entry.kpi_id, entry.owner_id


def _amount(entry: Entry) -> float | None:
    return entry.value if entry.value is not None else entry.denominator


def _column(row: Row) -> str:
    return "value" if "value" in row.cells else "denominator"


def _header_of(row: Row) -> Place:
    return replace(row.at("value"), row=None)


def _header_says(row: Row) -> str | None:
    """How a header says that the figures under it count, if it does and there is one in this row."""
    said = row.headers.get("value") if "value" in row.cells else None
    return SAYS.get(name_key(said)) if isinstance(said, str) else None


def _choices(place: Place, reported: EntryKind) -> tuple[Choice, ...]:
    return tuple(Choice(text, Answer("series", place, value)) for value, text in CHOICES[reported].items())


def _previous(figures: Iterable[tuple[int, float]], month: int) -> int:
    return max(each for each, _ in figures if each < month)
