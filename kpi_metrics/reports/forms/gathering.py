"""From the figures to the forms: of one person, of everybody in an office, or of all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

import pandas as pd

from kpi_metrics import decisions, scorecard
from kpi_metrics.access import EVERYTHING, Scope
from kpi_metrics.model import Refused
from kpi_metrics.reading import read
from kpi_metrics.reports.forms.form import Band, Form, Forms, Line, Need, Override, Signer
from kpi_metrics.store import Store
from kpi_metrics.superiors import offices_above, superiors
from kpi_metrics.thai.calendar import FiscalMonth

Row = Mapping[str, Any]


def form_of(store: Store, scope: Scope, *, person: str, year: int, round_: int, as_of: datetime | None = None) -> Form:
    """The form of one person's round. Raises Refused, saying who and when, for nobody or a person without KPIs."""
    made = forms_of(store, scope, year=year, round_=round_, owner=person, as_of=as_of)
    if made.forms[0].person_id != person:
        raise Refused(
            f"{person} ไม่ใช่บุคคล แบบประเมินทำเป็นรายบุคคล",
            f"{person} is not a person; a form is made for one person.",
        )
    return made.forms[0]


def forms_of(
    store: Store, scope: Scope, *, year: int, round_: int, owner: str | None = None, as_of: datetime | None = None
) -> Forms:
    """The forms of a person, of everybody in an office and below it, or of all (None).

    They stand as at the round's end, or while it runs as at the last month that has ended. Raises Refused for an unknown
    owner, for a person without KPIs in the round, and when nobody asked for has any.
    """
    now = (as_of or store.now()).date()
    month = _month(year, round_, now)
    owners = _owners(store, month, as_of)
    if owner is not None and owner not in owners:
        raise Refused(
            f"ไม่มีหน่วยงานหรือบุคคล {owner} ณ สิ้นเดือน{month.label(long=True)}",
            f"There is no office or person {owner} at the end of {month.label('en')}.",
        )
    asked = _rows(people(store, scope, year=year, round_=round_, owner=owner, as_of=as_of))
    with_form = [row["owner_id"] for row in asked if row["has_form"]]
    left_out = tuple((row["owner_id"], row["owner_name"]) for row in asked if not row["has_form"])
    if not with_form:
        raise _nobody(left_out, round_, year)
    only = with_form[0] if len(with_form) == 1 else None
    when: dict[str, Any] = {"year": year, "month": month.month, "as_of": as_of, "owner": only}
    said: dict[str, Any] = {"year": year, "round_": round_, "as_of": as_of, "owner": only}
    totals = {row["owner_id"]: row for row in _rows(scorecard.running_appraisal(store, scope, **when))}
    lines_of = _by_owner(scorecard.appraisal_lines(store, scope, **when))
    kpis = {row["kpi_id"]: row for row in _rows(scorecard.kpis(store, scope, year=year, as_of=as_of))}
    remarks_of = _by_owner(decisions.remarks(store, scope, **said))
    needs_of = _by_owner(decisions.development(store, scope, **said))
    bands = _bands(store, year, as_of)

    def make(id: str) -> Form:
        person, total = owners[id], totals[id]
        assessor, *above = [_signer(each) if each else None for each in superiors(owners, id)]
        return Form(
            person_id=id,
            month=month,
            personnel_type=person["personnel_type"],
            person=_signer(person),
            office=_office_name(person["leads"] or person["parent_id"], owners),
            assessor=assessor,
            superiors=(above[0], above[1]),
            lines=tuple(_line(row, kpis, owners) for row in lines_of.get(id, ())),
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
            development=tuple(Need(row["skill"], row["method"], row["period"]) for row in needs_of.get(id, ())),
            remarks={row["part"]: row["text"] for row in remarks_of.get(id, ())},
            printed=now,
        )

    return Forms(tuple(make(id) for id in with_form), left_out)


def people(
    store: Store, scope: Scope, *, year: int, round_: int, owner: str | None = None, as_of: datetime | None = None
) -> pd.DataFrame:
    """One row per person who is ``owner``, or in it, in the month of the forms: owner_id, owner_name, has_form (has KPIs)."""
    month = _month(year, round_, (as_of or store.now()).date())
    owners = _owners(store, month, as_of)
    only = owner if owner in owners and owners[owner]["owner_kind"] == "person" else None
    totals = scorecard.running_appraisal(store, scope, year=year, month=month.month, as_of=as_of, owner=only)
    with_form = frozenset(totals["owner_id"])
    asked = [row for row in owners.values() if _is_asked(row, owner, owners) and scope.sees(row["owner_id"])]
    return pd.DataFrame(
        [(row["owner_id"], row["owner_name"], row["owner_id"] in with_form) for row in asked],
        columns=["owner_id", "owner_name", "has_form"],
    )


def _month(year: int, round_: int, today: date) -> FiscalMonth:
    """The month that the forms show: the round's last, while it runs the last that has ended, at least the first."""
    first, last = 6 * round_ - 5, 6 * round_
    ended = [month for month in range(first, last + 1) if FiscalMonth(year, month).last_day < today]
    return FiscalMonth(year, max(ended, default=first))


def _owners(store: Store, month: FiscalMonth, as_of: datetime | None) -> dict[str, Row]:
    """All owners of the month by id: names and positions of superiors are no personal scores, so nobody's scope counts."""
    frame = scorecard.owners(store, EVERYTHING, year=month.fiscal_year, month=month.month, as_of=as_of)
    return {row["owner_id"]: row for row in _rows(frame)}


def _nobody(left_out: tuple[tuple[str, str], ...], round_: int, year: int) -> Refused:
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
    return owner is None or owner in (row["owner_id"], *offices_above(row, owners))


def _signer(person: Row) -> Signer:
    return Signer(person["owner_name"], person["position_th"])


def _office_name(office: str, owners: Mapping[str, Row]) -> str:
    """A district's office is called after the district."""
    if office not in owners:
        return office
    name, kind = str(owners[office]["owner_name"]), owners[office]["owner_kind"]
    return name if kind != "district" or "สำนักงาน" in name else f"สำนักงานเกษตรอำเภอ{name.removeprefix('อำเภอ')}"


def _line(row: Row, kpis: Mapping[str, Row], owners: Mapping[str, Row]) -> Line:
    steps = (kpis[row["kpi_id"]]["steps_th"] or "").split("|") if row["measure"] == "milestone" else []
    return Line(
        kpi_id=row["kpi_id"],
        name=row["kpi_name"],
        office=None if row["holder_id"] == row["owner_id"] else _office_name(row["holder_id"], owners),
        unit=row["unit"],
        measure=row["measure"],
        scale_basis=row["scale_basis"],
        levels=tuple(row[f"level_{level}"] for level in range(1, 6)),
        steps=tuple(re.sub(r"^\s*\d+[.)]?\s+", "", step).strip() for step in steps),
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
