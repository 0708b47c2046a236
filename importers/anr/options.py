"""What the user asks of the ANR importer: which projects to keep, and the programme of files that don't tell it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from importers.asking import check_names, first_day, listed
from importers.decoding import folded
from importers.telling import quoted
from pacte_graph.errors import UsageError, tell

ACCEPTED = ("country", "programme", "region", "since")
PROGRAMMES = ("pia", "dos")


@dataclass(frozen=True, slots=True)
class Options:
    """The filters, names folded; None or empty: not asked."""

    countries: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    programme: str = ""
    since: dt.date | None = None

    def suffix(self) -> list[str]:
        """Return the parts that tell a filtered source from the whole one."""
        parts = [f"country={','.join(sorted(self.countries))}" if self.countries else ""]
        parts.append(f"region={','.join(sorted(self.regions))}" if self.regions else "")
        return [part for part in [*parts, f"since={self.since}" if self.since else ""] if part]

    def words(self) -> tuple[str, str]:
        """Return what is kept, in French and English; empty when everything is."""
        places = [", ".join(sorted(names)) for names in (self.countries, self.regions) if names]
        fr = [f"au moins un partenaire de {place}" for place in places]
        en = [f"at least one partner of {place}" for place in places]
        if self.since:
            fr.append(f"un début connu, le {self.since} ou après")
            en.append(f"a known start, on {self.since} or after")
        return " ; ".join(fr), "; ".join(en)


def parse(name: str, given: dict[str, Any]) -> Options:
    """Return the options given as text. Raises UsageError for an unknown one or a value without a meaning."""
    told = check_names(name, given, ACCEPTED)
    programme = told.get("programme", "").casefold()
    if programme and programme not in PROGRAMMES:
        raise UsageError(
            tell(
                "{programme} is no programme of the ANR read here.",
                "{programme} n'est pas un programme de l'ANR lu ici.",
                programme=quoted(programme),
            ),
            hint=tell("One of: {known}.", "Au choix : {known}.", known=", ".join(PROGRAMMES)),
        )
    countries, regions = (frozenset(map(folded, listed(told.get(key, "")))) for key in ("country", "region"))
    return Options(countries, regions, programme, first_day(told.get("since", "")))
