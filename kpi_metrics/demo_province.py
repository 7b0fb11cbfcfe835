"""The life of a demo province as a function of its offices: people, who holds what, targets and what was reported.

Everything is drawn from ``Draw``, which gives each question ("pace of 8406", "target of P840102 on 4.1") its own
stream, so that adding an office or a KPI never changes the figures of another.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from kpi_metrics.cascade import split
from kpi_metrics.model import Entry, Kpi, Office, Person, Target

# What an officer of a district looks after, after the groups of the provincial office, and what may be shared on top.
DISTRICT_ROLES: tuple[tuple[str, ...], ...] = (
    ("1.1", "1.2", "1.3", "4.1", "4.2", "12.1"),
    ("1.1", "2.1", "2.2", "3.1", "11.1", "11.2"),
    ("5.1", "5.2", "6.1", "6.2", "7.1", "7.2", "14.1"),
    ("8.1", "8.2", "8.3", "9.1", "10.1"),
    ("13.1", "13.2", "14.2"),
)
SHARED_KPIS = ("1.1", "1.2", "3.1", "4.1", "7.1", "8.2", "11.2", "13.2")
GROUP_KPIS: dict[str, tuple[str, ...]] = {
    "กลุ่มยุทธศาสตร์และสารสนเทศ": ("1.2", "4.1", "4.2", "13.1", "13.2", "14.2"),
    "กลุ่มส่งเสริมและพัฒนาการผลิต": ("2.2", "3.1", "11.1", "11.2", "13.1", "13.2", "14.2"),
    "กลุ่มส่งเสริมและพัฒนาเกษตรกร": ("5.1", "5.2", "6.2", "7.2", "13.1", "13.2", "14.1"),
    "กลุ่มอารักขาพืช": ("3.1", "8.1", "8.2", "13.1", "13.2", "14.2"),
    "ฝ่ายบริหารทั่วไป": ("4.1", "13.1", "13.2", "14.1", "14.2"),
}
HARD_KPIS = {"10.1": 0.88, "8.1": 0.86, "5.2": 0.86, "11.1": 0.86, "7.2": 0.9, "3.2": 0.92, "14.2": 0.92}
# The least and most of what one reporter's percent is taken over (ราย, แปลง, รายงาน, บาท ...).
DENOMINATORS: dict[str, tuple[int, int]] = {
    "1.1": (280, 900),
    "1.3": (40, 120),
    "2.3": (4200, 5600),
    "3.2": (24, 60),
    "6.1": (8, 24),
    "6.3": (8, 20),
    "7.1": (20, 60),
    "8.2": (4, 4),
    "11.3": (40, 100),
    "12.1": (30, 180),
    "13.1": (420_000, 980_000),
    "13.2": (6, 10),
}
GROWING_DENOMINATORS = {"8.2", "13.2"}  # so many a month: the reading counts all since October
POSITIONS = (
    "นักวิชาการส่งเสริมการเกษตรชำนาญการ",
    "นักวิชาการส่งเสริมการเกษตรปฏิบัติการ",
    "เจ้าพนักงานการเกษตรชำนาญงาน",
    "เจ้าพนักงานการเกษตรปฏิบัติงาน",
)
TROUBLES: dict[str, tuple[str, str]] = {
    "1": ("เกษตรกรยังไม่มาปรับปรุงทะเบียนเพราะอยู่ระหว่างฤดูเก็บเกี่ยว", "จัดหน่วยบริการเคลื่อนที่ระดับตำบลร่วมกับผู้นำชุมชน"),
    "2": ("สมาชิกแปลงใหญ่ว่างไม่ตรงกัน จัดเวทีไม่ได้ตามกำหนด", "เลื่อนเวทีเป็นช่วงเย็นและแบ่งกลุ่มย่อย"),
    "3": ("เอกสารสิทธิ์ของแปลงไม่ครบ ยื่นคำขอไม่ได้", "ตรวจเอกสารล่วงหน้าก่อนนัดตรวจแปลง"),
    "4": ("ฝนตกหนัก เกษตรกรเดินทางมาศูนย์เรียนรู้ไม่ได้", "จัดเรียนรู้ที่ศูนย์เครือข่ายใกล้บ้าน"),
    "5": ("เกษตรกรรุ่นใหม่ทำงานนอกพื้นที่ เข้าร่วมไม่ครบหลักสูตร", "เพิ่มการอบรมทางไกลในวันหยุด"),
    "6": ("วิสาหกิจชุมชนบางแห่งหยุดดำเนินกิจการ", "ลงพื้นที่ตรวจสอบและคัดเลือกแห่งทดแทน"),
    "7": ("สมาชิกกลุ่มขาดความต่อเนื่องในการรายงาน", "ประชุมประจำเดือนและรายงานผ่านโทรศัพท์"),
    "8": ("พบการระบาดเพิ่มในสวนที่ไม่มีผู้ดูแล", "ขออนุญาตเจ้าของสวนเข้าควบคุมและปล่อยแตนเบียน"),
    "10": ("มีการเผาตอซังในช่วงเตรียมดิน", "รณรงค์ไถกลบและสนับสนุนเครื่องย่อยกิ่งไม้"),
    "11": ("ผลผลิตออกล่าช้ากว่าปกติจากสภาพอากาศ", "ปรับแผนสำรวจข้อมูลและติดตามรายสัปดาห์"),
    "13": ("อยู่ระหว่างกระบวนการจัดซื้อจัดจ้าง", "เร่งตรวจรับและเบิกจ่ายภายในเดือนถัดไป"),
    "14": ("หน่วยงานร่วมจัดเลื่อนกำหนดการ", "ประสานกำหนดวันใหม่ร่วมกับอำเภอ"),
}
NO_DISASTER = "ไม่มีผู้ประสบภัยในพื้นที่"
DISASTER_MONTHS = (2, 3)  # พ.ย.-ธ.ค.: the floods of the South

Holdings = dict[str, dict[str, bool]]  # person -> KPI -> prescribed


class Draw:
    """Random streams by name: the same seed and name give the same stream, whatever else is drawn."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def __call__(self, *name: object) -> Random:
        """The stream of ``name``, from its beginning."""
        return Random("/".join(str(part) for part in (self._seed, *name)))


def spell_number(number: int) -> str:
    """A whole number 1..999 in Thai words: 102 is หนึ่งร้อยสอง, 21 ยี่สิบเอ็ด."""
    digits = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = digits[hundreds] + "ร้อย" if hundreds else ""
    words += {0: "", 1: "สิบ", 2: "ยี่สิบ"}.get(tens, digits[tens] + "สิบ")
    return words + ("เอ็ด" if ones == 1 and number > 10 else digits[ones])


def make_people(draw: Draw, offices: Sequence[Office], extra_staff: Iterable[str], start: date) -> list[Person]:
    """A head for every office, five officers for a district (six where ``extra_staff`` says), four for a group."""
    heads = {"province": "เกษตรจังหวัด", "district": "เกษตรอำเภอ"}
    people: list[Person] = []

    def add(office: Office, number: int, position: str, leads: str | None) -> None:
        index = len(people) + 1
        title = draw("title", office.owner_id, number).choice(("นาย", "นาง", "นางสาว"))
        owner_id = f"P{office.owner_id.replace('-', '').ljust(4, '0')}{number:02d}"
        people.append(
            Person(
                owner_id=owner_id,
                parent_id=office.owner_id,
                name_th=f"{title}ตัวอย่าง {spell_number(index)}",
                position_th=position,
                personnel_type="civil_servant",
                email=f"{owner_id.lower()}@example.org",
                leads=leads,
                from_date=start,
            )
        )

    extra = set(extra_staff)
    for office in offices:
        if office.kind not in ("province", "district", "group"):
            continue
        add(office, 1, heads.get(office.kind, f"หัวหน้า{office.name_th}"), office.owner_id)
        staff = {"province": 0, "district": len(DISTRICT_ROLES), "group": 4}[office.kind] + (office.owner_id in extra)
        for number in range(2, 2 + staff):
            add(office, number, draw("position", office.owner_id, number).choice(POSITIONS), None)
    return people


def choose_kpis(
    draw: Draw, year: int, offices: Sequence[Office], people: Sequence[Person], offered: Iterable[tuple[str, str]]
) -> Holdings:
    """The KPIs of every officer, of those ``offered`` (office, KPI): the role's, filled to 5-7 with shared ones.

    The role's are prescribed, and of the rest as many as bring the prescribed to four.
    """
    by_office = {office.owner_id: office for office in offices}
    of_office: dict[str, set[str]] = defaultdict(set)
    for office_id, kpi in offered:
        of_office[office_id].add(kpi)
    staff: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if person.leads is None:
            staff[person.parent_id].append(person)
    holdings: Holdings = {}
    for office_id, members in staff.items():
        for place, person in enumerate(members):
            rng = draw("kpis", year, person.owner_id)
            if by_office[office_id].kind == "group":
                own = [kpi for kpi in GROUP_KPIS[by_office[office_id].name_th] if kpi in of_office[office_id]]
                left_out = own[(place + 1) % len(own)] if len(own) > 5 and place else None
                holdings[person.owner_id] = {kpi: True for kpi in own if kpi != left_out}
                continue
            role = DISTRICT_ROLES[place] if place < len(DISTRICT_ROLES) else ()
            chosen = {kpi: True for kpi in role if kpi in of_office[office_id]}
            size = rng.choice((5, 6, 6, 7))
            for kpi in rng.sample(SHARED_KPIS, len(SHARED_KPIS)):
                if len(chosen) < size and kpi in of_office[office_id] - chosen.keys():
                    chosen[kpi] = len(chosen) < 4 or rng.random() < 0.4
            holdings[person.owner_id] = chosen
    return holdings


def make_office_targets(
    province: Sequence[Target],
    kpis: Mapping[str, Kpi],
    offices: Sequence[Office],
    base: Mapping[str, Mapping[str, float]],
    without: Iterable[tuple[str, str]],
) -> list[Target]:
    """Targets of the districts and groups under a province: parts of its own for ``sum``, else the same figure.

    ``base``: KPI (or "" for any) -> office -> what the parts are in proportion to. ``without``: (office, KPI) left
    out. The weights of each office sum to 100.
    """
    left_out = set(without)

    def holds(office: Office, kpi_id: str) -> bool:
        own = office.kind == "district" or (office.kind == "group" and kpi_id in GROUP_KPIS[office.name_th])
        return own and (office.owner_id, kpi_id) not in left_out

    figures: dict[str, dict[str, float]] = defaultdict(dict)
    for target in province:
        holders = [office.owner_id for office in offices if holds(office, target.kpi_id)]
        if kpis[target.kpi_id].roll_up == "sum":
            bases = base.get(target.kpi_id, base[""])
            parts: Sequence[float] = split(int(target.target), [bases[owner] for owner in holders])
        else:
            parts = [target.target] * len(holders)
        for owner, part in zip(holders, parts, strict=True):
            figures[owner][target.kpi_id] = part
    default_weight = {target.kpi_id: target.weight or 0 for target in province}
    made: list[Target] = []
    for owner, own in figures.items():
        weights = split(100, [default_weight[kpi] for kpi in own])
        for (kpi, figure), weight in zip(own.items(), weights, strict=True):
            made.append(Target(province[0].fiscal_year, kpi, owner, province[0].from_date, figure, weight))
    return made


def make_person_targets(
    draw: Draw,
    office_targets: Sequence[Target],
    kpis: Mapping[str, Kpi],
    people: Sequence[Person],
    holdings: Holdings,
) -> list[Target]:
    """Targets of the officers: parts of their office's for ``sum``, else the same; weights in fives, summing to 100."""
    members: dict[str, list[str]] = defaultdict(list)
    for person in people:
        if person.owner_id in holdings and person.owner_id not in members[person.parent_id]:
            members[person.parent_id].append(person.owner_id)
    figures: dict[str, dict[str, float]] = defaultdict(dict)
    for target in office_targets:
        holders = [p for p in members[target.owner_id] if target.kpi_id in holdings[p]]
        if not holders:
            continue
        parts: Sequence[float] = [target.target] * len(holders)
        if kpis[target.kpi_id].roll_up == "sum":
            holders = holders[: int(target.target)]  # nobody holds a part of nothing
            rest = int(target.target) - len(holders)
            bases = [draw("share", target.kpi_id, p).uniform(0.7, 1.3) for p in holders]
            parts = [part + 1 for part in split(rest, bases)]
        for owner, part in zip(holders, parts, strict=True):
            figures[owner][target.kpi_id] = part
    made: list[Target] = []
    first = office_targets[0]
    for owner, own in figures.items():
        weights = split(20 - len(own), [kpis[kpi].weight or 1 for kpi in own])
        for (kpi, figure), extra in zip(own.items(), weights, strict=True):
            weight, prescribed = 5 * (extra + 1), holdings[owner][kpi]
            made.append(Target(first.fiscal_year, kpi, owner, first.from_date, figure, weight, prescribed))
    return made


def planned_share(kpi: Kpi, month: int) -> float:
    """The part of the year's target planned through ``month`` (0..1), quarterly ones from their last due month."""
    if kpi.frequency == "quarterly":
        month = month // 3 * 3
    if month == 0:
        return 0.0
    if kpi.plan is not None:
        return kpi.plan[month - 1]
    return 1.0 if kpi.measure in ("percent", "value") else month / 12


@dataclass(frozen=True)
class Reporter:
    """One owner that reports one KPI: its target by month and how well it does (1 = exactly on plan)."""

    owner_id: str
    name: str
    office: Office
    kpi: Kpi
    targets: tuple[float, ...]
    pace: float


def report_months(kpi: Kpi, is_person: bool) -> tuple[int, ...]:
    """The months in which a reporter sends an entry: officers every month, offices when the frequency asks."""
    if kpi.frequency == "event":
        return DISASTER_MONTHS
    if kpi.frequency == "yearly":
        return tuple(month for month in range(1, 13) if planned_share(kpi, month) == 1)[:1]
    if kpi.direction == "down" and kpi.entry == "snapshot" and kpi.plan is not None:
        return tuple(range(7, 13))  # readings of a season
    return tuple(range(1, 13)) if is_person or kpi.frequency == "monthly" else (3, 6, 9, 12)


def make_entries(draw: Draw, year: int, through: int, reporter: Reporter, misses: float, recovers: bool) -> list[Entry]:
    """What one reporter sent for one KPI in fiscal months 1..``through``.

    ``misses``: the chance that a month is never reported. ``recovers``: the year ends near its target, whatever the
    pace, as closed years do.
    """
    kpi = reporter.kpi
    key = (year, kpi.kpi_id, reporter.owner_id)
    low, high = DENOMINATORS.get(kpi.kpi_id, (0, 0))
    size = draw("denominator", *key).randint(low, high)
    affected = draw("disaster", year, reporter.office.owner_id).random()
    if kpi.frequency == "event" and affected > 0.6:
        return []
    luck = draw("luck", *key).random()
    is_person = reporter.owner_id != reporter.office.owner_id
    entries: list[Entry] = []
    done = 0.0
    for month in report_months(kpi, is_person):
        if month > through:
            break
        rng = draw("month", *key, month)
        pace = reporter.pace + rng.uniform(-0.02, 0.02)
        if recovers:
            pace += (1.01 - pace) * 0.5 * month / 12
        share, target = planned_share(kpi, month), reporter.targets[month - 1]
        entry = Entry(year, month, kpi.kpi_id, reporter.owner_id)
        if kpi.measure == "milestone":
            done = max(done, _steps(target * share, pace, luck))
            entry = replace(entry, value=done)
        elif kpi.measure == "percent":
            denominator = size * month if kpi.kpi_id in GROWING_DENOMINATORS else size
            if kpi.frequency == "event" and affected > 0.45:
                entry = replace(entry, numerator=0, denominator=0, note=NO_DISASTER)
            else:
                planned = denominator * target / 100 * (share if kpi.direction == "up" else 1)
                reached = _reach(planned, pace, kpi)
                done = max(done, reached) if kpi.direction == "up" else reached
                entry = replace(entry, numerator=min(done, denominator), denominator=denominator)
        elif kpi.entry == "snapshot":
            entry = replace(entry, value=_reach(target * share, pace, kpi))
        else:
            if kpi.frequency == "quarterly" and month % 3:
                share += 0.12 * (planned_share(kpi, month // 3 * 3 + 3) - share)
            reached = max(done, _reach(target * share, pace, kpi))
            if rng.random() < misses:
                continue
            entry = replace(entry, value=reached - done)
            done = reached
        entries.append(_tell(entry, reporter, pace, rng))
    return entries


def _reach(planned: float, pace: float, kpi: Kpi) -> float:
    """Whole units reached where ``planned`` were: rounded to the reporter's good side when it keeps its plan."""
    if kpi.direction == "up":
        reached = planned * pace
        return float(math.ceil(reached - 1e-9) if pace >= 1 else round(reached))
    reached = max(0.0, planned * (2 - pace))
    return float(math.floor(reached + 1e-9) if pace >= 1 else round(reached))


def _steps(planned: float, pace: float, luck: float) -> float:
    """Steps 0..5 done where ``planned`` were: a weak pace is a step behind, a strong one sometimes a step ahead."""
    if pace >= 0.96:
        return min(5.0, round(planned) + (1 if pace > 1.12 and luck > 0.5 and planned > 0 else 0))
    behind = 2 if pace < 0.65 else 1 if pace < 0.82 or luck < 0.5 else 0
    return max(0.0, round(planned) - behind)


def _tell(entry: Entry, reporter: Reporter, pace: float, rng: Random) -> Entry:
    """The entry with who reported it and, now and then, the trouble or the reason for the surplus."""
    trouble = TROUBLES.get(reporter.kpi.work_id)
    problem, remedy = trouble if trouble and pace < 0.85 and rng.random() < 0.12 else (None, None)
    note = "ได้รับงบประมาณสมทบจากองค์กรปกครองส่วนท้องถิ่น" if pace > 1.15 and rng.random() < 0.1 else entry.note
    return replace(entry, note=note, problem=problem, remedy=remedy, reported_by=reporter.name)


def pace_of(draw: Draw, year: int, office: Office, owner_id: str, kpi: Kpi, office_pace: Mapping[str, float]) -> float:
    """How well a reporter does on a KPI all year: the office's pace, the KPI's hardness and its own luck."""
    usual = office_pace.get(office.owner_id) or draw("pace", office.owner_id).gauss(1.0, 0.06)
    luck = draw("work", year, office.owner_id, kpi.kpi_id).gauss(1.03, 0.17)
    own = draw("own", year, owner_id, kpi.kpi_id).gauss(0, 0.03)
    pace = usual * HARD_KPIS.get(kpi.kpi_id, 1.0) * luck + own
    if kpi.measure == "percent" and kpi.plan is None and pace < 1:
        pace = 1 - (1 - pace) * 0.6  # of work done in full or nearly so
    return max(0.4, pace)
