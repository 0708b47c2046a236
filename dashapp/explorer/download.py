"""The files the reader takes away: the figure, drawn on the server from the picture on screen, and its recipe."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dashapp.explorer.canvas import marks_of, network_of, picture_of
from dashapp.explorer.places import settled
from dashapp.explorer.search import fold
from dashapp.explorer.sizes import sizes_of
from dashapp.explorer.state import View, read
from dashapp.explorer.words import say
from pacte_graph.errors import UsageError
from pacte_graph.figures.recipe import MAX_PIXELS, pixels, to_yaml

if TYPE_CHECKING:
    from dashapp.services import Services

MILLIMETRES = (40, 1200)
DPI = (50, 1200)


def printed(view: View, fields: Sequence[Any]) -> View:
    """Return the view with the form's title and sizes. Raises UsageError, in the reader's language, out of bounds."""
    title, *sizes = fields
    low, high = MILLIMETRES
    numbers = [float(value) if isinstance(value, int | float) else 0.0 for value in sizes]
    fits = all(low <= value <= high for value in numbers[:2]) and DPI[0] <= numbers[2] <= DPI[1]
    if not fits or pixels(*numbers) > MAX_PIXELS:
        raise UsageError(say("figure_bad_size", view.language, low=low, high=high, dpi_low=DPI[0], dpi_high=DPI[1]))
    return view.with_recipe(title=str(title or ""), width_mm=numbers[0], height_mm=numbers[1], dpi=int(numbers[2]))


def figure_file(services: Services, state: Mapping[str, str], kind: str, fields: Sequence[Any]) -> tuple[bytes, str]:
    """Return the bytes of the figure and its file name; ``kind`` is ``svg``, ``pdf`` or ``png``."""
    from pacte_graph.figures.draw import figure_bytes  # matplotlib is slow to load, and only wanted here

    view = printed(read(state), fields)
    network = network_of(services, view)
    drawn = picture_of(network, view, marks_of(services, view).ids, sizes_of(services, view))
    return figure_bytes(drawn, kind), _name(view, kind)


def recipe_file(services: Services, state: Mapping[str, str], fields: Sequence[Any]) -> tuple[bytes, str]:
    """Return the recipe as YAML, with the places on screen, and its file name."""
    view = printed(read(state), fields)
    return to_yaml(settled(network_of(services, view), view.recipe)).encode(), _name(view, "yaml")


def _name(view: View, extension: str) -> str:
    """Return ``pacte-<programme>-<date>.<extension>`` with nothing a file system could refuse."""
    words = "-".join(part for part in re.split(r"[^0-9A-Za-z]+", fold(view.recipe.title or view.recipe.programme)) if part)
    day = f"-{view.recipe.date.isoformat()}" if view.recipe.date else ""
    return f"pacte-{words[:60] or 'figure'}{day}.{extension}"
