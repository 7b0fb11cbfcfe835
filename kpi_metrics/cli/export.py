"""Taking tables out: CSV and workbooks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kpi_metrics.access import EVERYTHING
from kpi_metrics.cli.group import commands
from kpi_metrics.console import Moment, NewFile, Year, common, say, say_json, write_whole
from kpi_metrics.model import View
from kpi_metrics.reports import Headers, file_name, load_table, render, to_csv, to_xlsx
from kpi_metrics.reports.extract import EXPORTS, KINDS, Unknown, Wanted, extract
from kpi_metrics.store import Store
from kpi_metrics.thai.calendar import format_datetime


@commands.command()
@click.argument("table", type=click.Choice(EXPORTS))
@click.option("--year", type=Year(), help="Fiscal year, พ.ศ. or ค.ศ.  [default: the newest with data]")
@click.option(
    "--month", help="Fiscal month: 1 (ต.ค.) to 12, a name or a date.  [default: the last ended with an entry]"
)
@click.option(
    "--view", type=click.Choice(["period", "year"]), default="period", show_default=True,
    help="What lost points, bounds and rank are measured by: the plan to date or the whole year.",
)  # fmt: skip
@click.option("--as-of", type=Moment(), help="As the figures stood at this time; a day alone means its end.")
@click.option("--owner", help="Only this office or person (id).")
@click.option("--kind", type=click.Choice(KINDS), help="Only owners of this kind.")
@click.option(
    "--headers", type=click.Choice(["en", "th"]), default="en", show_default=True, help="Language of the header."
)
@click.option(
    "--out", type=NewFile(path_type=Path),
    help="Write to this file (.xlsx: a workbook), or under its own name into this folder.  [default: CSV to stdout]",
)  # fmt: skip
@common
def export(
    table: str,
    year: int | None,
    month: str | None,
    view: View,
    as_of: datetime | None,
    owner: str | None,
    kind: str | None,
    headers: Headers,
    out: Path | None,
    database: Path,
    as_json: bool,
) -> None:
    """ส่งออกตารางเป็น CSV: write a table as CSV

    Write a table as CSV (UTF-8 with BOM).

    \b
    scorecard, summary  one month
    cascade             one month: what does not add up or is not linked, and what to do
    results, coverage   from ต.ค. through the month
    targets             every version of the year; with --month those that had begun by then
    appraisal           both rounds; with --month the round it lies in;
                        a round that still runs as far as it is reported
    audit               everything ever done; no year, month or owner

    \b
    Example: python -m kpi_metrics export scorecard --year 2569 --month 8 --out scorecard.csv
             python -m kpi_metrics export summary --kind district --headers th > summary.csv
             python -m kpi_metrics export scorecard --year 2569 --as-of 2026-04-30 --out downloads/
    """
    with Store.open(database, read_only=True) as store:
        for fault in store.faults:
            say(fault.th, fault.en, err=True)
        try:
            found = extract(store, EVERYTHING, Wanted(table, year, month, view, as_of, owner, kind))
        except Unknown as unknown:
            raise click.UsageError(f"{unknown.text.th}\n{unknown.text.en}") from unknown
        now = store.now()
    if out is None:
        if as_json:
            header, *rows = render(table, found.frame, headers)
            say_json([dict(zip(header, row, strict=True)) for row in rows])
        else:
            click.echo(to_csv(table, found.frame, headers), nl=False)
        return
    if out.is_dir():
        out = out / file_name(table, found.year, found.month, version=now, as_of=as_of)
    is_workbook = out.suffix.lower() == ".xlsx"
    write_whole(out, to_xlsx(table, found.frame, headers) if is_workbook else to_csv(table, found.frame, headers))
    time_ = as_of or now
    if as_json:
        say_json(
            {"out": str(out), "rows": len(found.frame), "fiscal_year": found.year, "month": found.month, "as_of": time_}
        )
    else:
        grain = load_table(table).grain
        say(f"เขียน {out} แล้ว {len(found.frame)} แถว ({grain.th}) ข้อมูล ณ {format_datetime(time_)}",
            f"Wrote {out}: {len(found.frame)} rows ({grain.en}), as of {format_datetime(time_, 'en')}.", err=True)  # fmt: skip
