"""Values of properties as a reader writes them: dates, euros, counts, closed lists, in French or English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from pacte_graph.schema import LINKS, NODES, LinkType, NodeType, Property

THIN = "\N{NARROW NO-BREAK SPACE}"
MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
UNITS = {"people": {"fr": "habitants", "en": "inhabitants"}}


def date(value: dt.date, language: str) -> str:
    """Return a day in words: « 1er mars 2015 », “1 March 2015”.

    >>> date(dt.date(2015, 3, 1), "fr"), date(dt.date(2015, 3, 1), "en")
    ('1er mars 2015', '1 March 2015')
    """
    day = "1er" if value.day == 1 and language == "fr" else str(value.day)
    return f"{day} {MONTHS[language][value.month - 1]} {value.year}"


def number(value: float, language: str, *, decimals: int | None = None) -> str:
    """Return a number with its separators; whole values lose their decimals unless ``decimals`` fixes them."""
    places = decimals if decimals is not None else (0 if float(value).is_integer() else 2)
    text = f"{value:,.{places}f}"
    return text if language == "en" else text.replace(",", THIN).replace(".", ",")


def amount(value: float, language: str) -> str:
    """Return euros: « 1 250 000 € », “€1,250,000”."""
    figure = number(value, language)
    return f"€{figure}" if language == "en" else f"{figure}\N{NO-BREAK SPACE}€"


def value_text(prop: Property | None, value: Any, language: str) -> str:
    """Return ``value`` as text; ``prop`` gives its closed list and unit (None: a property the schema doesn't know)."""
    if isinstance(value, list | tuple):
        return ", ".join(value_text(prop, item, language) for item in value)
    for choice in prop.choices if prop else ():
        if choice.value == value:
            return choice.label.get(language)
    if isinstance(value, bool):
        return {"fr": ("non", "oui"), "en": ("no", "yes")}[language][value]
    if isinstance(value, dt.date):
        return date(value, language)
    if isinstance(value, int | float):
        return _measure(prop, value, language)
    return _text(prop, str(value), language)


def _text(prop: Property | None, value: str, language: str) -> str:
    if prop is not None and prop.name == "reference_dates":
        return date(dt.date.fromisoformat(value), language)
    return value


def _measure(prop: Property | None, value: float, language: str) -> str:
    unit = prop.unit if prop else ""
    if unit == "EUR":
        return amount(value, language)
    if prop is not None and prop.name in {"number", "order"}:
        return str(value)
    name = UNITS.get(unit, {}).get(language, unit)
    return f"{number(value, language)}\N{NO-BREAK SPACE}{name}" if name else number(value, language)


def facts(kind: str, properties: Mapping[str, Any], language: str, *, skip: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield (label, value) of every known property of a node label or link type, in the schema's order.

    Properties the schema doesn't know come last under their own name; absent ones are unknown and not listed.
    """
    spec: NodeType | LinkType | None = NODES.get(kind) or LINKS.get(kind)
    known = spec.properties if spec else ()
    names = {prop.name for prop in known}
    for prop in known:
        if prop.name in properties and prop.name not in skip:
            yield prop.label.get(language), value_text(prop, properties[prop.name], language)
    for name in sorted(set(properties) - names - set(skip)):
        yield name, value_text(None, properties[name], language)
