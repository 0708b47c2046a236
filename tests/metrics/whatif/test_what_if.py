"""What-if: networks that aren't, compared with the one that is; the given network never changes."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from pacte_graph import metrics
from pacte_graph.errors import UnknownName, UsageError
from pacte_graph.metrics.whatif import Changes, added, changed, what_if, without
from pacte_graph.network import Link, Milestone, Network, Node


def bridge() -> Network:
    """p1 has a1, a2; p2 has a2, a3; p2 depends on p1; t1 is covered by p1 only."""
    nodes = [Node(f"p{n}", "Project", {"name": f"P{n}", "budget": 100.0 * n, "declination": "declined"}) for n in (1, 2)]
    kinds = {"a1": "university", "a2": "state", "a3": "chamber"}
    nodes += [Node(name, "Actor", {"name": name.upper(), "kind": kind}) for name, kind in kinds.items()]
    nodes += [Node(name, "Territory", {"name": name.upper(), "level": "metropolis"}) for name in ("t1", "t2")]
    links = [
        Link("TAKES_PART_IN", a, p, "", {"role": "partner"}) for a, p in (("a1", "p1"), ("a2", "p1"), ("a2", "p2"), ("a3", "p2"))
    ]
    links += [Link("APPLIES_IN", p, t, "", {"status": "declined"}) for p, t in (("p1", "t1"), ("p2", "t2"))]
    links.append(Link("LINKED_TO", "p2", "p1", "", {"sense": "depends_on"}))
    steps = [Milestone(f"m{n}", f"p{n}", f"Step {n}", dt.date(2030, n, 1), dt.date(2030, n, 28), "") for n in (1, 2)]
    return Network.of(nodes, links, programme={"name": "Pont"}, milestones=steps)


def counts(found: metrics.whatif.WhatIf) -> dict[str, tuple[object, object]]:  # type: ignore[name-defined]
    return {str(one.dimension["count"]): (one.before, one.after) for one in found.counts}


def test_without() -> None:
    network = bridge()
    after = without(network, ["p1"])
    assert "p1" not in after.by_id
    assert {step.project for step in after.milestones} == {"p2"}
    assert not [link for link in after.links if "p1" in {link.source, link.target}]
    assert after == Network.of(after.nodes, after.links, programme=network.programme, milestones=after.milestones)
    assert "p1" in network.by_id
    assert without(network, []) is network
    with pytest.raises(UnknownName, match="p9"):
        without(network, ["p1", "p9"])


def test_added() -> None:
    network = bridge()
    more = added(
        network,
        [Node("p3", "Project", {"name": "P3"})],
        [Link("TAKES_PART_IN", "a1", "p3", "", {})],
        [Milestone("m3", "p3", "Step 3")],
    )
    assert len(more.nodes) == len(network.nodes) + 1
    assert more.links_of("TAKES_PART_IN")[1].target == "p3"
    assert added(network, [], []) is network
    with pytest.raises(UsageError, match="p1 is there already"):
        added(network, [Node("p1", "Project", {})], [])
    with pytest.raises(UsageError, match="is there already"):
        added(network, [], [Link("TAKES_PART_IN", "a1", "p1", "", {})])
    with pytest.raises(UnknownName, match="nobody"):
        added(network, [], [Link("TAKES_PART_IN", "nobody", "p1", "", {})])


def test_a_removal() -> None:
    network = bridge()
    found = what_if(network, Changes(removed=("p1",)))
    assert found.orphaned == ("a1",)
    assert found.uncovered == ("t1",)
    assert counts(found)["projects"] == (2, 1)
    assert counts(found)["collaborations"] == (2, 1)
    assert counts(found)["budget"] == (300.0, 200.0)
    assert counts(found)["territories_covered"] == (2, 1)
    assert found.pull["removed"] is not None
    linear = {value.id: value.value for value in metrics.run("E6a", network).values if value.dimension == {"measure": "loss"}}
    assert found.pull["removed"]["loss"] == pytest.approx(linear["p1"])
    rows = {row["id"]: row for row in metrics.run("E6a", network).details["rows"]}
    assert {row["kind"]: row["loss"] for row in found.pull["removed"]["by_kind"]} == pytest.approx(rows["p1"]["by_kind"])
    declined = next(one for one in found.indicators if one.metric == "declination" and one.dimension == {"definition": "any"})
    assert (declined.before, declined.after, declined.difference) == (1.0, 1.0, 0.0)
    assert declined.explanations is not None
    assert "1 sur 1" in declined.explanations[1].fr
    assert found.sentences[0].fr.startswith("Sans « P1 », toutes choses égales par ailleurs, le réseau perdrait ")
    assert found.sentences[1].fr.startswith("Sans « P1 », 1 acteur n'aurait plus aucun projet : A1 ; 1 territoire")
    assert all("[Pont, toutes dates confondues ; poids" in said.fr for said in found.sentences)


def test_a_delay() -> None:
    network = bridge()
    found = what_if(network, Changes(delays={"p1": 3}))
    assert [(slip.milestone.id, slip.date_from) for slip in found.slips] == [
        ("m1", dt.date(2030, 4, 1)),
        ("m2", dt.date(2030, 5, 1)),
    ]
    assert found.pull == {"removed": None, "added": None}
    assert found.structure is None
    assert "2 jalons glissent le long des liens déclarés" in found.sentences[0].fr
    assert [step.date_from for step in found.after.milestones] == [dt.date(2030, 4, 1), dt.date(2030, 5, 1)]
    apart = what_if(network, Changes(removed=("p2",), delays={"p1": 3}))
    assert [slip.milestone.id for slip in apart.slips] == ["m1"]


def test_something_new() -> None:
    node, link = Node("p3", "Project", {"name": "P3"}), Link("TAKES_PART_IN", "a4", "p3", "", {"role": "lead"})
    changes = Changes(nodes=(node, Node("a4", "Actor", {"name": "A4", "kind": "company"})), links=(link,))
    found = what_if(bridge(), changes)
    assert counts(found)["projects"] == (2, 3)
    assert found.pull["removed"] is None
    assert found.pull["added"] is not None
    assert found.pull["added"]["share"] > 0
    assert found.gained is not None
    assert found.sentences[0].fr.startswith("Une fois l'ajout fait : sans « A4 » et « P3 » ensemble, toutes choses égales")
    back = what_if(changed(bridge(), changes), Changes(removed=("p3", "a4")))
    assert back.pull["removed"] is not None
    assert back.pull["removed"]["loss"] == pytest.approx(found.pull["added"]["loss"])


def test_nothing() -> None:
    network = bridge()
    found = what_if(network, Changes())
    assert not found.changes
    assert all(one.before == one.after for one in (*found.counts, *found.indicators))
    assert found.sentences[0].fr.startswith("Rien n'est retiré ni retardé.")
    assert found.after is network


def test_everything() -> None:
    network = bridge()
    found = what_if(network, Changes(removed=tuple(network.by_id)))
    assert found.after.nodes == ()
    assert found.pull["removed"] is not None
    assert found.pull["removed"]["share"] == pytest.approx(1)
    assert counts(found)["budget"] == (300.0, None)
    empty = what_if(Network.of([], []), Changes())
    assert counts(empty)["projects"] == (0, 0)


def test_as_json() -> None:
    told = what_if(bridge(), Changes(removed=("a1",), delays={"p1": 3})).as_dict()
    again = json.loads(json.dumps(told, allow_nan=False))
    assert again == told
    assert set(told) == {
        "scope", "changes", "removed", "orphaned", "uncovered", "leaving_giant", "late", "added", "counts", "indicators", "skipped",
        "pull", "structure", "gained", "milestones", "projects", "sentences", "limits",
    }  # fmt: skip
    assert told["removed"] == ["a1"]
    assert told["milestones"]["sure"][1]["via"] == ["p1", "p2"]
    assert told["structure"]["summary"]["en"].startswith("Without “A1”")


def test_refusals() -> None:
    with pytest.raises(UsageError, match="both removed and late"):
        what_if(bridge(), Changes(removed=("p1",), delays={"p1": 2}))
    with pytest.raises(UnknownName, match="p9"):
        what_if(bridge(), Changes(removed=("p9",)))
    with pytest.raises(UsageError, match="theta"):
        what_if(bridge(), Changes(removed=("p1",)), {"theta": 3})


def test_the_order_of_the_tables_changes_nothing() -> None:
    network = bridge()
    mixed = Network.of(
        reversed(network.nodes), reversed(network.links), programme=network.programme, milestones=reversed(network.milestones)
    )
    changes = Changes(removed=("a2",), delays={"p1": 3})
    assert what_if(mixed, changes).as_dict() == what_if(network, changes).as_dict()
