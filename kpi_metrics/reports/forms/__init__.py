"""The official appraisal forms of a person's round, as PDF and as a workbook."""

from kpi_metrics.reports.forms.bundle import pdfs, to_zip
from kpi_metrics.reports.forms.form import Form, Forms
from kpi_metrics.reports.forms.gathering import form_of, forms_of, people
from kpi_metrics.reports.forms.pdf import to_pdf
from kpi_metrics.reports.forms.xlsx import to_xlsx

__all__ = ["Form", "Forms", "form_of", "forms_of", "pdfs", "people", "to_pdf", "to_xlsx", "to_zip"]
