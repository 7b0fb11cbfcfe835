"""What one batch brought: its files, and its rows by input table."""

from __future__ import annotations

import pandas as pd

from kpi_metrics.access import Scope
from kpi_metrics.store import Store


def files(store: Store, scope: Scope, *, batch_id: str) -> pd.DataFrame:
    """One row per file of a batch: file, its SHA-256, size in bytes."""
    return _read(
        store,
        """
        select file, sha256, size from ledger.files inner join ledger.batches on files.batch_seq = batches.seq
        where batch_id = ?
        order by file
        """,
        batch_id,
    )


def tables(store: Store, scope: Scope, *, batch_id: str) -> pd.DataFrame:
    """One row per input table that a batch has rows of: how many, and from which month to which where it has months.

    ``first`` and ``last`` count months through the years: 12 x fiscal year + month - 1.
    """
    return _read(
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
            select 'settings', batch_seq, null from ledger.settings
        )
        select name, count(*) as count_rows, min(month_no) as first, max(month_no) as last
        from said inner join ledger.batches on said.batch_seq = batches.seq
        where batch_id = ?
        group by name
        order by name
        """,
        batch_id,
    )


def _read(store: Store, query: str, batch_id: str) -> pd.DataFrame:
    with store.reading() as cursor:
        return cursor.execute(query, [batch_id]).df()
