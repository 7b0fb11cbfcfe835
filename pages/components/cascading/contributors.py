"""Who contributes to a KPI: upwards, what an owner's part feeds; downwards, whose results make the owner's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kpi_metrics import cascade, scorecard
from pages.components import grids, names, store
from pages.components.figures import fixed, trimmed, unit_mark
from pages.components.filters import Filters
from pages.components.grids import Column
from pages.components.markup import Html, el, join

Row = Mapping[str, Any]


def draw(filters: Filters, kpi: Row, owner: Row) -> None:
    """Draw what ``owner`` feeds, office by office to the top, and who below feeds the owner, with shares where results add up."""
    _, lang = filters.translate, filters.lang
    owners = store.rows(scorecard.owners, filters)
    rows = {row["owner_id"]: row for row in store.rows(scorecard.scorecard, filters, kpi=kpi["kpi_id"])}
    own = rows.get(owner["owner_id"])
    if own is None:
        return
    above = [each for each in names.path(owners, owner["owner_id"])[:-1] if each["owner_id"] in rows]
    if above:
        grids.draw(
            grids.section(_("ส่งผลขึ้นไปถึงใคร")),
            el("ul", *(el("li", _feeds(filters, kpi, own, each, rows)) for each in reversed(above)), class_="plain"),
        )
    below = [row for row in rows.values() if row["parent_id"] == owner["owner_id"]]
    if not below:
        return
    called = {each["owner_id"]: each for each in owners}
    drawn = [
        dict(row)
        | {
            "name": names.office(called.get(row["owner_id"], row), lang),
            "href": filters.href("kpi", id=kpi["kpi_id"], owner=row["owner_id"]),
            "share": _share(kpi, row, own),
        }
        for row in sorted(below, key=lambda row: -(row["result"] or 0))
    ]
    columns = (
        Column("name", _("ผู้รับผิดชอบ"), is_link=True),
        Column("target", _("เป้าหมาย"), "trimmed"),
        Column("result", _("ผล"), "trimmed"),
        Column("share", _("% ของผลรวม") if kpi["roll_up"] == "sum" else "", "number"),
        Column("status", _("สถานะ"), "status"),
    )
    heading = _("ใครทำให้ {owner} ได้ผลนี้").format(owner=names.office(owner, lang))
    grids.draw(grids.section(heading, unit_mark(kpi["unit"])), grids.table(drawn, columns, lang, empty=""))


def _feeds(filters: Filters, kpi: Row, own: Row, above: Row, rows: Mapping[str, Row]) -> Html:
    """ "กาญจนดิษฐ์: เป้า 12 = 14.3 % ของ 84 · ผล 9 = 12.5 % ของ 72"."""
    _, theirs, unit = filters.translate, rows[above["owner_id"]], unit_mark(kpi["unit"])
    there = filters.href("kpi", id=kpi["kpi_id"], owner=above["owner_id"])
    told: Sequence[str] = [
        _("{what} {part} = {share} % ของ {whole} {unit}").format(
            what=what,
            part=trimmed(own[name]),
            share=fixed(100 * own[name] / theirs[name], 1),
            whole=trimmed(theirs[name]),
            unit=unit,
        )
        for name, what in (("target", _("เป้า")), ("result", _("ผล")))
        if kpi["roll_up"] == "sum" and own[name] is not None and theirs[name]
    ]
    words = " · ".join(told) or _("ผล {result} {unit}").format(result=trimmed(theirs["result"]) or "–", unit=unit)
    return join(grids.link(names.office(above, filters.lang), there), ": ", words)


def _share(kpi: Row, row: Row, own: Row) -> str:
    is_part = kpi["roll_up"] == "sum" and row["result"] is not None and own["source"] == "children"
    return f"{fixed(100 * row['result'] / own['result'], 1)} %" if is_part and own["result"] else ""


def draw_of_person(filters: Filters, kpis: Sequence[Row], person: Row) -> None:
    """Draw for each KPI that a person holds (row of scorecard.owners) which offices' KPI it feeds, and what part it is of it."""
    _, lang = filters.translate, filters.lang
    owners = store.rows(scorecard.owners, filters)
    above = names.path(owners, person["owner_id"])[:-1]
    held = {row["kpi_id"]: row for row in store.rows(cascade.holders, filters, owner=person["owner_id"])}
    drawn = []
    for kpi in kpis:
        own = held.get(kpi["kpi_id"])
        if own is None:
            continue
        rows = {row["owner_id"]: row for row in store.rows(scorecard.scorecard, filters, kpi=kpi["kpi_id"])}
        there = filters.href("kpi", id=kpi["kpi_id"], owner=person["owner_id"])
        drawn.append(
            {
                "kpi": grids.link(f"{kpi['kpi_id']} {names.kpi(kpi, lang)}", there),
                "target": f"{trimmed(own['target'])} {unit_mark(kpi['unit'])}",
                **{each["owner_id"]: _fed(filters, kpi, own, rows.get(each["owner_id"])) for each in above},
                "linked": _linked(filters, kpi, kpis, above),
            }
        )
    columns = [
        Column("kpi", _("ตัวชี้วัดของฉัน"), "words"),
        Column("target", _("เป้าหมาย"), "number"),
        *(Column(each["owner_id"], names.office(each, lang), "words") for each in reversed(above)),
        *([Column("linked", _("สนับสนุนตัวชี้วัด"), "words")] if any(row["linked"] for row in drawn) else []),
    ]
    how = _("ส่วนของเป้าหมายและของผล เฉพาะตัวชี้วัดที่ผลรวมกันได้")
    grids.draw(
        grids.section(_("ส่งผลถึงตัวชี้วัดใดของใคร"), how),
        grids.table(drawn, columns, lang, empty=_("ยังไม่ถือตัวชี้วัดใดของตนเองในงวดนี้")),
    )


def _fed(filters: Filters, kpi: Row, own: Row, theirs: Row | None) -> Html | str:
    """What part of an office's target and result is the person's: ``33.3 % ของเป้า 84 · 40.0 % ของผล 50``."""
    _ = filters.translate
    if theirs is None or theirs["target"] is None:
        return el("span", _("ไม่ได้ถือ"), class_="muted")
    there = filters.href("kpi", id=kpi["kpi_id"], owner=theirs["owner_id"])
    if kpi["roll_up"] != "sum":
        return grids.link(_("ถือตัวชี้วัดเดียวกัน"), there)
    words = {"target": _("{share} % ของเป้า {whole}"), "result": _("{share} % ของผล {whole}")}
    told = [
        said.format(share=fixed(100 * own[name] / theirs[name], 1), whole=trimmed(theirs[name]))
        for name, said in words.items()
        if own[name] is not None and theirs[name]
    ]
    return grids.link(" · ".join(told) or _("ถือตัวชี้วัดเดียวกัน"), there)


def _linked(filters: Filters, kpi: Row, kpis: Sequence[Row], above: Sequence[Row]) -> Html | str:
    """The KPI that this one is linked to, where an office above has it."""
    parent = next((each for each in kpis if each["kpi_id"] == kpi["parent_kpi_id"]), None)
    if parent is None:
        return ""
    holders = {row["owner_id"] for row in store.rows(scorecard.scorecard, filters, kpi=parent["kpi_id"])}
    owner = next((each["owner_id"] for each in reversed(above) if each["owner_id"] in holders), None)
    words = f"{parent['kpi_id']} {names.kpi(parent, filters.lang)}"
    return grids.link(words, filters.href("kpi", id=parent["kpi_id"], owner=owner))
