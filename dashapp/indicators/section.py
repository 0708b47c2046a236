"""What every indicator has around its picture: title, sentences, what is missing, and how it is computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from dash import html
from dash.development.base_component import Component

from dashapp.address import day, href
from dashapp.alerts import alert
from dashapp.explorer.formatting import number
from dashapp.indicators.words import say
from pacte_graph.errors import PacteError
from pacte_graph.metrics.model import Metric, MetricResult, Parameter
from pacte_graph.metrics.unknowns import missing
from pacte_graph.network.model import Network, Scope

if TYPE_CHECKING:
    from dashapp.services import Services

Draw = Callable[[MetricResult, Network, Mapping[str, str]], list[Component]]


def section(services: Services, key: str, metric: Metric, draw: Draw, state: Mapping[str, str]) -> Component:
    """Return the section of one indicator; a metric without meaning here is a sentence in its place, not a broken page."""
    lang, scope = state["lang"], Scope(state["programme"], day(state))
    title = html.H2(say(key, lang), id=key, tabIndex=-1)
    try:
        result = services.metric(metric.id, scope)
        drawn = draw(result, services.network(scope), state)
        missing = html.P(unknown_text(result.unknown, lang), className="indicator-missing")
        body = [*drawn, missing, method(metric, result, state)]
    except PacteError as error:
        body = [alert(error, lang)]
    return html.Section([title, *body], className="indicator", **{"aria-labelledby": key})


def sentences(*texts: str, lang: str = "fr") -> Component:
    """Return the explanation, in words; the scope that ends each sentence is said once, below."""
    parts = [text.rpartition(" [") if text.endswith("]") else (text, "", "") for text in dict.fromkeys(texts) if text]
    scopes = list(dict.fromkeys(scope.removesuffix("]") for _, _, scope in parts if scope))
    below = [html.P(say("scope", lang, what=scope), className="indicator-scope") for scope in scopes]
    return html.Div([*(html.P(first) for first, _, _ in parts), *below], className="indicator-sentences")


def unknown_text(unknown: Mapping[str, int], lang: str) -> str:
    """Return how many facts were missing, by kind; says so when none was."""
    told = missing(unknown).get(lang)
    return say("unknown", lang, what=told) if told else say("nothing_missing", lang)


def method(metric: Metric, result: MetricResult, state: Mapping[str, str]) -> Component:
    """Return the fold that says how it is computed: definition, formula as text, reference, network, unit, parameters."""
    lang = state["lang"]
    rows: list[tuple[str, Any]] = [
        ("definition", metric.definition.get(lang)),
        ("formula", html.Code(metric.formula)),
        ("reference", metric.reference),
        ("network", metric.network.get(lang)),
        ("unit", metric.unit.get(lang)),
        ("unknowns", metric.unknowns.get(lang)),
        ("limits", metric.limits.get(lang)),
    ]
    if metric.parameters:
        given = [(item, result.parameters.get(item.name)) for item in metric.parameters]
        listed = [html.Li(parameter_text(item, value, lang)) for item, value in given if value is not None]
        rows.append(("parameters", html.Ul(listed)))
    told = html.Dl([part for key, text in rows for part in (html.Dt(say(key, lang)), html.Dd(text))])
    more = html.P(html.A(say("more_method", lang), href=f"{href('/methodologie', state)}#{metric.id}"))
    name = f"{say('method', lang)} ({metric.label.get(lang)}, {metric.code})"
    return html.Details([html.Summary(name), told, more], className="fold method")


def parameter_text(parameter: Parameter, value: Any, lang: str) -> str:
    """Return a parameter in words: its label, its value, what it means."""
    shown = next((item.label.get(lang) for item in parameter.choices if item.value == value), None)
    if isinstance(value, bool):
        shown = say("yes" if value else "no", lang)
    elif shown is None:
        shown = number(value, lang) if isinstance(value, int | float) else str(value)
    colon = ": " if lang == "en" else "\N{NO-BREAK SPACE}: "
    return f"{parameter.label.get(lang)}{colon}{shown}. {parameter.description.get(lang)}"


def plain_table(headings: list[str], rows: list[list[Any]], *, numbers: frozenset[int] = frozenset()) -> Component:
    """Return a table whose first column names its rows; ``numbers`` are the columns set to the right."""
    head = html.Thead(
        html.Tr([html.Th(text, scope="col", className="num" * (at in numbers)) for at, text in enumerate(headings)])
    )
    body = [
        html.Tr(
            [
                html.Th(row[0], scope="row"),
                *(html.Td(cell, className="num" * (at in numbers)) for at, cell in enumerate(row[1:], 1)),
            ]
        )
        for row in rows
    ]
    return html.Div(html.Table([head, html.Tbody(body)], className="plain-table"), className="table-frame", tabIndex=0)
