"""From the address to what is supposed, and back: ``remove=id,id`` and ``delay=id:months,id:months``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from pacte_graph.errors import UnknownName, UsageError
from pacte_graph.network.model import Network

if TYPE_CHECKING:
    from pacte_graph.metrics.whatif import Changes

REMOVE, DELAY = "remove", "delay"
LONGEST = 60
"""Months: what the page offers; the command line takes more."""
USUAL = 6
"""Months of a delay until the reader says otherwise."""
REMOVABLE = ("Project", "Actor")


@dataclass(frozen=True, slots=True)
class Supposed:
    """What an address supposes: identifiers removed, months of delay by project. Nothing of either is false."""

    removed: tuple[str, ...] = ()
    delays: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def __bool__(self) -> bool:
        return bool(self.removed or self.delays)

    def changes(self) -> Changes:
        """Return the same for the metrics."""
        from pacte_graph.metrics.whatif import Changes  # scipy: not needed before the first number

        return Changes(self.removed, self.delays)


def asked(state: Mapping[str, str]) -> Supposed:
    """Return what the address supposes. Raises UsageError for a delay that isn't ``id:months``, from 1 to LONGEST, or said twice.

    >>> asked({"remove": "project:x:1,actor:x:A%2C B", "delay": "project:x:2:6"})
    Supposed(removed=('project:x:1', 'actor:x:A, B'), delays={'project:x:2': 6})
    """
    delays: dict[str, int] = {}
    for text in _parts(state.get(DELAY, "")):
        name, _, months = text.rpartition(":")
        if not name or not (months.isascii() and months.isdigit()) or not 1 <= int(months[:9]) <= LONGEST:
            raise UsageError(f"“{text[:200]}” is not a project with its months of delay, from 1 to {LONGEST}.")
        if name in delays:
            raise UsageError(f"{name[:200]} is late twice.")
        delays[name] = int(months)
    return Supposed(tuple(dict.fromkeys(_parts(state.get(REMOVE, "")))), delays)


def keys(supposed: Supposed) -> dict[str, str]:
    """Return the keys of the address that suppose this; none for nothing."""
    told = {REMOVE: _joined(supposed.removed), DELAY: _joined(f"{name}:{months}" for name, months in supposed.delays.items())}
    return {key: text for key, text in told.items() if text}


def checked(network: Network, supposed: Supposed) -> None:
    """Raise UnknownName for what isn't in the network, UsageError for what can't go: only projects and actors do."""
    missing = [name for name in (*supposed.removed, *supposed.delays) if name not in network.by_id]
    if missing:
        raise UnknownName(f"There is no {', '.join(missing)[:300]} in this programme.", hint="Choose in the lists.")
    odd = [name for name in supposed.removed if network.by_id[name].label not in REMOVABLE]
    if odd:
        raise UsageError(f"{', '.join(odd)[:300]}: only projects and actors can be removed.")


def _parts(text: str) -> list[str]:
    """Return the items of a list; a comma inside an identifier is written ``%2C``."""
    return [item.strip().replace("%2C", ",") for item in text.split(",") if item.strip()]


def _joined(items: Iterable[str]) -> str:
    return ",".join(item.replace(",", "%2C") for item in items)
