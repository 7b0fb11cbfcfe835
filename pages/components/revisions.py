"""What became of a target on the way through the year: the plan that was, and the result against the old and the new."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from kpi_metrics import scorecard, targeting
from kpi_metrics.targeting import Version
from kpi_metrics.thai.calendar import format_date
from pages.components import grids, store
from pages.components.figures import fixed, trimmed
from pages.components.filters import Filters
from pages.components.markup import Html, el, join

Row = Mapping[str, Any]


def former_plan(filters: Filters, owner_id: str, kpi: Row) -> list[float | None]:
    """The plan of the 12 months as it was before the last revision, from the month before it took effect; empty without one."""
    rows = store.rows(scorecard.plans, filters, owner=owner_id, kpi=kpi["kpi_id"])
    numbers = sorted({row["version"] for row in rows})
    if len(numbers) < 2:
        return []
    old, new = ([row for row in rows if row["version"] == number] for number in numbers[-2:])
    begins = new[0]["first_month"]
    if begins == 1 or old[-1]["plan"] is None or [row["plan"] for row in old] == [row["plan"] for row in new]:
        return []
    return [row["plan"] if row["month"] >= begins - 1 else None for row in old]


def told(filters: Filters, owner_id: str, kpi: Row) -> Html | None:
    """Every revision of the year, begun by the month shown, in a line: from what to what, the result against both, and why."""
    if len({row["version"] for row in store.rows(scorecard.plans, filters, owner=owner_id, kpi=kpi["kpi_id"])}) < 2:
        return None
    of = {"kpi": kpi["kpi_id"], "owner": owner_id, "year": filters.year}
    stand = targeting.versions(store.ledger(), store.scope(), month=filters.month, as_of=filters.as_of, **of)
    begun = [version for version in stand if version.given.from_date <= filters.period.last_day]
    lines = [_line(filters, old, new, kpi) for old, new in pairwise(begun)]
    return el("ul", *(el("li", line) for line in lines), class_="plain revisions") if lines else None


def _line(filters: Filters, old: Version, new: Version, kpi: Row) -> Html:
    _, given = filters.translate, new.given
    since = _("ตั้งแต่ {day}").format(day=format_date(given.from_date, filters.lang))
    if new.is_end:
        change = _("สิ้นสุดการถือ")
    elif old.is_end:
        change = _("เริ่มถือใหม่ เป้าหมาย {target} {unit}").format(target=trimmed(given.target, 4), unit=kpi["unit"])
    else:
        change = tell_change(
            filters, old.given.target, old.achievement_pct, given.target, new.achievement_pct, kpi["unit"]
        )
    papers = [
        given.reason,
        given.document_no and _("หนังสือ {number}").format(number=given.document_no),
        given.approved_by and _("อนุมัติโดย {who}").format(who=given.approved_by),
    ]
    why = " · ".join(each for each in papers if each)
    there = filters.href("history", id=new.batch_id)
    return join(el("b", f"{since}: {change}"), f" · {why}" if why else None, " · ", grids.link(_("การนำเข้า"), there))


def tell_change(
    filters: Filters, old: float, old_pct: float | None, new: float, new_pct: float | None, unit: str
) -> str:
    """ "เป้าเดิม 104 → เป้าใหม่ 74 ราย · ผลสัมฤทธิ์เทียบเป้าเดิม 67.3 % / เป้าใหม่ 94.6 %"."""
    _ = filters.translate
    words = _("เป้าเดิม {old} → เป้าใหม่ {new} {unit}").format(old=trimmed(old, 4), new=trimmed(new, 4), unit=unit)
    if old_pct is None or new_pct is None:
        return words
    pct = _("ผลสัมฤทธิ์เทียบเป้าเดิม {old} % / เป้าใหม่ {new} %").format(old=fixed(old_pct, 1), new=fixed(new_pct, 1))
    return f"{words} · {pct}"
