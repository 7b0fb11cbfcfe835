"""Plotly charts as bare specifications: rows in, dict out, every colour set, no template (it is nine tenths of the bytes)."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import plotly.graph_objects as go
import streamlit as st

INK, MUTED, GRID = "#1F2A30", "#66737A", "#D9DEDC"
ACTUAL, PLAN, NEUTRAL, ALERT = "#1B5E7B", "#8A9499", "#9AA5A9", "#A8201A"
FONT = "Sarabun, 'Noto Sans Thai', Tahoma, sans-serif"

Spec = dict[str, Any]


def draw(spec: Spec, *, key: str, alt: str) -> None:
    """Show a chart; ``alt`` says in words what it shows."""
    st.plotly_chart(
        _figure(json.dumps(spec)), key=key, theme=None, alt=alt, config={"displayModeBar": False, "responsive": True}
    )


def s_curve(
    months: Sequence[str],
    plan: Sequence[float | None],
    actual: Sequence[float | None],
    *,
    plan_label: str,
    actual_label: str,
    unit: str = "",
    height: int = 320,
) -> Spec:
    """Cumulative actual against plan over the 12 fiscal months; actual None after the last reported month.

    The labels stand at the ends of their lines, in place of a legend.
    """
    last = _last(actual)
    top = max([v for v in (*plan, *actual) if v is not None], default=1.0) or 1.0
    behind = last is not None and plan[last] is not None and actual[last] < plan[last]  # type: ignore[operator]
    data: list[Spec] = [_line(months, plan, PLAN, 2)]
    notes: list[Spec] = []
    if (end := _last(plan)) is not None:
        notes.append(_note(months[end], plan[end], plan_label, MUTED, xanchor="right", yanchor="bottom"))
    if last is not None:
        data += [_line(months, actual, ACTUAL, 4), _dot(months[last], actual[last])]
        side = {"xanchor": "left", "yanchor": "top"} if behind else {"xanchor": "right", "yanchor": "bottom"}
        notes.append(_note(months[last], actual[last], f"<b>{_safe(actual_label)}</b>", ACTUAL, safe=True, **side))
    layout = _layout(height)
    layout["annotations"] = notes
    layout["xaxis"] |= _month_axis(months)
    layout["yaxis"] |= {
        "range": [0, top * 1.12],
        "nticks": 4,
        "gridcolor": GRID,
        "ticksuffix": f" {unit}" if unit else "",
        "separatethousands": True,
    }
    return {"data": data, "layout": layout}


def gap_bars(
    rows: Sequence[Mapping[str, Any]],
    *,
    limit: float | None = None,
    line: float = 0,
    row_height: int = 28,
) -> Spec:
    """Bars from zero, first row on top. Rows: label, gap, text (the gap as shown), alert, href (or None).

    ``limit`` is the largest gap of all panels, so that they share one scale. ``line``: where the black line stands.
    """
    gaps = [float(row["gap"]) for row in rows]
    edge = limit or max((abs(g) for g in gaps), default=1.0) or 1.0
    low = -edge * 1.25 if any(g < 0 for g in gaps) else 0 if line else -edge * 0.05
    high = max(edge, line) * 1.25 if any(g > 0 for g in gaps) else edge * 0.05
    places = list(range(len(rows)))
    layout = _layout(row_height * len(rows) + 12)
    layout["bargap"] = 0.36
    layout["xaxis"] |= {"range": [low, high], "visible": False, "fixedrange": True}
    layout["yaxis"] |= {
        "range": [len(rows) - 0.5, -0.5],
        "tickmode": "array",
        "tickvals": places,
        "ticktext": [_link(row) for row in rows],
        "showgrid": False,
        "ticks": "",
        "tickfont": {"size": 15, "color": INK},
    }
    layout["shapes"] = [
        {
            "type": "line",
            "x0": line,
            "x1": line,
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": {"color": INK, "width": 1.5},
        }
    ]
    bars: Spec = {
        "type": "bar",
        "orientation": "h",
        "x": gaps,
        "y": places,
        "text": [("▼ " if row.get("alert") else "") + _safe(row["text"]) for row in rows],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"size": 15, "color": INK},
        "marker": {"color": [ALERT if row.get("alert") else NEUTRAL for row in rows]},
        "hoverinfo": "skip",
    }
    if not line:
        return {"data": [bars], "layout": layout}
    # Beside the bars a figure would stand on the line: they get a column of their own.
    figures = {
        "type": "scatter",
        "mode": "text",
        "x": [high] * len(rows),
        "y": places,
        "text": bars.pop("text"),
        "textposition": "middle left",
        "textfont": bars.pop("textfont"),
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    return {"data": [bars, figures], "layout": layout}


def trend(
    months: Sequence[str],
    values: Sequence[float | None],
    *,
    value_label: str,
    reference: Sequence[float | None] = (),
    reference_label: str = "",
    former: Sequence[float | None] = (),
    former_label: str = "",
    span: tuple[float, float] | None = None,
    height: int = 260,
) -> Spec:
    """One measure over the 12 fiscal months, gaps where nothing was reported, with a grey line to compare with.

    ``former``: what the line would have been, dotted, where it was given another course on the way.
    """
    data: list[Spec] = []
    notes: list[Spec] = []
    if (end := _last(former)) is not None:
        data.append(_line(months, former, PLAN, 2) | {"line": {"color": PLAN, "width": 2, "dash": "dot"}})
        is_above = (former[end] or 0) >= (reference[end] or 0)
        side = "bottom" if is_above else "top"
        notes.append(_note(months[end], former[end], former_label, MUTED, xanchor="right", yanchor=side))
    if (end := _last(reference)) is not None:
        data.append(_line(months, reference, PLAN, 2))
        notes.append(_note(months[end], reference[end], reference_label, MUTED, xanchor="right", yanchor="bottom"))
    if (last := _last(values)) is not None:
        data += [_line(months, values, ACTUAL, 4), _dot(months[last], values[last])]
        notes.append(
            _note(
                months[last],
                values[last],
                f"<b>{_safe(value_label)}</b>",
                ACTUAL,
                safe=True,
                xanchor="left",
                yanchor="top",
            )
        )
    layout = _layout(height)
    layout["annotations"] = notes
    layout["xaxis"] |= _month_axis(months)
    layout["yaxis"] |= {
        "nticks": 5,
        "gridcolor": GRID,
        "tickformat": ",~r",
        **({"range": list(span)} if span else {"rangemode": "tozero"}),
    }
    return {"data": data, "layout": layout}


@lru_cache(maxsize=256)
def _figure(spec: str) -> go.Figure:
    """Plotly checks a specification for longer than the rest of a page takes; a figure it does not check again."""
    return go.Figure(json.loads(spec))


def _layout(height: int) -> Spec:
    axis = {
        "automargin": True,
        "fixedrange": True,
        "zeroline": False,
        "showline": False,
        "tickfont": {"size": 14, "color": MUTED},
    }
    return {
        "template": {},
        "height": height,
        "margin": {"l": 4, "r": 8, "t": 8, "b": 4, "pad": 4},
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
        "font": {"family": FONT, "size": 15, "color": INK},
        "showlegend": False,
        "hovermode": "x",
        "hoverlabel": {"bgcolor": "#FFFFFF", "bordercolor": GRID, "font": {"family": FONT, "size": 15, "color": INK}},
        "xaxis": dict(axis),
        "yaxis": dict(axis),
        "dragmode": False,
    }


def _month_axis(months: Sequence[str]) -> Spec:
    ticks = [months[i] for i in (0, 3, 6, 9, 11) if i < len(months)]
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(months),
        "range": [-0.4, len(months) - 0.6],
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": ticks,
        "tickangle": 0,
        "showgrid": False,
    }


def _line(months: Sequence[str], values: Sequence[float | None], colour: str, width: int) -> Spec:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(months),
        "y": list(values),
        "line": {"color": colour, "width": width},
        "connectgaps": False,
        "hovertemplate": "%{x}: %{y:,.2~f}<extra></extra>",
    }


def _dot(month: str, value: float | None) -> Spec:
    marker = {"size": 11, "color": ACTUAL}
    return {"type": "scatter", "mode": "markers", "x": [month], "y": [value], "marker": marker, "hoverinfo": "skip"}


def _note(month: str, value: float | None, text: str, colour: str, *, safe: bool = False, **anchor: str) -> Spec:
    return {
        "x": month,
        "y": value,
        "text": text if safe else _safe(text),
        "showarrow": False,
        "font": {"size": 15, "color": colour},
        "xshift": 10 if anchor.get("xanchor") == "left" else -4,
        "yshift": -2 if anchor.get("yanchor") == "top" else 4,
        **anchor,
    }


def _link(row: Mapping[str, Any]) -> str:
    label = _safe(row["label"])
    return f'<a href="{_safe(row["href"])}" target="_self">{label}</a>' if row.get("href") else label


def _safe(text: Any) -> str:
    """Plotly reads tags in its texts: data must not bring any."""
    return html.escape(str(text))


def _last(values: Sequence[float | None]) -> int | None:
    return max((i for i, value in enumerate(values) if value is not None), default=None)
