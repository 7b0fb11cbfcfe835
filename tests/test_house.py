"""The house rules that a machine can see: style, types, SQL, and what no file may say."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TRACKED = subprocess.run(
    ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.splitlines()
TOP_LEVEL = {"dashboard.py", "pages", "data", "kpi_metrics", "tests", "requirements.txt", "README.md"}


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["sqlfluff", "lint", "kpi_metrics"],
    ],
    ids=lambda command: " ".join(command),
)
def test_linters_and_types_are_clean(command: list[str]) -> None:
    run = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_top_level_is_as_the_customer_fixed_it() -> None:
    top = {path.split("/")[0] for path in TRACKED}
    assert {name for name in top if not name.startswith(".")} - {"pyproject.toml", "LICENSE"} == TOP_LEVEL


def test_the_library_knows_nothing_of_the_screen() -> None:
    library = [path for path in TRACKED if path.startswith("kpi_metrics/") and path.endswith(".py")]
    importing = [
        path for path in library if re.search(r"^\s*(import|from) streamlit", (ROOT / path).read_text("utf-8"), re.M)
    ]
    assert importing == []


def test_sql_is_never_built_from_data() -> None:
    """Only the store and the metrics put their own table names into SQL, and nobody puts anything into its quotes."""
    offending = []
    for path in TRACKED:
        if not path.endswith(".py") or path.startswith("tests/"):
            continue
        for call in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
            is_query = isinstance(call, ast.Call) and getattr(call.func, "attr", "") in (
                "execute",
                "executemany",
                "sql",
            )
            for text in ast.walk(call.args[0]) if is_query and call.args else ():
                if isinstance(text, ast.JoinedStr):
                    knows_tables = path.startswith(("kpi_metrics/store/", "kpi_metrics/metrics/"))
                    said = [part.value for part in text.values if isinstance(part, ast.Constant)]
                    is_value = any(part.count("'") % 2 for part in said)
                    offending += [f"{path}:{call.lineno}"] if is_value or not knows_tables else []
    assert offending == []
