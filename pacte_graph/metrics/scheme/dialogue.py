"""S8: which institutions work together, how many pairs are at most two steps apart, which projects they steer together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.network.model import Network, Node
from pacte_graph.network.views import Incidence, incidence
from pacte_graph.schema.kinds import Choice, Words

Vector = np.ndarray[Any, Any]
STEERING = frozenset({"lead", "funder"})
KINDS: Mapping[str, frozenset[str]] = {
    "authorities": frozenset({"local_authority"}),
    "institutions": frozenset({"local_authority", "state"}),
    "public": frozenset({"local_authority", "state", "agency", "chamber", "development_council", "university", "research"}),
}
INSTITUTIONS = Parameter(
    "kinds",
    "choice",
    "institutions",
    Words("Institutions", "Institutions"),
    Words("Quelles familles d'acteurs sont des institutions.", "Which kinds of actors are institutions."),
    choices=(
        Choice("institutions", Words("Collectivités et État", "Local authorities and the State")),
        Choice("authorities", Words("Collectivités seules", "Local authorities only")),
        Choice(
            "public",
            Words("Aussi agences, chambres, Codev, universités, recherche", "Also agencies, chambers, councils, universities"),
        ),
    ),
)
COUNTED = Words("un lien par projet partagé", "one tie a shared project")


@dataclass(frozen=True)
class Dialogue:
    """The ties among chosen actors: ``shared`` counts projects by pair (symmetric, no diagonal)."""

    shared: sparse.csr_array
    pairs: int
    tied: int
    near: int
    """Pairs tied, or tied to a common third actor of any kind."""

    @property
    def density(self) -> float | None:
        """Return the share of pairs that share a project; None below two."""
        return self.tied / self.pairs if self.pairs else None

    @property
    def within_two(self) -> float | None:
        """Return the share of pairs at most two steps apart; None below two."""
        return self.near / self.pairs if self.pairs else None


def dialogue(matrix: sparse.csr_array, chosen: Vector) -> Dialogue:
    """Return the ties among the actors at places ``chosen`` (columns of ``matrix``, projects × actors of 0 and 1)."""
    size = len(chosen)
    own = sparse.csr_array(matrix[:, chosen])
    shared = _bare(own.T @ own)
    ties = sparse.csr_array(own.T @ matrix)
    ties.data[:] = 1.0
    # each chosen actor is a third of its own ties too: a pair tied directly is found again here, so nothing is lost
    near = _bare(ties @ ties.T)
    return Dialogue(shared, size * (size - 1) // 2, int(shared.nnz) // 2, int((near + shared).nnz) // 2)


def _bare(matrix: Any) -> sparse.csr_array:
    """Return a matrix without its diagonal and zeros."""
    cells = sparse.coo_array(matrix)
    rows, columns = cells.coords
    off = (rows != columns) & (cells.data != 0)
    return sparse.csr_array((cells.data[off], (rows[off], columns[off])), shape=cells.shape)


def steering(network: Network, institutions: frozenset[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return project → institutions that lead or fund it, and project → those that do or may (their role is unknown)."""
    sure: dict[str, set[str]] = {}
    perhaps: dict[str, set[str]] = {}
    for link in network.links_of("TAKES_PART_IN"):
        if link.source in institutions:
            role = link.properties.get("role")
            if role in STEERING:
                sure.setdefault(link.target, set()).add(link.source)
            if role in STEERING or role is None:
                perhaps.setdefault(link.target, set()).add(link.source)
    first, second = ({key: sorted(names) for key, names in sorted(found.items())} for found in (sure, perhaps))
    return first, second


def _dialogue(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    kinds, found = KINDS[parameters["kinds"]], incidence(network)
    nodes = tuple(network.by_id[name] for name in found.actors)
    chosen = np.array([place for place, node in enumerate(nodes) if node.group in kinds], dtype=int)
    members = tuple(nodes[place] for place in chosen)
    told = dialogue(found.matrix, chosen)
    sure, perhaps = steering(network, frozenset(node.id for node in members))
    together = {project: names for project, names in sure.items() if len(names) > 1}
    at_most = sum(len(names) > 1 for names in perhaps.values())
    ending = words.scope(network, COUNTED)
    whole = (
        _whole("density", "Couples qui travaillent ensemble", told.density, _density(told, len(members)), ending),
        _whole("within_two", "Couples à deux pas au plus", told.within_two, _within(told, len(members)), ending),
        _steered(len(together), at_most, len(found.projects), len(members), ending),
    )
    values = Joined(whole, _ties(found, members, chosen, told, ending))
    unknown = {
        "actors_of_unknown_kind": sum(node.group == "unknown" for node in nodes),
        "participations_without_role": sum(x.properties.get("role") is None for x in network.links_of("TAKES_PART_IN")),
    }
    details = {
        "ids": tuple(node.id for node in members),
        "labels": tuple(node.caption for node in members),
        "matrix": sparse.triu(told.shared, format="csr"),
        "rows": _rows(found, members, chosen, told),
        "steered": [
            {"id": project, "label": network.by_id[project].caption, "institutions": names} for project, names in together.items()
        ],
        "kinds": sorted(kinds),
    }
    return MetricResult("dialogue", network.scope, parameters, values, COUNTED.fr, unknown, details)


def _others(found: Incidence, chosen: Vector) -> Vector:
    """Return for each chosen actor how many different others it shares a project with, chosen or not."""
    own = sparse.csr_array(found.matrix[:, chosen])
    ties = sparse.csr_array(own.T @ found.matrix)
    partners: Vector = np.diff(ties.indptr)
    less_itself: Vector = np.maximum(partners - 1, 0)
    return less_itself


def _rows(found: Incidence, members: tuple[Node, ...], chosen: Vector, told: Dialogue) -> list[dict[str, Any]]:
    tied, everyone = np.diff(told.shared.indptr), _others(found, chosen)
    shared = np.asarray(told.shared.sum(axis=1)).ravel()
    # ei: (ties outside − ties among institutions) / all ties, of one institution (Krackhardt & Stern 1988)
    return [
        {
            "id": node.id,
            "label": node.caption,
            "kind": node.group,
            "institutions": int(tied[place]),
            "others": int(everyone[place] - tied[place]),
            "shared_projects": int(shared[place]),
            "ei": (everyone[place] - 2 * int(tied[place])) / int(everyone[place]) if everyone[place] else None,
        }
        for place, node in enumerate(members)
    ]


def _ties(found: Incidence, members: tuple[Node, ...], chosen: Vector, told: Dialogue, ending: Words) -> Column:
    tied, everyone = np.diff(told.shared.indptr), _others(found, chosen)

    def sentence(place: int) -> Words:
        name, outside = words.quoted(members[place]), int(everyone[place] - tied[place])
        more = words.count(outside, Words("autre acteur", "other actor"), Words("autres acteurs", "other actors"))
        first = len(members) - 1
        return Words(
            f"{name.fr} travaille avec {int(tied[place])} des {first} autres institutions, et avec {more.fr}.",
            f"{name.en} works with {int(tied[place])} of the {first} other institutions, and with {more.en}.",
        )

    return Column(members, tied.astype(float), sentence, ending, dimension={"measure": "institutions"}, whole=True)


def _whole(measure: str, label: str, number: float | None, said: Words, ending: Words) -> Value:
    return Value(None, label, "Programme", number, words.ended(said, ending), dimension={"measure": measure})


def _too_few(size: int) -> Words:
    there = words.count(size, Words("institution", "institution"), Words("institutions", "institutions"))
    return Words(
        f"Dialogue non défini : {there.fr} dans ce périmètre, il en faut deux.",
        f"Dialogue undefined: {there.en} in this perimeter, it takes two.",
    )


def _density(told: Dialogue, size: int) -> Words:
    if not told.pairs:
        return _too_few(size)
    one, many = Words("couple d'institutions", "pair of institutions"), Words("couples d'institutions", "pairs of institutions")
    pairs = words.count(told.pairs, one, many)
    verb = "travaille ensemble" if told.tied < 2 else "travaillent ensemble"
    return Words(
        f"{told.tied} sur {pairs.fr} {verb} sur au moins un projet.",
        f"{told.tied} of {pairs.en} working together on at least one project.",
    )


def _within(told: Dialogue, size: int) -> Words:
    if not told.pairs:
        return _too_few(size)
    pairs = words.count(told.pairs, Words("couple", "pair"), Words("couples", "pairs"))
    return Words(
        f"{told.near} sur {pairs.fr} d'institutions à deux pas au plus : ensemble, ou par un partenaire commun.",
        f"{told.near} of {pairs.en} of institutions at most two steps apart: together, or through a common partner.",
    )


def _steered(sure: int, at_most: int, projects: int, size: int, ending: Words) -> Value:
    dimension = {"measure": "steered"}
    if size < 2:
        said = words.ended(_too_few(size), ending)
        return Value(None, "Projets pilotés ensemble", "Programme", None, said, dimension=dimension)
    total = words.count(projects, Words("projet", "project"), Words("projets", "projects"))
    verb = "est porté ou financé" if sure < 2 else "sont portés ou financés"
    more = Words(f" ({at_most} selon les rôles inconnus)", f" (up to {at_most})") if at_most > sure else Words("", "")
    said = Words(
        f"{sure} sur {total.fr} {verb} par au moins deux institutions{more.fr}.",
        f"{sure} of {total.en} led or funded by at least two institutions{more.en}.",
    )
    return Value(
        None,
        "Projets pilotés ensemble",
        "Programme",
        sure,
        words.ended(said, ending),
        low=sure,
        high=at_most,
        dimension=dimension,
    )


DIALOGUE = Metric(
    "dialogue",
    "S8",
    Words("Dialogue entre institutions", "Dialogue between institutions"),
    Words(
        "Combien de couples d'institutions travaillent ensemble, sont à deux pas au plus, et pilotent des projets ensemble.",
        "How many pairs of institutions work together, are at most two steps apart, and steer projects together.",
    ),
    r"d = \frac{|\{\{a,b\} : \sum_p b_{pa} b_{pb} \ge 1\}|}{n(n-1)/2}",
    "Wasserman & Faust 1994, ch. 4",
    Words("projets × acteurs, restreint aux institutions", "projects × actors, restricted to institutions"),
    Words("part des couples ; projets ; institutions", "share of pairs; projects; institutions"),
    Words(
        "Un acteur de famille inconnue n'est pas compté comme institution ; un rôle inconnu relève la borne haute.",
        "An actor of unknown kind is not counted as an institution; an unknown role raises the upper bound.",
    ),
    "O(m · institutions)",
    Words(
        "… sur … couples d'institutions travaillent ensemble sur au moins un projet.",
        "… of … pairs of institutions work together on at least one project.",
    ),
    Words(
        "Être dans le même projet n'est pas se parler : montre où un dialogue est possible, pas sa qualité.",
        "Being in the same project is not talking: shows where dialogue is possible, not how good it is.",
    ),
    _dialogue,
    (INSTITUTIONS,),
)
