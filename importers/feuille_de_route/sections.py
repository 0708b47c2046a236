"""A sheet cut into its sections, with the lines that number it and that give its version."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from importers.decoding import folded
from importers.feuille_de_route.headings import known, unknown
from importers.feuille_de_route.lines import Line

_TITLE = re.compile(
    r"\b(?:(?P<project>(?:fiche[\s-]+)?projet)|(?:fiche[\s-]+)?action|fiche)\s*(?:n\s*[°ºo.]\s*|#\s*)?(?P<number>\d{1,3})\b\s*(?:[:\-–—.]\s*)?(?P<rest>.*)$",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:intitule|titre|nom)(?: (?:du projet|de l'action|de la fiche(?: action)?))?")
_AROUND = " «»\"“”'’\u00a0\u202f.:-–—/"
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
    """The line that numbers the project and names it, and the ``lines`` that tell both (the name may be missing)."""

    line: Line
    number: int
    name: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Footer:
    """The line that gives version and date of update."""

    line: Line
    version: str


def title(lines: tuple[Line, ...]) -> Title | None:
    """Return the first line that numbers the project; a line of the links or of the team numbers another one.

    “Projet 7”, “Fiche projet n° 7”, “Fiche action n° 7” and “Action 7” number it; the name follows, or stands on a line
    “Intitulé : …” above the first section. “Action 7” within a section is a passage.
    """
    key = None
    strange = unknown(lines)
    for place, line in enumerate(lines):
        told = heading(line, strange)
        key = told[0] if told else key
        found = _TITLE.search(line.text)
        if found is None or not _opens(line.text[: found.start()]) or key in {"links", "team"}:
            continue
        if key is None or (found["project"] and not line.bullet):
            name = _inline(found["rest"])
            below, named = (None, ()) if name else _named(lines[place + 1 :])
            return Title(line, int(found["number"]), name or below, (line, *named))
    return None


def _inline(rest: str) -> str | None:
    """Return the name behind a project's number, without the words that only say what the document is."""
    bare = re.sub(r"[\s:–—-]*feuille de route\s*$", "", rest, flags=re.IGNORECASE).strip(_AROUND)
    label, colon, name = bare.partition(":")
    return (name.strip(_AROUND) if colon and _NAME.fullmatch(folded(label)) else bare) or None


def _named(lines: tuple[Line, ...]) -> tuple[str | None, tuple[Line, ...]]:
    """Return the name on a line “Intitulé : …” above the first known section, with its lines: a table has it in the next one."""
    for line, after in zip(lines, [*lines, None][1:], strict=False):
        if known(line):
            break
        label, _, name = line.text.partition(":")
        if _NAME.fullmatch(folded(label)):
            if bare := name.strip(_AROUND):
                return bare, (line,)
            if after is not None and not known(after):
                return after.text.strip(_AROUND) or None, (line, after)
    return None, ()


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
