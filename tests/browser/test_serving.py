"""The server's own answers, beside Streamlit's."""

import gzip
import http.client
from urllib.parse import urlsplit

import pytest

from kpi_metrics.model import Refused
from pages.components.serving import ASSETS, FONTS, require_loopback


def ask(server, path, **headers):
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=20)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    answer.content = answer.read()
    return answer


def test_health_is_ok(server):
    assert ask(server, "/healthz").content == b"ok"


def test_the_font_is_served_whole(server):
    assert (
        gzip.decompress(ask(server, "/fonts/sarabun-400.ttf").content) == (FONTS / "Sarabun-Regular.ttf").read_bytes()
    )


def test_the_font_is_kept_for_good(server):
    assert "immutable" in ask(server, "/fonts/sarabun-400.ttf").headers["cache-control"]


def test_there_is_no_other_font(server):
    assert ask(server, "/fonts/sarabun-950.ttf").status == 404


def test_a_script_travels_compressed(server):
    script = next((ASSETS / "static" / "js").glob("index.*.js"))
    answer = ask(server, f"/static/js/{script.name}", accept_encoding="gzip")
    assert gzip.decompress(answer.content) == script.read_bytes()


@pytest.mark.parametrize("path", ["/static/../../__init__.py", "/static/..%2f..%2f__init__.py", "/static/js/none.js"])
def test_nothing_outside_the_assets_is_served(server, path):
    assert b"import" not in ask(server, path, accept_encoding="gzip").content


def test_another_host_name_is_refused(server):
    assert ask(server, "/", host="kpi.example.org").status == 400


@pytest.mark.parametrize("path", ["/", "/healthz", "/fonts/sarabun-700.ttf", "/_stcore/health"])
@pytest.mark.parametrize("header", ["x-content-type-options", "content-security-policy", "x-frame-options"])
def test_every_answer_has_the_safe_headers(server, path, header):
    assert ask(server, path).headers[header]


@pytest.mark.parametrize("address", [None, "0.0.0.0", "192.168.1.20"])
def test_other_computers_are_not_let_in_without_a_sign_in(address):
    with pytest.raises(Refused):
        require_loopback(address)
