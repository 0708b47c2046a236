"""Did those near a project join more than others? Risks, a permutation within strata, difference in differences: numbers only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.metrics.change.joining import Joining

Vector = np.ndarray[Any, Any]
SIZES = (2, 4)
"""Classes of size: actors in 1 project, in 2 or 3, in 4 or more."""


@dataclass(frozen=True)
class Table:
    """Actors by exposure and outcome: exposed who joined, exposed who did not, others who joined, others who did not."""

    exposed_joined: int
    exposed_not: int
    others_joined: int
    others_not: int

    @property
    def exposed(self) -> int:
        """Return how many are exposed."""
        return self.exposed_joined + self.exposed_not

    @property
    def others(self) -> int:
        """Return how many are not."""
        return self.others_joined + self.others_not

    @property
    def risk_ratio(self) -> float | None:
        """Return the share of the exposed who joined over that of the others; None when one of the four cells is empty."""
        if 0 in (self.exposed_joined, self.exposed_not, self.others_joined, self.others_not):
            return None
        return (self.exposed_joined / self.exposed) / (self.others_joined / self.others)

    @property
    def risk_difference(self) -> float | None:
        """Return the difference of the two shares; None when there is nobody to compare."""
        if not self.exposed or not self.others:
            return None
        return self.exposed_joined / self.exposed - self.others_joined / self.others

    def as_dict(self) -> dict[str, int]:
        """Return the four counts."""
        names = ("exposed_joined", "exposed_not", "others_joined", "others_not")
        return {name: getattr(self, name) for name in names}


def table(exposed: Vector, outcome: Vector) -> Table:
    """Return the counts of two boolean series of the same actors."""
    return Table(*(int((one & other).sum()) for one in (exposed, ~exposed) for other in (outcome, ~outcome)))


def shuffled_p(exposed: Vector, outcome: Vector, strata: Sequence[Any], *, draws: int, seed: int) -> float | None:
    """Return how often exposure shuffled within strata gives at least as many exposed who joined: p = (b + 1)/(B + 1).

    One-sided. Shuffling k exposed among n actors of whom y joined draws a hypergeometric number: it is drawn as such. None
    when no stratum mixes exposed and others, joined and not: nothing could have come out otherwise.
    """
    groups: dict[Any, list[int]] = {}
    for place, stratum in enumerate(strata):
        groups.setdefault(stratum, []).append(place)
    chance, drawn, varies = np.random.default_rng(seed), np.zeros(draws, dtype=np.int64), False
    for stratum in sorted(groups):
        members = np.array(groups[stratum])
        size, near, joined = len(members), int(exposed[members].sum()), int(outcome[members].sum())
        varies |= 0 < near < size and 0 < joined < size
        drawn += chance.hypergeometric(joined, size - joined, near, draws) if near else 0
    if not varies:
        return None
    observed = int((exposed & outcome).sum())
    return (int((drawn >= observed).sum()) + 1) / (draws + 1)


def ring(matrix: sparse.csr_array, project: int, steps: int) -> Vector:
    """Return which actors are within ``steps`` rings of a project; ``matrix`` is actors × projects.

    Ring 1: its partners; ring 2: those who share a project with one of them; and so on.
    """
    reached = np.asarray(matrix[:, [project]].sum(axis=1)).ravel() > 0
    for _ in range(steps - 1):
        projects = matrix.T @ reached.astype(float)
        wider = matrix @ (projects > 0).astype(float) > 0
        if (wider == reached).all():
            break
        reached = wider
    return reached


@dataclass(frozen=True)
class Observed:
    """What was seen around one project. ``places``: the actors who take part in something at the first date."""

    places: Vector
    exposed: Vector
    joined: Vector
    whole: Table
    by_kind: dict[str, Table]
    p: float | None
    partners: tuple[float, float] | None
    others: tuple[float, float] | None

    @property
    def difference_in_differences(self) -> float | None:
        """Return what partners gained in other projects a head, less what others gained; None without both."""
        if self.partners is None or self.others is None:
            return None
        return (self.partners[1] - self.partners[0]) - (self.others[1] - self.others[0])


def observed(
    found: Joining, project: int, before: dt.date, after: dt.date, *, steps: int, draws: int, seed: int
) -> Observed | None:
    """Return what was seen around a project between two dates; None when nobody takes part in it at the first.

    Population: the actors who take part in something at the first date (newcomers had nothing to be exposed by).
    """
    early, late = found.matrix(before), found.matrix(after)
    partners = ring(early, project, 1)
    if not partners.any():
        return None
    counts = np.asarray(early.sum(axis=1)).ravel()
    places = np.flatnonzero(counts > 0)
    exposed, joined = ring(early, project, steps)[places], found.joined(before, after)[places]
    kinds = [found.actors[at].group for at in places.tolist()]
    strata = list(zip(kinds, np.digitize(counts[places], SIZES).tolist(), strict=True))
    of_kind = {
        kind: table(exposed[chosen], joined[chosen])
        for kind in sorted(set(kinds))
        for chosen in (np.array([one == kind for one in kinds]),)
    }
    elsewhere = [_elsewhere(matrix, project)[places] for matrix in (early, late)]
    near = partners[places]
    means = [(float(elsewhere[0][who].mean()), float(elsewhere[1][who].mean())) if who.any() else None for who in (near, ~near)]
    p = shuffled_p(exposed, joined, strata, draws=draws, seed=seed)
    return Observed(places, exposed, joined, table(exposed, joined), of_kind, p, means[0], means[1])


def _elsewhere(matrix: sparse.csr_array, project: int) -> Vector:
    """Return how many projects each actor is in, that project left out."""
    own = np.asarray(matrix[:, [project]].sum(axis=1)).ravel()
    found: Vector = np.asarray(matrix.sum(axis=1)).ravel() - own
    return found
