import csv
import io
import itertools
import time

import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from kpi_metrics import demo, history, intake, scorecard
from kpi_metrics.access import EVERYTHING
from kpi_metrics.demo_load import load_demo
from kpi_metrics.model import FileRefused, Refused
from kpi_metrics.store import Store
from tests.kpi_metrics.small_office import BAD_ROW, RESULTS, TARGETS, write, write_office


@pytest.fixture
def store(office_database):
    with Store.open(office_database) as store:
        yield store


def result_of(store, owner="8401", kpi="1.2"):
    frame = scorecard.scorecard(store, EVERYTHING, year=2569, month=2, owner=owner, kpi=kpi)
    return frame["result"].item()


def test_every_unreadable_file_is_named_at_once(store, tmp_path):
    (good,) = write(tmp_path, results=RESULTS)
    with pytest.raises(FileRefused) as refusal:
        intake.gather(store, [tmp_path / "gone.csv", good, tmp_path / "missing.xlsx"])
    assert "gone.csv" in refusal.value.text.th
    assert "missing.xlsx" in refusal.value.text.en


def test_files_can_be_checked_without_a_database(tmp_path):
    _, checked = intake.gather(None, write_office(tmp_path))
    assert (len(checked.records), checked.rejections) == (14, ())


def test_rejections_keep_everything_out(store, tmp_path):
    files, checked = intake.gather(store, write(tmp_path, results=RESULTS.replace(",10,", ",11,") + BAD_ROW))
    with pytest.raises(Refused):
        intake.save(store, files, checked, "me")
    assert (store.data_version(), result_of(store)) == (1, 19)


def test_good_rows_are_saved_alone_when_accepted(store, tmp_path):
    files, checked = intake.gather(store, write(tmp_path, results=RESULTS.replace(",10,", ",11,") + BAD_ROW))
    receipt = intake.save(store, files, checked, "me", accept_good=True)
    assert (receipt.count_corrected, receipt.count_unchanged, result_of(store)) == (1, 3, 20)


def test_nothing_but_bad_rows_is_refused_even_when_good_ones_are_accepted(store, tmp_path):
    files, checked = intake.gather(store, write(tmp_path, results=RESULTS.splitlines()[0] + "\n" + BAD_ROW))
    with pytest.raises(Refused):
        intake.save(store, files, checked, "me", accept_good=True)


def test_same_file_twice_changes_nothing(store, tmp_path):
    files, checked = intake.gather(store, write(tmp_path, results=RESULTS))
    receipt = intake.save(store, files, checked, "me")
    assert (receipt.batch_id, receipt.count_unchanged, store.data_version()) == (None, 4, 1)


@pytest.mark.parametrize(
    ("weight", "codes"), [("60", []), ("60.3", ["weights_rounded"]), ("61", ["weights_off"]), ("0.6", ["weights_off"])]
)
def test_weights_off_100_are_told_after_saving(store, tmp_path, weight, codes):
    targets = TARGETS.replace("1.2,8401,120,60", f"1.2,8401,120,{weight}")
    files, checked = intake.gather(store, write(tmp_path, targets=targets))
    intake.save(store, files, checked, "me")
    assert [finding.code for finding in intake.check_weights(store, checked)] == codes


def test_weights_are_only_told_of_whom_the_import_touched(store, tmp_path):
    targets = TARGETS.replace("1.2,8401,120,60", "1.2,8401,120,61")
    intake.save(store, *intake.gather(store, write(tmp_path, targets=targets)), "me")
    _, checked = intake.gather(store, write(tmp_path, results=RESULTS))
    assert intake.check_weights(store, checked) == ()


def test_figures_left_uncomputed_are_computed_at_the_next_opening(office_database, tmp_path):
    with Store.open(office_database) as store:
        files, checked = intake.gather(store, write(tmp_path, results=RESULTS.replace(",10,", ",15,")))
        intake.save(store, files, checked, "me", refresh=False)
        assert result_of(store) == 19
    with Store.open(office_database, read_only=True) as store:
        assert result_of(store) == 24


def test_what_was_just_saved_is_known_to_the_next_check(store, tmp_path):
    for value, counts in (("11", (1, 3)), ("11", (0, 4)), ("10", (1, 3))):
        paths = write(tmp_path, results=RESULTS.replace(",10,", f",{value},"))
        receipt = intake.save(store, *intake.gather(store, paths), "me")
        assert (receipt.count_corrected, receipt.count_unchanged) == counts


def test_what_was_voided_is_no_longer_known(store, tmp_path):
    paths = write(tmp_path, results=RESULTS.replace(",10,", ",11,"))
    receipt = intake.save(store, *intake.gather(store, paths), "me")
    store.void(receipt.batch_id, why="test", by="me")
    assert intake.save(store, *intake.gather(store, paths), "me").count_corrected == 1


class Stopped(Exception):
    pass


def test_demo_that_was_stopped_goes_on_and_comes_out_whole(tmp_path):
    done = []

    def stop_after_three(count):
        done.append(count)
        if sum(done) == 3:
            raise Stopped

    with Store.open(tmp_path / "kpi.duckdb") as store:
        with pytest.raises(Stopped):
            load_demo(store, stop_after_three)
        load_demo(store)
        stored = history.batches(store, EVERYTHING)
        assert list(stored["recorded_at"])[::-1] == [batch.recorded_at for batch in demo.batches()]
        assert store.verify() == ()


def test_demo_goes_into_no_database_with_other_data(store):
    with pytest.raises(Refused):
        load_demo(store)
    assert store.data_version() == 1


def as_csv(rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def as_xlsx(rows):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("ผลงาน")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return content.getvalue()


def as_xls(rows):
    book, content = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    sheet = book.add_sheet("ผลงาน")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.save(content)
    return content.getvalue()


def as_ods(rows):
    book, content = OpenDocumentSpreadsheet(), io.BytesIO()
    table = Table(name="ผลงาน")
    for row in rows:
        line = TableRow()
        for value in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.write(content)
    return content.getvalue()


def files_of_nineteen_offices():
    """A row from each of 19 offices, in every form that offices send; the 6th and the 12th file are cut short."""
    forms = [
        ("xlsx", as_xlsx),
        ("xls", as_xls),
        ("ods", as_ods),
        ("csv", lambda rows: as_csv(rows).encode("utf-8-sig")),
        ("csv", lambda rows: as_csv(rows).encode("cp874")),
    ]
    header = ["ปีงบประมาณ", "เดือน", "รหัสตัวชี้วัด", "หน่วยงาน", "ผลงาน", "ตัวตั้ง", "ตัวหาร"]
    keys = itertools.product(range(1, 6), (("1.2", [3, "", ""]), ("1.10", ["", 2, 4])), ("8401", "8402"))
    for number, (month, (kpi, figures), owner) in enumerate(itertools.islice(keys, 19), 1):
        suffix, form = forms[number % 5]
        content = form([header, [2569, month, kpi, owner, *figures]])
        yield intake.Upload(f"ผลงาน {number}.{suffix}", content[: len(content) // 2] if number in (6, 12) else content)


def test_nineteen_files_get_a_verdict_each_and_the_readable_are_saved_together(store):
    done = []
    uploads = list(files_of_nineteen_offices())
    reading = intake.read(uploads, done.append)
    checked = intake.examine(store, reading.files)
    verdicts = {verdict.file: verdict for verdict in intake.verdicts(reading, checked)}
    receipt = intake.save(store, reading.files, checked, "clerk")
    assert [(verdicts[upload.name].refusal is None, verdicts[upload.name].count_records) for upload in uploads] == [
        (number not in (6, 12), int(number not in (6, 12))) for number in range(1, 20)
    ]
    assert (len(done), receipt.count_new + receipt.count_corrected) == (19, 17)


def test_files_keep_their_order_whichever_is_read_first(tmp_path):
    slow = intake.Upload("a.csv", b"1,2,3\n" * 200_000)
    reading = intake.read([slow, intake.Upload("b.csv", b"1,2\n"), intake.Upload("c.csv", b"")])
    assert ([file.name for file in reading.files], [refusal.file for refusal in reading.refusals]) == (
        ["a.csv", "b.csv"],
        ["c.csv"],
    )


def test_who_stops_waiting_stops_the_reading_of_what_has_not_begun(monkeypatch):
    begun = []
    monkeypatch.setattr(intake, "_read", lambda source, name: begun.append(name) or time.sleep(0.1))

    def stop(_):
        raise Stopped

    with pytest.raises(Stopped):
        intake.read([intake.Upload(f"{number}.csv", b"1") for number in range(19)], stop)
    time.sleep(0.5)
    assert len(begun) < 6
