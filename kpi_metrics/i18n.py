"""The two languages of the product. Thai is the source: what stands in the code is what Thai readers see."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast, get_args

from babel.messages.pofile import read_po

Language = Literal["th", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LOCALE = Path(__file__).parent / "locale"


def noted(message: str) -> str:
    """Mark a message for the catalogue where it is only translated later (constants); returns it unchanged."""
    return message


@lru_cache
def catalogue(lang: Language) -> dict[str, str]:
    """Every translated message of a language by its Thai source; read from the .po once a process."""
    with (LOCALE / lang / "LC_MESSAGES" / "kpi.po").open("rb") as file:
        messages = read_po(file, locale=lang)
    return {cast(str, m.id): cast(str, m.string) for m in messages if m.id and m.string and not m.fuzzy}


@lru_cache
def translator(lang: Language) -> Callable[[str], str]:
    """Return the function that turns a Thai source message into ``lang``; what has no translation stays Thai."""
    if lang == "th":
        return noted
    messages = catalogue(lang)
    return lambda message: messages.get(message, message)
