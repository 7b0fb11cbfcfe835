"""Appraisal and settings: ranges, reasons, persons only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpi_metrics.ingest.known import Known
from kpi_metrics.model import Development, Override, Remark
from tests.kpi_metrics.ingest.checking import (
    NOW,
    PROVINCE,
    check_csv,
    codes,
    records,
)


@pytest.mark.parametrize(
    ("table", "text", "expected"),
    [
        ("behaviour", "fiscal_year,round,owner_id,score\n2569,1,P1,100\n", []),
        ("behaviour", "fiscal_year,round,owner_id,score\n2569,1,P1,100.5\n", ["unreadable_score"]),
        ("behaviour", "fiscal_year,round,owner_id,score\n2569,3,P1,80\n", ["unreadable_round"]),
        ("behaviour", "fiscal_year,round,owner_id,score\n2569,1,8406,80\n", ["not_a_person"]),
        ("bands", "fiscal_year,personnel_type,name_th,minimum\n2569,ข้าราชการ,ดีเด่น,90\n", []),
        ("bands", "fiscal_year,personnel_type,name_th,minimum\n2569,ข้าราชการ,ดีเด่น,101\n", ["unreadable_minimum"]),
        ("overrides", "fiscal_year,month,kpi_id,owner_id,score,reason,by\n2569,1,count,8406,5,เหตุ,หัวหน้า\n", []),
        (
            "overrides",
            "fiscal_year,month,kpi_id,owner_id,score,reason,by\n2569,1,count,8406,5.1,เหตุ,หัวหน้า\n",
            ["unreadable_score"],
        ),
        ("overrides", "fiscal_year,month,kpi_id,owner_id,score,reason,by\n2569,1,count,8406,5,,\n", ["blank", "blank"]),
        (
            "overrides",
            "fiscal_year,month,kpi_id,owner_id,score,reason,by\n2569,12,count,8406,5,เหตุ,หัวหน้า\n",
            ["future_month"],
        ),
        ("exclusions", "fiscal_year,round,kpi_id,owner_id,reason,by\n2569,1,count,P1,เหตุ,หัวหน้า\n", []),
        ("exclusions", "fiscal_year,round,kpi_id,owner_id,reason,by\n2569,1,count,P1,,หัวหน้า\n", ["blank"]),
        ("remarks", "fiscal_year,round,owner_id,part,text,by\n2569,1,P1,ผู้ประเมิน,ดี,หัวหน้า\n", []),
        ("remarks", "ปีงบประมาณ,รอบ,เลขที่ตำแหน่ง,ในฐานะ,ความเห็น,ผู้ให้ความเห็น\n2569,1,P1,ผู้ประเมิน,ดี,หัวหน้า\n", []),
        ("remarks", "fiscal_year,round,owner_id,part,text,by\n2569,1,P1,เพื่อน,ดี,หัวหน้า\n", ["unreadable_part"]),
        ("remarks", "fiscal_year,round,owner_id,part,text,by\n2569,1,P1,assessor,ดี,\n", ["blank"]),
        ("remarks", "fiscal_year,round,owner_id,part,text,by\n2569,1,8406,assessor,ดี,หัวหน้า\n", ["not_a_person"]),
        (
            "remarks",
            "fiscal_year,round,owner_id,part,text,by\n2569,1,P1,assessor,1101700230708,หัวหน้า\n",
            ["citizen_id"],
        ),
        ("development", "fiscal_year,round,owner_id,item,skill,method\n2569,1,P1,1,GIS,อบรม\n", []),
        ("development", "fiscal_year,round,owner_id,item,skill,method\n2569,1,P1,11,GIS,อบรม\n", ["unreadable_item"]),
        ("development", "fiscal_year,round,owner_id,item,skill,method\n2569,1,P1,1,,อบรม\n", ["blank"]),
        ("development", "fiscal_year,round,owner_id,item,skill,method\n2569,1,8406,1,GIS,\n", ["not_a_person"]),
        ("settings", "key,value\nstatus_watch,75\n", []),
        ("settings", "key,value\nstatus_wach,75\n", ["unknown_setting"]),
        ("settings", "key,value\ndue_day,32\n", ["unreadable_value"]),
        ("settings", "key,value\ndue_day,4.5\n", ["unreadable_value"]),
        ("settings", "key,value\nscore_floor,หนึ่ง\n", ["unreadable_value"]),
        ("settings", "key,value\nnow,2026-06-10T09:00:00\n", ["now_in_use"]),
        ("settings", "key,value\nnow,เร็วๆ นี้\n", ["unreadable_value"]),
    ],
)
def test_the_smaller_tables_keep_their_ranges(table: str, text: str, expected: list[str]) -> None:
    assert codes(check_csv(table, text).rejections) == expected


def test_an_unknown_setting_is_answered_with_near_ones() -> None:
    assert "status_watch" in check_csv("settings", "key,value\nstatus_wach,75\n").rejections[0].expected.en


def test_the_value_of_a_setting_may_stand_under_the_header_of_results() -> None:
    assert [each.value for each in records(check_csv("settings", "key,ผลงาน\nstatus_watch,75\n"))] == ["75"]


@pytest.mark.parametrize(
    ("key", "value", "stored"), [("status_watch", "80.0", "80"), ("now", "10/6/2569", "2026-06-10T00:00:00")]
)
def test_a_setting_is_kept_as_plain_text(key: str, value: str, stored: str) -> None:
    checked = check_csv("settings", f"key,value\n{key},{value}\n", Known.empty(NOW))
    assert [each.value for each in records(checked)] == [stored]


def test_a_demos_clock_may_come_again() -> None:
    ticking = replace(PROVINCE, settings={"now": "2026-06-10T00:00:00"})
    assert check_csv("settings", "key,value\nnow,10/6/2569\n", ticking).rejections == ()


OVERRIDE = "fiscal_year,month,kpi_id,owner_id,score,reason,by\n2569,1,count,8406,5,เหตุ,หัวหน้า\n"


def test_a_closed_month_takes_no_override() -> None:
    closed = replace(PROVINCE, closed={(2569, 1, "8406")})
    assert codes(check_csv("overrides", OVERRIDE, closed).rejections) == ["closed_month"]


def test_an_override_of_a_closed_month_may_be_repeated() -> None:
    stored = {(2569, 1, "count", "8406"): Override(2569, 1, "count", "8406", 5, "เหตุ", "หัวหน้า")}
    closed = replace(PROVINCE, closed={(2569, 1, "8406")}, overrides=stored)
    assert check_csv("overrides", OVERRIDE, closed).rejections == ()


@pytest.mark.parametrize("said", ["ถอน", "withdrawn", "Withdrawn"])
def test_a_remark_is_taken_back_by_a_word(said: str) -> None:
    rows = f"fiscal_year,round,owner_id,part,text,by\n2569,1,P1,assessor,{said},หัวหน้า\n"
    assert records(check_csv("remarks", rows)) == [Remark(2569, 1, "P1", "assessor", None, "หัวหน้า")]


def test_an_item_of_a_plan_is_taken_back_whole() -> None:
    rows = "fiscal_year,round,owner_id,item,skill,method,period\n2569,1,P1,2,ถอน,อบรม,ต.ค.\n"
    assert records(check_csv("development", rows)) == [Development(2569, 1, "P1", 2, None)]


def test_a_row_without_a_remark_says_nothing() -> None:
    checked = check_csv("remarks", "fiscal_year,round,owner_id,part,text,by\n2569,1,P1,assessor,,หัวหน้า\n")
    assert (checked.records, checked.rejections) == ((), ())
