"""Links in HTML grids, followed within the session: a page change takes a rerun instead of loading everything again.

Without this (no script, a middle click, a bookmark) the same links work as plain ones.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from kpi_metrics.i18n import Language

_listener = st.components.v2.component(
    "kpi_links", js=Path(__file__).with_name("links.js").read_text(encoding="utf-8"), isolate_styles=False
)


DEEDS = "deeds"


def listen(lang: Language) -> None:
    """Follow clicks on links to pages (``./...``), and tell the browser the language of what is shown."""
    _listener(key="links", data={"lang": lang, "deeds": st.session_state.get(DEEDS, 0)})


def to_top() -> None:
    """Have the next run shown from its top: something was done, and is told of there."""
    st.session_state[DEEDS] = st.session_state.get(DEEDS, 0) + 1
