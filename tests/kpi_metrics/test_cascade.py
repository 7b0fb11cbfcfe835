"""Handing a target down in parts, and what to do where it does not add up."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_metrics.cascade import CHECK_WORDS, CHECKS, advice, is_slight, split
from kpi_metrics.model import Refused

UNITS = (1, 0.01, 0.5, 5)


def exact(number: float) -> Fraction:
    return Fraction(repr(number))


@st.composite
def splits(draw):
    """A total that is whole units, bases at least one of which is above 0, and the unit."""
    unit = draw(st.sampled_from(UNITS))
    whole, part = st.integers(0, 5000).map(float), st.floats(0, 1e6).map(lambda base: round(base, 3))
    bases = draw(st.lists(whole | part, min_size=1, max_size=30).filter(any))
    return float(draw(st.integers(0, 100_000)) * exact(unit)), bases, unit


@pytest.mark.parametrize(
    ("total", "bases", "unit", "parts"),
    [
        (1000, [2225, 2343, 1707, 970, 3102, 2020, 383], 1, [175, 184, 134, 76, 243, 158, 30]),
        (10, [1, 1, 1], 1, [4, 3, 3]),  # ties: the first
        (10, [1, 3], 1, [2, 8]),  # 2.5 and 7.5: the larger base
        (7, [None, None], 1, [4, 3]),
        (7, [0, 0, 0], 1, [3, 2, 2]),
        (5, [1, 0, 4], 1, [1, 0, 4]),
        (0, [3, 1], 1, [0, 0]),
        (100, [1, 1, 1], 0.01, [33.34, 33.33, 33.33]),
        (0.3, [1, 2], 0.1, [0.1, 0.2]),  # 0.3 is three tenths, whatever binary makes of it
    ],
)
def test_a_total_is_split_in_whole_units(total, bases, unit, parts):
    assert split(total, bases, unit=unit) == parts


@settings(deadline=None)  # a busy machine is no fault
@given(splits())
def test_parts_add_up_to_the_total_exactly(given):
    total, bases, unit = given
    assert sum(map(exact, split(total, bases, unit=unit))) == exact(total)


@settings(deadline=None)  # a busy machine is no fault
@given(splits())
def test_no_part_is_a_whole_unit_off_its_share(given):
    total, bases, unit = given
    shares = [exact(total) * exact(base) / sum(map(exact, bases)) for base in bases]
    parts = split(total, bases, unit=unit)
    assert all(abs(exact(part) - share) < exact(unit) for part, share in zip(parts, shares, strict=True))


@settings(deadline=None)  # a busy machine is no fault
@given(splits())
def test_a_larger_base_never_takes_less(given):
    total, bases, unit = given
    by_base = sorted(zip(bases, split(total, bases, unit=unit), strict=True))
    assert all(less <= more for (low, less), (high, more) in pairwise(by_base) if low < high)


@pytest.mark.parametrize(
    ("total", "bases", "unit", "said"),
    [
        (1000.5, [1, 1], 1, "แบ่ง 1000.5 เป็นส่วนละ 1 ให้ลงตัวไม่ได้"),
        (0.125, [1, 1], 0.01, "แบ่ง 0.125 เป็นส่วนละ 0.01 ให้ลงตัวไม่ได้"),
        (-1, [1, 1], 1, "เป้าหมาย -1 ติดลบ"),
        (10, [3, -2], 1, "ฐานสำหรับแบ่ง -2 ติดลบ"),
        (10, [], 1, "ไม่มีหน่วยงานหรือบุคคล"),
        (10, [3, None, 2], 1, "ไม่มีฐานสำหรับแบ่ง 1 จาก 3 ราย"),
        (float("nan"), [1], 1, "ไม่ใช่จำนวน"),
        (10, [1, float("inf")], 1, "ไม่ใช่จำนวน"),
    ],
)
def test_what_cannot_be_split_is_refused_by_a_sentence(total, bases, unit, said):
    with pytest.raises(Refused) as refusal:
        split(total, bases, unit=unit)
    assert said in refusal.value.text.th


def row(check, own=None, children=None, difference=None):
    figures = {"own": own, "children": children, "difference": difference}
    return {"check": check, "owner_name": "ไชยา", "unit": "ราย", **figures}


@pytest.mark.parametrize(
    ("row", "th", "en"),
    [
        (row("unallocated", 64, 58, -6), "ที่เหลือ 6 ราย", "of ไชยา from 64 to 58"),
        (row("over_allocated", 7, 9.5, 2.5), "รวม 2.5 ราย", "of ไชยา from 7 to 9.5"),
        (row("no_target"), "กำหนดเป้าหมายให้ไชยา", "a target for ไชยา"),
        (row("reaches_nobody", 5), "ในสังกัดไชยา", "under ไชยา"),
        (row("not_linked", 5), "ตัวชี้วัดแม่", "a parent KPI"),
        (row("few_kpis", 3, None, -1), "เพิ่มอีก 1 ให้ครบอย่างน้อย 4", "add 1 to have at least 4"),
        (row("many_kpis", 9, None, 2), "ลดลง 2 ให้ไม่เกิน 7", "end 2 to have at most 7"),
        (row("few_prescribed", 0, None, -4), "เพิ่มอีก 4 ให้ครบอย่างน้อย 4", "prescribe 4 more"),
        (row("weights_off_100", 95, None, -5), "เพิ่มอีก 5", "add 5"),
        (row("weights_off_100", 100.4, None, 0.4), "ลดอีก 0.4", "take off 0.4"),
        (row("own_against_children", 167, 152, 15), "167 ราย", "152 ราย"),
    ],
)
def test_what_to_do_is_said_with_the_figures(row, th, en):
    said = advice(row)
    assert th in said.th
    assert en in said.en


def test_every_check_has_a_name():
    assert set(CHECK_WORDS) == set(CHECKS)


@pytest.mark.parametrize(("difference", "slight"), [(0.4, True), (-0.5, True), (0.6, False), (-5, False)])
def test_weights_hardly_off_are_a_warning(difference, slight):
    assert is_slight(row("weights_off_100", 100 + difference, None, difference)) is slight


def test_whatever_else_is_found_is_an_error():
    assert not any(is_slight(row(check, 1, 1, 0)) for check in CHECKS if check != "weights_off_100")
