import pandas as pd
import pytest

from kpi_metrics.ingest.read import read_bytes
from kpi_metrics.reports import load_table, to_csv

NOTES = ["=1+1", 'สองบรรทัด\nใน "เครื่องหมาย", คำพูด', "@cmd", "ไชยา"]


@pytest.fixture
def frame():
    header = load_table("results").header("en")
    return pd.DataFrame({name: [None] * len(NOTES) for name in header}).assign(
        note=NOTES, value=[1250.5, 0, -3, None], fiscal_year=2569, kpi_id="1.10"
    )


def test_begins_with_the_mark_of_utf_8(frame):
    assert to_csv("results", frame).startswith(b"\xef\xbb\xbffiscal_year,month,")


def test_lines_end_as_spreadsheets_expect(frame):
    assert to_csv("results", frame[frame["note"] == "ไชยา"]).count(b"\r\n") == 2


def test_headers_can_be_thai(frame):
    assert to_csv("results", frame, "th").decode("utf-8-sig").startswith("ปีงบประมาณ,เดือน,รหัสตัวชี้วัด,")


def test_frame_without_rows_is_a_header(frame):
    assert to_csv("results", frame.iloc[:0]).decode("utf-8-sig").splitlines() == [
        ",".join(load_table("results").header("en"))
    ]


def test_texts_come_back_through_our_own_reader(frame):
    (sheet,) = read_bytes(to_csv("results", frame), "results.csv").sheets
    note = sheet.rows[0].cells.index("note")
    assert [row.cells[note] for row in sheet.rows[1:]] == NOTES


def test_nothing_in_it_runs(frame):
    text = to_csv("results", frame).decode("utf-8-sig")
    assert "'=1+1" in text
    assert ",=1+1" not in text
