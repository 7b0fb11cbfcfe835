"""The demo province: Surat Thani with invented people, in fiscal years 2568 (closed) and 2569 (to พ.ค.).

The facts are kept by hand in ``data/demo``: ``owners.csv``, ``works.csv``, ``kpis.csv`` and ``targets_province.csv``
(the province's own targets). From them and a seed come all other files there: ``python -m kpi_metrics.demo`` writes
them anew, byte for byte the same. ``batches.csv`` says which files an office imported together, when, and by whom.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from kpi_metrics.demo_files import DemoBatch, Writer, read_kpis, read_offices, read_rows, read_targets
from kpi_metrics.demo_province import (
    Draw,
    Reporter,
    choose_kpis,
    make_entries,
    make_office_targets,
    make_people,
    make_person_targets,
    pace_of,
)
from kpi_metrics.demo_story import (
    COCONUT,
    EXTRA_STAFF,
    GOVERNMENT_EMPLOYEE,
    LATE,
    NEVER_REPORTED,
    PACE,
    PLANTED,
    SILENT,
    TAMBONS,
    Planted,
    make_corrections,
    make_own_entries,
    make_revisions,
    plant_holdings,
    plant_targets,
    planted_pair,
    sends_through,
    split_move,
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

__all__ = ["FOLDER", "NOW", "PLANTED", "DemoBatch", "Planted", "batches", "generate"]

FOLDER = Path(__file__).parent.parent / "data" / "demo"
SEED = 2569
NOW = datetime(2026, 6, 10, 9, 0)
YEARS = {2568: 12, 2569: 8}  # fiscal year -> last month reported
FACTS = ("owners.csv", "works.csv", "kpis.csv", "targets_province.csv")


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
    for name, content in facts.items():
        (folder / name).write_bytes(content)
    writer = Writer(folder)
    draw = Draw(seed)
    people = make_people(draw, offices, EXTRA_STAFF, date(2024, 10, 1))
    people = [
        replace(p, personnel_type="government_employee") if p.owner_id == GOVERNMENT_EMPLOYEE else p for p in people
    ]
    writer.write("settings.csv", [Setting("now", NOW.isoformat(), "นาฬิกาของข้อมูลสาธิต")])
    writer.write("people.csv", split_move(people))
    writer.write("bands.csv", _bands())
    for year, through in YEARS.items():
        year_kpis = {kpi.kpi_id: kpi for kpi in kpis if kpi.fiscal_year == year}
        own = [target for target in province_targets if target.fiscal_year == year]
        targets = _targets(draw, year, offices, people, year_kpis, own)
        writer.write(f"targets_{year}.csv", targets)
        revisions = make_revisions(year, targets, people)
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
    without = {planted_pair("no_target", year)}
    office_targets = make_office_targets(own, kpis, below, {"": size, "8.3": coconut}, without)
    offered = {(t.owner_id, t.kpi_id) for t in office_targets} - {planted_pair("reaches_nobody", year)}
    holdings = choose_kpis(draw, year, offices, people, offered)
    plant_holdings(holdings, year)
    person_targets = make_person_targets(draw, office_targets, kpis, people, holdings)
    return office_targets + plant_targets(person_targets, year)


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
    return entries + make_own_entries(year, entries, office_of, name_of)


def _write_results(
    writer: Writer, draw: Draw, year: int, through: int, people: Sequence[Person], entries: Sequence[Entry]
) -> None:
    """One file a month, one more for the districts that were late, and the corrections."""
    office_of = {person.owner_id: person.parent_id for person in people}
    corrected = make_corrections(draw, year, entries)
    typed = {_key(truth): wrong for _, wrong, truth in corrected}
    for month in range(1, through + 1):
        late, silent = LATE.get((year, month), ()), SILENT.get((year, month))
        sent = [e for e in entries if e.month == month]
        sent += [wrong for _, wrong, truth in corrected if truth.is_withdrawn and truth.month == month]
        on_time: list[Entry] = []
        delayed: list[Entry] = []
        for entry in sent:
            office = sends_through(entry, office_of)
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


def _due(year: int, month: int) -> date:
    """The first day after fiscal month ``month`` of ``year`` (พ.ศ.)."""
    return date(year - 543, month - 2, 1) if month > 2 else date(year - 544, month + 10, 1)


def _key(entry: Entry) -> tuple[int, str, str]:
    return entry.month, entry.kpi_id, entry.owner_id


if __name__ == "__main__":
    generate(FOLDER)
