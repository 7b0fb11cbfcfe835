"""Bullets: a bar on the five levels with a tick at the plan; the KPI table of an owner, and works or offices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kpi_metrics.i18n import Language, translator
from kpi_metrics.thai.numbers import round_half_up
from pages.components.figures import absent, figure, fixed, mark, planned, signed, trimmed, unit_mark, whole_up
from pages.components.grids import lay_out, link
from pages.components.markup import Html, el, join, picture
from pages.components.text import status_word

Row = Mapping[str, Any]
LEVELS = 5


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
    return lay_out("bullets", [(c, h) for c, h in heads], [_kpi_cells(row, lang) for row in rows])


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
                ("name", el("span", link(row["label"], row.get("href")), title=row["label"])),
                ("bullet-cell", bullet(score, plan, row["status"], lang)),
                ("level number", _level(score, row["status"], lang)),
                ("gap number", gap),
            ]
        )
    return lay_out("bullets works", heads, cells)


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


def legend(lang: Language) -> Html:
    """How to read the bullets, in one line."""
    _ = translator(lang)
    how = _("แท่ง = ระดับที่ทำได้ · เส้นดำ = แผนถึงเดือนนี้ · แดง ▼ = ต่ำกว่าแผน")
    ahead = _("ต้องทำ/เดือน ปัดขึ้นเป็นจำนวนเต็ม · ขาดอีก = จากผลสะสมถึงระดับถัดไปของคะแนนทั้งปี")
    return el("p", how, " · ", ahead, class_="meta")


def next_level(row: Row, lang: Language) -> str:
    """ "ขาดอีก 12 ราย จะได้ระดับ 4": what reaches the next level of the year's score; "" at the top."""
    _ = translator(lang)
    gap = row["next_level_gap"]
    if gap is None:
        return ""
    up, down = _("ขาดอีก {gap} {unit} จะได้ระดับ {level} ของทั้งปี"), _("ลดอีก {gap} {unit} จะได้ระดับ {level} ของทั้งปี")
    words = down if gap < 0 else up
    return words.format(gap=trimmed(abs(gap)), unit=unit_mark(row["unit"]), level=trimmed(row["next_level"], 0))


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
    words = words.format(result=trimmed(row["result"]) or "–", plan=planned(row) or "–", unit=unit)
    return [
        ("name", link(f"{row['kpi_id']} {row['name']}", row.get("href"))),
        ("weight number", trimmed(row["weight"])),
        ("bullet-cell", bullet(row["score"], row.get("plan_score"), status, lang)),
        ("level number", _level(row["score"], status, lang)),
        ("weighted number", fixed(row["weighted"], 3)),
        ("spark", sparkline(row.get("results") or (), row.get("plans") or (), status, words)),
        ("result number", result),
        ("needed number", figure(whole_up(needed), None, lang, unit) if needed is not None else ""),
        ("next number", _next_level(row, lang)),
    ]


def _level(score: float | None, status: str, lang: Language) -> Html:
    return absent(status, lang) if score is None else join(mark(status), " ", el("b", fixed(score, 2)))


def _next_level(row: Row, lang: Language) -> Html | str:
    """ "12 ราย ได้ 4": what is still missing, and the level it brings; a falling KPI has to lose it."""
    _ = translator(lang)
    gap = row["next_level_gap"]
    if gap is None:
        return ""
    unit, level = unit_mark(row["unit"]), row["next_level"]
    after = _("{unit} ได้ {level}").format(unit=unit, level=level) if level else unit
    short = join(_("ลด ") if gap < 0 else "", trimmed(abs(gap)), el("span", " ", after, class_="unit"))
    return el("span", short, title=next_level(row, lang))


def _share(score: float) -> str:
    """The place of a level on the bullet, in percent of its width."""
    return f"{min(max(score, 0.0), LEVELS) * 100 / LEVELS:.2f}"
