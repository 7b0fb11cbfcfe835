"""Provinces nobody would think of: small, awkward and legal, as the batches of records that an office would import.

A province is laid out first (tree, works, KPIs, targets), all of it in the first batch; what is reported, corrected,
withdrawn and decided on comes in later batches, some of them voided. A voided batch never holds what others stand on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from kpi_metrics.model import (
    NO_LEVELS,
    Band,
    Behaviour,
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
    Work,
)
from tests.alternative import Batch, day_of, key

Draw = Any  # what @st.composite hands in
YEARS = (2569, 2570)
OFFICE_KINDS = ("country", "region", "province", "district", "group")
PERSONNEL_TYPES = ("civil_servant", "government_employee", "permanent_employee")
KPI_IDS = ("1.1", "1.2", "4.2", "4.10")
ROLL_UPS = {
    "count": ("sum", "sum", "mean", "min", "max", "none"),
    "value": ("mean", "sum", "min", "max", "none"),
    "percent": ("ratio", "ratio", "mean", "min", "max", "none"),
    "milestone": ("mean", "min", "max", "none"),
}
GIVEN_LEVELS = [tuple(range(5))] * 8 + [which for n in (2, 3, 4) for which in combinations(range(5), n)]
SETTINGS = {
    "status_on_plan": ("95", "99.99", "110"),
    "status_watch": ("60", "79.995", "90"),
    "score_floor": ("0", "0.5"),
    "rank_min_evaluated": ("0", "30", "75", "100"),
    "due_day": ("1", "15", "31"),
    "person_kpi_min": ("0", "1", "3"),
    "person_kpi_max": ("0", "1", "3"),
    "person_prescribed_min": ("0", "1", "2"),
    "performance_weight_civil_servant": ("60", "100"),
    "performance_weight_government_employee": ("50", "70"),
    "performance_weight_permanent_employee": ("80", "0"),
}


def in_twenty(chances: int) -> st.SearchStrategy[bool]:
    """True about so many times in twenty; shrinks to False."""
    return st.integers(0, 19).map(lambda n: n >= 20 - chances)


def hundredths(least: float, most: float) -> st.SearchStrategy[float]:
    """Numbers of two decimals, half of them whole."""
    whole = st.integers(int(least), int(most)).map(float)
    return whole | st.integers(int(least * 100), int(most * 100)).map(lambda n: n / 100)


def days(years: Sequence[int]) -> st.SearchStrategy[date]:
    """Days on which things change: the edges and the middles of the months."""
    return st.builds(day_of, st.sampled_from(years), st.integers(1, 12), st.sampled_from((1, 15, 31)))


# Who and where


@st.composite
def offices(draw: Draw, years: Sequence[int]) -> list[Office]:
    """A tree (now and then two) of one to six offices, a few of them begun or abolished on the way."""
    rows: list[Office] = []
    for n in range(draw(st.integers(1, 6))):
        above = [row for row in reversed(rows) if row.kind != "group"]
        parent = None if not above or draw(in_twenty(2)) else draw(st.sampled_from(above))
        kinds = OFFICE_KINDS[OFFICE_KINDS.index(parent.kind) + 1 :] if parent else OFFICE_KINDS[:4]
        begun = draw(days(years)) if draw(in_twenty(2)) else None
        ended = draw(days(years)) if draw(in_twenty(2)) else None
        if begun and ended and ended < begun:
            begun, ended = ended, begun
        rows.append(
            Office(
                owner_id=f"84{n:02}",
                parent_id=parent.owner_id if parent else None,
                kind=draw(st.sampled_from(kinds)),
                name_th=f"หน่วยงาน {n}",
                sort_order=float(draw(st.integers(0, 2))),
                from_date=begun,
                to_date=ended,
            )
        )
    return rows


@st.composite
def places(draw: Draw, owner_id: str, offices: Sequence[Office], years: Sequence[int]) -> list[Person]:
    """One position's places: it may move, be away and come back, or leave."""
    breaks = sorted(set(draw(st.lists(days(years), max_size=2)))) if draw(in_twenty(8)) else []
    edges = [None, *breaks, None]
    kept = [draw(in_twenty(16)) for _ in edges[1:]]
    if not any(kept):
        kept[0] = True
    return [
        Person(
            owner_id=owner_id,
            parent_id=draw(st.sampled_from(offices)).owner_id,
            name_th=f"บุคคล {owner_id}",
            position_th=None,
            personnel_type=draw(st.sampled_from(PERSONNEL_TYPES)),
            leads=draw(st.sampled_from(offices)).owner_id if draw(in_twenty(6)) else None,
            from_date=begun,
            to_date=ended - timedelta(days=1) if ended else None,
        )
        for begun, ended, is_kept in zip(edges, edges[1:], kept, strict=False)
        if is_kept
    ]


# KPIs and targets


@st.composite
def plans(draw: Draw) -> Plan:
    """Twelve cumulative shares that never fall, the last of them 1."""
    shares = sorted(draw(st.lists(st.sampled_from((0, 5, 8, 25, 33, 50, 67, 100)), min_size=11, max_size=11)))
    return (*(share / 100 for share in shares), 1.0)


@st.composite
def levels(draw: Draw, is_absolute: bool, is_falling: bool) -> Levels:
    """At least two anchors, strictly rising or falling."""
    which = draw(st.sampled_from(GIVEN_LEVELS))
    anchor = draw(st.integers(-5, 40) if is_absolute else st.integers(40, 95))
    anchors = [float(anchor)]
    for _ in which[1:]:
        anchors.append(anchors[-1] + draw(st.sampled_from((10.0, 5.0, 0.5, 2.35, 33.0))))
    given = dict(zip(which, reversed(anchors) if is_falling else anchors, strict=True))
    return tuple(given.get(n) for n in range(5))


@st.composite
def weights(draw: Draw, count: int) -> list[float | None]:
    """The weights of one year: of 100 or off it, in percent or as fractions, with or without holes, or none."""
    style = draw(st.sampled_from(("none", "percent", "fraction", "percent", "fraction")))
    if style == "none":
        return [None] * count
    parts = [float(draw(st.sampled_from((10, 12.5, 20, 30)))) for _ in range(count - 1)]
    parts.append(100 - sum(parts) + draw(st.sampled_from((0, 0, 0, 0.5, 0.6, -0.5, -7))))
    if draw(in_twenty(4)):
        parts[draw(st.integers(0, count - 1))] = draw(st.sampled_from((None, 0.0)))
    return [part / 100 if part is not None and style == "fraction" else part for part in parts]


@st.composite
def kpis(draw: Draw, y: int, kpi_id: str, weight: float | None, others: Sequence[str]) -> Kpi:
    """Any legal combination of what a KPI may be, now and then linked to one of the others."""
    measure = draw(st.sampled_from(("count", "count", "count", "percent", "value", "milestone")))
    direction = "up" if measure == "milestone" else draw(st.sampled_from(("up", "up", "down")))
    basis = draw(st.sampled_from(("percent_of_target", "percent_of_target", "absolute")))
    has_levels = measure != "milestone" or draw(in_twenty(5))
    return Kpi(
        fiscal_year=y,
        kpi_id=kpi_id,
        work_id=draw(st.sampled_from(("1", "2"))),
        name_th=f"ตัวชี้วัด {kpi_id}",
        short_name_th=None,
        name_en=None,
        unit="ราย",
        measure=measure,
        direction=direction,
        entry="snapshot" if measure == "milestone" else draw(st.sampled_from(("increment", "increment", "snapshot"))),
        roll_up=draw(st.sampled_from(ROLL_UPS[measure])),
        frequency=draw(st.sampled_from(("monthly", "monthly", "quarterly", "half", "yearly", "event"))),
        scale_basis=basis,
        scoring=draw(st.sampled_from(("interpolate", "interpolate", "step"))),
        levels=draw(levels(basis == "absolute", direction == "down")) if has_levels else NO_LEVELS,
        weight=weight,
        parent_kpi_id=draw(st.sampled_from(others)) if others and draw(in_twenty(6)) else None,
        plan=draw(plans()) if draw(in_twenty(5)) else None,
    )


def target_values(kpi: Kpi) -> st.SearchStrategy[float]:
    if kpi.measure == "milestone":
        return st.integers(0, 5).map(lambda n: float(5 - n))
    return st.sampled_from((100.0, 12.0, 50.0, 0.0)) | hundredths(0, 120)


@st.composite
def versions(draw: Draw, kpi: Kpi, owner_id: str, weight: float | None) -> list[Target]:
    """One owner's target, set once or changed on the way; later versions leave blanks."""
    start = day_of(kpi.fiscal_year, 1, 1)
    later = draw(st.lists(days((kpi.fiscal_year,)), max_size=2)) if draw(in_twenty(6)) else []
    if draw(in_twenty(2)):
        start = draw(st.sampled_from((start - timedelta(days=200), *later, start)))
    is_measured = kpi.measure != "milestone"
    falling, absolute = kpi.direction == "down", kpi.scale_basis == "absolute"
    made = [
        Target(
            fiscal_year=kpi.fiscal_year,
            kpi_id=kpi.kpi_id,
            owner_id=owner_id,
            from_date=from_date,
            target=draw(target_values(kpi)),
            weight=weight if n == 0 or draw(in_twenty(5)) else draw(st.sampled_from((None, None, weight, 15.0))),
            prescribed=draw(st.sampled_from((None, True, False))),
            plan=draw(plans()) if draw(in_twenty(3)) else None,
            levels=draw(levels(absolute, falling)) if is_measured and draw(in_twenty(3)) else NO_LEVELS,
        )
        for n, from_date in enumerate(sorted({start, *later}))
    ]
    if draw(in_twenty(3)):  # the KPI ends for the owner, and may begin again
        ended = draw(st.integers(0, len(made) - 1))
        made[ended] = replace(made[ended], target=0.0, weight=0.0)
    return made


# What is reported


@st.composite
def entries(draw: Draw, kpi: Kpi, owner_id: str, month: int) -> Entry:
    """One month's entry, in the form that the KPI takes."""
    at = (kpi.fiscal_year, month, kpi.kpi_id, owner_id)
    if kpi.measure == "milestone":
        return Entry(*at, value=float(draw(st.integers(0, 5))))
    is_bare = kpi.measure != "percent" or (kpi.entry == "snapshot" and kpi.roll_up != "ratio" and draw(st.booleans()))
    if is_bare:
        return Entry(*at, value=draw(hundredths(-2, 30) if kpi.entry == "increment" else hundredths(-5, 130)))
    denominator = draw(st.just(0.0) | hundredths(0, 20))
    return Entry(*at, numerator=draw(hundredths(0, 22)) if denominator else 0.0, denominator=denominator)


@dataclass
class Pile:
    """The batches being filled: at most one row of a key in each."""

    recorded_at: list[datetime]
    rows: list[dict[tuple[Any, ...], Record]] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = [{} for _ in self.recorded_at]

    def put(self, n: int, *records: Record) -> None:
        """Into batch ``n``, unless its key is there already or there is no such batch."""
        for record in records if n < len(self.rows) else ():
            self.rows[n].setdefault(key(record), record)

    def open_to(self, y: int, m: int) -> list[int]:
        """The batches after the first in which a month is no longer a future one, the earliest first."""
        begun = day_of(y, m, 1)
        return [n for n, at in enumerate(self.recorded_at) if n and at.date() >= begun]


@st.composite
def report(draw: Draw, pile: Pile, kpi: Kpi, owner_id: str) -> None:
    """Some months of one KPI by one owner; a few corrected, withdrawn, entered again or only noted."""
    is_reported = 4095 if draw(in_twenty(6)) else draw(st.integers(0, 4095))
    for month in (m for m in range(1, 13) if is_reported >> (m - 1) & 1):
        batches = pile.open_to(kpi.fiscal_year, month)
        n = draw(st.sampled_from((batches[0], *batches)))
        fate = draw(st.integers(0, 19))
        at = (kpi.fiscal_year, month, kpi.kpi_id, owner_id)
        pile.put(n, Entry(*at, note="รอเอกสาร") if fate == 16 else draw(entries(kpi, owner_id, month)))
        if fate == 17:
            pile.put(n + 1, Entry(*at, note="ตรวจแล้ว", problem="ฝนทิ้งช่วง"))
        if fate == 18:
            pile.put(n + 1, Entry(*at, is_withdrawn=True))
        if fate in (18, 19):
            pile.put(n + 1 + (fate == 18), draw(entries(kpi, owner_id, month)))


@st.composite
def decisions(draw: Draw, pile: Pile, kpis: Sequence[Kpi], owners: Sequence[str], people: Sequence[str]) -> None:
    """Overrides, exclusions, behaviour scores, bands and settings."""
    batch = st.integers(0, len(pile.rows) - 1)
    kpi, owner = st.sampled_from(kpis), st.sampled_from(owners)
    for _ in range(draw(st.integers(0, 3))):
        k, month, score = draw(kpi), draw(st.sampled_from((6, 12, 1, 5, 9))), draw(hundredths(0, 5))
        at = draw(st.sampled_from(pile.open_to(k.fiscal_year, month)))
        pile.put(at, Override(k.fiscal_year, month, k.kpi_id, draw(owner), score, "ภัยแล้ง", "หัวหน้า"))
    for o in people:
        if draw(in_twenty(4)):
            k, half = draw(kpi), draw(st.sampled_from((1, 2)))
            pile.put(draw(batch), Exclusion(k.fiscal_year, half, k.kpi_id, o, "โอนงาน", "หัวหน้า"))
        for y in {k.fiscal_year for k in kpis}:
            for half in (1, 2):
                if draw(in_twenty(14)):
                    pile.put(draw(batch), Behaviour(y, half, o, draw(hundredths(40, 100))))
    for _ in range(draw(st.integers(0, 2))):
        y, personnel_type = draw(st.sampled_from((2568, *YEARS))), draw(st.sampled_from(PERSONNEL_TYPES))
        minima = sorted(set(draw(st.lists(st.integers(0, 99), min_size=1, max_size=4))))
        bands = (Band(y, personnel_type, f"ระดับ {m}", f"Band {m}", float(m)) for m in minima)
        pile.put(draw(batch), *bands)
    for name in draw(st.lists(st.sampled_from(sorted(SETTINGS)), unique=True, max_size=3)):
        pile.put(draw(batch), Setting(name, draw(st.sampled_from(SETTINGS[name]))))


@st.composite
def corrections(draw: Draw, pile: Pile, records: Sequence[Record], years: Sequence[int]) -> None:
    """Rows of the first batch said anew, differently, in a later one."""
    for _ in range(draw(st.integers(0, 3))):
        row = draw(st.sampled_from(records))
        if isinstance(row, Office):
            row = replace(row, to_date=None if row.to_date else draw(days(years)))
            row = replace(row, from_date=None) if row.to_date else row
        elif isinstance(row, Person):
            offices = [r.owner_id for r in records if isinstance(r, Office)]
            row = replace(row, parent_id=draw(st.sampled_from(offices)), personnel_type="government_employee")
        elif isinstance(row, Kpi):
            row = replace(row, weight=draw(st.sampled_from((40.0, None))), plan=draw(st.none() | plans()))
        elif isinstance(row, Target):
            row = replace(row, target=5.0, weight=draw(st.sampled_from((row.weight, None))), plan=None)
        pile.put(draw(st.integers(1, len(pile.rows) - 1)), row)


@st.composite
def recorded_times(draw: Draw, years: Sequence[int]) -> list[datetime]:
    """When the batches were imported: before the first year, some on the way, the last when all is over."""
    on_the_way = draw(st.lists(days(years), min_size=1, max_size=5))
    dates = [day_of(years[0] - 1, 12, 1), *sorted(on_the_way), day_of(years[-1] + 1, 1, 20)]
    return [datetime.combine(day, time(9, n)) for n, day in enumerate(dates)]


@st.composite
def provinces(draw: Draw) -> list[Batch]:
    """A legal province: 2-12 owners and 1-4 KPIs, over a year or two, in three to seven batches."""
    years = YEARS if draw(in_twenty(5)) else YEARS[1:]
    tree = draw(offices(years))
    positions = [f"{100 + n}" for n in range(draw(st.integers(1 if len(tree) == 1 else 0, 6)))]
    people = [place for o in positions for place in draw(places(o, tree, years))]
    owners = [*(office.owner_id for office in tree), *positions]
    categories = ("strategic", "mission", "assigned")
    works = [Work(y, w, f"งาน {w}", None, draw(st.sampled_from(categories))) for y in years for w in ("1", "2")]
    measured = []
    for y in years:
        ids = KPI_IDS[: draw(st.integers(1, 4 if len(years) == 1 else 2))]
        given = zip(ids, draw(weights(len(ids))), strict=True)
        measured += [draw(kpis(y, k, w, ids[:n])) for n, (k, w) in enumerate(given)]
    records: list[Record] = [*tree, *people, *works, *measured]

    pile = Pile(draw(recorded_times(years)))
    parents = {office.parent_id for office in tree} | {place.parent_id for place in people}
    for o in owners:
        own_weights = draw(weights(len(measured))) if draw(in_twenty(6)) else [None] * len(measured)
        for kpi, weight in zip(measured, own_weights, strict=True):
            if draw(in_twenty(8 if o in parents else 14)):
                targets = draw(versions(kpi, o, weight))
                records += targets[:1]
                pile.put(draw(st.integers(0, len(pile.rows) - 1)), *targets[1:])
            if draw(in_twenty(3 if o in parents else 14)):
                draw(report(pile, kpi, o))
    draw(corrections(pile, records, years))
    draw(decisions(pile, measured, owners, positions))
    pile.put(0, *records)
    is_voided = [False, *(draw(in_twenty(3)) for _ in pile.rows[1:])]
    return [
        Batch(n + 1, at, tuple(rows.values()), voided)
        for n, (at, rows, voided) in enumerate(zip(pile.recorded_at, pile.rows, is_voided, strict=True))
    ]
