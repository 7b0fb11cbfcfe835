"""The parts of a page, one at a time, chosen by links."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.components.filters import Filters
from pages.components.markup import el


def choose(filters: Filters, page: str, parts: Mapping[str, str], first: str | None = None) -> str:
    """Draw the links to the parts (name in the address → words); returns the one shown.

    Unless one is asked for it is ``first``, or else the first of them.
    """
    _ = filters.translate
    here = next((part for part in parts if part == filters.part), first or next(iter(parts)))
    links = (
        el(
            "a",
            _(words),
            href=filters.href(page, id=filters.id, owner=filters.owner, part=part),
            target="_self",
            aria_current="page" if part == here else None,
        )
        for part, words in parts.items()
    )
    st.html(el("nav", *links, class_="menu parts"))
    return here
