"""Errors as a reader sees them: one sentence in their language with what to do, the exact message below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashapp.i18n import TEXTS, say
from pacte_graph.errors import PacteError


def notice(text: str | Sequence[Any], *, kind: str = "info", role: str = "status") -> Component:
    """Return a framed sentence; ``kind`` is ``info``, ``warning`` or ``error``, also said by a sign."""
    sign = {"info": "i", "warning": "!", "error": "×"}[kind]
    return html.Div(
        [html.Span(sign, className="notice-sign", **{"aria-hidden": "true"}), html.Div(text, className="notice-text")],
        className=f"notice notice-{kind}",
        role=role,
    )


def sentence(error: PacteError, language: str) -> str:
    """Return what happened and what to do, in ``language``."""
    key = f"error.{error.code}"
    return say(key if key in TEXTS else "error.error", language)


def alert(error: PacteError, language: str) -> Component:
    """Return the alert of an error: the sentence, and the exact message with its hint in a fold."""
    exact = " ".join(part for part in (error.message, error.hint) if part)
    detail = html.Details([html.Summary(say("technical", language)), html.P(exact, lang="en")])
    return notice([html.P(sentence(error, language)), detail], kind="error", role="alert")
