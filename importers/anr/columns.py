"""The tables of the ANR: the columns that are read, under the names they had over the years, and those ignored by name."""

from __future__ import annotations

from importers.decoding import folded
from importers.tablefiles import Table

PROJECT = {
    "code": ("Projet.Code_Decision_ANR", "Projet.Code_Decision"),
    "acronym": ("Projet.Acronyme",),
    "name": ("Projet.Titre.Francais",),
    "english": ("Projet.Titre.Anglais",),
    "grant": ("Projet.Aide_allouee", "Projet.Montant.AF.Aide_allouee.ANR"),
    "since": ("Projet.Date_debut", "Projet.T0 scientifique"),
    "call": ("Action.Titre.Francais", "Programme.Acronyme"),
}
PARTNER = {
    "partner": ("Projet.Partenaire.Code_Decision_ANR", "Projet.Partenaire.Code_Decision"),
    "leads": ("Projet.Partenaire.Est_coordinateur",),
    "name": ("Projet.Partenaire.Nom_organisme",),
    "kind_stated": ("Projet.Partenaire.Categorie_organisme",),
    "town": ("Projet.Partenaire.Adresse.Ville",),
    "country": ("Projet.Partenaire.Adresse.Pays",),
    "region": ("Projet.Partenaire.Adresse.Region",),
    "amount": ("Projet.Partenaire.Aide_allouee.ANR",),
}
IGNORED = (
    *("Action.Edition", "AAP.Edition", "Action.Titre.Anglais"),
    *("Projet.Resume.Francais", "Projet.Resume.Anglais", "Projet.Duree"),
    *("Projet.Partenaire.Code_RNSR", "Projet.Partenaire.Sigle_organisme", "Projet.Partenaire.Adresse.Code_postal"),
    *(f"Projet.Partenaire.Responsable_scientifique.{part}" for part in ("Nom", "Prenom", "ORCID")),
)
"""The edition is the year of the project's code; the people in charge are left out on purpose."""
PROGRAMME = {"pia": ("Action.Titre.Francais", "Action.Edition"), "dos": ("AAP.Edition", "Programme.Acronyme")}
"""What tells the investments for the future (PIA) from the ANR's own action plan (DOS)."""


def columns(table: Table, wanted: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the header's column for each thing wanted that the table has; the first name there is counts."""
    header = {folded(name): name for name in table.header}
    found = {ours: next((header[folded(name)] for name in names if folded(name) in header), "") for ours, names in wanted.items()}
    return {ours: name for ours, name in found.items() if name}


def known() -> tuple[str, ...]:
    """Return every column that is read or ignored by name."""
    read = [name for wanted in (PROJECT, PARTNER) for names in wanted.values() for name in names]
    return (*read, *IGNORED)


def programmes(table: Table) -> set[str]:
    """Return the programmes that a table's columns tell: none for a table of partners."""
    there = set(table.index())
    return {name for name, names in PROGRAMME.items() if there & {folded(column) for column in names}}
