"""Workbooks (.xlsx, .xlsm, .ods) as sheets: checked, packed again by us, then read; formulas give the values they last had."""

from __future__ import annotations

import hashlib
import json
import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from python_calamine import CalamineWorkbook

from importers.decoding import read_bytes
from importers.tables import extents, safety
from importers.tables.cells import Exact, Raw, text
from importers.tables.extents import Extent
from importers.tables.sheets import Cells, Sheet, filled
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import SourceFile
from pacte_graph.schema.sheets import MARK_SHEET, TEXT_MARK, TEXTS_SHEET

SUFFIXES = (".xlsx", ".xlsm", ".ods")
LIMIT = 200_000_000
_AGAIN = Told(
    "Open it in a spreadsheet and save it again as .xlsx or .ods.",
    "Ouvrez-le dans un tableur et enregistrez-le de nouveau en .xlsx ou .ods.",
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def open_workbook(path: Path) -> tuple[list[Sheet], SourceFile]:
    """Return a workbook's sheets in order, hidden ones too. Raises DataRefused when the file can't be taken."""
    data = read_bytes(path, LIMIT)
    members = safety.repacked(data, path.name)
    spans = _spans(members, path.name)
    sheets = _sheets(path.name, members, spans)
    return sheets, SourceFile(path.name, hashlib.sha256(data).hexdigest())


def _spans(members: Mapping[str, bytes], file: str) -> dict[str, Extent]:
    """Return how far each sheet reaches, by name, once every member was seen to be plain XML."""
    if not {"xl/workbook.xml", "content.xml"} & members.keys():
        raise DataRefused(
            tell("{file} is neither an .xlsx nor an .ods workbook.", "{file} n'est ni un classeur .xlsx, ni un .ods.", file=file),
            hint=_AGAIN,
        )
    names = _sheet_names(members, file)
    found: dict[str, Extent] = {}
    for member, content in members.items():
        if member == "mimetype":
            continue
        if content[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<"):
            raise DataRefused(
                tell("{file}: {member} is not in UTF-8.", "{file} : {member} n'est pas en UTF-8.", file=file, member=member),
                hint=_AGAIN,
            )
        if member == "content.xml":
            tables = extents.Tables(file, member)
            tables.run(content)
            found.update({table.name: table for table in tables.found})
        elif member.startswith("xl/worksheets/") or b"sheetData" in content:
            scan = extents.Worksheet(file, member, names.get(member, member))
            scan.run(content)
            found[scan.extent.name] = scan.extent
        else:
            extents.check(file, member, content)
    extents.check_sum(file, found.values())
    return found


def _sheet_names(members: Mapping[str, bytes], file: str) -> dict[str, str]:
    """Return the name of each worksheet of an .xlsx, by member; empty for an .ods or when the parts don't say."""
    targets = {item.get("Id"): item.get("Target", "") for item in _xml(members, "xl/_rels/workbook.xml.rels", file)}
    found: dict[str, str] = {}
    for item in _xml(members, "xl/workbook.xml", file):
        target = targets.get(item.get(_RELATION))
        if target and item.tag.endswith("}sheet"):
            member = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            found[member] = item.get("name", "")
    return found


def _xml(members: Mapping[str, bytes], member: str, file: str) -> Iterator[ET.Element]:
    if member in members:
        extents.check(file, member, members[member])
        try:
            yield from ET.fromstring(members[member]).iter()  # noqa: S314 - seen above to declare nothing
        except ET.ParseError as error:
            raise DataRefused(
                tell(
                    "{file} is a damaged workbook ({member}: {error}).",
                    "{file} est un classeur endommagé ({member} : {error}).",
                    file=file,
                    member=member,
                    error=error,
                ),
                hint=_AGAIN,
            ) from error


def _sheets(file: str, members: Mapping[str, bytes], spans: Mapping[str, Extent]) -> list[Sheet]:
    told = _read(file, members)
    texts = _texts(told.pop(TEXTS_SHEET, []))
    example = any(row[:2] == ["exemples", "oui"] for row in told.get(MARK_SHEET, []))
    return [
        _sheet(file, name, grid, spans.get(name, Extent(name)), texts, example=example)
        for name, grid in told.items()
        if name != MARK_SHEET
    ]


def _read(file: str, members: Mapping[str, bytes]) -> dict[str, list[list[Any]]]:
    """Return every sheet's cells by name. Whatever goes wrong in the reader is one refusal."""
    try:
        workbook = CalamineWorkbook.from_filelike(safety.packed(dict(members)))
        return {
            name: workbook.get_sheet_by_index(index).to_python(skip_empty_area=False)
            for index, name in enumerate(workbook.sheet_names)
        }
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise DataRefused(
            tell(
                "{file} can't be read as a workbook ({error}).",
                "{file} ne se lit pas comme un classeur ({error}).",
                file=file,
                error=str(error)[:120],
            ),
            hint=_AGAIN,
        ) from error


def _texts(grid: list[list[Any]]) -> dict[str, str]:
    """Return the texts too long for a cell, by number: JSON cut in pieces, a row each."""
    pieces: dict[str, str] = {}
    for number, piece in (row[:2] for row in grid[1:] if len(row) > 1):
        key = text(number)
        pieces[key] = pieces.get(key, "") + str(piece)
    found: dict[str, str] = {}
    for key, told in pieces.items():
        try:
            value = json.loads(told)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, str):
            found[key] = value
    return found


def _sheet(file: str, name: str, grid: list[list[Any]], span: Extent, texts: Mapping[str, str], *, example: bool) -> Sheet:
    errors = dict(span.errors)
    rows: list[tuple[int, Cells]] = []
    failing = {line for line, _ in errors}
    for line, cells in enumerate(grid, 1):
        row = tuple(_cell(cell, line, column, texts, errors) for column, cell in enumerate(cells))
        if filled(row) or line in failing:
            rows.append((line, row))
    return Sheet(file, name, tuple(rows), errors, example)


def _cell(cell: Raw, line: int, column: int, texts: Mapping[str, str], errors: dict[tuple[int, int], str]) -> Raw:
    if not isinstance(cell, str) or not cell.startswith(TEXT_MARK):
        return cell
    known = texts.get(cell.removeprefix(TEXT_MARK))
    if known is None:
        errors[line, column] = cell
        return ""
    return Exact(known)
