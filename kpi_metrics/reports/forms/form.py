"""The appraisal form of one person and round: everything that the two printed forms say, as figures and facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

import pandas as pd

from kpi_metrics import scorecard
from kpi_metrics.access import EVERYTHING, Scope
from kpi_metrics.model import Measure, PersonnelType, Refused, ScaleBasis, Status
from kpi_metrics.reading import read
from kpi_metrics.store import Store
from kpi_metrics.thai.calendar import FiscalMonth

Row = Mapping[str, Any]
Rows = Sequence[Row]


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs: name and position."""

    name: str
    position: str | None


@dataclass(frozen=True, slots=True)
class Override:
    """A supervisor's score in place of the computed one (0..5): why, and who said so."""

    computed: float
    score: float
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Line:
    """One KPI of the round. Scores are 0..5, weights percents, target and result in the unit; None is missing.

    ``levels``: the anchors, in percent of the target or (``absolute``) in the unit; ``steps``: a milestone's steps in
    words. ``office``: the led office it belongs to, None for a KPI of the person's own. ``first_month`` 7: plan and
    result are those of the second half's own months. ``status`` "excluded": left out of the round, see ``exclusion``.
    """

    kpi_id: str
    name: str
    office: str | None
    unit: str
    measure: Measure
    scale_basis: ScaleBasis
    levels: tuple[float | None, ...]
    steps: tuple[str, ...]
    target: float | None
    plan: float | None
    result: float | None
    first_month: int
    weight: float | None
    status: Status | str
    score: float | None
    weighted: float | None
    override: Override | None
    exclusion: tuple[str, str] | None  # reason, by


@dataclass(frozen=True, slots=True)
class Band:
    """An appraisal level and the least final score (0..100) that reaches it."""

    name: str
    minimum: float


@dataclass(frozen=True, slots=True)
class Need:
    """An item of the development plan: what is to be developed, how, and when."""

    skill: str
    method: str | None
    period: str | None


@dataclass(frozen=True, slots=True)
class Form:
    """What the appraisal forms of a person's round say; unrounded, None is missing.

    ``score`` is the total (0..5) over the evaluated weight, ``performance``, ``behaviour`` and ``final`` are 0..100, all as
    in ``scorecard.appraisal``. ``superiors``: the next superior and the one above. ``remarks``: what was said by whom
    (assessee, assessor, superior). ``is_draft``: the round had not ended at ``printed``, the day of the figures.
    """

    person_id: str
    year: int
    round: int
    personnel_type: PersonnelType
    person: Signer
    office: str
    assessor: Signer | None
    superiors: tuple[Signer | None, Signer | None]
    lines: tuple[Line, ...]
    weight_total: float | None
    weight_evaluated: float | None
    score: float | None
    performance: float | None
    performance_weight: float
    behaviour: float | None
    final: float | None
    band: str | None
    bands: tuple[Band, ...]
    count_not_reported: int
    development: tuple[Need, ...]
    remarks: Mapping[str, str]
    printed: date
    is_draft: bool

    @property
    def behaviour_weight(self) -> float:
        """The percent of the final score that behaviour makes up."""
        return 100 - self.performance_weight

    @property
    def weighted(self) -> float | None:
        """The sum of the weighted scores, 0..5; None while nothing is scored."""
        if self.score is None or self.weight_evaluated is None:
            return None
        return self.score * self.weight_evaluated / 100


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a group of people, in the order of their offices; ``left_out``: who has no KPI in the round."""

    forms: tuple[Form, ...]
    left_out: tuple[tuple[str, str], ...]  # id, name


def form_of(store: Store, scope: Scope, *, person: str, year: int, round_: int, as_of: datetime | None = None) -> Form:
    """The form of one person's round. Raises Refused, saying who and when, for nobody or a person without KPIs."""
    made = forms_of(store, scope, year=year, round_=round_, owner=person, as_of=as_of)
    if made.left_out or len(made.forms) != 1:
        raise Refused(
            f"{person} ไม่ใช่บุคคล แบบประเมินทำเป็นรายบุคคล",
            f"{person} is not a person; a form is made for one person.",
        )
    return made.forms[0]


def forms_of(
    store: Store,
    scope: Scope,
    *,
    year: int,
    round_: int,
    owner: str | None = None,
    as_of: datetime | None = None,
) -> Forms:
    """The forms of a person, of everybody in an office and below it, or of all (None), at the round's end.

    Raises Refused for an unknown owner, for a person without KPIs in the round, and when nobody has any.
    """
    month = FiscalMonth(year, 6 * round_)
    when: dict[str, Any] = {"year": year, "month": month.month, "as_of": as_of}
    # Names and positions of superiors are no personal scores: whoever may see a form may see who signs it.
    owners = {row["owner_id"]: row for row in _rows(scorecard.owners(store, EVERYTHING, **when))}
    _require_known(owners, owner, month)
    asked = [row for row in owners.values() if _is_asked(row, owner, owners) and scope.sees(row["owner_id"])]
    only = asked[0]["owner_id"] if len(asked) == 1 else None
    whose: dict[str, Any] = {"year": year, "round_": round_, "as_of": as_of, "owner": only}
    totals = {row["owner_id"]: row for row in _rows(scorecard.appraisal(store, scope, **whose))}
    lines = _by_owner(scorecard.appraisal_lines(store, scope, **when, owner=only))
    left_out = tuple((row["owner_id"], row["owner_name"]) for row in asked if row["owner_id"] not in totals)
    if len(left_out) == len(asked):
        raise _nobody(left_out, round_, year)
    remarks = _by_owner(scorecard.remarks(store, scope, **whose))
    development = _by_owner(scorecard.development(store, scope, **whose))
    kpis = {row["kpi_id"]: row for row in _rows(scorecard.kpis(store, scope, year=year, as_of=as_of))}
    bands = _bands(store, year, as_of)
    heads = {row["leads"]: row for row in reversed(owners.values()) if row["leads"]}
    now = (as_of or store.now()).date()
    forms = []
    for person in asked:
        id = person["owner_id"]
        if id not in totals:
            continue
        total = totals[id]
        assessor, *superiors = _signers_above(person, owners, heads)
        forms.append(
            Form(
                person_id=id,
                year=year,
                round=round_,
                personnel_type=person["personnel_type"],
                person=_signer(person),
                office=_office_name(person["leads"] or person["parent_id"], owners),
                assessor=assessor,
                superiors=(superiors[0], superiors[1]),
                lines=tuple(_line(row, kpis, owners) for row in lines.get(id, ())),
                weight_total=total["weight_total"],
                weight_evaluated=total["weight_evaluated"],
                score=total["score"],
                performance=total["performance"],
                performance_weight=total["performance_weight"],
                behaviour=total["behaviour"],
                final=total["final"],
                band=total["band"],
                bands=bands.get(person["personnel_type"], ()),
                count_not_reported=int(total["count_not_reported"]),
                development=tuple(
                    Need(row["skill"], row["method"], row["period"]) for row in development.get(id, ()) if row["skill"]
                ),
                remarks={row["part"]: row["text"] for row in remarks.get(id, ()) if row["text"]},
                printed=now,
                is_draft=now <= month.last_day,
            )
        )
    return Forms(tuple(forms), left_out)


def _require_known(owners: Mapping[str, Row], owner: str | None, month: FiscalMonth) -> None:
    if owner is not None and owner not in owners:
        raise Refused(
            f"ไม่มีหน่วยงานหรือบุคคล {owner} ณ สิ้นเดือน{month.label(long=True)}",
            f"There is no office or person {owner} at the end of {month.label('en')}.",
        )


def _nobody(left_out: Sequence[tuple[str, str]], round_: int, year: int) -> Refused:
    th, en = f"ในรอบที่ {round_} ปีงบประมาณ {year}", f"in round {round_} of fiscal year {year}"
    if len(left_out) == 1:
        [(id, name)] = left_out
        return Refused(
            f"{name} ({id}) ไม่มีตัวชี้วัด{th} จึงไม่มีแบบประเมิน กำหนดตัวชี้วัดและเป้าหมายของบุคคลนี้ก่อน",
            f"{name} ({id}) has no KPIs {en}, so there is no form. Set this person's KPIs and targets first.",
        )
    return Refused(f"ไม่มีผู้ใดมีตัวชี้วัด{th} จึงไม่มีแบบประเมิน", f"Nobody here has KPIs {en}, so there are no forms.")


def _is_asked(row: Row, owner: str | None, owners: Mapping[str, Row]) -> bool:
    if row["owner_kind"] != "person":
        return False
    return owner is None or owner in (row["owner_id"], *_offices_above(row, owners))


def _offices_above(row: Row, owners: Mapping[str, Row]) -> Iterator[str]:
    """The ids of the offices an owner is in, from its own up."""
    while row["parent_id"] in owners:
        row = owners[row["parent_id"]]
        yield row["owner_id"]


def _signers_above(
    person: Row, owners: Mapping[str, Row], heads: Mapping[str, Row]
) -> tuple[Signer | None, Signer | None, Signer | None]:
    """Assessor, next superior and the one above: the heads of the office of the person (a head: of the one above) up."""
    led = owners.get(person["leads"] or "")
    offices = [*_offices_above(led or person, owners)]
    found = [_signer(heads[office]) if office in heads else None for office in offices[:3]]
    found += [None] * (3 - len(found))
    return found[0], found[1], found[2]


def _signer(person: Row) -> Signer:
    return Signer(person["owner_name"], person["position_th"])


def _office_name(office: str, owners: Mapping[str, Row]) -> str:
    """A district's office is called after the district."""
    if office not in owners:
        return office
    name = str(owners[office]["owner_name"])
    return f"สำนักงานเกษตรอำเภอ{name}" if owners[office]["owner_kind"] == "district" else name


def _line(row: Row, kpis: Mapping[str, Row], owners: Mapping[str, Row]) -> Line:
    steps = kpis[row["kpi_id"]]["steps_th"] if row["measure"] == "milestone" else None
    return Line(
        kpi_id=row["kpi_id"],
        name=row["kpi_name"],
        office=None if row["holder_id"] == row["owner_id"] else _office_name(row["holder_id"], owners),
        unit=row["unit"],
        measure=row["measure"],
        scale_basis=row["scale_basis"],
        levels=tuple(row[f"level_{level}"] for level in range(1, 6)),
        steps=tuple(step.strip() for step in steps.split("|")) if steps else (),
        target=row["target"],
        plan=row["plan"],
        result=row["result"],
        first_month=int(row["first_month"]),
        weight=row["weight"],
        status=row["status"],
        score=row["score"],
        weighted=row["weighted"],
        override=_override(row),
        exclusion=(row["exclusion_reason"], row["exclusion_by"]) if row["status"] == "excluded" else None,
    )


def _override(row: Row) -> Override | None:
    if row["override_score"] is None or row["score"] is None:
        return None
    return Override(row["computed"], row["override_score"], row["override_reason"], row["override_by"])


def _bands(store: Store, year: int, as_of: datetime | None) -> dict[str, tuple[Band, ...]]:
    """The appraisal levels in force by personnel type, the highest first."""
    bands = read(
        store,
        "select personnel_type, name_th, minimum, valid_year as fiscal_year from band",
        order="personnel_type, minimum desc",
        as_of=as_of,
        year=year,
    )
    found: dict[str, tuple[Band, ...]] = {}
    for row in _rows(bands):
        found[row["personnel_type"]] = (*found.get(row["personnel_type"], ()), Band(row["name_th"], row["minimum"]))
    return found


def _by_owner(frame: pd.DataFrame) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in _rows(frame):
        found.setdefault(row["owner_id"], []).append(row)
    return found


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame with None for everything missing."""
    kept = frame.astype(object).where(frame.notna(), None)
    return cast(list[dict[str, Any]], kept.to_dict("records"))
