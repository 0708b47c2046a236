"""XML as a stream of starts and ends: no document type, no entity, nothing fetched, depth and texts bounded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from importers.graphe.raw import MAX_CELL, MAX_DEPTH
from importers.telling import thousands
from pacte_graph.errors import DataRefused, Told, tell

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
            raise DataRefused(
                tell(
                    "{file}, line {line}: elements are nested more than {most} deep.",
                    "{file}, ligne {line} : plus de {most} éléments sont imbriqués l'un dans l'autre.",
                    file=self.name,
                    line=self._line,
                    most=MAX_DEPTH,
                )
            )
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
            raise DataRefused(
                tell(
                    "{file}, line {line}: a text is longer than {most} characters.",
                    "{file}, ligne {line} : un texte dépasse {most} caractères.",
                    file=self.name,
                    line=self._line,
                    most=thousands(MAX_CELL),
                )
            )
        self._texts[-1].append(data)

    def _refuse(self, *_: object) -> NoReturn:
        raise DataRefused(
            tell(
                "{file}, line {line} declares a document type or an entity: such files are not read.",
                "{file}, ligne {line} : un type de document ou une entité y est déclaré ; ces fichiers ne sont pas lus.",
                file=self.name,
                line=self._line,
            ),
            hint=Told(
                "Remove the <!DOCTYPE …> lines, or save the graph again from Gephi, Cytoscape or networkx.",
                "Retirez les lignes <!DOCTYPE …>, ou enregistrez de nouveau le réseau depuis Gephi, Cytoscape ou networkx.",
            ),
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
            raise _malformed(name, error) from error
        yield from stream.tags
        stream.tags.clear()


def _malformed(name: str, error: Exception) -> DataRefused:
    place = Told("", "")
    if isinstance(error, expat.ExpatError):
        place = tell("", " (ligne {line}, colonne {column})", line=error.lineno, column=error.offset)
    return DataRefused(
        tell(
            "{name} is not well-formed XML: {error}.",
            "{name} n'est pas du XML lisible{place}.",
            name=name,
            error=error,
            place=place,
        ),
        hint=Told("Save the graph again.", "Enregistrez de nouveau le réseau."),
    )
