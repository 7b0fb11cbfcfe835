"""The input tables, column by column: names in English and Thai, how a cell is read, what must be there.

The one place where a column is described. Tables stand in the order in which a batch is checked and saved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kpi_metrics import model
from kpi_metrics.ingest import cells
from kpi_metrics.ingest.cells import Parse, name_key, number, share, word
from kpi_metrics.ingest.fixed_words import (
    CASCADES,
    CATEGORIES,
    DIRECTIONS,
    ENTRIES,
    FREQUENCIES,
    KINDS,
    MEASURES,
    PERSONNEL_TYPES,
    PRESCRIBED,
    REMARK_PARTS,
    ROLL_UPS,
    SCALE_BASES,
    SCORINGS,
)
from kpi_metrics.thai.calendar import MONTHS_TH_LONG, MONTHS_TH_SHORT


@dataclass(frozen=True)
class Column:
    """One column. ``headers`` are its Thai names, the canonical one first; the English name is always accepted.

    ``required``: the column must be there and no cell of it may be empty. ``key``: part of what makes a row itself.
    ``figure``: it measures, so a merged cell of it does not stand for the rows below.
    """

    name: str
    headers: tuple[str, ...]
    parse: Parse
    required: bool = False
    key: bool = False
    figure: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Every accepted header, as ``name_key`` writes it."""
        return tuple(name_key(header) for header in (self.name, *self.headers))


@dataclass(frozen=True)
class Table:
    """One input table. ``any_of``: at least one of these columns must be there too.

    ``speaks``: a row in which all of these are empty says nothing (a pre-filled form, a heading).
    """

    name: str
    names_th: tuple[str, ...]
    record: type
    columns: tuple[Column, ...]
    any_of: tuple[str, ...] = ()
    speaks: tuple[str, ...] = ()
    by_header: Mapping[str, tuple[Column, ...]] = field(init=False, repr=False, compare=False)
    _by_name: Mapping[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_header: dict[str, tuple[Column, ...]] = {}
        for column in self.columns:
            for key in dict.fromkeys(column.keys):
                by_header[key] = (*by_header.get(key, ()), column)
        object.__setattr__(self, "by_header", by_header)
        object.__setattr__(self, "_by_name", {column.name: column for column in self.columns})

    @property
    def name_keys(self) -> tuple[str, ...]:
        """Every accepted name of the table, as ``name_key`` writes it."""
        return tuple(name_key(name) for name in (self.name, *self.names_th))

    @property
    def key(self) -> tuple[str, ...]:
        """The names of the columns that make a row itself."""
        return tuple(column.name for column in self.columns if column.key)

    def column(self, name: str) -> Column:
        """The column of this (English) name."""
        return self._by_name[name]


MOST_ITEMS = 10  # of one development plan
MONTHS = tuple(zip(MONTHS_TH_SHORT, MONTHS_TH_LONG, strict=True))  # in fiscal order
MONTH_NAMES = tuple(f"m{month}" for month in range(1, 13))  # the month columns of results_wide
PLAN_NAMES = tuple(f"plan_m{month}" for month in range(1, 13))
LEVEL_NAMES = tuple(f"level_{level}" for level in range(1, 6))

# What our own workbooks hold for the person who fills them in and no reader takes: these sheets, and the columns so marked.
GUIDE_SHEET, MISTAKES_SHEET = "วิธีกรอก", "ข้อที่ต้องแก้"
INFORMATION = "(เพื่อทราบ)"


def is_to_be_read(sheet: str | None) -> bool:
    """Whether a sheet of this name only speaks to the person who fills in the others."""
    return sheet is not None and name_key(sheet) in (name_key(GUIDE_SHEET), name_key(MISTAKES_SHEET))


def is_information(header: str) -> bool:
    """Whether a column of this header is there to be read, not imported."""
    return name_key(header).endswith(name_key(INFORMATION))


FISCAL_YEAR = Column("fiscal_year", ("ปีงบประมาณ", "ปีงบ"), cells.fiscal_year_of, required=True, key=True)
# Where each row names its month the year may be left out: the month then decides.
OPEN_YEAR = Column("fiscal_year", ("ปีงบประมาณ", "ปีงบ"), cells.fiscal_year_of, key=True)
MONTH = Column("month", ("เดือน", "ประจำเดือน", "งวด"), cells.month, required=True, key=True)
ROUND = Column("round", ("รอบ", "รอบที่", "รอบการประเมิน"), cells.round_of, required=True, key=True)
OWNER_HEADERS = ("รหัสหน่วยงาน", "หน่วยงาน", "อำเภอ", "ผู้รับผิดชอบ")
OWNER = Column("owner_id", (*OWNER_HEADERS, "เลขที่ตำแหน่ง"), cells.text, required=True, key=True)
PERSON = Column("owner_id", ("เลขที่ตำแหน่ง", *OWNER_HEADERS), cells.text, required=True, key=True)
# kpi_id and work_id refer to rows of other tables here, and are read as ids all the same.
KPI_HEADERS = ("รหัสตัวชี้วัด", "รหัส", "ลำดับ")
KPI = Column("kpi_id", KPI_HEADERS, cells.identifier, required=True, key=True)
VALUE_HEADERS = ("ผลงาน", "ผลการดำเนินงาน", "ผล", "ผลสะสม", "ผลประจำเดือน")
NOTE = Column("note", ("หมายเหตุ",), cells.text)
FROM_DATE = ("ตั้งแต่วันที่",)
REASON = Column("reason", ("เหตุผล",), cells.text, required=True)
BY = Column("by", ("โดย", "ผู้ปรับ", "ผู้อนุมัติ"), cells.text, required=True)
WEIGHT = Column("weight", ("น้ำหนัก", "น้ำหนัก (ร้อยละ)"), share(0), figure=True)
LEVELS = tuple(Column(f"level_{n}", (f"ระดับ {n}",), share(), figure=True) for n in range(1, 6))
PLAN = tuple(
    Column(name, (f"แผน {short}", f"แผน {full}"), share(0), figure=True)
    for name, (short, full) in zip(PLAN_NAMES, MONTHS, strict=True)
)


def _named(*headers: str, required: bool = True, key: bool = False) -> Column:
    return Column("name_th", headers, cells.text, required=required, key=key)


def _text(name: str, *headers: str, required: bool = False, key: bool = False) -> Column:
    return Column(name, headers, cells.text, required=required, key=key)


def _word(
    name: str, header: str, words: Mapping[str, Sequence[str]], *, required: bool = True, key: bool = False
) -> Column:
    return Column(name, (header,), word(words), required=required, key=key)


NAME_EN = _text("name_en", "ชื่อภาษาอังกฤษ")
SHORT_NAME = _text("short_name_th", "ชื่อย่อ")

_TABLES = (
    Table(
        "owners",
        ("หน่วยงาน",),
        model.Office,
        (
            Column("owner_id", OWNER_HEADERS, cells.identifier, required=True, key=True),
            _text("parent_id", "หน่วยงานแม่", "สังกัด"),
            _word("kind", "ประเภทหน่วยงาน", KINDS),
            _named("ชื่อหน่วยงาน"),
            NAME_EN,
            SHORT_NAME,
            Column("sort_order", ("ลำดับการแสดง",), number()),
            Column("grid_row", ("แถวในผัง",), number(is_whole=True)),
            Column("grid_col", ("คอลัมน์ในผัง",), number(is_whole=True)),
            Column("lat", ("ละติจูด",), number(-90, 90)),
            Column("lon", ("ลองจิจูด",), number(-180, 180)),
            Column("from_date", FROM_DATE, cells.day),
            Column("to_date", ("ถึงวันที่",), cells.day),
            Column("aliases", ("ชื่ออื่น", "ชื่อเรียกอื่น"), cells.aliases),
        ),
    ),
    Table(
        "people",
        ("บุคลากร",),
        model.Person,
        (
            # A person's sheet says รหัสหน่วยงาน of the office too: it is the position's own id only where no other is.
            Column("owner_id", ("เลขที่ตำแหน่ง", "รหัสหน่วยงาน"), cells.identifier, required=True, key=True),
            _text("parent_id", "สังกัด", "หน่วยงานแม่", "รหัสหน่วยงาน", "หน่วยงาน", "อำเภอ", required=True),
            _named("ชื่อ-สกุล", "ชื่อ-นามสกุล", "ชื่อ"),
            _text("position_th", "ตำแหน่ง"),
            _word("personnel_type", "ประเภทบุคลากร", PERSONNEL_TYPES),
            _text("email", "อีเมล"),
            _text("leads", "เป็นหัวหน้าของ", "หัวหน้า"),
            Column("from_date", FROM_DATE, cells.day, key=True),
            Column("to_date", ("ถึงวันที่",), cells.day),
        ),
    ),
    Table(
        "works",
        ("งาน",),
        model.Work,
        (
            FISCAL_YEAR,
            Column("work_id", ("รหัสงาน", "รหัส", "ลำดับ"), cells.identifier, required=True, key=True),
            _named("ชื่องาน", "งาน"),
            NAME_EN,
            _word("category", "ประเภทงาน", CATEGORIES),
        ),
    ),
    Table(
        "kpis",
        ("ตัวชี้วัด",),
        model.Kpi,
        (
            FISCAL_YEAR,
            KPI,
            Column("work_id", ("รหัสงาน",), cells.identifier, required=True),
            _named("ชื่อตัวชี้วัด", "ตัวชี้วัด"),
            SHORT_NAME,
            NAME_EN,
            _text("unit", "หน่วยนับ", "หน่วยวัด", required=True),
            _word("measure", "ชนิด", MEASURES),
            _word("direction", "ทิศทาง", DIRECTIONS),
            _word("entry", "การรายงาน", ENTRIES),
            _word("roll_up", "การรวมผล", ROLL_UPS),
            _word("frequency", "ความถี่", FREQUENCIES),
            _word("scale_basis", "ฐานเกณฑ์", SCALE_BASES),
            _word("scoring", "วิธีให้คะแนน", SCORINGS),
            *LEVELS,
            WEIGHT,
            _text("lead_owner", "เจ้าภาพ", "ผู้กำกับดูแล"),
            _word("cascade", "การถ่ายทอด", CASCADES),
            Column("parent_kpi_id", ("ตัวชี้วัดแม่",), cells.identifier),
            *PLAN,
            _text("formula_th", "สูตรคำนวณ", "สูตร"),
            _text("source_th", "แหล่งข้อมูล"),
            _text("steps_th", "ขั้นตอนการดำเนินงาน"),
        ),
        speaks=("unit", "measure", "direction", "entry", "roll_up", "frequency", *LEVEL_NAMES, "weight", *PLAN_NAMES),
    ),
    Table(
        "targets",
        ("เป้าหมาย",),
        model.Target,
        (
            FISCAL_YEAR,
            KPI,
            OWNER,
            Column("from_date", FROM_DATE, cells.day, key=True),
            Column("target", ("เป้าหมาย", "ค่าเป้าหมาย"), cells.as_found, required=True, figure=True),
            WEIGHT,
            Column("prescribed", ("บังคับ",), cells.yes_or_no(PRESCRIBED)),
            *PLAN,
            *LEVELS,
            _text("approved_by", "ผู้อนุมัติ"),
            _text("document_no", "เลขที่หนังสือ"),
            _text("reason", "เหตุผล"),
        ),
    ),
    Table(
        "results",
        ("ผลงาน", "ผลการดำเนินงาน"),
        model.Entry,
        (
            OPEN_YEAR,
            MONTH,
            KPI,
            OWNER,
            Column("value", VALUE_HEADERS, cells.as_found, figure=True),
            Column("numerator", ("ตัวตั้ง", "ทำได้"), number(), figure=True),
            Column("denominator", ("ตัวหาร", "ทั้งหมด"), number(), figure=True),
            NOTE,
            _text("problem", "ปัญหา อุปสรรค"),
            _text("remedy", "แนวทางแก้ไข"),
            _text("evidence_url", "หลักฐาน"),
            _text("reported_by", "ผู้รายงาน"),
            Column("reported_at", ("วันที่รายงาน",), cells.moment),
        ),
        any_of=("value", "numerator", "note", "problem", "remedy"),
        speaks=("value", "numerator", "denominator", "note", "problem", "remedy"),
    ),
    Table(
        "results_wide",
        ("ผลรายเดือน",),
        model.Entry,
        (
            OPEN_YEAR,
            KPI,
            OWNER,
            *(
                Column(name, months, cells.as_found, figure=True)
                for name, months in zip(MONTH_NAMES, MONTHS, strict=True)
            ),
        ),
        any_of=MONTH_NAMES,
        speaks=MONTH_NAMES,
    ),
    Table(
        "behaviour",
        ("สมรรถนะ",),
        model.Behaviour,
        (FISCAL_YEAR, ROUND, PERSON, Column("score", ("คะแนน",), number(0, 100), required=True, figure=True), NOTE),
    ),
    Table(
        "bands",
        ("ระดับผลการประเมิน",),
        model.Band,
        (
            FISCAL_YEAR,
            _word("personnel_type", "ประเภทบุคลากร", PERSONNEL_TYPES, key=True),
            _named("ชื่อระดับ", "ระดับ", "ระดับผลการประเมิน", key=True),
            NAME_EN,
            Column("minimum", ("ขั้นต่ำ",), number(0, 100), required=True, figure=True),
        ),
    ),
    Table(
        "overrides",
        ("ปรับคะแนน",),
        model.Override,
        (
            OPEN_YEAR,
            MONTH,
            KPI,
            OWNER,
            Column("score", ("คะแนน",), number(0, 5), required=True, figure=True),
            REASON,
            BY,
        ),
    ),
    Table("exclusions", ("ตัวชี้วัดที่ยกเว้น",), model.Exclusion, (FISCAL_YEAR, ROUND, KPI, PERSON, REASON, BY)),
    Table(
        "remarks",
        ("ความเห็น",),
        model.Remark,
        (
            FISCAL_YEAR,
            ROUND,
            PERSON,
            _word("part", "ในฐานะ", REMARK_PARTS, key=True),
            _text("text", "ความเห็น", "ข้อความ"),
            _text("by", "ผู้ให้ความเห็น", "โดย", required=True),
        ),
        any_of=("text",),
        speaks=("text",),
    ),
    Table(
        "development",
        ("แผนพัฒนารายบุคคล",),
        model.Development,
        (
            FISCAL_YEAR,
            ROUND,
            PERSON,
            Column("item", ("ข้อ", "ข้อที่"), number(1, MOST_ITEMS, is_whole=True), required=True, key=True),
            _text("skill", "ความรู้/ทักษะ/สมรรถนะที่ต้องพัฒนา", "ความรู้ ทักษะ สมรรถนะ", required=True),
            _text("method", "วิธีการพัฒนา"),
            _text("period", "ช่วงเวลาที่พัฒนา", "ระยะเวลา"),
        ),
        speaks=("skill", "method", "period"),
    ),
    Table(
        "settings",
        ("ค่าตั้ง", "การตั้งค่า"),
        model.Setting,
        (
            _text("key", "รายการ", required=True, key=True),
            Column("value", ("ค่า", *VALUE_HEADERS), cells.as_found, required=True),
            NOTE,
        ),
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in _TABLES}
