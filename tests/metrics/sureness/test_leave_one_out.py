"""Leaving one sheet out: figures against networks made by hand, what goes with a sheet and what stays."""

from __future__ import annotations

import pytest

from pacte_graph import metrics
from pacte_graph.errors import MetricUndefined, UnknownName, UsageError
from pacte_graph.metrics.sureness import leave_one_out as module
from pacte_graph.metrics.sureness.leave_one_out import leave_one_out, without
from pacte_graph.network import Link, Network, Node


def network() -> Network:
    nodes = [
        Node("p1", "Project", {"name": "Halle"}),
        Node("p2", "Project", {"name": "Quai"}),
        Node("p3", "Project", {"name": "Pont"}),
        Node("a", "Actor", {"name": "Ville"}),
        Node("o1", "Objective", {"text": "own"}),
        Node("o2", "Objective", {"text": "shared"}),
        Node("i", "Indicator", {"name": "I"}),
        Node("v", "Observation", {}),
        Node("m", "Territory", {"name": "M", "level": "metropolis"}),
    ]
    links = [
        Link("HAS_OBJECTIVE", "p1", "o1", "", {}),
        Link("HAS_OBJECTIVE", "p1", "o2", "", {}),
        Link("HAS_OBJECTIVE", "p2", "o2", "", {}),
        Link("HAS_INDICATOR", "p1", "i", "", {}),
        Link("HAS_OBSERVATION", "i", "v", "", {}),
        Link("TAKES_PART_IN", "a", "p1", "lead", {"role": "lead"}),
        Link("LINKED_TO", "p2", "p3", "", {"declared_by": "p1", "sense": "pulls"}),
        Link("LINKED_TO", "p3", "p2", "", {"declared_by": "p3", "sense": "pulls"}),
        Link("APPLIES_IN", "p1", "m", "", {"status": "declined"}),
    ]
    return Network.of(nodes, links, programme={"name": "N"})


def test_what_goes_with_a_sheet() -> None:
    left = without(network(), "p1")
    assert [node.id for node in left.nodes] == ["a", "m", "o2", "p2", "p3"]  # o1, i and v were only its own
    assert [(link.type, link.source) for link in left.links] == [("HAS_OBJECTIVE", "p2"), ("LINKED_TO", "p3")]
    assert left.scope == network().scope
    assert Network.of(left.nodes, left.links, programme={"name": "N"}).nodes == left.nodes  # still sorted


def test_rates_without_each_sheet(mini: Network) -> None:
    found = leave_one_out(mini, "S1")
    assert found.sheets == 10
    before = {frozenset(v.dimension.items()): v.value for v in metrics.run("S1", mini).values if v.id is None}
    for change in found.changes:
        nodes = [node for node in mini.nodes if node.id != change.id]
        links = [link for link in mini.links if change.id not in {link.source, link.target}]
        again = metrics.run("S1", Network.of(nodes, links, scope=mini.scope, programme=mini.programme)).values
        key = frozenset(change.dimension.items())
        after = next(v.value for v in again if v.id is None and frozenset(v.dimension.items()) == key)
        assert (change.before, change.after) == (before[key], after)
        assert change.change == pytest.approx(after - before[key])
    sizes = [abs(change.change or 0) for change in found.changes]
    assert sizes == sorted(sizes, reverse=True)
    first = next(change for change in found.changes if dict(change.dimension) == {"definition": "any"} and change.id == "P18")
    # of 8 projects that are known 5 are declined; without P18, which is not, 5 of 7
    assert "passerait de 62,5\u00a0% à 71,4\u00a0%." in first.sentence.fr
    assert "would go from 62.5% to 71.4%." in first.sentence.en


def test_ranks_are_compared_among_those_who_stay_and_within_a_type() -> None:
    """Projects of 3, 2 and 1 actors: without the first the others are first and second, as among themselves before."""
    nodes = [Node(f"p{n}", "Project", {"name": f"P{n}"}) for n in range(3)]
    nodes += [Node(f"a{n}", "Actor", {"name": f"A{n}"}) for n in range(3)]
    links = [
        Link("TAKES_PART_IN", f"a{n}", f"p{project}", "", {}) for project, size in ((0, 3), (1, 2), (2, 1)) for n in range(size)
    ]
    found = leave_one_out(Network.of(nodes, links), "degree", only=["p0"])
    moves = {move.dimension["type"]: (move.before, move.after) for move in found.moves}
    assert moves == {"Project": (1, 1), "Actor": (1, 1)}
    assert all(move.sentence.fr.startswith("Sans la fiche « P0 », aucun rang ne bougerait") for move in found.moves)


def test_a_move_by_hand() -> None:
    nodes = [Node(name, "Project", {"name": name}) for name in ("p1", "p2", "p3")]
    nodes += [Node(name, "Actor", {"name": name}) for name in ("a", "b", "c")]
    pairs = [("a", "p1"), ("a", "p2"), ("b", "p3"), ("b", "p2"), ("b", "p1"), ("c", "p3")]
    made = Network.of(nodes, [Link("TAKES_PART_IN", one, other, "", {}) for one, other in pairs])
    found = leave_one_out(made, "projection", {"weight": "count"})
    moves = {move.id: move for move in found.moves}
    # shared projects: a–b 2, b–c 1: strengths a 2, b 3, c 1; without p3: a 2, b 2, c 0: b first, a from second to first
    assert (moves["p3"].node, moves["p3"].before, moves["p3"].after) == ("a", 2, 1)
    assert moves["p3"].sentence.fr.startswith("Sans la fiche « p3 », « a » passerait du rang 2 au rang 1 parmi les autres.")
    # without p2: a–b 1, b–c 1: b 2, a 1, c 1: c from third to second
    assert (moves["p2"].node, moves["p2"].before, moves["p2"].after) == ("c", 3, 2)
    assert [abs(move.after - move.before) for move in found.moves] == sorted(
        (abs(m.after - m.before) for m in found.moves), reverse=True
    )


def test_sheets_that_make_a_metric_undefined(monkeypatch: pytest.MonkeyPatch) -> None:
    made = network()
    whole = leave_one_out(made, "S1")
    assert {change.id for change in whole.changes} == {"p1", "p2", "p3"}
    real = metrics.REGISTRY["nesting"].run

    def refusing(snapshot: Network, parameters: object = None) -> object:
        if "p2" not in snapshot.by_id:
            raise MetricUndefined("no")
        return real(snapshot)

    class Stub:
        id, label, unit = "nesting", metrics.REGISTRY["nesting"].label, metrics.REGISTRY["nesting"].unit
        checked = metrics.REGISTRY["nesting"].checked
        run = staticmethod(refusing)

    monkeypatch.setattr(module, "show", lambda _: Stub)
    found = leave_one_out(made, "nesting")
    undefined = next(change for change in found.changes if change.id == "p2")
    assert undefined.after is None
    assert undefined.change is None


def test_refusals(mini: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownName, match="nowhere"):
        leave_one_out(mini, "S1", only=["nowhere"])
    with pytest.raises(UsageError, match="Territory"):
        leave_one_out(mini, "S1", over="Territory")
    monkeypatch.setattr(module, "MOST", 3)
    with pytest.raises(UsageError, match="at most 3"):
        leave_one_out(mini, "S1")
    assert leave_one_out(mini, "S1", only=["P18"]).sheets == 1


def test_no_sheet_at_all() -> None:
    found = leave_one_out(Network.of([], []), "S1")
    assert found.as_dict() == {
        "metric": "declination", "parameters": found.as_dict()["parameters"], "over": "Project", "sheets": 0, "changes": [], "moves": [],
    }  # fmt: skip
