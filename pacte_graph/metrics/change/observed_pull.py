"""E12: the pull that was seen between two dates: who came in by a project, and whether those near it joined more than others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.change import words_of_change as said
from pacte_graph.metrics.change import words_of_pull as spoken
from pacte_graph.metrics.change.exposure import Observed, observed
from pacte_graph.metrics.change.joining import Joining, Newcomers, Vector, joining, newcomers
from pacte_graph.metrics.change.snapshots import AFTER, BEFORE, NO_DATES, dates
from pacte_graph.metrics.column import Column, Joined, Rows
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.metrics.pull.by_kind import PROJECT, chosen_projects
from pacte_graph.network.model import Network, Node
from pacte_graph.schema.kinds import Words

RING = Parameter(
    "ring",
    "integer",
    2,
    Words("Cercle d'exposition d", "Ring of exposure d"),
    Words(
        "1 : les partenaires du projet ; 2 : aussi ceux qui partagent un projet avec eux ; etc.",
        "1: the project's partners; 2: also those who share a project with them; and so on.",
    ),
    minimum=1,
    maximum=5,
)
DRAWS = Parameter(
    "draws",
    "integer",
    999,
    Words("Tirages", "Draws"),
    Words("Nombre d'expositions redistribuées au hasard.", "How many times exposure is dealt out anew."),
    minimum=99,
    maximum=99_999,
)
SEED = Parameter(
    "seed", "integer", 1, Words("Graine", "Seed"), Words("Le même tirage à chaque fois.", "The same draw every time."), minimum=0
)  # fmt: skip


def _observed_pull(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    chosen = dates(network, parameters["before"], parameters["after"])
    shown = chosen.parameters(parameters)
    projects = chosen_projects(network.nodes_of("Project"), parameters["project"])
    if chosen.both is None or not len(projects):
        reason = chosen.reason or (spoken.NO_PROJECT if not len(projects) else NO_DATES)
        value = Value(
            None,
            "Entrants",
            "Programme",
            None,
            words.ended(reason, words.scope(network, spoken.UNWEIGHTED)),
            dimension={"measure": "newcomers"},
        )
        return MetricResult("observed_pull", network.scope, shown, (value,), spoken.UNWEIGHTED.fr)
    before, after = chosen.both
    found = joining(network)
    came, period = newcomers(found, after), said.period(before, after)
    weight = Words(f"{spoken.UNWEIGHTED.fr}, {period.fr}", f"{spoken.UNWEIGHTED.en}, {period.en}")
    ending = words.scope(network, weight)
    parts: list[Sequence[Value]] = _columns(found, came, projects, after, ending)
    details: dict[str, Any] = {"before": before, "after": after, "rows": _rows(found, came, projects, after)}
    if parameters["project"]:
        place = int(projects[0])
        seen = observed(found, place, before, after, steps=parameters["ring"], draws=parameters["draws"], seed=parameters["seed"])
        parts.append(tuple(_around(found.projects[place], seen, shown, before, after, ending)))
        details |= _tables(found, seen)
    unknown = {
        "participations_without_start": found.without_start(),
        "actors_without_a_sure_first_project": int(((came.first < 0) & _ever(found, after)).sum()),
    }
    return MetricResult("observed_pull", network.scope, shown, Joined(*parts), weight.fr, unknown, details)


def _ever(found: Joining, day: dt.date) -> Vector:
    actor, _, start = found.pairs
    took = np.zeros(len(found.actors), dtype=bool)
    took[actor[start <= day.toordinal()]] = True
    return took


def _columns(found: Joining, came: Newcomers, projects: Vector, day: dt.date, ending: Words) -> list[Sequence[Value]]:
    nodes = [found.projects[at] for at in projects.tolist()]
    brought, possible, stayed, chain = (counts[projects] for counts in (came.brought, came.possible, came.stayed, came.chain))
    share = np.divide(stayed, brought, out=np.full(len(projects), np.nan), where=brought > 0)
    ranked = len(projects) > 1

    def entered(place: int) -> Words:
        return spoken.entered(nodes[place], int(brought[place]), int(possible[place]), int(stayed[place]), day)

    def retained(place: int) -> Words:
        return spoken.retained(nodes[place], int(brought[place]), int(stayed[place]), day)

    def chained(place: int) -> Words:
        return spoken.chained(nodes[place], int(chain[place]), int(brought[place]), day)

    return [
        Column(
            nodes,
            brought,
            entered,
            ending,
            dimension={"measure": "newcomers"},
            whole=True,
            ranked=ranked,
            bounds=(brought.astype(float), possible.astype(float)),
        ),
        Column(nodes, share, retained, ending, dimension={"measure": "retention"}, ranked=ranked),
        Column(nodes, chain, chained, ending, dimension={"measure": "chain"}, whole=True, ranked=ranked),
    ]


def _rows(found: Joining, came: Newcomers, projects: Vector, day: dt.date) -> Rows[dict[str, Any]]:
    """Return a row a project: who came in by it, with the other projects each is in now, and those each leads now."""
    now, leads = found.matrix(day), found.matrix(day, lead=True)
    order = np.argsort(came.first, kind="stable")
    starts = np.searchsorted(came.first[order], projects), np.searchsorted(came.first[order], projects, side="right")

    def row(place: int) -> dict[str, Any]:
        at = int(projects[place])
        members = order[int(starts[0][place]) : int(starts[1][place])]
        return {
            "id": found.projects[at].id,
            "label": found.projects[at].caption,
            "newcomers": [
                {
                    "id": found.actors[who].id,
                    "label": found.actors[who].caption,
                    "group": found.actors[who].group,
                    "projects": _others(found, now, int(who), at),
                    "leads": _others(found, leads, int(who), at),
                }
                for who in members.tolist()
            ],
            "possible": int(came.possible[at]),
            "stayed": int(came.stayed[at]),
            "chain": int(came.chain[at]),
        }

    return Rows(len(projects), row)


def _others(found: Joining, matrix: Any, who: int, project: int) -> list[str]:
    places = matrix.indices[matrix.indptr[who] : matrix.indptr[who + 1]]
    return sorted(found.projects[at].id for at in places.tolist() if at != project)


def _around(
    project: Node, seen: Observed | None, parameters: Mapping[str, Any], before: dt.date, after: dt.date, ending: Words
) -> list[Value]:
    """Return the values of the comparison around one project."""

    def value(measure: str, number: float | None, sentence: Words, kind: str | None = None) -> Value:
        dimension: dict[str, str | int] = {"measure": measure, **({"kind": kind} if kind else {})}
        return Value(project.id, project.caption, "Project", number, words.ended(sentence, ending), dimension=dimension)

    if seen is None:
        reason = spoken.not_there(project, before)
        measures = ("risk_ratio", "risk_difference", "p_value", "difference_in_differences")
        return [value(measure, None, reason) for measure in measures]
    steps, draws = parameters["ring"], parameters["draws"]
    gain = seen.difference_in_differences
    told = [
        value("risk_ratio", seen.whole.risk_ratio, spoken.ratio(project, seen.whole, steps)),
        value("risk_difference", seen.whole.risk_difference, spoken.points(project, seen.whole, steps)),
        value("p_value", seen.p, spoken.chance(seen.p, draws)),
        value("difference_in_differences", gain, spoken.gain(project, seen.partners, seen.others, said.period(before, after))),
    ]
    for kind, counts in seen.by_kind.items():
        told.append(value("risk_ratio", counts.risk_ratio, spoken.ratio(project, counts, steps, kind), kind))
        told.append(value("risk_difference", counts.risk_difference, spoken.points(project, counts, steps, kind), kind))
    return told


def _tables(found: Joining, seen: Observed | None) -> dict[str, Any]:
    if seen is None:
        return {"table": None, "by_kind": {}, "exposed": [], "joined": []}
    return {
        "table": seen.whole.as_dict(),
        "by_kind": {kind: counts.as_dict() for kind, counts in seen.by_kind.items()},
        "exposed": [found.actors[at].id for at in seen.places[seen.exposed].tolist()],
        "joined": [found.actors[at].id for at in seen.places[seen.joined].tolist()],
    }


OBSERVED_PULL = Metric(
    "observed_pull",
    "E12",
    Words("Entraînement observé", "Observed pull"),
    Words(
        "Qui est entré par un projet, puis allé vers d'autres ; si ses proches ont rejoint plus de projets que les autres.",
        "Who came in by a project and went on to others, and whether those near it joined more projects than others did.",
    ),
    r"N_p = \#\{a : \mathrm{premier}(a) = p\},\quad RR = \frac{y_{11}/(y_{11}+y_{10})}{y_{01}/(y_{01}+y_{00})}",
    "Shalizi & Thomas 2011; Anagnostopoulos et al. 2008; Phipson & Smyth 2010",
    Words("participations datées, à deux dates", "dated participations, at two dates"),
    Words(
        "acteurs, projets, parts ; rapport de risque ; projets par acteur",
        "actors, projects, shares; risk ratio; projects an actor",
    ),
    Words(
        "Sans date sur le lien, celle du projet ; sans aucune, l'acteur était déjà là, son premier projet n'est pas sûr.",
        "Without a date on the link, the project's; without any, the actor was there already and its first project is not sure.",
    ),
    "O(m + draws)",
    Words(
        "… acteurs sont entrés dans le schéma par « … » et … d'entre eux participent au … à un autre projet.",
        "… actors came into the scheme by “…” and … of them take part in another project on ….",
    ),
    spoken.LIMITS,
    _observed_pull,
    (BEFORE, AFTER, RING, PROJECT, DRAWS, SEED),
    all_dates=True,
)
