"""What is kept of a person's answers once the rows are saved: headers for the next file, and words for the audit trail."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kpi_metrics.ingest import citizens
from kpi_metrics.ingest.answers import Answers
from kpi_metrics.ingest.cells import name_key, show
from kpi_metrics.ingest.check import open_tables
from kpi_metrics.ingest.findings import Findings
from kpi_metrics.ingest.found import FoundTable
from kpi_metrics.ingest.headings import Heading, Headings
from kpi_metrics.ingest.known import Known
from kpi_metrics.ingest.raw import Cell, RawFile
from kpi_metrics.model import Answer, Located, Place


@dataclass(frozen=True, slots=True)
class Answered:
    """``headings`` to remember, and ``told``: one line for each answer that saved rows were read by, from what to what.

    The ledger names file, sheet and row of every figure. Where an answer was read instead, the file says otherwise, and
    only these lines say why.
    """

    headings: tuple[Heading, ...]
    told: tuple[str, ...]

    @classmethod
    def of(
        cls, files: Sequence[RawFile], known: Known, answers: Collection[Answer], records: Iterable[Located]
    ) -> Answered:
        """Of the answers by which files were checked, with ``records`` to be saved."""
        if not answers:
            return NOTHING_ANSWERED
        said = Answers(answers)
        tables = open_tables(files, known, said, Findings())
        offices = Headings(known, said)
        headings = [heading for table in tables for heading in _learned(table, offices, said)]
        saved = {(each.place.file, each.place.sheet, each.place.row) for each in records}
        lines = (
            _tell(answer, tables)
            for answer in answers
            if answer.kind != "cell" or (answer.place.file, answer.place.sheet, answer.place.row) in saved
        )
        return cls(tuple(headings), tuple(dict.fromkeys(filter(None, lines))))


NOTHING_ANSWERED = Answered((), ())


def _learned(table: FoundTable, offices: Headings, answers: Answers) -> Iterator[Heading]:
    said = answers.columns(table.sheet)
    owner_id = offices.office_of(table) if said else None
    for header, column in said.items():
        if header in table.header.keys and not citizens.holds_citizen_id(header):
            yield Heading(owner_id, table.table.name, header, column, table.sheet.file)


def _tell(answer: Answer, tables: Sequence[FoundTable]) -> str | None:
    place = answer.place
    on_sheet = [table for table in tables if table.sheet.file == place.file and place.sheet in (None, table.sheet.name)]
    if not on_sheet:
        return None
    where = " ".join(str(part) for part in (place.file, place.sheet, place.row) if part is not None)
    column, value = _shown(place.column), _shown(answer.value)
    if answer.kind == "cell":
        return f"{where} {column}: “{_found(on_sheet[0], place)}” → “{value}”"
    if answer.kind == "column":
        return f"{where}: “{column}” → {value or '–'}"
    if answer.kind == "series":
        return f"{where} {column}: {value}"
    return f"{where} → {value}"


def _shown(cell: Cell) -> str:
    """What stands in a cell, or was typed for it, as far as it may stay in the audit trail for ever."""
    return citizens.MASKED if citizens.holds_citizen_id(cell) else show(cell)


def _found(table: FoundTable, place: Place) -> str:
    """What stands in the file at the place of an answered cell."""
    positions = [
        at for at, text in enumerate(table.header.texts) if name_key(show(text)) == name_key(place.column or "")
    ]
    cells = next((row.cells for row in table.rows() if row.number == place.row), ())
    return _shown(next((cells[at] for at in positions if at < len(cells)), None))
