from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace

import plotly
import pytest

from dashapp.explorer.download import figure_file, recipe_file
from dashapp.explorer.page import layout
from dashapp.explorer.places import settled
from dashapp.explorer.scene import scene
from pacte_graph.errors import UnknownName, UsageError
from pacte_graph.figures.model import Recipe
from pacte_graph.figures.recipe import from_yaml
from pacte_graph.network.model import Network, Scope
from pacte_graph.queries import QueryGraph


class Small:
    """The services over a network in memory: the explorer's edge towards the database."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def network(self, scope: Scope) -> Network:
        if scope.programme == "programme:nobody":
            raise UnknownName("There is no programme programme:nobody.")
        return self._network if scope.programme == "programme:x" else Network.of([], [], scope=scope)

    def catalogue(self) -> dict[str, object]:
        return {}

    def run_query(self, name: str, parameters: dict[str, object]) -> SimpleNamespace:
        if name == "broken":
            raise UnknownName("There is no query broken.")
        return SimpleNamespace(graph=QueryGraph(("territory:x:t", "actor:elsewhere"), ()))

    def metric(self, name: str, scope: Scope, parameters: dict[str, object]) -> SimpleNamespace:
        return SimpleNamespace(values=())

    def merges(self) -> list[object]:
        return []

    def provenance(self, identifier: str) -> list[dict[str, object]]:
        return [{"source": "s", "name": "Source", "where": [{"file": "f.csv", "line": 2}], "date": None}]


@pytest.fixture
def services(network: Callable[[], Network]) -> Small:
    return Small(network())


def text(parts: object) -> str:
    return json.dumps(parts, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False)


def ids(drawn: object) -> set[str]:
    return {item["data"]["id"] for item in drawn.elements if item["group"] == "nodes"}  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("programme", ["programme:nobody", "programme:empty"])
def test_nothing_to_show_is_one_sentence(services: Small, programme: str, language: str) -> None:
    drawn = scene(services, {"programme": programme, "lang": language})  # type: ignore[arg-type]
    assert drawn.elements == []
    assert ("programme" if programme == "programme:empty" else "database" if language == "en" else "base") in text(drawn.empty)
    assert layout(services, {"programme": programme, "lang": language}) is not None  # type: ignore[arg-type]


def test_hiding_all_layers_says_how_to_come_back(services: Small) -> None:
    drawn = scene(services, {"programme": "programme:x", "layers": "none"})  # type: ignore[arg-type]
    assert '"data-do": "show-all"' in text(drawn.empty)


def test_a_link_opens_on_what_it_selects(services: Small) -> None:
    drawn = scene(services, {"programme": "programme:x", "select": "project:x:3", "lang": "en"})  # type: ignore[arg-type]
    assert drawn.live == "Selected: Pacte des rives, Project, No. 3, 4 links."
    assert "f.csv, line 2" in text(drawn.card)
    assert drawn.camera["selected"] == "project:x:3"


def test_what_left_the_programme_is_said(services: Small) -> None:
    drawn = scene(services, {"programme": "programme:x", "select": "actor:gone"})  # type: ignore[arg-type]
    assert "actor:gone" in text(drawn.card)


def test_a_querys_rows_are_marked_and_their_layer_shown(services: Small) -> None:
    drawn = scene(services, {"programme": "programme:x", "q": "any"})  # type: ignore[arg-type]
    assert "territory:x:t" in ids(drawn)
    assert "1 nœud en évidence" in text(drawn.notes)
    rings = {item["data"]["id"]: item["data"]["ring"] for item in drawn.elements if item["group"] == "nodes"}
    assert rings["territory:x:t"] > rings["project:x:3"]
    refused = scene(services, {"programme": "programme:x", "q": "broken"})  # type: ignore[arg-type]
    assert "n'existe pas dans cette base" in text(refused.notes)


def test_filtering_moves_nothing(services: Small, network: Callable[[], Network]) -> None:
    def places(state: dict[str, str]) -> dict[str, tuple[float, float]]:
        drawn = scene(services, {"programme": "programme:x", **state})  # type: ignore[arg-type]
        return {item["data"]["id"]: tuple(item["position"].values()) for item in drawn.elements if item["group"] == "nodes"}

    before = places({})
    for state in (
        {"off": "university"},
        {"minus": "project:x:5"},
        {"plus": "project:x:3"},
        {"layers": "Project~Actor~Territory"},
    ):
        after = places(state)
        assert {name: after[name] for name in after if name in before} == {name: before[name] for name in before if name in after}
        assert after.keys() != before.keys()
    moved = places({"pos": "5.0,7.0,project:x:3"})
    assert moved["project:x:3"] == (5.0, 7.0)
    assert all(moved[name] == before[name] for name in before if name != "project:x:3")


def test_moving_one_node_of_the_nesting_leaves_the_others(network: Callable[[], Network]) -> None:
    recipe = Recipe("programme:x", layers=("Project", "Territory"), layout="nesting", positions={"project:x:3": (1.0, 2.0)})
    places = settled(network(), recipe).positions
    assert places["project:x:3"] == (1.0, 2.0)
    assert {"project:x:5", "territory:x:t"} <= places.keys()
    assert settled(network(), Recipe("programme:x", layout="nesting")).positions == {}


FORM = ("Réseau d'essai", 200, 120, 100)


def test_the_recipe_draws_the_same_again(services: Small) -> None:
    state = {"programme": "programme:x", "off": "university", "lang": "en"}
    content, name = recipe_file(services, state, FORM)  # type: ignore[arg-type]
    recipe = from_yaml(content.decode())
    assert (recipe.title, recipe.width_mm, recipe.hidden_groups, recipe.language) == (
        "Réseau d'essai",
        200.0,
        ("university",),
        "en",
    )
    assert recipe.positions
    assert name == "pacte-reseau-d-essai.yaml"


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF-"), ("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_the_figure_comes_in_each_format(services: Small, kind: str, start: bytes) -> None:
    content, name = figure_file(services, {"programme": "programme:x"}, kind, FORM)  # type: ignore[arg-type]
    assert content.startswith(start)
    assert name.endswith(f".{kind}")


@pytest.mark.parametrize("sizes", [(None, 100, 100), (10, 100, 100), (100, 100, 9000), (1200, 1200, 1200), ("x", 1, 1)])
def test_sizes_nobody_can_print_are_refused_in_the_readers_language(services: Small, sizes: tuple[object, ...]) -> None:
    with pytest.raises(UsageError, match="La figure doit mesurer"):
        figure_file(services, {"programme": "programme:x"}, "png", ("", *sizes))  # type: ignore[arg-type]
