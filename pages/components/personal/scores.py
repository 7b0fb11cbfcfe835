"""How a person is doing and what to do next: the headline in both views, the KPIs on the five levels, what pays most."""

from __future__ import annotations

from kpi_metrics import decisions, scorecard
from pages.components import coverage, downloads, grids, headlines, names, panels, revisions, standing, store
from pages.components.figures import fixed
from pages.components.filters import VIEWS, Filters
from pages.components.markup import Html, el, join
from pages.components.personal import place, round_card, todo
from pages.components.personal.subject import Row, Subject
from pages.components.text import VIEW_WORDS


def draw(filters: Filters, subject: Subject) -> None:
    """Draw headline, what to do and KPI bullets of all that the person is appraised as, the round, places and what is owed."""
    _ = filters.translate
    grids.draw(round_card.rounds(filters), place.moved(filters, subject))
    shown = []
    for total in subject.totals:
        is_first = total is subject.totals[0]
        grids.draw(
            _headline(filters, total, subject),
            _round(filters, subject) if is_first else None,
            todo.lines(filters, total, subject.kpis),
        )
        shown += panels.kpi_bullets(filters, total["owner_id"], subject.kpis)
        grids.draw(*_revised(filters, total["owner_id"], subject))
    heading = _("รายการที่ถึงกำหนดแล้วแต่ยังไม่ส่ง")
    grids.draw(
        place.parts(filters, subject),
        grids.section(heading),
        coverage.owed(filters, subject.kpis, owner=subject.id),
    )
    downloads.offer(filters, {"scorecard": shown, "summary": subject.totals}, subject.id)


def _headline(filters: Filters, total: Row, subject: Subject) -> Html:
    """The score of the view asked for against its plan, beside it that of the other view, and how much of it is known."""
    _, lang, view = filters.translate, filters.lang, filters.view
    label = _("คะแนนเบื้องต้น ผลสะสมถึง {month}").format(month=filters.period.label(lang))
    if total["owner_id"] in subject.offices:
        office = subject.offices[total["owner_id"]]
        label = _("{label} · ในฐานะหัวหน้า {office}").format(label=label, office=office)
    share = total[f"percent_{view}"]
    counts = {status: total[f"count_{status}"] for status in ("behind", "watch", "on_plan", "not_reported")}
    score = standing.score_of(total, view)
    of = _("จาก {items} ตัวชี้วัด").format(items=total["kpi_count"])
    return headlines.headline(
        " · ".join((label, _(VIEW_WORDS[view]))),
        score,
        lang,
        headlines.score_against_plan(score, standing.plan_of(total, view), lang),
        _other_view(filters, total),
        join(
            headlines.status_counts(counts, lang, ""),
            el("span", of, " · ", headlines.evaluated_share(total, lang)),
            headlines.unevaluated(total, lang),
        ),
        note=_("{percent} จาก 100").format(percent=fixed(share, 1)) if share is not None else None,
    )


def _other_view(filters: Filters, total: Row) -> Html:
    """The score of the view not asked for, with its plan; its name leads there."""
    _ = filters.translate
    other = next(view for view in VIEWS if view != filters.view)
    href = filters.href("person", id=filters.id, part=filters.part, view=other)
    of = _("{percent} จาก 100").format(percent=fixed(total[f"percent_{other}"], 1) or "–")
    plan = _("แผน {plan}").format(plan=fixed(standing.plan_of(total, other), 2) or "–")
    figure = el("b", fixed(standing.score_of(total, other), 2) or "–")
    return join(el("span", grids.link(_(VIEW_WORDS[other]), href), " ", figure), el("span", of, " · ", plan))


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
    _, round_ = filters.translate, filters.period.round
    totals = store.rows(scorecard.running_appraisal, filters, owner=subject.id)
    said = [round_card.in_short(total, filters) for total in totals]
    if not said:
        return None
    proofs = {
        note["evidence_url"]
        for holder in subject.held_as
        for note in store.rows(scorecard.notes, filters, owner=holder, month=None)
        if note["evidence_url"] and 6 * round_ - 5 <= note["month"] <= filters.month
    }
    remarks = store.rows(decisions.remarks, filters, owner=subject.id, round_=round_)
    words = _("หลักฐาน {evidence} รายการ · ความเห็น {remarks} ข้อ").format(evidence=len(proofs), remarks=len(remarks))
    there = filters.href("person", id=filters.id, part="appraisal")
    return el("p", *said, " · ", grids.link(words, there), class_="said round-line")
