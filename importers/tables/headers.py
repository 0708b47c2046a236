"""The headers of someone's own table: on one row or several, with a name, or called by the letters of their column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from importers.decoding import folded
from importers.tables.cells import Raw, empty, text
from importers.tables.mapping import TableMap
from importers.tables.sheets import Cells, Sheet, letters, position
from pacte_graph.errors import DataRefused, Told, tell

JOINED = " / "
"""Between the parts of a header that stands on several rows."""
_LETTERED = re.compile(r"(?:colonne|column) ([a-z]{1,3})")


def read(sheet: Sheet, table: TableMap) -> list[str]:
    """Return the name of each column. Raises DataRefused when a row of headers isn't there.

    On several rows, a part that stands above several columns (cells merged, or left empty to its right) is part of each of
    their names: ``2023 / Granted``.
    """
    rows = dict(sheet.rows)
    missing = [line for line in table.headers if line not in rows]
    if missing:
        raise DataRefused(
            tell(
                "{place}: {file} has no header on row {line} of {title}.",
                "{place} : {file} n'a pas d'intitulés à la ligne {line} de {title}.",
                place=table.place,
                file=sheet.file,
                line=missing[0],
                title=sheet.title(),
            ),
            hint=Told(
                "Set header_row to the row that holds the column names.",
                "Donnez à header_row la ligne qui contient les noms des colonnes.",
            ),
        )
    told = [[text(cell) for cell in rows[line]] for line in table.headers]
    return joined(told)


def joined(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the names of columns from one row of headers, or from several, the uppermost first.

    >>> joined([["Projet", "2023", "", "Obs."], ["", "Demandé", "Accordé"]])
    ['Projet', '2023 / Demandé', '2023 / Accordé', 'Obs.']
    """
    *above, last = rows
    for row in reversed(above):
        last = [JOINED.join(filter(None, parts)) for parts in zip_longest(_spread(row, last), last, fillvalue="")]
    return list(last)


def _spread(row: Sequence[str], below: Sequence[str]) -> Iterator[str]:
    """Yield a row of headers, each one repeated to its right where only the row below has a name."""
    before = ""
    for at in range(max(len(row), len(below))):
        own = row[at] if at < len(row) else ""
        under = below[at] if at < len(below) else ""
        before = own or (before if under else "")
        yield before


def lettered(at: int) -> str:
    """Return how a mapping calls a column by its letters.

    >>> lettered(2)
    'colonne C'
    """
    return f"colonne {letters(at)}"


def positions(names: Iterable[str], header: Sequence[str]) -> set[int]:
    """Return where the columns named are, all of those that have the same name."""
    return {at for name in names for at in _same(name, header)}


def _same(name: str, header: Sequence[str]) -> list[int]:
    same = [at for at, other in enumerate(header) if other == name]
    same = same or [at for at, other in enumerate(header) if folded(other) == folded(name)]
    called = _LETTERED.fullmatch(folded(name))
    return same or ([position(called[1]) - 1] if called else [])


def places(sheet: Sheet, table: TableMap, header: Sequence[str]) -> dict[str, int]:
    """Return where each column that a mapping reads is. Raises DataRefused naming those that are missing or there twice."""
    found = {name: _same(name, header) for name in table.names()}
    doubled = [name for name, same in found.items() if len(same) > 1]
    if doubled:
        raise DataRefused(
            tell(
                "{file} has the column “{name}” twice.",
                "{file} a deux fois la colonne « {name} ».",
                file=sheet.file,
                name=doubled[0],
            ),
            hint=tell(
                "Call it by its letters instead: “{first}” or “{second}”.",
                "Appelez-la plutôt par ses lettres : « {first} » ou « {second} ».",
                first=lettered(found[doubled[0]][0]),
                second=lettered(found[doubled[0]][1]),
            ),
        )
    missing = [name for name, same in found.items() if not same]
    if missing:
        names, known = _quoted(missing), _quoted([name for name in header if name])
        raise DataRefused(
            tell(
                "{place}: {file} has no column {names} in {title}.",
                "{place} : {file} n'a pas de colonne {names} dans {title}.",
                place=table.place,
                file=sheet.file,
                names=names,
                title=sheet.title(),
            ),
            hint=tell("It has: {known}.", "Il a : {known}.", known=known),
        )
    return {name: same[0] for name, same in found.items()}


def first_filled(rows: Iterable[tuple[int, Cells]], most: int | None = None) -> dict[int, tuple[int, Raw]]:
    """Return, by position, the line and the content of the first filled cell of each column before ``most`` (None: of all)."""
    found: dict[int, tuple[int, Raw]] = {}
    for line, row in rows:
        for at, cell in enumerate(row[:most]):
            if at not in found and not empty(cell):
                found[at] = (line, cell)
    return found


def _quoted(names: Sequence[str]) -> Told:
    return Told(", ".join(f"“{name}”" for name in names), ", ".join(f"« {name} »" for name in names))
