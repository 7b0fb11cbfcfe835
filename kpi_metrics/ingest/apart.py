"""Reading a file in a process of its own, within limits of time and memory: what breaks its reader breaks nothing else.

The child is a plain Python started anew: never a fork or a spawn of the server, whose threads and ``__main__`` it must not
see. It gets the bytes on stdin and gives the rows back on stdout, where only our own records are taken from.
"""

from __future__ import annotations

import gc
import json
import logging
import pickle
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from kpi_metrics.ingest.raw import (
    ErrorCell,
    FormulaWithoutValue,
    PercentCell,
    RawFile,
    RawRow,
    RawSheet,
)
from kpi_metrics.ingest.read import check_kind, is_text, read_bytes, refusal
from kpi_metrics.model import Answer, Choice, FileRefused, Finding, Place, Text

AT_ONCE = 2  # children of this process, whoever asks: the memory of a small machine
SMALL_TEXT = 2**20  # bytes

_ROOT = Path(__file__).parent.parent.parent
_START = "import sys; sys.path.insert(0, sys.argv[1]); from kpi_metrics.ingest.apart import serve; serve()"
_OURS = (RawFile, RawSheet, RawRow, FormulaWithoutValue, ErrorCell, PercentCell, Finding, Place, Text, Choice, Answer)
_TAKEN = {(kind.__module__, kind.__name__): kind for kind in (*_OURS, date, datetime)}
_seats = threading.BoundedSemaphore(AT_ONCE)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: ``seconds`` on the clock, and ``megabytes`` of memory where the system can hold to it."""

    seconds: float = 10
    megabytes: int = 500


def read_apart(content: bytes, name: str, limits: Limits = Limits()) -> RawFile:
    """The same as ``read_bytes``, read in a process of its own. Raises FileRefused also when a limit is reached.

    A text file up to ``SMALL_TEXT`` is read here: our own few lines read it, and it cannot hold enough to do harm.
    """
    check_kind(content, name)
    if is_text(name) and len(content) <= SMALL_TEXT:
        return read_bytes(content, name)
    command = [sys.executable, "-I", "-X", "utf8", "-c", _START, str(_ROOT)]
    told = json.dumps({"name": name, "seconds": limits.seconds, "megabytes": limits.megabytes}).encode()
    with (
        _seats,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child,
    ):
        try:
            answer, said = child.communicate(told + b"\n" + content, limits.seconds)
        except subprocess.TimeoutExpired:
            raise refusal("too_long", name, f"{limits.seconds:g}") from None
        finally:
            child.kill()
    if child.returncode == 0:
        try:
            outcome = _Taking(BytesIO(answer)).load()
        except Exception as error:  # whatever a broken answer brings up, it is no answer
            said += repr(error).encode()
        else:
            if isinstance(outcome, RawFile):
                return outcome
            if isinstance(outcome, Text):
                raise FileRefused(outcome.th, outcome.en)
    _log.warning("%s: its reader ended with %s: %s", name, child.returncode, said[:500].decode(errors="replace"))
    raise refusal("too_heavy", name, str(limits.megabytes))


class _Taking(pickle.Unpickler):
    """Takes our own records and dates, and nothing that could do anything."""

    def find_class(self, module: str, name: str) -> Any:
        """The class of that name, if it is one of ours."""
        try:
            return _TAKEN[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is not taken") from None


def serve() -> None:
    """The child's whole life: read the one file on stdin, give its rows, or the reason against it, to stdout."""
    gc.disable()  # too short a life to look for circles in
    told = json.loads(sys.stdin.buffer.readline())
    _limit(told["seconds"], told["megabytes"] * 2**20)
    outcome: RawFile | Text
    try:
        outcome = read_bytes(sys.stdin.buffer.read(), told["name"])
    except FileRefused as refused:
        outcome = refused.text
    giving = pickle.Pickler(sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
    giving.dispatch_table = {RawRow: lambda row: (RawRow, (row.number, row.cells))}  # half the time of the usual way
    giving.dump(outcome)
    sys.stdout.buffer.flush()


def _limit(seconds: float, memory: int) -> None:
    """Hold this process to its limits as far as the system knows any (Windows knows none of these, macOS not the first)."""
    try:
        import resource
    except ImportError:
        return
    processor = int(seconds) + 2  # should nobody be left to look at the clock
    for kind, limit in (("RLIMIT_AS", memory), ("RLIMIT_CPU", processor), ("RLIMIT_CORE", 0)):
        try:
            resource.setrlimit(getattr(resource, kind), (limit, limit))
        except (AttributeError, ValueError, OSError) as error:
            print(f"{kind} is not set: {error}", file=sys.stderr)
