"""Names of nodes change nothing; adding an isolate changes no value of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from pacte_graph import metrics
from pacte_graph.metrics import MetricResult
from pacte_graph.network import Link, Network, Node

OURS = ("leverage", "savings", "coverage", "equity", "collaboration", "dialogue", "completeness")


def numbers(result: MetricResult, back: Mapping[str, str]) -> dict[Any, Any]:
    return {
        (back.get(v.id or "", v.id), tuple(sorted(v.dimension.items()))): (v.value, v.low, v.high, v.rank) for v in result.values
    }


def close(one: Any, other: Any) -> bool:
    return one is other is None or one == pytest.approx(other, abs=1e-9)


@pytest.mark.parametrize("name", OURS)
def test_other_identifiers_give_the_same_values(mini: Network, name: str) -> None:
    order = sorted(mini.by_id, reverse=True)
    new = {old: f"n{place:03}" for place, old in enumerate(order)}
    nodes = [replace(node, id=new[node.id]) for node in mini.nodes]
    links = [Link(x.type, new[x.source], new[x.target], x.key, x.properties) for x in mini.links]
    other = Network.of(nodes, links, scope=mini.scope, programme=mini.programme)
    before, after = (
        numbers(metrics.run(name, mini), {}),
        numbers(metrics.run(name, other), {told: old for old, told in new.items()}),
    )
    assert before.keys() == after.keys()
    for key, told in before.items():
        assert all(close(a, b) for a, b in zip(told, after[key], strict=True)), key


@pytest.mark.parametrize("name", OURS)
def test_an_isolated_company_changes_no_value_of_others(mini: Network, name: str) -> None:
    other = Network.of(
        [*mini.nodes, Node("new", "Actor", {"name": "New", "kind": "entreprise"})],
        mini.links,
        scope=mini.scope,
        programme=mini.programme,
    )
    before, after = (numbers(metrics.run(name, one), {}) for one in (mini, other))
    for key, told in before.items():
        if name == "completeness" and key[0] is None:
            continue  # one more sheet is one more to fill
        assert all(close(a, b) for a, b in zip(told, after[key], strict=True)), key
