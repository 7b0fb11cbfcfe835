"""Take the pictures of the README: ``python -m tests.browser.take_screenshots`` writes .screenshots/*.png."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from kpi_metrics.demo_load import load_demo
from kpi_metrics.store import Store
from tests.browser.conftest import QUIET, ROOT, chromium, serving

PICTURES = {
    "overview": "/",
    "owner": "/owner?id=8406",
    "kpi": "/kpi?id=1.2",
    "person": "/person?id=P840602",
    "cascade": "/cascade",
    "report": "/report?id=8406",
    "history": "/history",
}
LARGEST = 250_000  # bytes


def main() -> None:
    """Show the demo province to a browser and keep what it sees."""
    folder = ROOT / ".screenshots"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        database = Path(scratch) / "kpi.duckdb"
        with Store.open(database) as store:
            load_demo(store)
        with serving(database) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
            page = browser.new_page(viewport={"width": 1366, "height": 768}, base_url=address)
            for name, path in PICTURES.items():
                page.goto(path)
                page.wait_for_selector("footer")
                page.wait_for_timeout(3000)  # charts and fonts come after
                size = len(page.screenshot(path=folder / f"{name}.png"))
                print(f"{name}.png {size // 1000} kB" + (" too large" if size > LARGEST else ""))
            browser.close()


if __name__ == "__main__":
    main()
