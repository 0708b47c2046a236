"""The methodology page, drawn from the registry of metrics and from nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dash import Dash, dcc, html
from dash.development.base_component import Component

from dashapp.address import href
from dashapp.explorer.formatting import number
from dashapp.methods.words import say

if TYPE_CHECKING:
    from dashapp.services import Services
    from pacte_graph.metrics.model import Metric, Parameter

FAMILIES = ("scheme", "pull", "cooperation")


def layout(services: Services, state: Mapping[str, str]) -> Component:
    """Return the page: a table of contents, then one section a metric, in the catalogue's parts."""
    from pacte_graph.metrics.registry import REGISTRY  # scipy: not needed before this page

    del services
    lang = state["lang"]
    parts = [(family, [metric for metric in REGISTRY.values() if metric.family == family]) for family in FAMILIES]
    contents = html.Nav(
        [_contents(family, metrics, lang) for family, metrics in parts if metrics],
        className="methods-contents",
        **{"aria-label": say("contents", lang)},
    )
    body = [
        html.Section([html.H2(say(family, lang), id=family), *[card(metric, lang) for metric in metrics]])
        for family, metrics in parts
        if metrics
    ]
    back = html.A(say("back", lang), href=href("/indicateurs", state))
    lead = [html.P(say("lead", lang)), html.P(say("convention", lang)), html.P(back)]
    return html.Div([*lead, contents, *body], className="methods")


def register(app: Dash, services: Services) -> None:
    """Register nothing: the page is drawn for its address and has no callbacks."""
    del app, services


def _contents(family: str, metrics: list[Metric], lang: str) -> Component:
    links = [html.Li(html.A(f"{metric.code} {metric.label.get(lang)}", href=f"#{metric.id}")) for metric in metrics]
    return html.Div([html.H2(say(family, lang)), html.Ul(links)])


def card(metric: Metric, lang: str) -> Component:
    """Return what the registry says of a metric; the formula is drawn, and stands as text for who doesn't see it."""
    formula = html.Div(
        dcc.Markdown(f"$${metric.formula}$$", mathjax=True), role="img", className="formula", **{"aria-label": metric.formula}
    )
    rows: list[tuple[str, Any]] = [
        ("definition", metric.definition.get(lang)),
        ("template", html.Q(metric.template.get(lang), className="template")),
        ("formula", formula),
        ("network", metric.network.get(lang)),
        ("unit", metric.unit.get(lang)),
        ("unknowns", metric.unknowns.get(lang)),
        ("limits", metric.limits.get(lang)),
    ]
    if metric.parameters:
        rows.append(("parameters", html.Ul([html.Li(_parameter(item, lang)) for item in metric.parameters])))
    rows += [("reference", metric.reference), ("complexity", metric.complexity)]
    told = html.Dl([part for key, text in rows for part in (html.Dt(say(key, lang)), html.Dd(text))])
    title = html.H3(f"{metric.code} · {metric.label.get(lang)}", id=metric.id, tabIndex=-1)
    return html.Article([title, told], className="method-card", **{"aria-labelledby": metric.id})


def _parameter(item: Parameter, lang: str) -> str:
    colon = ": " if lang == "en" else "\N{NO-BREAK SPACE}: "
    told = f"{item.label.get(lang)}{colon}{item.description.get(lang)}"
    extra = []
    if item.choices:
        extra.append(" / ".join(choice.label.get(lang) for choice in item.choices))
    elif item.minimum is not None and item.maximum is not None:
        extra.append(say("from_to", lang, low=number(item.minimum, lang), high=number(item.maximum, lang)))
    default = next((choice.label.get(lang) for choice in item.choices if choice.value == item.default), item.default)
    if isinstance(default, int | float) and not isinstance(default, bool):
        default = number(default, lang)
    if default is not None and not isinstance(default, bool):
        extra.append(say("default", lang, value=default))
    return f"{told} ({' ; '.join(extra)})" if extra and lang == "fr" else f"{told} ({'; '.join(extra)})" if extra else told
