"""The headers that people were asked about, in the ledger: each answer came with a batch, and goes when it is voided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple

from duckdb import DuckDBPyConnection

from kpi_metrics.ingest.headings import Heading
from kpi_metrics.ingest.known import HeadingKey


def write(cursor: DuckDBPyConnection, batch_seq: int, headings: Sequence[Heading]) -> None:
    """Add what was learned with a batch."""
    for row_seq, heading in enumerate(headings):
        cursor.execute(
            "insert into ledger.headings values (?, ?, ?, ?, ?, ?, ?)", [*astuple(heading), batch_seq, row_seq]
        )


def read(cursor: DuckDBPyConnection) -> Mapping[HeadingKey, Mapping[str, str]]:
    """What is remembered of each office and table: header → column; the newest answer holds."""
    found = cursor.execute(
        """
        with decisions as (
            select batch_seq, is_voided, row_number() over (partition by batch_seq order by seq desc) as nth
            from ledger.voids
        )
        select headings.owner_id, headings.table_name, headings.header, headings.column_name
        from ledger.headings as headings
        left join decisions on headings.batch_seq = decisions.batch_seq and decisions.nth = 1
        where not coalesce(decisions.is_voided, false)
        order by headings.batch_seq, headings.row_seq
        """
    ).fetchall()
    remembered: dict[HeadingKey, dict[str, str]] = {}
    for owner_id, table, header, column in found:
        remembered.setdefault((owner_id, table), {})[header] = column
    return remembered
