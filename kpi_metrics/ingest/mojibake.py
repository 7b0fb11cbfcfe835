"""Thai text that was once read in a wrong encoding and saved so (``à¡ÉµÃ``, ``เธญเธณเน€เธ``, ``à¸­à¸³``)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from kpi_metrics.model import Text

Way = tuple[str, str]  # the encoding it was wrongly read in, and the one it was written in

_SUSPECT = re.compile("เธ[ก-ฟ\x80-\xa0]|เน[€\x80-\xa0ก-ฟ…‘’“”•–—]|à[¸¹]|[\xa1-\xfb]{3}")
_PAIR = re.compile("เ[ธน]")
LOST = Text(
    "ตัวอักษรบางส่วนหายไปแล้ว ซ่อมไม่ได้ ขอไฟล์ใหม่จากผู้ส่ง",
    "letters are lost and it cannot be put right: ask the sender for the file again",
)
FEWEST_PAIRS = 3  # true Thai has such a pair now and then
_THAI_IN_UTF8 = re.compile(rb"\xe0[\xb8\xb9][\x80-\xbf]")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")


def is_broken(text: str) -> bool:
    """Whether ``text`` was once read in a wrong encoding, be it that it can be put right or not."""
    return repair_mojibake(text) is not None or _has_lost_letters(text)


def _has_lost_letters(text: str) -> bool:
    """Whether almost every letter is one of the pairs that UTF-8 read as cp874 makes of Thai, their third often lost."""
    pairs = len(_PAIR.findall(text))
    return pairs >= FEWEST_PAIRS and 3 * pairs >= 0.9 * sum(not letter.isascii() for letter in text)


def repair_mojibake(text: str) -> str | None:
    """What ``text`` was before it was read in a wrong encoding, or None if it looks as it should."""
    way = _way(text)
    return undo(text, way) if way else None


def way_of(texts: Iterable[str]) -> Way | None:
    """How most of those texts were broken that look it."""
    ways = Counter(way for text in texts if (way := _way(text)))
    return ways.most_common(1)[0][0] if ways else None


def undo(text: str, way: Way) -> str | None:
    """What ``text`` was before it was broken in this way, or None if it cannot have been."""
    read_as, written_in = way
    content = _bytes_again(text, read_as)
    if content is None:
        return None
    try:
        return content.decode(written_in)
    except UnicodeDecodeError:
        is_damaged_thai = written_in == "utf-8" and is_thai_utf8(content, 0.8)
        return content.decode("utf-8", "ignore") if is_damaged_thai else None


def _way(text: str) -> Way | None:
    if not _SUSPECT.search(text):
        return None
    for read_as in ("cp874", "cp1252"):
        content = _bytes_again(text, read_as)
        if content is None:
            continue
        if is_thai_utf8(content, 0.8):
            return read_as, "utf-8"
        is_thai = read_as == "cp1252" and len(_HIGH_BYTE.findall(content)) * 2 > len(content)
        if is_thai and undo(text, ("cp1252", "cp874")):
            return "cp1252", "cp874"
    return None


def is_thai_utf8(content: bytes, share: float) -> bool:
    """Whether more than ``share`` of the bytes outside ASCII stand in Thai letters of UTF-8."""
    return 3 * len(_THAI_IN_UTF8.findall(content)) > share * len(_HIGH_BYTE.findall(content))


def _bytes_again(text: str, encoding: str) -> bytes | None:
    content = bytearray()
    for letter in text:
        try:
            content += letter.encode(encoding)
        except UnicodeEncodeError:
            if ord(letter) > 0xFF:
                return None
            content.append(ord(letter))
    return bytes(content)
