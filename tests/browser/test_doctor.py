"""Files through a browser: what is wrong with them, mended on the screen or in the file, saved, and seen in the figures."""

from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import serving
from tests.kpi_metrics.small_office import copy_database

FILES = "/report?year=2569&month=8&part=files"
FIGURE = "/kpi?year=2569&month=8&id=1.2&owner=P841802"
HEADER = "fiscal_year,month,kpi_id,owner_id,value,note"
GOOD, BAD, NEAR = (f"{HEADER}\n2569,8,1.2,{owner},{value},\n" for owner, value in (
    ("P841802", 53), ("P841802", "ห้าสิบสาม"), ("ชัยา", 1)))  # fmt: skip
CUT = ("ผลงาน.xlsx", b"PK\x03\x04" + bytes(500))  # the beginning of a workbook
IMAGE = "<img src=http://evil.example/a.png>"


@pytest.fixture
def address(database, tmp_path):
    """The address of a dashboard on a demo province of its own."""
    with serving(copy_database(database, tmp_path)) as address:
        yield address


@pytest.fixture
def visit(browser, address):
    """Opens an address of the dashboard in a new window."""

    def opened(path):
        page = browser.new_context(base_url=address).new_page()
        page.goto(path)
        page.wait_for_selector("footer")
        return page

    return opened


def hand_in(page, *others, **texts):
    """Drop files: ``hand_in(page, results="...")`` drops results.csv; ``others`` are (name, bytes)."""
    files = [*others, *((f"{name}.csv", said.encode()) for name, said in texts.items())]
    page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in files]
    )


def save(page):
    page.get_by_label("ชื่อผู้บันทึก").fill("สมหญิง")
    page.get_by_label("ชื่อผู้บันทึก").press("Tab")
    page.get_by_role("button", name="บันทึกทั้งหมด").dblclick()
    page.wait_for_selector(".receipt")


def shown(page):
    return page.inner_text(".headline")


def test_a_bad_file_is_explained_corrected_and_saved_once_and_seen_in_the_figures(visit):
    assert "ผล 47 แปลง" in shown(visit(FIGURE))
    page = visit(FILES)
    hand_in(page, results=BAD)
    page.wait_for_selector("td >> text=ห้าสิบสาม")
    assert "E2 (value)" in page.inner_text("table")

    hand_in(page, results=GOOD)
    page.get_by_role("button", name="ใช้แทนไฟล์").click()
    page.wait_for_selector("text=ใหม่ 1")
    save(page)
    assert page.locator(".receipt >> text=B00040").count() == 1
    assert "ผล 100 แปลง" in shown(visit(FIGURE))
    assert "B00041" not in visit("/history").inner_text("table")


def test_a_question_is_answered_on_the_screen(visit):
    page = visit(FILES)
    hand_in(page, results=NEAR)
    page.get_by_label("คำตอบ", exact=True).click()
    page.get_by_role("option").first.click()
    page.get_by_role("button", name="ใช้คำตอบนี้").click()
    page.wait_for_selector("text=ตอบแล้ว")
    save(page)


def test_words_of_a_file_ask_nothing_of_another_computer(visit, address):
    page, requests = visit(FILES), []
    page.on("request", lambda request: requests.append(request.url))
    hand_in(
        page,
        **{f"results {IMAGE}": f"{HEADER}\n2569,8,1.2,{IMAGE},1,\n2569,8,1.2,![x](http://evil.example/b.png),1,\n"},
    )
    page.wait_for_selector("text=1 ไฟล์:")
    page.wait_for_timeout(500)
    assert IMAGE in page.inner_text("table")
    assert {urlsplit(url).netloc for url in requests} <= {urlsplit(address).netloc, ""}


def test_nineteen_files_have_a_verdict_each(visit):
    page = visit(FILES)
    good = {f"results {n}": f"{HEADER}\n2569,8,1.2,P84{n:02}02,1,\n" for n in range(1, 18)}
    hand_in(page, CUT, **good, results=BAD)
    page.wait_for_selector("text=19 ไฟล์: 17 ผ่าน · 1 มีปัญหา 1 แถว · 1 เปิดไม่ได้")
    assert page.locator(".verdict").count() == 19
    assert "เสียหายหรือไม่ครบ กรุณาขอไฟล์ใหม่" in page.inner_text(".st-key-verdicts")


def test_a_file_that_the_box_does_not_take_is_told_of(visit):
    page = visit(FILES)
    hand_in(page, ("ผลงาน.xlsx", bytes(21 * 2**20)), results=GOOD)
    page.wait_for_selector("text=1 ไฟล์: 1 ผ่าน")
    refused = page.locator("[data-testid=stFileChip]:visible")
    told = refused.evaluate("chip => getComputedStyle(chip, '::after').content")
    assert "ไม่ได้รับไฟล์นี้" in told
    assert refused.get_attribute("aria-label").startswith("ผลงาน.xlsx")
