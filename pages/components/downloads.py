"""Downloads of what a page shows: its own rows, through the product's one exporter, with where they are from in the name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Literal

import pandas as pd
import streamlit as st

from kpi_metrics.i18n import noted
from kpi_metrics.reports import file_name, load_table, to_csv, to_xlsx
from pages.components import store
from pages.components.filters import Filters
from pages.components.markup import el

Row = Mapping[str, Any]

TABLES: dict[str, str] = {
    "summary": noted("คะแนนรวม"),
    "scorecard": noted("คะแนนรายตัวชี้วัด"),
    "results": noted("รายงานประจำเดือน"),
    "coverage": noted("การส่งรายงาน"),
    "gain": noted("งานที่ทำเพิ่มแล้วคะแนนขึ้น"),
    "cascade": noted("ข้อตรวจการถ่ายทอด"),
    "handover": noted("ใบส่งมอบงาน"),
}
WRITERS: dict[Literal["csv", "xlsx"], tuple[Callable[..., bytes], str]] = {
    "csv": (to_csv, "text/csv; charset=utf-8"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def offer(filters: Filters, tables: Mapping[str, Sequence[Row]], *about: str) -> None:
    """Draw one line of links that save these rows. ``tables``: the rows shown by the name of their table.

    ``about``: the ids the page is about. A file is only written when it is asked for.
    """
    _ = filters.translate
    with st.container(horizontal=True, key="downloads", vertical_alignment="center", gap="small"):
        st.html(el("span", _("ดาวน์โหลด"), class_="muted"), width="content")
        for table, rows in tables.items():
            for suffix, (write, mime) in WRITERS.items():
                words = _(TABLES[table]) + " CSV" if suffix == "csv" else "XLSX"
                st.download_button(
                    words,
                    partial(written, write, table, rows),
                    named(filters, table, rows, about, suffix),
                    mime,
                    key=f"download_{table}_{suffix}",
                    on_click="ignore",
                    type="tertiary",
                    disabled=not rows,
                )


def written(write: Callable[..., bytes], table: str, rows: Sequence[Row]) -> bytes:
    """Return the file's content."""
    columns = [column.name for column in load_table(table).columns]
    return write(table, pd.DataFrame(rows, columns=columns), "th")


def named(filters: Filters, table: str, rows: Sequence[Row], about: Sequence[str], suffix: str) -> str:
    """Return the file's name: table, ids, view, period and the time of the figures; for personal scores their hash too."""
    parts = [table, *map(plain, about)]
    if filters.view != "period":
        parts.append(filters.view)
    if any(row["owner_kind"] == "person" for row in rows):
        # The server keeps files by name and content: nobody's scores may be found under another's.
        parts.append(hashlib.sha256(repr(rows).encode()).hexdigest()[:8])
    return file_name(
        "_".join(parts), filters.year, filters.month, version=store.now(), as_of=filters.as_of, suffix=suffix
    )


def plain(id: str) -> str:
    """Return an id as it may stand in the name of a file."""
    return re.sub(r"[^\w.-]", "-", id)
