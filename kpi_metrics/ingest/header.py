"""Finding the header of a table in a sheet: which row it is, and which column each of its cells names.

Columns are matched by name, never by position.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from kpi_metrics.ingest.cells import name_key, show
from kpi_metrics.ingest.columns import MONTH_NAMES, PLAN_NAMES, Column, Table, is_information
from kpi_metrics.ingest.raw import Cell, RawRow, RawSheet
from kpi_metrics.ingest.stacked import Stacked, says_kind, stack
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.calendar import parse_month
from kpi_metrics.thai.text import is_empty

HEADER_WITHIN = 12  # rows of a sheet among which the header is looked for
MOST_BELOW = 2  # rows that may divide its columns or say their units

_YEAR_AT_END = re.compile(r"(?:พศ)?(?:\d{4}|\d{2})$")

# What our own exports say of where each row came from, under its English and its Thai headers.
_BATCH = ("batch_id", "รหัสการนำเข้า")
_PROVENANCE = (
    *(*_BATCH, "recorded_at", "file", "sheet", "row", "version"),
    *("เวลาบันทึก", "ไฟล์", "แผ่นงาน", "แถว", "ฉบับที่"),
)

ReadAs = Mapping[str, str]  # a header, as name_key writes it → the column it stands for, "" for none


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table in a sheet, from ``first_row`` to ``last_row`` (of the sheet)."""

    columns: Mapping[int, Column]  # position in the row -> column
    texts: tuple[Cell, ...]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]
    first_row: int
    last_row: int
    plans: tuple[str, ...] = ()  # columns beside the results, under the same titles, that are none
    unclear: tuple[str, ...] = ()  # titles under which two columns could be the result
    plan_positions: frozenset[int] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """The names of the columns that are there."""
        return frozenset(column.name for column in self.columns.values())

    @property
    def keys(self) -> frozenset[str]:
        """Every header that stands there, as ``name_key`` writes it."""
        return frozenset(name_key(show(text)) for text in self.texts)

    def missing(self, table: Table) -> list[str]:
        """The names of the columns that the table cannot do without and that are not there."""
        missing = [column.name for column in table.columns if column.required and column.name not in self.names]
        if table.any_of and not self.names & set(table.any_of):
            missing.append(table.any_of[0])
        return missing


def find_header(sheet: RawSheet, table: Table, read_as: ReadAs) -> Header | None:
    """The row among the first 12 that names most columns of the table (at least 2), with the rows that belong to it.

    Those are a row of titles above, and rows below that divide its columns (แผน, ผล) or say their units. What
    ``read_as`` says of a header goes before the column's own names.
    """
    finder = _Finder(sheet, table, read_as)
    rows = [row for row in sheet.rows if row.number <= HEADER_WITHIN]
    best: Header | None = None
    most = 1
    for above, row in zip([None, *rows], rows, strict=False):
        single = finder.single(row)
        if len(single.names) > most:
            best, most = single, len(single.names)
        if above and above.number == row.number - 1:
            joined = finder.joined(above.cells, above.number, row)
            # A title may say that what stands below is a plan, and so name fewer columns of ours.
            if len(joined.names) > max(most, len(single.names)) or (joined.plans and best is single):
                best, most = joined, max(most, len(joined.names))
    below = {row.number: row for row in sheet.rows if row.number <= HEADER_WITHIN + MOST_BELOW}
    for _ in range(MOST_BELOW):
        row_below = below.get(best.last_row + 1) if best else None
        if not best or not row_below or not finder.is_part_of(best, row_below):
            break
        best = finder.joined(best.texts, best.last_row, row_below, best)
    return best


def read_header(sheet: RawSheet, table: Table, row: RawRow, read_as: ReadAs) -> Header:
    """One row of a sheet read as if it were the whole header of a table."""
    return _Finder(sheet, table, read_as).single(row)


class _Finder:
    """Reads rows of one sheet as headers of one table."""

    def __init__(self, sheet: RawSheet, table: Table, read_as: ReadAs) -> None:
        self._table = table
        self._read_as = read_as
        self._merged = [each for each in sheet.merged if each[0] <= HEADER_WITHIN + MOST_BELOW]

    def single(self, row: RawRow) -> Header:
        """A row as the whole header."""
        return self._match([[cell] for cell in row.cells], row.number, row.number)

    def joined(self, uppers: Sequence[Cell], number: int, row: RawRow, before: Header | None = None) -> Header:
        """A row under titles that end on the row of that number; ``before`` is what was found of the titles alone."""
        wide = [(first, last) for top, first, end, last in self._merged if top <= number <= end and last > first]

        def is_under(position: int) -> bool:
            # A CSV has lost its merges: there a title holds on over the blanks to its right.
            return not wide or any(first <= position + 1 <= last for first, last in wide)

        stacked = stack(uppers, row.cells, is_under, lambda cell: columns_of(self._table, cell, self._read_as))
        if before:
            _keep(before, stacked)
        return self._match(stacked.names, before.first_row if before else number, row.number, stacked)

    def is_part_of(self, header: Header, row: RawRow) -> bool:
        """Whether the row under a header only divides its columns or says their units."""
        filled = {position: cell for position, cell in enumerate(row.cells) if not is_empty(cell)}
        if any((column := header.columns.get(each)) and column.key for each in filled) or not filled:
            return False
        ends = {first - 1 for top, first, end, _ in self._merged if top <= header.last_row < end and end >= row.number}
        if ends & header.columns.keys():
            return True
        if not all(isinstance(cell, str) and not any(map(str.isdigit, cell)) for cell in filled.values()):
            return False
        is_under_nothing = any(each >= len(header.texts) or header.texts[each] is None for each in filled)
        says_kinds = [says_kind(cell) for cell in filled.values()]
        return all(says_kinds) or (is_under_nothing and len(filled) > 1)

    def _match(
        self, names: Sequence[Sequence[Cell]], first_row: int, last_row: int, stacked: Stacked | None = None
    ) -> Header:
        """Which position is which column. A header that fits several columns takes the first that no other header names."""
        stacked = stacked or Stacked()
        fits: dict[int, tuple[Column, ...]] = {}
        texts: list[Cell] = []
        for position, said in enumerate(names):
            fitting = next(
                ((name, columns) for name in said if (columns := columns_of(self._table, name, self._read_as))), None
            )
            if position in stacked.plans:
                fitting = None
            texts.append(fitting[0] if fitting else next((name for name in said if name is not None), None))
            if fitting:
                fits[position] = fitting[1]
        taken = {columns[0].name for columns in fits.values() if len(columns) == 1}
        chosen: dict[int, Column] = {}
        for position, columns in fits.items():
            free = (each for each in columns if each.name not in taken)
            column = columns[0] if len(columns) == 1 else next(free, columns[0])
            taken.add(column.name)
            chosen[position] = column
        seen: list[str] = [column.name for column in chosen.values()]
        repeated = [show(texts[position]) for position, column in chosen.items() if seen.count(column.name) > 1]
        plans = [show(texts[position]).strip() for position in sorted(stacked.plans)]
        strangers = [
            show(cell).strip()
            for position, cell in enumerate(texts)
            if position not in chosen and position not in stacked.plans
        ]
        ours = _provenance({name_key(text) for text in strangers})
        unknown = [text for text in strangers if text and not _is_kept_out(text, ours, self._read_as)]
        return Header(
            chosen,
            tuple(texts),
            tuple(unknown),
            tuple(repeated),
            first_row,
            last_row,
            tuple(each for each in plans if not _is_kept_out(each, frozenset(), self._read_as)),
            tuple(stacked.unclear),
            frozenset(stacked.plans),
        )


def _keep(before: Header, stacked: Stacked) -> None:
    """What the titles alone have told stays told."""
    stacked.plans |= before.plan_positions
    stacked.unclear = [*before.unclear, *stacked.unclear]


def _is_kept_out(text: str, ours: Set[str], read_as: ReadAs) -> bool:
    key = name_key(text)
    return key in ours or is_information(text) or read_as.get(key) == ""


def _provenance(headers: Collection[str]) -> frozenset[str]:
    """Those headers (as ``name_key`` writes them) of one of our own exports that say where its rows came from."""
    is_ours = any(name_key(batch) in headers for batch in _BATCH)
    return frozenset(map(name_key, _PROVENANCE)).intersection(headers) if is_ours else frozenset()


def columns_of(table: Table, header: Cell, read_as: ReadAs) -> tuple[Column, ...]:
    """The columns that a header may name, as told or by their own names; a month may carry its year (``ต.ค. 68``) or be a date."""
    if header is None:
        return ()
    if (told := read_as.get(name_key(show(header)))) is not None:
        return tuple(column for column in table.columns if column.name == told)
    if isinstance(header, date):
        return _month_column(table, header)
    name = name_key(show(header))
    if fits := table.by_header.get(name):
        return fits
    dated = table.by_header.get(_YEAR_AT_END.sub("", name), ())
    return tuple(column for column in dated if column.name in (*MONTH_NAMES, *PLAN_NAMES))


def _month_column(table: Table, header: date) -> tuple[Column, ...]:
    if MONTH_NAMES[0] not in table.speaks:
        return ()
    try:
        return (table.column(f"m{parse_month(header).month}"),)
    except Unreadable:
        return ()
