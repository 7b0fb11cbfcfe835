"""What only a browser can tell: links, the history, fonts, narrow screens."""

import pytest

PAGES = ["/", "/owner?id=8406", "/kpi?id=3.1", "/kpi?id=1.1&owner=P840602", "/person?id=P840102",
         "/person?id=P840102&part=appraisal"]  # fmt: skip


def open_page(page, address):
    page.goto(address)
    page.wait_for_selector("footer")


def test_a_tile_opens_its_office_without_loading_the_application_again(page):
    open_page(page, "/")
    page.evaluate("window.same = true")
    page.click(".tile >> text=ไชยา")
    page.wait_for_selector("h1 >> text=อำเภอไชยา")
    assert page.evaluate("window.same")


def test_the_back_button_returns_to_the_page_before(page):
    open_page(page, "/owner?id=8406")
    page.click("nav >> text=บุคคล")
    page.wait_for_selector("h1 >> text=เลือกบุคคล")
    page.go_back()
    page.wait_for_selector("h1 >> text=อำเภอไชยา")


def test_a_label_in_a_chart_opens_what_it_names(page):
    open_page(page, "/")
    page.wait_for_selector(".js-plotly-plot svg a")
    page.wait_for_timeout(500)
    label = page.locator(".js-plotly-plot svg a").first.bounding_box()
    page.mouse.click(label["x"] + label["width"] / 2, label["y"] + label["height"] / 2)
    page.wait_for_url("**/kpi?**")


def test_a_menu_link_keeps_period_and_view(page):
    open_page(page, "/?year=2568&month=6&view=year")
    page.click("nav >> text=หน่วยงาน")
    page.wait_for_url("**/owner?year=2568&month=6&view=year")


def test_a_choice_changes_page_and_address(page):
    open_page(page, "/")
    page.click("[data-testid=stSelectbox] >> nth=1")
    page.click("[role=option] >> nth=2")
    page.wait_for_selector(".meta >> text=ธ.ค. 2568")
    assert "month=3" in page.url


def test_the_language_of_the_document_is_that_of_its_words(page):
    open_page(page, "/")
    page.click("text=English")
    page.wait_for_selector("nav >> text=Overview")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_the_thai_typeface_is_the_products_own(page):
    open_page(page, "/")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family + f.weight)")
    assert {"Sarabun400", "Sarabun700"} <= set(loaded)


@pytest.mark.parametrize("address", PAGES)
def test_no_page_is_wider_than_the_screen(page, address):
    open_page(page, address)
    inside = "document.querySelector('[data-testid=stMainBlockContainer]').scrollWidth"
    for width in (1366, 390):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(300)
        assert page.evaluate(inside) <= width


def test_the_content_policy_stands_in_nobodys_way(page):
    said = []
    page.on("console", lambda message: said.append(message.text))
    open_page(page, "/")
    assert [text for text in said if "Content Security Policy" in text] == []
