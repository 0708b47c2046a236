"""The flow of one sheet: bytes, lines, sections, records. What no rule understands is listed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from importers.decoding import read_bytes
from importers.feuille_de_route import passages, people
from importers.feuille_de_route.collector import Collector
from importers.feuille_de_route.dates import interval
from importers.feuille_de_route.documents import open_text
from importers.feuille_de_route.known import programme
from importers.feuille_de_route.lines import MARGIN, Line, read, split
from importers.feuille_de_route.projects import numbers
from importers.feuille_de_route.sections import Section, Title, cut, footer, title
from importers.feuille_de_route.senses import alone, both, stated
from pacte_graph import ids
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import Batch, Card, NotUnderstood, Ref, SourceFile

LIMIT = 20_000_000
NOTHING = frozenset({"ras", "neant", "aucun", "aucune", "sans objet", "-"})
_PICTURE = Told(
    "This page is a picture without text: run a text recognition on the file to have it read.",
    "Cette page est une image sans texte : passez le fichier par une reconnaissance de texte pour la faire lire.",
)
RULES: dict[str, Callable[[Collector, Section], None]] = {
    "objectives": passages.objectives,
    "milestones": passages.milestones,
    "deliverables": passages.deliverables,
    "risks": passages.risks,
    "success": passages.success,
    "work": passages.work,
    "indicators": passages.indicators,
    "follow_up": people.follow_up,
}


def sheet(path: Path, given: str | None, importer: tuple[str, str]) -> Batch:
    """Return the batch of one sheet. Raises DataRefused when it is empty, of another kind, too large, or numbers no project."""
    data = read_bytes(path, LIMIT)
    opened = open_text(path, data)
    text = opened.text
    lines = read(text, opened.levels)
    if not lines:
        raise DataRefused(
            tell("{file} is empty.", "{file} est vide.", file=path.name),
            hint=Told("Give a road-map sheet: text, PDF or DOCX.", "Donnez une feuille de route : texte, PDF ou DOCX."),
        )
    first = title(lines)
    if first is None:
        raise DataRefused(
            tell("{file} numbers no project.", "{file} ne donne aucun numéro de projet.", file=path.name),
            hint=Told(
                "A sheet has a line such as “Projet 7 : titre” or “Fiche action n° 7”.",
                "Une fiche a une ligne telle que « Projet 7 : titre » ou « Fiche action n° 7 ».",
            ),
        )
    found = Collector(path.name, programme(text, given), first.number, opened)
    rest = _frame(found, lines, first)
    margins = [line for line in lines if line.level == MARGIN and line not in rest]
    before, sections = cut(tuple(line for line in lines if line not in rest and line.level != MARGIN))
    for line in sorted([*before, *margins], key=lambda item: item.number):
        found.strange(line)
    for page in opened.pictures:
        found.not_understood.append(NotUnderstood(path.name, None, page, _PICTURE))
    _sections(found, sections, text)
    card = Card(
        ids.make("source", importer[0], found.programme.key, found.number),
        f"Feuille de route du projet {found.number}",
        f"Road-map sheet of project {found.number}",
        scope=found.programme.name,
    )
    files = (SourceFile(path.name, hashlib.sha256(data).hexdigest()),)
    return Batch(card, importer[0], importer[1], files, found.nodes(), found.links(), [], found.not_understood)


def _frame(found: Collector, lines: tuple[Line, ...], first: Title) -> set[Line]:
    """State programme, document and project from the title and the last line; return those lines."""
    last = footer(lines, found.number)
    framing = [*first.lines] if last is None else [*first.lines, last.line]
    name = first.name
    day = interval(last.line.text) if last else None
    date = day.first if day and day.first == day.last else None
    version = last.version if last else None
    spelt = [line for line in lines if found.programme.alias and found.programme.alias in line.text][:1] or [first.line]
    aliases = [found.programme.alias] if found.programme.alias and found.programme.alias != found.programme.name else None
    found.node("Programme", found.programme.id, spelt, name=found.programme.name, aliases=aliases)
    shown = f" « {name} »" if name else ""
    document = f"Feuille de route du projet {found.number:02d}{shown}"
    found.node("Document", found.document.id, framing, name=document, version=version, published_on=date)
    found.scoped("Project", found.project.id, framing, number=found.number, name=name, sheet_version=version, sheet_date=date)
    found.link("STATED_IN", found.project, found.document, framing)
    return set(framing)


def _sections(found: Collector, sections: tuple[Section, ...], text: str) -> None:
    raw = split(text)
    known: dict[str, Ref] = {}
    for section in sections:  # managers first: the team may name them by their initials, wherever it stands
        if section.key == "manager":
            known |= people.managers(found, section)
    named: dict[int, list[Line]] = {}
    senses: dict[int, str | None] = {}
    for order, section in enumerate(sections):
        _raw(found, section, order, raw)
        for number, lines in _read(found, section, known, senses).items():
            named.setdefault(number, []).extend(lines)
    for number, lines in sorted(named.items()):
        if number != found.number:
            sense = senses.get(number) or "unspecified"
            other = found.scoped("Project", ids.make("project", found.programme.key, number), lines, number=number)
            found.link("LINKED_TO", found.project, other, lines, sense=sense, declared_by=found.project.id)


def _read(found: Collector, section: Section, known: dict[str, Ref], senses: dict[int, str | None]) -> dict[int, list[Line]]:
    """Apply the section's rule; return the other projects it names, with their lines, and add the directions it states."""
    if section.key == "team":
        return people.team(found, section, known)
    if section.key == "links":
        return _links(found, section, senses)
    if section.key in RULES:
        RULES[section.key](found, section)
    elif section.key == "financing":
        _financing(found, section)
    elif section.key is None:
        found.strange(section.head)
    return {}


def _financing(found: Collector, section: Section) -> None:
    """Keep what the sheet says of the financing as text: “RAS” is unknown, not zero."""
    stated = " ".join(line.text for line in section.lines)
    if stated:
        found.node(*found.project, section.lines, financing_text=stated)


def _raw(found: Collector, section: Section, order: int, raw: list[str]) -> None:
    """Keep the section's text as it stands, so that nothing of the sheet is lost."""
    last = max([section.head.number, *(line.number for line in section.lines)])
    text = "\n".join(raw[section.head.number - 1 : last]).strip() or section.name
    parts = (found.programme.key, found.number, order)
    ref = found.node("Section", ids.make("section", *parts), [section.head, *section.lines], name=section.name, text=text,
                     order=order, line_from=section.head.number, line_to=last)  # fmt: skip
    found.link("HAS_SECTION", found.document, ref, [section.head])


def _links(found: Collector, section: Section, senses: dict[int, str | None]) -> dict[int, list[Line]]:
    """Return the projects that lines of links name; a line that is only a direction holds for those under it."""
    named: dict[int, list[Line]] = {}
    over: tuple[str, Line] | None = None
    for line in section.lines:
        told = stated(line.text, found.number)
        direction = alone(line.text)
        if direction:
            over = (direction, line)
        elif (not numbers(line.text, bare=True) and line.text.strip(" .").lower() not in NOTHING) or not told.clear:
            found.strange(line)
        for number, sense in told.senses.items():
            held = [over[1]] if over and sense is None else []
            named.setdefault(number, []).extend([*held, line])
            senses[number] = both(senses.get(number), sense or (over[0] if over and told.clear else None))
    return named
