"""A file of communes with their contours: where a point lies, which commune a town's name is, who is in an intercommunality."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from importers.decoding import decode, folded, read_bytes
from pacte_graph.errors import DataRefused, Told, tell

LIMIT = 500_000_000
NEEDED = ("code", "nom")
_CEDEX = re.compile(r"\s+cedex\b.*")
_SAINT = re.compile(r"\b(st|ste)\b")
_SAINTS = {"st": "saint", "ste": "sainte"}

Ring = list[tuple[float, float]]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune: INSEE code, name, its SIREN and its intercommunality's, polygons (the outside ring, then holes)."""

    code: str
    name: str
    siren: str
    epci: str
    polygons: tuple[tuple[Ring, ...], ...]
    box: Box

    def holds(self, longitude: float, latitude: float) -> bool:
        """Tell whether a point lies inside, by the parity of the edges that a ray crosses."""
        west, south, east, north = self.box
        if not (west <= longitude <= east and south <= latitude <= north):
            return False
        return any(sum(crossings(ring, longitude, latitude) for ring in rings) % 2 for rings in self.polygons)


def crossings(ring: Ring, x: float, y: float) -> int:
    """Return how many edges of a closed ring a ray from the point to the east crosses."""
    found = 0
    x1, y1 = ring[-1]
    for x2, y2 in ring:
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            found += 1
        x1, y1 = x2, y2
    return found


def town(text: str) -> str:
    """Return a town's name to compare: no case, accent, hyphen, leading postcode or « cedex »; St and Ste in full.

    >>> town("31062 TOULOUSE CEDEX 9"), town("Ramonville St-Agne")
    ('toulouse', 'ramonville saint agne')
    """
    flat = " ".join(re.sub(r"[-'.,]", " ", folded(text)).split())
    flat = _CEDEX.sub("", re.sub(r"^\d{5}\s+", "", flat))
    return _SAINT.sub(lambda match: _SAINTS[match.group()], flat)


class Communes:
    """The communes of one file; a grid of tenths of a degree says which are worth asking about a point."""

    def __init__(self, file: str, communes: list[Commune]) -> None:
        self.file = file
        self.by_code = {item.code: item for item in communes}
        self._named: dict[str, list[str]] = {}
        self._grid: dict[tuple[int, int], list[Commune]] = {}
        for item in communes:
            self._named.setdefault(town(item.name), []).append(item.code)
            west, south, east, north = (int(side * 10 // 1) for side in item.box)
            for column in range(west, east + 1):
                for row in range(south, north + 1):
                    self._grid.setdefault((column, row), []).append(item)

    def at(self, latitude: float, longitude: float) -> str | None:
        """Return the code of the commune where a point lies, or None."""
        near = self._grid.get((int(longitude * 10 // 1), int(latitude * 10 // 1)), ())
        return next((item.code for item in near if item.holds(longitude, latitude)), None)

    def called(self, name: str) -> str | None:
        """Return the code of the only commune of that name in the file, or None."""
        found = self._named.get(town(name), [])
        return found[0] if len(found) == 1 else None

    def within(self, code: str) -> frozenset[str]:
        """Return the communes that an INSEE code, a commune's SIREN or an intercommunality's SIREN names; none if unknown."""
        return frozenset(item.code for item in self.by_code.values() if code and code in (item.code, item.siren, item.epci))


def read(path: Path) -> Communes:
    """Return the communes of a GeoJSON file. Raises DataRefused when it isn't one, or lacks a code, a name or a contour."""
    try:
        told = json.loads(decode(read_bytes(path, LIMIT), path.name))
        communes = [_commune(item) for item in told["features"]]
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise DataRefused(
            tell(
                "{file} is not a GeoJSON file of communes ({kind}: {error}).",
                "{file} n'est pas un fichier GeoJSON de communes.",
                file=path.name,
                kind=type(error).__name__,
                error=str(error)[:80],
            ),
            hint=Told(
                "Give a FeatureCollection of polygons with the properties code, nom, siren and epci.",
                "Donnez une FeatureCollection de polygones avec les propriétés code, nom, siren et epci.",
            ),
        ) from error
    if not communes:
        raise DataRefused(
            tell("{file} holds no commune.", "{file} ne contient aucune commune.", file=path.name),
            hint=Told("Give a FeatureCollection of communes.", "Donnez une FeatureCollection de communes."),
        )
    return Communes(path.name, communes)


def _commune(feature: dict[str, Any]) -> Commune:
    told = feature["properties"]
    shape = feature["geometry"]
    found = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    polygons = tuple(tuple([(float(point[0]), float(point[1])) for point in ring] for ring in rings) for rings in found)
    points = [point for rings in polygons for point in rings[0]]
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    box = (min(longitudes), min(latitudes), max(longitudes), max(latitudes))
    code, name = (str(told[key]).strip() for key in NEEDED)
    return Commune(code, name, str(told.get("siren") or ""), str(told.get("epci") or ""), polygons, box)
