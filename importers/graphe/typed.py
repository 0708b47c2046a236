"""An attribute of a file into a property of ours: exactly when we wrote it, with a human's tolerance when others did."""

from __future__ import annotations

import math
import re

from importers.decoding import folded
from importers.graphe.raw import Cell
from importers.tables import cells
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import Value
from pacte_graph.schema import LinkType, NodeType, Property, interchange

_WHOLE = re.compile(r"[+-]?\d{1,19}")
_INTEGERS = range(-(2**63), 2**63)
_LEFT = frozenset({"document", "declared_by", "contour"})
"""Properties that a foreign column of the same name can't mean: they hold identifiers or geometries of ours."""


def text_of(value: Cell) -> str:
    """Return a value as the text a cell would hold."""
    if isinstance(value, bool):
        return str(value).lower()
    return interchange.joined(value) if isinstance(value, list) else str(value)


def exact(item: Property, value: Cell) -> Value:
    """Return the value that ``pacte export`` wrote. Raises DataRefused when it can't be one of this property."""
    _readable(item, value)
    if item.type == "strings":
        return [part for part in (value if isinstance(value, list) else interchange.split(text_of(value))) if part]
    text = text_of(value)
    if item.type == "string" and not item.choices:
        return text
    if item.type == "integer" and _WHOLE.fullmatch(text):
        return _bounded(item, int(text))
    return foreign(item, value)


def foreign(item: Property, value: Cell) -> Value:
    """Return the value that a column of someone else's means for this property. Raises DataRefused when it means none."""
    _readable(item, value)
    if item.type == "strings" and isinstance(value, list):
        return value
    try:
        found: Value = cells.value(item, text_of(value))
    except cells.Unfit as unfit:
        raise DataRefused(
            tell(
                "Column {name}: “{found}” {why}.",
                "Colonne {name} : « {found} » {why}.",
                name=_named(item),
                found=unfit.found[:80],
                why=unfit.why,
            )
        ) from unfit
    if isinstance(found, float) and not math.isfinite(found):
        raise DataRefused(
            tell(
                "Column {name}: “{found}” is not a finite number.",
                "Colonne {name} : « {found} » n'est pas un nombre fini.",
                name=_named(item),
                found=text_of(value)[:80],
            )
        )
    return _bounded(item, found) if item.type == "integer" and isinstance(found, int) else found


def _bounded(item: Property, value: int) -> int:
    if value not in _INTEGERS:
        raise DataRefused(
            tell(
                "Column {name}: {value} is too large.", "Colonne {name} : {value} est trop grand.", name=_named(item), value=value
            )
        )
    if item.minimum is not None and value < item.minimum:
        raise DataRefused(
            tell(
                "Column {name}: {value} is below {least:g}.",
                "Colonne {name} : {value} est inférieur à {least:g}.",
                name=_named(item),
                value=value,
                least=item.minimum,
            )
        )
    return value


def _readable(item: Property, value: Cell) -> None:
    text = text_of(value)
    if not text.strip():
        raise DataRefused(tell("Column {name} is blank.", "La colonne {name} est vide.", name=_named(item)))
    if not writable(text):
        raise DataRefused(
            tell(
                "Column {name} holds a character that isn't text.",
                "La colonne {name} contient un caractère qui n'est pas du texte.",
                name=_named(item),
            )
        )


def alone(refusal: DataRefused) -> Told:
    """Return why one value is refused while the rest of its row is taken."""
    return tell("{reason} The rest of the row is taken.", "{reason} Le reste de la ligne est pris.", reason=refusal.message)


def _named(item: Property) -> Told:
    """Return a property as a column's name; in French with its label, which the file's column may bear."""
    return Told(item.name, f"« {item.label.fr} » ({item.name})")


def writable(text: str) -> bool:
    """Tell whether a text can be stored: no NUL, no lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


def like(kind: NodeType | LinkType, name: str) -> Property | None:
    """Return the property that a foreign attribute names: by its name or its label in either language, folded."""
    wanted = folded(name)
    for item in kind.properties:
        if item.name not in _LEFT and wanted in {item.name, folded(item.label.fr), folded(item.label.en)}:
            return item
    return None
