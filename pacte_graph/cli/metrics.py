"""``pacte metrics``: the catalogue, one metric's card, and values with their scope, unknowns and sentences."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from pacte_graph import metrics, network
from pacte_graph.cli.files import write_atomically
from pacte_graph.cli.screen import Console
from pacte_graph.errors import MetricUndefined, UsageError
from pacte_graph.metrics import Metric, MetricResult, words
from pacte_graph.metrics.dimensions import about
from pacte_graph.metrics.sureness.bounds import bounded
from pacte_graph.metrics.sureness.intervals import EVERY, FILLED, with_intervals
from pacte_graph.metrics.unknowns import missing
from pacte_graph.settings import Settings

FILTERS = {"kind": "kinds", "role": "roles", "level": "levels"}
CSV_COLUMNS = (
    "metric", "id", "label", "type", "dimension", "value", "rank", "rank_low", "rank_high", "low", "high", "explanation_fr",
    "explanation_en",
)  # fmt: skip


class Format(StrEnum):
    """How values are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


_JSON = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]

_Bounds = Annotated[
    bool, typer.Option("--bounds", help="Least and greatest values with unknown directions, intensities and roles off and on.")
]
_Robust = Annotated[
    bool | None,
    typer.Option(
        "--robust/--no-robust", help="Interval of ranks (E3, E5) over 45 hypotheses; default: yes (below 100,000 nodes)."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    from pacte_graph.cli import sureness

    group = typer.Typer(no_args_is_help=True, help="List, explain and compute the metrics of the network.")
    group.command("list")(list_)
    group.command("show")(show)
    group.command("run")(run)
    sureness.register(group)
    group.command("journey")(import_module("pacte_graph.cli.journey").journey)
    group.command("compare")(import_module("pacte_graph.cli.compare").compare)
    app.add_typer(group, name="metrics")


def list_(*, as_json: _JSON = False) -> None:
    """List the metrics, in the catalogue's order."""
    if as_json:
        _print({"metrics": [_card(metric) for metric in metrics.REGISTRY.values()]})
        return
    table = Table("metric", "code", "en français", "in English")
    for metric in metrics.REGISTRY.values():
        table.add_row(metric.id, metric.code, metric.label.fr, metric.label.en)
    Console().print(table)


def show(name: Annotated[str, typer.Argument(help="A metric's name or catalogue code.")], *, as_json: _JSON = False) -> None:
    """Show a metric's definition, formula, source and parameters."""
    card = _card(metrics.show(name))
    if as_json:
        _print(card)
        return
    console = Console(highlight=False, markup=False)
    for key, told in card.items():
        if key != "parameters":
            console.print(f"{key}: {' / '.join(told.values()) if isinstance(told, dict) else told}", soft_wrap=True)
    for item in card["parameters"]:
        accepted, default = _accepted(item), "" if item["default"] is None else item["default"]
        console.print(
            f"  -p {item['name']}={default}{accepted}: {item['description']['fr']} / {item['description']['en']}",
            soft_wrap=True,
        )


def _accepted(item: dict[str, Any]) -> str:
    if item["choices"]:
        return f" [{', '.join(item['choices'])}]"
    return "" if item["minimum"] is None and item["maximum"] is None else f" [{item['minimum']} … {item['maximum']}]"


def run(  # noqa: PLR0913 - each argument is an option of the command
    names: Annotated[list[str] | None, typer.Argument(help="Names or codes; all metrics when none is given.")] = None,
    *,
    programme: Annotated[str | None, typer.Option(help="Identifier of the programme that is the scope.")] = None,
    date: Annotated[str | None, typer.Option(help="Only links in force that day (YYYY-MM-DD).")] = None,
    where: Annotated[list[str] | None, typer.Option("--where", help="Filter: kind=…, role=…, level=…; may be repeated.")] = None,
    parameter: Annotated[list[str] | None, typer.Option("-p", "--parameter", help="A metric's parameter: name=value.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
    robust: _Robust = None,
    bounds: _Bounds = False,
    as_json: _JSON = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file instead of standard output.")] = None,
) -> None:
    """Compute metrics on one programme's network and print values, ranks, bounds and sentences."""
    from pacte_graph.store import open_store

    chosen = [metrics.show(name) for name in names or list(metrics.REGISTRY)]
    given = pairs(parameter or [])
    scope_in = scope_maker(programme, date, where or [])
    with open_store(Settings()) as store:
        scope = scope_in(store)
        snapshot = network.read(store, scope)
        dated = scope.date is not None and any(metric.all_dates for metric in chosen)
        whole = network.read(store, replace(scope, date=None)) if dated else snapshot
    results, refused = [], {}
    for metric in chosen:
        try:
            parameters = _kept(metric, given, alone=bool(names))
            read = whole if metric.all_dates else snapshot
            results.append(bounded(metric, read, parameters) if bounds else metric.run(read, parameters))
        except MetricUndefined as why:
            if names:
                raise
            refused[metric.id] = str(why)
    if robust if robust is not None else len(snapshot.nodes) < EVERY:
        results = [with_intervals(result, snapshot) if result.metric in FILLED else result for result in results]
    for name, reason in refused.items():
        Console(stderr=True, highlight=False, markup=False).print(f"{name}: left out. {reason}", soft_wrap=True)
    text = _rendered(results, Format.JSON if as_json else format_)
    if output is not None:
        write_atomically(output, text.encode("utf-8"))
    elif text:
        sys.stdout.write(text)
    else:
        _tables(results, snapshot)


def scope_maker(programme: str | None, date: str | None, where: list[str]) -> Callable[[Any], network.Scope]:
    """Return what gives the scope that options name once a store is open; the only programme loaded is the default.

    Raises UsageError at once for a filter or a date that isn't one.
    """
    filters, day = _filters(where), day_of(date)
    return lambda store: network.Scope(_programme(store, programme), day, **filters)


def _kept(metric: Metric, given: dict[str, str], *, alone: bool) -> dict[str, str]:
    """Return the parameters a metric takes; when metrics were named, one that none of them takes is refused by the metric."""
    names = {item.name for item in metric.parameters}
    return {name: value for name, value in given.items() if name in names or alone}


def pairs(texts: list[str]) -> dict[str, str]:
    """Return ``name=value`` texts as a mapping. Raises UsageError for one that isn't."""
    wrong = next((text for text in texts if "=" not in text), None)
    if wrong is not None:
        raise UsageError(f"“{wrong}” is not name=value.", hint="For instance: -p theta=0.35")
    return dict(text.split("=", 1) for text in texts)


def _filters(texts: list[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for text in texts:
        key, separator, value = text.partition("=")
        if key not in FILTERS or not separator or not value:
            raise UsageError(f"The filter “{text}” is not understood.", hint="Filters are kind=…, role=… or level=…")
        found.setdefault(FILTERS[key], set()).update(value.split(","))
    return {key: frozenset(values) for key, values in found.items()}


def day_of(text: str | None) -> dt.date | None:
    """Return a date written YYYY-MM-DD. Raises UsageError for a text that isn't one."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"“{text}” is not a date.", hint="Write it YYYY-MM-DD.") from error


def _programme(store: Any, given: str | None) -> str:
    if given:
        return given
    known = network.programmes(store)
    if len(known) == 1:
        return known[0].id
    if not known:
        raise UsageError("The database holds no programme yet.", hint="Load one: pacte demo, or pacte import.")
    raise UsageError("Several programmes are loaded: choose one.", hint=f"--programme {' or '.join(info.id for info in known)}")


def _rendered(results: list[MetricResult], format_: Format) -> str:
    if format_ is Format.JSON:
        return (
            json.dumps({"metrics": [result.as_dict() for result in results]}, ensure_ascii=False, allow_nan=False, default=str)
            + "\n"
        )
    return _csv(results) if format_ is Format.CSV else ""


def _csv(results: list[MetricResult]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for result in results:
        for value in result.values:
            dimension = ";".join(f"{key}={told}" for key, told in value.dimension.items())
            texts = [safe(text) for text in (value.id or "", value.label)]
            sentences = [safe(text) for text in (value.explanation.fr, value.explanation.en)]
            ranks = [value.rank, value.rank_low, value.rank_high]
            numbers = [value.value, *ranks, value.low, value.high]
            writer.writerow([result.metric, *texts, value.type, dimension, *numbers, *sentences])
    return out.getvalue()


def safe(text: str) -> str:
    """Return a text cell no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _tables(results: list[MetricResult], snapshot: network.Network) -> None:
    console = Console()
    for result in results:
        metric = metrics.REGISTRY[result.metric]
        table = Table("rang", "", "mesure", "valeur", "lecture", title=f"{metric.code} {metric.label.fr}", title_justify="left")
        for value in sorted(result.values, key=lambda item: (str(dict(item.dimension)), item.rank or 0, item.id or "")):
            what = about(value.dimension, snapshot).fr
            sentence = value.explanation.fr.rsplit(" [", 1)[0]
            table.add_row(_rank(value), value.label, what, _number(value), sentence)
        console.print(table)
        lacking = missing(result.unknown).fr
        ending = f" ; ce qui manque : {lacking}" if lacking else ""
        console.print(f"{result.weight}{ending}\n", highlight=False, markup=False, soft_wrap=True)


def _rank(value: metrics.Value) -> str:
    """Return the rank with its interval over the hypotheses: ``2 (1–4)``."""
    rank = str(value.rank or "")
    return rank if value.rank_low is None else f"{rank} ({value.rank_low}–{value.rank_high})"


def _number(value: metrics.Value) -> str:
    if value.high is not None and value.low is not None and value.high != value.low:
        return f"{words.number(value.low).fr} à {words.number(value.high).fr}"
    if value.value is None:
        return "non défini"
    return words.number(value.value).fr if isinstance(value.value, int | float) else str(value.value)


def _card(metric: Metric) -> dict[str, Any]:
    told = {name: getattr(metric, name) for name in ("label", "definition", "network", "unit", "template", "unknowns", "limits")}
    texts = {name: getattr(metric, name) for name in ("formula", "reference", "complexity")}
    return {"metric": metric.id, "code": metric.code, **{k: {"fr": v.fr, "en": v.en} for k, v in told.items()}, **texts,
            "parameters": [
                {"name": item.name, "type": item.type, "default": item.default, "minimum": item.minimum, "maximum": item.maximum,
                 "choices": [choice.value for choice in item.choices],
                 "description": {"fr": item.description.fr, "en": item.description.en}}
                for item in metric.parameters
            ]}  # fmt: skip


def _print(data: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, default=str) + "\n")
