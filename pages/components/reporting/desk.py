"""What lies on the desk of one visit: the files handed in as read, what the person answered, and what was saved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Protocol

import streamlit as st

from kpi_metrics import intake
from kpi_metrics.impact import Impact, impact
from kpi_metrics.ingest.raw import RawFile
from kpi_metrics.intake import Progress, Reading, Refusal, Upload
from kpi_metrics.model import Answer, Checked, Choice, Finding, Refused, Text
from kpi_metrics.reports.annotated import SUFFIX
from kpi_metrics.reports.places import CellFinder
from kpi_metrics.store import Receipt
from pages.components import store

KEY = "desk"
Finders = Mapping[tuple[str, str | None], CellFinder]
NOT_SOUND = Text("ฐานข้อมูลนี้มีปัญหา จึงยังบันทึกไม่ได้", "Something is wrong with this database, so nothing can be saved.")


class Uploaded(Protocol):
    """A file as the upload box hands it over: each upload has an id of its own."""

    file_id: str
    name: str

    def getvalue(self) -> bytes:
        """The whole content."""
        ...


@dataclass(frozen=True, slots=True)
class Paper:
    """A file on the desk. ``name`` is its own among those there; ``told`` is what its maker called it."""

    name: str
    told: str
    content: bytes
    read: RawFile | Refusal


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was given: to which mistake, in which words, for which places."""

    finding: Finding
    text: Text
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Examined:
    """What the ledger of one data version makes of the desk. ``impact`` None: there is nothing to save."""

    version: int
    checked: Checked
    impact: Impact | None


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved: the good rows of a check."""

    receipt: Receipt
    checked: Checked


@dataclass(slots=True)
class Desk:
    """The desk. It changes only by what the person does; what the ledger says to it is asked anew for every data version."""

    round: int = 0
    papers: dict[str, Paper] = field(default_factory=dict)  # by the id of the upload, in the order they came
    given: list[Given] = field(default_factory=list)
    seen: Examined | None = None
    is_overtaken: bool = False
    saved: Saved | None = None
    _taken: set[str] = field(default_factory=set)
    _examined: tuple[object, Examined] | None = None

    @property
    def reading(self) -> Reading:
        """What became of the files."""
        read = [paper.read for paper in self.papers.values()]
        return Reading(
            tuple(each for each in read if isinstance(each, RawFile)),
            tuple(each for each in read if isinstance(each, Refusal)),
        )

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Everything answered about the files that lie there."""
        return tuple(answer for given in self.given for answer in given.answers)

    @property
    def finders(self) -> Finders:
        """Where the cells of the files are, by file and sheet."""
        papers = [paper.read for paper in self.papers.values() if isinstance(paper.read, RawFile)]
        return {(sheet.file, sheet.name): CellFinder(sheet) for file in papers for sheet in file.sheets}

    def waiting(self, uploads: Sequence[Uploaded]) -> list[Uploaded]:
        """Those handed in that were not read yet."""
        return [upload for upload in uploads if upload.file_id not in self._taken]

    def take(self, uploads: Sequence[Uploaded], progress: Progress) -> None:
        """Read files and lay them on the desk; the same file again is not laid there twice. ``progress``: see ``intake.read``."""
        there = {(paper.told, paper.content) for paper in self.papers.values()}
        new: dict[str, Upload] = {}
        for upload in self.waiting(uploads):
            self._taken.add(upload.file_id)
            content = upload.getvalue()
            if (upload.name, content) not in there:
                there.add((upload.name, content))
                new[upload.file_id] = Upload(upload.name, content)
        names = intake.names(list(new.values()), [paper.name for paper in self.papers.values()])
        sources = [replace(source, name=name) for name, source in zip(names, new.values(), strict=True)]
        reading = intake.read(sources, progress)
        read = {file.name: file for file in reading.files} | {refusal.file: refusal for refusal in reading.refusals}
        for (file_id, told), source in zip(new.items(), sources, strict=True):
            self.papers[file_id] = Paper(source.name, told.name, source.content, read[source.name])

    def remove(self, file_id: str) -> None:
        """Take a file off the desk, with all that was answered about it."""
        name = self.papers.pop(file_id).name
        self.given = [given for given in self.given if given.finding.place.file != name]

    def older(self, file_id: str) -> str | None:
        """The id of the file before it that came under the same name, or that it was given back as with notes, if any."""
        stem = stem_of(self.papers[file_id].told)
        before = list(self.papers)[: list(self.papers).index(file_id)]
        return next((each for each in reversed(before) if stem_of(self.papers[each].told) == stem), None)

    def answer(self, findings: Sequence[Finding], text: Text, choice: Choice | None = None, typed: str = "") -> None:
        """Give one answer to all of ``findings`` (the same mistake): one of the choices, or the text to read in each cell."""
        if choice:
            position = findings[0].choices.index(choice)
            answers = tuple(finding.choices[position].answer for finding in findings)
        else:
            answers = tuple(Answer("cell", finding.place, typed) for finding in findings)
        self.given.append(Given(findings[0], text, answers))

    def take_back(self, position: int) -> None:
        """Forget an answer: what it was given to is asked again."""
        del self.given[position]

    def examine(self) -> Examined:
        """What the ledger makes of the files as they lie there, and what saving the good rows would change."""
        ledger, version, reading, answers = store.ledger(), store.data_version(), self.reading, self.answers
        asked = (version, reading, answers)
        if self._examined is None or self._examined[0] != asked:
            checked = intake.examine(ledger, reading.files, answers)
            found = impact(ledger, checked, scope=store.scope()) if checked.records else None
            self._examined = asked, Examined(version, checked, found)
        return self._examined[1]

    def save(self, by: str, *, accept_good: bool) -> None:
        """Save what the person has before them, unless the ledger has moved since and it would be something else.

        Raises Refused when the database is not sound, and as ``intake.save`` does.
        """
        ledger = store.ledger()
        if ledger.faults:
            raise Refused(NOT_SOUND.th, NOT_SOUND.en)
        seen, files = self.seen, self.reading.files
        store.begin_run()
        now = self.examine()
        self.is_overtaken = seen is None or (now.checked, now.impact) != (seen.checked, seen.impact)
        if self.is_overtaken:
            return
        receipt = intake.save(ledger, files, now.checked, by, accept_good, answers=self.answers)
        self.saved = Saved(receipt, now.checked)  # from here on a second click finds the receipt
        store.begin_run()


def of_this_visit() -> Desk:
    """The desk of the visit."""
    if KEY not in st.session_state:
        st.session_state[KEY] = Desk()
    desk: Desk = st.session_state[KEY]
    return desk


def clear() -> None:
    """A clean desk, and an upload box without files."""
    st.session_state[KEY] = Desk(of_this_visit().round + 1)


def count_rows(findings: Sequence[Finding]) -> int:
    """How many rows the findings are about; what is about a sheet or a file as a whole counts as one."""
    return len({(finding.place.file, finding.place.sheet, finding.place.row) for finding in findings})


def stem_of(told: str) -> str:
    """``ผลงาน`` of ``ผลงาน.xlsx``, and of ``ผลงาน_1cef9376_ตรวจแล้ว.xlsx``, which is that file given back."""
    return re.sub(rf"_[0-9a-f]{{8}}{SUFFIX}.*", "", PurePath(told).stem)
