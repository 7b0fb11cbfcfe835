"""The rules of appraisal and settings: behaviour, overrides, exclusions, remarks, development, settings."""

from __future__ import annotations

from kpi_metrics.closing import tell_closed, tell_how_to_reopen
from kpi_metrics.ingest.cells import show
from kpi_metrics.ingest.findings import Findings, Row
from kpi_metrics.ingest.known import Known
from kpi_metrics.ingest.lookup import Lookup
from kpi_metrics.ingest.raw import PercentCell
from kpi_metrics.ingest.register import find_owner
from kpi_metrics.ingest.results import check_not_future
from kpi_metrics.ingest.rows import WITHDRAWN
from kpi_metrics.model import Behaviour, Development, Exclusion, Override, Remark, Setting, Text
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.calendar import FiscalMonth, parse_datetime
from kpi_metrics.thai.numbers import parse_number
from kpi_metrics.thai.text import near

# Least and most of each setting that is a number; their meaning is in the definition of the numbers.
SETTINGS: dict[str, tuple[float, float]] = {
    "status_on_plan": (0, 1000),
    "status_watch": (0, 1000),
    "score_floor": (0, 5),
    "rank_min_evaluated": (0, 100),
    "performance_weight_civil_servant": (0, 100),
    "performance_weight_government_employee": (0, 100),
    "performance_weight_permanent_employee": (0, 100),
    "person_kpi_min": (0, 1000),
    "person_kpi_max": (0, 1000),
    "person_prescribed_min": (0, 1000),
    "due_day": (1, 31),
}
WHOLE = ("due_day", "person_kpi_min", "person_kpi_max", "person_prescribed_min")
NOW = "now"  # the clock of a demo database


def make_behaviour(row: Row, lookup: Lookup, findings: Findings) -> Behaviour | None:
    """A person's behaviour score of a round."""
    owner_id = find_owner(row, lookup, findings, is_person=True)
    return None if row.is_rejected or owner_id is None else Behaviour(**{**row.values, "owner_id": owner_id})


def make_override(row: Row, lookup: Lookup, known: Known, findings: Findings) -> Override | None:
    """A score in place of the computed one."""
    month: FiscalMonth | None = row.values.get("month")
    if month is not None:
        row.values.setdefault("fiscal_year", month.fiscal_year)
        check_not_future(row, month, known, findings)
    kpi, owner_id = lookup.kpi(row, findings), find_owner(row, lookup, findings)
    if row.is_rejected or month is None or kpi is None or owner_id is None:
        return None
    made = Override(**{**row.values, "month": month.month, "owner_id": owner_id})
    at = (made.fiscal_year, made.month, made.owner_id)
    if at in known.closed and made != known.overrides.get((*at[:2], made.kpi_id, owner_id)):
        findings.reject(row, "month", "closed_month", tell_closed(known.closed, *at), tell_how_to_reopen(*at))
        return None
    return made


def make_exclusion(row: Row, lookup: Lookup, findings: Findings) -> Exclusion | None:
    """A KPI left out of a person's round."""
    kpi, owner_id = lookup.kpi(row, findings), find_owner(row, lookup, findings, is_person=True)
    if row.is_rejected or kpi is None or owner_id is None:
        return None
    return Exclusion(**{**row.values, "owner_id": owner_id})


def make_remark(row: Row, lookup: Lookup, findings: Findings) -> Remark | None:
    """What somebody says of a person's round; ถอน takes it back."""
    owner_id = find_owner(row, lookup, findings, is_person=True)
    if row.is_rejected or owner_id is None:
        return None
    text = row.values["text"]
    return Remark(**{**row.values, "owner_id": owner_id, "text": None if takes_back(text) else text})


def make_development(row: Row, lookup: Lookup, findings: Findings) -> Development | None:
    """An item of a person's development plan; ถอน in place of the skill takes it back."""
    owner_id = find_owner(row, lookup, findings, is_person=True)
    if row.is_rejected or owner_id is None:
        return None
    if takes_back(row.values["skill"]):
        row.values |= {"skill": None, "method": None, "period": None}
    return Development(**{**row.values, "owner_id": owner_id})


def takes_back(text: str) -> bool:
    """Whether a text says that what stands there is taken back."""
    return text.casefold() in WITHDRAWN


def make_setting(row: Row, known: Known, findings: Findings) -> Setting | None:
    """A setting, its value as text: a plain number, or an ISO time for ``now``."""
    key = row.values["key"].casefold()
    if key != NOW and key not in SETTINGS:
        names = ", ".join(near(key, (*SETTINGS, NOW)) or (*SETTINGS, NOW))
        wrong = Text("ไม่มีค่าตั้งชื่อนี้", "there is no such setting")
        findings.reject(row, "key", "unknown_setting", wrong, Text(names, names))
        return None
    try:
        value = parse_datetime(row.cells["value"]).isoformat() if key == NOW else _number(row, key)
    except Unreadable as error:
        findings.unreadable(row, "value", "unreadable_value", error)
        return None
    if key == NOW and (known.offices or known.kpis) and value != known.settings.get(NOW):
        findings.reject(
            row,
            "key",
            "now_in_use",
            Text(
                "นาฬิกาของข้อมูลสาธิตใช้กับฐานข้อมูลที่มีข้อมูลแล้วไม่ได้", "a database with data in it cannot be given a demo's clock"
            ),
            Text("ลบแถวนี้ หรือนำเข้าลงฐานข้อมูลว่าง", "delete the row, or import into an empty database"),
        )
        return None
    return Setting(key, value, row.values.get("note"))


def _number(row: Row, key: str) -> str:
    cell = row.cells["value"]
    number = parse_number(cell.value if isinstance(cell, PercentCell) else cell)
    low, high = SETTINGS[key]
    if not low <= number <= high or (key in WHOLE and number != int(number)):
        whole_th, whole_en = ("จำนวนเต็ม ", "a whole number, ") if key in WHOLE else ("", "")
        raise Unreadable(
            show(cell),
            Text("อยู่นอกช่วงของค่าตั้งนี้", "outside the range of this setting"),
            Text(f"{whole_th}{low:g} ถึง {high:g}", f"{whole_en}{low:g} to {high:g}"),
        )
    return f"{number:.15g}"
