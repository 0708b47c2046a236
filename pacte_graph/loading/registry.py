"""Importers installed: each is an entry point of the group ``pacte_graph.importers``."""

from __future__ import annotations

from importlib.metadata import entry_points

from pacte_graph.errors import UnknownName
from pacte_graph.records import Importer

GROUP = "pacte_graph.importers"


def importers() -> dict[str, Importer]:
    """Return the importers installed, by name, sorted."""
    return {point.name: point.load() for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)}


def importer(name: str) -> Importer:
    """Return the importer of that name. Raises UnknownName, listing those there are."""
    names = sorted(point.name for point in entry_points(group=GROUP))
    if name not in names:
        raise UnknownName(f"There is no importer {name!r}.", hint=f"Importers: {', '.join(names)}.")
    (point,) = entry_points(group=GROUP, name=name)
    found: Importer = point.load()
    return found
