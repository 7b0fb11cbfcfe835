"""Citizen ids are refused wherever they stand: none may come in, whatever part of a file would be imported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kpi_metrics.ingest.cells import show
from kpi_metrics.ingest.findings import Findings
from kpi_metrics.ingest.found import FoundTable
from kpi_metrics.ingest.raw import Cell, RawFile, RawRow
from kpi_metrics.model import Place, Refused, Text
from kpi_metrics.thai.text import has_citizen_id

DIGITS = 13
MASKED = "x-xxxx-xxxxx-xx-x"
_WRONG = Text("มีเลขประจำตัวประชาชน ซึ่งห้ามนำเข้า", "a citizen id, which must not be imported")
_EXPECTED = Text("ลบเลขประจำตัวประชาชนออก ใช้เลขที่ตำแหน่งแทน", "delete the citizen id; use the position number")


def citizen_id_at(row: RawRow) -> int | None:
    """The position of the first cell of a row that holds a citizen id."""
    for position, cell in enumerate(row.cells):
        if cell is None or (type(cell) is str and len(cell) < DIGITS):
            continue  # most cells of a sheet, and every cell is looked at
        if holds_citizen_id(cell):
            return position
    return None


def holds_citizen_id(cell: Cell) -> bool:
    """Whether a cell is or holds a citizen id."""
    if isinstance(cell, int | float):
        return 1e12 <= cell < 1e13 and has_citizen_id(show(cell))
    if isinstance(cell, str):
        return len(cell) >= DIGITS and has_citizen_id(cell)
    return cell is not None and has_citizen_id(show(cell))


def refuse(place: Place, findings: Findings) -> None:
    """Refuse what holds a citizen id, without repeating it."""
    findings.reject_place(
        place,
        "citizen_id",
        _WRONG,
        _EXPECTED,
        MASKED,
    )


def require_none(*texts: str | None) -> None:
    """Raises Refused when a text that would be kept, a name or a reason, holds a citizen id."""
    if any(text and has_citizen_id(text) for text in texts):
        raise Refused(f"{_WRONG.th}: {_EXPECTED.th}", f"There is {_WRONG.en}: {_EXPECTED.en}.")


def without_named(files: Iterable[RawFile], findings: Findings) -> list[RawFile]:
    """The files and sheets whose names hold none: the name goes into the ledger with every row."""
    kept = []
    for file in files:
        if has_citizen_id(file.name):
            refuse(Place(file.name), findings)
            continue
        named = [sheet for sheet in file.sheets if has_citizen_id(sheet.name or "")]
        for sheet in named:
            refuse(Place(file.name, sheet.name), findings)
        kept.append(replace(file, sheets=tuple(sheet for sheet in file.sheets if sheet not in named)))
    return kept


def refuse_outside(tables: Iterable[FoundTable], files: Sequence[RawFile], findings: Findings) -> None:
    """Look where no table reads: over the headers, and on sheets that hold none."""
    header_ends = {(table.sheet.file, table.sheet.name): table.header.last_row for table in tables}
    for sheet in (sheet for file in files for sheet in file.sheets):
        end = header_ends.get((sheet.file, sheet.name))
        for row in sheet.rows:
            if end is not None and row.number > end:
                break
            if citizen_id_at(row) is not None:
                refuse(Place(sheet.file, sheet.name, row.number), findings)
