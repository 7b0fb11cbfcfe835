"""The person page on a phone."""

import pytest

from tests.browser.test_pages import open_page


@pytest.fixture
def phone(visitor):
    """A window of a phone."""
    page = visitor.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    yield page
    page.close()


def bottom(page, selector):
    box = page.locator(selector).first.bounding_box()
    return box["y"] + box["height"]


def test_menu_and_filters_leave_most_of_the_phone_to_the_page(phone):
    open_page(phone, "/person?id=P840803")
    assert bottom(phone, ".st-key-head") < 844 / 5


def test_the_first_screen_of_the_phone_says_how_one_is_doing_and_what_to_do(phone):
    open_page(phone, "/person?id=P840803")
    assert max(bottom(phone, ".headline"), bottom(phone, "ul.todo li")) < 844


def test_a_box_speaks_the_language_just_chosen(page):
    open_page(page, "/person?id=P840803&part=set")
    page.click("text=English")
    page.wait_for_selector("nav >> text=Overview")
    shown = "els => els.map(e => e.value).join(' ')"
    page.wait_for_function(
        "[...document.querySelectorAll('[data-testid=stSelectbox] input')].some(e => e.value == 'May 2026')"
    )
    assert "พ.ค." not in page.eval_on_selector_all("[data-testid=stSelectbox] input", shown)
