"""Pages run as Streamlit runs them, on the demo province."""

import re

import pytest

from kpi_metrics import demo, scorecard
from kpi_metrics.demo_files import read_rows
from pages.components import frame, store
from pages.components.figures import fixed, trimmed
from pages.components.filters import Filters
from tests.pages.running import framed, html, run, text

PERIOD = Filters(2569, 8)
THAI = re.compile("[\u0e00-\u0e7f]")

pytestmark = pytest.mark.usefixtures("demo")


def test_the_overview_shows_the_score_of_the_province():
    [total] = store.rows(scorecard.summary, PERIOD, owner="84")
    assert f">{fixed(total['score_period'], 2)}<" in html(run("dashboard.py"))


def test_the_year_view_shows_the_score_of_the_year():
    [total] = store.rows(scorecard.summary, PERIOD, owner="84")
    assert f">{fixed(total['score_year'], 2)}<" in html(run("dashboard.py", view="year"))


def test_an_office_page_shows_rank_and_score():
    [total] = store.rows(scorecard.summary, PERIOD, owner="8406")
    shown = text(run("pages/owner_page.py", id="8406"))
    assert f"{fixed(total['score_period'], 2)} จาก 5 อันดับ {int(total['rank'])} จาก 19 อำเภอ" in shown


def test_an_office_page_shows_every_kpi_it_holds():
    rows = store.rows(scorecard.scorecard, PERIOD, owner="8406")
    page = html(run("pages/owner_page.py", id="8406"))
    assert all(f'./kpi?year=2569&amp;month=8&amp;id={row["kpi_id"]}&amp;owner=8406"' in page for row in rows)


def test_the_head_of_an_office_is_shown_as_that_office():
    shown = text(run("pages/person_page.py", id="P840101"))
    assert "ในฐานะหัวหน้า สำนักงานเกษตรอำเภอเมืองสุราษฎร์ธานี" in shown


def test_a_person_sees_own_score():
    [total] = store.rows(scorecard.summary, PERIOD, owner="P840102")
    assert f"ได้ {fixed(total['score_period'], 2)} จาก 5" in text(run("pages/person_page.py", id="P840102"))


def test_a_kpi_page_counts_the_offices_behind():
    rows = store.rows(scorecard.scorecard, PERIOD, kpi="3.1")
    behind = sum(
        row["status"] == "behind" for row in rows if row["parent_id"] == "84" and row["owner_kind"] != "person"
    )
    assert f"ต่ำกว่าแผน {behind} จาก" in text(run("pages/kpi_page.py", id="3.1"))


@pytest.mark.parametrize("page", ["owner", "kpi", "person"])
def test_a_page_about_nothing_yet_offers_what_there_is(page):
    assert html(run(f"pages/{page}_page.py")).count(f'href="./{page}?') > 15


def test_a_kpi_of_an_owner_shows_every_entry_and_its_place():
    entries = store.rows(scorecard.results, PERIOD, owner="P840602", kpi="1.1")
    shown = text(run("pages/kpi_page.py", id="1.1", owner="P840602"))
    assert entries
    assert all(f"{entry['file']} · {entry['row']}" in shown for entry in entries)


def test_a_kpi_of_an_office_shows_the_result_of_each_month():
    rows = store.rows(scorecard.scorecard, PERIOD, owner="8406", kpi="1.2", month=None)
    shown = html(run("pages/kpi_page.py", id="1.2", owner="8406"))
    assert all(f">{trimmed(row['result'])}<" in shown for row in rows if row["month"] <= 8)


def test_a_rolled_up_percent_shows_what_it_is_a_percent_of():
    [row] = store.rows(scorecard.scorecard, PERIOD, owner="8406", kpi="1.1")
    shown = html(run("pages/kpi_page.py", id="1.1", owner="8406"))
    assert f">{trimmed(row['numerator'])} / {trimmed(row['denominator'])}<" in shown


def test_a_kpi_of_an_office_leads_to_those_below():
    below = [row for row in store.rows(scorecard.scorecard, PERIOD, kpi="1.2") if row["parent_id"] == "8406"]
    shown = html(run("pages/kpi_page.py", id="1.2", owner="8406"))
    assert below
    assert all(f"id=1.2&amp;owner={row['owner_id']}" in shown for row in below)


@pytest.mark.parametrize(
    ("file", "params", "tables"),
    [
        ("dashboard.py", {}, ["summary", "scorecard"]),
        ("pages/owner_page.py", {"id": "8406"}, ["scorecard", "summary"]),
        ("pages/kpi_page.py", {"id": "1.1"}, ["scorecard"]),
        ("pages/kpi_page.py", {"id": "1.1", "owner": "P840602"}, ["scorecard", "results"]),
        ("pages/person_page.py", {"id": "P840102"}, ["scorecard", "summary"]),
    ],
)
def test_what_a_page_shows_can_be_saved(file, params, tables):
    keys = [button.key for button in run(file, **params).get("download_button")]
    tables_only = [key for key in keys if key.startswith("download_")]
    assert tables_only == [f"download_{table}_{suffix}" for table in tables for suffix in ("csv", "xlsx")]


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize(
    ("file", "params"),
    [
        ("dashboard.py", {"year": "1"}),
        ("dashboard.py", {"month": "13"}),
        ("dashboard.py", {"as_of": "xyz"}),
        ("dashboard.py", {"as_of": "2569-01-01"}),
        ("dashboard.py", {"as_of": "2026-01-01T00:00+07:00"}),
        ("dashboard.py", {"as_of": "1999-01-01"}),
        ("pages/owner_page.py", {"id": "nope"}),
        ("pages/owner_page.py", {"id": "P840102"}),
        ("pages/kpi_page.py", {"id": "nope"}),
        ("pages/kpi_page.py", {"id": "1.1", "owner": "nope"}),
        ("pages/person_page.py", {"id": "8406"}),
    ],
)
def test_what_there_is_none_of_is_answered_in_words(file, params, lang):
    app = framed(file, lang=lang, **params)
    assert not app.exception
    assert re.search(r'class="failure".*(ไม่มี|ยังไม่มี)', html(app))
    assert re.search("There is no", html(app))


@pytest.mark.parametrize("month", ["1", "12"])
@pytest.mark.parametrize(
    ("file", "id"), [("dashboard.py", ""), ("pages/owner_page.py", "84-G1"), ("pages/kpi_page.py", "9.1")]
)
def test_a_month_with_little_in_it_has_a_page(file, id, month):
    app = run(file, month=month, id=id)
    assert not app.exception
    assert 'class="failure"' not in html(app)


def test_the_frame_is_english_when_asked():
    app = run("dashboard.py", lang="en")
    frame_only = re.sub(r'<a [^>]*lang="th".*?</a>', "", html(app))
    for unit in {kpi["unit"] for kpi in read_rows(demo.FOLDER / "kpis.csv")}:  # which the office names
        frame_only = re.sub(rf"(?<![ก-๙]){unit}(?![ก-๙])", "", frame_only)
    assert THAI.findall(frame_only) == []


def test_an_unknown_year_is_answered_with_a_sentence_and_a_way_back():
    shown = html(run("dashboard.py", year="2400"))
    assert "ไม่มีปีงบประมาณ “2400”" in shown
    assert 'href="./?lang=th"' in shown


@pytest.fixture
def broken(monkeypatch):
    """A page that fails in a way nobody thought of."""

    def fail(*_):
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(frame, "_head", fail)
    return run("dashboard.py")


def test_what_fails_is_a_sentence_in_both_languages(broken):
    assert re.search("ขออภัย.*Sorry", text(broken))


def test_what_fails_shows_no_detail(broken):
    assert not broken.exception
    assert "secret" not in text(broken)


def test_the_code_shown_leads_to_the_log(broken, caplog):
    logged = " ".join(record.getMessage() for record in caplog.get_records("setup"))
    assert re.search(r"[0-9a-f]{6}", text(broken))[0] in logged


def test_a_choice_goes_into_the_address_as_an_id():
    app = run("dashboard.py")
    app.selectbox(key="filter_view_th").select("year").run()
    assert app.query_params["view"] == "year"


def test_the_demo_says_that_it_is_one():
    assert "ข้อมูลสาธิต" in text(run("dashboard.py"))
