"""Text from data never becomes markup."""

from pages.components.markup import Html, el, join, picture


def test_data_is_escaped():
    assert el("p", "<script>") == "<p>&lt;script&gt;</p>"


def test_markup_is_not_escaped_twice():
    assert el("p", el("b", "a & b")) == "<p><b>a &amp; b</b></p>"


def test_an_attribute_cannot_be_left_by_a_quote():
    assert el("a", "x", title='" onclick="') == '<a title="&quot; onclick=&quot;">x</a>'


def test_what_is_none_is_left_out():
    assert el("p", None, "a", class_=None) == "<p>a</p>"


def test_python_names_become_html_names():
    assert el("td", aria_label="a", class_="b") == '<td aria-label="a" class="b"></td>'


def test_joined_parts_are_markup():
    assert isinstance(join("a", "<"), Html)


def test_a_picture_says_what_it_shows():
    assert 'alt="ผล 3"' in picture("<svg/>", "ผล 3")
