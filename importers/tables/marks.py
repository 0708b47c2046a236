"""A table of actors by projects (or the other way round) whose cells are marks: how each marked column is mapped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importers.decoding import folded
from importers.tables.cells import empty, text
from importers.tables.mapping_terms import quoted
from importers.tables.sheets import Cells
from pacte_graph import ids
from pacte_graph.schema import NodeType
from pacte_graph.schema.sheets import Kind

FEWEST = 3
"""Columns of marks from which a table is taken for a matrix."""
_SHORT, _DIFFERENT = 3, 4
_OTHER = {"Actor": ("to", "Project"), "Project": ("from", "Actor")}
_ROLES = {"p": "lead", "c": "lead", "f": "funder"}
_YES, _NO = frozenset({"x", "oui", "yes", "1", "✓", "✔", "●", "•"}), frozenset({"-", "–", "non", "no", "0", "/"})


def marked(kind: Kind, known: Sequence[bool], rows: Sequence[Cells]) -> dict[int, list[str]]:
    """Return the marks of each column that holds nothing else, by position; none when too few columns do.

    ``known`` says of each column whether it has another meaning already.
    """
    if not isinstance(kind, NodeType) or kind.label not in _OTHER:
        return {}
    found = {at: _marks(at, rows) for at, taken in enumerate(known) if not taken}
    found = {at: marks for at, marks in found.items() if marks}
    return found if len(found) >= FEWEST else {}


def _marks(at: int, rows: Sequence[Cells]) -> list[str]:
    said = list(dict.fromkeys(text(row[at]) for row in rows if at < len(row) and not empty(row[at])))
    short = all(len(mark) <= _SHORT and (not mark.isdigit() or mark in ("0", "1")) for mark in said)
    return said if short and len({folded(mark) for mark in said}) <= _DIFFERENT else []


def line(kind: Kind, header: str, marks: Sequence[str], slug: str) -> str:
    """Return the line of a mapping that makes a link of each mark of a column; the header names what it is about."""
    side, label = _OTHER[kind.label if isinstance(kind, NodeType) else ""]
    own = ids.part(folded(header).replace(" ", "-"))
    no = [mark for mark in marks if folded(mark) in _NO]
    skip = f", skip = [{', '.join(map(quoted, no))}]" if no else ""
    return (
        f'{{ link = "TAKES_PART_IN", {side} = "{label}", id = {quoted(f"{label.lower()}:{slug}:{own}")}, '
        f'role = "{{value}}"{skip} }}'
    )


def roles(found: dict[int, list[str]]) -> Iterator[str]:
    """Yield the section that says which role each mark is."""
    marks = {folded(mark): mark for said in found.values() for mark in said}
    if not found:
        return
    yield ""
    yield "[tables.values.role]  # ce que veut dire chaque marque / what each mark means"
    for flat, mark in marks.items():
        if flat not in _NO:
            role = "partner" if flat in _YES else _ROLES.get(flat, "partner")
            yield f'{quoted(mark)} = "{role}"   # à vérifier / check it'
