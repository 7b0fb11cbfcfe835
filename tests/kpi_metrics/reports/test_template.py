import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kpi_metrics.access import EVERYTHING, Scope
from kpi_metrics.model import Located, Place, Refused
from kpi_metrics.reports.template import template, top_owner
from kpi_metrics.store import Store
from kpi_metrics.thai.calendar import FiscalMonth, parse_month
from tests.builders import YEAR, entry, part
from tests.kpi_metrics.reports import entry_office
from tests.kpi_metrics.reports.entry_office import figures, fill, open_book, read_back, rows_of, slots
from tests.office_suite import saved_again
from tests.provinces import provinces

JANUARY = "ม.ค. 2570"  # the 4th month, of which "A" has reported


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_NOW", entry_office.NOW)
        with Store.open(tmp_path_factory.mktemp("office") / "kpi.duckdb") as store:
            entry_office.save(store, *entry_office.RECORDS)
            yield store


@pytest.fixture
def closed_store(store, tmp_path):
    """A store of its own whose 4th month is closed."""
    store.backup(tmp_path / "kpi.duckdb")
    with Store.open(tmp_path / "kpi.duckdb") as closed:
        closed.close_month(FiscalMonth(YEAR, 4), by="clerk")
        yield closed


def month_book(store, owner="A", month=4):
    return template(store, EVERYTHING, owner=owner, year=YEAR, month=month)


def year_book(store, owner="A"):
    return template(store, EVERYTHING, owner=owner, year=YEAR)


def due(content, sheet="ผลงาน"):
    """Who is asked for what."""
    return [(row["ผู้รับผิดชอบ"].value, row["รหัสตัวชี้วัด"].value) for row in rows_of(open_book(content)[sheet])]


def row_of(content, kpi_id, owner="A", sheet="ผลงาน"):
    rows = rows_of(open_book(content)[sheet])
    return next(row for row in rows if (row["ผู้รับผิดชอบ"].value, row["รหัสตัวชี้วัด"].value) == (owner, kpi_id))


# --- what is asked


def test_asks_an_office_and_its_people_for_what_is_due_that_month(store):
    assert due(month_book(store)) == [("A", "2.1"), ("A", "2.2"), ("A", "3.1"), ("A", "3.2"), ("A1", "1.2")]


def test_asks_a_quarterly_kpi_in_the_quarters_last_month(store):
    assert ("A", "1.10") in due(month_book(store, month=3))


def test_the_top_office_asks_everybody(store):
    top = top_owner(store, EVERYTHING, year=YEAR)
    assert {owner for owner, _ in due(month_book(store, top))} == {"A", "A1", "B"}


def test_nobody_is_asked_who_may_not_be_seen(store):
    content = template(store, Scope(frozenset({"A"})), owner="A", year=YEAR, month=4)
    assert {owner for owner, _ in due(content)} == {"A"}


@pytest.mark.parametrize("owner", ["Z", "G"])
def test_refuses_who_is_not_known_or_has_nothing_due(store, owner):
    with pytest.raises(Refused, match=owner):
        month_book(store, owner)


def test_a_year_has_its_months_beside_each_other(store):
    months = [
        header for header in row_of(year_book(store), "3.1", sheet="ผลรายเดือน") if header.endswith(("2569", "2570"))
    ]
    assert months == [FiscalMonth(YEAR, month).label() for month in range(1, 13)]


def test_a_year_asks_for_numerators_and_denominators_month_by_month(store):
    asked = [owner_kpi for owner_kpi in due(year_book(store)) if owner_kpi == ("A", "2.1")]
    assert len(asked) == 12


# --- what stands there already


def test_shows_target_plan_and_what_was_last_told(store):
    row = row_of(month_book(store), "2.1")
    assert [row[name].value for name in ("เป้าหมาย", "แผนสะสม", "ผลครั้งก่อน")] == [100, 100, "200/300 (ธ.ค. 2569)"]


def test_what_was_reported_stands_in_its_cells(store):
    row = row_of(month_book(store), "1.2", "A1")
    assert [row[name].value for name in ("ผลงาน", "ปัญหา อุปสรรค", "หลักฐาน")] == [12, "ฝนทิ้งช่วง", "https://example.org/a"]


def test_what_was_only_noted_stands_there_too(store):
    row = row_of(month_book(store), "3.2")
    assert (row["ผลงาน"].value, row["หมายเหตุ"].value) == (None, "เครื่องวัดเสีย")


def test_no_text_in_it_runs(store):
    cells = [row_of(month_book(store, month=3), "1.10")["ตัวชี้วัด"], row_of(month_book(store), "1.2", "A1")["แนวทางแก้ไข"]]
    assert [(cell.value, cell.data_type) for cell in cells] == [("'=1+1", "s"), ("'=A1", "s")]


@pytest.fixture
def bare_store(store, tmp_path):
    """A store whose "2.2" is reported by parts, but for the 4th month, of which a bare value was told."""
    store.backup(tmp_path / "kpi.duckdb")
    with Store.open(tmp_path / "kpi.duckdb") as bare:
        entry_office.save(bare, part("A", 3, 1, 2, "2.2"), entry("A", 4, 0.5, "2.2", note="ฝนตก"))
        yield bare


def test_a_bare_value_of_a_kpi_by_parts_is_there_to_be_read_only(bare_store):
    row = row_of(month_book(bare_store), "2.2")
    cells = [row[name].value for name in ("ผลครั้งก่อน", "ผลงาน", "หมายเหตุ")]
    assert cells == ["0.5 (ม.ค. 2570) · ฝนตก", None, None]


def test_a_bare_value_is_corrected_by_parts(bare_store):
    parts = {(JANUARY, "2.2", "A", "numerator"): 3, (JANUARY, "2.2", "A", "denominator"): 4}
    checked = read_back(bare_store, fill(month_book(bare_store), parts))
    assert (checked.rejections, figures(checked)[4, "2.2", "A"]) == ((), (None, 3, 4))


@pytest.mark.parametrize("make", [month_book, year_book])
def test_a_bare_value_sent_back_untouched_says_nothing_new(bare_store, make):
    checked = read_back(bare_store, make(bare_store))
    receipt = bare_store.save(checked.records, [], by="clerk")
    assert (checked.rejections, receipt.batch_id) == ((), None)


# --- what may be filled in


@pytest.mark.parametrize(
    ("kpi_id", "names"),
    [("2.1", {"numerator", "denominator"}), ("2.2", {"value"}), ("3.1", {"value"}), ("3.2", {"value"})],
)
def test_a_kpi_is_asked_for_its_own_figures_and_words(store, kpi_id, names):
    open_ = {slot.name for slot in slots(open_book(month_book(store))) if slot.kpi_id == kpi_id}
    assert open_ == names | {"note", "problem", "remedy", "evidence_url"}


@pytest.mark.parametrize("sheet", ["ผลงาน", "วิธีกรอก"])
def test_sheets_are_protected_without_a_password(store, sheet):
    protection = open_book(month_book(store))[sheet].protection
    assert (protection.sheet, protection.password) == (True, None)


def test_a_closed_month_can_be_filled_in_only_by_whom_it_was_reopened_for(closed_store):
    closed_store.reopen_month(FiscalMonth(YEAR, 4), "A1", why="แก้ไข", by="clerk")
    assert {slot.owner_id for slot in slots(open_book(month_book(closed_store)))} == {"A1"}


def test_closed_months_of_a_year_cannot_be_filled_in(closed_store):
    months = {parse_month(slot.month).month for slot in slots(open_book(year_book(closed_store)))}
    assert months == set(range(5, 13))


@pytest.mark.parametrize(
    ("kpi_id", "owner", "rule"),
    [("3.1", "A", '"0,1,2,3,4,5,ถอน"'), ("2.2", "A", "<=100"), ("1.2", "A1", ">=0"), ("3.2", "A", "ISNUMBER")],
)
def test_what_a_figure_may_be_is_checked_as_it_is_typed(store, kpi_id, owner, rule):
    content = month_book(store)
    address = row_of(content, kpi_id, owner)["ผลงาน"].coordinate
    rules = open_book(content)["ผลงาน"].data_validations.dataValidation
    assert [rule in each.formula1 for each in rules if address in each.sqref] == [True]


def test_every_rule_says_in_thai_what_it_takes(store):
    rules = open_book(month_book(store))["ผลงาน"].data_validations.dataValidation
    assert all("เว้นว่าง" in rule.error and rule.prompt for rule in rules)


def test_prints_on_a4_across_with_its_header_on_each_page(store):
    sheet = open_book(month_book(store))["ผลงาน"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_title_rows) == (
        "landscape",
        9,
        "$4:$4",
    )


# --- and back again


@pytest.mark.parametrize("make", [month_book, year_book])
def test_sent_back_untouched_it_says_nothing_new(store, make):
    checked = read_back(store, make(store))
    receipt = store.save(checked.records, [], by="clerk")
    assert (checked.rejections, checked.warnings, receipt.batch_id) == ((), (), None)
    assert receipt.count_unchanged > 0


FEBRUARY = "ก.พ. 2570"
TYPED = {
    (FEBRUARY, "2.1", "A", "numerator"): 1234.5678,
    (FEBRUARY, "2.1", "A", "denominator"): 2000,
    (FEBRUARY, "2.2", "A", "value"): 6.25,
    (FEBRUARY, "3.1", "A", "value"): 4,
    (FEBRUARY, "1.2", "A1", "value"): 0,
}
READ = {
    (5, "2.1", "A"): (None, 1234.5678, 2000),
    (5, "2.2", "A"): (6.25, None, None),
    (5, "3.1", "A"): (4, None, None),
    (5, "1.2", "A1"): (0, None, None),
}


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_filled_in_and_saved_by_another_program_a_month_is_read_exactly(store, suffix):
    content = saved_again(fill(month_book(store, month=5), TYPED), suffix)
    checked = read_back(store, content, f"book.{suffix}")
    assert (checked.rejections, checked.warnings, figures(checked)) == ((), (), READ)


def test_filled_in_and_saved_by_another_program_a_year_is_read_exactly(store):
    checked = read_back(store, saved_again(fill(year_book(store), TYPED), "xlsx"))
    new = {key: figure for key, figure in figures(checked).items() if key[0] == 5}
    assert (checked.rejections, checked.warnings, new) == ((), (), READ)


def test_words_are_read_as_they_were_typed(store):
    words = {"note": "=1+1", "problem": "ฝน\nทิ้งช่วง", "remedy": "007", "evidence_url": "https://example.org/?a=1"}
    said = {(FEBRUARY, "3.1", "A", name): text for name, text in words.items()}
    content = fill(month_book(store, month=5), said | {(FEBRUARY, "3.1", "A", "note"): "'=1+1"})
    (entry,) = [located.record for located in read_back(store, content).records]
    assert {name: getattr(entry, name) for name in words} == words


def test_a_result_is_taken_back_by_the_word_for_it(store):
    content = fill(month_book(store), {(JANUARY, "3.1", "A", "value"): "ถอน"})
    taken_back = [each.record.kpi_id for each in read_back(store, content).records if each.record.is_withdrawn]
    assert taken_back == ["3.1"]


def a_figure(kpi, name):
    if name == "denominator":
        return st.sampled_from((200.0, 37.5, 1000.0))
    top = {"milestone": 5, "percent": 100}.get(kpi.measure, 19)
    least = 1 if kpi.measure == "percent" else 0
    return st.integers(least * 100, top * 100).map(lambda n: n / 100)


@given(provinces(), st.data())
@settings(
    max_examples=6, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
def test_whatever_is_typed_into_whatever_offices_workbook_is_read_exactly(tmp_path_factory, batches, data):
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch, Store.open(folder / "kpi.duckdb") as store:
        patch.setenv("KPI_NOW", "2028-01-01")
        for batch in batches:
            located = [Located("", record, Place("x.csv")) for record in batch.records]
            store.save(located, [], by="clerk", now=batch.recorded_at, refresh=False)
        store.refresh()
        year = data.draw(
            st.sampled_from(sorted({each.fiscal_year for each in batches[0].records if hasattr(each, "kpi_id")}))
        )
        try:
            content = template(store, EVERYTHING, owner=top_owner(store, EVERYTHING, year=year), year=year)
        except Refused:
            return
        kpis = store.known().kpis
        asked = {
            slot[:4]: kpis[year, slot.kpi_id]
            for slot in slots(open_book(content))
            if slot.name in ("value", "numerator", "denominator")
        }
        typed = {key: data.draw(a_figure(kpi, key[3])) for key, kpi in asked.items()}
        checked = read_back(store, fill(content, typed))
    wanted = {}
    for (month, kpi_id, owner, name), figure in typed.items():
        at = (parse_month(month).month, kpi_id, owner)
        wanted.setdefault(at, [None, None, None])[("value", "numerator", "denominator").index(name)] = figure
    assert checked.rejections == ()
    assert {at: list(figure) for at, figure in figures(checked).items()} == wanted
