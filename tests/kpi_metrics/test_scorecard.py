"""The reads of the figures: which rows, in what order."""

from __future__ import annotations

from kpi_metrics import intake, scorecard
from kpi_metrics.access import EVERYTHING
from kpi_metrics.store import Store
from tests.kpi_metrics.small_office import KPIS, write

UNHELD = KPIS.splitlines()[0] + "\n" + KPIS.splitlines()[1].replace("1.2,", "1.3,", 1) + "\n"


def test_a_kpi_that_nobody_holds_stands_in_its_place_among_the_others(office_database, tmp_path) -> None:
    with Store.open(office_database) as store:
        files, checked = intake.gather(store, write(tmp_path, kpis=UNHELD))
        intake.save(store, files, checked, "clerk")
        assert list(scorecard.kpis(store, EVERYTHING, year=2569)["kpi_id"]) == ["1.2", "1.3", "1.10"]


def test_what_is_not_asked_about_leaves_no_row_out(office_database) -> None:
    with Store.open(office_database) as store:
        every, one = (scorecard.results(store, EVERYTHING, year=2569, owner=owner) for owner in (None, "8402"))
    assert (len(every), len(one)) == (4, 1)


def test_results_are_those_up_to_the_month_and_the_scorecard_is_that_of_the_month(office_database) -> None:
    with Store.open(office_database) as store:
        months = [
            sorted(relation(store, EVERYTHING, year=2569, month=2)["month"].unique())
            for relation in (scorecard.results, scorecard.scorecard)
        ]
    assert months == [[1, 2], [2]]
