"""The second look at .xls: the cell records of its binary stream, for what the spreadsheet reader does not tell.

Layout: [MS-CFB] for the container, [MS-XLS] for the records. A formula's text is compiled there and is not given back:
its mark is ``=`` alone. A formula always stores some result; "empty text" counts as none unless the formula itself
names an empty text (``=IF(A1=0,"",A1)``).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from kpi_metrics.ingest.raw import ErrorCell, FormulaWithoutValue
from kpi_metrics.ingest.sight import PERCENT, Sight, Unreadable, is_percent_format

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _FORMAT, _XF = 0x0809, 0x0A, 0x2F, 0x85, 0x041E, 0xE0
_FORMULA, _NUMBER, _RK, _MULRK, _BOOLERR = 0x06, 0x0203, 0x027E, 0xBD, 0x0205
_TEXTS = {0x0204, 0xFD, 0xD6}  # LABEL, LABELSST, RSTRING
_BIFF8 = 0x0600
_EMPTY_TEXT = b"\x17\x00"  # the literal "" in a compiled formula
_LAST_SECTOR = 0xFFFFFFFA  # this and above: no further sector


def look_at_xls(content: bytes) -> list[Sight]:
    """What the records of every sheet tell, in the workbook's order."""
    try:
        stream = _workbook_stream(content)
        return _Book(stream).look()
    except (struct.error, IndexError, LookupError, UnicodeDecodeError) as error:
        raise Unreadable("damaged") from error


class _Book:
    """The part of the stream before the sheets: which formats are percents, where the sheets begin."""

    def __init__(self, stream: bytes) -> None:
        self.stream = stream
        self.sheets: list[int] = []
        formats = {9, 10}
        styles: list[int] = []
        version = _BIFF8
        for kind, data in _records(stream, 0):
            if kind == _BOF:
                version = struct.unpack_from("<H", data)[0]
            elif kind == _FILEPASS:
                raise Unreadable("password")
            elif kind == _FORMAT:
                # Latin and two-byte letters alike keep "%" and ";" as they are once the zero bytes are gone.
                if is_percent_format(data[5 if version == _BIFF8 else 3 :].replace(b"\0", b"").decode("latin-1")):
                    formats.add(struct.unpack_from("<H", data)[0])
            elif kind == _XF:
                styles.append(struct.unpack_from("<H", data, 2)[0])
            elif kind == _BOUNDSHEET:
                position, _, sheet_type = struct.unpack_from("<IBB", data)
                if sheet_type in (1, 6):  # Excel 4 macro sheet, Visual Basic module
                    raise Unreadable("macros")
                self.sheets.append(position)
        self.percents = {index for index, number_format in enumerate(styles) if number_format in formats}

    def look(self) -> list[Sight]:
        return [self._look_at_sheet(position) for position in self.sheets]

    def _look_at_sheet(self, position: int) -> Sight:
        sight = Sight()
        for kind, data in _records(self.stream, position):
            if kind == _MULRK:
                row, first = struct.unpack_from("<HH", data)
                for offset, start in enumerate(range(4, len(data) - 2, 6)):
                    self._note(sight, row, first + offset, struct.unpack_from("<H", data, start)[0])
            elif kind in (_FORMULA, _NUMBER, _RK, _BOOLERR) or kind in _TEXTS:
                row, column, style = struct.unpack_from("<HHH", data)
                self._note(sight, row, column, style if kind in (_FORMULA, _NUMBER, _RK) else -1)
                if kind == _BOOLERR and data[7]:
                    sight.marks[row + 1, column + 1] = ErrorCell(_ERRORS.get(data[6], "#REF!"))
                elif kind == _FORMULA and data[12:14] == b"\xff\xff":
                    if data[6] == 2:
                        sight.marks[row + 1, column + 1] = ErrorCell(_ERRORS.get(data[8], "#REF!"))
                    elif data[6] == 3 and _EMPTY_TEXT not in data[22:]:
                        sight.marks[row + 1, column + 1] = FormulaWithoutValue("=")
        return sight

    def _note(self, sight: Sight, row: int, column: int, style: int) -> None:
        sight.reach(row + 1, column + 1)
        if style in self.percents:
            sight.marks[row + 1, column + 1] = PERCENT


def _records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """The records from ``position`` to the end of that part, without the parts (charts) nested in it."""
    depth = 0
    while True:
        kind, length = struct.unpack_from("<HH", stream, position)
        data = stream[position + 4 : position + 4 + length]
        position += 4 + length
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        if depth == 1:
            yield kind, data


def _workbook_stream(content: bytes) -> bytes:
    """The stream ``Workbook`` (or ``Book``) of the container."""
    sector_size = 1 << struct.unpack_from("<H", content, 30)[0]
    mini_size = 1 << struct.unpack_from("<H", content, 32)[0]
    first_directory, _, mini_cutoff, first_mini_table = struct.unpack_from("<IIII", content, 48)
    next_table_list = struct.unpack_from("<I", content, 68)[0]
    if sector_size not in (512, 4096) or mini_size != 64:
        raise Unreadable("damaged")

    def sector(number: int) -> bytes:
        start = (number + 1) * sector_size
        if start >= len(content):
            raise IndexError(number)
        return content[start : start + sector_size]

    def numbers(data: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))

    def chain(first: int, table: list[int]) -> Iterator[int]:
        seen = 0
        while first < _LAST_SECTOR:
            yield first
            first = table[first]
            seen += 1
            if seen > len(table):
                raise IndexError(first)  # a chain that never ends

    table_sectors = numbers(content[76:512])
    while next_table_list < _LAST_SECTOR and len(table_sectors) < len(content) // sector_size + 109:
        *more, next_table_list = numbers(sector(next_table_list))
        table_sectors += more
    table: list[int] = []
    for number in table_sectors:
        if number < _LAST_SECTOR:
            table += numbers(sector(number))

    def whole(first: int) -> bytes:
        return b"".join(sector(number) for number in chain(first, table))

    directory = whole(first_directory)
    streams = {}
    for start in range(0, len(directory), 128):
        length, kind = struct.unpack_from("<HB", directory, start + 64)
        name = directory[start : start + max(0, length - 2)].decode("utf-16-le")
        streams[name.lower()] = (kind, *struct.unpack_from("<II", directory, start + 116))
    _, mini_start, _ = next((entry for entry in streams.values() if entry[0] == 5), (5, _LAST_SECTOR, 0))
    for name in ("workbook", "book"):
        if name in streams:
            _, first, size = streams[name]
            if size >= mini_cutoff:
                stream = whole(first)
            else:
                minis, mini_table = whole(mini_start), numbers(whole(first_mini_table))
                stream = b"".join(minis[number * 64 : number * 64 + 64] for number in chain(first, mini_table))
            if len(stream) < size:
                raise Unreadable("damaged")
            return stream[:size]
    raise Unreadable("wrong_type")
