"""What several pages show alike: an owner's headline, its KPI bullets, progress through the year, and who is below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kpi_metrics import scorecard
from kpi_metrics.i18n import Language
from kpi_metrics.thai.calendar import FiscalMonth
from pages.components import bullets, charts, decided, grids, headlines, names, revisions, standing, store
from pages.components.figures import fixed, trimmed
from pages.components.filters import Filters
from pages.components.grids import Column
from pages.components.markup import Html, join

Row = Mapping[str, Any]


def headline(
    total: Row,
    filters: Filters,
    label: str,
    *,
    of: str,
    counts: Mapping[str, int] | None = None,
    note: str | None = None,
) -> Html:
    """A summary row's score against plan, its counts (or ``counts``, ``of`` what) and how much has been evaluated."""
    score, plan = standing.score_of(total, filters.view), standing.plan_of(total, filters.view)
    counts = counts or {s: total[f"count_{s}"] for s in ("behind", "watch", "on_plan", "not_reported")}
    lang = filters.lang
    return headlines.headline(
        label,
        score,
        lang,
        headlines.score_against_plan(score, plan, lang),
        headlines.status_counts(counts, lang, of),
        headlines.evaluated(total, lang),
        note=note,
    )


def kpi_bullets(filters: Filters, owner_id: str, kpis: Sequence[Row]) -> list[dict[str, Any]]:
    """Draw the KPIs of an owner on the five levels, and what people decided about them; returns the rows shown."""
    rows = store.rows(scorecard.scorecard, filters, owner=owner_id)
    year_rows = store.rows(scorecard.scorecard, filters, owner=owner_id, month=None)
    months = months_of(filters)
    drawn = standing.bullet_rows(rows, year_rows, kpis, filters)
    grids.draw(
        bullets.kpi_bullets(drawn, filters.lang, months=f"{months[0]} – {months[-1]}"),
        bullets.legend(filters.lang),
        *(decided.override(row, filters, named=True) for row in rows),
        *decided.exclusions(filters, owner_id, kpis),
    )
    return rows


def progress(filters: Filters, owner_id: str, kpis: Sequence[Row]) -> None:
    """Draw the S-curve of an owner, where it has KPIs that add up month by month."""
    _ = filters.translate
    year_rows = store.rows(scorecard.scorecard, filters, owner=owner_id, month=None)
    plan, actual, count = standing.cumulative_progress(year_rows, kpis, filters.month)
    if not any(value is not None for value in actual):
        return
    now, then = actual[filters.month - 1], plan[filters.month - 1]
    label = _("{actual} % แผน {plan}").format(actual=fixed(now, 0), plan=fixed(then, 0)) if now is not None else ""
    how = _("ร้อยละของเป้าทั้งปี ถ่วงน้ำหนัก {count} ตัวชี้วัดที่นับสะสมรายเดือน").format(count=count)
    grids.draw(grids.section(_("ทันแผนหรือไม่"), how))
    spec = charts.s_curve(months_of(filters), plan, actual, plan_label=_("แผน 100 %"), actual_label=label)
    charts.draw(spec, key="progress", alt=_("ความก้าวหน้าสะสม {label}").format(label=label))


def trend(filters: Filters, owner_id: str, kpi: Row) -> None:
    """Draw one KPI of one owner through the year, against its plan."""
    _ = filters.translate
    months: dict[int, Row] = {
        row["month"]: row
        for row in store.rows(scorecard.scorecard, filters, owner=owner_id, kpi=kpi["kpi_id"], month=None)
    }
    plan = [months[month]["plan"] if month in months else None for month in range(1, 13)]
    results = [months[m]["result"] if m in months and m <= filters.month else None for m in range(1, 13)]
    known = [value for value in results if value is not None]
    if not known:
        return
    former = revisions.former_plan(filters, owner_id, kpi)
    how = _("{unit} · เส้นเทา = แผนสะสม · จุด = แผนเดิมก่อนปรับ") if former else _("{unit} · เส้นเทา = แผนสะสม")
    grids.draw(grids.section(_("แนวโน้ม"), how.format(unit=kpi["unit"])))
    spec = charts.trend(
        months_of(filters),
        results,
        value_label=trimmed(known[-1]),
        reference=plan,
        reference_label=_("แผน {plan}").format(plan=trimmed(next((p for p in reversed(plan) if p is not None), None))),
        former=former,
        former_label=_("แผนเดิม {plan}").format(plan=trimmed(former[-1])) if former else "",
    )
    charts.draw(spec, key="trend", alt=_("แนวโน้ม {result} {unit}").format(result=trimmed(known[-1]), unit=kpi["unit"]))
    grids.draw(revisions.told(filters, owner_id, kpi))


def members(filters: Filters, totals: Sequence[Row], owners: Sequence[Row]) -> Html:
    """The offices and people directly below an owner, with their scores. ``totals``: their summary rows."""
    _ = filters.translate
    rows = {owner["owner_id"]: owner for owner in owners}
    drawn = [
        {
            "name": names.office(rows[total["owner_id"]], filters.lang),
            "href": filters.href("person" if total["owner_kind"] == "person" else "owner", id=total["owner_id"]),
            "score": standing.score_of(total, filters.view),
            "evaluated": 100 * total["weight_evaluated"] / total["weight_total"] if total["weight_total"] else None,
            "behind": total["count_behind"],
            "not_reported": total["count_not_reported"],
        }
        for total in totals
    ]
    columns = (
        Column("name", _("ผู้รับผิดชอบ"), is_link=True),
        Column("score", _("คะแนน"), "fixed", 2),
        Column("evaluated", _("ประเมินแล้ว %"), "trimmed", 1),
        Column("behind", _("ต่ำกว่าแผน"), "trimmed"),
        Column("not_reported", _("ยังไม่รายงาน"), "trimmed"),
    )
    return grids.table(drawn, columns, filters.lang, empty=_("ไม่มีผู้ถือตัวชี้วัดในสังกัด"))


def trail(owners: Sequence[Row], owner_id: str, href: Callable[[Row], str], lang: Language) -> Html:
    """The owner after those above it, the top first, as links."""
    links = [grids.link(names.office(owner, lang), href(owner)) for owner in names.path(owners, owner_id)]
    return join(*[part for link in links for part in (" › ", link)][1:])


def months_of(filters: Filters) -> list[str]:
    """The names of the 12 fiscal months of the year shown, short as an axis needs them: "ต.ค. 68"."""
    labels = [FiscalMonth(filters.year, month).label(filters.lang) for month in range(1, 13)]
    return [label[:-4] + label[-2:] for label in labels]
