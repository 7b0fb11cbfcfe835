"""Setting targets in a browser: handed down among the districts, one revised, and both seen in the figures."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import serving
from tests.kpi_metrics.small_office import copy_database

SPLIT = "/cascade?year=2569&month=8&id=11.2&owner=84&part=split"
REVISE = "/cascade?year=2569&month=8&id=11.2&owner=8406&part=revise"
CHAIYA = "/kpi?year=2569&month=8&id=11.2&owner=8406"


@pytest.fixture(scope="module")
def address(database, tmp_path_factory):
    """The address of a dashboard on a demo province of its own."""
    with serving(copy_database(database, tmp_path_factory.mktemp("setting"))) as address:
        yield address


@pytest.fixture
def visit(browser, address):
    """Opens an address of the dashboard in a new window with a memory of its own."""
    contexts = []

    def opened(path, width=1366, height=768):
        context = browser.new_context(base_url=address, viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        page.wait_for_selector("footer")
        return page

    yield opened
    for context in contexts:
        context.close()


def fill(page, label, text):
    page.get_by_label(label, exact=True).fill(text)
    page.get_by_label(label, exact=True).press("Tab")


def save(page):
    page.get_by_role("button", name="ดูผลที่จะเปลี่ยนก่อนบันทึก").click()
    fill(page, "ชื่อผู้บันทึก", "สมหญิง")
    page.get_by_role("button", name="บันทึก", exact=True).click()
    page.wait_for_selector(".receipt")


def shown(page):
    return page.inner_text(".headline")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_the_sum_of_a_split_is_in_sight_and_nothing_is_wider_than_the_screen(visit, width, height):
    page = visit(SPLIT, width, height)
    expect(page.locator("p.sum")).to_be_in_viewport()
    page.mouse.move(width / 2, height / 2)
    page.mouse.wheel(0, 300)
    expect(page.locator("p.sum")).to_be_in_viewport()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width


def test_a_target_is_handed_down_and_one_part_revised(visit):
    assert "135" in shown(visit(CHAIYA))
    page = visit(SPLIT)
    page.get_by_text("เท่ากัน", exact=True).click()
    expect(page.locator("p.sum")).to_contain_text("ครบพอดี")
    fill(page, "เหตุผล", "จัดสรรใหม่ตามมติที่ประชุม")
    save(page)
    assert "114" in shown(visit(CHAIYA))

    page = visit(REVISE)
    fill(page, "เป้าหมายใหม่ (ราย)", "96")
    fill(page, "เหตุผล", "ภัยแล้ง")
    expect(page.get_by_text("เป้าเดิม 114 → เป้าใหม่ 96 ราย")).to_be_visible()
    save(page)
    assert "96" in shown(visit(CHAIYA))
    expect(visit(REVISE).get_by_text("เป้าเดิม 135 → เป้าใหม่ 96 ราย")).to_be_visible()
