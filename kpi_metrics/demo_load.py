"""Loading the demo province: its files go through the very same reading, checking and saving as an office's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kpi_metrics import demo, history
from kpi_metrics.access import EVERYTHING
from kpi_metrics.intake import Progress, gather, save
from kpi_metrics.model import Refused
from kpi_metrics.store import Store


def load_demo(store: Store, progress: Progress | None = None) -> None:
    """Import the demo province batch by batch, each as of its own time; one that was stopped halfway goes on.

    Raises Refused when the database holds anything else.
    """
    batches = list(demo.batches())
    stored = history.batches(store, EVERYTHING)["files"].tolist()[::-1]
    if len(stored) == len(batches) or stored != [_names(batch.files) for batch in batches[: len(stored)]]:
        raise Refused(
            "ฐานข้อมูลนี้มีข้อมูลอยู่แล้ว ข้อมูลตัวอย่างลงได้เฉพาะฐานข้อมูลว่าง",
            "The database already holds data; the demo goes into an empty one only.",
        )
    if progress:
        progress(len(stored))
    for batch in batches[len(stored) :]:
        files, checked = gather(store, batch.files, now=batch.recorded_at)
        save(store, files, checked, batch.by, now=batch.recorded_at, refresh=False)
        if progress:
            progress(1)
    store.refresh()


def _names(paths: Sequence[Path]) -> str:
    return ", ".join(sorted(path.name for path in paths))
