"""Whether the weights that owners give their KPIs come to 100, over each owner's whole year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kpi_metrics.ingest.findings import Findings
from kpi_metrics.ingest.lookup import Lookup
from kpi_metrics.ingest.parents import Draft
from kpi_metrics.model import Target, Text
from kpi_metrics.thai.numbers import format_plain

NEGLIGIBLE = 0.005  # in percent, and of a sum of fractions


def check_weights(drafts: Sequence[Draft[Target]], lookup: Lookup, findings: Findings) -> None:
    """Warn of each owner whose weights of a year are off 100 with the rows at hand; asked only where those speak of weights.

    Told at the owner's last such row. Of each KPI the weight that stands at the year's end counts.
    """
    last_said = {(target.fiscal_year, target.owner_id): row for row, target in drafts if target.weight is not None}
    versions: dict[tuple[int, str], dict[str, list[Target]]] = defaultdict(lambda: defaultdict(list))
    if last_said:
        for target in sorted(lookup.all_targets(), key=lambda target: target.from_date):
            versions[target.fiscal_year, target.owner_id][target.kpi_id].append(target)
    for (year, owner_id), row in last_said.items():
        weights = [last for of_kpi in versions[year, owner_id].values() if (last := _last_weight(of_kpi)) is not None]
        total = round(sum(weights), 10)
        if abs(round(total - 1, 10)) <= NEGLIGIBLE:
            total = round(100 * total, 10)
        if weights and abs(round(total - 100, 10)) > NEGLIGIBLE:
            said = format_plain(total, 4, fixed=False)
            findings.warn(
                row,
                "weight",
                "weights_off_100",
                Text(
                    f"น้ำหนักทั้งปี {year} ของ {owner_id} รวม {len(weights)} ตัวชี้วัดได้ {said}",
                    f"the weights of {owner_id} over {year}, of {len(weights)} KPIs, sum to {said}",
                ),
                Text(
                    "รวมเท่ากับ 100 บันทึกได้และจะอยู่ในข้อตรวจการถ่ายทอด",
                    "100 in all; it can be saved, and stays on the cascade's list",
                ),
            )


def _last_weight(versions: Sequence[Target]) -> float | None:
    """What the year ends with: the last weight given, none where the holding has ended."""
    given = [version.weight for version in versions if not version.is_end and version.weight is not None]
    return given[-1] if given and not versions[-1].is_end else None
