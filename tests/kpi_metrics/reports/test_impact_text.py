"""The words in which an impact is told."""

from kpi_metrics.impact import Impact, Move, Restated, Standing, TotalMove
from kpi_metrics.model import Place
from kpi_metrics.reports.impact_text import describe
from kpi_metrics.row_changes import RowChange

NONE = Standing(None, None, None, None, None, None)


def move(owner_id="84", kind="province", before=NONE, after=NONE):
    return Move("1.1", "ขึ้นทะเบียน", "ราย", owner_id, kind, f"ชื่อ {owner_id}", kind == "province", before, after)


def reached(achievement_pct, status="watch", result=None):
    return Standing(100, result, achievement_pct, None, None, status)


def told(*moves, restated=(), score=(3.0, 3.5)):
    total = TotalMove("84", "province", "จังหวัด", True, *score, 1, 1)
    return describe(Impact(2569, 8, 2, 1, 30, moves, (total,), restated))


def test_counts_come_first():
    assert (told()[0].th, told()[0].en) == ("ใหม่ 2 แก้ไข 1 เหมือนเดิม 30", "2 new, 1 corrected, 30 unchanged")


def test_a_kpi_says_where_the_top_moves_and_how_many_change_colour():
    districts = [move(f"840{n}", "district", reached(50, "behind"), reached(90)) for n in range(3)]
    line = told(move(before=reached(64), after=reached(71)), *districts)[3]
    assert line.th == "ตัวชี้วัด 1.1 ขึ้นทะเบียน: 64 % → 71 %, 3 อำเภอเปลี่ยนสี"
    assert line.en == "KPI 1.1 ขึ้นทะเบียน: 64 % → 71 %, 3 districts change colour"


def test_one_that_changes_colour_is_named_with_both_statuses():
    line = told(move("8401", "district", reached(50, "behind"), reached(90)))[-1]
    assert (line.th, line.en) == ("    ชื่อ 8401: ต่ำกว่าแผน → เฝ้าระวัง", "    ชื่อ 8401: Behind plan → Watch")


def test_without_a_target_the_result_is_told():
    line = told(move(before=reached(None, "no_target", 10), after=reached(None, "no_target", 12.5)))[-1]
    assert line.th.endswith(": 10 ราย → 12.5 ราย")


def test_a_figure_there_was_none_of_is_told_by_its_status_and_never_as_zero():
    silent = Standing(100, None, None, None, None, "not_reported")
    line = told(move(before=silent, after=reached(71)))[3]
    assert ": ยังไม่รายงาน → 71 %" in line.th
    assert ": Not reported → 71 %" in line.en


def test_who_did_not_hold_a_kpi_had_nothing():
    assert told(move(after=reached(71)))[3].th.startswith("ตัวชี้วัด 1.1 ขึ้นทะเบียน: – → 71 %")


def test_as_many_of_two_kinds_are_both_told():
    moves = [
        move("84", "province", reached(50, "behind"), reached(90)),
        move("8401", "district", reached(50, "behind"), reached(90)),
    ]
    assert told(*moves)[3].th.endswith(": 50 % → 90 %, 1 จังหวัดเปลี่ยนสี, 1 อำเภอเปลี่ยนสี")


def test_the_total_at_the_top_is_told():
    assert told(move())[2].th == "จังหวัด: คะแนนรวม 3.0000 → 3.5000"


def test_months_restated_are_told_and_which_are_closed():
    line = told(restated=(Restated(2569, 1, True, 2), Restated(2569, 2, False, 5)))[1]
    assert line.th.endswith("ต.ค. 2568 2 ตัวเลข (ปิดแล้ว), พ.ย. 2568 5 ตัวเลข")
    assert line.en.endswith("Oct 2025: 2 (closed), Nov 2025: 5")


def test_an_import_that_moves_nothing_says_so():
    assert [line.en for line in told(score=(3.0, 3.0))][1:] == ["No figure changes at May 2026"]


def row(before, after, *, table="results", is_corrected=True):
    place = Place("ไชยา.xlsx", "ผลงาน", 14)
    return RowChange(place, table, "2569 · 1.2", is_corrected, 2569, 2, "1.2", "8402", "ไชยา", before, after)


def told_rows(*rows, count=None):
    return describe(Impact(2569, 8, 2, 1, 30, (), (), (), rows=rows, count_rows=count or len(rows)))[1:-1]


def test_a_corrected_row_is_told_from_what_to_what_and_where_it_stands():
    (line,) = told_rows(row("9", "12"))
    assert line.th == "    แก้ไข ตัวชี้วัด 1.2 ไชยา พ.ย. 2568: 9 → 12 (ไชยา.xlsx · ผลงาน · แถว 14)"
    assert line.en == "    corrected: KPI 1.2 ไชยา Nov 2025: 9 → 12 (ไชยา.xlsx · ผลงาน · row 14)"


def test_a_new_row_had_nothing_before():
    (line,) = told_rows(row(None, "12", is_corrected=False))
    assert line.th.startswith("    ใหม่ ตัวชี้วัด 1.2 ไชยา พ.ย. 2568: – → 12 (")


def test_a_withdrawal_is_told_in_both_languages():
    (line,) = told_rows(row("9", "ถอน"))
    assert (": 9 → ถอน (" in line.th, ": 9 → withdrawn (" in line.en) == (True, True)


def test_a_row_with_other_words_and_the_same_figure_says_so():
    (line,) = told_rows(row("9", "9"))
    assert (": 9 เฉพาะข้อความประกอบ (" in line.th, ": 9 words only (" in line.en) == (True, True)


def test_a_row_of_another_table_is_only_named():
    (line,) = told_rows(row(None, None, table="kpis"))
    assert line.en == "    corrected: kpis 2569 · 1.2 (ไชยา.xlsx · ผลงาน · row 14)"


def test_at_most_20_rows_are_told_and_the_rest_counted():
    lines = told_rows(*[row("9", "12")] * 25, count=300)
    assert (len(lines), lines[-1].en) == (21, "    and 280 more rows")
