"""The dashboard as `streamlit run` serves it, on the demo province."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from kpi_metrics.demo_load import load_demo
from kpi_metrics.store import Store

ROOT = Path(__file__).parents[2]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The address of a running dashboard."""
    folder = tmp_path_factory.mktemp("server")
    with Store.open(folder / "kpi.duckdb") as store:
        load_demo(store)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    environment = os.environ | {"KPI_DATABASE": str(folder / "kpi.duckdb")}
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as process,
    ):
        address = f"http://127.0.0.1:{port}"
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{address}/healthz")
                break
            except OSError:
                time.sleep(0.2)
        yield address
        process.terminate()


@pytest.fixture(scope="session")
def visitor(server):
    """A browser with its cache: the one of the system if there is one, else Playwright's own."""
    system = Path("/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system if system.exists() else None, args=QUIET)
        yield browser.new_context(base_url=server)
        browser.close()


@pytest.fixture
def page(visitor):
    """A new window, 1366 px wide."""
    page = visitor.new_page()
    page.set_viewport_size({"width": 1366, "height": 768})
    yield page
    page.close()
