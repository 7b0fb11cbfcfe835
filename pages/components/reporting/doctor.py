"""The import doctor: files in, everything wrong with them at once, what saving would change, and a receipt."""

from __future__ import annotations

from pages.components.filters import Filters


def draw(filters: Filters) -> None:
    """Draw the way of files into the ledger, from the upload to the receipt."""
