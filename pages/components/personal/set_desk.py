"""What one visit chooses for a person's set of KPIs: which are held, and what stands in their boxes."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from kpi_metrics.ingest.columns import LEVEL_NAMES
from kpi_metrics.person_set import Choice, Line, SetDraft, SetForm, examine_set, set_form
from kpi_metrics.target_rows import Papers
from kpi_metrics.thai.calendar import FiscalMonth
from kpi_metrics.thai.numbers import format_plain
from pages.components import store
from pages.components.cascading.boxes import Boxes
from pages.components.filters import Filters

KEY = "set_desk"


@dataclass(slots=True)
class Desk:
    """A set being chosen. Boxes are named by KPI and part: ``1.1_target``, ``1.1_weight``, ``1.1_level_1``.

    ``among``: the KPIs that shall be held; ``taken_up`` those of them that were not, in the order of taking.
    """

    form: SetForm
    version: int
    boxes: Boxes
    among: set[str] = field(default_factory=set)
    prescribed: dict[str, bool] = field(default_factory=dict)
    taken_up: list[str] = field(default_factory=list)
    batch_id: str | None = None

    @property
    def lines(self) -> list[Line]:
        """The KPIs shown: those held, then those taken up."""
        by_id = {line.kpi_id: line for line in self.form.lines}
        return [*self.form.held, *(by_id[kpi] for kpi in self.taken_up if kpi in by_id and not by_id[kpi].holds)]

    @property
    def offered(self) -> list[Line]:
        """The KPIs that could be taken up."""
        shown = {line.kpi_id for line in self.lines}
        return [line for line in self.form.lines if line.kpi_id not in shown]

    def draft(self, papers: Papers) -> SetDraft:
        """The set as it stands on the desk, checked."""
        choices = {line.kpi_id: self._choice(line.kpi_id) for line in self.lines if line.kpi_id in self.among}
        return examine_set(store.ledger(), self.form, choices, papers)

    def tick(self, kpi_id: str, is_ticked: bool) -> None:
        """Hold a KPI, or let go of it."""
        (self.among.add if is_ticked else self.among.discard)(kpi_id)

    def take_up(self, kpi_id: str) -> None:
        """Hold one more KPI; where targets are no parts of another it is the office's."""
        line = next(line for line in self.form.lines if line.kpi_id == kpi_id)
        self.taken_up.append(kpi_id)
        self.among.add(kpi_id)
        self.prescribed[kpi_id] = line.prescribed
        is_part = line.roll_up == "sum"
        self.boxes.texts[f"{kpi_id}_target"] = "" if is_part else written(line.office_target)

    def move(self, month: FiscalMonth) -> None:
        """Let the set hold from another month; what was typed stays."""
        self._use(_form(self.form.person_id, month))

    def renew(self) -> None:
        """Take the form anew from the ledger as it is now."""
        self._use(_form(self.form.person_id, self.form.month))
        self.version = store.data_version()

    def _use(self, form: SetForm) -> None:
        """Go on with another form: what was shown stays shown, and what is held there besides is held."""
        shown = [line.kpi_id for line in self.lines]
        self.taken_up += [kpi_id for kpi_id in shown if kpi_id not in self.taken_up]
        for line in form.held:
            if line.kpi_id not in shown:
                self.hold(line)
        self.form = form

    def hold(self, line: Line) -> None:
        """Hold a KPI as it stands."""
        self.among.add(line.kpi_id)
        self.prescribed[line.kpi_id] = line.prescribed
        self.boxes.texts[f"{line.kpi_id}_target"] = written(line.target)
        self.boxes.texts[f"{line.kpi_id}_weight"] = written(line.weight)

    def _choice(self, kpi_id: str) -> Choice:
        texts = self.boxes.texts
        return Choice(
            texts.get(f"{kpi_id}_target", ""),
            texts.get(f"{kpi_id}_weight", ""),
            self.prescribed.get(kpi_id, True),
            tuple(texts.get(f"{kpi_id}_{name}", "") for name in LEVEL_NAMES),
        )


def of_this_visit(filters: Filters, person: str) -> Desk:
    """The desk of this visit for a person and year; a new one has what the person holds. Raises Refused as ``set_form``."""
    desks: dict[tuple[str, int], Desk] = st.session_state.setdefault(KEY, {})
    key = (person, filters.year)
    if key not in desks:
        desks[key] = _new(filters, person)
    desk = desks[key]
    if desk.version != store.data_version():
        desk.renew()
    return desk


def forget(desk: Desk) -> None:
    """Begin anew next time, with what is held then."""
    desks = st.session_state.get(KEY, {})
    for key in [key for key, each in desks.items() if each is desk]:
        del desks[key]


def written(number: float | None) -> str:
    """A figure as it stands in a box."""
    return format_plain(number, 10, fixed=False)


def _new(filters: Filters, person: str) -> Desk:
    form = _form(person, filters.period)
    count = st.session_state["set_count"] = st.session_state.get("set_count", 0) + 1
    desk = Desk(form, store.data_version(), Boxes(f"set_{count}"))
    for line in form.held:
        desk.hold(line)
    return desk


def _form(person: str, month: FiscalMonth) -> SetForm:
    return set_form(store.ledger(), store.scope(), person=person, year=month.fiscal_year, month=month.month)
