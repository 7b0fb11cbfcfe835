"""What saving an import would change, in words."""

from __future__ import annotations

from collections.abc import Iterator

from kpi_metrics.impact import Impact, KpiMove, Move, Restated, Standing
from kpi_metrics.model import OwnerKind, Status, Text
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.thai.numbers import format_screen

STATUS_WORDS: dict[Status, Text] = {
    "on_plan": Text("เป็นไปตามแผน", "on plan"),
    "watch": Text("เฝ้าระวัง", "watch"),
    "behind": Text("ต่ำกว่าแผน", "behind"),
    "not_reported": Text("ยังไม่รายงาน", "not reported"),
    "not_due": Text("ยังไม่ถึงกำหนด", "not due"),
    "no_target": Text("ไม่มีเป้าหมายในงวดนี้", "no target"),
    "not_applicable": Text("ไม่มีเหตุให้ประเมิน", "not applicable"),
}
KIND_WORDS: dict[OwnerKind, tuple[str, str, str]] = {  # Thai; English for one, for more
    "country": ("ประเทศ", "country", "countries"),
    "region": ("เขต", "region", "regions"),
    "province": ("จังหวัด", "province", "provinces"),
    "district": ("อำเภอ", "district", "districts"),
    "group": ("กลุ่ม/ฝ่าย", "group", "groups"),
    "person": ("บุคคล", "person", "people"),
}
NOTHING = Text("–", "–")


def describe(impact: Impact) -> tuple[Text, ...]:
    """The impact line by line: counts, months restated, totals at the top, then each KPI with who changes colour."""
    return tuple(_lines(impact))


def _lines(impact: Impact) -> Iterator[Text]:
    new, corrected, unchanged = impact.count_new, impact.count_corrected, impact.count_unchanged
    yield Text(
        f"ใหม่ {new} แก้ไข {corrected} เหมือนเดิม {unchanged}", f"{new} new, {corrected} corrected, {unchanged} unchanged"
    )
    if impact.restated:
        yield _restated(impact.restated)
    month = FiscalMonth(impact.fiscal_year, impact.month)
    if not impact.moves and all(total.score_before == total.score_after for total in impact.totals):
        yield Text(f"ไม่มีตัวเลขใดเปลี่ยน ณ {month.label()}", f"No figure changes at {month.label('en')}")
        return
    yield Text(f"ตัวเลข ณ {month.label()} ที่จะเปลี่ยน", f"What would change at {month.label('en')}")
    for total in impact.totals:
        if total.is_top:
            moves = f"{_figure(total.score_before, 4)} → {_figure(total.score_after, 4)}"
            yield Text(f"{total.owner_name}: คะแนนรวม {moves}", f"{total.owner_name}: total score {moves}")
    for kpi in impact.kpis:
        yield _kpi(kpi)
        for move in impact.moves:
            if move.kpi_id == kpi.kpi_id and move.is_recoloured:
                yield _recoloured(move)


def _restated(restated: tuple[Restated, ...]) -> Text:
    th, en = [], []
    for each in restated:
        month, count = FiscalMonth(each.fiscal_year, each.month), each.count_figures
        th.append(f"{month.label()} {count} ตัวเลข" + (" (ปิดแล้ว)" if each.is_closed else ""))
        en.append(f"{month.label('en')} {count}" + (" (closed)" if each.is_closed else ""))
    return Text(
        f"เดือนที่ครบกำหนดหรือปิดแล้วซึ่งตัวเลขจะเปลี่ยน: {', '.join(th)}",
        f"Months already due or closed whose figures would change: {', '.join(en)}",
    )


def _kpi(kpi: KpiMove) -> Text:
    """``ตัวชี้วัด 1.1 ชื่อ: 64.00 % → 71.00 %, 3 อำเภอเปลี่ยนสี``."""
    figures = [_figures(move.before, move.after, kpi.unit) for move in kpi.tops]
    th, en = [*figures], [*figures]
    for kind, count in kpi.count_recoloured.items():
        word, one, more = KIND_WORDS[kind]
        th.append(f"{count} {word}เปลี่ยนสี")
        en.append(f"{count} {one if count == 1 else more} change{'s' if count == 1 else ''} colour")
    return Text(
        ": ".join(filter(None, (f"ตัวชี้วัด {kpi.kpi_id} {kpi.kpi_name}", ", ".join(th)))),
        ": ".join(filter(None, (f"KPI {kpi.kpi_id} {kpi.kpi_name}", ", ".join(en)))),
    )


def _figures(before: Standing, after: Standing, unit: str) -> str:
    """Achievement of the year's target; without a target the result itself."""
    if before.achievement_pct is None and after.achievement_pct is None:
        return f"{_figure(before.result, 2)} → {_figure(after.result, 2)} {unit}"
    return f"{_percent(before.achievement_pct)} → {_percent(after.achievement_pct)}"


def _recoloured(move: Move) -> Text:
    before, after = (STATUS_WORDS[each.status] if each.status else NOTHING for each in (move.before, move.after))
    name = f"    {move.owner_name}"
    return Text(f"{name}: {before.th} → {after.th}", f"{name}: {before.en} → {after.en}")


def _figure(value: float | None, places: int) -> str:
    return NOTHING.th if value is None else format_screen(value, places)


def _percent(value: float | None) -> str:
    return NOTHING.th if value is None else f"{format_screen(value, 2)} %"
