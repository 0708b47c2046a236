"""The example row of each sheet: believable, invented, the same names from one sheet to the next."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pacte_graph.schema import NodeType, Property
from pacte_graph.schema.sheets import EXAMPLE, Column, Kind

_TEXTS = {
    "name": "Exemple à remplacer",
    "short_name": "Exemple",
    "acronym": "EXE",
    "initials": "AB",
    "siren": "000000000",
    "insee_code": "00000",
    "url": "https://exemple.fr",
    "country": "FR",
    "document": f"{EXAMPLE}document",
    "declared_by": f"{EXAMPLE}project",
}
_NUMBERS = {"number": 1, "population": 12_000, "intensity": 2, "latitude": 43.6, "longitude": 1.44, "communes_stated": 37}
_LEFT = frozenset({"contour", "note", "doubt", "key", "sources"})


def row(kind: Kind) -> dict[str, Any]:
    """Return the values of a type's example row by column; some columns stay empty, as in real rows."""
    from pacte_graph.schema.sheets import columns

    found = {column.name: _value(kind, column) for column in columns(kind) if column.name not in _LEFT}
    return {name: value for name, value in found.items() if value is not None}


def _value(kind: Kind, column: Column) -> Any:
    if column.property is not None:
        return _property(column.property)
    if column.name == "id" and isinstance(kind, NodeType):
        return f"{EXAMPLE}{kind.label.lower()}"
    if column.name.endswith("_type"):
        return column.labels[0]
    return f"{EXAMPLE}{column.labels[0].lower()}" if column.labels else None


def _property(item: Property) -> Any:
    if item.choices:
        return item.choices[0].value
    if item.type == "boolean":
        return False
    if item.type == "date":
        return dt.date(2030, 12, 31) if item.name in ("until", "date_to") else dt.date(2030, 1, 1)
    if item.type == "strings":
        return ["2030-01-01", "2031-01-01"] if item.name == "reference_dates" else ["Premier", "Second"]
    if item.type in ("integer", "float"):
        return _NUMBERS.get(item.name, 1_500 if item.unit == "EUR" else 1)
    return _TEXTS.get(item.name, f"Exemple : {item.label.fr.lower()}")
