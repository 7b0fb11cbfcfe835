"""Voiding a batch in the browser changes the figures of every page, and bringing it back changes them back."""

import pytest

from tests.browser.conftest import serving
from tests.kpi_metrics.small_office import copy_database


@pytest.fixture
def own_page(browser, database, tmp_path):
    """A window on a dashboard with a demo province of its own."""
    with serving(copy_database(database, tmp_path)) as address:
        page = browser.new_context(base_url=address).new_page()
        page.set_viewport_size({"width": 1366, "height": 768})
        yield page
        page.close()


def open_page(page, address):
    page.goto(address)
    page.wait_for_selector("footer")


def score(page):
    open_page(page, "/?year=2569&month=8")
    return page.inner_text(".headline .big")


def turn(page, confirm, done):
    """Give a reason and a name, see the effect of voiding or bringing back, and confirm it with a double click."""
    open_page(page, "/history?id=B00037")
    for label, words in (("เหตุผล", "ส่งผิดเดือน"), ("ชื่อผู้บันทึก", "สมหญิง")):
        page.get_by_label(label).fill(words)
        page.get_by_label(label).press("Enter")
    page.get_by_role("button", name="ดูผลก่อน").click()
    page.get_by_role("button", name=confirm).dblclick(timeout=60_000)
    page.wait_for_selector(f"text={done}", timeout=60_000)


def deeds(page):
    return page.locator("table").nth(1).locator("tbody tr").count()


def test_a_void_changes_the_overview_and_bringing_it_back_changes_it_back(own_page):
    before = score(own_page)
    turn(own_page, "ยืนยันยกเลิก B00037", "ยกเลิก B00037 แล้ว")
    assert deeds(own_page) == 2  # the import and one void, though it was clicked twice
    voided = score(own_page)
    turn(own_page, "ยืนยันนำ B00037 กลับมา", "นำ B00037 กลับมาแล้ว")
    assert (voided != before, score(own_page)) == (True, before)


def test_a_receipt_prints_on_one_upright_sheet(page):
    open_page(page, "/history?id=B00001")
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == 1
    assert b"/MediaBox [0 0 594.95996 841.91998]" in printed
