"""What an import, or voiding one, would change: drawn before it is done."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_metrics.i18n import Language
from kpi_metrics.impact import Impact, KpiMove, Move, TotalMove
from kpi_metrics.model import Status
from kpi_metrics.reports.impact_text import (
    tell_change,
    tell_counts,
    tell_place,
    tell_restated,
    tell_round,
    tell_round_change,
    tell_row,
    tell_table,
)
from kpi_metrics.round_moves import RoundMove
from kpi_metrics.row_changes import RowChange
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.words import KIND_WORDS, said
from pages.components import grids
from pages.components.figures import fixed, status_badge
from pages.components.filters import Filters
from pages.components.grids import Column
from pages.components.markup import Html, el, join

FEW_ROWS = 10  # seen without unfolding them


def draw(filters: Filters, impact: Impact) -> None:
    """Draw counts, months restated, the rows that are new or corrected, total scores and ranks that move, and each KPI that moves with who changes colour."""
    _, lang = filters.translate, filters.lang
    grids.draw(
        el("p", el("b", said(tell_counts(impact), lang)), class_="said"),
        _restated(impact, lang),
        _rows(impact, filters),
    )
    month = FiscalMonth(impact.fiscal_year, impact.month).label(lang)
    if impact.is_still:
        grids.draw(grids.empty_sentence(_("ไม่มีตัวเลขใดเปลี่ยน ณ {month}").format(month=month)))
        return
    tops = [total for total in impact.totals if total.is_top]
    offices = [total for total in impact.totals if not total.is_top and total.owner_kind != "person"]
    people = [total for total in impact.totals if not total.is_top and total.owner_kind == "person"]
    grids.draw(
        grids.section(_("คะแนนรวมและอันดับ ณ {month}").format(month=month), _("ก่อน → หลัง")),
        _totals(tops, filters),
        _folded_totals(_("หน่วยงานที่คะแนนหรืออันดับเปลี่ยน {count} แห่ง"), offices, filters),
        _folded_totals(_("บุคคลที่คะแนนหรืออันดับเปลี่ยน {count} คน"), people, filters),
        _rounds(impact.rounds, filters),
        grids.section(_("ตัวชี้วัดที่เปลี่ยน ณ {month}").format(month=month), _("ร้อยละของเป้าหมายทั้งปี ก่อน → หลัง")),
        _kpis(impact, filters),
    )


def _restated(impact: Impact, lang: Language) -> Html | None:
    if not impact.restated:
        return None
    told = el("span", said(tell_restated(impact.restated), lang))
    is_closed = any(month.is_closed for month in impact.restated)
    return el("p", told, class_="restated closed" if is_closed else "restated", role="alert" if is_closed else None)


def _rows(impact: Impact, filters: Filters) -> Html | None:
    """The rows that change, folded where they are many; None where none is told."""
    _ = filters.translate
    if not impact.rows:
        return None
    entries = [row for row in impact.rows if row.is_entry]
    others = [row for row in impact.rows if not row.is_entry]
    told = join(
        _entries(entries, filters) if entries else None,
        _others(others, filters) if others else None,
        _rest(impact, filters),
    )
    summary = _("ดูแถวที่เปลี่ยน {count} แถว").format(count=impact.count_rows)
    return _folded(summary, told, is_open=impact.count_rows <= FEW_ROWS)


def _entries(changes: Sequence[RowChange], filters: Filters) -> Html:
    _, lang = filters.translate, filters.lang
    rows = [
        {
            "kpi": row.kpi_id,
            "owner": row.owner_name or row.owner_id,
            "month": FiscalMonth(row.fiscal_year, row.month).label(lang) if row.fiscal_year and row.month else "",
            "change": said(tell_row(row), lang),
            "place": said(tell_place(row.place), lang),
        }
        for row in changes
    ]
    columns = (
        Column("kpi", _("ตัวชี้วัด")),
        Column("owner", _("ผู้รับผิดชอบ"), "words"),
        Column("month", _("เดือน")),
        Column("change", _("เดิม → ใหม่")),
        Column("place", _("ไฟล์ · แผ่นงาน · แถว"), "words"),
    )
    return grids.table(rows, columns, lang, empty="")


def _others(changes: Sequence[RowChange], filters: Filters) -> Html:
    _, lang = filters.translate, filters.lang
    rows = [
        {
            "table": said(tell_table(row.table), lang),
            "key": row.key,
            "what": _("แก้ไข") if row.is_corrected else _("ใหม่"),
            "place": said(tell_place(row.place), lang),
        }
        for row in changes
    ]
    columns = (
        Column("table", _("ตาราง")),
        Column("key", _("รายการ"), "words"),
        Column("what", _("เปลี่ยนอย่างไร")),
        Column("place", _("ไฟล์ · แผ่นงาน · แถว"), "words"),
    )
    return grids.table(rows, columns, lang, empty="")


def _rest(impact: Impact, filters: Filters) -> Html | None:
    shown, count = len(impact.rows), impact.count_rows
    _ = filters.translate
    words = _("แสดง {shown} จาก {count} แถว")
    return grids.empty_sentence(words.format(shown=shown, count=count)) if count > shown else None


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


def _folded_totals(words: str, totals: Sequence[TotalMove], filters: Filters) -> Html | None:
    return _folded(words.format(count=len(totals)), _totals(totals, filters)) if totals else None


def _rounds(moves: Sequence[RoundMove], filters: Filters) -> Html | None:
    """The people whose appraisal moves, folded where they are many; None for none."""
    _, lang = filters.translate, filters.lang
    if not moves:
        return None
    rows = [
        {
            "name": move.owner_name,
            "round": said(tell_round(move), lang),
            "change": said(tell_round_change(move), lang),
        }
        for move in moves
    ]
    columns = (
        Column("name", _("ผู้รับการประเมิน")),
        Column("round", _("รอบการประเมิน")),
        Column("change", _("เดิม → ใหม่"), "words"),
    )
    summary = _("ผลการประเมินที่เปลี่ยน {count} คน").format(count=len({move.owner_id for move in moves}))
    return _folded(summary, grids.table(rows, columns, lang, empty=""), is_open=len(moves) <= FEW_ROWS)


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
    counted = ", ".join(said(KIND_WORDS[kind].counted(count), lang) for kind, count in kpi.count_recoloured.items())
    named = (
        el("li", move.owner_name, " ", _badge(move.before.status, lang), " → ", _badge(move.after.status, lang))
        for move in moves
        if move.is_recoloured
    )
    return _folded(counted, el("ul", *named, class_="recoloured"))


def _badge(status: Status | None, lang: Language) -> Html | str:
    return status_badge(status, lang) if status else "–"


def _folded(summary: str, content: Html, *, is_open: bool = False) -> Html:
    return el("details", el("summary", summary), content, open="" if is_open else None)
