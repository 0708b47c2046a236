"""Small PDF and DOCX files made for tests: texts at places, in Helvetica, some bold or larger; pictures; wrapped pages."""

from __future__ import annotations

import io
import textwrap
from typing import Any

import docx

Piece = tuple[float, float, str] | tuple[float, float, str, float, bool]
"""Where a text stands (x from the left, y from the top) and the text; then its size and whether it is bold."""
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
_PICTURE = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream"


def pdf(*pages: list[Any], size: float = 10, pictures: tuple[int, ...] = ()) -> bytes:
    """Return a PDF with texts at places on A4 pages; ``pictures`` are the pages, from 1, that hold a picture as large as they are."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _FONT % b"Helvetica", _FONT % b"Helvetica-Bold", _PICTURE]
    kids = []
    for number, page in enumerate(pages, start=1):
        body = b"".join(_shown(piece, size) for piece in page)
        if number in pictures:
            body += b"q 595 0 0 842 0 0 cm /Im Do Q\n"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources "
            b"<< /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /Im 5 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _file(objects)


def _shown(piece: Any, usual: float) -> bytes:
    x, y, text, size, bold = piece if len(piece) == 5 else (*piece, usual, False)
    code = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F%d %g Tf %g %g Td (%s) Tj ET\n" % (2 if bold else 1, size, x, 842 - y, code)


def _file(objects: list[bytes]) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def typeset(text: str, *, width: int = 60, header: str = "", left: float = 60, rows: int = 40) -> list[list[Any]]:
    """Return pages as a word processor sets them: wrapped lines, words cut at the end, a header and numbers on each page."""
    set_: list[tuple[float, str]] = []
    for line in text.split("\n"):
        bare = line.lstrip()
        indent = 6.0 * (len(line) - len(bare))
        mark = bare.startswith("- ")
        for place, part in enumerate(textwrap.wrap(bare, width, break_on_hyphens=True) or [""]):
            set_.append((left + indent + (10 if mark and place else 0), part))
    pages = []
    for start in range(0, len(set_), rows):
        page = [(x, 90 + 14 * row, part) for row, (x, part) in enumerate(set_[start : start + rows]) if part]
        if header:
            page = [(left, 40.0, header), *page, (300.0, 815.0, f"Page {len(pages) + 1}")]
        pages.append(page)
    return pages


def document(text: str) -> bytes:
    """Return the sheet as a DOCX: headings, bullets by style and level."""
    made = docx.Document()
    for line in text.split("\n"):
        bare = line.lstrip()
        if bare.startswith("- "):
            made.add_paragraph(bare[2:], style="List Bullet" if line == bare else "List Bullet 2")
        elif bare:
            made.add_paragraph(bare)
        else:
            made.add_paragraph("")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def saved(made: Any) -> bytes:
    """Return a DOCX document as bytes."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
