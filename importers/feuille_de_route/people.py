"""People of a sheet: the manager, the follow-up committee, and the initials that stand for someone in the team."""

from __future__ import annotations

import re

from importers.decoding import folded
from importers.feuille_de_route.collector import Collector
from importers.feuille_de_route.lines import Line
from importers.feuille_de_route.projects import numbers
from importers.feuille_de_route.sections import Section
from pacte_graph import ids
from pacte_graph.records import Ref

_NAME = re.compile(r"^(?:M\.|Mme|Mr|Dr)?\s*(?P<name>[^\W\d_][\w'’.-]+(?:\s+[^\W\d_][\w'’.-]*){1,4})$")
_SPLIT = re.compile(r"\s+/\s+|\s*,\s*|\s+[–—-]\s+|\s*\(|\)\s*")
_MANY = re.compile(r"\s*(?:,|;|\bet\b|&)\s*")


def initials(name: str) -> str:
    """Return the initials of a name, compound first names included.

    >>> initials("Pierre-Emmanuel Reymund")
    'PER'
    """
    return "".join(part[0].upper() for part in re.split(r"[\s\-]+", name) if part)


def person(name: str) -> str | None:
    """Return the name of a person when the text reads like one (two to five words that begin with capitals), else None."""
    found = _NAME.match(name.strip())
    if not found:
        return None
    words = found["name"].split()
    proper = [word for word in words if word[0].isupper()]
    return found["name"] if len(proper) >= 2 and proper[0] == words[0] else None


def managers(sheet: Collector, section: Section) -> dict[str, Ref]:
    """State each manager with the institution; return initials → person."""
    found: dict[str, Ref] = {}
    for line in section.lines:
        parts = [part for part in _SPLIT.split(line.text) if part]
        name = person(parts[0]) if parts else None
        if name is None:
            sheet.strange(line)
            continue
        function = " / ".join(parts[1:]) or None
        ref = _state(sheet, name, line, "manager", function)
        if function:
            _member(sheet, ref, function, line)
        found[initials(name)] = ref
    return found


def follow_up(sheet: Collector, section: Section) -> None:
    """State the members of the follow-up committee: “body : name, name”."""
    for line in section.lines:
        body, separator, names = line.text.partition(":")
        people = [person(part) for part in _MANY.split(names if separator else line.text) if part.strip()]
        if not people or None in people:
            sheet.strange(line)
            continue
        for name in filter(None, people):
            ref = _state(sheet, name, line, "follow_up", None)
            if separator:
                _member(sheet, ref, body.strip(), line)


def team(sheet: Collector, section: Section, known: dict[str, Ref]) -> dict[int, list[Line]]:
    """State who is in the team by initials or by name; return the projects named, with their lines."""
    named: dict[int, list[Line]] = {}
    for line in section.lines:
        understood = False
        for short in re.findall(r"\b[A-Z]{2,4}\b", line.text):
            if short in known:
                sheet.node(*known[short], [line], initials=short)
                sheet.link("TAKES_PART_IN", known[short], sheet.project, [line], key="team", role="team")
                understood = True
        for number in numbers(line.text):
            named.setdefault(number, []).append(line)
            understood = True
        if not understood and (name := person(_SPLIT.split(line.text)[0])):
            _state(sheet, name, line, "team", None)
            understood = True
        if not understood:
            sheet.strange(line)
    return named


def _state(sheet: Collector, name: str, line: Line, role: str, function: str | None) -> Ref:
    ref = sheet.scoped("Person", ids.make("person", sheet.programme.key, name), [line], name=name, function=function)
    sheet.link("TAKES_PART_IN", ref, sheet.project, [line], key=role, role=role)
    return ref


def _member(sheet: Collector, who: Ref, text: str, line: Line) -> None:
    """State the institution a person belongs to: a known body, else the text as written."""
    body = sheet.programme.body(text)
    if body:
        identifier = ids.make("actor", "siren", body["siren"])
        actor = sheet.scoped("Actor", identifier, [line], name=body["name"], kind=body["kind"], siren=body["siren"])
        role = text.strip()
        for spelling in (body["name"], body["acronym"]):
            if folded(role).endswith(folded(spelling)):
                role = role[: len(role) - len(spelling)].strip(" -–/,:")
        sheet.link("MEMBER_OF", who, actor, [line], role=role or None)
        return
    actor = sheet.scoped("Actor", ids.make("actor", sheet.programme.key, text), [line], name=text)
    sheet.link("MEMBER_OF", who, actor, [line])
