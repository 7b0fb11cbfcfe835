"""Who does what is about to be done: asked once a visit, written into the history."""

from __future__ import annotations

import streamlit as st

from pages.components.filters import Filters

KEY = "signature"


def ask(filters: Filters) -> str | None:
    """Draw the box for the name; returns it, or None while there is none and nothing may be saved."""
    _ = filters.translate
    kept = st.session_state.get(KEY, "")
    box = st.text_input(_("ชื่อผู้บันทึก"), value=kept, key="signature_box", max_chars=80, placeholder=_("ชื่อ-สกุล"))
    st.session_state[KEY] = box.strip()  # a box of its own forgets when its page is left
    return st.session_state[KEY] or None
