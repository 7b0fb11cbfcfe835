"""Bringing files in: check, import, and the history of imports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from kpi_metrics import history, intake
from kpi_metrics.access import EVERYTHING
from kpi_metrics.cli.group import commands, existing
from kpi_metrics.console import BY, FILES, Words, bar, common, in_json, report, say, say_json, say_lines, show_findings
from kpi_metrics.impact import Impact, impact_of_void
from kpi_metrics.impact import impact as impact_of
from kpi_metrics.ingest.cells import name_key
from kpi_metrics.ingest.columns import TABLES
from kpi_metrics.intake import Reading, Verdict
from kpi_metrics.model import Answer, Checked, FileRefused, Place, Refused, Text
from kpi_metrics.reports import render
from kpi_metrics.reports.impact_text import describe
from kpi_metrics.store import Store

ERRORS = Text("แถวที่มีปัญหา", "Rows with a problem")
WARNINGS = Text("ข้อควรตรวจสอบ", "Worth a look")
WEIGHTS = Text("น้ำหนักที่รวมไม่ได้ 100", "Weights that do not sum to 100")
REASON = click.option("--why", type=Words(), help="The reason; kept in the history. Needed unless --impact.")
ONLY_IMPACT = click.option("--impact", "only_impact", is_flag=True, help="Say which figures would move; do nothing.")


@commands.command()
@FILES
@click.option("--impact", "with_impact", is_flag=True, help="Say which figures saving would move, from what to what.")
@common
def check(files: tuple[str, ...], with_impact: bool, database: Path, as_json: bool) -> None:
    """ตรวจไฟล์โดยไม่บันทึก: check files, save nothing

    Read files and report everything that is wrong in them; nothing is saved. Exit 1 when a row would be rejected, 2 when
    a file cannot be read; the others are checked all the same.

    The files are checked together, against what the database holds. TABLE= says which table a file is where neither
    its name nor its headers do.

    \b
    Example: python -m kpi_metrics check results_2569_08.csv
             python -m kpi_metrics check kpis=ตัวชี้วัดปี69.csv targets_2569.csv
             python -m kpi_metrics check results_2569_08.csv --impact
    """
    with _beside(database) as store:
        reading, checked = _read(store, files)
        impact = impact_of(store, checked) if with_impact else None
    if as_json:
        told = {"impact": _impact_json(impact)} if impact else {}
        say_json({"count_records": len(checked.records), **_in_json(reading, checked), **told})
    else:
        _show(reading, checked)
        say(
            f"แถวที่บันทึกได้ {len(checked.records)} ปัญหา {len(checked.rejections)} ควรตรวจสอบ {len(checked.warnings)}",
            f"Rows that can be saved: {len(checked.records)}. Problems: {len(checked.rejections)}. Worth a look: {len(checked.warnings)}.",
        )
        if impact:
            say_lines(describe(impact))
    try:
        intake.require_readable(reading)
    except FileRefused as refusal:
        say(refusal.text.th, refusal.text.en, err=True)
        click.get_current_context().exit(2)
    click.get_current_context().exit(1 if checked.rejections else 0)


@commands.command("import")
@FILES
@BY
@click.option("--accept-good", is_flag=True, help="Save the good rows even when others are rejected.")
@common
def import_(files: tuple[str, ...], by: str, accept_good: bool, database: Path, as_json: bool) -> None:
    """นำเข้าไฟล์เป็นการนำเข้าหนึ่งครั้ง: import files as one batch

    Check files and save them together as one batch, or nothing at all when a row is rejected (exit 1) or a file cannot be
    read (exit 2).

    The same file twice changes nothing and says so. The batch can be taken back with `void`.

    \b
    Example: python -m kpi_metrics import results_2569_08.csv --by "สมหญิง"
             python -m kpi_metrics import "ผลงาน อ.ไชยา.csv" --accept-good
    """
    with ExitStack() as opened:
        store = opened.enter_context(existing(database)) if database.exists() else None
        reading, checked = _read(store, files)
        if not as_json:
            _show(reading, checked)
        try:
            intake.require_readable(reading)
            intake.require_savable(checked, accept_good)
            store = store or opened.enter_context(Store.open(database))  # not before there is something to keep
            receipt = intake.save(store, reading.files, checked, by, accept_good)
        except Refused as refusal:
            if as_json:
                say_json({"batch_id": None, "refused": in_json(refusal.text), **_in_json(reading, checked)})
            say(refusal.text.th, refusal.text.en, err=True)
            click.get_current_context().exit(2 if isinstance(refusal, FileRefused) else 1)
        weights = intake.check_weights(store, checked)
    if as_json:
        say_json({**asdict(receipt), **_in_json(reading, checked), "weights": [in_json(each) for each in weights]})
        return
    show_findings(WEIGHTS, weights)
    counts = (receipt.count_new, receipt.count_corrected, receipt.count_unchanged)
    if receipt.batch_id is None:
        say(
            f"ทั้ง {counts[2]} แถวมีอยู่แล้ว ไม่มีอะไรเปลี่ยน", f"Every row was there already ({counts[2]}); nothing has changed."
        )
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
        header, *rows = render("batches", history.batches(store, EVERYTHING))
    listed = [dict(zip(header, row, strict=True)) for row in rows]
    if as_json:
        say_json(listed)
        return
    for row in listed:
        voided = f"  ยกเลิกแล้ว/voided: {row['why']}" if row["is_voided"] == "yes" else ""
        counts = f"+{row['count_new']} ~{row['count_corrected']} ={row['count_unchanged']}"
        click.echo(f"{row['batch_id']}  {row['recorded_at']}  {counts}  {row['who']}  {row['files']}{voided}")


@commands.command()
@click.argument("batch_id", type=Words(), metavar="ID")
@REASON
@BY
@ONLY_IMPACT
@common
def void(batch_id: str, why: str | None, by: str, only_impact: bool, database: Path, as_json: bool) -> None:
    """ยกเลิกการนำเข้า: take a batch back

    Take a batch out of every figure. Nothing is deleted; `unvoid` brings it back. Refused, naming the rows, when
    others would be left without what they refer to.

    \b
    Example: python -m kpi_metrics void B00012 --impact
             python -m kpi_metrics void B00012 --why "ส่งผิดเดือน"
    """
    if only_impact:
        _show_impact(database, batch_id, is_voided=True, as_json=as_json)
        return
    why = _required(why)
    with existing(database) as store:
        store.void(batch_id, why=why, by=by)
    report(as_json, {"batch_id": batch_id, "is_voided": True}, f"ยกเลิก {batch_id} แล้ว", f"{batch_id} is voided.")


@commands.command()
@click.argument("batch_id", type=Words(), metavar="ID")
@REASON
@BY
@ONLY_IMPACT
@common
def unvoid(batch_id: str, why: str | None, by: str, only_impact: bool, database: Path, as_json: bool) -> None:
    """นำการนำเข้าที่ยกเลิกกลับมา: bring a voided batch back

    Bring a voided batch back into every figure.

    \b
    Example: python -m kpi_metrics unvoid B00012 --impact
             python -m kpi_metrics unvoid B00012 --why "ถูกเดือนแล้ว"
    """
    if only_impact:
        _show_impact(database, batch_id, is_voided=False, as_json=as_json)
        return
    why = _required(why)
    with existing(database) as store:
        store.unvoid(batch_id, why=why, by=by)
    report(as_json, {"batch_id": batch_id, "is_voided": False}, f"นำ {batch_id} กลับมาแล้ว", f"{batch_id} is back.")


def _show_impact(database: Path, batch_id: str, *, is_voided: bool, as_json: bool) -> None:
    with Store.open(database, read_only=True) as store:
        impact = impact_of_void(store, batch_id, is_voided=is_voided)
    if as_json:
        say_json({"batch_id": batch_id, "impact": _impact_json(impact)})
    else:
        say_lines(describe(impact))


def _impact_json(impact: Impact) -> Mapping[str, object]:
    return {**asdict(impact), "kpis": [asdict(kpi) for kpi in impact.kpis]}


def _required(why: str | None) -> str:
    if not (why and why.strip()):
        raise click.UsageError("บอกเหตุผลด้วย --why\nGive the reason with --why.")
    return why


@contextmanager
def _beside(database: Path) -> Iterator[Store]:
    """The database to check files against, for reading only; an empty one, soon gone, where there is none yet."""
    if database.exists():
        with Store.open(database, read_only=True) as store:
            yield store
        return
    with TemporaryDirectory() as folder, Store.open(Path(folder) / database.name) as store:
        yield store


def _read(store: Store | None, arguments: tuple[str, ...]) -> tuple[Reading, Checked]:
    """Read what stands on the command line, each file once, and check what could be read."""
    told: dict[Path, str | None] = {}
    for argument in arguments:
        path, table = _split(argument)
        told[path] = table or told.get(path)
    names = intake.names(list(told))
    with bar(len(told), "กำลังอ่าน", "reading") as progress:
        reading = intake.read(list(told), progress.update)
    answers = [Answer("table", Place(name), table) for name, table in zip(names, told.values(), strict=True) if table]
    return reading, intake.examine(store, reading.files, answers)


def _split(argument: str) -> tuple[Path, str | None]:
    """A file, and the table it is told to be: ``results=a.csv``, ``ผลงาน=a.csv``, ``a.csv``."""
    name, sign, rest = argument.partition("=")
    if not sign or Path(argument).exists():
        return Path(argument), None
    said = next((table.name for table in TABLES.values() if name_key(name) in table.name_keys), name)
    return Path(rest), said


def _show(reading: Reading, checked: Checked) -> None:
    show_findings(ERRORS, checked.rejections)
    show_findings(WARNINGS, checked.warnings)
    if len(reading.files) + len(reading.refusals) > 1:
        say_lines([_in_words(verdict) for verdict in intake.verdicts(reading, checked)])
        click.echo("")


def _in_words(verdict: Verdict) -> Text:
    if verdict.refusal:
        return Text(f"{verdict.file}: อ่านไม่ได้", f"{verdict.file}: cannot be read")
    counts = (verdict.count_records, verdict.count_rejections, verdict.count_warnings)
    return Text(
        f"{verdict.file}: บันทึกได้ {counts[0]} แถว ปัญหา {counts[1]} ควรตรวจสอบ {counts[2]}",
        f"{verdict.file}: rows that can be saved {counts[0]}, problems {counts[1]}, worth a look {counts[2]}",
    )


def _in_json(reading: Reading, checked: Checked) -> Mapping[str, object]:
    return {
        "verdicts": [
            {**asdict(verdict), "refusal": in_json(verdict.refusal) if verdict.refusal else None}
            for verdict in intake.verdicts(reading, checked)
        ],
        "refusals": [{"file": refusal.file, **in_json(refusal.text)} for refusal in reading.refusals],
        "rejections": [in_json(finding) for finding in checked.rejections],
        "warnings": [in_json(finding) for finding in checked.warnings],
    }
