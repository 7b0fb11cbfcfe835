"""Entry workbooks for offices to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from kpi_metrics import scorecard
from kpi_metrics.access import EVERYTHING
from kpi_metrics.cli.group import commands
from kpi_metrics.console import Year, common, fiscal_month, report, say, write_whole
from kpi_metrics.reports.template import template as workbook
from kpi_metrics.reports.template import top_owner
from kpi_metrics.store import Store


@commands.command()
@click.option("--owner", help="The office or person (id); those below it are in the workbook too.  [default: all]")
@click.option("--year", type=Year(), help="Fiscal year, พ.ศ. or ค.ศ.  [default: the newest with KPIs]")
@click.option("--month", help="Fiscal month: 1 (ต.ค.) to 12, a name or a date.  [default: the whole year]")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The workbook to write (.xlsx)."
)
@common
def template(owner: str | None, year: int | None, month: str | None, out: Path, database: Path, as_json: bool) -> None:
    """สร้างแบบกรอกผลงานของหน่วยงาน: write an office's entry workbook

    Write the workbook in which an office, and those below it, fill in the results that are due. What was reported is
    filled in already; closed months cannot be filled in. `import` reads it back as it is.

    \b
    Example: python -m kpi_metrics template --owner 8406 --year 2569 --month 9 --out chaiya.xlsx
             python -m kpi_metrics template --year 2569 --out province.xlsx
    """
    if out.suffix.lower() != ".xlsx":
        raise click.BadParameter("ชื่อไฟล์ต้องลงท้ายด้วย .xlsx\nThe file's name must end in .xlsx", param_hint="--out")
    with Store.open(database, read_only=True) as store:
        for fault in store.faults:
            say(fault.th, fault.en, err=True)
        year = year or max(scorecard.periods(store, EVERYTHING).years)
        owner = owner or top_owner(store, EVERYTHING, year=year)
        asked = fiscal_month(month, year) if month else None
        content = workbook(store, EVERYTHING, owner=owner, year=year, month=asked.month if asked else None)
    write_whole(out, content)
    when = (asked.label(), asked.label("en")) if asked else (f"ปีงบประมาณ {year}", f"fiscal year {year}")
    report(
        as_json,
        {"out": str(out), "owner": owner, "fiscal_year": year, "month": asked.month if asked else None},
        f"เขียนแบบกรอกผลงานของ {owner} {when[0]} ลง {out} แล้ว กรอกแล้วนำเข้าด้วยคำสั่ง import",
        f"Wrote the entry workbook of {owner}, {when[1]}: {out}. Filled in, import takes it back.",
    )
