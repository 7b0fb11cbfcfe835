import pytest

from kpi_metrics import intake
from kpi_metrics.store import Store
from tests.kpi_metrics.reports import form_office


@pytest.fixture
def form_database(office_database, tmp_path, monkeypatch):
    """The path of a database with the office of ``form_office``, after its first round."""
    monkeypatch.setenv("KPI_NOW", form_office.NOW)
    with Store.open(office_database) as store:
        files, checked = intake.gather(store, form_office.write_people(tmp_path))
        intake.save(store, files, checked, "clerk")
        assert checked.rejections == ()
    return office_database


@pytest.fixture
def form_store(form_database):
    with Store.open(form_database) as store:
        yield store
