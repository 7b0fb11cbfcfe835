"""What a person is to do next, KPI by KPI in words: send what is owed, then what raises the year's score most."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_metrics import scorecard
from kpi_metrics.thai.calendar import FiscalMonth
from pages.components import bullets, coverage, grids, names, standing, store
from pages.components.figures import fixed, unit_mark, whole_up
from pages.components.filters import Filters
from pages.components.markup import Html, el, join
from pages.components.personal.subject import Row

FIRST = 3  # lines that are read before the table; the others are folded


def lines(filters: Filters, total: Row, kpis: Sequence[Row]) -> Html | None:
    """What is to be done for each KPI of a holder, whose summary row is ``total``; None where nothing is, or the year is over.

    What was not reported comes first, then the KPI whose next level adds most to the total of the year. The head of an
    office is told of what those directly below it owe as well.
    """
    _, holder = filters.translate, total["owner_id"]
    if FiscalMonth(filters.year, 12).last_day < store.today():
        return None
    owed: dict[str, list[Row]] = {}
    for entry in coverage.missing(filters, owner=holder) + coverage.missing(filters, parent=holder):
        owed.setdefault(entry["kpi_id"], []).append(entry)

    def urgency(row: Row) -> tuple[bool, float]:
        is_silent = row["status"] == "not_reported" or any(e["owner_id"] == holder for e in owed.get(row["kpi_id"], ()))
        return not is_silent, -_gain(row, total)

    rows = sorted(store.rows(scorecard.scorecard, filters, owner=holder), key=urgency)
    told = [line for row in rows if (line := _line(filters, row, total, owed.get(row["kpi_id"], ()), kpis))]
    if not told:
        return None
    words = _("สิ่งที่ต้องทำของอีก {count} ตัวชี้วัด").format(count=len(told) - FIRST)
    rest = el("details", el("summary", words), _list(told[FIRST:])) if told[FIRST:] else None
    how = _("ที่ยังไม่รายงานก่อน แล้วเรียงตามคะแนนรวมทั้งปีที่จะเพิ่มเมื่อถึงระดับถัดไป")
    return join(grids.section(_("ต้องทำอะไรก่อน"), how), _list(told[:FIRST]), rest)


def _line(filters: Filters, row: Row, total: Row, owed: Sequence[Row], kpis: Sequence[Row]) -> Html | None:
    """``11.2 อบรมปาล์ม: ต้องทำอีกเดือนละ 6 ราย ถึงสิ้นปี · ขาดอีก 3 ราย จะได้ระดับ 2 ของทั้งปี · คะแนนรวม +0.02``."""
    _ = filters.translate
    said: list[Html | str] = []
    if owed:
        oldest = min(entry["month"] for entry in owed)
        since = FiscalMonth(filters.year, oldest).label(filters.lang)
        words = _("ยังไม่ส่งผล {count} งวด ตั้งแต่ {month}").format(count=len(owed), month=since)
        said.append(grids.link(words, filters.href("report", id=row["owner_id"], part="entry", month=oldest)))
    if row["needed_per_month"] is not None:
        words = _("ต้องทำอีกเดือนละ {needed} {unit} ถึงสิ้นปี")
        said.append(words.format(needed=whole_up(row["needed_per_month"]), unit=unit_mark(row["unit"])))
    if further := bullets.next_level(row, filters.lang):
        said.append(further)
    if (gain := _gain(row, total)) >= 0.005:  # what is shown as 0.00 is no reason to do anything
        said.append(el("b", _("คะแนนรวม +{gain}").format(gain=fixed(gain, 2))))
    if not said:
        return None
    kpi = next(kpi for kpi in kpis if kpi["kpi_id"] == row["kpi_id"])
    name = grids.link(f"{row['kpi_id']} {names.kpi(kpi, filters.lang)}", standing.kpi_href(row, filters))
    return el("li", name, ": ", *[part for each in said for part in (" · ", each)][1:])


def _gain(row: Row, total: Row) -> float:
    """What the next level of the year adds to the holder's total of the year (0..5); 0 where an override stands or no score is."""
    known = (row["next_level"], row["computed_year"], row["weight"])
    if None in known or row["override_reason"] is not None or not total["weight_evaluated"]:
        return 0.0
    return float((row["next_level"] - row["computed_year"]) * row["weight"] / total["weight_evaluated"])


def _list(told: Sequence[Html]) -> Html:
    return el("ul", *told, class_="plain todo")
