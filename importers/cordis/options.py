"""What the user asks of the CORDIS importer: which projects to keep, and the file that places organisations."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from importers import communes
from importers.communes import Communes
from importers.csvfiles import hashed
from pacte_graph.errors import UsageError
from pacte_graph.records import SourceFile

ACCEPTED = ("country", "near", "programme", "since", "territoires")
PROGRAMMES = {"h2020": "h2020", "horizon": "horizon-europe", "horizon-europe": "horizon-europe"}
_SINCE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


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
    unknown = sorted(set(given) - set(ACCEPTED))
    if unknown:
        raise UsageError(f"The importer {name} has no option {', '.join(unknown)}.", hint=f"It has: {', '.join(ACCEPTED)}.")
    told = {key: str(value).strip() for key, value in given.items()}
    near, file = told.get("near", ""), told.get("territoires", "")
    if near and not file:
        raise UsageError("Option near needs option territoires.", hint="--option territoires=communes.geojson")
    known, files = _territories(file) if file else (None, ())
    around = known.within(near) if known else frozenset[str]()
    if near and not around:
        raise UsageError(f"{near!r} is in no commune of {Path(file).name}.", hint="Give an INSEE code or a SIREN number of it.")
    countries = frozenset(part.strip().upper() for part in told.get("country", "").split(",") if part.strip())
    return Options(countries, near, around, _programme(told.get("programme", "")), _since(told.get("since", "")), known, files)


def _territories(file: str) -> tuple[Communes, tuple[SourceFile, ...]]:
    path = Path(file)
    return communes.read(path), (hashed(path),)


def _programme(text: str) -> str:
    if text and text.casefold() not in PROGRAMMES:
        raise UsageError(f"{text!r} is no programme of CORDIS read here.", hint=f"One of: {', '.join(sorted(PROGRAMMES))}.")
    return PROGRAMMES[text.casefold()] if text else ""


def _since(text: str) -> dt.date | None:
    if not text:
        return None
    found = _SINCE.fullmatch(text)
    try:
        return dt.date(int(found[1]), int(found[2] or 1), int(found[3] or 1)) if found else dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a date.", hint="since=2018 or since=2018-06-01") from error
