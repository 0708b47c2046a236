"""Road-map sheets of a scheme's projects, as text, PDF or DOCX: what they state, line by line, and what is not understood."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from importers.asking import no_option
from importers.feuille_de_route.folders import files_of
from importers.feuille_de_route.reading import sheet
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import Batch, Card, NotUnderstood

NAME = "feuille-de-route"
VERSION = "1"
CARD = Card(
    "source:feuille-de-route",
    "Feuilles de route",
    "Road-map sheets",
    publisher="la collectivité qui pilote le schéma / the authority that steers the scheme",
    scope="Une fiche par projet : texte, PDF ou DOCX / one sheet a project: text, PDF or DOCX",
    ignored=("mise en page / layout",),
)


class SheetImporter:
    """Reads road-map sheets; each sheet is one source, the same for all its versions."""

    name = NAME
    version = VERSION
    card = CARD

    def read(self, paths: list[Path], *, programme: str | None = None, **options: Any) -> list[Batch]:
        """Return one batch a sheet (a folder gives its text, PDF and DOCX files). Raises DataRefused when one can't be taken.

        What a folder holds besides is listed as not understood, with the first sheet.
        """
        if options:
            raise no_option(self.name, sorted(options), Told("It has: programme.", "Il a : programme."))
        skipped: list[NotUnderstood] = []
        files = [file for path in paths for file in files_of(Path(path), skipped)]
        batches: dict[str, Batch] = {}
        for file in files:
            batch = sheet(file, programme, (NAME, VERSION))
            other = batches.setdefault(batch.card.id, batch)
            if other.files[0].sha256 != batch.files[0].sha256:
                raise DataRefused(
                    tell(
                        "{first} and {second} are two different sheets of one project.",
                        "{first} et {second} sont deux fiches différentes d'un même projet.",
                        first=other.files[0].path,
                        second=file.name,
                    ),
                    hint=Told("Import one of them.", "Importez l'une des deux."),
                )
        found = list(batches.values())
        if found:
            found[0].not_understood.extend(skipped)
        return found


IMPORTER = SheetImporter()
