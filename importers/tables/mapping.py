"""Mapping files: how someone's own table is read as ours. Checked whole, in words, before any table is opened."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from importers.decoding import decode, folded, read_bytes
from importers.tables.cells import Exact, Raw, Unfit, empty, text, value
from importers.tables.folder import kind_named
from pacte_graph import ids
from pacte_graph.errors import DataRefused
from pacte_graph.schema import LINKS, NODES, LinkType, NodeType
from pacte_graph.schema.sheets import TABLES, Kind, accepted

LIMIT = 1_000_000
TOP = ("source", "programme", "ignore", "nodes", "tables")
PLACE = ("file", "sheet", "header_row", "separator", "kind")
NODE_TEMPLATES = ("id", "programme", "document")
LINK_TEMPLATES = ("source", "source_type", "target", "target_type", "key")
INNER = ("columns", "values", "constants", "split", "ignore")
INLINE = ("link", "from", "to", "id", "split", "create", "node")
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


@dataclass(frozen=True, slots=True)
class TableMap:
    """How one sheet is read: where it is, what its rows are, what its columns mean."""

    place: str
    kind: Kind
    file: str | None = None
    sheet: str | None = None
    header_row: int = 1
    separator: str | None = None
    templates: Mapping[str, Template] = field(default_factory=dict)
    columns: Mapping[str, tuple[str | Inline, ...]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Raw]] = field(default_factory=dict)
    constants: Mapping[str, Raw] = field(default_factory=dict)
    split: Mapping[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()

    def names(self) -> dict[str, None]:
        """Return every column of theirs that the mapping reads, in order, each once."""
        inline = [item for uses in self.columns.values() for item in uses if isinstance(item, Inline)]
        templates = [*self.templates.values(), *(item.id for item in inline)]
        templates += [template for item in inline for template in item.properties.values()]
        fields = [name for template in templates for name in template.fields if name != "value"]
        return dict.fromkeys([*self.columns, *fields, *self.split])


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A whole mapping file."""

    source: Mapping[str, Any]
    programme: str | None
    ignore: tuple[str, ...]
    nodes: tuple[tuple[NodeType, dict[str, Raw]], ...]
    tables: tuple[TableMap, ...]


def load(path: Path) -> tuple[MappingFile, bytes]:
    """Return a mapping file and its bytes. Raises DataRefused, saying where and what is accepted, when it isn't sound."""
    data = read_bytes(path, LIMIT)
    try:
        told = tomllib.loads(decode(data, path.name))
    except tomllib.TOMLDecodeError as error:
        raise DataRefused(
            f"{path.name} can't be read: {error}.", hint="`pacte map FILE` writes a mapping to start from."
        ) from error
    except RecursionError as error:
        raise DataRefused(f"{path.name} can't be read: it is nested too deep.") from error
    place = path.name
    _known(told, TOP, place)
    tables = _tables_of(told.get("tables", []), "tables", place)
    if not tables:
        raise DataRefused(f"{place} describes no table.", hint="Add a [[tables]] section with a kind, an id and columns.")
    nodes = [_node(item, f"{place}, nodes {n}") for n, item in enumerate(_tables_of(told.get("nodes", []), "nodes", place), 1)]
    found = tuple(_table(item, f"{place}, table {number}") for number, item in enumerate(tables, 1))
    source = _table_of(told.get("source", {}), "source", place)
    programme = _optional(told, "programme", place)
    return MappingFile(source, programme, _texts(told.get("ignore", []), "ignore", place), tuple(nodes), found), data


def _table(told: dict[str, Any], place: str) -> TableMap:
    kind = _kind(told.get("kind"), place)
    own = NODE_TEMPLATES if isinstance(kind, NodeType) else LINK_TEMPLATES
    _known(told, (*PLACE, *own, *INNER), place)
    templates = {name: Template(found) for name in own if (found := _optional(told, name, place)) is not None}
    columns = _columns(_table_of(told.get("columns", {}), "columns", place), kind, place)
    split = {name: _text(sign, f"split.{name}", place) for name, sign in _table_of(told.get("split", {}), "split", place).items()}
    constants = _constants(kind, _table_of(told.get("constants", {}), "constants", place), place)
    header = told.get("header_row", 1)
    if not isinstance(header, int) or isinstance(header, bool) or not 1 <= header <= 1_000:
        raise DataRefused(f"{place}: header_row is {header!r}; accepted: a row number from 1 to 1000.")
    table = TableMap(
        place,
        kind,
        _optional(told, "file", place),
        _optional(told, "sheet", place),
        header,
        _optional(told, "separator", place),
        templates,
        columns,
        _values(kind, _table_of(told.get("values", {}), "values", place), place),
        constants,
        split,
        _texts(told.get("ignore", []), "ignore", place),
    )
    _check(table)
    return table


def _check(table: TableMap) -> None:
    """Raise DataRefused when a mapping gives a column twice, lacks what identifies, or splits two columns into rows."""
    given = [name for uses in table.columns.values() for name in uses if isinstance(name, str)]
    given += [*table.templates, *table.constants]
    doubled = sorted({name for name in given if given.count(name) > 1})
    if doubled:
        raise DataRefused(f"{table.place}: {', '.join(doubled)} is given twice.", hint="Keep one column, constant or template.")
    wanted = ("id",) if isinstance(table.kind, NodeType) else ("source", "target")
    lacking = [name for name in wanted if name not in given]
    if lacking:
        raise DataRefused(
            f"{table.place}: nothing says what {' and '.join(lacking)} is.",
            hint='Write for instance id = "project:my-scheme:{N°}", with a column of theirs in braces.',
        )
    if table.separator is not None and len(table.separator) != 1:
        raise DataRefused(f"{table.place}: separator is {table.separator!r}; accepted: one character.")
    if any(not sign for sign in table.split.values()):
        raise DataRefused(f"{table.place}: a split has an empty separator; accepted: a text such as ';'.")
    if len(exploding(table)) > 1:
        told = ", ".join(exploding(table))
        raise DataRefused(
            f"{table.place}: {told} would each make one row a piece.", hint="Split one of them only, or describe two tables."
        )
    if isinstance(table.kind, LinkType) and any(isinstance(use, Inline) for uses in table.columns.values() for use in uses):
        raise DataRefused(f"{table.place}: rows that are links can't have links in their cells.", hint="Describe a second table.")


def exploding(table: TableMap) -> list[str]:
    """Return their columns that make one row a piece: those split that are not read as a list."""
    lists = [item.name for item in table.kind.properties if item.type == "strings"]
    return [name for name in table.split if not table.columns.get(name) or any(use not in lists for use in table.columns[name])]


def _columns(told: dict[str, Any], kind: Kind, place: str) -> dict[str, tuple[str | Inline, ...]]:
    found = {}
    for name, uses in told.items():
        where = f"{place}, column “{name}”"
        found[name] = tuple(_use(use, kind, where) for use in (uses if isinstance(uses, list) else [uses]))
    return found


def _use(use: Any, kind: Kind, place: str) -> str | Inline:
    if isinstance(use, dict):
        return _inline(use, place)
    names = [column.name for column in accepted(kind) if column.name != "sources"]
    if use not in names:
        raise DataRefused(
            f"{place}: {use!r} is no column of {kind.table}.", hint=f"Accepted: {', '.join(names)}; or {{link = …}}."
        )
    return str(use)


def _inline(told: dict[str, Any], place: str) -> Inline:
    link = LINKS.get(str(told.get("link")))
    if link is None or link.type == "ABOUT":
        known = ", ".join(kind.type for kind in TABLES.values() if isinstance(kind, LinkType))
        raise DataRefused(f"{place}: link is {told.get('link')!r}.", hint=f"Accepted: {known}.")
    properties = [item.name for item in link.properties]
    _known(told, (*INLINE, *properties, *(["key"] if link.keyed else [])), place)
    sides = [side for side in ("from", "to") if side in told]
    if len(sides) != 1:
        raise DataRefused(
            f"{place}: say either from or to, with the label of what the cell names.", hint='For instance from = "Actor".'
        )
    side, allowed = ("source", link.sources) if sides == ["from"] else ("target", link.targets)
    label = told[sides[0]]
    if label not in allowed:
        raise DataRefused(f"{place}: {sides[0]} is {label!r}; {link.type} accepts: {', '.join(allowed)}.")
    create = told.get("create", True)
    if not isinstance(create, bool):
        raise DataRefused(f"{place}: create is {create!r}; accepted: true or false.")
    extra = {name: Template(_plain(raw)) for name, raw in told.items() if name not in INLINE}
    for name, template in extra.items():
        if not template.fields and name != "key":
            _checked(link, name, template.text, place)
    node = _constants(NODES[label], _table_of(told.get("node", {}), "node", place), place)
    default = f"{label.lower()}:{{value}}"
    template = Template(_text(told.get("id", default), "id", place))
    split = _text(told.get("split", ""), "split", place)
    return Inline(link, side, label, template, split, create, extra, node)


def _node(told: dict[str, Any], place: str) -> tuple[NodeType, dict[str, Raw]]:
    kind = _kind(told.get("label"), place, "label")
    if not isinstance(kind, NodeType):
        raise DataRefused(f"{place}: label is {told['label']!r}, which is a link.")
    row = {name: told[name] for name in told if name not in ("label", "id", "programme")}
    fixed: dict[str, Raw] = {"id": _text(told.get("id"), "id", place)}
    if "programme" in told:
        fixed["programme"] = _text(told["programme"], "programme", place)
    ids.check(str(fixed["id"]))
    found = {**fixed, **_constants(kind, row, place)}
    missing = [item.name for item in kind.properties if item.required and item.name not in found]
    if missing:
        raise DataRefused(f"{place}: {', '.join(missing)} must be given.")
    return kind, found


def _values(kind: Kind, told: dict[str, Any], place: str) -> dict[str, dict[str, Raw]]:
    """Return theirs to ours by property, theirs folded; an empty text of ours means unknown."""
    found: dict[str, dict[str, Raw]] = {}
    for name, pairs in told.items():
        where = f"{place}, values of {name}"
        found[name] = {}
        for theirs, ours in _table_of(pairs, f"values.{name}", place).items():
            found[name][folded(theirs)] = _raw(ours, where) if ours == "" else _checked(kind, name, ours, where)
    return found


def _constants(kind: Kind, told: dict[str, Any], place: str) -> dict[str, Raw]:
    return {name: _checked(kind, name, raw, place) for name, raw in told.items()}


def _checked(kind: Kind, name: str, raw: Any, place: str) -> Raw:
    """Return a value of ours once it is sure that its property takes it."""
    item = kind.property(name)
    if item is None:
        names = ", ".join(known.name for known in kind.properties)
        raise DataRefused(f"{place}: {name} is no property of {kind.table}.", hint=f"Accepted: {names}.")
    cell = _raw(raw, place)
    try:
        value(item, cell)
    except Unfit as unfit:
        raise DataRefused(f"{place}: found “{unfit.found[:80]}” in {name}; accepted: {unfit.accepted}.") from unfit
    return cell


def _raw(told: Any, place: str) -> Raw:
    """Return a TOML value as a cell; a list of texts stays one."""
    if isinstance(told, list) and all(isinstance(item, str) for item in told):
        return listed(told)
    if isinstance(told, str | int | float | bool | dt.date):
        return told
    raise DataRefused(f"{place}: {told!r} is not a text, a number, a date or a list of texts.")


def listed(items: Iterable[str]) -> Exact:
    """Return texts as a cell that is read as a list."""
    return Exact(json.dumps(list(items), ensure_ascii=False))


def _kind(told: Any, place: str, name: str = "kind") -> Kind:
    found = LINKS.get(told) if isinstance(told, str) else None
    kind = found if found is not None and found.type != "ABOUT" else (kind_named(told) if isinstance(told, str) else None)
    if kind is None:
        known = ", ".join(item.label if isinstance(item, NodeType) else item.type for item in TABLES.values())
        raise DataRefused(f"{place}: {name} is {told!r}.", hint=f"Accepted: {known}.")
    return kind


def _known(told: Mapping[str, Any], keys: Iterable[str], place: str) -> None:
    known = list(keys)
    unknown = sorted(set(told) - set(known))
    if unknown:
        raise DataRefused(f"{place}: unknown {', '.join(unknown)}.", hint=f"Accepted: {', '.join(known)}.")


def _optional(told: Mapping[str, Any], name: str, place: str) -> str | None:
    return _text(told[name], name, place) if name in told else None


def _text(told: Any, name: str, place: str) -> str:
    if not isinstance(told, str):
        raise DataRefused(f"{place}: {name} is {told!r}; accepted: a text.")
    return told


def _plain(told: Any) -> str:
    return told if isinstance(told, str) else text(told)


def _texts(told: Any, name: str, place: str) -> tuple[str, ...]:
    if not isinstance(told, list) or not all(isinstance(item, str) for item in told):
        raise DataRefused(f"{place}: {name} is {told!r}; accepted: a list of texts.")
    return tuple(told)


def _table_of(told: Any, name: str, place: str) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise DataRefused(f"{place}: {name} is {told!r}; accepted: a section.", hint=f"Write it as [{name}] or [tables.{name}].")
    return told


def _tables_of(told: Any, name: str, place: str) -> list[dict[str, Any]]:
    if not isinstance(told, list) or not all(isinstance(item, dict) for item in told):
        raise DataRefused(f"{place}: {name} is not a list of sections.", hint=f"Write each as [[{name}]].")
    return told
