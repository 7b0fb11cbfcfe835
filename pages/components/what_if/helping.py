"""Where one more unit of work helps most: a few lines in words, and all of it as a table to take along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from kpi_metrics import scorecard
from kpi_metrics.gains import most_gain
from kpi_metrics.thai.numbers import round_half_up
from pages.components import downloads, grids, names, standing, store
from pages.components.figures import signed, trimmed, unit_mark
from pages.components.filters import Filters
from pages.components.grids import Column
from pages.components.markup import Html, el, join

Row = Mapping[str, Any]
FEW = 5  # lines in words
MANY = 40  # rows in the table; the file has all


def few(filters: Filters, page: str, owner: Row) -> None:
    """Draw the best few in words, and the way to all of them and to trying out. ``owner``: whose total would gain."""
    _ = filters.translate
    rows = _gains(filters, owner)
    way = grids.link(_("ลองคิดว่าถ้าผลหรือเป้าหมายเปลี่ยน"), filters.href(page, id=filters.id, part="what_if"))
    lines = [el("li", _sentence(filters, list(tied), owner)) for _key, tied in groupby(rows, key=_tie)]
    grids.draw(
        grids.section(_("ทำเพิ่มที่ใดคะแนนขึ้นมากที่สุด"), _how(filters)),
        el("ol", *lines[:FEW], class_="gains") if lines else _empty(filters),
        el("p", way, class_="said"),
    )


def whole(filters: Filters, owner: Row) -> None:
    """Draw the table, the best first, and offer it as a file."""
    _ = filters.translate
    rows, called = _gains(filters, owner), _Names(filters)
    drawn = [
        dict(row) | {
            "what": called.kpi(row),
            "who": called.owner(row),
            "href": standing.kpi_href(row, filters),
            "remains": f"{trimmed(row['remaining'])} {_unit(filters, row)}",
        }
        for row in rows[:MANY]
    ]  # fmt: skip
    columns = (
        Column("what", _("ตัวชี้วัด"), "words", is_link=True),
        Column("who", _("ผู้รับผิดชอบ"), "words"),
        Column("result", _("ผล"), "trimmed"),
        Column("target", _("เป้าหมาย"), "trimmed"),
        Column("remains", _("เหลือถึงเป้าหมาย"), "number"),
        Column("gain_per_unit", _("คะแนนต่อหน่วย"), "signed", 4),
        Column("gain", _("คะแนนถ้าครบเป้า"), "signed", 4),
    )
    grids.draw(
        grids.section(_("ทำเพิ่มที่ใดคะแนนขึ้นมากที่สุด"), _how(filters)),
        grids.table(drawn, columns, filters.lang, empty=_nothing(filters)),
    )
    if len(rows) > MANY:
        words = _("แสดง {shown} จาก {count} แถว").format(shown=MANY, count=len(rows))
        grids.draw(grids.empty_sentence(words))
    downloads.offer(filters, {"gain": rows}, owner["owner_id"])


def _gains(filters: Filters, owner: Row) -> list[dict[str, Any]]:
    return store.rows(most_gain, filters, owner=owner["owner_id"])


def _tie(row: Row) -> tuple[str, object]:
    """What stands in one line: of one KPI, with the same gain as it is shown."""
    return row["kpi_id"], round_half_up(row["gain_per_unit"], 4)


def _sentence(filters: Filters, tied: Sequence[Row], owner: Row) -> Html:
    """ "พระแสง · 5.2 …: ทำเพิ่ม 1 ราย คะแนนจังหวัด +0.0031 (เหลือ 14 ราย) และอีก 3 แห่ง"."""
    _, first, called = filters.translate, tied[0], _Names(filters)
    unit = _unit(filters, first)
    words = _("ทำเพิ่ม 1 {unit} คะแนนของ {owner} {gain} (เหลือ {remaining} {unit})").format(
        unit=unit,
        owner=names.office(owner, filters.lang),
        gain=signed(first["gain_per_unit"], 4),
        remaining=trimmed(first["remaining"]),
    )
    others = _("และอีก {count} รายที่ได้เท่ากัน").format(count=len(tied) - 1) if len(tied) > 1 else None
    kpi = grids.link(called.kpi(first), standing.kpi_href(first, filters))
    return join(el("b", called.owner(first)), " · ", kpi, ": ", words, " " if others else None, others)


class _Names:
    """What the KPIs and owners of rows are called in the reader's language."""

    def __init__(self, filters: Filters) -> None:
        self._lang = filters.lang
        self._owners = {each["owner_id"]: each for each in store.rows(scorecard.owners, filters)}
        self._kpis = {each["kpi_id"]: each for each in store.rows(scorecard.kpis, filters)}

    def kpi(self, row: Row) -> str:
        return f"{row['kpi_id']} {names.kpi(self._kpis[row['kpi_id']], self._lang)}"

    def owner(self, row: Row) -> str:
        return names.office(self._owners[row["owner_id"]], self._lang)


def _unit(filters: Filters, row: Row) -> str:
    _ = filters.translate
    return _("หน่วยของตัวตั้ง") if row["is_by_parts"] else unit_mark(row["unit"])


def _how(filters: Filters) -> str:
    _ = filters.translate
    return _("คะแนนรวมเทียบเป้าหมายทั้งปีที่เพิ่มต่อ 1 หน่วย เฉลี่ยเมื่อทำครบเป้าหมายของหน่วยงานนั้น")


def _nothing(filters: Filters) -> str:
    _ = filters.translate
    return _("ไม่มีงานที่ทำเพิ่มแล้วคะแนนรวมขึ้น: ถึงเป้าหมายแล้ว ยังไม่รายงาน หรือผลไม่ได้รวมจากหน่วยงานย่อย")


def _empty(filters: Filters) -> Html:
    return grids.empty_sentence(_nothing(filters))
