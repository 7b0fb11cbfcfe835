"""Drafts: what was typed and not sent yet, box by box. They are no part of the ledger and change no figure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from kpi_metrics.thai.calendar import FiscalMonth


@dataclass(frozen=True, slots=True)
class Draft:
    """The text in one box of a form: of an owner's KPI and month. Fields stand in the order of the table's columns."""

    owner_id: str
    fiscal_year: int
    month: int
    kpi_id: str
    box: str
    text: str
    kept_at: datetime


def read(cursor: DuckDBPyConnection, month: FiscalMonth, owner_ids: Collection[str]) -> tuple[Draft, ...]:
    """The drafts of these owners for a month, the oldest first."""
    found = cursor.execute(
        """
        select * from desk.drafts
        where fiscal_year = ? and month = ? and list_contains(?, owner_id)
        order by kept_at, owner_id, kpi_id, box
        """,
        [month.fiscal_year, month.month, list(owner_ids)],
    ).fetchall()
    return tuple(Draft(*row) for row in found)


def keep(cursor: DuckDBPyConnection, draft: Draft) -> None:
    """Put a box's text in place of what it held; an empty one is forgotten."""
    cursor.execute(
        """
        delete from desk.drafts
        where owner_id = ? and fiscal_year = ? and month = ? and kpi_id = ? and box = ?
        """,
        [draft.owner_id, draft.fiscal_year, draft.month, draft.kpi_id, draft.box],
    )
    if draft.text:
        cursor.execute("insert into desk.drafts values (?, ?, ?, ?, ?, ?, ?)", astuple(draft))


def drop(cursor: DuckDBPyConnection, drafts: Iterable[Draft]) -> None:
    """Forget these drafts; a box that has been given another text since keeps it."""
    for draft in drafts:
        cursor.execute(
            """
            delete from desk.drafts
            where owner_id = ? and fiscal_year = ? and month = ? and kpi_id = ? and box = ? and text = ?
            """,
            [draft.owner_id, draft.fiscal_year, draft.month, draft.kpi_id, draft.box, draft.text],
        )
