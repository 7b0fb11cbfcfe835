"""The cascade: handing a target down in parts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor, isfinite

from kpi_metrics.model import Refused
from kpi_metrics.thai.numbers import format_plain


def split(total: float, bases: Sequence[float | None], *, unit: float = 1) -> list[float]:
    """The parts of a total, in the order of ``bases``: whole units that add up to it exactly.

    In proportion to the bases, or equal where none is above 0. What is left over goes unit by unit to the largest
    remainders; ties: the larger base, then the first (section 8). ``unit``: the least part, 1 a whole one, 0.01 a hundredth.
    Raises Refused where nobody takes a part, where the total is negative or no whole number of units, and where a base
    is negative, or empty beside others that are given.
    """
    shares = _shares(bases)
    count = _exact(total) / _exact(unit)
    if count < 0:
        raise Refused(
            f"เป้าหมาย {_figure(total)} ติดลบ แบ่งไม่ได้ ใส่ 0 ขึ้นไป",
            f"A total of {_figure(total)} is negative: give 0 or more.",
        )
    if count.denominator != 1:
        raise Refused(
            f"แบ่ง {_figure(total)} เป็นส่วนละ {_figure(unit)} ให้ลงตัวไม่ได้ ใช้จำนวนที่เป็นเท่าของ {_figure(unit)}",
            f"{_figure(total)} cannot be split into parts of {_figure(unit)}: give a multiple of {_figure(unit)}.",
        )
    exact = [count * share / sum(shares) for share in shares]
    parts = [floor(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], -shares[i], i))
    for i in by_remainder[: int(count) - sum(parts)]:
        parts[i] += 1
    return [float(part * _exact(unit)) for part in parts]


def _shares(bases: Sequence[float | None]) -> list[Fraction]:
    """What the parts are in proportion to."""
    if not bases:
        raise Refused("ไม่มีหน่วยงานหรือบุคคลให้แบ่งเป้าหมาย", "There is nobody to split the total among.")
    if not any(bases):
        return [Fraction(1)] * len(bases)
    given = [base for base in bases if base is not None]
    if len(given) < len(bases):
        empty = len(bases) - len(given)
        raise Refused(
            f"ไม่มีฐานสำหรับแบ่ง {empty} จาก {len(bases)} ราย ใส่ฐานให้ครบ (0 คือไม่ได้รับส่วนแบ่ง) หรือแบ่งเท่ากัน",
            f"{empty} of {len(bases)} have no base to split by: give each one (0 takes no part), or split equally.",
        )
    for base in given:
        if base < 0:
            raise Refused(
                f"ฐานสำหรับแบ่ง {_figure(base)} ติดลบ ใส่ 0 ขึ้นไป", f"A base of {_figure(base)} is negative: give 0 or more."
            )
    return [_exact(base) for base in given]


def _exact(number: float) -> Fraction:
    """The decimal that a person sees, free of binary noise."""
    if not isfinite(number):
        raise Refused(f"{number} ไม่ใช่จำนวนที่แบ่งได้", f"{number} is no number to split by.")
    return Fraction(repr(float(number)))


def _figure(number: float) -> str:
    return format_plain(number, 10, fixed=False)
