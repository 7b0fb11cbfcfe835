"""The tables that leave the product: their columns, how each is written, and the name of their file.

What a column is called and how it is printed stands in ``kpi_metrics/metrics/<table>.toml``; nothing else writes figures.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

import pandas as pd

from kpi_metrics.ingest.raw import SHIELDED
from kpi_metrics.model import Text
from kpi_metrics.thai.months import ERA
from kpi_metrics.thai.numbers import format_plain

FOLDER = Path(__file__).parent.parent / "metrics"
TABLES = ("scorecard", "summary", "results", "targets", "cascade", "coverage", "appraisal", "audit", "batches")

Headers = Literal["en", "th"]
Format = Literal["text", "int", "amount", "share", "percent", "score", "date", "time", "yes_no"]


@dataclass(frozen=True, slots=True)
class Column:
    """One exported column. ``name`` is also its English header; ``label`` is what screens call it."""

    name: str
    label: Text
    format: Format

    def header(self, headers: Headers) -> str:
        """What stands at the column's head in a file."""
        return self.label.th if headers == "th" else self.name


@dataclass(frozen=True, slots=True)
class Table:
    """One exported table: what a row is, why it matters, and its columns in order."""

    name: str
    grain: Text
    why: Text
    columns: tuple[Column, ...]

    def header(self, headers: Headers) -> list[str]:
        """The header row."""
        return [column.header(headers) for column in self.columns]


@lru_cache
def load_table(name: str) -> Table:
    """The description of one of ``TABLES``. Raises FileNotFoundError for any other name."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        said = tomllib.load(file)
    columns = tuple(
        Column(column, Text(each["th"], each["en"]), _format(name, column, each["format"]))
        for column, each in said["columns"].items()
    )
    return Table(name, Text(**said["grain"]), Text(**said["why"]), columns)


def render(table: str, frame: pd.DataFrame, headers: Headers = "en") -> list[list[str]]:
    """The header and every row of a frame as the texts that a file holds: numbers rounded once, text made harmless.

    ``frame`` has the unrounded figures of one of the reads, with at least the table's columns.
    """
    columns = load_table(table).columns
    written = [_write(frame[column.name], column.format) for column in columns]
    return [load_table(table).header(headers), *map(list, zip(*written, strict=True))]


def file_name(
    table: str,
    year: int | None = None,
    month: int | None = None,
    *,
    version: datetime,
    as_of: datetime | None = None,
    suffix: str = "csv",
) -> str:
    """The name of a download: what it holds and of when, e.g. ``scorecard_2569_08_25690610T0900.csv``.

    ``year`` and the time are พ.ศ. ``version``: when the figures were read. One that looks back (``as_of``) says so:
    ``scorecard_2569_08_asof_25690430T2359.csv``.
    """
    parts = [table]
    if year is not None:
        parts.append(str(year))
    if month is not None:
        parts.append(f"{month:02d}")
    parts += [_stamp(version)] if as_of is None else ["asof", _stamp(as_of)]
    return f"{'_'.join(parts)}.{suffix}"


def shield(text: str) -> str:
    """Trim a text, and put ``'`` before one that a spreadsheet would run as a formula."""
    text = text.strip()
    return f"'{text}" if text.startswith(SHIELDED) else text


def _stamp(moment: datetime) -> str:
    return f"{moment.year + ERA}{moment:%m%dT%H%M}"


def _format(table: str, column: str, said: str) -> Format:
    if said not in get_args(Format):
        raise ValueError(f"{table}.toml: column {column} has the unknown format {said!r}")
    return cast(Format, said)


_WRITERS: dict[Format, Callable[[Any], str]] = {
    "text": lambda value: shield(str(value)),
    "int": lambda value: format_plain(value, 0, fixed=True),
    "amount": lambda value: format_plain(value, 4, fixed=False),
    "share": lambda value: format_plain(100 * value, 4, fixed=False),
    "percent": lambda value: format_plain(value, 2, fixed=True),
    "score": lambda value: format_plain(value, 4, fixed=True),
    "date": lambda value: f"{value:%Y-%m-%d}",
    "time": lambda value: f"{value:%Y-%m-%dT%H:%M:%S}",
    "yes_no": lambda value: "yes" if value else "no",
}


def _write(values: pd.Series, format_: Format) -> list[str]:
    """A column's texts; the same value is written once and remembered, since most come again."""
    write = lru_cache(maxsize=None)(_WRITERS[format_])
    missing = values.isna().tolist()
    return ["" if is_missing else write(value) for value, is_missing in zip(values.tolist(), missing, strict=True)]
