"""E-I index (Krackhardt & Stern 1988), participation and within-module degree (Guimerà & Amaral 2005) of undirected ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pacte_graph.metrics.cooperation.triangles import Ties

Vector = np.ndarray[Any, Any]
HUB = 2.5
"""Least within-module z of a hub."""
ROLES = (
    ("ultra_peripheral", 0.05),
    ("peripheral", 0.62),
    ("connector", 0.80),
    ("kinless", np.inf),
)
"""Roles of a node that is no hub, with the participation below which each ends."""
HUB_ROLES = (("provincial_hub", 0.30), ("connector_hub", 0.75), ("kinless_hub", np.inf))


@dataclass(frozen=True)
class Openness:
    """External and internal weight, whole, by group and by node; group totals count an internal tie from both ends (UCINET)."""

    external: float
    internal: float
    by_group: Vector
    """K × 2: external and internal weight seen from a group's members."""
    by_node: Vector
    """n × 2: external and internal weight of a node."""

    @property
    def index(self) -> float | None:
        """Return (E − I)/(E + I); None without a tie."""
        return ratio(self.external, self.internal)


def ratio(external: float, internal: float) -> float | None:
    """Return (E − I)/(E + I), from −1 to +1; None when both are 0."""
    whole = external + internal
    return (external - internal) / whole if whole > 0 else None


def openness(found: Ties, groups: Vector, *, weighted: bool = False) -> Openness:
    """Return what goes out of a node's own group and what stays in. O(m)."""
    weight = found.weight if weighted else np.ones(len(found.first))
    out = groups[found.first] != groups[found.second]
    by_node = np.column_stack([found.sums(weight * out), found.sums(weight * ~out)])
    kinds = int(groups.max(initial=-1)) + 1
    by_group = np.column_stack([np.bincount(groups, by_node[:, side], kinds) for side in (0, 1)]) if kinds else np.zeros((0, 2))
    return Openness(float(weight[out].sum()), float(weight[~out].sum()), by_group, by_node)


def expected_index(sizes: Vector) -> float | None:
    """Return the E-I of ties drawn at random among groups of these sizes; None where no tie is possible."""
    whole = float(sizes.sum())
    internal = float((sizes * (sizes - 1) / 2).sum())
    return ratio(whole * (whole - 1) / 2 - internal, internal)


def by_module(found: Ties, groups: Vector, weight: Vector) -> Vector:
    """Return n × K: the weight of each node's ties with each group."""
    kinds = int(groups.max(initial=-1)) + 1
    table = np.zeros(found.size * kinds)
    for end, other in ((found.first, found.second), (found.second, found.first)):
        table += np.bincount(end * kinds + groups[other], weight, found.size * kinds)
    return table.reshape(found.size, kinds)


def participation(found: Ties, groups: Vector, *, weighted: bool = False) -> tuple[Vector, Vector]:
    """Return P = 1 − Σ (k_s/k)², NaN without a tie, and P over its greatest value 1 − 1/S (NaN with one group). O(m)."""
    table = by_module(found, groups, found.weight if weighted else np.ones(len(found.first)))
    whole = table.sum(axis=1)
    shares = np.divide(table, whole[:, None], out=np.full(table.shape, np.nan), where=whole[:, None] > 0)
    spread = np.maximum(1 - (shares**2).sum(axis=1), 0.0) if table.shape[1] else np.full(found.size, np.nan)
    most = 1 - 1 / table.shape[1] if table.shape[1] > 1 else np.nan
    return spread, spread / most


def within_module(found: Ties, groups: Vector) -> Vector:
    """Return z = (k in one's module − mean)/sd over the module, population sd; 0 where sd is 0. O(m)."""
    table = by_module(found, groups, np.ones(len(found.first)))
    own = table[np.arange(found.size), groups] if table.size else np.zeros(found.size)
    sizes = np.bincount(groups)
    mean = np.bincount(groups, own) / np.maximum(sizes, 1)
    spread = np.sqrt(np.maximum(np.bincount(groups, (own - mean[groups]) ** 2) / np.maximum(sizes, 1), 0.0))
    z: Vector = np.divide(own - mean[groups], spread[groups], out=np.zeros(found.size), where=spread[groups] > 1e-12)
    return z


def role(z: float, spread: float) -> str | None:
    """Return the role of Guimerà & Amaral of a node by its z and P; None where P is undefined.

    >>> role(0.0, 0.7), role(3.0, 0.1)
    ('connector', 'provincial_hub')
    """
    if np.isnan(spread):
        return None
    return next(name for name, end in (HUB_ROLES if z >= HUB else ROLES) if spread < end)
