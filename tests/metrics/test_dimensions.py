"""Every dimension a metric gives, and every kind of unknown it counts, has a name in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks import snapshots
from pacte_graph.errors import PacteError
from pacte_graph.metrics import REGISTRY
from pacte_graph.metrics.column import bare
from pacte_graph.metrics.dimensions import MEASURES, about
from pacte_graph.metrics.model import Metric, MetricResult
from pacte_graph.metrics.unknowns import UNKNOWNS, missing
from pacte_graph.network.model import Network

SAME = {"participations"}
"""Names that are the same word in French."""


@pytest.fixture(scope="module")
def network() -> Network:
    return snapshots.fictitious()


def results(metric: Metric, network: Network) -> Iterator[MetricResult]:
    """Yield the metric's results with its defaults, then with each choice of each of its parameters."""
    runs = [{}] + [{item.name: choice.value} for item in metric.parameters for choice in item.choices]
    runs += [{item.name: told} for item in metric.parameters if item.type == "boolean" for told in (False, True)]
    for given in runs:
        try:
            yield metric.run(network, given)
        except PacteError:
            continue  # this choice has no meaning here


@pytest.mark.parametrize("name", REGISTRY)
def test_every_dimension_is_said(name: str, network: Network) -> None:
    seen: set[tuple[tuple[str, str | int], ...]] = set()
    for result in results(REGISTRY[name], network):
        seen.update(tuple(value.dimension.items()) for value in bare(result.values))
    assert seen
    for dimension in seen:
        told = about(dict(dimension), network)
        for key, value in dimension:
            assert value in MEASURES if key == "measure" else about({key: value}, network).fr not in {str(value), ""} - SAME, key
        if dimension:
            assert told.fr
        assert len({about(dict(other), network).fr for other in seen}) == len(seen), name


def test_a_number_alone_is_about_nothing() -> None:
    assert about({}).fr == ""
    assert about({"distance": 1, "kind": "chamber"}).en == "1 step, Chamber of commerce or trades"
    assert about({"distance": 2, "kind": "unknown"}).fr == "2 pas, type non renseigné"
    assert about({"measure": "metric", "metric": "linkages"}).fr == REGISTRY["linkages"].label.fr
    assert about({"measure": "part", "project": "project:x"}).en == "part of the saving, project:x"


@pytest.mark.parametrize("name", REGISTRY)
def test_every_unknown_is_said(name: str, network: Network) -> None:
    for result in results(REGISTRY[name], network):
        assert result.unknown.keys() <= UNKNOWNS.keys()


def test_what_is_missing_is_counted_in_words() -> None:
    assert missing({}).fr == missing({"cells_unknown": 0}).en == ""
    found = missing({"links_without_direction": 1, "cells_unknown": 0, "projects_without_budget": 1200})
    assert found.fr == "1 lien sans sens, 1\u202f200 projets sans budget"
    assert found.en == "1 link without direction, 1,200 projects without budget"
