"""The Cascade page as Streamlit runs it: the worklist, every KPI, and one KPI from the top down to each person."""

import re

import pytest

from kpi_metrics import cascade
from kpi_metrics.access import EVERYTHING
from kpi_metrics.cascade import CHECK_WORDS
from kpi_metrics.demo_story import PLANTED
from pages.components import store
from tests.pages.running import framed, html, run, text

MONTH = {"year": "2569", "month": "8"}
FOUND = [planted for planted in PLANTED if planted.fiscal_year == 2569]


@pytest.fixture(autouse=True)
def province(demo):
    """The demo province."""


def page(**params):
    return run("pages/cascade_page.py", **MONTH, **params)


def rows(app, heading):
    """The cells of the table with this heading, a list a row."""
    tables = re.findall(r"<table.*?</table>", html(app), re.S)
    table = next(each for each in tables if heading in each)
    lines = re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.S)[1:]
    return [[re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", line)] for line in lines]


def test_the_title_counts_what_is_handed_down_and_what_is_to_be_put_right():
    assert f"เป้าหมายถ่ายทอดครบ 25 จาก 30 ตัวชี้วัด ต้องแก้ {len(FOUND)} เรื่อง" in text(page())


def test_every_planted_fault_stands_on_the_list_by_name():
    checks = [row[0] for row in rows(page(), "สิ่งที่ต้องทำ")]
    assert sorted(checks) == sorted(CHECK_WORDS[planted.fault].th for planted in FOUND)


def test_one_check_can_be_looked_at_alone():
    assert len(rows(page(part="few_prescribed"), "สิ่งที่ต้องทำ")) == 2


@pytest.mark.parametrize(
    ("check", "there"),
    [
        ("unallocated", "id=11.2&amp;owner=84&amp;part=split"),
        ("reaches_nobody", "id=14.2&amp;owner=8418&amp;part=split"),
        ("no_target", "id=5.2&amp;owner=84&amp;part=split"),
        ("many_kpis", "id=P840304&amp;part=set"),
        ("own_against_children", "id=8402&amp;part=entry"),
    ],
)
def test_each_fault_links_to_where_it_is_mended(check, there):
    assert there in html(page(part=check))


def test_every_kpi_of_the_year_has_a_line():
    assert len(rows(page(), "การถ่ายทอด")) == 30


def test_the_list_can_be_saved():
    keys = [button.key for button in page().get("download_button")]
    assert keys == ["download_cascade_csv", "download_cascade_xlsx"]


def test_the_title_of_a_kpi_says_what_is_left_to_hand_down():
    assert "11.2 อบรมปาล์ม/ยาง: เป้า 2,280 ราย ของสุราษฎร์ธานี ยังแบ่งไม่ครบ เหลือ 30" in text(page(id="11.2"))


def test_people_stay_folded_until_their_office_is_opened():
    assert "P840603" not in html(page(id="3.1"))
    assert "P840603" in html(page(id="3.1", owner="8406"))


def test_a_kpi_can_be_seen_down_to_every_person():
    held = cascade.holders(store.ledger(), EVERYTHING, year=2569, month=8, kpi="3.1")
    shown = html(page(id="3.1", part="people"))
    assert all(f"id={person}" in shown for person in held.loc[held["owner_kind"] == "person", "owner_id"])


def test_a_person_stands_with_part_share_weight_and_position():
    [line] = [row for row in rows(page(id="3.1", owner="8406"), "ทำที่") if row[0] == "นางตัวอย่าง สามสิบเจ็ด"]
    assert line == ["นางตัวอย่าง สามสิบเจ็ด", "30", "46.9 %", "", "15", "บังคับ", "เจ้าพนักงานการเกษตรชำนาญงาน", "ปรับ"]


def test_an_office_stands_with_its_head_and_what_is_off():
    [line, *_people] = rows(page(id="3.1", owner="8406"), "ทำที่")
    assert (line[3], line[6]) == ("58 ▼ −6", "นายตัวอย่าง สามสิบห้า")


def test_an_office_that_lacks_a_target_is_among_the_others():
    assert ["บ้านนาเดิม", "ไม่ได้ถือ"] in [row[:2] for row in rows(page(id="5.2"), "ทำที่")]


def test_linked_kpis_are_one_link_away():
    assert re.search(r'href="[^"]*id=3\.2"[^>]*>↔ 3\.2', html(page(id="3.1")))


def test_whoever_contributes_stands_with_the_share_of_the_result():
    shares = [float(row[3].rstrip(" %")) for row in rows(page(id="3.1", owner="8406"), "% ของผลรวม")]
    assert (len(shares), round(sum(shares), 1)) == (2, 100)


def test_an_unknown_kpi_is_refused_by_name():
    assert "ไม่มีตัวชี้วัดรหัส “99.9”" in text(framed("pages/cascade_page.py", **MONTH, id="99.9"))


@pytest.mark.parametrize("params", [{}, {"id": "3.1"}, {"id": "3.1", "part": "people"}])
def test_the_page_is_english_when_asked(params):
    headings = re.findall(r"<h2>(.*?)</h2>|<th [^>]*>(.*?)</th>", html(page(lang="en", **params)))
    assert headings
    assert not re.search("[\u0e00-\u0e7f]", re.sub("สุราษฎร์ธานี|ราย", "", str(headings)))
