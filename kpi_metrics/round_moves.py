"""How saving an import, or voiding one, would move the appraisal of people's rounds."""

from __future__ import annotations

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from kpi_metrics.access import Scope
from kpi_metrics.thai.calendar import FiscalMonth


@dataclass(frozen=True, slots=True)
class RoundStanding:
    """A person's round: performance, behaviour and final of 100, unrounded, and the band. None: not there (yet)."""

    performance: float | None
    behaviour: float | None
    final: float | None
    band: str | None


@dataclass(frozen=True, slots=True)
class RoundMove:
    """A person's round before and after, as it stands at a month: at month 6 or 12 it has ended."""

    fiscal_year: int
    month: int
    owner_id: str
    owner_name: str
    before: RoundStanding
    after: RoundStanding


def round_moves(cursor: DuckDBPyConnection, scope: Scope, month: FiscalMonth) -> tuple[RoundMove, ...]:
    """Every person's round that moves: the running one at ``month``, and those of the year that had ended by then.

    ``cursor`` as in ``Store.trying``.
    """
    found = cursor.execute(
        """
        select
            coalesce(after.month, before.month),
            coalesce(after.owner_id, before.owner_id),
            coalesce(after.owner_name, before.owner_name),
            before.performance, before.behaviour, before.final, before.band,
            after.performance, after.behaviour, after.final, after.band
        from mart.running_appraisal as before
        full join temp.running_appraisal as after using (fiscal_year, month, owner_id)
        where
            fiscal_year = $year
            and (month = $month or (month in (6, 12) and month < $month))
            and (before.performance, before.behaviour, before.final, before.band)
            is distinct from (after.performance, after.behaviour, after.final, after.band)
        order by 1, 2
        """,
        {"year": month.fiscal_year, "month": month.month},
    ).fetchall()
    return tuple(
        RoundMove(month.fiscal_year, at, owner_id, name, RoundStanding(*figures[:4]), RoundStanding(*figures[4:]))
        for at, owner_id, name, *figures in found
        if scope.sees(owner_id)
    )
