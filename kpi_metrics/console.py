"""What the commands share: speaking in both languages, progress, the two options of all, and an end without a traceback."""

from __future__ import annotations

import errno
import getpass
import io
import json
import logging
import os
import re
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, time
from pathlib import Path
from typing import Any, TypeVar

import click
import duckdb

from kpi_metrics.model import FileRefused, Finding, Refused, Text
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.calendar import FiscalMonth, parse_datetime, parse_fiscal_year, parse_month
from kpi_metrics.thai.numbers import from_thai_digits

DATABASE = Path("data/kpi.duckdb")
LOG = "kpi_errors.log"
SHOWN = 200  # findings printed of each kind; --json gives all
_MIDNIGHT = re.compile(r"(?:[\sTt,]|เวลา)\s*0?0[:.]00")

F = TypeVar("F", bound=Callable[..., Any])


class Commands(click.Group):
    """A group whose commands end with a sentence and an exit code, whatever happens."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn refusals into exit 1 or 2 and what nobody foresaw into a sentence and a log."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # a screen that lacks a letter still gets the rest
        try:
            with _logged(ctx):
                return super().invoke(ctx)
        except Refused as refusal:
            return self._end(ctx, refusal.text, 2 if isinstance(refusal, FileRefused) else 1)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as failure:
            if isinstance(failure, OSError) and failure.errno == errno.EPIPE:
                raise
            database = ctx.meta.get("database", DATABASE)
            log = _write_log(database, "".join(traceback.format_exception(failure)))
            if isinstance(failure, duckdb.IOException | duckdb.SerializationException | duckdb.FatalException):
                text = Text(
                    f"อ่านฐานข้อมูล {database} ไม่ได้ ไฟล์อาจเสียหาย ให้กู้คืนจากไฟล์สำรอง (คำสั่ง restore) รายละเอียดอยู่ที่ {log}",
                    f"{database} cannot be read and may be damaged; restore a backup (command restore). Details: {log}",
                )
            else:
                text = Text(
                    f"เกิดข้อผิดพลาดที่ไม่คาดไว้ รายละเอียดอยู่ที่ {log}",
                    f"Something unforeseen went wrong. The details are in {log}",
                )
            return self._end(ctx, text, 2)

    def _end(self, ctx: click.Context, text: Text, code: int) -> None:
        say(text.th, text.en, err=True)
        if ctx.meta.get("json"):
            say_json({"error": in_json(text)})
        ctx.exit(code)


def common(command: F) -> F:
    """Add ``--database`` and ``--json``."""

    def keep(ctx: click.Context, parameter: click.Parameter, value: Any) -> Any:
        ctx.meta["json" if parameter.name == "as_json" else "database"] = value
        return value

    command = click.option(
        "--json", "as_json", is_flag=True, callback=keep, is_eager=True, help="Write the outcome as JSON, for machines."
    )(command)
    return click.option(
        "--database",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="KPI_DATABASE",
        default=DATABASE,
        show_default=True,
        show_envvar=True,
        callback=keep,
        is_eager=True,
        help="The database file.",
    )(command)


class Year(click.ParamType):
    """A fiscal year, พ.ศ. or ค.ศ."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The พ.ศ. year."""
        try:
            return parse_fiscal_year(value)
        except Unreadable as unreadable:
            self.fail(_both(unreadable), param, ctx)


class Moment(click.ParamType):
    """A time in any form that a cell may have; a day alone means its end."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The moment, to the second."""
        try:
            moment = parse_datetime(value)
        except Unreadable as unreadable:
            self.fail(_both(unreadable), param, ctx)
        is_day = moment.time() == time.min and not _MIDNIGHT.search(from_thai_digits(value))
        return moment.replace(hour=23, minute=59, second=59) if is_day else moment


class Words(click.ParamType):
    """Something said in words."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The words without the blanks around them."""
        if not value.strip():
            self.fail("ต้องไม่เว้นว่าง\nIt must not be empty.", param, ctx)
        try:
            value.encode()
        except UnicodeEncodeError:
            self.fail("อ่านเป็นตัวอักษรไม่ได้ (ไม่ใช่ UTF-8)\nIt cannot be read as text (it is not UTF-8).", param, ctx)
        return value.strip()


class NewFile(click.Path):
    """A file to be written. What ends like a folder must be one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path."""
        if str(value).endswith(("/", os.sep)) and not Path(value).is_dir():
            self.fail(f"ไม่มีโฟลเดอร์ {value} กรุณาสร้างก่อน\nThere is no folder {value}; make it first.", param, ctx)
        return super().convert(value, param, ctx)


def fiscal_month(typed: str, year: int) -> FiscalMonth:
    """A month of a fiscal year in any form that a cell may have. Raises BadParameter when it cannot be read."""
    try:
        return parse_month(typed, year)
    except Unreadable as unreadable:
        raise click.BadParameter(_both(unreadable), param_hint="--month") from None


def _both(unreadable: Unreadable) -> str:
    return f"{unreadable.wrong.th} {unreadable.expected.th}\n{unreadable.wrong.en}. {unreadable.expected.en}"


def _me() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no account of that number
        return "?"


BY = click.option(
    "--by", type=Words(), default=_me, show_default="your account", help="Who does this; kept in the history."
)
WHY = click.option("--why", type=Words(), required=True, help="The reason; kept in the history.")
FILES = click.argument("files", nargs=-1, required=True, metavar="[TABLE=]FILE...")


def say(th: str, en: str, *, err: bool = False) -> None:
    """Print a sentence in Thai, then in English; ``err``: beside the output proper."""
    click.echo(th, err=err)
    click.echo(en, err=err)


def say_lines(lines: Sequence[Text]) -> None:
    """Print a list in Thai, then in English."""
    for said, rest in (("th", "และอีก {} บรรทัด (ดูทั้งหมดด้วย --json)"), ("en", "and {} more lines (--json gives all)")):
        click.echo("")
        for line in lines[:SHOWN]:
            click.echo(getattr(line, said))
        if len(lines) > SHOWN:
            click.echo(rest.format(len(lines) - SHOWN))


def report(is_json: bool, document: object, th: str, en: str) -> None:
    """Say how a command ended: a JSON document for machines, else a sentence."""
    if is_json:
        say_json(document)
    else:
        say(th, en)


def say_json(value: object) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def bar(length: int, th: str, en: str) -> AbstractContextManager[Any]:
    """A progress bar on stderr, seen only on a terminal; ``update(n)`` moves it."""
    hidden = not sys.stderr.isatty()
    return click.progressbar(length=length, label=f"{th} ({en})", file=sys.stderr, hidden=hidden, show_pos=True)


def show_findings(title: Text, findings: Iterable[Finding]) -> None:
    """Print findings: where, what was found, what is wrong and what would be right."""
    listed = list(findings)
    if not listed:
        return
    click.echo(f"{title.th} / {title.en}: {len(listed)}")
    for finding in listed[:SHOWN]:
        place = finding.place
        where = [place.file, place.sheet, f"แถว/row {place.row}" if place.row else None, place.column]
        found = f" [{finding.found}]" if finding.found else ""
        click.echo(f"  {' · '.join(filter(None, where))}{found}")
        click.echo(f"    {finding.wrong.th} → {finding.expected.th}")
        click.echo(f"    {finding.wrong.en} → {finding.expected.en}")
        _show_choices(finding)
    if len(listed) > SHOWN:
        rest = len(listed) - SHOWN
        say(f"  และอีก {rest} รายการ (ดูทั้งหมดด้วย --json)", f"  and {rest} more (--json gives all)")


def _show_choices(finding: Finding) -> None:
    if not finding.choices:
        return
    listed = [choice.text for choice in finding.choices]
    th, en = " / ".join(text.th for text in listed), " / ".join(text.en for text in listed)
    if all(choice.answer.kind == "cell" for choice in finding.choices):
        click.echo(f"    หมายถึง {th} หรือไม่\n    Is {en} meant?")
    else:
        click.echo(f"    เลือกได้: {th}\n    The choices: {en}")


def in_json(said: Text | Finding) -> Mapping[str, object]:
    """A text or a finding for machines."""
    if isinstance(said, Text):
        return {"th": said.th, "en": said.en}
    place = said.place
    return {
        "code": said.code,
        "file": place.file,
        "sheet": place.sheet,
        "row": place.row,
        "column": place.column,
        "found": said.found,
        "wrong": in_json(said.wrong),
        "expected": in_json(said.expected),
        "choices": [
            {**in_json(choice.text), "kind": choice.answer.kind, "value": choice.answer.value}
            for choice in said.choices
        ],
    }


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises FileRefused when it cannot be written."""
    arriving = path.with_name(f".{path.name}.part")
    try:
        arriving.write_bytes(content)
        arriving.replace(path)
    except OSError as trouble:
        th, en = f"เขียน {path} ไม่ได้: {trouble.strerror}", f"{path} cannot be written: {trouble.strerror}"
        raise FileRefused(th, en) from trouble


def _plain(value: object) -> object:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)


@contextmanager
def _logged(ctx: click.Context) -> Iterator[None]:
    """Write what the library logs to the log, not between the lines of the command."""

    class Beside(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            _write_log(ctx.meta.get("database", DATABASE), record.getMessage())

    log, handler = logging.getLogger("kpi_metrics"), Beside()
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


def _write_log(database: Path, said: str) -> Path:
    """Append what happened to the log beside the database, or where it may be written."""
    text = f"{datetime.now():%Y-%m-%dT%H:%M:%S}\n{said}\n"
    for folder in (database.parent, Path(tempfile.gettempdir())):
        try:
            with (folder / LOG).open("a", encoding="utf-8", errors="replace") as file:
                file.write(text)
            return (folder / LOG).resolve()
        except OSError:
            continue
    return Path("-")
