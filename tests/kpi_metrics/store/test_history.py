"""What is sealed in the audit trail can never be taken out, so a citizen id must not come in."""

from __future__ import annotations

import pytest

from kpi_metrics import intake
from kpi_metrics.model import Refused
from kpi_metrics.store import Store
from kpi_metrics.thai.calendar import FiscalMonth
from tests.kpi_metrics.small_office import write

OCT, NOV = FiscalMonth(2569, 1), FiscalMonth(2569, 2)
CITIZEN_ID = "1-1017-00230-70-8"
ROW = "fiscal_year,month,kpi_id,owner_id,value\n2569,3,1.2,8401,12\n"


@pytest.fixture
def office(office_database, tmp_path):
    """An office with a closed month, a batch that counts and one that is voided."""
    with Store.open(office_database) as store:
        counted = report(store, tmp_path, ROW, "clerk")
        voided = report(store, tmp_path, ROW.replace("12\n", "13\n"), "clerk")
        store.void(voided, why="wrong", by="clerk")
        store.close_month(OCT, by="clerk")
        yield store, tmp_path, counted, voided


def report(store, folder, rows, by):
    return intake.save(store, *intake.gather(store, write(folder, results=rows)), by).batch_id


@pytest.mark.parametrize(
    "write_down",
    [
        lambda store, folder, *_: report(store, folder, ROW.replace("12\n", "14\n"), CITIZEN_ID),
        lambda store, _, counted, __: store.void(counted, why=CITIZEN_ID, by="clerk"),
        lambda store, _, counted, __: store.void(counted, why="wrong", by=CITIZEN_ID),
        lambda store, _, __, voided: store.unvoid(voided, why=CITIZEN_ID, by="clerk"),
        lambda store, _, __, voided: store.unvoid(voided, why="right", by=CITIZEN_ID),
        lambda store, *_: store.close_month(NOV, by=CITIZEN_ID),
        lambda store, *_: store.reopen_month(OCT, "8401", why=CITIZEN_ID, by="clerk"),
        lambda store, *_: store.reopen_month(OCT, "8401", why="late", by=CITIZEN_ID),
    ],
)
def test_a_name_or_a_reason_with_a_citizen_id_is_refused_and_nothing_done(office, write_down):
    store, *_ = office
    version = store.data_version()
    with pytest.raises(Refused, match="delete the citizen id"):
        write_down(*office)
    assert store.data_version() == version
