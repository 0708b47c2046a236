"""The workbook itself: sheets, headers, drop-downs, comments. Every text is written as text, never as a formula."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook

from pacte_graph.errors import DataRefused
from pacte_graph.schema import NodeType
from pacte_graph.schema.sheets import (
    LISTS_SHEET,
    MARK_SHEET,
    README_SHEET,
    SOURCES_COLUMN,
    SOURCES_SHEET,
    TABLES,
    TEXT_MARK,
    TEXTS_SHEET,
    Column,
    Kind,
    columns,
    sheet_name,
    types,
)
from pacte_graph.workbook import examples, readme, values
from pacte_graph.workbook.content import Content, Link, Node

ROOM = 5_000
"""Rows that have drop-downs in a blank workbook; more where there is more data."""
ROWS = 1_048_000
LAYOUT = 1
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_DAY = dt.datetime(2016, 1, 1)  # noqa: DTZ001 - a fixed day, so that the same content gives the same bytes
_INK, _LINK_INK, _REQUIRED, _PALE = "#1F3A5F", "#2F5D50", "#7A2E0E", "#FFF7DB"
_SOURCE_KEYS = ("id", "name_fr", "name_en", "publisher", "url", "licence", "scope", "vintage", "ignored", "fictitious")

Row = Mapping[str, Any]


def make(content: Content, *, example: bool) -> bytes:
    """Return the workbook of a content, or a blank one with its example rows. Raises DataRefused when a sheet is too small."""
    sizes = [len(rows) for rows in content.nodes.values()] + [len(rows) for rows in content.links.values()]
    longest = max(sizes, default=0)
    if longest > ROWS:
        raise DataRefused(
            f"A table has {longest} rows; a sheet can hold {ROWS}.", hint="Export one programme, or another format."
        )
    return Book(content, example=example).write()


class Book:
    """One workbook being written, sheet after sheet."""

    def __init__(self, content: Content, *, example: bool) -> None:
        self.out = io.BytesIO()
        self.content = content
        self.example = example
        self.workbook = Workbook(self.out, _OPTIONS)
        self.workbook.set_properties({"title": "Pacte Graph", "created": _DAY})
        self.formats = _formats(self.workbook)
        self.lists: dict[tuple[str, ...], str] = {}
        self.texts = 0

    def write(self) -> bytes:
        """Write every sheet and return the file's bytes."""
        told = self.workbook.add_worksheet(README_SHEET)
        readme.write(told, self.formats, self.content, example=self.example)
        self._sources(self.workbook.add_worksheet(SOURCES_SHEET))
        sheets = {table: self.workbook.add_worksheet(sheet_name(kind)) for table, kind in TABLES.items()}
        self.hidden = {name: self.workbook.add_worksheet(name) for name in (LISTS_SHEET, TEXTS_SHEET, MARK_SHEET)}
        self._lists()
        self.hidden[TEXTS_SHEET].write_row(0, 0, ("numéro", "texte"))
        for table, kind in TABLES.items():
            self._table(sheets[table], kind)
        self._mark()
        for sheet in self.hidden.values():
            sheet.hide()
        told.activate()
        self.workbook.close()
        return self.out.getvalue()

    def _mark(self) -> None:
        rows = [("pacte-graph", str(LAYOUT)), ("exemples", "oui" if self.example else "non")]
        for line, row in enumerate([*rows, *((sheet_name(kind), table) for table, kind in TABLES.items())]):
            self.hidden[MARK_SHEET].write_row(line, 0, row)

    def _lists(self) -> None:
        """Write each closed list once, a row each, and remember where it is."""
        sheet = self.hidden[LISTS_SHEET]
        found = {options for kind in TABLES.values() for column in columns(kind) if (options := _options(column))}
        for line, options in enumerate(sorted(found)):
            sheet.write_row(line, 0, options)
            self.lists[options] = f"='{LISTS_SHEET}'!$A${line + 1}:${_letter(len(options) - 1)}${line + 1}"

    def _table(self, sheet: Any, kind: Kind) -> None:
        own = columns(kind)
        if len(self.content.sources) > 1:
            own = (*own, SOURCES_COLUMN)
        sheet.set_tab_color(_INK if isinstance(kind, NodeType) else _LINK_INK)
        self._head(sheet, kind, own)
        line = 1
        for line, row in enumerate(self._rows(kind), 2):
            self._row(sheet, line, own, row)
        self._validations(sheet, own, max(ROOM, line + 1_000))

    def _rows(self, kind: Kind) -> Iterator[Row]:
        if self.example:
            yield examples.row(kind)
        elif isinstance(kind, NodeType):
            yield from map(_node_row, self.content.nodes.get(kind.label, ()))
        else:
            yield from map(_link_row, self.content.links.get(kind.type, ()))

    def _head(self, sheet: Any, kind: Kind, own: Sequence[Column]) -> None:
        """Write two rows: French headers with their comments, then machine names in small grey."""
        for at, column in enumerate(own):
            sheet.set_column(at, at, _width(column), self.formats["date" if _is(column, "date") else "text"])
        sheet.set_row(0, 30)
        for at, column in enumerate(own):
            ink = "required" if column.required else ("head" if isinstance(kind, NodeType) else "link_head")
            sheet.write_string(0, at, column.label.fr + " *" * column.required, self.formats[ink])
            sheet.write_comment(0, at, _comment(column), {"x_scale": 2.4, "y_scale": 1.8, "author": "pacte"})
        for at, column in enumerate(own):
            name = f"{kind.table}.{column.name}" if at == 0 else column.name
            sheet.write_string(1, at, name, self.formats["machine"])
        sheet.freeze_panes(2, 1)

    def _row(self, sheet: Any, line: int, own: Sequence[Column], row: Row) -> None:
        for at, column in enumerate(own):
            if column.name in row:
                self._cell(sheet, line, at, values.cell(column, row[column.name]))

    def _cell(self, sheet: Any, line: int, at: int, cell: values.Cell) -> None:
        ink = self.formats["example"] if self.example else None
        if isinstance(cell, dt.date):
            sheet.write_datetime(line, at, cell, self.formats["example_date"] if self.example else self.formats["date"])
        elif isinstance(cell, str):
            sheet.write_string(line, at, cell if values.fits(cell) else self._elsewhere(cell), ink)
        else:
            sheet.write_number(line, at, cell, ink)

    def _elsewhere(self, text: str) -> str:
        """Write a text that a cell can't hold in the sheet of texts; return what the cell says instead."""
        number, sheet = str(self._number()), self.hidden[TEXTS_SHEET]
        for piece in values.pieces(text):
            self.texts += 1
            sheet.write_string(self.texts, 0, number)
            sheet.write_string(self.texts, 1, piece)
        return f"{TEXT_MARK}{number}"

    def _number(self) -> int:
        return self.texts + 1

    def _validations(self, sheet: Any, own: Sequence[Column], last: int) -> None:
        for at, column in enumerate(own):
            options = _options(column)
            if options:
                rule: dict[str, Any] = {"source": self.lists[options], "error_type": "warning", "error_title": "Valeur inconnue",
                        "error_message": "Choisissez une valeur de la liste."}  # fmt: skip
            elif column.property is None and len(column.labels) == 1:
                named = next(kind for kind in TABLES.values() if isinstance(kind, NodeType) and kind.label == column.labels[0])
                rule = {"source": f"='{sheet_name(named)}'!$A$3:$A${ROOM}", "show_error": False}
            else:
                continue
            sheet.data_validation(2, at, last, at, {"validate": "list", **rule})

    def _sources(self, sheet: Any) -> None:
        for at, (french, _) in enumerate(readme.SOURCES):
            sheet.set_column(at, at, 26)
            sheet.write_string(0, at, french, self.formats["required" if at < 2 else "head"])
        for at, name in enumerate(_SOURCE_KEYS):
            sheet.write_string(1, at, name, self.formats["machine"])
        rows = [readme.SOURCE_EXAMPLE] if self.example else [_source_row(item) for item in self.content.sources]
        for line, row in enumerate(rows, 2):
            for at, name in enumerate(_SOURCE_KEYS):
                if row.get(name):
                    sheet.write_string(line, at, str(row[name])[:32_767], self.formats["example"] if self.example else None)
        sheet.freeze_panes(2, 1)


def _node_row(node: Node) -> Row:
    row = {"id": node.ref.id, **node.properties, "sources": _named(node.sources)}
    for name, items in (("programme", node.programmes), ("document", node.documents)):
        if items:
            row[name] = _named(items)
    return row


def _link_row(link: Link) -> Row:
    row = {"source": link.source.id, "target": link.target.id, **link.properties, "sources": _named(link.sources)}
    row |= {f"{side}_type": _type(ref.label) for side, ref in (("source", link.source), ("target", link.target))}
    implied = str(link.properties.get("role", "")) if link.type == "TAKES_PART_IN" else ""
    return row if link.key == implied else {**row, "key": link.key}


def _named(items: Sequence[str]) -> str:
    return values.listed(items)


def _type(label: str) -> str:
    return types([label])[label].fr


def _source_row(told: Mapping[str, Any]) -> Row:
    """Return a Source node as a row of the sheet of sources."""
    row = {name: told.get(name, "") for name in _SOURCE_KEYS}
    ignored = [str(item) for item in told.get("ignored") or ()]
    row |= {
        "name_fr": told.get("name", ""),
        "ignored": values.listed(ignored, bar=True),
        "fictitious": "oui" if told.get("fictitious") else "non",
    }
    return row


def _options(column: Column) -> tuple[str, ...]:
    """Return what a column's drop-down offers, in French; empty when any value may be given."""
    if column.property is None:
        return tuple(words.fr for words in types(column.labels).values()) if column.name.endswith("_type") else ()
    if column.property.type == "boolean":
        return ("oui", "non")
    return tuple(choice.label.fr for choice in column.property.choices)


def _comment(column: Column) -> str:
    unit = f" ({column.property.unit})" if column.property and column.property.unit else ""
    required = ("Obligatoire. ", "Required. ") if column.required else ("", "")
    form = _FORMS.get(column.property.type if column.property else "", ("", ""))
    french = f"{required[0]}{column.description.fr}{unit}{form[0]}"
    return f"{french}\n\n{column.label.en} — {required[1]}{column.description.en}{unit}{form[1]}"


_FORMS = {
    "date": (" Date : 31/12/2016.", " Date: 2016-12-31."),
    "strings": (" Liste : a ; b ; c.", " List: a ; b ; c."),
    "integer": (" Nombre entier.", " Whole number."),
    "float": (" Nombre.", " Number."),
}


def _is(column: Column, type_: str) -> bool:
    return column.property is not None and column.property.type == type_


def _width(column: Column) -> int:
    if column.name in ("id", "source", "target", "name", "text"):
        return 38
    if column.name in ("note", "doubt", "document", "programme", "short_name"):
        return 26
    return max(12, min(24, len(column.label.fr) + 4))


def _letter(at: int) -> str:
    """Return the letters of a column from its position."""
    return (chr(64 + at // 26) if at >= 26 else "") + chr(65 + at % 26)


def _formats(workbook: Workbook) -> dict[str, Any]:
    head = {"bold": True, "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#FFFFFF"}
    example = {"italic": True, "font_color": "#595959", "bg_color": _PALE, "num_format": "@"}
    return {
        "head": workbook.add_format({**head, "bg_color": _INK}),
        "link_head": workbook.add_format({**head, "bg_color": _LINK_INK}),
        "required": workbook.add_format({**head, "bg_color": _REQUIRED}),
        "machine": workbook.add_format({"font_size": 8, "font_color": "#767676", "italic": True}),
        "date": workbook.add_format({"num_format": "dd/mm/yyyy"}),
        "text": workbook.add_format({}),
        "example": workbook.add_format({**example, "num_format": "General"}),
        "example_date": workbook.add_format({**example, "num_format": "dd/mm/yyyy"}),
        "title": workbook.add_format({"bold": True, "font_size": 16, "font_color": _INK}),
        "heading": workbook.add_format({"bold": True, "font_size": 12, "font_color": _INK}),
        "body": workbook.add_format({"text_wrap": True, "valign": "top"}),
        "go": workbook.add_format({"font_color": "#1F4E9E", "underline": 1, "valign": "top"}),
    }
