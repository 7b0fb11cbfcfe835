"""Words as keys: the one normalisation of names, headers, ids and districts, and their order.

The raw text is kept by the caller; what comes from here is for matching and sorting only.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from kpi_metrics.model import Text
from kpi_metrics.thai import Unreadable

_SPACES = dict.fromkeys([0x00A0, *range(0x2000, 0x200B), 0x202F, 0x3000], " ")
_BIDI = frozenset([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_DROPPED = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF, 0x00AD]
)
_UNSEEN = re.compile(f"[{''.join(map(chr, _SPACES | _DROPPED))}]")
_THAI_DIGITS = dict(zip(range(0x0E50, 0x0E5A), "0123456789", strict=True))

_TONES = "\u0e48-\u0e4c"  # with thanthakhat, which is typed in the same place
_VOWELS = "\u0e31\u0e34-\u0e3a\u0e47\u0e4d"  # those above or below a consonant
_OPEN_AM = re.compile(f"(?<!\u0e4d)\u0e4d+([{_TONES}]*)\u0e32")
_MARKS = re.compile(f"[{_TONES}{_VOWELS}\u0e33]{{2,}}")
_LEADING = re.compile("([เ-ไ])([ก-ฮ])")
_TONE_MARKS = re.compile("[\u0e47-\u0e4e]")

_OFFICE = re.compile(r"^(?:(?:(?:สนง\.?|สำนักงาน) ?)?เกษตร ?)?(?:อำเภอ|อ\.) ?(?=.)")
_EMPTY = frozenset(["", "-", "–", "—", "ไม่มี", "n/a", "ไม่ระบุ"])
_THIRTEEN_DIGITS = re.compile(r"\d(?:\W{0,3}\d){12}")
_CITIZEN_ID = re.compile(r"(?<!\d)(?:\d{13}|\d[- ]\d{4}[- ]\d{5}[- ]\d{2}[- ]\d)(?!\d)")

TICKS = frozenset("✓✔☑✅√/üþPR")  # ü þ: Wingdings; P R: Wingdings 2

_SHORT = 100  # names and figures come again and are remembered; notes are not

SortKey = tuple[str, str, str]
NaturalKey = tuple[tuple[tuple[int, int, str], ...], str]


def clean(text: str) -> str:
    """Bring one text to its normal form (NFC, Thai marks in order, plain single spaces), case kept.

    NFC, never NFKC, which takes ำ apart. Applying it twice changes nothing.
    """
    return _clean_short(text) if len(text) <= _SHORT else _clean(text)


@lru_cache(maxsize=65536)
def _clean_short(text: str) -> str:
    return _clean(text)


def _clean(text: str) -> str:
    if text.isascii():
        return " ".join(text.split())
    once = unicodedata.normalize("NFC", text)
    if _UNSEEN.search(once):
        once = once.translate(_SPACES).translate(_DROPPED)
    once = _OPEN_AM.sub("\\1\u0e33", once)
    once = once.replace("เเ", "แ")
    once = _MARKS.sub(_in_order, once)
    once = " ".join(once.split())
    # What was dropped or moved may have kept a letter and its mark apart.
    return text if once == text else _clean(once)


def _in_order(run: re.Match[str]) -> str:
    """Vowels before tones before ำ (its tone is typed first), each mark once."""
    return "".join(dict.fromkeys(sorted(run.group(), key=_mark_rank)))


def _mark_rank(mark: str) -> int:
    if mark == "\u0e33":
        return 4
    if "\u0e48" <= mark <= "\u0e4c":
        return 3
    # Among vowels the order that NFC itself would give.
    return {"\u0e3a": 0, "\u0e38": 1, "\u0e39": 1}.get(mark, 2)


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """The form in which headers and fixed words are matched: spaces, dots, case and kind of digit do not matter."""
    return clean(text).casefold().replace(" ", "").replace(".", "").translate(_THAI_DIGITS)


@lru_cache(maxsize=65536)
def check_id(text: str) -> str:
    """Clean an id, Thai digits as ASCII.

    Raises Unreadable for what the eye cannot tell apart (direction marks, letters of two scripts), before
    anything is dropped from the text.
    """
    expected = Text(
        "พิมพ์รหัสใหม่ด้วยอักษรภาษาเดียว ตัวเลข จุด หรือขีด", "Retype the id with letters of one script, digits, dots or dashes."
    )
    if any(ord(char) in _BIDI for char in text):
        wrong = Text("รหัสมีอักขระควบคุมทิศทางที่มองไม่เห็น", "The id holds an invisible direction mark")
        raise Unreadable(text, wrong, expected)
    if len(_scripts(text)) > 1:
        names = ", ".join(sorted(_scripts(text)))
        wrong = Text(f"รหัสมีอักษรหลายภาษาปนกัน ({names})", f"The id mixes letters of several scripts ({names})")
        raise Unreadable(text, wrong, expected)
    return clean(text).translate(_THAI_DIGITS)


def _scripts(text: str) -> set[str]:
    """Scripts of the letters in a text, by the first word of their Unicode names; ASCII and Thai digits have none."""
    if text.isascii():
        return set()
    found = set()
    for char in text.translate(_THAI_DIGITS):
        if unicodedata.category(char)[0] in "LM" or (char.isdigit() and not char.isascii()):
            found.add(unicodedata.name(char, "UNKNOWN").split()[0].title())
    return found - {"Combining"}


@lru_cache(maxsize=65536)
def district_key(text: str) -> str:
    """The key of a district's name or alias: without อำเภอ, อ., สนง.เกษตรอำเภอ and the like before it, ฯ after it."""
    return key(_OFFICE.sub("", clean(text)).removesuffix("ฯ"))


@lru_cache(maxsize=65536)
def sort_key(text: str) -> SortKey:
    """Order of the Thai dictionary: a leading vowel after its consonant, tone marks only where all else is equal."""
    spelled = _LEADING.sub(r"\2\1", clean(text).casefold())
    letters = _TONE_MARKS.sub("", spelled)
    marks = "".join(char if "\u0e47" <= char <= "\u0e4e" else "\0" for char in spelled)
    return letters, marks, text


@lru_cache(maxsize=65536)
def natural_key(text: str) -> NaturalKey:
    """Order of ids in which numbers count as numbers: 4.2 before 4.10. Comparable between any two ids."""
    chunks = re.findall(r"[0-9]+|[^0-9]+", clean(text).translate(_THAI_DIGITS))
    return tuple(_natural_chunk(chunk) for chunk in chunks), text


def _natural_chunk(chunk: str) -> tuple[int, int, str]:
    if not chunk[0].isdigit():
        return 1, 0, chunk
    digits = chunk.lstrip("0")
    return 0, len(digits), digits


def near(word: str, candidates: Iterable[str], n: int = 9) -> tuple[str, ...]:
    """At most ``n`` candidates spelled much like ``word``, the nearest first: to be suggested, never applied."""
    return _near(key(word), tuple(candidates), n)


@lru_cache(maxsize=4096)
def _near(word: str, candidates: tuple[str, ...], n: int) -> tuple[str, ...]:
    by_key = {key(candidate): candidate for candidate in reversed(candidates)}
    return tuple(by_key[match] for match in difflib.get_close_matches(word, by_key, n))


def likeness(word: str, other: str) -> float:
    """How much alike two words are spelled, 0..1."""
    return difflib.SequenceMatcher(None, key(word), key(other)).ratio()


def is_tick(text: str) -> bool:
    """Whether a text is a tick: ✓ and its like, ``/``, or the letter that stands for one in a symbol font (ü, P)."""
    return text.strip() in TICKS


def is_citizen_id(text: str) -> bool:
    """Whether the whole text is a Thai citizen id: 13 digits with a valid check digit, with or without dashes."""
    digits = re.sub(r"[- \u2010-\u2015]", "", clean(text)).translate(_THAI_DIGITS)
    if len(digits) != 13 or not (digits.isascii() and digits.isdigit()):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:12], range(13, 1, -1), strict=True))
    return (11 - total % 11) % 10 == int(digits[12])


def has_citizen_id(text: str) -> bool:
    """Whether a citizen id stands anywhere in a text, as one number or in the groups of the card."""
    if not _THIRTEEN_DIGITS.search(text):
        return False
    return any(is_citizen_id(found) for found in _CITIZEN_ID.findall(clean(text).translate(_THAI_DIGITS)))


def is_empty(value: object) -> bool:
    """Whether a cell says nothing: blank, a dash, ไม่มี, n/a, ไม่ระบุ, NaN. Zero says something."""
    if isinstance(value, str):
        return clean(value).casefold() in _EMPTY
    return value is None or value != value
