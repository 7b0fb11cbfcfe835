"""The commands of ``python -m kpi_metrics``."""

from kpi_metrics.cli import export, import_, months, template, upkeep
from kpi_metrics.cli.group import commands

__all__ = ["commands", "export", "import_", "months", "template", "upkeep"]
