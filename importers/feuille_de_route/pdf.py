"""A PDF sheet as lines, page by page: wrapped lines joined, running headers and footers once, headings by bold and size.

A line that goes on where the one before was full is the same passage; a line that stands at the same height of every page is a
header; a line that is bolder or larger than most of the text may be a heading. A page that holds a picture and no text is told.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

from importers.feuille_de_route import lines
from importers.feuille_de_route.documents import Written, bounded
from importers.feuille_de_route.headings import known_heading
from importers.feuille_de_route.placing import MARGIN, Row, rows
from pacte_graph.errors import DataRefused, Told, tell

PAGES = 200
_NUMBERS = re.compile(r"\d+")
_PREFIXES = frozenset(
    {"bi", "co", "non", "sous", "inter", "pluri", "multi", "auto", "semi", "mi", "ex", "anti", "pré", "post", "quasi"}
)
_ENDS = ("-", ",", ";", "(", "'", "’", "/", "+", "=")
_LEADED = 1.2
"""Height of a line of type, accents and tails included, in sizes of it."""
_FULL = 40
"""How far apart, in points, lines of one column may begin."""


def pages(name: str, data: bytes) -> tuple[list[list[Written]], tuple[int, ...]]:
    """Return the lines of each page, and the pages that hold a picture and no text.

    Raises DataRefused for a damaged or locked file, and for a scan: no page holds more than headers and page numbers.
    """
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
        count = len(document)
        bounded(name, count, PAGES, Told("pages", "pages"))
        read = [rows(name, document[number], last=number == count - 1) for number in range(count)]
        found = _running_told(read)
        empty = [number for number in range(count) if not _says(found[number])]
        pictures = tuple(number + 1 for number in empty if _picture(document[number]))
    except pypdfium2.PdfiumError as error:
        raise DataRefused(
            tell("{file} holds a page that can't be read.", "{file} contient une page illisible.", file=name),
            hint=Told("Save it again as PDF.", "Enregistrez-le de nouveau en PDF."),
        ) from error
    finally:
        document.close()
    if not any(read) or (pictures and len(empty) == count):
        raise _scan(name)
    kept = _once(found)
    levels = _levels(kept)
    return [_lines(page, levels) for page in kept], pictures


def _scan(name: str) -> DataRefused:
    return DataRefused(
        tell("{file} holds no text: it is a scan.", "{file} ne contient pas de texte : c'est une image numérisée.", file=name),
        hint=Told(
            "Run a text recognition on it (for instance ocrmypdf), then import the result.",
            "Passez-le par une reconnaissance de texte (par exemple ocrmypdf), puis importez le résultat.",
        ),
    )


def _says(page: list[Row]) -> bool:
    """Tell whether a page holds words, headers and page numbers aside."""
    return any(not row.margin and any(char.isalpha() for char in _running(row)[0]) for row in page)


def _picture(page: Any) -> bool:
    import pypdfium2

    return next(iter(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])), None) is not None


def _running_told(found: list[list[Row]]) -> list[list[Row]]:
    """Return the pages with their running headers and footers told: what stands at one height of most pages."""
    if len(found) < 2:
        return found
    edges = Counter(key for page in found for key in {_running(row) for row in page if _edge(row)})
    return [
        [replace(row, margin=row.margin or (_edge(row) and edges[_running(row)] * 2 > len(found))) for row in page]
        for page in found
    ]


def _edge(row: Row) -> bool:
    return row.top < MARGIN or row.top > 1 - MARGIN


def _once(found: list[list[Row]]) -> list[list[Row]]:
    """Keep headers on the first page and footers on the last; page numbers alone go."""
    last = len(found) - 1

    def kept(row: Row, page: int) -> bool:
        if not row.margin:
            return True
        return page == (0 if row.top < MARGIN else last) and bool(_running(row)[0])

    return [[row for row in rows if kept(row, page)] for page, rows in enumerate(found)]


def _running(row: Row) -> tuple[str, int]:
    """Return what makes two lines the same header: words without numbers, and height."""
    return _NUMBERS.sub("", row.text).strip(" -–—/|.").removeprefix("Page").removeprefix("page").strip(" -–—/|."), round(
        row.top * 50
    )


def _levels(found: list[list[Row]]) -> dict[tuple[float, bool], int]:
    """Return the settings of headings with their level, the largest first: larger than most text, or bold when it isn't."""
    usual: Counter[tuple[float, bool]] = Counter()
    for page in found:
        for row in filter(lambda row: row.type, page):
            usual[row.type, row.bold] += len(row.text)
    if not usual:
        return {}
    size, bold = usual.most_common(1)[0][0]
    heads = [it for it in usual if it[0] > 1.08 * size or (it[1] and not bold and it[0] > 0.95 * size)]
    return {it: lines.FAINT + place for place, it in enumerate(sorted(heads, key=lambda it: (-it[0], not it[1])))}


def _lines(page: list[Row], levels: dict[tuple[float, bool], int]) -> list[Written]:
    """Return a page's rows as lines of a text sheet: wrapped ones joined, blank lines where space is left, indentation."""
    edge = min((row.left for row in page), default=0.0)
    found: list[Written] = []
    first: Row | None = None  # the row that begins the passage
    before: Row | None = None
    for row in page:
        level = lines.MARGIN if row.margin else levels.get((row.type, row.bold))
        if first and before and found[-1].level == level and _goes_on(first, before, row, _width(page, row), head=bool(level)):
            found[-1] = Written(_glued(found[-1].text, row.text), level)
            before = row
            continue
        if before is not None and (row.top < before.top or _gap(before, row) > 1.6):
            found.append(Written(""))
        found.append(Written(f"{' ' * max(0, round((row.left - edge) / 6))}{row.text}", level))
        first = before = row
    return found


def _gap(before: Row, row: Row) -> float:
    """Return the distance between two rows in sizes of type; heights are shares of the page here."""
    return (row.top - before.top) * 842 / max(_type(before), _type(row), 1.0)


def _type(row: Row) -> float:
    """Return the size of a row's type; where a font tells none, the height of its letters, which words without tails lessen."""
    return row.type / _LEADED if row.type else row.size


def _width(page: list[Row], row: Row) -> float:
    """Return where the longest line of a row's column ends."""
    return max(other.right for other in page if abs(other.left - row.left) < _FULL)


def _goes_on(first: Row, before: Row, row: Row, width: float, *, head: bool) -> bool:
    """Tell whether a row goes on with a passage: right under it, no bullet, no heading, and nothing ended.

    Under the text of a bullet it does. Under the bullet itself, or without one, it must go on in words: a lower-case letter,
    a hyphen or a comma before it; or, after a bullet, a line that was full. So does a heading set alike on two rows.
    """
    if row.margin or row.bullet or not 0 < _gap(before, row) < 1.9 or known_heading(row.text) or known_heading(first.text):
        return False
    starts = row.text[:1].islower() or before.text.endswith(_ENDS)
    aligned = abs(row.left - first.left) < 4
    if not first.bullet:
        return aligned and (starts or (head and _full(before, row, width)))
    if row.left > first.left + 2:
        return True
    return row.left > first.left - _FULL and (starts or (aligned and _full(before, row, width)))


def _full(before: Row, row: Row, width: float) -> bool:
    """Tell whether the first word of a row had no room on the one before, which ends no sentence."""
    word = len(row.text.split()[0]) + 1
    room = before.right + word * (row.right - row.left) / max(len(row.text), 1)
    return before.text[-1] not in ".:!?…" and room > width + 2


def _glued(text: str, more: str) -> str:
    """Return two lines as one: a word cut at the line's end is whole again, a compound keeps its hyphen."""
    if text.endswith("-") and more[:1].islower():
        head = re.split(r"[\s(«'’]", text[:-1])[-1]
        return text + more if head.casefold() in _PREFIXES else text[:-1] + more
    return f"{text} {more}"
