"""What a metric is: a value in an ordered registry, from which command line, app, docs and report are drawn."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pacte_graph.errors import UnknownName, UsageError
from pacte_graph.network.model import Network, Scope
from pacte_graph.schema.kinds import Choice, Words


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a metric: typed, bounded, with a default and a sentence."""

    name: str
    type: Literal["float", "integer", "choice", "boolean", "node", "nodes", "date"]
    """``nodes``: identifiers, as a list or separated by commas; ``date``: YYYY-MM-DD."""
    default: Any
    label: Words
    description: Words
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[Choice, ...] = ()

    def check(self, raw: Any) -> Any:
        """Return ``raw`` (text or value) as a checked value; raises UsageError naming what is accepted."""
        if raw is None:
            return self.default
        try:
            value = _CASTS[self.type](raw)
        except (TypeError, ValueError, KeyError, OverflowError) as problem:
            raise UsageError(f"Parameter {self.name} can't be {raw!r}: a value of type {self.type} is expected.") from problem
        if self.choices and value not in {choice.value for choice in self.choices}:
            raise UsageError(
                f"Parameter {self.name} can't be {raw!r}: one of {', '.join(c.value for c in self.choices)} is expected."
            )
        low, high = self.minimum, self.maximum
        if (low is not None and not value >= low) or (high is not None and not value <= high):
            raise UsageError(f"Parameter {self.name} can't be {raw!r}: a number from {low} to {high} is expected.")
        return value


def _boolean(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    return {"true": True, "1": True, "oui": True, "yes": True, "false": False, "0": False, "non": False, "no": False}[
        str(raw).lower()
    ]


def _finite(raw: Any) -> float:
    value = float(raw)
    if not math.isfinite(value):
        raise ValueError(value)
    return value


def _nodes(raw: Any) -> tuple[str, ...]:
    given: Iterable[Any] = raw.split(",") if isinstance(raw, str) else raw
    return tuple(dict.fromkeys(str(name).strip() for name in given if str(name).strip()))


def _day(raw: Any) -> dt.date:
    return raw if isinstance(raw, dt.date) else dt.date.fromisoformat(raw)


_CASTS: dict[str, Callable[[Any], Any]] = {
    "float": _finite,
    "integer": int,
    "choice": str,
    "boolean": _boolean,
    "node": str,
    "nodes": _nodes,
    "date": _day,
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value: of a node (``id``), of a group, or of the whole network (``id`` is None).

    ``value`` None means undefined, with the reason in the explanation. ``rank`` starts at 1; ties share the least rank.
    ``low``/``high`` bound the value where something is unknown. ``dimension`` tells values of one node apart
    (for instance ``{"kind": "university"}``, ``{"axis": "dependence"}``, ``{"distance": 2}``). ``rank_low``/``rank_high``
    are the best and the worst rank over the grid of hypotheses, where it was gone through.
    """

    id: str | None
    label: str
    type: str
    value: float | int | str | None
    explanation: Words
    rank: int | None = None
    low: float | None = None
    high: float | None = None
    dimension: Mapping[str, str | int] = field(default_factory=dict)
    rank_low: int | None = None
    rank_high: int | None = None


@dataclass(frozen=True, slots=True)
class MetricResult:
    """What a metric says of a network. ``unknown`` counts what was missing; ``details`` holds matrices and parts for views."""

    metric: str
    scope: Scope
    parameters: Mapping[str, Any]
    values: Sequence[Value]
    weight: str
    unknown: Mapping[str, int] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the documented JSON form of one metric."""
        scope = {**self.scope.as_dict(), "weight": self.weight, "parameters": dict(self.parameters)}
        return {
            "metric": self.metric,
            "scope": scope,
            "unknown": dict(self.unknown),
            "values": [_value_dict(v) for v in self.values],
        }


def _value_dict(value: Value) -> dict[str, Any]:
    names = ("id", "label", "type", "value", "rank", "rank_low", "rank_high", "low", "high")
    data: dict[str, Any] = {name: getattr(value, name) for name in names}
    if value.dimension:
        data["dimension"] = dict(value.dimension)
    data["explanation"] = {"fr": value.explanation.fr, "en": value.explanation.en}
    return data


_FAMILIES: Mapping[str, Literal["pull", "cooperation", "scheme"]] = {"E": "pull", "C": "cooperation", "S": "scheme"}


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of the catalogue (``METRICS``): what it says, how, from which network, and how to read it."""

    id: str
    code: str
    """The catalogue's code: S1, E3, C2…"""
    label: Words
    definition: Words
    formula: str
    """LaTeX, without dollar signs."""
    reference: str
    network: Words
    """Which network it reads."""
    unit: Words
    unknowns: Words
    """What an unknown does to it."""
    complexity: str
    template: Words
    """What it says of a value, with «…» for what changes: drawn in the docs and in ``pacte metrics show``."""
    limits: Words
    """What it must not be taken for."""
    function: Callable[[Network, Mapping[str, Any]], MetricResult]
    parameters: tuple[Parameter, ...] = ()
    all_dates: bool = False
    """It compares dates, so it reads the network of all dates, whatever the date of the scope."""

    @property
    def family(self) -> Literal["pull", "cooperation", "scheme"]:
        """Return the part of the catalogue, by the letter of the code."""
        return _FAMILIES[self.code[0]]

    def checked(self, parameters: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return all parameters as checked values, defaults where none is given (UsageError, UnknownName)."""
        given = dict(parameters or {})
        unknown = sorted(set(given) - {item.name for item in self.parameters})
        if unknown:
            accepted = ", ".join(item.name for item in self.parameters) or "none"
            raise UnknownName(f"Metric {self.id} has no parameter {', '.join(unknown)}; it has: {accepted}.")
        return {item.name: item.check(given.get(item.name)) for item in self.parameters}

    def run(self, network: Network, parameters: Mapping[str, Any] | None = None) -> MetricResult:
        """Compute on ``network``; parameters are checked (UsageError); raises MetricUndefined where it has no meaning."""
        return self.function(network, self.checked(parameters))
