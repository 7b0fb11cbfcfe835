"""The KPIs of a person's round as the appraisal form lists them, what was decided about them, and what proves them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kpi_metrics import scorecard
from kpi_metrics.thai.calendar import FiscalMonth
from pages.components import grids, store, trace
from pages.components.figures import figure, fixed, planned, trimmed, unit_mark
from pages.components.filters import Filters
from pages.components.grids import Column
from pages.components.markup import Html, el, join
from pages.components.personal.subject import Row, Subject

LEVELS = tuple(f"level_{level}" for level in range(1, 6))


def table(lines: Sequence[Row], total: Row, filters: Filters, subject: Subject) -> Html:
    """Rows of ``scorecard.appraisal_lines``: anchors of the five levels, result, score, weight and their product; the total below."""
    _ = filters.translate
    heads = [
        ("words", _("ตัวชี้วัดผลงาน")),
        *(("number anchor", str(level)) for level in range(1, 6)),
        ("number", _("ผล / แผนสะสม")),
        ("number", _("คะแนน (ก)")),
        ("number", _("น้ำหนัก (ข)")),
        ("number", _("คะแนนรวม (ค) = ก × ข")),
    ]
    holders = {line["holder_id"] for line in lines}
    offices = {holder: subject.offices[holder] for holder in holders if holder in subject.offices}
    mixed = offices if len(holders) > 1 else {}  # said line by line only where they differ
    rows = [*(_line(line, filters, subject, mixed) for line in lines), *_totals(total, filters)]
    held = _("ในฐานะหัวหน้า {office}")
    return join(
        *(el("p", held.format(office=office), class_="meta") for office in offices.values() if not mixed),
        el("div", grids.lay_out("compact round", heads, rows), class_="scroll", tabindex="0", role="region"),
        el("p", *_legend(lines, filters), class_="meta"),
    )


def evidence(filters: Filters, subject: Subject) -> Html:
    """What was told of the months of the round: notes, problems, remedies and evidence, as text or as links."""
    _ = filters.translate
    first = 6 * filters.period.round - 5
    told = [
        dict(note)
        | {
            "month": FiscalMonth(filters.year, note["month"]).label(filters.lang),
            "evidence": trace.evidence(note["evidence_url"]),
        }
        for holder in subject.held_as
        for note in store.rows(scorecard.notes, filters, owner=holder, month=None)
        if first <= note["month"] <= filters.month
    ]
    columns = (
        Column("month", _("เดือน")),
        Column("kpi_id", _("ตัวชี้วัด")),
        Column("evidence", _("หลักฐาน"), "words"),
        Column("note", _("หมายเหตุ"), "words"),
        Column("problem", _("ปัญหา อุปสรรค"), "words"),
        Column("remedy", _("แนวทางแก้ไข"), "words"),
        Column("reported_by", _("ผู้รายงาน")),
    )
    filled = [column for column in columns if any(note[column.key] for note in told)]
    return join(
        grids.section(_("หลักฐานและหมายเหตุของรอบนี้")),
        grids.table(told, filled, filters.lang, empty=_("ยังไม่มีหลักฐานหรือหมายเหตุในรอบนี้ กรอกได้ที่หน้ารายงานผล")),
    )


def _line(line: Row, filters: Filters, subject: Subject, offices: Mapping[str, str]) -> list[tuple[str, Html | str]]:
    lang, status = filters.lang, line["status"]
    is_excluded = status == "excluded"
    name = grids.link(
        subject.kpi_name(line["kpi_id"], lang), filters.href("kpi", id=line["kpi_id"], owner=line["holder_id"])
    )
    shown = None if is_excluded else status
    return [
        ("words excluded" if is_excluded else "words", join(name, *_told(line, filters, offices))),
        *_anchors(line),
        ("number", _result(line, shown, filters)),
        ("number", "" if is_excluded else figure(trimmed(line["score"], 4), shown, lang)),
        ("number", trimmed(line["weight"])),
        ("number", fixed(line["weighted"], 4)),
    ]


def _result(line: Row, status: str | None, filters: Filters) -> Html:
    """What was done beside the plan it is scored against: ``29 / 30 แปลง``."""
    result = figure(trimmed(line["result"]), status, filters.lang)
    return join(result, el("span", f" / {planned(line) or '–'} {unit_mark(line['unit'])}", class_="unit"))


def _legend(lines: Sequence[Row], filters: Filters) -> Iterator[str]:
    """How the table is to be read, and from which month on results count where not from the first."""
    _ = filters.translate
    yield _("ช่องทึบ = ระดับที่ถึงแล้ว · คะแนน (ก) = ผลเทียบแผนสะสมของช่วงนั้น เทียบกับเกณฑ์")
    if late := [line["kpi_id"] for line in lines if line["first_month"] > 1]:
        since = FiscalMonth(filters.year, 7).label(filters.lang)
        yield " · "
        yield _("ตัวชี้วัด {kpis} นับเฉพาะผลและแผนของรอบนี้ ตั้งแต่ {since}").format(kpis=", ".join(late), since=since)


def _anchors(line: Row) -> list[tuple[str, Html | str]]:
    """The five anchors, the level reached marked; of a milestone the steps themselves."""
    is_milestone = line["measure"] == "milestone"
    reached = int(line["score"]) if line["score"] is not None else 0
    anchors = [float(n) if is_milestone else line[name] for n, name in enumerate(LEVELS, 1)]
    return [
        ("number anchor reached" if n == reached else "number anchor", trimmed(anchor) or "–")
        for n, anchor in enumerate(anchors, 1)
    ]


def _told(line: Row, filters: Filters, offices: Mapping[str, str]) -> list[Html]:
    """Under the name: what the anchors measure, as whom it is held, and what somebody decided."""
    _ = filters.translate
    unit = unit_mark(line["unit"])
    basis = None
    if line["measure"] == "milestone":
        basis = _("เกณฑ์: ขั้นที่ทำได้")
    elif line["scale_basis"] == "percent_of_target" and line["target"] is not None:
        basis = _("เกณฑ์: ร้อยละของเป้าหมาย {target} {unit}").format(target=trimmed(line["target"]), unit=unit)
    elif line["scale_basis"] == "absolute":
        basis = _("เกณฑ์: ค่าจริง ({unit})").format(unit=unit)
    office = offices.get(line["holder_id"])
    held = _("ในฐานะหัวหน้า {office}").format(office=office) if office else None
    told = [el("span", " · ".join(filter(None, (basis, held))), class_="told")]
    if line["exclusion_reason"] is not None:
        words = _("ไม่นำมาประเมิน เพราะ{reason} ({by})").format(reason=line["exclusion_reason"], by=line["exclusion_by"])
        told.append(el("span", words, class_="told decided"))
    elif line["override_reason"] is not None:
        words = _("ปรับคะแนนเป็น {score} จากที่คำนวณได้ {computed} เพราะ{reason} ({by})").format(
            score=trimmed(line["override_score"], 4),
            computed=trimmed(line["computed"], 4) or "–",
            reason=line["override_reason"],
            by=line["override_by"],
        )
        told.append(el("span", words, class_="told decided"))
    return told


def _totals(total: Row, filters: Filters) -> list[list[tuple[str, Html | str]]]:
    """The sum of the round, and the same out of 100."""
    _ = filters.translate
    evaluated, whole = trimmed(total["weight_evaluated"]), trimmed(total["weight_total"])
    words = _("รวม") if evaluated == whole == "100" else _("รวม เฉลี่ยตามน้ำหนักที่ประเมินแล้ว {evaluated} จาก {whole}")
    blank = [*[("number anchor", "")] * 5, *[("number", "")] * 2]
    return [
        [
            ("words total", words.format(evaluated=evaluated, whole=whole)),
            *blank,
            ("number total", evaluated),
            ("number total", fixed(total["score"], 4) or "–"),
        ],
        [
            ("words total", _("แปลงคะแนนรวมเป็นฐาน 100 โดยนำ 20 มาคูณ")),
            *blank,
            ("number total", ""),
            ("number total", fixed(total["performance"], 2) or "–"),
        ],
    ]
