"""The ordered registry of metrics: command line, app, docs and report are drawn from it and from nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pacte_graph.errors import UnknownName
from pacte_graph.metrics.change.change import CHANGE
from pacte_graph.metrics.change.observed_pull import OBSERVED_PULL
from pacte_graph.metrics.cooperation.backbone import BACKBONE
from pacte_graph.metrics.cooperation.bridging import BRIDGING
from pacte_graph.metrics.cooperation.centrality import BETWEENNESS, EIGENVECTOR, HARMONIC
from pacte_graph.metrics.cooperation.cohesion import COHESION
from pacte_graph.metrics.cooperation.communities import COMMUNITIES
from pacte_graph.metrics.cooperation.core import CORE
from pacte_graph.metrics.cooperation.degree import DEGREE
from pacte_graph.metrics.cooperation.ei_index import EI_INDEX
from pacte_graph.metrics.cooperation.mixing import MIXING
from pacte_graph.metrics.cooperation.passing import BROKERAGE
from pacte_graph.metrics.cooperation.projection import PROJECTION
from pacte_graph.metrics.cooperation.reach_of_kinds import PARTICIPATION
from pacte_graph.metrics.cooperation.robustness import ROBUSTNESS
from pacte_graph.metrics.cooperation.structural_holes import STRUCTURAL_HOLES
from pacte_graph.metrics.cooperation.two_mode import TWO_MODE_CENTRALITY
from pacte_graph.metrics.model import Metric, MetricResult
from pacte_graph.metrics.pull.by_kind import PULL_BY_TYPE
from pacte_graph.metrics.pull.cascade import CASCADE
from pacte_graph.metrics.pull.decomposition import DECOMPOSITION
from pacte_graph.metrics.pull.diffusion import KATZ, PROXIMITY
from pacte_graph.metrics.pull.dsm import DEPENDENCY_STRUCTURE
from pacte_graph.metrics.pull.extraction import EXTRACTION
from pacte_graph.metrics.pull.linkages import INFLUENCE, LINKAGES, TOTAL_EFFECT
from pacte_graph.metrics.pull.mactor import MACTOR
from pacte_graph.metrics.pull.micmac import MICMAC
from pacte_graph.metrics.pull.portfolio import PORTFOLIO
from pacte_graph.metrics.pull.reach import REACH
from pacte_graph.metrics.pull.structural_extraction import STRUCTURAL_EXTRACTION
from pacte_graph.metrics.scheme.collaboration import COLLABORATION
from pacte_graph.metrics.scheme.completeness import COMPLETENESS
from pacte_graph.metrics.scheme.coverage import COVERAGE
from pacte_graph.metrics.scheme.declination import DECLINATION
from pacte_graph.metrics.scheme.dialogue import DIALOGUE
from pacte_graph.metrics.scheme.dolls import NESTING
from pacte_graph.metrics.scheme.equity import EQUITY
from pacte_graph.metrics.scheme.leverage import LEVERAGE
from pacte_graph.metrics.scheme.savings import SAVINGS
from pacte_graph.network.model import Network

# the catalogue's order: what the scheme asks, who pulls, who cooperates
_ORDER = (
    DECLINATION,
    NESTING,
    LEVERAGE,
    SAVINGS,
    COVERAGE,
    EQUITY,
    COLLABORATION,
    DIALOGUE,
    COMPLETENESS,
    INFLUENCE,
    TOTAL_EFFECT,
    LINKAGES,
    DECOMPOSITION,
    PULL_BY_TYPE,
    EXTRACTION,
    STRUCTURAL_EXTRACTION,
    KATZ,
    PROXIMITY,
    CASCADE,
    REACH,
    MICMAC,
    MACTOR,
    DEPENDENCY_STRUCTURE,
    OBSERVED_PULL,
    PORTFOLIO,
    DEGREE,
    PROJECTION,
    TWO_MODE_CENTRALITY,
    BETWEENNESS,
    HARMONIC,
    EIGENVECTOR,
    CORE,
    COMMUNITIES,
    BROKERAGE,
    EI_INDEX,
    PARTICIPATION,
    BACKBONE,
    STRUCTURAL_HOLES,
    MIXING,
    COHESION,
    ROBUSTNESS,
    CHANGE,
    BRIDGING,
)
REGISTRY: Mapping[str, Metric] = MappingProxyType({metric.id: metric for metric in _ORDER})


def show(name: str) -> Metric:
    """Return the metric of that id or catalogue code (``E3``; ``E6`` is E6a). Raises UnknownName listing what there is."""
    wanted = name.lower()
    by_code = {metric.code.lower(): metric for metric in reversed(list(REGISTRY.values()))}
    found = REGISTRY.get(name) or by_code.get(wanted) or by_code.get(f"{wanted}a")
    if found is None:
        raise UnknownName(f"There is no metric {name}; there are: {', '.join(REGISTRY)}.", hint="See: pacte metrics list")
    return found


def run(name: str, network: Network, parameters: Mapping[str, Any] | None = None) -> MetricResult:
    """Compute the metric of that id or code on ``network``."""
    return show(name).run(network, parameters)
