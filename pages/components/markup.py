"""HTML by function calls. Every text that is not ``Html`` already is data and gets escaped: the product's one escaper."""

from __future__ import annotations

import html
from urllib.parse import quote

Child = str | int | None
VOID = {"img", "br", "wbr", "col"}


class Html(str):
    """Text that is markup already."""


def el(name: str, *children: Child, **attributes: str | int | None) -> Html:
    """One element: ``el("a", "ไชยา", href="owner?id=8406", class_="nav")``; children and attributes of None are left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{written}>" if name in VOID else f"<{name}{written}>{join(*children)}</{name}>")


def join(*children: Child) -> Html:
    """Put children after each other, escaping those that are data."""
    return Html("".join(c if isinstance(c, Html) else html.escape(str(c)) for c in children if c is not None))


def picture(svg: str, text: str, **attributes: str | int | None) -> Html:
    """An SVG as an ``<img>`` with its meaning in words (an inline ``<svg>`` would be stripped by Streamlit)."""
    return el("img", src="data:image/svg+xml," + quote(svg), alt=text, **attributes)
