"""Words behind figures: which are units, and of what."""

from __future__ import annotations

import pytest

from kpi_metrics.thai.units import dimension, is_unit, same_unit


@pytest.mark.parametrize("text", ["ราย", "กก./ไร่", "ตร.ว.", "Kg", " ครั้ง "])
def test_a_known_unit_is_known_however_it_is_written(text: str) -> None:
    assert is_unit(text)


@pytest.mark.parametrize("text", ["", "O", "l", "ราย/", "ราย (สะสม)"])
def test_other_words_are_no_unit(text: str) -> None:
    assert not is_unit(text)


def test_a_unit_is_the_same_under_all_its_names() -> None:
    assert same_unit("กก./ไร่", "กิโลกรัม/ไร่")


def test_what_is_not_known_counts_things() -> None:
    assert [dimension(unit) for unit in ("ลำเรือ", "เฮกตาร์", "กก./ไร่")] == ["count", "area", "weight/area"]
