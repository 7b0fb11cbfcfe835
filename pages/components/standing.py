"""Pictures of many KPIs at once, made from scorecard rows: how works and offices stand, and progress through the year.

Only for drawing: the scores themselves and all totals come from the metrics.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kpi_metrics.model import Status, View
from kpi_metrics.thai.numbers import round_half_up
from pages.components import names
from pages.components.figures import fixed, percent, planned, signed
from pages.components.filters import Filters
from pages.components.text import Thresholds

Row = Mapping[str, Any]


def score_of(row: Row, view: View) -> float | None:
    """Return the score of a scorecard or summary row in a view."""
    return row[f"score_{view}"]


def plan_of(row: Row, view: View) -> float | None:
    """Return the score that a result exactly on plan would have; None where the metrics do not tell."""
    return row.get(f"plan_score_{view}")


def kpi_href(row: Row, filters: Filters) -> str:
    """Return where a scorecard row is explained: the KPI of that owner, with its entries."""
    return filters.href("kpi", id=row["kpi_id"], owner=row["owner_id"])


def against_plan(score: float | None, plan: float | None, thresholds: Thresholds) -> Status | None:
    """Status of a total: its score in percent of the plan's score, by the thresholds of a KPI's progress."""
    if score is None or not plan:
        return None
    share = round_half_up(100 * score / plan, 2)
    return "on_plan" if share >= thresholds.on_plan else "watch" if share >= thresholds.watch else "behind"


def weighted_mean(rows: Sequence[Row], values: Sequence[float | None]) -> float | None:
    """Mean of the values there are by the rows' weights; None if nothing has both."""
    pairs = [(r["weight"], v) for r, v in zip(rows, values, strict=True) if v is not None and r["weight"]]
    total = sum(weight for weight, _ in pairs)
    return sum(weight * value for weight, value in pairs) / total if total else None


def by_work(rows: Sequence[Row], kpis: Sequence[Row], filters: Filters) -> list[dict[str, Any]]:
    """Rows for bullets.score_bullets: one a work, in the order of its KPIs."""
    works = {kpi["kpi_id"]: kpi for kpi in kpis}
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["work_id"], []).append(row)
    drawn = []
    for work_id, members in groups.items():
        score = weighted_mean(members, [score_of(row, filters.view) for row in members])
        plan = weighted_mean(members, [plan_of(row, filters.view) for row in members])
        name = names.work(works[members[0]["kpi_id"]], filters.lang)
        status = against_plan(score, plan, filters.thresholds) or (
            "on_plan" if score is not None else members[0]["status"]
        )
        drawn.append({"label": f"{work_id} {name}", "score": score, "plan_score": plan, "status": status})
    return drawn


def tiles(totals: Sequence[Row], offices: Mapping[str, Row], filters: Filters) -> list[dict[str, Any]]:
    """Tiles for grids.tile_map from summary rows; offices without a place on the map are left out."""
    return [
        {
            "label": names.office(office, filters.lang),
            "text": fixed(score_of(total, filters.view), 2),
            "status": against_plan(score_of(total, filters.view), plan_of(total, filters.view), filters.thresholds),
            "row": office["grid_row"],
            "col": office["grid_col"],
            "href": filters.href("owner", id=total["owner_id"]),
        }
        for total in totals
        if (office := offices.get(total["owner_id"])) and office["grid_row"] and office["grid_col"]
    ]


def gaps(totals: Sequence[Row], offices: Mapping[str, Row], filters: Filters) -> list[dict[str, Any]]:
    """Rows for charts.gap_bars from summary rows, the largest shortfall first: the score less the plan's, as shown."""
    drawn = []
    for total in totals:
        score, plan = score_of(total, filters.view), plan_of(total, filters.view)
        if score is None or plan is None:
            continue
        gap = float(round_half_up(score, 2) - round_half_up(plan, 2))
        drawn.append(
            {
                "label": names.office(offices[total["owner_id"]], filters.lang),
                "gap": gap,
                "text": signed(gap, 2),
                "alert": against_plan(score, plan, filters.thresholds) == "behind",
                "href": filters.href("owner", id=total["owner_id"]),
            }
        )
    return sorted(drawn, key=lambda row: row["gap"])


def losing(rows: Sequence[Row], kpi_names: Mapping[str, str], filters: Filters, limit: int = 8) -> list[dict[str, Any]]:
    """Rows for charts.gap_bars: the KPIs of an owner that cost it most of its total."""
    worst = sorted((row for row in rows if row["lost_points"]), key=lambda row: -row["lost_points"])[:limit]
    return [
        {
            "label": kpi_names[row["kpi_id"]],
            "gap": -row["lost_points"],
            "text": signed(-row["lost_points"], 3),
            "alert": row["status"] == "behind",
            "href": filters.href("kpi", id=row["kpi_id"]),
        }
        for row in worst
    ]


def progress_bars(rows: Sequence[Row], offices: Mapping[str, Row], filters: Filters) -> list[dict[str, Any]]:
    """Rows for charts.gap_bars with a line at 100: one KPI's progress by office, the furthest behind first."""
    known = [row for row in rows if row["progress_pct"] is not None]
    return [
        {
            "label": names.office(offices[row["owner_id"]], filters.lang),
            "gap": row["progress_pct"],
            "text": percent(row["progress_pct"], filters.thresholds),
            "alert": row["status"] == "behind",
            "href": kpi_href(row, filters),
        }
        for row in sorted(known, key=lambda row: row["progress_pct"])
    ]


def progress_tiles(rows: Sequence[Row], offices: Mapping[str, Row], filters: Filters) -> list[dict[str, Any]]:
    """Tiles for grids.tile_map: one KPI's progress by office, with its status."""
    return [
        {
            "label": names.office(office, filters.lang),
            "text": percent(row["progress_pct"], filters.thresholds),
            "status": row["status"],
            "row": office["grid_row"],
            "col": office["grid_col"],
            "href": kpi_href(row, filters),
        }
        for row in rows
        if (office := offices[row["owner_id"]])["grid_row"] and office["grid_col"]
    ]


def holders(rows: Sequence[Row], owners: Sequence[Row], filters: Filters) -> list[dict[str, Any]]:
    """Rows for grids.holders: everybody who holds one KPI, each office followed by its people."""
    by_id = {owner["owner_id"]: owner for owner in owners}
    first = {row["owner_id"]: position for position, row in enumerate(rows) if row["owner_kind"] != "person"}
    after = len(first)

    def place(row: Row) -> tuple[int, bool]:
        is_person = row["owner_kind"] == "person"
        return first.get(row["parent_id"] if is_person else row["owner_id"], after), is_person

    return [
        dict(row)
        | {
            "name": names.office(by_id[row["owner_id"]], filters.lang),
            "office": names.office(by_id[row["parent_id"]], filters.lang) if row["parent_id"] in by_id else "",
            "href": kpi_href(row, filters),
            "planned": planned(row),
            "progress": percent(row["progress_pct"], filters.thresholds),
            "score": score_of(row, filters.view),
        }
        for row in sorted(rows, key=place)
    ]


def cumulative_progress(
    rows: Sequence[Row], kpis: Sequence[Row], through: int
) -> tuple[list[float | None], list[float | None], int]:
    """Plan and actual of the 12 months in percent of the year's targets, weighted, and of how many KPIs.

    Of KPIs that add up month by month, where more is better; capped at 100; months after ``through`` have no actual.
    """
    adding = {
        kpi["kpi_id"]
        for kpi in kpis
        if kpi["entry"] == "increment" and kpi["direction"] == "up" and kpi["frequency"] == "monthly"
    }
    plan: list[float | None] = []
    actual: list[float | None] = []
    for month in range(1, 13):
        drawn = [r for r in rows if r["month"] == month and r["kpi_id"] in adding and r["target"] and r["weight"]]
        plan.append(weighted_mean(drawn, [None if r["plan"] is None else 100 * r["plan"] / r["target"] for r in drawn]))
        reached = [None if r["achievement_pct"] is None else min(100.0, r["achievement_pct"]) for r in drawn]
        actual.append(weighted_mean(drawn, reached) if month <= through else None)
    held = {row["kpi_id"] for row in rows if row["kpi_id"] in adding and row["weight"]}
    return plan, actual, len(held)


def projected(row: Row, months: Mapping[int, Row]) -> tuple[float, float, float] | None:
    """Projection for the year's end with its band: the lowest and highest pace of the last 3 reported months.

    The pace of a month is the result to date over the plan's share; the projection is the pace of today. A month
    counts as reported when the owner's figure or the number of its entries changed. None: nothing is projected.
    """
    if row["projection"] is None or row["result"] is None:
        return None
    paces: list[float] = []
    before: Row = {"result": 0.0, "reported_entries": 0}
    for month in range(1, row["month"] + 1):
        now = months.get(month)
        if now is None or now["result"] is None:
            continue
        is_reported = now["result"] != before["result"] or now["reported_entries"] != before["reported_entries"]
        if is_reported and now["phasing"] > 0:
            paces.append(now["result"] / now["phasing"])
        before = now
    ends = [row["projection"], *paces[-3:]]
    return row["projection"], min(ends), max(ends)


def bullet_rows(
    rows: Sequence[Row], year_rows: Sequence[Row], kpis: Sequence[Row], filters: Filters
) -> list[dict[str, Any]]:
    """Rows for bullets.kpi_bullets from an owner's scorecard of the month and of the whole year."""
    kpi_names = {kpi["kpi_id"]: names.kpi(kpi, filters.lang) for kpi in kpis}
    through: dict[str, dict[int, Row]] = {}
    for row in year_rows:
        through.setdefault(row["kpi_id"], {})[row["month"]] = row
    drawn = []
    for row in rows:
        months = through.get(row["kpi_id"], {})
        known = [months.get(month) for month in range(1, 13)]
        drawn.append(
            dict(row)
            | {
                "name": kpi_names.get(row["kpi_id"], row["kpi_name"]),
                "href": kpi_href(row, filters),
                "score": score_of(row, filters.view),
                "plan_score": plan_of(row, filters.view),
                "weighted": row[f"weighted_{filters.view}"],
                "next_level": None if row["next_level"] is None else int(row["next_level"]),
                "results": [m["result"] if m and m["month"] <= filters.month else None for m in known],
                "plans": [m["plan"] if m else None for m in known],
            }
        )
    return drawn
