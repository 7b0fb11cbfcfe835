import json

import pytest
from click.testing import CliRunner

from kpi_metrics.cli import commands
from tests.kpi_metrics.small_office import NOW


@pytest.fixture
def run(office_database, tmp_path, monkeypatch):
    """Run a command on the small office."""
    monkeypatch.setenv("KPI_NOW", NOW)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(commands, [*arguments, "--database", str(office_database)])


def test_a_template_is_imported_as_it_is(run):
    run("template", "--owner", "8401", "--month", "2", "--out", "form.xlsx")
    result = run("import", "form.xlsx", "--json")
    assert (result.exit_code, json.loads(result.stdout)["count_unchanged"]) == (0, 2)


def test_without_an_owner_or_month_it_is_everybodys_of_the_whole_year(run):
    result = run("template", "--out", "form.xlsx", "--json")
    assert json.loads(result.stdout) == {"out": "form.xlsx", "owner": "84", "fiscal_year": 2569, "month": None}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--owner", "8499", "--out", "form.xlsx"), 1, "There is no owner 8499"),
        (("--month", "13", "--out", "form.xlsx"), 2, "A month is 1 to 12"),
        (("--out", "form.csv"), 2, "must end in .xlsx"),
        (("--out", "nowhere/form.xlsx"), 2, "cannot be written"),
    ],
)
def test_what_cannot_be_made_is_refused_in_words(run, arguments, code, said):
    result = run("template", *arguments)
    assert (result.exit_code, said in result.output) == (code, True)
