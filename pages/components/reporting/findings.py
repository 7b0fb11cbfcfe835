"""What was found in the files, as tables: where, what stands there, what is wrong with it, what would be right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from xlsxwriter.utility import xl_col_to_name

from kpi_metrics.i18n import Language
from kpi_metrics.model import Finding, Place
from kpi_metrics.words import said
from pages.components import grids
from pages.components.filters import Filters
from pages.components.grids import Column
from pages.components.markup import Html, el, join
from pages.components.reporting.desk import Finders

SHOWN = 300  # more than anybody reads on a screen


def tables(filters: Filters, found: Sequence[Finding], finders: Finders) -> Html:
    """A table for each file, all under each other; of very many findings the first, and how many there are."""
    _ = filters.translate
    parts: list[Html] = []
    for file, those in groupby(found[:SHOWN], key=lambda finding: finding.place.file):
        parts.append(el("h3", file))
        parts.append(_table(filters, list(those), finders))
    if len(found) > SHOWN:
        rest = _("แสดง {shown} จาก {count} ข้อ ที่เหลืออยู่ในไฟล์พร้อมหมายเหตุ").format(shown=SHOWN, count=len(found))
        parts.append(grids.empty_sentence(rest))
    return join(*parts)


def where(place: Place, finders: Finders, lang: Language) -> Html:
    """``ผลงาน · D5 (หน่วยงาน)``: the sheet, the cell as a spreadsheet names it, and its header."""
    finder = finders.get((place.file, place.sheet))
    column, row = finder.column(place) if finder and place.row else None, None
    if place.row:
        row = (
            f"{xl_col_to_name(column - 1)}{place.row}" if column else f"{'row' if lang == 'en' else 'แถว'} {place.row}"
        )
    header = el("span", f" ({place.column})" if row else place.column, class_="muted") if place.column else None
    sheet = f"{place.sheet} · " if place.sheet and (row or header) else place.sheet
    return join(sheet, row, header)


def _table(filters: Filters, found: Sequence[Finding], finders: Finders) -> Html:
    _, lang = filters.translate, filters.lang
    rows = [
        {
            "where": where(finding.place, finders, lang),
            "found": finding.found,
            "wrong": said(finding.wrong, lang),
            "expected": said(finding.expected, lang),
        }
        for finding in found
    ]
    columns = (
        Column("where", _("ที่"), "words"),
        Column("found", _("พบ"), "words"),
        Column("wrong", _("ปัญหา"), "words"),
        Column("expected", _("ที่ถูกต้อง"), "words"),
    )
    return grids.table(rows, columns, lang, empty="")
