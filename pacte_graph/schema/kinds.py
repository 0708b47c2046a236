"""The vocabulary of the schema: words in two languages, properties, node types and link types, as frozen values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

PropertyType = Literal["string", "integer", "float", "boolean", "date", "datetime", "strings"]

PYTHON_TYPES: dict[PropertyType, type] = {
    "string": str,
    "integer": int,
    "float": float,
    "boolean": bool,
    "date": dt.date,
    "datetime": dt.datetime,
    "strings": list,
}


@dataclass(frozen=True, slots=True)
class Words:
    """One text in French and English; both are there, or both are empty."""

    fr: str
    en: str

    def __post_init__(self) -> None:
        if bool(self.fr) != bool(self.en):
            raise ValueError(f"a text lacks one of its languages: {self!r}")

    def get(self, language: str) -> str:
        """Return the text in ``language`` (``fr`` or ``en``)."""
        return self.en if language == "en" else self.fr


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a closed list, with its label."""

    value: str
    label: Words


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a node or link type. ``unit`` is ``EUR``, ``people``… or empty; ``minimum`` bounds numbers."""

    name: str
    type: PropertyType
    label: Words
    description: Words
    choices: tuple[Choice, ...] = ()
    required: bool = False
    unit: str = ""
    minimum: float | None = None


@dataclass(frozen=True, slots=True)
class NodeType:
    """A label: what it means, its properties, the property shown as caption, and its table in tabular sources."""

    label: str
    words: Words
    plural: Words
    description: Words
    table: str
    properties: tuple[Property, ...]
    caption: str = "name"
    scoped: bool = False
    """True when nodes of this type are PART_OF programmes directly."""
    _by_name: dict[str, Property] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {item.name: item for item in self.properties})

    def property(self, name: str) -> Property | None:
        """Return the property of that name, or None."""
        return self._by_name.get(name)


@dataclass(frozen=True, slots=True)
class LinkType:
    """A relationship type: it reads source to target, between the labels named."""

    type: str
    words: Words
    description: Words
    table: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    properties: tuple[Property, ...] = ()
    keyed: bool = False
    """True when parallel links between the same two nodes are told apart by ``key``."""
    _by_name: dict[str, Property] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {item.name: item for item in self.properties})

    def property(self, name: str) -> Property | None:
        """Return the property of that name, or None."""
        return self._by_name.get(name)
