"""Probable duplicates: two nodes of one label, in one programme, whose names differ by case, accents or punctuation only.

They are listed, never merged: two people may share a name, and only a person can tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pacte_graph.loading import cypher
from pacte_graph.loading.comparing import Held
from pacte_graph.loading.keys import Key, LinkKey
from pacte_graph.loading.plans import Duplicate
from pacte_graph.records import Reader, Ref
from pacte_graph.schema import NODES

_APART = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A node with its name, inside one programme; ``level`` tells territories of one name at two scales apart."""

    programme: str
    ref: Ref
    name: str
    level: str = ""


def fold(name: str) -> str:
    """Return a name without case, accents and punctuation.

    >>> fold("Université  Toulouse-Capitole") == fold("UNIVERSITE TOULOUSE CAPITOLE")
    True
    """
    letters = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe").replace("æ", "ae"))
    return _APART.sub(" ", "".join(char for char in letters if not unicodedata.combining(char))).strip()


def pairs(named: Iterable[Named], loaded: frozenset[Ref]) -> tuple[Duplicate, ...]:
    """Return the pairs of nodes whose names fold to the same, at least one of them in ``loaded``; sorted, each once."""
    groups: dict[tuple[str, str, str, str], dict[Ref, str]] = {}
    for item in named:
        folded = fold(item.name)
        if folded:
            groups.setdefault((item.programme, item.ref.label, item.level, folded), {})[item.ref] = item.name
    found = {
        Duplicate(first.label, first.id, second.id, group[second])
        for group in groups.values()
        for first, second in _neighbours(sorted(group))
        if first in loaded or second in loaded
    }
    return tuple(sorted(found))


def _neighbours(refs: list[Ref]) -> list[tuple[Ref, Ref]]:
    """Pair the first with each other one: n equal names give n - 1 pairs, not n²."""
    return [(refs[0], ref) for ref in refs[1:]]


def find(reader: Reader, facts: Mapping[Key, Held], labels: set[str]) -> tuple[Duplicate, ...]:
    """Return the probable duplicates among the nodes of ``facts``, and between them and the programmes' nodes held."""
    member_of = [key for key in facts if isinstance(key, LinkKey) and key.type == "PART_OF"]
    named = [item for link in member_of if (item := _named(link.target.id, link.source, facts.get(link.source)))]
    programmes = sorted({link.target.id for link in member_of})
    for label in sorted(labels & {label for label, kind in NODES.items() if kind.scoped}):
        for row in reader.read(cypher.names_in_programme(label), {"programmes": programmes}):
            ref = Ref(label, row["id"])
            if ref not in facts:
                named.append(Named(row["programme"], ref, row["name"], row["level"] or ""))
    return pairs(named, frozenset(link.source for link in member_of))


def _named(programme: str, ref: Ref, fact: Held | None) -> Named | None:
    if fact is None or "name" not in fact.properties:
        return None
    return Named(programme, ref, str(fact.properties["name"]), str(fact.properties.get("level", "")))
