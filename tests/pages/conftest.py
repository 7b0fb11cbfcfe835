import pytest

from kpi_metrics.demo_load import load_demo
from kpi_metrics.store import Store
from tests.pages import odd_office


@pytest.fixture(scope="session")
def _demo_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "kpi.duckdb"
    with Store.open(path) as store:
        load_demo(store)
    return path


@pytest.fixture
def demo(_demo_file, monkeypatch):
    """The demo province is the database of the dashboard."""
    monkeypatch.setenv("KPI_DATABASE", str(_demo_file))


@pytest.fixture(scope="session")
def _odd_file(tmp_path_factory):
    return odd_office.make(tmp_path_factory.mktemp("odd"))


@pytest.fixture
def odd(_odd_file, monkeypatch):
    """The odd office (see odd_office) is the database of the dashboard."""
    monkeypatch.setenv("KPI_DATABASE", str(_odd_file))


@pytest.fixture
def without_targets(tmp_path, monkeypatch):
    """Offices and KPIs, but no target and no result, are the database of the dashboard."""
    monkeypatch.setenv("KPI_DATABASE", str(odd_office.make(tmp_path, "owners", "people", "works", "kpis")))


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """A database without a row is that of the dashboard."""
    monkeypatch.setenv("KPI_DATABASE", str(tmp_path / "kpi.duckdb"))
