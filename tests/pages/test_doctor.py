"""The import doctor as Streamlit runs it: files in, verdicts, questions, and what is saved of them."""

import pytest

from kpi_metrics.intake import gather, save
from kpi_metrics.store import Store
from pages.components import store
from tests.kpi_metrics.small_office import NOW, OFFICE, RESULTS, write, write_office
from tests.pages.running import html, run, text

HEADER = RESULTS.splitlines()[0]
MARKDOWN = "![x](http://evil.example/a.png)"


@pytest.fixture(autouse=True)
def office(tmp_path, monkeypatch):
    """The small office (see small_office) is the database of the dashboard, in ก.พ. 2569."""
    monkeypatch.setenv("KPI_NOW", NOW)
    monkeypatch.setenv("KPI_DATABASE", str(tmp_path / "kpi.duckdb"))
    with Store.open(tmp_path / "kpi.duckdb") as made:
        read, checked = gather(made, write_office(tmp_path))
        save(made, read, checked, "ทดสอบ")
    yield
    store.ledger().close()


def handed_in(**texts):
    """The doctor with files handed in: ``handed_in(results_1="...")`` is results_1.csv."""
    app = run("pages/report_page.py", part="files")
    return add(app, **{f"{name}.csv": said for name, said in texts.items()})


def add(app, **texts):
    files = [(name, said if isinstance(said, bytes) else said.encode(), "") for name, said in texts.items()]
    return app.file_uploader[0].set_value(files).run()


def results(**values):
    """Results of ธ.ค. 2568 by owner: ``results(ไชยา=5)``."""
    return "\n".join([HEADER, *(f"2569,3,1.2,{owner.strip('_')},{value},,," for owner, value in values.items()), ""])


def button(app, words):
    return next(each for each in app.button if each.label.startswith(words))


def labels(app):
    return [each.label for each in app.button if not each.disabled]


def answer(app, position=None, typed="", words="ใช้คำตอบนี้"):
    """Answer the first question: by one of its choices, or by a text."""
    if typed:
        next(each for each in app.text_input if each.key.startswith("typed_")).input(typed)
    else:
        next(each for each in app.selectbox if each.key.startswith("choice_")).select_index(position)
    return button(app, words).click().run()


def saved(app, words="บันทึกทั้งหมด"):
    app.text_input(key="signature_box").input("สมหญิง")
    return button(app, words).click().run()


def stored(owner):
    entry = store.ledger().known().entries.get((2569, 3, "1.2", owner))
    return entry and entry.value


def batches():
    with store.ledger().reading() as cursor:
        return cursor.execute("select count(*) from ledger.batches").fetchall()[0][0]


def test_every_file_has_its_verdict():
    app = handed_in(results_1=results(ไชยา=5), results_2=results(เมือง="ห้า"), results_3="")
    assert "3 ไฟล์: 1 ผ่าน · 1 มีปัญหา 1 แถว · 1 เปิดไม่ได้" in text(app)


def test_a_file_that_cannot_be_read_says_why():
    app = add(run("pages/report_page.py", part="files"), **{"ผลงาน.pdf": b"%PDF-1.7"})
    assert "ไม่ใช่ชนิดไฟล์ที่รับ" in text(app)


def test_a_file_that_adds_nothing_is_not_said_to_have_passed():
    app = handed_in(results_1=results(ไชยา=5), results_2=results(ไชยา=5), results_3=HEADER + "\n")
    assert "3 ไฟล์: 1 ผ่าน · 2 ไม่มีแถวเพิ่ม" in text(app)


def test_a_bad_cell_is_told_by_its_address_with_what_stands_there():
    shown = text(handed_in(results=results(เมือง=5, ไชยา="ห้า")))
    assert all(words in shown for words in ("E3", "(value)", "ห้า"))


def test_good_files_are_saved_as_one_batch_in_the_name_of_who_saves():
    app = saved(handed_in(results_1=results(ไชยา=5), results_2=results(เมือง=6)))
    assert (stored("8402"), stored("8401"), batches()) == (5, 6, 2)
    assert "สมหญิง" in text(app)


def test_nothing_is_saved_before_somebody_says_so():
    handed_in(results=results(ไชยา=5))
    assert batches() == 1


def test_nothing_is_saved_without_a_name():
    app = button(handed_in(results=results(ไชยา=5)), "บันทึกทั้งหมด").click().run()
    assert (batches(), "ใส่ชื่อผู้บันทึกก่อน" in text(app)) == (1, True)


def test_bad_rows_keep_all_from_being_saved():
    app = handed_in(results=results(เมือง=5, ไชยา="ห้า"))
    assert "บันทึกทั้งหมด" not in labels(app)


def test_good_rows_are_saved_without_the_bad_ones_when_asked():
    app = handed_in(results=results(เมือง=5, ไชยา="ห้า"))
    saved(app, "บันทึกเฉพาะแถวที่ถูกต้อง (ละไว้ 1 แถว")
    assert (stored("8401"), stored("8402")) == (5, None)


def test_an_unreadable_file_keeps_all_from_being_saved_until_it_is_taken_away():
    app = handed_in(results_1=results(ไชยา=5), results_2="")
    before = labels(app)
    app = button(app, "เอาออก").click().run()
    assert ("บันทึกทั้งหมด" in before, "บันทึกทั้งหมด" in labels(app)) == (False, True)


def test_a_near_name_is_offered_and_not_taken():
    app = handed_in(results=results(ไชยยา=5))
    boxes = [each for each in app.selectbox if each.key.startswith("choice_")]
    assert [(box.value, any("ไชยา" in option for option in box.options)) for box in boxes] == [(None, True)]
    assert "บันทึกทั้งหมด" not in labels(app)


def test_a_chosen_name_is_read_in_place_of_what_stands_there():
    saved(answer(handed_in(results=results(ไชยยา=5)), 0))
    assert stored("8402") == 5


def test_a_typed_text_is_read_in_place_of_what_stands_there():
    saved(answer(handed_in(results=results(ไชยา="ห้า")), typed="๕"))
    assert stored("8402") == 5


def test_one_answer_is_given_to_all_places_of_the_same_mistake_only_when_asked():
    twice = results(ไชยยา=5) + "2569,4,1.2,ไชยยา,6,,,\n"
    one = answer(handed_in(results=twice), 0)
    both = answer(handed_in(results=twice), 0, words="ใช้กับทั้ง 2 แห่ง")
    assert ("บันทึกทั้งหมด" in labels(one), "บันทึกทั้งหมด" in labels(both)) == (False, True)


def test_an_answer_can_be_taken_back():
    app = answer(handed_in(results=results(ไชยยา=5)), 0)
    app = button(app, "ยกเลิกคำตอบนี้").click().run()
    assert "บันทึกทั้งหมด" not in labels(app)


def test_what_is_there_already_changes_nothing_and_says_so():
    app = handed_in(results=RESULTS)
    assert "ทุกแถวมีอยู่แล้ว ไม่มีอะไรเปลี่ยน" in text(app)


def test_a_ledger_that_moved_meanwhile_is_shown_before_anything_is_saved(tmp_path):
    app = handed_in(results=results(ไชยา=5))
    ledger = store.ledger()
    read, checked = gather(ledger, write(tmp_path, results_other=results(ไชยา=7)))
    save(ledger, read, checked, "อีกคน")
    app = saved(app)
    assert (stored("8402"), "ข้อมูลในระบบเปลี่ยนไป" in text(app)) == (7, True)
    saved(app)
    assert stored("8402") == 5


def test_a_corrected_file_can_take_the_place_of_the_one_before():
    app = handed_in(results=results(ไชยา="ห้า"))
    app = add(app, **{"results.csv": results(ไชยา=5)})
    app = button(app, "ใช้แทนไฟล์").click().run()
    saved(app)
    assert stored("8402") == 5


def test_a_workbook_given_back_with_notes_can_take_the_place_of_its_file():
    app = handed_in(results=results(ไชยา="ห้า"))
    app = add(app, **{"results_1cef9376_ตรวจแล้ว.csv": results(ไชยา=5)})
    app = button(app, "ใช้แทนไฟล์").click().run()
    assert "1 ไฟล์: 1 ผ่าน" in text(app)


def test_cancelling_clears_the_desk():
    app = button(handed_in(results=results(ไชยา=5)), "ยกเลิก").click().run()
    assert "1 ไฟล์" not in text(app)


def test_words_of_a_file_are_no_markup_and_no_markdown():
    app = handed_in(results=results(**{MARKDOWN: 5}) + "2569,3,1.2,<img src=http://evil.example/b.png>,5,,,\n")
    assert "&lt;img src=http://evil.example/b.png&gt;" in html(app)
    assert "evil.example/a.png" not in "".join(str(each.proto) for each in (*app.markdown, *app.caption, *app.button))


def test_the_first_files_make_the_dashboard(tmp_path, monkeypatch):
    monkeypatch.setenv("KPI_DATABASE", str(tmp_path / "new.duckdb"))
    app = run("dashboard.py")
    assert 'href="./report?' in html(app)
    saved(add(run("pages/report_page.py", part="files"), **OFFICE))
    assert "สำนักงานเกษตรจังหวัด" in text(run("dashboard.py"))
