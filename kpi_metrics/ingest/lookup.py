"""Who and what a row may speak of: the ledger's offices, people, works and KPIs, overlaid with those of the batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kpi_metrics.ingest.findings import Findings, Row
from kpi_metrics.ingest.known import Known, KpiKey, TargetKey
from kpi_metrics.model import Kpi, Office, Person, Target, Text
from kpi_metrics.thai import Unreadable
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
    _found: dict[tuple[str, bool], str | Unreadable] = field(default_factory=dict)
    _kpi_suggestions: dict[KpiKey, Text] = field(default_factory=dict)
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
            )
            return None
        kpi = self.kpis.get((year, kpi_id))
        if kpi is None:
            findings.reject(
                row,
                "kpi_id",
                "unknown_kpi",
                Text(f"ไม่มีตัวชี้วัดนี้ในปีงบประมาณ {year}", f"there is no such KPI in fiscal year {year}"),
                self._kpis_near(year, kpi_id),
            )
        return kpi

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
        for owner_id in (said, _plain_id(said)):
            if owner_id in self.offices or (with_people and owner_id in self.people):
                return owner_id
        named = district_key(said)
        candidates = self._names.get(named) or self._aliases.get(named) or set()
        if len(candidates) == 1:
            return next(iter(candidates))
        if candidates:
            listed = ", ".join(f"{self.offices[each].name_th} ({each})" for each in sorted(candidates, key=natural_key))
            raise Unreadable(
                said,
                Text("ชื่อนี้ตรงกับหลายหน่วยงาน", "this name fits several offices"),
                Text(f"ใช้รหัส: {listed}", f"use the id: {listed}"),
            )
        raise Unreadable(
            said,
            Text("ไม่รู้จักหน่วยงานหรือเลขที่ตำแหน่งนี้", "no such office or position number is known")
            if with_people
            else Text("ไม่รู้จักหน่วยงานนี้", "no such office is known"),
            _suggestion(
                self._owners_near(said, with_people),
                "เพิ่มในตารางหน่วยงานหรือบุคลากรก่อน",
                "add it to owners or people first",
            ),
        )

    def _owners_near(self, said: str, with_people: bool) -> list[str]:
        if with_people:
            called = [person.owner_id for person in self.people.values() if key(person.name_th) == key(said)]
            if called:
                return [f"{owner_id} ({said})" for owner_id in called]
        spelled = {
            spelling: f"{office.name_th} ({office.owner_id})"
            for office in self.offices.values()
            for spelling in (office.owner_id, office.name_th, *office.aliases)
        }
        spelled.update((owner_id, owner_id) for owner_id in self.people if with_people and owner_id not in spelled)
        return list(dict.fromkeys(spelled[match] for match in self._near(said, spelled)))

    def _kpis_near(self, year: int, kpi_id: str) -> Text:
        if (year, kpi_id) not in self._kpi_suggestions:
            here = [known for at, known in self.kpis if at == year]
            self._kpi_suggestions[year, kpi_id] = _suggestion(
                self._near(kpi_id, here), "เพิ่มในตารางตัวชี้วัดก่อน", "add it to the kpis table first"
            )
        return self._kpi_suggestions[year, kpi_id]

    def _near(self, said: str, candidates: Iterable[str]) -> tuple[str, ...]:
        self._suggested += 1
        return near(said, candidates) if self._suggested <= MAX_SUGGESTIONS else ()


def _plain_id(said: str) -> str:
    try:
        return check_id(said)
    except Unreadable:
        return said


def _suggestion(near_misses: Iterable[str], th: str, en: str) -> Text:
    listed = ", ".join(near_misses)
    return Text(f"หมายถึง {listed} หรือไม่ หรือ{th}", f"did you mean {listed}? Or {en}") if listed else Text(th, en)
