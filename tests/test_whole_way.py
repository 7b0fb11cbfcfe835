"""The whole way: made-up provinces as an office's files through the command line, and out again as CSV.

What comes out is compared, text by text and row by row, with the naive second version's figures written by the
definition of the files that go out.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random
from typing import Any

from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings

from kpi_metrics.cli import commands
from kpi_metrics.model import Entry, Kpi
from tests.alternative import Alternative, Batch
from tests.office_files import clerks, write_files
from tests.provinces import provinces


def columns(said: str) -> list[str]:
    return said.split(", ")


SCORE = columns("score_year, score_period, weighted_year, weighted_period, lost_points, score_low, score_high, score")
PERCENT = columns("achievement_pct, progress_pct, percent_year, percent_period, performance, final")
SCORECARD = columns(
    "fiscal_year, month, owner_id, owner_kind, parent_id, owner_name, work_id, category, kpi_id, kpi_name, unit, measure, "
    "direction, weight, target, plan, result, numerator, denominator, source, due_entries, reported_entries, "
    "achievement_pct, progress_pct, gap, score_year, score_period, weighted_year, weighted_period, lost_points, status, "
    "needed_per_month, next_level_gap, projection, override_reason"
)
SUMMARY = columns(
    "fiscal_year, month, owner_id, owner_kind, parent_id, owner_name, kpi_count, weight_total, weight_evaluated, score_year, "
    "score_period, percent_year, percent_period, score_low, score_high, count_on_plan, count_watch, count_behind, "
    "count_not_reported, count_not_due, count_no_target, count_not_applicable, rank, band"
)
APPRAISAL = columns(
    "fiscal_year, round, owner_id, owner_name, parent_id, personnel_type, score, performance, behaviour, performance_weight, "
    "final, band"
)
COVERAGE = columns(
    "fiscal_year, month, owner_id, owner_kind, parent_id, owner_name, kpi_id, due_date, reported_at, days_late, state"
)


def written(column: str, value: Any) -> str:
    """A figure or word as a file holds it."""
    if value is None:
        return ""
    if not isinstance(value, int | float):
        return str(value)
    places = 4 if column in SCORE else 2 if column in PERCENT else None
    text = f"{rounded(value, 4 if places is None else places):f}"
    return text.rstrip("0").rstrip(".") if places is None and "." in text else text


def rounded(value: float, places: int) -> Decimal:
    """Half away from zero, after ten decimals; never -0."""
    at_ten = Decimal(value).quantize(Decimal("0.0000000001"), ROUND_HALF_UP)
    return at_ten.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + Decimal(0)


def written_table(rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> list[list[str]]:
    return [list(columns), *([written(column, row[column]) for column in columns] for row in rows)]


class Office:
    """A database of its own, used through the command line alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {"KPI_DATABASE": str(folder / "kpi.duckdb")}
        self.wrong: list[str] = []

    def run(self, *arguments: str) -> str:
        done = CliRunner(env=self.env).invoke(commands, arguments, catch_exceptions=False)
        assert done.exit_code == 0, f"{' '.join(arguments)}\n{done.output}"
        return done.stdout_bytes.decode("utf-8")

    def take(self, batch: Batch, kpis: dict[tuple[int, str], Kpi], clerk: Random) -> None:
        """Import a batch at its own time."""
        self.env["KPI_NOW"] = batch.recorded_at.isoformat()
        paths = write_files(self.folder, str(batch.seq), batch.records, kpis, clerk)
        if paths:
            saved = self.run("import", *map(str, paths), "--by", "เจ้าหน้าที่").partition("Saved as ")[2][:6]
            if batch.is_voided and saved:
                self.wrong.append(saved)

    def void_what_is_wrong(self) -> None:
        while self.wrong:
            self.run("void", self.wrong.pop(), "--why", "ผิดเดือน", "--by", "หัวหน้า")

    def export(self, table: str, *options: str) -> list[list[str]]:
        text = self.run("export", table, *options)
        assert text.startswith("\ufeff")
        return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def in_order(naive: Alternative, rows: dict[tuple, dict[str, Any]]) -> list[dict[str, Any]]:
    """By sort_order (those without last), owner_id and KPI numerically, within each month or round."""

    def place(at: tuple) -> tuple:
        office = naive.offices.get(at[2])
        order = office.sort_order if office and office.sort_order is not None else float("inf")
        return (*at[:2], order, at[2], *([int(part) for part in at[3].split(".")] if len(at) > 3 else ()))

    return [{"fiscal_year": at[0], "month": at[1], "owner_id": at[2], **rows[at]} for at in sorted(rows, key=place)]


def of_month(rows: dict[tuple, dict[str, Any]], y: int, m: int) -> dict[tuple, dict[str, Any]]:
    return {at: row for at, row in rows.items() if at[:2] == (y, m)}


def coverage_rows(naive: Alternative, y: int) -> dict[tuple, dict[str, Any]]:
    rows = {}
    for at, row in naive.coverage().items():
        if at[0] == y:
            first = naive.first_recorded.get((Entry, y, at[1], at[3], at[2])) if row["state"] != "missing" else None
            place = naive.place(y, at[1], at[2])
            rows[at] = {
                "owner_kind": getattr(place, "kind", "person"),
                "parent_id": place.parent_id,
                "owner_name": place.name_th,
                "kpi_id": at[3],
                **row,
                "reported_at": first and first.isoformat(timespec="seconds"),
            }
    return rows


# Each example is an office's whole year: shrinking one would take minutes.
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(provinces(), clerks)
def test_what_comes_out_is_what_the_second_version_makes_of_what_went_in(batches: list[Batch], clerk: Random) -> None:
    naive = Alternative(batches)
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        is_seen_at_once = clerk.random() < 0.5
        for batch in batches:
            office.take(batch, naive.kpis, clerk)
            if is_seen_at_once:
                office.void_what_is_wrong()
        office.void_what_is_wrong()
        for y in naive.years:
            year = ("--year", str(y))
            for m in {clerk.choice((6, 12)), clerk.randint(1, 12)}:
                for view in ("period", "year"):
                    asked = (*year, "--month", str(m), "--view", view)
                    expected = in_order(naive, of_month(naive.scorecard(view), y, m))
                    assert office.export("scorecard", *asked) == written_table(expected, SCORECARD)
                    expected = in_order(naive, of_month(naive.summary(view), y, m))
                    assert office.export("summary", *asked) == written_table(expected, SUMMARY)
            expected = in_order(naive, coverage_rows(naive, y))
            assert office.export("coverage", *year, "--month", "12") == written_table(expected, COVERAGE)
            expected = in_order(naive, {at: row for at, row in naive.appraisal().items() if at[0] == y})
            assert office.export("appraisal", *year) == written_table(expected, APPRAISAL)
