"""Target versions as an office sets them: what stands and why, a revision, and the end of a KPI for its owner.

Nothing is overwritten. A revision is a row of the table ``targets`` from a day on, checked and saved as one of a file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

import pandas as pd

from kpi_metrics import scorecard
from kpi_metrics.access import Scope
from kpi_metrics.ingest.columns import LEVEL_NAMES, PLAN_NAMES
from kpi_metrics.model import NO_LEVELS, Checked, Direction, Finding, Levels, Place, Plan, Target, Text
from kpi_metrics.store import Store
from kpi_metrics.thai.calendar import FiscalMonth, format_date
from kpi_metrics.thai.numbers import round_half_up
from kpi_metrics.typed import Typed, examine

SCREEN = "หน้าจอปรับเป้าหมาย"  # what the history calls the file

Part = Literal["weight", "prescribed", "plan", "levels"]
PARTS: tuple[Part, ...] = ("weight", "prescribed", "plan", "levels")
OF_KPI = 0  # the version number that stands for the KPI's own plan or levels


@dataclass(frozen=True, slots=True)
class Papers:
    """Why a target is set so, who approved it, and by which document. Empty: not said."""

    reason: str = ""
    approved_by: str = ""
    document_no: str = ""

    @property
    def cells(self) -> dict[str, str | None]:
        """As cells of a row of ``targets``."""
        return {name: getattr(self, name).strip() or None for name in ("reason", "approved_by", "document_no")}


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an owner's target. Days are inclusive; ``last_day`` None: to the end of the year.

    ``given`` is the row as it was set, ``inherited`` the parts it leaves blank with the number of the version they come
    from (``OF_KPI``: the KPI itself); a part in neither is set nowhere. ``weight``, ``plan`` and ``levels`` are those in force.
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
    """A revision as it was typed, texts as in the boxes. What is empty stays as it is; ``plan`` in cumulative percent."""

    from_date: date
    target: str
    papers: Papers = Papers()
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
    standing = scorecard.scorecard(store, scope, year=year, month=month, owner=owner, kpi=kpi, as_of=as_of)
    result = next((_known(row["result"]) for row in standing.to_dict("records")), None)
    made: list[Version] = []
    for place, row in enumerate(rows):
        following = rows[place + 1]["from_date"].date() - timedelta(days=1) if place + 1 < len(rows) else None
        given = target_of(row)
        parts, inherited = _fill(given, made, of_kpi)
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
    revision leaves empty is then taken from that one.
    """
    stand = versions(store, scope, kpi=kpi, owner=owner, year=year)
    replaces = next((version for version in stand if version.given.from_date == revision.from_date), None)
    cells = cells_of(replaces.given) if replaces else {}
    cells |= key_cells(year, kpi, owner, revision.from_date) | {"target": revision.target.strip() or None}
    cells |= {name: text for name, text in revision.papers.cells.items() if text}
    cells |= {"weight": revision.weight.strip() or cells.get("weight")}
    cells |= _typed_series(PLAN_NAMES, revision.plan) | _typed_series(LEVEL_NAMES, revision.levels)
    typed = examine(store, SCREEN, "targets", [cells])
    later = tuple(version for version in stand if version.given.from_date > revision.from_date)
    return Draft(
        refuse(typed, _missing(revision.from_date, revision.papers, year, is_first=not stand)), replaces, later
    )


def end(store: Store, scope: Scope, *, kpi: str, owner: str, year: int, from_date: date, papers: Papers) -> Draft:
    """Check the end of a KPI for its owner: target 0 and weight 0 from a day, with the reason. Nothing is deleted."""
    stand = versions(store, scope, kpi=kpi, owner=owner, year=year)
    typed = examine(store, SCREEN, "targets", [ending(year, kpi, owner, from_date, papers)])
    return Draft(
        refuse(typed, _missing(from_date, papers, year, is_first=False)),
        next((version for version in stand if version.given.from_date == from_date), None),
        tuple(version for version in stand if version.given.from_date > from_date),
    )


def ending(year: int, kpi: str, owner: str, from_date: date, papers: Papers) -> dict[str, str | None]:
    """The row of ``targets`` that ends a KPI for its owner from a day."""
    return key_cells(year, kpi, owner, from_date) | {"target": "0", "weight": "0"} | papers.cells


def spread(months: Collection[int]) -> tuple[float, ...]:
    """A plan that is done in these fiscal months in equal parts: 12 cumulative percents, the last 100.

    None of them is past its share before its month: hundredths, what is left over in the last.
    """
    if not months:
        return ()
    return tuple(
        float(round_half_up(100 * sum(each <= month for each in months) / len(months), 2)) for month in range(1, 13)
    )


def day_of(month: FiscalMonth, dates: Collection[date]) -> date:
    """The day from which something holds at the end of a month: its first, or that of a version begun within it."""
    return max([month.first_day, *(day for day in dates if month.first_day <= day <= month.last_day)])


def achievement_pct(result: float | None, target: float, direction: Direction) -> float | None:
    """Achievement against a year's target (section 4): unrounded percent, None without a result."""
    if result is None:
        return None
    if target == 0:
        return 100.0 if (result >= 0 if direction == "up" else result <= 0) else 0.0
    return 100 * result / target if direction == "up" else max(0.0, 100 * (2 - result / target))


def key_cells(year: int, kpi: str, owner: str, from_date: date) -> dict[str, str | None]:
    """The cells that make a row of ``targets`` itself."""
    return {"fiscal_year": str(year), "kpi_id": kpi, "owner_id": owner, "from_date": from_date.isoformat()}


def cells_of(target: Target) -> dict[str, str | None]:
    """The cells of a version as it was set, for a row that takes its place and changes only some."""
    prescribed = None if target.prescribed is None else "yes" if target.prescribed else "no"
    plan = (
        [f"{share:.17g}" for share in target.plan] if target.plan else [None] * 12
    )  # fractions: read back as they are
    levels = [None if level is None else f"{level:.15g}" for level in target.levels]
    return {
        **key_cells(target.fiscal_year, target.kpi_id, target.owner_id, target.from_date),
        "target": f"{target.target:.15g}",
        "weight": None if target.weight is None else f"{target.weight:.15g}",
        "prescribed": prescribed,
        **dict(zip(PLAN_NAMES, plan, strict=True)),
        **dict(zip(LEVEL_NAMES, levels, strict=True)),
        **{name: getattr(target, name) for name in ("approved_by", "document_no", "reason")},
    }


def target_of(row: Mapping[Any, Any]) -> Target:
    """The record of a row of ``scorecard.targets``."""
    plan = tuple(float(row[name]) for name in PLAN_NAMES)
    one, two, three, four, five = (_known(row[name]) for name in LEVEL_NAMES)
    return Target(
        int(row["fiscal_year"]),
        row["kpi_id"],
        row["owner_id"],
        row["from_date"].date(),
        float(row["target"]),
        _known(row["weight"]),
        None if pd.isna(row["prescribed"]) else bool(row["prescribed"]),
        None if _known(row[PLAN_NAMES[-1]]) is None else plan,
        (one, two, three, four, five),
        *(_known(row[name]) for name in ("approved_by", "document_no", "reason")),
    )


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
    values = tuple(_known(of_kpi[name]) for name in names)
    return values if part == "levels" or None not in values else None


def _is_blank(value: Any) -> bool:
    return value is None or value == NO_LEVELS


def _typed_series(names: Sequence[str], texts: Sequence[str]) -> dict[str, str | None]:
    """Boxes of a series as cells; all empty: the series stays as it is."""
    if not any(text.strip() for text in texts):
        return {}
    return {name: text.strip() or None for name, text in zip(names, texts, strict=True)}


def _known(value: Any) -> Any:
    return None if pd.isna(value) else value
