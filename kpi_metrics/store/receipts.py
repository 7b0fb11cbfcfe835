"""The receipts file beside the database: one fsynced line a batch, each sealed with the hash of the one before.

A batch is acknowledged only once its line is on the disk. A database that lost a batch (a removed or cut ``.wal`` opens
without a word) is found out by its receipts.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
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
        """Every receipt, oldest first; one that cannot be read is empty and so out of the chain."""
        return [_receipt(line) for line in self._whole_lines()]

    def append(self, content: Mapping[str, object]) -> None:
        """Write one receipt and wait until it is on the disk."""
        whole = self._whole_lines()
        known = self.read()
        previous = known[-1].get("hash", "") if known else ""
        line = {**content, "previous": previous, "hash": seal(previous, content)}
        text = json.dumps(line, ensure_ascii=False, default=str) + "\n"
        with self.path.open("ab") as file:
            file.truncate(sum(map(len, whole)))
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())

    def broken_at(self) -> str | None:
        """The batch whose receipt does not follow from the one before, if any."""
        previous = ""
        for line in self.read():
            content = {name: value for name, value in line.items() if name not in ("previous", "hash")}
            if line.get("previous") != previous or line.get("hash") != seal(previous, content):
                return line.get("batch_id", "?")
            previous = line["hash"]
        return None

    def _whole_lines(self) -> list[bytes]:
        """The lines of the file. A last one cut by a crash was never acknowledged and is left out."""
        lines = self.path.read_bytes().splitlines(keepends=True) if self.path.exists() else []
        return lines[:-1] if lines and not lines[-1].endswith(b"\n") else lines


def copy_whole(database: Path, target: Path) -> None:
    """Copy a database with its receipts; ``target`` appears last, and only whole. Raises OSError when it cannot be written."""
    copied = Receipts(database).path, Receipts(target).path
    pairs = ((database, target), copied) if copied[0].exists() else ((database, target),)
    arriving = [target.with_name(f"{name.name}.part") for _, name in pairs]
    try:
        for (source, _), part in zip(pairs, arriving, strict=True):
            shutil.copyfile(source, part)
            with part.open("rb+") as file:
                os.fsync(file.fileno())
        for (_, name), part in reversed(list(zip(pairs, arriving, strict=True))):
            part.replace(name)
    finally:
        for part in arriving:
            part.unlink(missing_ok=True)


def _receipt(line: bytes) -> dict[str, str]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
