"""The rules of appraisal levels: each year's set of a personnel type reaches down to 0, and no two begin at one score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpi_metrics.ingest.findings import Findings, Row
from kpi_metrics.ingest.known import BandKey
from kpi_metrics.ingest.parents import Draft
from kpi_metrics.model import Band, Text


def make_band(row: Row) -> Band | None:
    """The least score of an appraisal level."""
    return None if row.is_rejected else Band(**{"name_en": None, **row.values})


def settle_bands(
    drafts: Sequence[Draft[Band]], stored: Mapping[BandKey, Band], findings: Findings
) -> Sequence[Draft[Band]]:
    """All of them; a set with a hole is told. A set is what one personnel type has of one year, stored or of the batch."""
    sets: dict[tuple[int, str], dict[str, Band]] = {}
    for band in (*stored.values(), *(band for _, band in drafts)):
        sets.setdefault((band.fiscal_year, band.personnel_type), {})[band.name_th] = band
    lowest_said: dict[tuple[int, str], Draft[Band]] = {}
    for row, band in drafts:
        of_set = (band.fiscal_year, band.personnel_type)
        twins = [each.name_th for each in sets[of_set].values() if each.minimum == band.minimum and each != band]
        if twins:
            findings.warn(
                row,
                "minimum",
                "same_minimum",
                Text(f"ขั้นต่ำเท่ากับระดับ {twins[0]}", f"the same minimum as the level {twins[0]}"),
                Text("ขั้นต่ำของตนเองทุกระดับ", "a minimum of its own for every level"),
            )
        lowest_said[of_set] = min(lowest_said.get(of_set, (row, band)), (row, band), key=lambda draft: draft[1].minimum)
    for (year, personnel_type), (row, _) in lowest_said.items():
        lowest = min(band.minimum for band in sets[year, personnel_type].values())
        if lowest > 0:
            findings.warn(
                row,
                "minimum",
                "band_hole",
                Text(
                    f"คะแนนต่ำกว่า {lowest:g} ไม่อยู่ในระดับใดของปีงบประมาณ {year}",
                    f"a score below {lowest:g} is in no level of fiscal year {year}",
                ),
                Text(
                    "ระดับล่างสุดมีขั้นต่ำ 0 และใส่ครบทุกระดับของปี", "a lowest level from 0, and all levels of the year together"
                ),
            )
    return drafts
