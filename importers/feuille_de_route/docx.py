"""A DOCX sheet as lines: paragraphs and tables in their order, headers once at the top, footers once at the end."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from importers.feuille_de_route.documents import bounded, cleaned
from pacte_graph.errors import DataRefused, Told, tell

UNPACKED = 100_000_000
MEMBERS = 5_000
PARAGRAPHS = 20_000
_AGAIN = Told("Save it again as .docx.", "Enregistrez-le de nouveau en .docx.")
_PARAGRAPHS = Told("paragraphs", "paragraphes")
_DOCUMENT = Told("The document", "Le document")
_TABLES = Told("tables within one another", "tableaux imbriqués l'un dans l'autre")
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")


def text(name: str, data: bytes) -> str:
    """Return the text of a document. Raises DataRefused when it isn't one, is too large, or declares entities."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    _check(name, data)
    try:
        document = docx.Document(io.BytesIO(data))
        rows = [*_margins(document, "header"), *_body(name, document), *_margins(document, "footer")]
    except (OpcError, LxmlError, LookupError, ValueError, TypeError, AttributeError, zipfile.BadZipFile, zlib.error) as error:
        broken = tell("{file} is not a DOCX document that can be read.", "{file} n'est pas un document DOCX lisible.", file=name)
        raise DataRefused(broken, hint=_AGAIN) from error
    return "\n".join(rows)


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


def _margins(document: Any, which: str) -> Iterator[str]:
    """Return the headers or footers of the sections, each text once."""
    seen = set()
    for section in document.sections:
        margin = getattr(section, which)
        for row in (cleaned(paragraph.text) for paragraph in margin.paragraphs):
            if row.strip() and row not in seen:
                seen.add(row)
                yield row


def _body(name: str, document: Any) -> Iterator[str]:
    count = 0
    for block in document.iter_inner_content():
        for row in _block(block, 0):
            count += 1
            bounded(name, count, PARAGRAPHS, _PARAGRAPHS)
            yield row


def _block(block: Any, level: int) -> Iterator[str]:
    """Return the lines of a paragraph, or of a table: cell after cell, a cell that stands for several once."""
    if not hasattr(block, "rows"):
        yield from _paragraph(block)
        return
    bounded(_DOCUMENT, level, 20, _TABLES)
    for row in block.rows:
        seen: set[Any] = set()
        for cell in row.cells:
            if cell._tc not in seen:  # noqa: SLF001 - python-docx repeats a merged cell, only its element tells
                seen.add(cell._tc)  # noqa: SLF001
                for inner in cell.iter_inner_content():
                    yield from _block(inner, level + 1)
        yield ""


def _paragraph(paragraph: Any) -> Iterator[str]:
    style = str(paragraph.style.name if paragraph.style is not None else "")
    level = _level(paragraph, style)
    parts = [part for part in (cleaned(part) for part in paragraph.text.split("\n")) if part.strip()]
    if not parts:
        yield ""
    elif style.startswith(("Heading", "Titre", "Title")):
        yield from ("", *parts, "")
    elif level is None:
        yield from parts
    else:
        yield f"{' ' * 2 * level}- {' '.join(part.strip() for part in parts)}"


def _level(paragraph: Any, style: str) -> int | None:
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
