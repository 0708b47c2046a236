"""People of a sheet: the manager, the follow-up committee, and the team by name or by initials."""

from __future__ import annotations

import re

from importers.decoding import folded
from importers.feuille_de_route.collector import Collector
from importers.feuille_de_route.lines import Line
from importers.feuille_de_route.naming import Named, function, initials, named
from importers.feuille_de_route.projects import numbers
from importers.feuille_de_route.sections import Section
from pacte_graph import ids
from pacte_graph.records import Ref


def managers(sheet: Collector, section: Section) -> dict[str, Ref]:
    """State each manager with the institution; return initials → person. What reads like no person is listed."""
    found: dict[str, Ref] = {}
    for line in section.lines:
        people, rest = named(line.text, loose=True, known=sheet.programme.body)
        for one in people:
            told = " / ".join(one.about) or None
            ref = _state(sheet, one.name, line, "manager", told)
            if told:
                _member(sheet, ref, told, line)
            found[initials(one.name)] = ref
        _listed(sheet, line, rest, some=bool(people))
    return found


def follow_up(sheet: Collector, section: Section) -> None:
    """State the members of the follow-up committee: “body : name, name (body)”. What reads like no person is listed."""
    for line in section.lines:
        people, rest = _bodied(sheet, line)
        for one in people:
            _stated(sheet, one, line, "follow_up")
        _listed(sheet, line, rest, some=bool(people))


def team(sheet: Collector, section: Section, known: dict[str, Ref]) -> dict[int, list[Line]]:
    """State who is in the team by initials or by name; return the projects named, with their lines.

    Words around initials and numbers of projects (“en bilatérale, les élus référents”) tell no person; a word with a
    capital that is neither, or a line that names nobody, is listed.
    """
    mentioned: dict[int, list[Line]] = {}
    for line in section.lines:
        people, rest = _bodied(sheet, line)
        for one in people:
            _stated(sheet, one, line, "team")
        short = [word for word in re.findall(r"\b[A-Z]{2,4}\b", " ; ".join(rest)) if word in known]
        for word in short:
            sheet.node(*known[word], [line], initials=word)
            sheet.link("TAKES_PART_IN", known[word], sheet.project, [line], key="team", role="team")
        for number in numbers(line.text):
            mentioned.setdefault(number, []).append(line)
        if short or numbers(line.text):
            rest = [item for item in rest if item[:1].isupper() and not _told(item, known)]
        _listed(sheet, line, rest, some=bool(people or short or numbers(line.text)))
    return mentioned


def _told(item: str, known: dict[str, Ref]) -> bool:
    """Tell whether a piece of a line holds initials of someone known, or numbers of projects."""
    return bool(numbers(item)) or any(word in known for word in re.findall(r"\b[A-Z]{2,4}\b", item))


def _bodied(sheet: Collector, line: Line) -> tuple[list[Named], list[str]]:
    """Return the people of a line and what is left; in “body : name, name” the body is that of all of them."""
    body, separator, names = line.text.partition(":")
    if not separator:
        return named(line.text, known=sheet.programme.body)
    people, rest = named(names, known=sheet.programme.body)
    if not people:
        return [], [line.text]
    return [Named(one.name, (body.strip(), *one.about) if body.strip() else one.about) for one in people], rest


def _listed(sheet: Collector, line: Line, rest: list[str], *, some: bool) -> None:
    """List what is left of a line: the pieces that are nobody when some of it was read, else the line as it stands."""
    if rest or not some:
        sheet.strange(line, ", ".join(rest) if some else None)


def _stated(sheet: Collector, one: Named, line: Line, role: str) -> None:
    """State a person with what they do and the bodies they are of."""
    does = " / ".join(filter(function, one.about)) or None
    ref = _state(sheet, one.name, line, role, does)
    for text in one.about:
        if not function(text):
            _member(sheet, ref, text, line)


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
