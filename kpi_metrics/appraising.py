"""The appraisal desk: what was decided and said of a person's round, and what is typed there as rows of a file.

One desk is saved as one batch: behaviour, scores in place of computed ones, KPIs left out, remarks, development plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from kpi_metrics import decisions, scorecard, typed
from kpi_metrics.access import Scope
from kpi_metrics.closing import Closed, Closing
from kpi_metrics.ingest.columns import TABLES
from kpi_metrics.model import Checked, Finding, Refused
from kpi_metrics.store import Receipt, Store
from kpi_metrics.superiors import superiors
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.thai.text import is_empty
from kpi_metrics.typed import Cells

FILE = "หน้าจอการประเมิน"  # what the history calls the screen
PARTS = ("assessee", "assessor", "superior")
ITEMS = 5  # of a development plan that the screen offers room for
WITHDRAWN = "ถอน"


class Box(NamedTuple):
    """A box of the desk: the column of a table's row. ``of`` is what the row is about there, besides person and round:

    of ``overrides`` holder and KPI, of ``exclusions`` the KPI, of ``remarks`` the part, of ``development`` the item.
    """

    table: str
    column: str
    of: tuple[str, ...] = ()


# Who puts a score in place of another or leaves a KPI out: one box for all of those rows.
DECIDED_BY = Box("decisions", "by")

Texts = Mapping[Box, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A KPI that the person answers for in the round. ``holder_id`` is the person, or the office that the person leads.

    ``closing`` shuts the month whose score would be replaced; None while it may be.
    """

    kpi_id: str
    kpi_name: str
    holder_id: str
    closing: Closing | None


@dataclass(frozen=True, slots=True)
class Desk:
    """What stands of a person's round: ``stored`` is the text of every box that may be written in, "" where nothing stands.

    ``last`` is the month in which the round ends: scores are replaced there, once it has begun (``is_at_its_end``).
    """

    person: str
    last: FiscalMonth
    lines: tuple[Line, ...]
    stored: Texts
    is_at_its_end: bool

    @property
    def year(self) -> int:
        """The fiscal year."""
        return self.last.fiscal_year

    @property
    def round(self) -> int:
        """Round 1 or 2 of the year."""
        return self.last.round


@dataclass(frozen=True, slots=True)
class Written:
    """What was written on a desk, checked: ``findings`` of each box, the row's first for what is about none of its boxes."""

    typed: typed.Typed
    findings: Mapping[Box, Sequence[Finding]]

    @property
    def checked(self) -> Checked:
        """The rows that differ from what stands there."""
        return self.typed.checked


def desk(store: Store, scope: Scope, *, person: str, month: FiscalMonth) -> Desk:
    """The desk of a person for the round in which ``month`` lies, with the KPIs and superiors of that month.

    Raises Refused for a person who has no place in the month, or may not be seen.
    """
    owners = scorecard.owners(store, scope, year=month.fiscal_year, month=month.month)
    if not (owners["owner_id"] == person).any():
        raise Refused(
            f"ไม่มีบุคคลเลขที่ตำแหน่ง {person} ใน{month.label()}", f"There is no person {person} in {month.label('en')}."
        )
    last = FiscalMonth(month.fiscal_year, 6 * month.round)
    closed = Closed(store.closings())
    rows = scorecard.appraisal_lines(store, scope, year=month.fiscal_year, month=month.month, owner=person)
    lines = tuple(
        Line(row["kpi_id"], row["kpi_name"], row["holder_id"], _closing(closed, last, row["holder_id"]))
        for row in rows.to_dict("records")
    )
    is_at_its_end = last.first_day <= store.now().date()
    blank = _blank(lines, _names(owners, person), is_at_its_end)
    standing = dict(_standing(store, scope, person, last))
    # A plan that came in as a file may be longer than the screen is.
    kept = {box: text for box, text in standing.items() if box in blank or box.table in ("remarks", "development")}
    return Desk(person, last, lines, blank | kept, is_at_its_end)


def examine(store: Store, desk: Desk, texts: Texts) -> Written:
    """Check what was written as a file is checked; nothing is saved. Only rows that differ from what stands are taken.

    A box that ``texts`` does not hold is as it stands; one the desk does not have is not looked at.
    """
    now = {box: texts.get(box, stored).strip() for box, stored in desk.stored.items()}
    changed = dict.fromkeys((box.table, box.of) for box, text in now.items() if text != desk.stored[box].strip())
    rows: dict[str, dict[tuple[str, ...], Cells]] = {}
    for table, of in changed:
        if table != DECIDED_BY.table and (cells := _ROWS[table](desk, of, now)):
            rows.setdefault(table, {})[of] = cells
    checked = typed.examine_together(store, FILE, {table: those.values() for table, those in rows.items()})
    findings: dict[Box, list[Finding]] = {}
    for finding in (*checked.checked.rejections, *checked.checked.warnings):
        if box := _box_of(finding, desk, rows):
            findings.setdefault(box, []).append(finding)
    return Written(checked, findings)


def save(store: Store, written: Written, by: str) -> Receipt:
    """Save all that was written as one batch.

    Raises Refused, with nothing saved, when a row was rejected, and as ``Store.save`` does.
    """
    return typed.save(store, written.typed, by)


# --- what stands there


def _blank(lines: Sequence[Line], names: Sequence[str], is_at_its_end: bool) -> dict[Box, str]:
    """Every box that may be written in while nothing was; names stand in theirs as far as they are known."""
    boxes = [Box("behaviour", "score"), Box("behaviour", "note")]
    if is_at_its_end:
        held = [(line.holder_id, line.kpi_id) for line in lines if line.closing is None]
        boxes += [Box("overrides", column, of) for of in held for column in ("score", "reason")]
    boxes += [Box("exclusions", "reason", (kpi_id,)) for kpi_id in dict.fromkeys(line.kpi_id for line in lines)]
    boxes += [Box("remarks", column, (part,)) for part in PARTS for column in ("text", "by")]
    items = [(str(item),) for item in range(1, ITEMS + 1)]
    boxes += [Box("development", column, of) for of in items for column in ("skill", "method", "period")]
    named = {Box("remarks", "by", (part,)): name for part, name in zip(PARTS, names, strict=True)}
    return dict.fromkeys(boxes, "") | named | {DECIDED_BY: names[PARTS.index("assessor")]}


def _standing(store: Store, scope: Scope, person: str, last: FiscalMonth) -> Iterator[tuple[Box, str]]:
    """The text of each box that the ledger holds a row for."""
    year, round_ = last.fiscal_year, last.round
    of_round: dict[str, Any] = {"year": year, "round_": round_, "owner": person}
    for row in _records(decisions.behaviour(store, scope, **of_round)):
        yield Box("behaviour", "score"), _plain(row["score"])
        yield Box("behaviour", "note"), row["note"] or ""
    for row in _records(decisions.overrides(store, scope, year=year, month=last.month)):
        of = (row["owner_id"], row["kpi_id"])
        yield Box("overrides", "score", of), _plain(row["score"])
        yield Box("overrides", "reason", of), row["reason"]
    for row in _records(decisions.exclusions(store, scope, **of_round)):
        yield Box("exclusions", "reason", (row["kpi_id"],)), row["reason"]
    for row in _records(decisions.remarks(store, scope, **of_round)):
        yield Box("remarks", "text", (row["part"],)), row["text"]
        yield Box("remarks", "by", (row["part"],)), row["by"]
    for row in _records(decisions.development(store, scope, **of_round)):
        for column in ("skill", "method", "period"):
            yield Box("development", column, (str(row["item"]),)), row[column] or ""


def _names(owners: pd.DataFrame, person: str) -> list[str]:
    """The names of the person, the assessor and the next superior, "" where there is none."""
    by_id = {row["owner_id"]: row for row in _records(owners)}
    return [row["owner_name"] if row else "" for row in (by_id[person], *superiors(by_id, person)[:2])]


def _closing(closed: Closed, last: FiscalMonth, holder_id: str) -> Closing | None:
    closing = closed.latest(last.fiscal_year, last.month, holder_id)
    return closing if closing and closing.is_closed else None


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def _plain(number: float) -> str:
    return f"{number:.15g}"


# --- what was written, as rows


def _behaviour(desk: Desk, of: tuple[str, ...], now: Texts) -> Cells:
    return _of_round(desk) | {name: now[Box("behaviour", name)] for name in ("score", "note")}


def _override(desk: Desk, of: tuple[str, ...], now: Texts) -> Cells:
    holder_id, kpi_id = of
    at = {"fiscal_year": str(desk.year), "month": str(desk.last.month), "kpi_id": kpi_id, "owner_id": holder_id}
    return at | {name: now[Box("overrides", name, of)] for name in ("score", "reason")} | {"by": now[DECIDED_BY]}


def _exclusion(desk: Desk, of: tuple[str, ...], now: Texts) -> Cells:
    reason = now[Box("exclusions", "reason", of)]
    return _of_round(desk) | {"kpi_id": of[0], "reason": reason, "by": now[DECIDED_BY]}


def _remark(desk: Desk, of: tuple[str, ...], now: Texts) -> Cells:
    """A remark emptied is taken back; a name alone says nothing."""
    text, by = Box("remarks", "text", of), Box("remarks", "by", of)
    if is_empty(now[text]) and not desk.stored[text]:
        return {}
    said = WITHDRAWN if is_empty(now[text]) else now[text]
    return _of_round(desk) | {
        "part": of[0],
        "text": said,
        "by": now[by] or desk.stored[by] if said == WITHDRAWN else now[by],
    }


def _item(desk: Desk, of: tuple[str, ...], now: Texts) -> Cells:
    """An item of the plan emptied is taken back."""
    boxes = {name: Box("development", name, of) for name in ("skill", "method", "period")}
    said = {name: now[box] for name, box in boxes.items()}
    if all(map(is_empty, said.values())):
        said = {"skill": WITHDRAWN} if desk.stored[boxes["skill"]] else {}
    return _of_round(desk) | {"item": of[0]} | said if said else {}


_ROWS: Mapping[str, Callable[[Desk, tuple[str, ...], Texts], Cells]] = {
    "behaviour": _behaviour,
    "overrides": _override,
    "exclusions": _exclusion,
    "remarks": _remark,
    "development": _item,
}


def _of_round(desk: Desk) -> dict[str, str | None]:
    return {"fiscal_year": str(desk.year), "round": str(desk.round), "owner_id": desk.person}


def _box_of(finding: Finding, desk: Desk, rows: Mapping[str, Mapping[tuple[str, ...], Cells]]) -> Box | None:
    """The box a finding is about: that of its column, else the first of its row; None for none on this desk."""
    table = next((name for name in rows if TABLES[name].names_th[0] == finding.place.sheet), None)
    number, column = finding.place.row, finding.place.column or ""
    if table is None or number is None:
        return None
    of = list(rows[table])[number - 1]
    if column == "by" and table in ("overrides", "exclusions"):
        return DECIDED_BY
    box = Box(table, column, of)
    return box if box in desk.stored else next(each for each in desk.stored if (each.table, each.of) == (table, of))
