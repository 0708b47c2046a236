"""Which territories to keep: those of some intercommunalities, départements or régions, with what they are within."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from importers.territoires.files import Document
from pacte_graph.errors import Told, UsageError, tell


@dataclass(frozen=True, slots=True)
class Selection:
    """Official codes to keep; all empty keeps everything. ``communes`` follows from the others and the files."""

    epci: frozenset[str] = frozenset()
    departements: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()
    """Codes of the départements (``d:31``) and régions (``r:76``) that kept communes lie in."""

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Selection:
        """Return the selection that options name, each a list of codes separated by commas."""
        return cls(_codes(options, "epci"), _codes(options, "departement"), _codes(options, "region"))

    @property
    def empty(self) -> bool:
        """Tell whether everything is kept."""
        return not (self.epci or self.departements or self.regions)

    def words(self) -> list[str]:
        """Return the selection as texts, in a fixed order."""
        named = (("epci", self.epci), ("departement", self.departements), ("region", self.regions))
        return [f"{name}={','.join(sorted(codes))}" for name, codes in named if codes]

    def following(self, documents: list[Document]) -> Selection:
        """Return the selection with the communes it keeps and the units these lie in. Raises UsageError for unknown codes."""
        if self.empty:
            return self
        self._check(documents)
        communes = {
            str(member.get("code")) for row in _rows(documents, "epci") if row.get("code") in self.epci for member in members(row)
        }
        communes |= {
            str(feature.get("properties", {}).get("code"))
            for feature in _rows(documents, "contours")
            if isinstance(feature.get("properties"), dict) and feature["properties"].get("epci") in self.epci
        }
        above: set[str] = set()
        for row in _rows(documents, "communes"):
            if row.get("departement") in self.departements or row.get("region") in self.regions:
                communes.add(str(row.get("code")))
            if str(row.get("code")) in communes:
                above |= {f"d:{row.get('departement')}", f"r:{row.get('region')}"}
        return replace(self, communes=frozenset(communes), above=frozenset(above))

    def keeps(self, kind: str, row: Mapping[str, Any]) -> bool:
        """Tell whether a row of an official list is kept."""
        if self.empty:
            return True
        code = str(row.get("code"))
        if kind == "communes":
            return code in self.communes
        if kind == "epci":
            return code in self.epci or (not self.epci and self._all_inside(row))
        if kind == "departements":
            return code in self.departements or str(row.get("region")) in self.regions or f"d:{code}" in self.above
        return code in self.regions or f"r:{code}" in self.above

    def _all_inside(self, row: Mapping[str, Any]) -> bool:
        found = members(row)
        return bool(found) and all(str(member.get("code")) in self.communes for member in found)

    def _check(self, documents: list[Document]) -> None:
        """See that each code asked for is in the files (a misspelt code must not give an empty import)."""
        shapes = [row.get("properties") for row in _rows(documents, "contours")]
        held = {
            "epci": {str(row.get("code")) for row in _rows(documents, "epci")}
            | {str(shape.get("epci")) for shape in shapes if isinstance(shape, dict)},
            "departement": {str(row.get("departement")) for row in _rows(documents, "communes")}
            | {str(row.get("code")) for row in _rows(documents, "departements")},
            "region": {str(row.get("region")) for row in _rows(documents, "communes")}
            | {str(row.get("code")) for row in _rows(documents, "regions")},
        }
        for name, codes in (("epci", self.epci), ("departement", self.departements), ("region", self.regions)):
            unknown = sorted(codes - held[name])
            if unknown:
                raise UsageError(
                    tell(
                        "Option {name}: the files hold no {codes}.",
                        "Option {name} : les fichiers ne contiennent pas {codes}.",
                        name=name,
                        codes=", ".join(unknown)[:200],
                    ),
                    hint=Told("Give official codes.", "Donnez des codes officiels."),
                )


def _codes(options: Mapping[str, Any], name: str) -> frozenset[str]:
    return frozenset(code.strip() for code in str(options.get(name) or "").split(",") if code.strip())


def members(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the members of an intercommunality that are objects; none where they are no list."""
    found = row.get("membres")
    return [member for member in found if isinstance(member, dict)] if isinstance(found, list) else []


def _rows(documents: list[Document], kind: str) -> list[dict[str, Any]]:
    return [row for document in documents if document.kind == kind for row in document.rows]
