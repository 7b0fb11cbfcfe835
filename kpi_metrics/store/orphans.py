"""Rows that name something that is not there: what a void must never leave behind."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

# table, the column that names, the table and column it names, whether the year must agree
_REFERENCES = (
    ("owners", "parent_id", "owners", "owner_id", False),
    ("people", "parent_id", "owners", "owner_id", False),
    ("people", "leads", "owners", "owner_id", False),
    ("kpis", "work_id", "works", "work_id", True),
    ("kpis", "parent_kpi_id", "kpis", "kpi_id", True),
    *(
        (table, "kpi_id", "kpis", "kpi_id", True)
        for table in ("targets", "results", "notes", "overrides", "exclusions")
    ),
    *(
        (table, "owner_id", "owners", "owner_id", False)
        for table in ("targets", "results", "notes", "behaviour", "overrides", "exclusions")
    ),
)


def find_orphans(cursor: DuckDBPyConnection) -> list[str]:
    """Each row left without what it names, as "table, file, row: column value", from the ``current_`` relations."""
    found: list[str] = []
    for table, column, named_table, named_column, is_same_year in _REFERENCES:
        named = f"select {named_column} from current_{named_table}"
        if column == "owner_id":
            named += " union select owner_id from current_people"
        if is_same_year:
            named = f"select fiscal_year, {named_column} from current_{named_table}"
        left = f"(fiscal_year, {column})" if is_same_year else column
        found += [
            f"{table}, {file or '?'}, {row or '?'}: {column} {value}"
            for value, file, row in cursor.execute(
                f"select {column}, file, row from current_{table} where {column} is not null and {left} not in ({named}) "
                "order by all"
            ).fetchall()
        ]
    return found
