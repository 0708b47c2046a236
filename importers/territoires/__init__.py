"""French territories: official communes, intercommunalities, départements and régions, one vintage at a time, with contours."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from importers.asking import no_option
from importers.refusing import nothing_taken
from importers.telling import counted
from importers.territoires.contours import contour_records
from importers.territoires.files import Document, open_documents
from importers.territoires.official import Vintage, official_records
from importers.territoires.selection import Selection
from pacte_graph import ids
from pacte_graph.errors import DataRefused, Told, UsageError, tell
from pacte_graph.records import Batch, Card, LinkRecord, NodeRecord, NotUnderstood, Ref, Rejected
from pacte_graph.schema import NODES

VERSION = "1"
_NO_FILE = Told(
    "Give the archive, the folder or the files that hold the territories.",
    "Donnez l'archive, le dossier ou les fichiers des territoires.",
)
OPTIONS = ("millesime", "until", "epci", "departement", "region", "programme")
CARD = Card(
    "source:territoires",
    "Découpage administratif et contours",
    "Administrative units and contours",
    publisher="Etalab, d'après INSEE, DGCL et IGN",
    url="https://www.npmjs.com/package/@etalab/decoupage-administratif",
    licence="Licence Ouverte 2.0",
    scope="Version 6.0.0 (millésime 2026) : 34 969 communes, 1 255 intercommunalités, 109 départements et collectivités, "
    "26 régions et collectivités / version 6.0.0 (vintage 2026): 34,969 communes, 1,255 intercommunalities, "
    "109 départements, 26 régions",
    vintage="2026",
    ignored=(
        "communes.json: typeLiaison, zone, arrondissement, rangChefLieu, codesPostaux, arrondissements municipaux",
        "epci.json: modeFinancement, populationMunicipale",
        "departements.json, regions.json: chefLieu, typeLiaison, zone",
        "arrondissements.json, ept.json",
    ),
)


class TerritoriesImporter:
    """Reads the npm archive, a folder of its JSON files, single files and GeoJSON contours; together they are one source."""

    name = "territoires"
    version = VERSION
    card = CARD

    def read(self, paths: list[Path], **options: Any) -> list[Batch]:
        """Return one batch. Options: millesime (year), until (date or ``ouvert``), epci, departement, region (lists), programme.

        Raises UsageError for an unknown or malformed option, DataRefused for a file that holds nothing of this kind.
        """
        unknown = sorted(set(options) - set(OPTIONS))
        if unknown:
            raise no_option(self.name, unknown, tell("Options: {names}.", "Options : {names}.", names=", ".join(OPTIONS)))
        if not paths:
            raise UsageError(_NO_FILE)
        vintage = _vintage(options)
        selection = Selection.of(options)
        rejected: list[Rejected] = []
        strange: list[NotUnderstood] = []
        documents = open_documents([Path(path) for path in paths], strange)
        nodes, links = _records(documents, vintage, selection, rejected, strange)
        programme = str(options.get("programme") or "")
        if programme:
            links += _perimeter(nodes, programme)
        if not nodes:
            raise _nothing([Path(path) for path in paths], rejected)
        return [Batch(_card(vintage, selection, nodes), self.name, VERSION, _files(documents), nodes, links, rejected, strange)]


def _nothing(paths: list[Path], rejected: list[Rejected]) -> DataRefused:
    """Return the refusal of files that give no territory: every row is wrong, or the selection keeps none."""
    files = ", ".join(path.name for path in paths)
    if rejected:
        return nothing_taken(
            tell("No territory of {files} is kept", "Aucun territoire de {files} n'est retenu", files=files), rejected
        )
    return DataRefused(
        tell("No territory of {files} is kept.", "Aucun territoire de {files} n'est retenu.", files=files),
        hint=Told(
            "Check the options epci, departement and region: they are official codes.",
            "Vérifiez les options epci, departement et region : ce sont des codes officiels.",
        ),
    )


def _records(
    documents: list[Document], vintage: Vintage, selection: Selection, rejected: list[Rejected], strange: list[NotUnderstood]
) -> tuple[list[NodeRecord], list[LinkRecord]]:
    """Return the records of every file; contours come last and tell nothing twice."""
    selection = selection.following(documents)
    found = list(official_records(documents, vintage, selection, rejected, strange))
    shapes = list(contour_records(documents, vintage, selection, rejected, strange))
    records = list(chain(found, shapes))
    nodes = [record for record in records if isinstance(record, NodeRecord)]
    known = {record.ref for record in nodes}
    links = [record for record in records if isinstance(record, LinkRecord)]
    kept = [link for link in links if link.source in known and link.target in known]
    lost = Counter(link.target.id for link in links if link.target not in known)
    strange += [
        NotUnderstood(documents[0].name, None, None, _undescribed(target, count)) for target, count in sorted(lost.items())
    ]
    return nodes, kept


def _undescribed(target: str, count: int) -> Told:
    return tell(
        "{count} territories lie in {target}, which no file given describes.",
        "{count} dans {target}, qu'aucun fichier donné ne décrit.",
        count=counted(count, "territoire", "territoires"),
        target=target,
    )


def _perimeter(nodes: list[NodeRecord], programme: str) -> list[LinkRecord]:
    """Return the links that put every territory into a programme's perimeter, so that the explorer shows them."""
    target = Ref("Programme", ids.check(programme))
    return [LinkRecord("PART_OF", node.ref, target, {}, node.where[:1]) for node in nodes]


def _vintage(options: dict[str, Any]) -> Vintage:
    text = str(options.get("millesime") or CARD.vintage)
    if not (text.isdigit() and 1943 <= int(text) <= 2100):
        raise UsageError(
            tell(
                "Option millesime: “{text}” is not a year.", "Option millesime : « {text} » n'est pas une année.", text=text[:40]
            ),
            hint=Told("For instance millesime=2026.", "Par exemple millesime=2026."),
        )
    year = int(text)
    end = str(options.get("until") or "")
    if not end:
        return Vintage(year, dt.date(year, 1, 1), dt.date(year + 1, 1, 1))
    if end == "ouvert":
        return Vintage(year, dt.date(year, 1, 1), None)
    try:
        until = dt.date.fromisoformat(end)
    except ValueError as error:
        raise UsageError(
            tell(
                "Option until: “{text}” is neither a date (2027-01-01) nor “ouvert”.",
                "Option until : « {text} » n'est ni une date (2027-01-01) ni « ouvert ».",
                text=end[:40],
            )
        ) from error
    if until <= dt.date(year, 1, 1):
        raise UsageError(
            tell(
                "Option until: {end} is before the vintage {year} begins.",
                "Option until : {end} est avant le début du millésime {year}.",
                end=end,
                year=year,
            )
        )
    return Vintage(year, dt.date(year, 1, 1), until)


def _card(vintage: Vintage, selection: Selection, nodes: list[NodeRecord]) -> Card:
    """Return the card of what was read: its vintage, what was selected, and how many territories of each level there are."""
    suffix = [str(vintage.year), *selection.words()]
    kept = f" ({', '.join(selection.words())})" if not selection.empty else ""
    return replace(
        CARD,
        id=ids.make("source", "territoires", *suffix),
        name_fr=f"{CARD.name_fr}, {vintage.year}{kept}",
        name_en=f"{CARD.name_en}, {vintage.year}{kept}",
        scope=_scope(nodes),
        vintage=str(vintage.year),
    )


def _scope(nodes: list[NodeRecord]) -> str:
    counts = Counter(str(node.properties.get("level", "")) for node in nodes if node.label == "Territory")
    levels = NODES["Territory"].property("level")
    told = [(choice.label, counts[choice.value]) for choice in (levels.choices if levels else ()) if counts[choice.value]]
    fr, en = (", ".join(f"{label.get(language)} {count}" for label, count in told) for language in ("fr", "en"))
    return f"Retenu : {fr} / kept: {en}"


def _files(documents: list[Document]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(document.file for document in documents))


IMPORTER = TerritoriesImporter()

__all__ = ["CARD", "IMPORTER", "TerritoriesImporter"]
