"""Who appraises whom: the heads of the offices above a person, as the appraisal's desk and its printed forms name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Row = Mapping[str, Any]


def superiors(owners: Mapping[str, Row], person: str) -> tuple[Row | None, Row | None, Row | None]:
    """Assessor, next superior and the one above: the heads of a person's office (of a head: the office above it) and up.

    ``owners``: rows of ``scorecard.owners`` by id, missing as None. None where an office has no head: whoever acts for
    it writes the name by hand. Of several heads of one office the first by position number.
    """
    heads = {row["leads"]: row for _, row in sorted(owners.items(), reverse=True) if row["leads"]}
    led = owners.get(owners[person]["leads"] or "")
    found = [heads.get(office) for office in offices_above(led or owners[person], owners)][:3]
    found += [None] * (3 - len(found))
    return found[0], found[1], found[2]


def offices_above(row: Row, owners: Mapping[str, Row]) -> Iterator[str]:
    """The ids of the offices an owner is in, from its own up."""
    while row["parent_id"] in owners:
        row = owners[row["parent_id"]]
        yield row["owner_id"]
