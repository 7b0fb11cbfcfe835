"""The page's one number, 64 px, with the plan beside it, the difference in words, and counts by status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kpi_metrics.i18n import Language, translator
from kpi_metrics.thai.numbers import round_half_up
from pages.components.figures import fixed, mark, percent, planned, status_badge, trimmed, unit_mark
from pages.components.filters import Filters
from pages.components.markup import Html, el, join
from pages.components.text import status_word

Row = Mapping[str, Any]


def headline(label: str, score: float | None, lang: Language, *blocks: Html | None, note: str | None = None) -> Html:
    """The page's one number, 64 px, and beside it ``blocks``, each of two lines. ``note`` follows "of 5"."""
    _ = translator(lang)
    of = _("จาก 5") + (f" · {note}" if note else "")
    number = el("span", fixed(score, 2), class_="big") if score is not None else el("span", "–", class_="big none")
    after = el("span", of if score is not None else _("ยังไม่มีคะแนน"), class_="of")
    return el(
        "div",
        el("span", label, class_="label"),
        el("div", number, " ", after, class_="score"),
        *(el("div", block, class_="block") for block in blocks if block),
        class_="headline",
    )


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


def kpi_headline(row: Row, label: str, filters: Filters, *blocks: Html) -> Html:
    """The headline of one KPI of one owner: score, result against plan and target, status, then ``blocks``."""
    _, lang, view = filters.translate, filters.lang, filters.view
    unit = unit_mark(row["unit"])
    result, plan = (el("b", text or "–") for text in (trimmed(row["result"]), planned(row)))
    target = _("เป้าทั้งปี {target} {unit}").format(target=trimmed(row["target"]) or "–", unit=unit)
    reached = _("ร้อยละ {percent} ของแผนสะสม").format(percent=percent(row["progress_pct"], filters.thresholds) or "–")
    return headline(
        label,
        row[f"score_{view}"],
        lang,
        score_against_plan(row[f"score_{view}"], row.get(f"plan_score_{view}"), lang),
        join(el("span", _("ผล"), " ", result, f" {unit} ", _("แผนสะสม"), " ", plan), el("span", target)),
        join(el("span", status_badge(row["status"], lang)), el("span", reached)),
        *blocks,
    )


def status_counts(
    counts: Mapping[str, int | None],
    lang: Language,
    note: str,
    statuses: Sequence[str] = ("behind", "watch", "on_plan", "not_reported"),
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
    return join(el("span", evaluated_share(total, lang)), unevaluated(total, lang))


def evaluated_share(total: Row, lang: Language) -> str:
    """How much of the weight has a score, in words."""
    _ = translator(lang)
    return _("ประเมินแล้วร้อยละ {share} ของน้ำหนัก").format(share=trimmed(_share(total)) or "–")


def unevaluated(total: Row, lang: Language) -> Html | None:
    """What becomes of the rest of the weight: the bounds of the score while some is not reported; None without a rest."""
    _ = translator(lang)
    share = _share(total)
    if not total["count_not_reported"]:
        words = _("ที่เหลือยังไม่ถึงกำหนดหรือไม่ต้องประเมิน")
        return el("span", words) if share is not None and share < 100 else None
    if total["score_low"] is None:
        return None
    words = _("อยู่ระหว่าง {low}–{high} หากนับที่ยังไม่รายงาน")
    return el("span", words.format(low=fixed(total["score_low"], 2), high=fixed(total["score_high"], 2)))


def _share(total: Row) -> float | None:
    return 100 * total["weight_evaluated"] / total["weight_total"] if total["weight_total"] else None
