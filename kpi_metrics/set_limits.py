"""How large a person's set of KPIs should be (section 8), and what is told of one that is not as it should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kpi_metrics import decisions
from kpi_metrics.access import Scope
from kpi_metrics.ingest.weights import NEGLIGIBLE
from kpi_metrics.model import Target, Text
from kpi_metrics.store import Store
from kpi_metrics.target_rows import WHOLE
from kpi_metrics.thai.numbers import format_plain


@dataclass(frozen=True, slots=True)
class Limits:
    """The settings in force: the least and most KPIs of a person, and the least prescribed ones."""

    least: int
    most: int
    prescribed: int


@dataclass(frozen=True, slots=True)
class Size:
    """Of a set: how many KPIs, how many of them prescribed, and the sum of their weights in percent.

    ``weight`` None: no KPI has a weight of the person's own, and those of the KPIs hold.
    """

    kpis: int
    prescribed: int
    weight: float | None


def limits(store: Store, scope: Scope) -> Limits:
    """The limits in force now."""
    value = decisions.settings(store, scope).set_index("key")["value"]
    return Limits(*(int(value[name]) for name in ("person_kpi_min", "person_kpi_max", "person_prescribed_min")))


def tell_size(limits: Limits, size: Size) -> Iterator[Text]:
    """What of a set is outside the limits."""
    if size.kpis < limits.least:
        yield Text(f"มี {size.kpis} ตัวชี้วัด น้อยกว่า {limits.least}", f"{_kpis(size.kpis)}, fewer than {limits.least}")
    if size.kpis > limits.most:
        yield Text(f"มี {size.kpis} ตัวชี้วัด มากกว่า {limits.most}", f"{_kpis(size.kpis)}, more than {limits.most}")
    if size.prescribed < limits.prescribed:
        yield Text(
            f"มีตัวชี้วัดบังคับ {size.prescribed} น้อยกว่า {limits.prescribed}",
            f"{size.prescribed} prescribed, fewer than {limits.prescribed}",
        )
    if size.weight is not None and abs(off := round(size.weight - WHOLE, 10)) > NEGLIGIBLE:
        sum_, by = (format_plain(number, 4, fixed=False) for number in (size.weight, abs(off)))
        yield Text(
            f"น้ำหนักรวม {sum_} {'ขาด' if off < 0 else 'เกิน'} {by}",
            f"the weights sum to {sum_}, {by} {'short of' if off < 0 else 'over'} 100",
        )


def tell_line(made: Target, *, is_linked: bool, lacks_weight: bool) -> Iterator[Text]:
    """What of one KPI of a set is to be looked at. ``lacks_weight``: it has none, and others of the set have."""
    if not is_linked:
        yield Text(
            "ไม่มีหน่วยงานต้นสังกัดถือตัวชี้วัดนี้หรือตัวชี้วัดที่เชื่อมโยงกัน", "no office above holds this KPI or the one it is linked to"
        )
    if made.is_end:
        yield Text("เป้าหมาย 0 และน้ำหนัก 0 คือสิ้นสุดการถือ", "target 0 and weight 0 end the KPI")
    elif made.target == 0:
        yield Text("เป้าหมายเป็น 0", "the target is 0")
    if lacks_weight:
        yield Text("ยังไม่มีน้ำหนัก จึงไม่นับในคะแนน", "without a weight it counts nothing in the score")


def _kpis(count: int) -> str:
    return f"{count} KPI{'' if count == 1 else 's'}"
