"""HTML grids: compact tables and the tile map. Rows in (see figures.records), markup out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from kpi_metrics.i18n import Language, translator
from pages.components.figures import figure, fixed, mark, signed, status_badge, trimmed
from pages.components.markup import Html, el, join
from pages.components.text import STATUSES, UNSCORED, status_word

Row = Mapping[str, Any]


def draw(*parts: Html | None) -> None:
    """Show grids on the page, if there are any."""
    if markup := join(*parts):
        st.html(markup)


def section(heading: str, explanation: str | None = None) -> Html:
    """A heading over a grid or chart, with how to read it."""
    return el("h2", heading, el("span", f" — {explanation}", class_="how") if explanation else None)


def empty_sentence(sentence: str) -> Html:
    """What is said where there is nothing to show."""
    return el("p", sentence, class_="empty")


def tile_map(tiles: Sequence[Row], lang: Language) -> Html:
    """Offices where they lie. Tiles: label, text (the figure as shown), status (or None), row and col (from 1), href."""
    return el("div", *(_tile(tile, lang) for tile in tiles), class_="tiles")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a compact table: the row's key, its heading, and how it is printed.

    ``words`` are texts long enough to wrap; a ``number`` is printed already.
    """

    key: str
    heading: str
    kind: Literal["text", "words", "number", "fixed", "trimmed", "signed", "status"] = "text"
    places: int = 2
    is_link: bool = False


def table(rows: Sequence[Row], columns: Sequence[Column], lang: Language, *, empty: str) -> Html:
    """A compact table, numbers right-aligned. A row's ``href`` is put on the columns that are links.

    Where a figure is missing the row's ``status`` says why. ``empty`` is said when there are no rows.
    """
    if not rows:
        return empty_sentence(empty)
    classes = {"text": "", "status": "", "words": "words"}
    heads = [(classes.get(c.kind, "number"), c.heading) for c in columns]
    cells = [[(heads[i][0], _cell(row, column, lang)) for i, column in enumerate(columns)] for row in rows]
    return el("div", lay_out("compact", heads, cells), class_="scroll", tabindex="0", role="region")


def holders(rows: Sequence[Row], lang: Language) -> Html:
    """Everybody who holds one KPI (see standing.holders)."""
    _ = translator(lang)
    columns = (
        Column("name", _("ผู้รับผิดชอบ"), is_link=True),
        Column("office", _("สังกัด")),
        Column("target", _("เป้าหมาย"), "trimmed"),
        Column("planned", _("แผนสะสม"), "number"),
        Column("result", _("ผล"), "trimmed"),
        Column("progress", _("% ของแผน"), "number"),
        Column("score", _("คะแนน"), "fixed", 2),
        Column("status", _("สถานะ"), "status"),
    )
    return table(rows, columns, lang, empty=_("ไม่มีผู้ถือตัวชี้วัดนี้"))


def lay_out(name: str, heads: Sequence[tuple[str, str]], rows: Sequence[Sequence[tuple[str, str]]]) -> Html:
    """Lay out a table from (class, content) pairs; its roles are written out, because narrow screens lay its rows out as cards."""
    head = el(
        "tr", *(el("th", text, class_=c or None, scope="col", role="columnheader") for c, text in heads), role="row"
    )
    labels = [None if isinstance(text, Html) else text for _c, text in heads]  # narrow screens say them in each card
    body = (
        el(
            "tr",
            *(
                el("td", text, class_=c or None, role="cell", data_label=label)
                for (c, text), label in zip(row, labels, strict=True)
            ),
            role="row",
        )
        for row in rows
    )
    return el(
        "table",
        el("thead", head, role="rowgroup"),
        el("tbody", *body, role="rowgroup"),
        class_=f"grid {name}",
        role="table",
    )


def link(text: str, href: str | None, **attributes: str | None) -> Html | str:
    """A link to a page, or the text alone."""
    return el("a", text, href=href, target="_self", **attributes) if href else text


def _tile(tile: Row, lang: Language) -> Html:
    status, text = tile["status"], tile["text"]
    word = status_word(status, lang) if status else ""
    shown = el("b", text) if text and status not in UNSCORED else word
    return el(
        "a",
        el("span", tile["label"], class_="place"),
        el("span", mark(status) if status else None, " ", shown, class_="value"),
        href=tile["href"],
        target="_self",
        class_=f"tile {status or 'plain'}",
        style=f"--row:{int(tile['row'])};--col:{int(tile['col'])}",
        aria_label=f"{tile['label']} {text} {word}".strip(),
    )


def _cell(row: Row, column: Column, lang: Language) -> Html | str:
    value = row.get(column.key)
    if column.kind == "status":
        return status_badge(str(value), lang) if value in STATUSES else ""
    if column.kind in ("text", "words"):
        text = value if isinstance(value, Html) else "" if value is None else str(value)
        return link(text, row.get("href")) if column.is_link else text
    printers: dict[str, Callable[[Any], str]] = {
        "fixed": lambda v: fixed(v, column.places),
        "trimmed": lambda v: trimmed(v, column.places),
        "signed": lambda v: signed(v, column.places),
        "number": lambda v: str(v or ""),
    }
    text = printers[column.kind](value)
    return (
        "" if column.kind == "number" and not text and not row.get("status") else figure(text, row.get("status"), lang)
    )
