"""Pages run as Streamlit runs them."""

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]


def run(file, **params):
    """A page, or the whole dashboard, run at an address."""
    return opened(AppTest.from_file(str(ROOT / file), default_timeout=60), params)


def framed(file, **params):
    """A page with its failures said in words, as in the frame."""
    page = f"runpy.run_path({str(ROOT / file)!r}, run_name='__main__')"
    script = f"import runpy\nfrom pages.components import frame\nwith frame.failures_in_words():\n    {page}"
    return opened(AppTest.from_string(script, default_timeout=60), params)


def opened(app, params):
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def html(app):
    """All the HTML that a run has drawn."""
    return "".join(element.proto.body for element in app.get("html"))


def text(app):
    """The words of it."""
    return re.sub(r"<[^>]+>", " ", html(app))
