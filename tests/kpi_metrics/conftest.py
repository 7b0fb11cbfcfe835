import pytest

from kpi_metrics import intake
from kpi_metrics.model import Located, Place, Work
from kpi_metrics.store import Store
from tests.builders import YEAR
from tests.kpi_metrics import small_office


@pytest.fixture(scope="session")
def _office_made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch, Store.open(folder / "kpi.duckdb") as store:
        patch.setenv("KPI_NOW", small_office.NOW)
        files, checked = intake.gather(store, small_office.write_office(folder))
        intake.save(store, files, checked, "clerk")
    return folder / "kpi.duckdb"


@pytest.fixture
def office_database(_office_made, tmp_path, monkeypatch):
    """The path of a database of its own with the small office in it, at the office's time."""
    monkeypatch.setenv("KPI_NOW", small_office.NOW)
    return small_office.copy_database(_office_made, tmp_path)


@pytest.fixture
def holding(tmp_path, monkeypatch):
    """A store that holds these records, in the last month of the year."""
    monkeypatch.setenv("KPI_NOW", "2027-10-01T09:00")
    opened = []

    def hold(*records):
        opened.append(Store.open(tmp_path / "kpi.duckdb"))
        opened[-1].save(
            [Located("", each, Place("x.csv")) for each in (Work(YEAR, "1", "งาน", None, "strategic"), *records)],
            [],
            by="clerk",
        )
        return opened[-1]

    yield hold
    for store in opened:
        store.close()
