"""What saving an import, or voiding one, would change, computed before it is done: which figures move from what to what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from duckdb import DuckDBPyConnection

from kpi_metrics import scorecard
from kpi_metrics.access import EVERYTHING, Scope
from kpi_metrics.closing import Closed
from kpi_metrics.model import Checked, OwnerKind, Refused, Status, View
from kpi_metrics.round_moves import RoundMove, round_moves
from kpi_metrics.row_changes import RowChange, row_changes
from kpi_metrics.store import Store
from kpi_metrics.thai.calendar import FiscalMonth

MOST_ROWS = 200  # named one by one; nobody reads more


@dataclass(frozen=True, slots=True)
class Standing:
    """An owner's figures on a KPI at the end of a month, unrounded. All None: the owner did not hold it."""

    target: float | None
    result: float | None
    achievement_pct: float | None
    progress_pct: float | None
    score: float | None
    status: Status | None


@dataclass(frozen=True, slots=True)
class Move:
    """An owner's figures on a KPI before and after. ``is_top``: the owner has nobody above it."""

    kpi_id: str
    kpi_name: str
    unit: str
    owner_id: str
    owner_kind: OwnerKind
    owner_name: str
    is_top: bool
    before: Standing
    after: Standing

    @property
    def is_recoloured(self) -> bool:
        """Whether the status, and so the colour, becomes another."""
        return self.before.status != self.after.status


@dataclass(frozen=True, slots=True)
class KpiMove:
    """What becomes of a KPI: the figures of those at the top, and how many owners of each kind change colour."""

    kpi_id: str
    kpi_name: str
    unit: str
    tops: tuple[Move, ...]
    count_recoloured: Mapping[OwnerKind, int]


@dataclass(frozen=True, slots=True)
class TotalMove:
    """An owner's total score (0..5) and rank before and after."""

    owner_id: str
    owner_kind: OwnerKind
    owner_name: str
    is_top: bool
    score_before: float | None
    score_after: float | None
    rank_before: int | None
    rank_after: int | None

    @property
    def is_moved(self) -> bool:
        """Whether score or rank becomes another."""
        return (self.score_before, self.rank_before) != (self.score_after, self.rank_after)


@dataclass(frozen=True, slots=True)
class Restated:
    """A month that was due already, or is closed, and how many figures (owner and KPI) of it would move."""

    fiscal_year: int
    month: int
    is_closed: bool
    count_figures: int


@dataclass(frozen=True, slots=True)
class Impact:
    """What saving or voiding would do. Moves and totals are those at the end of ``month``, in report order, KPI by KPI.

    ``totals`` has the owners at the top, moved or not, and every other whose score or rank moves. ``rows`` names the
    rows that are new or corrected, corrected ones first: the first ``MOST_ROWS`` of the ``count_rows`` that may be seen.
    ``rounds`` has the people whose appraisal moves (see ``round_moves``).
    """

    fiscal_year: int
    month: int
    count_new: int
    count_corrected: int
    count_unchanged: int
    moves: tuple[Move, ...]
    totals: tuple[TotalMove, ...]
    restated: tuple[Restated, ...]
    count_gone: int = 0  # rows that would no longer be there: a void's alone
    rows: tuple[RowChange, ...] = ()
    count_rows: int = 0
    rounds: tuple[RoundMove, ...] = ()

    @property
    def is_still(self) -> bool:
        """Whether no figure, score, rank or appraisal changes at the end of ``month``."""
        return not (self.moves or self.rounds or any(total.is_moved for total in self.totals))

    @property
    def kpis(self) -> tuple[KpiMove, ...]:
        """One per KPI with a move."""
        by_kpi: dict[str, list[Move]] = {}
        for move in self.moves:
            by_kpi.setdefault(move.kpi_id, []).append(move)
        return tuple(
            KpiMove(
                kpi_id,
                moves[0].kpi_name,
                moves[0].unit,
                tuple(move for move in moves if move.is_top),
                dict(Counter(move.owner_kind for move in moves if move.is_recoloured)),
            )
            for kpi_id, moves in by_kpi.items()
        )


def impact(
    store: Store,
    checked: Checked,
    *,
    scope: Scope = EVERYTHING,
    month: FiscalMonth | None = None,
    view: View = "period",
) -> Impact:
    """What saving the good rows of a check would change. Nothing is saved and nobody else sees it.

    ``month``: whose figures to compare; else the month shown by default, or the newest one the import speaks of.
    ``view`` chooses score and rank.
    """
    said = [
        (located.record.fiscal_year, getattr(located.record, "month", 1))
        for located in checked.records
        if hasattr(located.record, "fiscal_year")
    ]
    month = month or _month(store, scope, said)
    with store.trying(checked.records) as (cursor, news):
        counts = (news.count_new, news.count_corrected, news.count_unchanged)
        measured = _measure(store, cursor, counts, month=month, scope=scope, view=view)
        rows, count_rows = row_changes(cursor, news, scope, MOST_ROWS)
        return replace(measured, rows=rows, count_rows=count_rows)


def impact_of_void(
    store: Store,
    batch_id: str,
    *,
    is_voided: bool = True,
    scope: Scope = EVERYTHING,
    month: FiscalMonth | None = None,
    view: View = "period",
) -> Impact:
    """What voiding a batch would change (``is_voided=False``: bringing it back). Nothing is done and nobody else sees it.

    ``month`` and ``view`` as in ``impact``. Counted are the rows with the batch's keys: those that would be there
    (new), say something else (corrected, by another batch's row or this one's), stay, or be gone; none is named.
    Raises Refused, in the same words, where ``Store.void`` or ``Store.unvoid`` would.
    """
    with store.trying_void(batch_id, is_voided=is_voided) as (cursor, turn):
        month = month or _month(store, scope, _months_of(cursor, batch_id))
        counts = (turn.count_new, turn.count_corrected, turn.count_unchanged)
        return _measure(store, cursor, counts, month=month, scope=scope, view=view, count_gone=turn.count_gone)


def _measure(
    store: Store,
    cursor: DuckDBPyConnection,
    counts: tuple[int, int, int],
    *,
    month: FiscalMonth,
    scope: Scope,
    view: View,
    count_gone: int = 0,
) -> Impact:
    _compare(cursor)
    closed = Closed(store.closings())
    return Impact(
        month.fiscal_year,
        month.month,
        *counts,
        tuple(move for move in _moves(cursor, month, view) if scope.sees(move.owner_id)),
        tuple(total for total in _totals(cursor, month, view) if scope.sees(total.owner_id)),
        tuple(_restated(cursor, store.now(), closed, scope)),
        count_gone,
        rounds=round_moves(cursor, scope, month),
    )


def _months_of(cursor: DuckDBPyConnection, batch_id: str) -> list[tuple[int, int]]:
    """The fiscal years and months that a batch speaks of; month 1 for what holds for a whole year."""
    return cursor.execute(
        """
        with said as (
            select batch_seq, fiscal_year, month from ledger.results
            union
            select batch_seq, fiscal_year, 1 from ledger.targets
            union
            select batch_seq, fiscal_year, 1 from ledger.kpis
            union
            select batch_seq, fiscal_year, month from ledger.overrides
        )
        select fiscal_year, month from said inner join ledger.batches on said.batch_seq = batches.seq
        where batch_id = ?
        """,
        [batch_id],
    ).fetchall()


def _month(store: Store, scope: Scope, said: Sequence[tuple[int, int]]) -> FiscalMonth:
    """The month to compare, of what is told of fiscal years and their months."""
    today = FiscalMonth.of(store.now().date())
    year = max((year for year, _ in said), default=today.fiscal_year)
    if not said:
        with suppress(Refused):  # no KPIs yet
            year = scorecard.periods(store, scope).default.fiscal_year
    months = [month for said_year, month in said if said_year == year]
    return FiscalMonth(year, max(scorecard.default_month(store, scope, year), *months, 1))


def _compare(cursor: DuckDBPyConnection) -> None:
    """Make ``moved``: the scorecard rows of any month that differ, as they are (``before``) and would be (``after``)."""
    cursor.execute(
        """
        create temp table moved as
        with before as (
            select
                fiscal_year, month, kpi_id, owner_id, kpi_no, kpi_name, unit, owner_kind, owner_name, parent_id,
                sort_order, target, result, achievement_pct, progress_pct, score_year, score_period, status
            from mart.scorecard
        ),
        after as (
            select
                fiscal_year, month, kpi_id, owner_id, kpi_no, kpi_name, unit, owner_kind, owner_name, parent_id,
                sort_order, target, result, achievement_pct, progress_pct, score_year, score_period, status
            from temp.scorecard
        )
        select
            coalesce(after.fiscal_year, before.fiscal_year) as fiscal_year,
            coalesce(after.month, before.month) as month,
            coalesce(after.owner_id, before.owner_id) as owner_id,
            before,
            after
        from before
        full join after
            on before.fiscal_year = after.fiscal_year and before.month = after.month
            and before.owner_id = after.owner_id and before.kpi_id = after.kpi_id
        where before.status is distinct from after.status
            or before.target is distinct from after.target
            or before.result is distinct from after.result
            or before.achievement_pct is distinct from after.achievement_pct
            or before.progress_pct is distinct from after.progress_pct
            or before.score_year is distinct from after.score_year
            or before.score_period is distinct from after.score_period
        """
    )


def _moves(cursor: DuckDBPyConnection, month: FiscalMonth, view: View) -> Iterator[Move]:
    found = cursor.execute(
        """
        select before, after from moved
        where fiscal_year = ? and month = ?
        order by
            coalesce(after.kpi_no, before.kpi_no), coalesce(after.sort_order, before.sort_order) nulls last, owner_id
        """,
        [month.fiscal_year, month.month],
    )
    for before, after in found.fetchall():
        said = after if after["owner_id"] is not None else before
        yield Move(
            said["kpi_id"],
            said["kpi_name"],
            said["unit"],
            said["owner_id"],
            said["owner_kind"],
            said["owner_name"],
            said["parent_id"] is None,
            _standing(before, view),
            _standing(after, view),
        )


def _standing(row: Mapping[str, Any], view: View) -> Standing:
    names = ("target", "result", "achievement_pct", "progress_pct", f"score_{view}", "status")
    return Standing(*(row[name] for name in names))


def _totals(cursor: DuckDBPyConnection, month: FiscalMonth, view: View) -> Iterator[TotalMove]:
    found = cursor.execute(
        """
        with before as (select * from mart.summary where fiscal_year = $year and month = $month),
        after as (select * from temp.summary where fiscal_year = $year and month = $month),
        totals as (
            select
                coalesce(after.owner_id, before.owner_id) as owner_id,
                coalesce(after.owner_kind, before.owner_kind) as owner_kind,
                coalesce(after.owner_name, before.owner_name) as owner_name,
                coalesce(after.parent_id, before.parent_id) is null as is_top,
                coalesce(after.sort_order, before.sort_order) as sort_order,
                case $view when 'period' then before.score_period else before.score_year end as score_before,
                case $view when 'period' then after.score_period else after.score_year end as score_after,
                case $view when 'period' then before.rank_period else before.rank_year end as rank_before,
                case $view when 'period' then after.rank_period else after.rank_year end as rank_after
            from before full join after on before.owner_id = after.owner_id
        )
        select * exclude (sort_order) from totals
        where is_top or score_before is distinct from score_after or rank_before is distinct from rank_after
        order by is_top desc, sort_order nulls last, owner_id
        """,
        {"year": month.fiscal_year, "month": month.month, "view": view},
    )
    return (TotalMove(*row) for row in found.fetchall())


def _restated(cursor: DuckDBPyConnection, now: datetime, closed: Closed, scope: Scope) -> Iterator[Restated]:
    found = cursor.execute(
        """
        select fiscal_year, month, month.due_date < ? as is_due, owner_id, count(*) as count_figures
        from moved left join temp.month as month using (fiscal_year, month)
        group by all
        order by fiscal_year, month
        """,
        [now.date()],
    ).fetchall()
    for (year, month), rows in groupby(found, key=lambda row: row[:2]):
        owners = [row for row in rows if scope.sees(row[3])]
        is_closed = closed.for_all(year, month) is not None
        if owners and (owners[0][2] or is_closed):
            yield Restated(year, month, is_closed, sum(row[4] for row in owners))
