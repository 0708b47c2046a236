"""The map: contours of the territories and where actors are, drawn by the server, without any tile from elsewhere."""

from __future__ import annotations

from dashapp.map.page import layout
from dashapp.map.wiring import register
from dashapp.map.words import TITLE
from dashapp.pages import Page

PAGE = Page("map", "/carte", TITLE, layout, register)

__all__ = ["PAGE"]
