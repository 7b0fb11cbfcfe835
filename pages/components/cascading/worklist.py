"""What of the cascade needs somebody's hand: every check's rows with their figures, what to do, and the way there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from kpi_metrics import cascade
from kpi_metrics.cascade import CHECK_WORDS, CHECKS, Check, advice, is_slight
from kpi_metrics.i18n import noted
from kpi_metrics.words import said
from pages.components import grids, names, store
from pages.components.figures import signed, trimmed
from pages.components.filters import Filters
from pages.components.grids import Column, link
from pages.components.markup import Html, el, join

Row = Mapping[str, Any]

OF_A_SET = ("not_linked", "few_kpis", "many_kpis", "few_prescribed", "weights_off_100")
WAYS: dict[str, str] = {
    "split": noted("แบ่งเป้าหมาย"),
    "set": noted("ชุดตัวชี้วัด"),
    "entry": noted("แก้ผลที่รายงาน"),
    "weights": noted("ปรับน้ำหนัก"),
}
MANY = 25  # rows that are seen without unfolding the rest


def answer(filters: Filters, kpis: Sequence[Row], found: Sequence[Row]) -> str:
    """How many KPIs are handed down without a fault, and how much there is to do."""
    _ = filters.translate
    if not found:
        return _("เป้าหมายถ่ายทอดครบทั้ง {count} ตัวชี้วัด ไม่มีเรื่องต้องแก้").format(count=len(kpis))
    whole = len(kpis) - len({row["kpi_id"] for row in found if row["kpi_id"]})
    words = _("เป้าหมายถ่ายทอดครบ {whole} จาก {count} ตัวชี้วัด ต้องแก้ {faults} เรื่อง")
    return words.format(whole=whole, count=len(kpis), faults=sum(not is_slight(row) for row in found))


def draw(filters: Filters, found: Sequence[Row], owners: Sequence[Row], kpis: Sequence[Row]) -> None:
    """Draw the rows of ``cascade.checks`` in the order in which they are best mended: targets, people, results.

    The address's part, if it is a check's name, chooses that one alone.
    """
    _ = filters.translate
    if not found:
        return
    counts = {check: sum(row["check"] == check for row in found) for check in CHECKS}
    chosen = filters.part if counts.get(cast(Check, filters.part)) else None
    grids.draw(_choices(filters, counts, chosen))
    rows = sorted((row for row in found if chosen in (None, row["check"])), key=lambda row: CHECKS.index(row["check"]))
    called = {owner["owner_id"]: owner for owner in owners}
    kpi_names = {kpi["kpi_id"]: f"{kpi['kpi_id']} {names.kpi(kpi, filters.lang)}" for kpi in kpis}
    grids.draw(_table(filters, rows[:MANY], called, kpi_names))
    if rest := rows[MANY:]:
        more = _("อีก {count} รายการ").format(count=len(rest))
        grids.draw(el("details", el("summary", more), _table(filters, rest, called, kpi_names)))


def _choices(filters: Filters, counts: Mapping[Check, int], chosen: str | None) -> Html:
    """The checks that found something, with how often, as links; the chosen one marked."""
    _ = filters.translate
    of_all = (None, _("ทั้งหมด"), sum(counts.values()))
    each = [(check, said(CHECK_WORDS[check], filters.lang), count) for check, count in counts.items() if count]
    links = (
        link(f"{words} {count}", filters.href("cascade", part=check), aria_current="page" if check == chosen else None)
        for check, words, count in (of_all, *each)
    )
    return el("nav", *links, class_="menu parts")


def _table(filters: Filters, rows: Sequence[Row], called: Mapping[str, Row], kpi_names: Mapping[str, str]) -> Html:
    _, lang = filters.translate, filters.lang
    columns = [
        Column("check", _("เรื่อง")),
        Column("who", _("ผู้รับผิดชอบ")),
        Column("kpi", _("ตัวชี้วัด")),
        Column("own", _("ของตนเอง"), "number"),
        Column("below", _("ข้างล่างรวม"), "number"),
        Column("difference", _("ต่าง"), "number"),
        Column("what", _("สิ่งที่ต้องทำ"), "words"),
        Column("there", _("ทำที่")),
    ]
    drawn = [
        {
            "check": said(CHECK_WORDS[row["check"]], lang),
            "who": _who(filters, row, called),
            "kpi": _kpi(filters, row, kpi_names),
            "own": trimmed(row["own"], 2),
            "below": trimmed(row["children"], 2),
            "difference": signed(row["difference"], 2).removesuffix(".00"),
            "what": said(
                advice(dict(row) | {"owner_name": names.office(called.get(row["owner_id"], row), lang)}), lang
            ),
            "there": _there(filters, row),
        }
        for row in rows
    ]
    return el("div", grids.table(drawn, columns, lang, empty=""), class_="cards")


def _who(filters: Filters, row: Row, called: Mapping[str, Row]) -> Html:
    is_person = row["owner_kind"] == "person"
    name = names.office(called.get(row["owner_id"], row), filters.lang)
    there = link(name, filters.href("person" if is_person else "owner", id=row["owner_id"]))
    office = called.get(row["parent_id"]) if is_person else None
    return join(there, el("span", " · ", names.office(office, filters.lang), class_="unit") if office else None)


def _kpi(filters: Filters, row: Row, kpi_names: Mapping[str, str]) -> Html | str:
    if not row["kpi_id"]:
        return ""
    return link(kpi_names[row["kpi_id"]], filters.href("cascade", id=row["kpi_id"], owner=row["owner_id"]))


def _there(filters: Filters, row: Row) -> Html:
    """The way to where it is mended."""
    _, check, owner = filters.translate, row["check"], row["owner_id"]
    if check == "own_against_children":
        words, href = WAYS["entry"], filters.href("report", id=owner, part="entry")
    elif check in OF_A_SET and row["owner_kind"] != "person":
        held = store.rows(cascade.holders, filters, owner=owner)
        words, href = WAYS["weights"], filters.href("cascade", id=held[0]["kpi_id"], owner=owner, part="revise")
    elif check in OF_A_SET:
        words, href = WAYS["set"], filters.href("person", id=owner, part="set")
    else:
        splitter = row["parent_id"] if check == "no_target" else owner
        words, href = WAYS["split"], filters.href("cascade", id=row["kpi_id"], owner=splitter, part="split")
    return el("span", link(_(words), href), class_="whole")
