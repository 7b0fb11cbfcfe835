"""What saving an import would change, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpi_metrics.impact import Impact, KpiMove, Move, Restated
from kpi_metrics.ingest.columns import TABLES
from kpi_metrics.model import Place, Status, Text
from kpi_metrics.round_moves import RoundMove, RoundStanding
from kpi_metrics.row_changes import WITHDRAWN, RowChange
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.thai.numbers import format_screen
from kpi_metrics.words import KIND_WORDS, STATUS_WORDS

NOTHING = Text("–", "–")
MOST_LINES = 20  # of rows, and of people


def describe(impact: Impact) -> tuple[Text, ...]:
    """The impact line by line: counts, the first rows, months restated, totals at the top, each KPI with who changes colour."""
    return tuple(_lines(impact))


def _lines(impact: Impact) -> Iterator[Text]:
    yield tell_counts(impact)
    yield from _rows(impact)
    if impact.restated:
        yield tell_restated(impact.restated)
    month = FiscalMonth(impact.fiscal_year, impact.month)
    if impact.is_still:
        yield Text(f"ไม่มีตัวเลขใดเปลี่ยน ณ {month.label()}", f"No figure changes at {month.label('en')}")
        return
    yield Text(f"ตัวเลข ณ {month.label()} ที่จะเปลี่ยน", f"What would change at {month.label('en')}")
    for total in impact.totals:
        if total.is_top:
            moves = f"{_score(total.score_before)} → {_score(total.score_after)}"
            yield Text(f"{total.owner_name}: คะแนนรวม {moves}", f"{total.owner_name}: total score {moves}")
    yield from _rounds(impact.rounds)
    for kpi in impact.kpis:
        yield _kpi(kpi)
        for move in impact.moves:
            if move.kpi_id == kpi.kpi_id and move.is_recoloured:
                yield _recoloured(move)


def tell_counts(impact: Impact) -> Text:
    """``ใหม่ 12 แก้ไข 3 เหมือนเดิม 40``; in front, where a batch is voided, the rows that go."""
    new, corrected, unchanged, gone = (
        impact.count_new,
        impact.count_corrected,
        impact.count_unchanged,
        impact.count_gone,
    )
    return Text(
        (f"หายไป {gone} " if gone else "") + f"ใหม่ {new} แก้ไข {corrected} เหมือนเดิม {unchanged}",
        (f"{gone} gone, " if gone else "") + f"{new} new, {corrected} corrected, {unchanged} unchanged",
    )


def _rows(impact: Impact) -> Iterator[Text]:
    for row in impact.rows[:MOST_LINES]:
        yield _row(row)
    if more := impact.count_rows - len(impact.rows[:MOST_LINES]):
        yield Text(f"    และอีก {more} แถว", f"    and {more} more {'row' if more == 1 else 'rows'}")


def _row(row: RowChange) -> Text:
    """``แก้ไข ตัวชี้วัด 1.2 เมือง พ.ย. 2568: 9 → 12 (results.csv แถว 3)``."""
    what, change, where = _what(row), tell_row(row), tell_place(row.place)
    told = Text(f": {change.th}", f": {change.en}") if row.is_entry else Text("", "")
    verb = Text("แก้ไข", "corrected") if row.is_corrected else Text("ใหม่", "new")
    return Text(
        f"    {verb.th} {what.th}{told.th} ({where.th})",
        f"    {verb.en}: {what.en}{told.en} ({where.en})",
    )


def _what(row: RowChange) -> Text:
    if row.fiscal_year is None or row.month is None or not row.is_entry:
        table = tell_table(row.table)
        return Text(f"{table.th} {row.key}", f"{table.en} {row.key}")
    month, owner = FiscalMonth(row.fiscal_year, row.month), row.owner_name or row.owner_id
    return Text(
        f"ตัวชี้วัด {row.kpi_id} {owner} {month.label()}",
        f"KPI {row.kpi_id} {owner} {month.label('en')}",
    )


def tell_row(row: RowChange) -> Text:
    """An entry as it was told and as it is told now: ``9 → 12``; ``– → 12`` for a new one."""
    if row.before == row.after:
        figure = f"{row.after} " if row.after else ""
        return Text(f"{figure}เฉพาะข้อความประกอบ", f"{figure}words only")
    before, after = row.before or NOTHING.th, row.after or NOTHING.th
    told = f"{before} → {after}"
    return Text(told, told.replace(WITHDRAWN, "withdrawn"))


def tell_table(table: str) -> Text:
    """What an input table is called."""
    return Text(TABLES[table].names_th[0], table)


def tell_place(place: Place) -> Text:
    """Where a row stands: ``ผลงาน.xlsx · มิ.ย. · แถว 14``; what is not known is left out."""
    sheet = [place.file, *filter(None, [place.sheet])]
    th, en = ([f"{word} {place.row}"] if place.row else [] for word in ("แถว", "row"))
    return Text(" · ".join([*sheet, *th]), " · ".join([*sheet, *en]))


def _rounds(moves: Sequence[RoundMove]) -> Iterator[Text]:
    for move in moves[:MOST_LINES]:
        what, told = tell_round(move), tell_round_change(move)
        yield Text(f"    {move.owner_name} {what.th}: {told.th}", f"    {move.owner_name}, {what.en}: {told.en}")
    if more := len(moves) - len(moves[:MOST_LINES]):
        yield Text(f"    และอีก {more} คน", f"    and {more} more {'person' if more == 1 else 'people'}")


def tell_round(move: RoundMove) -> Text:
    """Which round moves, and up to when where it is still running: ``รอบที่ 2/2569 ถึง มิ.ย. 2569``."""
    month = FiscalMonth(move.fiscal_year, move.month)
    th, en = f"รอบที่ {month.round}/{month.fiscal_year}", f"round {month.round}/{month.fiscal_year}"
    if move.month % 6 == 0:
        return Text(th, en)
    return Text(f"{th} ถึง {month.label()}", f"{en} through {month.label('en')}")


def tell_round_change(move: RoundMove) -> Text:
    """A person's round before and after: ``ยังไม่สรุป → 76.68 ดี``; of a running one the performance: ``73.11 → 80.00``."""
    before, after = (_round(standing, move.month % 6 == 0) for standing in (move.before, move.after))
    return Text(f"{before.th} → {after.th}", f"{before.en} → {after.en}")


def _round(standing: RoundStanding, has_ended: bool) -> Text:
    if standing.final is not None:
        told = f"{format_screen(standing.final, 2)} {standing.band or ''}".strip()
        return Text(told, told)
    parts = (
        _part(standing.performance, "ผลสัมฤทธิ์ของงาน", "performance"),
        _part(standing.behaviour, "สมรรถนะ", "behaviour"),
    )
    opening = Text("ยังไม่สรุป", "not concluded") if has_ended else None
    known = [part for part in (opening, *parts) if part] or [NOTHING]
    return Text(" ".join(text.th for text in known), ", ".join(text.en for text in known))


def _part(score: float | None, th: str, en: str) -> Text | None:
    return None if score is None else Text(f"{th} {format_screen(score, 2)}", f"{en} {format_screen(score, 2)}")


def tell_restated(restated: tuple[Restated, ...]) -> Text:
    """Which months already due or closed would change, and how many figures of each."""
    th, en = [], []
    for each in restated:
        month, count = FiscalMonth(each.fiscal_year, each.month), each.count_figures
        th.append(f"{month.label()} {count} ตัวเลข" + (" (ปิดแล้ว)" if each.is_closed else ""))
        en.append(f"{month.label('en')}: {count}" + (" (closed)" if each.is_closed else ""))
    return Text(
        f"เดือนที่ครบกำหนดหรือปิดแล้วซึ่งตัวเลขจะเปลี่ยน: {', '.join(th)}",
        f"Figures that would change in months already due or closed: {', '.join(en)}",
    )


def _kpi(kpi: KpiMove) -> Text:
    """``ตัวชี้วัด 1.1 ชื่อ: 64 % → 71 %, 3 อำเภอเปลี่ยนสี``."""
    told = [*(tell_change(move, kpi.unit) for move in kpi.tops), *_count_recoloured(kpi)]
    return Text(
        ": ".join(filter(None, (f"ตัวชี้วัด {kpi.kpi_id} {kpi.kpi_name}", ", ".join(text.th for text in told)))),
        ": ".join(filter(None, (f"KPI {kpi.kpi_id} {kpi.kpi_name}", ", ".join(text.en for text in told)))),
    )


def _count_recoloured(kpi: KpiMove) -> tuple[Text, ...]:
    """How many owners of each kind change colour: ``3 อำเภอเปลี่ยนสี``."""
    counted = [(count, KIND_WORDS[kind].counted(count)) for kind, count in kpi.count_recoloured.items()]
    return tuple(
        Text(f"{text.th}เปลี่ยนสี", f"{text.en} change{'s' if count == 1 else ''} colour") for count, text in counted
    )


def tell_change(move: Move, unit: str) -> Text:
    """An owner's figure before and after: ``64 % → 71 %`` of the year's target, ``ยังไม่รายงาน → 71 %``.

    Without a target on either side it is the result in its ``unit``; a figure there is none of is the status in words.
    """
    before, after = move.before, move.after
    if before.achievement_pct is None and after.achievement_pct is None:
        figures = [_figure(each.result, f" {unit}") for each in (before, after)]
    else:
        figures = [_figure(each.achievement_pct, " %") for each in (before, after)]
    words = [_status(each.status) for each in (before, after)]
    th = [figure or word.th for figure, word in zip(figures, words, strict=True)]
    en = [figure or word.en for figure, word in zip(figures, words, strict=True)]
    return Text(" → ".join(th), " → ".join(en))


def _recoloured(move: Move) -> Text:
    before, after = _status(move.before.status), _status(move.after.status)
    name = f"    {move.owner_name}"
    return Text(f"{name}: {before.th} → {after.th}", f"{name}: {before.en} → {after.en}")


def _status(status: Status | None) -> Text:
    return STATUS_WORDS[status] if status else NOTHING


def _figure(value: float | None, unit: str) -> str:
    """At most 2 decimals; "" for missing."""
    text = format_screen(value, 2)
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}{unit}" if text else ""


def _score(value: float | None) -> str:
    return NOTHING.th if value is None else format_screen(value, 4)
