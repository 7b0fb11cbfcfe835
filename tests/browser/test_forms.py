"""The official form, printed by a click."""

from pathlib import Path

import pypdfium2
from playwright.sync_api import expect

from kpi_metrics.thai.numbers import to_thai_digits
from tests.browser.test_pages import open_page


def test_the_form_that_a_click_prints_has_the_result_that_the_page_shows(page):
    open_page(page, "/person?year=2568&month=12&id=P841707&part=appraisal")
    expect(page.locator("h1")).to_contain_text("84.36")
    with page.expect_download() as download:
        page.get_by_role("button", name="PDF").click()
    with pypdfium2.PdfDocument(Path(download.value.path()).read_bytes()) as form:
        printed = "".join(form[number].get_textpage().get_text_range() for number in range(len(form)))
    assert to_thai_digits("84.36") in printed
    assert "พนักงานราชการ" in printed
