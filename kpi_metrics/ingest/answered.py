"""What is kept of a person's answers once the rows are saved: headers for the next file, and words for the audit trail."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kpi_metrics.ingest import citizens
from kpi_metrics.ingest.answers import Answers
from kpi_metrics.ingest.cells import name_key, show
from kpi_metrics.ingest.check import open_tables
from kpi_metrics.ingest.findings import Findings
from kpi_metrics.ingest.found import FoundTable
from kpi_metrics.ingest.headings import Heading, Headings
from kpi_metrics.ingest.known import Known
from kpi_metrics.ingest.raw import RawFile
from kpi_metrics.model import Answer, Place


@dataclass(frozen=True, slots=True)
class Answered:
    """``headings`` to remember, and ``told``: one line for each answer, from what to what.

    The ledger names file, sheet and row of every figure. Where an answer was read instead, the file says otherwise, and
    only these lines say why.
    """

    headings: tuple[Heading, ...]
    told: tuple[str, ...]

    @classmethod
    def of(cls, files: Sequence[RawFile], known: Known, answers: Collection[Answer]) -> Answered:
        """Of the answers by which files were checked."""
        if not answers:
            return NOTHING_ANSWERED
        said = Answers(answers)
        tables = open_tables(files, known, said, Findings())
        offices = Headings(known, said)
        headings = [heading for table in tables for heading in _learned(table, offices, said)]
        lines = (_tell(answer, tables) for answer in answers)
        return cls(tuple(headings), tuple(dict.fromkeys(filter(None, lines))))


NOTHING_ANSWERED = Answered((), ())


def _learned(table: FoundTable, offices: Headings, answers: Answers) -> Iterator[Heading]:
    said = answers.columns(table.sheet)
    owner_id = offices.office_of(table) if said else None
    for header, column in said.items():
        if header in table.header.keys:
            yield Heading(owner_id, table.table.name, header, column, table.sheet.file)


def _tell(answer: Answer, tables: Sequence[FoundTable]) -> str | None:
    place = answer.place
    on_sheet = [table for table in tables if table.sheet.file == place.file and place.sheet in (None, table.sheet.name)]
    if not on_sheet:
        return None
    where = " ".join(str(part) for part in (place.file, place.sheet, place.row) if part is not None)
    if answer.kind == "cell":
        return f"{where} {place.column}: “{_found(on_sheet[0], place)}” → “{answer.value}”"
    if answer.kind == "column":
        return f"{where}: “{place.column}” → {answer.value or '–'}"
    if answer.kind == "series":
        return f"{where} {place.column}: {answer.value}"
    return f"{where} → {answer.value}"


def _found(table: FoundTable, place: Place) -> str:
    """What stands in the file at the place of an answered cell."""
    positions = [
        at for at, text in enumerate(table.header.texts) if name_key(show(text)) == name_key(place.column or "")
    ]
    cells = next((row.cells for row in table.rows() if row.number == place.row), ())
    found = next((cells[at] for at in positions if at < len(cells)), None)
    return citizens.MASKED if citizens.holds_citizen_id(found) else show(found)
