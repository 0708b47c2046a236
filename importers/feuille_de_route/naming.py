"""Names of people in a line, each with what is told of them: “Marie Curie (CCI), Pierre Curie / DGS”."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from importers.decoding import folded

_NAME = re.compile(r"^(?:M\.|Mme|Mr|Dr)?\s*(?P<name>[^\W\d_][\w'’.-]+(?:\s+[^\W\d_][\w'’.-]*){1,4})$")
_MARK = re.compile(r"[();,&]|\s/\s|\s[–—-]\s|\s(?:et|puis)\s")
_MORE = frozenset({";", "&", "et", "puis"})
"""Marks after which another person is told, never something about the one before."""
_BODIES = (
    r"agence|association|cabinet|caisse|centre|chambre|cluster|comite|commune|communaute|conseil|departement|direction|ecole|"
    r"federation|fondation|groupe|institut|laboratoire|mairie|metropole|ministere|office|pole|prefecture|region|rectorat|service|"
    r"societe|syndicat|union|universite|ville"
)
_FUNCTIONS = (
    r"adjointe?|assistante?|chargee?|chefs?|cheffe|conseill(?:er|ere)|direct(?:eur|rice)|elue?|ingenieure?|maire|presidente?|"
    r"referente?|responsable|secretaire|vice-presidente?"
)
_FUNCTION = re.compile(rf"(?:{_FUNCTIONS})(?![\w-])")
_NOBODY = re.compile(rf"(?:{_FUNCTIONS})(?![\w-])|(?:.*[\s'-])?(?:{_BODIES})(?!\w)")
"""Words of bodies, first words of functions: “Mairie de Fontrêve” has the capitals of a name and is nobody's."""


@dataclass(frozen=True, slots=True)
class Named:
    """A person as a line names them, with what it tells of them: a body, a function."""

    name: str
    about: tuple[str, ...] = ()


def initials(name: str) -> str:
    """Return the initials of a name, compound first names included.

    >>> initials("Pierre-Emmanuel Reymund")
    'PER'
    """
    return "".join(part[0].upper() for part in re.split(r"[\s\-]+", name) if part)


def person(name: str) -> str | None:
    """Return the name of a person when the text reads like one (two to five words that begin with capitals), else None."""
    found = _NAME.match(name.strip())
    if not found or _NOBODY.match(folded(name)):
        return None
    words = found["name"].split()
    proper = [word for word in words if word[0].isupper()]
    return found["name"] if len(proper) >= 2 and proper[0] == words[0] else None


def function(text: str) -> bool:
    """Tell whether what is told of a person is what they do (“élue”, “Directrice générale”), not the body they are of."""
    return text[:1].islower() or _FUNCTION.match(folded(text)) is not None


def named(text: str, *, loose: bool = False, known: Callable[[str], object] = lambda _: None) -> tuple[list[Named], list[str]]:
    """Return the people a text names, in order, and the pieces that are nobody.

    What stands in parentheses, behind a slash or a dash is told of the person before, and so is a body or a function behind
    a comma; with ``loose`` whatever reads like no person behind a comma is (“Ondine Valmoret, DGS”).

    >>> named("Jean-François Lacaze (CCI), Anne Ménard et le maire")
    ([Named(name='Jean-François Lacaze', about=('CCI',)), Named(name='Anne Ménard', about=())], ['le maire'])
    """
    found: list[Named] = []
    rest: list[str] = []
    open_ = False  # whether what comes now is still about the last person
    for mark, piece in _pieces(text):
        body = known(piece) or _NOBODY.match(folded(piece))
        name = None if body or (mark in {"(", "/", "-"} and open_) else person(piece)
        if name:
            found.append(Named(name))
            open_ = True
        elif open_ and (mark in {"(", "/", "-"} or (mark not in _MORE and (loose or body))):
            found[-1] = replace(found[-1], about=(*found[-1].about, piece))
        else:
            rest.append(piece)
            open_ = mark == "(" and open_
    return found, rest


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield each piece of a text with the mark before it; a comma within parentheses parts nothing."""
    mark, start, depth = ",", 0, 0
    for found in _MARK.finditer(text):
        sign = found.group().strip()
        if depth and sign not in {"(", ")"}:
            continue
        depth = max(0, depth + {"(": 1, ")": -1}.get(sign, 0))
        if depth > 1 or (sign == ")" and depth):
            continue
        if piece := text[start : found.start()].strip(" \t.:"):
            yield mark, piece
        mark, start = ("-" if sign in "–—-" else sign), found.end()
    if piece := text[start:].strip(" \t.:"):
        yield mark, piece
