"""E13: the k projects that together touch the most actors or kinds of actors, or that the network would miss the most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.errors import MetricUndefined
from pacte_graph.metrics import words
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.metrics.pull.effects import DENSE, total_effects
from pacte_graph.metrics.pull.influence import HYPOTHESES, influence
from pacte_graph.metrics.pull.linkages import PROJECTS_AND_ACTORS, coefficients, weight_words
from pacte_graph.metrics.pull.selection import Chosen, best_cover, best_loss
from pacte_graph.network.model import Network
from pacte_graph.network.views import incidence
from pacte_graph.schema.kinds import Choice, Words

STEPS = 200_000_000
OBJECTIVES = (
    Choice("actors", Words("Acteurs touchés", "Actors touched")),
    Choice("types", Words("Familles d'acteurs touchées", "Kinds of actors touched")),
    Choice("loss", Words("Entraînement perdu sans eux", "Pull lost without them")),
)
OBJECTIVE = Parameter(
    "objective",
    "choice",
    "actors",
    Words("But", "Aim"),
    Words("Ce que le portefeuille doit toucher ou retenir le plus.", "What the portfolio is to touch or hold the most."),
    choices=OBJECTIVES,
)
K = Parameter(
    "k",
    "integer",
    5,
    Words("Nombre de projets", "Number of projects"),
    Words("Au plus tant de projets dans le portefeuille.", "At most so many projects in the portfolio."),
    minimum=1,
    maximum=20,
)
D = Parameter(
    "d",
    "integer",
    1,
    Words("Cercle", "Ring"),
    Words(
        "Un acteur est touché à ce nombre de pas au plus : 1, les participants ; 3, leurs partenaires ailleurs.",
        "An actor is touched within this many steps: 1, the participants; 3, their partners elsewhere.",
    ),
    minimum=1,
    maximum=6,
)
TOUCHED = Words("participations et liens déclarés, sans poids", "participations and declared links, unweighted")


def within(network: Network, steps: int, kappa: float) -> tuple[tuple[str, ...], tuple[str, ...], sparse.csr_array]:
    """Return projects, actors and which actors each project reaches in at most ``steps`` (0/1, projects × actors).

    One step is participation; more follow the influence graph. Raises MetricUndefined when the rings of so many projects
    would be too large to hold.
    """
    found = incidence(network)
    if steps == 1:
        return found.projects, found.actors, found.matrix
    pull = influence(network, kappa=kappa)
    place = {name: at for at, name in enumerate(pull.ids)}
    rows, columns = ([place[name] for name in names] for names in (found.projects, found.actors))
    onward = sparse.csr_array((np.ones(pull.matrix.nnz), pull.matrix.indices, pull.matrix.indptr), shape=pull.matrix.shape)
    onward = sparse.csr_array(onward + sparse.eye_array(len(place)))
    ring = sparse.csr_array(onward[rows])
    for _ in range(steps - 1):
        work = float(np.asarray(ring.sum(axis=0)).ravel() @ np.diff(onward.indptr))
        if work > STEPS:
            raise MetricUndefined(
                f"The rings of {len(rows)} projects at {steps} steps are too large to compare.",
                hint="Choose a smaller d, or fewer filters.",
            )
        ring = sparse.csr_array(ring @ onward)
        ring.data[:] = 1.0
    return found.projects, found.actors, sparse.csr_array(ring[:, columns])


def _portfolio(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    if parameters["objective"] == "loss":
        return _loss(network, parameters)
    projects, actors, cover = within(network, parameters["d"], parameters["kappa"])
    unknown = {"actors_of_unknown_kind": sum(network.by_id[name].group == "unknown" for name in actors)}
    said = (Words("acteur", "actor"), Words("acteurs", "actors"))
    if parameters["objective"] == "types":
        kinds = sorted({network.by_id[name].group for name in actors} - {"unknown"})
        place = {kind: at for at, kind in enumerate(kinds)}
        known = [(at, place[network.by_id[name].group]) for at, name in enumerate(actors) if network.by_id[name].group in place]
        belongs = sparse.csr_array(
            (np.ones(len(known)), ([a for a, _ in known], [b for _, b in known])), shape=(len(actors), len(kinds))
        )
        cover = sparse.csr_array(cover @ belongs)
        said = (Words("famille d'acteurs", "kind of actors"), Words("familles d'acteurs", "kinds of actors"))
    chosen = best_cover(cover, parameters["k"])
    attainable = int((np.diff(sparse.csc_array(cover).indptr) > 0).sum())
    ring = words.number(parameters["d"])
    weight = Words(f"{TOUCHED.fr}, cercle {ring.fr}", f"{TOUCHED.en}, ring {ring.en}")
    return _told(network, parameters, projects, chosen, cover.shape[1], attainable, said, weight, unknown)


def _told(  # noqa: PLR0913, PLR0917
    network: Network,
    parameters: Mapping[str, Any],
    projects: tuple[str, ...],
    chosen: Chosen,
    whole: int,
    attainable: int,
    unit: tuple[Words, Words],
    weight: Words,
    unknown: Mapping[str, int],
) -> MetricResult:
    ending, names = words.scope(network, weight), [projects[place] for place in chosen.places]
    total = chosen.reached[-1] if chosen.reached else None
    values = [_covered(total, len(names), whole, attainable, unit, chosen, ending)]
    rows, before = [], 0.0
    for at, (name, reached) in enumerate(zip(names, chosen.reached, strict=True), 1):
        gain, node = reached - before, network.by_id[name]
        named, more = words.quoted(node), words.count(int(gain), *unit)
        share = _share(reached / whole)
        sentence = Words(
            f"{named.fr}, {at}{'er' if at == 1 else 'e'} du portefeuille, apporte {more.fr} de plus ({share.fr} touchés "
            "avec les précédents)."
            if at > 1
            else f"{named.fr}, 1er du portefeuille, apporte {more.fr} ({share.fr} du total).",
            f"{named.en}, number {at} of the portfolio, brings {more.en}{' more' if at > 1 else ''} ({share.en} of the "
            "total so far).",
        )
        values.append(
            Value(name, node.caption, "Project", int(gain), words.ended(sentence, ending), at, dimension={"measure": "gain"})
        )
        rows.append({"id": name, "label": node.caption, "place": at, "gain": gain, "reached": reached, "share": reached / whole})
        before = reached
    details = {"rows": rows, "whole": whole, "attainable": attainable, "exact": chosen.exact, "bound": chosen.bound}
    return MetricResult("portfolio", network.scope, parameters, tuple(values), weight.fr, unknown, details)


def _covered(
    total: float | None, count: int, whole: int, attainable: int, unit: tuple[Words, Words], chosen: Chosen, ending: Words
) -> Value:
    dimension = {"measure": "reached"}
    if total is None:
        why = Words(f"aucun projet ne touche de {unit[0].fr}", f"no project touches any {unit[0].en}")
        said = Words(f"Portefeuille non défini, car {why.fr}.", f"Portfolio undefined, for {why.en}.")
        return Value(None, "", "", None, words.ended(said, ending), dimension=dimension)
    share, reached = _share(total / whole), words.count(int(total), *unit)
    subject = _subject(count)
    best = _share(attainable / whole)
    proof = _proof(chosen)
    said = Words(
        f"{subject.fr} à toucher {share.fr} du total, soit {reached.fr} sur {words.number(whole).fr} (tous les projets "
        f": {best.fr}) ; {proof.fr}.",
        f"{subject.en} to touch {share.en} of the total: {reached.en} of {words.number(whole).en} (all projects: "
        f"{best.en}); {proof.en}.",
    )
    return Value(None, "", "", int(total), words.ended(said, ending), None, total, chosen.bound, dimension)


def _share(share: float) -> Words:
    if 0 < share < 0.005:
        return Words(f"moins de 1{words.HARD}%", "less than 1%")
    return words.percent(share)


def _subject(count: int) -> Words:
    if count == 1:
        return Words("Ce projet suffit", "This project is enough")
    return Words(f"Ces {count} projets suffisent", f"These {count} projects are enough")


def _proof(chosen: Chosen) -> Words:
    if chosen.exact:
        return Words("aucun autre choix ne fait mieux", "no other choice does better")
    bound = words.number(chosen.bound)
    return Words(
        f"choix glouton, au moins 63 % du meilleur possible, qui ne dépasse pas {bound.fr}",
        f"greedy choice, at least 63% of the best possible, which does not exceed {bound.en}",
    )


def _loss(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    ids, matrix, unknown = coefficients(network, parameters)
    if len(ids) > DENSE:
        raise MetricUndefined(
            f"The joint loss needs the whole matrix of effects, {len(ids)} nodes: the limit is {DENSE}.",
            hint="Filter the network, or choose the aim actors or types.",
        )
    effects = total_effects(matrix, tuple(network.by_id[name].caption for name in ids))
    projects = tuple(at for at, name in enumerate(ids) if network.by_id[name].label == "Project")
    chosen = best_loss(effects, projects, parameters["k"])
    weight = weight_words(parameters)
    ending, whole = words.scope(network, weight), float(effects.sum())
    values = [_missed(chosen, whole, ending)]
    rows, before = [], 0.0
    for at, (place, reached) in enumerate(zip(chosen.places, chosen.reached, strict=True), 1):
        node, gain = network.by_id[ids[place]], reached - before
        named, shown = words.quoted(node), words.number(gain)
        sentence = Words(
            f"{named.fr}, {at}{'er' if at == 1 else 'e'} du portefeuille, emporterait {shown.fr} d'entraînement.",
            f"{named.en}, number {at} of the portfolio, would take away {shown.en} of pull.",
        )
        values.append(
            Value(node.id, node.caption, "Project", gain, words.ended(sentence, ending), at, dimension={"measure": "gain"})
        )
        rows.append(
            {"id": node.id, "label": node.caption, "place": at, "gain": gain, "reached": reached, "share": reached / whole}
        )
        before = reached
    details = {"rows": rows, "whole": whole, "attainable": whole, "exact": chosen.exact, "bound": chosen.bound}
    return MetricResult("portfolio", network.scope, parameters, tuple(values), weight.fr, unknown, details)


def _missed(chosen: Chosen, whole: float, ending: Words) -> Value:
    dimension, count = {"measure": "reached"}, len(chosen.places)
    if not count:
        said = Words(
            "Portefeuille non défini, car le réseau n'a aucun projet.", "Portfolio undefined, for the network has no project."
        )
        return Value(None, "", "", None, words.ended(said, ending), dimension=dimension)
    others = whole - count  # their own impulses, 1 each, are no loss to the others
    share = _share((chosen.reached[-1] - count) / others) if others > 1e-12 else None
    subject = Words("ce projet", "this project") if count == 1 else Words(f"ces {count} projets", f"these {count} projects")
    lost = (
        (f" ({share.fr} de ce qui n'est pas leur propre impulsion)", f" ({share.en} of what is not their own impulse)")
        if share
        else ("", "")
    )
    proof = (
        Words("aucun autre choix n'emporte plus", "no other choice takes more")
        if chosen.exact
        else Words("choix glouton, sans garantie", "greedy choice, without guarantee")
    )
    shown = words.number(chosen.reached[-1])
    said = Words(
        f"Sans {subject.fr}, toutes choses égales par ailleurs, le réseau perdrait {shown.fr} d'entraînement{lost[0]} ; "
        f"{proof.fr}.",
        f"Without {subject.en}, other things equal, the network would lose {shown.en} of pull{lost[1]}; {proof.en}.",
    )
    return Value(None, "", "", chosen.reached[-1], words.ended(said, ending), None, chosen.reached[-1], chosen.bound, dimension)


PORTFOLIO = Metric(
    "portfolio",
    "E13",
    Words("Meilleur portefeuille de projets", "Best portfolio of projects"),
    Words(
        "Les quelques projets qui, ensemble, touchent le plus d'acteurs ou de familles d'acteurs, ou dont l'absence "
        "coûterait le plus.",
        "The few projects that together touch the most actors or kinds of actors, or whose absence would cost the most.",
    ),
    r"\max_{|S| \le k} \Big|\bigcup_{p \in S} R_p(d)\Big| ;\quad \max_{|S| \le k} y_S^{\top} (T_{SS})^{-1} (T\mathbf{1})_S",
    "Nemhauser, Wolsey & Fisher 1978; Temurshoev 2010",
    PROJECTS_AND_ACTORS,
    Words("acteurs, familles, ou unités d'engagement perdues", "actors, kinds, or units of commitment lost"),
    Words(
        "Un acteur de famille inconnue ne compte dans aucune famille ; un lien sans sens se parcourt dans les deux sens.",
        "An actor of unknown kind counts in no kind; a link without direction is walked both ways.",
    ),
    "O(k · m) (n ≤ 500: integer program)",
    Words(
        "Ces … projets suffisent à toucher … % du total, soit … acteurs sur ….",
        "These … projects are enough to touch …% of the total: … actors of ….",
    ),
    Words(
        "Dit qui est touché d'après la structure déclarée, pas si les projets sont les meilleurs ; personne n'est "
        "supposé remplacer personne.",
        "Tells who is touched by the declared structure, not whether the projects are the best; nobody is assumed to "
        "replace anybody.",
    ),
    _portfolio,
    (OBJECTIVE, K, D, *HYPOTHESES),
)
