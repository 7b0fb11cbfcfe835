"""The dashboard as `streamlit run` serves it, on the demo province."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from kpi_metrics.demo_load import load_demo
from kpi_metrics.store import Store
from tests.pages import odd_office

ROOT = Path(__file__).parents[2]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@contextmanager
def serving(database):
    """The address of a dashboard on a database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    with (
        database.with_suffix(".log").open("w") as log,
        subprocess.Popen(
            command, cwd=ROOT, env=os.environ | {"KPI_DATABASE": str(database)}, stdout=log, stderr=log
        ) as process,
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
def database(tmp_path_factory):
    """The demo province."""
    path = tmp_path_factory.mktemp("server") / "kpi.duckdb"
    with Store.open(path) as store:
        load_demo(store)
    return path


@pytest.fixture(scope="session")
def server(database):
    """The address of a dashboard on the demo province."""
    with serving(database) as address:
        yield address


@pytest.fixture(scope="session")
def odd_server(tmp_path_factory):
    """The address of a dashboard on the odd office (see odd_office), which nobody has opened yet."""
    with serving(odd_office.make(tmp_path_factory.mktemp("odd"))) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """Chromium: the system's, or, where it has none, the one that can be had."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def visitor(browser, server):
    """A visitor with a cache of their own."""
    return browser.new_context(base_url=server)


@pytest.fixture
def page(visitor):
    """A new window, 1366 px wide."""
    page = visitor.new_page()
    page.set_viewport_size({"width": 1366, "height": 768})
    yield page
    page.close()


def chromium():
    """The path of the system's Chromium, installed where that may be done; None: Playwright's own."""
    if found := shutil.which("chromium"):
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        for command in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", *command], stdout=subprocess.DEVNULL)
        if found := shutil.which("chromium"):
            return found
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    return None
