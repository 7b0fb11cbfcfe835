"""Tables and the tile map."""

from pages.components.grids import Column, table, tile_map

TILE = {"label": "ไชยา", "text": "82", "status": "behind", "row": 2, "col": 3, "href": "./owner?id=8406"}


def test_a_tile_lies_at_its_place():
    assert "--row:2;--col:3" in tile_map([TILE], "th")


def test_a_tile_leads_to_its_office():
    assert 'href="./owner?id=8406"' in tile_map([TILE], "th")


def test_a_tile_without_a_figure_says_why():
    assert "ยังไม่รายงาน" in tile_map([TILE | {"text": "", "status": "not_reported"}], "th")


def test_a_tile_is_read_aloud_whole():
    assert 'aria-label="ไชยา 82 ต่ำกว่าแผน"' in tile_map([TILE], "th")


def test_an_empty_table_says_what_that_means():
    assert "ส่งครบ" in table([], [Column("a", "ก")], "th", empty="ส่งครบ")


def test_a_missing_figure_says_why_by_the_status_of_its_row():
    drawn = table([{"a": None, "status": "no_target"}], [Column("a", "ก", "fixed")], "th", empty="")
    assert "ไม่มีเป้าหมายในงวดนี้" in drawn


def test_only_the_column_that_is_a_link_is_one():
    columns = [Column("a", "ก", is_link=True), Column("b", "ข")]
    drawn = table([{"a": "ไชยา", "b": "พนม", "href": "./owner"}], columns, "th", empty="")
    assert drawn.count("<a ") == 1


def test_a_name_from_data_stays_text():
    assert "<img" not in table([{"a": "<img src=x>"}], [Column("a", "ก")], "th", empty="")
