"""Reporting on the screen: what an owner has to report for a month, and what was typed there as a file like any other.

What is typed goes the way of files: the same reading of cells, the same checks, the same impact, one batch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kpi_metrics import intake, scorecard
from kpi_metrics.access import Scope
from kpi_metrics.closing import Closed, Closing
from kpi_metrics.ingest import citizens
from kpi_metrics.ingest.known import Known, says_nothing_new
from kpi_metrics.ingest.raw import RawFile
from kpi_metrics.model import Checked, Entry, Finding, Kpi, Located, Place, Refused, Text
from kpi_metrics.store import Receipt, Store
from kpi_metrics.store.drafts import Draft
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.typed import read_rows

FILE = "หน้าจอรายงานผล"  # what the history calls the screen
WORDS = ("note", "problem", "remedy", "evidence_url")
WITHDRAW = "withdraw"  # the box that takes back what was reported; any text in it does
WITHDRAWN = "ถอน"
HEADER = (
    "fiscal_year",
    "month",
    "kpi_id",
    "owner_id",
    "value",
    "numerator",
    "denominator",
    *WORDS,
    "reported_by",
    "reported_at",
)

LineKey = tuple[str, str]  # owner_id, kpi_id
BoxKey = tuple[str, str, str]  # owner_id, kpi_id, box
Texts = Mapping[BoxKey, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A KPI that an owner reports on for the month. ``is_due`` False: only where there is something to report.

    ``target`` and ``plan`` (to date) in the KPI's unit; ``before`` is the last entry of an earlier month of the year,
    ``stored`` this month's, ``told`` this month's words without a figure. ``closing``: the closing that shuts it.
    """

    owner_id: str
    owner_name: str
    kpi: Kpi
    is_due: bool
    is_by_parts: bool
    target: float | None
    plan: float | None
    before: Entry | None
    stored: Entry | None
    told: Entry | None
    closing: Closing | None

    @property
    def key(self) -> LineKey:
        """Whose it is and of which KPI."""
        return self.owner_id, self.kpi.kpi_id

    @property
    def figures(self) -> tuple[str, ...]:
        """The boxes a result is typed into."""
        return ("numerator", "denominator") if self.is_by_parts else ("value",)

    @property
    def boxes(self) -> tuple[str, ...]:
        """Every box that may be filled in; none in a closed month, and nothing can be taken back that is not there."""
        if self.closing:
            return ()
        return (*self.figures, *WORDS, *((WITHDRAW,) if self.stored else ()))


@dataclass(frozen=True, slots=True)
class Form:
    """All that an owner and the people of that office report on for a month, owner by owner: see ``form``."""

    owner_id: str
    month: FiscalMonth
    lines: tuple[Line, ...]

    @property
    def boxes(self) -> frozenset[BoxKey]:
        """Every box that may be filled in; what is said of any other is not listened to."""
        return frozenset((*line.key, box) for line in self.lines for box in line.boxes)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, checked: ``checked`` holds what is news and all findings, ``findings`` those of each line."""

    file: RawFile
    checked: Checked
    findings: Mapping[LineKey, Sequence[Finding]]

    @property
    def rejected(self) -> frozenset[LineKey]:
        """The lines that cannot be saved."""
        refused = set(self.checked.rejections)
        return frozenset(key for key, found in self.findings.items() if refused.intersection(found))


def form(store: Store, scope: Scope, *, owner: str, month: FiscalMonth) -> Form:
    """What ``owner`` and the people of that office report on for ``month``.

    That is what is due (see ``scorecard.coverage``), the KPIs reported when there are cases (frequency ``event``), and
    what was reported though it is not due, so that it can be corrected. Who still has to send something comes first, and
    of everybody first what is missing and last what is not due; else in report order.

    Raises Refused for a month that has not begun.
    """
    if month.first_day > store.now().date():
        raise Refused(
            f"{month.label()} ยังมาไม่ถึง จึงยังกรอกผลไม่ได้", f"{month.label('en')} has not begun and cannot be reported yet."
        )
    known, closed = store.known(), Closed(store.closings())
    year, dues = month.fiscal_year, _dues(store, scope, owner, month)
    lines = []
    for row in _rows(store, scope, owner, month):
        key = (row["owner_id"], row["kpi_id"])
        kpi, entries = known.kpis[year, row["kpi_id"]], _entries(known, year, *key)
        stored = _standing(entries.get(month.month))
        if key not in dues and not stored and not _reports_cases(known, kpi, row["owner_id"], month):
            continue
        last = closed.latest(year, month.month, row["owner_id"])
        earlier = [each for each in entries if each < month.month and not entries[each].is_withdrawn]
        lines.append(
            Line(
                row["owner_id"],
                row["owner_name"],
                kpi,
                key in dues,
                kpi.needs_parts or any(entry.numerator is not None for entry in entries.values()),
                _known(row["target"]),
                _known(row["plan"]),
                entries[max(earlier)] if earlier else None,
                stored,
                known.notes.get((year, month.month, row["kpi_id"], row["owner_id"])),
                last if last and last.is_closed else None,
            )
        )
    return Form(owner, month, tuple(_missing_first(lines)))


def drafts(store: Store, form: Form) -> tuple[Draft, ...]:
    """What was typed into the form and not sent yet, as far as it may still be filled in there."""
    kept = store.drafts(form.month, sorted({line.owner_id for line in form.lines}))
    return tuple(draft for draft in kept if (draft.owner_id, draft.kpi_id, draft.box) in form.boxes)


def keep(store: Store, form: Form, key: BoxKey, text: str) -> Draft | None:
    """Keep what was typed into a box, be it right or wrong; None, and nothing kept, for a box the form does not have.

    Raises Refused for a citizen id: the box stays as it was kept before.
    """
    if key not in form.boxes:
        return None
    citizens.require_none(text)
    owner_id, kpi_id, box = key
    draft = Draft(owner_id, form.month.fiscal_year, form.month.month, kpi_id, box, text.strip(), store.now())
    store.keep_draft(draft)
    return draft


def throw_away(store: Store, form: Form) -> None:
    """Forget what was typed into the form, as far as it may still be filled in there."""
    store.drop_drafts(drafts(store, form))


def examine(store: Store, form: Form, texts: Texts, by: str | None = None) -> Typed:
    """Check what was typed as a file is checked; nothing is saved. Boxes the form does not have are not looked at.

    Only what differs from the ledger is news. ``by``: who reports, once it is known.
    """
    rows = dict(enumerate(form.lines, start=2))
    cells = {number: _cells(form, line, texts) for number, line in rows.items()}
    undecided = {number for number, line in rows.items() if _gives_and_takes_back(line, texts)}
    said = {number: each for number, each in cells.items() if each and number not in undecided}
    reported = {"reported_by": by, "reported_at": store.now().isoformat(timespec="minutes")} if by else {}
    file = read_rows(FILE, {number: each | reported for number, each in said.items()}, HEADER)
    checked = intake.examine(store, [file] if said else [])
    lines = {line.key: line for line in form.lines}
    news = tuple(item for item in checked.records if _is_news(item, lines))
    checked = replace(checked, rejections=(*map(_undecided, sorted(undecided)), *checked.rejections))
    findings: dict[LineKey, list[Finding]] = {}
    for finding in (*checked.rejections, *checked.warnings):
        line = rows.get(finding.place.row or 0)
        if line:
            findings.setdefault(line.key, []).append(finding)
    return Typed(file, replace(checked, records=news), findings)


def send(store: Store, form: Form, texts: Texts, by: str, *, accept_good: bool = False) -> Receipt:
    """Save what was typed as one batch; the drafts of what was sent are gone then.

    Drafts stay of rejected lines, and of boxes that were shut, or given another text in another window, meanwhile.

    Raises Refused, with nothing saved and every draft kept, when lines were rejected and the right ones are not to be sent
    alone, when none is right, and as ``Store.save`` does.
    """
    typed = examine(store, form, texts, by)
    _require_sendable(typed.checked, accept_good)
    receipt = intake.save(store, [typed.file], typed.checked, by, accept_good)
    kept = [draft for draft in drafts(store, form) if (draft.owner_id, draft.kpi_id) not in typed.rejected]
    sent = [draft for draft in kept if texts.get((draft.owner_id, draft.kpi_id, draft.box), "").strip() == draft.text]
    store.drop_drafts(sent)
    return receipt


def _require_sendable(checked: Checked, accept_good: bool) -> None:
    count = len(checked.rejections)
    if count and not accept_good:
        raise Refused(
            f"มี {count} รายการที่ส่งไม่ได้ จึงยังไม่ได้ส่ง แก้ในช่องแล้วส่งอีกครั้ง หรือเลือกส่งเฉพาะรายการที่ถูกต้อง",
            f"Errors found: {count}. Nothing was sent. Correct them in their boxes and send again, or send the right ones alone.",
        )
    if count and not checked.records:
        raise Refused("ไม่มีรายการที่ถูกต้องให้ส่ง", "There is nothing right to send.")


def _theirs(owner: str) -> tuple[dict[str, Any], ...]:
    """What to ask for: the rows of the owner, and those of the people there."""
    return {"owner": owner}, {"parent": owner, "kind": "person"}


def _dues(store: Store, scope: Scope, owner: str, month: FiscalMonth) -> set[LineKey]:
    frames = [
        scorecard.coverage(store, scope, year=month.fiscal_year, month=month.month, **of) for of in _theirs(owner)
    ]
    rows = [row for frame in frames for row in frame[frame["month"] == month.month].to_dict("records")]
    return {(row["owner_id"], row["kpi_id"]) for row in rows}


def _rows(store: Store, scope: Scope, owner: str, month: FiscalMonth) -> list[dict[Any, Any]]:
    """The scorecard rows of the month: the owner's own, then those of the people there."""
    frames = [
        scorecard.scorecard(store, scope, year=month.fiscal_year, month=month.month, **of) for of in _theirs(owner)
    ]
    return [row for frame in frames for row in frame.to_dict("records")]


def _missing_first(lines: Sequence[Line]) -> list[Line]:
    ranks = {line.key: 2 if not line.is_due else 1 if line.stored else 0 for line in lines}
    owners = {line.owner_id: min(ranks[each.key] for each in lines if each.owner_id == line.owner_id) for line in lines}
    places = {owner: place for place, owner in enumerate(owners)}
    return sorted(lines, key=lambda line: (owners[line.owner_id], places[line.owner_id], ranks[line.key]))


def _reports_cases(known: Known, kpi: Kpi, owner_id: str, month: FiscalMonth) -> bool:
    """Whether the owner holds a KPI that is reported when there are cases: in the year, and not ended by then."""
    year_kpi_owner = (kpi.fiscal_year, kpi.kpi_id, owner_id)
    versions = [known.targets[key] for key in known.targets if key[:3] == year_kpi_owner]
    begun = [version for version in versions if version.from_date <= month.last_day]
    return (
        kpi.frequency == "event"
        and bool(versions)
        and not (begun and max(begun, key=lambda version: version.from_date).is_end)
    )


def _entries(known: Known, year: int, owner_id: str, kpi_id: str) -> dict[int, Entry]:
    """Fiscal month → the current entry, withdrawn ones too."""
    found = {month: known.entries.get((year, month, kpi_id, owner_id)) for month in range(1, 13)}
    return {month: entry for month, entry in found.items() if entry}


def _standing(entry: Entry | None) -> Entry | None:
    return entry if entry and not entry.is_withdrawn else None


def _known(figure: float) -> float | None:
    return None if figure != figure else figure


def _cells(form: Form, line: Line, texts: Texts) -> dict[str, str | None]:
    """A line's cells by column, or nothing where nothing was typed.

    A figure typed anew keeps the words reported with the one it corrects; words alone leave the figure as it is.
    """
    typed = {box: text for box in line.boxes if (text := texts.get((*line.key, box), "").strip())}
    if not typed:
        return {}
    words: dict[str, str | None] = {name: typed.get(name) for name in WORDS}
    figures: dict[str, str | None] = {name: typed.get(name) for name in line.figures}
    if WITHDRAW in typed:
        figures = {"value": WITHDRAWN}
    elif line.stored and any(figures.values()):
        words = {name: typed.get(name) or getattr(line.stored, name) for name in WORDS}
    keys = (str(form.month.fiscal_year), str(form.month.month), line.kpi.kpi_id, line.owner_id)
    return dict(zip(HEADER, keys, strict=False)) | figures | words


def _gives_and_takes_back(line: Line, texts: Texts) -> bool:
    typed = [bool(texts.get((*line.key, box), "").strip()) for box in line.figures]
    return WITHDRAW in line.boxes and bool(texts.get((*line.key, WITHDRAW), "").strip()) and any(typed)


def _undecided(row: int) -> Finding:
    return Finding(
        "value_and_withdrawal",
        Place(FILE, None, row, "value"),
        WITHDRAWN,
        Text("มีทั้งผลงานและการถอนผล", "both a result and its withdrawal"),
        Text("อย่างใดอย่างหนึ่ง", "one or the other"),
    )


def _is_news(item: Located, lines: Mapping[LineKey, Line]) -> bool:
    """Whether a row says more than who reported it when."""
    entry = item.record
    assert isinstance(entry, Entry)
    line, bare = lines[entry.owner_id, entry.kpi_id], replace(entry, reported_by=None, reported_at=None)
    return not any(says_nothing_new(bare, before) for before in (line.stored, line.told) if before)
