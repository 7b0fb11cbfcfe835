"""A round in a browser: written, seen, saved, and taken back on the History page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import serving
from tests.kpi_metrics.small_office import copy_database

ROUND = "/person?year=2569&month=6&id=P841802&part=appraisal"  # 4.2 is not reported
OPEN = "ยังสรุปผลการประเมินรอบที่ 1/2569 ไม่ได้"


@pytest.fixture
def page(browser, database, tmp_path):
    """A window on a demo province of its own."""
    with serving(copy_database(database, tmp_path)) as address:
        page = browser.new_context(base_url=address).new_page()
        page.goto(ROUND)
        page.wait_for_selector("footer")
        yield page


def write(page, label, text, nth=0):
    box = page.get_by_label(label).nth(nth)
    box.fill(text)
    box.press("Tab")


def press(page, name):
    page.get_by_role("button", name=re.compile(name)).click()


def test_a_round_is_concluded_by_what_is_written_and_open_again_when_that_is_voided(page):
    expect(page.locator("h1")).to_contain_text(OPEN)
    page.get_by_text("ปรับคะแนนหรือยกเว้นตัวชี้วัด").first.click()
    write(page, "ยกเว้น เพราะ", "งดจัดงาน", nth=4)
    write(page, "คะแนนสมรรถนะ", "๘๐")
    press(page, "ดูผลที่จะเปลี่ยนก่อนบันทึก .2 รายการ")
    write(page, "ชื่อผู้บันทึก", "สมหญิง")
    press(page, "^บันทึกการประเมิน$")
    expect(page.locator("h1")).to_contain_text("ได้ผลการประเมินรอบที่ 1/2569 ร้อยละ 75.35 ระดับดี")

    page.get_by_role("link", name="ยกเลิกการบันทึกนี้").click()
    write(page, "เหตุผล", "บันทึกผิดคน")
    press(page, "ดูผลก่อน")
    press(page, "ยืนยันยกเลิก B00040")
    page.wait_for_selector("text=ยกเลิก B00040 แล้ว")
    page.goto(ROUND)
    expect(page.locator("h1")).to_contain_text(OPEN)
