"""The official appraisal forms."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kpi_metrics.access import EVERYTHING
from kpi_metrics.cli.group import commands
from kpi_metrics.console import Moment, NewFile, Year, bar, common, report, say, write_whole
from kpi_metrics.reports.forms import Form, forms_of, pdfs, to_pdf, to_xlsx, to_zip
from kpi_metrics.store import Store

KINDS = (".pdf", ".xlsx", ".zip")


@commands.command()
@click.option("--year", type=Year(), required=True, help="Fiscal year, พ.ศ. or ค.ศ.")
@click.option("--round", "round_", type=click.IntRange(1, 2), required=True, help="1 (ต.ค.-มี.ค.) or 2 (เม.ย.-ก.ย.).")
@click.option("--owner", help="A person, or an office: everybody in it (id).  [default: all]")
@click.option("--as-of", type=Moment(), help="As the figures stood at this time; a day alone means its end.")
@click.option(
    "--out", type=NewFile(path_type=Path), required=True,
    help="A .pdf or .xlsx with all forms, a .zip with a PDF each, or a folder to write a PDF each into.",
)  # fmt: skip
@common
def form(
    year: int,
    round_: int,
    owner: str | None,
    as_of: datetime | None,
    out: Path,
    database: Path,
    as_json: bool,
) -> None:
    """พิมพ์แบบประเมินผลการปฏิบัติราชการ: write the official appraisal forms

    Write the appraisal forms of a round: the summary in five parts and the results by KPI, for one person, for everybody
    in an office, or for all. Who has no KPIs in the round is named and left out.

    \b
    Example: python -m kpi_metrics form --year 2569 --round 1 --owner P840102 --out form.pdf
             python -m kpi_metrics form --year 2569 --round 1 --owner 8401 --out muang.zip
             python -m kpi_metrics form --year 2569 --round 1 --out forms/
    """
    if not out.is_dir() and out.suffix.lower() not in KINDS:
        raise click.BadParameter(
            "ชื่อไฟล์ต้องลงท้ายด้วย .pdf .xlsx หรือ .zip หรือเป็นโฟลเดอร์ที่มีอยู่\n"
            "The file's name must end in .pdf, .xlsx or .zip, or be a folder that exists",
            param_hint="--out",
        )
    with Store.open(database, read_only=True) as store:
        for fault in store.faults:
            say(fault.th, fault.en, err=True)
        made = forms_of(store, EVERYTHING, year=year, round_=round_, owner=owner, as_of=as_of)
    _write(made.forms, out)
    for id, name in made.left_out:
        say(f"ไม่มีแบบของ {name} ({id}): ไม่มีตัวชี้วัดในรอบนี้", f"No form for {name} ({id}): no KPIs in this round.", err=True)
    count = len(made.forms)
    report(
        as_json,
        {
            "out": str(out),
            "fiscal_year": year,
            "round": round_,
            "count_forms": count,
            "left_out": [id for id, _ in made.left_out],
        },
        f"เขียนแบบประเมินรอบที่ {round_}/{year} ของ {count} คน ลง {out} แล้ว",
        f"Wrote the forms of round {round_}/{year} for {count} {'person' if count == 1 else 'people'}: {out}.",
    )


def _write(forms: tuple[Form, ...], out: Path) -> None:
    with bar(len(forms), "จัดพิมพ์แบบประเมิน", "setting the forms") as progress:
        if out.is_dir():
            for name, content in pdfs(forms):
                write_whole(out / name, content)
                progress.update(1)
            return
        kind = out.suffix.lower()
        content = to_zip(forms, progress.update) if kind == ".zip" else (to_pdf if kind == ".pdf" else to_xlsx)(*forms)
        write_whole(out, content)
