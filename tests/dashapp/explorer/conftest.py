"""A small invented network and its picture, for tests of the explorer's pure parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from pacte_graph.figures.model import LegendEntry, Picture, PictureLink, PictureNode, Recipe
from pacte_graph.network.model import Link, Network, Node, Scope

ODD = 'actor:x:<img src=x onerror="alert(1)">, l\'Été & Cie|~é'


def small_network() -> Network:
    nodes = [
        Node(
            "project:x:3",
            "Project",
            {"number": 3, "name": "Pacte des rives", "budget": 1250000.0, "sheet_date": dt.date(2015, 12, 8)},
        ),
        Node("project:x:5", "Project", {"number": 5}),
        Node("actor:x:a", "Actor", {"name": "Université d'Éole", "kind": "university", "aliases": ["UE"]}),
        Node(ODD, "Actor", {"name": '<img src=x onerror="alert(1)">'}),
        Node("territory:x:t", "Territory", {"name": "Val-Fictif", "level": "commune"}),
    ]
    links = [
        Link("LINKED_TO", "project:x:3", "project:x:5", "", {"sense": "unspecified"}),
        Link("TAKES_PART_IN", "actor:x:a", "project:x:3", "lead", {"role": "lead", "amount": 40000.0}),
        Link("TAKES_PART_IN", "actor:x:a", "project:x:5", "partner", {"role": "partner"}),
        Link("TAKES_PART_IN", ODD, "project:x:3", "", {}),
        Link("APPLIES_IN", "project:x:3", "territory:x:t", "", {"status": "declined"}),
    ]
    return Network.of(nodes, links, scope=Scope("programme:x"), programme={"name": "X", "reference_dates": ["2024-01-01"]})


def small_picture(**recipe: object) -> Picture:
    source = small_network()
    nodes = tuple(
        PictureNode(node.id, node.caption, node.group, node.caption, 10.0 * place, 0.0, 30.0, "#A61C3C", "ellipse")
        for place, node in enumerate(source.nodes)
    )
    links = tuple(
        PictureLink(link.id, link.type, link.source, link.target, link.type, 1.0, "#5B6270", "dashed", arrow=False)
        for link in source.links
    )
    legend = (
        LegendEntry("Project", "node", "Projet", "#A61C3C", "round-rectangle", 2, 2),
        LegendEntry("university", "node", "Université", "#188C56", "ellipse", 0, 1, on=False),
        LegendEntry("LINKED_TO:unspecified", "link", "est lié à", "#A61C3C", "dashed", 1, 1),
        LegendEntry("degree", "size", "Taille : nombre de liens", "#000000", "ellipse", 0, 0),
    )
    return Picture(Recipe("programme:x", **recipe), "X", nodes, links, legend, ("Données au 1er janvier 2024",), "Réseau")  # type: ignore[arg-type]


@pytest.fixture
def odd() -> str:
    """An identifier with everything that could go wrong."""
    return ODD


@pytest.fixture
def network() -> Callable[[], Network]:
    return small_network


@pytest.fixture
def picture() -> Callable[..., Picture]:
    return small_picture
