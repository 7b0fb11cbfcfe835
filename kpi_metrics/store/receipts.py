"""The receipts file beside the database: one fsynced line a batch, each sealed with the hash of the one before.

A batch is acknowledged only once its line is on the disk. A database that lost a batch (a removed or cut ``.wal`` opens
without a word) is found out by its receipts.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path


def seal(previous: str, content: Mapping[str, object]) -> str:
    """The hash that chains ``content`` to the hash before it."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()


class Receipts:
    """The receipts of one database."""

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(f"{database.name}.receipts")

    def read(self) -> list[dict[str, str]]:
        """Every receipt, oldest first. A last line cut by a crash was never acknowledged and is left out."""
        if not self.path.exists():
            return []
        found: list[dict[str, str]] = []
        for line in self.path.read_text(encoding="utf-8").splitlines():
            try:
                found.append(json.loads(line))
            except json.JSONDecodeError:
                break
        return found

    def append(self, content: Mapping[str, object]) -> None:
        """Write one receipt and wait until it is on the disk."""
        known = self.read()
        previous = known[-1]["hash"] if known else ""
        line = {**content, "previous": previous, "hash": seal(previous, content)}
        text = json.dumps(line, ensure_ascii=False, default=str) + "\n"
        with self.path.open("a", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())

    def broken_at(self) -> str | None:
        """The batch whose receipt does not follow from the one before, if any."""
        previous = ""
        for line in self.read():
            content = {name: value for name, value in line.items() if name not in ("previous", "hash")}
            if line["previous"] != previous or line["hash"] != seal(previous, content):
                return line["batch_id"]
            previous = line["hash"]
        return None
