"""Every Thai sentence of the screen has an English one, and none is kept that nobody says."""

from pathlib import Path

from babel.messages.extract import extract_from_dir

from kpi_metrics.i18n import catalogue

PAGES = Path(__file__).parents[2] / "pages"
SAID = {
    message
    for _file, _line, message, *_ in extract_from_dir(PAGES, [("**.py", "python")], keywords={"_": None, "noted": None})
}


def test_every_sentence_has_its_translation():
    assert SAID - set(catalogue("en")) == set()


def test_no_translation_is_left_over():
    assert set(catalogue("en")) - SAID == set()


def test_a_translation_fills_the_same_places():
    def places(text):
        return {part.split("}")[0] for part in text.split("{")[1:]}

    assert {said: english for said, english in catalogue("en").items() if places(said) != places(english)} == {}
