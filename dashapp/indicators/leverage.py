"""Leverage: what the Region's money comes with, kind of funder by kind of funder, up to the whole."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from dashapp.alerts import notice
from dashapp.explorer.formatting import number
from dashapp.explorer.naming import caption
from dashapp.indicators.charts import said, shown, steps
from dashapp.indicators.section import plain_table, sentences
from dashapp.indicators.words import say
from pacte_graph.metrics.model import MetricResult
from pacte_graph.network.model import Network

MEASURES = ("additional", "regional_rate", "private", "first_share", "coverage")


def draw(result: MetricResult, network: Network, state: Mapping[str, str]) -> list[Component]:
    """Return the sentences, the waterfall of the funded projects, and each project's plan as a table."""
    lang, falls = state["lang"], result.details["waterfall"]
    told = sentences(*(text for measure in MEASURES for text in said(result, lang, measure=measure)), lang=lang)
    if not falls:
        return [told, notice(say("no_plan", lang))]
    amounts = [row["amount"] for row in falls]
    names = [_capital(row["label"].get(lang)) for row in falls]
    figure = steps(
        [*names, say("whole", lang)],
        [*amounts, sum(amounts)],
        [*["relative"] * len(amounts), "total"],
        [euros(amount, lang) for amount in [*amounts, sum(amounts)]],
        lang,
    )
    rows = [
        [
            caption(network.by_id[plan["id"]], lang),
            amount_text(plan["total"], lang),
            amount_text(plan["regional"], lang),
            say("plan_counted" if plan["funded"] else "plan_complete" if plan["complete"] else "plan_incomplete", lang),
        ]
        for plan in result.details["plans"]
    ]
    headings = [say(key, lang) for key in ("project", "budget", "regional_part", "plan")]
    table = plain_table(headings, rows, numbers=frozenset({1, 2}))
    return [
        told,
        shown(figure, say("leverage_alt", lang)),
        html.Details([html.Summary(say("figures", lang)), table], className="fold"),
    ]


def euros(amount: float, lang: str) -> str:
    """Return an amount to the euro.

    >>> euros(-1234.0, "en")
    '-€1,234'
    """
    text = number(round(abs(amount)), lang)
    sign = "-" if round(amount) < 0 else ""
    return f"{sign}€{text}" if lang == "en" else f"{sign}{text}\N{NO-BREAK SPACE}€"


def amount_text(amount: float | None, lang: str) -> str:
    """Return an amount, or that it is unknown: never a zero in its place."""
    return say("cell_unknown", lang) if amount is None else euros(amount, lang)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
