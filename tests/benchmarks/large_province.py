"""A province of 270,000 entries: 150 people with 30 KPIs each, every month of 5 years; its own file, its own ledger."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

from kpi_metrics.model import Entry, Kpi, Located, Office, Person, Place, Record, Target, Work
from kpi_metrics.store import Store

YEARS = range(2566, 2571)


def records() -> list[Record]:
    """The province as records; the figures follow from the indexes, so that every run makes the same."""
    offices: list[Record] = [Office("84", None, "province", "จังหวัด")]
    offices += [Office(f"84{d:02d}", "84", "district", f"อำเภอ {d}", sort_order=d) for d in range(1, 20)]
    people = [Person(f"P{n:03d}", f"84{n % 19 + 1:02d}", f"คนที่ {n}", None, "civil_servant") for n in range(150)]
    found = offices + list(people)
    for year in YEARS:
        found.append(Work(year, "1", "งาน", None, "mission"))
        for k in range(30):
            percent = k % 3 == 0
            found.append(
                Kpi(
                    year, f"1.{k + 1}", "1", f"ตัวชี้วัด {k}", None, None, "ราย", "percent" if percent else "count", "up",
                    "snapshot" if percent else "increment", "ratio" if percent else "sum", "monthly",
                    "percent_of_target", "interpolate", (60, 70, 80, 90, 100), 100 / 30,
                )
            )  # fmt: skip
            for n, person in enumerate(people):
                found.append(
                    Target(year, f"1.{k + 1}", person.owner_id, date(year - 544, 10, 1), 80 if percent else 60 + n % 40)
                )
                for month in range(1, 13):
                    done = (n * 7 + k * 3 + month) % 11
                    figures = {"numerator": 50 + done, "denominator": 70.0} if percent else {"value": float(done)}
                    found.append(Entry(year, month, f"1.{k + 1}", person.owner_id, **figures))
    return found


def make(path: Path) -> Store:
    """The province in a new database at ``path``."""
    store = Store.open(path)
    located = [Located("", record, Place("made.csv", None, row)) for row, record in enumerate(records(), 2)]
    store.save(located, [], by="benchmark", now=datetime(2027, 10, 20))
    return store


if __name__ == "__main__":
    make(Path(sys.argv[1])).close()
