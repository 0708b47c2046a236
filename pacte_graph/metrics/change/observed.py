"""E12: did those near a project join more projects since than the others? Counts first, then a ratio, and what it is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.errors import UnknownName
from pacte_graph.metrics import words
from pacte_graph.metrics.change.entries import Entries, entries
from pacte_graph.metrics.change.snapshots import AFTER, BEFORE, Pair, pair, present
from pacte_graph.metrics.cooperation.projection import TWO_MODE
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.metrics.sureness.nulls import NullResult, compared
from pacte_graph.network.model import Network
from pacte_graph.network.views import incidence
from pacte_graph.schema.kinds import Words

Vector = np.ndarray[Any, Any]
STRATA = Words(
    "exposition redistribuée entre acteurs de même famille et de même activité",
    "exposure dealt out anew among actors of one kind and one activity",
)
PROJECT = Parameter(
    "project",
    "node",
    None,
    Words("Projet", "Project"),
    Words(
        "Dont on cherche l'effet ; à défaut, celui qui a le plus d'acteurs à la première date.",
        "Whose effect is looked for; otherwise the one with most actors on the first date.",
    ),
)
RING = Parameter(
    "ring",
    "integer",
    1,
    Words("Cercle exposé", "Exposed circle"),
    Words("1 : les partenaires ; 2 : aussi les partenaires des partenaires.", "1: partners; 2: their partners too."),
    minimum=1,
    maximum=6,
)
DRAWS = Parameter(
    "draws",
    "integer",
    99,
    Words("Tirages", "Draws"),
    Words("Tirages du hasard comparé ; 0 : aucun.", "Draws of the chance compared with; 0: none."),
    minimum=0,
    maximum=10_000,
)
SEED = Parameter(
    "seed",
    "integer",
    1,
    Words("Graine", "Seed"),
    Words("Le même tirage à chaque fois.", "The same draw every time."),
    minimum=0,
    maximum=2**31 - 1,
)
UNWEIGHTED = Words("chaque acteur compte pour un", "each actor counts for one")
WITHOUT = Words(
    "Non défini : il faut deux dates différentes et un projet à la première.",
    "Undefined: two different dates and a project on the first are needed.",
)


@dataclass(frozen=True)
class Outcome:
    """The four cells: exposed or not (rows), joined a new project or not (columns)."""

    exposed: tuple[int, int]
    others: tuple[int, int]

    @property
    def difference(self) -> float | None:
        """Return the difference of the two rates; None when a group is empty."""
        rates = [joined / (joined + not_) if joined + not_ else None for joined, not_ in (self.exposed, self.others)]
        return None if None in rates else float(rates[0] or 0.0) - float(rates[1] or 0.0)

    @property
    def ratio(self) -> float | None:
        """Return the risk ratio; None when a group is empty or none of the others joined (never a half added in silence)."""
        whole, rest = sum(self.exposed), sum(self.others)
        if not whole or not rest or not self.others[0]:
            return None
        return (self.exposed[0] / whole) / (self.others[0] / rest)


def outcome(exposed: Vector, joined: Vector) -> Outcome:
    """Return the four cells from two arrays of true and false."""
    cells = [int((exposed == e).astype(int) @ (joined == j).astype(int)) for e in (True, False) for j in (True, False)]
    return Outcome((cells[0], cells[1]), (cells[2], cells[3]))


def circle(matrix: sparse.csr_array, project: int, rings: int) -> Vector:
    """Return which actors are at ``rings`` circles or fewer of a project (1: its partners). ``matrix`` is projects × actors."""
    reached = np.zeros(matrix.shape[1], dtype=bool)
    reached[matrix.indices[matrix.indptr[project] : matrix.indptr[project + 1]]] = True
    for _ in range(rings - 1):
        projects = np.asarray(matrix @ reached.astype(float)) > 0
        wider = reached | (np.asarray(matrix.T @ projects.astype(float)) > 0)
        if (wider == reached).all():
            break
        reached = wider
    return reached


def shuffled(exposed: Vector, strata: Sequence[Any], rng: np.random.Generator) -> Vector:
    """Return the exposure dealt out anew within each stratum."""
    _, groups = np.unique(np.array([str(one) for one in strata]), return_inverse=True)
    dealt = exposed.copy()
    for group in range(int(groups.max(initial=-1)) + 1):
        members = np.flatnonzero(groups == group)
        dealt[members] = exposed[rng.permutation(members)]
    return dealt


def _observed(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    two = pair(network, parameters)
    chosen = _chosen(network, two, parameters["project"])
    if two is None or chosen is None:
        ending = words.scope(network, UNWEIGHTED)
        value = Value(
            None, "Entraînement observé", "Programme", None, words.ended(WITHOUT, ending), dimension={"measure": "risk_ratio"}
        )
        return MetricResult("observed_pull", network.scope, parameters, (value,), UNWEIGHTED.fr, {}, {"rows": []})
    ending = words.scope(network, Words(f"du {two.first:%d/%m/%Y} au {two.second:%d/%m/%Y}", f"from {two.first} to {two.second}"))
    first, second = incidence(two.before), incidence(two.after)
    there = present(two.before, two.first)
    at_risk = np.array([name in there for name in first.actors], dtype=bool)
    near = circle(first.matrix, first.projects.index(chosen), parameters["ring"])
    gained = sparse.csr_array(second.matrix - second.matrix.multiply(first.matrix))
    joined = np.asarray(gained.sum(axis=0)).ravel() > 0
    activity = np.asarray(first.matrix.sum(axis=0)).ravel()
    exposed, new = near[at_risk], joined[at_risk]
    kinds = [network.by_id[name].group for name, there_ in zip(first.actors, at_risk, strict=True) if there_]
    strata = [(kind, min(int(many), 3)) for kind, many in zip(kinds, activity[at_risk], strict=True)]
    whole = outcome(exposed, new)
    rng = np.random.default_rng(parameters["seed"])
    drawn = [outcome(shuffled(exposed, strata, rng), new).difference for _ in range(parameters["draws"])]
    null = compared(whole.difference, drawn, parameters["seed"], STRATA)
    later = np.asarray(second.matrix.sum(axis=0)).ravel()
    partners = circle(first.matrix, first.projects.index(chosen), 1)
    double = _double(partners[at_risk], (later - activity)[at_risk])
    name = words.quoted(network.by_id[chosen])
    values = [
        _value("Rapport des chances d'entrée", whole.ratio, _ratio(name, whole), ending, "risk_ratio"),
        _value("Différence", whole.difference, _difference(name, whole, null), ending, "risk_difference"),
        _value("Double différence", double, _did(name, double), ending, "difference_in_differences"),
    ]
    by_kind = []
    for kind in sorted(set(kinds)):
        mine = np.array([one == kind for one in kinds])
        found = outcome(exposed[mine], new[mine])
        by_kind.append({"kind": kind, "exposed": found.exposed, "others": found.others, "difference": found.difference})
        said = words.ended(_of_kind(words.kind(kind), found), ending)
        dimension = {"measure": "risk_difference", "kind": kind}
        values.append(Value(None, words.kind(kind).fr, "Programme", found.difference, said, dimension=dimension))
    came = entries(network, two.second)
    values += [value for project in network.nodes_of("Project") for value in _entered(network, project.id, came, ending)]
    unknown = {"actors_of_unknown_entry": came.undated, "actors_entered_by_several_projects": came.several}
    details = {
        "project": chosen,
        "exposed": whole.exposed,
        "others": whole.others,
        "by_kind": by_kind,
        "null": null.as_dict(),
        "rows": [
            {"id": project, "newcomers": came.newcomers[project], "stayed": came.stayed[project], "chain": came.chain[project]}
            for project in came.newcomers
        ],
    }
    return MetricResult("observed_pull", network.scope, parameters, tuple(values), UNWEIGHTED.fr, unknown, details)


def _chosen(network: Network, two: Pair | None, project: str | None) -> str | None:
    if project is not None and (project not in network.by_id or network.by_id[project].label != "Project"):
        raise UnknownName(f"There is no project {project} in this network.")
    if two is None or project is not None:
        return project
    found = incidence(two.before)
    sizes = np.diff(found.matrix.indptr)
    return found.projects[int(np.argmax(sizes))] if len(sizes) and sizes.max() > 0 else None


def _double(partners: Vector, gains: Vector) -> float | None:
    if not partners.any() or partners.all():
        return None
    return float(gains[partners].mean() - gains[~partners].mean())


def _value(label: str, number: float | None, said: Words, ending: Words, measure: str) -> Value:
    return Value(None, label, "Programme", number, words.ended(said, ending), dimension={"measure": measure})


def _cells(found: Outcome) -> Words:
    exposed, others = sum(found.exposed), sum(found.others)
    return Words(
        f"{found.exposed[0]} exposés sur {exposed} et {found.others[0]} autres sur {others} ont rejoint un nouveau projet",
        f"{found.exposed[0]} of {exposed} exposed and {found.others[0]} of {others} others joined a new project",
    )


def _ratio(name: Words, found: Outcome) -> Words:
    cells = _cells(found)
    if found.ratio is None:
        return Words(f"Autour de {name.fr}, rapport non défini : {cells.fr}.", f"Around {name.en}, ratio undefined: {cells.en}.")
    shown = words.number(found.ratio)
    return Words(
        f"Autour de {name.fr}, on a rejoint un nouveau projet {shown.fr} fois aussi souvent qu'ailleurs ({cells.fr}).",
        f"Around {name.en}, a new project was joined {shown.en} times as often as elsewhere ({cells.en}).",
    )


def _difference(name: Words, found: Outcome, null: NullResult) -> Words:
    cells = _cells(found)
    if found.difference is None:
        return Words(f"Autour de {name.fr}, différence non définie : {cells.fr}.", f"Around {name.en}, undefined: {cells.en}.")
    shown = words.number(100 * found.difference, 0)
    tested = Words("", "")
    if null.p is not None:
        p = words.number(null.p, 3)
        tested = Words(f" ; p = {p.fr}, {null.null.fr}", f"; p = {p.en}, {null.null.en}")
    return Words(
        f"Autour de {name.fr} : {shown.fr} points d'écart avec les autres ({cells.fr}){tested.fr}.",
        f"Around {name.en}: {shown.en} points apart from the others ({cells.en}){tested.en}.",
    )


def _did(name: Words, double: float | None) -> Words:
    if double is None:
        return Words(
            f"{name.fr} : double différence non définie, tous ou aucun en sont partenaires.",
            f"{name.en}: difference in differences undefined, all or none are its partners.",
        )
    shown = words.number(double)
    return Words(
        f"Les partenaires de {name.fr} ont gagné {shown.fr} projet(s) de plus que les autres, en moyenne.",
        f"The partners of {name.en} gained {shown.en} project(s) more than the others, on average.",
    )


def _of_kind(label: Words, found: Outcome) -> Words:
    cells = _cells(found)
    return Words(f"« {label.fr} » : {cells.fr}.", f"“{label.en}”: {cells.en}.")


def _entered(network: Network, project: str, came: Entries, ending: Words) -> list[Value]:
    node, name = network.by_id[project], words.quoted(network.by_id[project])
    new, stayed, chain = came.newcomers[project], came.stayed[project], came.chain[project]
    share = len(stayed) / len(new) if new else None
    many = words.count(len(new), Words("acteur est entré", "actor came in"), Words("acteurs sont entrés", "actors came in"))
    kept = "participe" if len(stayed) < 2 else "participent"
    said = Words(
        f"{many.fr} dans le schéma par {name.fr} ; {len(stayed)} d'entre eux {kept} aussi à un autre projet.",
        f"{many.en} by {name.en}; {len(stayed)} of them now take part in another project too.",
    )
    if not new:
        said = Words(f"Personne n'est entré dans le schéma par {name.fr}.", f"Nobody came into the scheme by {name.en}.")
    led = words.count(len(chain), Words("projet", "project"), Words("projets", "projects"))
    follow = Words(
        f"Ceux qui sont entrés par {name.fr} portent aujourd'hui {led.fr} ailleurs.",
        f"Those who came in by {name.en} now lead {led.en} elsewhere.",
    )
    told = (("newcomers", len(new), said), ("retention", share, said), ("chain", len(chain), follow))
    return [
        Value(project, node.caption, "Project", number, words.ended(text, ending), dimension={"measure": measure})
        for measure, number, text in told
    ]


OBSERVED_PULL = Metric(
    "observed_pull",
    "E12",
    Words("Entraînement observé", "Observed pull"),
    Words(
        "Entre deux dates : les voisins d'un projet en ont-ils rejoint d'autres plus que le reste, et qui est entré par lui.",
        "Between two dates: did those near a project join others more than the rest did, and who came in by it.",
    ),
    r"RR = \frac{y_{11} / (y_{11} + y_{10})}{y_{01} / (y_{01} + y_{00})},\quad N_p = \#\{a : \mathrm{first}(a) = p\}",
    "Shalizi & Thomas 2011 (limites); Angrist & Pischke 2009 (double différence)",
    TWO_MODE,
    Words("rapport, points, projets, acteurs", "ratio, points, projects, actors"),
    Words(
        "Un acteur dont une participation n'a pas de date de début n'est crédité à aucun projet ; il est compté.",
        "An actor one of whose participations has no start is credited to no project; it is counted.",
    ),
    "O(m · draws)",
    Words(
        "… acteurs sont entrés dans le schéma par « … » ; … d'entre eux participent aussi à un autre projet.",
        "… actors came in by “…”; … of them now take part in another project too.",
    ),
    Words(
        "N'établit pas de cause : ceux qui se ressemblent se rapprochent, et un même événement peut les toucher tous (Shalizi & "
        "Thomas 2011).",
        "Establishes no cause: likes come together, and one event may reach them all (Shalizi & Thomas 2011).",
    ),
    _observed,
    (BEFORE, AFTER, PROJECT, RING, DRAWS, SEED),
    all_dates=True,
)
