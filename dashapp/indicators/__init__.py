"""Indicators: who pulls whom, declination, nesting, pull by kind of actor; each with its sentence and how it is computed."""

from __future__ import annotations

from dashapp.indicators.page import layout, register
from dashapp.indicators.words import TITLE
from dashapp.pages import Page

PAGE = Page("indicators", "/indicateurs", TITLE, layout, register)

__all__ = ["PAGE"]
