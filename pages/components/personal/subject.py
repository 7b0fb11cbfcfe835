"""Whom the person page is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpi_metrics.i18n import Language

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """A person, and as whom that person is appraised in the month: the office led first, then the person's own KPIs.

    ``person`` is a row of ``scorecard.owners``, ``kpis`` all of ``scorecard.kpis``, ``totals`` the summary rows of those
    of ``held_as`` who have KPIs, ``offices`` names by id.
    """

    person: Row
    kpis: Sequence[Row]
    held_as: tuple[str, ...]
    totals: Sequence[Row]
    offices: Mapping[str, str]

    @property
    def id(self) -> str:
        """The position number."""
        return str(self.person["owner_id"])

    def kpi_name(self, kpi_id: str, lang: Language) -> str:
        """Number and whole name of a KPI, as the appraisal form has it."""
        kpi = next((kpi for kpi in self.kpis if kpi["kpi_id"] == kpi_id), None)
        name = kpi and ((kpi["name_en"] if lang == "en" else None) or kpi["name_th"])
        return f"{kpi_id} {name or ''}".strip()
