"""The forms on paper: PDF set by typst with the fonts that are installed with the product, and nothing from elsewhere."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import typst

from kpi_metrics.reports.forms.form import Form
from kpi_metrics.reports.forms.wording import words_of

TEMPLATE = Path(__file__).with_name("forms.typ")
FONTS = Path(str(resources.files("fontpkg_sarabun"))) / "files"
_setting = threading.Lock()  # one compiler, one paper at a time


def to_pdf(*forms: Form) -> bytes:
    """The bytes of one PDF with both papers of each form, in order; A4, Thai digits, pages counted for each paper."""
    content = _set(forms, format="pdf")
    return content if isinstance(content, bytes) else b"".join(content)


def to_png(form: Form, ppi: float = 80) -> list[bytes]:
    """The pages of one form as pictures, to look at."""
    content = _set([form], format="png", ppi=ppi)
    return content if isinstance(content, list) else [content]


def _set(forms: Iterable[Form], **options: Any) -> Any:
    # As JSON in a string: what a name or a reason says is never read as markup.
    words = json.dumps([words_of(form) for form in forms], ensure_ascii=False)
    with _setting:
        return _compiler().compile(sys_inputs={"forms": words}, **options)


@cache
def _compiler() -> typst.Compiler:
    """The compiler with its fonts read; it sees the templates' folder only."""
    return typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=[str(FONTS)], ignore_system_fonts=True)
