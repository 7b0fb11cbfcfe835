"""Charts as Plotly takes them."""

import plotly.graph_objects as go
import pytest

from pages.components.charts import ALERT, NEUTRAL, gap_bars, s_curve, trend

MONTHS = [f"เดือน {n}" for n in range(1, 13)]
PLAN = [float(n) for n in range(12)]
ACTUAL = [0.0, 1.0, 1.5] + [None] * 9
BARS = [{"label": "ไชยา", "gap": -18.0, "text": "−18", "alert": True, "href": "./owner?id=8406"},
        {"label": "พนม", "gap": 3.0, "text": "+3", "alert": False, "href": None}]  # fmt: skip
CURVE = s_curve(MONTHS, PLAN, ACTUAL, plan_label="แผน", actual_label="1.5")


@pytest.mark.parametrize(
    "spec",
    [
        CURVE,
        s_curve(MONTHS, [None] * 12, [None] * 12, plan_label="", actual_label=""),
        gap_bars(BARS),
        gap_bars(BARS, line=100),
        gap_bars([]),
        trend(MONTHS, ACTUAL, value_label="1.5", reference=PLAN, reference_label="แผน"),
        trend(MONTHS, ACTUAL, value_label="1.5", reference=PLAN, former=PLAN, former_label="แผนเดิม"),
        trend(MONTHS, [None] * 12, value_label=""),
    ],
    ids=["s-curve", "nothing known", "gaps", "line at 100", "no gaps", "trend", "revised", "no trend"],
)
def test_plotly_accepts_the_specification(spec):
    go.Figure(spec)


def test_the_actual_line_ends_with_the_last_report():
    [_plan, actual, dot] = CURVE["data"]
    assert actual["y"] == ACTUAL
    assert dot["x"] == [MONTHS[2]]


def test_a_curve_behind_its_plan_is_labelled_below_it():
    assert CURVE["layout"]["annotations"][1]["yanchor"] == "top"


def test_the_axis_names_five_months():
    assert len(CURVE["layout"]["xaxis"]["tickvals"]) == 5


def test_red_is_only_what_calls_for_action():
    assert gap_bars(BARS)["data"][0]["marker"]["color"] == [ALERT, NEUTRAL]


def test_red_never_stands_alone():
    assert gap_bars(BARS)["data"][0]["text"] == ["▼ −18", "+3"]


def test_panels_share_a_scale():
    assert gap_bars(BARS[:1], limit=40)["layout"]["xaxis"]["range"][0] == -50


def test_a_label_links_to_what_it_names():
    assert 'href="./owner?id=8406"' in gap_bars(BARS)["layout"]["yaxis"]["ticktext"][0]


def test_a_label_from_data_brings_no_tags():
    assert gap_bars([BARS[1] | {"label": "<b>"}])["layout"]["yaxis"]["ticktext"] == ["&lt;b&gt;"]
