"""Where pieces of text of a PDF page stand and how they are set, as rows in reading order: columns one after the other."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from importers.feuille_de_route.documents import bounded, cleaned
from importers.feuille_de_route.headings import known_heading
from pacte_graph.errors import Told

PIECES = 50_000
_PIECES = Told("pieces of text on a page", "morceaux de texte sur une page")
_BULLET = re.compile(r"\s*(?:[-–—•‣*>►▪◦·\uf0b7\uf0a7\uf0d8]|\d{1,2}[.)](?!\S))\s*")
_SYMBOLS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "►", "\x02": "-", "\ufffe": "-"})
"""Bullets of symbol fonts, and what PDFium puts for a hyphen at a line's end."""
MARGIN = 0.12
"""Share of a page's height, at the top and at the bottom, where headers and footers stand."""
_EDGE = 0.07
"""Share of it where text that is apart is one, even on a page alone."""
_APART = 3.5
"""Distance, in sizes of type, that parts a footer from the text above it anywhere in the margin."""
_BOLD = ("bold", "black", "heavy", "gras", "-bd", "demi")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a page: its text, its left and right ends, its middle height from the top and its size, in points.

    ``type`` is the size of its characters and ``bold`` whether all are; ``margin`` tells a header or footer.
    """

    text: str
    left: float
    right: float
    top: float
    size: float
    type: float = 0.0
    bold: bool = False
    margin: bool = False

    @property
    def bullet(self) -> bool:
        """Tell whether the row begins with a bullet."""
        return _BULLET.match(self.text) is not None


def rows(name: str, page: Any, *, last: bool = True) -> list[Row]:
    """Return the rows of a page in reading order, the footer of the last one at its end; ``top`` is a share of the height."""
    pieces, width, height = _pieces(name, page)
    foot = _footer(pieces, height) if last else []
    low = min((item.top for item in foot), default=2 * height)
    found = [*_columns([item for item in pieces if item.top < low], width), *_heights(foot)]
    return [replace(row, top=row.top / height) for row in found]


def _pieces(name: str, page: Any) -> tuple[list[Row], float, float]:
    """Return the pieces of text of a page, with the page's width and height."""
    width, height = page.get_size()
    text = page.get_textpage()
    pieces: list[Row] = []
    count = text.count_rects()
    bounded(name, count, PIECES, _PIECES)
    for number in range(count):
        left, bottom, right, top = text.get_rect(number)
        said = cleaned(text.get_text_bounded(left, bottom, right, top).translate(_SYMBOLS))
        if said.strip():
            size, bold = _setting(text, (left, right), (top + bottom) / 2)
            pieces.append(Row(said.strip(), left, right, height - (top + bottom) / 2, max(top - bottom, 1.0), size, bold))
    text.close()
    return pieces, width, height


def _setting(text: Any, ends: tuple[float, float], middle: float) -> tuple[float, bool]:
    """Return the size of the characters of a piece and whether they are bold, by their font's name; 0 when not known.

    Its middle is looked at first: it may begin with a bullet, of a font of its own.
    """
    import pypdfium2

    left, right = ends
    looked = (text.get_index(x, middle, 3, 3) for x in ((left + right) / 2, right - 0.5, left + 0.5))
    place = next((index for index in looked if index is not None), None)
    if place is None:
        return 0.0, False
    _, bottom, _, top = text.get_charbox(place, loose=True)
    name = ctypes.create_string_buffer(200)
    pypdfium2.raw.FPDFText_GetFontInfo(text.raw, place, name, len(name), ctypes.c_int())
    font = name.value.decode("utf-8", "replace").casefold()
    return round(2 * (top - bottom)) / 2, any(mark in font for mark in _BOLD)


def _footer(pieces: list[Row], height: float) -> list[Row]:
    """Return the pieces of a footer: at the bottom, apart from all text above, neither headings, bullets nor right under one."""
    found: list[Row] = []
    ordered = sorted(pieces, key=lambda item: -item.top)
    for below, above in pairwise(ordered):
        place = 1 - below.top / height
        if place > MARGIN or known_heading(below.text) or below.bullet:
            return []
        found.append(below)
        if (below.top - above.top) / max(below.size, above.size) > (_APART if place > _EDGE else 1.6):
            return [] if known_heading(above.text) else [replace(item, margin=True) for item in found]
    return []


def _columns(pieces: list[Row], width: float) -> list[Row]:
    """Return the rows of a page in reading order: what spans the page cuts it, columns between two cuts follow one another."""
    gutter = _gutter(pieces, width)
    if gutter is None:
        return _heights(pieces)
    found: list[Row] = []
    left: list[Row] = []
    right: list[Row] = []
    for piece in sorted(pieces, key=lambda item: (item.top, item.left)):
        if piece.left < gutter < piece.right:
            found += [*_heights(left), *_heights(right), piece]
            left, right = [], []
        else:
            (left if piece.right <= gutter else right).append(piece)
    return [*found, *_heights(left), *_heights(right)]


def _gutter(pieces: list[Row], width: float) -> float | None:
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


def _heights(pieces: Iterable[Row]) -> list[Row]:
    """Return pieces that stand on one height as one row, from top to bottom, left to right."""
    found: list[list[Row]] = []
    for piece in sorted(pieces, key=lambda item: (item.top, item.left)):
        if found and abs(piece.top - found[-1][0].top) < 0.6 * min(piece.size, found[-1][0].size) + 1:
            found[-1].append(piece)
        else:
            found.append([piece])
    return [_joined(sorted(group, key=lambda item: item.left)) for group in found]


def _joined(group: list[Row]) -> Row:
    text = group[0].text
    for before, after in pairwise(group):
        gap = after.left - before.right
        text += f"{' ' if gap > 0.12 * after.size else ''}{after.text}"
    return Row(
        text,
        group[0].left,
        max(item.right for item in group),
        group[0].top,
        max(item.size for item in group),
        min(item.type for item in group),
        all(item.bold for item in group),
        group[0].margin,
    )
