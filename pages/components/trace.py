"""How one owner's figure of one KPI came about: its months, the entries with their place in a file, those below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kpi_metrics import scorecard
from kpi_metrics.i18n import noted
from kpi_metrics.thai.calendar import FiscalMonth, format_date, format_datetime
from kpi_metrics.thai.numbers import round_half_up
from pages.components import (
    bullets,
    decided,
    definition,
    downloads,
    frame,
    grids,
    headlines,
    names,
    panels,
    standing,
    store,
)
from pages.components.figures import percent, planned, signed, trimmed, unit_mark, whole_up
from pages.components.filters import Filters
from pages.components.grids import Column
from pages.components.markup import Html, el, join
from pages.components.text import status_word

Row = Mapping[str, Any]

SOURCES: dict[str, str] = {
    "own": noted("ผลนี้มาจากรายงานของ {owner} เอง"),
    "children": noted("ผลนี้รวมจากผู้รับผิดชอบในสังกัด {count} ราย"),
    "none": noted("ยังไม่มีผลจากใครถึงเดือนนี้"),
}


def draw(filters: Filters, kpi: Row, owners: Sequence[Row], holders: Sequence[Row]) -> None:
    """Draw one KPI of one owner (``filters.owner``); ``holders``: the scorecard rows of everybody who holds the KPI."""
    _, lang = filters.translate, filters.lang
    owner = names.find(owners, "owner_id", filters.owner or "", "หน่วยงานหรือบุคคล", "office or person")
    name, kpi_name = names.whole(owner, lang), f"{kpi['kpi_id']} {names.kpi(kpi, lang)}"
    row = next((row for row in holders if row["owner_id"] == owner["owner_id"]), None)
    everywhere = el("a", _("ทุกหน่วยงาน"), href=filters.href("kpi", id=kpi["kpi_id"]), target="_self")
    if row is None:
        words = _("{owner} ไม่มีตัวชี้วัด {kpi} ในงวดนี้").format(owner=name, kpi=kpi_name)
        frame.nothing(filters, words, subject=everywhere)
    below = [held for held in holders if held["parent_id"] == owner["owner_id"]]
    where = {"owner": owner["owner_id"], "kpi": kpi["kpi_id"]}
    months = {held["month"]: held for held in store.rows(scorecard.scorecard, filters, month=None, **where)}
    entries = store.rows(scorecard.results, filters, **where)

    answer = _("{owner} ทำ {kpi} ได้ {result} จากแผน {plan} {unit}")
    if row["result"] is None or row["plan"] is None:
        answer = _("{owner}: {kpi} {status}")
    answer = answer.format(
        owner=name,
        kpi=kpi_name,
        result=trimmed(row["result"]),
        plan=planned(row),
        unit=unit_mark(row["unit"]),
        status=status_word(row["status"], lang),
    )
    handed = grids.link(_("การถ่ายทอด"), filters.href("cascade", id=kpi["kpi_id"], owner=owner["owner_id"]))
    trail = _trail(filters, kpi, owners, owner)
    frame.title(filters, answer, subject=join(trail, " · ", everywhere, " · ", handed))
    grids.draw(headline(row, months, filters), decided.override(row, filters), rules(row, filters))
    grids.draw(grids.section(_("ที่มาของผล")), source(row, kpi, below, owner, filters))
    if below:
        grids.draw(grids.holders(standing.holders(below, owners, filters), lang))
    grids.draw(grids.section(_("รายเดือน ต.ค.–ก.ย.")), months_table(months, entries, filters))
    grids.draw(notes_table(store.rows(scorecard.notes, filters, **where | {"month": None}), filters))
    left, right = st.columns(2, gap="large")
    with left:
        panels.trend(filters, owner["owner_id"], kpi)
    with right:
        grids.draw(grids.section(_("ความหมายและวิธีคิด")), definition.describe(kpi, owners, lang))
    downloads.offer(filters, {"scorecard": [row, *below], "results": entries}, owner["owner_id"], kpi["kpi_id"])


def headline(row: Row, months: Mapping[int, Row], filters: Filters) -> Html:
    """The figure itself, what is still to be done, and where it is heading."""
    _ = filters.translate
    label = _("น้ำหนักร้อยละ {weight}").format(weight=trimmed(row["weight"])) if row["weight"] else _("ไม่มีน้ำหนัก")
    return headlines.kpi_headline(row, label, filters, ahead(row, months, filters))


def ahead(row: Row, months: Mapping[int, Row], filters: Filters) -> Html:
    """What reaches the next level and the target, and the projection with its rule and band; empty if nothing is left."""
    _ = filters.translate
    unit = unit_mark(row["unit"])
    lines = [bullets.next_level(row, filters.lang)]
    if row["needed_per_month"] is not None:
        words = _("ต้องทำเดือนละ {needed} {unit} (ปัดขึ้น)")
        lines.append(words.format(needed=whole_up(row["needed_per_month"]), unit=unit))
    if found := standing.projected(row, months):
        value, low, high = (trimmed(end, 0) for end in found)
        words = _("คาดการณ์สิ้นปี {value} {unit} (ช่วง {low}–{high})")
        lines.append(words.format(value=value, unit=unit, low=low, high=high))
    return join(*(el("span", line) for line in lines if line))


def rules(row: Row, filters: Filters) -> Html | None:
    """How what lies ahead is reckoned; None where nothing is projected."""
    _ = filters.translate
    if row["projection"] is None:
        return None
    words = _("คาดการณ์สิ้นปี = ผลสะสม ÷ สัดส่วนแผนถึงเดือนนี้ · ช่วง = ต่ำสุดและสูงสุดเมื่อคิดแบบเดียวกันจาก 3 เดือนที่รายงานล่าสุด")
    return el("p", words, class_="meta")


def source(row: Row, kpi: Row, below: Sequence[Row], owner: Row, filters: Filters) -> Html:
    """Where the result comes from, in words, and whether what stands below adds up to it."""
    _ = filters.translate
    known = [child["result"] for child in below if child["result"] is not None]
    said = SOURCES[row["source"]]
    words = _(said).format(owner=names.whole(owner, filters.lang), count=len(known))
    if kpi["roll_up"] != "sum" or not known or row["result"] is None:
        return el("p", words, class_="said")
    gap = round_half_up(row["result"], 4) - round_half_up(sum(known), 4)
    if not gap:
        return el("p", words, " · ", _("ยอดรวมในสังกัด {sum} ตรงกัน").format(sum=trimmed(sum(known))), class_="said")
    unequal = _("ยอดรวมในสังกัด {sum} ไม่ตรงกับผลนี้ ต่างกัน {gap}").format(sum=trimmed(sum(known)), gap=signed(gap, 2))
    return el("p", words, " · ", el("b", unequal), class_="said")


def months_table(months: Mapping[int, Row], entries: Sequence[Row], filters: Filters) -> Html:
    """The 12 months: what was reported, the figures carried, and for an entry its place in a file, who and when."""
    _ = filters.translate
    told = {entry["month"]: entry for entry in entries if entry["month"] <= filters.month}
    drawn = [_month_row(month, months.get(month), told.get(month), filters) for month in range(1, 13)]
    columns = [
        Column("month", _("เดือน")),
        Column("entry", _("ที่รายงาน") if told else _("ตัวตั้ง / ตัวหาร"), "number"),
        Column("result", _("ผลสะสม"), "number"),
        Column("plan", _("แผนสะสม"), "number"),
        Column("progress", _("% ของแผน"), "number"),
        Column("status", _("สถานะ"), "status"),
    ]
    if told:
        columns += [
            Column("place", _("ไฟล์ · แผ่นงาน · แถว")),
            Column("reporter", _("ผู้รายงาน")),
            Column("recorded", _("บันทึกเมื่อ")),
        ]
    elif not any("entry" in row for row in drawn):
        del columns[1]
    return grids.table(drawn, columns, filters.lang, empty="")


def notes_table(notes: Sequence[Row], filters: Filters) -> Html | None:
    """What was said with the entries; None if nothing was."""
    _ = filters.translate
    drawn = [
        dict(note) | {"month": _month(note["month"], filters), "evidence": evidence(note["evidence_url"])}
        for note in notes
        if note["month"] <= filters.month
    ]
    columns = (
        Column("month", _("เดือน")),
        Column("note", _("หมายเหตุ"), "words"),
        Column("problem", _("ปัญหา อุปสรรค"), "words"),
        Column("remedy", _("แนวทางแก้ไข"), "words"),
        Column("evidence", _("หลักฐาน"), "words"),
    )
    return grids.table(drawn, columns, filters.lang, empty="") if drawn else None


def evidence(url: str | None) -> Html | str:
    """A link to the evidence if it is an address of the web; anything else is only text."""
    if url is None:
        return ""
    is_web = url.lower().startswith(("https://", "http://"))
    return el("a", url, href=url, target="_blank", rel="noopener noreferrer") if is_web else url


def _trail(filters: Filters, kpi: Row, owners: Sequence[Row], owner: Row) -> Html:
    """The owner's page, after the same KPI of those above it."""

    def href(above: Row) -> str:
        if above is owner:
            return filters.href("person" if owner["owner_kind"] == "person" else "owner", id=owner["owner_id"])
        return filters.href("kpi", id=kpi["kpi_id"], owner=above["owner_id"])

    return panels.trail(owners, owner["owner_id"], href, filters.lang)


def _month_row(month: int, row: Row | None, entry: Row | None, filters: Filters) -> dict[str, Any]:
    drawn: dict[str, Any] = {"month": _month(month, filters), "plan": planned(row) if row else ""}
    if row and month <= filters.month:
        drawn |= {
            "result": trimmed(row["result"]),
            **({"entry": _reported(row)} if row["denominator"] is not None else {}),
            "progress": percent(row["progress_pct"], filters.thresholds),
            "status": row["status"],
        }
    if entry:
        drawn |= {
            "entry": _reported(entry),
            "place": " · ".join(
                str(part) for part in (entry["file"], entry["sheet"], entry["row"]) if part is not None
            ),
            "reporter": " ".join(
                part
                for part in (
                    entry["reported_by"],
                    entry["reported_at"] and format_date(entry["reported_at"], filters.lang),
                )
                if part
            ),
            "recorded": format_datetime(entry["recorded_at"], filters.lang),
        }
    return drawn


def _reported(entry: Row) -> str:
    """An entry's value, or numerator and denominator of an entry or of a scorecard row."""
    if entry.get("value") is not None:
        return trimmed(entry["value"], 4)
    return f"{trimmed(entry['numerator'], 4)} / {trimmed(entry['denominator'], 4)}"


def _month(month: int, filters: Filters) -> str:
    return FiscalMonth(filters.year, month).label(filters.lang)
