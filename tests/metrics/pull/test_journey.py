"""The journey of a pull: paths, rounds and contributions, against enumeration and against the metrics they explain."""

from __future__ import annotations

import json
from itertools import pairwise, permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from pacte_graph import metrics
from pacte_graph.errors import UnknownName, UsageError
from pacte_graph.metrics.pull import paths as module
from pacte_graph.metrics.pull.effects import total_effects
from pacte_graph.metrics.pull.influence import HYPOTHESES
from pacte_graph.metrics.pull.journey import journey
from pacte_graph.metrics.pull.linkages import coefficients
from pacte_graph.metrics.pull.paths import heaviest_paths
from pacte_graph.network import Link, Network, Node

DEFAULTS = {item.name: item.default for item in HYPOTHESES}


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("name", ["P03", "TM", "UNI1", "ISOL"])
def test_contributions_add_up_to_the_drive(mini: Network, name: str, own: bool) -> None:
    found = journey(mini, name, parameters={"include_self": own})
    drives = {v.id: v.value for v in metrics.run("E3", mini, {"include_self": own}).values if v.dimension == {"axis": "drive"}}
    assert found.value == pytest.approx(drives[name], abs=1e-9)
    assert sum(one.amount for one in found.contributions) + found.own == pytest.approx(drives[name], abs=1e-9)
    assert all(one.direct + one.beyond == pytest.approx(one.amount) for one in found.contributions)


def test_the_published_drive_of_the_mini_scheme(mini: Network, expected: dict[str, Any]) -> None:
    wanted = expected["linkages"]["modes"]["sym"]["motricite"]["P03"]
    assert journey(mini, "P03", parameters={"include_self": True}).value == pytest.approx(wanted, abs=1e-9)


def test_a_pair(mini: Network) -> None:
    ids, matrix, _ = coefficients(mini, DEFAULTS)
    effects = total_effects(matrix)
    found = journey(mini, "P03", "UNI1")
    assert found.value == pytest.approx(effects[ids.index("P03"), ids.index("UNI1")])
    assert sum(one.amount for one in found.contributions) == pytest.approx(found.value)
    assert sum(share for _, _, share in found.rounds) + found.later == pytest.approx(1)
    assert found.paths[0].nodes[0].id == "P03"
    assert found.paths[0].nodes[-1].id == "UNI1"
    assert 0 < sum(path.share for path in found.paths) < 1
    assert "Le chemin qui porte le plus : Pacte territorial → " in found.sentences[-1].fr


@pytest.mark.parametrize("kind", ["universite", "entreprise", "public"])
def test_a_kind_is_what_e5_says(mini: Network, kind: str) -> None:
    nodes = [
        Node(n.id, n.label, {**n.properties, "kind": "university"} if n.properties.get("kind") == kind else n.properties)
        for n in mini.nodes
    ]
    network = Network.of(nodes, mini.links, programme=mini.programme)
    rows = {(row["id"], row["kind"]): row["total"] for row in metrics.run("E5", network).details["rows"]}
    found = journey(network, "P03", kind="university")
    assert found.value == pytest.approx(rows["P03", "university"])
    assert sum(one.amount for one in found.contributions) == pytest.approx(found.value)
    assert all(path.nodes[-1].group == "university" for path in found.paths)


def chain() -> Network:
    nodes = [Node(name, "Project", {"name": name.upper()}) for name in ("p1", "p2", "p3", "p4")]
    pulls = {"sense": "pulls", "intensity": 1}
    return Network.of(nodes, [Link("LINKED_TO", a, b, "", pulls) for a, b in (("p1", "p2"), ("p2", "p3"))])


def test_a_chain_by_hand() -> None:
    found = journey(chain(), "p1", "p3", parameters={"kappa": 0})
    assert found.value == pytest.approx(0.25)
    assert [(path.weight, path.share) for path in found.paths] == [(pytest.approx(0.25), pytest.approx(1))]
    assert found.rounds[1] == (2, pytest.approx(0.25), pytest.approx(1))
    assert found.sentences[0].fr.startswith(
        "Pour 1 unité d'engagement, « P1 » en entraîne 0,25 chez « P3 » : 100\u00a0% par « P2 »."
    )
    drive = journey(chain(), "p1", parameters={"kappa": 0})
    assert drive.value == pytest.approx(4 * 0.75 / 1.25)
    assert [(one.node.id, one.direct, one.beyond) for one in drive.contributions] == [
        ("p2", pytest.approx(1.6), pytest.approx(0.8))
    ]
    nowhere = journey(chain(), "p3", "p1", parameters={"kappa": 0})
    assert (nowhere.value, nowhere.paths, nowhere.contributions) == (0, (), ())
    assert "aucun chemin" in nowhere.sentences[0].fr


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 5), st.integers(0, 2**32 - 1))
def test_the_heaviest_paths_are_those_of_an_enumeration(size: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = np.where(rng.random((size, size)) < 0.6, rng.choice([0.1, 0.3, 0.5, 1.5], (size, size)), 0.0)
    np.fill_diagonal(matrix, 0)
    sinks = (rng.random(size) < 0.5).astype(float)
    wanted = []
    for length in range(2, size + 1):
        for path in permutations(range(size), length):
            weight = float(np.prod([matrix[a, b] for a, b in pairwise(path)]))
            if path[0] == 0 and sinks[path[-1]] and weight > 0:
                wanted.append((path, weight))
    found = heaviest_paths(sparse.csr_array(matrix), 0, sinks, 4)
    best = sorted((weight for _, weight in wanted), reverse=True)[:4]
    assert [weight for _, weight in found.paths] == pytest.approx(best)
    assert all(weight == pytest.approx(dict(wanted)[path]) for path, weight in found.paths)
    assert found.whole


def test_the_search_says_when_it_stops(mini: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EFFORT", 1)
    found = journey(mini, "P03", "UNI1")
    assert not found.whole
    assert found.as_dict()["paths_whole"] is False


def test_shuffled_tables_say_the_same(mini: Network) -> None:
    mixed = Network.of(reversed(mini.nodes), reversed(mini.links), scope=mini.scope, programme=mini.programme)
    assert journey(mixed, "P03", "UNI1").as_dict() == journey(mini, "P03", "UNI1").as_dict()


def test_as_json(mini: Network) -> None:
    for found in (journey(mini, "P03"), journey(mini, "P03", "UNI1"), journey(mini, "ISOL", kind="company")):
        told = found.as_dict()
        assert json.loads(json.dumps(told, allow_nan=False)) == told
        assert all("[MINI, toutes dates confondues" in said["fr"] for said in told["sentences"])


def test_undefined_and_refused(mini: Network) -> None:
    alone = Network.of([Node("p", "Project", {"name": "P"}), Node("t", "Territory", {"name": "T"})], [])
    assert journey(alone, "p").value is None
    assert "non défini" in journey(alone, "p").sentences[0].fr
    with pytest.raises(UsageError, match="neither a project nor an actor"):
        journey(alone, "t")
    for words, said in (
        ({"source": "nobody"}, "nobody"), ({"source": "P03", "target": "x"}, "x"), ({"source": "P03", "kind": "wizard"}, "wizard"),
        ({"source": "P03", "parameters": {"tetha": 1}}, "tetha"),
    ):  # fmt: skip
        with pytest.raises(UnknownName, match=said):
            journey(mini, **words)
    with pytest.raises(UsageError, match="from one node to another"):
        journey(mini, "P03", "P03")
    with pytest.raises(UsageError, match="not to both"):
        journey(mini, "P03", "TM", "company")
