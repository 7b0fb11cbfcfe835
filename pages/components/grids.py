"""HTML grids: the headline, bullets, tile map and compact tables. Rows in (see figures.records), markup out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from kpi_metrics.i18n import Language, translator
from kpi_metrics.model import View
from kpi_metrics.thai.numbers import round_half_up
from pages.components.figures import (
    absent,
    figure,
    fixed,
    mark,
    percent,
    signed,
    status_badge,
    trimmed,
    unit_mark,
    whole_up,
)
from pages.components.markup import Html, el, join, picture
from pages.components.text import SCORED, STATUSES, status_word

Row = Mapping[str, Any]
LEVELS = 5


def draw(*parts: Html | None) -> None:
    """Show grids on the page."""
    st.html(join(*parts))


def section(heading: str, explanation: str | None = None) -> Html:
    """A heading over a grid or chart, with how to read it."""
    return el("h2", heading, el("span", f" — {explanation}", class_="how") if explanation else None)


def score_against_plan(score: float | None, plan: float | None, lang: Language) -> Html:
    """Return the plan's score and, in words, how far the score is from it. The difference is of the shown figures."""
    _ = translator(lang)
    if score is None or plan is None:
        return Html("")
    difference = round_half_up(score, 2) - round_half_up(plan, 2)
    if difference < 0:
        words = el("span", mark("behind"), " ", _("ต่ำกว่าแผน"), " ", fixed(-difference, 2), class_="behind-plan")
    elif difference > 0:
        words = el("span", _("สูงกว่าแผน"), " ", fixed(difference, 2), class_="above-plan")
    else:
        words = el("span", _("เท่ากับแผน"), class_="above-plan")
    return join(el("span", _("แผนถึงสิ้นเดือนนี้"), " ", el("b", fixed(plan, 2))), words)


def headline(label: str, score: float | None, lang: Language, *blocks: Html, note: str | None = None) -> Html:
    """The page's one number, 64 px, and beside it ``blocks``, each of two lines. ``note`` follows "of 5"."""
    _ = translator(lang)
    of = _("จาก 5") + (f" · {note}" if note else "")
    number = el("span", fixed(score, 2), class_="big") if score is not None else el("span", "–", class_="big none")
    after = el("span", of if score is not None else _("ยังไม่มีคะแนน"), class_="of")
    return el(
        "div",
        el("div", el("span", label, class_="label"), el("div", number, " ", after), class_="score"),
        *(el("div", block, class_="block") for block in blocks if block),
        class_="headline",
    )


def kpi_headline(row: Row, label: str, view: View, lang: Language) -> Html:
    """The headline of one KPI of one owner: score, result against plan and target, status."""
    _ = translator(lang)
    unit = unit_mark(row["unit"])
    result, plan = (el("b", trimmed(row[name]) or "–") for name in ("result", "plan"))
    target = _("เป้าทั้งปี {target} {unit}").format(target=trimmed(row["target"]) or "–", unit=unit)
    reached = _("ร้อยละ {percent} ของแผนสะสม").format(percent=percent(row["progress_pct"]) or "–")
    return headline(
        label,
        row[f"score_{view}"],
        lang,
        score_against_plan(row[f"score_{view}"], row.get(f"plan_score_{view}"), lang),
        join(el("span", _("ผล"), " ", result, f" {unit} ", _("แผนสะสม"), " ", plan), el("span", target)),
        join(el("span", status_badge(row["status"], lang)), el("span", reached)),
    )


def holders(rows: Sequence[Row], lang: Language) -> Html:
    """Everybody who holds one KPI (see standing.holders)."""
    _ = translator(lang)
    columns = (
        Column("name", _("ผู้รับผิดชอบ"), is_link=True),
        Column("office", _("สังกัด")),
        Column("target", _("เป้าหมาย"), "trimmed"),
        Column("plan", _("แผนสะสม"), "trimmed"),
        Column("result", _("ผล"), "trimmed"),
        Column("progress_pct", _("% ของแผน"), "percent"),
        Column("score", _("คะแนน"), "fixed", 2),
        Column("status", _("สถานะ"), "status"),
    )
    return table(rows, columns, lang, empty=_("ไม่มีผู้ถือตัวชี้วัดนี้"))


def status_counts(
    counts: Mapping[str, int | None],
    lang: Language,
    note: str,
    statuses: Sequence[str] = ("behind", "watch", "on_plan"),
) -> Html:
    """Counts of these statuses in this order, those that are 0 left out; ``note`` says of what."""
    items = [
        el("span", mark(s), " ", el("b", trimmed(counts[s])), " ", status_word(s, lang), class_=f"count {s}")
        for s in statuses
        if counts.get(s)
    ]
    return join(el("span", *items, class_="counts") if items else None, el("span", note) if note else None)


def evaluated(total: Row, lang: Language) -> Html:
    """How much of the weight has a score, and between what the score must lie until the rest has been reported."""
    _ = translator(lang)
    share = 100 * total["weight_evaluated"] / total["weight_total"] if total["weight_total"] else None
    words = _("ประเมินแล้วร้อยละ {share} ของน้ำหนัก").format(share=trimmed(share) or "–")
    if total["score_low"] is None or not total["count_not_reported"]:
        return el("span", words)
    bounds = _("คะแนนอยู่ระหว่าง {low} ถึง {high}").format(
        low=fixed(total["score_low"], 2), high=fixed(total["score_high"], 2)
    )
    return join(el("span", words), el("span", bounds))


def bullet(score: float | None, plan_score: float | None, status: str, lang: Language) -> Html:
    """One bar on the five levels with a tick at the plan; where there is no score, why, in words."""
    _ = translator(lang)
    if score is None:
        return el("div", el("span", mark(status), " ", status_word(status, lang)), class_=f"bullet none {status}")
    words = _("ระดับ {score}").format(score=fixed(score, 2))
    tick = None
    if plan_score is not None:
        words = _("ระดับ {score} แผน {plan}").format(score=fixed(score, 2), plan=fixed(plan_score, 2))
        tick = el("i", class_="tick", style=f"left:{_share(plan_score)}%")
    bar = el("i", class_="bar", style=f"width:{_share(score)}%")
    return el("div", bar, tick, class_=f"bullet {status}", role="img", aria_label=words)


def level_axis() -> Html:
    """The axis over a column of bullets: 1 to 5, once."""
    marks = (el("span", n, style=f"left:{n * 100 // LEVELS}%") for n in range(1, LEVELS + 1))
    return el("div", *marks, class_="levels", aria_hidden="true")


def kpi_bullets(rows: Sequence[Row], lang: Language, *, months: str) -> Html:
    """The KPI table of an owner or a person.

    Rows: kpi_id, name, href, weight, score, weighted, plan_score (may be None), status, result, target, unit,
    needed_per_month, next_level_gap, results and plans (12 cumulative values each, None where there is none).
    ``months`` heads the sparklines ("ต.ค. 69 – ก.ย. 70").
    """
    _ = translator(lang)
    heads = [
        ("name", _("ตัวชี้วัด")),
        ("weight number", _("น้ำหนัก")),
        ("levels-head", level_axis()),
        ("level number", _("ระดับ")),
        ("weighted number", _("คะแนน")),
        ("spark", months),
        ("result number", _("ผล / เป้า")),
        ("needed number", _("ต้องทำ/เดือน")),
        ("next number", _("ขาดอีก (ทั้งปี)")),
    ]
    return _table("bullets", [(c, h) for c, h in heads], [_kpi_cells(row, lang) for row in rows])


def score_bullets(rows: Sequence[Row], lang: Language) -> Html:
    """Bullets of works or offices. Rows: label, href, score, plan_score, status."""
    _ = translator(lang)
    heads = [("name", ""), ("levels-head", level_axis()), ("level number", _("ระดับ")), ("gap number", _("ห่างแผน"))]
    cells = []
    for row in rows:
        score, plan = row["score"], row.get("plan_score")
        gap = "" if score is None or plan is None else signed(round_half_up(score, 2) - round_half_up(plan, 2), 2)
        cells.append(
            [
                ("name", _link(row["label"], row.get("href"))),
                ("bullet-cell", bullet(score, plan, row["status"], lang)),
                ("level number", figure(fixed(score, 2), row["status"], lang)),
                ("gap number", gap),
            ]
        )
    return _table("bullets works", heads, cells)


def tile_map(tiles: Sequence[Row], lang: Language) -> Html:
    """Offices where they lie. Tiles: label, text (the figure as shown), status, row and col (from 1), href."""
    written = []
    for tile in tiles:
        status = tile["status"]
        has_figure = bool(tile["text"]) and status in SCORED
        written.append(
            el(
                "a",
                el("span", tile["label"], class_="place"),
                el(
                    "span",
                    mark(status),
                    " ",
                    el("b", tile["text"]) if has_figure else status_word(status, lang),
                    class_="value",
                ),
                href=tile.get("href"),
                target="_self",
                class_=f"tile {status}",
                style=f"--row:{int(tile['row'])};--col:{int(tile['col'])}",
                aria_label=f"{tile['label']} {tile['text'] if has_figure else ''} {status_word(status, lang)}",
            )
        )
    return el("div", *written, class_="tiles")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a compact table: the row's key, its heading, and how it is printed."""

    key: str
    heading: str
    kind: Literal["text", "fixed", "trimmed", "signed", "percent", "status"] = "text"
    places: int = 2
    is_link: bool = False


def table(rows: Sequence[Row], columns: Sequence[Column], lang: Language, *, empty: str) -> Html:
    """A compact table, numbers right-aligned. A row's ``href`` is put on the columns that are links.

    Where a figure is missing the row's ``status`` says why. ``empty`` is said when there are no rows.
    """
    if not rows:
        return el("p", empty, class_="empty")
    heads = [("" if c.kind in ("text", "status") else "number", c.heading) for c in columns]
    cells = [[(heads[i][0], _cell(row, column, lang)) for i, column in enumerate(columns)] for row in rows]
    return el("div", _table("compact", heads, cells), class_="scroll", tabindex="0", role="region")


def legend(lang: Language) -> Html:
    """How to read the bullets, in one line."""
    _ = translator(lang)
    return el("p", _("แท่ง = ระดับที่ทำได้ · เส้นดำ = แผนถึงเดือนนี้ · แดง ▼ = ต่ำกว่าแผน"), class_="meta")


def sparkline(results: Sequence[float | None], plans: Sequence[float | None], status: str, text: str) -> Html:
    """Twelve months of result against plan, 140 x 34 px, as a picture with ``text`` as its words."""
    values = [v for v in (*results, *plans) if v is not None]
    top = max(values, default=0) or 1.0
    low = min(0.0, *values) if values else 0.0

    def points(series: Sequence[float | None]) -> list[tuple[float, float]]:
        return [
            (round(4 + 132 * i / 11, 1), round(30 - 26 * (v - low) / (top - low), 1))
            for i, v in enumerate(series)
            if v is not None
        ]

    def line(series: list[tuple[float, float]], colour: str, width: float) -> str:
        path = " ".join(f"{x},{y}" for x, y in series)
        return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>'

    colour = "#A8201A" if status == "behind" else "#1B5E7B"
    done = points(results)
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 140 34" width="140" height="34">'
    svg += line(points(plans), "#8A9499", 1.5)
    if done:
        svg += line(done, colour, 2.5) + f'<circle cx="{done[-1][0]}" cy="{done[-1][1]}" r="3.5" fill="{colour}"/>'
    return picture(svg + "</svg>", text, width=140, height=34, class_="sparkline")


def _kpi_cells(row: Row, lang: Language) -> list[tuple[str, Html | str]]:
    _ = translator(lang)
    status, unit = row["status"], unit_mark(row["unit"])
    result = join(
        figure(trimmed(row["result"]), status, lang),
        el("span", " / ", class_="unit"),
        figure(trimmed(row["target"]), "no_target", lang, unit),
    )
    needed = row["needed_per_month"]
    words = _("ผล {result} แผน {plan} {unit}")
    words = words.format(result=trimmed(row["result"]) or "–", plan=trimmed(row["plan"]) or "–", unit=unit)
    return [
        ("name", _link(f"{row['kpi_id']} {row['name']}", row.get("href"))),
        ("weight number", trimmed(row["weight"])),
        ("bullet-cell", bullet(row["score"], row.get("plan_score"), status, lang)),
        (
            "level number",
            join(mark(status), " ", el("b", fixed(row["score"], 2))) if status in SCORED else absent(status, lang),
        ),
        ("weighted number", fixed(row["weighted"], 3)),
        ("spark", sparkline(row.get("results") or (), row.get("plans") or (), status, words)),
        ("result number", result),
        ("needed number", figure(whole_up(needed), None, lang, unit) if needed is not None else ""),
        ("next number", _next_level(row, lang)),
    ]


def _next_level(row: Row, lang: Language) -> Html | str:
    """ "12 ราย ได้ 4": what is still missing, and the level it brings; a falling KPI has to lose it."""
    _ = translator(lang)
    gap = row["next_level_gap"]
    if gap is None:
        return ""
    unit, level = unit_mark(row["unit"]), row["next_level"]
    after = _("{unit} ได้ {level}").format(unit=unit, level=level) if level else unit
    return join(_("ลด ") if gap < 0 else "", trimmed(abs(gap)), el("span", " ", after, class_="unit"))


def _cell(row: Row, column: Column, lang: Language) -> Html | str:
    value = row.get(column.key)
    if column.kind == "status":
        return status_badge(str(value), lang) if value in STATUSES else ""
    if column.kind == "text":
        text = "" if value is None else str(value)
        return _link(text, row.get("href")) if column.is_link else text
    printers: dict[str, Callable[[float | None], str]] = {
        "fixed": lambda v: fixed(v, column.places),
        "trimmed": lambda v: trimmed(v, column.places),
        "signed": lambda v: signed(v, column.places),
        "percent": percent,
    }
    return figure(printers[column.kind](value), row.get("status"), lang)


def _table(name: str, heads: Sequence[tuple[str, str]], rows: Sequence[Sequence[tuple[str, str]]]) -> Html:
    """A table whose roles are said aloud, because narrow screens lay its rows out as cards."""
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


def _link(text: str, href: str | None) -> Html | str:
    return el("a", text, href=href, target="_self") if href else text


def _share(score: float) -> str:
    """The place of a level on the bullet, in percent of its width."""
    return f"{min(max(score, 0.0), LEVELS) * 100 / LEVELS:.2f}"
