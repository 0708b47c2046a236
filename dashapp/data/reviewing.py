"""The pairs to review between two decisions: what a decision leaves is known without comparing every record again."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pacte_graph.loading.plans import Duplicate

if TYPE_CHECKING:
    from dashapp.services import Services


class Reviewing:
    """Probable duplicates and their records, kept until the database changes otherwise than by the decisions made here.

    Comparing all names takes seconds on a large database; a decision only takes its own pairs away. Threads may share it.
    """

    def __init__(self, services: Services) -> None:
        self.services = services
        self._lock = threading.Lock()
        self._version: str | None = None
        self._pairs: list[Duplicate] = []
        self._records: dict[str, Mapping[str, Any]] = {}

    def pairs(self) -> list[Duplicate]:
        """Return the pairs on which nothing was decided, surest first."""
        with self._lock:
            now = self.services.store.data_version()
            if now != self._version:
                fresh = self.services.data_version() == now  # believed for a moment: what is older than now isn't kept
                self._pairs, self._records = list(self.services.duplicates()), {}
                self._version = now if fresh else None
            return list(self._pairs)

    def records(self, identifiers: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """Return records with their properties and statements, by identifier; those shown before aren't read again."""
        with self._lock:
            self._records |= self.services.records([name for name in identifiers if name not in self._records])
            return {name: self._records[name] for name in identifiers}

    def decide(self, first: str, second: str, what: str, name: str, *, by: str) -> None:
        """Merge two records under a name of choice, or keep them apart (see ``Services.decide``); their pairs go."""
        before = self.services.store.data_version()
        self.services.decide(first, second, what, name, by=by)
        with self._lock:
            if before != self._version:
                self._version = None
                return
            if what == "apart":
                self._pairs = [item for item in self._pairs if {item.first, item.second} != {first, second}]
            else:
                self._absorbed(*((first, second) if what == "keep_left" else (second, first)), name)
            self._version = self.services.store.data_version()

    def _absorbed(self, kept: str, other: str, name: str) -> None:
        """Take away the pairs of a record that is no more; the one kept is read anew, under its new name."""
        left = [item for item in self._pairs if other not in (item.first, item.second)]
        self._pairs = [_renamed(item, kept, name) for item in left] if name else left
        self._records.pop(kept, None)

    def undo_merge(self, other: str) -> None:
        """Undo a merge; the pairs are compared again, for the record that is back has its own."""
        before = self.services.store.data_version()
        into = [item.into for item in self.services.merges() if item.node.id == other]
        self.services.undo_merge(other)
        self._compare_again(before, changed=[*into, other])

    def propose_again(self, first: str, second: str) -> None:
        """Take back that two records are not one; the pairs are compared again."""
        before = self.services.store.data_version()
        self.services.propose_again(first, second)
        self._compare_again(before, changed=[])

    def _compare_again(self, before: str, *, changed: Sequence[str]) -> None:
        """Compare after a decision that was taken back; records it says nothing of aren't read again."""
        with self._lock:
            known = self._records if before == self._version else {}
            self._records = {name: told for name, told in known.items() if name not in changed}
            self._pairs = list(self.services.duplicates())
            self._version = self.services.store.data_version()


def _renamed(item: Duplicate, identifier: str, name: str) -> Duplicate:
    """Return the pair with the new name of one of its records."""
    first, second = item.names
    return replace(item, names=(name if item.first == identifier else first, name if item.second == identifier else second))
