"""Probable duplicates among what is held and what is being loaded: listed with reasons, never merged by themselves.

Actors and territories are compared by everything known of them (see ``pacte_graph.matching``), across programmes: that is how two
sources meet. People and projects are compared by their folded names inside one programme only, and never as certain: two people
may
share a name. What is fictitious is compared with what is fictitious.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pacte_graph import matching
from pacte_graph.loading import cypher
from pacte_graph.loading.comparing import Held
from pacte_graph.loading.keys import Key, LinkKey
from pacte_graph.loading.plans import Duplicate
from pacte_graph.matching import Candidate, Proposal
from pacte_graph.records import Reader, Ref
from pacte_graph.schema.kinds import Words

MATCHED = ("Actor", "Territory")
NAMED = ("Person", "Project")
_SAME = Words("noms identiques, aux accents et à la ponctuation près", "the same name but for accents and punctuation")
_SAME_SCORE = 0.5
_APART = re.compile(r"[^\w]+")
_PIC = "actor:pic:"
_SCHEMES = ("siren", "vat", "insee_code")


@dataclass(frozen=True, slots=True)
class Named:
    """A node with its name, inside one programme."""

    programme: str
    ref: Ref
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """A node that may have a duplicate: what is known of it, and whether only fictitious sources state it."""

    ref: Ref
    told: Mapping[str, Any]
    fictitious: bool


def fold(name: str) -> str:
    """Return a name without case, accents and punctuation.

    >>> fold("Université  Toulouse-Capitole") == fold("UNIVERSITE TOULOUSE CAPITOLE")
    True
    """
    letters = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe").replace("æ", "ae"))
    return _APART.sub(" ", "".join(char for char in letters if not unicodedata.combining(char))).strip()


def pairs(named: Iterable[Named], touched: Collection[Ref]) -> tuple[Duplicate, ...]:
    """Return the pairs whose names fold to the same inside one programme, at least one in ``touched``; sorted, each once."""
    groups: dict[tuple[str, str, str], dict[Ref, str]] = {}
    for item in named:
        folded = fold(item.name)
        if folded:
            groups.setdefault((item.programme, item.ref.label, folded), {})[item.ref] = item.name
    found = {
        Duplicate(first.label, first.id, second.id, (group[first], group[second]), _SAME_SCORE, "probable", (_SAME,))
        for group in groups.values()
        for first, second in _neighbours(sorted(group))
        if first in touched or second in touched
    }
    return tuple(sorted(found, key=lambda item: (item.label, item.first, item.second)))


def _neighbours(refs: list[Ref]) -> list[tuple[Ref, Ref]]:
    """Pair the first with each other one: n equal names give n - 1 pairs, not n²."""
    return [(refs[0], ref) for ref in refs[1:]]


def find(
    reader: Reader, facts: Mapping[Key, Held], touched: Collection[Ref] | None = None, invented: Collection[str] = ()
) -> tuple[Duplicate, ...]:
    """Return the probable duplicates among the nodes held and those of ``facts`` (as they will be held), surest first.

    With ``touched``, at least one of the two is in it; nothing is read when it is empty. ``invented`` names fictitious
    sources that the database doesn't know yet.
    """
    wanted = None if touched is None else {ref for ref in touched if ref.label in (*MATCHED, *NAMED)}
    if wanted is not None and not wanted:
        return ()
    nodes = list(_all(reader, facts, invented))
    named = list(_named(reader, facts, nodes))
    same = pairs(named, wanted if wanted is not None else {item.ref for item in nodes})
    return (*_matched(nodes, wanted), *same)


def _matched(nodes: list[Found], touched: set[Ref] | None) -> list[Duplicate]:
    names = {item.ref.id: str(item.told["name"]) for item in nodes}
    ids = None if touched is None else {ref.id for ref in touched}
    found: list[Proposal] = []
    for fictitious in (False, True):
        candidates = [_candidate(item) for item in nodes if item.fictitious is fictitious and item.ref.label in MATCHED]
        if candidates:
            found += matching.propose(candidates, touched=ids)
    found.sort(key=lambda item: (-item.score, item.first, item.second))
    return [
        Duplicate(
            item.label, item.first, item.second, (names[item.first], names[item.second]), item.score, item.certainty, item.reasons
        )
        for item in found
    ]


def _all(reader: Reader, facts: Mapping[Key, Held], known: Collection[str]) -> Iterable[Found]:
    """Return the named nodes that will be held: those of ``facts``, then those of the database that aren't among them."""
    invented = set(known) | {row["id"] for row in reader.read("MATCH (s:`Source`)\nWHERE s.fictitious\nRETURN s.id AS id")}
    for key, fact in facts.items():
        if isinstance(key, Ref) and key.label in (*MATCHED, *NAMED) and "name" in fact.properties:
            yield Found(key, fact.properties, bool(fact.statements) and set(fact.statements) <= invented)
    for label in (*MATCHED, *NAMED):
        for row in reader.read(cypher.named_nodes(label)):
            ref = Ref(label, row["id"])
            if ref not in facts:
                sources = set(row.pop("sources") or ())
                yield Found(
                    ref, {name: value for name, value in row.items() if value is not None}, bool(sources) and sources <= invented
                )


def _candidate(item: Found) -> Candidate:
    told = item.told
    identifiers = {scheme: str(told[scheme]) for scheme in _SCHEMES if scheme in told}
    if item.ref.id.startswith(_PIC):
        identifiers["pic"] = item.ref.id.removeprefix(_PIC)
    return Candidate(
        item.ref.id,
        item.ref.label,
        str(told["name"]),
        country=str(told.get("country", "")),
        town=str(told.get("town", "")),
        identifiers=identifiers,
        aliases=tuple(told.get("aliases", ())),
        group=str(told.get("level" if item.ref.label == "Territory" else "kind", "")),
        latitude=told.get("latitude"),
        longitude=told.get("longitude"),
    )


def _named(reader: Reader, facts: Mapping[Key, Held], nodes: list[Found]) -> Iterable[Named]:
    names = {item.ref: str(item.told["name"]) for item in nodes if item.ref.label in NAMED}
    members = {(link.target.id, link.source) for link in facts if isinstance(link, LinkKey) and link.type == "PART_OF"}
    for label in NAMED:
        rows = reader.read(cypher.perimeter(label)) if any(ref.label == label for ref in names) else []
        members |= {(row["programme"], Ref(label, row["id"])) for row in rows}
    return (Named(programme, ref, names[ref]) for programme, ref in sorted(members) if ref in names)
