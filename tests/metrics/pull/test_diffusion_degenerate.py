"""Diffusion, structure and portfolios on degenerate networks, shuffled and relabelled."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from pacte_graph import metrics
from pacte_graph.network import Link, Network, Node

NAMES: dict[str, list[dict[str, Any]]] = {
    "katz": [{}, {"theta": 0.9, "kappa": 1.0}, {"theta": 0.0}],
    "proximity": [{}, {"weight": "role", "damping": 0.99}, {"damping": 0.0}],
    "cascade": [{"sets": 500}, {"sets": 500, "model": "weighted", "counted": "members"}],
    "micmac": [{}, {"memory": True}],
    "mactor": [{}],
    "dependency_structure": [{}],
    "portfolio": [{}, {"objective": "types", "k": 2}, {"objective": "loss", "k": 2}, {"d": 3, "k": 2}],
}
CASES = [(name, parameters) for name, variants in NAMES.items() for parameters in variants]


def project(name: str) -> Node:
    return Node(name, "Project", {"name": name.upper()})


def actor(name: str, **more: Any) -> Node:
    return Node(name, "Actor", {"name": name.upper(), **more})


def takes(who: str, what: str, **more: Any) -> Link:
    return Link("TAKES_PART_IN", who, what, str(more.get("role", "")), more)


def linked(one: str, other: str, **more: Any) -> Link:
    return Link("LINKED_TO", one, other, str(more.get("sense", "")), more)


def star() -> Network:
    return Network.of(
        [project("p"), *(actor(f"a{n}") for n in range(6))], [takes(f"a{n}", "p", role="partner") for n in range(6)]
    )


def clique() -> Network:
    names = [f"p{n}" for n in range(4)]
    return Network.of(
        [project(n) for n in names], [linked(a, b, sense="mutual", intensity=2) for a in names for b in names if a < b]
    )


def two_parts() -> Network:
    nodes = [project("p1"), project("p2"), actor("a1", kind="company"), actor("a2", kind="chamber")]
    return Network.of(nodes, [takes("a1", "p1"), takes("a2", "p2")])


def parallel() -> Network:
    links = [takes("a", "p", role=role, amount=amount) for role, amount in (("lead", 0.0), ("partner", -5.0), ("funder", None))]
    links += [linked("p", "p", sense="pulls"), linked("p", "q", sense="pulls"), linked("p", "q", sense="depends_on", intensity=3)]
    return Network.of(
        [project("p"), project("q"), actor("a"), Node("x", "Person", {"name": "X"})], [*links, takes("x", "p", role="manager")]
    )


NETWORKS: dict[str, Callable[[], Network]] = {
    "empty": lambda: Network.of([], []),
    "one project": lambda: Network.of([project("p")], []),
    "one actor": lambda: Network.of([actor("a")], []),
    "isolates": lambda: Network.of([project("p"), project("q"), actor("a"), actor("b")], []),
    "star": star,
    "clique": clique,
    "two parts": two_parts,
    "parallel": parallel,
    "territories alone": lambda: Network.of([Node("t", "Territory", {"name": "T"})], []),
}


@pytest.mark.parametrize(("name", "parameters"), CASES)
@pytest.mark.parametrize("network", NETWORKS)
def test_a_number_or_a_reason(network: str, name: str, parameters: dict[str, Any]) -> None:
    result = metrics.run(name, NETWORKS[network](), parameters)
    for value in result.values:
        assert value.value is None or np.isfinite(value.value)
        assert value.explanation.fr.endswith("]")
        assert "nan" not in value.explanation.en
        if value.value is None:
            assert "non défini" in value.explanation.fr
        elif value.low is not None:
            assert value.high is not None
            assert value.low - 1e-9 <= value.value <= value.high + 1e-9
    if name in {"katz", "proximity", "cascade"}:
        members = {node.id for node in NETWORKS[network]().nodes if node.label in {"Project", "Actor"}}
        assert {value.id for value in result.values} == members


def scheme(seed: int, rename: Callable[[int], int]) -> Network:
    """Return one random network whatever the seed of its names and order."""
    chance = random.Random(5)
    nodes = [project(f"p{rename(n)}") for n in range(7)] + [
        actor(f"a{rename(n)}", kind=("company", "chamber")[n % 2]) for n in range(9)
    ]
    pairs = chance.sample([(a, p) for a in range(9) for p in range(7)], 20)
    links = [takes(f"a{rename(a)}", f"p{rename(p)}", role=chance.choice(["lead", "partner"])) for a, p in pairs]
    arcs = chance.sample([(a, b) for a in range(7) for b in range(7) if a != b], 14)
    links += [linked(f"p{rename(a)}", f"p{rename(b)}", sense="pulls", intensity=chance.randint(1, 3)) for a, b in arcs]
    random.Random(seed).shuffle(nodes)
    random.Random(seed).shuffle(links)
    return Network.of(nodes, links, programme={"name": "N"})


def read(result: Any, back: Callable[[str], str]) -> dict[tuple[str, str], Any]:
    return {(back(value.id or ""), str(sorted(value.dimension.items()))): value.value for value in result.values}


@pytest.mark.parametrize("name", ["katz", "micmac", "dependency_structure", "proximity"])
def test_new_names_change_nothing_but_names(name: str) -> None:
    def rename(n: int) -> int:
        return (n * 7 + 3) % 11

    back = {f"{kind}{rename(n)}": f"{kind}{n}" for kind in "pa" for n in range(9)}
    given = ({"start": "p0"}, {"start": f"p{rename(0)}"}) if name == "proximity" else ({}, {})
    first = read(metrics.run(name, scheme(1, lambda n: n), given[0]), lambda n: n)
    again = read(metrics.run(name, scheme(2, rename), given[1]), lambda n: back.get(n, n))
    assert first.keys() == again.keys()
    assert first == pytest.approx(again, abs=1e-7, nan_ok=True)


@pytest.mark.parametrize(("name", "parameters"), CASES)
def test_order_of_the_tables_changes_nothing(name: str, parameters: dict[str, Any]) -> None:
    first, again = (metrics.run(name, scheme(seed, lambda n: n), parameters) for seed in (1, 2))
    assert list(first.values) == list(again.values)


@pytest.mark.parametrize("parameters", NAMES["portfolio"])
def test_new_names_keep_the_total_of_a_portfolio(parameters: dict[str, Any]) -> None:
    first, again = (
        metrics.run("portfolio", scheme(1, name), parameters).values[0].value for name in (lambda n: n, lambda n: 10 - n)
    )
    assert first == pytest.approx(again, abs=1e-7)


def test_an_isolate_changes_no_value_of_others() -> None:
    for name, parameters in (("katz", {}), ("proximity", {"start": "p1"})):
        before = scheme(1, lambda n: n)
        after = Network.of([*before.nodes, actor("alone")], before.links, programme={"name": "N"})
        first, again = (read(metrics.run(name, network, parameters), lambda n: n) for network in (before, after))
        assert {key: value for key, value in again.items() if key[0] != "alone"} == pytest.approx(first, abs=1e-12)
