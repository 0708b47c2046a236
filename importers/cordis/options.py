"""What the user asks of the CORDIS importer: which projects to keep, and the file that places organisations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from importers import communes
from importers.archives import hashed
from importers.asking import check_names, first_day, listed
from importers.communes import Communes
from importers.telling import quoted
from pacte_graph.errors import Told, UsageError, tell
from pacte_graph.records import SourceFile

ACCEPTED = ("country", "near", "programme", "since", "territoires")
PROGRAMMES = {"h2020": "h2020", "horizon": "horizon-europe", "horizon-europe": "horizon-europe"}


@dataclass(frozen=True, slots=True)
class Options:
    """The filters; None or empty: not asked."""

    countries: frozenset[str] = frozenset()
    near: str = ""
    around: frozenset[str] = frozenset()
    """The communes that ``near`` names."""
    programme: str = ""
    since: dt.date | None = None
    communes: Communes | None = None
    files: tuple[SourceFile, ...] = ()

    def suffix(self) -> list[str]:
        """Return the parts that tell a filtered source from the whole one."""
        parts = [
            f"near={self.near}" if self.near else "",
            f"country={','.join(sorted(self.countries))}" if self.countries else "",
        ]
        return [part for part in [*parts, f"since={self.since}" if self.since else ""] if part]

    def words(self) -> tuple[str, str]:
        """Return what is kept, in French and English; empty when everything is."""
        fr: list[str] = []
        en: list[str] = []
        if self.near:
            fr.append(f"au moins un organisme implanté dans {self.near}")
            en.append(f"at least one organisation based in {self.near}")
        if self.countries:
            named = ", ".join(sorted(self.countries))
            fr.append(f"au moins un organisme de {named}")
            en.append(f"at least one organisation of {named}")
        if self.since:
            fr.append(f"un début connu, le {self.since} ou après")
            en.append(f"a known start, on {self.since} or after")
        return " ; ".join(fr), "; ".join(en)


def parse(name: str, given: dict[str, Any]) -> Options:
    """Return the options given as text. Raises UsageError for an unknown one or a value without a meaning."""
    told = check_names(name, given, ACCEPTED)
    near, file = told.get("near", ""), told.get("territoires", "")
    if near and not file:
        raise UsageError(
            Told("Option near needs option territoires.", "L'option near a besoin de l'option territoires."),
            hint="--option territoires=communes.geojson",
        )
    known, files = _territories(file) if file else (None, ())
    around = known.within(near) if known else frozenset[str]()
    if near and not around:
        raise UsageError(
            tell(
                "{near} is in no commune of {file}.",
                "{near} n'est dans aucune commune de {file}.",
                near=quoted(near),
                file=Path(file).name,
            ),
            hint=Told("Give an INSEE code or a SIREN number of it.", "Donnez un code INSEE ou un numéro SIREN de ce fichier."),
        )
    countries = frozenset(listed(told.get("country", "").upper()))
    return Options(countries, near, around, _programme(told.get("programme", "")), first_day(told.get("since", "")), known, files)


def _territories(file: str) -> tuple[Communes, tuple[SourceFile, ...]]:
    path = Path(file)
    return communes.read(path), (hashed(path),)


def _programme(text: str) -> str:
    if text and text.casefold() not in PROGRAMMES:
        raise UsageError(
            tell(
                "{text} is no programme of CORDIS read here.",
                "{text} n'est pas un programme de CORDIS lu ici.",
                text=quoted(text),
            ),
            hint=tell("One of: {known}.", "Au choix : {known}.", known=", ".join(sorted(PROGRAMMES))),
        )
    return PROGRAMMES[text.casefold()] if text else ""
