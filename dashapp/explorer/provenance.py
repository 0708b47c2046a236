"""Who says so, from the rows of loading to what the card shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from dashapp.explorer.card import Said
from dashapp.explorer.formatting import value_text
from dashapp.explorer.words import say
from pacte_graph.schema import LINKS, NODES

PLACES = 6
"""Places written per source; the rest is counted."""


def said(rows: Iterable[Mapping[str, Any]], kind: str, language: str) -> list[Said]:
    """Return one statement a source; ``kind`` is the label or link type the fact is of, for the names of properties."""
    return [_one(row, kind, language) for row in rows]


def _one(row: Mapping[str, Any], kind: str, language: str) -> Said:
    name = row.get("name_en" if language == "en" else "name") or row["source"]
    places = list(dict.fromkeys(_place(where, language) for where in row.get("where") or ()))
    written = places[:PLACES]
    if len(places) > PLACES:
        written.append(say("more_places", language, n=len(places) - PLACES))
    return Said(str(name), tuple(written), _day(row.get("date")), tuple(_differences(row, kind, language)))


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
    spec = NODES.get(kind) or LINKS.get(kind)
    for name, values in sorted((row.get("disagrees") or {}).items()):
        prop = spec.property(name) if spec else None
        texts = [value_text(prop, values[key], language) if values[key] is not None else "?" for key in ("value", "kept")]
        yield (prop.label.get(language) if prop else name), texts[0], texts[1]
