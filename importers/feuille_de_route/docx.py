"""A DOCX sheet as lines: paragraphs and tables in their order, headers once at the top, footers once at the end."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from importers.feuille_de_route.documents import Written, bounded, cleaned
from importers.feuille_de_route.headings import known_heading
from importers.feuille_de_route.lines import BODY, FAINT, MARGIN
from pacte_graph.errors import DataRefused, Told, tell

UNPACKED = 100_000_000
MEMBERS = 5_000
PARAGRAPHS = 20_000
_AGAIN = Told("Save it again as .docx.", "Enregistrez-le de nouveau en .docx.")
_PARAGRAPHS = Told("paragraphs", "paragraphes")
_DOCUMENT = Told("The document", "Le document")
_TABLES = Told("tables within one another", "tableaux imbriqués l'un dans l'autre")
_HEADING = re.compile(r"(?:heading|titre|title|subtitle|sous-titre)\b\s*(?P<level>[1-9])?", re.IGNORECASE)
_STYLES = 10
_BOLD = FAINT
_CELL = FAINT - 1
"""A first cell of a table of headings: as sure as a style."""
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")


def written(name: str, data: bytes) -> list[Written]:
    """Return the lines of a document. Raises DataRefused when it isn't one, is too large, or declares entities."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    _check(name, data)
    try:
        document = docx.Document(io.BytesIO(data))
        return [*_margins(document, "header"), *_body(name, document), *_margins(document, "footer")]
    except (OpcError, LxmlError, LookupError, ValueError, TypeError, AttributeError, zipfile.BadZipFile, zlib.error) as error:
        broken = tell("{file} is not a DOCX document that can be read.", "{file} n'est pas un document DOCX lisible.", file=name)
        raise DataRefused(broken, hint=_AGAIN) from error


def _check(name: str, data: bytes) -> None:
    """Refuse an archive that unpacks too large or that declares XML entities, before anything is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            items = archive.infolist()
            bounded(name, len(items), MEMBERS, Told("parts", "parties"))
            left = UNPACKED
            for item in items:
                with archive.open(item) as part:
                    content = part.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise _too_large(name)
                if item.filename.endswith((".xml", ".rels")) and any(mark in content for mark in _ENTITIES):
                    raise _entities(name, item.filename)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
        ValueError,
        OverflowError,
    ) as error:
        locked = tell("{file} is damaged or locked by a password.", "{file} est abîmé ou protégé par un mot de passe.", file=name)
        raise DataRefused(locked, hint=_AGAIN) from error


def _too_large(name: str) -> DataRefused:
    return DataRefused(
        tell(
            "{file} unpacks to more than {most} MB.",
            "{file} dépasse {most} Mo une fois décompressé.",
            file=name,
            most=UNPACKED // 1_000_000,
        ),
        hint=Told("Remove its pictures.", "Retirez-en les images."),
    )


def _entities(name: str, part: str) -> DataRefused:
    return DataRefused(
        tell("{file}: {part} declares XML entities.", "{file} : {part} déclare des entités XML.", file=name, part=part),
        hint=Told("Save it again from a word processor.", "Enregistrez-le de nouveau depuis un traitement de texte."),
    )


def _margins(document: Any, which: str) -> Iterator[Written]:
    """Return the headers or footers of the sections, each text once."""
    seen = set()
    for section in document.sections:
        margin = getattr(section, which)
        for row in (line.text for block in margin.iter_inner_content() for line in _block(block, 0)):
            if row.strip() and row not in seen:
                seen.add(row)
                yield Written(row, MARGIN)


def _body(name: str, document: Any) -> Iterator[Written]:
    count = 0
    for block in document.iter_inner_content():
        for row in _block(block, 0):
            count += 1
            bounded(name, count, PARAGRAPHS, _PARAGRAPHS)
            yield row


def _block(block: Any, level: int) -> Iterator[Written]:
    """Return the lines of a paragraph, or of a table: cell after cell, a cell that stands for several once."""
    if not hasattr(block, "rows"):
        yield from _paragraph(block)
        return
    bounded(_DOCUMENT, level, 20, _TABLES)
    rows = [_cells(row) for row in block.rows]
    headed = _headed(rows)
    for cells in rows:
        for place, cell in enumerate(cells):
            lines = (line for inner in cell.iter_inner_content() for line in _block(inner, level + 1))
            yield from lines if len(cells) == 1 else _in_a_table(lines, heads=headed and place == 0)
        yield Written("")


def _cells(row: Any) -> list[Any]:
    """Return the cells of a row, one that stands for several once: only its element tells that python-docx repeats it."""
    return list({cell._tc: cell for cell in row.cells}.values())  # noqa: SLF001


def _headed(rows: list[list[Any]]) -> bool:
    """Tell whether the first cells of a table are headings: most of them, and at least two, are known ones."""
    firsts = [cells[0].text for cells in rows if len(cells) > 1]
    known = sum(known_heading(text) for text in firsts)
    return known > 1 and known * 2 >= len(firsts)


def _in_a_table(lines: Iterator[Written], *, heads: bool) -> Iterator[Written]:
    """Return the lines of a cell beside others: no heading, unless a style says so or all cells of its column are some."""
    for line in lines:
        styled = line.level is not None and 0 < line.level < FAINT
        yield line if styled or not line.text else Written(line.text, _CELL if heads else BODY)


def _paragraph(paragraph: Any) -> Iterator[Written]:
    style = str(paragraph.style.name if paragraph.style is not None else "")
    depth = _depth(paragraph, style)
    parts = [part for part in (cleaned(part) for part in paragraph.text.split("\n")) if part.strip()]
    level = _heading_level(paragraph.style)
    if not parts:
        yield Written("")
    elif level is not None:
        yield from (Written(""), *(Written(part, level) for part in parts), Written(""))
    elif depth is not None:
        yield Written(f"{' ' * 2 * depth}- {' '.join(part.strip() for part in parts)}")
    else:
        yield from (Written(part, _BOLD if len(parts) == 1 and _bold(paragraph) else None) for part in parts)


def _heading_level(style: Any) -> int | None:
    """Return the level of a heading's style, or of the style it is made from: “Heading 2” and “Titre 2” are 2, a title is 1."""
    for _ in range(_STYLES):
        if style is None:
            return None
        found = _HEADING.match(str(style.name or ""))
        if found:
            return int(found["level"] or 1)
        style = style.base_style
    return None


def _bold(paragraph: Any) -> bool:
    """Tell whether every word of a paragraph is bold."""
    runs = [run for run in paragraph.runs if run.text.strip()]
    usual = bool(paragraph.style is not None and paragraph.style.font.bold)
    return bool(runs) and all(usual if run.bold is None else run.bold for run in runs)


def _depth(paragraph: Any, style: str) -> int | None:
    """Return how deep a list item is, from 0; None for a paragraph that is no list item."""
    properties = paragraph._p.pPr  # noqa: SLF001 - numbering has no public name in python-docx
    numbering = properties.numPr if properties is not None else None
    if numbering is not None and numbering.ilvl is not None:
        return int(numbering.ilvl.val)
    if numbering is not None:
        return 0
    if style.startswith(("List ", "Liste ")):
        last = style.rsplit(" ", 1)[-1]
        return int(last) - 1 if last.isdigit() else 0
    return None
