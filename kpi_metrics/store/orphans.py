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
        for table in ("targets", "results", "notes", "behaviour", "overrides", "exclusions", "remarks", "development")
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
    return found + _find_circles(cursor)


def _find_circles(cursor: DuckDBPyConnection) -> list[str]:
    """Each office and KPI whose line of parents never ends."""
    found: list[str] = []
    for table, own, parent in (("owners", "owner_id", "parent_id"), ("kpis", "kpi_id", "parent_kpi_id")):
        year = "fiscal_year" if table == "kpis" else "0"
        lines = cursor.execute(f"select {year}, {own}, {parent}, file, row from current_{table}").fetchall()
        above = {(line[0], line[1]): (line[0], line[2]) for line in lines}
        for fiscal_year, name, _, file, row in lines:
            step, steps = (fiscal_year, name), 0
            while step in above and steps <= len(above):
                step, steps = above[step], steps + 1
            if steps > len(above):
                found.append(f"{table}, {file or '?'}, {row or '?'}: {parent} in a circle at {name}")
    return found
