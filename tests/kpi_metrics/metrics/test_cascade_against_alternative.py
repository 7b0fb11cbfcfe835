"""The checks of the cascade in SQL and a naive second version agree on provinces nobody would think of."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from tests.alternative import Alternative, Batch
from tests.alternative_cascade import Figures, faults
from tests.builders import figures_of
from tests.provinces import provinces


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(provinces())
def test_sql_and_naive_version_find_the_same_faults(batches: list[Batch]) -> None:
    rows = figures_of(batches).execute(
        'select fiscal_year, month, "check", owner_id, kpi_id, own, children, difference from cascade'
    )
    found = {row[:5]: rounded(row[5:]) for row in rows.fetchall()}
    assert found == {fault: rounded(figures) for fault, figures in faults(Alternative(batches)).items()}


def rounded(figures: Figures) -> Figures:
    return tuple(None if figure is None else round(figure, 7) + 0.0 for figure in figures)
