"""Who may see what: the one place that decides. Every read takes a ``Scope`` and filters by it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class Scope:
    """What one user may see: everything, or the rows of the owners named. Hashable, the first key of every cache."""

    owners: frozenset[str] | None = None

    def sees(self, owner_id: str) -> bool:
        """Whether rows about this owner may be shown."""
        return self.owners is None or owner_id in self.owners

    def filter(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of a frame with an ``owner_id`` column that may be shown."""
        return frame if self.owners is None else frame[frame["owner_id"].isin(self.owners)]


EVERYTHING = Scope()
"""Local use: one person at this computer sees all."""
