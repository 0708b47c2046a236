"""Savings of doing together, and how to share them: pure arithmetic, in euros."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import factorial

from pacte_graph.errors import MetricUndefined

EXACT = 12
"""Players up to which the Shapley value is computed exactly, over all coalitions."""


@dataclass(frozen=True, slots=True)
class Saving:
    """The costs of a project, in euros; None is unknown. ``alone`` sums what each would spend apart."""

    alone: float | None
    joint: float | None
    coordination: float | None

    @property
    def break_even(self) -> float | None:
        """Return the coordination cost beyond which acting together costs more: Σ alone − joint."""
        return None if self.alone is None or self.joint is None else self.alone - self.joint

    @property
    def net(self) -> float | None:
        """Return Σ alone − joint − coordination; below zero when acting together costs more."""
        most = self.break_even
        return None if most is None or self.coordination is None else most - self.coordination

    @property
    def rate(self) -> float | None:
        """Return net / Σ alone."""
        return None if self.net is None or not self.alone else self.net / self.alone


def present_value(yearly: float, years: int, discount: float, investment: float) -> float:
    """Return Σ_{t=1}^{years} yearly / (1 + discount)^t − investment.

    >>> round(present_value(100.0, 2, 0.1, 50.0), 2)
    123.55
    """
    return sum(yearly / (1 + discount) ** year for year in range(1, years + 1)) - investment


def pro_rata(costs: Mapping[str, float], saving: float) -> dict[str, float]:
    """Return the saving shared in proportion to what each would spend alone; equal shares when all would spend nothing."""
    everything = sum(costs.values())
    return {name: saving * (cost / everything if everything else 1 / len(costs)) for name, cost in sorted(costs.items())}


def shapley(players: Sequence[str], worth: Callable[[frozenset[str]], float]) -> dict[str, float]:
    """Return the Shapley value: each player's mean marginal worth over all orders of arrival (Shapley 1953).

    Exact, over 2ⁿ coalitions: raises MetricUndefined beyond ``EXACT`` players.
    """
    count = len(players)
    if count > EXACT:
        raise MetricUndefined(f"The Shapley value of {count} partners isn't computed: {EXACT} at most.", hint="Share pro rata.")
    worths = [worth(frozenset(player for place, player in enumerate(players) if mask >> place & 1)) for mask in range(1 << count)]
    share = dict.fromkeys(players, 0.0)
    for mask, value in enumerate(worths):
        size = mask.bit_count()
        for place, player in enumerate(players):
            if not mask >> place & 1:
                chance = factorial(size) * factorial(count - size - 1) / factorial(count)
                share[player] += chance * (worths[mask | 1 << place] - value)
    return share


def shared(costs: Mapping[str, float], bill: float, key: str) -> dict[str, float]:
    """Return each partner's part of the saving Σ costs − ``bill``, by ``pro_rata`` or ``shapley``.

    Shapley's worth of a coalition is max(0, Σ its costs − bill): alone, it would pay the whole common bill or act apart
    (O'Neill's bankruptcy game). A loss has no such worth: it is shared pro rata, and so is a saving among too many.
    """
    saving = sum(costs.values()) - bill
    if key == "shapley" and saving >= 0 and 0 < len(costs) <= EXACT:
        return shapley(sorted(costs), lambda members: max(0.0, sum(costs[name] for name in members) - bill))
    return pro_rata(costs, saving) if costs else {}
