"""Pieces that the page's views share: plain tables and folds with a count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashapp.data.words import say
from dashapp.explorer.formatting import number

SHOWN = 200
"""Rows of a list that the page shows; the rest is counted."""


def table(head: Sequence[str], rows: Sequence[Sequence[Any]], caption: str) -> Component:
    """Return a plain table; texts are texts, nothing in them is read as markup."""
    return html.Div(
        html.Table(
            [
                html.Caption(caption, className="visually-hidden"),
                html.Thead(html.Tr([html.Th(cell, scope="col") for cell in head])),
                html.Tbody([html.Tr([html.Td(cell) for cell in row]) for row in rows]),
            ]
        ),
        className="data-table",
    )


def fold(title: str, head: Sequence[str], rows: Sequence[Sequence[Any]], lang: str, *, opened: bool = True) -> list[Component]:
    """Return a list under its title with its length; nothing when it is empty. What is too long is counted."""
    if not rows:
        return []
    body: list[Component] = [table(head, rows[:SHOWN], title)]
    if len(rows) > SHOWN:
        body.append(html.P(say("more", lang, n=number(len(rows) - SHOWN, lang))))
    summary = html.Summary(f"{title} ({number(len(rows), lang)})")
    return [html.Details([summary, *body], open=opened, className="fold data-fold")]


def short(value: object, limit: int = 160) -> str:
    """Return a value as a short text; a dash for what is absent."""
    text = "—" if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= limit else f"{text[:limit]}…"
