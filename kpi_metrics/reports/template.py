"""Entry workbooks: what an office and those below it have to report, as a workbook that comes back without a question."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from kpi_metrics import scorecard
from kpi_metrics.access import Scope
from kpi_metrics.entering import WORDS
from kpi_metrics.ingest.known import Known
from kpi_metrics.model import Entry, Refused
from kpi_metrics.reports.template_sheets import Blank, Line, write_month, write_year
from kpi_metrics.store import Store
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.thai.numbers import format_screen

_YEAR = range(1, 13)
_Figures = tuple[float | None, float | None]  # target, plan to date


def template(store: Store, scope: Scope, *, owner: str, year: int, month: int | None = None) -> bytes:
    """The bytes of the workbook in which ``owner`` and those below it fill in their results of a month, or of a year.

    A row per KPI that is due (see ``scorecard.coverage``), grouped by owner, with what was reported already; only the
    cells to fill in are unlocked, and none of a month that is closed for the row's owner. Of a year (``month`` None) the
    months stand beside each other, but for KPIs of a numerator and a denominator, which have a row per month on a second
    sheet. Sent back as it is, it says nothing new; filled in, it is read without a question.

    Raises Refused when the owner is not known (or not to be seen) and when nothing is due.
    """
    months = _YEAR if month is None else (month,)
    below = {each: _owners_below(store, scope, owner, FiscalMonth(year, each)) for each in months}
    if not any(below.values()):
        raise Refused(f"ไม่มีหน่วยงานหรือบุคคลรหัส {owner}", f"There is no owner {owner}.")
    blanks = list(_blanks(store, scope, year, below))
    asked = FiscalMonth(year, month) if month else None
    if not blanks:
        when = (asked.label(), asked.label("en")) if asked else (f"ปีงบประมาณ {year}", f"the fiscal year {year}")
        raise Refused(f"{owner} ไม่มีตัวชี้วัดที่ต้องรายงานใน {when[0]}", f"{owner} has no KPI to report on in {when[1]}.")
    name = _last_name(owner, below)
    if asked:
        return write_month(blanks, asked, name, store.now())
    return write_year(blanks, year, name, store.now())


def top_owner(store: Store, scope: Scope, *, year: int) -> str:
    """The office that all others are below of. Raises Refused when there is no office at the year's end."""
    owners = scorecard.owners(store, scope, year=year, month=12)
    tops = owners[owners["parent_id"].isna()]["owner_id"].tolist()
    if not tops:
        raise Refused(f"ไม่มีหน่วยงานในปีงบประมาณ {year}", f"There is no office in the fiscal year {year}.")
    return str(tops[0])


def _owners_below(store: Store, scope: Scope, owner: str, month: FiscalMonth) -> dict[str, str]:
    """The owner and all below it that month, by id, with their names: each office, its people, then its offices."""
    frame = scorecard.owners(store, scope, year=month.fiscal_year, month=month.month)
    names = dict(zip(frame["owner_id"], frame["owner_name"], strict=True))
    children: dict[str, list[str]] = {}
    people_first = frame.sort_values("owner_kind", key=lambda kinds: kinds != "person", kind="stable")
    for child, parent in zip(people_first["owner_id"], people_first["parent_id"], strict=True):
        children.setdefault(parent, []).append(child)

    def walk(at: str) -> Iterator[str]:
        yield at
        for child in children.get(at, ()):
            yield from walk(child)

    return {each: names[each] for each in walk(owner)} if owner in names else {}


def _last_name(owner: str, below: Mapping[int, Mapping[str, str]]) -> str:
    return next(below[month][owner] for month in sorted(below, reverse=True) if owner in below[month])


def _blanks(store: Store, scope: Scope, year: int, below: Mapping[int, Mapping[str, str]]) -> Iterator[Blank]:
    """Every month of every KPI that is due or was reported, by owner and KPI. (Reported alone makes nothing due.)"""
    known = store.known()
    dues = _dues(scorecard.coverage(store, scope, year=year, month=max(below)), below)
    figures = _figures(scorecard.scorecard(store, scope, year=year, month=max(below) if len(below) == 1 else None))
    ranks = {
        owner: rank for rank, owner in enumerate(dict.fromkeys(each for names in below.values() for each in names))
    }
    for owner, kpi_id in sorted(dues, key=lambda pair: ranks[pair[0]]):  # stable: KPIs stay in their order
        kpi = known.kpis[year, kpi_id]
        entries = {each: _entry(known, year, each, kpi_id, owner) for each in _YEAR}
        is_by_parts = kpi.needs_parts or any(each and each.numerator is not None for each in entries.values())
        target, _ = figures.get((max(below), owner, kpi_id), (None, None))
        line = Line(owner, _last_name(owner, below), kpi, is_by_parts, target)
        for month, names in below.items():
            is_due = month in dues[owner, kpi_id]
            if is_due or (owner in names and entries[month]):
                told = entries[month]
                # A bare value beside parts would be refused, so it gives way to them; it can still be read.
                is_bare = told is not None and is_by_parts and told.numerator is None
                yield Blank(
                    line,
                    FiscalMonth(year, month),
                    (year, month, owner) not in known.closed,
                    None if is_bare else told or known.notes.get((year, month, kpi_id, owner)),
                    figures.get((month, owner, kpi_id), (None, None))[1],
                    _tell_all(told) if told and is_bare else _told_before(entries, FiscalMonth(year, month)),
                )


def _dues(coverage: pd.DataFrame, below: Mapping[int, Mapping[str, str]]) -> dict[tuple[str, str], set[int]]:
    """(owner, KPI) → the months asked for in which it is due, in KPI order."""
    dues: dict[tuple[str, str], set[int]] = {}
    rows = coverage.sort_values("kpi_no", kind="stable")
    for month, owner, kpi_id in zip(rows["month"], rows["owner_id"], rows["kpi_id"], strict=True):
        if owner in below.get(month, ()):
            dues.setdefault((owner, kpi_id), set()).add(month)
    return dues


def _figures(rows: pd.DataFrame) -> dict[tuple[int, str, str], _Figures]:
    """(month, owner, KPI) → target and plan to date."""
    figures = rows[["target", "plan"]].astype(object).where(rows[["target", "plan"]].notna(), None)
    keys = zip(rows["month"], rows["owner_id"], rows["kpi_id"], strict=True)
    return dict(zip(keys, zip(figures["target"], figures["plan"], strict=True), strict=True))


def _entry(known: Known, year: int, month: int, kpi_id: str, owner: str) -> Entry | None:
    entry = known.entries.get((year, month, kpi_id, owner))
    return None if entry is None or entry.is_withdrawn else entry


def _told_before(entries: Mapping[int, Entry | None], month: FiscalMonth) -> str:
    """What was last reported for an earlier month of the year: ``12 (เม.ย. 2569)``, ``2/3 (เม.ย. 2569)``."""
    before: Collection[int] = [each for each in range(1, month.month) if entries[each]]
    last = entries[max(before)] if before else None
    return _tell(last) if last else ""


def _tell_all(entry: Entry) -> str:
    """With the words reported beside it, which a correction must say again: ``45 (ม.ค. 2570) · ฝนทิ้งช่วง``."""
    words = (getattr(entry, name) for name in WORDS)
    return " · ".join((_tell(entry), *filter(None, words)))


def _tell(entry: Entry) -> str:
    parts = (entry.value,) if entry.numerator is None else (entry.numerator, entry.denominator)
    said = "/".join(format_screen(part, 4).rstrip("0").rstrip(".") for part in parts)
    return f"{said} ({FiscalMonth(entry.fiscal_year, entry.month).label()})"
