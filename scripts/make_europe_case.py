"""Make the case ``europe-toulouse`` again: ``python scripts/make_europe_case.py PARTICIPATIONS CONTOURS EPCI [FOLDER]``.

Our own importers read CORDIS's participations of the H2020 projects that have an organisation of the Toulouse area, and the communes of
four intercommunalities with their contours; their records become plain tables, packed. Facts and figures only: no text of CORDIS but names.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from importers.cordis import IMPORTER as CORDIS
from importers.territoires import IMPORTER as TERRITORIES
from pacte_graph.records import LinkRecord, NodeRecord

PROGRAMME = "programme:toulouse-h2020"
EPCI = "243100518,243100633,200068641,243400017"
KEPT = {
    "Project": ("name", "since", "until", "budget", "grant"),
    "Actor": ("name", "short_name", "kind", "kind_stated", "country", "town", "latitude", "longitude"),
    "Territory": ("name", "level", "insee_code", "siren", "legal_form", "population", "latitude", "longitude", "contour"),
}
TABLES = {"Project": "projects", "Actor": "actors", "Territory": "territories"}
LINKS = {"TAKES_PART_IN": "participations", "BASED_IN": "locations", "MEMBER_OF": "memberships"}
TOLERANCE = 0.0009
"""Degrees: points of a contour nearer than that to the line between their neighbours are left out (about 80 m)."""
SOURCE = """id = "source:cas:europe-toulouse"
name_fr = "Projets européens H2020 de l'aire toulousaine (CORDIS) et communes"
name_en = "European H2020 projects of the Toulouse area (CORDIS) and communes"
publisher = "Office des publications de l'Union européenne (CORDIS) ; INSEE, IGN, DGCL par Etalab et france-geojson"
url = "https://cordis.europa.eu/"
licence = "CORDIS : © Union européenne, CC BY 4.0 ; territoires : Licence Ouverte 2.0"
scope = "403 projets avec au moins un organisme de l'aire toulousaine ; participations à fin 2020, noms et coordonnées de mai 2023"
vintage = "2023-05-29"
ignored = ["adresses", "numéros de TVA", "les contributions « NA » sont inconnues"]
"""


def simplified(ring: list[list[float]]) -> list[list[float]]:
    """Return a ring with fewer points (Ramer, Douglas and Peucker), its first point kept, at least a triangle."""
    if len(ring) < 5:
        return ring
    far = max(range(len(ring)), key=lambda at: (ring[at][0] - ring[0][0]) ** 2 + (ring[at][1] - ring[0][1]) ** 2)
    found = [*_line(ring[: far + 1])[:-1], *_line(ring[far:])]
    return found if len(found) >= 4 else ring


def _line(points: list[list[float]]) -> list[list[float]]:
    if len(points) < 3:
        return points
    (x, y), (u, v) = points[0], points[-1]
    long = ((u - x) ** 2 + (v - y) ** 2) ** 0.5 or 1e-12
    gaps = [abs((u - x) * (y - q) - (x - p) * (v - y)) / long for p, q in points[1:-1]]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    if gaps[widest] <= TOLERANCE:
        return [points[0], points[-1]]
    return [*_line(points[: widest + 2])[:-1], *_line(points[widest + 1 :])]


def contour(text: str) -> str:
    """Return a GeoJSON geometry simplified and rounded to four decimals (about ten metres)."""
    geometry = json.loads(text)
    several = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    parts = [[[[round(x, 4), round(y, 4)] for x, y in simplified(ring)] for ring in part] for part in several]
    shape = {"type": geometry["type"], "coordinates": parts if geometry["type"] == "MultiPolygon" else parts[0]}
    return json.dumps(shape, separators=(",", ":"))


def tables(participations: Path, contours: Path, units: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table, sorted."""
    (europe,) = CORDIS.read([participations], territoires=str(contours))
    (places,) = TERRITORIES.read([units, contours], epci=EPCI)
    nodes: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for record in (*places.nodes, *europe.nodes):
        if isinstance(record, NodeRecord) and record.label in KEPT:
            told = {name: value for name, value in record.properties.items() if name in KEPT[record.label]}
            nodes[record.label, record.id] = told | nodes[record.label, record.id]
    found: dict[str, list[dict[str, Any]]] = {"programmes": [_programme()]}
    for (label, identifier), told in sorted(nodes.items()):
        if "contour" in told:
            told["contour"] = contour(str(told["contour"]))
        found.setdefault(TABLES[label], []).append({"id": identifier, **told, "programme": PROGRAMME})
    for link in sorted((*places.links, *europe.links), key=lambda item: (item.type, item.source, item.target, item.key)):
        if link.type in LINKS:
            found.setdefault(LINKS[link.type], []).append(_link(link))
    return found


def _programme() -> dict[str, Any]:
    return {
        "id": PROGRAMME,
        "name": "Horizon 2020 : projets européens de l'aire toulousaine",
        "acronym": "H2020 Toulouse",
        "url": "https://cordis.europa.eu/",
        "note": "Les projets ne portent que leur numéro d'enregistrement (rcn) dans le fichier : leur titre est inconnu.",
    }


def _link(link: LinkRecord) -> dict[str, Any]:
    row: dict[str, Any] = {"source": link.source.id, "target": link.target.id}
    if link.type == "TAKES_PART_IN":
        role = str(link.properties["role"])
        row |= {"role": role, "amount": link.properties.get("amount", ""), "key": "" if link.key == role else link.key}
    if link.type == "MEMBER_OF":
        row |= {"source_type": "Territory", "target_type": "Territory"}
    return row


def write(folder: Path, found: dict[str, list[dict[str, Any]]]) -> None:
    """Write the tables, the same bytes every time, and the card of the source."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in found.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        out = io.StringIO()
        writer = csv.DictWriter(out, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({column: _cell(row.get(column, "")) for column in columns} for row in rows)
        with (folder / f"{name}.csv.gz").open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
            packed.write(out.getvalue().encode())
    (folder / "source.toml").write_text(SOURCE, encoding="utf-8")


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


if __name__ == "__main__":
    here = Path(__file__).resolve().parents[1] / "pacte_graph" / "cases" / "europe-toulouse"
    write(Path(sys.argv[4]) if len(sys.argv) > 4 else here, tables(*map(Path, sys.argv[1:4])))
