"""A value as a cell: a number, a date or a text that reads back as the same value; texts that a cell can't hold go elsewhere."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from pacte_graph.schema.sheets import CELL_LIMIT, TEXT_MARK, Column

Cell = str | int | float | dt.date
FIRST_DAY = dt.date(1901, 1, 1)
"""Spreadsheets count days from 1900 and get its first months wrong; earlier dates are written as text."""
EXACT = 2**53
PIECE = 16_000
"""Characters of one piece of a long text: even doubled by its encoding, a piece fits in a cell."""


def cell(column: Column, value: Any) -> Cell:
    """Return a property's value as a cell: labels of closed lists in French, oui and non, dates as dates."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return listed([str(item) for item in value], bar=True)
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, dt.date):
        return value if value >= FIRST_DAY else value.isoformat()
    choices = column.property.choices if column.property else ()
    return next((choice.label.fr for choice in choices if choice.value == value), str(value))


def listed(items: Sequence[str], *, bar: bool = False) -> str:
    """Return texts as one, separated by ``;``; a JSON list when an item would not come back whole. ``bar``: ``|`` separates too.

    >>> listed(["a", "b"]), listed(["a;b"])
    ('a; b', '["a;b"]')
    """
    odd = any(";" in item or (bar and "|" in item) or item != item.strip() or not item for item in items)
    if odd or (items and items[0].startswith('["')):
        return json.dumps(list(items), ensure_ascii=False)
    return "; ".join(items)


def fits(text: str) -> bool:
    """Tell whether a text comes back whole from a cell: not too long, no space around it, not empty, not one of our marks."""
    return (
        len(text) > 0
        and len(text.encode("utf-16-le")) // 2 <= CELL_LIMIT
        and text == text.strip()
        and not text.startswith(TEXT_MARK)
    )


def pieces(text: str) -> list[str]:
    """Return a text as JSON cut in pieces that fit in cells; spreadsheets' own escapes (``_x0041_``) are kept from acting."""
    told = json.dumps(text, ensure_ascii=False).replace("_x", "_\\u0078").replace("  ", " \\u0020")
    return [told[start : start + PIECE] for start in range(0, len(told), PIECE)]


def _number(value: float) -> Cell:
    """Return a number, as text when a cell's sixteen digits would change it."""
    if isinstance(value, int):
        return value if abs(value) <= EXACT else str(value)
    return value if float(f"{value:.16G}") == value else repr(value)
