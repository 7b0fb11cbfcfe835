"""What offices were asked about their headers: each is asked once, and its answer holds for the office's next file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kpi_metrics.ingest.answers import Answers
from kpi_metrics.ingest.cells import show, text
from kpi_metrics.ingest.columns import Table
from kpi_metrics.ingest.found import FoundTable
from kpi_metrics.ingest.header import ReadAs, find_header
from kpi_metrics.ingest.known import Known
from kpi_metrics.ingest.lookup import Lookup
from kpi_metrics.ingest.raw import RawSheet
from kpi_metrics.thai.text import is_empty


@dataclass(frozen=True, slots=True)
class Heading:
    """One answer about a header: what an office means by it. Fields stand in the order of the ledger's columns.

    ``owner_id`` None: a sheet of several offices, or of none. ``header`` is written as ``name_key`` writes it;
    ``column`` "" says that it is kept out.
    """

    owner_id: str | None
    table: str
    header: str
    column: str
    file: str


class Headings:
    """The headers that the ledger remembers, looked up by the sheet they stand in."""

    def __init__(self, known: Known, answers: Answers) -> None:
        self._remembered = known.headings
        self._answers = answers
        self._lookup = Lookup.of(known)

    def of(self, sheet: RawSheet, table: Table) -> ReadAs:
        """What the office whose sheet this is has said before of headers that stand in it and are not answered now.

        Whose sheet it is shows only once its columns are known: what an office said holds if, so read, the sheet is that
        office's.
        """
        told = self._answers.columns(sheet)
        for (owner_id, name), said in self._remembered.items():
            if name != table.name or not (header := find_header(sheet, table, {**said, **told})) or header.repeated:
                continue
            names = {"", *(column.name for column in table.columns)}
            used = {key: each for key, each in said.items() if key in header.keys - told.keys() and each in names}
            if used and self.office_of(FoundTable(table, sheet, header)) == owner_id:
                return used
        return {}

    def office_of(self, found: FoundTable) -> str | None:
        """The one office that all rows of a sheet belong to (a person belongs to an office); None for several or none."""
        name = {"people": "parent_id", "owners": ""}.get(found.table.name, "owner_id")
        positions = [position for position, column in found.header.columns.items() if column.name == name]
        if not positions:
            return None
        answered = self._answers.cells(found.sheet)
        header = show(found.header.texts[positions[0]])
        said = {
            answered.get(row.number, {}).get(header, row.cells[positions[0]])
            for row in found.rows()
            if len(row.cells) > positions[0]
        }
        offices = {office for cell in said if not is_empty(cell) for office in self._offices(text(cell))}
        return next(iter(offices)) if len(offices) == 1 else None

    def _offices(self, said: str) -> Collection[str]:
        people: Mapping[str, str] = {each.owner_id: each.parent_id for each in self._lookup.people.values()}
        return {people.get(owner_id, owner_id) for owner_id in self._lookup.named(said, with_people=True)}
