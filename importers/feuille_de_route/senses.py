"""The directions a line of links states: “dépend du projet 5”, “entraîne le projet 11”, “projet 8 (réciproque)”."""

from __future__ import annotations

import re
from dataclasses import dataclass

from importers.decoding import folded
from importers.feuille_de_route.projects import numbers

_CLAUSES = re.compile(r"(?<=[;.])\s+")
_NO = r"(?:\bne |\bn'|\bni |\bsans |\bnon |\bpas )\W*(?:\w+ )?"
_WORDS = re.compile(
    rf"(?P<no>{_NO}(?:[dr]e)?(?:depend|entrain|recipro|mutuel)\w*)"
    r"|(?P<mutual>\b(?:inter)?depend\w* (?:mutuel|recipro)\w*|\binterdepend\w*|\brecipro\w*|\bmutuel\w*)"
    r"|(?P<depends_on>\bentraine(?:e|s|es)? par\b|\bdepend(?:ent|ra|ront|ante?s?)? (?:de|du|des)\b|\bdepend(?:ent|ante?s?)? d'"
    r"|\bdepend(?:ent|ra|ront)?\b)"
    r"|(?P<pulls>\bentrain(?:e|ent|era|eront|ant)\b|\b(?:effets? d')?entrainements? sur\b)"
    r"|(?P<none>\blie(?:e|s|es)? (?:au|aux|a|avec)\b)"
    r"|(?P<vague>\bdepend\w*|\bentrain\w*)"
)
_OURS = re.compile(r"\s*(?:(?:de |du |d')?(?:ce|notre|le present|present|celui-ci|ce dernier)\b)")
_INVERSE = {"pulls": "depends_on", "depends_on": "pulls", "mutual": "mutual"}


@dataclass(frozen=True, slots=True)
class Stated:
    """What a line says of other projects: the direction of each (None when it states none); ``clear`` when all of it is read."""

    senses: dict[int, str | None]
    clear: bool


def stated(text: str, own: int) -> Stated:
    """Return the direction of each project a line names, seen from the sheet's own project; none is ever assumed.

    A verb rules the projects behind it; “réciproque” in parentheses the one project before it. “Projet 5 dépend de ce projet”
    is read from the other side. A direction that can't be tied to its project, or is denied, leaves the line unclear.

    >>> stated("Dépend des projets 5 et 8, entraîne le projet 11", 3).senses
    {5: 'depends_on', 8: 'depends_on', 11: 'pulls'}
    """
    senses: dict[int, str | None] = {number: None for number in numbers(text, bare=True) if number != own}
    clear = True
    for clause in _CLAUSES.split(text):
        for number, sense in _clause(clause, own):
            if sense is None:
                clear = False
            elif number in senses:
                senses[number] = both(senses[number], sense)
    return Stated(senses, clear)


def alone(text: str) -> str | None:
    """Return the direction that a line states for the lines under it (“Dépend de :”), when it names no project."""
    found = _WORDS.search(_flat(text))
    if found is None or found.start() > 25 or found.lastgroup not in _INVERSE or numbers(text, bare=True):
        return None
    return found.lastgroup


def both(one: str | None, other: str | None) -> str | None:
    """Return what two statements of a direction come to: to pull and to depend on is mutual."""
    if one is None or other is None or one == other:
        return one or other
    return "mutual"


def _flat(text: str) -> str:
    return "".join((folded(char) or " ")[0] for char in text)


def _clause(text: str, own: int) -> list[tuple[int, str | None]]:
    """Return (project, direction) pairs; a direction that can't be tied to a project gives (0, None)."""
    flat = _flat(text)
    marks = list(_WORDS.finditer(flat))
    found: list[tuple[int, str | None]] = []
    ends = [mark.end() for mark in marks]
    starts = [mark.start() for mark in marks]
    for place, mark in enumerate(marks):
        before = text[ends[place - 1] if place else 0 : mark.start()]
        after = text[mark.end() : starts[place + 1] if place + 1 < len(marks) else len(text)]
        kind = str(mark.lastgroup)
        if kind == "none":
            continue
        tied = _mutual(before, after, own) if kind == "mutual" else _verb(kind, before, after, own)
        found += [(0, None)] if kind in {"no", "vague"} or tied is None else tied
    return found


def _verb(kind: str, before: str, after: str, own: int) -> list[tuple[int, str | None]] | None:
    """Tie “dépend de” or “entraîne” to its projects: those behind it, unless another project is its subject."""
    objects = numbers(after, bare=True)
    subject = tuple(n for n in numbers(before, bare=True) if n != own) if re.search(r"\d\s*(?:qui\s+)?$", before) else ()
    if subject:
        ours = objects == (own,) or (not objects and _OURS.match(_flat(after)))
        return [(number, _INVERSE[kind]) for number in subject] if ours and kind in _INVERSE else None
    return [(number, kind) for number in objects if number != own] if objects else None


def _mutual(before: str, after: str, own: int) -> list[tuple[int, str | None]] | None:
    """Tie “réciproque” to its projects: those of its only side, or the one before the parenthesis it stands in."""
    first = tuple(number for number in numbers(before, bare=True) if number != own)
    then = tuple(number for number in numbers(after, bare=True) if number != own)
    within = before.rpartition("(")[1] and ")" not in before.rpartition("(")[2]
    if re.match(r"\s*(?:avec|entre|:)", _flat(after)) and then:
        return [(number, "mutual") for number in then]
    if within:
        return [(number, "mutual") for number in first] if len(first) == 1 else None
    only = first or then
    return [(number, "mutual") for number in only] if only and not (first and then) else None
