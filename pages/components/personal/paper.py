"""The paper on the appraisal desk: what one visit has written for a person's round, and what was seen of it before saving."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from kpi_metrics import appraising
from kpi_metrics.appraising import Box, Desk, Written
from kpi_metrics.impact import Impact, impact
from kpi_metrics.model import Refused, Text
from kpi_metrics.thai.calendar import FiscalMonth
from pages.components import store

KEY = "appraisal_paper"
OVERTAKEN = Text(
    "ข้อมูลในระบบเปลี่ยนไประหว่างที่ดูอยู่ จึงยังไม่ได้บันทึก โปรดดูผลที่จะเปลี่ยนอีกครั้ง",
    "The data has changed meanwhile and nothing was saved. Look again at what would change.",
)


@dataclass(slots=True)
class Paper:
    """What was written, box by box; boxes not written in are as they stand. ``copy`` tells its widgets from those before.

    ``month`` is the month whose figures are looked at.
    """

    desk: Desk
    month: FiscalMonth
    version: int
    copy: int = 0
    texts: dict[Box, str] = field(default_factory=dict)
    impact: Impact | None = None
    trouble: Text | None = None
    saved: str | None = None  # the batch
    _written: Written | None = None

    @property
    def written(self) -> Written:
        """What was written, checked against the ledger as it is."""
        if self._written is None:
            self._written = appraising.examine(store.ledger(), self.desk, self.texts)
        return self._written

    def text(self, box: Box) -> str:
        """What stands in a box."""
        return self.texts.get(box, self.desk.stored[box])

    def put(self, box: Box, text: str) -> None:
        """Take what was written into a box."""
        self.texts[box] = text
        self.trouble = None
        self._forget()

    def look(self) -> Impact:
        """What saving would change, computed; it is kept until something else is written."""
        self.impact = impact(store.ledger(), self.written.checked, scope=store.scope(), month=self.month)
        return self.impact

    def throw_away(self) -> None:
        """Take every box back to what stands there."""
        self.texts, self.trouble, self.copy = {}, None, self.copy + 1
        self._forget()

    def save(self, by: str) -> None:
        """Save what was seen, unless the ledger has moved since; whatever is refused stays as it was written."""
        store.begin_run()
        if store.data_version() != self.version:
            self.renew()
            return
        try:
            receipt = appraising.save(store.ledger(), self.written, by)
        except Refused as refused:
            self.trouble = refused.text
            return
        self.saved = receipt.batch_id
        store.begin_run()
        self.throw_away()
        self.renew()

    def renew(self) -> None:
        """Take the desk anew from the ledger as it is now; what was written stays, what was seen of it no longer holds."""
        if self.impact:
            self.trouble = OVERTAKEN
        self.desk = appraising.desk(store.ledger(), store.scope(), person=self.desk.person, month=self.month)
        self.texts = {box: text for box, text in self.texts.items() if box in self.desk.stored}
        self.version, self.copy = store.data_version(), self.copy + 1
        self._forget()

    def _forget(self) -> None:
        self._written = self.impact = None


def of_this_visit(person: str, month: FiscalMonth) -> Paper:
    """The visit's paper of a person and the round in which a month lies, with what was written and not saved."""
    paper: Paper | None = st.session_state.get(KEY)
    if paper is None or (paper.desk.person, paper.month) != (person, month):
        desk = appraising.desk(store.ledger(), store.scope(), person=person, month=month)
        paper = Paper(desk, month, store.data_version(), copy=paper.copy + 1 if paper else 0)
        st.session_state[KEY] = paper
    elif paper.version != store.data_version():
        paper.renew()
    return paper
