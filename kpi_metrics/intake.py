"""The way in: files → read → checked → saved. Pages and the command line import through here and nowhere else."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kpi_metrics.ingest.answered import NOTHING_ANSWERED, Answered
from kpi_metrics.ingest.apart import AT_ONCE, read_apart
from kpi_metrics.ingest.check import check
from kpi_metrics.ingest.known import Known
from kpi_metrics.ingest.raw import RawFile
from kpi_metrics.ingest.read import load, shown_name
from kpi_metrics.model import Answer, Checked, FileRefused, Finding, Kpi, Place, Refused, Target, Text
from kpi_metrics.store import Receipt, Store
from kpi_metrics.store.clock import environment_now
from kpi_metrics.thai.numbers import format_plain

Progress = Callable[[int], object]  # told how many more are done
WEIGHTS_WRONG = 0.5  # percent off 100 from which weights are an error and no slip of rounding


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came through the browser."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that cannot be read, and why."""

    file: str
    text: Text


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of the files of one import: those that were read, and those that could not be."""

    files: tuple[RawFile, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of one file. ``refusal``: why it could not be read at all, and then nothing was counted."""

    file: str
    refusal: Text | None
    count_records: int
    count_rejections: int
    count_warnings: int


def read(sources: Sequence[Path | Upload], progress: Progress | None = None) -> Reading:
    """Read the files of one import, each as far as it can be and in a process of its own (see ``read_apart``).

    Files and refusals keep the order of ``sources`` and are called as ``names`` says. ``progress`` is told of each file
    done.
    """
    files: list[RawFile] = []
    refusals: list[Refusal] = []
    readers = ThreadPoolExecutor(AT_ONCE)
    try:
        for outcome in readers.map(_read, sources, names(sources)):
            if isinstance(outcome, Refusal):
                refusals.append(outcome)
            else:
                files.append(outcome)
            if progress:
                progress(1)
    finally:  # who stops waiting also stops what has not begun
        readers.shutdown(wait=False, cancel_futures=True)
    return Reading(tuple(files), tuple(refusals))


def names(sources: Sequence[Path | Upload], taken: Collection[str] = ()) -> tuple[str, ...]:
    """What each file of an import is called in its findings, answers and the ledger: ``a.csv``, a second ``a (2).csv``.

    ``taken``: names that other files of the import have already.
    """
    called = list(taken)
    for source in sources:
        name = Path(shown_name(source.name))
        alike = (f"{name.stem} ({count}){name.suffix}" for count in itertools.count(2))
        called.append(name.name if name.name not in called else next(each for each in alike if each not in called))
    return tuple(called[len(taken) :])


def _read(source: Path | Upload, name: str) -> RawFile | Refusal:
    try:
        return read_apart(source.content if isinstance(source, Upload) else load(source), name)
    except FileRefused as refusal:
        return Refusal(name, refusal.text)


def examine(
    store: Store | None,
    files: Sequence[RawFile],
    answers: Collection[Answer] = (),
    *,
    now: datetime | None = None,
) -> Checked:
    """Check files together, as read and as a person answered; nothing is saved.

    ``store`` None: against an empty database. ``now`` stands in for the clock.
    """
    known = store.known(now) if store else Known.empty(now or environment_now() or datetime.now())
    return check(files, known, answers)


def verdicts(reading: Reading, checked: Checked) -> tuple[Verdict, ...]:
    """One verdict per file, the unreadable ones first."""
    records = Counter(located.place.file for located in checked.records)
    rejections = Counter(finding.place.file for finding in checked.rejections)
    warnings = Counter(finding.place.file for finding in checked.warnings)
    return tuple(Verdict(each.file, each.text, 0, 0, 0) for each in reading.refusals) + tuple(
        Verdict(file.name, None, records[file.name], rejections[file.name], warnings[file.name])
        for file in reading.files
    )


def gather(
    store: Store | None,
    paths: Sequence[Path],
    answers: Collection[Answer] = (),
    *,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> tuple[tuple[RawFile, ...], Checked]:
    """Read and check files that must all be readable; see ``read`` and ``examine``.

    Raises FileRefused naming every file that cannot be read.
    """
    reading = read(paths, progress)
    require_readable(reading)
    return reading.files, examine(store, reading.files, answers, now=now)


def require_readable(reading: Reading) -> None:
    """Raises FileRefused naming every file that cannot be read."""
    if reading.refusals:
        texts = [refusal.text for refusal in reading.refusals]
        raise FileRefused("\n".join(text.th for text in texts), "\n".join(text.en for text in texts))


def save(
    store: Store,
    files: Sequence[RawFile],
    checked: Checked,
    by: str,
    accept_good: bool = False,
    now: datetime | None = None,
    *,
    answers: Collection[Answer] = (),
    refresh: bool = True,
) -> Receipt:
    """Save what was checked, by the answers given, as one batch (see ``Store.save``).

    The answers are told in the audit trail; those about headers are remembered for the office whose sheet it is.

    Raises Refused, with nothing saved, as ``require_savable`` does.
    """
    require_savable(checked, accept_good)
    answered = Answered.of(files, store.known(now), answers, checked.records) if answers else NOTHING_ANSWERED
    return store.save(checked.records, files, by=by, now=now, refresh=refresh, answered=answered)


def require_savable(checked: Checked, accept_good: bool) -> None:
    """Raises Refused when rows were rejected and the good ones are not to be saved alone, or when no good one is left."""
    count = len(checked.rejections)
    if count and not accept_good:
        raise Refused(
            f"พบข้อผิดพลาด {count} รายการ จึงยังไม่ได้บันทึก แก้ไขแล้วนำเข้าใหม่ หรือเลือกบันทึกเฉพาะแถวที่ถูกต้อง",
            f"Errors found: {count}. Nothing was saved. Correct them and import again, or accept the good rows alone.",
        )
    if count and not checked.records:
        raise Refused("ไม่มีแถวที่ถูกต้องให้บันทึก", "There is no good row to save.")


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
