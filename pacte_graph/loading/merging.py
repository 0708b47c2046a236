"""One source may state a fact in several places: merge equal identities, and refuse a source that contradicts itself."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pacte_graph.errors import Told, tell
from pacte_graph.loading import keys
from pacte_graph.loading.keys import Key, Record
from pacte_graph.loading.statements import place_order, places, plain, shown
from pacte_graph.records import Ref, Value, Where


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact as one source states it, all its places together."""

    key: Key
    properties: dict[str, Value]
    where: tuple[Where, ...]


def merge(records: Iterable[Record], problems: list[str]) -> dict[Key, Stated]:
    """Return the facts stated, sorted, each once; what contradicts itself is said in ``problems``.

    ``where`` is the sorted union of the places. Lists are united in the order of their places, scalars must be equal.
    The result doesn't depend on the order of the records.
    """
    groups: dict[Key, Record | list[Record]] = {}
    for record in records:
        key = keys.of(record)
        there = groups.setdefault(key, record)
        if isinstance(there, list):
            there.append(record)
        elif there is not record:
            groups[key] = [there, record]
    return {key: _merge_group(key, groups.pop(key), problems) for key in sorted(groups, key=keys.order)}


_MARSHALLED = frozenset({str, int, float, bool, list})


def digest(facts: Mapping[Key, Stated]) -> str:
    """Return a SHA-256 of everything stated: identities, values and places. Facts are sorted already (see :func:`merge`)."""
    found = hashlib.sha256()
    for key, fact in facts.items():
        values = [(name, value if type(value) in _MARSHALLED else plain(value)) for name, value in fact.properties.items()]
        places = [(place.file, place.line, place.sheet, place.column) for place in fact.where]
        parts = tuple(key) if isinstance(key, Ref) else (key.type, *key.source, *key.target, key.key)
        found.update(marshal.dumps((parts, values, places), 2))
    return found.hexdigest()


def _merge_group(key: Key, found: Record | list[Record], problems: list[str]) -> Stated:
    if not isinstance(found, list):
        return Stated(key, dict(sorted(found.properties.items())), places(found.where))
    records = sorted(found, key=_record_order)
    properties: dict[str, Value] = {}
    first: dict[str, Record] = {}
    for record in records:
        for name, value in record.properties.items():
            if name not in first:
                first[name] = record
                properties[name] = list(value) if isinstance(value, list) else value  # type: ignore[assignment]
            elif isinstance(value, list) and isinstance(properties[name], list):
                properties[name] = unite(properties[name], value)
            elif not same(value, properties[name]):
                problems.append(_contradiction(key, name, properties[name], first[name], value, record))
    return Stated(key, dict(sorted(properties.items())), places(where for record in records for where in record.where))


def unite(left: Value, right: Value) -> Value:
    """Return the items of both lists, each once, first come first."""
    assert isinstance(left, list)  # noqa: S101 - the caller looked
    assert isinstance(right, list)  # noqa: S101
    return [*left, *(item for item in dict.fromkeys(right) if item not in left)]


def same(left: Value | None, right: Value | None) -> bool:
    """Tell whether two values are the same fact: 1 and 1.0 are, 1 and True aren't, nor a date and a moment."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left == right
    return type(left) is type(right) and left == right


def _record_order(record: Record) -> tuple[list[tuple[str, str, int, str]], str]:
    properties = sorted(record.properties.items())
    return [place_order(where) for where in places(record.where)], repr(properties)


def _contradiction(key: Key, name: str, old: Value, there: Record, new: Value, here: Record) -> Told:
    return tell(
        "{fact}: {name} is {old} at {there} and {new} at {here}",
        "{fact} : {name} vaut {old} ({there}) et {new} ({here})",
        fact=keys.words(key),
        name=keys.property_words(key, name),
        old=shown(old),
        new=shown(new),
        there=_first(there),
        here=_first(here),
    )


def _first(record: Record) -> str:
    return str(places(record.where)[0]) if record.where else Told("an unknown place", "endroit inconnu")
