"""The clock of the environment."""

from __future__ import annotations

import os
from datetime import datetime

from kpi_metrics.model import Refused


def environment_now() -> datetime | None:
    """``KPI_NOW`` (ISO) where it is set. Raises Refused when it cannot be read."""
    text = os.environ.get("KPI_NOW")
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=None)
        if not 1990 <= moment.year <= 2100:
            raise ValueError(text)
        return moment
    except ValueError:
        raise Refused(
            f"ตัวแปร KPI_NOW อ่านไม่ได้: {text} ควรเป็นแบบ 2026-06-10T09:00 (ค.ศ.)",
            f"KPI_NOW cannot be read: {text}. It should look like 2026-06-10T09:00.",
        ) from None
