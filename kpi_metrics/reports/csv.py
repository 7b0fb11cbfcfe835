"""Tables as CSV that both a spreadsheet and a program read rightly: UTF-8 with BOM, CRLF, formula-safe text."""

from __future__ import annotations

import csv
import io

import pandas as pd

from kpi_metrics.reports.tables import Headers, render


def to_csv(table: str, frame: pd.DataFrame, headers: Headers = "en") -> bytes:
    """The bytes of the CSV of a frame (see ``render``)."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(render(table, frame, headers))
    return text.getvalue().encode("utf-8-sig")
