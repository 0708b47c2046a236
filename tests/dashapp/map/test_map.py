"""The map: shapes grouped, circles in proportion, every text escaped, and the same numbers in words."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from dashapp.map.places import frames, rings_of
from dashapp.map.svg import LARGEST, SHADES, draw, radius, shade
from pacte_graph.network.model import Link, Network, Node

EVIL = "<script>alert('x')</script>"


def square(x: float, y: float, size: float = 0.1) -> str:
    ring = [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


@pytest.fixture
def network() -> Network:
    """Return three communes, two together and one far away, and three actors, one without an address."""
    nodes = [Node(f"territory:{n}", "Territory", {"name": f"Bourg {n}", "level": "commune", "population": n}) for n in (1, 2, 3)]
    nodes += [
        Node("actor:1", "Actor", {"name": EVIL, "longitude": 1.05, "latitude": 43.05}),
        Node("actor:2", "Actor", {"name": "B", "longitude": 1.05, "latitude": 43.05}),
        Node("actor:3", "Actor", {"name": "C"}),
        Node("project:1", "Project", {"number": 1}),
        Node("project:2", "Project", {"number": 2}),
    ]
    links = [Link("BASED_IN", "actor:1", "territory:1", "", {}), Link("BASED_IN", "actor:3", "territory:1", "", {})]
    links += [Link("TAKES_PART_IN", "actor:1", f"project:{n}", "", {}) for n in (1, 2)]
    return Network.of(nodes, links)


CONTOURS = [
    {"id": "territory:1", "name": EVIL, "level": "commune", "contour": square(1, 43)},
    {"id": "territory:2", "name": "Bourg 2", "level": "commune", "contour": square(1.1, 43)},
    {"id": "territory:3", "name": "Bourg 3", "level": "commune", "contour": square(4, 43)},
    {"id": "territory:9", "name": "Not of this network", "level": "commune", "contour": square(1, 43)},
    {"id": "territory:2", "name": "Broken", "level": "commune", "contour": "{"},
]


def test_what_lies_together_shares_a_frame(network: Network) -> None:
    near, far = frames(network, CONTOURS)
    assert [shape.id for shape in near.shapes] == ["territory:1", "territory:2"]
    assert [shape.id for shape in far.shapes] == ["territory:3"]
    assert [(shape.based, shape.parts) for shape in near.shapes] == [(2, 2), (0, 0)]
    assert [(item.actors, item.parts, item.name) for item in near.addresses] == [(2, 2, EVIL)]
    assert far.addresses == ()


def test_the_picture_is_sound_and_holds_no_markup_of_the_data(network: Network) -> None:
    picture = draw(frames(network, CONTOURS), EVIL, EVIL, "fr")
    root = ET.fromstring(picture)
    assert "<script" not in picture
    assert [item.text for item in root.iter("{http://www.w3.org/2000/svg}title")].count(EVIL) == 2
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) == 3


def test_shades_and_circles_grow_with_the_numbers() -> None:
    assert [shade(n) for n in (0, 1, 3, 10, 30, 31)] == list(SHADES)
    assert radius(100, 100) == LARGEST
    assert radius(25, 100) == pytest.approx(LARGEST / 2)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"type":"Point","coordinates":[1,2]}', '{"type":"Polygon","coordinates":[[["a"]]]}']
)
def test_what_is_no_polygon_has_no_ring(text: str) -> None:
    assert rings_of(text) == ()
