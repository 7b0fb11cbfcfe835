"""People who move within a year: where they were and what they did there, what they hand over, and a move as it is typed.

Entries stay where they were reported. Scores follow the person, at the place of each month's last day; what belongs to
each place stands beside them, for information.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from kpi_metrics import scorecard
from kpi_metrics.access import Scope
from kpi_metrics.model import Finding, Person, Place, Text
from kpi_metrics.reading import read
from kpi_metrics.store import Store
from kpi_metrics.target_rows import Papers, ending, key_cells, known
from kpi_metrics.targeting import no_reason, refuse
from kpi_metrics.thai.calendar import FiscalMonth, format_date
from kpi_metrics.typed import Cells, Typed, examine_together

SCREEN = "หน้าจอย้ายสังกัด"  # what the history calls the file
NO_PAPERS = Papers()

PART_COLUMNS = (
    "fiscal_year", "owner_id", "parent_id", "first_month", "last_month", "kpi_id", "kpi_name", "unit", "entry",
    "is_begun", "is_ended", "target", "reported_months", "numerator", "denominator", "result",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Move:
    """A move as it was typed: where to, from which day, and what becomes of the person's KPIs.

    ``ends``: KPIs held no more from the day. ``sets``: KPI → target and weight from the day, texts as in the boxes; of a
    KPI that goes on too. What is in neither goes on as it is.
    """

    office_id: str
    day: date
    ends: Collection[str] = ()
    sets: Mapping[str, tuple[str, str]] | None = None
    papers: Papers = NO_PAPERS


def places(store: Store, scope: Scope, *, person: str, year: int, as_of: datetime | None = None) -> pd.DataFrame:
    """One row per stay of a person at an office in a fiscal year, the first one first.

    ``from_date`` and ``last_day`` are inclusive and within the year, ``first_month`` to ``last_month`` the fiscal months
    on whose last day the person was there. A stay without such a day has no row.
    """
    frame = read(
        store,
        """
        with stood as (
            select
                place.fiscal_year, place.month, place.owner_id, place.owner_name, place.parent_id, place.owner_kind,
                office.name_th as office_name,
                make_date(place.fiscal_year - 544, 10, 1) as year_begins,
                make_date(place.fiscal_year - 543, 9, 30) as year_ends,
                people.from_date, people.to_date,
                place.month - row_number() over (
                    partition by place.fiscal_year, place.owner_id, place.parent_id order by place.month
                ) as stay
            from place
            inner join month on place.fiscal_year = month.fiscal_year and place.month = month.month
            inner join current_people as people
                on place.owner_id = people.owner_id and place.parent_id = people.parent_id
                and (people.from_date is null or people.from_date <= month.last_day)
                and (people.to_date is null or people.to_date >= month.last_day)
            left join current_owners as office on place.parent_id = office.owner_id
        )
        select
            fiscal_year, owner_id, owner_name, owner_kind, parent_id, office_name,
            min(month) as first_month,
            max(month) as last_month,
            greatest(min(coalesce(from_date, year_begins)), min(year_begins)) as from_date,
            least(max(coalesce(to_date, year_ends)), min(year_ends)) as last_day
        from stood
        group by fiscal_year, owner_id, owner_name, owner_kind, parent_id, office_name, stay
        """,
        order="first_month",
        as_of=as_of,
        year=year,
        owner=person,
    )
    return scope.filter(frame)


def parts(
    store: Store, scope: Scope, *, person: str, year: int, month: int = 12, as_of: datetime | None = None
) -> pd.DataFrame:
    """One row per stay and KPI: what the person held and reported there, through ``month``. For information, never scored.

    ``result``: increments of the stay's own months added up (percent: 100 x numerator / denominator), of a snapshot the
    last one reported there; None where nothing was. ``target``: the year's, in force at the stay's end. ``is_begun``,
    ``is_ended``: the person took the KPI up with the stay, or let go of it with the stay's end.
    """
    stays = places(store, scope, person=person, year=year, as_of=as_of).to_dict("records")
    kpis = {row["kpi_id"]: row for row in scorecard.kpis(store, scope, year=year, as_of=as_of).to_dict("records")}
    held = scorecard.scorecard(store, scope, year=year, owner=person, as_of=as_of)
    target = {(row["kpi_id"], row["month"]): known(row["target"]) for row in held.to_dict("records")}
    entries = scorecard.results(store, scope, year=year, month=month, owner=person, as_of=as_of).to_dict("records")
    rows: list[dict[str, Any]] = []
    for stay in stays:
        first, last = stay["first_month"], min(stay["last_month"], month)
        for kpi_id, kpi in kpis.items():
            told = [row for row in entries if row["kpi_id"] == kpi_id and first <= row["month"] <= last]
            is_held = any(target.get((kpi_id, each)) is not None for each in range(first, last + 1))
            if not told and not is_held:
                continue
            after, before = target.get((kpi_id, stay["last_month"] + 1)), target.get((kpi_id, first - 1))
            rows.append(
                {name: stay[name] for name in ("fiscal_year", "owner_id", "parent_id", "first_month")}
                | {"last_month": last, "reported_months": len(told), "target": target.get((kpi_id, last))}
                | {"kpi_id": kpi_id, "kpi_name": kpi["name_th"], "unit": kpi["unit"], "entry": kpi["entry"]}
                | {"is_begun": first > 1 and before is None, "is_ended": last < month and after is None}
                | _figures(told, kpi["entry"])
            )
    return pd.DataFrame(rows, columns=list(PART_COLUMNS))


def handover(
    store: Store, scope: Scope, *, person: str, year: int, month: int, as_of: datetime | None = None
) -> pd.DataFrame:
    """One row per KPI that a person hands over at the end of a month: those of the office led first, then their own.

    ``remaining``: the target less the result, where more is better, at least 0. ``problem`` and ``remedy`` are the last
    ones told, of ``problem_month``; ``evidence`` all addresses given, one a line; ``next_due`` the first day on which
    something not sent yet is, or was, due.
    """
    there = scorecard.owners(store, scope, year=year, month=month, as_of=as_of)
    leads = [known(row["leads"]) for row in there[there["owner_id"] == person].to_dict("records")]
    rows: list[dict[str, Any]] = []
    for holder in [*filter(None, leads), person]:
        of = {"year": year, "owner": holder, "as_of": as_of}
        notes = scorecard.notes(store, scope, month=None, **of)
        notes = notes[notes["month"] <= month]
        waiting = scorecard.coverage(store, scope, **of)
        due = waiting[waiting["state"] == "missing"].groupby("kpi_id")["due_date"].min().to_dict()
        for row in scorecard.scorecard(store, scope, month=month, **of).to_dict("records"):
            if known(row["target"]) is None:
                continue
            names = (
                "fiscal_year",
                "month",
                "kpi_id",
                "kpi_name",
                "unit",
                "measure",
                "weight",
                "target",
                "plan",
                "status",
            )
            rows.append(
                {name: known(row[name]) for name in names}
                | {
                    "owner_id": person,
                    "owner_kind": "person",
                    "holder_id": holder,
                    "result": known(row["result"]),
                    "remaining": _remaining(row),
                }
                | _said(notes[notes["kpi_id"] == row["kpi_id"]].to_dict("records"))
                | {"next_due": due[row["kpi_id"]].date() if row["kpi_id"] in due else None}
            )
    return pd.DataFrame(rows).astype({"weight": float, "target": float} if rows else {})


def examine(store: Store, *, person: str, move: Move) -> Typed:
    """Check a move as the rows of a file: the old place ended, the new one begun, the targets that end and begin.

    Nothing is saved. Refused with a finding: no reason, no place before the day, a move to where the person is; and all
    that an import refuses.
    """
    before = move.day - timedelta(days=1)
    known = [each for each in store.known().people if each.owner_id == person]
    old = next((each for each in known if _is_there(each, before)), None)
    lacking = [] if move.papers.reason.strip() else [no_reason()]
    if old is None:
        lacking.append(_not_there(person, before))
    elif old.parent_id == move.office_id:
        lacking.append(_same_office(old))
    year = FiscalMonth.of(move.day).fiscal_year
    targets: list[Cells] = [ending(year, kpi, person, move.day, move.papers) for kpi in move.ends]
    for kpi, (target, weight) in (move.sets or {}).items():
        cells = {"target": target.strip() or None, "weight": weight.strip() or None}
        targets.append(key_cells(year, kpi, person, move.day) | cells | move.papers.cells)
    people: list[Cells] = []
    if old and not lacking[1:]:
        new = replace(old, parent_id=move.office_id, from_date=move.day, leads=None)
        people = [_cells(replace(old, to_date=before)), _cells(new)]
    tables = {"people": people, "targets": targets}
    typed = examine_together(store, SCREEN, {name: rows for name, rows in tables.items() if rows})
    return refuse(typed, lacking)


def _figures(told: list[dict[Any, Any]], entry: str) -> dict[str, Any]:
    """What entries of one stay come to."""
    figures: dict[str, Any] = dict.fromkeys(("numerator", "denominator", "result"))
    if not told:
        return figures
    counted = told if entry == "increment" else [max(told, key=lambda row: row["month"])]
    if known(counted[0]["denominator"]) is None:
        return figures | {"result": sum(row["value"] for row in counted)}
    numerator, denominator = (sum(row[name] for row in counted) for name in ("numerator", "denominator"))
    result = 100 * numerator / denominator if denominator else None
    return {"numerator": numerator, "denominator": denominator, "result": result}


def _remaining(row: Mapping[Any, Any]) -> float | None:
    if row["direction"] != "up":
        return None
    done = 0.0 if row["measure"] == "count" and known(row["result"]) is None else known(row["result"])
    return None if done is None else max(0.0, row["target"] - done)


def _said(notes: list[dict[Any, Any]]) -> dict[str, Any]:
    """The last problem told with its remedy, and all evidence."""
    notes = [{name: known(value) for name, value in note.items()} for note in notes]
    troubled = [note for note in notes if note["problem"] or note["remedy"]]
    last = troubled[-1] if troubled else {}
    addresses = dict.fromkeys(note["evidence_url"] for note in notes if note["evidence_url"])
    return {
        "problem": last.get("problem"),
        "remedy": last.get("remedy"),
        "problem_month": last.get("month"),
        "evidence": "\n".join(addresses) or None,
    }


def _is_there(person: Person, day: date) -> bool:
    return (person.from_date or date.min) <= day <= (person.to_date or date.max)


def _cells(person: Person) -> dict[str, str | None]:
    """A row of the table ``people``."""
    return {
        "owner_id": person.owner_id,
        "parent_id": person.parent_id,
        "name_th": person.name_th,
        "position_th": person.position_th,
        "personnel_type": person.personnel_type,
        "email": person.email,
        "leads": person.leads,
        "from_date": person.from_date.isoformat() if person.from_date else None,
        "to_date": person.to_date.isoformat() if person.to_date else None,
    }


def _not_there(person: str, day: date) -> Finding:
    return Finding(
        "no_place",
        Place(SCREEN, None, 1, "owner_id"),
        person,
        Text(
            f"ไม่มีสังกัดในวันก่อนย้าย ({format_date(day)})",
            f"no office on the day before the move ({format_date(day, 'en')})",
        ),
        Text("วันย้ายที่อยู่ในช่วงซึ่งบุคคลนี้มีสังกัดอยู่ก่อน", "a day before which the person already has an office"),
    )


def _same_office(person: Person) -> Finding:
    return Finding(
        "same_office",
        Place(SCREEN, None, 1, "parent_id"),
        person.parent_id,
        Text("บุคคลนี้อยู่ที่หน่วยงานนี้อยู่แล้ว", "the person is at this office already"),
        Text("หน่วยงานใหม่ที่ไม่ใช่หน่วยงานเดิม", "an office other than the present one"),
    )
