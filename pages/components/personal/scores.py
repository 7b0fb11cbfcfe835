"""How a person is doing and what to do next: the headline in both views, the KPIs on the five levels, what pays most."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_metrics import decisions, scorecard
from pages.components import bullets, coverage, downloads, grids, headlines, names, panels, revisions, standing, store
from pages.components.figures import fixed, unit_mark, whole_up
from pages.components.filters import VIEWS, Filters
from pages.components.markup import Html, el, join
from pages.components.personal import place, round_card
from pages.components.personal.subject import Row, Subject
from pages.components.text import VIEW_WORDS

FIRST = 3  # things to do that are read before the table


def draw(filters: Filters, subject: Subject) -> None:
    """Draw headline, what to do and KPI bullets of all that the person is appraised as, the round, places and what is owed."""
    _ = filters.translate
    grids.draw(round_card.rounds(filters), place.moved(filters, subject))
    shown = []
    for total in subject.totals:
        holder = total["owner_id"]
        todo = _todo(filters, store.rows(scorecard.scorecard, filters, owner=holder), subject)
        grids.draw(_headline(filters, total, subject), _list(filters, todo[:FIRST]))
        shown += panels.kpi_bullets(filters, holder, subject.kpis)
        grids.draw(_more(filters, todo[FIRST:]), *_revised(filters, holder, subject))
    grids.draw(_round(filters, subject), place.parts(filters, subject))
    heading = _("รายการที่ถึงกำหนดแล้วแต่ยังไม่ส่ง")
    grids.draw(grids.section(heading), coverage.owed(filters, subject.kpis, owner=subject.id))
    downloads.offer(filters, {"scorecard": shown, "summary": subject.totals}, subject.id)


def _headline(filters: Filters, total: Row, subject: Subject) -> Html:
    """The score of the view asked for, the plan's, and the score of the other view beside it."""
    _, lang, view = filters.translate, filters.lang, filters.view
    label = _("คะแนนเบื้องต้น รอบที่ {round}/{year}").format(round=filters.period.round, year=filters.year)
    if total["owner_id"] in subject.offices:
        office = subject.offices[total["owner_id"]]
        label = _("{label} · ในฐานะหัวหน้า {office}").format(label=label, office=office)
    share = total[f"percent_{view}"]
    counts = {status: total[f"count_{status}"] for status in ("behind", "watch", "on_plan", "not_reported")}
    score = standing.score_of(total, view)
    return headlines.headline(
        " · ".join((label, _(VIEW_WORDS[view]))),
        score,
        lang,
        headlines.score_against_plan(score, standing.plan_of(total, view), lang),
        _other_view(filters, total),
        headlines.status_counts(counts, lang, _("จาก {items} ตัวชี้วัด").format(items=total["kpi_count"])),
        headlines.evaluated(total, lang),
        note=_("{percent} จาก 100").format(percent=fixed(share, 1)) if share is not None else None,
    )


def _other_view(filters: Filters, total: Row) -> Html:
    _ = filters.translate
    other = next(view for view in VIEWS if view != filters.view)
    href = filters.href("person", id=filters.id, part=filters.part, view=other)
    words = _("{percent} จาก 100").format(percent=fixed(total[f"percent_{other}"], 1) or "–")
    figure = el("b", fixed(standing.score_of(total, other), 2) or "–")
    return join(el("span", grids.link(_(VIEW_WORDS[other]), href), " ", figure), el("span", words))


def _todo(filters: Filters, rows: Sequence[Row], subject: Subject) -> list[Html]:
    """What is to be done for each KPI in words, the one whose next level is worth most first."""
    _ = filters.translate
    kpis = {kpi["kpi_id"]: kpi for kpi in subject.kpis}
    told: list[tuple[float, Html]] = []
    for row in rows:
        worth = _worth(row)
        said = []
        if row["needed_per_month"] is not None:
            needed, unit = whole_up(row["needed_per_month"]), unit_mark(row["unit"])
            said.append(_("ต้องทำอีกเดือนละ {needed} {unit} ถึงสิ้นปี").format(needed=needed, unit=unit))
        if further := bullets.next_level(row, filters.lang):
            said.append(further)
        if not said:
            continue
        gain = _("คะแนนรวม +{gain}").format(gain=fixed(worth, 2)) if worth >= 0.005 else None
        name = grids.link(
            f"{row['kpi_id']} {names.kpi(kpis[row['kpi_id']], filters.lang)}", standing.kpi_href(row, filters)
        )
        told.append(
            (
                -worth,
                el("li", name, " ", " · ".join(said), join(" · ", el("span", gain, class_="muted")) if gain else None),
            )
        )
    return [line for _worth_of, line in sorted(told, key=lambda each: each[0])]


def _worth(row: Row) -> float:
    """What the next level of the year adds to the weighted score, in points; 0 where nothing can be said."""
    scores = (row["next_level"], row["computed_year"], row["weight"])
    if None in scores or row["override_reason"] is not None:
        return 0.0
    return float((row["next_level"] - row["computed_year"]) * row["weight"] / 100)


def _list(filters: Filters, lines: Sequence[Html]) -> Html | None:
    _ = filters.translate
    if not lines:
        return None
    return join(
        grids.section(_("ต้องทำอะไรก่อน"), _("เรียงตามคะแนนที่จะได้จากระดับถัดไป")), el("ul", *lines, class_="plain todo")
    )


def _more(filters: Filters, lines: Sequence[Html]) -> Html | None:
    _ = filters.translate
    words = _("สิ่งที่ต้องทำของอีก {count} ตัวชี้วัด").format(count=len(lines))
    return el("details", el("summary", words), el("ul", *lines, class_="plain todo")) if lines else None


def _revised(filters: Filters, holder: str, subject: Subject) -> list[Html]:
    """The KPIs whose target was revised in the year: the result against the old and the new."""
    versions: dict[str, int] = {}
    for version in store.rows(scorecard.targets, filters, owner=holder):
        versions[version["kpi_id"]] = versions.get(version["kpi_id"], 0) + 1
    told = []
    for kpi in subject.kpis:
        if versions.get(kpi["kpi_id"], 0) > 1 and (lines := revisions.told(filters, holder, kpi)):
            told.append(join(el("h3", f"{kpi['kpi_id']} {names.kpi(kpi, filters.lang)}"), lines))
    return told


def _round(filters: Filters, subject: Subject) -> Html | None:
    """What the round comes to, or would come to with its bounds, and how much proof and how many remarks there are."""
    _ = filters.translate
    totals = store.rows(scorecard.running_appraisal, filters, owner=subject.id)
    if not totals:
        return None
    total = totals[0]
    round_ = filters.period.round
    words = round_card.sentence(total, filters)
    bounds = None
    if total["count_not_reported"] and total["score_low"] is not None:
        low, high = (fixed(20 * total[name], 2) for name in ("score_low", "score_high"))
        bounds = _("อยู่ระหว่าง {low}–{high} หากนับที่ยังไม่รายงาน").format(low=low, high=high)
    notes = [
        note
        for holder in subject.held_as
        for note in store.rows(scorecard.notes, filters, owner=holder, month=None)
        if 6 * round_ - 5 <= note["month"] <= filters.month
    ]
    count = len({note["evidence_url"] for note in notes if note["evidence_url"]})
    remarks = len(store.rows(decisions.remarks, filters, owner=subject.id, round_=round_))
    links = grids.link(
        _("หลักฐาน {evidence} รายการ · ความเห็น {remarks} ข้อ").format(evidence=count, remarks=remarks),
        filters.href("person", id=filters.id, part="appraisal"),
    )
    return join(
        grids.section(_("ผลของรอบนี้")),
        el("p", words, f" · {bounds}" if bounds else None, " · ", links, class_="said"),
    )
