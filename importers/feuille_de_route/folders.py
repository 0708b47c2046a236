"""The sheets of a folder; the files in it that are none are told, with what to do."""

from __future__ import annotations

from pathlib import Path

from importers.feuille_de_route.documents import SUFFIXES
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import NotUnderstood

_OLD = frozenset({".doc", ".rtf", ".odt", ".pages", ".wpd"})
_KINDS = ", ".join(SUFFIXES)
_PROCESSOR = tell(
    "This file was left out: save the sheet as .docx or .pdf, then import that file.",
    "Ce fichier a été laissé de côté : enregistrez la fiche en .docx ou .pdf, puis importez ce fichier.",
)
_OTHER = tell(
    "This file was left out: a sheet is one of {suffixes}.",
    "Ce fichier a été laissé de côté : une fiche est un fichier {suffixes}.",
    suffixes=_KINDS,
)
_FOLDER = tell(
    "This folder within the folder was left out: import it by itself.",
    "Ce dossier dans le dossier a été laissé de côté : importez-le à part.",
)


def files_of(path: Path, skipped: list[NotUnderstood]) -> list[Path]:
    """Return the sheets of a path, a file or a folder; other files of a folder are added to ``skipped``.

    Hidden files, and the locks of a word processor (``~$``), are those of programs and no one's sheets. Raises DataRefused for
    a folder without sheets.
    """
    if not path.is_dir():
        return [path]
    shown = sorted(item for item in path.iterdir() if not item.name.startswith((".", "~$")))
    found = [item for item in shown if _sheet(item)]
    left = [item for item in shown if not _sheet(item)]
    if not found:
        raise _none(path, left)
    skipped += [NotUnderstood(item.name, None, None, _why(item)) for item in left]
    return found


def _sheet(item: Path) -> bool:
    return item.is_file() and item.suffix.lower() in SUFFIXES


def _why(item: Path) -> str:
    if item.is_dir():
        return _FOLDER
    return _PROCESSOR if item.suffix.lower() in _OLD else _OTHER


def _none(path: Path, left: list[Path]) -> DataRefused:
    """Return the refusal of a folder without sheets; documents of a word processor are named with what to do."""
    old = ", ".join(item.name for item in left if item.suffix.lower() in _OLD)
    return DataRefused(
        tell("{path} holds no sheet ({suffixes}).", "{path} ne contient aucune fiche ({suffixes}).", path=path, suffixes=_KINDS),
        hint=tell(
            "Save {files} as .docx or .pdf, then import the folder again.",
            "Enregistrez {files} en .docx ou .pdf, puis importez de nouveau le dossier.",
            files=old,
        )
        if old
        else Told(
            "Give the sheets' files, or a folder that holds them.",
            "Donnez les fichiers des fiches, ou un dossier qui les contient.",
        ),
    )
