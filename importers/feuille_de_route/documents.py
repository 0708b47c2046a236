"""A sheet's file as text: plain text as it stands, a PDF or a DOCX read into the same form, each line with its page.

The form is that of a text sheet: headings alone on their line, a bullet before each passage, indentation for depth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from importers.decoding import decode
from importers.feuille_de_route import lines
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import Where

SUFFIXES = (".txt", ".md", ".pdf", ".docx")


@dataclass(frozen=True, slots=True)
class Written:
    """A line as a document sets it: its text, and its level where the document tells one (see ``lines.Line``)."""

    text: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a sheet. ``pages`` tells the page and the line on it of each line, for files that have pages.

    ``levels`` tells how the document sets a line (see ``lines.Line``); ``pictures`` the pages that hold a picture and no text.
    """

    text: str
    pages: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    levels: Mapping[int, int] = field(default_factory=dict)
    pictures: tuple[int, ...] = ()

    def where(self, file: str, line: int) -> Where:
        """Return the place of a line, as a reader of the file finds it."""
        if line not in self.pages:
            return Where(file, line)
        page, row = self.pages[line]
        return Where(file, row, sheet=f"page {page}")


def open_text(path: Path, data: bytes) -> Text:
    """Return the text of a file, by its kind (told by its first bytes, whatever its name).

    Raises DataRefused for a file of another kind, one that can't be read, and a scan: pages that hold pictures but no text.
    """
    if data.startswith(b"%PDF-"):
        from importers.feuille_de_route.pdf import pages

        return _paged(*pages(path.name, data))
    if data.startswith(b"PK\x03\x04"):
        from importers.feuille_de_route.docx import written

        return _paged([written(path.name, data)], (), paged=False)
    if data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise DataRefused(
            tell(
                "{file} is not a text, PDF or DOCX file.",
                "{file} n'est ni un fichier de texte, ni un PDF, ni un DOCX.",
                file=path.name,
            ),
            hint=Told(
                "Save the sheet as .docx or .pdf, then import that file.",
                "Enregistrez la fiche en .docx ou .pdf, puis importez ce fichier.",
            ),
        )
    return Text(decode(data, path.name))


def _paged(pages: list[list[Written]], pictures: tuple[int, ...], *, paged: bool = True) -> Text:
    found: list[str] = []
    places: dict[int, tuple[int, int]] = {}
    levels: dict[int, int] = {}
    for page, rows in enumerate(pages, start=1):
        for row, line in enumerate(rows, start=1):
            for part in lines.split(line.text):
                found.append(part)
                places[len(found)] = (page, row)
                if line.level is not None:
                    levels[len(found)] = line.level
    return Text("\n".join(found), places if paged else {}, levels, pictures)


def bounded(name: str, count: int, limit: int, what: Told) -> None:
    """Raise DataRefused when a document holds more than a road-map sheet ever does."""
    if count > limit:
        raise DataRefused(
            tell(
                "{name} has more than {limit} {what}: it is no road-map sheet.",
                "{name} a plus de {limit} {what} : ce n'est pas une feuille de route.",
                name=name,
                limit=limit,
                what=what,
            ),
            hint=Told("Split it, one file a sheet.", "Découpez-le, un fichier par fiche."),
        )


def cleaned(text: Any) -> str:
    """Return a text without the characters that layout leaves: soft hyphens, zero-width marks, control characters."""
    flat = str(text).replace("\u00ad", "").replace("\ufffe", "").replace("\ufeff", "").replace("\u200b", "")
    return "".join(max(char, " ") for char in flat).rstrip()
