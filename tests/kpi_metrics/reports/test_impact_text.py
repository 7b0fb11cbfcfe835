"""The words in which an impact is told."""

from kpi_metrics.impact import Impact, Move, Restated, Standing, TotalMove
from kpi_metrics.reports.impact_text import describe

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
