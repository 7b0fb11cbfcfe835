"""What is in front of who hands a target down: the form, the parts typed, and what was proposed for them."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from kpi_metrics.model import Refused, Text
from kpi_metrics.pasting import read_column
from kpi_metrics.splitting import SplitDraft, SplitForm, Way, examine_split, propose, split_form
from kpi_metrics.target_rows import Papers
from kpi_metrics.targeting import versions
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.thai.numbers import format_plain, parse_number
from pages.components import store
from pages.components.cascading.boxes import Boxes
from pages.components.filters import Filters

KEY = "split_desk"


@dataclass(slots=True)
class Desk:
    """One target being handed down. Parts stand in boxes of the child's id, bases in those of ``base_`` and the id.

    ``among``: the children who shall hold the KPI. ``proposed``: what the last proposal put into the boxes; ``kept``: the
    parts that it took the place of.
    """

    form: SplitForm
    version: int
    boxes: Boxes
    way: Way = "by_hand"
    among: set[str] = field(default_factory=set)
    proposed: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] | None = None
    trouble: Text | None = None
    pasted: tuple[Text, ...] = ()
    batch_id: str | None = None
    _asked: object = None  # what the last proposal was made of

    @property
    def parts(self) -> dict[str, str]:
        """The parts as typed, of those who shall hold the KPI."""
        children = (child.owner_id for child in self.form.children)
        return {owner: self.boxes.texts.get(owner, "") for owner in children if owner in self.among}

    @property
    def typed_over(self) -> tuple[str, ...]:
        """The children whose part is another than the one proposed."""
        return tuple(owner for owner, text in self.parts.items() if text != self.proposed.get(owner, ""))

    @property
    def is_stale(self) -> bool:
        """Whether a proposal would now be made of something else than the last one was."""
        return self.way != "by_hand" and self._asked != self._question()

    def draft(self, papers: Papers) -> SplitDraft:
        """The parts as typed, checked."""
        return examine_split(store.ledger(), self.form, self.parts, papers)

    def choose(self, way: Way) -> None:
        """Take another way; parts typed by hand stay until they are given up."""
        self.way = way
        self.offer()

    def tick(self, owner_id: str, is_ticked: bool) -> None:
        """Let a child hold the KPI, or not."""
        (self.among.add if is_ticked else self.among.discard)(owner_id)
        self.offer()

    def offer(self) -> None:
        """Propose anew, unless that would take away what was typed by hand, or no base was given yet."""
        has_bases = self.way != "column" or any(self._bases().values())
        if self.is_stale and has_bases and not self.typed_over:
            self.propose()

    def propose(self) -> None:
        """Put the parts of the chosen way into the boxes; what stood there can be brought back."""
        self.trouble = None
        try:
            parts = propose(self.form, self.way, self.among, self._bases())
        except Refused as refused:
            self.trouble = refused.text
            return
        before = self.parts
        self.kept = before if self.typed_over else None
        self.proposed = {owner: _written(part) for owner, part in parts.items()}
        self._asked = self._question()
        self.boxes.put(self.proposed)

    def bring_back(self) -> None:
        """Put back what the last proposal took the place of."""
        if self.kept is not None:
            self.boxes.put(self.kept)
            self.among |= set(self.kept)
            self.kept = None

    def paste(self, text: str) -> None:
        """Take a column copied from a sheet as the bases."""
        bases, troubles = read_column(self.form, text)
        self.pasted = tuple(troubles)
        self.boxes.put({f"base_{owner}": format_plain(base, 10, fixed=False) for owner, base in bases.items()})
        self.offer()

    def base_trouble(self, owner_id: str) -> Unreadable | None:
        """Why a base cannot be read; None when it can, or there is none."""
        try:
            text = self.boxes.texts.get(f"base_{owner_id}", "")
            return None if not text or parse_number(text) >= 0 else _negative(text)
        except Unreadable as error:
            return error

    def move(self, month: FiscalMonth) -> None:
        """Let the parts hold from another month; what was typed stays for those who are there then."""
        self.form = _form(self.form.kpi_id, self.form.owner_id, month)
        self.renew_proposal()

    def renew(self) -> None:
        """Take the form anew from the ledger as it is now."""
        self.form = _form(self.form.kpi_id, self.form.owner_id, self.form.month)
        self.version = store.data_version()

    def renew_proposal(self) -> None:
        """A proposal for others, or of another target, no longer holds."""
        self._asked = None
        self.offer()

    def _bases(self) -> dict[str, float | None]:
        bases: dict[str, float | None] = {}
        for child in self.form.children:
            text = self.boxes.texts.get(f"base_{child.owner_id}", "")
            if text and self.base_trouble(child.owner_id) is None:
                bases[child.owner_id] = parse_number(text)
        return bases

    def _question(self) -> tuple[object, ...]:
        bases = tuple(self._bases().items()) if self.way == "column" else ()
        return self.way, frozenset(self.among), bases, self.form.target


def of_this_visit(filters: Filters, kpi_id: str, owner_id: str) -> Desk:
    """The desk of this visit for a KPI, its holder and year; a new one has what everybody holds."""
    desks: dict[tuple[str, str, int], Desk] = st.session_state.setdefault(KEY, {})
    key = (kpi_id, owner_id, filters.year)
    if key not in desks:
        desks[key] = _new(filters, kpi_id, owner_id)
    desk = desks[key]
    if desk.version != store.data_version():
        desk.renew()
    return desk


def forget(desk: Desk) -> None:
    """Begin anew next time, with what everybody holds then."""
    desks = st.session_state.get(KEY, {})
    for key in [key for key, each in desks.items() if each is desk]:
        del desks[key]


def _new(filters: Filters, kpi_id: str, owner_id: str) -> Desk:
    """From the month looked at; where nobody holds a part yet, from the month in which the target begins."""
    form = _form(kpi_id, owner_id, filters.period)
    if not form.holders and form.target is not None:
        stand = versions(store.ledger(), store.scope(), kpi=kpi_id, owner=owner_id, year=filters.year)
        begun = [each.given.from_date for each in stand if each.given.from_date <= filters.period.last_day]
        start = FiscalMonth.of(max(begun))
        form = _form(kpi_id, owner_id, start if start.fiscal_year == filters.year else FiscalMonth(filters.year, 1))
    now = {child.owner_id: _written(child.target) for child in form.children if child.holds}
    among = set(form.holders) or {child.owner_id for child in form.children}
    count = st.session_state["split_count"] = st.session_state.get("split_count", 0) + 1
    return Desk(form, store.data_version(), Boxes(f"split_{count}", dict(now)), among=among, proposed=dict(now))


def _form(kpi_id: str, owner_id: str, month: FiscalMonth) -> SplitForm:
    return split_form(
        store.ledger(), store.scope(), kpi=kpi_id, owner=owner_id, year=month.fiscal_year, month=month.month
    )


def _written(part: float | None) -> str:
    return format_plain(part, 10, fixed=False)


def _negative(text: str) -> Unreadable:
    return Unreadable(text, Text("ฐานติดลบ", "the base is negative"), Text("0 ขึ้นไป", "0 or more"))
