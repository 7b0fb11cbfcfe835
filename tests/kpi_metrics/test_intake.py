import pytest

from kpi_metrics import demo, intake, scorecard
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
        stored = scorecard.batches(store, EVERYTHING)
        assert list(stored["recorded_at"])[::-1] == [batch.recorded_at for batch in demo.batches()]
        assert store.verify() == ()


def test_demo_goes_into_no_database_with_other_data(store):
    with pytest.raises(Refused):
        load_demo(store)
    assert store.data_version() == 1
