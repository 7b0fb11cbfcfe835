"""What an import, or voiding one, would change: drawn before it is done."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_metrics.i18n import Language
from kpi_metrics.impact import Impact, KpiMove, Move, TotalMove
from kpi_metrics.model import Status
from kpi_metrics.reports.impact_text import tell_change, tell_counts, tell_recoloured, tell_restated
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.words import said
from pages.components import grids
from pages.components.figures import fixed, status_badge
from pages.components.filters import Filters
from pages.components.grids import Column
from pages.components.markup import Html, el, join


def draw(filters: Filters, impact: Impact) -> None:
    """Draw counts, months restated, total scores and ranks that move, and each KPI that moves with who changes colour."""
    _, lang = filters.translate, filters.lang
    grids.draw(el("p", el("b", said(tell_counts(impact), lang)), class_="said"), _restated(impact, lang))
    month = FiscalMonth(impact.fiscal_year, impact.month).label(lang)
    if impact.is_still:
        grids.draw(grids.empty_sentence(_("ไม่มีตัวเลขใดเปลี่ยน ณ {month}").format(month=month)))
        return
    people = [total for total in impact.totals if total.owner_kind == "person"]
    offices = [total for total in impact.totals if total.owner_kind != "person"]
    grids.draw(
        grids.section(_("ตัวชี้วัดที่เปลี่ยน ณ {month}").format(month=month), _("ร้อยละของเป้าหมายทั้งปี ก่อน → หลัง")),
        _kpis(impact, filters),
        grids.section(_("คะแนนรวมและอันดับ ณ {month}").format(month=month), _("ก่อน → หลัง")),
        _totals(offices, filters) if offices else None,
        _folded(_("บุคคลที่คะแนนหรืออันดับเปลี่ยน {count} คน").format(count=len(people)), _totals(people, filters))
        if people
        else None,
    )


def _restated(impact: Impact, lang: Language) -> Html | None:
    if not impact.restated:
        return None
    told = el("span", said(tell_restated(impact.restated), lang))
    is_closed = any(month.is_closed for month in impact.restated)
    return el("p", told, class_="restated closed" if is_closed else "restated", role="alert" if is_closed else None)


def _totals(totals: Sequence[TotalMove], filters: Filters) -> Html:
    _ = filters.translate
    rows = [
        {
            "name": total.owner_name,
            "score": _change(fixed(total.score_before, 4), fixed(total.score_after, 4)),
            "rank": _change(str(total.rank_before or ""), str(total.rank_after or "")),
        }
        for total in totals
    ]
    columns = (Column("name", _("ผู้รับผิดชอบ")), Column("score", _("คะแนนรวม")), Column("rank", _("อันดับ")))
    return grids.table(rows, columns, filters.lang, empty="")


def _change(before: str, after: str) -> Html | str:
    return before or "–" if before == after else join(before or "–", " → ", el("b", after or "–"))


def _kpis(impact: Impact, filters: Filters) -> Html:
    _ = filters.translate
    rows = [
        {
            "kpi": f"{kpi.kpi_id} {kpi.kpi_name}",
            "top": join(
                *[part for move in kpi.tops for part in (", ", said(tell_change(move, kpi.unit), filters.lang))][1:]
            ),
            "colour": _recoloured(kpi, [move for move in impact.moves if move.kpi_id == kpi.kpi_id], filters.lang),
        }
        for kpi in impact.kpis
    ]
    columns = (
        Column("kpi", _("ตัวชี้วัด"), "words"),
        Column("top", _("ภาพรวม")),
        Column("colour", _("ผู้ที่เปลี่ยนสี"), "words"),
    )
    return grids.table(rows, columns, filters.lang, empty=_("ไม่มีตัวชี้วัดใดเปลี่ยน"))


def _recoloured(kpi: KpiMove, moves: Sequence[Move], lang: Language) -> Html | str:
    if not kpi.count_recoloured:
        return ""
    counted = ", ".join(said(text, lang) for text in tell_recoloured(kpi))
    named = (
        el("li", move.owner_name, " ", _badge(move.before.status, lang), " → ", _badge(move.after.status, lang))
        for move in moves
        if move.is_recoloured
    )
    return _folded(counted, el("ul", *named, class_="recoloured"))


def _badge(status: Status | None, lang: Language) -> Html | str:
    return status_badge(status, lang) if status else "–"


def _folded(summary: str, content: Html) -> Html:
    return el("details", el("summary", summary), content)
