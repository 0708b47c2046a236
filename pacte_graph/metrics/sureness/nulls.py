"""U3: null models. A p-value says under which null: (b + 1)/(B + 1), b draws at least as far out as what was observed.

Types permuted: who is tied stays, which kind each is changes. Curveball (Strona et al. 2014): a 0/1 matrix with the same row and
column sums.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pacte_graph.metrics.model import Parameter
from pacte_graph.schema.kinds import Words

Vector = np.ndarray[Any, Any]
SEED = Parameter(
    "seed",
    "integer",
    1,
    Words("Graine", "Seed"),
    Words("Le même tirage à chaque fois.", "The same draw every time."),
    minimum=0,
    maximum=2**31 - 1,
)
MOST_TIES, FEW = 200_000, 19
"""Ties above which the default draws are fewer (a permutation reads every tie), and how many they then are at most."""
TYPES = Words(
    "familles redistribuées au hasard entre les acteurs, liens inchangés", "kinds dealt out anew among the actors, ties unchanged"
)
MARGINS = Words(
    "tableau tiré au hasard, mêmes totaux par ligne et par colonne", "table drawn at random, same totals by row and by column"
)


def draws_parameter(default: int) -> Parameter:
    """Return the parameter that says how many draws a null model makes."""
    return Parameter(
        "draws",
        "integer",
        default,
        Words("Tirages", "Draws"),
        Words("Nombre de tirages du modèle nul ; 0 : aucun.", "Draws of the null model; 0: none."),
        minimum=0,
        maximum=10_000,
    )


def affordable(draws: int, size: int, most: int = MOST_TIES) -> int:
    """Return the draws asked for, or FEW at most where ``size`` is above ``most``."""
    return draws if size <= most else min(draws, FEW)


@dataclass(frozen=True)
class NullResult:
    """What was observed beside what the null gives. ``z`` is None where the null does not vary; ``p`` is two-sided.

    ``mean``, ``sd``, ``z`` and ``p`` are None when the observed value is undefined or no draw was asked for.
    """

    observed: float | None
    mean: float | None
    sd: float | None
    z: float | None
    p: float | None
    draws: int
    seed: int
    null: Words

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        names = ("observed", "mean", "sd", "z", "p", "draws", "seed")
        return {**{name: getattr(self, name) for name in names}, "null": {"fr": self.null.fr, "en": self.null.en}}


def compared(observed: float | None, drawn: Sequence[float | None], seed: int, null: Words) -> NullResult:
    """Return the observed value beside the values of the draws; draws where it is undefined are left out."""
    known = np.array([value for value in drawn if value is not None], dtype=float)
    if observed is None or not len(known):
        return NullResult(observed, None, None, None, None, len(known), seed, null)
    mean, sd = float(known.mean()), float(known.std(ddof=1)) if len(known) > 1 else 0.0
    far = int((np.abs(known - mean) >= abs(observed - mean) - 1e-12).sum())
    z = (observed - mean) / sd if sd > 1e-12 else None
    return NullResult(observed, mean, sd, z, (far + 1) / (len(known) + 1), len(known), seed, null)


def permuted(
    statistic: Callable[[Vector], float | None], groups: Vector, *, draws: int, seed: int, null: Words = TYPES
) -> NullResult:
    """Return a statistic of the groups beside its values under ``draws`` permutations of them."""
    rng = np.random.default_rng(seed)
    return compared(statistic(groups), [statistic(rng.permutation(groups)) for _ in range(draws)], seed, null)


def curveball(table: Vector, rng: np.random.Generator, trades: int) -> Vector:
    """Return a 0/1 matrix with the margins of ``table`` after ``trades`` trades between two rows."""
    rows = [set(np.flatnonzero(row).tolist()) for row in np.asarray(table)]
    if len(rows) > 1:
        pairs = np.argsort(rng.random((trades, len(rows))), axis=1)[:, :2] if len(rows) < 64 else _two(rng, trades, len(rows))
        for one, other in pairs.tolist():
            _trade(rows, one, other, rng)
    found = np.zeros(np.shape(table), dtype=np.int64)
    for place, row in enumerate(rows):
        found[place, sorted(row)] = 1
    return found


def _two(rng: np.random.Generator, trades: int, size: int) -> Vector:
    first = rng.integers(0, size, trades)
    second = (first + rng.integers(1, size, trades)) % size
    return np.column_stack([first, second])


def _trade(rows: list[set[int]], one: int, other: int, rng: np.random.Generator) -> None:
    shared = rows[one] & rows[other]
    left, right = rows[one] - shared, rows[other] - shared
    if not left or not right:
        return
    pool = rng.permutation(sorted(left | right)).tolist()
    rows[one], rows[other] = shared | set(pool[: len(left)]), shared | set(pool[len(left) :])


def with_margins(
    statistic: Callable[[Vector], float | None], table: Vector, *, draws: int, seed: int, null: Words = MARGINS
) -> NullResult:
    """Return a statistic of a 0/1 matrix beside its values in ``draws`` matrices with the same margins.

    One chain, thinned: 5 trades a row between draws, 50 a row before the first (Strona et al. 2014).
    """
    rng, drawn, current = np.random.default_rng(seed), [], np.asarray(table)
    for draw in range(draws):
        current = curveball(current, rng, (50 if draw == 0 else 5) * max(len(current), 1))
        drawn.append(statistic(current))
    return compared(statistic(np.asarray(table)), drawn, seed, null)
