"""Collecting what is wrong with the rows of an import, each with its place and what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kpi_metrics.ingest.cells import show
from kpi_metrics.ingest.columns import Table
from kpi_metrics.ingest.raw import Cell
from kpi_metrics.model import Answer, Choice, Finding, Place, Text
from kpi_metrics.thai import Meant, Unreadable

ANSWERED = ("remembered_column",)  # may be answered anew, and asks nothing
MOST_FINDINGS = 10_000  # rejections of one file, and as many warnings
# About a row, whatever cell they name: another text in that cell mends nothing.
ONLY_IN_THE_FILE = ("citizen_id", "row_too_long", "duplicate", "parts_needed")


@dataclass(slots=True)
class Row:
    """One row of a sheet under its table's column names: the cells found (no empty ones) and what they were read as."""

    table: Table
    place: Place
    headers: Mapping[str, Cell]  # column name -> header as found
    cells: dict[str, Cell]
    values: dict[str, Any] = field(default_factory=dict)
    is_rejected: bool = False

    def at(self, column: str | None) -> Place:
        """The place of one of the row's cells."""
        if column is None:
            return self.place
        header = self.headers.get(column)
        return Place(self.place.file, self.place.sheet, self.place.row, show(header) if header is not None else column)


@dataclass(slots=True)
class Findings:
    """All that was found so far, of each file as much as somebody could still read."""

    rejections: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    _seen: dict[tuple[bool, str], set[int]] = field(default_factory=dict)  # of each file's rejections and warnings

    def reject(
        self,
        row: Row,
        column: str | None,
        code: str,
        wrong: Text,
        expected: Text,
        found: str = "",
        meant: Sequence[Meant] = (),
    ) -> None:
        """Refuse a row for one of its cells (or as a whole). ``meant``: what may have been meant, to choose from."""
        row.is_rejected = True
        if self._takes(self.rejections, row.at(column), code):
            self.rejections.append(_finding(row, column, code, wrong, expected, found, meant))

    def unreadable(self, row: Row, column: str, code: str, error: Unreadable) -> None:
        """Refuse a row for a cell that cannot be read."""
        self.reject(row, column, code, error.wrong, error.expected, meant=error.meant)

    def warn(self, row: Row, column: str | None, code: str, wrong: Text, expected: Text, found: str = "") -> None:
        """Keep a row and ask to look at it."""
        if self._takes(self.warnings, row.at(column), code):
            self.warnings.append(_finding(row, column, code, wrong, expected, found))

    def reject_place(
        self, place: Place, code: str, wrong: Text, expected: Text, found: str = "", choices: Sequence[Choice] = ()
    ) -> None:
        """Refuse a file, a sheet or a row that could not be taken apart."""
        if self._takes(self.rejections, place, code):
            self.rejections.append(Finding(code, place, found, wrong, expected, tuple(choices)))

    def warn_place(
        self, place: Place, code: str, wrong: Text, expected: Text, found: str = "", choices: Sequence[Choice] = ()
    ) -> None:
        """Ask to look at a file, a sheet or a row that is not kept."""
        if self._takes(self.warnings, place, code):
            self.warnings.append(Finding(code, place, found, wrong, expected, tuple(choices)))

    def all(self) -> tuple[list[Finding], list[Finding]]:
        """The rejections and the warnings; where a file had more than are kept, one more that says how many."""
        more: tuple[list[Finding], list[Finding]] = ([], [])
        for (is_warning, file), seen in self._seen.items():
            if len(seen) > MOST_FINDINGS:
                more[is_warning].append(_more(file, len(seen) - MOST_FINDINGS))
        return [*self.rejections, *more[False]], [*self.warnings, *more[True]]

    def _takes(self, kept: list[Finding], place: Place, code: str) -> bool:
        """Whether one more of a file is kept. Each is counted once: a wide row finds it once a month."""
        seen = self._seen.setdefault((kept is self.warnings, place.file), set())
        seen.add(hash((place, code)))
        return len(seen) <= MOST_FINDINGS


def is_question(finding: Finding) -> bool:
    """Whether a finding waits for an answer: it offers choices, and none was made yet."""
    return bool(finding.choices) and finding.code not in ANSWERED


def is_answerable(finding: Finding) -> bool:
    """Whether an answer of kind "cell" at the finding's place can mend it; all else is mended in the file."""
    kinds = {choice.answer.kind for choice in finding.choices}
    is_cell = finding.place.row is not None and finding.place.column is not None
    return is_cell and kinds <= {"cell"} and finding.code not in ONLY_IN_THE_FILE


def mistakes(findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], ...]:
    """Findings of the same mistake together, wherever they stand: what mends one may well mend all.

    The same: code, text found, what would be right and what may be chosen. Each is answered at its own place. A series
    that looks cumulative is like no other, whatever figure stands there.
    """
    alike: dict[object, list[Finding]] = {}
    for finding in findings:
        offered = tuple((choice.answer.kind, choice.answer.value) for choice in finding.choices)
        own = finding.place if any(kind == "series" for kind, _ in offered) else None
        alike.setdefault((finding.code, finding.found, finding.expected, offered, own), []).append(finding)
    return tuple(map(tuple, alike.values()))


def _more(file: str, count: int) -> Finding:
    return Finding(
        "more",
        Place(file),
        str(count),
        Text(f"ยังมีอีก {count:,} ข้อที่ไม่ได้แสดง", f"not shown: {count:,} more"),
        Text("แก้ข้อที่แสดงก่อน แล้วตรวจใหม่", "mend what is shown, and check again"),
    )


def _finding(
    row: Row, column: str | None, code: str, wrong: Text, expected: Text, found: str, meant: Sequence[Meant] = ()
) -> Finding:
    place = row.at(column)
    choices = tuple(Choice(text, Answer("cell", place, value)) for text, value in meant)
    return Finding(code, place, found or show(row.cells.get(column or "")), wrong, expected, choices)
