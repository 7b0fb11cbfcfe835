"""Thai text that was once read in a wrong encoding and saved so (``à¡ÉµÃ``, ``เธญเธณเน€เธ``, ``à¸­à¸³``)."""

from __future__ import annotations

import re

_SUSPECT = re.compile("เธ[ก-ฟ\x80-\xa0]|เน[€\x80-\xa0ก-ฟ…‘’“”•–—]|à[¸¹]|[\xa1-\xfb]{3}")
_THAI_IN_UTF8 = re.compile(rb"\xe0[\xb8\xb9][\x80-\xbf]")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")


def repair_mojibake(text: str) -> str | None:
    """What ``text`` was before it was read in a wrong encoding, or None if it looks as it should."""
    if not _SUSPECT.search(text):
        return None
    for read_as in ("cp874", "cp1252"):
        content = _bytes_again(text, read_as)
        if content is None:
            continue
        count_high = len(_HIGH_BYTE.findall(content))
        if is_thai_utf8(content, 0.8):
            return content.decode("utf-8", "ignore")
        if read_as == "cp1252" and count_high * 2 > len(content):
            try:
                return content.decode("cp874")
            except UnicodeDecodeError:
                continue
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
