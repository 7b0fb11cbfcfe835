"""The reads of what was done, and when: batches and what each brought, closings of months, the audit trail."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime

import pandas as pd

from kpi_metrics.access import Scope
from kpi_metrics.closing import Closed, Closing
from kpi_metrics.reading import read
from kpi_metrics.store import Store


def batches(store: Store, scope: Scope, *, batch_id: str | None = None, as_of: datetime | None = None) -> pd.DataFrame:
    """One row per batch, newest first: files, who, when, counts, the newest month it has results of, whether voided.

    ``seq`` is the data version it made. Of the last void or unvoid: ``why``, ``decided_by``, ``decided_at``.
    """
    return read(
        store,
        """
        with decisions as (
            select *, row_number() over (partition by batch_seq order by seq desc) as nth
            from ledger.voids
            where done_at <= $moment
        ),
        files as (
            select batch_seq, string_agg(file, ', ' order by file) as files from ledger.files group by batch_seq
        ),
        reported as (
            select batch_seq, max(struct_pack(fiscal_year, month)) as newest from ledger.results group by batch_seq
        )
        select
            batches.seq, batches.batch_id, batches.recorded_at, batches.who, files.files, batches.content_sha256,
            batches.count_new, batches.count_corrected, batches.count_unchanged,
            reported.newest.fiscal_year, reported.newest.month,
            coalesce(decisions.is_voided, false) as is_voided,
            decisions.why, decisions.who as decided_by, decisions.done_at as decided_at
        from ledger.batches
        left join files on batches.seq = files.batch_seq
        left join reported on batches.seq = reported.batch_seq
        left join decisions on batches.seq = decisions.batch_seq and decisions.nth = 1
        where batches.recorded_at <= $moment
        """,
        order="seq desc",
        moment=as_of or datetime.max,
        batch_id=batch_id,
    )


def files(store: Store, scope: Scope, *, batch_id: str) -> pd.DataFrame:
    """One row per file of a batch: file, its SHA-256, size in bytes."""
    return read(
        store,
        """
        select file, sha256, size
        from ledger.files inner join ledger.batches on files.batch_seq = batches.seq
        where batches.batch_id = $batch
        """,
        order="file",
        batch=batch_id,
    )


def tables(store: Store, scope: Scope, *, batch_id: str) -> pd.DataFrame:
    """One row per input table that a batch has rows of: how many, and from which month to which where it has months.

    ``first`` and ``last`` count months through the years: 12 x fiscal year + month - 1.
    """
    return read(
        store,
        """
        with said as (
            select 'owners' as name, batch_seq, null as month_no from ledger.owners
            union all
            select 'people', batch_seq, null from ledger.people
            union all
            select 'works', batch_seq, null from ledger.works
            union all
            select 'kpis', batch_seq, null from ledger.kpis
            union all
            select 'targets', batch_seq, null from ledger.targets
            union all
            select 'results', batch_seq, 12 * fiscal_year + month - 1 from ledger.results
            union all
            select 'results', batch_seq, 12 * fiscal_year + month - 1 from ledger.notes
            union all
            select 'behaviour', batch_seq, null from ledger.behaviour
            union all
            select 'bands', batch_seq, null from ledger.bands
            union all
            select 'overrides', batch_seq, 12 * fiscal_year + month - 1 from ledger.overrides
            union all
            select 'exclusions', batch_seq, null from ledger.exclusions
            union all
            select 'remarks', batch_seq, null from ledger.remarks
            union all
            select 'development', batch_seq, null from ledger.development
            union all
            select 'settings', batch_seq, null from ledger.settings
        )
        select name, count(*) as count_rows, min(month_no) as first, max(month_no) as last
        from said inner join ledger.batches on said.batch_seq = batches.seq
        where batches.batch_id = $batch
        group by name
        """,
        order="name",
        batch=batch_id,
    )


def audit(store: Store, scope: Scope, *, of: str | None = None, as_of: datetime | None = None) -> pd.DataFrame:
    """One row per thing done, oldest first: seq, at, who, what, object, before, after, hash. ``of``: one object's."""
    return read(
        store,
        'select * rename (done_at as "at") from ledger.audit where done_at <= $moment',
        order="seq",
        of=of,
        moment=as_of or datetime.max,
    )


def closings(store: Store, scope: Scope, *, year: int | None = None, as_of: datetime | None = None) -> pd.DataFrame:
    """One row per closing or reopening of a month, newest first: done_at, month, owner_id (None: all), why, who.

    ``done_at`` of a closing is the moment (``as_of``) that shows what stood when the month was closed.
    """
    found = [each for each in reversed(store.closings(as_of)) if year in (None, each.fiscal_year)]
    seen = [each for each in found if each.owner_id is None or scope.sees(each.owner_id)]
    return pd.DataFrame([asdict(each) for each in seen], columns=[field.name for field in fields(Closing)])


def closing(
    store: Store, scope: Scope, *, year: int, month: int, owner: str, as_of: datetime | None = None
) -> Closing | None:
    """The closing or reopening that holds for one owner's month (see ``is_closed``); None: it was never closed."""
    return Closed(store.closings(as_of)).latest(year, month, owner) if scope.sees(owner) else None


def moments(store: Store, scope: Scope) -> tuple[datetime, ...]:
    """When batches came in, newest first: the moments worth looking back to."""
    with store.reading() as cursor:
        found = cursor.execute("select distinct recorded_at from live_batch order by 1 desc").fetchall()
    return tuple(moment for (moment,) in found)
