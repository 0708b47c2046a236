"""Pieces that the page's views share: plain tables, folds with a count, sentences in the reader's language, errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashapp.alerts import alert, notice, sentence
from dashapp.data.words import say
from dashapp.explorer.formatting import number
from pacte_graph.errors import DatabaseError, PacteError, Told, in_language

SHOWN = 200
"""Rows of a list that the page shows; the rest is counted."""


def table(head: Sequence[str], rows: Sequence[Sequence[Any]], caption: str) -> Component:
    """Return a plain table; texts are texts, nothing in them is read as markup. It scrolls sideways where it is too wide."""
    return html.Div(
        html.Table(
            [
                html.Caption(caption, className="visually-hidden"),
                html.Thead(html.Tr([html.Th(cell, scope="col") for cell in head])),
                html.Tbody([html.Tr([html.Td(cell) for cell in row]) for row in rows]),
            ]
        ),
        className="data-table",
        tabIndex=0,  # a keyboard scrolls it too
        role="region",
        **{"aria-label": caption},
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


def foreign(text: str, lang: str) -> dict[str, str]:
    """Return the attribute that tells a screen reader that a sentence is in English on a French page; empty otherwise."""
    return {} if lang == "en" or not text or isinstance(text, Told) else {"lang": "en"}


def spoken(text: str, lang: str) -> str | Component:
    """Return a sentence in the reader's language; one that exists in English only says so."""
    marks = foreign(text, lang)
    return html.Span(str(text), **marks) if marks else in_language(text, lang)


def trouble(error: PacteError, lang: str) -> Component:
    """Return the alert of an error: what went wrong and what to do, said plainly, in the reader's language where it is known."""
    if isinstance(error, DatabaseError):
        return alert(error, lang)
    told = [html.P(spoken(text, lang)) for text in (error.message, error.hint) if text]
    general = [html.P(sentence(error, lang))] if foreign(error.message, lang) else []
    return notice([*general, *told], kind="error", role="alert")
