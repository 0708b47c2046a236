"""Parameters as people type them, made into checked values: a sentence says what was found and what is accepted."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from pacte_graph.errors import UnknownName, UsageError
from pacte_graph.queries.model import QueryParameter, SavedQuery

_INTEGER = re.compile(r"[+-]?\d{1,18}")
_BOOLEANS = {"true": True, "1": True, "oui": True, "yes": True, "vrai": True} | {
    "false": False,
    "0": False,
    "non": False,
    "no": False,
    "faux": False,
}
_ACCEPTED = {
    "text": "a text",
    "integer": "a whole number",
    "number": "a number",
    "date": "a date (YYYY-MM-DD)",
    "boolean": "true or false",
    "node": "an identifier",
}


def values(query: SavedQuery, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return every parameter of ``query`` as a checked value; absent ones take their default, optional ones None.

    Raises UnknownName for a parameter the query doesn't have, UsageError for one that is missing or can't be read.
    """
    strangers = sorted(set(given) - {item.name for item in query.parameters})
    if strangers:
        accepted = ", ".join(item.name for item in query.parameters)
        raise UnknownName(f"The query {query.name} has no parameter {', '.join(strangers)}; it has: {accepted}.")
    return {item.name: _value(query, item, given.get(item.name)) for item in query.parameters}


def _value(query: SavedQuery, parameter: QueryParameter, raw: Any) -> Any:
    if raw is not None and raw != "":
        return cast(parameter, raw)
    if parameter.default is None and not parameter.optional:
        raise UsageError(
            f"The query {query.name} needs the parameter {parameter.name}: {accepted(parameter)} is expected.",
            hint=f"Add -p {parameter.name}=…",
        )
    return parameter.default


def cast(parameter: QueryParameter, raw: Any) -> Any:
    """Return ``raw`` (a text, or already a value) as ``parameter`` wants it; raises UsageError."""
    try:
        value = _CASTS[parameter.type](raw)
    except (TypeError, ValueError, KeyError) as problem:
        raise _refusal(parameter, raw) from problem
    if parameter.choices and value not in {choice.value for choice in parameter.choices}:
        raise _refusal(parameter, raw)
    return value


def accepted(parameter: QueryParameter) -> str:
    """Return what a parameter takes, in words."""
    if parameter.choices:
        return "one of " + ", ".join(choice.value for choice in parameter.choices)
    return _ACCEPTED[parameter.type]


def _refusal(parameter: QueryParameter, raw: Any) -> UsageError:
    return UsageError(f"Parameter {parameter.name} can't be {str(raw)[:80]!r}: {accepted(parameter)} is expected.")


def _text(raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip() or "\0" in raw:
        raise ValueError(raw)
    return raw.strip()


def _integer(raw: Any) -> int:
    if isinstance(raw, bool) or not _INTEGER.fullmatch(str(raw).strip()):
        raise ValueError(raw)
    return int(raw)


def _number(raw: Any) -> float:
    value = float(str(raw).strip().replace(",", ".")) if not isinstance(raw, bool) else math.nan
    if not math.isfinite(value):
        raise ValueError(raw)
    return value


def _date(raw: Any) -> dt.date:
    if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
        return raw
    return dt.date.fromisoformat(str(raw).strip())


def _boolean(raw: Any) -> bool:
    return raw if isinstance(raw, bool) else _BOOLEANS[str(raw).strip().lower()]


_CASTS: dict[str, Callable[[Any], Any]] = {
    "text": _text,
    "integer": _integer,
    "number": _number,
    "date": _date,
    "boolean": _boolean,
    "choice": _text,
    "node": _text,
}
