"""What the rows of the ANR say, gathered: projects, organisations by their name, and who takes part in what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from importers.anr.columns import PARTNER, PROJECT, columns, known, programmes
from importers.decoding import boolean, folded, tidy
from importers.gathering import Gathered, Place
from importers.tablefiles import Opened, Table
from importers.typed import Reading
from pacte_graph import ids
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import Rejected, Where

_UNKNOWN = re.compile(r"non[ _-]*(renseigne|communique|precise)(\(e\)|e)?s?\.?")
_NO_PROJECT = Told("The row names no project by its decision code.", "La ligne ne nomme aucun projet par son code de décision.")
_NO_PARTNER = Told(
    "The partner has no name (« Non renseigné »): nobody can be linked to the project.",
    "Le partenaire n'a pas de nom (« Non renseigné ») : personne ne peut être lié au projet.",
)
STATED = ("acronym", "name", "english", "grant", "since", "call")
"""What is gathered of a project, in this order."""
COUNTED = ("kind_stated", "town", "country", "region")
"""What is counted of an organisation: each row says it anew."""


def told(text: str) -> str:
    """Return a cell on one line; nothing for « Non renseigné » however it is spelt.

    >>> told(" CNRS  Occitanie "), told("NON-RENSEIGNÉ"), told("Non renseigné(e)")
    ('CNRS Occitanie', '', '')
    """
    flat = tidy(text)
    return "" if flat[:3].casefold() == "non" and _UNKNOWN.fullmatch(folded(flat)) else flat


@dataclass(slots=True)
class Taking:
    """The rows that tie one organisation to one project: partner codes, those that coordinate, amounts, places."""

    codes: dict[str, Place] = field(default_factory=dict)
    leads: list[str] = field(default_factory=list)
    stated: bool = False
    amounts: dict[str, str] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class Body:
    """The rows that name one organisation: how often each category, town, country and region, and the places."""

    name: str
    counts: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in COUNTED})
    places: list[Place] = field(default_factory=list)

    def kept(self, name: str) -> str:
        """Return the text written most often, the first in the alphabet among equals; empty when there is none."""
        return min(self.counts[name].items(), key=lambda item: (-item[1], item[0]), default=("", 0))[0]

    def shown_places(self) -> list[Place]:
        """Return where it is stated: the first row when all rows say the same, every row when they don't."""
        return self.places if any(self.others(name) for name in COUNTED) else self.places[:1]

    def others(self, name: str) -> list[str]:
        """Return the other texts, sorted."""
        kept = self.kept(name)
        return sorted(text for text in self.counts[name] if text != kept)


class Survey:
    """What the tables say together; ``rejected`` and ``strange`` hold what couldn't be taken."""

    def __init__(self, opened: Opened, programme: str) -> None:
        self.strange = opened.strange
        self.rejected: list[Rejected] = []
        self._reading = Reading({"Est_coordinateur": boolean}, self.strange)
        self.projects = Gathered()
        self.bodies: dict[str, Body] = {}
        self.takings: dict[tuple[str, str], Taking] = {}
        self.tables = [table for table in opened.tables if self._understood(table)]
        if not self.tables:
            raise DataRefused(
                tell(
                    "No table of the ANR was found: none has the column {column}.",
                    "Aucun tableau de l'ANR n'a été trouvé : aucun n'a la colonne {column}.",
                    column=PROJECT["code"][0],
                ),
                hint=Told(
                    "Give the CSV or .xlsx files that the ANR publishes.", "Donnez les fichiers CSV ou .xlsx que publie l'ANR."
                ),
            )
        self.programme = _programme(self.tables, programme)
        for number, table in enumerate(self.tables):
            self._read(number, table)

    def where(self, place: Place) -> Where:
        """Return a place as records carry it."""
        table, line = place
        return self.tables[table].where(line)

    def _understood(self, table: Table) -> bool:
        if "code" in columns(table, PROJECT):
            self.strange += table.unknown(known())
            return True
        self.strange += table.unknown(())
        return False

    def _read(self, number: int, table: Table) -> None:
        partners = "name" in columns(table, PARTNER)
        for line, project, partner, cells in self._rows(table):
            code = project["code"]
            if not code:
                self.rejected.append(table.refused(line, cells, _NO_PROJECT))
                continue
            about: tuple[str, ...] = ()
            try:
                id_ = ids.make("project", "anr", code)
                about = (id_,)
                self._take((number, line), id_, project, partner, partners=partners)
            except DataRefused as refusal:
                self.rejected.append(table.refused(line, cells, refusal.message, about))

    def _take(self, place: Place, id_: str, project: dict[str, str], partner: dict[str, str], *, partners: bool) -> None:
        """Take one row; raises DataRefused for the part of it that can't be taken, once the project is."""
        self.projects.add(id_, tuple(project[name] for name in STATED), "", place)
        if not partners:
            return
        name = partner["name"]
        if not name:
            raise DataRefused(_NO_PARTNER)
        actor = ids.make("actor", "anr", name)
        body = self.bodies.setdefault(actor, Body(name))
        body.places.append(place)
        for column in COUNTED:
            if partner[column]:
                body.counts[column][partner[column]] += 1
        taking = self.takings.setdefault((id_, actor), Taking())
        taking.places.append(place)
        taking.codes.setdefault(partner["partner"], place)
        if partner["amount"]:
            taking.amounts.setdefault(partner["partner"] or str(place), partner["amount"])
        leads = self._reading.value("Est_coordinateur", partner["leads"], self.where(place))
        taking.stated = taking.stated or leads is not None
        if leads:
            taking.leads.append(partner["partner"])

    def _rows(self, table: Table) -> Iterator[tuple[int, dict[str, str], dict[str, str], list[str]]]:
        """Return each row's line, what it says of the project and of the partner, and its cells."""
        ours, theirs = columns(table, PROJECT), columns(table, PARTNER)
        headers = [*(ours.get(name, "") for name in PROJECT), *(theirs.get(name, "") for name in PARTNER)]
        for line, row in table.rows(headers, self.rejected):
            cells = [told(cell) for cell in row]
            about = dict(zip(PROJECT, cells, strict=False))
            yield line, about, dict(zip(PARTNER, cells[len(PROJECT) :], strict=True)), cells


def _programme(tables: list[Table], asked: str) -> str:
    """Return the programme the tables belong to; refused when they tell two, or none and none is asked for."""
    found = {name for table in tables for name in programmes(table)}
    if len(found) > 1:
        mixed = Told(
            "The files mix investments for the future (PIA) and the action plan (DOS).",
            "Les fichiers mêlent les investissements d'avenir (PIA) et le plan d'action (DOS).",
        )
        raise DataRefused(mixed, hint=Told("Import them apart.", "Importez-les séparément."))
    if found and asked and asked not in found:
        raise DataRefused(
            tell(
                "The files are those of programme {found}, not {asked}.",
                "Les fichiers sont ceux du programme {found}, pas de {asked}.",
                found=found.pop(),
                asked=asked,
            ),
            hint=Told("Leave the option out.", "Retirez l'option."),
        )
    if not found and not asked:
        raise DataRefused(
            Told(
                "The files don't tell which programme they belong to.", "Les fichiers ne disent pas de quel programme ils sont."
            ),
            hint=Told(
                "Give the table of projects too, or --option programme=pia (or dos).",
                "Donnez aussi le tableau des projets, ou --option programme=pia (ou dos).",
            ),
        )
    return found.pop() if found else asked
