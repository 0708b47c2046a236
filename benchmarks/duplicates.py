"""Probable duplicates on the held-out half of the measured file: precision, recall and F1 of pairs against two plain peers.

The peers in the same run: names equal once case, accents and punctuation are gone, and rapidfuzz's ``token_set_ratio`` from 95 on
every pair of a country. Then the time of 36,000 invented names. Nothing is tuned here.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from itertools import combinations
from time import perf_counter

from rapidfuzz.fuzz import token_set_ratio

from benchmarks.measure import line, peak_megabytes
from benchmarks.simpro import FILE, HELD_OUT, Half, Pair, read
from pacte_graph.matching import Candidate, propose
from pacte_graph.matching.folding import fold

PLACES = (
    "Toulouse",
    "Albi",
    "Muret",
    "Rodez",
    "Cahors",
    "Auch",
    "Tarbes",
    "Nîmes",
    "Lyon",
    "Porto",
    "Wien",
    "Milano",
    "Gent",
    "Lund",
)
SORTS = (
    "Université de",
    "Mairie de",
    "Institut technologique de",
    "Agence de développement de",
    "Association des entreprises de",
)
FORMS = ("SA", "SAS", "GmbH", "Ltd", "SpA", "", "")
SOUNDS = (
    "ba",
    "co",
    "du",
    "fer",
    "gal",
    "hi",
    "jon",
    "ka",
    "lim",
    "mo",
    "nav",
    "or",
    "pri",
    "qua",
    "ros",
    "sol",
    "tec",
    "ul",
    "vin",
    "zen",
)


def figures(found: Collection[Pair], gold: Collection[Pair]) -> dict[str, float]:
    """Return precision, recall and F1 of proposed pairs; a measure without pairs is 0."""
    right = len(set(found) & set(gold))
    precision, recall = right / max(1, len(found)), right / max(1, len(gold))
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / max(1e-9, precision + recall)}


def peer(half: Half, same: Callable[[str, str], bool]) -> set[Pair]:
    """Return the pairs of one country whose folded names ``same`` takes for one."""
    countries: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in half.candidates:
        countries[one.country].append((one.id, fold(one.name)))
    return {
        (a, b) for named in countries.values() for (a, text), (b, other) in combinations(sorted(named), 2) if same(text, other)
    }


def invented(number: int, *, seed: int = 1) -> list[Candidate]:
    """Return invented organisations, one in ten of them another's spelling; the same for the same seed."""
    draw = random.Random(seed)
    found: list[Candidate] = []
    for at in range(number):
        if at % 10 == 9:
            name = found[draw.randrange(len(found))].name.upper().replace(" DE ", " ")
        elif at % 3:
            name = (
                f"{''.join(draw.choices(SOUNDS, k=3)).title()} {''.join(draw.choices(SOUNDS, k=2)).title()} {draw.choice(FORMS)}"
            )
        else:
            name = f"{draw.choice(SORTS)} {draw.choice(PLACES)} {''.join(draw.choices(SOUNDS, k=2)).title()}"
        found.append(Candidate(f"actor:{at}", "Actor", name.strip(), country="FR", town=draw.choice(PLACES)))
    return found


def run() -> Iterator[str]:
    if FILE.exists():
        yield from _measured()
    else:
        yield "the measured file is not beside this checkout: no precision, no recall"
    candidates = invented(36_000)
    start = perf_counter()
    proposals = propose(candidates)
    yield line("36,000 invented names", seconds=perf_counter() - start, proposals=str(len(proposals)), peak_mb=peak_megabytes())


def _measured() -> Iterator[str]:
    half = read(HELD_OUT)
    yield f"held-out half: {len(half.candidates)} spellings, {len(half.gold)} pairs of one body"
    peers: dict[str, Callable[[str, str], bool]] = {
        "equal once folded": lambda a, b: a == b,
        "token_set_ratio >= 95": lambda a, b: token_set_ratio(a, b) >= 95,
    }
    for name, same in peers.items():
        start = perf_counter()
        found = peer(half, same)
        yield line(name, **figures(found, half.gold), seconds=perf_counter() - start)
    for name, seen in (("ours", half), ("ours, names and countries only", half.without_places())):
        start = perf_counter()
        proposals = propose(seen.candidates)
        taken = perf_counter() - start
        yield line(name, **figures([(one.first, one.second) for one in proposals], half.gold), seconds=taken)
        sure = [(one.first, one.second) for one in proposals if one.certainty == "certain"]
        yield line(f"{name}: certain", pairs=str(len(sure)), **figures(sure, half.gold))
