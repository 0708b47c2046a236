"""Edge lists: two ends a line, sometimes a weight, with or without header, separated by commas, semicolons, tabs or spaces."""

from __future__ import annotations

import ast
import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from importers.csvfiles import declared_separator, limit_cells, numbered
from importers.decoding import decode, folded
from importers.graphe.raw import MAX_CELL, Attributes, RawGraph, too_long
from importers.telling import counted
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import Where
from pacte_graph.schema import interchange

SOURCE = frozenset({"source", "from", "de", "origine", "acteur 1", "node1", "ego"})
TARGET = frozenset({"target", "to", "vers", "cible", "destination", "acteur 2", "node2", "alter"})
WEIGHT = frozenset({"weight", "poids", "value", "valeur", "force"})
_SEPARATORS = "\t;,"
_OPENING = re.compile(r"(?:[#%][^\n]*(?:\n|\Z)|[^\S\n]*\n)*")
_WRITTEN = re.compile(r"(\S+\s+\S.*?)(?:\s+(\{.*)|(\{['\"].*))")
"""The ends of a link, then what networkx writes after them; a name may hold a brace, the dictionary comes last."""
_NOT_A_DICTIONARY = Told(
    "Data between braces that isn't {'name': value} is not read",
    "Des données entre accolades qui ne sont pas {'nom': valeur} ne sont pas lues",
)


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
        raise DataRefused(
            tell("{name} holds no line.", "{name} ne contient aucune ligne.", name=name),
            hint=Told(
                "Give a file of two or three columns: source, target, weight.",
                "Donnez un fichier de deux ou trois colonnes : origine, destination, poids.",
            ),
        )
    columns = _header(first[1], name, given=header)
    ours = columns is not None and interchange.TYPE in columns.names
    if columns is None:
        columns = _bare(first, name)
        _take(graph, columns, first, ours=False)
    for row in rows:
        _take(graph, columns, row, ours=ours)
    return graph.finish()


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of each line that isn't empty; what networkx writes as ``{'weight': 2}`` is one cell."""
    declared, below = declared_separator(text)
    if declared:
        text = f"\n{below}"  # the line that declares it keeps its number
    opening = next((line.strip() for line in io.StringIO(text) if line.strip()), "")
    separator = declared or max(_SEPARATORS, key=opening.count)
    brace = opening.find("{") if opening.endswith("}") else -1
    if brace > 0 or not opening.count(separator):
        sign = opening[brace - 1] if brace > 0 else ""
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield number, _separated(line, sign) if sign in _SEPARATORS and sign else _spaced(line)
        return
    limit_cells()
    for number, row in numbered(io.StringIO(text, newline=""), name, separator):
        if any(cell.strip() for cell in row):
            yield number, list(row)


def _without_comments(text: str, graph: RawGraph) -> str:
    """Return the text with its opening comments (``#``, ``%``) made empty lines; they are listed, in case they are links.

    Further down a name may start with these signs, so no line is taken for a comment.
    """
    found = _OPENING.match(text)
    opening = found.group() if found else ""
    for number, line in enumerate(opening.split("\n"), start=1):
        if line.strip():
            comment = line.strip()[:80]
            said = tell("Comment “{comment}” is not read", "Le commentaire « {comment} » n'est pas lu", comment=comment)
            graph.notice(said, Where(graph.file, number))
    return "\n" * opening.count("\n") + text[len(opening) :]


def _spaced(line: str) -> list[str]:
    """Return the words of a line, and the dictionary after them."""
    bare = line.strip()
    found = _WRITTEN.fullmatch(bare) if bare.endswith("}") else None
    return [*found[1].split(), found[2] or found[3]] if found else bare.split()


def _separated(line: str, sign: str) -> list[str]:
    """Return the cells of a line that networkx wrote with another delimiter than a space."""
    before, brace, after = line.strip("\r\n").partition(f"{sign}{{")
    return [*before.split(sign), *(["{" + after] if brace else [])]


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
        raise DataRefused(
            tell(
                "{file} has the column “{name}” twice.",
                "{file} a deux fois la colonne « {name} ».",
                file=file,
                name=doubled[0][:80],
            ),
            hint=Told("Keep one of them.", "N'en gardez qu'une."),
        )
    return _Columns(source, target, names)


def _bare(first: tuple[int, list[str]], name: str) -> _Columns:
    if not 2 <= len(first[1]) <= 3:
        raise DataRefused(
            tell(
                "{name}, line {line} has {count} cells and names no column.",
                "{name}, ligne {line} : {count}, et aucun nom de colonne.",
                name=name,
                line=first[0],
                count=counted(len(first[1]), "cellule", "cellules"),
            ),
            hint=Told(
                "Give two or three columns (source, target, weight), or a header with source and target.",
                "Donnez deux ou trois colonnes (origine, destination, poids), ou un en-tête avec source et target.",
            ),
        )
    return _Columns(0, 1, ("source", "target", "weight"))


def _take(graph: RawGraph, columns: _Columns, row: tuple[int, list[str]], *, ours: bool) -> None:
    where, cells = Where(graph.file, row[0]), row[1]
    if not ours:
        cells = [cell.strip() for cell in cells]
    if len(cells) > len(columns.names) or len(cells) < 2:
        graph.reject(where, ", ".join(cells), _uneven(len(cells), len(columns.names)))
        return
    ends, told = {columns.source: "", columns.target: ""}, Attributes()
    for place, cell in enumerate(cells):
        if place in ends:
            ends[place] = interchange.rearmed(cell) if ours else cell
        elif not columns.names[place]:
            graph.notice(Told("A column without a name is not read", "Une colonne sans nom n'est pas lue"), where)
        elif cell.startswith("{") and not ours:
            told.update(_dictionary(cell, graph, where))
        elif cell:
            told[columns.names[place]] = interchange.rearmed(cell) if ours else cell
    graph.add_link(ends[columns.source], ends[columns.target], told, where)


def _uneven(cells: int, columns: int) -> Told:
    return tell(
        "{cells} cells on this line, {columns} columns in the file.",
        "{cells} sur cette ligne, {columns} dans le fichier.",
        cells=counted(cells, "cellule", "cellules"),
        columns=counted(columns, "colonne", "colonnes"),
    )


def _dictionary(cell: str, graph: RawGraph, where: Where) -> Attributes:
    """Return the values of what networkx writes after the two ends of a link: ``{'weight': 2.0, 'club': "L'été"}``.

    A value that is nested, or that isn't written as a literal, is listed alone: the others are taken.
    """
    if len(cell) > MAX_CELL:
        raise too_long(where, cell)
    try:
        with warnings.catch_warnings(action="ignore"):  # texts written by hand may hold a stray backslash
            told = ast.parse(cell, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        told = None
    if not isinstance(told, ast.Dict):
        graph.notice(_NOT_A_DICTIONARY, where)
        return {}
    found: dict[str, object] = {}
    for key, value in zip(told.keys, told.values, strict=True):
        if isinstance(key, ast.Constant):
            found[str(key.value)] = _literal(value)
        else:
            graph.notice(_NOT_A_DICTIONARY, where)
    return graph.plain(found, where)


def _literal(node: ast.expr) -> object:
    """Return the value of a literal, or of a number of numpy (``np.float64(2.0)``); for anything else, itself: no value."""
    if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords and ast.unparse(node.func).startswith("np."):
        node = node.args[0]
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, MemoryError, RecursionError):
        return node.id if isinstance(node, ast.Name) else node
