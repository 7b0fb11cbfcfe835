"""The commands of ``python -m kpi_metrics``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from kpi_metrics import demo as demo_province
from kpi_metrics import intake, scorecard
from kpi_metrics.access import EVERYTHING
from kpi_metrics.console import (
    BY,
    FILES,
    WHY,
    Commands,
    Moment,
    Year,
    bar,
    common,
    in_json,
    report,
    say,
    say_json,
    show_findings,
    write_whole,
)
from kpi_metrics.demo_load import load_demo
from kpi_metrics.ingest.cells import name_key
from kpi_metrics.ingest.columns import TABLES
from kpi_metrics.ingest.raw import RawFile
from kpi_metrics.model import Checked, FileRefused, Refused, Text, View
from kpi_metrics.reports import Headers, file_name, load_table, render, to_csv, to_xlsx
from kpi_metrics.reports.extract import EXPORTS, KINDS, Unknown, Wanted, extract
from kpi_metrics.store import Store, restore
from kpi_metrics.thai.calendar import format_datetime

ERRORS = Text("แถวที่มีปัญหา", "Rows with a problem")
WARNINGS = Text("ข้อควรตรวจสอบ", "Worth a look")
WEIGHTS = Text("น้ำหนักที่รวมไม่ได้ 100", "Weights that do not sum to 100")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def commands() -> None:
    """ตัวชี้วัดของสำนักงานเกษตรจังหวัด: นำเข้า ตรวจสอบ ส่งออก และดูแลฐานข้อมูล

    The KPIs of a provincial agricultural office: import, check, export, and look after the database.

    \b
    Exit 0: done.
    Exit 1: refused (rows with problems, a fault found): nothing was changed.
    Exit 2: a wrong command, or a file or database that cannot be used.
    """


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
@FILES
@common
def check(files: tuple[str, ...], database: Path, as_json: bool) -> None:
    """ตรวจไฟล์โดยไม่บันทึก: check files, save nothing

    Read files and report everything that is wrong in them; nothing is saved. Exit 1 when a row would be rejected.

    The files are checked together, against what the database holds. TABLE= says which table a file is where neither
    its name nor its headers do.

    \b
    Example: python -m kpi_metrics check results_2569_08.csv
             python -m kpi_metrics check kpis=ตัวชี้วัดปี69.csv targets_2569.csv
    """
    if database.exists():
        with Store.open(database, read_only=True) as store:
            _, checked = _gather(store, files)
    else:
        _, checked = _gather(None, files)
    if as_json:
        say_json({"count_records": len(checked.records), **_findings_json(checked)})
    else:
        _show(checked)
        say(
            f"แถวที่บันทึกได้ {len(checked.records)} ปัญหา {len(checked.rejections)} ควรตรวจสอบ {len(checked.warnings)}",
            f"{len(checked.records)} rows can be saved, {len(checked.rejections)} problems, {len(checked.warnings)} worth a look.",
        )
    _exit(1 if checked.rejections else 0)


@commands.command("import")
@FILES
@BY
@click.option("--accept-good", is_flag=True, help="Save the good rows even when others are rejected.")
@common
def import_(files: tuple[str, ...], by: str, accept_good: bool, database: Path, as_json: bool) -> None:
    """นำเข้าไฟล์เป็นการนำเข้าหนึ่งครั้ง: import files as one batch

    Check files and save them together as one batch, or nothing at all when a row is rejected (exit 1).

    The same file twice changes nothing and says so. The batch can be taken back with `void`.

    \b
    Example: python -m kpi_metrics import results_2569_08.csv --by "สมหญิง"
             python -m kpi_metrics import "ผลงาน อ.ไชยา.csv" --accept-good
    """
    with Store.open(database) as store:
        _require_sound(store)
        read, checked = _gather(store, files)
        if not as_json:
            _show(checked)
        try:
            receipt = intake.save(store, read, checked, by, accept_good)
        except FileRefused:
            raise
        except Refused as refusal:
            if as_json:
                say_json({"batch_id": None, "refused": in_json(refusal.text), **_findings_json(checked)})
            say(refusal.text.th, refusal.text.en, err=True)
            _exit(1)
        weights = intake.check_weights(store, checked)
    if as_json:
        say_json({**asdict(receipt), **_findings_json(checked), "weights": [in_json(each) for each in weights]})
        return
    show_findings(WEIGHTS, weights)
    counts = (receipt.count_new, receipt.count_corrected, receipt.count_unchanged)
    if receipt.batch_id is None:
        say(f"ทั้ง {counts[2]} แถวมีอยู่แล้ว ไม่มีอะไรเปลี่ยน", f"All {counts[2]} rows were there already; nothing has changed.")
    else:
        say(
            f"บันทึกแล้ว {receipt.batch_id}: ใหม่ {counts[0]} แก้ไข {counts[1]} เหมือนเดิม {counts[2]}",
            f"Saved as {receipt.batch_id}: {counts[0]} new, {counts[1]} corrected, {counts[2]} unchanged.",
        )


@commands.command()
@common
def batches(database: Path, as_json: bool) -> None:
    """ประวัติการนำเข้า: list the batches

    List the imports, newest first: what came in when and by whom, and what was voided and why.

    \b
    Example: python -m kpi_metrics batches
    """
    with Store.open(database, read_only=True) as store:
        header, *rows = render("batches", scorecard.batches(store, EVERYTHING))
    listed = [dict(zip(header, row, strict=True)) for row in rows]
    if as_json:
        say_json(listed)
        return
    for row in listed:
        voided = f"  ยกเลิกแล้ว/voided: {row['why']}" if row["is_voided"] == "yes" else ""
        counts = f"+{row['count_new']} ~{row['count_corrected']} ={row['count_unchanged']}"
        click.echo(f"{row['batch_id']}  {row['recorded_at']}  {counts}  {row['who']}  {row['files']}{voided}")


@commands.command()
@click.argument("batch_id", metavar="ID")
@WHY
@BY
@common
def void(batch_id: str, why: str, by: str, database: Path, as_json: bool) -> None:
    """ยกเลิกการนำเข้า: take a batch back

    Take a batch out of every figure. Nothing is deleted; `unvoid` brings it back. Refused, naming the rows, when
    others would be left without what they refer to.

    \b
    Example: python -m kpi_metrics void B00012 --why "ส่งผิดเดือน"
    """
    with _existing(database) as store:
        store.void(batch_id, why=why, by=by)
    report(as_json, {"batch_id": batch_id, "is_voided": True}, f"ยกเลิก {batch_id} แล้ว", f"{batch_id} is voided.")


@commands.command()
@click.argument("batch_id", metavar="ID")
@WHY
@BY
@common
def unvoid(batch_id: str, why: str, by: str, database: Path, as_json: bool) -> None:
    """นำการนำเข้าที่ยกเลิกกลับมา: bring a voided batch back

    Bring a voided batch back into every figure.

    \b
    Example: python -m kpi_metrics unvoid B00012 --why "ถูกเดือนแล้ว"
    """
    with _existing(database) as store:
        store.unvoid(batch_id, why=why, by=by)
    report(as_json, {"batch_id": batch_id, "is_voided": False}, f"นำ {batch_id} กลับมาแล้ว", f"{batch_id} is back.")


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
    "--out", type=click.Path(path_type=Path),
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
    results, coverage   from ต.ค. through the month
    targets             every version of the year; with --month those that had begun by then
    appraisal           both rounds; with --month the round it lies in
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


@commands.command()
@click.argument("file", type=click.Path(path_type=Path))
@common
def backup(file: Path, database: Path, as_json: bool) -> None:
    """สำรองฐานข้อมูล: copy the database

    Copy the whole database to a new file.

    \b
    Example: python -m kpi_metrics backup backups/kpi_2569_08.duckdb
    """
    with _existing(database) as store:
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
    _exit(1 if faults else 0)


def _gather(store: Store | None, arguments: tuple[str, ...]) -> tuple[list[RawFile], Checked]:
    """Read and check what stands on the command line, each file once."""
    told: dict[Path, str | None] = {}
    for argument in arguments:
        path, table = _split(argument)
        told[path] = table or told.get(path)
    tables: dict[str, str] = {}
    for path, said in told.items():
        if said and tables.setdefault(path.name, said) != said:
            raise click.UsageError(
                f"มีสองไฟล์ชื่อ {path.name} ที่ระบุคนละตาราง ให้เปลี่ยนชื่อไฟล์หนึ่ง\n"
                f"Two files are named {path.name} and told to be different tables; rename one."
            )
    with bar(len(told), "กำลังอ่าน", "reading") as progress:
        return intake.gather(store, list(told), tables, progress=progress.update)


def _split(argument: str) -> tuple[Path, str | None]:
    """A file, and the table it is told to be: ``results=a.csv``, ``ผลงาน=a.csv``, ``a.csv``."""
    name, sign, rest = argument.partition("=")
    if not sign or Path(argument).exists():
        return Path(argument), None
    said = next((table.name for table in TABLES.values() if name_key(name) in table.name_keys), name)
    return Path(rest), said


def _existing(database: Path) -> Store:
    """The database, opened for writing but never made, and fit to be written to."""
    if not database.exists():
        Store.open(database, read_only=True).close()  # says so
    store = Store.open(database)
    _require_sound(store)
    return store


def _require_sound(store: Store) -> None:
    if store.faults:
        th, en = (" ".join(getattr(fault, lang) for fault in store.faults) for lang in ("th", "en"))
        store.close()
        raise FileRefused(th, en)


def _show(checked: Checked) -> None:
    show_findings(ERRORS, checked.rejections)
    show_findings(WARNINGS, checked.warnings)


def _findings_json(checked: Checked) -> Mapping[str, object]:
    return {
        "rejections": [in_json(finding) for finding in checked.rejections],
        "warnings": [in_json(finding) for finding in checked.warnings],
    }


def _exit(code: int) -> None:
    click.get_current_context().exit(code)
