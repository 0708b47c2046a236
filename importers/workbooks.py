"""The first sheet of a workbook, its cells as a CSV file would write them."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from importers.archives import CHUNK, Budget, readable
from importers.csvfiles import Numbered
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import NotUnderstood

LIMIT = 500_000_000
"""Bytes of a workbook once unpacked: it is read whole, unlike a CSV file."""

_FIRST_ONLY = Told("Only the first sheet is read.", "Seule la première feuille est lue.")

Cell = int | float | str | bool | dt.datetime | dt.date | dt.time | dt.timedelta


class Sheet(NamedTuple):
    """A sheet's name, its header and its records after it, on demand."""

    name: str
    header: tuple[str, ...]
    records: Callable[[], Iterator[Numbered]]


def first_sheet(path: Path, budget: Budget, strange: list[NotUnderstood]) -> Sheet:
    """Return the first sheet of a workbook; the others go to ``strange``. Raises DataRefused for what is no workbook."""
    _weigh(path, budget)
    try:
        book = CalamineWorkbook.from_path(path)
        sheet = book.get_sheet_by_index(0)
    except (CalamineError, OSError) as error:
        said = tell(
            "{file} is not a workbook that can be read ({error}).",
            "{file} n'est pas un classeur lisible.",
            file=path.name,
            error=error,
        )
        raise DataRefused(said, hint=Told("Save it again as .xlsx.", "Enregistrez-le de nouveau en .xlsx.")) from error
    strange += [NotUnderstood(f"{path.name}!{name}", None, None, _FIRST_ONLY) for name in book.sheet_names[1:]]
    first = next(_records(sheet), None)
    if first is None:
        raise DataRefused(
            tell("{file}: the first sheet is empty.", "{file} : la première feuille est vide.", file=path.name),
            hint=Told("Put the table in the first sheet.", "Mettez le tableau dans la première feuille."),
        )
    header = tuple(cell.strip() for cell in first[1])

    def after_header() -> Iterator[Numbered]:
        found = _records(sheet)
        next(found, None)
        return found

    return Sheet(sheet.name, header, after_header)


def _weigh(path: Path, budget: Budget) -> None:
    """Spend a workbook's unpacked bytes, counted by reading them, before the reader takes it into memory whole."""
    own = Budget(LIMIT)
    with readable(path.name):
        if not zipfile.is_zipfile(path):
            budget.spend(path.stat().st_size, path.name)
            return
        with zipfile.ZipFile(path) as archive:
            for item in archive.infolist():
                with archive.open(item) as stream:
                    while chunk := stream.read(CHUNK):
                        own.spend(len(chunk), path.name)
                        budget.spend(len(chunk), path.name)


def _records(sheet: CalamineSheet) -> Iterator[Numbered]:
    start = sheet.start
    first = start[0] + 1 if start else 1
    for line, row in enumerate(sheet.to_python(skip_empty_area=True), first):
        yield line, [_text(cell) for cell in row]


def _text(cell: Cell) -> str:
    """Return a cell as CSV writes it: whole numbers without decimals, dates as ISO 8601."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return cell.isoformat(" ") if isinstance(cell, dt.datetime) else str(cell)
