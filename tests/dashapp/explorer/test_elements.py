from __future__ import annotations

import json
from dataclasses import replace

from dashapp.explorer.elements import MANY_LINKS, elements, short, stylesheet


def test_every_node_has_a_place_and_every_link_its_ends(picture, odd) -> None:
    drawn = elements(picture())
    nodes = [item for item in drawn if item["group"] == "nodes"]
    ids = {item["data"]["id"] for item in nodes}
    assert odd in ids
    assert all(set(item["position"]) == {"x", "y"} for item in nodes)
    assert all({item["data"]["source"], item["data"]["target"]} <= ids for item in drawn if item["group"] == "edges")
    assert json.loads(json.dumps(drawn)) == drawn


def test_a_link_to_a_node_that_is_not_drawn_is_left_out(picture) -> None:
    whole = picture()
    cut = replace(whole, nodes=tuple(node for node in whole.nodes if node.id != "project:x:3"))
    assert [item["data"]["id"] for item in elements(cut) if item["group"] == "edges"] == [
        "TAKES_PART_IN|actor:x:a|project:x:5|partner"
    ]


def test_order_of_the_picture_changes_nothing(picture) -> None:
    whole = picture()
    assert elements(replace(whole, nodes=whole.nodes[::-1], links=whole.links[::-1])) == elements(whole)


def test_selected_and_marked_are_seen_by_more_than_colour(picture) -> None:
    whole = picture()
    marked = replace(whole, nodes=(replace(whole.nodes[0], marked=True), *whole.nodes[1:]))
    rings = {item["data"]["id"]: item["data"]["ring"] for item in elements(marked, whole.nodes[1].id) if item["group"] == "nodes"}
    assert rings[whole.nodes[1].id] > rings[whole.nodes[0].id] > rings[whole.nodes[2].id]


def test_an_unknown_shape_is_still_drawn(picture) -> None:
    whole = picture()
    odd = replace(whole, nodes=(replace(whole.nodes[0], shape="dodecahedron"),), links=())
    assert elements(odd)[0]["data"]["shape"] == "ellipse"


def test_many_links_are_drawn_straight_without_arrows(picture) -> None:
    whole = picture()
    many = replace(whole, links=tuple(replace(whole.links[0], id=str(place)) for place in range(MANY_LINKS + 1)))
    assert any(rule["style"].get("curve-style") == "haystack" for rule in stylesheet(many))
    assert not any("target-arrow-shape" in rule["style"] for rule in stylesheet(many))
    assert any("target-arrow-shape" in rule["style"] for rule in stylesheet(whole))


def test_long_labels_end_at_a_word() -> None:
    assert short("Communauté d'agglomération des Trois-Rivières-du-Levant") == "Communauté d'agglomération des…"
    assert short("court") == "court"
    assert len(short("a" * 90)) <= 46
