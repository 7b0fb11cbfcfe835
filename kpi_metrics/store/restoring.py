"""Bringing a database back from a backup."""

from __future__ import annotations

from pathlib import Path

from kpi_metrics.model import FileRefused, Refused
from kpi_metrics.store.receipts import Receipts, copy_whole
from kpi_metrics.store.store import Store


def restore(backup: Path, target: Path) -> None:
    """Write the database ``target`` from a backup that is whole; the backup stays as it is.

    What a lost database left beside it (``.wal``, receipts) is moved aside, never deleted.
    Raises Refused when ``target`` exists, FileRefused when the backup is no database of ours or not whole.
    """
    if target.exists():
        raise Refused(
            f"มีฐานข้อมูล {target} อยู่แล้ว จึงไม่เขียนทับ ย้ายไฟล์เดิมออกก่อนหรือระบุชื่ออื่น",
            f"{target} already exists and is not overwritten. Move it away first, or name another.",
        )
    if not backup.exists():
        raise FileRefused(f"ไม่มีไฟล์ {backup}", f"There is no file {backup}.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        arriving = target.with_name(f"{target.name}.restoring")
        copy_whole(backup, arriving)
        try:
            _require_whole(backup, arriving)
            for left in (target.with_name(f"{target.name}.wal"), Receipts(target).path):
                if left.exists():
                    left.rename(_free_name(left))
            arriving.rename(target)
            # Receipts come second: a database without them is given new ones when it is opened.
            Receipts(arriving).path.rename(Receipts(target).path)
        finally:
            for left in (arriving, Receipts(arriving).path):
                left.unlink(missing_ok=True)
    except OSError as trouble:
        raise FileRefused(f"เขียน {target} ไม่ได้: {trouble}", f"{target} cannot be written: {trouble}") from trouble


def _require_whole(backup: Path, arriving: Path) -> None:
    with Store.open(arriving) as store:
        faults = store.verify()
    if faults:
        raise FileRefused(
            f"ไฟล์สำรอง {backup} ไม่สมบูรณ์: {'; '.join(fault.th for fault in faults)}",
            f"The backup {backup} is not whole: {'; '.join(fault.en for fault in faults)}",
        )


def _free_name(path: Path) -> Path:
    number = 1
    while (free := path.with_name(f"{path.name}.aside{number}")).exists():
        number += 1
    return free
