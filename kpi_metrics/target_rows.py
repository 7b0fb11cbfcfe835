"""Target versions as rows of the table ``targets``: read, begun, ended, and which of them is in force."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd

from kpi_metrics.ingest.columns import LEVEL_NAMES, PLAN_NAMES
from kpi_metrics.model import Target
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.thai.numbers import parse_number

WHOLE = 100  # percent that the weights of a set should sum to
FRACTION, PERCENT = Fraction(1, WHOLE), Fraction(1)  # what a weight in percent is multiplied by to be written


@dataclass(frozen=True, slots=True)
class Papers:
    """Why a target is set so, who approved it, and by which document. Empty: not said."""

    reason: str = ""
    approved_by: str = ""
    document_no: str = ""

    @property
    def cells(self) -> dict[str, str | None]:
        """As cells of a row of ``targets``."""
        return {name: getattr(self, name).strip() or None for name in ("reason", "approved_by", "document_no")}


def ending(
    year: int, kpi: str, owner: str, from_date: date, papers: Papers, same: Target | None = None
) -> dict[str, str | None]:
    """The row of ``targets`` that ends a KPI for its owner from a day.

    ``same``: the version of that very day, which it takes the place of; its levels and plan stay, for who takes it up again.
    """
    kept = cells_of(same) if same else key_cells(year, kpi, owner, from_date)
    return kept | {"target": "0", "weight": "0"} | papers.cells


def beginning(year: int, kpi: str, owner: str, from_date: date, same: Target | None) -> dict[str, str | None]:
    """The cells of a row that holds from a day on, before anything is typed into it: those of the version of that very
    day (``same``), which it takes the place of.
    """
    if same is None:
        return key_cells(year, kpi, owner, from_date)
    cells = cells_of(same)
    return cells | {"weight": None} if same.is_end else cells  # taken up again: a weight of 0 would end it anew


def in_force(versions: Sequence[Target], day: date) -> Target | None:
    """The version, the oldest first, by which a KPI is held on a day; None before the first and after the end."""
    begun = [version for version in versions if version.from_date <= day]
    return begun[-1] if begun and not begun[-1].is_end else None


def is_in_fractions(held: Iterable[tuple[Sequence[Target], float | None]], day: date) -> bool:
    """Whether an owner's weights on a day are written as fractions of 1: one counts for more than it was written as.

    ``held``: of each KPI its versions and the weight that counts, in percent.
    """
    for versions, counted in held:
        written = [v.weight for v in versions if v.from_date <= day and not v.is_end and v.weight]
        if written and counted is not None and counted > 2 * (written[-1] or 0):
            return True
    return False


def scaled(weight: str, scale: Fraction) -> str:
    """A weight typed in percent as it is written on the owner's scale; what is no number stays for the checks."""
    number = number_of(weight)
    return weight if number is None or scale == 1 else f"{float(Fraction(repr(number)) * scale):.15g}"


def number_of(text: str) -> float | None:
    """What is typed as a number; None where it is none."""
    try:
        return parse_number(text)
    except Unreadable:
        return None


def day_of(month: FiscalMonth, dates: Collection[date]) -> date:
    """The day from which something holds at the end of a month: its first, or that of a version begun within it."""
    return max([month.first_day, *(day for day in dates if month.first_day <= day <= month.last_day)])


def key_cells(year: int, kpi: str, owner: str, from_date: date) -> dict[str, str | None]:
    """The cells that make a row of ``targets`` itself."""
    return {"fiscal_year": str(year), "kpi_id": kpi, "owner_id": owner, "from_date": from_date.isoformat()}


def cells_of(target: Target) -> dict[str, str | None]:
    """The cells of a version as it was set, for a row that takes its place and changes only some."""
    prescribed = None if target.prescribed is None else "yes" if target.prescribed else "no"
    plan = (
        [f"{share:.17g}" for share in target.plan] if target.plan else [None] * 12
    )  # fractions: read back as they are
    levels = [None if level is None else f"{level:.15g}" for level in target.levels]
    return {
        **key_cells(target.fiscal_year, target.kpi_id, target.owner_id, target.from_date),
        "target": f"{target.target:.15g}",
        "weight": None if target.weight is None else f"{target.weight:.15g}",
        "prescribed": prescribed,
        **dict(zip(PLAN_NAMES, plan, strict=True)),
        **dict(zip(LEVEL_NAMES, levels, strict=True)),
        **{name: getattr(target, name) for name in ("approved_by", "document_no", "reason")},
    }


def target_of(row: Mapping[Any, Any]) -> Target:
    """The record of a row of ``scorecard.targets``."""
    plan = tuple(float(row[name]) for name in PLAN_NAMES)
    one, two, three, four, five = (known(row[name]) for name in LEVEL_NAMES)
    return Target(
        int(row["fiscal_year"]),
        row["kpi_id"],
        row["owner_id"],
        row["from_date"].date(),
        float(row["target"]),
        known(row["weight"]),
        None if pd.isna(row["prescribed"]) else bool(row["prescribed"]),
        None if known(row[PLAN_NAMES[-1]]) is None else plan,
        (one, two, three, four, five),
        *(known(row[name]) for name in ("approved_by", "document_no", "reason")),
    )


def known(value: Any) -> Any:
    """A value of a frame, None where it is missing."""
    return None if pd.isna(value) else value
