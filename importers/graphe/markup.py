"""XML as a stream of starts and ends: no document type, no entity, nothing fetched, depth and texts bounded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from importers.graphe.raw import MAX_CELL, MAX_DEPTH
from pacte_graph.errors import DataRefused

_CHUNK = 1_000_000


class Tag(NamedTuple):
    """The start or the end of an element: local name, namespace, attributes (at the start), text (at the end), line."""

    start: bool
    name: str
    space: str
    attributes: dict[str, str]
    text: str
    line: int


class _Stream:
    """The handlers of one parse; ``tags`` holds what the last chunk gave."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tags: list[Tag] = []
        self._texts: list[list[str]] = []
        self._size = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.ExternalEntityRefHandler = self._refuse

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._texts.append([])
        self._size = 0
        if len(self._texts) > MAX_DEPTH:
            raise DataRefused(f"{self.name}, line {self._line}: elements are nested more than {MAX_DEPTH} deep.")
        space, _, name = tag.rpartition(" ")
        local = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        self.tags.append(Tag(True, name, space, local, "", self._line))

    def _end(self, tag: str) -> None:
        space, _, name = tag.rpartition(" ")
        self.tags.append(Tag(False, name, space, {}, "".join(self._texts.pop()), self._line))
        self._size = 0

    def _data(self, data: str) -> None:
        self._size += len(data)
        if self._size > MAX_CELL:
            raise DataRefused(f"{self.name}, line {self._line}: a text is longer than {MAX_CELL:,} characters.")
        self._texts[-1].append(data)

    def _refuse(self, *_: object) -> NoReturn:
        raise DataRefused(
            f"{self.name}, line {self._line} declares a document type or an entity: such files are not read.",
            hint="Remove the <!DOCTYPE …> lines, or save the graph again from Gephi, Cytoscape or networkx.",
        )

    @property
    def _line(self) -> int:
        return int(self.parser.CurrentLineNumber)


def tags(data: bytes, name: str) -> Iterator[Tag]:
    """Yield the starts and ends of a document. Raises DataRefused when it isn't XML, or isn't safe to read."""
    stream = _Stream(name)
    view = memoryview(data)
    for place in range(0, len(data) + 1, _CHUNK):
        last = place + _CHUNK > len(data)
        try:
            stream.parser.Parse(bytes(view[place : place + _CHUNK]), last)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise DataRefused(f"{name} is not well-formed XML: {error}.", hint="Save the graph again.") from error
        yield from stream.tags
        stream.tags.clear()
