"""Road-map sheets of a scheme's projects, as text, PDF or DOCX: what they state, line by line, and what is not understood."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from importers.asking import no_option
from importers.feuille_de_route.documents import SUFFIXES
from importers.feuille_de_route.reading import sheet
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import Batch, Card

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
        """Return one batch a sheet (a folder gives its text, PDF and DOCX files). Raises DataRefused when one can't be taken."""
        if options:
            raise no_option(self.name, sorted(options), Told("It has: programme.", "Il a : programme."))
        files = [file for path in paths for file in _files(Path(path))]
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
        return list(batches.values())


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(item for item in path.iterdir() if item.is_file() and item.suffix.lower() in SUFFIXES)
    if not found:
        raise DataRefused(
            tell(
                "{path} holds no sheet ({suffixes}).",
                "{path} ne contient aucune fiche ({suffixes}).",
                path=path,
                suffixes=", ".join(SUFFIXES),
            ),
            hint=Told(
                "Give the sheets' files, or a folder that holds them.",
                "Donnez les fichiers des fiches, ou un dossier qui les contient.",
            ),
        )
    return found


IMPORTER = SheetImporter()
