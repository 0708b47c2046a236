"""Pajek networks (``.net``) and projects (``.paj``): vertices, lines in five notations, partitions and vectors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from importers.decoding import decode
from importers.graphe.raw import Attributes, RawGraph
from importers.telling import counted, thousands
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import Where
from pacte_graph.schema import interchange

MAX_VERTICES = 1_000_000
_TOKEN = re.compile(r'"([^"]*)"|(\S+)')
_SECTION = re.compile(r"\*\s*(\w+)\s*(.*)")
_RELATION = re.compile(r'[:\d\s]*"?([^"]*)"?')
_DRAWING = frozenset({
    "x_fact", "y_fact", "phi", "r", "q", "ic", "bc", "bw", "lc", "la", "lphi", "lr", "lp", "fos", "font",
    "c", "w", "p", "s", "a", "a1", "a2", "k1", "k2", "h1", "h2", "ap", "hook1", "hook2", "angle1", "angle2",
})  # fmt: skip
"""Parameters of Pajek's own pictures: ignored by name on the card, as coordinates and shapes are."""

_TWO_NUMBERS = Told(
    "A line must start with the numbers of two vertices.", "Un lien doit commencer par les numéros de deux sommets."
)
_LIST_NUMBERS = Told(
    "A line of a list must hold the numbers of at least two vertices.",
    "Une ligne de liste doit donner les numéros d'au moins deux sommets.",
)
_PERIODS = Told("Periods between brackets ([1-3]) are not read", "Les périodes entre crochets ([1-3]) ne sont pas lues")
_STRAY = Told("This line comes before any section of a network.", "Cette ligne vient avant toute section d'un réseau.")

Token = tuple[str, bool]
"""A word of a line, and whether it was between quotes."""


class _Reader:
    """The state of one reading: the section under way, the vertices by number."""

    def __init__(self, name: str) -> None:
        self.graph = RawGraph(name, creates=True)
        self.names: dict[int, str] = {}
        self.vertices: list[tuple[int, str, Attributes, Where]] = []
        self.lines: list[tuple[int, int, Attributes, Where, bool]] = []
        self.count = 0
        self.first_mode = 0
        self.two_mode_name = False
        self.section: Callable[[str, Where], None] = self._stray
        self.networks = 0
        self.directed = True
        self.relation = ""
        self.row = 0
        self.values: list[tuple[str, str, list[tuple[str, Where]]]] = []

    def take(self, text: str, where: Where) -> None:
        """Read one line."""
        if text.startswith("*"):
            self._open(text, where)
        elif text and not text.startswith("%"):
            self.section(text, where)

    def _open(self, text: str, where: Where) -> None:
        found = _SECTION.match(text)
        word, rest = (found[1].lower(), found[2].strip()) if found else ("", "")
        if word == "network":
            self.networks += 1
            self.two_mode_name = self.two_mode_name or (self.networks == 1 and "[2-mode]" in rest.lower())
            self.section = self._stray
        if self.networks > 1:
            if word in {"network", "partition", "vector"}:
                self.graph.notice(_after_first(word, rest[:80]), where)
            self.section = self._skip
        elif word == "vertices":
            self._vertices(rest, where)
        elif word in {"arcs", "edges", "arcslist", "edgeslist", "matrix"}:
            self._links(word, rest)
        elif word in {"partition", "vector"}:
            self.values.append((word, rest, []))
            self.section = self._column
        elif word != "network":
            self.graph.notice(tell("The section *{word} is not read", "La section *{word} n'est pas lue", word=word), where)
            self.section = self._skip

    def _vertices(self, rest: str, where: Where) -> None:
        if self.values:  # the length of a partition or vector: its values follow
            self.section = self._column
            return
        numbers = rest.split()
        if not numbers or not all(word.isdecimal() for word in numbers[:2]):
            raise DataRefused(
                tell(
                    "{where}: *Vertices must be followed by a number.",
                    "{where} : *Vertices doit être suivi d'un nombre.",
                    where=where,
                ),
                hint=Told("Save the network again from Pajek.", "Enregistrez de nouveau le réseau depuis Pajek."),
            )
        self.count = int(numbers[0])
        if self.count > MAX_VERTICES:
            raise DataRefused(
                tell(
                    "{where}: {count} vertices are announced; {most} are read at most.",
                    "{where} : {count} sommets sont annoncés ; {most} au plus sont lus.",
                    where=where,
                    count=thousands(self.count),
                    most=thousands(MAX_VERTICES),
                )
            )
        self.first_mode = int(numbers[1]) if len(numbers) > 1 else 0
        self.section = self._vertex

    def _links(self, word: str, rest: str) -> None:
        found = _RELATION.fullmatch(rest)
        self.directed, self.row = not word.startswith("edges"), 0
        self.relation = found[1].strip() if found and word != "matrix" else ""
        self.section = {"matrix": self._matrix}.get(word, self._list if word.endswith("list") else self._line)

    def _vertex(self, text: str, where: Where) -> None:
        words = _words(text)
        number = _integer(words[0][0])
        if number is None or not 1 <= number <= self.count:
            self.graph.reject(where, text, _numbers(self.count))
            return
        label = words[1][0] if len(words) > 1 else ""
        if self._ours(words):
            label = interchange.unquoted(label)
        self.vertices.append((number, label.strip() or str(number), self._pairs(_after_place(words[2:]), where), where))

    def _line(self, text: str, where: Where) -> None:
        words = _words(text)
        ends = [_integer(word) for word, _ in words[:2]]
        if len(ends) < 2 or ends[0] is None or ends[1] is None:
            self.graph.reject(where, text, _TWO_NUMBERS)
            return
        told = self._pairs(words[3:], where)
        if len(words) > 2 and not self._ours(words):  # ours says its weight among the pairs: the value is Pajek's default
            told.setdefault("weight", words[2][0])
        self._tie(ends[0], ends[1], told, where)

    def _list(self, text: str, where: Where) -> None:
        numbers = [_integer(word) for word in text.split()]
        if len(numbers) < 2 or None in numbers:
            self.graph.reject(where, text, _LIST_NUMBERS)
            return
        for other in numbers[1:]:
            self._tie(numbers[0] or 0, other or 0, {}, where)

    def _matrix(self, text: str, where: Where) -> None:
        self.row += 1
        cells = text.split()
        shift = self.first_mode if len(cells) == self.count - self.first_mode else 0
        if self.row > (self.first_mode or self.count) or len(cells) != self.count - shift:
            self.graph.reject(where, text, _misfit(self.row, len(cells)))
            return
        for column, cell in enumerate(cells, start=1):
            if cell.strip("0.") or not cell:
                self._tie(self.row, column + shift, {"weight": cell}, where)

    def _tie(self, source: int, target: int, told: Attributes, where: Where) -> None:
        beyond = [end for end in (source, target) if not 1 <= end <= (self.count or MAX_VERTICES)]
        if beyond:
            self.graph.reject(where, f"{source} {target}", _no_vertex(beyond[0]))
            return
        named = {"frame": self.relation} if self.relation else {}
        self.lines.append((source, target, {**named, **told}, where, self.directed))

    def _pairs(self, words: list[Token], where: Where) -> Attributes:
        """Return the named values of a line; Pajek's own drawing parameters are left aside, periods are listed."""
        kept = [(word, quoted) for word, quoted in words if quoted or not word.startswith("[")]
        if len(kept) < len(words):
            self.graph.notice(_PERIODS, where)
        ours = self._ours(words)
        pairs = dict(zip((word for word, _ in kept[::2]), (word for word, _ in kept[1::2]), strict=False))
        if ours:
            return {interchange.unquoted(name): interchange.unquoted(value) for name, value in pairs.items()}
        found: Attributes = {}
        for name, value in pairs.items():
            if name.lower() not in _DRAWING:
                found["label" if name == "l" else name] = value
        if len(kept) % 2:
            self.graph.notice(_no_value(kept[-1][0][:40]), where)
        return found

    def _ours(self, words: list[Token]) -> bool:
        """Tell whether a line was written by ``pacte export``, which percent-encodes."""
        return any(word in {interchange.LABEL, interchange.TYPE} and quoted for word, quoted in words)

    def _column(self, text: str, where: Where) -> None:
        self.values[-1][2].append((text, where))

    def _skip(self, text: str, where: Where) -> None:
        pass

    def _stray(self, text: str, where: Where) -> None:
        self.graph.reject(where, text, _STRAY)

    def finish(self) -> RawGraph:
        """Return the graph: vertices are named by their label, or label and number when several share it."""
        labels = Counter(label for _, label, _, _ in self.vertices)
        for number, label, told, where in self.vertices:
            name = f"{label}#{number}" if labels[label] > 1 else label
            if number in self.names:
                self.graph.reject(where, label, _twice(number))
                continue
            self.names[number] = name
            self.graph.add_node(name, {"label": label, **told}, where)
        self._unnamed()
        for source, target, told, where, directed in self.lines:
            self.graph.add_link(self._name(source), self._name(target), told, where, directed=directed)
        self._columns()
        if self.first_mode:
            self.graph.first_mode = frozenset(self._name(number) for number in range(1, self.first_mode + 1))
        return self.graph.finish()

    def _unnamed(self) -> None:
        """Add the vertices that are announced and not described: they exist, their number is their name."""
        for number in range(1, self.count + 1):
            if number not in self.names and str(number) not in self.graph.nodes:
                self.graph.add_node(str(number), {}, Where(self.graph.file, column=f"vertex {number}"))

    def _name(self, number: int) -> str:
        return self.names.get(number, str(number))

    def _columns(self) -> None:
        """Give each vertex its class or value; a partition into 1 and 2 of a “[2-Mode]” network tells the modes."""
        for word, title, cells in self.values:
            values = [cell for cell, _ in cells]
            if word == "partition" and self.two_mode_name and not self.first_mode and self._modes(values):
                self.first_mode = values.count("1")
            elif len(values) in {self.count, self.first_mode}:
                self._spread(word, title or word, values)
            else:
                where = cells[0][1] if cells else None
                self.graph.notice(_uneven(word, title[:80], len(values), self.count), where)

    def _modes(self, values: list[str]) -> bool:
        first = values.count("1")
        return len(values) == self.count and values == ["1"] * first + ["2"] * (self.count - first) and 0 < first < self.count

    def _spread(self, word: str, title: str, values: list[str]) -> None:
        if word == "partition":
            self.graph.categories.append(title)
        for number, value in enumerate(values, start=1):
            node = self.graph.nodes.get(self._name(number))
            if node is not None:
                node.attributes.setdefault(title, value)


def _after_first(word: str, title: str) -> Told:
    return tell(
        "*{word} “{title}”, after a first network, is not read",
        "*{word} « {title} », après un premier réseau, n'est pas lu",
        word=word,
        title=title,
    )


def _numbers(count: int) -> Told:
    return tell("A vertex is numbered from 1 to {count}.", "Un sommet porte un numéro de 1 à {count}.", count=count)


def _misfit(row: int, cells: int) -> Told:
    return tell(
        "Row {row} of the matrix has {cells} cells, which fits no size announced.",
        "La rangée {row} de la matrice a {cells}, ce qui ne correspond à aucune taille annoncée.",
        row=row,
        cells=counted(cells, "cellule", "cellules"),
    )


def _no_vertex(number: int) -> Told:
    return tell("There is no vertex {number}.", "Il n'y a pas de sommet {number}.", number=number)


def _no_value(name: str) -> Told:
    return tell(
        "A parameter without a value (“{name}”) is not read", "Un paramètre sans valeur (« {name} ») n'est pas lu", name=name
    )


def _twice(number: int) -> Told:
    return tell("Vertex {number} is described twice.", "Le sommet {number} est décrit deux fois.", number=number)


def _uneven(word: str, title: str, values: int, count: int) -> Told:
    return tell(
        "*{word} “{title}” has {values} values for {count} vertices: not read",
        "*{word} « {title} » a {values} pour {count} : non lu",
        word=word,
        title=title,
        values=counted(values, "valeur", "valeurs"),
        count=counted(count, "sommet", "sommets"),
    )


def _words(text: str) -> list[Token]:
    found = [(quoted if word == "" else word, word == "") for quoted, word in _TOKEN.findall(text)]
    return found or [("", False)]


def _after_place(words: list[Token]) -> list[Token]:
    """Return the words after coordinates (at most three) and the shape."""
    numbers = 0
    while numbers < min(3, len(words)) and not words[numbers][1] and _is_number(words[numbers][0]):
        numbers += 1
    rest = words[numbers:]
    return rest[1:] if len([1 for word, quoted in rest if quoted or not word.startswith("[")]) % 2 else rest


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def _integer(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 10 else None


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return ((number, line.strip(" \t\ufeff")) for number, line in enumerate(lines, start=1))


def read(data: bytes, name: str) -> RawGraph:
    """Return the first network of a Pajek file. Raises DataRefused when it holds none."""
    reader = _Reader(name)
    for number, line in _numbered(decode(data, name)):
        reader.take(line, Where(name, number))
    if not reader.count and not reader.lines:
        raise DataRefused(
            tell(
                "{name} is not a Pajek network: it has no *Vertices.",
                "{name} n'est pas un réseau de Pajek : il n'a pas de *Vertices.",
                name=name,
            ),
            hint=Told("Save it as .net or .paj from Pajek.", "Enregistrez-le en .net ou .paj depuis Pajek."),
        )
    return reader.finish()
