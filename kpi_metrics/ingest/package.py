"""The zip of XML files that .xlsx and .ods are: opened within limits, walked without trusting it."""

from __future__ import annotations

import codecs
import io
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from kpi_metrics.ingest.sight import Unreadable

MAX_UNPACKED = 200 * 2**20
MAX_RATIO = 200
RATIO_FROM = 10 * 2**20  # a small file of one repeated row may well shrink more
MAX_MEMBERS = 2000


def unpack(content: bytes) -> dict[str, bytes]:
    """The members of a workbook's zip by their lower-case path, within the limits and with their checksums verified."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            total = sum(member.file_size for member in members)
            if len(members) > MAX_MEMBERS or total > MAX_UNPACKED:
                raise Unreadable("bomb")
            if total > RATIO_FROM and total > MAX_RATIO * len(content):
                raise Unreadable("bomb")
            if any(member.flag_bits & 1 for member in members):
                raise Unreadable("password")
            if any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members):
                raise Unreadable("damaged")
            unpacked = {member.filename.lower(): package.read(member) for member in members}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise Unreadable("damaged") from error
    if len(unpacked) < len(members):
        raise Unreadable("damaged")  # two members of one name: two readers might see two different files
    for path, member_content in unpacked.items():
        if path.endswith((".xml", ".rels")) and b"<!ENTITY" in member_content.replace(b"\0", b""):
            raise Unreadable("entities")
    return unpacked


def member(members: dict[str, bytes], path: str) -> bytes:
    """One member, whatever the case of its path."""
    try:
        return members[path.lower()]
    except KeyError:
        raise Unreadable("damaged") from None


def parse(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Walk ``xml``. Handlers get names without prefix. A document type is refused: no office program writes one."""
    if xml.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable("damaged")
    parser = expat.ParserCreate("utf-8")  # whatever it declares: the reader after us knows no other
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise Unreadable("entities")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(name[name.find(":") + 1 :], attributes)
    if end:
        parser.EndElementHandler = lambda name: end(name[name.find(":") + 1 :])
    if text:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError) as error:
        raise Unreadable("damaged") from error


def local(attributes: dict[str, str], name: str) -> str | None:
    """An attribute by its name without prefix."""
    return next((value for key, value in attributes.items() if key[key.find(":") + 1 :] == name), None)
