"""The ledger: one DuckDB file that only ever grows, and the figures computed from it."""

from kpi_metrics.store.batches import Receipt
from kpi_metrics.store.restoring import restore
from kpi_metrics.store.store import Store

__all__ = ["Receipt", "Store", "restore"]
