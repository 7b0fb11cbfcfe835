"""The second look at .ods: formulas without a stored value, errors, percents, merged and far cells."""

from __future__ import annotations

import re

from kpi_metrics.ingest.package import local, member, parse
from kpi_metrics.ingest.raw import ErrorCell, FormulaWithoutValue
from kpi_metrics.ingest.sight import PERCENT, Mark, Sight, Unreadable

_ERROR_TEXT = re.compile(r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|(?:Err|ข้อผิดพลาด):\d+")


def look_at_ods(members: dict[str, bytes]) -> list[Sight]:
    """What ``content.xml`` tells of every sheet, in their order."""
    if any(path.startswith(("basic/", "scripts/")) for path in members):
        raise Unreadable("macros")
    if b"encryption-data" in members.get("meta-inf/manifest.xml", b""):
        raise Unreadable("password")
    return _OdsWalk().walk(member(members, "content.xml"))


class _OdsWalk:
    """Walks ``content.xml``, where rows and cells are repeated by a count instead of written again."""

    def __init__(self) -> None:
        self.sights: list[Sight] = []
        self.sight = Sight()
        self.row = self.column = 0  # the last ones done
        self.row_repeat = self.cell_repeat = 1
        self.row_marks: dict[int, Mark] = {}
        self.cell: dict[str, str] | None = None
        self.text: list[str] = []
        self.depth_of_note = 0
        self.is_paragraph = False

    def walk(self, xml: bytes) -> list[Sight]:
        parse(xml, self.start, self.end, self.characters)
        return self.sights

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("table-cell", "covered-table-cell"):
            self.cell = {key[key.find(":") + 1 :]: value for key, value in attributes.items() if "calcext" not in key}
            if attributes.get("calcext:value-type") == "error":
                self.cell["value-type"] = "error"
            self.cell_repeat = int(self.cell.get("number-columns-repeated", 1))
            self.text = []
        elif name == "table-row":
            self.row_repeat = int(local(attributes, "number-rows-repeated") or 1)
            self.column = 0
            self.row_marks = {}
        elif name == "table":
            self.sight = Sight()
            self.sights.append(self.sight)
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
