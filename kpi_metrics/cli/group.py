"""The group that all commands belong to, and the database that they open."""

from __future__ import annotations

from pathlib import Path

import click

from kpi_metrics.console import Commands
from kpi_metrics.model import FileRefused
from kpi_metrics.store import Store


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def commands() -> None:
    """ตัวชี้วัดของสำนักงานเกษตรจังหวัด: นำเข้า ตรวจสอบ ส่งออก และดูแลฐานข้อมูล

    The KPIs of a provincial agricultural office: import, check, export, and look after the database.

    \b
    Exit 0: done.
    Exit 1: refused (rows with problems, a fault found): nothing was changed.
    Exit 2: a wrong command, or a file or database that cannot be used.
    """


def existing(database: Path) -> Store:
    """The database, opened for writing but never made, and fit to be written to."""
    if not database.exists():
        Store.open(database, read_only=True).close()  # says so
    store = Store.open(database)
    require_sound(store)
    return store


def require_sound(store: Store) -> None:
    """Raises FileRefused, with the store closed, when the database has lost something."""
    if store.faults:
        th, en = (" ".join(getattr(fault, lang) for fault in store.faults) for lang in ("th", "en"))
        store.close()
        raise FileRefused(th, en)
