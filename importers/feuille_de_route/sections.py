"""A sheet cut into its sections: headings known by what they mean, whatever their order, case, accents or punctuation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from importers.decoding import folded
from importers.feuille_de_route.lines import Line

# key -> headings, folded; the first is how the section is called
HEADINGS = {
    "manager": ("chef de projet", "cheffe de projet", "chef(fe) de projet", "pilote", "pilotage", "responsable du projet"),
    "context": ("contexte et enjeux", "contexte", "enjeux", "elements de contexte"),
    "objectives": ("objectifs du projet", "objectifs", "objectif", "finalites"),
    "milestones": ("jalons cles", "jalons", "calendrier", "echeances", "etapes cles"),
    "team": ("equipe projet", "equipe", "equipe du projet"),
    "financing": ("financement", "financements", "budget", "plan de financement"),
    "work": ("travaux a conduire", "travaux", "actions a conduire", "actions", "plan d'actions"),
    "deliverables": ("livrables", "livrables attendus", "productions attendues"),
    "risks": ("principaux risques identifies", "risques identifies", "risques", "principaux risques"),
    "success": ("facteurs cles de succes", "facteurs de succes", "conditions de reussite", "facteurs cles de reussite"),
    "indicators": ("criteres d'impact - indicateurs", "criteres d'impact", "indicateurs", "indicateurs d'impact", "evaluation"),
    "links": (
        "liens avec les autres projets du schema",
        "liens avec les autres projets",
        "liens avec d'autres projets",
        "projets lies",
        "liens",
    ),
    "follow_up": ("comite de suivi", "suivi", "comite de pilotage", "gouvernance"),
}
_KNOWN = {heading: key for key, headings in HEADINGS.items() for heading in headings}
_TITLE = re.compile(r"\bprojet\s*(?:n\s*[°o]\s*)?(?P<number>\d{1,3})\b\s*(?:[:\-–—.]\s*)?(?P<rest>.*)$", re.IGNORECASE)
_FOOTER = re.compile(
    r"(?:projet\s*(?P<number>\d{1,3}).{0,20})?(?:^|[\W_])v(?:ersion)?\.?\s*(?P<version>\d+(?:\.\d+)*).{0,40}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines under it. ``key`` is None for a heading no rule knows; ``head`` is its line."""

    key: str | None
    name: str
    head: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """The line that numbers the project and names it (the name may be missing)."""

    line: Line
    number: int
    name: str | None


@dataclass(frozen=True, slots=True)
class Footer:
    """The line that gives version and date of update."""

    line: Line
    version: str


def title(lines: tuple[Line, ...]) -> Title | None:
    """Return the first line that numbers the project; a line of the links or of the team numbers another one."""
    key = None
    for line in lines:
        told = heading(line)
        key = told[0] if told else key
        found = _TITLE.search(line.text)
        if found and _opens(line.text[: found.start()]) and key not in {"links", "team"} and (key is None or not line.bullet):
            rest = re.sub(r"[\s:–—-]*feuille de route\s*$", "", found["rest"], flags=re.IGNORECASE).strip(
                " «»\"“”'’\u00a0\u202f.:-–—"
            )
            return Title(line, int(found["number"]), rest or None)
    return None


def _opens(before: str) -> bool:
    flat = folded(before).strip(" #«\"':-–—")
    return flat in {"", "fiche", "feuille de route"} or flat.startswith("feuille de route")


def footer(lines: tuple[Line, ...], number: int) -> Footer | None:
    """Return the last line that reads like “Projet 03_FdR_v0.1_maj le 08/12/2015”."""
    for line in reversed(lines):
        found = _FOOTER.search(line.text)
        if found and not line.bullet and (found["number"] is None or int(found["number"]) == number):
            return Footer(line, found["version"])
    return None


def heading(line: Line) -> tuple[str | None, str, str] | None:
    """Return (key, name, what follows on the line) when a line is a heading; an unknown one has no key."""
    if line.bullet and not line.apart:
        return None  # a passage that happens to be the word of a heading
    name, _, rest = line.text.partition(":")
    flat = folded(name).strip(" .-–—")
    if flat in _KNOWN and (not rest or not line.bullet or not rest.strip()):
        return _KNOWN[flat], name.strip(), rest.strip()
    whole = folded(line.text).strip(" .:-–—")
    if whole in _KNOWN:
        return _KNOWN[whole], line.text.strip(" :"), ""
    if not line.bullet and line.apart and line.depth == 0 and _looks_like_heading(line.text):
        return None, line.text.strip(" :"), ""
    return None


def known_heading(text: str) -> bool:
    """Tell whether a line, by itself, is a heading that a rule knows."""
    return folded(text).strip(" .:-–—") in _KNOWN


def _looks_like_heading(text: str) -> bool:
    bare = text.strip(" :")
    return (text.isupper() or text.rstrip().endswith(":")) and 3 < len(bare) <= 60 and not re.search(r"\d{4}", bare)


def cut(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Section, ...]]:
    """Return the lines before the first heading, and the sections in order. Every line is in one place."""
    before: list[Line] = []
    sections: list[tuple[str | None, str, Line, list[Line]]] = []
    for line in lines:
        found = heading(line)
        if found:
            key, name, rest = found
            content = [Line(line.number, rest, line.depth, bullet=True, apart=False)] if rest else []
            sections.append((key, name, line, content))
        elif sections:
            sections[-1][3].append(line)
        else:
            before.append(line)
    return tuple(before), tuple(Section(key, name, head, tuple(content)) for key, name, head, content in sections)
