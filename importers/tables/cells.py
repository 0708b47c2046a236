"""A cell into a value of its property: typed, bounded, from the closed list if there is one; a sentence when it can't be.

Cells of a CSV file are text; cells of a workbook may already be numbers, dates or booleans, and are taken as they are.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Callable
from typing import Any

from importers.decoding import boolean, date, folded, number
from pacte_graph.errors import Told, join, tell
from pacte_graph.schema import Property

Raw = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta
"""What a cell holds before it is read; an empty cell is ``""``."""

SHOWN = 80
NAME_LIMIT = 10_000
_NAMES = frozenset({"name", "short_name", "acronym", "initials"})
_INTEGERS = range(-(2**63), 2**63)
_WHOLE = re.compile(r"[+-]?\d+")


class Exact(str):
    """A text to keep to the character: its spaces, and even its emptiness, are meant."""

    __slots__ = ()


class Unfit(Exception):
    """A cell that can't be taken: what was ``found``, what is ``accepted``, and how the two differ in a few words."""

    def __init__(self, found: Raw, accepted: str, why: str = "") -> None:
        super().__init__(accepted)
        self.found = text(found)
        self.accepted = accepted
        self.why = why or tell("is not {accepted}", "n'est pas {accepted}", accepted=accepted)


def text(raw: Raw) -> str:
    """Return a cell as text, the way a person would write it: 3.0 is ``3``, a date is ``2016-12-31``.

    >>> text(31555.0), text("  a "), text(True)
    ('31555', 'a', 'oui')
    """
    if isinstance(raw, Exact):
        return str(raw)
    if isinstance(raw, bool):
        return "oui" if raw else "non"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, dt.datetime) and raw.time() == dt.time():
        return raw.date().isoformat()
    if isinstance(raw, dt.date | dt.time):
        return raw.isoformat()
    return str(raw).strip()


def empty(raw: Raw) -> bool:
    """Tell whether a cell holds nothing."""
    return isinstance(raw, str) and not isinstance(raw, Exact) and not raw.strip()


def writable(told: str) -> bool:
    """Tell whether a text can be kept: no NUL, no half of a character."""
    return "\x00" not in told and not any("\ud800" <= char <= "\udfff" for char in told)


def _integer(raw: Raw) -> int:
    if isinstance(raw, str):
        flat = re.sub(r"[\s\u00a0\u202f]", "", raw)
        if _WHOLE.fullmatch(flat) and len(flat) < 30:
            return _bounded(int(flat))
    value = _float(raw)
    if value != int(value):
        raise ValueError(raw)
    return _bounded(int(value))


def _bounded(whole: int) -> int:
    if whole not in _INTEGERS:
        raise ValueError(whole)
    return whole


def _float(raw: Raw) -> float:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise ValueError(raw)  # noqa: TRY004 - one kind of refusal, told by the caller
    value = number(raw) if isinstance(raw, str) else float(raw)
    if not math.isfinite(value):
        raise ValueError(raw)
    return value


def _boolean(raw: Raw) -> bool:
    return raw if isinstance(raw, bool) else boolean(text(raw))


def _date(raw: Raw) -> dt.date:
    if isinstance(raw, dt.datetime):
        return raw.date()
    return raw if isinstance(raw, dt.date) else date(text(raw))


def strings(raw: Raw) -> list[str]:
    """Return the items of a list: ``a ; b``, ``a | b`` when items hold a ``;``, else a JSON list. Raises ValueError."""
    told = text(raw)
    if told.startswith('["'):
        items = json.loads(told)
        if all(isinstance(item, str) and item for item in items):
            return list(items)
        raise ValueError(told)
    separator = "|" if "|" in told else ";"
    return [part.strip() for part in told.split(separator) if part.strip()]


_READERS: dict[str, tuple[Callable[[Raw], Any], Told]] = {
    "string": (text, Told("text", "un texte")),
    "integer": (_integer, Told("a whole number (1 234)", "un nombre entier (1 234)")),
    "float": (_float, Told("a number (1 234,5)", "un nombre (1 234,5)")),
    "boolean": (_boolean, Told("oui or non", "oui ou non")),
    "date": (_date, Told("a date (2016-12-31 or 31/12/2016)", "une date (2016-12-31 ou 31/12/2016)")),
    "strings": (strings, Told("a list (a ; b ; c)", "une liste (a ; b ; c)")),
}
_HOUSE = Told("nothing: it is kept by the house", "rien : l'outil s'en charge")
_NO_HOUSE = Told("can't be given: it is kept by the house", "ne se donne pas : l'outil s'en charge")
_TEXT = Told("text without control characters", "un texte sans caractères de contrôle")
_NO_TEXT = Told("holds a character that isn't text", "contient un caractère qui n'est pas du texte")


def value(property_: Property, raw: Raw) -> Any:
    """Return the typed value of a cell that isn't empty. Raises Unfit saying what was found and what is accepted.

    A list without any item gives ``[]``: the caller leaves it out.
    """
    reader = _READERS.get(property_.type)
    if reader is None:
        raise Unfit(raw, _HOUSE, _NO_HOUSE)
    try:
        found = reader[0](raw)
    except (ValueError, OverflowError, RecursionError) as error:
        raise Unfit(raw, reader[1]) from error
    if any(isinstance(item, str) and not writable(item) for item in (found if isinstance(found, list) else [found])):
        raise Unfit(raw, _TEXT, _NO_TEXT)
    if property_.choices:
        return _choice(property_, str(found))
    if property_.minimum is not None and isinstance(found, int | float) and found < property_.minimum:
        least = f"{property_.minimum:g}"
        raise Unfit(
            raw,
            tell("{least} or more", "{least} ou plus", least=least),
            tell("is below {least}", "est au-dessous de {least}", least=least),
        )
    if property_.name in _NAMES and isinstance(found, str) and len(found) > NAME_LIMIT:
        raise Unfit(
            found,
            tell("at most {most} characters", "au plus {most} caractères", most=NAME_LIMIT),
            tell(
                "has {found} characters; {most} are allowed",
                "a {found} caractères ; {most} sont admis",
                found=len(found),
                most=NAME_LIMIT,
            ),
        )
    return found


def _choice(property_: Property, told: str) -> str:
    """Return the closed list's value for its code or for its label in either language."""
    wanted = folded(told)
    for choice in property_.choices:
        if wanted in {folded(choice.value), folded(choice.label.fr), folded(choice.label.en)}:
            return choice.value
    codes = ", ".join(choice.value for choice in property_.choices)
    raise Unfit(told, choices(property_), tell("is not one of: {codes}", "n'est pas dans la liste : {codes}", codes=codes))


def choices(property_: Property) -> Told:
    """Return what a closed list accepts: each label with its code."""
    return join(", ", [f"{choice.label.fr} ({choice.value})" for choice in property_.choices])
