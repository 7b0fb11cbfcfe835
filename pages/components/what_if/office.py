"""What if, of an office: its own results and targets tried out, and where those below it would help most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pages.components import names
from pages.components.filters import Filters
from pages.components.what_if import desk, helping


def draw(filters: Filters, page: str, owner: Mapping[str, Any]) -> None:
    """Draw both. ``page``: the address they stand on; ``owner``: a row of ``scorecard.owners``."""
    desk.draw(filters, page, {owner["owner_id"]: names.full_office(owner, filters.lang)})
    helping.whole(filters, owner)
