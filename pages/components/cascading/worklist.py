"""What of the cascade needs somebody's hand: every check's rows with their figures, what to do, and the way there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from kpi_metrics.cascade import CHECK_WORDS, Check, advice
from kpi_metrics.i18n import noted
from kpi_metrics.words import said
from pages.components import grids, names
from pages.components.figures import signed, trimmed
from pages.components.filters import Filters
from pages.components.grids import Column, link
from pages.components.markup import Html, el, join

Row = Mapping[str, Any]

CHECKS: tuple[Check, ...] = get_args(Check)
OF_A_SET = ("not_linked", "few_kpis", "many_kpis", "few_prescribed", "weights_off_100")
WAYS: dict[str, str] = {
    "split": noted("แบ่งเป้าหมาย"),
    "set": noted("ชุดตัวชี้วัด"),
    "entry": noted("ผลที่รายงาน"),
    "owner": noted("ดูหน่วยงาน"),
}
MANY = 15  # rows of one check that are seen without unfolding the rest


def answer(filters: Filters, kpis: Sequence[Row], found: Sequence[Row]) -> str:
    """How many KPIs are handed down without a fault, and how much there is to do."""
    _ = filters.translate
    if not found:
        return _("เป้าหมายถ่ายทอดครบทั้ง {count} ตัวชี้วัด ไม่มีเรื่องต้องแก้").format(count=len(kpis))
    whole = len(kpis) - len({row["kpi_id"] for row in found if row["kpi_id"]})
    words = _("เป้าหมายถ่ายทอดครบ {whole} จาก {count} ตัวชี้วัด ต้องแก้ {faults} เรื่อง")
    return words.format(whole=whole, count=len(kpis), faults=len(found))


def draw(filters: Filters, found: Sequence[Row], owners: Sequence[Row]) -> None:
    """Draw the rows of ``cascade.checks`` by check, in the order in which they are best mended: targets, people, results."""
    called = {owner["owner_id"]: owner for owner in owners}
    for check in CHECKS:
        rows = [row for row in found if row["check"] == check]
        if not rows:
            continue
        heading = said(CHECK_WORDS[check], filters.lang)
        grids.draw(grids.section(heading, str(len(rows))), _table(filters, rows[:MANY], called))
        if rest := rows[MANY:]:
            more = filters.translate("อีก {count} รายการ").format(count=len(rest))
            grids.draw(el("details", el("summary", more), _table(filters, rest, called)))


def _table(filters: Filters, rows: Sequence[Row], called: Mapping[str, Row]) -> Html:
    _, lang = filters.translate, filters.lang
    is_of_kpi = any(row["kpi_id"] for row in rows)
    has_below = any(row["children"] is not None for row in rows)
    columns = [
        Column("who", _("ผู้รับผิดชอบ")),
        *((Column("kpi", _("ตัวชี้วัด"), "words"),) if is_of_kpi else ()),
        Column("own", _("ของตนเอง"), "number"),
        *((Column("below", _("ข้างล่างรวม"), "number"),) if has_below else ()),
        Column("difference", _("ต่าง"), "number"),
        Column("what", _("สิ่งที่ต้องทำ"), "words"),
        Column("there", _("ทำที่")),
    ]
    drawn = [
        {
            "who": _who(filters, row, called),
            "kpi": _kpi(filters, row),
            "own": trimmed(row["own"], 2),
            "below": trimmed(row["children"], 2),
            "difference": signed(row["difference"], 2).removesuffix(".00"),
            "what": said(advice(row), lang),
            "there": _there(filters, row),
        }
        for row in rows
    ]
    return grids.table(drawn, columns, lang, empty="")


def _who(filters: Filters, row: Row, called: Mapping[str, Row]) -> Html:
    is_person = row["owner_kind"] == "person"
    name = names.office(called.get(row["owner_id"], row), filters.lang)
    there = link(name, filters.href("person" if is_person else "owner", id=row["owner_id"]))
    office = called.get(row["parent_id"]) if is_person else None
    return join(there, el("span", " · ", names.office(office, filters.lang), class_="unit") if office else None)


def _kpi(filters: Filters, row: Row) -> Html | str:
    if not row["kpi_id"]:
        return ""
    return link(f"{row['kpi_id']} {row['kpi_name']}", filters.href("cascade", id=row["kpi_id"]))


def _there(filters: Filters, row: Row) -> Html | str:
    """The way to where it is mended."""
    _, check, owner = filters.translate, row["check"], row["owner_id"]
    if check == "own_against_children":
        return link(_(WAYS["entry"]), filters.href("kpi", id=row["kpi_id"], owner=owner))
    if check in OF_A_SET:
        if row["owner_kind"] != "person":
            return link(_(WAYS["owner"]), filters.href("owner", id=owner))
        return link(_(WAYS["set"]), filters.href("person", id=owner, part="set"))
    splitter = row["parent_id"] if check == "no_target" else owner
    return link(_(WAYS["split"]), filters.href("cascade", id=row["kpi_id"], owner=splitter, part="split"))
