"""What the forms say in words and Thai digits: the one text of both papers, whatever they are written on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kpi_metrics.model import PersonnelType
from kpi_metrics.reports.forms.form import Form, Line, Signer
from kpi_metrics.thai.calendar import FiscalMonth, format_date
from kpi_metrics.thai.numbers import format_plain, format_screen, to_thai_digits
from kpi_metrics.words import STATUS_WORDS

SCORE_PLACES = 4  # of scores and products, so that what is printed adds up
FINAL_PLACES = 2


@dataclass(frozen=True, slots=True)
class Terms:
    """What the papers call things for one type of personnel."""

    personnel: str
    appraisal: str  # what is appraised
    behaviour: str
    plan: str


TERMS: Mapping[PersonnelType, Terms] = {
    "civil_servant": Terms(
        "ข้าราชการพลเรือนสามัญ",
        "ผลการปฏิบัติราชการ",
        "พฤติกรรมการปฏิบัติราชการ (สมรรถนะ)",
        "แผนพัฒนาการปฏิบัติราชการรายบุคคล",
    ),
    "government_employee": Terms(
        "พนักงานราชการ",
        "ผลการปฏิบัติงานของพนักงานราชการ",
        "พฤติกรรมการปฏิบัติงาน (สมรรถนะ)",
        "แผนพัฒนาการปฏิบัติงานรายบุคคล",
    ),
    "permanent_employee": Terms(
        "ลูกจ้างประจำ",
        "ผลการปฏิบัติงานของลูกจ้างประจำ",
        "พฤติกรรมการปฏิบัติงาน (สมรรถนะ)",
        "แผนพัฒนาการปฏิบัติงานรายบุคคล",
    ),
}
CONVERSION = "แปลงคะแนนรวม (ค) ข้างต้น เป็นคะแนนการประเมินผลสัมฤทธิ์ของงานที่มีฐานคะแนนเต็มเป็น ๑๐๐ คะแนน (โดยนำ ๒๐ มาคูณ)"


def words_of(form: Form) -> dict[str, Any]:
    """All texts of both papers, ready to be set: str, None for a line left to the pen, bool for a box to tick."""
    terms = TERMS[form.personnel_type]
    words = {
        "personnel": terms.personnel,
        "appraisal": terms.appraisal,
        "behaviour_name": terms.behaviour,
        "plan_name": terms.plan,
        "year": f"ปีงบประมาณ พ.ศ. {form.year}",
        "draft": _draft(form),
        "rounds": rounds(form),
        "id": form.person_id,
        "name": form.person.name,
        "position": form.person.position,
        "office": form.office,
        "assessor": _signer(form.assessor),
        "superiors": [_signer(superior) for superior in form.superiors],
        "lines": _lines(form),
        "weight": percent(form.weight_total),
        "weighted": score(form.weighted),
        "about_levels": about_levels(form),
        "conversion": CONVERSION,
        "step": step(form),
        "performance": final(form.performance),
        "performance_weight": percent(form.performance_weight),
        "performance_part": score(part(form.performance, form.performance_weight)),
        "behaviour": final(form.behaviour),
        "behaviour_weight": percent(form.behaviour_weight),
        "behaviour_part": score(part(form.behaviour, form.behaviour_weight)),
        "final": final(form.final),
        "unfinished": unfinished(form),
        "bands": bands(form),
        "notes": notes(form),
        "needs": [{"skill": need.skill, "method": need.method, "period": need.period} for need in form.development],
        "remarks": dict(form.remarks),
    }
    return {key: _in_thai_digits(value) for key, value in words.items()}


# The figures


def score(value: float | None) -> str | None:
    """A score 0..5 or a product of one: four decimals, so that the printed ones add up to the printed sum."""
    return format_plain(value, SCORE_PLACES, fixed=True) or None


def final(value: float | None) -> str | None:
    """A result 0..100: rounded once, half up, to two decimals."""
    return format_plain(value, FINAL_PLACES, fixed=True) or None


def percent(value: float | None) -> str | None:
    """A weight."""
    return format_plain(value, 2, fixed=False) or None


def part(value: float | None, weight: float) -> float | None:
    """What one component brings to the final result."""
    return None if value is None else value * weight / 100


def amount(value: float | Decimal) -> str:
    """An amount of something, no more decimals than it has and two at most."""
    places = len(format_plain(value, 2, fixed=False).partition(".")[2])
    return format_screen(value, places)


def is_of_target(line: Line) -> bool:
    """Whether its levels are percents of the target."""
    return line.scale_basis == "percent_of_target" and line.measure != "milestone"


# The sentences


def rounds(form: Form) -> list[dict[str, Any]]:
    """Both rounds of the year with their first and last day; the form's own is ticked."""
    found = []
    for number, (first, last) in enumerate(((1, 6), (7, 12)), start=1):
        begins, ends = FiscalMonth(form.year, first).first_day, FiscalMonth(form.year, last).last_day
        dates = f"{format_date(begins, long=True)} ถึง {format_date(ends, long=True)}"
        found.append({"is_ticked": number == form.round, "name": f"รอบที่ {number}", "dates": dates})
    return found


def bands(form: Form) -> list[dict[str, Any]]:
    """The levels from the highest with the scores they take; the one reached is ticked."""
    found, above = [], None
    for band in form.bands:
        least = percent(band.minimum)
        takes = f"ต่ำกว่าร้อยละ {percent(above)}" if band.minimum <= 0 and above else f"ร้อยละ {least} ขึ้นไป"
        found.append({"is_ticked": band.name == form.band, "name": band.name, "takes": takes})
        above = band.minimum
    return found


def level(line: Line, place: int) -> str:
    """What reaches a level (``place`` 0..4): the anchor in the KPI's unit or in percent of the target; a step's name."""
    if line.measure == "milestone":
        return line.steps[place] if len(line.steps) == 5 else f"ขั้นที่ {place + 1}"
    anchor = line.levels[place]
    if anchor is None:
        return "–"
    return f"{amount(anchor)}%" if is_of_target(line) else amount(anchor)


def about(line: Line, month: FiscalMonth, is_draft: bool) -> list[str]:
    """What stands under a KPI's name: target, plan and result through the month, what its levels are, why it was left out."""
    since = "ของรอบ" if line.first_month == 7 else ""
    until = f"ถึงสิ้นเดือน {month.label()}" if is_draft else ("" if since else "ถึงสิ้นรอบ")
    facts = (("แผน", None if line.plan == line.target else line.plan), ("ผล", line.result))
    reached = " ".join(f"{name} {_with_unit(value, line)}" for name, value in facts if value is not None)
    said = [f"เป้าหมายทั้งปี {_with_unit(line.target, line)}"] if line.target is not None else []
    said += [f"{since}{until} {reached}"] if reached else []
    if is_of_target(line):
        said.append("ระดับเป็น % ของเป้าหมาย")
    elif line.measure not in ("milestone", "percent"):
        said.append(f"ระดับเป็น{line.unit}")
    lines = [" · ".join(said)] if said else []
    if line.exclusion:
        reason, by = line.exclusion
        weight = f" (น้ำหนัก {percent(line.weight)})" if line.weight is not None else ""
        lines.append(f"ไม่นำมาประเมินในรอบนี้{weight}: {reason} (โดย {by})")
    return lines


def about_levels(form: Form) -> str | None:
    """What the levels in percent of the target are compared with."""
    if not any(is_of_target(line) for line in form.lines):
        return None
    return "ระดับที่เป็น % ของเป้าหมาย เทียบผลกับเป้าหมายตามแผนของรอบการประเมิน"


def without_score(line: Line) -> str:
    """The words in place of a score."""
    if line.exclusion:
        return "ไม่นำมาประเมิน"
    return STATUS_WORDS[line.status].th if line.status in STATUS_WORDS else ""


def step(form: Form) -> str | None:
    """The sum over the weight that was evaluated, wherever that is not 100."""
    if form.score is None or form.weight_evaluated is None or percent(form.weight_evaluated) == "100":
        return None
    evaluated, given = percent(form.weight_evaluated), percent(form.weight_total)
    of = "" if given == evaluated else f" จากทั้งหมดร้อยละ {given}"
    return (
        f"น้ำหนักที่ประเมินแล้วร้อยละ {evaluated}{of}"
        f" คะแนนรวม (ค) ÷ น้ำหนักที่ประเมิน = {score(form.weighted)} ÷ {evaluated}% = {score(form.score)}"
    )


def unfinished(form: Form) -> str | None:
    """Why there is no final result yet."""
    if form.final is not None:
        return None
    missing = ["รอบการประเมินยังไม่สิ้นสุด"] if form.is_draft else []
    if form.performance is None:
        missing.append("ยังไม่มีตัวชี้วัดที่มีคะแนน")
    if form.count_not_reported:
        missing.append(f"ยังไม่รายงาน {form.count_not_reported} ตัวชี้วัด")
    if form.behaviour is None:
        missing.append("ยังไม่มีคะแนนสมรรถนะ")
    return f"ยังสรุปผลไม่ได้ เพราะ{' และ'.join(missing)}" if missing else None


def notes(form: Form) -> list[str]:
    """The overrides in words, numbered as they are at the scores."""
    return [
        f"({number}) {line.name}: คะแนนที่คำนวณได้ {score(said.computed)} ผู้บังคับบัญชาให้ {score(said.score)}"
        f" เพราะ{said.reason} (โดย {said.by})"
        for number, (line, said) in enumerate(_overridden(form), start=1)
    ]


def _overridden(form: Form) -> list[tuple[Line, Any]]:
    return [(line, line.override) for line in form.lines if line.override and not line.exclusion]


def _lines(form: Form) -> list[dict[str, Any]]:
    """The table's rows: a heading wherever the KPIs of an office led, and then the person's own, begin."""
    numbers = {line.kpi_id + (line.office or ""): n for n, (line, _) in enumerate(_overridden(form), start=1)}
    found: list[dict[str, Any]] = []
    before: str | None = None
    for line in form.lines:
        if line.office != before:
            found.append({"heading": f"ตัวชี้วัดของหน่วยงาน: {line.office}" if line.office else "ตัวชี้วัดรายบุคคล"})
        before = line.office
        number = numbers.get(line.kpi_id + (line.office or ""))
        found.append(
            {
                "name": f"{line.kpi_id} {line.name}",
                "about": about(line, form.month, form.is_draft),
                "is_by_steps": line.measure == "milestone",
                "levels": [level(line, place) for place in range(5)],
                "score": score(line.score),
                "no_score": without_score(line) if line.score is None else None,
                "note": f"({number})" if number else None,
                "weight": None if line.exclusion else percent(line.weight),
                "weighted": score(line.weighted),
            }
        )
    return found


def _with_unit(value: float, line: Line) -> str:
    """Percents and steps follow their word, amounts of things stand before theirs."""
    is_first = line.measure in ("percent", "milestone")
    return f"{line.unit} {amount(value)}" if is_first else f"{amount(value)} {line.unit}"


def _draft(form: Form) -> str | None:
    if not form.is_draft:
        return None
    through, printed = form.month.label(long=True), format_date(form.printed, long=True)
    return f"ร่าง: รอบการประเมินยังไม่สิ้นสุด ผลถึงเดือน{through} ข้อมูล ณ วันที่ {printed}"


def _signer(signer: Signer | None) -> dict[str, Any] | None:
    return {"name": signer.name, "position": signer.position} if signer else None


def _in_thai_digits(value: Any) -> Any:
    if isinstance(value, str):
        return to_thai_digits(value)
    if isinstance(value, list):
        return [_in_thai_digits(each) for each in value]
    if isinstance(value, dict):
        return {key: _in_thai_digits(each) for key, each in value.items()}
    return value
