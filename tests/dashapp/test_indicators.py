"""Pictures of the indicators on hand-made networks: what is drawn is what the numbers say."""

from __future__ import annotations

import pytest

from dashapp.indicators import declination, nesting, pull
from dashapp.indicators.kinds import shade
from dashapp.indicators.section import parameter_text, unknown_text
from pacte_graph.metrics.registry import REGISTRY
from pacte_graph.network.model import Link, Network, Node, Scope


def network() -> Network:
    nodes = [
        Node("project:x:1", "Project", {"number": 1, "name": "Pont <b>"}),
        Node("project:x:2", "Project", {"number": 2, "name": "Quai"}),
        Node("project:x:3", "Project", {"number": 3}),
        Node("actor:x:a", "Actor", {"name": "Ville", "kind": "local_authority"}),
        Node("territory:x:m", "Territory", {"name": "Métropole", "level": "metropolis"}),
        Node("territory:x:r", "Territory", {"name": "Région", "level": "region"}),
    ]
    links = [
        Link("LINKED_TO", "project:x:1", "project:x:2", "", {"sense": "pulls", "intensity": 3}),
        Link("TAKES_PART_IN", "actor:x:a", "project:x:2", "lead", {"role": "lead"}),
        Link("APPLIES_IN", "project:x:1", "territory:x:m", "", {"status": "declined"}),
        Link("WITHIN", "territory:x:m", "territory:x:r", "", {}),
    ]
    return Network.of(nodes, links, scope=Scope("programme:x"), programme={"name": "X"})


def test_every_point_is_drawn_once_where_its_numbers_are() -> None:
    result = REGISTRY["linkages"].run(network())
    figure = pull.chart_of(result, network(), "fr")
    drawn = [trace for trace in figure.data if trace.mode == "markers"]
    points = {(x, y) for trace in drawn for x, y in zip(trace.x, trace.y, strict=True)}
    assert points == {(row["dependence"], row["drive"]) for row in result.details["rows"]}
    assert sum(len(trace.x) for trace in drawn) == 4
    assert {trace.marker.symbol for trace in drawn} == {"square", "circle"}


def test_arrows_go_from_the_direct_to_the_total_position() -> None:
    result = REGISTRY["linkages"].run(network())
    (arrows,) = [trace for trace in pull.chart_of(result, network(), "fr").data if trace.mode == "lines+markers"]
    drawn = set(
        zip(zip(arrows.x[::3], arrows.y[::3], strict=True), zip(arrows.x[1::3], arrows.y[1::3], strict=True), strict=True)
    )
    told = {
        ((row["direct_dependence"], row["direct_drive"]), (row["dependence"], row["drive"])) for row in result.details["rows"]
    }
    assert drawn <= told
    assert drawn


def test_names_are_never_markup() -> None:
    figure = pull.chart_of(REGISTRY["linkages"].run(network()), network(), "fr")
    texts = [text for trace in figure.data for text in trace.hovertext or ()] + [item.text for item in figure.layout.annotations]
    assert any("Pont &lt;b&gt;" in text for text in texts)
    assert not any("Pont <b>" in text for text in texts)


def test_the_four_quadrants_are_named_in_their_corners() -> None:
    figure = pull.chart_of(REGISTRY["linkages"].run(network()), network(), "en")
    corners = {item.text: (item.x > 0.5, item.y > 0.5) for item in figure.layout.annotations if item.xref == "paper"}
    expected = {"Drivers": (False, True), "Relays": (True, True), "Driven": (True, False), "Autonomous": (False, False)}
    assert corners == {f"<b>{name}</b>": place for name, place in expected.items()}


def test_bars_hold_declined_unknown_and_not_declined_of_all_projects() -> None:
    result = REGISTRY["declination"].run(network())
    figure = declination.bars(result, "fr")
    widths = [tuple(trace.x[0] for trace in figure.data)]
    assert widths[0] == pytest.approx((1 / 3, 2 / 3, 0))
    assert [trace.marker.pattern.shape for trace in figure.data] == ["", "/", ""]
    assert figure.layout.shapes[0].x0 == pytest.approx(1 / 3)
    assert "atteint" in [item.text for item in figure.layout.annotations]


def test_the_dots_tell_own_inherited_and_unknown_apart() -> None:
    rows = {row["id"]: row for row in REGISTRY["nesting"].run(network()).details["rows"]}
    assert nesting.cell(rows["project:x:1"], "metropolis") == "own"
    assert nesting.cell(rows["project:x:1"], "region") == "inherited"
    assert nesting.cell(rows["project:x:3"], "region") == "cell_unknown"


def test_colour_grows_with_the_value_and_stays_readable() -> None:
    assert shade(0.0, 0.0) == shade(0.0, 4.0) == "rgba(29, 78, 216, 0.00)"
    assert shade(1.0, 2.0) < shade(2.0, 2.0) == "rgba(29, 78, 216, 0.50)"


def test_what_is_missing_is_counted_in_words() -> None:
    assert unknown_text({"links_without_direction": 2, "cells_unknown": 0}, "fr") == "Ce qui manque : 2 liens sans sens."
    assert unknown_text({"cells_unknown": 0}, "en") == "Nothing is missing for this figure."


def test_parameters_are_said_with_their_value() -> None:
    theta = next(item for item in REGISTRY["linkages"].parameters if item.name == "theta")
    assert parameter_text(theta, 0.5, "fr").startswith(f"{theta.label.fr}\N{NO-BREAK SPACE}: 0,50")
