"""Units of measure as offices write them behind a figure: which words are units, and which measure the same thing."""

from __future__ import annotations

from typing import Literal

from kpi_metrics.thai.text import key

Dimension = Literal["count", "area", "weight", "volume", "length", "money", "time"]

# fmt: off
_MEASURES: dict[Dimension, tuple[tuple[str, ...], ...]] = {  # one unit a tuple, under all its names
    "area": (
        ("ไร่", "rai"), ("งาน",), ("ตารางวา", "ตรว", "วา"), ("ตารางเมตร", "ตรม", "sqm"), ("ตารางกิโลเมตร", "ตรกม"),
        ("เฮกตาร์", "เฮกแตร์", "hectare", "hectares", "ha"), ("เอเคอร์", "acre", "acres"), ("ล้านไร่",),
    ),
    "weight": (
        ("กิโลกรัม", "กก", "กิโล", "kg"), ("กรัม",), ("ตัน", "ton", "tons"), ("ขีด",), ("เกวียน",),
        ("มิลลิกรัม", "มก", "mg"),
    ),
    "volume": (("ลิตร", "litre", "litres"), ("มิลลิลิตร", "มล", "ซีซี", "ml"), ("ลูกบาศก์เมตร", "ลบม"), ("คิว",)),
    "length": (("เมตร",), ("กิโลเมตร", "กม", "km"), ("เซนติเมตร", "ซม", "cm")),
    "money": (("บาท", "บาทถ้วน", "baht", "thb"), ("พันบาท",), ("หมื่นบาท",), ("แสนบาท",), ("ล้านบาท", "ลบ")),
    "time": (("วัน", "day", "days"), ("เดือน",), ("ปี",), ("ชั่วโมง", "ชม"), ("นาที",)),
}
_COUNTS: tuple[tuple[str, ...], ...] = (
    ("ราย",), ("คน", "ท่าน", "person", "persons", "people"), ("ครัวเรือน", "หลังคาเรือน"), ("ครอบครัว",), ("เกษตรกร",),
    ("แปลง", "plot", "plots"), ("กลุ่ม", "group", "groups"), ("แห่ง",), ("ครั้ง", "time", "times"), ("หมู่บ้าน",), ("หมู่",),
    ("ตำบล",), ("อำเภอ",), ("จังหวัด",), ("ชุมชน",), ("วิสาหกิจ", "วิสาหกิจชุมชน"), ("เครือข่าย",), ("ศูนย์",), ("สหกรณ์",), ("สมาคม",), ("ชมรม",), ("มูลนิธิ",), ("ทีม",), ("คณะ",),
    ("องค์กร",), ("หน่วยงาน",), ("หน่วย",), ("เรื่อง",), ("ฉบับ",), ("เล่ม",), ("ชุด",), ("แผ่น",), ("รายการ",), ("ข้อ",),
    ("โครงการ",), ("กิจกรรม",), ("หลักสูตร",), ("รุ่น",), ("ประเภท",), ("ชนิด",), ("ชนิดพืช",), ("สายพันธุ์",), ("พันธุ์",),
    ("ผลิตภัณฑ์",), ("ตัว",), ("ต้น",), ("กล้า",), ("ชิ้น",), ("อัน",), ("หลัง",), ("โรง",), ("โรงเรือน",), ("บ่อ",), ("ฟาร์ม",),
    ("สวน",), ("จุด",), ("ระดับ",), ("ขั้น", "ขั้นตอน"), ("คะแนน",), ("ลูก",), ("ผล",), ("ฟอง",), ("ถุง",), ("กระสอบ",),
    ("ขวด",), ("กล่อง",), ("เครื่อง",), ("คัน",), ("คู่",), ("สาย",), ("แบบ",), ("ใบ",), ("คำขอ",), ("ทะเบียน",), ("สมาชิก",),
    ("ร้าน",), ("โรงเรียน",), ("ตลาด",), ("แหล่ง",), ("พื้นที่",), ("item", "items"), ("case", "cases"),
)
# fmt: on

_UNITS: dict[str, tuple[str, Dimension]] = {
    key(name): (key(names[0]), dimension)
    for dimension, units in {**_MEASURES, "count": _COUNTS}.items()
    for names in units
    for name in names
}


def is_unit(text: str) -> bool:
    """Whether a text is a known unit, or known units ``/`` between them (``กก./ไร่``)."""
    return bool(text) and all(key(part) in _UNITS for part in text.split("/"))


def same_unit(one: str, other: str) -> bool:
    """Whether two texts name the same unit: ``กก.`` and ``กิโลกรัม``."""
    return _canonical(one) == _canonical(other)


def dimension(unit: str) -> str:
    """What a unit measures: ``area``, ``money``, ``weight/area``; whatever is not known counts things."""
    return "/".join(_UNITS.get(key(part), ("", "count"))[1] for part in unit.split("/"))


def _canonical(unit: str) -> list[str]:
    return [_UNITS.get(said := key(part), (said, ""))[0] for part in unit.split("/")]
