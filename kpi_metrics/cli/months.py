"""Closing months and reopening them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import click

from kpi_metrics.cli.group import commands, existing
from kpi_metrics.closing import Closing
from kpi_metrics.console import BY, WHY, Words, Year, common, fiscal_month, report
from kpi_metrics.thai.calendar import FiscalMonth, format_datetime

YEAR = click.option("--year", type=Year(), required=True, help="Fiscal year, พ.ศ. or ค.ศ.")
MONTH = click.option("--month", required=True, help="Fiscal month: 1 (ต.ค.) to 12, a name or a date.")


@commands.command()
@YEAR
@MONTH
@BY
@common
def close(year: int, month: str, by: str, database: Path, as_json: bool) -> None:
    """ปิดเดือน ไม่รับผลงานเพิ่ม: close a month and those before it

    Close every month of the year through this one: no entry of theirs is taken or changed from then on. An entry equal
    to the stored one is passed over. Months that were reopened are closed again.

    Prints the moment (--as-of) at which the figures can be seen again as they stood.

    \b
    Example: python -m kpi_metrics close --year 2569 --month 8
             python -m kpi_metrics close --year 2569 --month พ.ค. --by "สมหญิง"
    """
    wanted = fiscal_month(month, year)
    with existing(database) as store:
        closing = store.close_month(wanted, by=by)
    moment = closing.done_at.isoformat()
    first = FiscalMonth(wanted.fiscal_year, 1)
    report(
        as_json,
        _in_json(closing),
        f"ปิด {first.label()} ถึง {wanted.label()} แล้ว เมื่อ {format_datetime(closing.done_at)} "
        f"ดูตัวเลข ณ เวลาที่ปิดได้ด้วย --as-of {moment}",
        f"{first.label('en')} to {wanted.label('en')} are closed as of {format_datetime(closing.done_at, 'en')}. "
        f"The figures as they stood: --as-of {moment}",
    )


@commands.command()
@YEAR
@MONTH
@click.option("--owner", type=Words(), required=True, help="The office or person (id) whose month is reopened.")
@WHY
@BY
@common
def reopen(year: int, month: str, owner: str, why: str, by: str, database: Path, as_json: bool) -> None:
    """เปิดเดือนที่ปิดแล้วของหน่วยงานหนึ่ง: reopen one owner's month

    Take the entries of one office or person into one closed month again. Other months and owners stay closed. `close`
    closes it again.

    \b
    Example: python -m kpi_metrics reopen --year 2569 --month 7 --owner 8406 --why "แก้ผลที่ส่งผิด"
    """
    wanted = fiscal_month(month, year)
    with existing(database) as store:
        closing = store.reopen_month(wanted, owner, why=why, by=by)
    again = f"close --year {wanted.fiscal_year} --month {wanted.month}"
    report(
        as_json,
        _in_json(closing),
        f"เปิด {wanted.label()} ของ {owner} แล้ว เสร็จแล้วปิดอีกครั้งด้วยคำสั่ง {again}",
        f"{wanted.label('en')} is open again for {owner}. When done, close it again: {again}",
    )


def _in_json(closing: Closing) -> Mapping[str, object]:
    return {**asdict(closing), "done_at": closing.done_at.isoformat()}
