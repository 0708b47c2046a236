"""Methodology: every metric of the registry, explained; where « Comment c'est calculé » leads."""

from __future__ import annotations

from dashapp.methods.page import layout, register
from dashapp.methods.words import TITLE
from dashapp.pages import Page

PAGE = Page("methods", "/methodologie", TITLE, layout, register, listed=False)

__all__ = ["PAGE"]
