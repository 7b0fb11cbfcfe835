"""Whether a database still is what was saved: receipts against batches, the audit chain, stored figures against new ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from duckdb import DuckDBPyConnection

from kpi_metrics import metrics
from kpi_metrics.model import Text
from kpi_metrics.store import closings, history, rows
from kpi_metrics.store.receipts import Receipts, seal


def receipt_line(cursor: DuckDBPyConnection, batch_seq: int, count_rows: int) -> dict[str, str]:
    """What the receipt of a batch says: what the ledger holds of it, and how many rows it should."""
    [(batch_id, moment, content)] = cursor.execute(
        "select batch_id, recorded_at, content_sha256 from ledger.batches where seq = ?", [batch_seq]
    ).fetchall()
    return {"batch_id": batch_id, "recorded_at": moment.isoformat(), "content": content, "rows": str(count_rows)}


def heal_receipts(cursor: DuckDBPyConnection, receipts: Receipts) -> None:
    """Write the receipt of a batch that was committed while its receipt was not."""
    if receipts.broken_at():
        return  # what is written after a broken line would hide it
    written = {line["batch_id"] for line in receipts.read()}
    for seq, batch_id in cursor.execute("select seq, batch_id from ledger.batches order by seq").fetchall():
        if batch_id not in written:
            receipts.append(receipt_line(cursor, seq, _count_rows(cursor, seq)))


def find_faults(cursor: DuckDBPyConnection, receipts: Receipts) -> tuple[Text, ...]:
    """Batches that were acknowledged but are not in the database, and a broken chain of receipts."""
    stored: Mapping[str, str] = dict(cursor.execute("select batch_id, content_sha256 from ledger.batches").fetchall())
    told = {line.get("batch_id", ""): line.get("content") for line in receipts.read()}
    lost = [batch_id for batch_id, content in told.items() if batch_id and stored.get(batch_id) != content]
    faults = []
    if lost:
        names = ", ".join(lost)
        faults.append(
            Text(
                f"ข้อมูลที่เคยบันทึกแล้วหายไปจากฐานข้อมูล: {names} เปิดแบบอ่านอย่างเดียว ให้กู้คืนจากไฟล์สำรอง",
                f"Batches once saved are missing from the database: {names}. Opened for reading only; restore a backup.",
            )
        )
    if broken := receipts.broken_at():
        faults.append(
            Text(f"ใบรับข้อมูลถูกแก้ไขที่ {broken}", f"The receipts file was changed at {broken}; opened for reading only.")
        )
    return tuple(faults)


def verify(cursor: DuckDBPyConnection, receipts: Receipts) -> tuple[Text, ...]:
    """Read everything; name what does not hold. Stored figures must equal a recomputation to the last digit."""
    faults = list(find_faults(cursor, receipts))
    previous = ""
    for row in cursor.execute("select * from ledger.audit order by seq").fetchall():
        if seal(previous, history.content(*row[:7])) != row[7]:
            faults.append(Text(f"ประวัติลำดับที่ {row[0]} ถูกแก้ไข", f"Audit row {row[0]} was changed."))
            break
        previous = row[7]
    faults += _unlike_receipts(cursor, receipts) + _unlike_voids(cursor)
    if strange := closings.unlike_history(cursor):
        listed = ", ".join(map(str, strange))
        faults.append(
            Text(f"การปิดเดือนไม่ตรงกับประวัติ ลำดับที่ {listed}", f"Closings are not as the audit tells: rows {listed}.")
        )
    metrics.build(cursor, datetime.max)
    for name in metrics.MARTS:
        if differing := _count_differing(cursor, name):
            faults.append(
                Text(
                    f"ตาราง {name} ไม่ตรงกับการคำนวณใหม่ {differing} แถว",
                    f"Table {name} differs from a recomputation in {differing} rows.",
                )
            )
    return tuple(faults)


def _unlike_receipts(cursor: DuckDBPyConnection, receipts: Receipts) -> list[Text]:
    """Batches that hold other rows than their receipt says."""
    told = {line.get("batch_id", ""): line.get("rows") for line in receipts.read()}
    stored = cursor.execute("select batch_id, seq from ledger.batches order by seq").fetchall()
    return [
        Text(f"จำนวนแถวของ {batch_id} ไม่ตรงกับใบรับข้อมูล", f"Batch {batch_id} does not hold the rows of its receipt.")
        for batch_id, seq in stored
        if told.get(batch_id) != str(_count_rows(cursor, seq))
    ]


def _unlike_voids(cursor: DuckDBPyConnection) -> list[Text]:
    """Voids that are not as the audit tells."""
    strange = cursor.execute(
        """
        select coalesce(told.seq, voids.seq)
        from (select * from ledger.audit where what in ('void', 'unvoid')) as told
        full join ledger.voids as voids on told.seq = voids.seq and (told.what = 'void') = voids.is_voided
        where told.seq is null or voids.seq is null
        order by 1
        """
    ).fetchall()
    return [
        Text(f"การยกเลิกไม่ตรงกับประวัติ ลำดับที่ {seq}", f"A void is not as the audit tells: row {seq}.") for (seq,) in strange
    ]


def _count_rows(cursor: DuckDBPyConnection, batch_seq: int) -> int:
    return sum(
        cursor.execute(f"select count(*) from ledger.{table} where batch_seq = ?", [batch_seq]).fetchall()[0][0]
        for table in rows.RECORDS
    )


def _count_differing(cursor: DuckDBPyConnection, name: str) -> int:
    """How many rows differ, to the last digit. Row by row only where the sums of the rows' hashes are not the same."""
    [stored], [computed] = (
        cursor.execute(f"select count(*), sum(hash(row)), bit_xor(hash(row)) from {schema}.{name} as row").fetchall()
        for schema in ("mart", "temp")
    )
    if stored == computed:
        return 0
    return cursor.execute(
        f"select count(*) from ((select * from mart.{name} except all select * from temp.{name}) "
        f"union all (select * from temp.{name} except all select * from mart.{name}))"
    ).fetchall()[0][0]
