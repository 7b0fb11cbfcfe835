"""A column copied from a sheet and pasted beside the children of a target."""

from __future__ import annotations

import re
from contextlib import suppress

from kpi_metrics.model import Text
from kpi_metrics.splitting import Child, SplitForm
from kpi_metrics.thai import Unreadable
from kpi_metrics.thai.numbers import parse_number
from kpi_metrics.thai.text import district_key


def read_column(form: SplitForm, text: str) -> tuple[dict[str, float], list[Text]]:
    """A column pasted from a sheet, a line a child: names with numbers, or numbers alone in the order of the children.

    Returns the base of each child that was found, and what could not be read, line by line.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = [_name_and_number(line) for line in lines]
    troubles: list[Text] = []
    bases: dict[str, float] = {}
    if not any(name for name, _number in said):
        if len(said) != len(form.children):
            return {}, [
                Text(
                    f"วางตัวเลข {len(said)} บรรทัด แต่มีผู้รับ {len(form.children)} ราย วางให้ครบตามลำดับ หรือวางชื่อคู่กับตัวเลข",
                    f"{len(said)} numbers for {len(form.children)} children: give one for each in order, or names with numbers.",
                )
            ]
        said = [(child.owner_id, number) for child, (_name, number) in zip(form.children, said, strict=True)]
    for line, (name, number) in zip(lines, said, strict=True):
        fitting = [child for child in form.children if district_key(name) in _names(child)]
        try:
            base = parse_number(number)
        except Unreadable as error:
            troubles.append(Text(f"{line}: {error.wrong.th}", f"{line}: {error.wrong.en}"))
            continue
        if len(fitting) != 1:
            why = (
                ("ชื่อนี้มีมากกว่าหนึ่งราย", "several are called so")
                if fitting
                else ("ไม่มีชื่อนี้ในรายการ", "nobody here is called so")
            )
            troubles.append(Text(f"{line}: {why[0]}", f"{line}: {why[1]}"))
            continue
        bases[fitting[0].owner_id] = base
    return bases, troubles


def _name_and_number(line: str) -> tuple[str, str]:
    """``ไชยา 1,250`` or the number alone; a cell copied with its name is told apart by a tab."""
    if "\t" in line:
        first, *_rest, last = (cell.strip() for cell in line.split("\t"))
        return first, last
    with suppress(Unreadable):
        parse_number(line)
        return "", line
    found = re.fullmatch(r"(?P<name>.+?)[\s:;=]+(?P<number>\S+)", line)
    return (found["name"], found["number"]) if found else ("", line)


def _names(child: Child) -> set[str]:
    return {district_key(name) for name in (child.owner_id, child.owner_name, child.short_name) if name}
