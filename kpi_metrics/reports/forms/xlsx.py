"""The forms as a workbook: the two papers of each person as two sheets, figures as numbers, no cell that can run."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import xlsxwriter

from kpi_metrics.reports.forms.form import Form, Line
from kpi_metrics.reports.forms.wording import FINAL_PLACES, SCORE_PLACES, is_of_target, part, words_of
from kpi_metrics.reports.tables import shield
from kpi_metrics.reports.xlsx import FONT, INERT, count_lines
from kpi_metrics.thai.numbers import format_plain, round_half_up

THAI_DIGITS = "[$-D00041E]"  # what a spreadsheet writes a number in Thai digits by
DOTS = "." * 60
A4 = 9
_LINE = 17  # points of a line of text
_BOXED = {"border": 1, "valign": "top", "text_wrap": True}
_CENTRED = {**_BOXED, "align": "center"}
_HEAD = {**_CENTRED, "bold": True, "valign": "vcenter"}

Words = Mapping[str, Any]


def to_xlsx(*forms: Form) -> bytes:
    """The bytes of a workbook with both papers of each form; A4, fit to the page's width.

    The sheets of more than one person are called after the position number too.
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **INERT}) as book:
        formats: dict[tuple[Any, ...], Any] = {}
        for form in forms:
            words = words_of(form)
            whose = re.sub(r"[^\w-]", "-", form.person_id) + " " if len(forms) > 1 else ""
            _summary(_Paper(book, formats, f"{whose}แบบสรุป", (46, 15, 15, 18)), form, words)
            widths = (54, 11, 11, 11, 11, 11, 13, 11, 15)
            _performance(_Paper(book, formats, f"{whose}ผลสัมฤทธิ์ของงาน", widths, is_wide=True), form, words)
    return content.getvalue()


class _Paper:
    """A sheet that is written from the top down."""

    def __init__(self, book: Any, formats: dict[Any, Any], name: str, widths: tuple[int, ...], is_wide: bool = False):
        self._book, self._formats, self._widths = book, formats, widths
        self.last = len(widths) - 1
        self.row = 0
        self._sheet = book.add_worksheet(name[:31])
        self._sheet.set_paper(A4)
        self._sheet.set_margins(0.6, 0.6, 0.6, 0.6)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.hide_gridlines(2)
        if is_wide:
            self._sheet.set_landscape()
        self._sheet.set_footer("&Rหน้า &P/&N")
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

    def say(self, text: str | None, **style: Any) -> None:
        """A line of text over the whole width."""
        self.write((0, self.last, text, {"text_wrap": True, "valign": "top", **style}))

    def write(self, *cells: tuple[int, int, str | float | None, Mapping[str, Any]], least: int = 1) -> None:
        """A row of cells: from column, to column, what stands there, its style; as high as its texts ask for."""
        lines = least
        for first, last, value, style in cells:
            made = self._format(style)
            if last > first:
                self._sheet.merge_range(self.row, first, self.row, last, "", made)
            if isinstance(value, str) and value:
                self._sheet.write_string(self.row, first, shield(value), made)
                lines = max(lines, count_lines(value, 1.1 * sum(self._widths[first : last + 1])))
            elif isinstance(value, float | int):
                self._sheet.write_number(self.row, first, value, made)
            else:
                self._sheet.write_blank(self.row, first, None, made)
        self._sheet.set_row(self.row, _LINE * lines)
        self.row += 1

    def down(self, column: int, text: str, style: Mapping[str, Any]) -> None:
        """A cell over this row and the next."""
        self._sheet.merge_range(self.row, column, self.row + 1, column, text, self._format(style))

    def repeat(self, first: int, last: int) -> None:
        """These rows come again at the head of every page."""
        self._sheet.repeat_rows(first, last)

    def turn(self) -> None:
        """What follows begins on a new page."""
        self._sheet.set_h_pagebreaks([self.row])

    def _format(self, style: Mapping[str, Any]) -> Any:
        key = tuple(sorted(style.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"font_name": FONT, "font_size": 11, **style})
        return self._formats[key]


# The papers


def _performance(paper: _Paper, form: Form, words: Words) -> None:
    _title(paper, "แบบสรุปการประเมินผลสัมฤทธิ์ของงาน (องค์ประกอบที่ ๑)", words)
    paper.say("    ".join([words["year"], *map(_round, words["rounds"])]))
    paper.say(f"ชื่อผู้รับการประเมิน {words['name']}    ตำแหน่ง {words['position'] or DOTS}    เลขที่ตำแหน่ง {words['id']}")
    paper.say(f"สังกัด {words['office']}    {_who('ชื่อผู้ประเมิน', words['assessor'])}")
    paper.row += 1
    head = paper.row
    paper.down(0, "ตัวชี้วัดผลงาน", _HEAD)
    for column, text in ((6, "คะแนน (ก)"), (7, "น้ำหนัก (ข) (%)"), (8, "คะแนนรวม (ค) (ก) × (ข)")):
        paper.down(column, text, _HEAD)
    paper.write((1, 5, "คะแนนตามระดับค่าเป้าหมาย", _HEAD))
    paper.write(*((column, column, digit, _HEAD) for column, digit in enumerate("๑๒๓๔๕", start=1)), least=2)
    paper.repeat(head, head + 1)
    lines = iter(form.lines)
    for said in words["lines"]:
        if "heading" in said:
            paper.write((0, 8, said["heading"], {**_BOXED, "bold": True, "bg_color": "#F0F0F0"}))
        else:
            _kpi(paper, next(lines), said)
    paper.write(
        (0, 6, "รวม", {**_BOXED, "align": "right", "bold": True}),
        _number(7, form.weight_total, 2, is_fixed=False, after='"%"', bold=True),
        _number(8, form.weighted, SCORE_PLACES, bold=True),
    )
    if words["step"]:
        paper.write((0, 8, words["step"], {**_BOXED, "align": "right"}))
    paper.write(
        (0, 7, words["conversion"], {**_BOXED, "align": "right"}),
        _number(8, form.performance, FINAL_PLACES, bold=True),
    )
    for text in (words["about_levels"], *words["notes"]):
        if text:
            paper.say(text, font_size=10)
    for who, name in (("assessee", "ความเห็นของผู้รับการประเมิน"), ("assessor", "ความเห็นของผู้ประเมิน")):
        if who in words["remarks"]:
            paper.say(f"{name}: {words['remarks'][who]}")
    paper.row += 1
    _signatures(paper, _sign("ผู้รับการประเมิน", words), _sign("ผู้ประเมิน", words["assessor"]), at=1)


def _kpi(paper: _Paper, line: Line, said: Words) -> None:
    levels: list[Any] = []
    for place, anchor in enumerate(line.levels):
        is_number = anchor is not None and line.measure != "milestone"
        percent = '"%"' if is_of_target(line) else ""
        levels.append(
            _number(place + 1, anchor, 2, is_fixed=False, after=percent)
            if is_number
            else (place + 1, place + 1, said["levels"][place], {**_CENTRED, "font_size": 9})
        )
    note = f'" {said["note"]}"' if said["note"] else ""
    score = (
        _number(6, line.score, SCORE_PLACES, after=note)
        if line.score is not None
        else (6, 6, said["no_score"], _CENTRED)
    )
    paper.write(
        (0, 0, "\n".join([said["name"], *said["about"]]), _BOXED),
        *levels,
        score,
        _number(7, None if line.exclusion else line.weight, 2, is_fixed=False),
        _number(8, line.weighted, SCORE_PLACES),
    )


def _summary(paper: _Paper, form: Form, words: Words) -> None:
    _title(paper, f"แบบสรุปการประเมิน{words['appraisal']}", words)
    _part(paper, "ส่วนที่ ๑ ข้อมูลของผู้รับการประเมิน")
    paper.say(words["year"])
    for round_ in words["rounds"]:
        paper.say(_round(round_))
    paper.say(f"ชื่อผู้รับการประเมิน {words['name']}    เลขที่ตำแหน่ง {words['id']}")
    paper.say(f"ตำแหน่ง {words['position'] or DOTS}    ประเภท {words['personnel']}")
    paper.say(f"สังกัด {words['office']}")
    paper.say(_who("ผู้ประเมิน", words["assessor"]))
    paper.say(_who("ผู้บังคับบัญชาเหนือขึ้นไป", words["superiors"][0]))
    _part(paper, "ส่วนที่ ๒ การสรุปผลการประเมิน")
    heads = ("องค์ประกอบการประเมิน", "คะแนน (ก)", "น้ำหนัก (ข)", "รวมคะแนน (ก) × (ข)")
    paper.write(*((column, column, head, _HEAD) for column, head in enumerate(heads)))
    components = (
        ("องค์ประกอบที่ ๑ ผลสัมฤทธิ์ของงาน", form.performance, form.performance_weight),
        (f"องค์ประกอบที่ ๒ {words['behaviour_name']}", form.behaviour, form.behaviour_weight),
    )
    for name, value, weight in components:
        paper.write(
            (0, 0, name, _BOXED),
            _number(1, value, FINAL_PLACES),
            _number(2, weight, 2, is_fixed=False, after='"%"'),
            _number(3, part(value, weight), SCORE_PLACES),
        )
    paper.write(
        (0, 1, "รวม", {**_BOXED, "align": "right", "bold": True}),
        _number(2, 100, 0, after='"%"', bold=True),
        _number(3, form.final, FINAL_PLACES, bold=True),
    )
    if words["unfinished"]:
        paper.say(words["unfinished"])
    paper.say("ระดับผลการประเมิน", bold=True)
    for band in words["bands"]:
        paper.say(f"{_box(band['is_ticked'])} {band['name']} ({band['takes']})")
    _part(paper, f"ส่วนที่ ๓ {words['plan_name']}")
    heads_of_plan = ("ความรู้/ทักษะ/สมรรถนะที่ต้องได้รับการพัฒนา", "วิธีการพัฒนา", "ช่วงเวลาที่ต้องการการพัฒนา")
    spans = ((0, 0), (1, 2), (3, 3))
    paper.write(*((*span, head, _HEAD) for span, head in zip(spans, heads_of_plan, strict=True)), least=2)
    for need in words["needs"] or [{"skill": None, "method": None, "period": None}] * 3:
        paper.write(*((*span, text, _BOXED) for span, text in zip(spans, need.values(), strict=True)), least=2)
    paper.turn()
    _part(paper, "ส่วนที่ ๔ การรับทราบผลการประเมิน")
    paper.say(f"{_box(False)} ได้รับทราบผลการประเมินและ{words['plan_name']}แล้ว")
    _signatures(paper, _sign("ผู้รับการประเมิน", words))
    paper.say(f"{_box(False)} ได้แจ้งผลการประเมินและผู้รับการประเมินได้ลงนามรับทราบ")
    paper.say(
        f"{_box(False)} ได้แจ้งผลการประเมินเมื่อวันที่ {DOTS[:30]} แต่ผู้รับการประเมินไม่ลงนามรับทราบผลการประเมิน โดยมี {DOTS[:40]} เป็นพยาน"
    )
    _signatures(paper, _sign("พยาน", None), _sign("ผู้ประเมิน", words["assessor"]), at=1)
    _part(paper, "ส่วนที่ ๕ ความเห็นของผู้บังคับบัญชาเหนือขึ้นไป")
    names = ("ผู้บังคับบัญชาเหนือขึ้นไป", "ผู้บังคับบัญชาเหนือขึ้นไปอีกชั้นหนึ่ง (ถ้ามี)")
    for name, superior, already in zip(
        names, words["superiors"], (words["remarks"].get("superior"), None), strict=True
    ):
        paper.say(name, bold=True)
        paper.say(f"{_box(False)} เห็นด้วยกับผลการประเมิน    {_box(False)} มีความเห็นต่าง ดังนี้")
        paper.say(already or DOTS * 2)
        _signatures(paper, _sign("", superior))


# Pieces


def _title(paper: _Paper, text: str, words: Words) -> None:
    if words["draft"]:
        paper.say(words["draft"], align="right", bold=True)
    paper.say(text, align="center", bold=True, font_size=14)


def _part(paper: _Paper, name: str) -> None:
    paper.row += 1
    paper.say(name, bold=True)


def _number(
    column: int, value: float | None, places: int, *, is_fixed: bool = True, after: str = "", **style: Any
) -> tuple[int, int, float | None, Mapping[str, Any]]:
    """A cell with the figure as printed; ``is_fixed``: all decimals, else those it has."""
    if value is None:
        return (column, column, None, _CENTRED)
    decimals = places if is_fixed else len(format_plain(value, places, fixed=False).partition(".")[2])
    number_format = f"{THAI_DIGITS}#,##0{'.' + '0' * decimals if decimals else ''}{after}"
    return (column, column, float(round_half_up(value, decimals)), {**_CENTRED, **style, "num_format": number_format})


def _box(is_ticked: bool) -> str:
    return "☑" if is_ticked else "☐"


def _round(round_: Words) -> str:
    return f"{_box(round_['is_ticked'])} {round_['name']} {round_['dates']}"


def _who(what: str, signer: Words | None) -> str:
    known = signer or {"name": None, "position": None}
    return f"{what} {known['name'] or DOTS}    ตำแหน่ง {known['position'] or DOTS[:40]}"


def _sign(who: str, signer: Words | None) -> list[str]:
    """The lines of a signature: the pen's line, name, position and date."""
    known = signer or {"name": None, "position": None}
    return [
        f"ลงชื่อ {DOTS[:40]} {who}".strip(),
        f"({known['name'] or DOTS[:40]})",
        f"ตำแหน่ง {known['position'] or DOTS[:40]}",
        f"วันที่ {DOTS[:40]}",
    ]


def _signatures(paper: _Paper, *signatures: list[str], at: int = 0) -> None:
    """One signature over the width, or two side by side; the second begins at column ``at``."""
    style = {"align": "center"}
    for lines in zip(*signatures, strict=True):
        if len(lines) == 1:
            paper.say(lines[0], **style)
        else:
            paper.write((0, at - 1, lines[0], style), (at, paper.last, lines[1], style), least=1)
