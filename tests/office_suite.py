"""LibreOffice without a screen: opens a workbook as an office would and saves it in another form."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path


def saved_again(content: bytes, suffix: str) -> bytes:
    """The workbook (.xlsx) as LibreOffice saves it: ``suffix`` is xlsx, ods or xls."""
    with tempfile.TemporaryDirectory() as folder:
        opened, out = Path(folder) / "book.xlsx", Path(folder) / "saved"
        opened.write_bytes(content)
        # A profile of its own: LibreOffice opens only once per profile.
        command = [_office(), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", suffix]
        subprocess.run([*command, "--outdir", str(out), str(opened)], check=True, capture_output=True, timeout=120)
        return (out / f"book.{suffix}").read_bytes()


def _office() -> str:
    """The program, installed where that may be done. RuntimeError: it is not there and cannot be had."""
    if found := shutil.which("soffice"):
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        for command in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", "libreoffice-calc-nogui"]):
            subprocess.run(["apt-get", *command], stdout=subprocess.DEVNULL)
        if found := shutil.which("soffice"):
            return found
    raise RuntimeError(
        "These tests save workbooks with LibreOffice; install it: apt-get install libreoffice-calc-nogui"
    )
