"""Passages of a sheet: objectives and their scales, milestones, deliverables, risks, success factors, work items, indicators."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from importers.decoding import folded
from importers.feuille_de_route.collector import Collector
from importers.feuille_de_route.dates import Interval, interval
from importers.feuille_de_route.known import SCALES
from importers.feuille_de_route.lines import Line
from importers.feuille_de_route.sections import Section
from pacte_graph import ids
from pacte_graph.records import Ref

CLASSES = (  # pattern on the folded text, key, name, kind: classes of actors, never institutions
    (r"\bcodev\b|\bconseils? de developpement\b", "codev", "Codev", "development_council"),
    (r"\bcci\b|\bchambres? consulaires?\b|\bchambres? de commerce\b", "cci", "CCI", "chamber"),
    (r"\buniversites?\b", "universités", "Universités", "university"),
    (r"\bpoles?(?: de competitivite)?\b", "pôles", "Pôles", "competitiveness_cluster"),
    (r"\bclusters?\b", "clusters", "Clusters", "cluster"),
    (r"\bentreprises\b", "entreprises", "Entreprises", "company"),
)
_RISKY = re.compile(r"\b(?:conflits?|bloqu\w*|risques?|retards?|absence|manque|raideur|opposition|refus|echec)\b")
_DOUBT = "Cette ligne est à part dans sa section et se lit comme un risque ; elle est gardée là où elle se trouve."
_FAMILIES = {"qualitatif": "qualitative", "quantitatif": "quantitative"}
_FRACTION = re.compile(r"\b(?P<n>\d{1,2})\s*/\s*(?P<d>\d{1,2})\b(?!\s*/)")
_PERCENT = re.compile(r"\b(?P<n>\d{1,3})\s*%")
_WORDS = {
    "un tiers": (1, 3),
    "le tiers": (1, 3),
    "deux tiers": (2, 3),
    "la moitie": (1, 2),
    "un quart": (1, 4),
    "trois quarts": (3, 4),
}
_CHAINS = (("metropolis", "agglomeration", "city_network", "region"), ("metropolis", "bimetropolitan", "region"))
_NESTED = re.compile(r"poupees russes|emboit")
_MEMBERS = re.compile(r"\bavec (?:le|la|l'|les)\s*(?P<names>.+)$")


def target(text: str) -> tuple[int, int] | None:
    """Return a target as an exact fraction: “1/3”, “au moins un tiers”, “30 %”; None when there is none."""
    flat = folded(text)
    for wording, fraction in _WORDS.items():
        if wording in flat:
            return fraction
    found = _FRACTION.search(flat)
    if found and 0 < int(found["n"]) <= int(found["d"]):
        return int(found["n"]), int(found["d"])
    found = _PERCENT.search(flat)
    return (int(found["n"]), 100) if found and int(found["n"]) <= 100 else None


def objectives(sheet: Collector, section: Section) -> None:
    """State the objectives; lines “à l'échelle…” under one are the scales it means, nested when it says so."""
    current: Ref | None = None
    scales: dict[str, tuple[Ref, Line]] = {}
    nested: Line | None = None
    for line in section.lines:
        flat = folded(line.text)
        level = _level(flat) if "echelle" in flat.split(" de ")[0] and current is not None else None
        if level and current is not None:
            scales[level] = (_scale(sheet, level, line), line)
            sheet.link("MENTIONS", current, scales[level][0], [line])
            continue
        fraction = target(line.text)
        told: dict[str, Any] = {} if fraction is None else {"target_numerator": fraction[0], "target_denominator": fraction[1]}
        current = sheet.passage("Objective", "objective", "HAS_OBJECTIVE", line, **told)
        nested = line if _NESTED.search(flat) else nested
    if nested is not None:
        _nest(sheet, scales, nested)


def _level(flat: str) -> str | None:
    return next((level for level, (pattern, _, _) in SCALES.items() if re.search(pattern, flat)), None)


def _scale(sheet: Collector, level: str, line: Line) -> Ref:
    identifier, name = sheet.programme.scale(level)
    communes = re.search(r"\b(\d{1,4}) communes\b", line.text)
    stated = int(communes[1]) if communes and level == "metropolis" else None
    ref = sheet.scoped("Territory", identifier, [line], name=name, level=level, communes_stated=stated)
    found = _MEMBERS.search(folded(line.text))
    for row in sheet.programme.rows("territories") if found else []:
        if row["match"] in folded(line.text):
            member = sheet.scoped("Territory", row["id"], [line], name=row["name"], level=row["level"])
            sheet.link("MEMBER_OF", member, ref, [line])
    if level == "bimetropolitan":
        home, home_name = sheet.programme.scale("metropolis")
        member = sheet.scoped("Territory", home, [line], name=home_name, level="metropolis")
        sheet.link("MEMBER_OF", member, ref, [line])
    return ref


def _nest(sheet: Collector, scales: dict[str, tuple[Ref, Line]], said: Line) -> None:
    for chain in _CHAINS:
        there = [scales[level] for level in chain if level in scales]
        for (child, first), (parent, second) in pairwise(there):
            sheet.link("WITHIN", child, parent, [said, first, second])


def milestones(sheet: Collector, section: Section) -> None:
    """State the milestones; a line that is only a date holds for those under it."""
    current: tuple[Interval, Line] | None = None
    for line in section.lines:
        own = interval(line.text)
        if own is not None and folded(line.text).strip(" .:") == folded(own.text):
            current = (own, line)
            continue
        if own is None and current is not None:
            ref = sheet.passage("Milestone", "milestone", "HAS_MILESTONE", line, **_dated(current[0]))
            sheet.node(*ref, [current[1]])
        else:
            sheet.passage("Milestone", "milestone", "HAS_MILESTONE", line, **_dated(own))


def deliverables(sheet: Collector, section: Section) -> None:
    """State the deliverables, with the date each line gives."""
    for line in section.lines:
        sheet.passage("Deliverable", "deliverable", "HAS_DELIVERABLE", line, **_dated(interval(line.text)))


def _dated(found: Interval | None) -> dict[str, Any]:
    return {} if found is None else {"date_from": found.first, "date_to": found.last, "date_text": found.text}


def risks(sheet: Collector, section: Section) -> None:
    """State the risks."""
    for line in section.lines:
        sheet.passage("Risk", "risk", "HAS_RISK", line)


def success(sheet: Collector, section: Section) -> None:
    """State the success factors; one that stands apart and reads like a risk is marked doubtful and stays where it is."""
    for place, line in enumerate(section.lines):
        doubtful = place > 0 and line.apart and _RISKY.search(folded(line.text))
        ref = sheet.passage("SuccessFactor", "success", "HAS_SUCCESS_FACTOR", line, doubt=_DOUBT if doubtful else None)
        classes(sheet, ref, line)


def work(sheet: Collector, section: Section) -> None:
    """State the work items."""
    for line in section.lines:
        classes(sheet, sheet.passage("WorkItem", "work", "HAS_WORK_ITEM", line), line)


def indicators(sheet: Collector, section: Section) -> None:
    """State the indicators with family and examples; “Qualitatifs :” holds for the lines under it."""
    family, heading = None, None
    for line in section.lines:
        word = folded(line.text).strip(" .:").removesuffix("s")
        if word in _FAMILIES:
            family, heading = _FAMILIES[word], line
            continue
        ref = sheet.passage("Indicator", "indicator", "HAS_INDICATOR", line, family=family, examples=examples(line.text) or None)
        if heading is not None:
            sheet.node(*ref, [heading])
        classes(sheet, ref, line)


def examples(text: str) -> list[str]:
    """Return the examples given in parentheses: “(ex. A, B..)” or a list of at least two."""
    found = re.search(r"\((?P<marked>\s*(?:ex\.?|par ex\.?|exemples?)\s*:?\s*)?(?P<list>[^()]*)\)", text)
    if not found:
        return []
    parts = [part.strip(" .…") for part in re.split(r"[,;]", found["list"])]
    kept = [part for part in parts if part and folded(part) not in {"etc", "etc."}]
    return kept if found["marked"] or len(kept) >= 2 else []


def classes(sheet: Collector, passage: Ref, line: Line) -> None:
    """State the classes of actors a line names, as collective actors: no institution is invented."""
    flat = folded(line.text)
    for pattern, key, name, kind in CLASSES:
        if re.search(pattern, flat):
            identifier = ids.make("actor", sheet.programme.key, "collectif", key)
            actor = sheet.scoped("Actor", identifier, [line], name=name, kind=kind, collective=True)
            sheet.link("MENTIONS", passage, actor, [line])
