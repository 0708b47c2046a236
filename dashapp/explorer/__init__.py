"""The explorer: the network on a canvas, its legend, its cards, its paths, and the figure one takes away."""

from __future__ import annotations

from dashapp.explorer.page import layout
from dashapp.explorer.wiring import register
from dashapp.explorer.words import TITLE
from dashapp.pages import Page

PAGE = Page("explorer", "/explorateur", TITLE, layout, register)

__all__ = ["PAGE"]
