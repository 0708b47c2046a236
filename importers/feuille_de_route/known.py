"""What is known beforehand of programmes, bodies and territories: a reviewed table (``programmes.toml``), never guesses."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from importers.decoding import folded
from pacte_graph import ids

UNNAMED = "non-precise"
_ACRONYM = re.compile(r"\b(?:du|le|projets du|schéma|Schéma)\s+(?P<acronym>[A-ZÉÈ]{4,12})\b")
SCALES = {  # level -> (what a line that names it says, folded; id part; name)
    "metropolis": (r"\bcommunes\b|\bde la metropole\b", "metropole", "Métropole"),
    "agglomeration": (r"\bagglomeration\b", "agglomeration", "Agglomération de proximité"),
    "city_network": (r"\breseau de villes\b|\bdialogue metropolitain\b", "reseau-de-villes", "Réseau de villes"),
    "bimetropolitan": (
        r"\bpartenariat avec la metropole\b|\bbi-?metropolitain",
        "bi-metropolitain",
        "Partenariat bi-métropolitain",
    ),
    "region": (r"\bregion\b", "region", "Région"),
}


@dataclass(frozen=True, slots=True)
class Programme:
    """The programme a sheet belongs to: its key, its name, and the other name of it that the sheet uses (never its acronym)."""

    key: str
    name: str
    alias: str | None

    @property
    def id(self) -> str:
        """Return its identifier."""
        return ids.make("programme", self.key)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return the known bodies, territories or scales of this programme."""
        return [row for row in _tables().get(table, []) if row["programme"] == self.key]

    def scale(self, level: str) -> tuple[str, str]:
        """Return id and name of the territory at one of the five scales."""
        known = next((row for row in self.rows("scales") if row["level"] == level), None)
        if known:
            return str(known["id"]), str(known["name"])
        return ids.make("territory", self.key, SCALES[level][1]), SCALES[level][2]

    def body(self, text: str) -> dict[str, Any] | None:
        """Return the known body a text names, by acronym or by name."""
        flat = folded(text)
        for row in self.rows("bodies"):
            if re.search(rf"\b{re.escape(folded(row['acronym']))}\b", flat) or folded(row["name"]) in flat:
                return row
        return None


@cache
def _tables() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((Path(__file__).parent / "programmes.toml").read_text(encoding="utf-8"))


def _spelt(acronym: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(acronym)}\b", text) is not None


def _names(row: dict[str, Any], text: str) -> bool:
    return any(_spelt(acronym, text) for acronym in (row["acronym"], *row["aliases"]))


def programme(text: str, given: str | None = None) -> Programme:
    """Return the programme of a sheet: the one given, a known acronym of the text, an unknown one, else “non précisé”."""
    rows = _tables()["programmes"]
    row = next((row for row in rows if row["key"] == given or (given is None and _names(row, text))), None)
    if row is not None:
        alias = next((alias for alias in row["aliases"] if _spelt(alias, text)), None)
        return Programme(str(row["key"]), str(row["name"]), alias)
    if given is not None:
        return Programme(given, given, None)
    found = _ACRONYM.search(text)
    if found and not found["acronym"].startswith("PROJET"):
        return Programme(found["acronym"].lower(), found["acronym"], found["acronym"])
    return Programme(UNNAMED, "Programme non précisé", None)
