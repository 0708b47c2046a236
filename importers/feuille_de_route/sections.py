"""A sheet cut into its sections, with the lines that number it and that give its version."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from importers.decoding import folded
from importers.feuille_de_route.headings import known, unknown
from importers.feuille_de_route.lines import Line

_TITLE = re.compile(r"\bprojet\s*(?:n\s*[°o]\s*)?(?P<number>\d{1,3})\b\s*(?:[:\-–—.]\s*)?(?P<rest>.*)$", re.IGNORECASE)
_FOOTER = re.compile(
    r"(?:projet\s*(?P<number>\d{1,3}).{0,20})?(?:^|[\W_])v(?:ersion)?\.?\s*(?P<version>\d+(?:\.\d+)*).{0,40}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines under it. ``key`` is None for a heading no rule knows; ``head`` is its line."""

    key: str | None
    name: str
    head: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """The line that numbers the project and names it (the name may be missing)."""

    line: Line
    number: int
    name: str | None


@dataclass(frozen=True, slots=True)
class Footer:
    """The line that gives version and date of update."""

    line: Line
    version: str


def title(lines: tuple[Line, ...]) -> Title | None:
    """Return the first line that numbers the project; a line of the links or of the team numbers another one."""
    key = None
    strange = unknown(lines)
    for line in lines:
        told = heading(line, strange)
        key = told[0] if told else key
        found = _TITLE.search(line.text)
        if found and _opens(line.text[: found.start()]) and key not in {"links", "team"} and (key is None or not line.bullet):
            rest = re.sub(r"[\s:–—-]*feuille de route\s*$", "", found["rest"], flags=re.IGNORECASE).strip(
                " «»\"“”'’\u00a0\u202f.:-–—"
            )
            return Title(line, int(found["number"]), rest or None)
    return None


def _opens(before: str) -> bool:
    flat = folded(before).strip(" #«\"':-–—")
    return flat in {"", "fiche", "feuille de route"} or flat.startswith("feuille de route")


def footer(lines: tuple[Line, ...], number: int) -> Footer | None:
    """Return the last line that reads like “Projet 03_FdR_v0.1_maj le 08/12/2015”."""
    for line in reversed(lines):
        found = _FOOTER.search(line.text)
        if found and not line.bullet and (found["number"] is None or int(found["number"]) == number):
            return Footer(line, found["version"])
    return None


def heading(line: Line, others: Collection[Line] = ()) -> tuple[str | None, str, str] | None:
    """Return (key, name, what follows on the line) when a line is a heading; one of the ``others`` has no key."""
    told = known(line)
    if told is None and line in others:
        return None, line.text.strip(" :"), ""
    return told


def cut(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Section, ...]]:
    """Return the lines before the first heading, and the sections in order. Every line is in one place."""
    strange = unknown(lines)
    before: list[Line] = []
    sections: list[tuple[str | None, str, Line, list[Line]]] = []
    for line in lines:
        found = heading(line, strange)
        if found:
            key, name, rest = found
            content = [Line(line.number, rest, line.depth, bullet=True, apart=False)] if rest else []
            sections.append((key, name, line, content))
        elif sections:
            sections[-1][3].append(line)
        else:
            before.append(line)
    return tuple(before), tuple(Section(key, name, head, tuple(content)) for key, name, head, content in sections)
