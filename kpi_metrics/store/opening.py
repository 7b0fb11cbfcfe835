"""Opening a database file: refused, untouched, when it is missing, damaged, somebody else's or held by another process."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from kpi_metrics.model import FileRefused

# Nothing is fetched for a file of another kind, and no other file is touched.
_ALONE: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def connect(path: Path, *, read_only: bool) -> DuckDBPyConnection:
    """A connection to the file, which is made if need be. Raises FileRefused with the reason."""
    try:
        str(path).encode()  # a name of odd bytes is more than the library takes
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(path), read_only=read_only, config=_ALONE)
    except (duckdb.Error, OSError, UnicodeError) as trouble:
        raise _cannot_open(path, str(trouble)) from trouble


def _cannot_open(path: Path, trouble: str) -> FileRefused:
    if holder := re.search(r"PID (\d+)", trouble):
        return FileRefused(
            f"ฐานข้อมูล {path} ถูกใช้อยู่โดยโปรแกรมอื่น (หมายเลขโปรเซส {holder[1]}) ให้ปิดแดชบอร์ดหรือคำสั่งนั้นก่อน แล้วลองใหม่",
            f"{path} is held by another process (process id {holder[1]}). Close that dashboard or command, then try again.",
        )
    return FileRefused(
        f"เปิดฐานข้อมูล {path} ไม่ได้ ไฟล์นี้ไม่ใช่ฐานข้อมูลของระบบ เสียหาย หรือไม่มีสิทธิ์ใช้: {trouble.splitlines()[0]}",
        f"{path} cannot be opened: it is not a database of this product, is damaged, or may not be used: "
        f"{trouble.splitlines()[0]}",
    )


def check_is_ours(path: Path) -> None:
    """Refuse, without touching it, a file that is no database or holds somebody else's tables."""
    if not path.exists():
        return
    with path.open("rb") as file:
        if file.read(12)[8:] != b"DUCK":
            raise _cannot_open(path, "not a DuckDB file")
    probe = connect(path, read_only=True)
    try:
        tables = probe.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        if tables and ("ledger", "meta") not in tables:
            raise FileRefused(
                f"ไฟล์ {path} เป็นฐานข้อมูลของระบบอื่น จึงไม่แตะต้อง ให้ระบุไฟล์อื่น",
                f"{path} is a database of something else and was left untouched. Name another file.",
            )
    finally:
        probe.close()
