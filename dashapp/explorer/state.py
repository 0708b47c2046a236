"""What the explorer shows, as one value, and its two-way translation to the URL.

The URL is the truth that is shared; the page keeps the same flat dictionary in a store. The recipe's part is the house's own
(``figures.recipe``); ``select``, ``link`` and ``from`` are what the reader is doing with the picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from pacte_graph.figures.model import Recipe
from pacte_graph.figures.recipe import LAYERS, LAYOUTS, from_state, to_state

DEFAULT = Recipe("")
MAX_DEPTH = 3


@dataclass(frozen=True, slots=True)
class View:
    """The recipe of the picture and what the reader is doing with it.

    ``selected`` is a node id or a link id (``kind`` says which); ``start`` is set while the reader chooses the end of a path.
    """

    recipe: Recipe
    selected: str | None = None
    kind: str = "node"
    start: str | None = None

    @property
    def language(self) -> str:
        """Return ``fr`` or ``en``."""
        return self.recipe.language

    def with_recipe(self, **changes: Any) -> View:
        """Return the same view on a recipe with ``changes``."""
        return replace(self, recipe=replace(self.recipe, **changes))


def read(state: Mapping[str, str]) -> View:
    """Return the view a decoded query string means; unknown keys are left alone, impossible values become the default."""
    link = state.get("link")
    return View(from_state(state), link or state.get("select") or None, "link" if link else "node", state.get("from") or None)


def write(view: View) -> dict[str, str]:
    """Return the flat dictionary of a view; what is at its default is left out, so that links stay short."""
    doing = {"link" if view.kind == "link" else "select": view.selected or "", "from": view.start or ""}
    return {**to_state(view.recipe), "lang": view.language, **{key: value for key, value in doing.items() if value}}


def query_string(state: Mapping[str, str]) -> str:
    """Return the URL's query string of a flat dictionary, with its question mark."""
    return "?" + urlencode(state, quote_via=quote)


__all__ = ["DEFAULT", "LAYERS", "LAYOUTS", "MAX_DEPTH", "View", "query_string", "read", "write"]
