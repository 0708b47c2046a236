"""What the pages need from the house: one store opened when first needed, networks and metrics kept until the data changes."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from dashapp.data.jobs import Jobs
from pacte_graph import loading, queries
from pacte_graph.loading import review, thesaurus
from pacte_graph.loading.absorbed import Absorption, absorptions
from pacte_graph.loading.plans import Duplicate
from pacte_graph.loading.thesaurus import Verdict
from pacte_graph.metrics.model import MetricResult
from pacte_graph.network import ProgrammeInfo, contours, programmes, read
from pacte_graph.network.model import Network, Scope
from pacte_graph.queries import QueryResult, SavedQuery
from pacte_graph.settings import Settings
from pacte_graph.store import Store, open_store

if TYPE_CHECKING:
    from dashapp.indicators.whatif.asking import Supposed
    from pacte_graph.metrics.whatif import WhatIf

Kept = TypeVar("Kept")
FRESH_SECONDS = 1.0
"""How long the version of the data is believed before it is asked for again: a page asks it many times."""
KEPT_WHOLE = 3_000
"""Nodes of a network up to which what-ifs, each with a network of its own, are kept."""
MOST_KEPT = 200
"""Networks, results and lists kept; the least recently used goes first."""


class Services:
    """The door of the pages to database, metrics and queries. Safe to share between threads; nothing is opened at once.

    ``read_only`` tells pages to offer nothing that writes.
    """

    def __init__(self, settings: Settings, *, read_only: bool = False) -> None:
        self.settings = settings
        self.read_only = read_only
        self._lock = threading.Lock()
        self._opening = threading.Lock()
        self._store: Store | None = None
        self._version = ("", 0.0)
        self._decided = 0
        self._latest: tuple[Hashable, Any] = (None, None)
        self._kept: OrderedDict[Hashable, _Slot] = OrderedDict()
        self.jobs = Jobs(lambda: self.store, settings.upload_bytes)

    @property
    def store(self) -> Store:
        """Return the store, opened at the first call. Raises DatabaseError when it can't be; the next call tries again."""
        with self._opening:
            if self._store is None:
                self._store = open_store(self.settings)
            return self._store

    def close(self) -> None:
        """Forget uploads and close the store if it was opened; a later call opens it again."""
        self.jobs.close()
        with self._opening:
            if self._store is not None:
                self._store.close()
                self._store = None

    def data_version(self) -> str:
        """Return what changes when data was loaded, at most ``FRESH_SECONDS`` old."""
        version, asked = self._version
        if asked and time.monotonic() - asked < FRESH_SECONDS:
            return version
        version = self.store.data_version()
        self._version = (version, time.monotonic())
        return version

    def programmes(self) -> tuple[ProgrammeInfo, ...]:
        """Return the programmes loaded, real ones first; empty when nothing is."""
        return self._keep(("programmes",), lambda: programmes(self.store))

    def network(self, scope: Scope) -> Network:
        """Return the snapshot of a scope. Raises UnknownName when there is no such programme."""
        return self._keep(("network", scope), lambda: read(self.store, scope))

    def metric(self, name: str, scope: Scope, parameters: Mapping[str, Any] | None = None) -> MetricResult:
        """Return a metric on a scope, with intervals of ranks. Raises UnknownName, UsageError (a parameter), MetricUndefined."""
        given = tuple(sorted((parameters or {}).items()))
        key = ("metric", name, scope, repr(given))
        return self._keep(key, lambda: self._computed(name, scope, dict(given)))

    def _computed(self, name: str, scope: Scope, given: Mapping[str, Any]) -> MetricResult:
        from pacte_graph.metrics import registry  # scipy: not needed before the first number
        from pacte_graph.metrics.sureness.intervals import EVERY, FILLED, with_intervals

        metric = registry.show(name)
        network = self.network(replace(scope, date=None) if metric.all_dates else scope)
        result = metric.run(network, given)
        return with_intervals(result, network) if metric.id in FILLED and len(network.nodes) < EVERY else result

    def what_if(self, scope: Scope, supposed: Supposed) -> WhatIf:
        """Return what removals and delays would change. Raises UnknownName, UsageError; nothing is written.

        Answers on small networks are kept; of those on large ones, which hold a second large network, the latest alone.
        """
        from pacte_graph.metrics.whatif import what_if  # scipy: not needed before the first number

        network = self.network(scope)
        make = lambda: what_if(network, supposed.changes())  # noqa: E731
        key = ("what_if", scope, supposed.removed, tuple(sorted(supposed.delays.items())))
        if len(network.nodes) <= KEPT_WHOLE:
            return self._keep(key, make)
        place = (self.data_version(), self._decided, key)
        kept, answer = self._latest
        if kept != place:
            answer = make()
            self._latest = (place, answer)
        found: WhatIf = answer
        return found

    def catalogue(self) -> Mapping[str, SavedQuery]:
        """Return the saved queries by name."""
        return queries.catalogue()

    def run_query(self, name: str, parameters: Mapping[str, Any]) -> QueryResult:
        """Return the answer of a saved query. Raises UnknownName, UsageError, QueryRefused, TimeLimit."""
        return queries.run(self.store, name, parameters, self.settings)

    def provenance(self, identifier: str) -> list[dict[str, Any]]:
        """Return who states a node or link, where and since when. Raises UnknownName."""
        return loading.provenance(self.store, identifier)

    def sources(self) -> list[dict[str, Any]]:
        """Return the sources loaded, with their last run."""
        return self._keep(("sources",), lambda: loading.sources(self.store))

    def unfinished_runs(self) -> list[dict[str, Any]]:
        """Return the loads that were cut off or are under way; asked anew each time."""
        return loading.unfinished_runs(self.store)

    def history(self, limit: int = 50) -> list[dict[str, Any]]:
        """Return the last loads, newest first, each with its outcome; asked anew each time."""
        return loading.history(self.store, limit)

    def contours(self, programme: str) -> list[dict[str, Any]]:
        """Return the contours of a programme's territories: id, name, level, contour (GeoJSON)."""
        return self._keep(("contours", programme), lambda: contours(self.store, programme))

    def duplicates(self) -> list[Duplicate]:
        """Return the records that are probably one and on which nothing was decided, surest first."""
        return self._keep(("duplicates",), lambda: review.proposals(self.store, thesaurus.load(self.settings.thesaurus_file)))

    def merges(self) -> list[Absorption]:
        """Return the nodes that were merged into others, by identifier."""
        return list(absorptions(self.store).values())

    def told_apart(self) -> list[Verdict]:
        """Return the pairs that were decided not to be one, as the thesaurus has them."""
        return [item for item in thesaurus.load(self.settings.thesaurus_file) if item.verdict == "different"]

    def names(self, identifiers: Collection[str]) -> dict[str, str]:
        """Return the names of nodes, merged ones too, by identifier; those without one aren't there."""
        return self._keep(("names", *sorted(identifiers)), lambda: loading.names(self.store, identifiers))

    def records(self, identifiers: list[str]) -> dict[str, dict[str, Any]]:
        """Return nodes with their properties and statements, by identifier."""
        return self._keep(("records", *identifiers), lambda: {name: loading.fact(self.store, name) for name in identifiers})

    def decide(self, first: str, second: str, what: str, name: str, *, by: str) -> None:
        """Merge two records (``keep_left``, ``keep_right``) under a name of choice, or note that they are not one (``apart``)."""
        path = self.settings.thesaurus_file
        if what == "apart":
            review.refuse(self.store, path, first, second, by=by)
        else:
            kept, other = (first, second) if what == "keep_left" else (second, first)
            review.merge(self.store, path, kept, other, name=name, by=by)
        self._decided += 1

    def propose_again(self, first: str, second: str) -> None:
        """Take back that two records are not one: they are proposed again."""
        thesaurus.forget(self.settings.thesaurus_file, first, second)
        self._decided += 1

    def undo_merge(self, other: str) -> None:
        """Undo a merge. Raises UnknownName when the record isn't merged."""
        review.undo(self.store, self.settings.thesaurus_file, other)
        self._decided += 1

    def _keep(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what ``make`` gives, made once for each version of the data even when several threads ask at once."""
        place = (self.data_version(), self._decided, key)
        with self._lock:
            slot = self._kept.setdefault(place, _Slot())
            self._kept.move_to_end(place)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        with slot.lock:
            if not slot.made:
                slot.value, slot.made = make(), True
            value: Kept = slot.value
            return value


class _Slot:
    """One thing kept: made under its own lock, so that one slow network doesn't hold up the others."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.made = False
        self.value: Any = None
