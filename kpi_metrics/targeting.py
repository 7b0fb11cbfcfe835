"""Target versions as an office sets them: what stands and why, a revision, and the end of a KPI for its owner.

Nothing is overwritten. A revision is a row of the table ``targets`` from a day on, checked and saved as one of a file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

from kpi_metrics import scorecard
from kpi_metrics.access import Scope
from kpi_metrics.ingest.columns import LEVEL_NAMES, PLAN_NAMES
from kpi_metrics.ingest.weights import NEGLIGIBLE
from kpi_metrics.model import NO_LEVELS, Checked, Direction, Finding, Levels, Place, Plan, Target, Text
from kpi_metrics.store import Store
from kpi_metrics.target_rows import (
    FRACTION,
    PERCENT,
    WHOLE,
    Papers,
    beginning,
    ending,
    in_force,
    is_in_fractions,
    known,
    number_of,
    scaled,
    target_of,
)
from kpi_metrics.thai.calendar import FiscalMonth, format_date
from kpi_metrics.thai.numbers import format_plain, round_half_up
from kpi_metrics.typed import Typed, examine

SCREEN = "หน้าจอปรับเป้าหมาย"  # what the history calls the file

Part = Literal["weight", "prescribed", "plan", "levels"]
PARTS: tuple[Part, ...] = ("weight", "prescribed", "plan", "levels")
OF_KPI = 0  # the version number that stands for the KPI's own plan or levels


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an owner's target. Days are inclusive; ``last_day`` None: to the end of the year.

    ``given`` is the row as it was set, ``inherited`` the parts it leaves blank with the number of the version they come
    from (``OF_KPI``: the KPI itself); a part in neither is set nowhere. ``weight`` (percent,
    however it was written), ``plan`` and ``levels`` are those in force.
    ``achievement_pct``: the owner's result against this target, unrounded; None without a result.
    """

    number: int
    last_day: date | None
    given: Target
    weight: float | None
    prescribed: bool | None
    plan: Plan | None
    levels: Levels
    inherited: Mapping[Part, int]
    achievement_pct: float | None
    batch_id: str
    recorded_at: datetime

    @property
    def is_end(self) -> bool:
        """Whether from its day on the owner holds the KPI no more."""
        return self.given.is_end


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision as it was typed, texts as in the boxes. What is empty stays as it is; ``weight`` in percent,
    ``plan`` in cumulative percent."""

    from_date: date
    target: str
    papers: Papers = field(default_factory=Papers)
    weight: str = ""
    plan: Sequence[str] = ()
    levels: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A revision, checked. ``replaces``: the version of the same day, which it takes the place of; ``later``: those that
    begin after it and stay in force from their day on.
    """

    typed: Typed
    replaces: Version | None
    later: tuple[Version, ...] = ()
    findings: tuple[Finding, ...] = field(init=False)

    def __post_init__(self) -> None:
        checked = self.typed.checked
        told_better = ("target_changed",)  # ``replaces`` says it
        warnings = tuple(finding for finding in checked.warnings if finding.code not in told_better)
        object.__setattr__(self, "findings", checked.rejections + warnings)

    @property
    def is_refused(self) -> bool:
        """Whether it cannot be saved."""
        return bool(self.typed.checked.rejections)

    @property
    def target(self) -> Target | None:
        """The version as it would be saved; None when refused."""
        records = [located.record for located in self.typed.checked.records]
        return next((record for record in records if isinstance(record, Target)), None)


def versions(
    store: Store,
    scope: Scope,
    *,
    kpi: str,
    owner: str,
    year: int,
    month: int = 12,
    as_of: datetime | None = None,
) -> tuple[Version, ...]:
    """Every version of an owner's target in a year, the oldest first; achievement by the result through ``month``."""
    rows = scorecard.targets(store, scope, year=year, owner=owner, kpi=kpi, as_of=as_of).to_dict("records")
    if not rows:
        return ()
    kpis = scorecard.kpis(store, scope, year=year, as_of=as_of)
    of_kpi = kpis[kpis["kpi_id"] == kpi].to_dict("records")[0]
    standing = scorecard.scorecard(store, scope, year=year, owner=owner, kpi=kpi, as_of=as_of)
    result = next((known(row["result"]) for row in standing.to_dict("records") if row["month"] == month), None)
    counted = _counted(standing)
    made: list[Version] = []
    for place, row in enumerate(rows):
        following = rows[place + 1]["from_date"].date() - timedelta(days=1) if place + 1 < len(rows) else None
        given = target_of(row)
        parts, inherited = _fill(given, made, of_kpi)
        begun = FiscalMonth.of(given.from_date)
        if parts["weight"] and not (following and following < begun.last_day):  # in percent, however it was written
            parts["weight"] = counted.get((begun.month, kpi)) or parts["weight"]
        made.append(
            Version(
                int(row["version"]),
                following,
                given,
                **parts,
                inherited=inherited,
                achievement_pct=None if given.is_end else achievement_pct(result, given.target, of_kpi["direction"]),
                batch_id=row["batch_id"],
                recorded_at=row["recorded_at"].to_pydatetime(),
            )
        )
    return tuple(made)


def revise(store: Store, scope: Scope, *, kpi: str, owner: str, year: int, revision: Revision) -> Draft:
    """Check a new version; nothing is saved.

    Refused with a finding: no reason for what is not the first version, a day outside the year, and all that an import refuses (a plan that falls or does
    not end in 100, levels that do not rise, a target below 0, ...). A version of the same day is replaced: what the
    revision leaves empty is then taken from that one. The weight is written as the owner's others are: fractions stay
    fractions, and may not come to more than the whole.
    """
    stand = versions(store, scope, kpi=kpi, owner=owner, year=year)
    replaces = next((version for version in stand if version.given.from_date == revision.from_date), None)
    cells = beginning(year, kpi, owner, revision.from_date, replaces.given if replaces else None)
    cells |= {"target": revision.target.strip() or None}
    cells |= {name: text for name, text in revision.papers.cells.items() if text}
    lacking = _missing(revision.from_date, revision.papers, year, is_first=not stand)
    if weight := revision.weight.strip():
        scale, others = _scale(store, scope, kpi=kpi, owner=owner, year=year, day=revision.from_date)
        cells |= {"weight": scaled(weight, scale)}
        lacking += _over_whole(weight, others) if scale == FRACTION else []
    cells |= _typed_series(PLAN_NAMES, revision.plan) | _typed_series(LEVEL_NAMES, revision.levels)
    typed = examine(store, SCREEN, "targets", [cells])
    later = tuple(version for version in stand if version.given.from_date > revision.from_date)
    return Draft(refuse(typed, lacking), replaces, later)


def end(store: Store, scope: Scope, *, kpi: str, owner: str, year: int, from_date: date, papers: Papers) -> Draft:
    """Check the end of a KPI for its owner: target 0 and weight 0 from a day, with the reason. Nothing is deleted.

    Refused for who does not hold the KPI that day by a target of its own, and without a reason.
    """
    stand = versions(store, scope, kpi=kpi, owner=owner, year=year)
    same = next((version for version in stand if version.given.from_date == from_date), None)
    row = ending(year, kpi, owner, from_date, papers, same.given if same else None)
    typed = examine(store, SCREEN, "targets", [row])
    held = in_force([version.given for version in stand], from_date)
    lacking = _missing(from_date, papers, year, is_first=False) if held else [_not_held(from_date)]
    return Draft(
        refuse(typed, lacking), same, tuple(version for version in stand if version.given.from_date > from_date)
    )


def spread(months: Collection[int]) -> tuple[float, ...]:
    """A plan that is done in these fiscal months in equal parts: 12 cumulative percents, the last 100.

    None of them is past its share before its month: hundredths, what is left over in the last.
    """
    if not months:
        return ()
    return tuple(
        float(round_half_up(100 * sum(each <= month for each in months) / len(months), 2)) for month in range(1, 13)
    )


def achievement_pct(result: float | None, target: float, direction: Direction) -> float | None:
    """Achievement against a year's target (section 4): unrounded percent, None without a result."""
    if result is None:
        return None
    if target == 0:
        result = round(result, 10)  # a sum that is 0 but for binary noise
        return 100.0 if (result >= 0 if direction == "up" else result <= 0) else 0.0
    return 100 * result / target if direction == "up" else max(0.0, 100 * (2 - result / target))


def refuse(typed: Typed, findings: Sequence[Finding]) -> Typed:
    """What was typed with more findings that refuse it; none of its rows can then be saved."""
    if not findings:
        return typed
    checked = typed.checked
    return replace(typed, checked=Checked((), (*findings, *checked.rejections), checked.warnings))


def no_reason(row: int = 1) -> Finding:
    """The finding that a target which stands is changed and nobody says why."""
    return Finding(
        "no_reason",
        Place(SCREEN, None, row, "reason"),
        "",
        Text("ยังไม่ได้บอกเหตุผลที่ปรับเป้าหมาย", "the reason for the revision is not given"),
        Text("เหตุผล เช่น มติที่ประชุมหรือหนังสือสั่งการ", "a reason, such as a resolution or an order"),
    )


def _missing(from_date: date, papers: Papers, year: int, *, is_first: bool) -> list[Finding]:
    """What an import lets pass and a revision does not: no reason, a day before the year."""
    found = [] if is_first or papers.reason.strip() else [no_reason()]
    first, last = FiscalMonth(year, 1).first_day, FiscalMonth(year, 12).last_day
    if from_date < first:
        found.append(
            Finding(
                "outside_year",
                Place(SCREEN, None, 1, "from_date"),
                from_date.isoformat(),
                Text(f"วันที่อยู่ก่อนปีงบประมาณ {year}", f"before fiscal year {year}"),
                Text(
                    f"วันที่ระหว่าง {format_date(first)} ถึง {format_date(last)}",
                    f"a day from {format_date(first, 'en')} to {format_date(last, 'en')}",
                ),
            )
        )
    return found


def _not_held(day: date) -> Finding:
    return Finding(
        "not_held",
        Place(SCREEN, None, 1, "from_date"),
        day.isoformat(),
        Text(
            "วันนั้นไม่ได้ถือตัวชี้วัดนี้ด้วยเป้าหมายของตนเอง (ไม่เคยถือ สิ้นสุดแล้ว หรือเป้าหมายมาจากข้างล่าง)",
            "the KPI is not held by a target of its own that day (never held, ended, or its target comes from below)",
        ),
        Text("วันที่ยังถืออยู่ หรือสิ้นสุดที่ผู้ถือข้างล่าง", "a day on which it is held, or the end for those below who hold it"),
    )


def _over_whole(weight: str, others: float) -> list[Finding]:
    """Fractions that sum to more than 1 could no more be told from percents."""
    typed = number_of(weight)
    total = None if typed is None else round(typed + others, 10)
    if total is None or total <= WHOLE + NEGLIGIBLE:
        return []
    sum_ = format_plain(total, 4, fixed=False)
    return [
        Finding(
            "weights_over_whole",
            Place(SCREEN, None, 1, "weight"),
            weight,
            Text(f"น้ำหนักทั้งชุดจะรวมได้ {sum_} เกิน 100", f"the weights of the set would sum to {sum_}, over 100"),
            Text("ลดน้ำหนักตัวชี้วัดอื่นก่อน", "lower the weight of another KPI first"),
        )
    ]


def _scale(store: Store, scope: Scope, *, kpi: str, owner: str, year: int, day: date) -> tuple[Fraction, float]:
    """What a weight in percent is multiplied by to be written as the owner's others of a day are, and their sum."""
    month = FiscalMonth.of(day)
    if month.fiscal_year != year:
        return PERCENT, 0.0
    stand: dict[str, list[Target]] = {}
    for row in scorecard.targets(store, scope, year=year, owner=owner).to_dict("records"):
        stand.setdefault(row["kpi_id"], []).append(target_of(row))
    counted = _counted(scorecard.scorecard(store, scope, year=year, month=month.month, owner=owner))
    weights = {held: counted.get((month.month, held)) for held in stand}
    is_fraction = is_in_fractions(((stand[held], weight) for held, weight in weights.items()), month.last_day)
    others = sum(weight for held, weight in weights.items() if held != kpi and weight is not None)
    return FRACTION if is_fraction else PERCENT, others


def _counted(standing: pd.DataFrame) -> dict[tuple[int, str], float | None]:
    """Fiscal month and KPI → the weight that counts, in percent."""
    return {(int(row["month"]), row["kpi_id"]): known(row["weight"]) for row in standing.to_dict("records")}


def _fill(
    given: Target, before: Sequence[Version], of_kpi: Mapping[Any, Any]
) -> tuple[dict[str, Any], dict[Part, int]]:
    """The parts of a version with what it leaves blank taken from those before it, and where each was taken from.

    What ends a KPI hands no weight on.
    """
    parts: dict[str, Any] = {}
    inherited: dict[Part, int] = {}
    for part in PARTS:
        own = getattr(given, part)
        if not _is_blank(own):
            parts[part] = own
            continue
        sources = [v for v in before if not _is_blank(getattr(v.given, part)) and not (part == "weight" and v.is_end)]
        if sources:
            parts[part], inherited[part] = getattr(sources[-1].given, part), sources[-1].number
            continue
        parts[part] = _of_kpi(part, of_kpi)
        if not _is_blank(parts[part]):
            inherited[part] = OF_KPI
    return parts, inherited


def _of_kpi(part: Part, of_kpi: Mapping[Any, Any]) -> Any:
    names = {"plan": PLAN_NAMES, "levels": LEVEL_NAMES}.get(part)
    if names is None:  # the KPI's weight is not a version's: it counts only while the owner has none at all
        return None
    values = tuple(known(of_kpi[name]) for name in names)
    return values if part == "levels" or None not in values else None


def _is_blank(value: Any) -> bool:
    return value is None or value == NO_LEVELS


def _typed_series(names: Sequence[str], texts: Sequence[str]) -> dict[str, str | None]:
    """Boxes of a series as cells; all empty: the series stays as it is."""
    if not any(text.strip() for text in texts):
        return {}
    return {name: text.strip() or None for name, text in zip(names, texts, strict=True)}
