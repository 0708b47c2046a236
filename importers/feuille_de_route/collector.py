"""Gathers what a sheet states: records with the lines behind them, the same node or link once with every line."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

from importers.feuille_de_route.documents import Text
from importers.feuille_de_route.known import Programme
from importers.feuille_de_route.lines import Line
from pacte_graph import ids
from pacte_graph.records import LinkRecord, NodeRecord, NotUnderstood, Ref, Where

LONG = 160
# facts that other sheets may state too: naming one sheet on them would set the sheets against each other
SHARED = frozenset({"PART_OF", "MEMBER_OF", "WITHIN"})


class Collector:
    """The records of one sheet. Lines are given where a fact is stated; equal facts keep all their lines."""

    def __init__(self, file: str, programme: Programme, number: int, text: Text) -> None:
        self.file, self.programme, self.number = file, programme, number
        self.text = text
        self.project = Ref("Project", ids.make("project", programme.key, number))
        self.document = Ref("Document", ids.make("document", programme.key, "feuille-de-route", number))
        self.not_understood: list[NotUnderstood] = []
        self._nodes: dict[Ref, tuple[dict[str, Any], set[int]]] = {}
        self._links: dict[tuple[str, Ref, Ref, str], tuple[dict[str, Any], set[int]]] = {}
        self._passages: Counter[tuple[str, str]] = Counter()

    def node(self, label: str, identifier: str, lines: Iterable[Line], **properties: Any) -> Ref:
        """State a node; properties already stated by another line stay, None means unknown."""
        ref = Ref(label, identifier)
        told, where = self._nodes.setdefault(ref, ({}, set()))
        where.update(line.number for line in lines)
        for key, value in properties.items():
            if value is not None:
                told.setdefault(key, value)
        return ref

    def link(self, kind: str, source: Ref, target: Ref, lines: Iterable[Line], key: str = "", **properties: Any) -> None:
        """State a link; the sheet's own links name its document."""
        told, where = self._links.setdefault((kind, source, target, key), ({}, set()))
        where.update(line.number for line in lines)
        for name, value in properties.items():
            if value is not None:
                told.setdefault(name, value)

    def scoped(self, label: str, identifier: str, lines: Iterable[Line], **properties: Any) -> Ref:
        """State a node of the programme's perimeter."""
        told = list(lines)
        ref = self.node(label, identifier, told, **properties)
        self.link("PART_OF", ref, Ref("Programme", self.programme.id), told)
        return ref

    def passage(self, label: str, kind: str, relation: str, line: Line, **properties: Any) -> Ref:
        """State a passage of the sheet (risk, milestone…) and the project's link to it."""
        text = line.text if len(line.text) <= LONG else hashlib.sha256(line.text.encode()).hexdigest()[:20]
        self._passages[kind, text] += 1
        again = self._passages[kind, text]
        parts: list[str | int] = [self.programme.key, self.number, text, *([again] if again > 1 else [])]
        ref = self.node(label, ids.make(kind, *parts), [line], text=line.text, **properties)
        self.link(relation, self.project, ref, [line])
        return ref

    def strange(self, line: Line, part: str | None = None) -> None:
        """List a line that no rule understood, or the part of it that none did."""
        page, row = self.text.pages.get(line.number, (None, line.number))
        self.not_understood.append(NotUnderstood(self.file, row, page, part or line.text))

    def nodes(self) -> list[NodeRecord]:
        """Return the node records, in a stable order."""
        return [NodeRecord(*ref, told, self._where(where)) for ref, (told, where) in sorted(self._nodes.items())]

    def links(self) -> list[LinkRecord]:
        """Return the link records, in a stable order."""
        return [
            LinkRecord(kind, source, target, self._attested(kind, told), self._where(where), key)
            for (kind, source, target, key), (told, where) in sorted(self._links.items())
        ]

    def _attested(self, kind: str, told: dict[str, Any]) -> dict[str, Any]:
        return told if kind in SHARED else {**told, "document": self.document.id}

    def _where(self, lines: set[int]) -> tuple[Where, ...]:
        return tuple(self.text.where(self.file, line) for line in sorted(lines))
