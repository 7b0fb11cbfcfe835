"""The records of the product: what one row of each input table says, once checked.

Fields stand in the order of the ledger's columns. ``None`` is always "missing", never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

OfficeKind = Literal["country", "region", "province", "district", "group"]
OwnerKind = Literal["country", "region", "province", "district", "group", "person"]
PersonnelType = Literal["civil_servant", "government_employee", "permanent_employee"]
Category = Literal["strategic", "mission", "assigned"]
Measure = Literal["count", "percent", "milestone", "value"]
Direction = Literal["up", "down"]
EntryKind = Literal["increment", "snapshot"]
RollUp = Literal["sum", "ratio", "mean", "min", "max", "none"]
Frequency = Literal["monthly", "quarterly", "half", "yearly", "event"]
ScaleBasis = Literal["percent_of_target", "absolute"]
Scoring = Literal["interpolate", "step"]
Cascade = Literal["direct", "share", "contribute"]
Status = Literal["on_plan", "watch", "behind", "not_reported", "not_due", "no_target", "not_applicable"]
View = Literal["period", "year"]
RemarkPart = Literal["assessee", "assessor", "superior"]

Plan = tuple[float, ...]  # 12 cumulative shares of the target, 0..1, for fiscal months 1..12
Levels = tuple[float | None, float | None, float | None, float | None, float | None]  # anchors L1..L5
NO_LEVELS: Levels = (None, None, None, None, None)


@dataclass(frozen=True, slots=True)
class Office:
    """A row of ``owners``: an office of any kind."""

    owner_id: str
    parent_id: str | None
    kind: OfficeKind
    name_th: str
    name_en: str | None = None
    short_name_th: str | None = None
    sort_order: float | None = None
    grid_row: int | None = None
    grid_col: int | None = None
    lat: float | None = None
    lon: float | None = None
    from_date: date | None = None
    to_date: date | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A row of ``people``: one place of one position, from a day to a day (both inclusive, None = open)."""

    owner_id: str
    parent_id: str
    name_th: str
    position_th: str | None
    personnel_type: PersonnelType
    email: str | None = None
    leads: str | None = None
    from_date: date | None = None
    to_date: date | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """A row of ``works``: a งาน of a year."""

    fiscal_year: int
    work_id: str
    name_th: str
    name_en: str | None
    category: Category


@dataclass(frozen=True, slots=True)
class Kpi:
    """A row of ``kpis``: a ตัวชี้วัด of a year. ``weight`` as written (percent or fraction)."""

    fiscal_year: int
    kpi_id: str
    work_id: str
    name_th: str
    short_name_th: str | None
    name_en: str | None
    unit: str
    measure: Measure
    direction: Direction
    entry: EntryKind
    roll_up: RollUp
    frequency: Frequency
    scale_basis: ScaleBasis
    scoring: Scoring
    levels: Levels = NO_LEVELS
    weight: float | None = None
    lead_owner: str | None = None
    cascade: Cascade = "direct"
    parent_kpi_id: str | None = None
    plan: Plan | None = None
    formula_th: str | None = None
    source_th: str | None = None
    steps_th: str | None = None

    @property
    def needs_parts(self) -> bool:
        """Whether it is reported as a numerator and a denominator, never as a bare value."""
        return self.roll_up == "ratio" or (self.measure == "percent" and self.entry == "increment")


@dataclass(frozen=True, slots=True)
class Target:
    """A row of ``targets``: one version of one owner's target. What is None is inherited from the version before."""

    fiscal_year: int
    kpi_id: str
    owner_id: str
    from_date: date
    target: float
    weight: float | None = None
    prescribed: bool | None = None
    plan: Plan | None = None
    levels: Levels = NO_LEVELS
    approved_by: str | None = None
    document_no: str | None = None
    reason: str | None = None

    @property
    def is_end(self) -> bool:
        """Whether from its day on the owner holds the KPI no more."""
        return self.target == 0 and self.weight == 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of ``results``: what one owner reported on one KPI for one month.

    Exactly one of these holds: ``value`` is set; ``numerator`` and ``denominator`` are set; ``is_withdrawn``
    (takes the month's entry back); none of them (a note, which changes no figure).
    """

    fiscal_year: int
    month: int
    kpi_id: str
    owner_id: str
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    is_withdrawn: bool = False
    note: str | None = None
    problem: str | None = None
    remedy: str | None = None
    evidence_url: str | None = None
    reported_by: str | None = None
    reported_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A row of ``behaviour``: a person's สมรรถนะ score (0-100) of a round."""

    fiscal_year: int
    round: int
    owner_id: str
    score: float
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A row of ``bands``: the least final score of one appraisal level, from a fiscal year on."""

    fiscal_year: int
    personnel_type: PersonnelType
    name_th: str
    name_en: str | None
    minimum: float


@dataclass(frozen=True, slots=True)
class Override:
    """A row of ``overrides``: a supervisor's score in place of the computed one, for one month."""

    fiscal_year: int
    month: int
    kpi_id: str
    owner_id: str
    score: float
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A row of ``exclusions``: a KPI left out of a person's round."""

    fiscal_year: int
    round: int
    kpi_id: str
    owner_id: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A row of ``remarks``: what the assessee, the assessor or the next superior says of a person's round.

    ``text`` None takes back what was said.
    """

    fiscal_year: int
    round: int
    owner_id: str
    part: RemarkPart
    text: str | None
    by: str


@dataclass(frozen=True, slots=True)
class Development:
    """A row of ``development``: one item of a person's development plan (IDP) of a round.

    ``skill`` None takes the item back.
    """

    fiscal_year: int
    round: int
    owner_id: str
    item: int
    skill: str | None
    method: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of ``settings``."""

    key: str
    value: str
    note: str | None = None


Record = (
    Office
    | Person
    | Work
    | Kpi
    | Target
    | Entry
    | Behaviour
    | Band
    | Override
    | Exclusion
    | Remark
    | Development
    | Setting
)


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages."""

    th: str
    en: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file. ``row`` is the sheet's own row number (1-based), ``column`` its header."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None


AnswerKind = Literal["table", "column", "cell", "thai", "series"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says to a finding: how one place of a file is to be read. Nothing is read so unasked.

    By kind, ``place`` and ``value`` are: ``table`` a sheet, or a file, and the table it is ("" = none); ``column`` a
    header and the column it stands for ("" = kept out); ``cell`` a cell and the text to read instead of what stands
    there; ``thai`` a sheet whose broken Thai is to be put right ("repair") or left ("keep"); ``series`` the cell at which
    an owner's months were found to look cumulative, or a header without a row that says how all under it count, and
    what they are ("cumulative" or "monthly").
    """

    kind: AnswerKind
    place: Place
    value: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers a finding offers, in words."""

    text: Text
    answer: Answer


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know of a file: what was found where, what is wrong, what would be right.

    ``choices`` are the answers that suggest themselves; a finding without any can only be mended in the file, or, if it
    is about a cell, by an ``Answer`` of kind "cell".
    """

    code: str
    place: Place
    found: str
    wrong: Text
    expected: Text
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Located:
    """A checked record with the place it came from."""

    table: str
    record: Record
    place: Place


@dataclass(frozen=True, slots=True)
class Checked:
    """All of an import: rows that can be saved, rows that cannot, and what should be looked at."""

    records: tuple[Located, ...]
    rejections: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


class Refused(Exception):
    """Something asked for that cannot be done, with the reason for the person who asked."""

    def __init__(self, th: str, en: str) -> None:
        super().__init__(th, en)
        self.text = Text(th, en)

    def __str__(self) -> str:
        return self.text.en


class FileRefused(Refused):
    """A file or database that cannot be read."""
