"""The first pass over the tables: what is said of each project and organisation, who takes part in what; no record yet."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from importers.cordis import columns
from importers.cordis.columns import ORGANIZATIONS, PARTICIPATIONS, PARTS, PROJECTS, Participation, Shape
from importers.cordis.options import PROGRAMMES
from importers.gathering import Gathered, Place
from importers.tablefiles import Opened, Table
from pacte_graph import ids
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import NotUnderstood, Rejected, Where

_NO_GRANT = Told("The column id holds no grant number.", "La colonne id ne contient pas de numéro de convention.")
_NO_PART = Told(
    "The row names no project, or no programme part.", "La ligne ne nomme pas de projet, ou pas de volet du programme."
)
_NO_PROJECT = Told("The row names no project by its number.", "La ligne ne nomme aucun projet par son numéro.")
_NO_ORGANISATION = Told(
    "The row names no organisation by its number (PIC).", "La ligne ne nomme aucun organisme par son numéro (PIC)."
)

Triple = tuple[str, str, str]
"""Project, organisation and role as written: one participation."""


class Survey:
    """What the tables say together. ``rejected`` and ``strange`` hold what couldn't be taken."""

    def __init__(self, opened: Opened) -> None:
        self.strange = opened.strange
        self.rejected: list[Rejected] = []
        self.projects, self.actors = Gathered(), Gathered()
        self.stated: dict[str, str] = {}
        self.axes: dict[str, dict[str, Place]] = {}
        self.taking: set[Triple] = set()
        self.repeated: set[Triple] = set()
        self.latest = ""
        self._by_grant: dict[str, str] = {}
        self._by_rcn: dict[str, str] = {}
        self._by_pic: dict[str, str] = {}
        self.tables = self._sorted(opened.tables)
        self._read()

    def where(self, place: Place) -> Where:
        """Return a place as records carry it."""
        table, line = place
        return self.tables[table][1].where(line)

    def programmes(self, default: str) -> list[str]:
        """Return the programmes of the projects: those stated, and ``default`` for projects of which none is stated."""
        unstated = any(project not in self.stated for project in self.projects)
        return sorted({*self.stated.values(), *([default] if unstated else [])})

    def default(self, asked: str) -> str:
        """Return the programme of projects whose programme isn't stated: the one asked for, the only one stated, or H2020."""
        told = set(self.stated.values())
        return asked or (told.pop() if len(told) == 1 else "h2020")

    def participations(self, *, first: bool = False) -> Iterator[tuple[int, Participation, Triple]]:
        """Return each row that ties an organisation to a project, with its table's number; ``first`` lists the bad rows."""
        for number, (shape, table) in enumerate(self.tables):
            make = columns.from_organizations if shape is ORGANIZATIONS else columns.from_participations
            if shape in (ORGANIZATIONS, PARTICIPATIONS):
                for line, row in table.rows(shape.read, self.rejected if first else None):
                    taken = make(line, row)
                    problem = _problem(taken)
                    if problem is None:
                        project = self._grant(taken.project) if shape is ORGANIZATIONS else self._rcn(taken.project)
                        yield number, taken, (project, self._pic(taken.pic), sys.intern(taken.role))
                    elif first:
                        self.rejected.append(table.refused(line, row, problem, self._named(shape, taken)))

    def _sorted(self, tables: list[Table]) -> list[tuple[Shape, Table]]:
        """Return the tables understood, projects first; refuse a set without any, or with two sorts of participations."""
        found: list[tuple[Shape, Table]] = []
        for table in tables:
            shape = columns.shape(table)
            if shape is not None:
                found.append((shape, table))
                self.strange += table.unknown((*shape.read, *shape.ignored))
            elif not columns.ignored(table):
                self.strange.append(NotUnderstood(table.shown, 1, None, _unknown(table)))
        kinds = {shape.name for shape, _ in found}
        if not found:
            raise DataRefused(
                Told(
                    "No table of CORDIS was found: none has the columns of project.csv or organization.csv.",
                    "Aucun tableau de CORDIS n'a été trouvé : aucun n'a les colonnes de project.csv ou d'organization.csv.",
                ),
                hint=Told(
                    "Give the archive or the CSV files of a CORDIS set, or a table with the columns rcn, pic and role.",
                    "Donnez l'archive ou les fichiers CSV d'un jeu de CORDIS, ou un tableau avec les colonnes rcn, pic et role.",
                ),
            )
        if {ORGANIZATIONS.name, PARTICIPATIONS.name} <= kinds:
            raise DataRefused(
                Told(
                    "Tables by grant number and tables by record number state the same participations twice.",
                    "Les tableaux par numéro de convention et par numéro de fiche disent deux fois les mêmes participations.",
                ),
                hint=Told("Import them apart.", "Importez-les séparément."),
            )
        return sorted(found, key=lambda item: columns.SHAPES.index(item[0]))

    def _read(self) -> None:
        for number, (shape, table) in enumerate(self.tables):
            if shape is PROJECTS:
                self._read_projects(number, table)
            elif shape is PARTS:
                self._read_parts(number, table)
        for number, taken, triple in self.participations(first=True):
            place = (number, taken.line)
            self.projects.add(triple[0], taken.about_project, taken.stamp, place)
            self.actors.add(triple[1], taken.about_actor, taken.stamp, place)
            (self.repeated if triple in self.taking else self.taking).add(triple)
            self.latest = max(self.latest, taken.stamp)
        for project, parts in self.axes.items():
            if project not in self.projects:
                self.projects.add(project, ("",) * len(columns.PROJECT), "", next(iter(parts.values())))

    def _read_projects(self, number: int, table: Table) -> None:
        for line, row in table.rows(PROJECTS.read, self.rejected):
            grant, rcn, framework, stamp, *about = row
            if not _is_number(grant.strip()):
                self.rejected.append(table.refused(line, row, _NO_GRANT))
                continue
            project = self._grant(grant.strip())
            if framework.strip():
                self.stated[project] = _framework(table, line, framework)
            if _is_number(rcn.strip()):
                self._by_rcn[rcn.strip()] = project
            self.projects.add(project, tuple(about), stamp, (number, line))
            self.latest = max(self.latest, stamp)

    def _read_parts(self, number: int, table: Table) -> None:
        for line, row in table.rows(PARTS.read, self.rejected):
            rcn, part = (cell.strip() for cell in row)
            if not _is_number(rcn) or part in ("", "NA"):
                self.rejected.append(table.refused(line, row, _NO_PART, (self._rcn(rcn),) if _is_number(rcn) else ()))
                continue
            self.axes.setdefault(self._rcn(rcn), {}).setdefault(part, (number, line))

    def _named(self, shape: Shape, taken: Participation) -> tuple[str, ...]:
        """Return what a bad row names all the same: its project, its organisation."""
        project = self._grant if shape is ORGANIZATIONS else self._rcn
        found = ((project, taken.project), (self._pic, taken.pic))
        return tuple(make(number) for make, number in found if _is_number(number))

    def _grant(self, number: str) -> str:
        found = self._by_grant.get(number)
        return found or self._by_grant.setdefault(number, ids.make("project", "cordis", number))

    def _rcn(self, number: str) -> str:
        found = self._by_rcn.get(number)
        return found or self._by_rcn.setdefault(number, ids.make("project", "cordis", "rcn", number))

    def _pic(self, number: str) -> str:
        found = self._by_pic.get(number)
        return found or self._by_pic.setdefault(number, ids.make("actor", "pic", number))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 20


def _problem(taken: Participation) -> Told | None:
    if not _is_number(taken.project):
        return _NO_PROJECT
    return None if _is_number(taken.pic) else _NO_ORGANISATION


def _unknown(table: Table) -> Told:
    return tell(
        "No table of CORDIS has these columns: {columns}.",
        "Aucun tableau de CORDIS n'a ces colonnes : {columns}.",
        columns=", ".join(table.header)[:200],
    )


def _framework(table: Table, line: int, text: str) -> str:
    found = PROGRAMMES.get(text.strip().casefold())
    if found is None:
        raise DataRefused(
            tell(
                "{file}, line {line}: the framework programme “{text}” is neither H2020 nor HORIZON.",
                "{file}, ligne {line} : le programme-cadre « {text} » n'est ni H2020 ni HORIZON.",
                file=table.shown,
                line=line,
                text=text[:40],
            ),
            hint=Told(
                "Give the set of Horizon 2020 or of Horizon Europe.", "Donnez le jeu d'Horizon 2020 ou celui d'Horizon Europe."
            ),
        )
    return found
