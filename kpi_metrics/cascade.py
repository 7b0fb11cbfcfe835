"""The cascade: handing a target down in parts, and what does not add up or is not linked on the way to each person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from math import floor, isfinite
from typing import Any, Literal, cast, get_args

import pandas as pd

from kpi_metrics.access import Scope
from kpi_metrics.model import Refused, Text
from kpi_metrics.reading import read
from kpi_metrics.store import Store
from kpi_metrics.thai.numbers import format_plain

Row = Mapping[str, Any]
Check = Literal[
    "unallocated",
    "over_allocated",
    "no_target",
    "reaches_nobody",
    "not_linked",
    "few_kpis",
    "many_kpis",
    "few_prescribed",
    "weights_off_100",
    "own_against_children",
]
CHECKS: tuple[Check, ...] = get_args(Check)
CHECK_WORDS: Mapping[Check, Text] = {
    "unallocated": Text("เป้าหมายยังแบ่งไม่ครบ", "Target not wholly allocated"),
    "over_allocated": Text("แบ่งเป้าหมายเกิน", "Target over-allocated"),
    "no_target": Text("หน่วยงานยังไม่มีเป้าหมาย", "Office without a target"),
    "reaches_nobody": Text("ยังไม่มีผู้รับผิดชอบ", "Reaches nobody"),
    "not_linked": Text("ไม่เชื่อมโยง", "Not linked upward"),
    "few_kpis": Text("ตัวชี้วัดน้อยเกินไป", "Too few KPIs"),
    "many_kpis": Text("ตัวชี้วัดมากเกินไป", "Too many KPIs"),
    "few_prescribed": Text("ตัวชี้วัดบังคับน้อยเกินไป", "Too few prescribed KPIs"),
    "weights_off_100": Text("น้ำหนักรวมไม่เท่ากับ 100", "Weights do not sum to 100"),
    "own_against_children": Text("ผลที่รายงานเองต่างจากผลของผู้รับช่วง", "Own result unlike the children's"),
}


def checks(
    store: Store,
    scope: Scope,
    *,
    year: int,
    month: int | None,
    as_of: datetime | None = None,
    owner: str | None = None,
    parent: str | None = None,
    kpi: str | None = None,
    kind: str | None = None,
) -> pd.DataFrame:
    """One row per check, owner and KPI that needs somebody's hand at the end of ``month`` (None: of each month).

    Figures as in section 8: ``own`` and ``children`` are targets, results, numbers of KPIs or weights in percent;
    ``difference`` tells how far off. ``what_to_do`` says it in Thai, ``advice`` in both languages.
    """
    frame = read(
        store,
        "select * from cascade",
        order='month, sort_order nulls last, owner_id, kpi_no nulls first, "check"',
        as_of=as_of,
        year=year,
        month=month,
        owner=owner,
        parent=parent,
        kpi=kpi,
        kind=kind,
    )
    said = [advice(cast(Row, row)).th for row in frame.to_dict("records")]
    return scope.filter(frame.assign(what_to_do=pd.Series(said, dtype=object)))


def holders(
    store: Store,
    scope: Scope,
    *,
    year: int,
    month: int,
    as_of: datetime | None = None,
    owner: str | None = None,
    parent: str | None = None,
    kpi: str | None = None,
) -> pd.DataFrame:
    """One row per owner and KPI that it holds at the end of ``month``: a target of its own is in force and did not end.

    ``target``, ``weight`` (percent; None: the KPI's own holds), ``is_prescribed`` and ``children_target`` (what the
    targets below come to), with ``result`` and ``status`` of the scorecard.
    """
    frame = read(
        store,
        """
        select
            place.owner_id, place.owner_name, place.owner_kind, place.parent_id, place.sort_order,
            card.fiscal_year, card.month, card.kpi_id, card.kpi_no, card.kpi_name, card.unit,
            held.target, held.children_target, held.has_holder_below, held.weight, held.is_prescribed,
            card.result, card.status
        from held
        inner join place on held.slot = place.slot
        inner join scorecard as card on held.cell = card.cell
        """,
        order="sort_order nulls last, owner_id, kpi_no",
        as_of=as_of,
        year=year,
        month=month,
        owner=owner,
        parent=parent,
        kpi=kpi,
    )
    return scope.filter(frame)


def is_slight(row: Row) -> bool:
    """Whether a row of ``checks`` is a warning rather than an error: weights off by no more than half a percent."""
    return row["check"] == "weights_off_100" and round(abs(row["difference"]), 10) <= 0.5


def advice(row: Row) -> Text:
    """What is to be done about a row of ``checks``, with its figures."""
    return _ADVICE[row["check"]](row)


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


def _allocate(row: Row) -> Text:
    own, children, off = (_figure(abs(row[name])) for name in ("own", "children", "difference"))
    owner, unit = row["owner_name"], row["unit"]
    if row["difference"] < 0:
        return Text(
            f"แบ่งเป้าหมายที่เหลือ {off} {unit} ให้หน่วยงานหรือบุคคลในสังกัด หรือปรับเป้าหมายของ{owner}จาก {own} เป็น {children}",
            f"Allocate the remaining {off} {unit} below, or revise the target of {owner} from {own} to {children}.",
        )
    return Text(
        f"ลดเป้าหมายของหน่วยงานหรือบุคคลในสังกัดรวม {off} {unit} หรือปรับเป้าหมายของ{owner}จาก {own} เป็น {children}",
        f"Take {off} {unit} off the targets below, or revise the target of {owner} from {own} to {children}.",
    )


def _set_target(row: Row) -> Text:
    return Text(
        f"กำหนดเป้าหมายให้{row['owner_name']} หรือบันทึกว่าสิ้นสุดการถือ หากไม่ต้องรับผิดชอบตัวชี้วัดนี้",
        f"Set a target for {row['owner_name']}, or end the KPI there if it is not its to answer for.",
    )


def _name_somebody(row: Row) -> Text:
    return Text(
        f"มอบตัวชี้วัดนี้ หรือตัวชี้วัดที่เชื่อมโยงกัน ให้ผู้รับผิดชอบในสังกัด{row['owner_name']}",
        f"Give this KPI, or one linked to it, to somebody under {row['owner_name']}.",
    )


def _link(row: Row) -> Text:
    return Text(
        "กำหนดตัวชี้วัดแม่ที่หน่วยงานต้นสังกัดถือ ให้ต้นสังกัดถือตัวชี้วัดนี้ หรือสิ้นสุดการถือของบุคคลนี้",
        "Name a parent KPI that an office above holds, let such an office hold this one, or end it for this person.",
    )


def _add_kpis(row: Row) -> Text:
    own, least, lacking = _counts(row)
    return Text(
        f"ถืออยู่ {own} ตัวชี้วัด เพิ่มอีก {lacking} ให้ครบอย่างน้อย {least}",
        f"Holds {own}: add {lacking} to have at least {least}.",
    )


def _take_kpis(row: Row) -> Text:
    own, most, over = _counts(row)
    return Text(
        f"ถืออยู่ {own} ตัวชี้วัด ลดลง {over} ให้ไม่เกิน {most} โดยโอนให้ผู้อื่นหรือสิ้นสุดการถือ",
        f"Holds {own}: hand on or end {over} to have at most {most}.",
    )


def _prescribe(row: Row) -> Text:
    own, least, lacking = _counts(row)
    return Text(
        f"มีตัวชี้วัดบังคับ {own} กำหนดเพิ่มอีก {lacking} ให้ครบอย่างน้อย {least}",
        f"{own} are prescribed: prescribe {lacking} more to have at least {least}.",
    )


def _weigh(row: Row) -> Text:
    own, off = _figure(row["own"]), _figure(abs(row["difference"]))
    th, en = ("เพิ่ม", "add") if row["difference"] < 0 else ("ลด", "take off")
    is_warning = is_slight(row)
    return Text(
        f"{'ข้อควรตรวจสอบ: ' if is_warning else ''}น้ำหนักรวม {own} {th}อีก {off} ให้ครบ 100",
        f"{'To be looked at: t' if is_warning else 'T'}he weights sum to {own}: {en} {off} to make 100.",
    )


def _reconcile(row: Row) -> Text:
    own, children, unit = _figure(row["own"]), _figure(row["children"]), row["unit"]
    return Text(
        f"ผลที่รายงานเอง {own} {unit} แต่ผลของผู้รับช่วงรวมได้ {children} {unit} ตรวจว่าฝ่ายใดถูก แล้วแก้ไขหรือถอนผลที่ไม่ถูก",
        f"Reported {own} {unit} itself, while those below come to {children} {unit}: find out which is right, and correct or withdraw the other.",
    )


def _counts(row: Row) -> tuple[str, str, str]:
    """How many there are, the limit, and how far they are from it."""
    return _figure(row["own"]), _figure(row["own"] - row["difference"]), _figure(abs(row["difference"]))


_ADVICE: Mapping[Check, Callable[[Row], Text]] = {
    "unallocated": _allocate,
    "over_allocated": _allocate,
    "no_target": _set_target,
    "reaches_nobody": _name_somebody,
    "not_linked": _link,
    "few_kpis": _add_kpis,
    "many_kpis": _take_kpis,
    "few_prescribed": _prescribe,
    "weights_off_100": _weigh,
    "own_against_children": _reconcile,
}
