"""What every page stands in."""

from pathlib import Path

import pytest

from pages.components.frame import PAGES


@pytest.mark.parametrize("file", [file for file, _title in PAGES.values()])
def test_a_pages_file_is_not_named_as_an_address(file):
    """Streamlit would run such a file alone, without the frame."""
    assert Path(file).stem not in PAGES
