"""What changed between two dates, in words: a small scheme, dates that are missing, a network of one date."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pacte_graph import metrics
from pacte_graph.errors import UsageError
from pacte_graph.metrics.change.snapshots import at
from pacte_graph.network import Link, Network, Node

BEFORE, AFTER = dt.date(2030, 1, 1), dt.date(2031, 1, 1)


def link(actor: str, project: str, **told: Any) -> Link:
    return Link("TAKES_PART_IN", actor, project, "", told)


def scheme(**programme: Any) -> Network:
    """Return p1 (a, b, then c instead of b) and p2 (a, d, e) that starts in between."""
    middle = dt.date(2030, 6, 1)
    nodes = [Node("p1", "Project", {"name": "P1"}), Node("p2", "Project", {"name": "P2", "since": middle})]
    nodes += [Node(name, "Actor", {"name": name.upper()}) for name in "abcdez"]
    links = [link("a", "p1"), link("b", "p1", until=middle), link("c", "p1", since=middle)]
    links += [link("a", "p2"), link("d", "p2"), link("e", "p2")]
    return Network.of(nodes, links, programme={"name": "N", **programme})


def said(network: Network, **dimension: str) -> Any:
    result = metrics.run("change", network, {"before": BEFORE, "after": AFTER})
    return next(value for value in result.values if dict(value.dimension) == dimension)


def test_the_sentence() -> None:
    found = said(scheme(), links="cooperations", measure="persistence")
    assert found.value == 0
    assert found.explanation.fr.startswith(
        "Depuis 2030, 0 coopération sur 1 a duré, 4 sont nouvelles dont 4 avec des entrants, 1 a cessé. [N, toutes dates"
    )
    assert "du 01/01/2030 au 01/01/2031" in found.explanation.fr
    assert "0 of 1 ties of cooperation have lasted, 4 are new, 4 of them with entrants, 1 has ceased" in found.explanation.en
    entered = said(scheme(), nodes="actors", measure="entered")
    assert entered.value == 3
    assert "3 acteurs sont entrés : « C », « D » et « E »." in entered.explanation.fr
    assert "1 acteur est sorti : « B »." in said(scheme(), nodes="actors", measure="left").explanation.fr


def test_details_and_unknown() -> None:
    result = metrics.run("change", scheme(reference_dates=["2030-01-01", "2031-01-01"]))
    assert (result.parameters["before"], result.parameters["after"]) == (BEFORE, AFTER)
    assert [row["id"] for row in result.details["entered"]] == ["p2", "c", "d", "e"]
    assert [row["id"] for row in result.details["left"]] == ["b"]
    assert {(row["source"], row["target"], row["status"]) for row in result.details["links"] if row["type"] == "participation"} == {
        ("a", "p1", "kept"), ("b", "p1", "died"), ("c", "p1", "born"), ("a", "p2", "born"), ("d", "p2", "born"), ("e", "p2", "born"),
    }  # fmt: skip
    assert result.unknown == {"participations_without_dates": 1, "projects_without_dates": 1}
    values = {value.id: (value.value, value.rank) for value in result.values if value.id}
    assert values == {"a": (1, 1), "b": (-1, 5), "c": (1, 1), "d": (1, 1), "e": (1, 1)}  # z takes part in nothing


def test_undefined_with_the_reason() -> None:
    for network in (scheme(), scheme(reference_dates=["2030-01-01"])):
        (value,) = metrics.run("change", network).values
        assert value.value is None
        assert "deux dates de référence" in value.explanation.fr
    (value,) = metrics.run("change", at(scheme(), BEFORE), {"before": BEFORE, "after": AFTER}).values
    assert value.value is None
    assert "une seule date" in value.explanation.fr
    nobody = Network.of([Node("p", "Project", {"since": AFTER})], [], programme={"name": "N"})
    (value,) = metrics.run("change", nobody, {"before": BEFORE, "after": AFTER}).values
    assert value.value is None
    assert "ni acteur ni projet" in value.explanation.fr


def test_dates_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(UsageError, match="later"):
        metrics.run("change", scheme(), {"before": "2031-01-01", "after": "2030-01-01"})


def test_a_new_name_is_not_a_new_node() -> None:
    network = scheme()
    again = Network.of(
        [Node(node.id, node.label, {**node.properties, "name": f"new {node.id}"}) for node in network.nodes],
        network.links,
        programme=network.programme,
    )
    first, second = (metrics.run("change", one, {"before": BEFORE, "after": AFTER}).values for one in (network, again))
    assert [value.value for value in first] == [value.value for value in second]
