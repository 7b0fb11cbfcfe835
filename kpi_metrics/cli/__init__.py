"""The commands of ``python -m kpi_metrics``."""

from kpi_metrics.cli import export, form, import_, months, template, upkeep
from kpi_metrics.cli.group import commands

__all__ = ["commands", "export", "form", "import_", "months", "template", "upkeep"]
