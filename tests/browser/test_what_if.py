"""Trying out in a browser: it stays while the page is open, and nowhere else."""

import re

import pytest
from playwright.sync_api import expect

PERSON = "/person?year=2569&month=8&id=P840104"
TRYING = f"{PERSON}&part=what_if"


@pytest.fixture
def trying(page):
    """A window in which a result was typed and its total is shown."""
    page.goto(TRYING)
    page.wait_for_selector("footer")
    box(page).fill("39")
    box(page).press("Enter")
    expect(big(page)).to_have_count(2, timeout=20_000)
    return page


def box(page):
    """The result of a KPI that stands at level 2.14."""
    return page.get_by_label("ถ้าผลเป็น").nth(1)


def big(page):
    return page.locator(".headline .big")


def test_what_is_tried_stays_while_the_page_is_open(trying):
    trying.get_by_role("button", name="ถึงระดับ").first.click()
    expect(trying.get_by_label("ถ้าผลเป็น").first).to_have_value("28")
    expect(box(trying)).to_have_value("39")


def test_what_is_tried_is_gone_when_the_page_was_left(trying):
    trying.get_by_role("link", name="การประเมิน", exact=True).click()
    expect(trying.get_by_role("link", name="การประเมิน", exact=True)).to_have_attribute("aria-current", "page")
    trying.get_by_role("link", name="ลองคิด", exact=True).click()
    expect(box(trying)).to_have_value("")
    expect(big(trying)).to_have_count(1)


def test_a_level_reached_by_a_click_is_gone_when_the_page_was_left(trying):
    trying.get_by_role("button", name="ถึงระดับ").first.click()
    expect(trying.get_by_label("ถ้าผลเป็น").first).to_have_value("28")
    trying.get_by_role("link", name="ภาพรวม", exact=True).click()
    expect(trying.get_by_role("heading", level=1)).to_contain_text("สำนักงานเกษตรจังหวัด")
    trying.goto(TRYING)
    expect(trying.get_by_label("ถ้าผลเป็น").first).to_have_value("")


def test_nobody_else_sees_what_is_tried(trying, browser, server):
    other = browser.new_context(base_url=server).new_page()
    other.goto(TRYING)
    other.wait_for_selector("footer")
    assert box(other).input_value() == ""
    assert big(other).count() == 1
    other.context.close()


def test_one_click_stops_trying(trying):
    trying.get_by_role("button", name="เลิกลอง").click()
    expect(big(trying)).to_have_count(1)
    expect(box(trying)).to_have_value("")


def test_the_ground_tells_it_from_what_is(trying):
    ground = trying.locator(".st-key-what_if").evaluate("each => getComputedStyle(each).backgroundColor")
    assert ground not in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    expect(trying.locator(".st-key-what_if_band")).to_have_text(re.compile("ทดลองคิด ไม่ได้บันทึก"))


@pytest.mark.parametrize("width", [390, 1366])
def test_the_boxes_stay_within_the_window(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(TRYING)
    page.wait_for_selector("footer")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
