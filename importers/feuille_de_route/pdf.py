"""A PDF sheet as lines, page by page: columns one after the other, wrapped lines joined, running headers kept once.

What a PDF holds is pieces of text at places. Pieces on one height make a line; a gap that no line crosses parts two columns; a
line
that goes on where the one before was full is the same passage; a line that stands at the same height of every page is a header.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from importers.feuille_de_route.documents import bounded, cleaned
from importers.feuille_de_route.sections import known_heading
from pacte_graph.errors import DataRefused, Told, tell

PAGES = 200
PIECES = 50_000
_PIECES = Told("pieces of text on a page", "morceaux de texte sur une page")
_BULLET = re.compile(r"\s*(?:[-–—•‣*>►▪◦·\uf0b7\uf0a7\uf0d8]|\d{1,2}[.)](?!\S))\s*")
_SYMBOLS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "►", "\x02": "-", "\ufffe": "-"})
"""Bullets of symbol fonts, and what PDFium puts for a hyphen at a line's end."""
_NUMBERS = re.compile(r"\d+")
_MARGIN = 0.12
"""Share of a page's height, at the top and at the bottom, where running headers and footers stand."""
_PREFIXES = frozenset(
    {"bi", "co", "non", "sous", "inter", "pluri", "multi", "auto", "semi", "mi", "ex", "anti", "pré", "post", "quasi"}
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a page: its text, its left and right ends, its middle height from the top and its size, in points."""

    text: str
    left: float
    right: float
    top: float
    size: float

    @property
    def bullet(self) -> bool:
        return _BULLET.match(self.text) is not None


def pages(name: str, data: bytes) -> list[list[str]]:
    """Return the lines of each page. Raises DataRefused for a damaged or locked file, and for a scan without text."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise DataRefused(
            tell(
                "{file} can't be opened: it is damaged or locked by a password.",
                "{file} ne peut pas être ouvert : il est abîmé ou protégé par un mot de passe.",
                file=name,
            ),
            hint=Told("Save it again without one.", "Enregistrez-le de nouveau, sans mot de passe."),
        ) from error
    try:
        bounded(name, len(document), PAGES, Told("pages", "pages"))
        found = [_columns(*_rows(name, document[number])) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise DataRefused(
            tell("{file} holds a page that can't be read.", "{file} contient une page illisible.", file=name),
            hint=Told("Save it again as PDF.", "Enregistrez-le de nouveau en PDF."),
        ) from error
    finally:
        document.close()
    if not any(found):
        raise DataRefused(
            tell(
                "{file} holds no text: it is a scan.", "{file} ne contient pas de texte : c'est une image numérisée.", file=name
            ),
            hint=Told(
                "Run a text recognition on it (for instance ocrmypdf), then import the result.",
                "Passez-le par une reconnaissance de texte (par exemple ocrmypdf), puis importez le résultat.",
            ),
        )
    return [_lines(rows) for rows in _once(found)]


def _rows(name: str, page: Any) -> tuple[list[_Row], float, float]:
    """Return the pieces of text of a page as rows, with the page's width and height."""
    width, height = page.get_size()
    text = page.get_textpage()
    pieces: list[_Row] = []
    count = text.count_rects()
    bounded(name, count, PIECES, _PIECES)
    for number in range(count):
        left, bottom, right, top = text.get_rect(number)
        said = cleaned(text.get_text_bounded(left, bottom, right, top).translate(_SYMBOLS))
        if said.strip():
            pieces.append(_Row(said.strip(), left, right, height - (top + bottom) / 2, max(top - bottom, 1.0)))
    text.close()
    return pieces, width, height


def _columns(pieces: list[_Row], width: float, height: float) -> list[_Row]:
    """Return the rows of a page in reading order: what spans the page cuts it, columns between two cuts follow one another."""
    gutter = _gutter(pieces, width)
    if gutter is None:
        return [replace(row, top=row.top / height) for row in _heights(pieces)]
    found: list[_Row] = []
    left: list[_Row] = []
    right: list[_Row] = []
    for piece in sorted(pieces, key=lambda item: (item.top, item.left)):
        if piece.left < gutter < piece.right:
            found += [*_heights(left), *_heights(right), piece]
            left, right = [], []
        else:
            (left if piece.right <= gutter else right).append(piece)
    found += [*_heights(left), *_heights(right)]
    return [replace(row, top=row.top / height) for row in found]


def _gutter(pieces: list[_Row], width: float) -> float | None:
    """Return the middle of the gap that parts two columns, or None: hardly a line crosses it, and both sides hold many."""
    best: tuple[int, float] | None = None
    for step in range(30, 71):
        place = width * step / 100
        crossing = sum(item.left < place < item.right for item in pieces)
        before = {round(item.top / 4) for item in pieces if item.right <= place}
        after = {round(item.top / 4) for item in pieces if item.left >= place}
        both = min(len(before), len(after))
        starts = Counter(round(item.left / 4) for item in pieces if item.left >= place)
        aligned = starts.most_common(1)[0][1] if starts else 0
        if both >= 6 and aligned * 2 >= len(after) and crossing * 5 <= both and (best is None or both - crossing > best[0]):
            best = (both - crossing, place)
    return best[1] if best else None


def _heights(pieces: Iterable[_Row]) -> list[_Row]:
    """Return pieces that stand on one height as one row, from top to bottom, left to right."""
    found: list[list[_Row]] = []
    for piece in sorted(pieces, key=lambda item: (item.top, item.left)):
        if found and abs(piece.top - found[-1][0].top) < 0.6 * min(piece.size, found[-1][0].size) + 1:
            found[-1].append(piece)
        else:
            found.append([piece])
    return [_joined(sorted(group, key=lambda item: item.left)) for group in found]


def _joined(group: list[_Row]) -> _Row:
    text = group[0].text
    for before, after in pairwise(group):
        gap = after.left - before.right
        text += f"{' ' if gap > 0.12 * after.size else ''}{after.text}"
    return _Row(text, group[0].left, max(item.right for item in group), group[0].top, max(item.size for item in group))


def _once(pages: list[list[_Row]]) -> list[list[_Row]]:
    """Keep running headers on the first page and running footers on the last; page numbers alone go."""
    if len(pages) < 2:
        return pages
    heads = Counter(key for rows in pages for key in {_running(row) for row in rows if row.top < _MARGIN})
    feet = Counter(key for rows in pages for key in {_running(row) for row in rows if row.top > 1 - _MARGIN})
    last = len(pages) - 1

    def kept(row: _Row, page: int) -> bool:
        if row.top < _MARGIN and heads[_running(row)] * 2 > len(pages):
            return page == 0 and bool(_running(row)[0])
        if row.top > 1 - _MARGIN and feet[_running(row)] * 2 > len(pages):
            return page == last and bool(_running(row)[0])
        return True

    return [[row for row in rows if kept(row, page)] for page, rows in enumerate(pages)]


def _running(row: _Row) -> tuple[str, int]:
    """Return what makes two lines the same header: words without numbers, and height."""
    return _NUMBERS.sub("", row.text).strip(" -–—/|.").removeprefix("Page").removeprefix("page").strip(" -–—/|."), round(
        row.top * 50
    )


def _lines(rows: list[_Row]) -> list[str]:
    """Return a page's rows as lines of a text sheet: wrapped ones joined, blank lines where space is left, indentation."""
    if not rows:
        return []
    margin = min(row.left for row in rows)
    found: list[str] = []
    before: _Row | None = None
    for row in rows:
        if before is not None and found and _goes_on(before, row):
            found[-1] = _glued(found[-1], row.text)
            before = replace(row, left=before.left, text=before.text)
            continue
        if before is not None and (row.top < before.top or _gap(before, row) > 1.6):
            found.append("")
        found.append(f"{' ' * max(0, round((row.left - margin) / 6))}{row.text}")
        before = row
    return found


def _gap(before: _Row, row: _Row) -> float:
    """Return the distance between two rows in sizes of type; heights are shares of the page here."""
    return (row.top - before.top) * 842 / max(before.size, row.size, 1.0)


def _goes_on(before: _Row, row: _Row) -> bool:
    """Tell whether a row goes on with the passage of the one before: no bullet, right under its text, nothing ended."""
    if row.bullet or not 0 < _gap(before, row) < 1.9 or known_heading(row.text) or known_heading(before.text):
        return False
    under = row.left > before.left + 2 if before.bullet else abs(row.left - before.left) < 4
    starts = row.text[:1].islower() or before.text.endswith(("-", ",", ";", "(", "'", "’", "/", "+", "="))
    return under and (starts or before.bullet)


def _glued(text: str, more: str) -> str:
    """Return two lines as one: a word cut at the line's end is whole again, a compound keeps its hyphen."""
    if text.endswith("-") and more[:1].islower():
        head = re.split(r"[\s(«'’]", text[:-1])[-1]
        return text + more if head.casefold() in _PREFIXES else text[:-1] + more
    return f"{text} {more}"
