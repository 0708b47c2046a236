"""The ordered registry of metrics: command line, app, docs and report are drawn from it and from nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pacte_graph.errors import UnknownName
from pacte_graph.metrics.cooperation.degree import DEGREE
from pacte_graph.metrics.cooperation.projection import PROJECTION
from pacte_graph.metrics.model import Metric, MetricResult
from pacte_graph.metrics.pull.by_kind import PULL_BY_TYPE
from pacte_graph.metrics.pull.cascade import CASCADE
from pacte_graph.metrics.pull.diffusion import KATZ, PROXIMITY
from pacte_graph.metrics.pull.dsm import DEPENDENCY_STRUCTURE
from pacte_graph.metrics.pull.linkages import INFLUENCE, LINKAGES, TOTAL_EFFECT
from pacte_graph.metrics.pull.mactor import MACTOR
from pacte_graph.metrics.pull.micmac import MICMAC
from pacte_graph.metrics.pull.portfolio import PORTFOLIO
from pacte_graph.metrics.pull.reach import REACH
from pacte_graph.metrics.scheme.declination import DECLINATION
from pacte_graph.metrics.scheme.dolls import NESTING
from pacte_graph.network.model import Network

_ORDER = (
    DECLINATION,
    NESTING,
    INFLUENCE,
    TOTAL_EFFECT,
    LINKAGES,
    PULL_BY_TYPE,
    KATZ,
    PROXIMITY,
    CASCADE,
    REACH,
    MICMAC,
    MACTOR,
    DEPENDENCY_STRUCTURE,
    PORTFOLIO,
    DEGREE,
    PROJECTION,
)
REGISTRY: Mapping[str, Metric] = MappingProxyType({metric.id: metric for metric in _ORDER})


def show(name: str) -> Metric:
    """Return the metric of that id or catalogue code (``E3``). Raises UnknownName listing what there is."""
    found = REGISTRY.get(name) or next((metric for metric in REGISTRY.values() if metric.code.lower() == name.lower()), None)
    if found is None:
        raise UnknownName(f"There is no metric {name}; there are: {', '.join(REGISTRY)}.", hint="See: pacte metrics list")
    return found


def run(name: str, network: Network, parameters: Mapping[str, Any] | None = None) -> MetricResult:
    """Compute the metric of that id or code on ``network``."""
    return show(name).run(network, parameters)
