"""The words of a mapping file: texts, lists and sections of the kind they must be, or a refusal that says what is accepted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from importers.tables.cells import text
from importers.tables.folder import kind_named
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.schema import LINKS, NodeType
from pacte_graph.schema.sheets import TABLES, Kind


def a_kind(told: Any, place: str, name: str = "kind") -> Kind:
    """Return the type that a name means. Raises DataRefused, naming all types, when it means none."""
    found = LINKS.get(told) if isinstance(told, str) else None
    kind = found if found is not None and found.type != "ABOUT" else (kind_named(told) if isinstance(told, str) else None)
    if kind is None:
        raise refused(
            place, name, told, ", ".join(item.label if isinstance(item, NodeType) else item.type for item in TABLES.values())
        )
    return kind


def refused(place: str, name: str, told: Any, known: str) -> DataRefused:
    """Return the refusal of a value, with those that are known."""
    return DataRefused(
        tell("{place}: {name} is {told}.", "{place} : {name} vaut {told}.", place=place, name=name, told=repr(told)),
        hint=among([known]),
    )


def among(names: Iterable[str]) -> Told:
    """Return the hint that lists what is accepted."""
    return tell("Accepted: {names}.", "Accepté : {names}.", names=", ".join(names))


def only(told: Mapping[str, Any], keys: Iterable[str], place: str) -> None:
    """Raise DataRefused when there are other keys than those accepted."""
    known = list(keys)
    unknown = sorted(set(told) - set(known))
    if unknown:
        raise DataRefused(
            tell("{place}: unknown {names}.", "{place} : {names} inconnu.", place=place, names=", ".join(unknown)),
            hint=among(known),
        )


def optional(told: Mapping[str, Any], name: str, place: str) -> str | None:
    """Return the text under a key; None when it isn't there."""
    return a_text(told[name], name, place) if name in told else None


def a_text(told: Any, name: str, place: str) -> str:
    """Return a value that must be a text."""
    if not isinstance(told, str):
        raise must_be(place, name, told, Told("a text", "un texte"))
    return told


def plain(told: Any) -> str:
    """Return a value as text, the way a person writes it."""
    return told if isinstance(told, str) else text(told)


def some_texts(told: Any, name: str, place: str) -> tuple[str, ...]:
    """Return a value that must be a list of texts."""
    if not isinstance(told, list) or not all(isinstance(item, str) for item in told):
        raise must_be(place, name, told, Told("a list of texts", "une liste de textes"))
    return tuple(told)


def must_be(place: str, name: str, told: Any, wanted: Told) -> DataRefused:
    """Return the refusal of a value that is of another kind than it must be."""
    return DataRefused(
        tell(
            "{place}: {name} is {told}; accepted: {wanted}.",
            "{place} : {name} vaut {told} ; accepté : {wanted}.",
            place=place,
            name=name,
            told=repr(told),
            wanted=wanted,
        )
    )


def section(told: Any, name: str, place: str) -> dict[str, Any]:
    """Return a value that must be a section (a table of TOML)."""
    if not isinstance(told, dict):
        raise DataRefused(
            tell(
                "{place}: {name} is {told}; accepted: a section.",
                "{place} : {name} vaut {told} ; accepté : une section.",
                place=place,
                name=name,
                told=repr(told),
            ),
            hint=tell("Write it as [{name}] or [tables.{name}].", "Écrivez-la [{name}] ou [tables.{name}].", name=name),
        )
    return told


def sections(told: Any, name: str, place: str) -> list[dict[str, Any]]:
    """Return a value that must be a list of sections."""
    if not isinstance(told, list) or not all(isinstance(item, dict) for item in told):
        raise DataRefused(
            tell(
                "{place}: {name} is not a list of sections.",
                "{place} : {name} n'est pas une liste de sections.",
                place=place,
                name=name,
            ),
            hint=tell("Write each as [[{name}]].", "Écrivez chacune [[{name}]].", name=name),
        )
    return told


def quoted(told: str) -> str:
    """Return a text as TOML writes it."""
    return json.dumps(told, ensure_ascii=False).replace("\x7f", "\\u007f")
