"""``python -m kpi_metrics``."""

from kpi_metrics.cli import commands

if __name__ == "__main__":
    commands(prog_name="python -m kpi_metrics")
