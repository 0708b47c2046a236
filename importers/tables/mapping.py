"""How someone's own table is read as ours: the values that a mapping file makes (see ``mapping_file``)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from importers.tables.cells import Exact, Raw, empty, text
from pacte_graph import ids
from pacte_graph.schema import LinkType, NodeType
from pacte_graph.schema.sheets import Kind

_FIELD = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """A text with fields in braces, each the name of one of their columns (``{value}``: the piece of cell at hand)."""

    text: str

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the names in braces, in order."""
        return tuple(_FIELD.findall(self.text))

    def render(self, cells: Mapping[str, Raw], *, identifier: bool) -> str | None:
        """Return the text with its fields filled in; None when one of them is empty. Parts of identifiers are encoded.

        A text that is one field alone is the cell as it is: it may hold a whole identifier.
        """
        if any(name not in cells or empty(cells[name]) for name in self.fields):
            return None
        told = {name: text(cells[name]) for name in self.fields}
        if _FIELD.fullmatch(self.text):
            return told[self.fields[0]]
        return _FIELD.sub(lambda match: ids.part(told[match[1]]) if identifier else told[match[1]], self.text)


@dataclass(frozen=True, slots=True)
class Inline:
    """Links drawn from one cell: to or from what it names, once a piece; what it names is made when nothing else states it."""

    link: LinkType
    side: str
    """``source`` or ``target``: the end that the cell names."""
    label: str
    id: Template
    split: str
    create: bool
    properties: Mapping[str, Template]
    node: Mapping[str, Raw]
    skip: tuple[str, ...] = ()
    """What a cell says, folded, when it makes no link."""

    @property
    def fixed(self) -> bool:
        """Tell whether every cell of the column names the same thing: then its header is the thing's name."""
        return not self.id.fields


@dataclass(frozen=True, slots=True)
class TableMap:
    """How one sheet is read: where it is, what its rows are, what its columns mean."""

    place: str
    kind: Kind
    file: str | None = None
    sheet: str | None = None
    headers: tuple[int, ...] = (1,)
    """The rows that hold the headers: one, or several that are joined."""
    separator: str | None = None
    templates: Mapping[str, Template] = field(default_factory=dict)
    columns: Mapping[str, tuple[str | Inline, ...]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Raw]] = field(default_factory=dict)
    constants: Mapping[str, Raw] = field(default_factory=dict)
    split: Mapping[str, str] = field(default_factory=dict)
    skip: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By their column, the texts (folded; ``*`` stands for any) of rows that are left out on purpose: totals, footnotes."""
    ignore: tuple[str, ...] = ()

    @property
    def header_row(self) -> int:
        """Return the last row of the headers: rows are below it."""
        return self.headers[-1]

    def names(self) -> dict[str, None]:
        """Return every column of theirs that the mapping reads, in order, each once."""
        inline = [item for uses in self.columns.values() for item in uses if isinstance(item, Inline)]
        templates = [*self.templates.values(), *(item.id for item in inline)]
        templates += [template for item in inline for template in item.properties.values()]
        fields = [name for template in templates for name in template.fields if name != "value"]
        return dict.fromkeys([*self.columns, *fields, *self.split, *self.skip])


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A whole mapping file."""

    source: Mapping[str, Any]
    programme: str | None
    ignore: tuple[str, ...]
    nodes: tuple[tuple[NodeType, dict[str, Raw]], ...]
    tables: tuple[TableMap, ...]


def exploding(table: TableMap) -> list[str]:
    """Return their columns that make one row a piece: those split that are not read as a list."""
    lists = [item.name for item in table.kind.properties if item.type == "strings"]
    return [name for name in table.split if not table.columns.get(name) or any(use not in lists for use in table.columns[name])]


def listed(items: Iterable[str]) -> Exact:
    """Return texts as a cell that is read as a list."""
    return Exact(json.dumps(list(items), ensure_ascii=False))
