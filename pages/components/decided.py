"""What people decided in place of what was computed, with who and why: overridden scores and excluded KPIs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kpi_metrics import decisions
from pages.components import names, standing, store
from pages.components.figures import fixed
from pages.components.filters import Filters
from pages.components.markup import Html, el

Row = Mapping[str, Any]


def override(row: Row, filters: Filters, *, named: bool = False) -> Html | None:
    """Who put a score in place of the computed one of a scorecard row, and why; None where nobody did.

    ``named``: says of which KPI, where there are several.
    """
    if row["override_reason"] is None:
        return None
    _ = filters.translate
    made = [o for o in store.rows(decisions.overrides, filters, owner=row["owner_id"]) if o["kpi_id"] == row["kpi_id"]]
    words = _("คะแนน {score} เป็นคะแนนที่ {by} ปรับ เพราะ{reason} · คะแนนที่คำนวณได้ {computed}").format(
        score=fixed(standing.score_of(row, filters.view), 2),
        by=made[0]["by"] if made else "–",
        reason=row["override_reason"],
        computed=fixed(row[f"computed_{filters.view}"], 2),
    )
    return el("p", f"{row['kpi_id']} {row['kpi_name']}: {words}" if named else words, class_="notice")


def exclusions(filters: Filters, owner_id: str, kpis: Sequence[Row]) -> list[Html]:
    """The KPIs left out of a person's round, with who and why."""
    _ = filters.translate
    kpi_names = {kpi["kpi_id"]: names.kpi(kpi, filters.lang) for kpi in kpis}
    words = _("ไม่นำมาประเมินในรอบที่ {round}: {kpi} เพราะ{reason} ({by})")
    return [
        el(
            "p",
            words.format(
                round=row["round"],
                kpi=f"{row['kpi_id']} {kpi_names.get(row['kpi_id'], '')}",
                reason=row["reason"],
                by=row["by"],
            ),
            class_="notice",
        )
        for row in store.rows(decisions.exclusions, filters, owner=owner_id, round_=filters.period.round)
    ]
