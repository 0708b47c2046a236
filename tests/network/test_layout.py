from __future__ import annotations

import itertools
import random
import time

import pytest

from pacte_graph.errors import UsageError
from pacte_graph.network.force import CELL_HEIGHT, CELL_WIDTH
from pacte_graph.network.layout import LAYOUTS, positions
from pacte_graph.network.model import Link, Network, Node
from pacte_graph.network.nesting import nesting_places

Places = dict[str, tuple[float, float]]


def part(source: str, target: str) -> Link:
    return Link("TAKES_PART_IN", source, target, "", {})


def sample(projects: int, actors: int, seed: int = 7) -> Network:
    draw = random.Random(seed)
    nodes = [Node(f"project:x:{n}", "Project", {"number": n}) for n in range(projects)]
    nodes += [Node(f"actor:x:{n:04}", "Actor", {"name": f"A{n}"}) for n in range(actors)]
    links = [
        part(f"actor:x:{n:04}", f"project:x:{p}")
        for n in range(actors)
        for p in draw.sample(range(projects), draw.randint(0, min(3, projects)))
    ]
    return Network.of(nodes, links)


def overlaps(places: Places) -> int:
    return sum(
        abs(a[0] - b[0]) < CELL_WIDTH * 0.98 and abs(a[1] - b[1]) < CELL_HEIGHT * 0.98
        for a, b in itertools.combinations(places.values(), 2)
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_node_has_a_place_of_its_own_with_room_for_a_label(layout: str) -> None:
    network = sample(20, 90)
    places = positions(network, layout)
    assert set(places) == set(network.by_id)
    assert overlaps(places) == 0


@pytest.mark.parametrize("layout", LAYOUTS)
def test_same_network_in_another_order_gives_the_same_places(layout: str) -> None:
    network = sample(15, 40)
    nodes, links = list(network.nodes), list(network.links)
    random.Random(1).shuffle(nodes)
    random.Random(2).shuffle(links)
    assert positions(Network.of(nodes, links), layout) == positions(network, layout)


def test_three_hundred_nodes_are_placed_within_a_second_or_so() -> None:
    network = sample(60, 240)
    start = time.process_time()
    assert overlaps(positions(network)) == 0
    assert time.process_time() - start < 3  # target 1 s; a shared test machine may be busy


def test_linked_nodes_stand_nearer_than_others() -> None:
    nodes = [Node(f"actor:x:{n}", "Actor", {"name": "A"}) for n in range(12)]
    ring = Network.of(nodes, [Link("COOPERATES_WITH", f"actor:x:{n}", f"actor:x:{(n + 1) % 12}", "", {}) for n in range(12)])
    places = positions(ring)
    near = [distance(places, f"actor:x:{n}", f"actor:x:{(n + 1) % 12}") for n in range(12)]
    far = [distance(places, f"actor:x:{n}", f"actor:x:{(n + 6) % 12}") for n in range(12)]
    assert sum(near) / 12 < sum(far) / 12 / 2


def distance(places: Places, one: str, other: str) -> float:
    return ((places[one][0] - places[other][0]) ** 2 + (places[one][1] - places[other][1]) ** 2) ** 0.5


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_node_that_is_added_moves_no_other(layout: str) -> None:
    before = sample(10, 30)
    fixed = positions(before, layout)
    after = Network.of(
        [*before.nodes, Node("actor:x:new", "Actor", {"name": "N"})], [*before.links, part("actor:x:new", "project:x:1")]
    )
    places = positions(after, layout, fixed=fixed)
    assert {name: places[name] for name in fixed} == fixed
    assert overlaps(places) == 0
    assert distance(places, "actor:x:new", "project:x:1") < 12 * CELL_WIDTH


def test_places_fixed_for_nodes_that_are_gone_are_ignored() -> None:
    network = sample(2, 2)
    assert set(positions(network, fixed={"actor:gone": (0.0, 0.0)})) == set(network.by_id)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_empty_network_and_the_single_node(layout: str) -> None:
    assert positions(Network.of([], []), layout) == {}
    assert len(positions(Network.of([Node("actor:x:1", "Actor", {})], []), layout)) == 1


def test_an_unknown_layout_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(UsageError, match="force, nesting, circles"):
        positions(sample(1, 1), "spiral")


def test_circles_put_the_focus_in_the_middle_and_farther_nodes_farther_out() -> None:
    chain = [Node(f"project:x:{n}", "Project", {"number": n}) for n in range(4)]
    network = Network.of(chain, [Link("LINKED_TO", f"project:x:{n}", f"project:x:{n + 1}", "", {}) for n in range(3)])
    places = positions(network, "circles", focus="project:x:3")
    away = [distance({**places, "o": (0.0, 0.0)}, "o", f"project:x:{n}") for n in (3, 2, 1, 0)]
    assert away[0] == 0
    assert away == sorted(away)
    assert len(set(away)) == 4


def nested() -> Network:
    levels = ("commune", "metropolis", "region")
    nodes = [Node(f"territory:x:{level}", "Territory", {"name": level, "level": level}) for level in levels]
    nodes += [Node("territory:x:none", "Territory", {"name": "?"})]
    nodes += [Node(f"project:x:{n}", "Project", {"number": n}) for n in (1, 2, 3, 4)]
    nodes[-1] = Node("project:x:4", "Project", {"number": 4, "declination": "not_declined"})
    nodes += [Node("actor:x:a", "Actor", {"name": "A"}), Node("actor:x:b", "Actor", {"name": "B"})]
    links = [
        Link("APPLIES_IN", "project:x:1", "territory:x:commune", "", {"status": "declined"}),
        Link("APPLIES_IN", "project:x:1", "territory:x:region", "", {"status": "declined"}),
        Link("APPLIES_IN", "project:x:2", "territory:x:region", "", {"status": "not_declined"}),
        part("actor:x:a", "project:x:1"),
    ]
    return Network.of(nodes, links)


def test_nesting_puts_each_at_its_scale() -> None:
    columns = nesting_places(nested()).columns
    assert columns["territory:x:commune"] == "commune"
    assert columns["territory:x:none"] == "unknown"
    assert columns["project:x:1"] == "region"
    assert columns["project:x:2"] == "not_declined"
    assert columns["project:x:3"] == "unknown"
    assert columns["project:x:4"] == "not_declined"
    assert columns["actor:x:a"] == "region"
    assert columns["actor:x:b"] == "elsewhere"


def test_nesting_reads_left_to_right_from_near_to_wide_and_keeps_columns_when_territories_are_hidden() -> None:
    network = nested()
    spans = nesting_places(network).spans
    assert list(spans) == ["commune", "metropolis", "region", "not_declined", "unknown", "elsewhere"]
    edges = [edge for span in spans.values() for edge in span]
    assert edges == sorted(edges)
    hidden = Network.of([n for n in network.nodes if n.label == "Project"], [])
    assert nesting_places(hidden, network).columns["project:x:1"] == "region"
