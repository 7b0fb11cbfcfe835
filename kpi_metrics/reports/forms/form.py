"""The appraisal form of one person and round: everything that the two printed forms say, as figures and facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kpi_metrics.model import Measure, PersonnelType, ScaleBasis, Status
from kpi_metrics.thai.calendar import FiscalMonth


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs: name and position."""

    name: str
    position: str | None


@dataclass(frozen=True, slots=True)
class Override:
    """A supervisor's score in place of the computed one (0..5): why, and who said so."""

    computed: float
    score: float
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Line:
    """One KPI of the round. Scores are 0..5, weights percents, target and result in the unit; None is missing.

    ``levels``: the anchors, in percent of the target or (``absolute``) in the unit; ``steps``: a milestone's steps in
    words, as far as they are given. ``office``: the led office it belongs to, None for a KPI of the person's own. ``first_month`` 7: plan and
    result are those of the second half's own months. ``status`` "excluded": left out of the round, see ``exclusion``.
    """

    kpi_id: str
    name: str
    office: str | None
    unit: str
    measure: Measure
    scale_basis: ScaleBasis
    levels: tuple[float | None, ...]
    steps: tuple[str, ...]
    target: float | None
    plan: float | None
    result: float | None
    first_month: int
    weight: float | None
    status: Status | str
    score: float | None
    weighted: float | None
    override: Override | None
    exclusion: tuple[str, str] | None  # reason, by


@dataclass(frozen=True, slots=True)
class Band:
    """An appraisal level and the least final score (0..100) that reaches it."""

    name: str
    minimum: float


@dataclass(frozen=True, slots=True)
class Need:
    """An item of the development plan: what is to be developed, how, and when."""

    skill: str
    method: str | None
    period: str | None


@dataclass(frozen=True, slots=True)
class Form:
    """What the appraisal forms of a person's round say; unrounded, None is missing.

    ``score`` is the total (0..5) over the evaluated weight, ``performance``, ``behaviour`` and ``final`` are 0..100, all as
    in ``scorecard.appraisal``. While the round runs they stand as at the last month that has ended
    (``scorecard.running_appraisal``), without final and band. ``superiors``: the next superior and the one above.
    ``remarks``: what was said by whom (assessee, assessor, superior). ``printed``: the day of the figures.
    """

    person_id: str
    month: FiscalMonth
    personnel_type: PersonnelType
    person: Signer
    office: str
    assessor: Signer | None
    superiors: tuple[Signer | None, Signer | None]
    lines: tuple[Line, ...]
    weight_total: float | None
    weight_evaluated: float | None
    score: float | None
    performance: float | None
    performance_weight: float
    behaviour: float | None
    final: float | None
    band: str | None
    bands: tuple[Band, ...]
    count_not_reported: int
    development: tuple[Need, ...]
    remarks: Mapping[str, str]
    printed: date

    @property
    def year(self) -> int:
        """The fiscal year, พ.ศ."""
        return self.month.fiscal_year

    @property
    def round(self) -> int:
        """1 or 2."""
        return self.month.round

    @property
    def is_draft(self) -> bool:
        """Whether the round had not ended."""
        return self.month.month != 6 * self.round or self.printed <= self.month.last_day

    @property
    def behaviour_weight(self) -> float:
        """The percent of the final score that behaviour makes up."""
        return 100 - self.performance_weight

    @property
    def weighted(self) -> float | None:
        """The sum of the weighted scores, 0..5; None while nothing is scored."""
        if self.score is None or self.weight_evaluated is None:
            return None
        return self.score * self.weight_evaluated / 100


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a group of people, in the order of their offices; ``left_out``: who has no KPI in the round."""

    forms: tuple[Form, ...]
    left_out: tuple[tuple[str, str], ...]  # id, name
