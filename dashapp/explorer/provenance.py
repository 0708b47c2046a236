"""Who says so, from the rows of loading to what the card shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from dashapp.explorer.card import Said
from dashapp.explorer.formatting import date, value_text
from dashapp.explorer.words import say
from pacte_graph.loading.comparing import DECISIONS
from pacte_graph.loading.statements import plain
from pacte_graph.loading.trust import decided
from pacte_graph.network.model import Node
from pacte_graph.schema import LINKS, NODES, Property
from pacte_graph.schema.kinds import Words

PLACES = 6
"""Places written per source; the rest is counted."""
_MERGED = Words("{source}, sur « {name} » (fiche fusionnée)", "{source}, on “{name}” (merged record)")
_CHOSEN = Words("{name} choisi par {by} le {day}", "{name} chosen by {by} on {day}")
_CHOSEN_BY_NOBODY = Words("{name} choisi le {day}", "{name} chosen on {day}")


def said(rows: Iterable[Mapping[str, Any]], kind: str, language: str) -> list[Said]:
    """Return one statement a source; ``kind`` is the label or link type the fact is of, for the names of properties."""
    return [_one(row, kind, language) for row in rows]


def merged_said(fact: Mapping[str, Any], kept: Node, language: str) -> list[Said]:
    """Return what sources say of a record (see ``loading.fact``) merged into ``kept``, with what ``kept`` says otherwise."""
    name = fact["properties"].get("name", fact["id"])
    found = []
    for row in fact["statements"]:
        one = _one(row, kept.label, language)
        title = _MERGED.get(language).format(source=one.source, name=name)
        found.append(Said(title, one.places, one.since, tuple(_otherwise(fact, row, kept, language))))
    return found


def _otherwise(fact: Mapping[str, Any], row: Mapping[str, Any], kept: Node, language: str) -> Iterable[tuple[str, str, str]]:
    for name in row["properties"]:
        own = (row.get("disagrees") or {}).get(name, {}).get("value", fact["properties"].get(name))
        shown = plain(kept.properties.get(name))
        if own is not None and own != shown:
            prop = _property(kept.label, name)
            texts = [value_text(prop, value, language) if value is not None else "?" for value in (own, shown)]
            yield (_label(prop, name, language), texts[0], texts[1])


def _one(row: Mapping[str, Any], kind: str, language: str) -> Said:
    name = row.get("name_en" if language == "en" else "name") or row["source"]
    by_hand = row["source"] == DECISIONS
    wheres = row.get("where") or ()
    places = list(dict.fromkeys(_decision(at, kind, language) if by_hand else _place(at, language) for at in wheres))
    written = places[:PLACES]
    if len(places) > PLACES:
        written.append(say("more_places", language, n=len(places) - PLACES))
    return Said(str(name), tuple(written), _day(row.get("date")), tuple(_differences(row, kind, language)))


def _decision(where: Mapping[str, Any], kind: str, language: str) -> str:
    """Return who chose which property by hand, and when."""
    found = decided(where.get("column"))
    if found is None:
        return _place(where, language)
    text = _CHOSEN if found.by else _CHOSEN_BY_NOBODY
    label = _label(_property(kind, found.name), found.name, language)
    return text.get(language).format(name=label, by=found.by, day=date(found.on, language))


def _place(where: Mapping[str, Any], language: str) -> str:
    parts = [str(where["file"])]
    if where.get("sheet"):
        parts.append(str(where["sheet"]))
    if where.get("line") is not None:
        parts.append(say("line", language, n=where["line"]))
    if where.get("column"):
        parts.append(str(where["column"]))
    return ", ".join(parts)


def _day(value: Any) -> dt.date | None:
    if isinstance(value, str) and value:
        return dt.datetime.fromisoformat(value).date()
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else None


def _differences(row: Mapping[str, Any], kind: str, language: str) -> Iterable[tuple[str, str, str]]:
    for name, values in sorted((row.get("disagrees") or {}).items()):
        prop = _property(kind, name)
        texts = [value_text(prop, values[key], language) if values[key] is not None else "?" for key in ("value", "kept")]
        yield _label(prop, name, language), texts[0], texts[1]


def _property(kind: str, name: str) -> Property | None:
    spec = NODES.get(kind) or LINKS.get(kind)
    return spec.property(name) if spec else None


def _label(prop: Property | None, name: str, language: str) -> str:
    return prop.label.get(language) if prop else name
