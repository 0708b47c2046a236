"""What the reader can do: each event turns one view into the next. Pure: no network, no browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dashapp.explorer.state import LAYERS, LAYOUTS, MAX_DEPTH, View

Event = Mapping[str, Any]
"""``{"do": verb, "id": …}``; other keys are ignored (the browser adds a time so that two equal events differ)."""


def apply(view: View, event: Event) -> View:
    """Return the view after ``event``; an event nobody knows, or without what it needs, changes nothing."""
    verb = VERBS.get(str(event.get("do", "")))
    subject = str(event.get("id") or "")
    return verb(view, subject) if verb else view


def _select(view: View, node: str) -> View:
    if view.start and node != view.start:
        chosen = replace(view, selected=node, kind="node", start=None)
        return chosen.with_recipe(path=(view.start, node), hidden=_without(view.recipe.hidden, node))
    return replace(view, selected=node or None, kind="node").with_recipe(hidden=_without(view.recipe.hidden, node))


def _select_link(view: View, link: str) -> View:
    return replace(view, selected=link or None, kind="link")


def _clear(view: View, _: str) -> View:
    return replace(view, selected=None, kind="node", start=None)


def _toggle(view: View, group: str) -> View:
    return view.with_recipe(hidden_groups=_flipped(view.recipe.hidden_groups, group)) if group else view


def _layer(view: View, layer: str) -> View:
    wanted = _flipped(view.recipe.layers, layer)
    return view.with_recipe(layers=tuple(name for name in LAYERS if name in wanted))


def _layout(view: View, name: str) -> View:
    layout = next((item for item in LAYOUTS if item == name), None)
    if layout is None or layout == view.recipe.layout:
        return view
    layers = view.recipe.layers
    if layout == "nesting" and "Territory" not in layers:
        layers = tuple(item for item in LAYERS if item in (*layers, "Territory"))
    return view.with_recipe(layout=layout, layers=layers, positions={})


def _size(view: View, name: str) -> View:
    return view.with_recipe(size_by=name) if name else view


def _expand(view: View, node: str) -> View:
    return view.with_recipe(expanded=_flipped(view.recipe.expanded, node)) if node else view


def _hide(view: View, node: str) -> View:
    if not node:
        return view
    recipe = view.recipe
    gone = replace(view, selected=None, kind="node", start=None if view.start == node else view.start)
    return gone.with_recipe(
        hidden=tuple(sorted({*recipe.hidden, node})),
        expanded=_without(recipe.expanded, node),
        focus=None if recipe.focus == node else recipe.focus,
        path=None if recipe.path and node in recipe.path else recipe.path,
    )


def _focus(view: View, node: str) -> View:
    return view.with_recipe(focus=node, hidden=_without(view.recipe.hidden, node)) if node else view


def _depth(view: View, text: str) -> View:
    return view.with_recipe(depth=min(max(int(text), 1), MAX_DEPTH)) if text.isdecimal() else view


def _unfocus(view: View, _: str) -> View:
    return view.with_recipe(focus=None, depth=1, expanded=())


def _show_all(view: View, _: str) -> View:
    bare = replace(view, start=None)
    return bare.with_recipe(
        hidden_groups=(), focus=None, depth=1, expanded=(), hidden=(), path=None, query=None, parameters={}, positions={}
    )


def _from(view: View, node: str) -> View:
    return replace(view, start=node or None).with_recipe(path=None)


def _no_path(view: View, _: str) -> View:
    return replace(view, start=None).with_recipe(path=None)


def _no_query(view: View, _: str) -> View:
    return view.with_recipe(query=None, parameters={})


def _move(view: View, place: str) -> View:
    """``place`` is ``x,y,id`` (the id may hold commas)."""
    x, y, node = [*place.split(",", 2), "", ""][:3]
    try:
        spot = (round(float(x), 1), round(float(y), 1))
    except ValueError:
        return view
    return view.with_recipe(positions={**view.recipe.positions, node: spot}) if node else view


def _flipped(values: tuple[str, ...], item: str) -> tuple[str, ...]:
    return _without(values, item) if item in values else tuple(sorted({*values, item}))


def _without(values: tuple[str, ...], item: str) -> tuple[str, ...]:
    return tuple(value for value in values if value != item)


VERBS: dict[str, Callable[[View, str], View]] = {
    "select": _select,
    "select-link": _select_link,
    "clear": _clear,
    "toggle": _toggle,
    "layer": _layer,
    "layout": _layout,
    "size": _size,
    "expand": _expand,
    "hide": _hide,
    "focus": _focus,
    "depth": _depth,
    "unfocus": _unfocus,
    "show-all": _show_all,
    "from": _from,
    "no-path": _no_path,
    "no-query": _no_query,
    "move": _move,
}
