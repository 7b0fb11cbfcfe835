"""What is supposed on a page: read from its boxes, which alone know of it and forget it when the page is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from kpi_metrics.model import Refused, Text
from kpi_metrics.what_if import Box, Outcome, Supposed, read_figure, suppose
from pages.components import store
from pages.components.figures import records, trimmed
from pages.components.filters import Filters

Row = Mapping[str, Any]
LineKey = tuple[str, str]  # owner_id, kpi_id
BOXES: tuple[Box, ...] = ("result", "target")
VISIT = "tried_visits"  # how often what was tried was dropped
BOXED = "try_"  # begins the key of every box


@dataclass(frozen=True, slots=True)
class Supposing:
    """What stands in the boxes and what would become of it.

    ``troubles`` is what is wrong with a line's boxes; ``trouble`` why nothing of the whole can be told. ``scorecard``
    (by line), ``summary`` and ``appraisal`` (by owner) are the figures as they would be; empty while nothing is supposed.
    """

    is_typed: bool
    troubles: Mapping[LineKey, Sequence[Text]] = field(default_factory=dict)
    trouble: Text | None = None
    scorecard: Mapping[LineKey, Row] = field(default_factory=dict)
    summary: Mapping[str, Row] = field(default_factory=dict)
    appraisal: Mapping[str, Row] = field(default_factory=dict)
    before: Mapping[str, Row] = field(default_factory=dict)  # running appraisal as it is


def of_boxes(filters: Filters, lines: Sequence[Row]) -> Supposing:
    """Read the boxes of these scorecard rows and work out what they mean."""
    supposed, troubles, is_typed = [], {}, False
    for line in lines:
        key, found = (line["owner_id"], line["kpi_id"]), []
        figures: dict[str, float] = {}
        for box in BOXES:
            text = (st.session_state.get(widget(filters, line, box)) or "").strip()
            is_typed = is_typed or bool(text)
            try:
                if text:
                    figures[box] = read_figure(text, of=box, measure=line["measure"], unit=line["unit"])
            except Refused as refused:
                found.append(refused.text)
        if found:
            troubles[key] = found
        if figures:
            supposed.append(Supposed(*key, figures.get("result"), figures.get("target")))
    if not supposed:
        return Supposing(is_typed, troubles)
    try:
        outcome = suppose(store.ledger(), store.scope(), supposed, year=filters.year, month=filters.month)
    except Refused as refused:
        return Supposing(is_typed, troubles, refused.text)
    return _told(outcome, troubles)


def forget() -> None:
    """Drop what was tried: another page is being drawn.

    The next boxes are others, because a browser that is quicker than the page still sends what stood in these.
    """
    tried = [key for key in st.session_state if str(key).startswith(BOXED)]
    for key in tried:
        del st.session_state[key]
    if tried:
        st.session_state[VISIT] = st.session_state.get(VISIT, 0) + 1


def widget(filters: Filters, line: Row, box: Box) -> str:
    """The key of a line's box: of one owner, KPI and month."""
    return f"{BOXED}{st.session_state.get(VISIT, 0)}_{filters.year}_{filters.month}_{line['owner_id']}_{line['kpi_id']}_{box}"


def reach_next_level(filters: Filters, line: Row, standing: Row) -> None:
    """Put into a line's box the result that reaches the next level, from where it stands, or would."""
    st.session_state[widget(filters, line, "result")] = trimmed(standing["result"] + standing["next_level_gap"], 4)


def stop(filters: Filters, lines: Sequence[Row]) -> None:
    """Empty every box."""
    for line in lines:
        for box in BOXES:
            st.session_state[widget(filters, line, box)] = ""


def _told(outcome: Outcome, troubles: Mapping[LineKey, Sequence[Text]]) -> Supposing:
    after = outcome.after
    return Supposing(
        True,
        troubles,
        None,
        {(row["owner_id"], row["kpi_id"]): row for row in records(after.scorecard)},
        {row["owner_id"]: row for row in records(after.summary)},
        {row["owner_id"]: row for row in records(after.appraisal)},
        {row["owner_id"]: row for row in records(outcome.before.appraisal)},
    )
