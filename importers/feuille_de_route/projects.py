"""Numbers of projects as sheets list them: “Projet 7”, “n° 2, 5”, “projets 2 à 5, 9 et 12”."""

from __future__ import annotations

import re

MOST = 200
_ITEM = r"\d{1,3}(?:\s*(?:à|a|-|–)\s*\d{1,3})?"
_LIST = re.compile(
    rf"\b(?:projets?|fiches?)?\s*(?:n°s?|nos?|numéros?|numeros?|#)?\s*(?<![\d/.])(?P<list>{_ITEM}(?:\s*(?:,|;|et|&)\s*{_ITEM})*)(?![\d/.%€])",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:\bprojets?\b|\bfiches?\b|n°|\bnuméros?\b|\bnumeros?\b|#)", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,3})(?:\s*(?:à|a|-|–)\s*(\d{1,3}))?", re.IGNORECASE)


def numbers(text: str, *, bare: bool = False) -> tuple[int, ...]:
    """Return the project numbers of a line, in order, each once.

    Only numbers behind “projet(s)”, “fiche(s)” or “n°” count, unless ``bare`` (a line of the section of links). A range
    (“2 à 5”) gives all its numbers when it rises and spans at most 50.

    >>> numbers("projets 2 à 5, 9 et 12"), numbers("37 communes")
    ((2, 3, 4, 5, 9, 12), ())
    """
    named = _NAMED.search(text)
    if not bare and named is None:
        return ()
    start = named.start() if named else 0
    found: dict[int, None] = {}
    for match in _LIST.finditer(text[start:]):
        for first, last in _RANGE.findall(match["list"]):
            low, high = int(first), int(last or first)
            if high - low > 50 or high < low:
                high = low
            found.update(dict.fromkeys(range(low, high + 1)))
    return tuple(number for number in found if 0 < number <= MOST)
