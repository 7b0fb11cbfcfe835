"""What goes out: one exporter for the screen and the command line, as CSV or as a workbook."""

from kpi_metrics.reports.csv import to_csv
from kpi_metrics.reports.tables import TABLES, Column, Headers, Table, file_name, load_table, render
from kpi_metrics.reports.xlsx import to_xlsx

__all__ = ["TABLES", "Column", "Headers", "Table", "file_name", "load_table", "render", "to_csv", "to_xlsx"]
