"""A person's set of KPIs: what the person could hold, what is chosen with weights to 100, and the choice as rows.

A KPI that is let go of is not deleted: it ends by a version of target 0 and weight 0 (see ``targeting``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from kpi_metrics import cascade, scorecard
from kpi_metrics.access import Scope
from kpi_metrics.ingest.columns import LEVEL_NAMES
from kpi_metrics.ingest.weights import NEGLIGIBLE
from kpi_metrics.model import NO_LEVELS, Finding, Levels, Measure, Refused, RollUp, Target, Text
from kpi_metrics.set_limits import Limits, Size, limits, tell_line, tell_size
from kpi_metrics.store import Store
from kpi_metrics.target_rows import (
    FRACTION,
    PERCENT,
    WHOLE,
    Papers,
    beginning,
    day_of,
    ending,
    in_force,
    is_in_fractions,
    known,
    number_of,
    scaled,
    target_of,
)
from kpi_metrics.targeting import no_reason, refuse
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.thai.numbers import format_plain
from kpi_metrics.typed import Cells, Typed, examine

SCREEN = "หน้าจอชุดตัวชี้วัดรายบุคคล"  # what the history calls the file
TOLD_BETTER = ("target_changed", "weights_off_100")  # by what stood there before, and by the warnings


@dataclass(frozen=True, slots=True)
class Line:
    """A KPI that the person holds or could hold, as it stands at the end of the form's month.

    ``office_target`` is that of the office right above, ``target`` and ``weight`` (percent) are the person's own, None
    where not held; ``levels`` the person's own set. ``is_linked``: an office above holds the KPI, or the one it is linked
    to. ``versions`` are all of the year, the oldest first.
    """

    kpi_id: str
    unit: str
    measure: Measure
    roll_up: RollUp
    office_target: float | None
    is_linked: bool
    holds: bool
    target: float | None
    weight: float | None
    prescribed: bool
    levels: Levels
    versions: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class SetForm:
    """What a person could hold from a month on, in KPI order. ``leads``: the office whose KPIs are the head's anyway.

    ``is_in_fractions``: the weights were written as fractions of 1.
    """

    person_id: str
    person_name: str
    leads: str | None
    month: FiscalMonth
    lines: tuple[Line, ...]
    limits: Limits
    is_in_fractions: bool

    @property
    def held(self) -> tuple[Line, ...]:
        """The KPIs that the person holds."""
        return tuple(line for line in self.lines if line.holds)


@dataclass(frozen=True, slots=True)
class Choice:
    """A KPI chosen, texts as in the boxes, the weight in percent. A weight or levels left empty are as they were."""

    target: str
    weight: str = ""
    prescribed: bool = True
    levels: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class SetDraft:
    """A set as chosen, checked. ``typed`` has a row for each KPI that something changes for, and none else.

    ``findings`` are those of the checks by KPI, "" for the whole; ``warnings`` what is saved and stands on the worklist
    afterwards, likewise. ``size``: of what is held then.
    """

    typed: Typed
    findings: Mapping[str, tuple[Finding, ...]]
    warnings: Mapping[str, tuple[Text, ...]]
    size: Size
    begun: tuple[Line, ...]
    ended: tuple[Line, ...]
    later: tuple[Line, ...]  # with a version that begins after, and stays in force from its day on

    @property
    def is_refused(self) -> bool:
        """Whether it cannot be saved."""
        return bool(self.typed.checked.rejections)

    @property
    def is_still(self) -> bool:
        """Whether the set is as it was."""
        return not self.is_refused and not self.typed.checked.records


def set_form(store: Store, scope: Scope, *, person: str, year: int, month: int) -> SetForm:
    """What a person holds and could hold at the end of a month: the KPIs of the offices above, and those linked to them.

    Raises Refused for a person who has no place in the month, or may not be seen.
    """
    owners = {row["owner_id"]: row for row in scorecard.owners(store, scope, year=year, month=month).to_dict("records")}
    at = FiscalMonth(year, month)
    row = owners.get(person)
    if row is None or row["owner_kind"] != "person":
        raise Refused(f"ไม่มีบุคคลเลขที่ตำแหน่ง {person} ใน{at.label()}", f"There is no person {person} in {at.label('en')}.")
    above = list(_above(owners, person))
    held = cascade.holders(store, scope, year=year, month=month)
    of_offices = set(held.loc[held["owner_id"].isin(above), "kpi_id"])
    office = held[held["owner_id"] == row["parent_id"]].set_index("kpi_id")["target"].to_dict()
    own = held[held["owner_id"] == person].set_index("kpi_id")["weight"].to_dict()
    versions: dict[str, tuple[Target, ...]] = {}
    for version in scorecard.targets(store, scope, year=year, owner=person).to_dict("records"):
        versions[version["kpi_id"]] = (*versions.get(version["kpi_id"], ()), target_of(version))
    lines = []
    for kpi in scorecard.kpis(store, scope, year=year).to_dict("records"):
        is_linked = bool(of_offices & {kpi["kpi_id"], kpi["parent_kpi_id"]})
        if is_linked or kpi["kpi_id"] in versions:
            stand = versions.get(kpi["kpi_id"], ())
            weight = known(own.get(kpi["kpi_id"]))
            lines.append(_line(kpi, stand, at, known(office.get(kpi["kpi_id"])), weight, is_linked=is_linked))
    return SetForm(
        person,
        row["owner_name"],
        known(row["leads"]),
        at,
        tuple(lines),
        limits(store, scope),
        is_in_fractions(((line.versions, line.weight) for line in lines), at.last_day),
    )


def examine_set(store: Store, form: SetForm, choices: Mapping[str, Choice], papers: Papers) -> SetDraft:
    """Check a set as chosen, KPI → choice; a KPI that is held and not chosen ends. Nothing is saved.

    Refused as an import is, and without a reason where what stands is changed or ended. A set outside the limits,
    weights off 100, a KPI that follows from no office's and a target of 0 are told of, not refused.
    """
    asked = [line for line in form.lines if line.kpi_id in choices or line.holds]
    weight = _total(form, choices)
    is_rewritten = form.is_in_fractions and weight is not None and abs(weight - WHOLE) > WHOLE * NEGLIGIBLE
    scale = FRACTION if form.is_in_fractions and not is_rewritten else PERCENT
    rows = [_cells(form, line, choices.get(line.kpi_id), papers, scale, is_whole=is_rewritten) for line in asked]
    checked = examine(store, SCREEN, "targets", rows).checked
    made: dict[str, Target] = {
        asked[each.place.row - 1].kpi_id: each.record
        for each in checked.records
        if each.place.row and isinstance(each.record, Target)
    }
    kept = {line.kpi_id: made[line.kpi_id] for line in asked if line.kpi_id in choices and line.kpi_id in made}
    changed = [
        line
        for line in asked
        if line.kpi_id in made and (is_rewritten or _changes(form, line, made[line.kpi_id], scale))
    ]
    lacking = [no_reason()] if any(line.holds for line in changed) and not papers.reason.strip() else []
    found: dict[str, tuple[Finding, ...]] = {"": tuple(lacking)} if lacking else {}
    for finding in (*checked.rejections, *checked.warnings):
        if finding.place.row and finding.code not in TOLD_BETTER:
            kpi_id = asked[finding.place.row - 1].kpi_id
            found[kpi_id] = (*found.get(kpi_id, ()), finding)
    news = [row for line, row in zip(asked, rows, strict=True) if line in changed]
    held = [kpi_id for kpi_id in choices if kpi_id not in kept or not kept[kpi_id].is_end]
    size = Size(len(held), sum(choices[kpi_id].prescribed for kpi_id in held), weight)
    return SetDraft(
        refuse(examine(store, SCREEN, "targets", news), [*lacking, *checked.rejections]),
        found,
        _warnings(form, size, kept),
        size,
        begun=tuple(line for line in changed if not line.holds),
        ended=tuple(line for line in asked if line.holds and line.kpi_id not in choices),
        later=tuple(line for line in changed if any(v.from_date > _day(form, line) for v in line.versions)),
    )


def _above(owners: Mapping[str, Mapping[Any, Any]], person: str) -> Iterator[str]:
    """The offices above a person, the nearest first."""
    here = owners[person]["parent_id"]
    while here in owners:
        yield here
        here = owners[here]["parent_id"]


def _line(
    kpi: Mapping[Any, Any],
    versions: tuple[Target, ...],
    at: FiscalMonth,
    office_target: float | None,
    weight: float | None,
    *,
    is_linked: bool,
) -> Line:
    now = in_force(versions, at.last_day)
    begun = [version for version in versions if version.from_date <= at.last_day]
    prescribed = [version.prescribed for version in begun if version.prescribed is not None]
    levels = [version.levels for version in begun if version.levels != NO_LEVELS]
    return Line(
        kpi["kpi_id"],
        kpi["unit"],
        kpi["measure"],
        kpi["roll_up"],
        office_target,
        is_linked,
        holds=now is not None,
        target=now.target if now else None,
        weight=weight if now else None,
        prescribed=prescribed[-1] if prescribed else now is None,  # a new one is handed down unless somebody chose it
        levels=levels[-1] if levels and now else NO_LEVELS,
        versions=versions,
    )


def _day(form: SetForm, line: Line) -> date:
    return day_of(form.month, [version.from_date for version in line.versions])


def _cells(
    form: SetForm, line: Line, choice: Choice | None, papers: Papers, scale: Fraction, *, is_whole: bool
) -> Cells:
    """The row of a KPI: as chosen, in place of a version of the same day; not chosen: its end.

    ``is_whole``: the weight is written also where its box is empty.
    """
    year, day = form.month.fiscal_year, _day(form, line)
    same = next((version for version in line.versions if version.from_date == day), None)
    if choice is None:
        return ending(year, line.kpi_id, form.person_id, day, papers, same)
    cells = beginning(year, line.kpi_id, form.person_id, day, same)
    weight = choice.weight.strip()
    if not weight and is_whole:
        weight = format_plain(line.weight, 10, fixed=False)
    cells |= {"target": choice.target.strip() or None, "prescribed": "yes" if choice.prescribed else "no"}
    cells |= {"weight": scaled(weight, scale)} if weight else {}
    if any(level.strip() for level in choice.levels):
        levels = (level.strip() or None for level in choice.levels)
        cells |= dict(zip(LEVEL_NAMES, levels, strict=True))
    return cells | {name: said for name, said in papers.cells.items() if said}


def _changes(form: SetForm, line: Line, record: Target, scale: Fraction) -> bool:
    """Whether a row says anything but what is in force."""
    if not line.holds or record.is_end:
        return line.holds or not record.is_end
    weight = None if record.weight is None else round(float(Fraction(repr(record.weight)) / scale), 10)
    return (
        record.target != line.target
        or record.prescribed != line.prescribed
        or (weight is not None and weight != line.weight)
        or (record.levels not in (NO_LEVELS, line.levels))
    )


def _total(form: SetForm, choices: Mapping[str, Choice]) -> float | None:
    """The sum of the weights that can be read, in percent, None without any; an empty box is as it was."""
    in_force = {line.kpi_id: line.weight for line in form.lines}
    asked = [
        number_of(choice.weight) if choice.weight.strip() else in_force.get(kpi_id)
        for kpi_id, choice in choices.items()
    ]
    weights = [Fraction(repr(weight)) for weight in asked if weight is not None]
    return float(sum(weights)) if weights else None


def _warnings(form: SetForm, size: Size, kept: Mapping[str, Target]) -> dict[str, tuple[Text, ...]]:
    """What is saved all the same, by KPI, "" for the whole."""
    lines = {line.kpi_id: line for line in form.lines}
    told = {
        kpi_id: tuple(
            tell_line(
                record,
                is_linked=lines[kpi_id].is_linked,
                lacks_weight=size.weight is not None and record.weight is None and lines[kpi_id].weight is None,
            )
        )
        for kpi_id, record in kept.items()
    }
    # A head without own KPIs is appraised on the office's alone.
    of_set = tuple(tell_size(form.limits, size)) if size.kpis or not form.leads else ()
    return {about: those for about, those in (told | {"": of_set}).items() if those}
