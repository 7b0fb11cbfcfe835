import json
import zipfile

import pytest
from click.testing import CliRunner

from kpi_metrics import intake
from kpi_metrics.cli import commands
from kpi_metrics.store import Store
from tests.kpi_metrics.reports import form_office


@pytest.fixture
def run(office_database, tmp_path, monkeypatch):
    """Ask for the forms of the first round of the office with people."""
    monkeypatch.setenv("KPI_NOW", form_office.NOW)
    monkeypatch.chdir(tmp_path)
    with Store.open(office_database) as store:
        intake.save(store, *intake.gather(store, form_office.write_people(tmp_path)), "clerk")
    always = ("form", "--year", "2569", "--round", "1", "--database", str(office_database))
    return lambda *arguments: CliRunner().invoke(commands, [*always, *arguments])


@pytest.mark.parametrize(("name", "begins"), [("form.pdf", b"%PDF"), ("form.xlsx", b"PK"), ("form.zip", b"PK")])
def test_the_name_says_what_is_written(run, tmp_path, name, begins):
    run("--owner", "P2", "--out", name)
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_a_folder_gets_a_pdf_for_each(run, tmp_path):
    (tmp_path / "forms").mkdir()
    run("--owner", "8401", "--out", "forms")
    assert sorted(path.name for path in (tmp_path / "forms").iterdir()) == [
        "P1_2569_1.pdf",
        "P2_2569_1.pdf",
        "P3_2569_1.pdf",
    ]


def test_without_an_owner_the_forms_are_everybodys(run, tmp_path):
    run("--out", "all.zip")
    assert len(zipfile.ZipFile(tmp_path / "all.zip").namelist()) == 5


def test_who_has_no_kpis_is_left_out_of_a_group_and_named(run):
    result = run("--owner", "8402", "--out", "form.pdf", "--json")
    assert (json.loads(result.stdout)["left_out"], "No form for นายว่าง งานน้อย (P5)" in result.stderr) == (["P5"], True)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--owner", "P5", "--out", "form.pdf"), 1, "นายว่าง งานน้อย (P5) has no KPIs"),
        (("--owner", "P9", "--out", "form.pdf"), 1, "There is no office or person P9"),
        (("--out", "form.docx"), 2, "must end in .pdf, .xlsx or .zip"),
        (("--owner", "P2", "--out", "nowhere/form.pdf"), 2, "cannot be written"),
    ],
)
def test_what_cannot_be_made_is_refused_in_words(run, arguments, code, said):
    result = run(*arguments)
    assert (result.exit_code, said in result.output) == (code, True)
