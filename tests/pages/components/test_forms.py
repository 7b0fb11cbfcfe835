"""The forms that a page offers: of the person or everybody in the office, named so that none is taken for another."""

import pytest

from pages.components import forms
from pages.components.filters import Filters
from tests.pages.running import run

ROUND = Filters(2568, 8)

pytestmark = pytest.mark.usefixtures("demo")


def offered(app):
    """What is said of the forms and which kinds are offered."""
    return [button.label for button in app.get("download_button") if button.key.startswith("form_")]


def test_a_persons_form_is_offered_on_the_appraisal_part():
    app = run("pages/person_page.py", id="P841707", year="2568", month="8", part="appraisal")
    assert offered(app) == ["PDF", "XLSX"]


def test_an_office_offers_the_forms_of_everybody_in_it():
    assert offered(run("pages/owner_page.py", id="8417", year="2568", month="8")) == ["PDF", "ZIP"]


def test_the_file_is_the_form_of_the_round_shown():
    assert forms.written(lambda *made: made, ROUND, "P841707")[0].round == 2


@pytest.mark.parametrize("other", [("P841706", ROUND), ("P841707", Filters(2568, 3))])
def test_names_of_two_forms_differ(other):
    id, filters = other
    assert forms.named(filters, id, "pdf") != forms.named(ROUND, "P841707", "pdf")


def test_the_name_says_whose_and_of_when():
    name = forms.named(ROUND, "P841707", "pdf")
    assert (name.startswith("form_P841707_"), name.endswith("_2568_12_25690610T0900.pdf")) == (True, True)
