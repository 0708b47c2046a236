"""Edge lists: two ends a line, sometimes a weight, with or without header, separated by commas, semicolons, tabs or spaces."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from importers.csvfiles import limit_cells
from importers.decoding import decode, folded
from importers.graphe.raw import Attributes, RawGraph
from pacte_graph.errors import DataRefused
from pacte_graph.records import Where
from pacte_graph.schema import interchange

SOURCE = frozenset({"source", "from", "de", "origine", "acteur 1", "node1", "ego"})
TARGET = frozenset({"target", "to", "vers", "cible", "destination", "acteur 2", "node2", "alter"})
WEIGHT = frozenset({"weight", "poids", "value", "valeur", "force"})
_OPENING = re.compile(r"(?:[#%][^\n]*(?:\n|\Z)|[^\S\n]*\n)*")
_PAIR = re.compile(r"'([^']*)':\s*('([^']*)'|[-+\w.]+)")


@dataclass(frozen=True, slots=True)
class _Columns:
    """What each column is: the two ends, then attributes by name."""

    source: int
    target: int
    names: tuple[str, ...]


def read(data: bytes, name: str, *, header: bool | None = None) -> RawGraph:
    """Return the graph of the links. ``header``: is the first line one? None: guessed from its words.

    Raises DataRefused when no line has two cells, or a file without header has more than three columns.
    """
    graph = RawGraph(name, creates=True)
    rows = _rows(_without_comments(decode(data, name), graph), name)
    first = next(rows, None)
    if first is None:
        raise DataRefused(f"{name} holds no line.", hint="Give a file of two or three columns: source, target, weight.")
    columns = _header(first[1], name, given=header)
    ours = columns is not None and interchange.TYPE in columns.names
    if columns is None:
        columns = _bare(first, name)
        _take(graph, columns, first, ours=False)
    for row in rows:
        _take(graph, columns, row, ours=ours)
    return graph.finish()


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of each line that isn't empty."""
    opening = next((line for line in io.StringIO(text) if line.strip()), "")
    separator = max("\t;,", key=opening.count)
    if not opening.count(separator) or "{" in opening:
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield number, _spaced(line)
        return
    limit_cells()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        raise DataRefused(f"{name}, line {reader.line_num}: {error}.", hint="Save it again as CSV.") from error


def _without_comments(text: str, graph: RawGraph) -> str:
    """Return the text with its opening comments (``#``, ``%``) made empty lines; they are listed, in case they are links.

    Further down a name may start with these signs, so no line is taken for a comment.
    """
    found = _OPENING.match(text)
    opening = found.group() if found else ""
    for number, line in enumerate(opening.split("\n"), start=1):
        if line.strip():
            graph.notice(f"Comment “{line.strip()[:80]}” is not read", Where(graph.file, number))
    return "\n" * opening.count("\n") + text[len(opening) :]


def _spaced(line: str) -> list[str]:
    """Return the words of a line; what networkx writes as ``{'weight': 2}`` stays one cell."""
    before, brace, after = line.strip().partition("{")
    return [*before.split(), brace + after] if brace else before.split()


def _header(cells: list[str], file: str, *, given: bool | None) -> _Columns | None:
    """Return the columns that a header names, or None when the line is a link."""
    flat = [folded(cell) for cell in cells]
    ends = [next((place for place, word in enumerate(flat) if word in words), None) for words in (SOURCE, TARGET)]
    weighed = len(flat) == 3 and flat[2] in WEIGHT
    if given is False or (given is None and None in ends and not weighed):
        return None
    source, target = (0, 1) if ends[0] is None or ends[1] is None else (ends[0], ends[1])
    names = tuple("weight" if word in WEIGHT else cell.strip() for cell, word in zip(cells, flat, strict=True))
    doubled = sorted({word for word in names if word and names.count(word) > 1})
    if doubled:
        raise DataRefused(f"{file} has the column “{doubled[0][:80]}” twice.", hint="Keep one of them.")
    return _Columns(source, target, names)


def _bare(first: tuple[int, list[str]], name: str) -> _Columns:
    if not 2 <= len(first[1]) <= 3:
        raise DataRefused(
            f"{name}, line {first[0]} has {len(first[1])} cells and names no column.",
            hint="Give two or three columns (source, target, weight), or a header with source and target.",
        )
    return _Columns(0, 1, ("source", "target", "weight"))


def _take(graph: RawGraph, columns: _Columns, row: tuple[int, list[str]], *, ours: bool) -> None:
    where, cells = Where(graph.file, row[0]), row[1]
    if not ours:
        cells = [cell.strip() for cell in cells]
    if len(cells) > len(columns.names) or len(cells) < 2:
        graph.reject(where, ", ".join(cells), f"{len(cells)} cells on this line, {len(columns.names)} columns in the file.")
        return
    ends, told = {columns.source: "", columns.target: ""}, Attributes()
    for place, cell in enumerate(cells):
        if place in ends:
            ends[place] = interchange.rearmed(cell) if ours else cell
        elif not columns.names[place]:
            graph.notice("A column without a name is not read", where)
        elif cell.startswith("{") and not ours:
            told.update(_dictionary(cell, graph, where))
        elif cell:
            told[columns.names[place]] = interchange.rearmed(cell) if ours else cell
    graph.add_link(ends[columns.source], ends[columns.target], told, where)


def _dictionary(cell: str, graph: RawGraph, where: Where) -> Attributes:
    """Return the values of what networkx writes after the two ends of a link: ``{'weight': 2.0, 'club': 'x'}``."""
    found: Attributes = {key: text if value.startswith("'") else value for key, value, text in _PAIR.findall(cell)}
    if not found and cell.strip() != "{}":
        graph.notice("Data between braces that isn't {'name': value} is not read", where)
    return found
