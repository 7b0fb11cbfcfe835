"""Reporting by hand in a browser: typed, left, found again, sent, and seen in the figures."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import serving
from tests.kpi_metrics.small_office import copy_database

WHO = "P841802"
FORM = f"/report?year=2569&month=8&id={WHO}"
FIGURE = f"/kpi?year=2569&month=8&id=1.2&owner={WHO}"


@pytest.fixture
def address(database, tmp_path):
    """The address of a dashboard on a demo province of its own."""
    with serving(copy_database(database, tmp_path)) as address:
        yield address


@pytest.fixture
def visit(browser, address):
    """Opens an address of the dashboard in a new window with a memory of its own."""

    def opened(path):
        page = browser.new_context(base_url=address).new_page()
        page.goto(path)
        page.wait_for_selector("footer")
        return page

    return opened


def box(page):
    return page.get_by_label("ผลประจำเดือน").first


def shown(page):
    return page.inner_text(".headline")


def test_what_is_typed_is_found_again_sent_and_seen_in_the_figures(visit):
    assert "ผล 47 แปลง" in shown(visit(FIGURE))
    page = visit(FORM)
    box(page).fill("๑,๒๕๐")
    box(page).press("Tab")
    page.wait_for_selector("text=ร่าง 1 ช่อง")
    page.close()

    page = visit(FORM)
    expect(box(page)).to_have_value("๑,๒๕๐")
    page.get_by_role("button", name="ดูผลที่จะเปลี่ยนก่อนส่ง").click()
    page.get_by_label("ชื่อผู้บันทึก").fill("สมหญิง")
    page.get_by_label("ชื่อผู้บันทึก").press("Tab")
    page.get_by_role("button", name="ส่งรายงาน").click()
    page.wait_for_selector(".receipt >> text=B00040")
    page.wait_for_selector("h1 >> text=ส่งแล้ว 1")

    assert "ผล 1,297 แปลง" in shown(visit(FIGURE))
