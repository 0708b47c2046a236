"""Data: what was loaded and how fresh it is, files to load (difference first), rows refused, duplicates to review."""

from __future__ import annotations

from dashapp.data.page import layout
from dashapp.data.wiring import register
from dashapp.data.words import TITLE
from dashapp.pages import Page

PAGE = Page("data", "/donnees", TITLE, layout, register)

__all__ = ["PAGE"]
