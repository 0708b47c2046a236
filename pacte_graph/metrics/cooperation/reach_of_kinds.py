"""C11: over how many kinds an actor's partners are spread (participation), and whether it is a hub of its own kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.cooperation.brokerage import numbered
from pacte_graph.metrics.cooperation.openness import participation, role, within_module
from pacte_graph.metrics.cooperation.passing import PROJECTION, UNWEIGHTED, tied_pairs
from pacte_graph.metrics.model import Metric, MetricResult, Parameter
from pacte_graph.network.model import Network
from pacte_graph.schema.kinds import Choice, Words

MODULE = Parameter(
    "module",
    "choice",
    "kind",
    Words("Module", "Module"),
    Words("Entre quels groupes les partenaires se répartissent.", "Over which groups the partners are spread."),
    choices=(
        Choice("kind", Words("Famille d'acteurs", "Kind of actor")),
        Choice("territory", Words("Territoire d'implantation", "Territory where it is based")),
    ),
)
ROLES = {
    "ultra_peripheral": Words("ultra-périphérique", "ultra-peripheral"),
    "peripheral": Words("périphérique", "peripheral"),
    "connector": Words("connecteur", "connector"),
    "kinless": Words("sans attache", "kinless"),
    "provincial_hub": Words("pivot local", "provincial hub"),
    "connector_hub": Words("pivot connecteur", "connector hub"),
    "kinless_hub": Words("pivot global", "kinless hub"),
}


def modules(network: Network, names: tuple[str, ...], module: str) -> list[str]:
    """Return the group of each actor: its kind, or the first territory (by id) where it is based; ``unknown`` without one."""
    if module == "kind":
        return [network.by_id[name].group for name in names]
    based: dict[str, str] = {}
    for link in network.links_of("BASED_IN"):
        based.setdefault(link.source, link.target)
    return [based.get(name, "unknown") for name in names]


def _participation(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    names, found = tied_pairs(network)
    nodes = tuple(network.by_id[name] for name in names)
    told = modules(network, names, parameters["module"])
    groups_named, groups = numbered(told)
    spread, scaled = participation(found, groups)
    z = within_module(found, groups)
    z = np.where(np.isnan(spread), np.nan, z)
    ending = words.scope(network, UNWEIGHTED)

    def spread_over(place: int) -> Words:
        return _sentence(words.quoted(nodes[place]), float(spread[place]), float(z[place]), len(groups_named))

    def hub(place: int) -> Words:
        return _hub(words.quoted(nodes[place]), float(z[place]))

    values = Joined(
        Column(nodes, spread, spread_over, ending, dimension={"measure": "participation"}),
        Column(nodes, scaled, spread_over, ending, dimension={"measure": "rescaled"}),
        Column(nodes, z, hub, ending, dimension={"measure": "z"}),
    )
    unknown = {f"actors_of_unknown_{parameters['module']}": told.count("unknown")}
    details = {"ids": names, "participation": spread, "z": z, "groups": groups_named, "module": parameters["module"]}
    return MetricResult("participation", network.scope, parameters, values, UNWEIGHTED.fr, unknown, details)


def _sentence(name: Words, spread: float, z: float, groups: int) -> Words:
    if np.isnan(spread):
        return Words(f"{name.fr} : non défini, aucun partenaire.", f"{name.en}: undefined, no partner.")
    shown, as_many, kind = (
        words.number(spread),
        words.number(1 / (1 - spread) if spread < 1 else float(groups), 1),
        role(z, spread),
    )
    label = ROLES[kind or "peripheral"]
    if spread < 0.005:
        return Words(
            f"Participation {shown.fr} : les partenaires de {name.fr} sont tous d'un même groupe ({label.fr}).",
            f"Participation {shown.en}: the partners of {name.en} are all of one group ({label.en}).",
        )
    return Words(
        f"Participation {shown.fr} : les partenaires de {name.fr} se répartissent comme entre {as_many.fr} groupes égaux "
        f"({label.fr}).",
        f"Participation {shown.en}: the partners of {name.en} are spread as over {as_many.en} equal groups ({label.en}).",
    )


def _hub(name: Words, z: float) -> Words:
    if np.isnan(z):
        return Words(f"{name.fr} : non défini, aucun partenaire.", f"{name.en}: undefined, no partner.")
    shown = words.number(z)
    return Words(
        f"{name.fr} a dans son propre groupe un nombre de partenaires à {shown.fr} écart(s) type(s) de la moyenne.",
        f"{name.en} has, within its own group, a number of partners {shown.en} standard deviation(s) from the mean.",
    )


PARTICIPATION = Metric(
    "participation",
    "C11",
    Words("Diversité des partenaires", "Diversity of partners"),
    Words(
        "Entre combien de groupes les partenaires d'un acteur se répartissent, et s'il est un pivot de son propre groupe.",
        "Over how many groups an actor's partners are spread, and whether it is a hub of its own group.",
    ),
    r"P_v = 1 - \sum_s (k_{vs} / k_v)^2,\quad z_v = (k_{v,in} - \bar k_{in}) / \sigma_{in}",
    "Guimerà & Amaral 2005",
    PROJECTION,
    Words("de 0 à 1 − 1/S ; z en écarts types", "from 0 to 1 − 1/S; z in standard deviations"),
    Words(
        "Les acteurs de groupe inconnu forment un groupe à part, et sont comptés.",
        "Actors of unknown group are a group of their own, and are counted.",
    ),
    "O(m)",
    Words(
        "Participation … : les partenaires de « … » se répartissent comme entre … groupes égaux (…).",
        "Participation …: the partners of “…” are spread as over … equal groups (…).",
    ),
    words.STRUCTURE,
    _participation,
    (MODULE,),
)
