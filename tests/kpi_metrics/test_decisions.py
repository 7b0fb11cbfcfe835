"""What people decided beside the figures, as it holds at a moment."""

import pytest

from kpi_metrics import decisions
from kpi_metrics.access import EVERYTHING
from kpi_metrics.store import Store
from tests.pages import odd_office


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store.open(odd_office.make(tmp_path_factory.mktemp("odd"))) as store:
        yield store


@pytest.mark.parametrize(
    ("key", "value", "default"), [("status_on_plan", 89, 100), ("status_watch", 80, 80), ("rank_min_evaluated", 80, 50)]
)
def test_a_setting_stands_beside_its_default(store, key, value, default):
    frame = decisions.settings(store, EVERYTHING).set_index("key")
    assert frame.loc[key].to_list() == [value, default]


def test_an_override_holds_in_its_month_only(store):
    found = [decisions.overrides(store, EVERYTHING, year=2569, month=month)["owner_id"].to_list() for month in (1, 2)]
    assert found == [[], ["P1"]]


def test_an_exclusion_holds_in_its_round_only(store):
    found = [decisions.exclusions(store, EVERYTHING, year=2569, round_=round_)["kpi_id"].to_list() for round_ in (1, 2)]
    assert found == [["1.2"], []]
