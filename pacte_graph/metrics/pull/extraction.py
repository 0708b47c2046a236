"""E6a: what the network would lose without a node, all else equal: hypothetical extraction, alone, together, by kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from pacte_graph.errors import MetricUndefined, UnknownName
from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.metrics.pull import extraction_words
from pacte_graph.metrics.pull.effects import Vector, emitted
from pacte_graph.metrics.pull.extraction_words import impulse_words
from pacte_graph.metrics.pull.influence import HYPOTHESES
from pacte_graph.metrics.pull.linkages import PROJECTS_AND_ACTORS, coefficients, weight_words
from pacte_graph.metrics.pull.removal import Activity, Loss, Variant, activity, group_loss, key_group, loss
from pacte_graph.network.model import Network, Node
from pacte_graph.network.views import remembered
from pacte_graph.schema.choices import ACTOR_KINDS
from pacte_graph.schema.kinds import Choice, Words

MEASURES = ("share", "loss", "net_share")
SHOWN = 100
VARIANT = Parameter(
    "variant",
    "choice",
    "full",
    Words("Ce qui disparaît", "What goes"),
    Words(
        "Tout ; ou seulement ce qu'il entraîne ; ou tous ses liens, son activité propre restant.",
        "All of it; or only what it pulls; or all its links, its own activity staying.",
    ),
    choices=(
        Choice("full", Words("Retrait complet", "Full removal")),
        Choice("backward", Words("Il cesse d'entraîner", "It stops pulling")),
        Choice("keep_own", Words("Il agit seul", "It acts alone")),
    ),
)
KIND = Parameter(
    "kind",
    "choice",
    "all",
    Words("Ce qui est compté", "What is counted"),
    Words("L'activité de tous, ou d'une seule famille d'acteurs.", "The activity of all, or of one kind of actor."),
    choices=(
        Choice("all", Words("Tous les projets et acteurs", "All projects and actors")),
        *ACTOR_KINDS,
        Choice("unknown", words.UNKNOWN_KIND),
    ),
)
IMPULSES = Parameter(
    "impulses",
    "choice",
    "one",
    Words("Impulsions", "Impulses"),
    Words("Une unité chacun, ou le budget connu de chaque projet.", "One unit each, or each project's known budget."),
    choices=(
        Choice("one", Words("Une unité chacun", "One unit each")),
        Choice("budget", Words("Budgets connus des projets", "Known budgets of projects")),
    ),
)
NODES = Parameter(
    "nodes",
    "nodes",
    (),
    Words("Nœuds à retirer", "Nodes to remove"),
    Words("Identifiants ; aucun : tous (les 100 premiers candidats au-delà de 3 000).",
          "Identifiers; none: all (the first 100 candidates above 3,000)."),
)  # fmt: skip
TOGETHER = Parameter(
    "together",
    "boolean",
    False,
    Words("Retirer ensemble", "Remove together"),
    Words("Oui : les nœuds donnés partent ensemble.", "Yes: the nodes given go together."),
)
KEY_GROUP = Parameter(
    "key_group",
    "integer",
    0,
    Words("Taille du groupe clé", "Size of the key group"),
    Words("Chercher de proche en proche le groupe qui manquerait le plus ; 0 : ne pas chercher.",
          "Look step by step for the group most missed; 0: don't."),
    minimum=0,
    maximum=20,
)  # fmt: skip
GREEDY = Words(
    "Groupe trouvé de proche en proche : proche du meilleur sans preuve qu'il le soit, et différent du haut du classement, "
    "car deux nœuds qui s'entraînent ne se perdent pas deux fois.",
    "Group found step by step: near the best without proof that it is, and not the top of the list, "
    "for two nodes that pull each other aren't lost twice.",
)


def active(network: Network, parameters: Mapping[str, Any], *, kind: str = "all", impulses: str = "one") -> Activity:
    """Return the activity of a network's projects and actors (places as in ``influence(network).ids``), kept with it."""
    key = ("activity", *(parameters[item.name] for item in HYPOTHESES), kind, impulses)
    return remembered(network, key, lambda: _active(network, parameters, kind, impulses))


def _active(network: Network, parameters: Mapping[str, Any], kind: str, impulses: str) -> Activity:
    ids, matrix, _ = coefficients(network, parameters)
    nodes = [network.by_id[name] for name in ids]
    weights = None if kind == "all" else np.array([node.label == "Actor" and node.group == kind for node in nodes], dtype=float)
    return activity(
        matrix,
        impulses=None if impulses == "one" else _budgets(nodes),
        weights=weights,
        names=tuple(node.caption for node in nodes),
    )


def _budgets(nodes: list[Node]) -> Vector:
    found = [float(node.properties.get("budget") or 0.0) if node.label == "Project" else 0.0 for node in nodes]
    if min(found, default=0.0) < 0:
        raise MetricUndefined("A project's budget is negative: it can't be an impulse.", hint="Correct it, or use impulses=one.")
    return np.array(found)


@dataclass(frozen=True)
class _Told:
    """The numbers of some nodes, or of a group: one place each."""

    loss: Vector
    share: Vector
    net: Vector
    whole: float


def _told(found: Activity, lost: Vector, own: Vector, variant: str) -> _Told:
    """Return losses with their shares: of all activity, and of the others' once one's own impulse is set aside."""
    lost = np.where(np.abs(lost) < 1e-12 * max(1.0, found.whole), 0.0, lost)
    others = found.whole - own
    taken = lost - own if variant == "full" else lost
    net = np.divide(taken, others, out=np.full(len(lost), np.nan), where=others > 1e-12 * max(1.0, found.whole))
    share = lost / found.whole if found.whole > 0 else np.full(len(lost), np.nan)
    return _Told(lost, share, np.where(np.abs(net) < 1e-12, 0.0, net), found.whole)


def _extraction(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    ids, _, unknown = coefficients(network, parameters)
    found = active(network, parameters, kind=parameters["kind"], impulses=parameters["impulses"])
    places, variant = _places(ids, parameters["nodes"]), cast("Variant", parameters["variant"])
    single = loss(found, nodes=places, variant=variant)
    own = found.weights * found.impulses
    told = _told(found, single.loss, own[single.nodes], variant)
    nodes = tuple(network.by_id[ids[at]] for at in single.nodes)
    said = Words(*(f"{weight_words(parameters).get(lang)}{impulse_words(parameters).get(lang)}" for lang in ("fr", "en")))
    ending = words.scope(network, said)
    if parameters["together"] and places:
        group = _told(found, np.array([group_loss(found, places, variant=variant)]), own[places].sum(keepdims=True), variant)
        values: Any = _group_values(nodes, group, parameters, ending)
    else:
        among = _among(single, len(ids)) if places is None else Words("", "")
        values = Joined(*(_column(nodes, told, measure, parameters, among, ending) for measure in MEASURES))
    projects = [network.by_id[name] for name in ids if network.by_id[name].label == "Project"]
    counts = {**unknown, "projects_without_budget": sum(node.properties.get("budget") is None for node in projects)}
    details = _details(network, ids, found, single, told, parameters)
    return MetricResult("extraction", network.scope, parameters, values, said.fr, counts, details)


def _places(ids: tuple[str, ...], asked: tuple[str, ...]) -> list[int] | None:
    place = {name: at for at, name in enumerate(ids)}
    missing = sorted(set(asked) - place.keys())
    if missing:
        raise UnknownName(f"There is no project or actor {', '.join(missing)} in this network.")
    return sorted(place[name] for name in asked) if asked else None


def _details(
    network: Network, ids: tuple[str, ...], found: Activity, single: Loss, told: _Told, parameters: Mapping[str, Any]
) -> dict[str, Any]:
    """Return rows of the greatest losses with the loss of each kind of actor, the key group, and what was computed."""
    order = np.lexsort((np.arange(len(told.loss)), -told.loss))[:SHOWN]
    kinds, weights = kind_weights(network, ids)
    by_kind = _by_kind(found, single, weights, parameters["variant"])
    rows = []
    for at in order:
        node = network.by_id[ids[single.nodes[at]]]
        rows.append(
            {
                "id": node.id,
                "label": node.caption,
                "type": node.label,
                "group": node.group,
                "loss": float(told.loss[at]),
                "share": _number(told.share[at]),
                "net_share": _number(told.net[at]),
                "diagonal": float(single.diagonal[at]),
                "by_kind": {kind: float(by_kind[0][at, column]) for column, kind in enumerate(kinds)},
            }
        )
    chosen = key_group(found, parameters["key_group"]) if parameters["key_group"] else []
    group = [
        {
            "id": ids[at],
            "label": network.by_id[ids[at]].caption,
            "loss": lost,
            "share": lost / found.whole if found.whole else None,
        }
        for at, lost in chosen
    ]
    return {
        "rows": rows,
        "whole": found.whole,
        "whole_by_kind": dict(zip(kinds, by_kind[1].tolist(), strict=True)),
        "kinds": kinds,
        "candidates": len(single.nodes),
        "nodes": len(ids),
        "certain": single.certain,
        "key_group": group,
        "key_group_warning": GREEDY,
    }


def kind_weights(network: Network, ids: tuple[str, ...]) -> tuple[list[str], Vector]:
    """Return the kinds of actors, sorted, and value weights for each: nodes × kinds, 1 where an actor is of the kind."""
    kinds = sorted({node.group for node in network.nodes_of("Actor")})
    weights, column = np.zeros((len(ids), len(kinds))), {kind: at for at, kind in enumerate(kinds)}
    for at, name in enumerate(ids):
        node = network.by_id[name]
        if node.label == "Actor":
            weights[at, column[node.group]] = 1.0
    return kinds, weights


def _by_kind(found: Activity, single: Loss, weights: Vector, variant: str) -> tuple[Vector, Vector]:
    """Return for each node removed what each kind of actor loses (nodes × kinds), and what each kind does before."""
    chosen = weights[single.nodes]
    sets = emitted(found.matrix, weights)[single.nodes] if weights.size else chosen
    lost = found.got[single.nodes, None] * (sets - (chosen if variant == "backward" else 0.0)) / single.diagonal[:, None]
    if variant == "keep_own":
        lost = lost - chosen * found.impulses[single.nodes, None]
    return lost, found.got @ weights


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _column(
    nodes: tuple[Node, ...], told: _Told, measure: str, parameters: Mapping[str, Any], among: Words, ending: Words
) -> Column:
    numbers = {"share": told.share, "loss": told.loss, "net_share": told.net}[measure]

    def sentence(place: int) -> Words:
        said = extraction_words.sentence(words.quoted(nodes[place]), measure, float(numbers[place]), told.whole, parameters)
        return Words(f"{said.fr}{among.fr}", f"{said.en}{among.en}")

    return Column(nodes, numbers, sentence, ending, dimension={"measure": measure})


def _group_values(nodes: tuple[Node, ...], told: _Told, parameters: Mapping[str, Any], ending: Words) -> tuple[Value, ...]:
    quoted = [words.quoted(node) for node in nodes]
    name = Words(*(words.listed([one.get(lang) for one in quoted], lang) for lang in ("fr", "en")))
    numbers = {"share": told.share[0], "loss": told.loss[0], "net_share": told.net[0]}
    return tuple(
        Value(
            None,
            name.fr,
            "Group",
            _number(numbers[measure]),
            words.ended(
                extraction_words.sentence(name, measure, float(numbers[measure]), told.whole, parameters, several=len(nodes) > 1),
                ending,
            ),
            dimension={"measure": measure},
        )
        for measure in MEASURES
    )


def _among(single: Loss, size: int) -> Words:
    if len(single.nodes) == size:
        return Words("", "")
    shown, of, sure = words.number(len(single.nodes)), words.number(size), words.number(single.certain)
    return Words(
        f" Calculé pour les {shown.fr} candidats à la plus forte perte sur {of.fr} ; les {sure.fr} premiers rangs sont sûrs.",
        f" Computed for the {shown.en} candidates for the greatest loss of {of.en}; the first {sure.en} ranks are sure.",
    )


STATIC = Words(
    "Calcul statique : personne ne remplace ce qui disparaît et ne s'adapte ; un entraînement possible, pas une prévision.",
    "A static computation: nobody replaces what goes and nobody adapts; a possible pull, not a forecast.",
)
EXTRACTION = Metric(
    "extraction",
    "E6a",
    Words("Sans ce projet : l'entraînement perdu", "Without this project: the pull lost"),
    Words(
        "Quelle part de l'activité d'entraînement disparaîtrait sans ce projet ou cet acteur, toutes choses égales par ailleurs.",
        "Which share of the activity of pull would go without this project or actor, all else equal.",
    ),
    r"\Delta_k = \frac{(T^\top f)_k\,(T c)_k}{t_{kk}},\quad \Delta_S = y_S^\top\,(T_{SS})^{-1}\,(T c)_S",
    "Dietzenbacher & van der Linden 1997; Temurshoev 2010; Ballester, Calvó-Armengol & Zenou 2006; Miller & Blair 2009, ch. 12",
    PROJECTS_AND_ACTORS,
    Words("part de l'activité ; unités d'engagement", "share of the activity; units of commitment"),
    Words(
        "Un lien sans sens compte à moitié dans les deux sens ; un budget inconnu n'est pas une impulsion, et est compté à part.",
        "A link without direction counts half both ways; an unknown budget is no impulse, and is counted apart.",
    ),
    "O(n³) ≤ 3000 < O(candidates · rounds · m)",
    Words(
        "Sans « … », toutes choses égales par ailleurs, le réseau perdrait … % de son activité d'entraînement.",
        "Without “…”, all else equal, the network would lose …% of its activity of pull.",
    ),
    STATIC,
    _extraction,
    (*HYPOTHESES, VARIANT, KIND, IMPULSES, NODES, TOGETHER, KEY_GROUP),
)
