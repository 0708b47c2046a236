"""What a source may state: each fact is checked against the schema; a violation is a sentence naming fact and place."""

from __future__ import annotations

import datetime as dt
import graphlib
import math
from collections.abc import Iterable, Iterator, Mapping

from pacte_graph import ids
from pacte_graph.errors import DataRefused
from pacte_graph.loading import keys
from pacte_graph.loading.keys import Key, LinkKey
from pacte_graph.loading.merging import Stated
from pacte_graph.records import Ref, Value
from pacte_graph.schema import BOOKKEEPING, LINKS, NODES, PROVENANCE, PYTHON_TYPES, LinkType, NodeType, Property, PropertyType

SHOWN = 20
"""How many problems a refusal lists; the rest is counted."""

_RESERVED = frozenset({*PROVENANCE, "id", "key"})
_TYPES: dict[PropertyType, str] = {
    "string": "a text",
    "integer": "a whole number",
    "float": "a number",
    "boolean": "true or false",
    "date": "a date",
    "datetime": "a moment",
    "strings": "a list of texts",
}
_INTEGERS = range(-(2**63), 2**63)


def check(fact: Stated) -> list[str]:
    """Return what is wrong with a fact in itself: its names, identity, ends and values. Empty when it may be loaded."""
    declared = _declared(fact.key)
    if declared is None:
        return [f"{_at(fact)}: the schema has no such {'label' if isinstance(fact.key, Ref) else 'relationship type'}"]
    found = list(_identity(fact.key))
    if not fact.where:
        found.append("it says no place where the source states it")
    for name, value in fact.properties.items():
        item = declared.property(name)
        if item is None or not _plainly_sound(item, value):
            found.extend(_property(declared, name, value))
    return [f"{_at(fact)}: {problem}" for problem in found]


def tidy(fact: Stated) -> Stated:
    """Return the fact with whole numbers written as floats where the schema says so (the two are the same value)."""
    if not any(type(value) in (int, float) for value in fact.properties.values()):
        return fact
    declared = _declared(fact.key)
    properties = {name: _number(declared, name, value) for name, value in fact.properties.items()}
    return Stated(fact.key, properties, fact.where)


def missing(key: Key, properties: Mapping[str, Value]) -> list[str]:
    """Return the required properties that a fact would lack once loaded."""
    declared = _declared(key)
    return [item.name for item in declared.properties if item.required and item.name not in properties] if declared else []


def refuse(problems: list[str]) -> None:
    """Raise DataRefused listing the first problems and counting the rest; do nothing when there is none."""
    if not problems:
        return
    rest = len(problems) - SHOWN
    lines = problems[:SHOWN] + ([f"… and {rest} more"] if rest > 0 else [])
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    raise DataRefused(
        f"The data was refused, nothing was written; {count}:\n" + "\n".join(f"- {line}" for line in lines),
        hint="Correct the file at the places named, or report it if the file is right (`pacte schema` shows what is allowed).",
    )


def _declared(key: Key) -> NodeType | LinkType | None:
    if isinstance(key, Ref):
        return None if key.label in BOOKKEEPING else NODES.get(key.label)
    return None if key.type == "ABOUT" else LINKS.get(key.type)


def _identity(key: Key) -> Iterator[str]:
    if isinstance(key, Ref):
        yield from _identifier(key.id)
        return
    declared = LINKS[key.type]
    for end, allowed, word in ((key.source, declared.sources, "starts"), (key.target, declared.targets, "ends")):
        if end.label not in allowed:
            yield f"{key.type} {word} at {' or '.join(allowed)}, not at {end.label}"
    if key.key and not declared.keyed:
        yield f"{key.type} has no key; it is told apart by its two ends"
    if key.key:
        yield from _identifier(key.key)
    if key.type == "WITHIN" and key.source == key.target:
        yield "a territory can't be within itself"


def _identifier(text: str) -> Iterator[str]:
    try:
        ids.check(text)
    except DataRefused as error:
        yield error.message


def _plainly_sound(item: Property, value: object) -> bool:
    """Tell at once that an everyday value is sound; the others are looked at one rule at a time."""
    kind = type(value)
    if kind is str:
        return item.type == "string" and not item.choices and value.isascii() and value.isprintable() and value != ""  # type: ignore[attr-defined]
    if kind is float:
        return item.type == "float" and item.minimum is None and math.isfinite(value)  # type: ignore[arg-type]
    return (kind is dt.date and item.type == "date") or (kind is bool and item.type == "boolean")


def _property(declared: NodeType | LinkType, name: str, value: object) -> Iterator[str]:
    item = declared.property(name)
    if name in _RESERVED:
        yield f"{name} is kept by the tool, no source may state it"
    elif item is None:
        yield f"the schema has no property {name} here"
    else:
        problem = _value(item, value)
        if problem:
            yield f"{name} {problem} (it is {_shown(value)})"


def _value(item: Property, value: object) -> str:
    """Return what is wrong with a value, or nothing."""
    if value is None or value in ("", []):
        return "is empty; leave it out when it is unknown"
    if not _is(item, value):
        return f"must be {_TYPES[item.type]}"
    texts = value if isinstance(value, list) else [value]
    if any(isinstance(text, str) and not _writable(text) for text in texts):
        return "holds a character that isn't text"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number_problem(item, value)
    if item.choices and value not in [choice.value for choice in item.choices]:
        return f"must be one of {', '.join(choice.value for choice in item.choices)}"
    return ""


def _is(item: Property, value: object) -> bool:
    if item.type == "strings":
        return isinstance(value, list) and all(isinstance(text, str) and text for text in value)
    if item.type == "float":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if item.type in ("integer", "date"):
        return isinstance(value, PYTHON_TYPES[item.type]) and not isinstance(value, bool | dt.datetime)
    return isinstance(value, PYTHON_TYPES[item.type])


def _number_problem(item: Property, value: float) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return "must be a finite number"
    if isinstance(value, int) and value not in _INTEGERS:
        return "is too large"
    if item.minimum is not None and value < item.minimum:
        return f"must be at least {item.minimum:g}"
    return ""


def _writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


def _number(declared: NodeType | LinkType | None, name: str, value: Value) -> Value:
    item = declared.property(name) if declared else None
    if item is not None and item.type == "float" and isinstance(value, int | float):
        return float(value) + 0.0  # -0.0 becomes 0.0
    return value


def _at(fact: Stated) -> str:
    place = f" at {fact.where[0]}" if fact.where else ""
    return f"{keys.words(fact.key)}{place}"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def cycle(links: Iterable[LinkKey]) -> list[str]:
    """Return the ids along one cycle among links (first and last are the same), or an empty list.

    Links are taken in order, so the cycle found is always the same.
    """
    onward: dict[str, list[str]] = {}
    for link in sorted(links, key=keys.order):
        onward.setdefault(link.source.id, []).append(link.target.id)
    try:
        graphlib.TopologicalSorter(onward).prepare()
    except graphlib.CycleError as error:
        found: list[str] = error.args[1]
        return found[::-1]  # the sorter follows links from end to start
    return []
