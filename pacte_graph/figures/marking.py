"""Marking what a saved query answered on a picture: ringed nodes, thicker links, and a caption that names the query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pacte_graph.figures.model import Picture, Recipe
from pacte_graph.figures.recipe import LAYERS
from pacte_graph.network.model import Network
from pacte_graph.schema import Words

_DEFAULT_LAYERS = Recipe("").layers
_CAPTION = Words("En évidence : réponse à « {title} ».", "Marked: the answer to “{title}”.")


def widened(network: Network, recipe: Recipe, identifiers: Iterable[str]) -> Recipe:
    """Return the recipe with the layers of the marked nodes added, unless it chose its layers itself."""
    if recipe.layers != _DEFAULT_LAYERS:
        return recipe
    wanted = {*recipe.layers, *(network.by_id[name].label for name in identifiers if name in network.by_id)}
    return replace(recipe, layers=tuple(layer for layer in LAYERS if layer in wanted))


def marked(picture: Picture, identifiers: Iterable[str], title: str) -> Picture:
    """Return the picture with the nodes and links of these identifiers marked, and the query's title in the captions.

    Identifiers the picture doesn't show are left alone; a picture that shows none of them stays as it is.
    """
    pointed = frozenset(identifiers)
    if not pointed & {*(node.id for node in picture.nodes), *(link.id for link in picture.links)}:
        return picture
    said = _CAPTION.get(picture.recipe.language).format(title=title)
    return replace(
        picture,
        nodes=tuple(replace(node, marked=node.marked or node.id in pointed) for node in picture.nodes),
        links=tuple(replace(link, marked=link.marked or link.id in pointed) for link in picture.links),
        captions=(*picture.captions[:-1], said, *picture.captions[-1:]),
    )
