"""Opening a database file: refused, untouched, when it is missing, damaged, somebody else's or held by another process."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from kpi_metrics.model import FileRefused
from kpi_metrics.store.writing import refusing_disk_trouble, transaction

SCHEMA_VERSION = "1"

# Nothing is fetched for a file of another kind, and no other file is touched.
_ALONE: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def open_database(path: Path, *, read_only: bool) -> DuckDBPyConnection:
    """A connection to the database at ``path``, which is made if need be unless ``read_only``. No setting of it can be changed.

    Raises FileRefused: missing, held by another process, not a database of ours, of a newer version, or not writable.
    """
    if read_only and not path.exists():
        raise FileRefused(
            f"ยังไม่มีฐานข้อมูล {path} ให้นำเข้าข้อมูลหรือสร้างข้อมูลตัวอย่างก่อน (คำสั่ง import หรือ demo)",
            f"There is no database {path}. Import data or make the demo first (commands import, demo).",
        )
    _require_ours(path)
    connection = _connect(path, read_only=read_only)
    try:
        connection.execute("set lock_configuration = true")
        _require_version(connection, path)
        if not read_only:
            with refusing_disk_trouble(path):
                _make_schema(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(path: Path, *, read_only: bool) -> DuckDBPyConnection:
    try:
        str(path).encode()  # a name of odd bytes is more than the library takes
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(path), read_only=read_only, config=_ALONE)
    except (duckdb.Error, OSError, UnicodeError) as trouble:
        raise _cannot_open(path, str(trouble)) from trouble


def _require_ours(path: Path) -> None:
    """Refuse, without touching it, a file that is no database or holds somebody else's tables."""
    if not path.exists():
        return
    with path.open("rb") as file:
        if file.read(12)[8:] != b"DUCK":
            raise _cannot_open(path, "not a DuckDB file")
    probe = _connect(path, read_only=True)
    try:
        tables = probe.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        if tables and ("ledger", "meta") not in tables:
            raise FileRefused(
                f"ไฟล์ {path} เป็นฐานข้อมูลของระบบอื่น จึงไม่แตะต้อง ให้ระบุไฟล์อื่น",
                f"{path} is a database of something else and was left untouched. Name another file.",
            )
    finally:
        probe.close()


def _require_version(connection: DuckDBPyConnection, path: Path) -> None:
    """Refuse a database that a newer version of the product has written."""
    if not connection.execute(
        "select 1 from duckdb_tables() where schema_name = 'ledger' and table_name = 'meta'"
    ).fetchall():
        return
    [(version,)] = connection.execute("select value from ledger.meta where key = 'schema'").fetchall()
    if version != SCHEMA_VERSION:
        raise FileRefused(
            f"ฐานข้อมูล {path} เป็นรุ่น {version} แต่โปรแกรมนี้อ่านได้รุ่น {SCHEMA_VERSION} ให้ใช้โปรแกรมรุ่นใหม่กว่า",
            f"{path} is of version {version}; this program reads {SCHEMA_VERSION}. Use the newer program.",
        )


def _make_schema(connection: DuckDBPyConnection) -> None:
    with transaction(connection):  # a database that was stopped half made would be nobody's
        connection.execute(Path(__file__).with_name("schema.sql").read_text(encoding="utf-8"))
        connection.execute("insert into ledger.meta values ('schema', ?) on conflict do nothing", [SCHEMA_VERSION])


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
