"""Reporting on the screen goes the way of files: the same checks, one batch, and only what is due."""

import pytest

from kpi_metrics import entering, intake, scorecard
from kpi_metrics.access import EVERYTHING
from kpi_metrics.model import Refused
from kpi_metrics.store import Store
from kpi_metrics.thai.calendar import FiscalMonth
from tests.kpi_metrics.small_office import KPIS, TARGETS, write

NOV, JAN = FiscalMonth(2569, 2), FiscalMonth(2569, 4)
PLOTS = ("8401", "1.2")  # an increment
FARMERS = ("8401", "1.10")  # a ratio


@pytest.fixture
def store(office_database):
    with Store.open(office_database) as store:
        yield store


def form_of(store, owner="8401", month=NOV):
    return entering.form(store, EVERYTHING, owner=owner, month=month)


def line_of(store, key, month=NOV):
    return next(line for line in form_of(store, key[0], month).lines if line.key == key)


def examined(store, texts, month=NOV):
    return entering.examine(store, form_of(store, month=month), texts)


def send(store, texts, month=NOV, **how):
    return entering.send(store, form_of(store, month=month), texts, "สมหญิง", **how)


def stored(store, key, month=NOV):
    return store.known().entries.get((month.fiscal_year, month.month, key[1], key[0]))


def test_a_form_has_what_is_due_of_its_owner_and_nothing_else(store):
    assert [line.key for line in form_of(store).lines] == [PLOTS, FARMERS]


EVENT = "2569,3,1,ศัตรูพืชระบาด,ครั้ง,count,up,increment,sum,event,percent_of_target,interpolate,direct,60,70,80,90,100,10\n"


def import_also(store, tmp_path, **texts):
    intake.save(store, *intake.gather(store, write(tmp_path, **texts)), "clerk")


def test_a_kpi_that_is_reported_when_there_are_cases_can_be_typed_in_any_month_by_who_holds_it(store, tmp_path):
    head = KPIS.splitlines()[0] + "\n"
    import_also(store, tmp_path, kpis=head + EVENT, targets=TARGETS.splitlines()[0] + "\n2569,3,8401,5,10\n")
    send(store, {("8401", "3", "value"): "2"})
    assert stored(store, ("8401", "3")).value == 2
    assert [line.is_due for line in form_of(store).lines] == [True, True, False]
    assert ("8402", "3") not in [line.key for line in form_of(store, "8402").lines]


def test_what_was_reported_though_it_is_not_due_can_be_taken_back(store, tmp_path):
    import_also(store, tmp_path, kpis=KPIS.replace("monthly", "quarterly"))
    send(store, {(*PLOTS, entering.WITHDRAW): "ถอน"})
    assert stored(store, PLOTS).is_withdrawn
    assert PLOTS not in [line.key for line in form_of(store).lines]


def test_a_line_shows_the_entry_of_the_month_before_beside_this_months(store):
    line = line_of(store, PLOTS)
    assert (line.before.value, line.stored.value) == (10, 9)


def test_what_is_missing_stands_first(store):
    assert [line.key for line in form_of(store, month=FiscalMonth(2569, 1)).lines] == [FARMERS, PLOTS]


def test_a_line_shows_target_and_plan_to_date(store):
    line = line_of(store, PLOTS)
    assert (line.target, line.plan) == (120, 20)


def test_a_ratio_is_typed_as_its_parts(store):
    assert line_of(store, FARMERS).figures == ("numerator", "denominator")


@pytest.mark.parametrize(("text", "value"), [("๑๒", 12), ("1,250", 1250), ("12,5", 12.5), ("0", 0)])
def test_figures_are_read_as_those_of_a_file(store, text, value):
    send(store, {(*PLOTS, "value"): text})
    assert stored(store, PLOTS).value == value


def test_who_sends_is_the_reporter(store):
    send(store, {(*PLOTS, "value"): "12"})
    assert (stored(store, PLOTS).reported_by, stored(store, PLOTS).reported_at) == ("สมหญิง", store.now())


def test_what_is_sent_counts_in_the_result(store):
    send(store, {(*PLOTS, "value"): "12"})
    frame = scorecard.scorecard(store, EVERYTHING, year=2569, month=2, owner="8401", kpi="1.2")
    assert frame["result"].item() == 22


@pytest.mark.parametrize(
    ("box", "text", "code"),
    [
        ("value", "สิบสอง", "unreadable_value"),
        ("value", "1+1", "unreadable_value"),
        ("note", "1101700230708", "citizen_id"),
    ],
)
def test_what_no_file_may_say_is_refused_at_its_line(store, box, text, code):
    typed = examined(store, {(*PLOTS, box): text})
    assert ([found.code for found in typed.findings[PLOTS]], typed.rejected) == ([code], {PLOTS})


def test_half_a_ratio_is_refused(store):
    typed = examined(store, {(*FARMERS, "numerator"): "5"})
    assert [found.code for found in typed.findings[FARMERS]] == ["half_a_ratio"]


def test_an_empty_box_is_no_entry(store):
    assert examined(store, {(*PLOTS, "value"): " "}, JAN).checked.records == ()


def test_what_is_stored_already_is_not_sent_again(store):
    version = store.data_version()
    assert send(store, {(*PLOTS, "value"): "9"}).batch_id is None
    assert store.data_version() == version


def test_a_corrected_figure_keeps_the_words_reported_with_it(store):
    send(store, {(*PLOTS, "value"): "12", (*PLOTS, "note"): "ฝนตกหนัก"})
    send(store, {(*PLOTS, "value"): "13"})
    assert (stored(store, PLOTS).value, stored(store, PLOTS).note) == (13, "ฝนตกหนัก")


def test_words_alone_leave_the_figure(store):
    send(store, {(*PLOTS, "problem"): "น้ำท่วม"})
    assert stored(store, PLOTS).value == 9


def test_a_report_is_taken_back(store):
    send(store, {(*PLOTS, "withdraw"): "ถอน"})
    assert stored(store, PLOTS).is_withdrawn


def test_what_is_not_there_cannot_be_taken_back(store):
    assert "withdraw" not in line_of(store, PLOTS, JAN).boxes


@pytest.mark.parametrize(
    "key",
    [
        ("8402", "1.2", "value"),  # another owner
        ("8401", "9.9", "value"),  # a KPI there is none of
        ("8401", "1.10", "value"),  # a box this KPI does not have
        ("8401", "1.2", "reported_by"),  # no box at all
    ],
)
def test_a_box_the_form_does_not_have_is_not_listened_to(store, key):
    form = form_of(store)
    assert entering.keep(store, form, key, "5") is None
    assert entering.examine(store, form, {key: "5"}).checked.records == ()


def test_a_rejection_keeps_everything_out_and_the_draft_in(store):
    form = form_of(store)
    texts = {(*PLOTS, "value"): "12", (*FARMERS, "numerator"): "5"}
    for key, text in texts.items():
        entering.keep(store, form, key, text)
    with pytest.raises(Refused):
        entering.send(store, form, texts, "สมหญิง")
    assert (stored(store, PLOTS).value, len(entering.drafts(store, form))) == (9, 2)


def test_of_a_report_with_a_rejection_the_good_lines_are_saved_alone_when_accepted(store):
    form = form_of(store)
    texts = {(*PLOTS, "value"): "12", (*FARMERS, "numerator"): "5"}
    for key, text in texts.items():
        entering.keep(store, form, key, text)
    entering.send(store, form, texts, "สมหญิง", accept_good=True)
    assert stored(store, PLOTS).value == 12
    assert [draft.text for draft in entering.drafts(store, form)] == ["5"]


def test_after_sending_the_draft_is_gone(store):
    form = form_of(store)
    entering.keep(store, form, (*PLOTS, "value"), "12")
    entering.send(store, form, {(*PLOTS, "value"): "12"}, "สมหญิง")
    assert entering.drafts(store, form) == ()


def test_a_text_kept_by_another_window_meanwhile_stays(store):
    form = form_of(store)
    entering.keep(store, form, (*PLOTS, "value"), "13")
    entering.send(store, form, {(*PLOTS, "value"): "12"}, "สมหญิง")
    assert [draft.text for draft in entering.drafts(store, form)] == ["13"]


def test_what_was_typed_before_the_month_was_closed_is_there_when_it_is_reopened(store):
    entering.keep(store, form_of(store), (*PLOTS, "value"), "12")
    store.close_month(NOV, by="สมศรี")
    send(store, {(*PLOTS, "value"): "12"})
    entering.throw_away(store, form_of(store))
    store.reopen_month(NOV, "8401", why="ส่งช้า", by="สมศรี")
    assert [draft.text for draft in entering.drafts(store, form_of(store))] == ["12"]


def test_a_citizen_id_is_not_kept_in_a_draft(store):
    form = form_of(store)
    with pytest.raises(Refused, match="delete the citizen id"):
        entering.keep(store, form, (*PLOTS, "note"), "นาย ก 1-1017-00230-70-8")
    assert entering.drafts(store, form) == ()


@pytest.mark.parametrize(("key", "box"), [(PLOTS, "value"), (FARMERS, "numerator")])
def test_a_result_typed_beside_its_withdrawal_is_refused_not_dropped(store, key, box):
    send(store, {(*FARMERS, "numerator"): "5", (*FARMERS, "denominator"): "10"})
    typed = examined(store, {(*key, box): "77", (*key, entering.WITHDRAW): "ถอน"})
    assert ([found.code for found in typed.findings[key]], typed.rejected) == (["value_and_withdrawal"], {key})


def test_a_refusal_speaks_of_boxes_not_of_a_file(store):
    with pytest.raises(Refused, match="Correct them in their boxes and send again"):
        send(store, {(*PLOTS, "value"): "สิบสอง"})


def test_where_nothing_is_right_nothing_is_sent(store):
    with pytest.raises(Refused, match="There is nothing right to send"):
        send(store, {(*PLOTS, "value"): "สิบสอง"}, accept_good=True)


def test_a_closed_month_has_no_boxes_and_says_who_closed_it(store):
    store.close_month(NOV, by="สมศรี")
    line = line_of(store, PLOTS)
    assert (line.boxes, line.closing.who, line.stored.value) == ((), "สมศรี", 9)


def test_a_month_closed_while_it_was_typed_takes_nothing(store):
    form = form_of(store)
    store.close_month(NOV, by="สมศรี")
    with pytest.raises(Refused):
        entering.send(store, form, {(*PLOTS, "value"): "12"}, "สมหญิง")


def test_a_month_reopened_for_an_owner_has_its_boxes_again(store):
    store.close_month(NOV, by="สมศรี")
    store.reopen_month(NOV, "8401", why="ส่งช้า", by="สมศรี")
    assert line_of(store, PLOTS).boxes
    assert not line_of(store, ("8402", "1.2")).boxes


def test_a_month_that_has_not_begun_cannot_be_filled_in(store):
    with pytest.raises(Refused):
        form_of(store, month=FiscalMonth(2569, 6))


def test_what_is_typed_is_known_by_its_content(store):
    one, same, other = (examined(store, {(*PLOTS, "value"): text}).file.sha256 for text in ("12", "12", "13"))
    assert one == same != other
