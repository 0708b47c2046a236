"""Plain tables: a folder of CSV files whose names and columns come from the schema (``pacte schema``)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from importers.decoding import decode, read_bytes
from importers.tables.folder import open_folder
from importers.tables.records import Rows
from pacte_graph import ids
from pacte_graph.errors import DataRefused, UsageError
from pacte_graph.records import Batch, Card

VERSION = "1"
CARD = Card(
    "source:tableur",
    "Tables CSV",
    "CSV tables",
    scope="Un dossier de fichiers CSV nommés d'après le schéma / a folder of CSV files named after the schema",
)
_CARD_KEYS = frozenset({"id", "name_fr", "name_en", "publisher", "url", "licence", "scope", "vintage", "ignored", "fictitious"})


class TablesImporter:
    """Reads folders of CSV files; each folder is one source, described by its ``source.toml`` if it has one."""

    name = "tableur"
    version = VERSION
    card = CARD

    def read(self, paths: list[Path], **options: Any) -> list[Batch]:
        """Return one batch a folder. Raises DataRefused for a folder without tables, UsageError for an unknown option."""
        if options:
            raise UsageError(f"The importer {self.name} has no option {', '.join(sorted(options))}.")
        if not paths:
            raise UsageError("Give the folder that holds the CSV files.")
        return [self._batch(Path(path)) for path in paths]

    def _batch(self, folder: Path) -> Batch:
        tables, files, rejected, strange = open_folder(folder)
        rows = Rows(tables, rejected)
        if not rows.nodes and not rows.links:
            raise DataRefused(_nothing(folder, rows), hint="Correct the rows and try again.")
        return Batch(card(folder), self.name, VERSION, tuple(files), rows.nodes, rows.links, rows.rejected, strange)


def _nothing(folder: Path, rows: Rows) -> str:
    if not rows.rejected:
        return f"The tables of {folder} hold no row."
    first = rows.rejected[0]
    return f"No row of {folder} could be taken; the first: {first.file}, line {first.line}: {first.reason}"


def card(folder: Path) -> Card:
    """Return the card in ``source.toml``, or one made from the folder's name. Raises DataRefused on unknown keys."""
    path = folder / "source.toml"
    if not path.exists():
        name = folder.resolve().name
        return Card(ids.make("source", "tableur", name), f"Tables « {name} »", f"Tables “{name}”")
    try:
        told = tomllib.loads(decode(read_bytes(path, 100_000), path.name))
    except tomllib.TOMLDecodeError as error:
        raise DataRefused(f"{path.name} can't be read: {error}.") from error
    unknown, missing = sorted(set(told) - _CARD_KEYS), sorted({"id", "name_fr", "name_en"} - set(told))
    if unknown or missing:
        raise DataRefused(f"{path.name}: unknown keys: {', '.join(unknown) or 'none'}; missing: {', '.join(missing) or 'none'}.")
    return Card(**{**told, "ignored": tuple(told.get("ignored", ()))})


IMPORTER = TablesImporter()
