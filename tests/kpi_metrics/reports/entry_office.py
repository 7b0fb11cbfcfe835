"""A province whose KPIs are of every kind, its entry workbooks, and the hand that fills them in."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import openpyxl

from kpi_metrics import intake
from kpi_metrics.model import Checked, Entry, Located, Place, Record, Work
from kpi_metrics.store import Store
from tests.builders import YEAR, entry, kpi, milestone, office, part, percent, person, province, reading, target

NOW = "2027-02-10T09:00"  # ก.พ. 2570: months 1 to 4 have ended
HEADER_ROW = 4
COLUMNS = {
    "ผลงาน": "value", "ตัวตั้ง": "numerator", "ตัวหาร": "denominator", "หมายเหตุ": "note", "ปัญหา อุปสรรค": "problem",
    "แนวทางแก้ไข": "remedy", "หลักฐาน": "evidence_url",
}  # fmt: skip
RECORDS: tuple[Record, ...] = (
    Work(YEAR, "1", "งาน", None, "strategic"),
    *province("AB"),
    office("G", "P", "group"),
    person("A1", "A"),
    kpi("1.2"),
    kpi("1.10", frequency="quarterly", name_th="=1+1"),
    percent("2.1"),
    percent("2.2", roll_up="mean"),
    milestone("3.1"),
    reading("3.2", unit="ไร่"),
    *(target(owner, kpi_id=kpi_id) for owner in ("A", "B") for kpi_id in ("1.10", "2.1", "2.2", "3.2")),
    *(target(owner, 5, "3.1") for owner in ("A", "B")),
    target("A1", kpi_id="1.2"),
    target("B", kpi_id="1.2"),
    entry("A", 3, 7.25, "1.10", note="-รอเอกสาร"),
    part("A", 3, 200, 300, "2.1"),
    part("A", 4, 400, 500, "2.1"),
    entry("A", 4, 0.5, "2.2"),
    entry("A", 4, 3, "3.1"),
    entry("A1", 4, 12, "1.2", problem="ฝนทิ้งช่วง", remedy="=A1", evidence_url="https://example.org/a"),
    entry("A", 4, None, "3.2", note="เครื่องวัดเสีย"),
)


class Slot(NamedTuple):
    """A cell of an entry workbook that may be filled in, and what it is."""

    month: str
    kpi_id: str
    owner_id: str
    name: str  # of the entry's field
    cell: Any


def save(store: Store, *records: Record) -> None:
    store.save([Located("", record, Place("x.csv")) for record in records], [], by="clerk")


def open_book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def bytes_of(book: openpyxl.Workbook) -> bytes:
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def rows_of(sheet: Any) -> Iterator[dict[str, Any]]:
    """The rows of a sheet to fill in, header → cell."""
    headers = [str(cell.value).split("\n")[0] for cell in sheet[HEADER_ROW]]
    for row in sheet.iter_rows(min_row=HEADER_ROW + 1):
        yield dict(zip(headers, row, strict=True))


def slots(book: openpyxl.Workbook) -> list[Slot]:
    """Every unlocked cell."""
    found = []
    for sheet in book.worksheets:
        for row in rows_of(sheet) if sheet.title in ("ผลงาน", "ผลรายเดือน") else ():
            for header, cell in row.items():
                if not cell.protection.locked:
                    month = row["เดือน"].value if "เดือน" in row else header
                    key = (month, row["รหัสตัวชี้วัด"].value, row["ผู้รับผิดชอบ"].value)
                    found.append(Slot(*key, COLUMNS.get(header, "value"), cell))
    return found


def fill(content: bytes, said: Mapping[tuple[str, str, str, str], Any]) -> bytes:
    """The workbook with what is said (month, KPI, owner, field → value) typed into its cells."""
    book = open_book(content)
    for slot in slots(book):
        if slot[:4] in said:
            slot.cell.value = said[slot[:4]]
    return bytes_of(book)


def read_back(store: Store, content: bytes, name: str = "book.xlsx") -> Checked:
    reading_ = intake.read([intake.Upload(name, content)])
    assert reading_.refusals == ()
    return intake.examine(store, reading_.files)


def figures(checked: Checked) -> dict[tuple[int, str, str], tuple[float | None, ...]]:
    """(month, KPI, owner) → value, numerator, denominator."""
    entries = [located.record for located in checked.records]
    return {
        (each.month, each.kpi_id, each.owner_id): (each.value, each.numerator, each.denominator)
        for each in entries
        if isinstance(each, Entry)
    }
