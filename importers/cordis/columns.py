"""The tables of CORDIS: how each is recognised, the columns that are read, and those that are ignored by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from importers.decoding import folded
from importers.tablefiles import Table


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of table: ``required`` columns tell it from the others; ``read`` are taken in this order."""

    name: str
    required: tuple[str, ...]
    read: tuple[str, ...]
    ignored: tuple[str, ...] = ()

    def fits(self, table: Table) -> bool:
        """Tell whether a table has the columns that make it of this kind."""
        return {folded(name) for name in self.required} <= set(table.index())


PROJECTS = Shape(
    "project",
    ("id", "acronym", "title"),
    (
        *("id", "rcn", "frameworkProgramme", "contentUpdateDate"),
        *("acronym", "title", "startDate", "endDate", "ecMaxContribution", "totalCost"),
        *("masterCall", "legalBasis", "status", "grantDoi"),
    ),
    ("topics", "ecSignatureDate", "subCall", "fundingScheme", "nature", "objective", "keywords"),
)
ORGANIZATIONS = Shape(
    "organization",
    ("projectID", "organisationID", "role"),
    (
        *("projectID", "organisationID", "role", "ecContribution", "totalCost"),
        *("netEcContribution", "endOfParticipation", "contentUpdateDate", "projectAcronym"),
        *("name", "shortName", "activityType", "country", "city", "nutsCode"),
        *("geolocation", "SME", "vatNumber", "organizationURL", "postCode"),
    ),
    ("street", "contactForm", "rcn", "order", "active"),
)
PARTICIPATIONS = Shape(
    "participations",
    ("rcn", "pic", "role"),
    (
        *("rcn", "pic", "role", "contribution", "start_date", "end_date", "max_contribution", "total_cost"),
        *("name", "shortName", "type", "country", "city", "lat", "lon"),
    ),
    ("start_year", "end_year", "duration", "group", "nunique"),
)
PARTS = Shape("programme parts", ("rcn", "programme_part"), ("rcn", "programme_part"))
SHAPES = (PROJECTS, ORGANIZATIONS, PARTICIPATIONS, PARTS)

IGNORED_TABLES = ("euroSciVoc", "topics", "legalBasis", "webLink", "webItem", "policyPriorities")
IGNORED = (
    *(f"{name}.csv" for name in IGNORED_TABLES),
    *(f"{shape.name}: {', '.join(shape.ignored)}" for shape in SHAPES if shape.ignored),
)

PROJECT = ("acronym", "name", "since", "until", "grant", "budget", "call", "axis", "state", "url")
"""What is gathered of a project, in this order, whatever the table."""

ACTOR = ("name", "short_name", "kind_stated", "country", "town", "nuts", "geolocation", "sme", "vat", "url", "postcode")
"""What is gathered of an organisation, in this order, whatever the table."""


def shape(table: Table) -> Shape | None:
    """Return the kind of a table by its header, or None."""
    return next((item for item in SHAPES if item.fits(table)), None)


def ignored(table: Table) -> bool:
    """Tell whether a table of the official set is ignored on purpose."""
    return folded(table.name) in {folded(name) for name in IGNORED_TABLES}


class Participation(NamedTuple):
    """One row that ties an organisation to a project, as written; ``project`` is a grant number, or a record number (``rcn``)."""

    line: int
    project: str
    pic: str
    role: str
    money: tuple[str, str, str, str]
    """Contribution, cost, net contribution, end of participation."""
    stamp: str
    about_project: tuple[str, ...]
    about_actor: tuple[str, ...]


def from_organizations(line: int, row: Sequence[str]) -> Participation:
    """Return a row of ``organization.csv``."""
    project, pic, role, amount, cost, net, ended, stamp, acronym, *about = row
    name, short, kind, country, town, nuts, place, sme, vat, url, post = about
    return Participation(
        line, project.strip(), pic.strip(), role.strip(), (amount, cost, net, ended), stamp,
        (acronym, "", "", "", "", "", "", "", "", ""),
        (name, short, kind, country, town, nuts, place, sme, vat, url, post),
    )  # fmt: skip


def from_participations(line: int, row: Sequence[str]) -> Participation:
    """Return a row of a table of participations by record number, where ``NA`` is unknown."""
    if "NA" in row:
        row = ["" if cell == "NA" else cell for cell in row]
    project, pic, role, amount, since, until, grant, budget, name, short, kind, country, town, lat, lon = row
    return Participation(
        line, project.strip(), pic.strip(), role.strip(), (amount, "", "", ""), "",
        ("", "", since, until, grant, budget, "", "", "", ""),
        (name, short, kind, country, town, "", f"{lat},{lon}" if lat and lon else "", "", "", "", ""),
    )  # fmt: skip
