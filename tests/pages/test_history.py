"""The history: what was imported, and taking it out of the figures once its effect was seen."""

import pytest

from kpi_metrics import intake
from kpi_metrics.store import Store
from kpi_metrics.thai.calendar import FiscalMonth
from pages.components import store
from tests.kpi_metrics import small_office
from tests.pages.running import framed, html, run, text

PAGE = "pages/history_page.py"
HEADER = "fiscal_year,month,kpi_id,owner_id,value\n"


@pytest.fixture(autouse=True)
def office(tmp_path, monkeypatch):
    """The small office, and a second batch (B00002) that corrects a month and brings another, are the database."""
    monkeypatch.setenv("KPI_NOW", small_office.NOW)
    monkeypatch.setenv("KPI_DATABASE", str(tmp_path / "kpi.duckdb"))
    with Store.open(tmp_path / "kpi.duckdb") as opened:
        for by, paths in (
            ("clerk", small_office.write_office(tmp_path)),
            ("สมหญิง", small_office.write(tmp_path, late=HEADER + "2569,1,1.2,8401,60\n2569,3,1.2,8401,4\n")),
        ):
            files, checked = intake.gather(opened, paths)
            intake.save(opened, files, checked, by)


def look(app, why="ผิดเดือน", by="สมชาย"):
    """Fill in the form and ask for the effect."""
    app.text_input[0].set_value(why)
    app.text_input[1].set_value(by)
    return button(app, "ดูผลก่อน").click().run()


def button(app, words):
    return next(each for each in app.button if each.label == words)


def confirm(app, words="ยืนยันยกเลิก B00002"):
    return button(app, words).click().run()


def is_voided(batch_id="B00002"):
    with store.ledger().reading() as cursor:
        found = cursor.execute("select count(*) from live_batch where batch_id = ?", [batch_id]).fetchall()
    return found == [(0,)]


# --- the list


def test_the_title_tells_the_newest_import():
    assert "การนำเข้าล่าสุด B00002 โดย สมหญิง เมื่อ 1 ก.พ. 2569 09:00 น.: 1 รายการใหม่ แก้ไข 1 รายการ" in text(run(PAGE))


def test_batches_stand_newest_first_with_their_files():
    shown = text(run(PAGE))
    assert 0 < shown.index("late.csv") < shown.index("kpis.csv")


def test_a_voided_batch_says_who_took_it_out_and_why():
    store.ledger().void("B00002", why="ผิดเดือน", by="สมชาย")
    assert "โดย สมชาย เมื่อ 1 ก.พ. 2569 09:00 น. เพราะผิดเดือน" in text(run(PAGE))


def test_a_batch_leads_to_the_overview_just_before_and_after_it():
    page = html(run(PAGE))
    assert "./?year=2569&amp;month=3&amp;as_of=2026-02-01T08%3A59%3A59.999999" in page
    assert "./?year=2569&amp;month=3&amp;as_of=2026-02-01T09%3A00%3A00&quot;" in page.replace('"', "&quot;")


def test_more_batches_than_fit_are_on_the_next_page(monkeypatch):
    monkeypatch.setattr("pages.components.history.listing.PAGE", 1)
    assert "B00001" not in html(run(PAGE)).replace("B00002", "")
    assert "kpis.csv" in text(run(PAGE, part="2"))


def test_a_look_back_shows_no_later_batch():
    assert "ยังไม่มีการนำเข้าข้อมูล" in text(run(PAGE, as_of="2026-01-01T00:00:00"))


def test_a_closing_leads_to_what_the_meeting_saw():
    closing = store.ledger().close_month(FiscalMonth(2569, 2), by="ประธาน")
    page = run(PAGE)
    assert "พ.ย. 2568 ปิดเดือน" in " ".join(text(page).split())
    assert f"month=2&amp;as_of={closing.done_at.isoformat().replace(':', '%3A')}" in html(page)


def test_an_office_without_closings_is_told_so():
    assert "ยังไม่เคยปิดเดือนใด" in text(run(PAGE))


# --- one batch


def test_the_receipt_holds_the_hash_of_every_file():
    with store.ledger().reading() as cursor:
        hashes = [row[0] for row in cursor.execute("select sha256 from ledger.files where batch_seq = 1").fetchall()]
    shown = text(run(PAGE, id="B00001"))
    assert len(hashes) == 5
    assert all(sha256 in shown for sha256 in hashes)


def test_a_batch_says_what_it_brought():
    shown = " ".join(text(run(PAGE, id="B00002")).split())
    assert "ผลงาน 2 ต.ค. 2568 – ธ.ค. 2568" in shown


def test_a_batch_that_is_not_there_is_said_in_words():
    assert "ไม่มีการนำเข้ารหัส B00099" in text(framed(PAGE, id="B00099"))


def test_a_look_back_offers_no_voiding():
    assert run(PAGE, id="B00002", as_of="2026-02-01T09:00:00").button == []


# --- voiding


def test_nothing_is_offered_to_confirm_before_the_effect_was_seen():
    assert [each.label for each in run(PAGE, id="B00002").button] == ["ดูผลก่อน"]


def test_the_effect_is_shown_and_nothing_is_done():
    app = look(run(PAGE, id="B00002"))
    assert "หายไป 1 ใหม่ 0 แก้ไข 1 เหมือนเดิม 0" in text(app)
    assert not is_voided()


@pytest.mark.parametrize(("why", "by"), [("", "สมชาย"), ("ผิดเดือน", " ")])
def test_without_a_reason_and_a_name_it_cannot_be_confirmed(why, by):
    assert [each.label for each in look(run(PAGE, id="B00002"), why, by).button] == ["ดูผลก่อน"]


def test_confirming_voids_the_batch_with_reason_and_name():
    app = confirm(look(run(PAGE, id="B00002")))
    assert "ยกเลิก B00002 แล้ว" in text(app)
    assert "โดย สมชาย เมื่อ 1 ก.พ. 2569 09:00 น. เพราะผิดเดือน" in text(app)
    assert is_voided()


def test_a_voided_batch_is_brought_back_the_same_way():
    app = confirm(look(run(PAGE, id="B00002")))
    confirm(look(app), "ยืนยันนำ B00002 กลับมา")
    assert not is_voided()


def test_what_would_be_refused_is_said_instead_of_the_effect():
    app = look(run(PAGE, id="B00001"))
    assert "ยกเลิกไม่ได้ เพราะมี" in text(app)
    assert [each.label for each in app.button] == ["ดูผลก่อน"]


def test_who_comes_second_is_told_and_does_nothing():
    app = look(run(PAGE, id="B00002"))
    store.ledger().void("B00002", why="ก่อน", by="คนแรก")
    version = store.ledger().data_version()
    app = confirm(app)
    assert "มีผู้อื่นทำรายการกับการนำเข้านี้ไปแล้ว" in text(app)
    assert store.ledger().data_version() == version


def test_an_effect_of_data_that_has_changed_since_is_shown_anew_first(tmp_path):
    app = look(run(PAGE, id="B00002"))
    files, checked = intake.gather(store.ledger(), small_office.write(tmp_path, more=HEADER + "2569,3,1.2,8401,7\n"))
    intake.save(store.ledger(), files, checked, "clerk")
    app = confirm(app)
    assert "ข้อมูลเปลี่ยนไปหลังจากที่ดูผล" in text(app)
    assert not is_voided()
