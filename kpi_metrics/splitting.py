"""Handing a target down: whose it is to divide, who could take a part, ways to propose parts, and the parts as rows.

A child whose part is taken away is not deleted: its KPI ends by a version of target 0 and weight 0 (see ``targeting``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

from kpi_metrics import scorecard
from kpi_metrics.access import Scope
from kpi_metrics.cascade import split
from kpi_metrics.model import Checked, Finding, Measure, OwnerKind, Place, Refused, RollUp, Target, Text
from kpi_metrics.store import Store
from kpi_metrics.target_rows import Papers, beginning, day_of, ending, in_force, known, target_of
from kpi_metrics.targeting import no_reason, refuse
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.thai.numbers import format_screen
from kpi_metrics.typed import Typed, examine

Way = Literal["equal", "last_year", "column", "by_hand"]
ByOwner = Mapping[str, Mapping[str, float]]
SCREEN = "หน้าจอแบ่งเป้าหมาย"  # what the history calls the file
HUNDREDTH = 0.01  # the least part of what is not counted in whole units


@dataclass(frozen=True, slots=True)
class Child:
    """An office or person directly below. ``target`` is in force at the form's month, its own or that of those below it.

    ``from_below`` is the sum of those below it, which counts once its own ends.
    ``holds``: it has a version of its own in force; ``versions`` are all of the year, the oldest first. ``last_result``:
    its result of the same KPI at the end of the year before, None without one.
    """

    owner_id: str
    owner_name: str
    owner_kind: OwnerKind
    target: float | None
    from_below: float | None
    weight: float | None
    last_result: float | None
    versions: tuple[Target, ...]
    holds: bool
    short_name: str | None = None


@dataclass(frozen=True, slots=True)
class SplitForm:
    """A target and those it can be handed down to at the end of ``month``, the month the parts hold from.

    ``target`` is the parent's own, in force then; None: it has none, and there is nothing to hand down.
    """

    kpi_id: str
    unit: str
    measure: Measure
    roll_up: RollUp
    owner_id: str
    owner_name: str
    target: float | None
    month: FiscalMonth
    children: tuple[Child, ...]

    @property
    def is_parted(self) -> bool:
        """Whether the children's targets are parts that sum to the parent's; else each has the parent's figure."""
        return self.roll_up == "sum"

    @property
    def holders(self) -> tuple[str, ...]:
        """The children who hold the KPI."""
        return tuple(child.owner_id for child in self.children if child.holds)


@dataclass(frozen=True, slots=True)
class SplitDraft:
    """Parts as typed, checked. ``typed`` has a row for each child that something changes for, and none else.

    ``targets`` are the parts that could be read, 0 for an end.
    ``findings`` by child, "" for those about the whole. ``total`` sums what could be read, with the targets that come up
    from below; ``difference`` is it less the parent's target (None where nothing is to sum).
    """

    typed: Typed
    targets: Mapping[str, float]
    findings: Mapping[str, tuple[Finding, ...]]
    total: float
    difference: float | None
    begun: tuple[Child, ...]
    ended: tuple[Child, ...]
    replaced: tuple[Child, ...]  # whose version of the same day another takes the place of
    later: tuple[Child, ...]  # who have a version that begins after, and stays in force from its day on

    @property
    def is_refused(self) -> bool:
        """Whether it cannot be saved."""
        return bool(self.typed.checked.rejections)

    @property
    def is_still(self) -> bool:
        """Whether everybody has what they had."""
        return not self.is_refused and not self.typed.checked.records


def split_form(store: Store, scope: Scope, *, kpi: str, owner: str, year: int, month: int) -> SplitForm:
    """The target of an owner and its children at the end of a month; heads without a part of their own are not children.

    Raises Refused for a KPI or owner there is none of.
    """
    of_kpi = _find(scorecard.kpis(store, scope, year=year), "kpi_id", kpi)
    owners = scorecard.owners(store, scope, year=year, month=month)
    parent = _find(owners, "owner_id", owner)
    versions: dict[str, tuple[Target, ...]] = {}
    for row in scorecard.targets(store, scope, year=year, kpi=kpi).to_dict("records"):
        versions[row["owner_id"]] = (*versions.get(row["owner_id"], ()), target_of(row))
    standing = _by_owner(scorecard.scorecard(store, scope, year=year, month=month, kpi=kpi))
    before = _by_owner(scorecard.scorecard(store, scope, year=year - 1, month=12, kpi=kpi))
    at = FiscalMonth(year, month)
    parents = dict(zip(owners["owner_id"], owners["parent_id"], strict=True))
    below = (row for row in owners.to_dict("records") if row["parent_id"] == owner)
    children = tuple(
        _child(
            row,
            versions.get(row["owner_id"], ()),
            standing,
            before,
            _from_below(row["owner_id"], parents, versions, at),
            at,
        )
        for row in below
        if pd.isna(row["leads"]) or row["owner_id"] in versions
    )
    own = in_force(versions.get(owner, ()), at.last_day)
    return SplitForm(
        kpi,
        of_kpi["unit"],
        of_kpi["measure"],
        of_kpi["roll_up"],
        owner,
        parent["owner_name"],
        own.target if own else None,
        at,
        children,
    )


def propose(
    form: SplitForm, way: Way, among: Collection[str], column: Mapping[str, float | None] | None = None
) -> dict[str, float | None]:
    """The part of each child in ``among``: whole units of a count, else hundredths, that add up to the parent exactly.

    ``column``: a base for each child. Who has no base, or no result of last year, gets None and is for a person to
    decide. Where nothing is to sum everybody gets the parent's figure; ``by_hand`` proposes what each has now.
    Raises Refused where there is no target, nobody or no base to split by, and a total that cannot be split whole.
    """
    chosen = [child for child in form.children if child.owner_id in among]
    if way == "by_hand":
        return {child.owner_id: child.target for child in chosen}
    if form.target is None:
        raise Refused(
            f"{form.owner_name} ไม่มีเป้าหมายของตนเองให้แบ่ง กำหนดเป้าหมายก่อน",
            f"{form.owner_name} has no target of its own to split. Set one first.",
        )
    if not form.is_parted:
        return {child.owner_id: form.target for child in chosen}
    bases = {child.owner_id: _base(child, way, column or {}) for child in chosen}
    based = {owner: base for owner, base in bases.items() if base is not None}
    if chosen and not any(based.values()):
        raise Refused(
            "ไม่มีฐานที่มากกว่า 0 จึงแบ่งตามสัดส่วนไม่ได้ กรอกฐาน หรือเลือกวิธีอื่น",
            "No base is above 0, so there is nothing to split in proportion to. Give bases, or choose another way.",
        )
    left_out = [child.from_below or 0.0 for child in form.children if child.owner_id not in among]
    total = _sum((form.target, *(-figure for figure in left_out)))  # they bring theirs without a part of their own
    if total < 0:
        raise Refused(
            f"รายที่ไม่ได้เลือกมีเป้าหมายจากข้างล่างเกินเป้าหมายแล้ว {_figure(-total)} {form.unit} ไม่เหลือให้แบ่ง",
            f"Those left out bring {_figure(-total)} {form.unit} more than the target from below. Nothing is left to split.",
        )
    parts = split(total, list(based.values()), unit=_unit(form, total))
    return dict.fromkeys(bases) | dict(zip(based, parts, strict=True))


def examine_split(store: Store, form: SplitForm, parts: Mapping[str, str], papers: Papers) -> SplitDraft:
    """Check parts as typed, child → text; a child that is not named holds the KPI no more. Nothing is saved.

    Refused as an import is, and without a reason where a target that stands is changed or ended. Parts that do not sum
    to the parent are told of, not refused.
    """
    asked = [child for child in form.children if child.owner_id in parts or child.holds]
    rows = [_cells(form, child, parts.get(child.owner_id), papers) for child in asked]
    whole = examine(store, SCREEN, "targets", rows).checked
    made = {asked[each.place.row - 1].owner_id: each.record for each in whole.records if each.place.row}
    targets = {owner: record for owner, record in made.items() if isinstance(record, Target)}
    changed = [child for child in asked if _changes(form, child, targets.get(child.owner_id))]
    lacking = [no_reason()] if any(child.holds for child in changed) and not papers.reason.strip() else []
    kept = [row for child, row in zip(asked, rows, strict=True) if child in changed and child.owner_id in targets]
    from_below = [child.from_below for child in form.children if child.owner_id not in parts]
    total = _sum([*(record.target for record in targets.values()), *(each for each in from_below if each is not None)])
    days = {child.owner_id: _day(form, child) for child in changed}
    return SplitDraft(
        refuse(examine(store, SCREEN, "targets", kept), [*lacking, *whole.rejections]),
        {owner: record.target for owner, record in targets.items()},
        _findings(form, asked, whole, targets) | ({"": tuple(lacking)} if lacking else {}),
        total,
        _sum((total, -form.target)) if form.is_parted and form.target is not None else None,
        begun=tuple(child for child in changed if not child.holds),
        ended=tuple(child for child in changed if child.owner_id not in parts),
        replaced=tuple(c for c in changed if any(v.from_date == days[c.owner_id] for v in c.versions)),
        later=tuple(c for c in changed if any(v.from_date > days[c.owner_id] for v in c.versions)),
    )


def tell_sum(form: SplitForm, total: float | None = None) -> Text:
    """What the parts come to against the parent: ``รวม 994 จากเป้าหมาย 1,000 ราย · เหลือแบ่ง 6``.

    ``total`` None: the targets that the children have now.
    """
    if total is None:
        total = _sum(child.target for child in form.children if child.target is not None)
    if form.target is None:
        return Text(f"รวม {_figure(total)} {form.unit}", f"{_figure(total)} {form.unit} in all")
    left = _sum((form.target, -total))
    th = f"รวม {_figure(total)} จากเป้าหมาย {_figure(form.target)} {form.unit}"
    en = f"{_figure(total)} of the target of {_figure(form.target)} {form.unit}"
    if not left:
        return Text(f"{th} · ครบพอดี", f"{en} · adds up")
    if left > 0:
        return Text(f"{th} · เหลือแบ่ง {_figure(left)}", f"{en} · {_figure(left)} left to hand down")
    return Text(f"{th} · เกิน {_figure(-left)}", f"{en} · {_figure(-left)} too much")


def _base(child: Child, way: Way, column: Mapping[str, float | None]) -> float | None:
    if way == "equal":
        return 1
    return child.last_result if way == "last_year" else column.get(child.owner_id)


def _unit(form: SplitForm, total: float) -> float:
    """The least part: a whole one of a count, else a hundredth, or what finer decimal the total itself has."""
    if form.measure == "count":
        return 1
    exponent = Decimal(repr(total)).normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return HUNDREDTH if exponent >= -2 else float(f"1e{exponent}")


def _cells(form: SplitForm, child: Child, text: str | None, papers: Papers) -> dict[str, str | None]:
    """The row of a child: its part, in place of a version of the same day; without a text the end of its KPI."""
    year, day = form.month.fiscal_year, _day(form, child)
    same = next((version for version in child.versions if version.from_date == day), None)
    if text is None:
        return ending(year, form.kpi_id, child.owner_id, day, papers, same)
    cells = beginning(year, form.kpi_id, child.owner_id, day, same)
    return cells | {"target": text.strip() or None} | {name: said for name, said in papers.cells.items() if said}


def _changes(form: SplitForm, child: Child, record: Target | None) -> bool:
    now = in_force(child.versions, form.month.last_day)
    return now is None or record is None or record.target != now.target or record.is_end


def _findings(
    form: SplitForm, asked: Sequence[Child], checked: Checked, targets: Mapping[str, Target]
) -> dict[str, tuple[Finding, ...]]:
    """What is to be said of each child's part."""
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in (*checked.rejections, *checked.warnings):
        if finding.place.row and finding.code != "target_changed":  # ``replaced`` says it
            owner = asked[finding.place.row - 1].owner_id
            found[owner] = (*found.get(owner, ()), finding)
    for owner, record in targets.items():
        if form.measure == "count" and record.target != int(record.target):
            found[owner] = (*found.get(owner, ()), _not_whole(record.target))
    return found


def _day(form: SplitForm, child: Child) -> date:
    return day_of(form.month, [version.from_date for version in child.versions])


def _child(
    row: Mapping[Any, Any],
    versions: tuple[Target, ...],
    standing: ByOwner,
    before: ByOwner,
    from_below: float | None,
    at: FiscalMonth,
) -> Child:
    owner = row["owner_id"]
    now, then = standing.get(owner, {}), before.get(owner, {})
    return Child(
        owner,
        row["owner_name"],
        row["owner_kind"],
        target=now.get("target"),
        from_below=from_below,
        weight=now.get("weight"),
        last_result=then.get("result"),
        versions=versions,
        holds=in_force(versions, at.last_day) is not None,
        short_name=known(row["short_name_th"]),
    )


def _from_below(
    owner: str, parents: Mapping[str, str], versions: Mapping[str, tuple[Target, ...]], at: FiscalMonth
) -> float | None:
    """The sum of the targets of those below an owner: their own, or else what comes up to them."""
    found = []
    for child in (child for child, parent in parents.items() if parent == owner):
        own = in_force(versions.get(child, ()), at.last_day)
        target = own.target if own else _from_below(child, parents, versions, at)
        found += [] if target is None else [target]
    return _sum(found) if found else None


def _by_owner(frame: pd.DataFrame) -> ByOwner:
    """Owner → the figures of its scorecard row, those that it has."""
    figures = ("target", "weight", "result")
    return {
        row["owner_id"]: {name: row[name] for name in figures if not pd.isna(row[name])}
        for row in frame.to_dict("records")
    }


def _find(frame: pd.DataFrame, key: str, wanted: str) -> Mapping[Any, Any]:
    for row in frame.to_dict("records"):
        if row[key] == wanted:
            return row
    raise Refused(f"ไม่มีรหัส “{wanted}” ในงวดนี้", f"There is no “{wanted}” in this period.")


def _not_whole(target: float) -> Finding:
    return Finding(
        "not_whole",
        Place(SCREEN),
        _figure(target),
        Text("ตัวชี้วัดนี้นับเป็นจำนวนเต็ม", "the KPI counts whole units"),
        Text("จำนวนเต็ม", "a whole number"),
    )


def _sum(figures: Iterable[float]) -> float:
    """The sum of decimals as they are written, free of binary noise."""
    return float(sum((Fraction(repr(float(figure))) for figure in figures), Fraction()))


def _figure(number: float) -> str:
    text = format_screen(number, 4)
    return text.rstrip("0").rstrip(".") if "." in text else text
