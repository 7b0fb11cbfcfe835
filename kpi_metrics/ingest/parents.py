"""Lines of parents (offices under offices, KPIs under KPIs): known to their end, and never in a circle."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from kpi_metrics.ingest.findings import Findings, Row
from kpi_metrics.model import Text
from kpi_metrics.thai import Meant

Key = TypeVar("Key")
R = TypeVar("R")
Draft = tuple[Row, R]  # a record not yet settled, with its row


def settle_parents(
    drafts: Sequence[Draft[R]],
    key_of: Callable[[R], Key],
    parent_of: Callable[[R], Key | None],
    known: Mapping[Key, Key | None],
    findings: Findings,
    column: str = "parent_id",
    near: Callable[[Key, Collection[Key]], Sequence[Meant]] = lambda *_: (),
) -> list[Draft[R]]:
    """Those whose line of parents is known and ends. Refusing one may orphan others, so it is done until none is left.

    ``near``: what may have been meant by a parent that is not known, out of those that are.
    """
    kept = list(drafts)
    while True:
        parents = {**known, **{key_of(record): parent_of(record) for _, record in kept}}
        good: list[Draft[R]] = []
        for row, record in kept:
            parent = parent_of(record)
            if parent is not None and parent not in parents:
                findings.reject(
                    row,
                    column,
                    "unknown_parent",
                    Text("ไม่รู้จัก หรือแถวของตัวแม่เองมีข้อผิดพลาด", "the parent is not known, or its own row has a problem"),
                    Text("เพิ่มหรือแก้แถวของตัวแม่ก่อน", "add the parent, or mend its row, first"),
                    meant=near(parent, parents),
                )
            elif _runs_in_circle(key_of(record), parents):
                findings.reject(
                    row,
                    column,
                    "circular_parent",
                    Text("สายของตัวแม่วนกลับมาที่ตัวเอง", "its line of parents comes back to itself"),
                    Text("ตัวแม่ที่ไม่ได้อยู่ใต้ตัวนี้", "a parent that is not below it"),
                )
            else:
                good.append((row, record))
        if len(good) == len(kept):
            return good
        kept = good


def _runs_in_circle(start: Key, parents: Mapping[Key, Key | None]) -> bool:
    seen = {start}
    at = parents.get(start)
    while at is not None and at not in seen:
        seen.add(at)
        at = parents.get(at)
    return at == start
