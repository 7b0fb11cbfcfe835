"""Closing the months of the year: which are open, closing through one, and opening one again for one owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from kpi_metrics import scorecard
from kpi_metrics.closing import Closed, Closing
from kpi_metrics.model import Refused
from kpi_metrics.thai.calendar import FiscalMonth, format_date, format_datetime
from kpi_metrics.words import said
from pages.components import coverage, grids, names, signature, store
from pages.components.filters import Filters
from pages.components.grids import Column
from pages.components.markup import Html, el

Row = Mapping[str, Any]

ASKED = "closing_asked"  # the month about to be closed, while it waits for its confirmation
NAMED = 8  # offices named that still owe something


def draw(filters: Filters) -> None:
    """Draw the months of the year with their state, and closing and opening them."""
    _ = filters.translate
    closings = store.ledger().closings()
    closed = Closed(closings)
    dues = store.rows(scorecard.coverage, filters, month=12)
    left, right = st.columns([2, 1], gap="large")
    with left:
        heading = _("งวดของปีงบประมาณ {year}").format(year=filters.year)
        grids.draw(grids.section(heading), _months(filters, closings, closed, dues))
    with right:
        by = signature.ask(filters)
        _close(filters, closed, dues, by)
        _reopen(filters, closed, by)


def _months(filters: Filters, closings: Sequence[Closing], closed: Closed, dues: Sequence[Row]) -> Html:
    _, lang = filters.translate, filters.lang
    reopened: dict[int, list[str]] = {}
    for each in closings:
        if each.owner_id and each.fiscal_year == filters.year and _is_open_again(closed, each):
            reopened.setdefault(each.month, []).append(each.owner_id)
    begun = _begun(filters)
    rows = []
    for number in range(1, 13):
        month, closing = FiscalMonth(filters.year, number), closed.for_all(filters.year, number)
        of_month = [row for row in dues if row["month"] == number]
        sent, due_date = coverage.count(of_month), next((row["due_date"].date() for row in of_month), None)
        is_past = due_date is not None and due_date < store.today()  # before that nothing is missing yet
        opened = _named(filters, number, reopened.get(number, ()))
        rows.append(
            {
                "month": month.label(lang),
                "state": _state(filters, month, closing, opened, None if is_past else due_date),
                "due": sent.due,
                **({"sent": sent.sent, "late": sent.late} if number in begun else {}),
                **({"missing": sent.missing} if is_past else {}),
                "seen": _seen(filters, closing, number) if closing else "",
            }
        )
    columns = (
        Column("month", _("เดือน")),
        Column("state", _("สถานะ"), "words"),
        Column("due", _("ต้องส่ง"), "trimmed"),
        Column("sent", _("ส่งแล้ว"), "trimmed"),
        Column("late", _("ส่งช้า"), "trimmed"),
        Column("missing", _("ยังไม่ส่ง"), "trimmed"),
        Column("seen", _("ที่ประชุมเห็น")),
    )
    return grids.table(rows, columns, lang, empty="")


def _named(filters: Filters, month: int, owner_ids: Sequence[str]) -> str:
    """Owners by their names in that month."""
    if not owner_ids:
        return ""
    called = {row["owner_id"]: row["owner_name"] for row in store.rows(scorecard.owners, filters, month=month)}
    return ", ".join(called.get(owner, owner) for owner in dict.fromkeys(owner_ids))


def _begun(filters: Filters) -> list[int]:
    """The months of the year that have begun: they can be reported, and closed."""
    return [month for month in range(1, 13) if FiscalMonth(filters.year, month).first_day <= store.today()]


def _is_open_again(closed: Closed, reopening: Closing) -> bool:
    assert reopening.owner_id
    return (reopening.fiscal_year, reopening.month, reopening.owner_id) not in closed


def _state(filters: Filters, month: FiscalMonth, closing: Closing | None, opened: str, due: date | None) -> str:
    """Open or closed, by whom; ``due``: the day until which it may be sent without being late."""
    _ = filters.translate
    if closing is None and month.first_day > store.today():
        return _("ยังมาไม่ถึง")
    if closing is None:
        return _("เปิด ส่งได้ถึง {day}").format(day=format_date(due, filters.lang)) if due else _("เปิด")
    told = _("ปิดโดย {who} เมื่อ {when}").format(who=closing.who, when=format_datetime(closing.done_at, filters.lang))
    return told + _(" · เปิดเฉพาะ {owners}").format(owners=opened) if opened else told


def _seen(filters: Filters, closing: Closing, month: int) -> Html | str:
    """The overview as it stood when the month was closed."""
    _ = filters.translate
    return grids.link(_("เปิดดู"), filters.href("", month=month, as_of=closing.done_at))


def _close(filters: Filters, closed: Closed, dues: Sequence[Row], by: str | None) -> None:
    """Closing through a month: asked, then confirmed beside what is still missing."""
    _, lang = filters.translate, filters.lang
    grids.draw(grids.section(_("ปิดรับผลงาน"), _("ปิดเดือนที่เลือกและทุกเดือนก่อนหน้าในปีนี้")))
    months = [m for m in _begun(filters) if not closed.through(filters.year, m)]
    if not months:
        grids.draw(grids.empty_sentence(_("ทุกเดือนที่มาถึงแล้วปิดครบ")))
        return
    ended = [m for m in months if FiscalMonth(filters.year, m).last_day < store.today()]
    usual = filters.month if filters.month in months else (ended or months)[-1]
    month = st.selectbox(
        _("ปิดถึงเดือน"),
        months,
        index=months.index(usual),
        key=f"close_month_{lang}",  # a box keeps the words it was first drawn with
        format_func=lambda m: FiscalMonth(filters.year, m).label(lang),
        width=220,
    )
    label = FiscalMonth(filters.year, month or months[-1]).label(lang)
    if st.button(_("ปิดรับถึง {month}").format(month=label), key="close"):
        st.session_state[ASKED] = (filters.year, month)
    if st.session_state.get(ASKED) != (filters.year, month):
        return
    missing = [row for row in dues if row["month"] <= (month or 0) and row["state"] == "missing"]
    st.html(el("p", _missing(filters, missing), class_="notice", role="alert"))
    if st.button(_("ยืนยันปิดรับถึง {month}").format(month=label), key="close_confirm", type="primary") and _is_signed(
        filters, by
    ):
        _do(filters, lambda: store.ledger().close_month(FiscalMonth(filters.year, int(month)), by=str(by)))


def _missing(filters: Filters, missing: Sequence[Row]) -> str:
    """What would stay missing: how much, and of whom most."""
    _ = filters.translate
    if not missing:
        return _("ส่งครบทุกรายการแล้ว")
    owners = {owner["owner_id"]: owner for owner in store.rows(scorecard.owners, filters)}
    counts: dict[str, int] = {}
    for row in missing:
        office = coverage.office_of(row)
        counts[office] = counts.get(office, 0) + 1
    most = sorted(counts.items(), key=lambda item: -item[1])[:NAMED]
    named = ", ".join(
        f"{names.office(owners[office], filters.lang) if office in owners else office} {count}"
        for office, count in most
    )
    words = _("ยังขาด {count} รายการ จาก {offices} หน่วยงาน: {named} เมื่อปิดแล้วจะรายงานไม่ได้จนกว่าจะเปิดใหม่")
    return words.format(count=len(missing), offices=len(counts), named=named + (" …" if len(counts) > NAMED else ""))


def _reopen(filters: Filters, closed: Closed, by: str | None) -> None:
    """Opening one closed month, with a reason, for one of all who were there that month: what is due is not asked."""
    _, lang = filters.translate, filters.lang
    grids.draw(grids.section(_("เปิดให้รายงานอีกครั้ง"), _("เฉพาะหนึ่งหน่วยงานหรือบุคคล หนึ่งเดือน")))
    months = [m for m in range(1, 13) if closed.for_all(filters.year, m)]
    if not months:
        grids.draw(grids.empty_sentence(_("ยังไม่มีเดือนที่ปิด")))
        return
    month = st.selectbox(
        _("เดือน"),
        months,
        index=months.index(filters.month) if filters.month in months else len(months) - 1,
        key=f"reopen_month_{lang}",
        format_func=lambda m: FiscalMonth(filters.year, m).label(lang),
        width=220,
    )
    there = _people_with_their_office(store.rows(scorecard.owners, filters, month=month))
    shut = {row["owner_id"]: row for row in there if (filters.year, month, row["owner_id"]) in closed}
    offices = {row["owner_id"]: row for row in there}

    def words(owner: str) -> str:
        row = shut[owner]
        office = offices.get(coverage.office_of(row))
        place = names.office(office, lang) if office else coverage.office_of(row)
        return f"{place} · {row['owner_name']}" if row["owner_kind"] == "person" else place

    options = list(shut)
    owner = st.selectbox(
        _("หน่วยงานหรือบุคคล"),
        options,
        index=options.index(filters.id) if filters.id in shut else None,
        key=f"reopen_owner_{lang}",
        format_func=words,
        placeholder=_("เลือก"),
    )
    why = st.text_input(_("เหตุผล"), key="reopen_why", max_chars=200)
    if st.button(_("เปิดให้รายงาน"), key="reopen") and _is_signed(filters, by):
        if not owner or not why.strip():
            st.html(el("p", _("เลือกหน่วยงานและใส่เหตุผลก่อน"), class_="notice", role="alert"))
            return
        asked = FiscalMonth(filters.year, int(month))
        _do(filters, lambda: store.ledger().reopen_month(asked, owner, why=why.strip(), by=str(by)))


def _people_with_their_office(owners: Sequence[Row]) -> list[Row]:
    """The owners, each person after the office it belongs to."""
    ranks = {owner["owner_id"]: rank for rank, owner in enumerate(owners)}
    last = len(ranks)
    return sorted(owners, key=lambda row: (ranks.get(coverage.office_of(row), last), row["owner_kind"] == "person"))


def _is_signed(filters: Filters, by: str | None) -> bool:
    _ = filters.translate
    if by is None:
        st.html(el("p", _("ใส่ชื่อผู้บันทึกก่อน"), class_="notice", role="alert"))
    return by is not None


def _do(filters: Filters, change: Any) -> None:
    """Do it and draw the page anew, or say in words why it cannot be done."""
    try:
        change()
    except Refused as refused:
        st.html(el("p", said(refused.text, filters.lang), class_="notice", role="alert"))
        return
    st.session_state.pop(ASKED, None)
    store.begin_run()
    st.rerun()
