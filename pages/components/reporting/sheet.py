"""The sheet in front of who reports: the form, what was typed into it, and what was seen of it before sending."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import streamlit as st

from kpi_metrics import entering
from kpi_metrics.entering import BoxKey, Form, Typed
from kpi_metrics.impact import Impact, impact
from kpi_metrics.model import Refused, Text
from kpi_metrics.thai.calendar import FiscalMonth
from pages.components import store

KEY = "entry_sheet"
OVERTAKEN = Text(
    "ข้อมูลในระบบเปลี่ยนไประหว่างที่ดูอยู่ จึงยังไม่ได้ส่ง โปรดดูผลที่จะเปลี่ยนอีกครั้ง",
    "The data has changed meanwhile and nothing was sent. Look again at what would change.",
)


@dataclass(slots=True)
class Sheet:
    """What one visit has typed for an owner and month. ``round`` tells the boxes of one sending from those of the next."""

    form: Form
    version: int
    texts: dict[BoxKey, str] = field(default_factory=dict)
    kept_at: datetime | None = None
    round: int = 0
    impact: Impact | None = None
    trouble: Text | None = None
    batch_id: str | None = None
    is_sent: bool = False
    _typed: Typed | None = None

    @property
    def typed(self) -> Typed:
        """What was typed, checked against the ledger as it is."""
        if self._typed is None:
            self._typed = entering.examine(store.ledger(), self.form, self.texts)
        return self._typed

    def put(self, key: BoxKey, text: str) -> None:
        """Take what was typed into a box, and keep it; a box the form does not have is not listened to."""
        self.trouble = None
        try:
            draft = entering.keep(store.ledger(), self.form, key, text)
        except Refused as refused:  # it stays on the screen, and can still be sent
            draft, self.trouble = None, refused.text
        if draft:
            self.kept_at = draft.kept_at
        if key in self.form.boxes:
            self.texts[key] = text.strip()
            self.forget()

    def forget(self) -> None:
        """What was found of the texts no longer holds."""
        self._typed = self.impact = None

    def look(self) -> Impact:
        """What sending would change, computed; it is kept until something else is typed."""
        self.impact = impact(store.ledger(), self.typed.checked, scope=store.scope(), month=self.form.month)
        return self.impact

    def throw_away(self) -> None:
        """Forget all that was typed."""
        entering.throw_away(store.ledger(), self.form)
        self._load()

    def send(self, by: str, *, accept_good: bool) -> None:
        """Send what was seen, unless the ledger has moved since; whatever is refused stays as it was typed."""
        store.begin_run()
        if store.data_version() != self.version:
            self.renew()
            return
        try:
            receipt = entering.send(store.ledger(), self.form, self.texts, by, accept_good=accept_good)
        except Refused as refused:
            self.trouble = refused.text
            return
        self.batch_id, self.is_sent, self.impact = receipt.batch_id, True, None
        store.begin_run()
        self.renew()
        self._load()

    def renew(self) -> None:
        """Take the form anew from the ledger as it is now; what was typed stays, what was seen of it no longer holds."""
        if self.impact:
            self.trouble = OVERTAKEN
        self.form = entering.form(store.ledger(), store.scope(), owner=self.form.owner_id, month=self.form.month)
        self.version = store.data_version()
        self.forget()

    def _load(self) -> None:
        """Take what was typed from the drafts."""
        drafts = entering.drafts(store.ledger(), self.form)
        self.texts = {(draft.owner_id, draft.kpi_id, draft.box): draft.text for draft in drafts}
        self.kept_at = drafts[-1].kept_at if drafts else None
        self.round += 1
        self.forget()


def of_this_visit(owner: str, month: FiscalMonth) -> Sheet:
    """The visit's sheet of an owner and month, with what was typed and not sent: here, or in another window before."""
    sheet: Sheet | None = st.session_state.get(KEY)
    if sheet is None or (sheet.form.owner_id, sheet.form.month) != (owner, month):
        form = entering.form(store.ledger(), store.scope(), owner=owner, month=month)
        sheet = st.session_state[KEY] = Sheet(form, store.data_version(), round=sheet.round if sheet else 0)
        sheet._load()
    elif sheet.version != store.data_version():
        sheet.renew()
    return sheet
