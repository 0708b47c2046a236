"""Texts of CORDIS into typed properties; a text without a meaning is listed with its place, and the row is kept."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from importers.decoding import boolean, date, number, tidy
from pacte_graph.records import NotUnderstood, Value, Where

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

_date = lru_cache(maxsize=50_000)(lambda text: date(text.strip()[:10]))


def _state(text: str) -> str:
    return STATES[text.strip().casefold()]


def _doi(text: str) -> str:
    flat = tidy(text)
    return flat if flat.startswith("http") else f"https://doi.org/{flat}"


def position(text: str) -> tuple[float, float]:
    """Return latitude and longitude of ``48.13,11.52``; raises ValueError for anything else, and outside the globe."""
    latitude, longitude = (float(part) for part in text.strip().strip("()").split(","))
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(text)
    return latitude, longitude


def _money(text: str) -> float:
    amount = number(text)
    if not math.isfinite(amount):
        raise ValueError(text)
    return amount


_READERS: dict[str, Callable[[str], Value]] = {
    "since": _date,
    "until": _date,
    "grant": _money,
    "budget": _money,
    "amount": _money,
    "cost": _money,
    "net": _money,
    "state": _state,
    "sme": boolean,
    "ended": boolean,
    "url": tidy,
}


class Reading:
    """Reads texts; what has no meaning goes to ``strange``, once for each text and property."""

    def __init__(self, strange: list[NotUnderstood]) -> None:
        self._strange = strange
        self._said: set[tuple[str, str]] = set()

    def value(self, name: str, text: str, where: Where) -> Any:
        """Return a property's value (0 and False are values), or None when the text is empty or has no meaning."""
        text = text.strip()
        if not text:
            return None
        found = self._read(name, text, _READERS.get(name, tidy), where)
        return None if found == "" else found

    def position(self, text: str, where: Where) -> tuple[float, float] | None:
        """Return latitude and longitude, or None."""
        found: tuple[float, float] | None = self._read("geolocation", text, position, where) if text.strip() else None
        return found

    def properties(self, names: Sequence[str], texts: Sequence[str], where: Where) -> dict[str, Any]:
        """Return what the texts say of the properties named, in the same order; the unknown is left out."""
        found = {name: self.value(name, text, where) for name, text in zip(names, texts, strict=True) if text}
        return {name: value for name, value in found.items() if value is not None}

    def _read(self, name: str, text: str, reader: Callable[[str], Any], where: Where) -> Any:
        try:
            return reader(text)
        except (ValueError, KeyError):
            if (name, text) not in self._said:
                self._said.add((name, text))
                file = where.file if where.sheet is None else f"{where.file}!{where.sheet}"
                self._strange.append(NotUnderstood(file, where.line, None, f"{name}: “{text[:100]}” has no meaning here."))
            return None


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
