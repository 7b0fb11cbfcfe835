"""How figures and their absences are written in a cell: rounded once, here, at the edge of the screen."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from typing import Any

import pandas as pd

from kpi_metrics.i18n import Language
from kpi_metrics.thai.numbers import format_screen, round_half_up
from pages.components.markup import Html, el, join
from pages.components.text import SCORED, STATUS_MARKS, Thresholds, status_word


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Turn a frame into one dict a row, with None for everything missing."""
    return [
        {
            str(name): None
            if (isinstance(value, float) and value != value) or value is pd.NA or value is pd.NaT
            else value
            for name, value in row.items()
        }
        for row in frame.to_dict("records")
    ]


def fixed(value: float | Decimal | None, places: int) -> str:
    """Write a number with exactly ``places`` decimals; "" for missing."""
    return format_screen(value, places)


def trimmed(value: float | None, places: int = 2) -> str:
    """Write a number with the decimals it has, at most ``places``: counts stay whole."""
    text = format_screen(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def planned(row: Mapping[str, Any]) -> str:
    """Write the plan of a scorecard row: a plan of so many people has no decimals, unless it is a small one."""
    plan = row["plan"]
    return trimmed(plan, 0 if plan is not None and row["measure"] == "count" and plan >= 10 else 2)


def whole_up(value: float | None) -> str:
    """Write what must be done in whole units: 2.25 a month takes 3."""
    return "" if value is None else fixed(round_half_up(value, 10).to_integral_value(ROUND_CEILING), 0)


def signed(value: float | Decimal | None, places: int) -> str:
    """Write a difference with its sign, 0 without one."""
    text = format_screen(value, places)
    return f"+{text}" if value is not None and round_half_up(value, places) > 0 else text


def percent(value: float | None, thresholds: Thresholds) -> str:
    """Write a progress percent whole, or with two decimals where the whole number would name another status.

    99.6 is behind its plan and must not be read as 100.
    """
    if value is None:
        return ""
    exact, whole = round_half_up(value, 2), round_half_up(value, 0)
    return fixed(value, 2 if any((exact < t) != (whole < t) for t in thresholds) else 0)


def unit_mark(unit: str) -> str:
    """Return a unit as it stands behind a figure: ร้อยละ stands before one, % behind."""
    return "%" if unit == "ร้อยละ" else unit


def mark(status: str) -> Html | None:
    """Return the mark of a status as an ornament: the word stands beside it, or in the cell's label."""
    return el("span", STATUS_MARKS[status], class_="mark", aria_hidden="true") if STATUS_MARKS[status] else None


def status_badge(status: str, lang: Language) -> Html:
    """Return a status as colour, mark and word."""
    return el("span", el("span", mark(status), " ", status_word(status, lang)), class_=f"status {status}")


def absent(status: str | None, lang: Language) -> Html:
    """Fill the place of a figure there is none of: the mark of its kind of empty, the words as its label."""
    if status is None or status in SCORED:
        return el("span", "–", class_="absent")
    return el(
        "span",
        STATUS_MARKS[status],
        class_=f"absent {status}",
        title=status_word(status, lang),
        role="img",
        aria_label=status_word(status, lang),
    )


def figure(text: str, status: str | None, lang: Language, unit: str | None = None) -> Html:
    """Return a printed figure with its unit, or the mark of why there is none."""
    return join(text, el("span", f" {unit}", class_="unit") if unit else None) if text else absent(status, lang)
