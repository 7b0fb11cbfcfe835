"""The second look at .xlsx and .ods: what the spreadsheet reader does not tell, and what must not reach it.

The reader gives an empty text for a formula without a stored value and for an error, knows no number formats, and
takes the memory of a whole rectangle: one cell at XFD1048576 ends the process. So the XML is walked once before it.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from kpi_metrics.ingest.raw import ErrorCell, FormulaWithoutValue

MAX_UNPACKED = 200 * 2**20
MAX_RATIO = 200
RATIO_FROM = 10 * 2**20  # a small file of one repeated row may well shrink more
MAX_MEMBERS = 2000
MAX_ROWS = 200_000
MAX_COLUMNS = 1_000
MAX_CELLS = 6_000_000  # of the rectangle from the first to the last filled cell

PERCENT = "percent"
Mark = FormulaWithoutValue | ErrorCell | str  # PERCENT says: this number is shown as a percent
Merged = tuple[int, int, int, int]

_PERCENT_IDS = {"9", "10"}
_FORMAT_TEXT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_ERROR_TEXT = re.compile(r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|(?:Err|ข้อผิดพลาด):\d+")


class Unreadable(Exception):
    """Why the package cannot be read; ``args[0]`` is a key of ``read.REASONS``."""


@dataclass
class Sight:
    """What the XML of one sheet tells. Keys are (row, column), 1-based; so are the merged ranges."""

    marks: dict[tuple[int, int], Mark] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0

    def reach(self, row: int, column: int) -> None:
        """Note a filled cell, and stop where the reader would need too much memory."""
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)
        if row > MAX_ROWS or column > MAX_COLUMNS or self.last_row * self.last_column > MAX_CELLS:
            raise Unreadable("too_far", f"{column_letters(column)}{row}")


def unpack(content: bytes) -> dict[str, bytes]:
    """The members of a workbook's zip by their lower-case path, within the limits and with their checksums verified."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            total = sum(member.file_size for member in members)
            if len(members) > MAX_MEMBERS or total > MAX_UNPACKED:
                raise Unreadable("bomb")
            if total > RATIO_FROM and total > MAX_RATIO * len(content):
                raise Unreadable("bomb")
            if any(member.flag_bits & 1 for member in members):
                raise Unreadable("password")
            unpacked = {member.filename.lower(): package.read(member) for member in members}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise Unreadable("damaged") from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise Unreadable("damaged") from error
    if len(unpacked) < len(members):
        raise Unreadable("damaged")  # two members of one name: two readers might see two different files
    for path, member_content in unpacked.items():
        if path.endswith((".xml", ".rels")) and b"<!ENTITY" in member_content.replace(b"\0", b""):
            raise Unreadable("entities")
    return unpacked


def look_at_xlsx(members: dict[str, bytes]) -> dict[str, Sight]:
    """What every worksheet's XML tells, by sheet name."""
    if any(path.endswith("vbaproject.bin") or path.startswith("xl/macrosheets/") for path in members):
        raise Unreadable("macros")
    percents = _percent_styles(members.get("xl/styles.xml"))
    sights = {}
    for name, path in _sheet_paths(members):
        if path.startswith("xl/worksheets/"):
            sights[name] = _look_at_sheet(_member(members, path), percents)
    return sights


def look_at_ods(members: dict[str, bytes]) -> dict[str, Sight]:
    """What ``content.xml`` tells of every sheet, by sheet name."""
    if any(path.startswith(("basic/", "scripts/")) for path in members):
        raise Unreadable("macros")
    if b"encryption-data" in members.get("meta-inf/manifest.xml", b""):
        raise Unreadable("password")
    return _OdsWalk().walk(_member(members, "content.xml"))


def column_letters(column: int) -> str:
    """``A`` for 1, ``XFD`` for 16384."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """1 for ``A``, 16384 for ``XFD``; 0 for what is no column."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - 64
    return number


def is_percent_format(code: str) -> bool:
    """Whether a number format shows a percent: a ``%`` of its first section that is not quoted text."""
    return "%" in _FORMAT_TEXT.sub("", code).split(";")[0]


def _member(members: dict[str, bytes], path: str) -> bytes:
    try:
        return members[path.lower()]
    except KeyError:
        raise Unreadable("damaged") from None


def _parse(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Walk ``xml``. Handlers get names without prefix. A document type is refused: no office program writes one."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise Unreadable("entities")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(name[name.find(":") + 1 :], attributes)
    if end:
        parser.EndElementHandler = lambda name: end(name[name.find(":") + 1 :])
    if text:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError) as error:
        raise Unreadable("damaged") from error


def _local(attributes: dict[str, str], name: str) -> str | None:
    return next((value for key, value in attributes.items() if key[key.find(":") + 1 :] == name), None)


def _percent_styles(xml: bytes | None) -> set[str]:
    """The cell styles (index into cellXfs, as text) that show a percent."""
    formats = set(_PERCENT_IDS)
    styles: list[str] = []
    is_cell_style = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal is_cell_style
        if name == "numFmt" and is_percent_format(attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif name in ("cellXfs", "cellStyleXfs", "dxfs"):
            is_cell_style = name == "cellXfs"
        elif name == "xf" and is_cell_style:
            styles.append(attributes.get("numFmtId", "0"))

    if xml:
        _parse(xml, start)
    return {str(index) for index, number_format in enumerate(styles) if number_format in formats}


def _sheet_paths(members: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    sheets: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            sheets.append((attributes.get("name", ""), relation))

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    _parse(_member(members, "xl/workbook.xml"), sheet)
    _parse(_member(members, "xl/_rels/workbook.xml.rels"), relation)
    for name, relation_id in sheets:
        path = posixpath.normpath(posixpath.join("/xl", targets.get(relation_id, ""))).lstrip("/")
        yield name, path.lower()


def _look_at_sheet(xml: bytes, percents: set[str]) -> Sight:
    sight = Sight()
    columns: dict[str, int] = {}
    shared: dict[str, str] = {}
    row = column = 0
    kind = style = ""
    formula: list[str] | None = None
    shared_id: str | None = None
    is_filled = has_value = False
    catch: list[str] | None = None
    value: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, kind, style, formula, shared_id, is_filled, has_value, catch, value
        if name == "c":
            reference = attributes.get("r")
            if reference:
                letters = reference.rstrip("0123456789")
                if letters not in columns:
                    columns[letters] = column_number(letters)
                column = columns[letters]
                row = int(reference[len(letters) :] or 0)
                if not column or not row:
                    raise Unreadable("damaged")
            else:
                column += 1
            kind = attributes.get("t", "n")
            style = attributes.get("s", "")
            formula = None
            is_filled = False
            value = []
        elif name == "v":
            is_filled = True
            if kind == "e" or formula is not None:
                catch = value
        elif name == "is":
            is_filled = True
        elif name == "f":
            is_filled = True
            formula = catch = []
            shared_id = attributes.get("si") if attributes.get("t") == "shared" else None
        elif name == "row":
            row = int(attributes["r"]) if "r" in attributes else row + 1
            column = 0
        elif name == "mergeCell":
            sight.merged.extend(_merged_range(attributes.get("ref", "")))

    def end(name: str) -> None:
        nonlocal catch
        if name == "c":
            if not is_filled:
                return
            if row > sight.last_row or column > sight.last_column:
                sight.reach(row, column)
            if kind == "e":
                sight.marks[row, column] = ErrorCell("".join(value) or "#REF!")
            elif formula is not None and kind != "str" and not "".join(value):
                text = "".join(formula) or shared.get(shared_id or "", "")
                sight.marks[row, column] = FormulaWithoutValue("=" + text)
            elif style in percents and kind == "n":
                sight.marks[row, column] = PERCENT
        elif name == "f":
            catch = None
            if shared_id is not None and formula:
                shared[shared_id] = "".join(formula)
        elif name == "v":
            catch = None

    def text(data: str) -> None:
        if catch is not None:
            catch.append(data)

    _parse(xml, start, end, text)
    return sight


def _merged_range(reference: str) -> list[Merged]:
    corners = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", reference)
    if not corners:
        return []
    left, top, right, bottom = corners.groups()
    return [(int(top), column_number(left), int(bottom), column_number(right))]


class _OdsWalk:
    """Walks ``content.xml``, where rows and cells are repeated by a count instead of written again."""

    def __init__(self) -> None:
        self.sights: dict[str, Sight] = {}
        self.sight = Sight()
        self.row = self.column = 0  # the last ones done
        self.row_repeat = self.cell_repeat = 1
        self.row_marks: dict[int, Mark] = {}
        self.row_width = 0
        self.cell: dict[str, str] | None = None
        self.text: list[str] = []
        self.depth_of_note = 0
        self.is_paragraph = False

    def walk(self, xml: bytes) -> dict[str, Sight]:
        _parse(xml, self.start, self.end, self.characters)
        return self.sights

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("table-cell", "covered-table-cell"):
            self.cell = {key[key.find(":") + 1 :]: value for key, value in attributes.items() if "calcext" not in key}
            if attributes.get("calcext:value-type") == "error":
                self.cell["value-type"] = "error"
            self.cell_repeat = int(self.cell.get("number-columns-repeated", 1))
            self.text = []
        elif name == "table-row":
            self.row_repeat = int(_local(attributes, "number-rows-repeated") or 1)
            self.column = self.row_width = 0
            self.row_marks = {}
        elif name == "table":
            self.sight = self.sights[_local(attributes, "name") or ""] = Sight()
            self.row = 0
        elif name == "annotation":
            self.depth_of_note += 1
        elif name == "p":
            self.is_paragraph = not self.depth_of_note

    def characters(self, data: str) -> None:
        if self.is_paragraph and self.cell is not None:
            self.text.append(data)

    def end(self, name: str) -> None:
        if name == "p":
            self.is_paragraph = False
        elif name == "annotation":
            self.depth_of_note -= 1
        elif name in ("table-cell", "covered-table-cell") and self.cell is not None:
            self._end_cell(self.cell, "".join(self.text))
            self.cell = None
        elif name == "table-row":
            self._end_row()

    def _end_cell(self, cell: dict[str, str], text: str) -> None:
        first, last = self.column + 1, self.column + self.cell_repeat
        self.column = last
        kind, formula = cell.get("value-type"), cell.get("formula")
        if kind or formula or text:
            self.row_width = last
            self.sight.reach(self.row + self.row_repeat, last)
        mark: Mark | None = None
        if kind == "error" or (formula and _ERROR_TEXT.fullmatch(text)):
            mark = ErrorCell(text or "#REF!")
        elif formula and not kind and not text:
            mark = FormulaWithoutValue(formula[formula.find("=") :])
        elif kind == "percentage":
            mark = PERCENT
        if mark:
            self.row_marks.update(dict.fromkeys(range(first, last + 1), mark))
        bottom = self.row + int(cell.get("number-rows-spanned", 1))
        right = first + int(cell.get("number-columns-spanned", 1)) - 1
        if bottom > self.row + 1 or right > first:
            self.sight.merged.append((self.row + 1, first, bottom, right))

    def _end_row(self) -> None:
        for row in range(self.row + 1, self.row + self.row_repeat + 1) if self.row_marks else ():
            self.sight.marks.update({(row, column): mark for column, mark in self.row_marks.items()})
        self.row += self.row_repeat
