"""Tables as a workbook: the same columns and the same rounded figures as in the CSV, no cell that can run."""

from __future__ import annotations

import io
import math
import unicodedata

import pandas as pd
import xlsxwriter

from kpi_metrics.reports.tables import Format, Headers, load_table, render

FONT = "Sarabun"
_NUMBER_FORMATS: dict[Format, str] = {
    "int": "0",
    "amount": "General",
    "share": "General",
    "percent": "0.00",
    "score": "0.0000",
}
INERT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDEST = 48
_LONGEST = 32767  # characters of a cell; more would not be written at all


def to_xlsx(table: str, frame: pd.DataFrame, headers: Headers = "en") -> bytes:
    """The bytes of a workbook with one sheet of the table's name (see ``render``)."""
    columns = load_table(table).columns
    header, *rows = render(table, frame, headers)
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **INERT}) as book:
        sheet = book.add_worksheet(table)
        sheet.write_row(0, 0, header, book.add_format({"font_name": FONT, "bold": True, "text_wrap": True}))
        sheet.freeze_panes(1, 0)
        for position, column in enumerate(columns):
            texts = [row[position] for row in rows]
            number = _NUMBER_FORMATS.get(column.format)
            style = book.add_format({"font_name": FONT, "num_format": number or "@"})
            width = max(map(len, [*texts, header[position]]), default=0)
            sheet.set_column(position, position, min(width + 2, _WIDEST))
            for row, text in enumerate(texts, start=1):
                if text and number:
                    sheet.write_number(row, position, float(text), style)
                elif text:
                    sheet.write_string(row, position, text[:_LONGEST], style)
    return content.getvalue()


def count_lines(text: str, width: float) -> int:
    """How many lines a text takes in a cell of a width (in characters) that wraps."""
    # Marks over and under Thai letters take no room.
    parts = ["".join(each for each in part if unicodedata.category(each) != "Mn") for part in text.split("\n")]
    return sum(max(1, math.ceil(len(part) / (width - 1))) for part in parts)
