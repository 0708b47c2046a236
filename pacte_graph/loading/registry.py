"""Importers installed: each is an entry point of the group ``pacte_graph.importers``."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from pacte_graph.errors import UnknownName, UsageError
from pacte_graph.records import Importer

GROUP = "pacte_graph.importers"


def importers() -> dict[str, Importer]:
    """Return the importers installed, by name, sorted. Raises UsageError when one can't be started."""
    return {point.name: _load(point) for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)}


def importer(name: str) -> Importer:
    """Return the importer of that name. Raises UnknownName, listing those there are."""
    names = sorted(point.name for point in entry_points(group=GROUP))
    if name not in names:
        raise UnknownName(f"There is no importer {name!r}.", hint=f"Importers: {', '.join(names)}.")
    (point,) = entry_points(group=GROUP, name=name)
    return _load(point)


def _load(point: EntryPoint) -> Importer:
    try:
        found: Importer = point.load()
    except (ImportError, AttributeError) as error:
        raise UsageError(
            f"The importer {point.name} can't be started: {error}.",
            hint="Install the package that offers it again, or remove it.",
        ) from error
    return found
