"""The second look at .xlsx: formulas without a stored value, errors, percents, merged and far cells."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from kpi_metrics.ingest.package import member, parse
from kpi_metrics.ingest.raw import ErrorCell, FormulaWithoutValue
from kpi_metrics.ingest.sight import PERCENT, Merged, Sight, Unreadable, column_number, is_percent_format

_PERCENT_IDS = {"9", "10"}


def look_at_xlsx(members: dict[str, bytes]) -> list[Sight]:
    """What every sheet's XML tells, in the workbook's order."""
    if any(path.endswith("vbaproject.bin") or path.startswith("xl/macrosheets/") for path in members):
        raise Unreadable("macros")
    percents = _percent_styles(members.get("xl/styles.xml"))
    return [_look_at_sheet(member(members, path), percents) for path in _sheet_paths(members)]


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
        parse(xml, start)
    return {str(index) for index, number_format in enumerate(styles) if number_format in formats}


def _sheet_paths(members: dict[str, bytes]) -> Iterator[str]:
    sheets: list[str] = []
    targets: dict[str, str] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            sheets.append(next((value for key, value in attributes.items() if key.endswith(":id")), ""))

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    parse(member(members, "xl/workbook.xml"), sheet)
    parse(member(members, "xl/_rels/workbook.xml.rels"), relation)
    for relation_id in sheets:
        path = posixpath.normpath(posixpath.join("/xl", targets.get(relation_id, ""))).lstrip("/")
        yield path.lower()


def _look_at_sheet(xml: bytes, percents: set[str]) -> Sight:
    sight = Sight()
    columns: dict[str, int] = {}
    shared: dict[str, str] = {}
    row = column = 0
    kind = style = ""
    formula: list[str] | None = None
    shared_id: str | None = None
    is_filled = False
    catch: list[str] | None = None
    value: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, kind, style, formula, shared_id, is_filled, catch, value
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

    parse(xml, start, end, text)
    return sight


def _merged_range(reference: str) -> list[Merged]:
    corners = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", reference)
    if not corners:
        return []
    left, top, right, bottom = corners.groups()
    return [(int(top), column_number(left), int(bottom), column_number(right))]
