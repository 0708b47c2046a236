"""Who states what tables hold: the card in ``source.toml``, in a workbook's sheet of sources, or made from the file's name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from importers.decoding import boolean, decode, folded, read_bytes
from importers.tables.cells import empty, strings, text
from importers.tables.sheets import Sheet, letters
from pacte_graph import ids
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import Card
from pacte_graph.schema.sheets import EXAMPLE, SOURCES_SHEET

_KEYS = Told(
    "Keys: id, name_fr and name_en, and if need be publisher, url, licence, scope, vintage, ignored, fictitious.",
    "Clés : id, name_fr et name_en, et au besoin publisher, url, licence, scope, vintage, ignored, fictitious.",
)
KEYS = ("id", "name_fr", "name_en", "publisher", "url", "licence", "scope", "vintage", "ignored", "fictitious")


def of_folder(folder: Path) -> Card:
    """Return the card in ``source.toml``, or one made from the folder's name. Raises DataRefused on unknown keys."""
    path = folder / "source.toml"
    if not path.exists():
        return named(folder.resolve().name, "Tables", "Tables")
    try:
        told = tomllib.loads(decode(read_bytes(path, 100_000), path.name))
    except tomllib.TOMLDecodeError as error:
        raise DataRefused(
            tell("{name} can't be read: {error}.", "{name} ne se lit pas : {error}.", name=path.name, error=error), hint=_KEYS
        ) from error
    return from_keys(told, path.name)


def from_keys(told: Mapping[str, Any], place: str) -> Card:
    """Return the card that keys describe. Raises DataRefused on unknown or missing keys, or a value of the wrong kind."""
    unknown, missing = sorted(set(told) - set(KEYS)), sorted({"id", "name_fr", "name_en"} - set(told))
    if unknown or missing:
        raise DataRefused(
            tell(
                "{place}: unknown keys: {unknown}; missing: {missing}.",
                "{place} : clés inconnues : {unknown} ; manquantes : {missing}.",
                place=place,
                unknown=_listed(unknown),
                missing=_listed(missing),
            ),
            hint=_KEYS,
        )
    ignored = told.get("ignored", [])
    texts = all(isinstance(told[key], str) for key in told if key not in ("ignored", "fictitious"))
    if not texts or not isinstance(told.get("fictitious", False), bool) or not _texts(ignored):
        raise DataRefused(
            tell("{place}: a value is of the wrong kind.", "{place} : une valeur n'est pas du bon type.", place=place),
            hint=Told(
                "Texts, but for fictitious (true or false) and ignored (a list).",
                "Des textes, sauf fictitious (true ou false) et ignored (une liste).",
            ),
        )
    ids.check(told["id"])
    return Card(**{**told, "ignored": tuple(ignored)})


def named(name: str, french: str, english: str) -> Card:
    """Return the card of what has no other description than its name."""
    return Card(ids.make("source", "tableur", name), f"{french} « {name} »", f"{english} “{name}”")


def of_workbook(sheets: Iterable[Sheet], path: Path) -> list[Card]:
    """Return the cards in a workbook's sheet of sources, or one made from its name. Raises DataRefused on a row that can't be."""
    found: list[Card] = []
    for sheet in sheets:
        if sheet.name == SOURCES_SHEET and sheet.rows:
            found += _cards(sheet)
    doubled = {card.id for card in found if sum(other.id == card.id for other in found) > 1}
    if doubled:
        raise DataRefused(
            tell(
                "{file}, sheet {sheet}: {names} is there twice.",
                "{file}, feuille {sheet} : {names} y est deux fois.",
                file=path.name,
                sheet=SOURCES_SHEET,
                names=", ".join(sorted(doubled)),
            ),
            hint=Told("Keep one row.", "Gardez une ligne."),
        )
    return found or [named(path.stem, "Classeur", "Workbook")]


def _cards(sheet: Sheet) -> list[Card]:
    machine = [text(cell) for cell in sheet.rows[min(1, len(sheet.rows) - 1)][1]]
    first = [folded(text(cell)) for cell in sheet.rows[0][1]]
    names = machine if "id" in machine else first
    found = []
    for line, row in sheet.rows[2 if names is machine and len(sheet.rows) > 1 else 1 :]:
        told = {name: text(cell) for name, cell in zip(names, row, strict=False) if name and not empty(cell)}
        if not (sheet.example and told.get("id", "").startswith(EXAMPLE)):
            found.append(_card(told, f"{sheet.file}, {sheet.name}!{letters(0)}{line}"))
    return found


def _card(told: dict[str, str], place: str) -> Card:
    values: dict[str, Any] = dict(told)
    try:
        values["fictitious"] = boolean(told.get("fictitious", "non"))
    except ValueError as error:
        raise _unfit(place, "fictitious", told, Told("oui or non", "oui ou non")) from error
    try:
        values["ignored"] = strings(told.get("ignored", ""))
    except ValueError as error:
        raise _unfit(place, "ignored", told, Told("a list (a ; b ; c)", "une liste (a ; b ; c)")) from error
    values.setdefault("name_fr", told.get("id", ""))
    values.setdefault("name_en", values["name_fr"])
    return from_keys(values, place)


def _unfit(place: str, name: str, told: Mapping[str, str], wanted: Told) -> DataRefused:
    return DataRefused(
        tell(
            "{place}: found “{found}” in {name}; accepted: {wanted}.",
            "{place} : trouvé « {found} » dans {name} ; accepté : {wanted}.",
            place=place,
            found=told[name][:80],
            name=name,
            wanted=wanted,
        )
    )


def _listed(names: list[str]) -> Told:
    return Told(", ".join(names), ", ".join(names)) if names else Told("none", "aucune")


def _texts(items: Any) -> bool:
    return isinstance(items, list) and all(isinstance(item, str) for item in items)
