"""GeoJSON into records: the contour of each commune, intercommunality, département or région, rounded to about a metre."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from importers.decoding import folded
from importers.telling import quoted, thousands
from importers.territoires import official
from importers.territoires.files import Document
from importers.territoires.official import Record, Vintage
from importers.territoires.selection import Selection, members
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import NodeRecord, NotUnderstood, Ref, Rejected, Where

DECIMALS = 5
_KNOWN = frozenset({"code", "nom", "siren", "population", "epci", "epciNom", "lon", "lat"})
_DEPTHS = {"Polygon": 2, "MultiPolygon": 3}
_MAX_POINTS = 500_000
_COMMUNE = re.compile(r"\d{5}|2[AB]\d{3}")
_SIREN = re.compile(r"\d{9}")
_REGIONS = {
    "01": "guadeloupe",
    "02": "martinique",
    "03": "guyane",
    "04": "la reunion",
    "06": "mayotte",
    "11": "ile-de-france",
    "24": "centre-val de loire",
    "27": "bourgogne-franche-comte",
    "28": "normandie",
    "32": "hauts-de-france",
    "44": "grand est",
    "52": "pays de la loire",
    "53": "bretagne",
    "75": "nouvelle-aquitaine",
    "76": "occitanie",
    "84": "auvergne-rhone-alpes",
    "93": "provence-alpes-cote d'azur",
    "94": "corse",
}
"""Régions by code (INSEE), folded: some of these codes are départements' too, the name tells which is meant."""
_DEPARTEMENT = re.compile(r"\d{2,3}|2[AB]")


def contour_records(
    documents: list[Document], vintage: Vintage, selection: Selection, rejected: list[Rejected], strange: list[NotUnderstood]
) -> Iterator[Record]:
    """Return the records of the GeoJSON files; a feature that can't be taken is rejected with its reason.

    A feature of a territory that an official list describes adds its contour and coordinates only: names, populations and
    memberships are then that list's.
    """
    described = _described(documents)
    for document in documents:
        if document.kind != "contours":
            continue
        odd: set[str] = set()
        for line, feature in enumerate(document.rows, start=1):
            told = feature.get("properties")
            if not feature:
                continue
            try:
                if isinstance(told, dict) and not _kept(told, selection):
                    continue
                yield from _feature(feature, Where(document.name, line), vintage, described)
            except DataRefused as refusal:
                name = str(told.get("nom", told) if isinstance(told, dict) else feature)[:200]
                about = _about(told) if isinstance(told, dict) else ()
                rejected.append(Rejected(document.name, line, None, name, refusal.message, about=about))
            odd |= (told.keys() if isinstance(told, dict) else set()) - _KNOWN
        strange += [NotUnderstood(document.name, None, None, _unknown(str(name)[:80])) for name in sorted(odd, key=str)]


def _unknown(name: str) -> Told:
    return tell(
        "Property “{name}” is not one this importer knows.",
        "La propriété « {name} » n'est pas connue de cet importeur.",
        name=name,
    )


def _about(told: dict[str, Any]) -> tuple[str, ...]:
    """Return the territory that a refused feature describes, where its code tells it."""
    try:
        code = official.text(told, "code")
        return (_ref(_level(code, str(told.get("nom"))), code).id,)
    except DataRefused:
        return ()


def _described(documents: list[Document]) -> dict[str, str]:
    """Return the level of every territory that the official lists describe, by identifier."""
    found: dict[str, str] = {}
    for document in documents:
        for row in document.rows if document.kind != "contours" else ():
            if isinstance(row.get("nom"), str):
                found |= dict.fromkeys(official.named(document.kind, row), row["nom"])
            for member in members(row) if document.kind == "epci" else ():
                found |= dict.fromkeys(official.named("communes", member), str(member.get("nom")))
    return found


def _kept(told: dict[str, Any], selection: Selection) -> bool:
    code = str(told.get("code"))
    if selection.empty:
        return True
    level = _level(code, str(told.get("nom")))
    if level == "commune":
        return code in selection.communes
    if level == "epci":
        return code in selection.epci
    if level == "departement":
        return code in selection.departements or f"d:{code}" in selection.above
    return code in selection.regions or f"r:{code}" in selection.above


def _level(code: str, name: str) -> str:
    """Tell a territory's level by the form of its code; two digits are a région when the name is that région's."""
    if _COMMUNE.fullmatch(code):
        return "commune"
    if _SIREN.fullmatch(code):
        return "epci"
    if not _DEPARTEMENT.fullmatch(code):
        raise DataRefused(
            tell(
                "“code” must be an INSEE or SIREN code, it is {code}.",
                "« code » doit être un code INSEE ou SIREN ; il vaut {code}.",
                code=quoted(code[:40]),
            )
        )
    return "region" if folded(name) == _REGIONS.get(code) else "departement"


def _feature(feature: dict[str, Any], where: Where, vintage: Vintage, described: dict[str, str]) -> Iterator[Record]:
    told = feature.get("properties")
    if not isinstance(told, dict):
        raise DataRefused(Told("A feature has no properties.", "Un élément n'a pas de propriétés."))
    code = official.text(told, "code")
    level = _level(code, official.text(told, "nom"))
    ref = _ref(level, code)
    known = described.get(ref.id)
    properties: dict[str, Any] = {"name": known or official.text(told, "nom"), **_place(told), "contour": _contour(feature)}
    if known is None:
        properties |= _identity(level, code, told)
    yield NodeRecord("Territory", ref.id, properties, (where,))
    siren = told.get("epci")
    if level == "commune" and isinstance(siren, str) and siren and known is None:
        whole = official.epci(siren)
        if whole.id not in described:
            yield NodeRecord("Territory", whole.id, {"name": official.text(told, "epciNom"), "siren": siren}, (where,))
        yield from official.membership(ref, whole, vintage, where)


def _ref(level: str, code: str) -> Ref:
    makers = {"commune": official.commune, "epci": official.epci, "departement": official.departement, "region": official.region}
    return makers[level](code)


def _identity(level: str, code: str, told: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {**official.optional(told, "siren", "siren"), **official.people(told, "population")}
    if level == "epci":
        return {**found, "siren": code}
    return {**found, "level": level, "insee_code": code}


def _place(told: dict[str, Any]) -> dict[str, float]:
    pairs = (("latitude", "lat", 90), ("longitude", "lon", 180))
    return {ours: _degrees(told[theirs], theirs, limit) for ours, theirs, limit in pairs if told.get(theirs) is not None}


def _degrees(value: Any, name: str, limit: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= limit:
        raise DataRefused(
            tell(
                "“{name}” must be degrees up to {limit}, it is {value}.",
                "« {name} » doit être en degrés, {limit} au plus ; il vaut {value}.",
                name=name,
                limit=limit,
                value=quoted(str(value)[:40]),
            )
        )
    return round(float(value), DECIMALS)


def _contour(feature: dict[str, Any]) -> str:
    """Return the geometry as compact GeoJSON. Raises DataRefused unless it is a polygon or several, in WGS 84 degrees."""
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in _DEPTHS:
        raise DataRefused(
            tell(
                "The geometry must be a Polygon or a MultiPolygon, it is {kind}.",
                "Le contour doit être un Polygon ou un MultiPolygon ; c'est {kind}.",
                kind=Told(str(kind)[:40], "autre chose" if kind is None else str(kind)[:40]),
            )
        )
    count = [0]
    rounded = _rounded(geometry.get("coordinates"), _DEPTHS[kind], count)
    return json.dumps({"type": kind, "coordinates": rounded}, separators=(",", ":"))


def _rounded(coordinates: Any, depth: int, count: list[int]) -> list[Any]:
    if not isinstance(coordinates, list) or not coordinates:
        raise DataRefused(Told("The geometry has an empty or broken ring.", "Le contour a un anneau vide ou abîmé."))
    if depth:
        return [_rounded(part, depth - 1, count) for part in coordinates]
    count[0] += 1
    if len(coordinates) < 2 or count[0] > _MAX_POINTS:
        raise DataRefused(
            tell(
                "The geometry has a broken point or more than {most} points.",
                "Le contour a un point abîmé ou plus de {most} points.",
                most=Told(str(_MAX_POINTS), thousands(_MAX_POINTS).fr),
            )
        )
    return [_degrees(coordinates[0], "longitude", 180), _degrees(coordinates[1], "latitude", 90)]
