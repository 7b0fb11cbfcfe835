"""The demo province: Surat Thani with invented people, in fiscal years 2568 (closed) and 2569 (to พ.ค.).

The facts are kept by hand in ``data/demo``: ``owners.csv``, ``works.csv``, ``kpis.csv`` and ``targets_province.csv``
(the province's own targets). From them and a seed come all other files there: ``python -m kpi_metrics.demo`` writes
them anew, byte for byte the same. ``batches.csv`` says which files an office imported together, when, and by whom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Literal

from kpi_metrics.demo_files import DemoBatch, Writer, read_kpis, read_offices, read_rows, read_targets
from kpi_metrics.demo_province import (
    Draw,
    Holdings,
    Reporter,
    choose_kpis,
    make_entries,
    make_office_targets,
    make_people,
    make_person_targets,
    pace_of,
)
from kpi_metrics.model import (
    Band,
    Behaviour,
    Entry,
    Exclusion,
    Kpi,
    Office,
    Override,
    Person,
    PersonnelType,
    Setting,
    Target,
)

FOLDER = Path(__file__).parent.parent / "data" / "demo"
SEED = 2569
NOW = datetime(2026, 6, 10, 9, 0)
YEARS = {2568: 12, 2569: 8}  # fiscal year -> last month reported
FACTS = ("owners.csv", "works.csv", "kpis.csv", "targets_province.csv")

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
NINE_KPIS = "P840304"
SELF_CHOSEN = "P840207"
GOVERNMENT_EMPLOYEE = "P841707"
THREE_KPIS = "P840407"
LIGHT_WEIGHTS = "P841003"  # weights sum to 95
LONE_HOLDER = "P84G102"  # held 14.2 in 2568, before the province took it up
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
    Planted("own_against_children", 2569, "8402", "11.2", 15),
)

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


def batches(folder: Path = FOLDER) -> Iterator[DemoBatch]:
    """The batches of the demo in the order in which they were recorded."""
    for row in read_rows(folder / "batches.csv"):
        files = tuple(folder / name for name in row["files"].split("|"))
        yield DemoBatch(files, datetime.fromisoformat(row["recorded_at"]), row["by"])


def generate(folder: Path, seed: int = SEED) -> None:
    """Write all files of the demo into ``folder``: the facts as they are, the rest from ``seed``."""
    facts = {name: (FOLDER / name).read_bytes() for name in FACTS}
    offices = read_offices(FOLDER / "owners.csv")
    kpis = read_kpis(FOLDER / "kpis.csv")
    province_targets = read_targets(FOLDER / "targets_province.csv")
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.csv"):
        path.unlink()
    for name, content in facts.items():
        (folder / name).write_bytes(content)
    writer = Writer(folder)
    draw = Draw(seed)
    people = make_people(draw, offices, EXTRA_STAFF, date(2024, 10, 1))
    people = [
        replace(p, personnel_type="government_employee") if p.owner_id == GOVERNMENT_EMPLOYEE else p for p in people
    ]
    writer.write("settings.csv", [Setting("now", NOW.isoformat(), "นาฬิกาของข้อมูลสาธิต")])
    writer.write("people.csv", _with_move(people))
    writer.write("bands.csv", _bands())
    for year, through in YEARS.items():
        year_kpis = {kpi.kpi_id: kpi for kpi in kpis if kpi.fiscal_year == year}
        own = [target for target in province_targets if target.fiscal_year == year]
        targets = _targets(draw, year, offices, people, year_kpis, own)
        writer.write(f"targets_{year}.csv", targets)
        revisions = _revisions(targets, people) if year == 2569 else []
        if revisions:
            writer.write("targets_2569_revision.csv", revisions)
            writer.batch(datetime(2026, 4, 8, 14, 0), "targets_2569_revision.csv")
        entries = _entries(draw, year, through, offices, people, year_kpis, targets, revisions)
        _write_results(writer, draw, year, through, people, entries)
        _write_appraisal(writer, draw, year, through, people)
    writer.batch(datetime(2024, 10, 1, 9, 0), "settings.csv", *FACTS, "people.csv", "bands.csv", "targets_2568.csv")
    writer.batch(datetime(2025, 10, 1, 9, 0), "targets_2569.csv")
    writer.write_batches()


def _targets(
    draw: Draw, year: int, offices: Sequence[Office], people: Sequence[Person], kpis: dict[str, Kpi], own: list[Target]
) -> list[Target]:
    """The year's targets below the province, with what is planted."""
    below = [office for office in offices if office.kind != "province"]
    size = {office.owner_id: float(TAMBONS.get(office.owner_id, 8) + 4) for office in below}
    coconut = {office.owner_id: float(COCONUT.get(office.owner_id, 3)) for office in below}
    is_planted = year == 2569
    without = {_of("no_target", year)}
    office_targets = make_office_targets(own, kpis, below, {"": size, "8.3": coconut}, without)
    offered = {(t.owner_id, t.kpi_id) for t in office_targets} - {_of("reaches_nobody", year)}
    holdings = choose_kpis(draw, year, offices, people, offered)
    if is_planted:
        _plant_holdings(holdings)
    person_targets = make_person_targets(draw, office_targets, kpis, people, holdings)
    if is_planted:
        person_targets = [_plant_target(target) for target in person_targets]
    else:
        person_targets = _plant_lone_holder(person_targets, own[0].from_date)
    return office_targets + person_targets


def _of(fault: Fault, year: int) -> tuple[str, str]:
    """The owner and KPI of the one ``fault`` planted in the year (blank if none)."""
    found = [(p.owner_id, p.kpi_id or "") for p in PLANTED if (p.fault, p.fiscal_year) == (fault, year)]
    return found[0] if found else ("", "")


def _plant_holdings(holdings: Holdings) -> None:
    holdings[MOVED] = dict.fromkeys(("1.1", "4.1", "7.1", "8.2", "13.2"), True)
    holdings[SELF_CHOSEN] = dict.fromkeys(("1.1", "3.1", "7.1", "8.2", "13.2"), False)
    holdings[THREE_KPIS] = dict.fromkeys(("1.1", "4.1", "13.2"), True)
    holdings[NINE_KPIS] |= {"1.1": True, "13.2": False}


def _plant_target(target: Target) -> Target:
    by = {("P840603", "3.1"): -6, ("P841703", "2.1"): 2}.get((target.owner_id, target.kpi_id), 0)
    light = 5 if (target.owner_id, target.kpi_id) == (LIGHT_WEIGHTS, "1.1") else 0
    return replace(target, target=target.target + by, weight=(target.weight or 0) - light)


def _plant_lone_holder(targets: list[Target], start: date) -> list[Target]:
    """14.2 takes 10 of the weight of the holder's heaviest KPI."""
    own = [target for target in targets if target.owner_id == LONE_HOLDER]
    heaviest = max(own, key=lambda target: target.weight or 0)
    lighter = replace(heaviest, weight=(heaviest.weight or 0) - 10)
    lone = Target(start_year(start), "14.2", LONE_HOLDER, start, 5, 10, True)
    return [lighter if target is heaviest else target for target in targets] + [lone]


def start_year(start: date) -> int:
    """The fiscal year (พ.ศ.) that begins on ``start``."""
    return start.year + 544


def _revisions(targets: Sequence[Target], people: Sequence[Person]) -> list[Target]:
    """The versions from 1 April 2569: one district's target lowered, and the work of the moved officer handed on."""
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
    made = [revise(district, kpi, -less, "สฎ 0009/0412", dry)]
    holders = [p.owner_id for p in people if p.parent_id == district and (p.owner_id, kpi) in version]
    whole = sum(version[owner, kpi].target for owner in holders)
    left = less
    for place, owner in enumerate(holders):
        part = left if place == len(holders) - 1 else round(less * version[owner, kpi].target / whole)
        made.append(revise(owner, kpi, -part, "สฎ 0009/0412", dry))
        left -= part
    moved = version[MOVED, "4.1"].target
    handed = "รับช่วงงานจากเจ้าหน้าที่ที่ย้ายอำเภอ"
    made.append(revise("P840102", "4.1", moved, "สฎ 0009/0398", handed))
    made.append(revise("P840202", "4.1", -moved, "สฎ 0009/0398", "แบ่งงานให้เจ้าหน้าที่ที่ย้ายมา"))
    return made


def _entries(
    draw: Draw,
    year: int,
    through: int,
    offices: Sequence[Office],
    people: Sequence[Person],
    kpis: dict[str, Kpi],
    targets: Sequence[Target],
    revisions: Sequence[Target],
) -> list[Entry]:
    """All that the reporters (holders without a holder below) truly did, and the one office against its people."""
    office_of = {person.owner_id: person.parent_id for person in people}
    name_of = {person.leads or person.owner_id: person.name_th for person in people}
    by_id = {office.owner_id: office for office in offices}
    held_below = {(office_of[t.owner_id], t.kpi_id) for t in targets if t.owner_id in office_of}
    revised = {(target.owner_id, target.kpi_id): target.target for target in revisions}
    closed = through == 12
    entries: list[Entry] = []
    for target in targets:
        key = (target.owner_id, target.kpi_id)
        office = by_id[office_of.get(target.owner_id, target.owner_id)]
        if key in held_below or (not closed and (office.owner_id, target.kpi_id) in NEVER_REPORTED):
            continue
        by_month = (target.target,) * 6 + (revised.get(key, target.target),) * 6
        kpi = kpis[target.kpi_id]
        pace = pace_of(draw, year, office, target.owner_id, kpi, PACE)
        reporter = Reporter(target.owner_id, name_of[target.owner_id], office, kpi, by_month, pace)
        entries += make_entries(draw, year, through, reporter, misses=0 if closed else 0.008, recovers=closed)
    for planted in PLANTED:
        if planted.fault == "own_against_children" and planted.fiscal_year == year:
            entries += _own_entries(planted, entries, office_of, name_of)
    return entries


def _own_entries(
    planted: Planted, entries: Sequence[Entry], office_of: dict[str, str], name_of: dict[str, str]
) -> list[Entry]:
    """An office's own monthly figures on a KPI which its people report too, off by the planted difference."""
    months: dict[int, float] = defaultdict(float)
    for entry in entries:
        if entry.kpi_id == planted.kpi_id and office_of.get(entry.owner_id) == planted.owner_id:
            months[entry.month] += entry.value or 0
    months[6] += planted.difference or 0
    name = name_of[planted.owner_id]
    return [
        Entry(planted.fiscal_year, month, planted.kpi_id or "", planted.owner_id, value, reported_by=name)
        for month, value in sorted(months.items())
    ]


def _write_results(
    writer: Writer, draw: Draw, year: int, through: int, people: Sequence[Person], entries: Sequence[Entry]
) -> None:
    """One file a month, one more for the districts that were late, and the corrections."""
    places = {row.owner_id: row.parent_id for row in people}
    corrected = _corrections(draw, year, entries)
    typed = {_key(truth): wrong for _, wrong, truth in corrected}
    for month in range(1, through + 1):
        late, silent = LATE.get((year, month), ()), SILENT.get((year, month))
        sent = [e for e in entries if e.month == month]
        sent += [wrong for _, wrong, truth in corrected if truth.is_withdrawn and truth.month == month]
        on_time: list[Entry] = []
        delayed: list[Entry] = []
        for entry in sent:
            office = places.get(entry.owner_id, entry.owner_id)
            if entry.owner_id == MOVED and (year, month) >= (2569, 7):
                office = "8402"
            if office != silent:
                (delayed if office in late else on_time).append(typed.get(_key(entry), entry))
        due = _due(year, month)
        days = draw("recorded", year, month)
        name = f"results_{year}_{month:02d}"
        writer.write_results(f"{name}.csv", on_time, due + timedelta(days=days.randint(0, 4)))
        if delayed:
            writer.write_results(f"{name}_late.csv", delayed, due + timedelta(days=days.randint(7, 8)))
    for month in sorted({month for month, _, _ in corrected}):
        truths = [truth for at, _, truth in corrected if at == month]
        writer.write_results(
            f"results_{year}_{month:02d}_corrections.csv", truths, _due(year, month) + timedelta(days=16)
        )
    if year == 2569:
        note = Entry(2569, 8, "11.3", "8416", note="ทุเรียนออกช้ากว่าปกติ เริ่มเก็บตัวอย่างกลางเดือน มิ.ย.")
        writer.write_results("results_2569_08_note.csv", [note], date(2026, 6, 9))


def _corrections(draw: Draw, year: int, entries: Sequence[Entry]) -> list[tuple[int, Entry, Entry]]:
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


def _write_appraisal(writer: Writer, draw: Draw, year: int, through: int, people: Sequence[Person]) -> None:
    """สมรรถนะ of the rounds that have ended; in the closed year one override and one exclusion."""
    for number in (1, 2)[: through // 6]:
        rows = [
            Behaviour(year, number, p.owner_id, draw("behaviour", year, number, p.owner_id).randint(150, 196) / 2)
            for p in people
        ]
        name = f"behaviour_{year}_{number}.csv"
        writer.write(name, rows)
        writer.batch(datetime.combine(_due(year, 6 * number) + timedelta(days=9), time(15)), name)
    if year == 2568:
        chief = people[0].name_th
        flood = "น้ำท่วมหนักทำให้ต้องเลื่อนการประชุมข้อมูลเอกภาพ ผลงานจริงครบถ้วนแล้ว"
        sick = "ลาป่วยรักษาตัวเกินกึ่งหนึ่งของรอบการประเมิน"
        writer.write("overrides_2568.csv", [Override(2568, 12, "11.1", "P840803", 4.5, flood, chief)])
        writer.write("exclusions_2568.csv", [Exclusion(2568, 2, "3.1", "P841203", sick, chief)])
        writer.batch(datetime(2025, 10, 15, 10, 0), "overrides_2568.csv", "exclusions_2568.csv")


def _bands() -> list[Band]:
    names = (
        ("ดีเด่น", "Outstanding"),
        ("ดีมาก", "Very good"),
        ("ดี", "Good"),
        ("พอใช้", "Fair"),
        ("ต้องปรับปรุง", "To improve"),
    )
    minima: dict[PersonnelType, tuple[int, ...]] = {
        "civil_servant": (90, 80, 70, 60, 0),
        "government_employee": (95, 85, 75, 65, 0),
        "permanent_employee": (90, 80, 70, 60, 0),
    }
    return [
        Band(2568, kind, th, en, minimum)
        for kind, steps in minima.items()
        for (th, en), minimum in zip(names, steps, strict=True)
    ]


def _with_move(people: Iterable[Person]) -> Iterator[Person]:
    """The people with the place of the one who moves cut in two."""
    for person in people:
        if person.owner_id != MOVED:
            yield person
            continue
        yield replace(person, to_date=date(2026, 3, 31))
        yield replace(person, parent_id="8402", from_date=date(2026, 4, 1))


def _due(year: int, month: int) -> date:
    """The first day after fiscal month ``month`` of ``year`` (พ.ศ.)."""
    return date(year - 543, month - 2, 1) if month > 2 else date(year - 544, month + 10, 1)


def _key(entry: Entry) -> tuple[int, str, str]:
    return entry.month, entry.kpi_id, entry.owner_id


if __name__ == "__main__":
    generate(FOLDER)
