"""How everything looks: the one place for colours, shapes, sizes and lines, on the canvas, in the legend and in print.

Colour never speaks alone: the label of a node gives its shape, the type and role of a link give its line, and the legend names
both. Colours of actor kinds were chosen so that any two stay apart (CIE76 above 20) to normal, protanope and deuteranope eyes
(simulation of Machado et al., 2009); every colour has at least 3:1 contrast against white (WCAG 2.2, 1.4.11). Scales of
territories follow one another from green (near) to violet (wide).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pacte_graph.network.model import Link, Node
from pacte_graph.schema import LINKS, NODES, Words
from pacte_graph.schema.choices import ACTOR_KINDS, DECLINATION_STATES, ROLES, TERRITORY_LEVELS

UNKNOWN = "unknown"
UNKNOWN_COLOUR = "#767676"
INK = "#1F2430"
"""Text, outlines."""
QUIET = "#5B6270"
"""Secondary text, ordinary links."""
MARK = "#C4006A"
"""Ring and path of what is marked (found, on the path, in focus): drawn thicker too, so that it is seen without colour."""
FADED_OPACITY = 0.15
BACKGROUND = "#FFFFFF"

MIN_SIZE, MAX_SIZE = 20.0, 54.0
"""Diameter of the least and the greatest node, in canvas units."""
NO_VALUE_SIZE = 14.0
"""Diameter of a node whose value is unknown: below every known one."""
MIN_WIDTH, MAX_WIDTH = 1.0, 5.0

SHAPES: Mapping[str, str] = MappingProxyType(
    {
        "Project": "round-rectangle",
        "Actor": "ellipse",
        "Territory": "hexagon",
        "Person": "triangle",
        "Programme": "star",
        "Document": "rectangle",
        "Indicator": "diamond",
        "Risk": "octagon",
        "Milestone": "pentagon",
    }
)
"""Shapes that exist in Cytoscape and in print; every label not named here is a ``rectangle``."""

COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "Project": "#A61C3C",
        "Person": "#4A4F5A",
        "Programme": "#1F2430",
        "local_authority": "#0063C9",
        "state": "#1F2643",
        "development_council": "#E05F00",
        "chamber": "#884B00",
        "university": "#188C56",
        "research": "#2B4E44",
        "competitiveness_cluster": "#9E2D87",
        "cluster": "#C4749B",
        "company": "#4E1C01",
        "association": "#8F7FCC",
        "agency": "#3C007C",
        "commune": "#1B8F77",
        "intercommunality": "#21827F",
        "metropolis": "#28748E",
        "agglomeration": "#2F628D",
        "city_network": "#3A548C",
        "bimetropolitan": "#433E85",
        "departement": "#482475",
        "region": "#46085C",
    }
)


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How one kind of link is drawn: ``line`` is ``solid``, ``dashed`` or ``dotted``; ``arrow`` only if its sense is known."""

    key: str
    words: Words
    colour: str
    line: str
    width: float
    arrow: bool = False


def _line(key: str, words: Words, colour: str, line: str, width: float, *, arrow: bool = False) -> LineStyle:
    return LineStyle(key, words, colour, line, width, arrow)


def _labels(choices: Any) -> dict[str, Words]:
    return {choice.value: choice.label for choice in choices}


_HEADS = {
    "LINKED_TO": Words("Lien entre projets", "Link between projects"),
    "TAKES_PART_IN": Words("Rôle", "Role"),
    "APPLIES_IN": Words("Déclinaison", "Declination"),
}


def _variant(type_: str, label: Words) -> Words:
    head = _HEADS[type_]
    return Words(f"{head.fr} : {_low(label.fr)}", f"{head.en}: {_low(label.en)}")


def _plain(type_: str) -> Words:
    words = LINKS[type_].words
    return Words(words.fr[0].upper() + words.fr[1:], words.en[0].upper() + words.en[1:])


def _low(text: str) -> str:
    return text if text[1:2].isupper() else text[0].lower() + text[1:]


_ROLE_LINES = {
    "lead": ("#1F2430", "solid", 3.0),
    "funder": ("#8A5A00", "solid", 2.2),
    "partner": ("#0B5FA5", "dashed", 2.0),
    "associate": ("#5B6270", "dotted", 1.6),
    "manager": ("#1F2430", "solid", 2.0),
    "team": ("#4A4F5A", "dashed", 1.4),
    "follow_up": ("#4A4F5A", "dotted", 1.4),
}
_SENSE_LINES = {
    "pulls": (Words("l'un entraîne l'autre (flèche)", "one pulls the other along (arrow)"), "solid", True),
    "mutual": (Words("entraînement réciproque", "pulling each other along"), "solid", True),
    "unspecified": (Words("sens non précisé", "direction not stated"), "dashed", False),
}
_STATE_LINES = {"declined": "solid", "not_declined": "dotted", UNKNOWN: "dashed"}
_PLAIN_LINES = {
    "WITHIN": ("#433E85", "solid", 1.4, True),
    "MEMBER_OF": ("#433E85", "dashed", 1.4, False),
    "COOPERATES_WITH": ("#188C56", "dashed", 1.8, False),
    "BASED_IN": ("#28748E", "dotted", 1.4, False),
    "REPRESENTS": ("#28748E", "dashed", 1.4, False),
}
_NO_ROLE = Words("Non précisé", "Not stated")


def _line_styles() -> dict[str, LineStyle]:
    styles = [
        _line(type_, _plain(type_), colour, line, width, arrow=arrow)
        for type_, (colour, line, width, arrow) in _PLAIN_LINES.items()
    ]
    for value, (label, line, arrow) in _SENSE_LINES.items():
        styles.append(_line(f"LINKED_TO:{value}", _variant("LINKED_TO", label), "#A61C3C", line, 2.0, arrow=arrow))
    for value, label in _labels(ROLES).items():
        styles.append(_line(f"TAKES_PART_IN:{value}", _variant("TAKES_PART_IN", label), *_ROLE_LINES[value]))
    styles.append(_line(f"TAKES_PART_IN:{UNKNOWN}", _variant("TAKES_PART_IN", _NO_ROLE), UNKNOWN_COLOUR, "dotted", 1.2))
    for value, label in _labels(DECLINATION_STATES).items():
        styles.append(_line(f"APPLIES_IN:{value}", _variant("APPLIES_IN", label), "#28748E", _STATE_LINES[value], 1.6))
    return {style.key: style for style in styles}


LINES: Mapping[str, LineStyle] = MappingProxyType(_line_styles())
"""Line styles by key: a link type, or a type and its variant (role, sense, state) joined by a colon."""

_GROUPS: Mapping[str, Words] = MappingProxyType({**_labels(ACTOR_KINDS), **_labels(TERRITORY_LEVELS)})
_UNKNOWN_GROUPS = {
    "": Words("Famille ou échelle inconnue", "Kind or scale unknown"),
    "Actor": Words("Acteur de famille inconnue", "Actor of unknown kind"),
    "Territory": Words("Territoire d'échelle inconnue", "Territory of unknown scale"),
}


def colour(node: Node) -> str:
    """Return the fill colour of a node; grey when its kind or scale is unknown."""
    return group_colour(node.group)


def group_colour(group: str) -> str:
    """Return the fill colour of a legend group; grey for ``unknown`` and for labels without a colour of their own."""
    return COLOURS.get(group, UNKNOWN_COLOUR)


def shape(label: str) -> str:
    """Return the Cytoscape shape of a label."""
    return SHAPES.get(label, "rectangle")


def hatched(group: str) -> bool:
    """Return True for groups drawn hatched: unknown is never drawn as if it were one kind among others."""
    return group == UNKNOWN


def group_words(group: str, label: str) -> Words:
    """Return the name of a legend group in both languages; ``label`` is the label of its nodes (empty: several)."""
    if group == UNKNOWN:
        return _UNKNOWN_GROUPS.get(label, Words("Inconnu", "Unknown"))
    if group in _GROUPS:
        return _GROUPS[group]
    return NODES[group].words if group in NODES else Words(group, group)


_ORDER = {group: place for place, group in enumerate(("Project", *_GROUPS, "Person"))}


def group_order(group: str) -> tuple[int, str]:
    """Return the sorting key of legend groups: projects, kinds and scales in the schema's order, people, others, unknown."""
    return (len(_ORDER) + (2 if group == UNKNOWN else 1) if group not in _ORDER else _ORDER[group], group)


def line(link: Link) -> LineStyle:
    """Return how a link is drawn. A sense, role or status that is absent is drawn as unstated, never as a guess."""
    key = line_key(link)
    if key in LINES:
        return LINES[key]
    words = _plain(link.type) if link.type in LINKS else Words(link.type, link.type)
    return LineStyle(key, words, QUIET, "dotted", MIN_WIDTH)


def line_key(link: Link) -> str:
    """Return the legend key of a link: its type, with its sense, role or status where the type has one.

    ``depends_on`` is the same look as ``pulls``, with the arrow the other way round.
    """
    if link.type == "LINKED_TO":
        sense = link.properties.get("sense") or "unspecified"
        return f"LINKED_TO:{'pulls' if sense == 'depends_on' else sense}"
    if link.type == "TAKES_PART_IN":
        return f"TAKES_PART_IN:{link.properties.get('role') or UNKNOWN}"
    if link.type == "APPLIES_IN":
        return f"APPLIES_IN:{link.properties.get('status') or UNKNOWN}"
    return link.type


def width(link: Link) -> float:
    """Return the width of a link: its style's, wider with its intensity (1 to 3) or its amount (by powers of ten from 10 k€)."""
    base = line(link).width
    intensity, amount = link.properties.get("intensity"), link.properties.get("amount")
    if isinstance(intensity, int):
        base += 0.8 * (min(max(intensity, 1), 3) - 1)
    elif isinstance(amount, int | float) and amount > 0:
        base += 0.5 * min(max(math.log10(amount) - 4, 0), 3)
    return round(min(max(base, MIN_WIDTH), MAX_WIDTH), 2)


def size(value: float | None, low: float, high: float) -> float:
    """Return the diameter for ``value`` between the least and greatest shown; area grows with the value.

    None (unknown) gives ``NO_VALUE_SIZE``; when all values are equal, the middle size.
    """
    if value is None:
        return NO_VALUE_SIZE
    if high <= low:
        return (MIN_SIZE + MAX_SIZE) / 2
    share = min(max((value - low) / (high - low), 0.0), 1.0)
    return round(math.sqrt(MIN_SIZE**2 + share * (MAX_SIZE**2 - MIN_SIZE**2)), 2)
