"""Writing to the file: all or nothing, and a sentence where the disk will not have it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from kpi_metrics.model import FileRefused


@contextmanager
def written(cursor: DuckDBPyConnection, path: Path) -> Iterator[None]:
    """A transaction that is on the disk at ``path`` once it is left. Raises FileRefused when the disk refuses."""
    with refusing_disk_trouble(path):
        with transaction(cursor):
            yield
        checkpoint(cursor)


@contextmanager
def transaction(cursor: DuckDBPyConnection) -> Iterator[None]:
    """Committed at the end, rolled back on any error."""
    cursor.execute("begin")
    try:
        yield
        cursor.execute("commit")
    except BaseException:
        with suppress(duckdb.Error):  # a commit that failed has ended the transaction itself
            cursor.execute("rollback")
        raise


def checkpoint(cursor: DuckDBPyConnection) -> None:
    """Bring what was committed from the .wal into the file; while others read it stays there, as safe."""
    with suppress(duckdb.TransactionException):
        cursor.execute("checkpoint")


@contextmanager
def refusing_disk_trouble(path: Path) -> Iterator[None]:
    """Raises FileRefused, naming ``path``, for whatever the disk does not do."""
    try:
        yield
    except (OSError, duckdb.IOException, duckdb.FatalException, duckdb.TransactionException) as trouble:
        raise FileRefused(
            f"เขียนลงดิสก์ไม่ได้ ({path}): {trouble} ข้อมูลเดิมยังอยู่ครบ",
            f"Cannot write to {path}: {trouble}. What was stored before is untouched.",
        ) from trouble
