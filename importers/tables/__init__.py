"""Tables: folders of CSV files, workbooks drawn from the schema, and anyone's own table through a mapping file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from importers.refusing import nothing_taken
from importers.tables import cards, mapped, proposing
from importers.tables.folder import Opened, Table, open_path, tables
from importers.tables.records import Rows
from importers.tables.workbooks import SUFFIXES
from pacte_graph.errors import DataRefused, Told, UsageError, tell
from pacte_graph.records import Batch, Card, LinkRecord, NodeRecord

VERSION = "2"
CARD = Card(
    "source:tableur",
    "Classeurs et tables CSV",
    "Workbooks and CSV tables",
    scope="Un classeur tiré du modèle, un dossier de CSV, ou toute table avec un fichier de correspondance "
    "/ a workbook drawn from the schema, a folder of CSV files, or any table with a mapping file",
)


class TablesImporter:
    """Reads folders of CSV files and workbooks; each is one source, or as many as its sheet of sources names."""

    name = "tableur"
    version = VERSION
    card = CARD

    def read(self, paths: list[Path], **options: Any) -> list[Batch]:
        """Return one batch a source. Raises DataRefused for what holds no table, UsageError for an unknown option.

        ``map`` names a mapping file: all paths are then one source, read as it says. ``programme`` is where mapped rows
        belong that the mapping puts nowhere.
        """
        unknown = sorted(set(options) - {"map", "programme"})
        if unknown:
            raise UsageError(
                tell(
                    "The importer {name} has no option {unknown}.",
                    "L'importeur {name} n'a pas d'option {unknown}.",
                    name=self.name,
                    unknown=", ".join(unknown),
                ),
                hint=Told("It has: map, programme.", "Il a : map, programme."),
            )
        if not paths:
            raise UsageError(
                Told(
                    "Give a workbook, or the folder that holds the CSV files.",
                    "Donnez un classeur, ou le dossier des fichiers CSV.",
                )
            )
        if "map" in options:
            return self._mapped([Path(path) for path in paths], Path(options["map"]), options.get("programme"))
        if "programme" in options:
            raise UsageError(
                Told(
                    "The option programme goes with a mapping file.", "L'option programme va avec un fichier de correspondance."
                ),
                hint=Told("Fill in the column programme instead.", "Remplissez plutôt la colonne programme."),
            )
        return [batch for path in paths for batch in self._batches(Path(path))]

    def propose_mapping(self, path: Path) -> str:
        """Return the text of a mapping file to start from, for a table of any layout. Raises DataRefused as :meth:`read`."""
        return proposing.propose(open_path(path), path)

    def _batches(self, path: Path) -> list[Batch]:
        opened = open_path(path)
        found = tables(opened, path)
        workbook = path.suffix.lower() in SUFFIXES and path.is_file()
        told = cards.of_workbook(opened.sheets, path) if workbook else [cards.of_folder(path if path.is_dir() else path.parent)]
        return self.batches(told, found, opened, path, empty=workbook)

    def _mapped(self, paths: list[Path], mapping: Path, programme: str | None) -> list[Batch]:
        told, file = mapped.open_mapping(mapping)
        found, opened, ignored = mapped.read(paths, told, file.path, programme)
        opened.files.append(file)
        return self.batches([mapped.card(told, mapping, ignored)], found, opened, paths[0], empty=False)

    def batches(self, told: list[Card], found: list[Table], opened: Opened, place: Path, *, empty: bool) -> list[Batch]:
        """Return one batch a card from tables; refused when they hold no row that can be taken, unless ``empty`` is allowed."""
        rows = Rows(found, [], [card.id for card in told])
        if not rows.nodes and not rows.links and (rows.rejected or not empty):
            raise _nothing(place, rows)
        made: list[Batch] = []
        for card in told:
            first = not made
            nodes = [record for record in rows.nodes if _states(card, record, rows, first=first)]
            links = [record for record in rows.links if _states(card, record, rows, first=first)]
            heard = (list(dict.fromkeys(rows.rejected)), opened.strange) if first else ([], [])
            made.append(Batch(card, self.name, VERSION, tuple(opened.files), nodes, links, *heard))
        return made


def _states(card: Card, record: NodeRecord | LinkRecord, rows: Rows, *, first: bool) -> bool:
    """Tell whether a source states a record: those named in its row, else the first of the file."""
    said = rows.stated_by.get(id(record))
    return first if said is None else card.id in said


def _nothing(place: Path, rows: Rows) -> DataRefused:
    if rows.rejected:
        what = tell("No row of {place} could be taken", "Aucune ligne de {place} n'a pu être prise", place=place)
        return nothing_taken(what, list(dict.fromkeys(rows.rejected)))
    return DataRefused(
        tell("The tables of {place} hold no row.", "Les tables de {place} n'ont aucune ligne.", place=place),
        hint=Told("Fill in a row and try again.", "Remplissez une ligne, puis recommencez."),
    )


IMPORTER = TablesImporter()
