"""What people do with the pages, from a bookmark to the entry behind a figure and to the file they take along."""

from urllib.parse import parse_qs, urlsplit

from kpi_metrics import scorecard
from kpi_metrics.access import EVERYTHING
from kpi_metrics.reports import to_csv
from kpi_metrics.store import Store
from tests.kpi_metrics.small_office import copy_database


def open_page(page, address):
    page.goto(address)
    page.wait_for_selector("footer")


def asked(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_the_first_bookmark_after_a_start_opens_its_page(browser, odd_server):
    page = browser.new_page()
    open_page(page, f"{odd_server}/owner?year=2569&month=2&id=8401")
    assert "<img src=x onerror=alert(1)>" in page.inner_text("h1")
    assert page.get_by_role("dialog").count() == 0


def test_odd_words_do_nothing_and_nothing_is_asked_of_another_computer(browser, odd_server):
    page, requests, dialogs = browser.new_page(), [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for address in ("/?", "/owner?id=8402&", "/kpi?id=1.1&", "/kpi?id=1.1&owner=P1&", "/person?id=P1&"):
        open_page(page, f"{odd_server}{address}year=2569&month=2")
        page.wait_for_timeout(500)
    assert [url for url in requests if not url.startswith((odd_server, "data:", "blob:"))] == []
    assert dialogs == []


def test_a_bookmark_opens_the_view_it_was_made_of(page):
    open_page(page, "/owner?year=2568&month=3&view=year&id=8406")
    boxes = page.locator("[data-testid=stSelectbox] input").evaluate_all("boxes => boxes.map(box => box.value)")
    assert boxes[:3] == ["ปีงบ 2568", "ธ.ค. 2567", "เทียบเป้าหมายทั้งปี"]


def test_the_way_from_the_province_down_to_an_entry(page):
    open_page(page, "/?year=2569&month=8")
    page.click(".tile >> text=ไชยา")
    page.wait_for_selector("h1 >> text=สำนักงานเกษตรอำเภอไชยา")
    page.click("table a >> text=นางสาวตัวอย่าง สามสิบหก")
    page.wait_for_selector("h1 >> text=นางสาวตัวอย่าง สามสิบหก ได้")
    page.click("table a >> text=1.1 ทะเบียนเกษตรกร")
    page.wait_for_selector("td >> text=results_2569_06.csv · 169")
    assert asked(page) == {"year": "2569", "month": "8", "id": "1.1", "owner": "P840602"}


def test_the_way_back_up_from_a_persons_figure_to_the_districts(page):
    open_page(page, "/kpi?year=2569&month=8&id=1.2&owner=P840602")
    page.click(".meta a >> text=ไชยา")
    page.wait_for_selector("h1 >> text=สำนักงานเกษตรอำเภอไชยา ทำ 1.2")


def test_another_language_keeps_what_was_asked_for(page):
    open_page(page, "/kpi?year=2568&month=3&view=year&id=1.2&owner=8406")
    page.click("text=English")
    page.wait_for_selector("nav >> text=Overview")
    assert asked(page) == {"year": "2568", "month": "3", "view": "year", "id": "1.2", "owner": "8406", "lang": "en"}


def test_a_file_holds_the_scorecard_that_the_page_shows(page, tmp_path, database):
    open_page(page, "/owner?year=2569&month=8&id=8406")
    with page.expect_download() as waiting:
        page.click("text=คะแนนรายตัวชี้วัด CSV")
    waiting.value.save_as(tmp_path / "saved.csv")
    with Store.open(copy_database(database, tmp_path)) as store:
        rows = scorecard.scorecard(store, EVERYTHING, year=2569, month=8, owner="8406")
    assert waiting.value.suggested_filename == "scorecard_8406_2569_08_25690610T0900.csv"
    assert (tmp_path / "saved.csv").read_bytes() == to_csv("scorecard", rows, "th")


def test_the_name_of_a_pages_file_leads_to_its_address(page):
    open_page(page, "/owner_page?year=2569&month=8&id=8406")
    page.wait_for_selector("h1 >> text=สำนักงานเกษตรอำเภอไชยา")
    assert urlsplit(page.url).path == "/owner"
