"""What CORDIS's texts mean: kinds, roles, states, coordinates, and the costs that aren't declared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from importers.decoding import boolean, date, tidy
from importers.typed import Reader, money, stamp

KINDS = {"HES": "university", "REC": "research", "PRC": "company"}
"""PUB (public bodies) and OTH (others) cover several of our kinds: none is guessed."""
ROLES = {
    "coordinator": "lead",
    "participant": "partner",
    "partner": "partner",
    "beneficiary": "partner",
    "thirdparty": "associate",
    "associatedpartner": "associate",
    "internationalpartner": "associate",
}
STATES = {"closed": "done", "terminated": "dropped", "signed": ""}
"""SIGNED says neither that a project runs nor that it ended: no state is made of it."""
SHOWN = {"short_name": "nom court", "kind_stated": "famille", "country": "pays", "town": "ville", "geolocation": "coordonnées"}
"""How a note names a property; the others by their own name."""
UNSAID = frozenset({"name", "postcode"})
"""Left out of notes: other names are aliases, the postcode is only compared."""


@lru_cache(maxsize=50_000)
def _date(text: str) -> dt.date:
    return date(stamp(text))


def _state(text: str) -> str:
    return STATES[text.strip().casefold()]


def position(text: str) -> list[float]:
    """Return latitude and longitude of ``48.13,11.52``; raises ValueError for anything else, and outside the globe."""
    latitude, longitude = (float(part) for part in text.strip().strip("()").split(","))
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(text)
    return [latitude, longitude]


READERS: dict[str, Reader] = {
    "since": _date,
    "until": _date,
    "grant": money,
    "budget": money,
    "amount": money,
    "cost": money,
    "net": money,
    "state": _state,
    "sme": boolean,
    "ended": boolean,
    "geolocation": position,
}


def unstated_cost(cost: Any, grant: Any) -> bool:
    """Tell whether a cost of 0 stands beside a contribution: CORDIS writes 0 there for a cost that isn't declared."""
    return cost == 0 and bool(grant)


def remark(names: Sequence[str], others: Sequence[Sequence[str]]) -> str:
    """Return the values that rows state beside the kept ones, as a short note in French; empty when there is none."""
    told = [
        f"{SHOWN.get(name, name)} = {', '.join(tidy(text) for text in texts)}"
        for name, texts in zip(names, others, strict=True)
        if texts and name not in UNSAID
    ]
    return f"Aussi écrit : {' ; '.join(told)}." if told else ""
