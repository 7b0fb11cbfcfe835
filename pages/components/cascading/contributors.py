"""Who contributes to a KPI: upwards, what an owner's part feeds; downwards, whose results make the owner's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kpi_metrics import scorecard
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
