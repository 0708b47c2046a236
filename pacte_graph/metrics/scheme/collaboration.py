"""S7: how collaborative a project is, on nine separate scales: a profile, never one score."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.model import Metric, MetricResult
from pacte_graph.metrics.scheme.mixture import HELIX, blau_bounds, diversity, other_projects, table
from pacte_graph.metrics.scheme.money import refuse_negative
from pacte_graph.network.model import Network, Node
from pacte_graph.network.views import Incidence, incidence
from pacte_graph.schema.choices import ACTOR_KINDS
from pacte_graph.schema.kinds import Words

Vector = np.ndarray[Any, Any]
Bounds = tuple[Vector, Vector]
EACH = Words("chaque partenaire compte pour un, quel que soit son rôle", "each partner counts for one, whatever its role")
LABELS = {
    "partners": Words("Partenaires", "Partners"),
    "types": Words("Familles d'acteurs", "Kinds of actors"),
    "blau": Words("Diversité (Blau)", "Diversity (Blau)"),
    "blau_normalised": Words("Diversité normalisée", "Normalised diversity"),
    "effective_types": Words("Familles effectives", "Effective kinds"),
    "lead_share": Words("Part du premier partenaire", "Share of the first partner"),
    "scales": Words("Échelles représentées", "Scales represented"),
    "prior_ties": Words("Autres projets communs", "Other common projects"),
    "helix": Words("Mondes réunis (sur 4)", "Worlds brought together (of 4)"),
}
"""The measures of the profile, in order."""


@dataclass(frozen=True)
class Profile:
    """The measures of each project (NaN undefined), with bounds where kinds are unknown."""

    numbers: Mapping[str, Vector]
    bounds: Mapping[str, Bounds]
    blank: Vector
    """Partners of unknown kind."""


def profile(network: Network) -> Profile:
    """Return the nine measures of each project, in the order of the incidence."""
    found = incidence(network)
    matrix = found.matrix
    refuse_negative(network, ((project, amount) for (project, _), amount in found.amounts.items()))
    actors = [network.by_id[name] for name in found.actors]
    kinds = sorted({node.group for node in actors} - {"unknown"})
    place = {kind: number for number, kind in enumerate(kinds)}
    counts = table(matrix, np.array([place.get(node.group, -1) for node in actors], dtype=int), len(kinds))
    partners = np.diff(matrix.indptr)
    blank = partners - counts.sum(axis=1)
    types, diverse, effective = diversity(counts)
    possible = max(len(ACTOR_KINDS), len(kinds))
    types, helix = np.where(partners == 0, 0, types), _helices(counts, kinds)
    unknown_only = (partners > 0) & (blank == partners)
    helix = np.where(unknown_only, np.nan, helix)
    numbers = {
        "partners": partners.astype(float),
        "types": types,
        "blau": diverse,
        "blau_normalised": diverse / (1 - 1 / possible),
        "effective_types": effective,
        "lead_share": _lead_shares(found),
        "scales": _scales(network, matrix, found.actors),
        "prior_ties": other_projects(matrix),
        "helix": helix,
    }
    low, high = _blau_forks(counts, blank, diverse, possible)
    least = np.nan_to_num(types)
    spread = (np.maximum(least, np.minimum(partners, 1)), np.minimum(least + blank, possible))
    worlds = np.nan_to_num(helix)
    bounds = {
        "types": spread,
        "blau": (low, high),
        "blau_normalised": (low / (1 - 1 / possible), high / (1 - 1 / possible)),
        "helix": (worlds, np.minimum(worlds + blank, 4)),
    }
    return Profile(numbers, bounds, blank)


def _helices(counts: Vector, kinds: list[str]) -> Vector:
    """Return how many of the four worlds take part in each project."""
    found = np.zeros(len(counts))
    for world in sorted(set(HELIX.values())):
        columns = [number for number, kind in enumerate(kinds) if HELIX.get(kind) == world]
        found += counts[:, columns].sum(axis=1) > 0
    return found


def _blau_forks(counts: Vector, blank: Vector, known: Vector, possible: int) -> Bounds:
    low, high = known.copy(), known.copy()
    for row in np.flatnonzero(blank):
        bounds = blau_bounds(counts[row].tolist(), int(blank[row]), possible)
        low[row], high[row] = (np.nan if bound is None else bound for bound in bounds)
    return low, high


def _lead_shares(found: Incidence) -> Vector:
    """Return the largest known amount of a partner over their sum; NaN where none above zero is known."""
    largest: dict[str, float] = {}
    sums: dict[str, float] = {}
    for (project, _), amount in found.amounts.items():
        largest[project] = max(largest.get(project, 0.0), amount)
        sums[project] = sums.get(project, 0.0) + amount
    shares = [largest[name] / sums[name] if sums.get(name, 0.0) > 0 else np.nan for name in found.projects]
    return np.array(shares, dtype=float)


def _scales(network: Network, matrix: Any, actors: tuple[str, ...]) -> Vector:
    """Return how many scales the partners stand for (territories they represent or are based in); NaN when none is known."""
    place = {name: number for number, name in enumerate(actors)}
    told: dict[str, set[int]] = {}
    for link in (*network.links_of("REPRESENTS"), *network.links_of("BASED_IN")):
        level = network.by_id[link.target].group
        if link.source in place and level != "unknown":
            told.setdefault(level, set()).add(place[link.source])
    found, anyone = np.zeros(matrix.shape[0]), np.diff(matrix.indptr) == 0
    for members in told.values():
        chosen = np.zeros(len(actors))
        chosen[sorted(members)] = 1.0
        there = matrix @ chosen > 0
        found, anyone = found + there, anyone | there
    return np.where(anyone, found, np.nan)


def _collaboration(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found, projects = profile(network), network.nodes_of("Project")
    ending = words.scope(network, EACH)
    columns = []
    for measure in LABELS:
        numbers = found.numbers[measure]
        columns.append(
            Column(
                projects,
                numbers,
                _sentence(measure, projects, found),
                ending,
                dimension={"measure": measure},
                whole=measure in {"partners", "types", "scales", "helix"},
                bounds=found.bounds.get(measure),
            )
        )
    taking = incidence(network)
    unknown = {
        "partners_of_unknown_kind": int(found.blank.sum()),
        "participations_without_amount": int(taking.matrix.nnz) - len(taking.amounts),
    }
    details = {"ids": tuple(node.id for node in projects), "measures": dict(found.numbers), "helix": dict(HELIX)}
    return MetricResult("collaboration", network.scope, parameters, Joined(*columns), EACH.fr, unknown, details)


def _sentence(measure: str, projects: tuple[Node, ...], found: Profile) -> Callable[[int], Words]:
    def sentence(place: int) -> Words:
        name, value = words.quoted(projects[place]), float(found.numbers[measure][place])
        if np.isnan(value):
            why = _WHY[measure]
            return Words(f"{name.fr} : {why.fr}.", f"{name.en}: {why.en}.")
        said = _SAYS[measure](value)
        doubt = Words("", "")
        if measure in found.bounds and found.blank[place]:
            blank = words.count(int(found.blank[place]), Words("partenaire", "partner"), Words("partenaires", "partners"))
            doubt = Words(f" ({blank.fr} de famille inconnue)", f" ({blank.en} of unknown kind)")
        return Words(f"{name.fr} {said.fr}{doubt.fr}.", f"{name.en} {said.en}{doubt.en}.")

    return sentence


def _number(fr: str, en: str) -> Callable[[float], Words]:
    def says(value: float) -> Words:
        shown = words.number(value)
        return Words(fr.format(shown.fr), en.format(shown.en))

    return says


def _partners(value: float) -> Words:
    shown = words.count(int(value), Words("partenaire", "partner"), Words("partenaires", "partners"))
    return Words(f"réunit {shown.fr}", f"brings {shown.en} together")


def _types(value: float) -> Words:
    shown = words.count(int(value), Words("famille d'acteurs", "kind of actors"), Words("familles d'acteurs", "kinds of actors"))
    return Words(f"réunit {shown.fr}", f"brings {shown.en} together")


def _effective(value: float) -> Words:
    shown = words.number(value)
    return Words(
        f"est aussi mêlé que {shown.fr} {'famille' if value < 2 else 'familles'} à parts égales",
        f"is as mixed as {shown.en} {'kind' if value == 1 else 'kinds'} in equal parts",
    )


def _known_before(value: float) -> Words:
    shown = words.number(value)
    return Words(
        f"réunit des partenaires qui, deux à deux, partagent en moyenne {shown.fr} "
        f"{'autre projet' if value < 2 else 'autres projets'} (0 : alliance nouvelle)",
        f"brings together partners who, two by two, share {shown.en} other {'project' if value == 1 else 'projects'} on average "
        "(0: a new alliance)",
    )


def _lead(value: float) -> Words:
    shown = words.percent(value)
    return Words(
        f"a {shown.fr} des montants connus chez un seul partenaire",
        f"has {shown.en} of the known amounts with one partner",
    )


def _scale_count(value: float) -> Words:
    shown = words.count(int(value), Words("échelle", "scale"), Words("échelles", "scales"))
    return Words(f"réunit des acteurs de {shown.fr} de territoire", f"brings together actors of {shown.en} of territory")


def _worlds(value: float) -> Words:
    shown = words.count(int(value), Words("monde", "world"), Words("mondes", "worlds"))
    return Words(
        f"réunit {shown.fr} sur 4 (public, recherche, économie, société civile)",
        f"brings {shown.en} of 4 together (public, research, economy, civil society)",
    )


_SAYS: Mapping[str, Callable[[float], Words]] = {
    "partners": _partners,
    "types": _types,
    "blau": _number(
        "a une diversité de {} : la chance que deux partenaires tirés au sort soient de familles différentes",
        "has a diversity of {}: the chance that two partners drawn at random are of different kinds",
    ),
    "blau_normalised": _number(
        "a une diversité normalisée de {} (1 : autant de chaque famille de la liste)",
        "has a normalised diversity of {} (1: as many of each kind of the list)",
    ),
    "effective_types": _effective,
    "lead_share": _lead,
    "scales": _scale_count,
    "prior_ties": _known_before,
    "helix": _worlds,
}
_NO_KIND = Words("non défini, aucun partenaire de famille connue", "undefined, no partner of known kind")
_WHY = {
    **dict.fromkeys(("types", "blau", "blau_normalised", "effective_types", "helix"), _NO_KIND),
    "lead_share": Words("part non définie, aucun montant n'est connu", "share undefined, no amount is known"),
    "scales": Words("échelles inconnues, aucun partenaire n'est situé", "scales unknown, no partner is located"),
    "prior_ties": Words("non défini, il faut au moins deux partenaires", "undefined, it takes at least two partners"),
}
COLLABORATION = Metric(
    "collaboration",
    "S7",
    Words("Caractère collaboratif", "Collaborative character"),
    Words(
        "Le profil d'un projet : combien de partenaires, de quelles familles et échelles, qui paie, s'ils se connaissaient.",
        "The profile of a project: how many partners, of which kinds and scales, who pays, and whether they knew each other.",
    ),
    r"B = 1 - \sum_c q_c^2,\quad B' = B / (1 - 1/K),\quad N = \exp\left(-\sum_c q_c \ln q_c\right)",
    "Blau 1977; Hill 1973; Carayannis & Campbell 2009",
    Words("projets × acteurs, participations", "projects × actors, participations"),
    Words("comptes, parts et indices, selon la mesure", "counts, shares and indices, by the measure"),
    Words(
        "Un partenaire de famille inconnue est hors des parts et donne des bornes ; un montant inconnu est hors des parts.",
        "A partner of unknown kind is outside the shares and gives bounds; an unknown amount is outside the shares.",
    ),
    "O(Σ n²)",
    Words(
        "« … » réunit … partenaires ; « … » a … % des montants connus chez un seul partenaire.",
        "“…” brings … partners together; “…” has …% of the known amounts with one partner.",
    ),
    Words(
        "Un profil de mesures séparées, jamais une note : beaucoup de partenaires n'est pas mieux coopérer.",
        "A profile of separate measures, never a mark: many partners is not better cooperation.",
    ),
    _collaboration,
)
