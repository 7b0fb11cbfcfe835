"""Who and what a row may speak of: the ledger's offices, people, works and KPIs, overlaid with those of the batch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from kpi_metrics.ingest.findings import Findings, Row
from kpi_metrics.ingest.known import Known, KpiKey, TargetKey
from kpi_metrics.model import Kpi, Office, Person, Target, Text
from kpi_metrics.thai import Meant, Unreadable
from kpi_metrics.thai.text import check_id, district_key, key, natural_key, near

CENTRE = district_key("ส่วนกลาง")  # the provincial office itself
MAX_SUGGESTIONS = 50  # different texts of one check for which near misses are looked up


@dataclass(slots=True)
class Lookup:
    """Finds what a cell names. Near misses are only ever suggested."""

    offices: dict[str, Office]
    people: dict[str, Person]
    works: set[tuple[int, str]]
    kpis: dict[KpiKey, Kpi]
    known_targets: Mapping[TargetKey, Target]
    targets: dict[TargetKey, Target] = field(default_factory=dict)  # of this batch
    _names: dict[str, set[str]] = field(default_factory=dict)
    _aliases: dict[str, set[str]] = field(default_factory=dict)
    _by_name: dict[str, list[str]] = field(default_factory=dict)  # people, once somebody is looked for by name
    _found: dict[tuple[str, bool], str | Unreadable] = field(default_factory=dict)
    _unknown_kpis: dict[KpiKey, Unreadable] = field(default_factory=dict)
    _suggested: int = 0

    @classmethod
    def of(cls, known: Known) -> Lookup:
        """What is known before the batch."""
        lookup = cls(
            dict(known.offices),
            {person.owner_id: person for person in known.people},
            set(known.works),
            dict(known.kpis),
            known.targets,
        )
        lookup._index_names()
        return lookup

    def replace_offices(self, offices: Mapping[str, Office]) -> None:
        """Know exactly these offices from now on."""
        self.offices = dict(offices)
        self._index_names()

    def add_people(self, people: Iterable[Person]) -> None:
        """Know these people too."""
        self.people.update((person.owner_id, person) for person in people)
        self._by_name.clear()
        self._found.clear()

    def office(self, said: str) -> str:
        """The id of the office named by its id, name or alias. Raises Unreadable."""
        return self._find(said, with_people=False)

    def owner(self, said: str) -> str:
        """The id of the office (by id, name or alias) or the person (by position number). Raises Unreadable."""
        return self._find(said, with_people=True)

    def target(self, key: TargetKey) -> Target | None:
        """The version of a target, as it will be after the batch."""
        return self.targets.get(key) or self.known_targets.get(key)

    def all_targets(self) -> Collection[Target]:
        """Every version of every target, as they will be after the batch."""
        return {**self.known_targets, **self.targets}.values()

    def kpi(self, row: Row, findings: Findings) -> Kpi | None:
        """The KPI that a row names by year and id, or None with the row refused (or already refused)."""
        year, kpi_id = row.values.get("fiscal_year"), row.values.get("kpi_id")
        if year is None or kpi_id is None:
            return None
        if isinstance(row.cells["kpi_id"], float) and (year, f"{kpi_id}0") in self.kpis:
            findings.reject(
                row,
                "kpi_id",
                "ambiguous_kpi",
                Text(
                    f"ช่องนี้เป็นตัวเลข จึงแยก {kpi_id} กับ {kpi_id}0 ไม่ได้",
                    f"the cell is a number: {kpi_id} and {kpi_id}0 look the same",
                ),
                Text("จัดรูปแบบช่องเป็นข้อความ แล้วพิมพ์รหัสใหม่", "format the cell as text and type the id again"),
                meant=self._kpis_called(year, (kpi_id, f"{kpi_id}0")),
            )
            return None
        kpi = self.kpis.get((year, kpi_id))
        if kpi is None:
            findings.unreadable(row, "kpi_id", "unknown_kpi", self._unknown_kpi(year, kpi_id))
        return kpi

    def kpis_near(self, year: int, kpi_id: str, among: Collection[KpiKey]) -> tuple[Meant, ...]:
        """The KPIs of a year whose ids are spelled much like this one."""
        return self._kpis_called(year, self._near(kpi_id, [known for at, known in among if at == year]))

    def works_near(self, year: int, work_id: str) -> tuple[Meant, ...]:
        """The works of a year whose ids are spelled much like this one."""
        return tuple(
            (Text(each, each), each) for each in self._near(work_id, [k for at, k in self.works if at == year])
        )

    def named(self, said: str, *, with_people: bool) -> Collection[str]:
        """The ids of those whom an id, name or alias fits: none, one or several."""
        for owner_id in (said, _plain_id(said)):
            if owner_id in self.offices or (with_people and owner_id in self.people):
                return (owner_id,)
        return self._names.get(district_key(said)) or self._aliases.get(district_key(said)) or ()

    def _index_names(self) -> None:
        self._found.clear()
        self._names, self._aliases = {}, {}
        for office in self.offices.values():
            self._names.setdefault(district_key(office.name_th), set()).add(office.owner_id)
            others = (*office.aliases, office.short_name_th, office.name_en)
            for alias in filter(None, others):
                self._aliases.setdefault(district_key(alias), set()).add(office.owner_id)
            if office.kind == "province":
                self._aliases.setdefault(CENTRE, set()).add(office.owner_id)

    def _find(self, said: str, *, with_people: bool) -> str:
        if (said, with_people) not in self._found:
            try:
                self._found[said, with_people] = self._find_anew(said, with_people)
            except Unreadable as error:
                self._found[said, with_people] = error
        found = self._found[said, with_people]
        if isinstance(found, Unreadable):
            raise found
        return found

    def _find_anew(self, said: str, with_people: bool) -> str:
        fitting = self.named(said, with_people=with_people)
        if len(fitting) == 1:
            return next(iter(fitting))
        if fitting:
            meant = self._owners_called(sorted(fitting, key=natural_key))
            listed = _listed(meant)
            raise Unreadable(
                said,
                Text("ชื่อนี้ตรงกับหลายหน่วยงาน", "this name fits several offices"),
                Text(f"ใช้รหัส: {listed}", f"use the id: {listed}"),
                meant,
            )
        meant = self._owners_called(self._owners_near(said, with_people))
        raise Unreadable(
            said,
            Text("ไม่รู้จักหน่วยงานหรือเลขที่ตำแหน่งนี้", "no such office or position number is known")
            if with_people
            else Text("ไม่รู้จักหน่วยงานนี้", "no such office is known"),
            _suggestion(meant, "เพิ่มในตารางหน่วยงานหรือบุคลากรก่อน", "add it to owners or people first"),
            meant,
        )

    def _owners_near(self, said: str, with_people: bool) -> Iterable[str]:
        """The ids of those called so though they are not known by their names (people), or else spelled much like it."""
        if with_people:
            if not self._by_name:
                for person in self.people.values():
                    self._by_name.setdefault(key(person.name_th), []).append(person.owner_id)
            if called := self._by_name.get(key(said)):
                return called
        spelled = {
            spelling: office.owner_id
            for office in self.offices.values()
            for spelling in (office.owner_id, office.name_th, *office.aliases)
        }
        spelled.update((owner_id, owner_id) for owner_id in self.people if with_people and owner_id not in spelled)
        return dict.fromkeys(spelled[match] for match in self._near(said, spelled))

    def _owners_called(self, owner_ids: Iterable[str]) -> tuple[Meant, ...]:
        found = ((each, self.offices.get(each) or self.people[each]) for each in owner_ids)
        return tuple((_called(owner.name_th, owner_id), owner_id) for owner_id, owner in found)

    def _kpis_called(self, year: int, kpi_ids: Iterable[str]) -> tuple[Meant, ...]:
        found = ((each, self.kpis.get((year, each))) for each in kpi_ids)
        return tuple((_called(kpi.name_th if kpi else each, each), each) for each, kpi in found)

    def _unknown_kpi(self, year: int, kpi_id: str) -> Unreadable:
        if (year, kpi_id) not in self._unknown_kpis:
            meant = self.kpis_near(year, kpi_id, self.kpis)
            self._unknown_kpis[year, kpi_id] = Unreadable(
                kpi_id,
                Text(f"ไม่มีตัวชี้วัดนี้ในปีงบประมาณ {year}", f"there is no such KPI in fiscal year {year}"),
                _suggestion(meant, "เพิ่มในตารางตัวชี้วัดก่อน", "add it to the kpis table first"),
                meant,
            )
        return self._unknown_kpis[year, kpi_id]

    def _near(self, said: str, candidates: Iterable[str]) -> tuple[str, ...]:
        self._suggested += 1
        return near(said, candidates) if self._suggested <= MAX_SUGGESTIONS else ()


def _plain_id(said: str) -> str:
    try:
        return check_id(said)
    except Unreadable:
        return said


def _called(name: str, its_id: str) -> Text:
    return Text(f"{name} ({its_id})", f"{name} ({its_id})")


def _listed(meant: Iterable[Meant]) -> str:
    return ", ".join(text.th for text, _ in meant)


def _suggestion(meant: Iterable[Meant], th: str, en: str) -> Text:
    listed = _listed(meant)
    return Text(f"หมายถึง {listed} หรือไม่ หรือ{th}", f"did you mean {listed}? Or {en}") if listed else Text(th, en)
