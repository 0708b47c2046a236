"""The tables of meanings, legal forms and countries, folded and turned round: from a spelling to what it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pacte_graph.matching.countries import TABLE as COUNTRIES
from pacte_graph.matching.folding import fold
from pacte_graph.matching.legal_forms import FORMS_ANYWHERE, FORMS_AT_END, FORMS_AT_START, LEGAL_PHRASES
from pacte_graph.matching.meanings import PHRASES, STOP_WORDS, WORDS

UNSTATED = (
    "non renseigné,non renseignée,inconnu,inconnue,unknown,not stated,not available,n/a,na,nc,nr,néant,none,null,nan,"
    "sans nom,anonyme,à définir,à compléter,tbd,xxx"
)
"""What sources write where no name is known."""

KINDS = frozenset((
    "university", "hochschule", "school", "college", "academy", "hospital", "ministry", "commune", "region",
    "metropole", "prefecture", "cci", "cma", "chambreagri", "chu", "agency", "museum", "library", "agglomeration",
    "communes", "lycee", "syndicat", "association", "foundation", "council", "office",
))  # fmt: skip
"""Meanings that say what sort of body a name is about: two names with none in common are rarely one body."""

TELLING = frozenset((
    "polytech", "hochschule", "autonoma", "catholic", "free", "medicine", "economics", "agriculture", "royal",
    "rd", "north", "south", "east", "west",
))  # fmt: skip
"""Common meanings that tell two bodies of one town apart when only one has them (a university and a technical university)."""

_GENERIC_MORE = (
    "polytech autonoma rd eth cnrs communes agglomeration innovation innovations data digital media design power control "
    "network networks trade equipment machines instruments sensors projects project program world global euro inter multi "
    "bio nano micro advanced quality safety security policy strategy training education studies information knowledge "
    "business "
)


def _rows(table: str) -> Iterator[tuple[str, str]]:
    for row in table.strip().splitlines():
        meaning, spellings = row.split(":", 1)
        for spelling in spellings.split(","):
            yield meaning.strip(), fold(spelling)


def phrases() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield each phrase's words and the meanings they have together."""
    for meaning, spelling in _rows(PHRASES):
        yield tuple(spelling.split()), tuple(meaning.split())


def _by_spelling(table: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for meaning, spelling in _rows(table):
        found.setdefault(spelling, meaning)
    return found


MEANING = _by_spelling(WORDS)
PHRASE_FORM = _by_spelling(LEGAL_PHRASES)
STOPS = frozenset(fold(word) for word in STOP_WORDS.split())
ANYWHERE = frozenset(fold(FORMS_ANYWHERE).split())
AT_END = ANYWHERE | frozenset(fold(FORMS_AT_END).split())
AT_START = frozenset(fold(FORMS_AT_START).split())
SAME_FORM = {
    "limited": "ltd",
    "nvsa": "sa",
    "sanv": "sa",
    "scarl": "scrl",
    "gesmbh": "gmbh",
    "mbh": "gmbh",
    "a": "sa",
    "corporation": "corp",
}
_MEANINGS = list(dict.fromkeys(meaning for meaning, _ in _rows(WORDS)))
PLACES = frozenset(_MEANINGS[_MEANINGS.index("vienna") :])
GENERIC = (
    (frozenset(MEANING.values()) - PLACES)
    | frozenset(_GENERIC_MORE.split())
    | frozenset(token for meaning, _ in _rows(PHRASES) for token in meaning.split())
)
COUNTRY = {**_by_spelling(COUNTRIES), **{code: code for code, _ in _rows(COUNTRIES)}}
NO_NAME = frozenset(fold(text) for text in UNSTATED.split(","))
