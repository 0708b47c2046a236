"""Sentences: how numbers, scopes and lists are said in French and English."""

from __future__ import annotations

from collections.abc import Sequence

from pacte_graph.network.model import Network, Node
from pacte_graph.schema.choices import ACTOR_KINDS, TERRITORY_LEVELS
from pacte_graph.schema.kinds import Words

THIN = "\u202f"
HARD = "\u00a0"
_KINDS = {choice.value: choice.label for choice in (*ACTOR_KINDS, *TERRITORY_LEVELS)}
POTENTIAL = Words(
    "Décrit un entraînement possible, d'après la structure déclarée ; ne prouve pas que l'un a causé l'autre.",
    "Describes a possible pull, from the declared structure; does not prove that one caused the other.",
)
STRUCTURE = Words(
    "Décrit qui est lié à qui dans les données chargées ; ne dit rien de la qualité ni du contenu des coopérations.",
    "Describes who is tied to whom in the data loaded; says nothing of the quality or content of cooperation.",
)
"""What most metrics of a family must not be taken for."""
UNKNOWN_KIND = Words("type non renseigné", "unknown type")


def number(value: float, digits: int = 2) -> Words:
    """Return a number in both languages: ``1 234,5`` and ``1,234.5``; whole numbers without decimals."""
    english = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.{digits}f}"
    french = english.replace(",", THIN).replace(".", ",")
    return Words(french, english)


def percent(value: float) -> Words:
    """Return a share of one as a percentage without decimals."""
    text = f"{100 * value:.0f}"
    return Words(f"{text}{HARD}%", f"{text}%")


def count(value: int, singular: Words, plural: Words) -> Words:
    """Return ``1 projet``, ``5 projets``; in French zero takes the singular."""
    shown = number(value)
    french = singular.fr if abs(value) < 2 else plural.fr
    english = singular.en if abs(value) == 1 else plural.en
    return Words(f"{shown.fr} {french}", f"{shown.en} {english}")


def quoted(node: Node) -> Words:
    """Return a node's name in each language's quotation marks."""
    return Words(f"« {node.captions.fr} »", f"“{node.captions.en}”")


def kind(value: str) -> Words:
    """Return the label of an actor kind or a territory level; an unlisted one stands for itself."""
    if value == "unknown":
        return UNKNOWN_KIND
    return _KINDS.get(value, Words(value, value))


def listed(items: Sequence[str], language: str) -> str:
    """Return ``a, b et c`` or ``a, b and c``; the fourth and following are counted."""
    shown, more = list(items[:3]), len(items) - 3
    if more > 0:
        shown.append(f"{more} autre{'s' if more > 1 else ''}" if language == "fr" else f"{more} other{'s' if more > 1 else ''}")
    last = " et " if language == "fr" else " and "
    return last.join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def scope(network: Network, weight: Words) -> Words:
    """Return what ends every sentence: programme, date, filters and weight."""
    name = str(network.programme.get("acronym") or network.programme.get("name") or network.scope.programme)
    day = network.scope.date
    date = Words(f"au {day:%d/%m/%Y}", f"on {day.isoformat()}") if day else Words("toutes dates confondues", "all dates together")
    filters = _filters(network)
    return Words(f"[{name}, {date.fr}{filters.fr} ; {weight.fr}]", f"[{name}, {date.en}{filters.en}; {weight.en}]")


def _filters(network: Network) -> Words:
    chosen = sorted((*network.scope.kinds, *network.scope.roles, *network.scope.levels))
    if not chosen:
        return Words("", "")
    french, english = (", ".join(kind(item).get(language) for item in chosen) for language in ("fr", "en"))
    return Words(f", filtré : {french}", f", filtered: {english}")


def ended(sentence: Words, ending: Words) -> Words:
    """Return a sentence with its scope behind it."""
    return Words(f"{sentence.fr} {ending.fr}", f"{sentence.en} {ending.en}")
