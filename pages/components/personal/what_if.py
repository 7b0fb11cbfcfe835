"""What if: a person's results and targets tried out, as head of an office and on their own."""

from __future__ import annotations

from pages.components.filters import Filters
from pages.components.personal.subject import Subject
from pages.components.what_if import desk


def draw(filters: Filters, subject: Subject) -> None:
    """Draw the boxes of all that the person is appraised as, and what would become of totals and round."""
    held = [total["owner_id"] for total in subject.totals]
    holders = {holder: subject.offices.get(holder, subject.person["owner_name"]) for holder in held}
    desk.draw(filters, "person", holders, subject.id)
