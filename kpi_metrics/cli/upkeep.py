"""Looking after the database: the demo, backup, restore, verify."""

from __future__ import annotations

from pathlib import Path

import click

from kpi_metrics import demo as demo_province
from kpi_metrics.cli.group import commands, existing
from kpi_metrics.console import NewFile, bar, common, in_json, report, say, say_json
from kpi_metrics.demo_load import load_demo
from kpi_metrics.store import Store, restore


@commands.command()
@common
def demo(database: Path, as_json: bool) -> None:
    """สร้างข้อมูลตัวอย่างในฐานข้อมูลว่าง: fill an empty database with the demo

    Fill an empty database with the demo province: two fiscal years, invented people.

    \b
    Example: python -m kpi_metrics demo
    """
    batches = list(demo_province.batches())
    with Store.open(database) as store:
        with bar(len(batches), "กำลังลงข้อมูลตัวอย่าง", "loading the demo") as progress:
            load_demo(store, progress.update)
        report(
            as_json,
            {"database": str(database), "count_batches": len(batches)},
            f"ลงข้อมูลตัวอย่างใน {database} แล้ว {len(batches)} ครั้งนำเข้า",
            f"The demo is in {database}: {len(batches)} imports.",
        )


@commands.command()
@click.argument("file", type=NewFile(path_type=Path))
@common
def backup(file: Path, database: Path, as_json: bool) -> None:
    """สำรองฐานข้อมูล: copy the database

    Copy the whole database to a new file.

    \b
    Example: python -m kpi_metrics backup backups/kpi_2569_08.duckdb
    """
    with existing(database) as store:
        store.backup(file)
    report(as_json, {"backup": str(file)}, f"สำรองไว้ที่ {file} แล้ว", f"The backup is {file}.")


@commands.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@common
def restore_(file: Path, database: Path, as_json: bool) -> None:
    """กู้คืนฐานข้อมูลจากไฟล์สำรอง: restore a backup

    Write the database from a backup that is found whole. An existing database is never overwritten.

    \b
    Example: python -m kpi_metrics restore backups/kpi_2569_08.duckdb --database data/kpi.duckdb
    """
    restore(file, database)
    report(
        as_json, {"database": str(database)}, f"กู้คืน {database} จาก {file} แล้ว", f"{database} is restored from {file}."
    )


@commands.command()
@common
def verify(database: Path, as_json: bool) -> None:
    """ตรวจความครบถ้วนของฐานข้อมูล: prove the database whole

    Read everything and prove that the ledger is whole and every stored figure comes out the same when computed again.
    Exit 1 when something does not hold.

    \b
    Example: python -m kpi_metrics verify
    """
    with Store.open(database, read_only=True) as store:
        faults = store.verify()
    if as_json:
        say_json({"faults": [in_json(fault) for fault in faults]})
    elif faults:
        for fault in faults:
            say(fault.th, fault.en)
    else:
        say("ครบถ้วน ตัวเลขทุกตัวตรงกับการคำนวณใหม่", "Whole; every figure comes out the same when computed again.")
    click.get_current_context().exit(1 if faults else 0)
