"""The way in: files → read → checked → saved. Pages and the command line import through here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from kpi_metrics.ingest.check import check
from kpi_metrics.ingest.known import Known
from kpi_metrics.ingest.raw import RawFile
from kpi_metrics.ingest.read import read_file
from kpi_metrics.model import Checked, FileRefused, Finding, Kpi, Place, Refused, Target, Text
from kpi_metrics.store import Receipt, Store
from kpi_metrics.thai.numbers import format_plain

Progress = Callable[[int], object]  # told how many more are done
WEIGHTS_WRONG = 0.5  # percent off 100 from which weights are an error and no slip of rounding


def gather(
    store: Store | None,
    paths: Sequence[Path],
    tables: Mapping[str, str] | None = None,
    *,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> tuple[list[RawFile], Checked]:
    """Read and check the files of one import; nothing is saved.

    ``store`` None: check them against an empty database. ``tables`` as for ``check``; ``now`` stands in for the clock.
    Raises FileRefused naming every file that cannot be read.
    """
    files: list[RawFile] = []
    refusals: list[FileRefused] = []
    for path in paths:
        try:
            files.append(read_file(path))
        except FileRefused as refusal:
            refusals.append(refusal)
        if progress:
            progress(1)
    if refusals:
        raise FileRefused(
            "\n".join(refusal.text.th for refusal in refusals), "\n".join(refusal.text.en for refusal in refusals)
        )
    known = store.known(now) if store else Known.empty(now or datetime.now())
    return files, check(files, known, tables)


def save(
    store: Store,
    files: Sequence[RawFile],
    checked: Checked,
    by: str,
    accept_good: bool = False,
    now: datetime | None = None,
    *,
    refresh: bool = True,
) -> Receipt:
    """Save what was checked as one batch (see ``Store.save``).

    Raises Refused, with nothing saved, when rows were rejected and the good ones are not to be saved without them, or
    when no good one is left.
    """
    count = len(checked.rejections)
    if count and not accept_good:
        raise Refused(
            f"พบข้อผิดพลาด {count} รายการ จึงยังไม่ได้บันทึก แก้ไขแล้วนำเข้าใหม่ หรือเลือกบันทึกเฉพาะแถวที่ถูกต้อง",
            f"{count} errors were found; nothing was saved. Correct them and import again, or accept the good rows alone.",
        )
    if count and not checked.records:
        raise Refused("ไม่มีแถวที่ถูกต้องให้บันทึก", "There is no good row to save.")
    return store.save(checked.records, files, by=by, now=now, refresh=refresh)


def check_weights(store: Store, checked: Checked) -> tuple[Finding, ...]:
    """After saving: whose weights of the year do not sum to 100, as far as the import could have changed them.

    Code ``weights_off`` (by more than 0.5, to be corrected) or ``weights_rounded`` (less).
    """
    records = [located.record for located in checked.records]
    whole_years = {record.fiscal_year for record in records if isinstance(record, Kpi)}
    touched = {(record.fiscal_year, record.owner_id) for record in records if isinstance(record, Target)}
    with store.reading() as cursor:
        off = cursor.execute(
            """
            select fiscal_year, owner_id, owner_name, weight_total
            from summary
            qualify row_number() over (partition by fiscal_year, owner_id order by month desc) = 1
                and round(abs(weight_total - 100), 10) > 0
            order by fiscal_year, sort_order nulls last, owner_id
            """
        ).fetchall()
    return tuple(
        _weights_finding(year, owner_id, name, total)
        for year, owner_id, name, total in off
        if year in whole_years or (year, owner_id) in touched
    )


def _weights_finding(year: int, owner_id: str, name: str, total: float) -> Finding:
    is_wrong = abs(total - 100) > WEIGHTS_WRONG
    said = format_plain(total, 4, fixed=False)
    return Finding(
        "weights_off" if is_wrong else "weights_rounded",
        Place(f"{owner_id} {name}"),
        said,
        Text(f"น้ำหนักรวมปี {year} เป็น {said} ไม่ใช่ 100", f"the weights of {year} sum to {said}, not 100"),
        Text("ปรับน้ำหนักของตัวชี้วัดให้รวมได้ 100", "weights that sum to 100"),
    )
