"""Workbooks made for tests: .xlsx with xlsxwriter, .ods by hand."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = (
    "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def xlsx(path: Path, **sheets: list[list[object]]) -> Path:
    """Write sheets of cells: texts, numbers, dates, booleans; ``{"formula": …, "value": …}`` for a formula."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for at, cell in enumerate(row):
                if isinstance(cell, dict):
                    sheet.write_formula(line, at, cell["formula"], None, cell["value"])
                elif isinstance(cell, dt.date):
                    sheet.write_datetime(line, at, cell, day)
                elif cell is not None:
                    sheet.write(line, at, cell)
    book.close()
    return path


def ods(path: Path, **sheets: list[list[object]]) -> Path:
    """Write sheets the way LibreOffice does, empty rows and columns to the end of the sheet included."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(map(_row, rows))}{_REST}</table:table>'
        for name, rows in sheets.items()
    )
    return ods_of(path, tables)


def ods_of(path: Path, tables: str) -> Path:
    """Write the XML of tables as an .ods file."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<m:file-entry m:full-path="/" m:media-type="{ODS}"/></m:manifest>',
        )
        body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        archive.writestr("content.xml", f'<?xml version="1.0"?><office:document-content{_NAMES}>{body}</office:document-content>')
    return path


_REST = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'


def _row(row: list[object]) -> str:
    return (
        f'<table:table-row>{"".join(map(_cell, row))}<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
    )


def _cell(cell: object) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, bool):
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(cell).lower()}"/>'
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    if isinstance(cell, dt.date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell}"/>'
    kind = ' calcext:value-type="error"' if str(cell).startswith("#") else ""
    return f'<table:table-cell office:value-type="string"{kind}><text:p>{escape(str(cell))}</text:p></table:table-cell>'


def changed(data: bytes, **members: bytes) -> bytes:
    """Return a workbook's bytes with members replaced or added (``__`` stands for ``/`` and ``_dot_`` for a dot)."""
    wanted = {name.replace("__", "/").replace("_dot_", "."): content for name, content in members.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(item.filename, wanted.pop(item.filename, None) or old.read(item))
        for name, content in wanted.items():
            new.writestr(name, content)
    return out.getvalue()
