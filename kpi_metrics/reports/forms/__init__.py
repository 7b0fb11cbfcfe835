"""The official appraisal forms of a person's round, as PDF and as a workbook."""

from kpi_metrics.reports.forms.form import Form, Forms, form_of, forms_of
from kpi_metrics.reports.forms.pdf import to_pdf

__all__ = ["Form", "Forms", "form_of", "forms_of", "to_pdf"]
