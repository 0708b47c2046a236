"""Texts into typed values, one reader a property; a text without a meaning is listed with its place, never dropped."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from importers.decoding import number, tidy
from pacte_graph.errors import Told, tell
from pacte_graph.records import NotUnderstood, Value, Where
from pacte_graph.schema import LINKS, NODES, LinkType, NodeType

Reader = Callable[[str], Value]


def money(text: str) -> float:
    """Return a finite number written the French or the English way; raises ValueError."""
    amount = number(text)
    if not math.isfinite(amount):
        raise ValueError(text)
    return amount


def stamp(text: str) -> str:
    """Return the day of a moment written ``2021-05-01 00:00:00``, or the text as it is."""
    return text.strip().partition(" ")[0].partition("T")[0]


class Reading:
    """Reads texts with ``readers`` (texts as they are, on one line, for the rest); failures go to ``strange``, each once."""

    def __init__(self, readers: Mapping[str, Reader], strange: list[NotUnderstood]) -> None:
        self._readers, self._strange = readers, strange
        self._said: set[tuple[str, str]] = set()

    def value(self, name: str, text: str, where: Where) -> Any:
        """Return a property's value (0 and False are values), or None when the text is empty or has no meaning."""
        text = text.strip()
        if not text:
            return None
        try:
            found = self._readers.get(name, tidy)(text)
        except (ValueError, KeyError):
            self._say(name, text, where)
            return None
        return None if found == "" else found

    def properties(self, names: Sequence[str], texts: Sequence[str], where: Where) -> dict[str, Any]:
        """Return what the texts say of the properties named, in the same order; the unknown is left out."""
        found = {name: self.value(name, text, where) for name, text in zip(names, texts, strict=True) if text}
        return {name: value for name, value in found.items() if value is not None}

    def _say(self, name: str, text: str, where: Where) -> None:
        if (name, text) not in self._said:
            self._said.add((name, text))
            file = where.file if where.sheet is None else f"{where.file}!{where.sheet}"
            said = tell(
                "{name}: “{text}” has no meaning here.",
                "{name} : « {text} » n'a pas de sens ici.",
                name=_named(name),
                text=text[:100],
            )
            self._strange.append(NotUnderstood(file, where.line, None, said))


def _named(name: str) -> Told:
    """Return a property's name; in French with its label, where the schema has one."""
    kinds: tuple[NodeType | LinkType, ...] = (*NODES.values(), *LINKS.values())
    found = (kind.property(name) for kind in kinds)
    label = next((item.label.fr for item in found if item), "")
    return Told(name, f"{label} ({name})" if label else name)
