"""Saved queries: a question, its form, its answer as a table, the same rows on the graph, and a link that does it again."""

from __future__ import annotations

from dashapp.pages import Page
from dashapp.queries.page import layout
from dashapp.queries.wiring import register
from dashapp.queries.words import TITLE

PAGE = Page("queries", "/requetes", TITLE, layout, register)

__all__ = ["PAGE"]
