"""What an import would change is told before it is saved, exactly as saving then does it, and leaves no trace."""

from __future__ import annotations

import threading

import duckdb
import pytest

from kpi_metrics import intake, scorecard
from kpi_metrics.access import EVERYTHING, Scope
from kpi_metrics.impact import Restated, impact
from kpi_metrics.store import Store
from kpi_metrics.thai.calendar import FiscalMonth
from tests.kpi_metrics.small_office import OWNERS, RESULTS, TARGETS, write

HEADER = "fiscal_year,month,kpi_id,owner_id,value\n"
FIGURES = ["target", "result", "achievement_pct", "progress_pct", "score_period", "status"]


@pytest.fixture
def store(office_database):
    with Store.open(office_database) as store:
        yield store


@pytest.fixture
def gather(store, tmp_path):
    """Check CSV texts by table."""
    return lambda **texts: intake.gather(store, write(tmp_path, **texts))


@pytest.fixture
def impact_of(store, gather):
    """The impact of rows of results, or of the tables given."""

    def of(rows="", *, scope=EVERYTHING, month=None, view="period", **texts):
        _, checked = gather(**(texts or {"results": HEADER + rows}))
        assert checked.rejections == ()
        return impact(store, checked, scope=scope, month=month, view=view)

    return of


def results_of(moves):
    return {move.owner_id: (move.before.result, move.after.result) for move in moves}


def test_rows_are_counted_as_saving_will_count_them(impact_of):
    told = impact_of("2569,1,1.2,8401,11\n2569,2,1.2,8401,9\n2569,3,1.2,8401,4\n2569,3,1.2,8402,4\n")
    assert (told.count_new, told.count_corrected, told.count_unchanged) == (2, 1, 1)


def test_a_correction_moves_the_owner_and_everybody_above(impact_of):
    assert results_of(impact_of("2569,1,1.2,8401,60\n").moves) == {"84": (27, 77), "8401": (19, 69)}


@pytest.mark.parametrize(
    "texts",
    [
        {"results": HEADER + "2569,1,1.2,8401,60\n2569,3,1.2,8402,30\n2569,2,1.2,8401,ถอน\n"},
        {"targets": TARGETS.replace("1.2,8401,120,60", "1.2,8401,150,50")},
        {"owners": OWNERS + "8403,84,district,พนม,4\n", "targets": TARGETS + "2569,1.2,8403,30,60\n"},
        {"owners": OWNERS.replace("\n", ",\n").replace("order,", "order,to_date").replace("3,\n", "3,2025-10-15\n")},
    ],
    ids=["results", "targets", "an owner more", "an owner less"],
)
def test_what_is_told_is_what_saving_does(store, gather, texts):
    files, checked = gather(**texts)
    told = impact(store, checked)
    before, after = _figures(store, told.month), None
    intake.save(store, files, checked, "clerk")
    after = _figures(store, told.month)
    moved = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    assert {(move.owner_id, move.kpi_id) for move in told.moves} == moved != set()
    for move in told.moves:
        key = (move.owner_id, move.kpi_id)
        assert _told(move.before) == before.get(key, [None] * 6)
        assert _told(move.after) == after.get(key, [None] * 6)


def _figures(store, month):
    frame = scorecard.scorecard(store, EVERYTHING, year=2569, month=month)
    rows = frame[FIGURES].astype(object).where(frame[FIGURES].notna(), None).values.tolist()
    return dict(zip(zip(frame["owner_id"], frame["kpi_id"], strict=True), rows, strict=True))


def _told(standing):
    return [
        getattr(standing, name) for name in ("target", "result", "achievement_pct", "progress_pct", "score", "status")
    ]


def test_rows_that_are_there_already_move_nothing(impact_of):
    told = impact_of(results=RESULTS)
    assert (told.moves, told.restated, [total.score_before == total.score_after for total in told.totals]) == (
        (),
        (),
        [True],
    )


def test_the_month_is_the_default_or_the_newest_of_the_file(impact_of):
    assert [impact_of(f"2569,{month},1.2,8401,60\n").month for month in (1, 2, 4)] == [2, 2, 4]


def test_another_month_may_be_asked_for(impact_of):
    told = impact_of("2569,1,1.2,8401,60\n", month=FiscalMonth(2569, 1))
    assert results_of(told.moves) == {"84": (18, 68), "8401": (10, 60)}


def test_a_year_of_its_own_is_told_of_a_file_of_another_year(store, gather):
    _, checked = gather(works="fiscal_year,work_id,name_th,category\n2568,1,งาน,mission\n")
    assert impact(store, checked).fiscal_year == 2568


def test_owners_that_change_colour_are_counted_by_kind(impact_of):
    (kpi,) = impact_of("2569,2,1.2,8402,12\n2569,2,1.2,8401,2\n").kpis
    assert kpi.count_recoloured == {"province": 1, "district": 2}
    assert [(top.owner_id, top.before.result, top.after.result) for top in kpi.tops] == [("84", 27, 32)]


def test_totals_and_ranks_that_move_are_told_and_the_top_always(impact_of):
    totals = impact_of("2569,2,1.2,8402,32\n2569,2,1.2,8401,0\n").totals
    assert [(total.owner_id, total.is_top, total.rank_before, total.rank_after) for total in totals] == [
        ("84", True, 1, 1),
        ("8401", False, 1, 2),
        ("8402", False, 2, 1),
    ]


def test_the_view_chooses_the_score(impact_of):
    scores = [impact_of("2569,1,1.2,8401,60\n", view=view).moves[1].after.score for view in ("period", "year")]
    assert scores == [5, 1]


def test_months_already_due_that_would_change_are_restated(impact_of):
    assert impact_of("2569,2,1.2,8401,12\n").restated == (Restated(2569, 2, False, 2), Restated(2569, 3, False, 2))


def test_a_closed_month_is_restated_as_closed_even_before_it_is_due(store, impact_of):
    store.close_month(FiscalMonth(2569, 4), by="chair")
    store.reopen_month(FiscalMonth(2569, 4), "8401", why="late", by="chair")
    assert impact_of("2569,4,1.2,8401,12\n").restated == (Restated(2569, 4, True, 2),)


def test_a_scope_is_told_of_its_owners_only(impact_of):
    told = impact_of("2569,2,1.2,8401,12\n", scope=Scope(frozenset({"8401"})))
    assert {move.owner_id for move in told.moves} | {total.owner_id for total in told.totals} == {"8401"}
    assert [month.count_figures for month in told.restated] == [1, 1]


def told_rows(impact):
    return [(row.owner_name, row.kpi_id, row.month, row.before, row.after) for row in impact.rows]


def test_a_correction_is_told_with_before_and_after(impact_of):
    assert told_rows(impact_of("2569,2,1.2,8401,12.5\n")) == [("เมือง", "1.2", 2, "9", "12.5")]


def test_a_new_row_is_told_without_a_before_and_never_with_zero(impact_of):
    assert told_rows(impact_of("2569,2,1.2,8402,0\n")) == [("ไชยา", "1.2", 2, None, "0")]


def test_parts_are_told_as_parts_and_a_withdrawal_in_its_word(impact_of):
    header = "fiscal_year,month,kpi_id,owner_id,value,numerator,denominator\n"
    told = impact_of(results=header + "2569,2,1.10,8401,,1,4\n2569,1,1.2,8401,ถอน,,\n")
    assert [(row.before, row.after) for row in told.rows] == [("10", "ถอน"), ("2/3", "1/4")]


def test_rows_that_are_there_already_are_not_named(impact_of):
    assert impact_of("2569,1,1.2,8401,10\n2569,2,1.2,8401,12\n").count_rows == 1


def test_corrected_rows_come_before_new_ones_each_in_report_order(impact_of):
    told = impact_of("2569,3,1.2,8401,5\n2569,2,1.2,8402,4\n2569,1,1.2,8402,7\n2569,2,1.2,8401,12\n")
    assert [(row.owner_id, row.month, row.is_corrected) for row in told.rows] == [
        ("8401", 2, True),
        ("8402", 1, True),
        ("8401", 3, False),
        ("8402", 2, False),
    ]


def test_a_row_is_told_with_its_place(impact_of):
    (row,) = impact_of("2569,1,1.2,8401,10\n2569,2,1.2,8401,12\n").rows
    assert (row.place.file, row.place.row) == ("results.csv", 3)


def test_words_beside_a_figure_leave_it_as_it_was(impact_of):
    told = impact_of(results="fiscal_year,month,kpi_id,owner_id,value,note\n2569,2,1.2,8401,9,ฝนตก\n")
    assert told_rows(told) == [("เมือง", "1.2", 2, "9", "9")]


def test_words_alone_are_told_without_a_figure(impact_of):
    told = impact_of(results="fiscal_year,month,kpi_id,owner_id,value,note\n2569,2,1.2,8402,,ฝนตก\n")
    assert told_rows(told) == [("ไชยา", "1.2", 2, None, None)]


def test_a_row_of_another_table_is_named_by_its_key(impact_of):
    (row,) = impact_of(targets=TARGETS.replace("1.2,8401,120", "1.2,8401,150")).rows
    assert (row.table, row.is_corrected, row.before) == ("targets", True, None)
    assert row.key.startswith("2569 · 1.2 · 8401 · ")


def test_a_scope_is_told_of_the_rows_of_its_owners_only(impact_of):
    told = impact_of("2569,2,1.2,8401,12\n2569,2,1.2,8402,4\n", scope=Scope(frozenset({"8401"})))
    assert ([row.owner_id for row in told.rows], told.count_rows) == (["8401"], 1)


def test_only_so_many_rows_are_named_and_all_counted(impact_of, monkeypatch):
    monkeypatch.setattr("kpi_metrics.impact.MOST_ROWS", 1)
    told = impact_of("2569,2,1.2,8402,4\n2569,2,1.2,8401,12\n")
    assert ([row.owner_id for row in told.rows], told.count_rows) == (["8401"], 2)


def test_nothing_of_it_remains_in_the_database(office_database, store, impact_of):
    store.close()
    before = _content(office_database)
    with Store.open(office_database) as store:
        _, checked = intake.gather(store, [*_correction(office_database)])
        impact(store, checked)
    assert _content(office_database) == before


def test_a_database_that_may_only_be_read_will_do(office_database, store):
    store.close()
    before = office_database.read_bytes()
    with Store.open(office_database, read_only=True) as store:
        _, checked = intake.gather(store, [*_correction(office_database)])
        assert impact(store, checked).count_corrected == 1
    assert office_database.read_bytes() == before


def test_others_read_and_save_as_if_it_were_not_there(store, gather):
    _, trial = gather(results=HEADER + "2569,2,1.2,8401,60\n")
    files, real = gather(results=HEADER + "2569,2,1.2,8401,12\n")
    with store.trying(trial.records) as (cursor, _):
        assert _result(store) == 19
        saving = threading.Thread(target=intake.save, args=(store, files, real, "clerk"))
        saving.start()
        saving.join(timeout=20)
        assert _result(store) == 22
        kept = "select result from {}.scorecard where owner_id = '8401' and month = 2 and kpi_id = '1.2'"
        assert [cursor.execute(kept.format(name)).fetchall() for name in ("mart", "temp")] == [[(19,)], [(70,)]]


def _result(store):
    return scorecard.scorecard(store, EVERYTHING, year=2569, month=2, owner="8401", kpi="1.2")["result"].item()


def _correction(database):
    return write(database.parent, results=HEADER + "2569,2,1.2,8401,12\n")


def _content(database):
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables() order by all").fetchall()
        return {table: connection.execute('from "{}"."{}" order by all'.format(*table)).fetchall() for table in tables}
