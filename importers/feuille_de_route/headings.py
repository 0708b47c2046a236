"""Headings of a sheet: those a rule knows by what they mean, and others, given away by how the document sets them.

Known ones are recognised whatever their order, case, accents or punctuation. Another line is a heading when the document says so
(a heading style), when it is set like the known ones (bold, larger, alone above its lines), or when it is in capitals or ends
with a colon. What follows it is then no passage of the section before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from importers.decoding import folded
from importers.feuille_de_route.lines import BODY, FAINT, Line
from importers.feuille_de_route.naming import person
from importers.feuille_de_route.projects import numbers

# key -> headings, folded; the first is how the section is called
HEADINGS = {
    "manager": ("chef de projet", "cheffe de projet", "chef(fe) de projet", "pilote", "pilotage", "responsable du projet"),
    "context": ("contexte et enjeux", "contexte", "enjeux", "elements de contexte"),
    "objectives": ("objectifs du projet", "objectifs", "objectif", "finalites"),
    "milestones": ("jalons cles", "jalons", "calendrier", "echeances", "etapes cles"),
    "team": ("equipe projet", "equipe", "equipe du projet"),
    "financing": ("financement", "financements", "budget", "plan de financement"),
    "work": ("travaux a conduire", "travaux", "actions a conduire", "actions", "plan d'actions"),
    "deliverables": ("livrables", "livrables attendus", "productions attendues"),
    "risks": ("principaux risques identifies", "risques identifies", "risques", "principaux risques"),
    "success": ("facteurs cles de succes", "facteurs de succes", "conditions de reussite", "facteurs cles de reussite"),
    "indicators": ("criteres d'impact - indicateurs", "criteres d'impact", "indicateurs", "indicateurs d'impact", "evaluation"),
    "links": (
        "liens avec les autres projets du schema",
        "liens avec les autres projets",
        "liens avec d'autres projets",
        "projets lies",
        "liens",
    ),
    "follow_up": ("comite de suivi", "suivi", "comite de pilotage", "gouvernance"),
}
_KNOWN = {heading: key for key, headings in HEADINGS.items() for heading in headings}
_PARTS = re.compile(r"(?:qualitatif|quantitatif|depend|entraine|recipro|mutuel|ras$|neant$|sans objet$|aucune?$)")
"""What stands alone above lines within a section: a family of indicators, a direction of links."""
_PEOPLE = frozenset({"manager", "team", "follow_up"})
_LONGEST = 60
_MOST_WORDS = 8


def known_heading(text: str) -> bool:
    """Tell whether a line, by itself, is a heading that a rule knows."""
    return folded(text).strip(" .:-–—") in _KNOWN


def known(line: Line) -> tuple[str, str, str] | None:
    """Return (key, name, what follows on the line) when a line is a heading that a rule knows."""
    if line.bullet and not line.apart:
        return None  # a passage that happens to be the word of a heading
    name, _, rest = line.text.partition(":")
    flat = folded(name).strip(" .-–—")
    if flat in _KNOWN and (not rest or not line.bullet or not rest.strip()):
        return _KNOWN[flat], name.strip(), rest.strip()
    whole = folded(line.text).strip(" .:-–—")
    return (_KNOWN[whole], line.text.strip(" :"), "") if whole in _KNOWN else None


def unknown(lines: Sequence[Line]) -> frozenset[Line]:
    """Return the lines that are headings no rule knows."""
    told = [line for line in lines if known(line)]
    deepest = max((line.level for line in told if line.level and line.level > BODY), default=None if told else FAINT * 2)
    looks = Counter(_look(after) for line, after in pairwise(lines) if known(line) and _alone(line))
    found: set[Line] = set()
    key: str | None = None  # the section a line stands in
    under: list[Line] = []  # what stands in it before the line
    for line, after in zip(lines, [*lines, None][1:], strict=True):
        head = known(line)
        if head:
            key, under = head[0], []
            continue
        within = (key == "links" and numbers(line.text, bare=True)) or _PARTS.match(folded(line.text))
        named = key in _PEOPLE and not under and person(line.text)
        if not within and not named and (_set(line, deepest) or _written(line) or _like(line, after, under, looks)):
            found.add(line)
            key, under = None, []
        else:
            under.append(line)
    return frozenset(found)


def _set(line: Line, deepest: int | None) -> bool:
    """Tell whether the document sets a line as a heading: by a style, or, by bold and size, as it does the known ones."""
    if (
        not line.level
        or line.level < BODY
        or (deepest is not None and line.level > deepest)
        or not any(char.isalpha() for char in line.text)
    ):
        return False
    return line.level < FAINT or (deepest is not None and _short(line.text))


def _written(line: Line) -> bool:
    """Tell whether a line is written as a heading: apart, in capitals or with a colon at its end. A table's cell is not."""
    if line.bullet or not line.apart or line.depth or line.level == BODY:
        return False
    return (line.text.isupper() or line.text.rstrip().endswith(":")) and _short(line.text)


def _short(text: str) -> bool:
    bare = text.strip(" :")
    return 3 < len(bare) <= _LONGEST and not re.search(r"\d{4}", bare)


def _look(after: Line) -> tuple[bool, bool]:
    """Return how what is under a heading stands: with a bullet or not, behind a blank line or not."""
    return after.bullet, after.apart


def _alone(line: Line) -> bool:
    """Tell whether a line stands alone: apart, no bullet, not in capitals, nothing that ends a sentence."""
    plain = not line.bullet and line.apart and not line.depth and line.level is None and not line.text.isupper()
    return plain and line.text[:1].isupper() and line.text[-1] not in ".;,:!?…»)"


def _like(line: Line, after: Line | None, under: list[Line], looks: Counter[tuple[bool, bool]]) -> bool:
    """Tell whether a short line stands among others just as the known headings do.

    It does without bullet behind passages that all have one, and above lines that stand as those under known headings. Without
    bullets, two known headings must look so, for a paragraph of two lines does too.
    """
    if not looks or not _alone(line) or not _short(line.text) or re.search(r"\d", line.text) or _long(line.text):
        return False
    if under and all(passage.bullet for passage in under):
        return True
    if after is None or after.bullet:
        return after is not None and looks[_look(after)] > 0
    return not after.apart and looks[_look(after)] > 1 and after.text[:1].isupper() and not known(after)


def _long(text: str) -> bool:
    return len(text.split()) > _MOST_WORDS
