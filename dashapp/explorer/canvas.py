"""From the reader's view to the picture: the network of the scope, the metric behind sizes, the marks of a saved query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashapp.alerts import sentence
from dashapp.explorer.places import settled
from dashapp.explorer.state import DEFAULT, LAYERS, View
from pacte_graph.errors import PacteError
from pacte_graph.figures.model import Picture, Recipe
from pacte_graph.figures.picture import picture
from pacte_graph.network.model import Network, Scope

if TYPE_CHECKING:
    from dashapp.services import Services


@dataclass(frozen=True, slots=True)
class Marks:
    """What a saved query points at: its title, the ids of its rows, and why it couldn't be run (a sentence), if so."""

    ids: frozenset[str] = frozenset()
    """Of nodes and of links."""
    title: str = ""
    problem: str = ""


def network_of(services: Services, view: View) -> Network:
    """Return the network that the view is about."""
    return services.network(Scope(view.recipe.programme, view.recipe.date))


def marks_of(services: Services, view: View) -> Marks:
    """Return what the view's saved query points at; nothing when it has none."""
    recipe = view.recipe
    if recipe.query is None:
        return Marks()
    try:
        query = services.catalogue().get(recipe.query)
        title = query.title.get(view.language) if query else recipe.query
        scoped = query is not None and any(item.name == "programme" for item in query.parameters)
        given = {**recipe.parameters, **({"programme": recipe.programme} if scoped else {})}
        graph = services.run_query(recipe.query, given).graph
    except PacteError as error:
        return Marks(title=recipe.query, problem=sentence(error, view.language))
    return Marks(frozenset((*graph.nodes, *graph.links)), title)


def picture_of(network: Network, view: View, marks: Iterable[str] = (), sizes: Mapping[str, float] | None = None) -> Picture:
    """Return the picture of a view; what a query marks is ringed, and its layers are shown unless the reader chose layers."""
    pointed = frozenset(marks)
    recipe = settled(network, _with_layers(network, view.recipe, pointed & network.by_id.keys()))
    drawn = picture(network, recipe, metric_values=sizes)
    if not pointed:
        return drawn
    return _ringed(drawn, pointed) if pointed & {node.id for node in drawn.nodes} else drawn


def _ringed(drawn: Picture, pointed: frozenset[str]) -> Picture:
    """Mark what a query points at; the rest steps back, unless a path already says what does."""
    fade = drawn.recipe.path is None
    nodes = tuple(
        replace(node, marked=node.marked or node.id in pointed, faded=node.faded or (fade and node.id not in pointed))
        for node in drawn.nodes
    )
    links = tuple(
        replace(
            link,
            marked=link.marked or link.id in pointed,
            faded=link.faded or (fade and not {link.source, link.target} <= pointed),
        )
        for link in drawn.links
    )
    return replace(drawn, nodes=nodes, links=links)


def _with_layers(network: Network, recipe: Recipe, marked: frozenset[str]) -> Recipe:
    if recipe.layers != DEFAULT.layers or not marked:
        return recipe
    wanted = {*recipe.layers, *(network.by_id[name].label for name in marked)}
    return replace(recipe, layers=tuple(layer for layer in LAYERS if layer in wanted))
