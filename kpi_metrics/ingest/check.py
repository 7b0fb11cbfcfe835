"""Checking what was read: raw rows → ``Checked(records, rejections, warnings)``, everything at once, nothing saved."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from typing import Any, TypeVar

from kpi_metrics.ingest import bands, citizens, kpis, register, rules
from kpi_metrics.ingest.answers import Answers
from kpi_metrics.ingest.broken_thai import BrokenThai
from kpi_metrics.ingest.columns import TABLES
from kpi_metrics.ingest.findings import Findings, Row
from kpi_metrics.ingest.found import FoundTable
from kpi_metrics.ingest.headings import Headings
from kpi_metrics.ingest.known import Known, is_note, repeats
from kpi_metrics.ingest.limits import within_limits
from kpi_metrics.ingest.lookup import Lookup
from kpi_metrics.ingest.parents import Draft
from kpi_metrics.ingest.raw import RawFile
from kpi_metrics.ingest.results import ResultRules
from kpi_metrics.ingest.rows import ReadTable, RowReader
from kpi_metrics.ingest.series import SeriesRules
from kpi_metrics.ingest.sheets import find_tables
from kpi_metrics.ingest.totals import check_totals
from kpi_metrics.ingest.weights import check_weights
from kpi_metrics.model import Answer, Checked, Entry, Finding, Located, Record, Text

R = TypeVar("R", bound=Record)


def check(files: Sequence[RawFile], known: Known, answers: Collection[Answer] = ()) -> Checked:
    """Check the files of one import together, in the light of what the ledger holds and of a person's answers.

    Tables are taken in
    the order of ``TABLES`` whatever the order of the files, so that results may speak of KPIs of the same import.
    Records come in that order, then by file and row; a row of ``results_wide`` is one record of ``results`` per month
    given. A record equal to the stored one is kept: what is new is for the impact to say.
    """
    findings, said = Findings(), Answers(answers)
    with _NOT_COLLECTING:
        reader = RowReader(findings, said)
        read = [reader.read(found) for found in open_tables(files, known, said, findings)]
        records = _Batch(read, known, findings, said).records()
    rejections, warnings = findings.all()
    return Checked(tuple(records), _in_order(rejections, files), _in_order(warnings, files))


class _NotCollecting:
    """Leaves the collector of garbage off while any check runs.

    A check makes a few hundred thousand records that all stay, in no circles; looking through them again and again took
    a third of its time.
    """

    def __init__(self) -> None:
        self._running = 0
        self._was_on = False
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        with self._lock:
            if not self._running:
                self._was_on = gc.isenabled()
                gc.disable()
            self._running += 1

    def __exit__(self, *error: object) -> None:
        with self._lock:
            self._running -= 1
            if not self._running and self._was_on:
                gc.enable()


_NOT_COLLECTING = _NotCollecting()


def open_tables(files: Sequence[RawFile], known: Known, answers: Answers, findings: Findings) -> list[FoundTable]:
    """The tables that may be read, in the order in which they are taken, with all that keeps others out."""
    thai = BrokenThai(files, answers, findings)
    named = citizens.without_named(thai.repaired(files), findings)
    tables = within_limits(find_tables(named, answers, Headings(known, answers), findings), findings)
    citizens.refuse_outside(tables, named, findings)
    thai.ask_first()
    return thai.keep_out(tables)


def _in_order(found: Iterable[Finding], files: Sequence[RawFile]) -> tuple[Finding, ...]:
    """Each finding once, as a person goes through the files. (What is wrong with a wide row is found once a month.)"""
    file_order = {file.name: index for index, file in enumerate(files)}
    sheet_order = {(file.name, sheet.name): index for file in files for index, sheet in enumerate(file.sheets, 1)}

    def position(finding: Finding) -> tuple[int, int, int]:
        place = finding.place
        return file_order.get(place.file, -1), sheet_order.get((place.file, place.sheet), 0), place.row or 0

    return tuple(sorted(dict.fromkeys(found), key=position))


class _Batch:
    """The tables of one import, settled one after the other; each is looked up by those after it."""

    def __init__(self, tables: Sequence[ReadTable], known: Known, findings: Findings, answers: Answers) -> None:
        self.tables = tables
        self.known = known
        self.findings = findings
        self.answers = answers
        self.lookup = Lookup.of(known)

    def records(self) -> list[Located]:
        """All rows that can be saved."""
        records: list[Located] = []
        for name in TABLES:
            settle: Callable[[], Sequence[Draft[Any]]] | None = getattr(self, f"_{name}", None)
            for row, record in settle() if settle else ():
                records.append(Located(row.table.name, record, row.place))
        for table in self.tables:
            check_totals(table, self.lookup.kpis, self.findings)
        return records

    def _owners(self) -> Sequence[Draft[Any]]:
        drafts = self._drafts("owners", lambda row: None if row.is_rejected else register.make_office(row))
        return register.settle_offices(drafts, self.lookup, self.findings)

    def _people(self) -> Sequence[Draft[Any]]:
        drafts = self._drafts("people", lambda row: register.make_person(row, self.lookup, self.findings))
        kept = register.settle_people(drafts, self.known.people, self.findings)
        self.lookup.add_people(person for _, person in kept)
        return kept

    def _works(self) -> Sequence[Draft[Any]]:
        drafts = self._drafts("works", lambda row: None if row.is_rejected else register.make_work(row))
        self.lookup.works.update((work.fiscal_year, work.work_id) for _, work in drafts)
        return drafts

    def _kpis(self) -> Sequence[Draft[Any]]:
        drafts = self._drafts("kpis", lambda row: kpis.make_kpi(row, self.lookup, self.findings))
        reported = {(entry.fiscal_year, entry.kpi_id) for entry in self.known.entries.values()} if drafts else set()
        return kpis.settle_kpis(drafts, self.lookup, reported, self.findings)

    def _targets(self) -> Sequence[Draft[Any]]:
        drafts = self._drafts("targets", lambda row: register.make_target(row, self.lookup, self.findings))
        self.lookup.targets.update(((t.fiscal_year, t.kpi_id, t.owner_id, t.from_date), t) for _, t in drafts)
        check_weights(drafts, self.lookup, self.findings)
        return drafts

    def _results(self) -> Sequence[Draft[Any]]:
        # Both shapes of results: find_tables has put the long one first.
        results = ResultRules(self.known, self.lookup, self.findings)
        series = SeriesRules(self.known, self.lookup, self.findings, self.answers)
        drafts = results.settle(series.take_apart(self._drafts("results", results.make_entry)))
        series.look_at(drafts)
        return drafts

    def _behaviour(self) -> Sequence[Draft[Any]]:
        return self._drafts("behaviour", lambda row: rules.make_behaviour(row, self.lookup, self.findings))

    def _bands(self) -> Sequence[Draft[Any]]:
        return bands.settle_bands(self._drafts("bands", bands.make_band), self.known.bands, self.findings)

    def _overrides(self) -> Sequence[Draft[Any]]:
        return self._drafts("overrides", lambda row: rules.make_override(row, self.lookup, self.known, self.findings))

    def _exclusions(self) -> Sequence[Draft[Any]]:
        return self._drafts("exclusions", lambda row: rules.make_exclusion(row, self.lookup, self.findings))

    def _remarks(self) -> Sequence[Draft[Any]]:
        return self._drafts("remarks", lambda row: rules.make_remark(row, self.lookup, self.findings))

    def _development(self) -> Sequence[Draft[Any]]:
        return self._drafts("development", lambda row: rules.make_development(row, self.lookup, self.findings))

    def _settings(self) -> Sequence[Draft[Any]]:
        return self._drafts(
            "settings", lambda row: None if row.is_rejected else rules.make_setting(row, self.known, self.findings)
        )

    def _drafts(self, name: str, make: Callable[[Row], R | None]) -> list[Draft[R]]:
        """The records made of a table's rows, each key once."""
        rows = (row for table in self.tables for row in table.rows if row.table.name == name)
        made = [(row, record) for row in rows if (record := make(row)) is not None]
        return self._without_repeats(made)

    def _without_repeats(self, drafts: Sequence[Draft[R]]) -> list[Draft[R]]:
        """A row said twice counts once; of rows that say different things of one key nobody knows the right one."""
        said: dict[tuple[Any, ...], list[Draft[R]]] = {}
        for row, record in drafts:
            # A row of words only stands beside the figures of its month.
            key = (*(getattr(record, name) for name in row.table.key), isinstance(record, Entry) and is_note(record))
            said.setdefault(key, []).append((row, record))
        kept: list[Draft[R]] = []
        for key, rows in said.items():
            if all(_repeats(record, rows[0][1]) for _, record in rows[1:]):
                kept.append(rows[0])
                continue
            by_file: dict[str, list[Draft[R]]] = {}
            for row, record in rows:
                by_file.setdefault(row.place.file, []).append((row, record))
            for row, record in rows:
                # One in another file is the harder to find.
                elsewhere = (said for file, said in by_file.items() if file != row.place.file)
                others = chain(*elsewhere, by_file[row.place.file])
                differing = (other for other, said_there in others if not _repeats(said_there, record))
                self._refuse_repeat(row, next(differing, rows[0][0]), key[:-1])
        return kept

    def _refuse_repeat(self, row: Row, other: Row, key: Sequence[object]) -> None:
        where = ", ".join(str(part) for part in (other.place.file, other.place.sheet) if part)
        self.findings.reject(
            row,
            row.table.key[-1],
            "duplicate",
            Text(
                f"ซ้ำกับ {where} แถว {other.place.row} แต่ค่าต่างกัน",
                f"repeats row {other.place.row} of {where} with other content",
            ),
            Text("เหลือไว้แถวเดียว", "keep one of them"),
            " / ".join(map(str, key)),
        )


def _repeats(record: Record, before: Record) -> bool:
    if isinstance(record, Entry) and isinstance(before, Entry):
        return repeats(record, before)
    return record == before
