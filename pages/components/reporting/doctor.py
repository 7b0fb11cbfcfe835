"""The import doctor: files in, everything wrong with them at once, what saving would change, and a receipt."""

from __future__ import annotations

import streamlit as st

from kpi_metrics import history, intake
from kpi_metrics.ingest.findings import is_question, mistakes
from pages.components import grids, impact, links, signature, store
from pages.components import receipt as receipts
from pages.components.filters import Filters
from pages.components.markup import el
from pages.components.reporting import desk as desks
from pages.components.reporting import findings, questions, verdicts
from pages.components.reporting.desk import Desk, Examined, Saved, count_rows


def draw(filters: Filters) -> None:
    """Draw the way of files into the ledger, from the upload to the receipt."""
    desk = desks.of_this_visit()
    if desk.saved:
        _show_receipt(filters, desk.saved)
        return
    _take_files(filters, desk)
    if not desk.papers:
        return
    examined = desk.examine()
    checked, finders = examined.checked, desk.finders
    _ = filters.translate
    if desk.is_overtaken:
        words = _("ข้อมูลในระบบเปลี่ยนไประหว่างที่ดูอยู่ จึงยังไม่ได้บันทึก โปรดดูผลตรวจล่าสุดนี้แล้วบันทึกอีกครั้ง")
        st.html(el("p", words, class_="notice", role="alert"))
    lines = verdicts.of(desk, checked)
    grids.draw(grids.section(verdicts.sentence(filters, lines)))
    verdicts.draw(filters, desk, lines, checked)
    questions.draw(filters, desk, checked)
    problems = [finding for finding in checked.rejections if not is_question(finding)]
    if problems:
        how = _("แถวเหล่านี้ยังบันทึกไม่ได้")
        grids.draw(
            grids.section(_("ที่ต้องแก้ {count} ข้อ").format(count=len(problems)), how),
            findings.tables(filters, problems, finders),
        )
    warnings = [finding for finding in checked.warnings if not is_question(finding)]
    if warnings:
        with st.expander(_("ข้อควรตรวจสอบ {count} ข้อ แถวเหล่านี้บันทึกได้").format(count=len(warnings))):
            grids.draw(findings.tables(filters, warnings, finders))
    _offer_to_save(filters, desk, examined)


def _take_files(filters: Filters, desk: Desk) -> None:
    """The box for files, and a bar while they are read."""
    _ = filters.translate
    choose, refused = _("เลือกไฟล์ หรือลากมาวาง"), _("ไม่ได้รับไฟล์นี้ เพราะเกิน 20 MB หรือส่งมาไม่ครบ")
    st.html(f"<style>.st-key-drop {{ --choose: '{choose}'; --refused: '{refused}' }}</style>")
    with st.container(key="drop", gap="small"):
        # No list of types: what is of another kind is refused by the reader, in words, and not by the box, in English.
        uploads = st.file_uploader(
            _("ไฟล์ผลงาน .xlsx .xls .ods หรือ .csv ไฟล์ละไม่เกิน 20 MB ส่งพร้อมกันได้หลายไฟล์"),
            accept_multiple_files=True,
            key=f"uploads_{desk.round}",
        )
    waiting = desk.waiting(uploads)
    if not waiting:
        return
    words = _("กำลังอ่าน {done} จาก {count} ไฟล์")
    bar, done = st.progress(0.0, words.format(done=0, count=len(waiting))), 0

    def progress(count: int) -> None:
        nonlocal done
        done += count
        bar.progress(min(done / len(waiting), 1.0), words.format(done=done, count=len(waiting)))

    desk.take(uploads, progress)
    bar.empty()


def _offer_to_save(filters: Filters, desk: Desk, examined: Examined) -> None:
    """What saving would change, who saves, and the buttons: all, the good rows alone, or nothing."""
    _ = filters.translate
    checked, refusals = examined.checked, desk.reading.refusals
    asked = mistakes(questions.of(checked))
    change = examined.impact
    is_news = change is not None and bool(change.count_new or change.count_corrected)
    desk.seen = desk.seen or examined
    if change is not None and is_news:
        grids.draw(grids.section(_("ถ้าบันทึก")))
        impact.draw(filters, change)
    elif change is not None and not checked.rejections:
        words = _("ทุกแถวมีอยู่แล้ว ไม่มีอะไรเปลี่ยน ({count} รายการ)")
        st.html(el("p", words.format(count=change.count_unchanged), class_="notice", role="status"))
    is_whole = not checked.rejections and not refusals and not asked
    left_out = count_rows(checked.rejections)
    with st.container(key="decide", gap="small"):
        narrow, _rest = st.columns([1, 2])
        with narrow:
            by = signature.ask(filters) if is_news else None
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            wants_all = is_news and st.button(_("บันทึกทั้งหมด"), type="primary", key="save_all", disabled=not is_whole)
            wants_good = (
                is_news
                and bool(left_out or refusals)
                and st.button(
                    _("บันทึกเฉพาะแถวที่ถูกต้อง ({left_out})").format(left_out=_left_out(filters, left_out, len(refusals))),
                    key="save_good",
                    disabled=any(map(is_question, checked.warnings)),
                )
            )
            st.button(_("ยกเลิก ไม่บันทึก"), key="cancel", on_click=desks.clear)
        if is_news and not is_whole:
            st.html(el("p", _why_not_all(filters, left_out, len(refusals), len(asked)), class_="muted"))
    if not (wants_all or wants_good):
        desk.seen, desk.is_overtaken = examined, False
    elif by is None:
        st.html(el("p", _("ใส่ชื่อผู้บันทึกก่อน"), class_="notice", role="alert"))
    else:
        desk.save(by, accept_good=bool(wants_good))
        links.to_top()
        st.rerun()


def _left_out(filters: Filters, rows: int, files: int) -> str:
    """``ละไว้ 3 แถว 1 ไฟล์``: what saving the good rows alone leaves out."""
    _ = filters.translate
    parts = (_("{count} แถว").format(count=rows) if rows else "", _("{count} ไฟล์").format(count=files) if files else "")
    return _("ละไว้ {parts}").format(parts=" ".join(filter(None, parts)))


def _why_not_all(filters: Filters, left_out: int, unreadable: int, asked: int) -> str:
    _ = filters.translate
    reasons = []
    if asked:
        reasons.append(_("มีคำถามที่ยังไม่ตอบ {count} ข้อ").format(count=asked))
    if left_out:
        reasons.append(_("มีแถวที่มีปัญหา {count} แถว").format(count=left_out))
    if unreadable:
        reasons.append(_("มีไฟล์ที่เปิดไม่ได้ {count} ไฟล์ (เอาออกก่อนได้)").format(count=unreadable))
    return _("ยังบันทึกทั้งหมดไม่ได้ เพราะ{reasons}").format(reasons=" · ".join(reasons))


def _show_receipt(filters: Filters, saved: Saved) -> None:
    """What was saved, to be printed, and what it did to the weights of the year."""
    _ = filters.translate
    receipt = saved.receipt
    if receipt.batch_id is None:
        words = _("ทุกแถวมีอยู่แล้ว ไม่มีอะไรเปลี่ยน ({count} รายการ)").format(count=receipt.count_unchanged)
        st.html(el("p", words, class_="notice", role="status"))
    else:
        [batch] = store.rows(history.batches, filters, batch_id=receipt.batch_id, as_of=None)
        grids.draw(receipts.receipt(filters, batch))
        receipts.offer_print(filters)
        grids.draw(el("p", grids.link(_("ดูในประวัติ"), filters.href("history", id=receipt.batch_id))))
    weights = intake.check_weights(store.ledger(), saved.checked)
    if weights:
        grids.draw(grids.section(_("น้ำหนักที่รวมไม่ได้ 100")), findings.tables(filters, weights, {}))
    st.button(_("ส่งไฟล์อื่นต่อ"), key="again", on_click=desks.clear)
