"""The words by which offices call a total."""

from __future__ import annotations

import re

from kpi_metrics.ingest.cells import name_key, show
from kpi_metrics.ingest.raw import Cell

_TOTAL = re.compile(r"(?:ผล|ยอด)?รวม(?:ทั้ง(?:สิ้น|หมด|จังหวัด|ปี)|จังหวัด|ทุกอำเภอ|\d+อำเภอ)?|(?:grand|sub)?total|sum")
_STARTS = ("รวม", "ผลรวม", "ยอดรวม", "t", "T", "g", "G", "s", "S")


def says_total(cell: Cell) -> bool:
    """Whether a cell says รวม, in any of its words."""
    is_like_it = isinstance(cell, str) and cell.lstrip().startswith(_STARTS)
    return is_like_it and _TOTAL.fullmatch(name_key(show(cell))) is not None
