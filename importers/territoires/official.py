"""Official rows into records: levels, nesting, dated memberships; merged communes are followed to the one they are in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from importers.telling import quoted
from importers.territoires.files import Document
from importers.territoires.selection import Selection
from pacte_graph import ids
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import LinkRecord, NodeRecord, NotUnderstood, Ref, Rejected, Where

Record = NodeRecord | LinkRecord

_METROPOLES = frozenset({"METRO", "MET69"})
_FORMS = {
    "CC": "Communauté de communes",
    "CA": "Communauté d'agglomération",
    "CU": "Communauté urbaine",
    "METRO": "Métropole",
    "MET69": "Métropole de Lyon",
}
_IGNORED: dict[str, frozenset[str]] = {
    "communes": frozenset(
        {
            "typeLiaison",
            "zone",
            "arrondissement",
            "rangChefLieu",
            "codesPostaux",
            "type",
            "chefLieu",
            "commune",
            "collectiviteOutremer",
        }
    ),
    "epci": frozenset({"modeFinancement", "populationMunicipale", "type"}),
    "departements": frozenset({"chefLieu", "typeLiaison", "zone"}),
    "regions": frozenset({"chefLieu", "typeLiaison", "zone"}),
}


@dataclass(frozen=True, slots=True)
class Vintage:
    """The year of the files and the days its perimeters are stated for (``until`` excluded; None: open)."""

    year: int
    since: dt.date
    until: dt.date | None

    @property
    def interval(self) -> dict[str, Any]:
        """Return since and until as properties of a dated link."""
        return {"since": self.since, **({"until": self.until} if self.until else {})}


def commune(code: str) -> Ref:
    """Return a commune's reference, by INSEE code."""
    return Ref("Territory", ids.make("territory", "insee", code))


def epci(siren: str) -> Ref:
    """Return an intercommunality's reference, by SIREN."""
    return Ref("Territory", ids.make("territory", "siren", siren))


def departement(code: str) -> Ref:
    """Return a département's reference, by code."""
    return Ref("Territory", ids.make("territory", "departement", code))


def region(code: str) -> Ref:
    """Return a région's reference, by code."""
    return Ref("Territory", ids.make("territory", "region", code))


REFS: dict[str, Callable[[str], Ref]] = {"communes": commune, "epci": epci, "departements": departement, "regions": region}
"""What makes a territory's reference from its code, by the list it stands in."""


def membership(member: Ref, whole: Ref, vintage: Vintage, where: Where) -> list[LinkRecord]:
    """Return a commune's place in an intercommunality: member of it and within it, for the days of the vintage.

    The key is the vintage, so that the perimeters of several years stand side by side.
    """
    return [LinkRecord(type_, member, whole, vintage.interval, (where,), str(vintage.year)) for type_ in ("MEMBER_OF", "WITHIN")]


def official_records(
    documents: list[Document], vintage: Vintage, selection: Selection, rejected: list[Rejected], strange: list[NotUnderstood]
) -> Iterator[Record]:
    """Return the records of the official lists; rows that can't be taken are rejected with their reason."""
    makers: dict[str, Callable[[dict[str, Any], Where], list[Record]]] = {
        "communes": lambda row, where: _commune(row, where, former),
        "epci": lambda row, where: _epci(row, where, vintage),
        "departements": lambda row, where: _departement(row, where, regions=regions),
        "regions": _region,
    }
    former = former_codes(documents)
    regions = any(document.kind == "regions" for document in documents)
    listed = any(document.kind == "communes" for document in documents)
    for document in documents:
        if document.kind == "contours":
            continue
        odd: set[str] = set()
        for line, row in enumerate(document.rows, start=1):
            if not row or _left_out(document.kind, row) or not selection.keeps(document.kind, row):
                continue
            try:
                records = makers[document.kind](dict(row), Where(document.name, line))
            except DataRefused as refusal:
                name, about = str(row.get("nom", row))[:200], named(document.kind, row)
                rejected.append(Rejected(document.name, line, None, name, refusal.message, about=about))
                continue
            yield from (record for record in records if not (listed and _member_only(record, document.kind)))
            odd |= row.keys() - _known(document.kind)
        strange += [NotUnderstood(document.name, None, None, _unknown(name[:80])) for name in sorted(odd)]


def _unknown(name: str) -> Told:
    return tell("Key “{name}” is not one this importer knows.", "La clé « {name} » n'est pas connue de cet importeur.", name=name)


def named(kind: str, row: dict[str, Any]) -> tuple[str, ...]:
    """Return the identifier of the territory that a row describes, where its code can be one."""
    try:
        return (REFS[kind](text(row, "code")).id,)
    except DataRefused:
        return ()


def former_codes(documents: list[Document]) -> dict[str, dict[str, str]]:
    """Return, by the code of a commune, the codes and names of the communes merged into it."""
    found: dict[str, dict[str, str]] = {}
    for row in (row for document in documents if document.kind == "communes" for row in document.rows):
        head, code = row.get("chefLieu"), row.get("code")
        if _merged(row) and isinstance(head, str) and isinstance(code, str) and isinstance(row.get("nom"), str):
            found.setdefault(head, {})[code] = row["nom"]
    return found


def _merged(row: dict[str, Any]) -> bool:
    return row.get("type") in {"commune-deleguee", "commune-associee"}


def _left_out(kind: str, row: dict[str, Any]) -> bool:
    """Tell whether a row is no territory of its own: a merged commune (followed) or a municipal borough (ignored by name)."""
    return kind == "communes" and (_merged(row) or row.get("type") == "arrondissement-municipal")


def _known(kind: str) -> frozenset[str]:
    taken = {
        "communes": {"code", "nom", "siren", "population", "departement", "region", "anciensCodes"},
        "epci": {"code", "nom", "populationTotale", "membres"},
        "departements": {"code", "nom", "region"},
        "regions": {"code", "nom"},
    }
    return _IGNORED[kind] | taken[kind]


def _member_only(record: Record, kind: str) -> bool:
    """Tell whether a member's own node is stated better by the list of communes."""
    return kind == "epci" and isinstance(record, NodeRecord) and record.properties.get("level") == "commune"


def _commune(row: dict[str, Any], where: Where, former: dict[str, dict[str, str]]) -> list[Record]:
    code = text(row, "code")
    merged = {old: name for old, name in former.get(code, {}).items() if old != code}
    properties: dict[str, Any] = {
        "name": text(row, "nom"),
        "level": "commune",
        "insee_code": code,
        **optional(row, "siren", "siren"),
        **people(row, "population"),
    }
    earlier = sorted({*merged, *_codes(row)} - {code})
    if earlier:
        properties["former_codes"] = earlier
    if names := sorted(set(merged.values()) - {properties["name"]}):
        properties["aliases"] = names
    node = NodeRecord("Territory", commune(code).id, properties, (where,))
    above = departement(row["departement"]) if row.get("departement") else region(row["region"]) if row.get("region") else None
    return [node] if above is None else [node, LinkRecord("WITHIN", node.ref, above, {}, (where,))]


def _codes(row: dict[str, Any]) -> list[str]:
    """Return the codes a commune had before. Raises DataRefused when they are no list of texts."""
    codes = row.get("anciensCodes") or []
    if not isinstance(codes, list) or not all(isinstance(code, str) and code for code in codes):
        raise DataRefused(
            tell(
                "“anciensCodes” must be a list of codes, it is {codes}.",
                "« anciensCodes » doit être une liste de codes ; il vaut {codes}.",
                codes=quoted(str(codes)[:40]),
            )
        )
    return codes


def _epci(row: dict[str, Any], where: Where, vintage: Vintage) -> list[Record]:
    siren, form = text(row, "code"), str(row.get("type") or "")
    members = row.get("membres")
    if not isinstance(members, list):
        raise DataRefused(tell("{siren} has no list “membres”.", "{siren} n'a pas de liste « membres ».", siren=siren))
    properties = {
        "name": text(row, "nom"),
        "level": "metropolis" if form in _METROPOLES else "intercommunality",
        "siren": siren,
        **({"legal_form": _FORMS.get(form, form)} if form else {}),
        **people(row, "populationTotale"),
    }
    records: list[Record] = [NodeRecord("Territory", epci(siren).id, properties, (where,))]
    for member in members:
        if not isinstance(member, dict):
            raise DataRefused(
                tell(
                    "{siren}: a member is not an object.", "{siren} : un membre n'est pas un objet entre accolades.", siren=siren
                )
            )
        told: dict[str, Any] = {
            "name": text(member, "nom"),
            "level": "commune",
            "insee_code": text(member, "code"),
            **optional(member, "siren", "siren"),
            **people(member, "populationTotale"),
        }
        node = NodeRecord("Territory", commune(told["insee_code"]).id, told, (where,))
        records += [node, *membership(node.ref, epci(siren), vintage, where)]
    return records


def _departement(row: dict[str, Any], where: Where, *, regions: bool) -> list[Record]:
    code = text(row, "code")
    node = NodeRecord(
        "Territory", departement(code).id, {"name": text(row, "nom"), "level": "departement", "insee_code": code}, (where,)
    )
    if not regions or not row.get("region"):
        return [node]
    return [node, LinkRecord("WITHIN", node.ref, region(text(row, "region")), {}, (where,))]


def _region(row: dict[str, Any], where: Where) -> list[Record]:
    code = text(row, "code")
    return [NodeRecord("Territory", region(code).id, {"name": text(row, "nom"), "level": "region", "insee_code": code}, (where,))]


def text(row: dict[str, Any], name: str) -> str:
    """Return a filled text of a row; raises DataRefused when it is missing, empty or no text."""
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise DataRefused(
            tell(
                "“{name}” must be a filled text, it is {value}.",
                "« {name} » doit être un texte rempli ; {found}.",
                name=name,
                value=repr(str(value)[:40]),
                found=_found(value),
            )
        )
    if len(value) > ids.MAX_LENGTH:
        raise DataRefused(
            tell(
                "“{name}” has {count} characters; {most} are allowed.",
                "« {name} » a {count} caractères ; {most} au plus sont admis.",
                name=name,
                count=len(value),
                most=ids.MAX_LENGTH,
            )
        )
    return value.strip()


def _found(value: Any) -> str:
    """Return in French what stands where a text was wanted."""
    if value is None:
        return "il manque"
    return f"il vaut {quoted(str(value)[:40]).fr}" if str(value).strip() else "il est vide"


def optional(row: dict[str, Any], theirs: str, ours: str) -> dict[str, str]:
    """Return a text under our name, or nothing when the row hasn't it."""
    return {} if row.get(theirs) in (None, "") else {ours: text(row, theirs)}


def people(row: dict[str, Any], name: str) -> dict[str, int]:
    """Return a number of inhabitants, or nothing; raises DataRefused when it is no whole number from 0."""
    value = row.get(name)
    if value is None:
        return {}
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise DataRefused(
            tell(
                "“{name}” must be a number of inhabitants, it is {value}.",
                "« {name} » doit être un nombre d'habitants ; il vaut {value}.",
                name=name,
                value=quoted(str(value)[:40]),
            )
        )
    return {"population": value}
