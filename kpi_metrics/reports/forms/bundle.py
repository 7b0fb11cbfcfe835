"""The forms of many people: a PDF each, called after the position number, loose or in one ZIP."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator

from kpi_metrics.reports.forms.form import Form
from kpi_metrics.reports.forms.pdf import to_pdf


def pdfs(forms: Iterable[Form]) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each form's PDF, one after the other."""
    for form in forms:
        yield f"{re.sub(r'[^A-Za-z0-9ก-๛._-]', '-', form.person_id)}_{form.year}_{form.round}.pdf", to_pdf(form)


def to_zip(forms: Iterable[Form], advance: Callable[[int], None] = lambda count: None) -> bytes:
    """The bytes of a ZIP with a PDF for each form. ``advance`` is told of each one that is done."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, pdf in pdfs(forms):
            packed.writestr(name, pdf)
            advance(1)
    return content.getvalue()
