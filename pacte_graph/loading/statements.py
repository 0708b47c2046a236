"""Who states a fact: one statement a source, kept on the node or link itself as a line of JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pacte_graph.errors import DatabaseError, Told, tell
from pacte_graph.records import Value, Where
from pacte_graph.schema import PropertyType


@dataclass(frozen=True, slots=True)
class Statement:
    """One source's word on one fact: where it says it, and which properties it gives a value.

    ``run`` is the run that last wrote this statement, ``importer_version`` the importer's version then. The values
    themselves are the fact's own properties, except where sources disagree (then ``Statement`` nodes hold each value).
    """

    source: str
    run: str
    importer_version: str
    where: tuple[Where, ...]
    properties: tuple[str, ...]

    def says_as(self, other: Statement) -> bool:
        """Tell whether both say the same at the same places, whichever run wrote them."""
        return (self.source, self.where, self.properties) == (other.source, other.where, other.properties)


def place_order(where: Where) -> tuple[str, str, int, str]:
    """Return a sort key for places; an unknown line comes before line 1."""
    return (where.file, where.sheet or "", -1 if where.line is None else where.line, where.column or "")


def places(wheres: Iterable[Where]) -> tuple[Where, ...]:
    """Return places sorted, each once."""
    return tuple(sorted(set(wheres), key=place_order))


def shown(value: object) -> Told:
    """Return a value for a sentence: as Python writes it in English, as a French reader writes it in French."""
    return Told(repr(value), _french(value))


def _french(value: object) -> str:
    if isinstance(value, bool):
        return "vrai" if value else "faux"
    if isinstance(value, str):
        return f"« {value} »"
    if isinstance(value, list):
        return ", ".join(_french(item) for item in value) or "liste vide"
    if value is None:
        return "rien"
    return value.isoformat() if isinstance(value, dt.date) else repr(value).replace(".", ",")


def encode(statement: Statement) -> str:
    """Return a statement as one line of JSON, unknown parts of a place left out."""
    places = ",".join(_place(where.file, where.line, where.sheet, where.column) for where in statement.where)
    source, run, version = _text(statement.source), _text(statement.run), _text(statement.importer_version)
    names = _names(statement.properties)
    return f'{{"source":{source},"run":{run},"importer_version":{version},"where":[{places}],"properties":{names}}}'


@lru_cache(maxsize=4096)
def _text(text: str) -> str:
    """Return a text as JSON; the same few names come back in every statement of a load."""
    return json.dumps(text, ensure_ascii=False)


@lru_cache(maxsize=4096)
def _names(names: tuple[str, ...]) -> str:
    return json.dumps(names, ensure_ascii=False, separators=(",", ":"))


def decode(text: str) -> Statement:
    """Return the statement that :func:`encode` wrote. Raises DatabaseError on anything else."""
    try:
        raw = json.loads(text)
        return Statement(
            raw["source"],
            raw["run"],
            raw["importer_version"],
            tuple(Where(item["file"], item.get("line"), item.get("sheet"), item.get("column")) for item in raw["where"]),
            tuple(raw["properties"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise DatabaseError(
            tell(
                "The database holds a provenance that can't be read: {text!r}.",
                "La base contient une provenance illisible : {text!r}.",
                text=text[:80],
            ),
            hint=Told(
                "Something else than this tool has written there; restore a backup or load the sources into an empty database.",
                "Autre chose que cet outil y a écrit ; restaurer une sauvegarde ou charger les sources dans une base vide.",
            ),
        ) from error


def encode_value(value: Value) -> str:
    """Return one value as JSON; dates as ISO 8601 text."""
    return json.dumps(plain(value), ensure_ascii=False)


def decode_value(text: str, kind: PropertyType) -> Value:
    """Return the value that :func:`encode_value` wrote for a property of that type."""
    raw: Any = json.loads(text)
    if kind == "date":
        return dt.date.fromisoformat(raw)
    if kind == "datetime":
        return dt.datetime.fromisoformat(raw)
    if kind == "float":
        return float(raw)
    value: Value = raw
    return value


def plain(value: Value | None) -> Any:
    """Return a value as JSON knows it; dates as ISO 8601 text."""
    return value.isoformat() if isinstance(value, dt.date) else value


def _place(file: str, line: int | None, sheet: str | None, column: str | None) -> str:
    """Return a place as JSON, unknown parts left out."""
    parts = [f'"file":{_text(file)}']
    if line is not None:
        parts.append(f'"line":{line}')
    if sheet is not None:
        parts.append(f'"sheet":{_text(sheet)}')
    if column is not None:
        parts.append(f'"column":{_text(column)}')
    return f"{{{','.join(parts)}}}"
