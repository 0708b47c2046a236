"""How far the sheets of a workbook reach, and which of its cells are errors, read from its XML before anything fills memory.

A sheet whose last cell is far away would be laid out whole by a spreadsheet reader: that is refused here. So are document
types and entities, which no spreadsheet writes and which can make a small file enormous.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from importers.tables.sheets import USED_COLUMNS, position
from pacte_graph.errors import DataRefused, Told, tell

ROWS, COLUMNS = 1_048_576, 16_384

AREA = 20_000_000
"""Cells of the rectangles that the filled cells of all sheets span."""

SAVE_AGAIN = Told("Open it in a spreadsheet and save it again.", "Ouvrez-le dans un tableur et enregistrez-le de nouveau.")
FAILED = Told("an error (#…)", "une erreur (#…)")
UNCOMPUTED = Told("a formula that was never computed", "une formule jamais calculée")
"""Why a cell can't be read: its formula fails, or no spreadsheet has computed it yet."""

Attributes = dict[str, str]


@dataclass(slots=True)
class Extent:
    """The rectangle that the filled cells of one sheet span, and its error cells by line (from 1) and column (from 0)."""

    name: str
    rows: int = 0
    columns: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)

    def reach(self, row: int, column: int, file: str) -> None:
        """Take a filled cell (both from 1) into account. Raises DataRefused when the sheet becomes too large."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        if self.rows > ROWS or self.columns > USED_COLUMNS or self.rows * self.columns > AREA:
            raise DataRefused(
                tell(
                    "{file}, sheet {name}: it reaches row {rows} and column {columns}, which is too large.",
                    "{file}, feuille {name} : elle va jusqu'à la ligne {rows} et la colonne {columns}, c'est trop.",
                    file=file,
                    name=self.name,
                    rows=self.rows,
                    columns=self.columns,
                ),
                hint=tell(
                    "Keep at most {most} columns; delete the cells far from the table, or split it.",
                    "Gardez au plus {most} colonnes ; supprimez les cellules loin du tableau, ou coupez-le.",
                    most=USED_COLUMNS,
                ),
            )


class _Scan:
    """Goes through one XML member; subclasses say what an element means."""

    def __init__(self, file: str, member: str) -> None:
        self.file = file
        self.member = member
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.buffer_text = True
        self.handlers: dict[str, Callable[[Attributes], None]] = {}

    def run(self, content: bytes) -> None:
        """Read the member. Raises DataRefused when it isn't plain XML."""
        if self.handlers:
            self.parser.StartElementHandler = self._start
        try:
            self.parser.Parse(content, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise DataRefused(
                tell(
                    "{file} is a damaged workbook ({member}: {error}).",
                    "{file} est un classeur endommagé ({member} : {error}).",
                    file=self.file,
                    member=self.member,
                    error=error,
                ),
                hint=SAVE_AGAIN,
            ) from error

    def _start(self, name: str, attributes: Attributes) -> None:
        handler = self.handlers.get(name.rpartition(":")[2])
        if handler:
            handler(attributes)

    def _refuse(self, *_: object) -> NoReturn:
        raise DataRefused(
            tell(
                "{file} declares entities or a document type ({member}), which no spreadsheet does.",
                "{file} déclare des entités ou un type de document ({member}), ce qu'aucun tableur ne fait.",
                file=self.file,
                member=self.member,
            ),
            hint=SAVE_AGAIN,
        )


def check(file: str, member: str, content: bytes) -> None:
    """Raise DataRefused when a member is not plain XML."""
    _Scan(file, member).run(content)


def check_sum(file: str, sheets: Iterable[Extent]) -> None:
    """Raise DataRefused when the sheets together are too large, each of them being small enough."""
    total = sum(sheet.rows * sheet.columns for sheet in sheets)
    if total > AREA:
        raise DataRefused(
            tell(
                "{file}: its sheets span {total} cells; {most} are allowed.",
                "{file} : ses feuilles couvrent {total} cellules ; {most} sont admises.",
                file=file,
                total=total,
                most=AREA,
            ),
            hint=Told("Split it in several workbooks.", "Coupez-le en plusieurs classeurs."),
        )


class Worksheet(_Scan):
    """One worksheet of an .xlsx: rows and cells say where they are, or follow the one before."""

    def __init__(self, file: str, member: str, name: str) -> None:
        super().__init__(file, member)
        self.extent = Extent(name)
        self.row = self.column = 0
        self.error = self.texts = self.waiting = self.within = False
        self.handlers = {"row": self._row, "c": self._cell, "v": self._value, "is": self._content, "f": self._formula}
        self.parser.CharacterDataHandler = self._text

    def run(self, content: bytes) -> None:
        """Read the member. Raises DataRefused when it isn't plain XML."""
        super().run(content)
        self._computed()

    def _row(self, attributes: Attributes) -> None:
        self._computed()
        self.row = _whole(attributes.get("r", ""), self.row + 1)
        self.column = 0

    def _cell(self, attributes: Attributes) -> None:
        self._computed()
        place = attributes.get("r", "")
        name = place.rstrip("0123456789")
        self.column = position(name) if name else self.column + 1
        self.row = _whole(place[len(name) :], self.row)
        self.error, self.texts = attributes.get("t") == "e", attributes.get("t") == "str"

    def _content(self, _: Attributes) -> None:
        self.within = False
        self.extent.reach(self.row, self.column, self.file)
        if self.error:
            self.extent.errors[self.row, self.column - 1] = FAILED

    def _formula(self, attributes: Attributes) -> None:
        self._content(attributes)
        self.waiting = not self.texts  # a formula that gives an empty text says that it gives a text

    def _value(self, attributes: Attributes) -> None:
        self._content(attributes)
        self.within = True

    def _text(self, told: str) -> None:
        if self.within and told.strip():
            self.waiting = False

    def _computed(self) -> None:
        """See, once a cell is over, whether its formula has a value."""
        if self.waiting:
            self.extent.errors.setdefault((self.row, self.column - 1), UNCOMPUTED)
        self.waiting = self.within = False


class Tables(_Scan):
    """The content of an .ods: tables one after the other, whose rows and cells may be repeated."""

    def __init__(self, file: str, member: str) -> None:
        super().__init__(file, member)
        self.found: list[Extent] = []
        self.row = self.column = self.repeated = 0
        self.cells = 0
        self.handlers = {
            "table": self._table,
            "table-row": self._row,
            "table-cell": self._cell,
            "covered-table-cell": self._cell,
            "p": self._text,
        }

    def _table(self, attributes: Attributes) -> None:
        self.found.append(Extent(attributes.get("table:name", "")))
        self.row = self.column = self.repeated = 0

    def _row(self, attributes: Attributes) -> None:
        self.row += self.repeated
        self.repeated = _whole(attributes.get("table:number-rows-repeated", ""), 1)
        self.column = 0
        if self.row + self.repeated > 2 * ROWS:
            self._far()

    def _cell(self, attributes: Attributes) -> None:
        self.column += _whole(attributes.get("table:number-columns-repeated", ""), 1)
        if self.column > 2 * COLUMNS:
            self._far()
        if "office:value-type" in attributes:
            self._reach()
        if attributes.get("calcext:value-type") == "error" and self.found:
            self.found[-1].errors[self.row + 1, self.column - 1] = FAILED
        elif "table:formula" in attributes and "office:value-type" not in attributes and self.found:
            self.found[-1].errors[self.row + 1, self.column - 1] = UNCOMPUTED

    def _text(self, _: Attributes) -> None:
        if self.column:
            self._reach()

    def _reach(self) -> None:
        if self.found:
            self.found[-1].reach(self.row + self.repeated, self.column, self.file)

    def _far(self) -> NoReturn:
        raise DataRefused(
            tell(
                "{file}: a sheet is larger than a spreadsheet can be.",
                "{file} : une feuille est plus grande qu'un tableur ne le permet.",
                file=self.file,
            ),
            hint=Told("Save it again, or split it.", "Enregistrez-le de nouveau, ou coupez-le."),
        )


def _whole(text: str, default: int) -> int:
    """Return the number an attribute gives, bounded so that sums stay small; the default when it gives none."""
    if not text.isascii() or not text.isdigit():
        return default
    return int(text) if len(text) < 10 else 10**9
