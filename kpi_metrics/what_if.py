"""What if: the figures as they would be with other results or targets. Nothing is saved, and nobody else sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any, Literal

import pandas as pd
from duckdb import DuckDBPyConnection

from kpi_metrics import scorecard
from kpi_metrics.access import Scope
from kpi_metrics.ingest.known import Known
from kpi_metrics.model import Entry, Kpi, Located, Place, Record, Refused, Target
from kpi_metrics.store import Store
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.thai.numbers import parse_amount, parse_percent

STEPS = 5  # of a milestone
ROUND_1_ENDS = 6  # the months after it are counted on their own in round 2

Box = Literal["result", "target"]
Amounts = tuple[float, ...]  # (value,) or (numerator, denominator)


@dataclass(frozen=True, slots=True)
class Supposed:
    """What a KPI of an owner is supposed to be; None: as it is.

    ``result`` through the month, in the KPI's unit (of a percent by parts the percent, over the denominator there is);
    ``target`` of the year.
    """

    owner_id: str
    kpi_id: str
    result: float | None = None
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Rows as ``scorecard.scorecard``, ``summary`` and ``running_appraisal`` give them, of one month."""

    scorecard: pd.DataFrame
    summary: pd.DataFrame
    appraisal: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of everybody supposed of, all above them, and the heads of those offices: as they are and would be."""

    before: Figures
    after: Figures


def read_figure(text: str, *, of: Box, measure: str, unit: str) -> float:
    """A result or target as a person types it.

    Raises Refused for what is not certainly one number, for a percent that may be a fraction (0.83), for steps outside
    0 to 5, and for a negative target, count or percent.
    """
    try:
        if measure != "percent":
            return _possible(parse_amount(text, unit).number, of, measure)
        percent = parse_percent(text)
    except Unreadable as why:
        raise Refused(
            f"“{text}” {why.wrong.th} {why.expected.th}", f"“{text}”: {why.wrong.en}. {why.expected.en}"
        ) from None
    if percent.was_fraction:
        raise Refused(
            f"“{text}” อาจหมายถึงร้อยละ {percent.value:g} หรือ {100 * percent.value:g} เขียนเช่น 83 หรือ 0.83%",
            f"“{text}” may mean {percent.value:g} % or {100 * percent.value:g} %. Write 83 or 0.83%.",
        )
    return _possible(percent.value, of, measure)


def suppose(store: Store, scope: Scope, supposed: Sequence[Supposed], *, year: int, month: int) -> Outcome:
    """What would become of the figures at the end of a month.

    A supposed result is made an own entry of that month; where the result comes from below it takes its place. Of a
    count of which nothing was reported, months 1 to 6 are supposed to have brought what the plan gives them.
    Raises Refused for a KPI that the owner does not hold, steps outside 0 to 5, a negative target, a figure that is
    none, and a percent by parts that has no denominator yet.
    """
    at, known = FiscalMonth(year, month), store.known()
    held = {each.owner_id: _standing(store, scope, year, each.owner_id) for each in supposed}
    records = [record for each in supposed for record in _records(known, held[each.owner_id], each, at)]
    located = [Located("", record, Place("")) for record in records]
    with store.trying(located, year=year) as (cursor, _news):
        _touch(cursor, at, list(held))
        return Outcome(_figures(cursor, scope, at, is_after=False), _figures(cursor, scope, at, is_after=True))


Row = Mapping[str, Any]
Standing = Mapping[tuple[int, str], Row]  # fiscal month and KPI -> the owner's row of the scorecard


def _standing(store: Store, scope: Scope, year: int, owner_id: str) -> Standing:
    frame = scorecard.scorecard(store, scope, year=year, owner=owner_id)
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return {(row["month"], row["kpi_id"]): {str(name): value for name, value in row.items()} for row in rows}


def _records(known: Known, held: Standing, supposed: Supposed, at: FiscalMonth) -> Iterator[Record]:
    """What would have to be in the ledger."""
    row = held.get((at.month, supposed.kpi_id))
    kpi = known.kpis.get((at.fiscal_year, supposed.kpi_id))
    version = _in_force(known, supposed, at)
    if row is None or kpi is None or (version and version.is_end):
        raise Refused(
            f"{supposed.owner_id} ไม่ได้ถือตัวชี้วัด {supposed.kpi_id} ใน {at.label()} จึงลองคิดไม่ได้",
            f"{supposed.owner_id} does not hold KPI {supposed.kpi_id} in {at.label('en')}; there is nothing to suppose.",
        )
    if supposed.target is not None:
        _possible(supposed.target, "target", kpi.measure)
        yield _target(supposed, version, at)
    if supposed.result is not None:
        _possible(supposed.result, "result", kpi.measure)
        yield from _entries(known, held, supposed, kpi, at)


def _possible(figure: float, of: Box, measure: str) -> float:
    """The figure, refused if no ledger would take it."""
    if not isfinite(figure):
        raise Refused("ไม่ใช่ตัวเลข", "This is not a number.")
    if of == "result" and measure == "milestone" and not 0 <= figure <= STEPS:
        raise Refused(f"ขั้นตอนมีได้ 0 ถึง {STEPS} ไม่ใช่ {figure:g}", f"Steps go from 0 to {STEPS}, not {figure:g}.")
    if of == "result" and measure in ("count", "percent") and figure < 0:
        raise Refused(f"ผลติดลบไม่ได้ ({figure:g})", f"A result cannot be negative ({figure:g}).")
    if of == "target" and figure < 0:
        raise Refused(f"เป้าหมายติดลบไม่ได้ ({figure:g})", f"A target cannot be negative ({figure:g}).")
    return figure


def _in_force(known: Known, supposed: Supposed, at: FiscalMonth) -> Target | None:
    held = (at.fiscal_year, supposed.kpi_id, supposed.owner_id)
    versions = [target for key, target in known.targets.items() if key[:3] == held and key[3] <= at.last_day]
    return max(versions, key=lambda version: version.from_date, default=None)


def _target(supposed: Supposed, version: Target | None, at: FiscalMonth) -> Target:
    assert supposed.target is not None
    if version is None:  # what stands is made of the children's
        return Target(at.fiscal_year, supposed.kpi_id, supposed.owner_id, at.last_day, supposed.target)
    changed = replace(version, target=supposed.target)
    return replace(changed, weight=None) if changed.is_end else changed  # a target of zero, not the end of it


def _entries(known: Known, held: Standing, supposed: Supposed, kpi: Kpi, at: FiscalMonth) -> Iterator[Entry]:
    """The own entries that make the result through the month the supposed one."""
    assert supposed.result is not None
    row = held[at.month, kpi.kpi_id]
    is_by_parts = kpi.needs_parts or row["denominator"] is not None
    wanted: Amounts = (supposed.result,)
    if is_by_parts:
        if not row["denominator"]:
            raise Refused(
                f"{kpi.kpi_id}: ยังไม่มีตัวหารใน {at.label()} จึงลองร้อยละไม่ได้",
                f"{kpi.kpi_id}: there is no denominator yet in {at.label('en')}, so a percent cannot be supposed.",
            )
        wanted = (supposed.result * row["denominator"] / 100, row["denominator"])
    if kpi.entry == "snapshot":
        yield _entry(supposed, at, at.month, wanted)
        return
    before = _reported(known, supposed, at) if row["source"] == "own" else {}
    halfway = held.get((ROUND_1_ENDS, kpi.kpi_id))
    if row["source"] == "children" and at.month > ROUND_1_ENDS and halfway:
        names = ("numerator", "denominator") if is_by_parts else ("result",)
        if halfway[names[0]] is not None:
            before = {ROUND_1_ENDS: tuple(halfway[name] for name in names)}
            yield _entry(supposed, at, ROUND_1_ENDS, before[ROUND_1_ENDS])
    rest = tuple(
        whole - sum(amounts[n] for month, amounts in before.items() if month != at.month)
        for n, whole in enumerate(wanted)
    )
    first_round = _of_first_round(held, kpi, at) if row["result"] is None else 0
    if first_round:
        half = round(wanted[0] * first_round, 10)
        yield _entry(supposed, at, ROUND_1_ENDS, (half,))
        rest = (wanted[0] - half,)
    yield _entry(supposed, at, at.month, rest)


def _of_first_round(held: Standing, kpi: Kpi, at: FiscalMonth) -> float:
    """The part of a count that the plan gives to months 1..6: where nobody reported anything, no month is better known."""
    then, now = held.get((ROUND_1_ENDS, kpi.kpi_id)), held[at.month, kpi.kpi_id]
    if kpi.measure != "count" or at.month <= ROUND_1_ENDS or not then or not then["plan"] or not now["plan"]:
        return 0
    planned_then, planned_now = then["plan"] / then["target"], now["plan"] / now["target"]
    return float(min(1, planned_then / planned_now))


def _reported(known: Known, supposed: Supposed, at: FiscalMonth) -> dict[int, Amounts]:
    """Fiscal month through ``at`` -> what the owner itself reported."""
    found = {
        m: known.entries.get((at.fiscal_year, m, supposed.kpi_id, supposed.owner_id)) for m in range(1, at.month + 1)
    }
    told: dict[int, Amounts] = {}
    for month, entry in found.items():
        if entry and entry.value is not None:
            told[month] = (entry.value,)
        elif entry and entry.numerator is not None and entry.denominator is not None:
            told[month] = (entry.numerator, entry.denominator)
    return told


def _entry(supposed: Supposed, at: FiscalMonth, month: int, amounts: Amounts) -> Entry:
    entry = Entry(at.fiscal_year, month, supposed.kpi_id, supposed.owner_id)
    if len(amounts) == 1:
        return replace(entry, value=amounts[0])
    return replace(entry, numerator=amounts[0], denominator=amounts[1])


def _touch(cursor: DuckDBPyConnection, at: FiscalMonth, owners: Sequence[str]) -> None:
    """Make ``touched``: the owners supposed of and all above them."""
    cursor.execute(
        """
        create temp table touched as
        with recursive chain as (
            select owner_id, parent_id
            from mart.place
            where fiscal_year = $year and month = $month and owner_id in (select unnest($owners))
            union
            select place.owner_id, place.parent_id
            from chain inner join mart.place as place on chain.parent_id = place.owner_id
            where place.fiscal_year = $year and place.month = $month
        )
        select owner_id from chain
        """,
        {"year": at.fiscal_year, "month": at.month, "owners": list(owners)},
    )


def _figures(cursor: DuckDBPyConnection, scope: Scope, at: FiscalMonth, *, is_after: bool) -> Figures:
    def read(query: str) -> pd.DataFrame:
        wanted = {"year": at.fiscal_year, "month": at.month, "is_after": is_after}
        return scope.filter(cursor.execute(query, wanted).df().drop(columns="is_after"))

    return Figures(read(_SCORECARD), read(_SUMMARY), read(_APPRAISAL))


_SCORECARD = """
from (select false as is_after, * from mart.scorecard union all select true as is_after, * from temp.scorecard)
where is_after = $is_after and fiscal_year = $year and month = $month and owner_id in (from touched)
order by sort_order nulls last, owner_id, kpi_no
"""
_SUMMARY = """
from (select false as is_after, * from mart.summary union all select true as is_after, * from temp.summary)
where is_after = $is_after and fiscal_year = $year and month = $month and owner_id in (from touched)
order by sort_order nulls last, owner_id
"""
_APPRAISAL = """
from (
    select false as is_after, * from mart.running_appraisal
    union all
    select true as is_after, * from temp.running_appraisal
)
where is_after = $is_after and fiscal_year = $year and month = $month and (
    owner_id in (from touched)
    or owner_id in (
        select owner_id from mart.place
        where fiscal_year = $year and month = $month and leads in (from touched)
    )
)
order by owner_id
"""
