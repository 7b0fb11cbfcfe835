"""Section 7 of the definition: figures are rounded once, where they leave."""

from kpi_metrics.reports import render
from tests.builders import entry, figures, kpi, office, reading, target


def exported(found):
    """The rows of the province in the last month, as they are written."""
    frame = found.cursor.execute(
        "select *, lost_points_year as lost_points from scorecard where owner_id = 'P' and month = 12 order by kpi_no"
    ).df()
    header, *rows = render("scorecard", frame)
    return [dict(zip(header, row, strict=True)) for row in rows]


def written(column, *values):
    """What is written of readings of these values, each against a target of 100."""
    ids = [f"1.{n}" for n, _ in enumerate(values)]
    said = (
        record
        for k, value in zip(ids, values, strict=True)
        for record in (target("P", kpi_id=k), entry("P", 12, value, k))
    )
    return [row[column] for row in exported(figures(office(), *map(reading, ids), *said))]


def test_percents_are_rounded_half_up_and_not_by_binary_noise():
    assert written("achievement_pct", 2.675, 86.0045, -2.675, 83) == ["2.68", "86.00", "-2.68", "83.00"]


def test_amounts_have_at_most_four_decimals_and_no_trailing_zeros():
    assert written("result", 1234567.5, 0.00005, 0.1 + 0.2, 10) == ["1234567.5", "0.0001", "0.3", "10"]


def test_nothing_rounds_to_a_negative_zero():
    assert (written("result", -0.00001), written("achievement_pct", -0.001)) == (["0"], ["0.00"])


def test_missing_is_written_as_nothing():
    (row,) = exported(figures(kpi(), office(), target("P")))
    columns = ("result", "numerator", "gap", "achievement_pct", "score_year", "lost_points", "projection")
    assert [row[column] for column in columns] == [""] * 7


def test_figures_are_kept_in_full_until_they_leave():
    row = figures(kpi(), office(), target("P", 3), entry("P", 1, 1))["P", 12]
    assert row["achievement_pct"] == 33.333333333
