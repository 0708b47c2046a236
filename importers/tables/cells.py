"""A cell into a value of its property: typed, bounded, from the closed list if there is one; a sentence when it can't be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from importers.decoding import boolean, date, folded, number
from pacte_graph.errors import DataRefused
from pacte_graph.schema import Property


def _integer(text: str) -> int:
    value = number(text)
    if value != int(value):
        raise ValueError(text)
    return int(value)


def _strings(text: str) -> list[str]:
    separator = "|" if "|" in text else ";"
    return [part.strip() for part in text.split(separator) if part.strip()]


_READERS: dict[str, tuple[Callable[[str], Any], str]] = {
    "string": (str.strip, "text"),
    "integer": (_integer, "a whole number (1 234)"),
    "float": (number, "a number (1 234,5)"),
    "boolean": (boolean, "oui or non"),
    "date": (date, "a date (2016-12-31 or 31/12/2016)"),
    "strings": (_strings, "a list (a ; b ; c)"),
}


def value(property_: Property, text: str) -> Any:
    """Return the typed value of a cell that isn't empty. Raises DataRefused saying what was found and what is accepted."""
    reader = _READERS.get(property_.type)
    if reader is None:
        raise DataRefused(f"Column {property_.name} is kept by the house and can't be given.")
    try:
        found = reader[0](text)
    except ValueError as error:
        raise DataRefused(f"Column {property_.name}: “{text[:80]}” is not {reader[1]}.") from error
    if property_.choices:
        return _choice(property_, str(found))
    if property_.minimum is not None and isinstance(found, int | float) and found < property_.minimum:
        raise DataRefused(f"Column {property_.name}: {found} is below {property_.minimum:g}.")
    return found


def _choice(property_: Property, text: str) -> str:
    """Return the closed list's value for its code or for its label in either language."""
    wanted = folded(text)
    for choice in property_.choices:
        if wanted in {folded(choice.value), folded(choice.label.fr), folded(choice.label.en)}:
            return choice.value
    accepted = ", ".join(choice.value for choice in property_.choices)
    raise DataRefused(f"Column {property_.name}: “{text[:80]}” is not one of: {accepted}.")
