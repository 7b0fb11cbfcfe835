"""Whether an owner's weights come to 100 over its whole year."""

from __future__ import annotations

import pytest

from tests.kpi_metrics.ingest.checking import PROVINCE, Known, check_csv, codes, csv, known_of, kpi_rows, records


def rows(*weights: tuple[str, str], owner_id: str = "8406", since: str = "2025-10-01") -> list[dict[str, str]]:
    """Targets of 2569: (KPI, weight)."""
    common = {"fiscal_year": "2569", "owner_id": owner_id, "from_date": since, "target": "5"}
    return [{**common, "kpi_id": kpi_id, "weight": weight} for kpi_id, weight in weights]


def check(given: list[dict[str, str]], known: Known = PROVINCE):
    return check_csv("targets", kpi_rows(*given), known)


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        (["60", "40"], []),
        (["60", "35"], ["weights_off_100"]),
        (["0.6", "0.4"], []),
        (["0.6", "0.404"], ["weights_off_100"]),  # fractions still: 100.4
        (["0.6", "0.3"], ["weights_off_100"]),
        (["60", "40.004"], []),
        (["100", "-"], []),
        (["-", "-"], []),
    ],
)
def test_weights_off_100_are_told_and_saved(weights: list[str], told: list[str]) -> None:
    checked = check(rows(*zip(("count", "stock"), weights, strict=True)))
    assert codes(checked.warnings) == told
    assert len(records(checked)) == 2


def test_it_is_told_once_at_the_owners_last_row_with_the_sum() -> None:
    given = [*rows(("count", "60"), ("stock", "35")), *rows(("count", "100"), owner_id="8412")]
    [finding] = check(given).warnings
    assert (finding.place.row, finding.place.column) == (3, "weight")
    assert "8406 รวม 2 ตัวชี้วัดได้ 95" in finding.wrong.th


def test_stored_weights_are_part_of_the_year() -> None:
    known = known_of(csv("targets.csv", kpi_rows(*rows(("count", "60"), ("stock", "40")))), known=PROVINCE)
    assert codes(check(rows(("mean", "10")), known).warnings) == ["weights_off_100"]
    moved = [*rows(("mean", "10")), *rows(("count", "50"), since="2026-04-01")]
    assert check(moved, known).warnings == ()


def test_a_revision_that_leaves_the_weight_as_it_is_is_not_asked() -> None:
    known = known_of(csv("targets.csv", kpi_rows(*rows(("count", "60")))), known=PROVINCE)
    assert check(rows(("count", "-"), since="2026-04-01"), known).warnings == ()


def test_a_kpi_that_ends_takes_its_weight_along() -> None:
    known = known_of(csv("targets.csv", kpi_rows(*rows(("count", "60"), ("stock", "40")))), known=PROVINCE)
    end = [{**row, "target": "0"} for row in rows(("stock", "0"), since="2026-04-01")]
    [finding] = check(end, known).warnings
    assert "รวม 1 ตัวชี้วัดได้ 60" in finding.wrong.th
    assert check([*end, *rows(("count", "100"), since="2026-04-01")], known).warnings == ()
