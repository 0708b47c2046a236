"""The measured file: raw spellings of organisations against names normalised by hand, in two halves of whole clusters.

A case is one raw spelling in one country (``ORGANISATION ORIGINAL``, ``Land``); two cases are one body when the hand-made
column (``ORGANISATION 1   DORIS``) gives them a name in common. ``Organisation 2`` (units, addresses, remarks) isn't read.
Town and postcode are the commonest of the spelling's rows. Clusters joined by an ambiguous spelling stay in one half: SHA-256
of their least name, even for tuning, odd held out.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from pacte_graph.matching import Candidate

FILE = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "simpro" / "simpro_participations.csv.gz"
RAW, HAND = "ORGANISATION ORIGINAL", "ORGANISATION 1   DORIS"
TUNING, HELD_OUT = 0, 1
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Half:
    candidates: tuple[Candidate, ...]
    gold: frozenset[Pair]
    cluster: Mapping[Pair, str]

    def without_places(self) -> Half:
        """Return the same half knowing names and countries only."""
        bare = tuple(replace(one, town="", postcode="", projects=frozenset()) for one in self.candidates)
        return replace(self, candidates=bare)


def _commonest(values: Iterable[str]) -> str:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value), default="")


def _joined(clusters: Iterable[set[str]]) -> dict[str, str]:
    """Return each hand-made name's representative, names sharing a raw spelling having one."""
    parent: dict[str, str] = {}

    def top(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for names in clusters:
        least = min(map(top, names))
        for name in names:
            parent[top(name)] = min(least, top(name))
            least = top(name)
    return {name: top(name) for name in list(parent)}


def read(half: int | None) -> Half:
    """Return one half, or with None the whole file."""
    rows: dict[Pair, list[dict[str, str]]] = defaultdict(list)
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[row[RAW], row["Land"]].append(row)
    names = {case: {row[HAND] for row in found} for case, found in rows.items()}
    tops = _joined(names[case] for case in sorted(names))
    kept = {case for case in rows if half is None or hashlib.sha256(tops[min(names[case])].encode()).digest()[0] % 2 == half}
    members: dict[Pair, set[str]] = defaultdict(set)
    for case in kept:
        for name in names[case]:
            members[name, case[1]].add(_id(case))
    cluster = {pair: name for (name, _), ids in sorted(members.items()) for pair in combinations(sorted(ids), 2)}
    candidates = tuple(_candidate(case, rows[case]) for case in sorted(kept))
    return Half(candidates, frozenset(cluster), cluster)


def _id(case: Pair) -> str:
    return f"{case[1]}|{case[0]}"


def _candidate(case: Pair, rows: list[dict[str, str]]) -> Candidate:
    return Candidate(
        _id(case), "Actor", case[0], country=case[1], town=_commonest(row["Stadt"] for row in rows),
        postcode=_commonest(row["PLZ"] for row in rows), projects=frozenset(row["Projekt"] for row in rows),
    )  # fmt: skip
