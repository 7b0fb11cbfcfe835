"""The second version of the cascade's checks, in the plainest way (see ``alternative`` for its letters)."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

from tests.alternative import MONTHS, Alternative, is_end

Fault = tuple[str, str, str | None]  # check, owner, KPI
Figures = tuple[float | None, float | None, float | None]  # own, children, difference


def faults(naive: Alternative) -> dict[tuple[int, int, str, str, str | None], Figures]:
    """Every fault of every month by fiscal_year, month, check, owner and KPI, with own, children and difference."""
    found = {}
    for y in naive.years:
        for m in MONTHS:
            for o in naive.owners:
                if naive.place(y, m, o) is not None:
                    found |= {(y, m, *fault): figures for fault, figures in faults_of(naive, y, m, o)}
    return found


def faults_of(naive: Alternative, y: int, m: int, o: str) -> Iterator[tuple[Fault, Figures]]:
    """The faults of one owner in one month."""
    yield from faults_of_set(naive, y, m, o)
    for (year, k), kpi in naive.kpis.items():
        if year != y:
            continue
        if is_passed_over(naive, y, m, k, o):
            yield ("no_target", o, k), (None, None, None)
        version = naive.version(y, m, k, o)
        if naive.own_entries(y, m, k, o) and not (version and is_end(version)):
            own, below = naive.result(y, m, k, o).value, naive.children_result(y, m, k, o).value
            if own is not None and below is not None and differ(own, below):
                yield ("own_against_children", o, k), (own, below, own - below)
        if not naive.holds(y, m, k, o):
            continue
        target = naive.target(y, m, k, o)
        parts = [naive.target(y, m, k, child) for child in naive.children(y, m, o)]
        given = [part for part in parts if part is not None]
        if kpi.roll_up == "sum" and given and differ(fsum(given), target):
            check = "unallocated" if fsum(given) < target else "over_allocated"
            yield (check, o, k), (target, fsum(given), fsum(given) - target)
        if o in naive.people:
            linked = (k, kpi.parent_kpi_id)
            if not any(holds(naive, y, m, each, above) for above in ancestors(naive, y, m, o) for each in linked):
                yield ("not_linked", o, k), (target, None, None)
        else:
            linked = [k, *(each for (year, each), row in naive.kpis.items() if (year, row.parent_kpi_id) == (y, k))]
            if not any(holds(naive, y, m, each, below) for below in naive.descendants(y, m, o) for each in linked):
                yield ("reaches_nobody", o, k), (target, None, None)


def faults_of_set(naive: Alternative, y: int, m: int, o: str) -> Iterator[tuple[Fault, Figures]]:
    """What is wrong with all that an owner holds together."""
    held = [k for year, k in naive.kpis if year == y and naive.holds(y, m, k, o)]
    weights = [naive.weight(y, m, k, o) for k in held if naive.version(y, m, k, o).weight is not None]
    if weights and abs(round(fsum(weights) - 100, 10)) > 0.005:
        yield ("weights_off_100", o, None), (fsum(weights), None, fsum(weights) - 100)
    if o not in naive.people or (naive.place(y, m, o).leads and not held):
        return
    prescribed = sum(naive.version(y, m, k, o).prescribed is True for k in held)
    fewest, most = naive.settings["person_kpi_min"], naive.settings["person_kpi_max"]
    if len(held) < fewest:
        yield ("few_kpis", o, None), (len(held), None, len(held) - fewest)
    if len(held) > most:
        yield ("many_kpis", o, None), (len(held), None, len(held) - most)
    if prescribed < (fewest := naive.settings["person_prescribed_min"]):
        yield ("few_prescribed", o, None), (prescribed, None, prescribed - fewest)


def is_passed_over(naive: Alternative, y: int, m: int, k: str, o: str) -> bool:
    """Whether the office above holds the KPI, a sister office of the same kind has a target, and this one has none."""
    place, version = naive.place(y, m, o), naive.version(y, m, k, o)
    if o in naive.people or place.kind == "group" or not holds(naive, y, m, k, place.parent_id):
        return False
    sisters = [each for each in naive.children(y, m, place.parent_id) if each in naive.offices]
    targets = [naive.target(y, m, k, each) for each in sisters if naive.offices[each].kind == place.kind]
    is_ended = version is not None and is_end(version)
    return naive.target(y, m, k, o) is None and not is_ended and any(target is not None for target in targets)


def ancestors(naive: Alternative, y: int, m: int, o: str) -> list[str]:
    parent = naive.parent(y, m, o)
    return [parent, *ancestors(naive, y, m, parent)] if parent else []


def holds(naive: Alternative, y: int, m: int, k: str | None, o: str | None) -> bool:
    """Whether an owner in force holds the KPI."""
    return o is not None and k is not None and naive.place(y, m, o) is not None and naive.holds(y, m, k, o)


def differ(one: float, other: float) -> bool:
    return round(one - other, 10) != 0
