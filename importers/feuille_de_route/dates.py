"""Dates as sheets write them, as intervals: “fin 2016” is not a day, and none is invented."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from importers.decoding import folded

MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre")
# part of a year -> (month, day) to (month, day), both included
PARTS = {
    "debut": ((1, 1), (3, 31)),
    "mi": ((5, 1), (8, 31)),
    "fin": ((10, 1), (12, 31)),
    "printemps": ((3, 20), (6, 20)),
    "ete": ((6, 21), (9, 22)),
    "automne": ((9, 23), (12, 20)),
    "1er semestre": ((1, 1), (6, 30)),
    "2e semestre": ((7, 1), (12, 31)),
    "1er trimestre": ((1, 1), (3, 31)),
    "2e trimestre": ((4, 1), (6, 30)),
    "3e trimestre": ((7, 1), (9, 30)),
    "4e trimestre": ((10, 1), (12, 31)),
}
_PART = (
    r"(?P<part>debut|mi|fin|printemps|ete|automne|hiver|premier semestre|second semestre|deuxieme semestre|"
    r"[12] ?(?:er|nd|e|eme)? ?semestre|[1-4] ?(?:er|e|eme)? ?"
    r"trimestre|t[1-4]|s[12])"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PATTERNS = (
    re.compile(rf"\b(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/{_YEAR}\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:er)? (?P<name>{'|'.join(MONTHS)}) {_YEAR}\b"),
    re.compile(rf"\b(?P<third>debut|mi|fin)[ -](?:de )?(?P<name>{'|'.join(MONTHS)}) {_YEAR}\b"),
    re.compile(rf"\b(?P<name>{'|'.join(MONTHS)}) {_YEAR}\b"),
    re.compile(rf"\bhiver (?P<from>(?:19|20)\d\d) ?[-/–] ?{_YEAR}\b"),
    re.compile(rf"\b{_PART}[ -](?:de |de l'annee )?{_YEAR}\b"),
    re.compile(rf"\b{_YEAR}\b"),
)


_GAPS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Interval:
    """From the first to the last day a wording allows, with the wording."""

    first: dt.date
    last: dt.date
    text: str


def interval(text: str) -> Interval | None:
    """Return the interval of the first date written in ``text``, the most precise wording first; None when there is none.

    fin: October to December; début: January to March; mi-: May to August; seasons by their astronomical days; exact days,
    months, quarters, halves and plain years are themselves. “hiver 2016” may be either winter of that year: January 2016 to
    March 2017; “hiver 2016-2017” is one. Of a month, début is the 1st to the 10th, mi- the 11th to the 20th, fin the rest.
    """
    clean = _GAPS.sub(" ", text)
    flat = "".join((folded(char) or " ")[0] for char in clean)  # one for one, so that the wording can be cut from the text
    for pattern in _PATTERNS:
        found = pattern.search(flat)
        if found:
            made = _made(found)
            if made is not None:
                return Interval(made[0], made[1], clean[found.start() : found.end()])
    return None


def _made(found: re.Match[str]) -> tuple[dt.date, dt.date] | None:
    told = found.groupdict()
    year = int(told["year"])
    if told.get("from"):
        return (dt.date(year - 1, 12, 21), dt.date(year, 3, 19)) if year == int(told["from"]) + 1 else None
    if told.get("part") == "hiver":
        return dt.date(year, 1, 1), dt.date(year + 1, 3, 19)
    if told.get("part"):
        (first, start), (last, end) = PARTS[_part(told["part"])]
        return dt.date(year, first, start), dt.date(year, last, end)
    month = MONTHS.index(told["name"]) + 1 if told.get("name") else int(told["month"]) if told.get("month") else None
    try:
        if told.get("day") and month:
            day = dt.date(year, month, int(told["day"]))
            return day, day
        if month:
            last = calendar.monthrange(year, month)[1]
            start, end = {"debut": (1, 10), "mi": (11, 20), "fin": (21, last)}.get(told.get("third") or "", (1, last))
            return dt.date(year, month, start), dt.date(year, month, end)
    except ValueError:
        return None  # 31/02/2016: not a date, and a vaguer reading of the same words follows
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _part(text: str) -> str:
    flat = {"premier semestre": "1er semestre", "second semestre": "2e semestre", "deuxieme semestre": "2e semestre"}.get(
        text, text
    )
    if flat in PARTS:
        return flat
    if flat[0] in "ts":
        number, unit = int(flat[1]), "trimestre" if flat[0] == "t" else "semestre"
    else:
        number, unit = int(flat[0]), "trimestre" if "trimestre" in flat else "semestre"
    return f"{number}{'er' if number == 1 else 'e'} {unit}"
