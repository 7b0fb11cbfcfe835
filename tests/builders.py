"""Builders that state only what matters: records with everything else at its plainest, and the figures they make.

Everything lies in fiscal year 2570; "1.1" is the KPI, "P" the province and its districts are "A", "B", ... unless said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from kpi_metrics import metrics
from kpi_metrics.model import (
    Behaviour,
    Entry,
    Exclusion,
    Kpi,
    Located,
    Office,
    Override,
    Person,
    Place,
    Plan,
    Record,
    Setting,
    Target,
    Work,
)
from kpi_metrics.rounds import APPRAISAL_LINES
from kpi_metrics.store import rows
from tests.alternative import Batch

YEAR = 2570
RISING = (60.0, 70.0, 80.0, 90.0, 100.0)
FALLING = (140.0, 130.0, 120.0, 110.0, 100.0)
SCHEMA = Path(rows.__file__).with_name("schema.sql").read_text(encoding="utf-8")

Row = Mapping[str, Any]


# Records


def kpi(kpi_id: str = "1.1", **facts: Any) -> Kpi:
    """A monthly count of increments that adds up, scored against the target; a falling scale where less is better."""
    said = {
        "work_id": "1",
        "name_th": f"ตัวชี้วัด {kpi_id}",
        "short_name_th": None,
        "name_en": None,
        "unit": "ราย",
        "measure": "count",
        "direction": "up",
        "entry": "increment",
        "roll_up": "sum",
        "frequency": "monthly",
        "scale_basis": "percent_of_target",
        "scoring": "interpolate",
        "levels": FALLING if facts.get("direction") == "down" else RISING,
        "weight": 100.0,
    }
    return Kpi(YEAR, kpi_id, **(said | facts))


def reading(kpi_id: str = "1.1", **facts: Any) -> Kpi:
    """A reading scored by its own value."""
    said = {"measure": "value", "entry": "snapshot", "roll_up": "none", "scale_basis": "absolute"}
    return kpi(kpi_id, **(said | facts))


def percent(kpi_id: str = "1.1", **facts: Any) -> Kpi:
    """A percent of a numerator over a denominator, each of them a reading."""
    return kpi(kpi_id, **({"measure": "percent", "entry": "snapshot", "roll_up": "ratio"} | facts))


def milestone(kpi_id: str = "1.1", **facts: Any) -> Kpi:
    """Steps done, 0 to 5."""
    return kpi(kpi_id, **({"measure": "milestone", "entry": "snapshot", "roll_up": "mean"} | facts))


def target(
    owner_id: str, value: float = 100, kpi_id: str = "1.1", since: date = date(2026, 10, 1), **facts: Any
) -> Target:
    """A target of the whole year, or ``since`` a day."""
    return Target(YEAR, kpi_id, owner_id, since, value, **facts)


def entry(owner_id: str, month: int, value: float | None = None, kpi_id: str = "1.1", **facts: Any) -> Entry:
    """What an owner reported of a month."""
    return Entry(YEAR, month, kpi_id, owner_id, value, **facts)


def part(owner_id: str, month: int, numerator: float, denominator: float, kpi_id: str = "1.1") -> Entry:
    """A month's numerator and denominator."""
    return Entry(YEAR, month, kpi_id, owner_id, numerator=numerator, denominator=denominator)


def withdrawn(owner_id: str, month: int, kpi_id: str = "1.1") -> Entry:
    """A month's entry taken back."""
    return Entry(YEAR, month, kpi_id, owner_id, is_withdrawn=True)


def office(owner_id: str = "P", parent_id: str | None = None, kind: Any = None, **facts: Any) -> Office:
    """A province at the root; below it districts."""
    return Office(
        owner_id, parent_id, kind or ("district" if parent_id else "province"), f"หน่วยงาน {owner_id}", **facts
    )


def province(districts: Iterable[str] = ()) -> tuple[Office, ...]:
    """The province "P" with these districts: ``province("AB")``."""
    return (office(), *(office(owner_id, "P") for owner_id in districts))


def person(owner_id: str, parent_id: str = "P", personnel_type: Any = "civil_servant", **facts: Any) -> Person:
    """A position in an office."""
    return Person(owner_id, parent_id, f"บุคคล {owner_id}", None, personnel_type, **facts)


def override(owner_id: str, month: int, score: float, kpi_id: str = "1.1") -> Override:
    """A supervisor's score."""
    return Override(YEAR, month, kpi_id, owner_id, score, "ภัยแล้ง", "หัวหน้า")


def exclusion(owner_id: str, round_: int, kpi_id: str = "1.1") -> Exclusion:
    """A KPI left out of a person's round."""
    return Exclusion(YEAR, round_, kpi_id, owner_id, "โอนงาน", "หัวหน้า")


def behaviour(owner_id: str, round_: int, score: float) -> Behaviour:
    """A person's behaviour score."""
    return Behaviour(YEAR, round_, owner_id, score)


def setting(key: str, value: float) -> Setting:
    """A setting in place of its default."""
    return Setting(key, str(value))


def plan(*percents: float) -> Plan:
    """A plan from its cumulative percents; the last one holds on to the end of the year."""
    return tuple(share / 100 for share in (*percents, *[percents[-1]] * (12 - len(percents))))


# Figures


@dataclass(frozen=True)
class Figures:
    """Every figure of a ledger, rounded to 9 decimals so that equal is equal."""

    cursor: duckdb.DuckDBPyConnection

    def __getitem__(self, at: tuple[Any, ...]) -> Row:
        """A row of the scorecard by owner, month and, if it is not "1.1", KPI. KeyError: there is none."""
        owner_id, month, kpi_id = (*at, "1.1")[:3]
        return self._row("scorecard", owner_id=owner_id, month=month, kpi_id=kpi_id)

    def __contains__(self, at: tuple[Any, ...]) -> bool:
        try:
            return bool(self[at])
        except KeyError:
            return False

    def total(self, owner_id: str, month: int = 12) -> Row:
        """A row of the summary."""
        return self._row("summary", owner_id=owner_id, month=month)

    def round(self, owner_id: str, round_: int) -> Row:
        """A person's round."""
        return self._row("appraisal", owner_id=owner_id, round=round_)

    def running(self, owner_id: str, month: int) -> Row:
        """A person's round as it stands at a month."""
        return self._row("running_appraisal", owner_id=owner_id, month=month)

    def line(self, owner_id: str, month: int, kpi_id: str = "1.1", holder: str | None = None) -> Row:
        """One KPI of a person's round as it stands at a month: its own, or that of the office it leads."""
        at = {"owner_id": owner_id, "month": month, "kpi_id": kpi_id, "holder_id": holder or owner_id}
        return self._row(f"({APPRAISAL_LINES})", **at)

    def due(self, owner_id: str, kpi_id: str = "1.1") -> list[int]:
        """The months an owner has to report."""
        found = self.cursor.execute(
            "select month from coverage where owner_id = ? and kpi_id = ? order by 1", [owner_id, kpi_id]
        )
        return [month for (month,) in found.fetchall()]

    def asked(self, owner_id: str, month: int) -> Row:
        """What became of one month that an owner has to report."""
        return self._row("coverage", owner_id=owner_id, month=month)

    def _row(self, table: str, **key: Any) -> Row:
        where = " and ".join(f"{column} = ?" for column in key)
        found = self.cursor.execute(f"select * from {table} where {where}", [*key.values()])
        values = found.fetchone()
        if values is None:
            raise KeyError((table, *key.values()))
        names = [column[0] for column in found.description]
        return {
            name: round(value, 9) if isinstance(value, float) else value
            for name, value in zip(names, values, strict=True)
        }


def figures(*records: Record, later: Sequence[Record] = ()) -> Figures:
    """The figures of one import at the beginning of the year, and of another (``later``) on 1 February 2027."""
    work = Work(YEAR, "1", "งาน", None, "strategic")
    batches = [Batch(1, datetime(2026, 10, 1, 9), (work, *records))]
    if later:
        batches.append(Batch(2, datetime(2027, 2, 1, 9), tuple(later)))
    return Figures(figures_of(batches))


def figures_of(batches: Iterable[Batch], as_of: datetime = datetime.max) -> duckdb.DuckDBPyConnection:
    """A ledger in memory that holds these batches, with every relation computed from it."""
    cursor = duckdb.connect(config={"threads": 1})
    cursor.execute(SCHEMA)
    for batch in batches:
        cursor.execute(
            "insert into ledger.batches values (?, ?, ?, 'x', '', 0, 0, 0)",
            [batch.seq, f"B{batch.seq}", batch.recorded_at],
        )
        if batch.is_voided:
            cursor.execute(
                "insert into ledger.voids values (?, ?, ?, true, '', '')",
                [1000 + batch.seq, batch.seq, batch.recorded_at],
            )
        rows.append(cursor, batch.seq, [Located("", record, Place("x.csv")) for record in batch.records])
    metrics.build(cursor, as_of)
    return cursor


def outcomes(
    cases: Iterable[Any], records: Callable[..., Iterable[Record]], *columns: str, owner: str = "P", month: int = 12
) -> dict[Any, Any]:
    """What each case comes to: case → the figure (or figures) of ``owner``'s KPI.

    All cases stand in one province, each as a KPI of its own: ``records(*case)`` are written as if of KPI "1.1".
    """
    cases = list(cases)
    made: dict[Record, None] = {}
    for n, case in enumerate(cases):
        said = case if isinstance(case, tuple) else (case,)
        for record in records(*said):
            made[replace(record, kpi_id=f"1.{n}") if hasattr(record, "kpi_id") else record] = None
    found = figures(*made)
    return {case: _picked(found[owner, month, f"1.{n}"], columns) for n, case in enumerate(cases)}


def _picked(row: Row, columns: Sequence[str]) -> Any:
    return row[columns[0]] if len(columns) == 1 else tuple(row[column] for column in columns)
