"""Thai that was broken before the file came: asked about, put right where a person says so, and never stored unasked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeGuard

from kpi_metrics.ingest.answers import Answers, SheetKey
from kpi_metrics.ingest.cells import show
from kpi_metrics.ingest.findings import Findings
from kpi_metrics.ingest.found import FoundTable
from kpi_metrics.ingest.mojibake import LOST, is_broken, undo, way_of
from kpi_metrics.ingest.raw import Cell, RawFile, RawRow, RawSheet
from kpi_metrics.model import Answer, Choice, Finding, Place, Text

WORDS = ("note", "problem", "remedy")  # broken, they do no harm but to themselves
HEADLESS = ("no_table", "no_header", "missing_column")

REPAIRED = Text("ซ่อมตัวอักษรไทยทั้งแผ่นตามคำตอบแล้ว", "the Thai of the whole sheet was put right, as answered")
KEPT = Text("คงตัวอักษรที่เพี้ยนไว้ตามคำตอบ", "the broken Thai is kept as it is, as answered")
NOTHING = Text("ไม่ต้องแก้ไข", "nothing")


class BrokenThai:
    """The sheets whose Thai was found broken, and what was answered about each."""

    def __init__(self, files: Sequence[RawFile], answers: Answers, findings: Findings) -> None:
        self._answers = answers
        self._findings = findings
        self._undecided: dict[SheetKey, Finding] = {}
        hidden = {(sheet.file, sheet.name) for file in files for sheet in file.sheets if sheet.is_hidden}
        for warning in (warning for file in files for warning in file.warnings):
            sheet = (warning.place.file, warning.place.sheet)
            if warning.code != "mojibake":
                findings.warnings.append(warning)
            elif sheet not in hidden:
                self._tell(warning)

    def _tell(self, warning: Finding) -> None:
        answered = self._answers.thai(warning.place)
        if answered in ("repair", "keep"):
            told = REPAIRED if answered == "repair" else KEPT
            self._findings.warn_place(warning.place, f"thai_{answered}", told, NOTHING, warning.found)
            return
        question = replace(warning, choices=_choices(warning))
        self._undecided[warning.place.file, warning.place.sheet] = question
        self._findings.warnings.append(question)

    def repaired(self, files: Iterable[RawFile]) -> list[RawFile]:
        """The files, with every text put right of the sheets that a person wants put right."""
        return [replace(file, sheets=tuple(map(self._repaired, file.sheets))) for file in files]

    def _repaired(self, sheet: RawSheet) -> RawSheet:
        if self._answers.thai(Place(sheet.file, sheet.name)) != "repair":
            return sheet
        way = way_of(cell for row in sheet.rows for cell in row.cells if _is_suspect(cell))

        def right(cell: Cell) -> Cell:
            # A short word does not look broken; it was broken with the others all the same.
            return undo(cell, way) or cell if way and _is_suspect(cell) else cell

        return replace(sheet, rows=tuple(RawRow(row.number, tuple(map(right, row.cells))) for row in sheet.rows))

    def ask_first(self) -> None:
        """Ask about the Thai of a sheet before saying that no table is known by such headers."""
        for sheet, question in self._undecided.items():
            strange = [
                each
                for each in self._findings.rejections
                if each.code in HEADLESS and (each.place.file, each.place.sheet) == sheet
            ]
            if strange:
                self._findings.warnings.remove(question)
                self._findings.rejections[:] = [each for each in self._findings.rejections if each not in strange]
                self._findings.rejections.append(question)

    def keep_out(self, tables: Iterable[FoundTable]) -> list[FoundTable]:
        """The tables that may be saved: none whose names or keys would be stored broken without anybody having said so."""
        return [table for table in tables if not self._would_be_stored(table)]

    def _would_be_stored(self, table: FoundTable) -> bool:
        question = self._undecided.get((table.sheet.file, table.sheet.name))
        if question is None:
            return False
        for row in table.rows():
            for position, column in table.header.columns.items():
                cell = row.cells[position] if position < len(row.cells) else None
                if column.name not in WORDS and _is_suspect(cell) and is_broken(cell):
                    self._findings.warnings.remove(question)
                    place = replace(question.place, row=row.number, column=show(table.header.texts[position]))
                    self._findings.rejections.append(replace(question, place=place, found=show(cell)))
                    return True
        return False


def _choices(warning: Finding) -> tuple[Choice, ...]:
    place = Place(warning.place.file, warning.place.sheet)
    keep = Choice(Text("คงไว้ตามไฟล์", "keep it as it is"), Answer("thai", place, "keep"))
    if warning.expected == LOST:
        return (keep,)
    return Choice(Text("ซ่อมทั้งแผ่น", "put the whole sheet right"), Answer("thai", place, "repair")), keep


def _is_suspect(cell: Cell) -> TypeGuard[str]:
    return isinstance(cell, str) and not cell.isascii()
