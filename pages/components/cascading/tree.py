"""One KPI from the top down to each person: who holds how much of it, and whether the parts add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kpi_metrics import cascade, scorecard
from pages.components import downloads, grids, names, store
from pages.components.cascading import contributors
from pages.components.cascading.handed import WAYS
from pages.components.figures import fixed, signed, trimmed, unit_mark
from pages.components.filters import Filters
from pages.components.grids import link
from pages.components.markup import Html, el, join

Row = Mapping[str, Any]


def answer(filters: Filters, kpi: Row, owner: Row, holders: Sequence[Row]) -> str:
    """Whether what is held directly below the owner adds up to the owner's target, in words."""
    _, lang = filters.translate, filters.lang
    name, kpi_name = names.office(owner, lang), f"{kpi['kpi_id']} {names.kpi(kpi, lang)}"
    own = next((row for row in holders if row["owner_id"] == owner["owner_id"]), None)
    if own is None:
        return _("{owner} ไม่ได้ถือ {kpi} ในงวดนี้").format(owner=name, kpi=kpi_name)
    said = {"owner": name, "kpi": kpi_name, "target": trimmed(own["target"]), "unit": unit_mark(kpi["unit"])}
    below = own["children_target"]
    if kpi["roll_up"] != "sum" or not own["has_holder_below"] or below is None:
        count = sum(row["parent_id"] == owner["owner_id"] for row in holders)
        return _("{kpi}: {owner} ถือเป้า {target} {unit} ข้างล่างถือ {count} ราย").format(**said, count=count)
    off = round(below - own["target"], 10)
    if not off:
        return _("{kpi}: เป้า {target} {unit} ของ{owner} แบ่งครบแล้ว").format(**said)
    words = _("{kpi}: เป้า {target} {unit} ของ{owner} แบ่งเกิน {off}")
    if off < 0:
        words = _("{kpi}: เป้า {target} {unit} ของ{owner} ยังแบ่งไม่ครบ เหลือ {off}")
    return words.format(**said, off=trimmed(abs(off)))


def trail(filters: Filters, kpi: Row, kpis: Sequence[Row], owners: Sequence[Row], owner: Row) -> Html:
    """The way it is handed down, who is responsible, those above the owner, and the KPIs it is linked with."""
    _, lang = filters.translate, filters.lang
    lead = next((names.office(each, lang) for each in owners if each["owner_id"] == kpi["lead_owner"]), None)
    above = [
        link(names.office(each, lang), filters.href("cascade", id=kpi["kpi_id"], owner=each["owner_id"]))
        for each in names.path(owners, owner["owner_id"])[:-1]
    ]
    linked = [each for each in kpis if each["kpi_id"] == kpi["parent_kpi_id"]]
    linked += [each for each in kpis if each["parent_kpi_id"] == kpi["kpi_id"]]
    way = WAYS[kpi["cascade"]]
    shown: list[Html | str] = [
        link(_("ทุกตัวชี้วัด"), filters.href("cascade")),
        _(way),
        *([_("เจ้าภาพ {lead}").format(lead=lead or kpi["lead_owner"])] if kpi["lead_owner"] else []),
        *above,
        *(
            link(f"↔ {each['kpi_id']} {names.kpi(each, lang)}", filters.href("cascade", id=each["kpi_id"]))
            for each in linked
        ),
    ]
    return join(*[part for each in shown for part in (" · ", each)][1:])


def draw(filters: Filters, kpi: Row, owner: Row) -> None:
    """Draw the holders right below ``owner``, whose names open those below them, and whom the owner contributes to."""
    _draw(filters, kpi, owner, deepest=1)


def draw_to_people(filters: Filters, kpi: Row, owner: Row) -> None:
    """Draw all holders below ``owner``, each under the one whose target it has a part of, and whom the owner contributes to."""
    _draw(filters, kpi, owner, deepest=None)


def _draw(filters: Filters, kpi: Row, owner: Row, *, deepest: int | None) -> None:
    _ = filters.translate
    owners = store.rows(scorecard.owners, filters)
    holders = {row["owner_id"]: row for row in store.rows(cascade.holders, filters, kpi=kpi["kpi_id"])}
    found = store.rows(cascade.checks, filters, kpi=kpi["kpi_id"])
    shown = {*holders, *(row["parent_id"] for row in holders.values()), *(row["owner_id"] for row in found)}
    rows = [
        _line(filters, kpi, each, depth, holders, owners)
        for each, depth in _below(owner, owners)
        if each["owner_id"] in shown and (deepest is None or depth <= deepest)
    ]
    heads = [
        ("words", _("ผู้รับผิดชอบ")),
        ("number", _("เป้าหมาย ({unit})").format(unit=unit_mark(kpi["unit"]))),
        ("number", _("% ของต้นสังกัด") if kpi["roll_up"] == "sum" else ""),
        ("number", _("ข้างล่างรวม") if kpi["roll_up"] == "sum" else ""),
        ("number", _("น้ำหนัก")),
        ("", _("ประเภท")),
        ("", _("หัวหน้าหรือตำแหน่ง")),
        ("", _("ทำที่")),
    ]
    if rows:
        grids.draw(el("div", grids.lay_out("compact tree", heads, rows), class_="scroll", tabindex="0", role="region"))
    else:
        grids.draw(grids.empty_sentence(_("ยังไม่มีใครถือตัวชี้วัดนี้ เริ่มที่ “ปรับเป้าหมาย” แล้วแบ่งให้ข้างล่าง")))
    contributors.draw(filters, kpi, owner)
    downloads.offer(filters, {"cascade": found}, kpi["kpi_id"])


def _below(owner: Row, owners: Sequence[Row], depth: int = 0) -> Iterator[tuple[Row, int]]:
    """The owner, then all below it in report order, offices before people, with how deep each stands."""
    yield owner, depth
    children = [each for each in owners if each["parent_id"] == owner["owner_id"]]
    for child in sorted(children, key=lambda each: each["owner_kind"] == "person"):
        yield from _below(child, owners, depth + 1)


def _line(
    filters: Filters, kpi: Row, owner: Row, depth: int, holders: Mapping[str, Row], owners: Sequence[Row]
) -> list[tuple[str, Html | str]]:
    _, lang, id_ = filters.translate, filters.lang, owner["owner_id"]
    held, above = holders.get(id_), holders.get(owner["parent_id"])
    is_person, is_added = owner["owner_kind"] == "person", kpi["roll_up"] == "sum"
    page = (
        filters.href("person" if is_person else "cascade", id=id_)
        if is_person
        else filters.href("cascade", id=kpi["kpi_id"], owner=id_)
    )
    name = el("span", link(names.office(owner, lang), page), class_=f"depth-{min(depth, 4)}")
    share = 100 * held["target"] / above["target"] if held and above and above["target"] and is_added else None
    return [
        ("words", name),
        ("number", trimmed(held["target"]) if held else _("ไม่ได้ถือ")),
        ("number", f"{fixed(share, 1)} %" if share is not None and depth else ""),
        ("number", _sum(filters, held) if held and is_added else ""),
        ("number", trimmed(held["weight"]) if held else ""),
        ("", (_("บังคับ") if held["is_prescribed"] else _("เลือกเอง")) if held and is_person else ""),
        ("", _responsible(owner, owners)),
        ("", _ways(filters, kpi, owner, held)),
    ]


def _responsible(owner: Row, owners: Sequence[Row]) -> str:
    """Who answers for an office, or the position of a person."""
    if owner["owner_kind"] == "person":
        return str(owner["position_th"] or "")
    return next((str(each["owner_name"]) for each in owners if each["leads"] == owner["owner_id"]), "")


def _sum(filters: Filters, held: Row) -> Html | str:
    """What those below hold together, beside how far that is off."""
    _, below = filters.translate, held["children_target"]
    if below is None:
        return ""
    off = round(below - held["target"], 10)
    return join(trimmed(below), el("b", f" ▼ {signed(off, 2).removesuffix('.00')}", class_="off") if off else None)


def _ways(filters: Filters, kpi: Row, owner: Row, held: Row | None) -> Html:
    _, at = filters.translate, {"id": kpi["kpi_id"], "owner": owner["owner_id"]}
    revise = link(_("ปรับ") if held else _("กำหนด"), filters.href("cascade", part="revise", **at))
    if owner["owner_kind"] == "person" or not held:
        return join(revise)
    return join(link(_("แบ่ง"), filters.href("cascade", part="split", **at)), " · ", revise)
