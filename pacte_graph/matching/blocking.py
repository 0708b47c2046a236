"""Which pairs are worth comparing.

They share a rare word, two common words, an acronym, a postcode or an identifier, or their letters are next to each other.
Blocks are bounded, so that the number of pairs grows with the number of candidates and not with its square. When too many
candidates have one and the same name, each is paired with the first only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from pacte_graph.matching.evidence import Prepared
from pacte_graph.matching.names import Name

BIGGEST = 40
"""Candidates in a block whose pairs are all compared."""
BIGGEST_PLACE = 12
NEIGHBOURS = 3
"""How many of the following names in alphabetic order a name is compared with."""
_RAREST = 6
Key = tuple[str, ...]


def pairs(prepared: Sequence[Prepared]) -> list[tuple[int, int]]:
    """Return the pairs of positions to compare, each once, sorted; independent of the order only if ``prepared`` is sorted."""
    counts = Counter(token for one in prepared for token in {t for name in one.names for t in name.key[0]})
    blocks: dict[Key, list[int]] = defaultdict(list)
    for at, one in enumerate(prepared):
        for key in dict.fromkeys(_keys(one, counts)):
            blocks[key].append(at)
    found: set[tuple[int, int]] = set()
    for key, block in blocks.items():
        if len(block) > 1:
            found.update(_in_block(key, block))
    found.update(_neighbours(prepared))
    return sorted(found)


def _in_block(key: Key, block: list[int]) -> Iterator[tuple[int, int]]:
    if len(block) <= (BIGGEST_PLACE if key[0] == "place" else BIGGEST):
        yield from combinations(block, 2)
    elif key[0] in {"same", "id"}:
        yield from ((block[0], other) for other in block[1:])


def _keys(one: Prepared, counts: Counter[str]) -> Iterator[Key]:
    for name in one.names:
        yield ("same", *sorted(name.key[0]))
        yield from _words(name, counts)
        yield from (("word", acronym) for acronym in sorted(name.acronyms) if len(acronym) >= 3 and counts[acronym])
    if one.place.postcode and one.place.town:
        yield ("place", one.country, one.place.postcode)
    yield from (("id", scheme, value) for scheme, value in one.strong.items())


def _words(name: Name, counts: Counter[str]) -> Iterator[Key]:
    tokens = sorted(name.tokens, key=lambda token: (counts[token], token))[:_RAREST]
    for token in tokens:
        if counts[token] <= BIGGEST:
            yield ("word", token)
    common = [token for token in tokens if counts[token] > BIGGEST]
    yield from (("words", *sorted(pair)) for pair in combinations(common, 2))
    yield from (("three", *sorted(three)) for three in combinations(common[:5], 3))


def _neighbours(prepared: Sequence[Prepared]) -> Iterator[tuple[int, int]]:
    """Pair names next to each other in alphabetic order: what misspellings of one long word are."""
    line = sorted((name.joined, at) for at, one in enumerate(prepared) for name in one.names)
    for start, (_, at) in enumerate(line):
        for _, other in line[start + 1 : start + 1 + NEIGHBOURS]:
            if at != other:
                yield min(at, other), max(at, other)
