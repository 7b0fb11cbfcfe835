"""Downloads: the rows shown, through the exporter, under a name that says what they are."""

from datetime import datetime

import pytest

from kpi_metrics import scorecard
from kpi_metrics.reports import to_csv, to_xlsx
from pages.components import store
from pages.components.downloads import named, written
from pages.components.filters import Filters

PERIOD = Filters(2569, 8)

pytestmark = pytest.mark.usefixtures("demo")


def exported(relation, **where):
    """What the command line writes of a relation."""
    opened = store._store()
    return to_csv(relation.__name__, relation(opened, store.scope(), year=2569, month=8, **where), "th")


@pytest.mark.parametrize("relation", [scorecard.scorecard, scorecard.summary, scorecard.results])
def test_what_is_shown_is_saved_as_the_command_exports_it(relation):
    rows = store.rows(relation, PERIOD, owner="8406")
    assert written(to_csv, relation.__name__, rows) == exported(relation, owner="8406")


def test_a_workbook_is_one():
    rows = store.rows(scorecard.summary, PERIOD, owner="8406")
    assert written(to_xlsx, "summary", rows).startswith(b"PK")


def test_the_view_shown_is_the_view_saved():
    rows = store.rows(scorecard.scorecard, Filters(2569, 8, view="year"), owner="8406")
    assert written(to_csv, "scorecard", rows) == exported(scorecard.scorecard, owner="8406", view="year")


@pytest.mark.parametrize(
    ("filters", "name"),
    [
        (PERIOD, "scorecard_8406_2569_08_25690610T0900.csv"),
        (Filters(2569, 3, view="year"), "scorecard_8406_year_2569_03_25690610T0900.csv"),
        (Filters(2569, 3, as_of=datetime(2026, 4, 30, 23, 59)), "scorecard_8406_2569_03_asof_25690430T2359.csv"),
    ],
)
def test_a_name_says_of_whom_and_of_when(filters, name):
    assert named(filters, "scorecard", store.rows(scorecard.scorecard, filters, owner="8406"), ["8406"], "csv") == name


def test_the_name_of_personal_scores_changes_with_them():
    one, other = (
        named(PERIOD, "summary", store.rows(scorecard.summary, PERIOD, owner=owner), [], "csv")
        for owner in ("P840602", "P840603")
    )
    assert one != other


def test_an_id_cannot_leave_the_name():
    assert "/" not in named(PERIOD, "summary", [], ["../../x"], "csv")
