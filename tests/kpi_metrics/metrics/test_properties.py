"""What holds of the figures of any province."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import duckdb
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kpi_metrics import metrics
from kpi_metrics.model import Entry
from tests import provinces as made_up
from tests.alternative import Batch, ledger
from tests.builders import YEAR, entry, figures, figures_of, kpi, province, setting, target
from tests.provinces import hundredths, provinces

FIGURES = ("scorecard", "summary", "coverage", "appraisal")
VIEWS = ("period", "year")
QUIET = {"deadline": None, "suppress_health_check": list(HealthCheck)}
# A whole province is quick to make and slow to shrink.
UNSHRUNK = {**QUIET, "phases": (Phase.explicit, Phase.reuse, Phase.generate)}


def dump(cursor: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    """Every figure, to the last bit."""
    return {name: cursor.execute(f"select * from {name} order by all").fetchall() for name in FIGURES}


def rows_of(cursor: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    found = cursor.execute(query)
    names = [column[0] for column in found.description]
    return [dict(zip(names, values, strict=True)) for values in found.fetchall()]


def is_near(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1, abs(one), abs(other))


# Scores


@settings(max_examples=8, **QUIET)
@given(made_up.kpis(YEAR, "1.1", 100.0, ()), st.data(), st.integers(1, 12))
def test_better_result_never_lowers_a_score(drawn, data, month):
    made = replace(drawn, entry="snapshot", roll_up="none")
    aim = data.draw(made_up.target_values(made))
    scale = st.integers(0, 5).map(float) if made.measure == "milestone" else hundredths(-20, 260)
    results = sorted(data.draw(st.lists(scale, min_size=2, max_size=12, unique=True)), reverse=made.direction == "down")
    owners = [f"A{n:02}" for n in range(len(results))]
    said = [(target(o, aim), entry(o, 1, result)) for o, result in zip(owners, results, strict=True)]
    found = figures(made, *province(owners), *(record for each in said for record in each))
    for view in VIEWS:
        scores = [found[owner, month][f"score_{view}"] for owner in owners]
        known = [score for score in scores if score is not None]
        assert known == sorted(known)
        assert len(known) in (0, len(scores))


# Totals


@st.composite
def reports(draw):
    """Three districts that report three KPIs; and the districts of which one or two entries are then not sent."""
    kpis = [
        kpi(f"1.{n}", roll_up="none", scoring=draw(st.sampled_from(("interpolate", "step"))), weight=weight)
        for n, weight in enumerate(draw(st.sampled_from(((50.0, 30.0, 20.0), (40.0, 40.0, 20.0)))))
    ]
    base = [*province("ABC"), *kpis, *(target(o, 100, k.kpi_id) for o in "ABC" for k in kpis)]
    least = setting("rank_min_evaluated", draw(st.sampled_from((0, 50))))
    sent = [entry(o, 12, draw(st.integers(40, 120)), k.kpi_id) for o in "ABC" for k in kpis]
    kept = draw(st.lists(st.sampled_from([e for e in sent if e.owner_id == "A"]), max_size=2, unique=True))
    return [*base, least], sent, [e for e in sent if e.owner_id != "A" or e in kept]


@settings(max_examples=6, **QUIET)
@given(reports())
def test_silence_never_lifts_a_low_bound_or_a_rank(drawn):
    base, sent, kept = drawn
    spoken, silent = figures(*base, *sent).total("A"), figures(*base, *kept).total("A")
    for view in VIEWS:
        assert silent[f"score_low_{view}"] <= spoken[f"score_low_{view}"]
        assert silent[f"rank_{view}"] is None or silent[f"rank_{view}"] >= spoken[f"rank_{view}"]


@settings(max_examples=6, **UNSHRUNK)
@given(provinces())
def test_low_bound_is_never_over_the_high_one(batches):
    for row in rows_of(figures_of(batches), "from summary where score_low_period is not null"):
        for view in VIEWS:
            assert row[f"score_low_{view}"] <= row[f"score_high_{view}"] + 1e-9


# Parts


@settings(max_examples=6, **UNSHRUNK)
@given(provinces())
def test_parts_add_up_again(batches):
    cursor = figures_of(batches)
    snapshots = "select fiscal_year, kpi_id from current_kpis where entry = 'snapshot' and roll_up = '{}'"
    children = """
        select parent.{whole} as whole, sum(child.{whole}) as parts
        from scorecard as parent
        inner join scorecard as child
            on parent.owner_id = child.parent_id and parent.kpi_id = child.kpi_id
            and parent.fiscal_year = child.fiscal_year and parent.month = child.month
        where parent.source = 'children' and (parent.fiscal_year, parent.kpi_id) in ({snapshots})
        group by parent.fiscal_year, parent.month, parent.owner_id, parent.kpi_id, parent.{whole}
    """
    for roll_up, whole in (("sum", "result"), ("ratio", "numerator"), ("ratio", "denominator")):
        for row in rows_of(cursor, children.format(whole=whole, snapshots=snapshots.format(roll_up))):
            assert is_near(row["whole"], row["parts"])
    for row in rows_of(cursor, "select * from scorecard where denominator <> 0"):
        assert is_near(row["result"], 100 * row["numerator"] / row["denominator"])


@settings(max_examples=6, **UNSHRUNK)
@given(provinces())
def test_coverage_of_an_office_is_that_of_the_reporters_under_it_month_by_month(batches):
    cursor = figures_of(batches)
    above = {(r["fiscal_year"], r["month"], r["owner_id"]): r["parent_id"] for r in rows_of(cursor, "from place")}
    counted: dict[tuple[Any, ...], list[int]] = {}
    for row in rows_of(cursor, "from coverage"):
        owner = row["owner_id"]
        while owner is not None:
            for month in range(row["month"], 13):
                counts = counted.setdefault((row["fiscal_year"], month, owner, row["kpi_id"]), [0, 0])
                counts[0] += 1
                counts[1] += row["state"] != "missing"
            owner = above.get((row["fiscal_year"], row["month"], owner))
    for row in rows_of(cursor, "from scorecard"):
        at = (row["fiscal_year"], row["month"], row["owner_id"], row["kpi_id"])
        assert [row["due_entries"], row["reported_entries"]] == counted.get(at, [0, 0])


# The ledger


@settings(max_examples=6, **UNSHRUNK)
@given(provinces(), st.randoms(use_true_random=False))
def test_order_of_independent_imports_does_not_matter(batches, chance):
    records = ledger(batches)
    entries = [record for record in records if isinstance(record, Entry)]
    chance.shuffle(entries)
    thirds = [tuple(entries[n::3]) for n in range(3)]
    now = datetime(2027, 12, 1)
    base = Batch(1, now, tuple(record for record in records if not isinstance(record, Entry)))

    def in_order(*order: int) -> dict[str, list[tuple[Any, ...]]]:
        return dump(figures_of([base, *(Batch(n, now, thirds[third]) for n, third in enumerate(order, 2))]))

    assert in_order(0, 1, 2) == in_order(2, 0, 1)


@settings(max_examples=4, **UNSHRUNK)
@given(provinces(), st.data())
def test_void_taken_back_leaves_every_figure_as_it_was(batches, data):
    cursor = figures_of(batches)
    before = dump(cursor)
    batch = data.draw(st.sampled_from([batch for batch in batches[1:] if not batch.is_voided] or [batches[0]]))
    for seq, is_voided in ((5000, True), (5001, False)):
        cursor.execute(
            "insert into ledger.voids values (?, ?, ?, ?, '', '')", [seq, batch.seq, datetime(2028, 1, 1), is_voided]
        )
        metrics.build(cursor, datetime.max)
    assert dump(cursor) == before


@settings(max_examples=4, **UNSHRUNK)
@given(provinces(), st.data())
def test_figures_as_of_a_time_are_those_of_the_ledger_cut_there(batches, data):
    """Also where a batch was voided afterwards."""
    then = data.draw(st.sampled_from(batches)).recorded_at
    standing = [replace(batch, is_voided=False) for batch in batches]
    cursor = figures_of(standing)
    for batch in batches:
        if batch.is_voided:
            values = [5000 + batch.seq, batch.seq, batches[-1].recorded_at + timedelta(days=1)]
            cursor.execute("insert into ledger.voids values (?, ?, ?, true, '', '')", values)
    metrics.build(cursor, then)
    assert dump(cursor) == dump(figures_of([batch for batch in standing if batch.recorded_at <= then]))
