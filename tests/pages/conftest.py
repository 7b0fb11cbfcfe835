import pytest

from kpi_metrics.demo_load import load_demo
from kpi_metrics.store import Store


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
