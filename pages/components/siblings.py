"""An owner among its siblings: those of the same parent and kind."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from typing import Any

from kpi_metrics import scorecard
from kpi_metrics.thai.numbers import round_half_up
from pages.components import standing, store
from pages.components.figures import fixed, signed, trimmed
from pages.components.filters import Filters
from pages.components.text import kind_word

Row = Mapping[str, Any]


def rank(total: Row, filters: Filters) -> str:
    """ "อันดับ 3 จาก 19 อำเภอ", or why a summary row has no rank; "" for one without siblings."""
    _ = filters.translate
    among = _siblings(total, filters)
    if len(among) < 2:
        return ""
    if total["rank"] is None:
        return _("ไม่จัดอันดับ เพราะประเมินได้ไม่ถึงร้อยละ {least} ของน้ำหนัก").format(
            least=trimmed(store.settings(filters)["rank_min_evaluated"][0])
        )
    count = sum(row["rank"] is not None for row in among)
    kind = kind_word(total["owner_kind"], filters.lang).lower()
    words = _("อันดับ {rank} จาก {count} {kind}")
    if count < len(among):
        words = _("อันดับ {rank} จาก {count} {kind}ที่จัดอันดับได้")
    return words.format(rank=trimmed(total["rank"]), count=count, kind=kind)


def median(total: Row, filters: Filters) -> str | None:
    """The median of the siblings' scores and how far the owner is from it; None where there is nothing to compare."""
    _ = filters.translate
    score = standing.score_of(total, filters.view)
    scores = [value for row in _siblings(total, filters) if (value := standing.score_of(row, filters.view)) is not None]
    if score is None or len(scores) < 2:
        return None
    middle = statistics.median(scores)
    gap = signed(round_half_up(score, 2) - round_half_up(middle, 2), 2)
    return _("ค่ากลางของหน่วยงานระดับเดียวกัน {median} (ต่างกัน {gap})").format(median=fixed(middle, 2), gap=gap)


def _siblings(total: Row, filters: Filters) -> list[dict[str, Any]]:
    if total["parent_id"] is None:
        return []
    return store.rows(scorecard.summary, filters, parent=total["parent_id"], kind=total["owner_kind"])
