"""How nodes and links are called on screen: captions, types, and verbs read from either end."""

from __future__ import annotations

from dashapp.explorer.words import say
from pacte_graph.network.model import Link, Node
from pacte_graph.schema import LINKS, NODES
from pacte_graph.schema.kinds import Words

UNKNOWN_GROUP = {"Actor": Words("famille inconnue", "unknown kind"), "Territory": Words("échelle inconnue", "unknown level")}
_GROUPED = {"Actor": "kind", "Territory": "level"}
_BACKWARDS = {
    "PART_OF": Words("comprend", "includes"),
    "LINKED_TO": Words("est lié à", "is linked to"),
    "TAKES_PART_IN": Words("a pour participant", "has participant"),
    "APPLIES_IN": Words("accueille la déclinaison de", "hosts the declination of"),
    "WITHIN": Words("contient", "contains"),
    "MEMBER_OF": Words("a pour membre", "has member"),
    "COOPERATES_WITH": Words("coopère avec", "cooperates with"),
    "BASED_IN": Words("accueille", "hosts"),
    "REPRESENTS": Words("est représenté par", "is represented by"),
    "MENTIONS": Words("est cité par", "is mentioned by"),
}


def caption(node: Node, language: str) -> str:
    """Return a node's full name; a project whose title is unknown is named by its number, in the reader's language."""
    if node.properties.get("name") or node.properties.get("text"):
        return str(node.properties.get("name") or node.properties["text"])
    number = node.properties.get("number")
    return node.caption if number is None else say("unknown_title", language, n=number)


def short_caption(node: Node, language: str) -> str:
    """Return the short name when there is one, else the caption."""
    return str(node.properties.get("short_name") or caption(node, language))


def type_text(node: Node, language: str) -> str:
    """Return a node's type in words: « Projet, n° 3 », « Acteur : université… », « Territoire : commune »."""
    name = NODES[node.label].words.get(language) if node.label in NODES else node.label
    if node.label == "Project" and node.properties.get("number") is not None:
        return f"{name}, {say('number', language, n=node.properties['number'])}"
    group = group_text(node, language)
    colon = ": " if language == "en" else "\N{NO-BREAK SPACE}: "
    return f"{name}{colon}{group}" if group else name


def group_text(node: Node, language: str) -> str:
    """Return the kind of an actor or the level of a territory; empty for other labels."""
    if node.label not in _GROUPED:
        return ""
    prop = NODES[node.label].property(_GROUPED[node.label])
    for choice in prop.choices if prop else ():
        if choice.value == node.group:
            return choice.label.get(language)
    return UNKNOWN_GROUP[node.label].get(language)


def verb(link_type: str, language: str, *, backwards: bool = False) -> str:
    """Return what a link says from its source, or ``backwards`` from its target."""
    if backwards and link_type in _BACKWARDS:
        return _BACKWARDS[link_type].get(language)
    return LINKS[link_type].words.get(language) if link_type in LINKS else link_type


def detail(link: Link, language: str) -> str:
    """Return what tells this link from its neighbours in a list: role, state, sense of influence; empty when unknown."""
    spec = LINKS.get(link.type)
    texts = []
    for name in ("role", "status", "sense"):
        prop = spec.property(name) if spec else None
        value = link.properties.get(name)
        if prop is not None and value is not None:
            texts.append(next((item.label.get(language) for item in prop.choices if item.value == value), str(value)))
    return ", ".join(text[:1].lower() + text[1:] for text in texts)
