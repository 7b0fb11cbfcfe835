import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import duckdb
import pytest
from click.testing import CliRunner

from kpi_metrics import cli, demo
from kpi_metrics.cli import commands
from kpi_metrics.ingest import apart
from kpi_metrics.store import Store
from tests.kpi_metrics.small_office import BAD_ROW, NOW, RESULTS, TARGETS, write, write_office

CORRECTED = RESULTS.replace(",10,", ",11,")
COMMANDS = [
    "demo", "check", "import", "batches", "void", "unvoid", "close", "reopen", "export", "form", "template", "backup", "restore",
    "verify",
]  # fmt: skip


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command on the database of the test."""
    monkeypatch.setenv("KPI_NOW", NOW)
    monkeypatch.setenv("KPI_DATABASE", str(tmp_path / "kpi.duckdb"))
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(commands, [str(each) for each in arguments])


def rows_of(result):
    return list(csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"))))


def result_of(run, *options):
    """The result of KPI 1.2 of district 8401 in พ.ย."""
    exported = run("export", "scorecard", "--month", "2", "--owner", "8401", *options)
    return next(row["result"] for row in rows_of(exported) if row["kpi_id"] == "1.2")


# --- what the help says


def test_every_promised_command_is_there():
    assert sorted(commands.commands) == sorted(COMMANDS)


@pytest.mark.parametrize("command", commands.commands.values(), ids=str)
def test_every_command_has_a_description_and_an_example(command):
    text = CliRunner().invoke(commands, [command.name, "--help"]).output
    assert f"Example: python -m kpi_metrics {command.name}" in text


@pytest.mark.parametrize("command", commands.commands.values(), ids=str)
def test_every_option_has_a_help_text(command):
    silent = [each.name for each in command.params if isinstance(each, click.Option) and not each.help]
    assert silent == []


@pytest.mark.parametrize("command", commands.commands.values(), ids=str)
def test_every_command_takes_a_database_and_speaks_to_machines(command):
    assert {"database", "as_json"} <= {each.name for each in command.params}


def test_help_says_what_the_exit_codes_mean():
    text = CliRunner().invoke(commands, ["--help"]).output
    assert all(f"Exit {code}:" in text for code in (0, 1, 2))


# --- check


def test_check_of_good_files_is_0_and_makes_no_database(run, tmp_path):
    result = run("check", *write_office(tmp_path))
    assert (result.exit_code, (tmp_path / "kpi.duckdb").exists()) == (0, False)
    assert "Rows that can be saved: 14." in result.stdout


def test_check_of_a_bad_row_is_1_and_says_where_in_both_languages(run, office_database, tmp_path):
    result = run("check", *write(tmp_path, results=RESULTS + BAD_ROW))
    assert result.exit_code == 1
    assert "results.csv · แถว/row 6 · owner_id [8499]" in result.stdout
    assert "แถวที่มีปัญหา" in result.stdout


def test_check_saves_nothing(run, office_database, tmp_path):
    before = office_database.read_bytes()
    run("check", *write(tmp_path, results=CORRECTED))
    assert office_database.read_bytes() == before


def test_check_for_machines_is_one_json_document(run, office_database, tmp_path):
    found = json.loads(run("check", "--json", *write(tmp_path, results=RESULTS + BAD_ROW)).stdout)
    assert (found["count_records"], [(each["row"], each["found"]) for each in found["rejections"]]) == (
        4,
        [(6, "8499")],
    )


def test_check_tells_the_impact_in_both_languages(run, office_database, tmp_path):
    told = run("check", "--impact", *write(tmp_path, results=CORRECTED)).stdout
    assert "ตัวชี้วัด 1.2 แปลงใหญ่: 11.25 % → 11.67 %" in told
    assert "0 new, 1 corrected, 3 unchanged" in told


def test_check_tells_the_impact_to_machines(run, office_database, tmp_path):
    found = json.loads(run("check", "--impact", "--json", *write(tmp_path, results=CORRECTED)).stdout)["impact"]
    assert [(each["owner_id"], each["before"]["result"], each["after"]["result"]) for each in found["moves"]] == [
        ("84", 27, 28),
        ("8401", 19, 20),
    ]


def test_check_tells_the_impact_on_no_database_and_makes_none(run, tmp_path):
    result = run("check", "--impact", *write_office(tmp_path))
    assert "14 new, 0 corrected, 0 unchanged" in result.stdout
    assert not (tmp_path / "kpi.duckdb").exists()


def test_check_without_impact_tells_none(run, office_database, tmp_path):
    assert "corrected" not in run("check", *write(tmp_path, results=CORRECTED)).stdout


@pytest.mark.parametrize("command", ["check", "import"])
def test_unreadable_files_are_2_and_all_named(run, command):
    result = run(command, "gone.csv", "missing.xlsx")
    assert result.exit_code == 2
    assert "gone.csv" in result.stderr
    assert "missing.xlsx" in result.stderr


def test_check_reports_the_unreadable_and_what_is_wrong_in_the_rest(run, office_database, tmp_path):
    result = run("check", "gone.csv", *write(tmp_path, results=RESULTS + BAD_ROW))
    assert result.exit_code == 2
    assert "owner_id [8499]" in result.stdout
    assert "gone.csv" in result.stderr


def test_check_gives_machines_a_verdict_on_each_file(run, office_database, tmp_path):
    found = json.loads(run("check", "--json", "gone.csv", *write(tmp_path, results=RESULTS + BAD_ROW)).stdout)
    verdicts = [(each["file"], each["count_records"], each["count_rejections"]) for each in found["verdicts"]]
    assert verdicts == [("gone.csv", 0, 0), ("results.csv", 4, 1)]
    assert [refusal["file"] for refusal in found["refusals"]] == ["gone.csv"]


def test_check_says_what_may_be_meant(run, office_database, tmp_path):
    result = run("check", *write(tmp_path, results=RESULTS.replace("8402", "ไชยยา")))
    assert "หมายถึง ไชยา (8402) หรือไม่" in result.stdout


def test_file_name_of_an_old_thai_archive_is_read_as_thai(run, office_database, tmp_path):
    path = os.fsencode(tmp_path) + b"/" + "ผลงาน.csv".encode("cp874")
    with open(path, "wb") as file:  # noqa: PTH123 (no Path takes bytes)
        file.write((RESULTS + BAD_ROW).encode())
    assert "ผลงาน.csv · แถว/row 6" in run("check", os.fsdecode(path)).stdout


# --- import


def test_import_with_an_unreadable_file_is_2_and_saves_nothing(run, office_database, tmp_path):
    result = run("import", "--accept-good", "--json", "gone.csv", *write(tmp_path, results=CORRECTED))
    assert (result.exit_code, result_of(run)) == (2, "19")
    assert [each["file"] for each in json.loads(result.stdout)["refusals"]] == ["gone.csv"]


def test_import_of_nothing_but_bad_rows_makes_no_database(run, tmp_path):
    result = run("import", *write(tmp_path, results=RESULTS))
    assert (result.exit_code, list(tmp_path.glob("kpi.duckdb*"))) == (1, [])


@pytest.mark.parametrize("by", ["", "  ", "\udcff"])
def test_import_wants_to_know_by_whom_in_words(run, office_database, tmp_path, by):
    assert run("import", "--by", by, *write(tmp_path, results=CORRECTED)).exit_code == 2


def test_what_a_broken_file_does_to_its_reader_is_in_the_log_alone(run, office_database, tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "_START", "raise SystemExit('oh')")
    (tmp_path / "results.xlsx").write_bytes(b"PK\3\4")
    result = run("check", "results.xlsx")
    assert (result.exit_code, "oh" in result.output) == (2, False)
    assert "oh" in (tmp_path / "kpi_errors.log").read_text(encoding="utf-8")


def test_import_saves_and_tells_counts_and_batch(run, tmp_path):
    result = run("import", *write_office(tmp_path))
    assert result.exit_code == 0
    assert "B00001: 14 new, 0 corrected, 0 unchanged" in result.stdout


def test_import_takes_files_in_any_order(run, tmp_path):
    assert run("import", *reversed(write_office(tmp_path))).exit_code == 0


def test_import_of_a_bad_row_is_1_and_saves_nothing(run, office_database, tmp_path):
    result = run("import", *write(tmp_path, results=CORRECTED + BAD_ROW))
    assert (result.exit_code, result_of(run)) == (1, "19")
    assert "8499" in result.stdout


def test_import_that_accepts_good_rows_is_0_and_saves_them(run, office_database, tmp_path):
    result = run("import", "--accept-good", *write(tmp_path, results=CORRECTED + BAD_ROW))
    assert (result.exit_code, result_of(run)) == (0, "20")


def test_import_of_the_same_file_twice_says_so(run, office_database, tmp_path):
    result = run("import", *write(tmp_path, results=RESULTS))
    assert result.exit_code == 0
    assert "Every row was there already (4)" in result.stdout


@pytest.mark.parametrize("table", ["results", "ผลงาน"])
def test_import_takes_the_table_that_is_named(run, office_database, tmp_path, table):
    (path,) = write(tmp_path, สิงหาคม=CORRECTED)
    assert (run("import", f"{table}={path}").exit_code, result_of(run)) == (0, "20")


def test_two_files_of_one_name_may_be_told_to_be_two_tables(run, office_database, tmp_path):
    folder = tmp_path / "other"
    folder.mkdir()
    (results,), (targets,) = write(tmp_path, ส่ง=CORRECTED), write(folder, ส่ง=TARGETS)
    assert "1 corrected, 7 unchanged" in run("import", f"results={results}", f"targets={targets}").stdout


def test_import_of_an_unknown_table_is_rejected(run, office_database, tmp_path):
    (path,) = write(tmp_path, other=CORRECTED)
    assert run("import", f"resutls={path}").exit_code == 1


def test_import_warns_of_weights_that_do_not_sum_to_100(run, office_database, tmp_path):
    result = run("import", *write(tmp_path, targets=TARGETS.replace("1.2,8401,120,60", "1.2,8401,120,50")))
    assert result.exit_code == 0
    assert "the weights of 2569 sum to 90, not 100" in result.stdout


def test_import_for_machines_is_one_json_document_even_when_refused(run, office_database, tmp_path):
    refused = run("import", "--json", *write(tmp_path, results=CORRECTED + BAD_ROW))
    saved = run("import", "--json", "--accept-good", tmp_path / "results.csv")
    assert (refused.exit_code, json.loads(refused.stdout)["batch_id"]) == (1, None)
    assert {"batch_id": "B00002", "count_corrected": 1}.items() <= json.loads(saved.stdout).items()


def test_import_keeps_who_did_it(run, office_database, tmp_path):
    run("import", "--by", "สมหญิง", *write(tmp_path, results=CORRECTED))
    assert json.loads(run("batches", "--json").stdout)[0]["who"] == "สมหญิง"


# --- void and unvoid


def test_void_changes_the_figures_and_unvoid_changes_them_back(run, office_database, tmp_path):
    run("import", *write(tmp_path, results=CORRECTED))
    figures = [result_of(run)]
    run("void", "B00002", "--why", "ผิดเดือน")
    figures.append(result_of(run))
    run("unvoid", "B00002", "--why", "ถูกแล้ว")
    assert [*figures, result_of(run)] == ["20", "19", "20"]


def test_voided_batch_is_listed_with_its_reason(run, office_database, tmp_path):
    run("import", *write(tmp_path, results=CORRECTED))
    run("void", "B00002", "--why", "ผิดเดือน")
    assert "voided: ผิดเดือน" in run("batches").stdout.splitlines()[0]


@pytest.mark.parametrize("command", ["void", "unvoid"])
@pytest.mark.parametrize("batch", ["B00001", "B99999"])
def test_what_cannot_be_voided_is_1_and_changes_nothing(run, office_database, tmp_path, command, batch):
    run("import", *write(tmp_path, results=CORRECTED))
    assert (run(command, batch, "--why", "ลอง").exit_code, result_of(run)) == (1, "20")


@pytest.mark.parametrize(("command", "move"), [("void", "11.67 % → 11.25 %"), ("unvoid", "11.25 % → 11.67 %")])
def test_the_effect_of_a_void_is_told_and_nothing_is_done(run, office_database, tmp_path, command, move):
    run("import", *write(tmp_path, results=CORRECTED))
    if command == "unvoid":
        run("void", "B00002", "--why", "ผิดเดือน")
    before = run("batches").stdout
    told = run(command, "B00002", "--impact")
    assert (told.exit_code, move in told.stdout) == (0, True)
    assert run("batches").stdout == before


@pytest.mark.parametrize("why", [[], ["--why", ""], ["--why", " "]])
def test_void_wants_a_reason(run, office_database, why):
    assert run("void", "B00001", *why).exit_code == 2


# --- close and reopen


def close(run, month="2"):
    return run("close", "--year", "2569", "--month", month, "--by", "สมหญิง")


def reopen(run, owner="8401", month="พ.ย."):
    return run("reopen", "--year", "2569", "--month", month, "--owner", owner, "--why", "ส่งผิด")


def test_close_refuses_entries_of_the_month_from_files_and_reopen_takes_them_again(run, office_database, tmp_path):
    corrected = write(tmp_path, results=RESULTS.replace(",9,", ",12,"))
    closed = close(run)
    refused = run("import", *corrected)
    reopened = reopen(run)
    saved = run("import", *corrected)
    assert [each.exit_code for each in (closed, refused, reopened, saved)] == [0, 1, 0, 0]
    assert "พ.ย. 2568 ปิดรับผลงานแล้ว โดย สมหญิง" in refused.stdout
    assert "0 new, 1 corrected, 3 unchanged" in saved.stdout


def test_close_prints_the_moment_that_shows_what_the_meeting_saw(run, office_database, tmp_path):
    moment = json.loads(run("close", "--year", "2569", "--month", "2", "--json").stdout)["done_at"]
    reopen(run)
    run("import", *write(tmp_path, results=RESULTS.replace(",9,", ",12,")))
    assert [result_of(run), result_of(run, "--as-of", moment)] == ["22", "19"]


def test_closed_month_may_be_repeated_by_a_file(run, office_database, tmp_path):
    close(run)
    assert "Every row was there already (4)" in run("import", *write(tmp_path, results=RESULTS)).stdout


@pytest.mark.parametrize(("command", "said"), [(close, "open to nobody"), (reopen, "not closed for 8401")])
def test_what_is_so_already_cannot_be_closed_or_reopened(run, office_database, command, said):
    close(run)
    reopen(run)
    if command is close:
        close(run)
    result = command(run)
    assert (result.exit_code, said in result.stderr) == (1, True)


@pytest.mark.parametrize("month", ["13", "ต.ค. 2569", "เมษา?"])
def test_close_of_a_month_that_is_none_of_the_year_is_2(run, office_database, month):
    assert close(run, month).exit_code == 2


# --- export


@pytest.mark.parametrize(
    "table", ["scorecard", "summary", "results", "targets", "cascade", "coverage", "appraisal", "audit"]
)
def test_every_table_can_be_exported(run, office_database, table):
    result = run("export", table, "--year", "2569")
    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(b"\xef\xbb\xbf")
    assert result.stdout_bytes.endswith(b"\r\n")


def test_export_shows_the_newest_year_and_last_ended_month_with_an_entry(run, office_database):
    assert {(row["fiscal_year"], row["month"]) for row in rows_of(run("export", "summary"))} == {("2569", "2")}


@pytest.mark.parametrize(("year", "month"), [("2569", "พ.ย."), ("2026", "2"), ("69", "พ.ย. 68"), ("๒๕๖๙", "2025-11")])
def test_export_takes_years_and_months_as_people_write_them(run, office_database, year, month):
    rows = rows_of(run("export", "scorecard", "--year", year, "--month", month))
    assert {(row["fiscal_year"], row["month"]) for row in rows} == {("2569", "2")}


def test_export_rows_stand_in_report_order(run, office_database):
    rows = rows_of(run("export", "scorecard"))
    assert [(row["owner_id"], row["kpi_id"]) for row in rows] == [
        (owner, kpi) for owner in ("84", "8401", "8402") for kpi in ("1.2", "1.10")
    ]


def test_export_of_results_goes_through_the_month(run, office_database):
    assert [row["month"] for row in rows_of(run("export", "results", "--month", "1"))] == ["1", "1"]


def test_export_narrows_to_an_owner_or_a_kind(run, office_database):
    assert {row["owner_id"] for row in rows_of(run("export", "summary", "--owner", "8402"))} == {"8402"}
    assert {row["owner_id"] for row in rows_of(run("export", "summary", "--kind", "district"))} == {"8401", "8402"}


def test_export_of_the_cascade_says_what_to_do(run, office_database):
    rows = rows_of(run("export", "cascade", "--owner", "8401"))
    assert [(row["month"], row["check"], row["kpi_id"], row["own"]) for row in rows] == [
        ("2", "reaches_nobody", "1.2", "120"),
        ("2", "reaches_nobody", "1.10", "80"),
    ]
    assert all("เมือง" in row["what_to_do"] for row in rows)


def test_export_view_chooses_the_lost_points(run, office_database):
    lost = {view: rows_of(run("export", "scorecard", "--view", view))[0] for view in ("period", "year")}
    for view, row in lost.items():
        assert float(row["lost_points"]) == pytest.approx((5 - float(row[f"score_{view}"])) * 0.6)


def test_export_as_of_shows_what_was_known_then(run, office_database, tmp_path, monkeypatch):
    monkeypatch.setenv("KPI_NOW", "2026-02-03T09:00")
    run("import", *write(tmp_path, results=CORRECTED))
    assert [result_of(run), result_of(run, "--as-of", "2 ก.พ. 2569")] == ["20", "19"]


@pytest.mark.parametrize("day", ["2026-02-01", "1 ก.พ. 2569", "01.02.69"])
def test_export_as_of_a_day_means_its_end(run, office_database, day):
    assert result_of(run, "--as-of", day) == "19"


@pytest.mark.parametrize(
    "moment", ["2026-02-01 08.59", "1 ก.พ. 2569 เวลา 08:59 น.", "2026-02-01T00:00", "1/2/2569 00.00"]
)
def test_export_as_of_a_time_of_a_day_means_that_time(run, office_database, moment):
    assert rows_of(run("export", "scorecard", "--year", "2569", "--as-of", moment)) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--owner", "8499"], "There is no owner 8499"),
        (["--year", "2560"], "There is: 2569"),
        (["--month", "13"], "A month is 1 to 12"),
        (["--kind", "village"], "is not one of"),
        (["--year", "ปีนี้"], "not a fiscal year"),
        (["--as-of", "30 ก.พ. 2569"], "no such day"),
    ],
)
def test_export_of_what_is_not_there_is_2_and_says_what_is(run, office_database, options, said):
    result = run("export", "scorecard", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_export_to_a_file_is_the_same_as_to_stdout(run, office_database, tmp_path):
    run("export", "scorecard", "--out", "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == run("export", "scorecard").stdout_bytes


def test_export_into_a_folder_names_the_file_itself(run, office_database, tmp_path):
    run("export", "scorecard", "--out", ".")
    run("export", "scorecard", "--out", ".", "--as-of", "2026-02-01")
    assert sorted(path.name for path in tmp_path.glob("scorecard*")) == [
        "scorecard_2569_02_25690201T0900.csv",
        "scorecard_2569_02_asof_25690201T2359.csv",
    ]


def test_export_that_cannot_be_written_is_2(run, office_database):
    assert run("export", "scorecard", "--out", "nowhere/out.csv").exit_code == 2


@pytest.mark.parametrize("command", [["export", "summary", "--out"], ["backup"]], ids=["export", "backup"])
def test_folder_that_is_not_there_is_no_file_of_that_name(run, office_database, tmp_path, command):
    result = run(*command, "downloads/")
    assert (result.exit_code, (tmp_path / "downloads").exists()) == (2, False)
    assert "There is no folder downloads/" in result.stderr


@pytest.mark.parametrize("out", ["results.csv", "ผลงาน.csv", "results.xlsx"])
@pytest.mark.parametrize("headers", ["en", "th"])
def test_exported_results_change_nothing_when_imported_again(run, office_database, out, headers):
    run("export", "results", "--headers", headers, "--out", out)
    assert "Every row was there already (4)" in run("import", out).stdout


def test_exported_targets_change_nothing_when_imported_again(run, office_database, tmp_path):
    plan = ",".join(f"plan_m{month}" for month in range(1, 13))
    shares = "5,10,20,30,40,50,60,70,80,90,95,100"
    targets = (
        f"fiscal_year,kpi_id,owner_id,from_date,target,prescribed,{plan}\n2569,1.2,8401,2026-01-01,90.5,yes,{shares}\n"
    )
    run("import", *write(tmp_path, targets=targets))
    run("export", "targets", "--headers", "th", "--out", "เป้าหมาย.csv")
    assert "Every row was there already (5)" in run("import", "เป้าหมาย.csv").stdout


# --- databases that are not there, not ours, broken, or held


@pytest.mark.parametrize(
    "arguments",
    [["export", "summary"], ["batches"], ["verify"], ["backup", "b.duckdb"], ["void", "B1", "--why", "x"], ["unvoid", "B1", "--why", "x"],
     ["close", "--year", "2569", "--month", "2"], ["reopen", "--year", "2569", "--month", "2", "--owner", "84", "--why", "x"]],
    ids=lambda arguments: arguments[0],
)  # fmt: skip
def test_command_on_no_database_is_2_and_makes_none(run, tmp_path, arguments):
    assert (run(*arguments).exit_code, (tmp_path / "kpi.duckdb").exists()) == (2, False)


def test_names_of_odd_bytes_are_2_and_no_crash(run, office_database, tmp_path):
    odd = tmp_path / "\udcff.duckdb"
    office_database.rename(odd)
    ends = [run("batches", "--database", odd), run("void", "\udcff", "--why", "x", "--database", odd)]
    assert [each.exit_code for each in ends] == [2, 2]
    assert not (tmp_path / "kpi_errors.log").exists()


@pytest.fixture(params=["foreign", "text", "cut"])
def strange_database(request, tmp_path, office_database):
    if request.param == "cut":
        office_database.write_bytes(office_database.read_bytes()[:5000])
    else:
        office_database.unlink()
    if request.param == "text":
        office_database.write_text("not a database")
    if request.param == "foreign":
        with duckdb.connect(str(office_database)) as connection:
            connection.execute("create table somebody_elses as select 1")
    return office_database


@pytest.mark.parametrize("arguments", [["import", "results.csv"], ["demo"], ["export", "summary"]])
def test_strange_database_is_2_and_left_as_it_was(run, tmp_path, strange_database, arguments):
    write(tmp_path, results=RESULTS)
    before = strange_database.read_bytes()
    assert (run(*arguments).exit_code, strange_database.read_bytes()) == (2, before)


def test_database_held_by_another_process_is_2_and_names_it(run, office_database):
    hold = "import sys, duckdb; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(office_database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        holder.stdout.readline()
        result = run("export", "summary")
        holder.stdin.close()
    assert result.exit_code == 2
    assert f"process id {holder.pid}" in result.stderr


# --- demo, backup, restore, verify


def test_demo_fills_an_empty_database(run, monkeypatch):
    first = next(demo.batches())
    monkeypatch.setattr(demo, "batches", lambda: iter([first]))
    assert run("demo").exit_code == 0
    listed = json.loads(run("batches", "--json").stdout)
    assert [(each["who"], each["recorded_at"]) for each in listed] == [(first.by, first.recorded_at.isoformat())]


def test_demo_refuses_a_database_with_data(run, office_database):
    assert (run("demo").exit_code, result_of(run)) == (1, "19")


def test_backup_restored_elsewhere_gives_the_same_figures(run, office_database, tmp_path):
    run("backup", "saved.duckdb")
    run("restore", "saved.duckdb", "--database", "again.duckdb")
    assert result_of(run, "--database", "again.duckdb") == "19"


def test_restored_database_can_be_written_to(run, office_database, tmp_path):
    run("backup", "saved.duckdb")
    run("restore", "saved.duckdb", "--database", "again.duckdb")
    assert run("import", *write(tmp_path, results=CORRECTED), "--database", "again.duckdb").exit_code == 0


def test_restore_never_overwrites(run, office_database):
    run("backup", "saved.duckdb")
    before = office_database.read_bytes()
    assert (run("restore", "saved.duckdb").exit_code, office_database.read_bytes()) == (1, before)


def test_restore_of_a_damaged_backup_is_2_and_writes_nothing(run, office_database, tmp_path):
    (tmp_path / "saved.duckdb").write_bytes(office_database.read_bytes()[:5000])
    result = run("restore", "saved.duckdb", "--database", "again.duckdb")
    assert (result.exit_code, (tmp_path / "again.duckdb").exists()) == (2, False)


def test_restore_moves_aside_what_a_lost_database_left(run, office_database, tmp_path):
    run("backup", "saved.duckdb")
    run("import", *write(tmp_path, results=CORRECTED))
    office_database.unlink()
    run("restore", "saved.duckdb")
    assert (run("verify").exit_code, (tmp_path / "kpi.duckdb.receipts.aside1").exists()) == (0, True)


def test_verify_of_a_whole_database_is_0(run, office_database):
    assert run("verify").exit_code == 0


def test_verify_is_1_when_a_stored_figure_was_changed(run, office_database):
    with duckdb.connect(str(office_database)) as connection:
        connection.execute("update mart.summary set score_period = 5 where owner_id = '8401'")
    result = run("verify", "--json")
    assert (result.exit_code, len(json.loads(result.stdout)["faults"])) == (1, 1)


# --- the end of it


def test_what_nobody_foresaw_is_a_sentence_and_a_log(run, office_database, tmp_path, monkeypatch):
    monkeypatch.setattr(Store, "verify", lambda self: 1 / 0)
    result = run("verify")
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert "ZeroDivisionError" in (tmp_path / "kpi_errors.log").read_text(encoding="utf-8")


def test_refusal_for_machines_is_json_in_both_languages(run):
    error = json.loads(run("batches", "--json").stdout)["error"]
    assert set(error) == {"th", "en"}


def test_runs_as_a_module_with_nothing_but_the_csv_on_stdout(office_database):
    done = subprocess.run(
        [sys.executable, "-m", "kpi_metrics", "export", "summary", "--database", str(office_database)],
        capture_output=True,
        cwd=Path(cli.__file__).parent.parent.parent,
        env={**os.environ, "KPI_NOW": NOW},
        check=True,
    )
    assert (done.stdout[:3], done.stderr) == (b"\xef\xbb\xbf", b"")
    assert len(done.stdout.splitlines()) == 4
