"""The appraisal levels of a year: a set without holes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpi_metrics.model import Band
from tests.kpi_metrics.ingest.checking import PROVINCE, check_csv, codes, records


def bands(*rows: tuple[str, float], year: int = 2569, known=PROVINCE):
    """The check of levels of civil servants: (name, minimum)."""
    text = "".join(f"{year},ข้าราชการ,{name},{minimum}\n" for name, minimum in rows)
    return check_csv("bands", f"fiscal_year,personnel_type,name_th,minimum\n{text}", known)


def stored(*rows: tuple[str, float]):
    made = (Band(2569, "civil_servant", name, None, minimum) for name, minimum in rows)
    return replace(PROVINCE, bands={(band.fiscal_year, band.personnel_type, band.name_th): band for band in made})


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("ดีเด่น", 90), ("ต้องปรับปรุง", 0)], []),
        ([("ดีเด่น", 90), ("พอใช้", 60)], [("band_hole", 3)]),
        ([("พอใช้", 60), ("ดีเด่น", 90)], [("band_hole", 2)]),
        ([("ดีเด่น", 90), ("ดีมาก", 90), ("ต้องปรับปรุง", 0)], [("same_minimum", 2), ("same_minimum", 3)]),
    ],
)
def test_a_set_with_a_hole_is_told_and_kept(rows, told) -> None:
    checked = bands(*rows)
    assert [(f.code, f.place.row) for f in checked.warnings] == told
    assert len(records(checked)) == len(rows)


def test_a_hole_is_said_with_what_falls_into_it() -> None:
    [finding] = bands(("ดีเด่น", 90), ("พอใช้", 60)).warnings
    assert "คะแนนต่ำกว่า 60" in finding.wrong.th
    assert "a score below 60" in finding.wrong.en


def test_a_level_is_judged_with_the_stored_ones_of_its_year() -> None:
    assert codes(bands(("ดีเด่น", 90), known=stored(("ต้องปรับปรุง", 0))).warnings) == []
    assert codes(bands(("ดีเด่น", 90), known=stored(("ต้องปรับปรุง", 0), ("ดีมาก", 90))).warnings) == ["same_minimum"]


def test_a_level_takes_the_place_of_the_stored_one_of_its_name() -> None:
    assert codes(bands(("ดีเด่น", 92), known=stored(("ต้องปรับปรุง", 0), ("ดีเด่น", 90))).warnings) == []


def test_levels_of_a_new_year_are_a_set_of_their_own() -> None:
    known = stored(("ต้องปรับปรุง", 0), ("ดีเด่น", 90))
    assert codes(bands(("ดีเด่น", 92), year=2570, known=known).warnings) == ["band_hole"]
