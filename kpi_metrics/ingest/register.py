"""The rules of what an office is made of and is to reach: owners, people, works and targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from kpi_metrics.ingest.figures import check_plan, check_scale, levels_of, read_figure, read_plan
from kpi_metrics.ingest.findings import Findings, Row
from kpi_metrics.ingest.lookup import Lookup
from kpi_metrics.ingest.parents import Draft, settle_parents
from kpi_metrics.model import NO_LEVELS, Office, Person, Place, Target, Text, Work
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.calendar import FiscalMonth


def make_office(row: Row) -> Office:
    """The office a row describes, its parent as written."""
    return Office(**{**row.values, "aliases": row.values.get("aliases", ()), "parent_id": row.values.get("parent_id")})


def settle_offices(drafts: Sequence[Draft[Office]], lookup: Lookup, findings: Findings) -> list[Draft[Office]]:
    """Offices whose parents are known (in the ledger or the batch, by id or name) and run in no circle."""
    before = dict(lookup.offices)
    lookup.replace_offices({**before, **{office.owner_id: office for _, office in drafts}})
    resolved: list[Draft[Office]] = []
    for row, office in drafts:
        if office.to_date and office.from_date and office.to_date < office.from_date:
            _refuse_dates(row, findings)
            continue
        if office.owner_id in lookup.people:
            findings.reject(
                row,
                "owner_id",
                "id_taken",
                Text("รหัสนี้เป็นเลขที่ตำแหน่งของบุคคลแล้ว", "this id is already a person's position number"),
                Text("รหัสที่ไม่ซ้ำ", "an id of its own"),
            )
        parent_id = _office(row, "parent_id", lookup, findings)
        if not row.is_rejected:
            resolved.append((row, replace(office, parent_id=parent_id)))
    known = {owner_id: office.parent_id for owner_id, office in before.items()}
    kept = settle_parents(resolved, lambda office: office.owner_id, lambda office: office.parent_id, known, findings)
    lookup.replace_offices({**before, **{office.owner_id: office for _, office in kept}})
    for row, office in kept:
        if office.kind == "district" and "province" not in _kinds_above(office, lookup.offices):
            findings.warn(
                row,
                "parent_id",
                "district_not_in_province",
                Text("อำเภอนี้ไม่ได้อยู่ใต้จังหวัดใด", "this district is in no province"),
                Text("หน่วยงานแม่เป็นจังหวัด", "a province as its parent"),
            )
    return kept


def _kinds_above(office: Office, offices: Mapping[str, Office]) -> set[str]:
    kinds: set[str] = set()
    above = offices.get(office.parent_id or "")
    while above:
        kinds.add(above.kind)
        above = offices.get(above.parent_id or "")
    return kinds


def make_person(row: Row, lookup: Lookup, findings: Findings) -> Person | None:
    """The place of a position that a row describes."""
    parent_id, leads = _office(row, "parent_id", lookup, findings), _office(row, "leads", lookup, findings)
    start, end = row.values.get("from_date"), row.values.get("to_date")
    if start and end and end < start:
        _refuse_dates(row, findings)
    if row.values.get("owner_id") in lookup.offices:
        findings.reject(
            row,
            "owner_id",
            "id_taken",
            Text("รหัสนี้เป็นของหน่วยงานแล้ว", "this id is already an office's"),
            Text("เลขที่ตำแหน่งที่ไม่ซ้ำกับหน่วยงาน", "a position number that is no office's id"),
        )
    if row.is_rejected:
        return None
    return Person(**{"position_th": None, **row.values, "parent_id": parent_id, "leads": leads})


def settle_people(drafts: Sequence[Draft[Person]], stored: Sequence[Person], findings: Findings) -> list[Draft[Person]]:
    """People whose places do not overlap in time, over the stored ones that the batch does not replace."""
    replaced = {(person.owner_id, person.from_date) for _, person in drafts}
    places: dict[str, list[tuple[Person, Place | None]]] = {}
    for person in stored:
        if (person.owner_id, person.from_date) not in replaced:
            places.setdefault(person.owner_id, []).append((person, None))
    kept = []
    for row, person in drafts:
        others = places.setdefault(person.owner_id, [])
        clash = next(((other, place) for other, place in others if _overlap(person, other)), None)
        if clash:
            where = (
                f"{clash[1].file} {clash[1].row}"
                if clash[1]
                else f"{clash[0].name_th} {clash[0].from_date or ''}".strip()
            )
            findings.reject(
                row,
                "from_date",
                "overlapping_dates",
                Text(
                    f"ช่วงเวลาของตำแหน่งนี้ซ้อนกับ {where}",
                    f"the dates of this position overlap with {where}",
                ),
                Text("ปิดช่วงเดิมด้วยวันที่สิ้นสุดก่อน", "end the other one first (to_date)"),
            )
            continue
        others.append((person, row.place))
        kept.append((row, person))
    # A refused row leaves the stored one that it would have replaced, which may overlap in its turn.
    return kept if len(kept) == len(drafts) else settle_people(kept, stored, findings)


def _overlap(one: Person, other: Person) -> bool:
    return (one.from_date or date.min) <= (other.to_date or date.max) and (other.from_date or date.min) <= (
        one.to_date or date.max
    )


def make_work(row: Row) -> Work:
    """The work a row describes."""
    return Work(**{"name_en": None, **row.values})


def make_target(row: Row, lookup: Lookup, findings: Findings) -> Target | None:
    """The version of a target that a row sets; it is in force from 1 October unless it says otherwise."""
    values = row.values
    kpi, owner_id = lookup.kpi(row, findings), find_owner(row, lookup, findings)
    plan, levels = read_plan(row), levels_of(row)
    check_plan(row, plan, findings)
    target = read_figure(row, "target", kpi, findings) if kpi else None
    if target is not None and target < 0:
        findings.reject(
            row, "target", "negative_target", Text("เป้าหมายติดลบ", "the target is negative"), Text("0 ขึ้นไป", "0 or more")
        )
    if kpi and kpi.measure == "milestone":
        levels = NO_LEVELS
    elif kpi:
        check_scale(row, levels, kpi.direction, findings, is_required=False)
    year = values.get("fiscal_year")
    from_date = values.get("from_date") or (FiscalMonth(year, 1).first_day if year else None)
    if year and from_date and from_date > FiscalMonth(year, 12).last_day:
        findings.reject(
            row,
            "from_date",
            "outside_year",
            Text(f"วันที่อยู่หลังปีงบประมาณ {year} จึงไม่มีผลเลย", f"after fiscal year {year}: it would never be in force"),
            Text("วันที่ภายในปีงบประมาณ", "a day of the fiscal year"),
        )
    if row.is_rejected or kpi is None or owner_id is None or target is None or from_date is None:
        return None
    others = {name: values.get(name) for name in ("weight", "prescribed", "approved_by", "document_no", "reason")}
    made = Target(kpi.fiscal_year, kpi.kpi_id, owner_id, from_date, target, plan=plan, levels=levels, **others)
    _compare_with_stored(row, made, lookup, findings)
    return made


def _compare_with_stored(row: Row, made: Target, lookup: Lookup, findings: Findings) -> None:
    stored = lookup.known_targets.get((made.fiscal_year, made.kpi_id, made.owner_id, made.from_date))
    if stored and (stored.target, stored.weight, stored.plan, stored.levels) != (
        made.target,
        made.weight,
        made.plan,
        made.levels,
    ):
        findings.warn(
            row,
            "target",
            "target_changed",
            Text(
                f"ต่างจากเป้าหมายเดิม {stored.target:.10g} ของวันที่ใช้เดียวกัน",
                f"differs from the stored target {stored.target:.10g} of the same date",
            ),
            Text(
                "ใส่วันที่เริ่มใช้หากเป็นการปรับเป้าหมาย มิฉะนั้นค่าใหม่แทนค่าเดิม",
                "a from_date if it is a new version; else the newest wins",
            ),
        )


def find_owner(row: Row, lookup: Lookup, findings: Findings, *, is_person: bool = False) -> str | None:
    """The owner that a row names, or None with the row refused (or already refused)."""
    said = row.values.get("owner_id")
    if said is None:
        return None
    try:
        owner_id = lookup.owner(said)
    except Unreadable as error:
        findings.unreadable(row, "owner_id", "unknown_owner", error)
        return None
    if is_person and owner_id in lookup.offices:
        findings.reject(
            row,
            "owner_id",
            "not_a_person",
            Text("เป็นหน่วยงาน ไม่ใช่บุคคล", "an office, not a person"),
            Text("เลขที่ตำแหน่ง", "a position number"),
        )
        return None
    return owner_id


def _office(row: Row, column: str, lookup: Lookup, findings: Findings) -> str | None:
    said = row.values.get(column)
    if said is None:
        return None
    try:
        return lookup.office(said)
    except Unreadable as error:
        findings.unreadable(row, column, "unknown_parent" if column == "parent_id" else "unknown_owner", error)
        return None


def _refuse_dates(row: Row, findings: Findings) -> None:
    findings.reject(
        row,
        "to_date",
        "dates_reversed",
        Text("สิ้นสุดก่อนเริ่มต้น", "it ends before it begins"),
        Text("วันที่สิ้นสุดไม่ก่อนวันที่เริ่มต้น", "a to_date not before the from_date"),
    )
