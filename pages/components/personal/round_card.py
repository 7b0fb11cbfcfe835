"""A person's result of a round, final or what is still missing, or, while the round runs, what it would come to."""

from __future__ import annotations

from datetime import date

from kpi_metrics.i18n import noted
from kpi_metrics.thai.calendar import FiscalMonth, format_date
from pages.components import grids, headlines, store
from pages.components.figures import fixed, trimmed
from pages.components.filters import Filters
from pages.components.markup import Html, el, join
from pages.components.personal.subject import Row

BANDS = (noted("ดีเด่น"), noted("ดีมาก"), noted("ดี"), noted("พอใช้"), noted("ต้องปรับปรุง"))  # of the defaults
PERSONNEL = {
    "civil_servant": noted("ข้าราชการ"),
    "permanent_employee": noted("ลูกจ้างประจำ"),
    "government_employee": noted("พนักงานราชการ"),
}
LAST_MONTHS = (6, 12)


def rounds(filters: Filters) -> Html:
    """The two rounds of the year to choose from, each at its end, or as far as the running one has come; and the present."""
    _ = filters.translate
    newest, links, reached = store.choices(), [], []
    for last in LAST_MONTHS:
        month = FiscalMonth(filters.year, last)
        label = _("รอบที่ {round}/{year}").format(round=month.round, year=filters.year)
        here = "page" if month.round == filters.period.round else None
        reached.append((filters.year, _month_to_show(month)))
        href = filters.href("person", id=filters.id, part=filters.part, month=reached[-1][1])
        when = el("span", f" ({period(month, filters)})", class_="when")
        links.append(el("a", label, when, href=href, target="_self", aria_current=here))
    if (newest.year, newest.month) not in reached:
        month = FiscalMonth(newest.year, newest.month)
        label = _("ปัจจุบัน ({month})").format(month=month.label(filters.lang))
        href = filters.href("person", id=filters.id, part=filters.part, year=newest.year, month=newest.month)
        links.append(el("a", label, href=href, target="_self"))
    return el("nav", *links, class_="menu rounds")


def period(month: FiscalMonth, filters: Filters) -> str:
    """From when to when the round lasts in which a month lies: ``1 ต.ค. 2568 – 31 มี.ค. 2569``."""
    first, last = FiscalMonth(month.fiscal_year, 6 * month.round - 5), FiscalMonth(month.fiscal_year, 6 * month.round)
    return f"{format_date(first.first_day, filters.lang)} – {format_date(last.last_day, filters.lang)}"


def has_ended(month: FiscalMonth) -> bool:
    """Whether the round in which a month lies is over."""
    return _last_day(month) < store.today()


def sentence(total: Row, filters: Filters) -> str:
    """What the card says, in words, with the person's name."""
    _ = filters.translate
    final, performance, band = total["final"], total["performance"], total["band"]
    if final is not None:
        words = (
            _("{name} ได้ผลการประเมินรอบที่ {round} ร้อยละ {final} ระดับ{band}")
            if band
            else _("{name} ได้ผลการประเมินรอบที่ {round} ร้อยละ {final}")
        )
    elif has_concluded(filters):
        words = _("{name} ยังสรุปผลการประเมินรอบที่ {round} ไม่ได้")
    elif performance is None:
        words = _("{name} ยังไม่มีคะแนนในรอบที่ {round}")
    else:
        words = _("{name} คาดว่าได้ผลสัมฤทธิ์ของงานร้อยละ {performance} ในรอบที่ {round}")
    return words.format(
        name=total["owner_name"],
        round=f"{total['round']}/{filters.year}",
        final=fixed(final, 2),
        performance=fixed(performance, 2),
        band=_(band) if band else "",
    )


def in_short(total: Row, filters: Filters) -> str:
    """What the card says in one line: the result of the round, or what it would come to, with its bounds."""
    _ = filters.translate
    round_, band, bounds = f"{total['round']}/{filters.year}", total["band"], performance_bounds(total)
    if total["final"] is not None:
        words = _("ผลการประเมินรอบที่ {round} ร้อยละ {final}").format(round=round_, final=fixed(total["final"], 2))
        return " ".join((words, _("ระดับ{band}").format(band=_(band)))) if band else words
    if has_concluded(filters):
        words = _("ผลการประเมินรอบที่ {round} ยังสรุปไม่ได้").format(round=round_)
        return f"{words}: {_missing(total, filters)}"
    if total["performance"] is None:
        return _("รอบที่ {round} ยังไม่มีคะแนน").format(round=round_)
    words = _("คาดการณ์ผลสัมฤทธิ์ของงานรอบที่ {round} ร้อยละ {performance}")
    words = words.format(round=round_, performance=fixed(total["performance"], 2))
    if bounds is None:
        return words
    low, high = (fixed(bound, 2) for bound in bounds)
    return " · ".join((words, _("อยู่ระหว่าง {low}–{high} หากนับที่ยังไม่รายงาน").format(low=low, high=high)))


def performance_bounds(total: Row) -> tuple[float, float] | None:
    """Between what the performance (0..100) must lie; None when all of the round was reported."""
    if not total["count_not_reported"] or total["score_low"] is None:
        return None
    return 20 * total["score_low"], 20 * total["score_high"]


def has_concluded(filters: Filters) -> bool:
    """Whether the month shown is the last of a round that is over."""
    return filters.month in LAST_MONTHS and has_ended(filters.period)


def card(total: Row, filters: Filters) -> Html:
    """A row of ``scorecard.running_appraisal`` as the page's one number, with what it is made of beside it."""
    return _concluded(total, filters) if has_concluded(filters) else _projected(total, filters)


def _concluded(total: Row, filters: Filters) -> Html:
    _ = filters.translate
    final, band = total["final"], total["band"]
    label = _("ผลการประเมิน รอบที่ {round}/{year}").format(round=total["round"], year=filters.year)
    of = _("จาก 100")
    if final is None:
        return join(
            _big(label, None, _("ยังสรุปไม่ได้"), _parts(total, filters), _bounds(total, filters)),
            el("p", el("b", _("ยังสรุปไม่ได้"), ": "), _missing(total, filters), class_="notice"),
        )
    after = join(of, " · ", el("b", _(band), class_="band")) if band else of
    return _big(label, final, after, _parts(total, filters), _how(total, filters))


def _projected(total: Row, filters: Filters) -> Html:
    """The running round: performance as it would be at this pace, with its bounds and its rule."""
    _ = filters.translate
    month = filters.period
    label = _("คาดการณ์ผลสัมฤทธิ์ของงาน รอบที่ {round}/{year} ถ้ารักษาอัตรานี้ถึงสิ้นรอบ")
    label = label.format(round=total["round"], year=filters.year)
    behaviour = trimmed(total["behaviour"]) or _("ยังไม่ให้คะแนน")
    weighed = _("น้ำหนักร้อยละ {weight} · สรุปผลเมื่อสิ้นรอบ {day}").format(
        weight=trimmed(100 - total["performance_weight"]), day=format_date(_last_day(month), filters.lang)
    )
    rule = _(
        "คาดการณ์ = ผลถึง {month} เทียบแผนสะสมของเดือนนั้น แล้วให้คะแนนตามเกณฑ์ของทั้งรอบ · ช่วง = ที่ยังไม่รายงานได้คะแนนต่ำสุด หรือได้ 5"
    )
    end = None
    if has_ended(month):
        href = filters.href("person", id=filters.id, part=filters.part, month=6 * month.round)
        end = join(" · ", grids.link(_("ดูผลเมื่อสิ้นรอบ"), href))
    return join(
        _big(
            label,
            total["performance"],
            _("จาก 100 · ยังไม่ใช่ผลสรุป") if total["performance"] is not None else _("ยังไม่มีคะแนน"),
            _bounds(total, filters),
            join(el("span", _("สมรรถนะ"), " ", el("b", behaviour)), el("span", weighed)),
        ),
        el("p", rule.format(month=month.label(filters.lang)), end, class_="meta"),
    )


def _big(label: str, number: float | None, after: Html | str, *blocks: Html) -> Html:
    shown = el("span", fixed(number, 2), class_="big") if number is not None else el("span", "–", class_="big none")
    return el(
        "div",
        el("span", label, class_="label"),
        el("div", shown, " ", el("span", after, class_="of"), class_="score"),
        *(el("div", block, class_="block") for block in blocks),
        class_="headline",
    )


def _parts(total: Row, filters: Filters) -> Html:
    """Performance and behaviour, each with its weight."""
    _ = filters.translate
    weight = total["performance_weight"]
    parts = (
        (_("ผลสัมฤทธิ์ของงาน"), fixed(total["performance"], 2), weight),
        (_("สมรรถนะ"), trimmed(total["behaviour"]), 100 - weight),
    )
    return join(
        *(
            el("span", words, " ", el("b", figure or "–"), " ", _("น้ำหนักร้อยละ {weight}").format(weight=trimmed(part)))
            for words, figure, part in parts
        )
    )


def _how(total: Row, filters: Filters) -> Html:
    """The sum in figures, and whose weights they are."""
    _ = filters.translate
    weight = total["performance_weight"]
    words = "({performance} × {weight} + {behaviour} × {rest}) ÷ 100 = {final}".format(
        performance=fixed(total["performance"], 2),
        weight=trimmed(weight),
        behaviour=trimmed(total["behaviour"]),
        rest=trimmed(100 - weight),
        final=fixed(total["final"], 2),
    )
    personnel = PERSONNEL[total["personnel_type"]]
    whose = _("สัดส่วนของ{personnel}").format(personnel=_(personnel))
    return join(el("span", words), el("span", whose))


def _bounds(total: Row, filters: Filters) -> Html:
    _ = filters.translate
    bounds = performance_bounds(total)
    if bounds is None:
        return headlines.evaluated(total, filters.lang)
    between = el("b", "–".join(fixed(bound, 2) for bound in bounds))
    words = _("ผลสัมฤทธิ์ของงาน หากนับ {count} ตัวชี้วัดที่ยังไม่รายงาน").format(count=total["count_not_reported"])
    return join(el("span", between), el("span", words))


def _missing(total: Row, filters: Filters) -> str:
    """What keeps the round from being concluded: ``ขาดคะแนนสมรรถนะ และยังไม่รายงาน 2 ตัวชี้วัด``."""
    _ = filters.translate
    missing = []
    if total["behaviour"] is None:
        missing.append(_("ขาดคะแนนสมรรถนะ"))
    if total["count_not_reported"]:
        missing.append(_("ยังไม่รายงาน {count} ตัวชี้วัด").format(count=total["count_not_reported"]))
    if total["performance"] is None and not total["count_not_reported"]:
        missing.append(_("ไม่มีตัวชี้วัดใดได้คะแนน"))
    return _(" และ").join(missing)


def _month_to_show(last: FiscalMonth) -> int:
    """The end of a round; of one still running the month shown by default, if it lies there."""
    newest = store.choices()
    if not has_ended(last) and newest.year == last.fiscal_year and last.month - 5 <= newest.month <= last.month:
        return newest.month
    return last.month


def _last_day(month: FiscalMonth) -> date:
    return FiscalMonth(month.fiscal_year, 6 * month.round).last_day
