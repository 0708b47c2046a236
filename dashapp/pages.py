"""What a page is: pages are registered by code, in order, by ``create_app``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dash import Dash
from dash.development.base_component import Component

from pacte_graph.schema.kinds import Words

if TYPE_CHECKING:
    from dashapp.services import Services


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its path, its title, ``layout(services, state)`` and ``register(app, services)`` for its callbacks.

    ``state`` holds the decoded query string of the URL, always with ``programme`` and ``lang``.
    """

    key: str
    path: str
    title: Words
    layout: Callable[[Services, Mapping[str, str]], Component]
    register: Callable[[Dash, Services], None]
    listed: bool = True
    """In the menu; otherwise it is reached by links."""
