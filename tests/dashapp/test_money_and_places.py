"""Leverage, savings, coverage and equity: what is drawn is what the numbers say; what is unknown is said."""

from __future__ import annotations

from typing import Any

import pytest

from dashapp.indicators import coverage, equity, leverage, savings
from dashapp.indicators.leverage import amount_text, euros
from dashapp.indicators.section import sentences
from pacte_graph.metrics.registry import REGISTRY
from pacte_graph.network.model import Link, Network, Node, Scope

STATE = {"lang": "fr", "programme": "programme:x"}


def network(**project: Any) -> Network:
    nodes = [
        Node("p", "Project", {"number": 1, "name": "Pont", "budget": 300.0, "regional_funding": 100.0, **project}),
        Node("q", "Project", {"number": 2, "name": "Quai"}),
        Node("a", "Actor", {"name": "Ville", "kind": "local_authority"}),
        Node("c", "Territory", {"name": "C", "level": "commune", "population": 30}),
        Node("d", "Territory", {"name": "D", "level": "commune", "population": 70}),
        Node("e", "Territory", {"name": "E", "level": "intercommunality"}),
    ]
    links = [
        Link("TAKES_PART_IN", "a", "p", "lead", {"role": "lead", "amount": 200.0}),
        Link("APPLIES_IN", "p", "c", "", {"status": "declined", "amount": 90.0}),
        Link("WITHIN", "c", "e", "", {}),
        Link("WITHIN", "d", "e", "", {}),
    ]
    return Network.of(nodes, links, scope=Scope("programme:x"), programme={"name": "X"})


def texts(part: Any) -> list[str]:
    if isinstance(part, str):
        return [part]
    if isinstance(part, list | tuple):
        return [text for item in part for text in texts(item)]
    return texts(getattr(part, "children", None)) if part is not None else []


def figures(part: Any) -> list[Any]:
    if isinstance(part, list | tuple):
        return [figure for item in part for figure in figures(item)]
    own = [part.figure] if hasattr(part, "figure") else []
    children = getattr(part, "children", None)
    return own + (figures(children) if children is not None and not isinstance(children, str) else [])


def test_the_waterfall_ends_at_the_whole() -> None:
    result = REGISTRY["leverage"].run(network())
    drawn = leverage.draw(result, network(), STATE)
    (figure,) = figures(drawn)
    bars = figure.data[0]
    assert bars.measure[-1] == "total"
    assert bars.x[-1] == pytest.approx(sum(bars.x[:-1])) == pytest.approx(300)
    assert "inconnu" in texts(drawn)  # the other project's budget
    assert any("2\u00a0€" in text or "2 €" in text for text in texts(drawn))


def test_without_a_plan_nothing_is_drawn_and_it_is_said() -> None:
    bare = network(budget=None, regional_funding=None)
    drawn = leverage.draw(REGISTRY["leverage"].run(bare), bare, STATE)
    assert not figures(drawn)
    assert any("rien à dessiner" in text for text in texts(drawn))


def test_savings_of_different_periods_are_never_added_up() -> None:
    costs = {"standalone_cost": 100.0, "joint_cost": 60.0, "coordination_cost": 10.0, "cost_basis": "quote"}
    first = network(**costs, cost_period="once")
    other = Node("q", "Project", {"number": 2, "name": "Quai", **costs, "cost_period": "yearly"})
    both = Network.of([*(node for node in first.nodes if node.id != "q"), other], first.links, programme={"name": "X"})
    drawn = savings.draw(REGISTRY["savings"].run(both), both, STATE)
    assert len(figures(drawn)) == 2
    for figure in figures(drawn):
        assert list(figure.data[0].x) == [100, -40, 10, 70]
    assert {"Une seule fois", "Chaque année"} <= set(texts(drawn))


def test_a_saving_without_its_basis_is_not_established() -> None:
    bare = network(standalone_cost=100.0, joint_cost=60.0, coordination_cost=10.0)
    drawn = savings.draw(REGISTRY["savings"].run(bare), bare, STATE)
    assert not figures(drawn)
    assert "non établie" in texts(drawn)


def test_the_bars_of_coverage_hold_every_territory_once() -> None:
    result = REGISTRY["coverage"].run(network())
    figure = coverage.bars(result.details["rows"], result.details["levels"], "fr")
    for place, name in enumerate(figure.data[0].y):
        assert sum(trace.x[place] for trace in figure.data) == pytest.approx(1), name
    assert {trace.name for trace in figure.data} == {"Projet propre", "Par emboîtement seulement", "Inconnu", "Aucun projet"}
    assert len({(trace.marker.color, trace.marker.pattern.shape) for trace in figure.data}) == 4


def test_the_curve_of_lorenz_starts_at_nothing_and_ends_at_all() -> None:
    told = network()
    drawn = equity.draw(REGISTRY["equity"].run(told), told, STATE)
    (figure,) = figures(drawn)
    curve = next(trace for trace in figure.data if trace.name == "Montants reçus")
    assert (curve.x[0], curve.y[0]) == (0, 0)
    assert (curve.x[-1], curve.y[-1]) == pytest.approx((1, 1))
    assert all(y <= x + 1e-9 for x, y in zip(curve.x, curve.y, strict=True))


def test_amounts_and_scopes_in_words() -> None:
    assert (euros(1234.4, "fr"), euros(-5.0, "en")) == ("1\u202f234\u00a0€", "-€5")
    assert amount_text(None, "en") == "unknown"
    said = texts(sentences("Un. [X, ici]", "Deux. [X, ici]", "Trois.", lang="fr"))
    assert said == ["Un.", "Deux.", "Trois.", "Périmètre : X, ici."]
