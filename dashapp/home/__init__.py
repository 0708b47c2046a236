"""The start page: what is loaded, and which questions can be asked."""

from __future__ import annotations

from dashapp.home.page import layout, register
from dashapp.home.words import TITLE
from dashapp.pages import Page

PAGE = Page("home", "/", TITLE, layout, register)

__all__ = ["PAGE"]
