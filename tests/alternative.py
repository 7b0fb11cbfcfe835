"""The second version of every figure: naive, slow and by the definition, so that the first can be checked against it.

Nothing here is shared with what it checks but the records. The letters are the definition's own: ``y`` fiscal
year (พ.ศ.), ``m`` the month asked for, ``j`` a month up to it, ``k`` a KPI's id, ``o`` an owner's id, ``r`` result,
``t`` target, ``p`` the share of the target planned so far. Figures are never rounded; missing is None.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import wraps
from math import ceil, copysign, floor, fsum
from typing import Any

from kpi_metrics.model import (
    NO_LEVELS,
    Band,
    Behaviour,
    Direction,
    Entry,
    Exclusion,
    Kpi,
    Levels,
    Office,
    Override,
    Person,
    Plan,
    Record,
    Setting,
    Target,
    View,
    Work,
)

MONTHS = range(1, 13)
DUE_MONTHS = {"monthly": list(MONTHS), "quarterly": [3, 6, 9, 12], "half": [6, 12]}
SCORED = ("on_plan", "watch", "behind")
STATUSES = (*SCORED, "not_reported", "not_due", "no_target", "not_applicable")
SETTINGS = {
    "status_on_plan": 100,
    "status_watch": 80,
    "score_floor": 1,
    "rank_min_evaluated": 50,
    "due_day": 5,
    "person_kpi_min": 4,
    "person_kpi_max": 7,
    "person_prescribed_min": 4,
    "performance_weight_civil_servant": 70,
    "performance_weight_permanent_employee": 70,
    "performance_weight_government_employee": 80,
}
BAND_NAMES = ("ดีเด่น", "ดีมาก", "ดี", "พอใช้", "ต้องปรับปรุง")
MINIMA = {
    "civil_servant": (90, 80, 70, 60, 0),
    "permanent_employee": (90, 80, 70, 60, 0),
    "government_employee": (95, 85, 75, 65, 0),
}
KEYS: dict[type, tuple[str, ...]] = {
    Office: ("owner_id",),
    Person: ("owner_id", "from_date"),
    Work: ("fiscal_year", "work_id"),
    Kpi: ("fiscal_year", "kpi_id"),
    Target: ("fiscal_year", "kpi_id", "owner_id", "from_date"),
    Entry: ("fiscal_year", "month", "kpi_id", "owner_id"),
    Behaviour: ("fiscal_year", "round", "owner_id"),
    Band: ("fiscal_year", "personnel_type", "name_th"),
    Override: ("fiscal_year", "month", "kpi_id", "owner_id"),
    Exclusion: ("fiscal_year", "round", "kpi_id", "owner_id"),
    Setting: ("key",),
}


# The ledger


@dataclass(frozen=True)
class Batch:
    """What was imported at once. ``seq`` is the order of import."""

    seq: int
    recorded_at: datetime
    records: tuple[Record, ...]
    is_voided: bool = False


def key(record: Record) -> tuple[Any, ...]:
    """What a newer row must share with an older one to take its place."""
    return (type(record), *(getattr(record, field) for field in KEYS[type(record)]))


def has_value(entry: Entry) -> bool:
    return entry.value is not None or entry.denominator is not None


def standing(batches: Sequence[Batch]) -> list[Batch]:
    """The batches not voided, in the order of import."""
    return sorted((b for b in batches if not b.is_voided), key=lambda b: b.seq)


def ledger(batches: Sequence[Batch]) -> list[Record]:
    """The current row of every key. Notes are left out: they change no figure. A withdrawal is a row."""
    current = {}
    for batch in standing(batches):
        for record in batch.records:
            if not isinstance(record, Entry) or record.is_withdrawn or has_value(record):
                current[key(record)] = record
    return list(current.values())


def first_recorded(batches: Sequence[Batch]) -> dict[tuple[Any, ...], datetime]:
    """When a value was first recorded for each key of the entries."""
    first: dict[tuple[Any, ...], datetime] = {}
    for batch in standing(batches):
        for record in batch.records:
            if isinstance(record, Entry) and has_value(record):
                first.setdefault(key(record), batch.recorded_at)
    return first


def is_end(version: Target) -> bool:
    """Whether from this version on the KPI is held no more."""
    return version.target == 0 and version.weight == 0


def inherited(versions: Iterable[Target]) -> list[Target]:
    """The versions of one target by date, the blanks of each filled from the one before."""
    filled: list[Target] = []
    weight = None
    for version in sorted(versions, key=lambda v: v.from_date):
        if not is_end(version) and version.weight is not None:
            weight = version.weight
        version = replace(version, weight=0 if is_end(version) else weight)
        if filled:
            before = filled[-1]
            version = replace(
                version,
                prescribed=before.prescribed if version.prescribed is None else version.prescribed,
                plan=version.plan or before.plan,
                levels=before.levels if version.levels == NO_LEVELS else version.levels,
            )
        filled.append(version)
    return filled


# Calendar and arithmetic


def calendar(y: int, m: int) -> tuple[int, int]:
    """The ค.ศ. year and calendar month of a fiscal month; ``m`` 13 is the October after."""
    return (y - 544, m + 9) if m <= 3 else (y - 543, m - 3)


def day_of(y: int, m: int, day: int) -> date:
    """That day of a fiscal month, or its last where the month is shorter."""
    year, month = calendar(y, m)
    return date(year, month, min(day, monthrange(year, month)[1]))


def half_up(number: float, places: int) -> float:
    """Rounded half away from zero, after ten decimals so that binary noise never decides."""
    exact = Decimal(number).quantize(Decimal("1e-10"), ROUND_HALF_UP)
    return float(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def is_met(r: float, direction: Direction) -> bool:
    """Whether a target of 0 is met."""
    return round(r, 10) >= 0 if direction == "up" else round(r, 10) <= 0


def percent_of(r: float, aim: float, direction: Direction) -> float:
    """How much of an aim (the target, or the plan to date) a result reaches, in percent, uncapped."""
    if aim == 0:
        return 100.0 if is_met(r, direction) else 0.0
    return 100 * r / aim if direction == "up" else max(0.0, 100 * (2 - r / aim))


def mean(pairs: Iterable[tuple[float, float]]) -> float | None:
    """The mean of (figure, weight)."""
    pairs = list(pairs)
    weight = fsum(w for _, w in pairs)
    return fsum(figure * w for figure, w in pairs) / weight if weight else None


def are_fractions(weights: Iterable[float | None]) -> bool:
    return abs(round(fsum(w for w in weights if w is not None) - 1, 10)) <= 0.005


# Phasing


def phasing(kpi: Kpi, own: Plan | None) -> Plan:
    """The twelve cumulative shares of a target."""
    if own or kpi.plan:
        return own or kpi.plan
    if kpi.measure in ("percent", "value"):
        return (1.0,) * 12
    if kpi.frequency == "yearly":
        return (0.0,) * 11 + (1.0,)
    return tuple(m / 12 for m in MONTHS)


def planned(kpi: Kpi, plan: Plan, m: int) -> float:
    """p(m): quarterly and half-yearly plans stand still between their due months."""
    if kpi.frequency in ("quarterly", "half"):
        m = max((j for j in DUE_MONTHS[kpi.frequency] if j <= m), default=0)
    return plan[m - 1] if m else 0.0


def is_due(kpi: Kpi, plan: Plan, j: int) -> bool:
    """Whether an entry is asked for in month j."""
    if kpi.frequency == "event":
        return False
    if kpi.frequency == "yearly":
        return j == min(month for month in MONTHS if plan[month - 1] >= 1)
    return j in DUE_MONTHS[kpi.frequency] and plan[j - 1] > 0


# Score


def anchors(levels: Levels) -> dict[int, float]:
    return {level: anchor for level, anchor in enumerate(levels, 1) if anchor is not None}


def worst_score(kpi: Kpi, score_floor: float) -> float:
    return score_floor if kpi.scoring == "interpolate" and kpi.measure != "milestone" else 0.0


def score_on_scale(kpi: Kpi, levels: Levels, x: float, score_floor: float) -> float:
    sign = 1 if kpi.direction == "up" else -1
    given = [(level, sign * anchor) for level, anchor in anchors(levels).items()]
    x = sign * round(x, 10)
    reached = [level for level, anchor in given if x >= anchor]
    if not reached:
        return worst_score(kpi, score_floor)
    if kpi.scoring == "step" or len(reached) == len(given):
        return float(reached[-1])
    (low, below), (high, above) = given[len(reached) - 1 : len(reached) + 1]
    return low + (high - low) * (x - below) / (above - below)


def score_of(kpi: Kpi, levels: Levels, r: float, t: float, score_floor: float) -> float:
    """The score of a result; the period view hands in r / p."""
    if kpi.measure == "milestone":
        return min(5.0, r)
    if kpi.scale_basis == "absolute":
        return score_on_scale(kpi, levels, r, score_floor)
    if t == 0 and not is_met(r, kpi.direction):
        return worst_score(kpi, score_floor)
    return score_on_scale(kpi, levels, 100.0 if t == 0 else 100 * r / t, score_floor)


def anchor_of(levels: Levels, level: int) -> float:
    """The x that earns a whole level, between its given neighbours where it has no anchor of its own."""
    given = anchors(levels)
    low, high = max(n for n in given if n <= level), min(n for n in given if n >= level)
    if low == high:
        return given[low]
    return given[low] + (given[high] - given[low]) * (level - low) / (high - low)


def next_level_gap(kpi: Kpi, levels: Levels, r: float, t: float, year_score: float) -> float | None:
    """The signed change of the result that earns the next whole level of the year score."""
    given = dict.fromkeys(range(6), 0.0) if kpi.measure == "milestone" else anchors(levels)
    level = max(floor(round(year_score, 10)) + 1, min(given))
    if t == 0 or level > max(given):
        return None
    if kpi.measure == "milestone":
        return level - r
    if kpi.scoring == "step":
        level = min(n for n in given if n >= level)
    x = anchor_of(levels, level)
    change = (x * t / 100 if kpi.scale_basis == "percent_of_target" else x) - r
    return copysign(ceil(abs(round(change, 10))), change) if kpi.measure == "count" else change


# Results


@dataclass(frozen=True)
class Result:
    """A result through a month and what it was made from."""

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    source: str = "none"
    is_not_applicable: bool = False  # there are entries, and all their denominators are 0


def added(parts: Sequence[Entry | Result], source: str) -> Result:
    """The parts as one result: values added, or numerators over denominators."""
    if not parts:
        return Result()
    if all(part.denominator is None for part in parts):
        return Result(fsum(part.value for part in parts), source=source)
    numerator, denominator = fsum(part.numerator for part in parts), fsum(part.denominator for part in parts)
    value = 100 * numerator / denominator if denominator else None
    return Result(value, numerator, denominator, source, is_not_applicable=not denominator)


def remembered(method: Callable[..., Any]) -> Callable[..., Any]:
    """Keeps each answer: the recursion over the tree asks the same things many times."""

    @wraps(method)
    def ask(self: Alternative, *question: Any, **named: Any) -> Any:
        asked = (method.__name__, *question, *named.values())
        if asked not in self.answers:
            self.answers[asked] = method(self, *question, **named)
        return self.answers[asked]

    return ask


class Alternative:
    """All figures of what the batches hold."""

    def __init__(self, batches: Sequence[Batch]) -> None:
        self.answers: dict[tuple[Any, ...], Any] = {}
        self.first_recorded = first_recorded(batches)
        tables: dict[type, list[Any]] = defaultdict(list)
        for record in ledger(batches):
            tables[type(record)].append(record)
        self.offices = {office.owner_id: office for office in tables[Office]}
        self.people: dict[str, list[Person]] = defaultdict(list)
        for person in tables[Person]:
            self.people[person.owner_id].append(person)
        self.owners = [*self.offices, *self.people]
        self.works = {(work.fiscal_year, work.work_id): work for work in tables[Work]}
        self.kpis = {(kpi.fiscal_year, kpi.kpi_id): kpi for kpi in tables[Kpi]}
        self.years = sorted({y for y, _ in self.kpis})
        versions = defaultdict(list)
        for target in tables[Target]:
            versions[target.fiscal_year, target.kpi_id, target.owner_id].append(target)
        self.versions = {at: inherited(rows) for at, rows in versions.items()}
        self.entries: dict[tuple[int, str, str], dict[int, Entry]] = defaultdict(dict)
        for entry in tables[Entry]:
            if not entry.is_withdrawn:
                self.entries[entry.fiscal_year, entry.kpi_id, entry.owner_id][entry.month] = entry
        self.behaviour = {(row.fiscal_year, row.round, row.owner_id): row.score for row in tables[Behaviour]}
        self.bands = tables[Band]
        self.overrides = {(row.fiscal_year, row.month, row.kpi_id, row.owner_id): row for row in tables[Override]}
        self.exclusions = {(row.fiscal_year, row.round, row.kpi_id, row.owner_id) for row in tables[Exclusion]}
        self.settings = SETTINGS | {row.key: float(row.value) for row in tables[Setting] if row.key in SETTINGS}

    # Who stands where

    @remembered
    def place(self, y: int, m: int, o: str) -> Office | Person | None:
        """The owner's row in force on the last day of the month."""
        day = day_of(y, m, 31)
        rows = [self.offices[o]] if o in self.offices else self.people[o]
        return next((row for row in rows if (row.from_date or day) <= day <= (row.to_date or day)), None)

    def parent(self, y: int, m: int, o: str) -> str | None:
        place = self.place(y, m, o)
        return place.parent_id if place else None

    @remembered
    def children(self, y: int, m: int, o: str) -> list[str]:
        return [child for child in self.owners if self.parent(y, m, child) == o]

    @remembered
    def descendants(self, y: int, m: int, o: str) -> list[str]:
        children = self.children(y, m, o)
        return children + [d for child in children for d in self.descendants(y, m, child)]

    # Target, plan, weight

    @remembered
    def version(self, y: int, m: int, k: str, o: str) -> Target | None:
        """The owner's own target in force on the last day of the month."""
        begun = [v for v in self.versions.get((y, k, o), []) if v.from_date <= day_of(y, m, 31)]
        return begun[-1] if begun else None

    def holds(self, y: int, m: int, k: str, o: str) -> bool:
        """Whether the owner has a target of its own then that was not ended."""
        version = self.version(y, m, k, o)
        return version is not None and not is_end(version)

    @remembered
    def target(self, y: int, m: int, k: str, o: str) -> float | None:
        own = self.version(y, m, k, o)
        if own and not is_end(own):
            return own.target
        parts = [self.target(y, m, k, child) for child in self.children(y, m, o)]
        parts = [part for part in parts if part is not None]
        roll_up = self.kpis[y, k].roll_up
        if not parts or roll_up == "none":
            return None
        if roll_up == "sum":
            return fsum(parts)
        return parts[0] if len(set(parts)) == 1 else None

    def plan(self, y: int, m: int, k: str, o: str) -> Plan:
        version = self.version(y, m, k, o)
        return phasing(self.kpis[y, k], version and version.plan)

    def levels(self, y: int, m: int, k: str, o: str) -> Levels:
        version = self.version(y, m, k, o)
        return self.kpis[y, k].levels if version is None or version.levels == NO_LEVELS else version.levels

    def weight(self, y: int, m: int, k: str, o: str) -> float | None:
        """In percent, also where the year's weights were written as fractions."""
        version = self.version(y, m, k, o)
        if version and is_end(version):
            return None
        own = [v for (year, _, owner), versions in self.versions.items() if (year, owner) == (y, o) for v in versions]
        if all(is_end(v) or v.weight is None for v in own):
            written = self.kpis[y, k].weight
            are_parts_of_1 = are_fractions(kpi.weight for (year, _), kpi in self.kpis.items() if year == y)
        else:
            written = version.weight if version else None
            sums = {j: self.own_weight(y, j, o) for j in MONTHS}
            are_parts_of_1 = sums[m] <= 1.005 and any(abs(round(each - 1, 10)) <= 0.005 for each in sums.values())
        return written if written is None or not are_parts_of_1 else round(written * 100, 10)

    @remembered
    def own_weight(self, y: int, m: int, o: str) -> float:
        """The sum of the weights the owner gave itself that are in force then, as written."""
        held = [self.version(y, m, k, o) for (year, k) in self.kpis if year == y and self.holds(y, m, k, o)]
        return round(fsum(version.weight for version in held if version and version.weight is not None), 10)

    # Result

    def own_entries(self, y: int, m: int, k: str, o: str) -> list[Entry]:
        """The owner's own entries through the month, oldest first."""
        return [entry for j, entry in sorted(self.entries.get((y, k, o), {}).items()) if j <= m]

    def increments(self, y: int, m: int, j: int, k: str, o: str) -> list[Entry]:
        """The entries of month j that make up the owner's result through m, each by its parent in j."""
        own = self.own_entries(y, m, k, o)
        if own:
            return [entry for entry in own if entry.month == j]
        return [entry for child in self.children(y, j, o) for entry in self.increments(y, m, j, k, child)]

    @remembered
    def result(self, y: int, m: int, k: str, o: str) -> Result:
        kpi = self.kpis[y, k]
        own = self.own_entries(y, m, k, o)
        if own:
            return added(own if kpi.entry == "increment" else own[-1:], "own")
        return self.children_result(y, m, k, o)

    def children_result(self, y: int, m: int, k: str, o: str) -> Result:
        """What the children bring, whatever the owner itself reported."""
        kpi = self.kpis[y, k]
        if kpi.roll_up == "none":
            return Result()
        if kpi.entry == "increment" and kpi.roll_up in ("sum", "ratio"):
            of_months = ((j, child) for j in range(1, m + 1) for child in self.children(y, j, o))
            return added([e for j, child in of_months for e in self.increments(y, m, j, k, child)], "children")
        results = {child: self.result(y, m, k, child) for child in self.children(y, m, o)}
        if kpi.roll_up in ("sum", "ratio"):
            return added([result for result in results.values() if result.source != "none"], "children")
        values = {child: result.value for child, result in results.items() if result.value is not None}
        if values:
            return Result(self.middle(y, m, k, values), source="children")
        if any(result.is_not_applicable for result in results.values()):
            return Result(source="children", is_not_applicable=True)
        return Result()

    def middle(self, y: int, m: int, k: str, values: dict[str, float]) -> float:
        """The mean, least or greatest of the children's results."""
        roll_up = self.kpis[y, k].roll_up
        if roll_up != "mean":
            return min(values.values()) if roll_up == "min" else max(values.values())
        targets = {child: self.target(y, m, k, child) for child in values}
        is_weighted = all(t is not None and t > 0 for t in targets.values())
        return mean((value, targets[child] if is_weighted else 1.0) for child, value in values.items())

    # Coverage

    def is_reporter(self, y: int, j: int, k: str, o: str) -> bool:
        def holds(owner: str) -> bool:
            return self.place(y, j, owner) is not None and self.holds(y, j, k, owner)

        below = [] if self.kpis[y, k].roll_up == "none" else self.descendants(y, j, o)
        return holds(o) and not any(holds(owner) for owner in below)

    @remembered
    def owes(self, y: int, j: int, k: str, o: str) -> bool:
        """Whether this very owner has to report month j."""
        return self.is_reporter(y, j, k, o) and is_due(self.kpis[y, k], self.plan(y, j, k, o), j)

    @remembered
    def due_entries(self, y: int, m: int, k: str, o: str) -> list[tuple[str, int]]:
        """Who of the owner and those under it in month j had to report j, for each j through m."""
        return [
            (owner, j)
            for j in range(1, m + 1)
            for owner in (o, *self.descendants(y, j, o))
            if self.owes(y, j, k, owner)
        ]

    def coverage(self) -> dict[tuple[int, int, str, str], dict[str, Any]]:
        """By fiscal_year, month, reporter and KPI: due_date, days_late (None while missing), state."""
        rows = {}
        for (y, k), m, o in ((kpi, m, o) for kpi in self.kpis for m in MONTHS for o in self.owners):
            if self.owes(y, m, k, o):
                due_date = day_of(y, m + 1, int(self.settings["due_day"]))
                days_late, state = None, "missing"
                if m in self.entries.get((y, k, o), {}):
                    days_late = max(0, (self.first_recorded[Entry, y, m, k, o].date() - due_date).days)
                    state = "late" if days_late else "reported"
                rows[y, m, o, k] = {"due_date": due_date, "days_late": days_late, "state": state}
        return rows

    # The scorecard

    @remembered
    def has_row(self, y: int, m: int, k: str, o: str) -> bool:
        if self.place(y, m, o) is None:
            return False
        if (y, k, o) in self.versions or self.own_entries(y, m, k, o):
            return True
        months = range(1, m + 1) if self.kpis[y, k].roll_up != "none" else ()
        return any(self.has_row(y, j, k, child) for j in months for child in self.children(y, j, o))

    def status(self, y: int, m: int, k: str, o: str) -> str:
        kpi, result, t = self.kpis[y, k], self.result(y, m, k, o), self.target(y, m, k, o)
        p = planned(kpi, self.plan(y, m, k, o), m)
        if t is None:
            return "no_target"
        if p == 0:
            return "not_due"
        if result.is_not_applicable:
            return "not_applicable"
        if result.value is None:
            if kpi.frequency == "event":
                return "not_applicable"
            return "not_reported" if self.due_entries(y, m, k, o) else "not_due"
        return self.met(percent_of(result.value, t * p, kpi.direction))

    def met(self, progress: float) -> str:
        """The status of a progress in percent."""
        progress = half_up(progress, 2)
        if progress >= self.settings["status_on_plan"]:
            return "on_plan"
        return "watch" if progress >= self.settings["status_watch"] else "behind"

    def row(self, y: int, m: int, k: str, o: str, view: View) -> dict[str, Any]:
        """One row of the scorecard."""
        kpi, place, result = self.kpis[y, k], self.place(y, m, o), self.result(y, m, k, o)
        r, t, levels = result.value, self.target(y, m, k, o), self.levels(y, m, k, o)
        p = planned(kpi, self.plan(y, m, k, o), m)
        due, status, w = self.due_entries(y, m, k, o), self.status(y, m, k, o), self.weight(y, m, k, o)
        is_up, is_known, is_scored = kpi.direction == "up", r is not None and t is not None, status in SCORED
        plan = None if t is None else t * p
        score_year = score_period = computed_period = gap_to_next = override = None
        if is_scored:
            override = self.overrides.get((y, m, k, o))
            score_year = score_of(kpi, levels, r, t, self.settings["score_floor"])
            score_period = computed_period = score_of(kpi, levels, r / p, t, self.settings["score_floor"])
            gap_to_next = next_level_gap(kpi, levels, r, t, score_year)
            if override:
                score_year = score_period = override.score
        score = score_period if view == "period" else score_year
        is_weighted = is_scored and w is not None
        is_needed = is_known and is_up and kpi.measure == "count" and round(t - r, 10) > 0 and m < 12
        is_projected = r is not None and is_up and kpi.entry == "increment" and m >= 3 and p >= 0.1
        return {
            "fiscal_year": y,
            "month": m,
            "owner_id": o,
            "owner_kind": place.kind if isinstance(place, Office) else "person",
            "parent_id": self.parent(y, m, o),
            "owner_name": place.name_th,
            "work_id": kpi.work_id,
            "category": self.works[y, kpi.work_id].category,
            "kpi_id": k,
            "kpi_name": kpi.name_th,
            "unit": kpi.unit,
            "measure": kpi.measure,
            "direction": kpi.direction,
            "weight": w,
            "target": t,
            "plan": plan,
            "result": r,
            "numerator": result.numerator,
            "denominator": result.denominator,
            "source": result.source,
            "due_entries": len(due),
            "reported_entries": sum(j in self.entries.get((y, k, owner), {}) for owner, j in due),
            "achievement_pct": percent_of(r, t, kpi.direction) if is_known else None,
            "progress_pct": percent_of(r, plan, kpi.direction) if is_known and p else None,
            "gap": (r - plan if is_up else plan - r) if is_known and p else None,
            "score_year": score_year,
            "score_period": score_period,
            "computed_period": computed_period,
            "weighted_year": score_year * w / 100 if is_weighted else None,
            "weighted_period": score_period * w / 100 if is_weighted else None,
            "lost_points": (5 - score) * w / 100 if is_weighted else None,
            "status": status,
            "needed_per_month": (t - r) / (12 - m) if is_needed else None,
            "next_level_gap": gap_to_next,
            "projection": r / p if is_projected else None,
            "override_reason": override.reason if override else None,
        }

    @remembered
    def scorecard(self, view: View = "period") -> dict[tuple[int, int, str, str], dict[str, Any]]:
        """The scorecard's columns by fiscal_year, month, owner_id and kpi_id, for all months of all years."""
        asked = ((y, m, k, o) for y, k in self.kpis for m in MONTHS for o in self.owners)
        return {(y, m, o, k): self.row(y, m, k, o, view) for y, m, k, o in asked if self.has_row(y, m, k, o)}

    # Totals

    def rows_by_owner(self, view: View) -> dict[tuple[int, int, str], list[dict[str, Any]]]:
        owners = defaultdict(list)
        for (y, m, o, _), row in self.scorecard(view).items():
            owners[y, m, o].append(row)
        return owners

    @remembered
    def summary(self, view: View = "period") -> dict[tuple[int, int, str], dict[str, Any]]:
        """The summary's columns by fiscal_year, month and owner_id."""
        summary = {at: self.totals(rows, view) for at, rows in self.rows_by_owner(view).items()}
        siblings = defaultdict(list)
        for row in summary.values():
            siblings[tuple(row[c] for c in ("fiscal_year", "month", "parent_id", "owner_kind"))].append(row)
        for rows in siblings.values():
            scores = [self.rank_score(row) for row in rows]
            for row, own in zip(rows, scores, strict=True):
                if own is not None:
                    row["rank"] = 1 + sum(score is not None and score > own for score in scores)
        return summary

    def rank_score(self, row: dict[str, Any]) -> float | None:
        """What an owner is ranked by, None where too little of its weight is evaluated."""
        least = self.settings["rank_min_evaluated"] * row["weight_total"]
        if row["score_low"] is None or round(100 * row["weight_evaluated"] - least, 10) < 0:
            return None
        return half_up(row["score_low"], 4)

    def totals(self, rows: list[dict[str, Any]], view: View) -> dict[str, Any]:
        """One row of the summary, its rank still open."""
        y, m, o = (rows[0][column] for column in ("fiscal_year", "month", "owner_id"))
        weighted = [row for row in rows if row["weight"] is not None]
        scored = [row for row in weighted if row["status"] in SCORED]
        silent = [row for row in weighted if row["status"] == "not_reported"]
        total, evaluated = fsum(row["weight"] for row in weighted), fsum(row["weight"] for row in scored)
        score_year = mean((row["score_year"], row["weight"]) for row in scored)
        score_period = mean((row["score_period"], row["weight"]) for row in scored)
        known = [(row[f"score_{view}"], row["weight"]) for row in scored]
        floor_score = self.settings["score_floor"]
        at_worst = [(worst_score(self.kpis[y, row["kpi_id"]], floor_score), row["weight"]) for row in silent]
        appraisal = self.appraisal().get((y, m // 6, o), {}) if m in (6, 12) else {}
        return {
            **{c: rows[0][c] for c in ("fiscal_year", "month", "owner_id", "owner_kind", "parent_id", "owner_name")},
            "kpi_count": len(rows),
            "weight_total": total,
            "weight_evaluated": evaluated,
            "score_year": score_year,
            "score_period": score_period,
            "percent_year": None if score_year is None else score_year * 20,
            "percent_period": None if score_period is None else score_period * 20,
            "score_low": mean(known + at_worst),
            "score_high": mean(known + [(5.0, row["weight"]) for row in silent]),
            **{f"count_{status}": sum(row["status"] == status for row in rows) for status in STATUSES},
            "rank": None,
            "band": appraisal.get("band"),
        }

    # Appraisal

    def holders(self, y: int, m: int, o: str) -> list[str]:
        """Whose KPIs a person answers for: the office it leads, and itself."""
        place = self.place(y, m, o)
        if place is None:
            return []
        return [place.leads, o] if place.leads and self.place(y, m, place.leads) else [o]

    @remembered
    def lines(self) -> dict[tuple[int, int, str, str, str], dict[str, Any]]:
        """The appraisal's lines by fiscal_year, month, person, holder and KPI."""
        card = self.scorecard("period")
        asked = (
            (y, m, o, holder)
            for y in self.years
            for m in MONTHS
            for o in self.people
            for holder in self.holders(y, m, o)
        )
        return {
            (y, m, o, holder, k): self.line(o, card[y, m, holder, k])
            for y, m, o, holder in asked
            for year, k in self.kpis
            if year == y and (y, m, holder, k) in card
        }

    def line(self, o: str, row: dict[str, Any]) -> dict[str, Any]:
        """One KPI of a person's round, from the holder's row of the scorecard."""
        y, m, k, w = (row[column] for column in ("fiscal_year", "month", "kpi_id", "weight"))
        n = 1 if m <= 6 else 2
        is_excluded = (y, n, k, o) in self.exclusions
        first_month, status, plan, result, computed = self.standing_in_round(row)
        override = None if computed is None else self.overrides.get((y, m, k, row["owner_id"]))
        score = None if is_excluded else override.score if override else computed
        return {
            "round": n,
            "weight": w,
            "target": row["target"],
            "first_month": first_month,
            "plan": plan,
            "result": result,
            "status": "excluded" if is_excluded else status,
            "computed": computed,
            "score": score,
            "weighted": None if score is None or w is None else score * w / 100,
            "override_score": override and override.score,
        }

    def standing_in_round(self, row: dict[str, Any]) -> tuple[int, str, float | None, float | None, float | None]:
        """First month that counts, status, plan, result and score. In round 2 a count of increments is its own months."""
        y, m, k, o = (row[column] for column in ("fiscal_year", "month", "kpi_id", "owner_id"))
        kpi = self.kpis[y, k]
        entries = self.entries_of_round_2(y, m, k, o)
        if m <= 6 or kpi.measure != "count" or kpi.entry != "increment" or entries is None:
            return 1, row["status"], row["plan"], row["result"], row["computed_period"]
        t, shares, floor_score = row["target"], self.plan(y, m, k, o), self.settings["score_floor"]
        span = planned(kpi, shares, m) - planned(kpi, shares, 6)
        plan, r = None if t is None else t * span, fsum(entry.value for entry in entries) if entries else None
        if t is None or span <= 0 or r is None:
            return 7, "no_target" if t is None else "not_due" if span <= 0 else "not_reported", plan, r, None
        score = score_of(kpi, self.levels(y, m, k, o), r / span, t, floor_score)
        return 7, self.met(percent_of(r, plan, kpi.direction)), plan, r, score

    def entries_of_round_2(self, y: int, m: int, k: str, o: str) -> list[Entry] | None:
        """The entries of months 7..m in the owner's result; None where it is a mean, least or greatest of the children's."""
        own, roll_up = self.own_entries(y, m, k, o), self.kpis[y, k].roll_up
        if own:
            return [entry for entry in own if entry.month >= 7]
        if roll_up == "sum":
            return [entry for j in range(7, m + 1) for entry in self.increments(y, m, j, k, o)]
        return None if self.result(y, m, k, o).source == "children" else []

    @remembered
    def running_appraisal(self) -> dict[tuple[int, int, str], dict[str, Any]]:
        """Each person's round as it stands, by fiscal_year, month and person."""
        people = defaultdict(list)
        for (y, m, o, _, k), line in self.lines().items():
            people[y, m, o].append((self.kpis[y, k], line))
        return {at: self.appraise(*at, lines) for at, lines in people.items()}

    def appraisal(self) -> dict[tuple[int, int, str], dict[str, Any]]:
        """How each round ended, by fiscal_year, round and person."""
        return {(y, m // 6, o): row for (y, m, o), row in self.running_appraisal().items() if m in (6, 12)}

    def appraise(self, y: int, m: int, o: str, lines: list[tuple[Kpi, dict[str, Any]]]) -> dict[str, Any]:
        """A person's round from its lines."""
        n, place, floor_score = 1 if m <= 6 else 2, self.place(y, m, o), self.settings["score_floor"]
        weighted = [(kpi, row) for kpi, row in lines if row["weight"] is not None and row["status"] != "excluded"]
        known = [(row["score"], row["weight"]) for _, row in weighted if row["score"] is not None]
        silent = [(kpi, row["weight"]) for kpi, row in weighted if row["status"] == "not_reported"]
        score = mean(known)
        performance = None if score is None else score * 20
        behaviour = self.behaviour.get((y, n, o))
        share = self.settings[f"performance_weight_{place.personnel_type}"]
        count_not_reported = sum(w > 0 for _, w in silent)
        final = None
        if m in (6, 12) and not count_not_reported and performance is not None and behaviour is not None:
            final = (performance * share + behaviour * (100 - share)) / 100
        return {
            "fiscal_year": y,
            "month": m,
            "round": n,
            "owner_id": o,
            "owner_name": place.name_th,
            "parent_id": place.parent_id,
            "personnel_type": place.personnel_type,
            "weight_total": fsum(row["weight"] for _, row in weighted),
            "weight_evaluated": fsum(w for _, w in known),
            "score": score,
            "score_low": mean(known + [(worst_score(kpi, floor_score), w) for kpi, w in silent]),
            "score_high": mean(known + [(5.0, w) for _, w in silent]),
            "performance": performance,
            "behaviour": behaviour,
            "performance_weight": share,
            "final": final,
            "band": None if final is None else self.band(y, place.personnel_type, final),
            "count_not_reported": count_not_reported,
        }

    def band(self, y: int, personnel_type: str, final: float) -> str | None:
        rows = [row for row in self.bands if row.personnel_type == personnel_type and row.fiscal_year <= y]
        newest = max((row.fiscal_year for row in rows), default=None)
        bands = [(row.minimum, row.name_th) for row in rows if row.fiscal_year == newest]
        bands = bands or list(zip(MINIMA[personnel_type], BAND_NAMES, strict=True))
        reached = [band for band in bands if band[0] <= half_up(final, 2)]
        return max(reached)[1] if reached else None
