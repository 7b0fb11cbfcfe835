"""What is told of Surat Thani in particular: how its districts do, what went wrong, and what is planted on purpose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from kpi_metrics.cascade import split
from kpi_metrics.demo_province import Draw, Holdings
from kpi_metrics.model import Entry, Person, Target

Fault = Literal[
    "unallocated",
    "over_allocated",
    "no_target",
    "reaches_nobody",
    "not_linked",
    "few_kpis",
    "many_kpis",
    "few_prescribed",
    "weights_off_100",
    "own_against_children",
]


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault of the cascade put into the demo on purpose, as it stands in the year's last reported month."""

    fault: Fault
    fiscal_year: int
    owner_id: str
    kpi_id: str | None
    difference: float | None = None


MOVED = "P840107"  # moves from เมืองสุราษฎร์ธานี to กาญจนดิษฐ์ on 1 April 2569, with a part of 4.1
MOVED_TO = "8402"
NINE_KPIS = "P840304"
SELF_CHOSEN = "P840207"
GOVERNMENT_EMPLOYEE = "P841707"
THREE_KPIS = "P840407"
LIGHT_WEIGHTS = "P841003"  # weights sum to 95
LONE_HOLDER = "P84G102"  # held 14.2 in 2568, before the province took it up
WRONG_PARTS = {("P840603", "3.1"): -6, ("P841703", "2.1"): 2}  # what a person's part of its office's target is off by
OWN_SURPLUS = 15  # what an office claims over its people, in its month 6
REVISED = ("8411", "11.2", 30)  # district, KPI, how much less from 1 April 2569; the province's stays as it was

PLANTED: tuple[Planted, ...] = (
    Planted("unallocated", 2569, "8406", "3.1", -6),
    Planted("unallocated", 2569, "84", "11.2", -30),
    Planted("over_allocated", 2569, "8417", "2.1", 2),
    Planted("no_target", 2569, "8413", "5.2"),
    Planted("reaches_nobody", 2569, "8418", "14.2"),
    Planted("not_linked", 2568, LONE_HOLDER, "14.2"),
    Planted("few_kpis", 2569, THREE_KPIS, None, -1),
    Planted("many_kpis", 2569, NINE_KPIS, None, 2),
    Planted("few_prescribed", 2569, THREE_KPIS, None, -1),
    Planted("few_prescribed", 2569, SELF_CHOSEN, None, -4),
    Planted("weights_off_100", 2569, LIGHT_WEIGHTS, None, -5),
    Planted("own_against_children", 2569, "8402", "11.2", OWN_SURPLUS),
)

# What the parts of a target are in proportion to.
TAMBONS = dict(
    zip(
        (str(code) for code in range(8401, 8420)),
        (11, 13, 4, 7, 3, 9, 6, 8, 4, 6, 6, 11, 4, 5, 5, 7, 16, 4, 2),
        strict=True,
    )
)
COCONUT = {"8404": 60, "8405": 45, "8401": 12, "8402": 20, "8403": 14, "8406": 16, "8407": 12}
# How well the offices do: 1 is on plan.
PACE = {
    "8401": 0.93, "8402": 1.03, "8403": 0.99, "8404": 0.90, "8405": 1.01, "8406": 0.80, "8407": 1.0, "8408": 0.90,
    "8409": 0.98, "8410": 1.04, "8411": 0.89, "8412": 1.0, "8413": 0.98, "8414": 0.86, "8415": 1.12, "8416": 1.04,
    "8417": 0.83, "8418": 0.83, "8419": 1.0,
}  # fmt: skip
EXTRA_STAFF = ("8401", "8402", "8404", "8412", "8417")
LATE = {
    (2568, 3): ("8417",),
    (2568, 7): ("8406", "8418"),
    (2568, 11): ("8414",),
    (2569, 2): ("8406",),
    (2569, 5): ("8418",),
    (2569, 7): ("8414", "8417"),
    (2569, 8): ("8406", "8417"),
}
SILENT = {(2569, 8): "8418"}  # sent nothing for พ.ค. yet
# Never reported in 2569 (district, KPI): nobody has taken them up.
NEVER_REPORTED = {
    ("8401", "2.1"), ("8401", "7.2"), ("8403", "13.2"), ("8404", "14.1"), ("8405", "2.2"), ("8406", "13.1"),
    ("8407", "1.3"), ("8407", "10.1"), ("8409", "3.2"), ("8410", "5.2"), ("8412", "8.1"), ("8415", "6.2"),
    ("8418", "4.2"), ("8419", "7.2"),
}  # fmt: skip


def planted_pair(fault: Fault, year: int) -> tuple[str, str]:
    """The owner and KPI of the one ``fault`` planted in the year (blank if none)."""
    found = [(p.owner_id, p.kpi_id or "") for p in PLANTED if (p.fault, p.fiscal_year) == (fault, year)]
    return found[0] if found else ("", "")


def plant_holdings(holdings: Holdings, year: int) -> None:
    """Give the people of the story the sets they are told of (from 2569 on)."""
    if year == 2568:
        return
    holdings[MOVED] = dict.fromkeys(("1.1", "4.1", "7.1", "8.2", "13.2"), True)
    holdings[SELF_CHOSEN] = dict.fromkeys(("1.1", "3.1", "7.1", "8.2", "13.2"), False)
    holdings[THREE_KPIS] = dict.fromkeys(("1.1", "4.1", "13.2"), True)
    holdings[NINE_KPIS] |= {"1.1": True, "13.2": False}


def plant_targets(targets: Sequence[Target], year: int) -> list[Target]:
    """The people's targets with the faults of the year: wrong parts and light weights, or the lone holder's KPI."""
    if year == 2568:
        return _add_lone_holder(targets)
    made = []
    for target in targets:
        pair = (target.owner_id, target.kpi_id)
        weight = (target.weight or 0) - (5 if pair == (LIGHT_WEIGHTS, "1.1") else 0)
        made.append(replace(target, target=target.target + WRONG_PARTS.get(pair, 0), weight=weight))
    return made


def _add_lone_holder(targets: Sequence[Target]) -> list[Target]:
    """14.2 takes 10 of the weight of the holder's heaviest KPI."""
    heaviest = max((t for t in targets if t.owner_id == LONE_HOLDER), key=lambda target: target.weight or 0)
    lighter = replace(heaviest, weight=(heaviest.weight or 0) - 10)
    lone = replace(heaviest, kpi_id="14.2", target=5, weight=10)
    return [lighter if target is heaviest else target for target in targets] + [lone]


def make_revisions(year: int, targets: Sequence[Target], people: Sequence[Person]) -> list[Target]:
    """The versions from 1 April 2569: one district's target lowered, and the work of the moved officer handed on."""
    if year != 2569:
        return []
    district, kpi, less = REVISED
    version = {(target.owner_id, target.kpi_id): target for target in targets}
    start = date(2026, 4, 1)

    def revise(owner: str, kpi_id: str, by: float, document: str, reason: str) -> Target:
        before = version[owner, kpi_id]
        return Target(
            before.fiscal_year,
            kpi_id,
            owner,
            start,
            before.target + by,
            approved_by=people[0].name_th,
            document_no=document,
            reason=reason,
        )

    dry = "ภัยแล้งทำให้พื้นที่ปลูกใหม่ลดลง คณะกรรมการติดตามงานเห็นชอบให้ปรับลดเป้าหมาย"
    holders = [p.owner_id for p in people if p.parent_id == district and (p.owner_id, kpi) in version]
    parts = split(less, [version[owner, kpi].target for owner in holders])
    made = [revise(district, kpi, -less, "สฎ 0009/0412", dry)]
    made += [revise(owner, kpi, -part, "สฎ 0009/0412", dry) for owner, part in zip(holders, parts, strict=True)]
    moved = version[MOVED, "4.1"].target
    made.append(revise("P840102", "4.1", moved, "สฎ 0009/0398", "รับช่วงงานจากเจ้าหน้าที่ที่ย้ายอำเภอ"))
    made.append(revise("P840202", "4.1", -moved, "สฎ 0009/0398", "แบ่งงานให้เจ้าหน้าที่ที่ย้ายมา"))
    return made


def make_own_entries(
    year: int, entries: Sequence[Entry], office_of: Mapping[str, str], name_of: Mapping[str, str]
) -> list[Entry]:
    """An office's own monthly figures on a KPI which its people report too, off by the planted difference."""
    owner_id, kpi_id = planted_pair("own_against_children", year)
    if not owner_id:
        return []
    months: dict[int, float] = defaultdict(float)
    for entry in entries:
        if entry.kpi_id == kpi_id and office_of.get(entry.owner_id) == owner_id:
            months[entry.month] += entry.value or 0
    months[6] += OWN_SURPLUS
    name = name_of[owner_id]
    return [Entry(year, month, kpi_id, owner_id, value, reported_by=name) for month, value in sorted(months.items())]


def make_corrections(draw: Draw, year: int, entries: Sequence[Entry]) -> list[tuple[int, Entry, Entry]]:
    """(month, as first sent, as put right): typing slips of a few months, and one entry taken back."""
    made: list[tuple[int, Entry, Entry]] = []
    for month, count in {2568: {4: 3, 9: 4}, 2569: {5: 4, 6: 3}}[year].items():
        large = [e for e in entries if e.month == month and e.value is not None and e.value >= 10 and e.kpi_id != "8.3"]
        for place, truth in enumerate(draw("corrections", year, month).sample(large, count)):
            value = truth.value or 0
            slip = value * 10 if place == 0 else value + (9 if place % 2 else -9)
            made.append((month, replace(truth, value=slip), replace(truth, note="แก้ไขตัวเลขที่พิมพ์ผิด")))
    if year == 2569:
        mistaken = Entry(2569, 6, "12.1", "P841502", numerator=5, denominator=5)
        made.append((6, mistaken, Entry(2569, 6, "12.1", "P841502", is_withdrawn=True, note="รายงานผิดตัวชี้วัด ขอถอน")))
    return made


def split_move(people: Iterable[Person]) -> Iterator[Person]:
    """The people with the place of the one who moves cut in two."""
    for person in people:
        if person.owner_id != MOVED:
            yield person
            continue
        yield replace(person, to_date=date(2026, 3, 31))
        yield replace(person, parent_id=MOVED_TO, from_date=date(2026, 4, 1))


def sends_through(entry: Entry, office_of: Mapping[str, str]) -> str:
    """The office which sent in an entry: the reporter's own in that month."""
    if entry.owner_id == MOVED and (entry.fiscal_year, entry.month) >= (2569, 7):
        return MOVED_TO
    return office_of.get(entry.owner_id, entry.owner_id)
