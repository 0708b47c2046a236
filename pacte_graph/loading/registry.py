"""Importers installed: each is an entry point of the group ``pacte_graph.importers``."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from pacte_graph.errors import Told, UnknownName, UsageError, tell
from pacte_graph.records import Importer

GROUP = "pacte_graph.importers"


def importers() -> dict[str, Importer]:
    """Return the importers installed, by name, sorted. Raises UsageError when one can't be started."""
    return {point.name: _load(point) for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)}


def importer(name: str) -> Importer:
    """Return the importer of that name. Raises UnknownName, listing those there are."""
    names = sorted(point.name for point in entry_points(group=GROUP))
    if name not in names:
        raise UnknownName(
            tell("There is no importer {name!r}.", "Il n'y a pas d'importateur « {name} ».", name=name),
            hint=tell("Importers: {names}.", "Importateurs : {names}.", names=", ".join(names)),
        )
    (point,) = entry_points(group=GROUP, name=name)
    return _load(point)


def _load(point: EntryPoint) -> Importer:
    try:
        found: Importer = point.load()
    except (ImportError, AttributeError) as error:
        raise UsageError(
            tell(
                "The importer {name} can't be started: {error}.",
                "L'importateur {name} ne démarre pas : {error}.",
                name=point.name,
                error=error,
            ),
            hint=Told(
                "Install the package that offers it again, or remove it.", "Réinstaller le paquet qui le fournit, ou l'enlever."
            ),
        ) from error
    return found
