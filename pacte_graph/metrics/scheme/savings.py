"""S4: what acting together saves, net of coordination, where the costs compared come from, and each partner's part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pacte_graph.metrics import words
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.metrics.ranking import ranks
from pacte_graph.metrics.scheme.money import EUROS, euros, refuse_negative
from pacte_graph.metrics.scheme.pooling import EXACT, Saving, present_value, shared
from pacte_graph.network.model import Network, Node
from pacte_graph.schema.choices import COST_BASES, COST_PERIODS
from pacte_graph.schema.kinds import Choice, Words

DISCOUNT = Parameter(
    "discount",
    "float",
    0.03,
    Words("Taux d'actualisation", "Discount rate"),
    Words("Ce que vaut de moins une économie obtenue un an plus tard.", "How much less a saving is worth a year later."),
    minimum=0.0,
    maximum=0.2,
)
YEARS = Parameter(
    "years",
    "integer",
    5,
    Words("Nombre d'années", "Years"),
    Words("Années où une économie annuelle revient.", "Years during which a yearly saving returns."),
    minimum=1,
    maximum=30,
)
KEY = Parameter(
    "key",
    "choice",
    "pro_rata",
    Words("Clé de répartition", "Sharing key"),
    Words("Comment l'économie se partage entre partenaires.", "How the saving is shared among partners."),
    choices=(
        Choice("pro_rata", Words("Au prorata du coût séparé", "Pro rata of the standalone cost")),
        Choice("shapley", Words(f"Valeur de Shapley (jusqu'à {EXACT} partenaires)", f"Shapley value (up to {EXACT} partners)")),
    ),
)
COSTS = ("standalone_cost", "joint_cost", "coordination_cost")
PERIODS = {choice.value: choice.label for choice in COST_PERIODS}
BASES = {choice.value: choice.label for choice in COST_BASES}


@dataclass(frozen=True, slots=True)
class Pooled:
    """A project that states some cost of pooling: ``partners`` are standalone costs by actor, None where one is missing."""

    node: Node
    saving: Saving
    basis: str | None
    period: str | None
    investment: float | None
    partners: Mapping[str, float | None]

    @property
    def established(self) -> bool:
        """Return True when the net saving is known and says where its costs come from."""
        return self.basis is not None and self.saving.net is not None


def pooled(network: Network) -> tuple[Pooled, ...]:
    """Return the projects that state a cost of pooling, sorted by id. Raises MetricUndefined on an amount below zero.

    What each would spend apart is the project's ``standalone_cost``, else the sum of its partners' when all of those that state
    one or hold a part of the common cost do.
    """
    by_project: dict[str, dict[str, float | None]] = {}
    for link in network.links_of("TAKES_PART_IN"):
        told = link.properties
        if "standalone_cost" in told or "cost" in told:
            partners = by_project.setdefault(link.target, {})
            known = [cost for cost in (partners.get(link.source), told.get("standalone_cost")) if cost is not None]
            partners[link.source] = sum(known) if known else None
    found = []
    for node in network.nodes_of("Project"):
        partners = by_project.get(node.id, {})
        stated = any(cost is not None for cost in partners.values())
        if stated or any(node.properties.get(name) is not None for name in COSTS):
            found.append(_pooled(node, dict(sorted(partners.items())) if stated else {}))
    refuse_negative(network, ((item.node.id, cost) for item in found for cost in _costs(item)))
    return tuple(found)


def _costs(item: Pooled) -> list[float]:
    every = (item.saving.alone, item.saving.joint, item.saving.coordination, item.investment, *item.partners.values())
    return [cost for cost in every if cost is not None]


def _pooled(node: Node, partners: Mapping[str, float | None]) -> Pooled:
    told = node.properties
    alone, known = told.get("standalone_cost"), [cost for cost in partners.values() if cost is not None]
    if alone is None and partners and len(known) == len(partners):
        alone = sum(known)
    saving = Saving(alone, told.get("joint_cost"), told.get("coordination_cost"))
    return Pooled(node, saving, told.get("cost_basis"), told.get("cost_period"), told.get("pooling_investment"), partners)


def _savings(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found = pooled(network)
    ending = words.scope(network, EUROS)
    placed = ranks({item.node.id: item.saving.net for item in found if item.established})
    values = _totals(found, ending)
    rows = []
    for item in found:
        parts, why = _parts(item, parameters["key"])
        worth = _present(item, parameters)
        rows.append(_row(network, item, parts, why, worth))
        values += _project(item, worth, placed.get(item.node.id), parameters, ending)
        values += [_part(network, item, name, part, ending) for name, part in parts.items()]
    unknown = {
        "projects_without_any_cost": len(network.nodes_of("Project")) - len(found),
        "projects_of_incomplete_costs": sum(item.saving.net is None for item in found),
        "projects_without_basis": sum(item.basis is None for item in found),
        "projects_of_unknown_period": sum(item.period is None for item in found),
    }
    return MetricResult("savings", network.scope, parameters, tuple(values), EUROS.fr, unknown, {"rows": rows})


def _parts(item: Pooled, key: str) -> tuple[dict[str, float], Words | None]:
    """Return each partner's part of the net saving, or why there is none."""
    costs = {name: cost for name, cost in item.partners.items() if cost is not None}
    if not item.established:
        return {}, Words("l'économie n'est pas établie", "the saving is not established")
    if len(costs) < 2 or len(costs) < len(item.partners):
        return {}, Words("il manque le coût séparé de partenaires", "the standalone cost of partners is missing")
    alone, joint, coordination = item.saving.alone or 0.0, item.saving.joint or 0.0, item.saving.coordination or 0.0
    if abs(sum(costs.values()) - alone) > 0.01 * max(alone, 1.0):
        return {}, Words("les coûts séparés ne font pas leur total", "the standalone costs do not add up to their total")
    return shared(costs, sum(costs.values()) - (alone - joint - coordination), key), None


def _present(item: Pooled, parameters: Mapping[str, Any]) -> float | None:
    """Return the discounted saving; None when it is not established, or its period or the initial outlay is unknown."""
    if not item.established or item.period is None or item.investment is None or item.saving.net is None:
        return None
    if item.period == "once":
        return item.saving.net - item.investment
    return present_value(item.saving.net, parameters["years"], parameters["discount"], item.investment)


def _row(network: Network, item: Pooled, parts: Mapping[str, float], why: Words | None, worth: float | None) -> dict[str, Any]:
    saving = item.saving
    return {
        "id": item.node.id,
        "label": item.node.caption,
        "standalone": saving.alone,
        "joint": saving.joint,
        "coordination": saving.coordination,
        "net": saving.net,
        "rate": saving.rate,
        "break_even": saving.break_even,
        "basis": item.basis,
        "period": item.period,
        "investment": item.investment,
        "present_value": worth,
        "established": item.established,
        "parts": [{"id": name, "label": network.by_id[name].caption, "saving": part} for name, part in parts.items()],
        "no_parts_because": why,
    }


def _project(item: Pooled, worth: float | None, rank: int | None, parameters: Mapping[str, Any], ending: Words) -> list[Value]:
    saving, name = item.saving, words.quoted(item.node)

    def value(measure: str, number: float | None, said: Words, high: float | None = None, place: int | None = None) -> Value:
        return Value(
            item.node.id,
            item.node.caption,
            "Project",
            number,
            words.ended(said, ending),
            place,
            None,
            high,
            dimension={"measure": measure},
        )

    net = saving.net if item.established else None
    most = saving.break_even if item.basis is not None else None
    return [
        value("net", net, _net(item), most if net is None else None, rank),
        value("rate", saving.rate if item.established else None, _net(item)),
        value("break_even", most, _break_even(name, most)),
        value("present_value", worth, _worth(name, item, worth, parameters)),
    ]


def _net(item: Pooled) -> Words:
    saving, name = item.saving, words.quoted(item.node)
    if item.basis is None:
        return Words(
            f"{name.fr} : économie non établie, l'origine des coûts comparés n'est pas dite.",
            f"{name.en}: saving not established, nobody says where the costs compared come from.",
        )
    if saving.net is None or saving.alone is None or saving.joint is None or saving.coordination is None:
        return Words(
            f"{name.fr} : économie inconnue, il manque {_missing(saving).fr}.",
            f"{name.en}: saving unknown, {_missing(saving).en} missing.",
        )
    spent, apart, basis = euros(saving.joint + saving.coordination), euros(saving.alone), BASES[item.basis]
    shown = words.percent(abs(saving.rate)) if saving.rate is not None else None
    if saving.net < 0:
        more = euros(-saving.net)
        return Words(
            f"{name.fr} : faire ensemble coûte {spent.fr} au lieu de {apart.fr}, soit {more.fr} de plus, coordination comprise "
            f"(origine : {basis.fr}).",
            f"{name.en}: acting together costs {spent.en} instead of {apart.en}, {more.en} more, coordination included "
            f"(basis: {basis.en}).",
        )
    rate = Words("", "") if shown is None else Words(f", soit {shown.fr} d'économie nette", f", a net saving of {shown.en}")
    return Words(
        f"{name.fr} : faire ensemble coûte {spent.fr}, coordination comprise, au lieu de {apart.fr}{rate.fr} "
        f"(origine : {basis.fr}).",
        f"{name.en}: acting together costs {spent.en}, coordination included, instead of {apart.en}{rate.en} "
        f"(basis: {basis.en}).",
    )


def _missing(saving: Saving) -> Words:
    names = (
        (saving.alone, Words("le coût séparé", "the standalone cost is")),
        (saving.joint, Words("le coût commun", "the joint cost is")),
        (saving.coordination, Words("le coût de coordination", "the coordination cost is")),
    )
    return next((name for cost, name in names if cost is None), Words("un coût", "a cost is"))


def _break_even(name: Words, most: float | None) -> Words:
    if most is None:
        return Words(f"{name.fr} : seuil de coordination non établi.", f"{name.en}: break-even of coordination not established.")
    if most < 0:
        return Words(
            f"{name.fr} : faire ensemble coûte plus, même sans coordination.",
            f"{name.en}: acting together costs more, even without coordination.",
        )
    shown = euros(most)
    return Words(
        f"{name.fr} : faire ensemble reste moins cher tant que la coordination coûte moins de {shown.fr}.",
        f"{name.en}: acting together is cheaper as long as coordination costs less than {shown.en}.",
    )


def _worth(name: Words, item: Pooled, worth: float | None, parameters: Mapping[str, Any]) -> Words:
    if worth is None:
        return Words(
            f"{name.fr} : valeur actualisée non établie (origine, périodicité, coûts ou dépense de départ inconnus).",
            f"{name.en}: present value not established (basis, period, costs or initial outlay unknown).",
        )
    shown = euros(worth)
    if item.period == "once":
        return Words(
            f"{name.fr} : économie d'une seule fois, {shown.fr} une fois déduite la dépense de départ.",
            f"{name.en}: a saving made once, {shown.en} after the initial outlay.",
        )
    years = words.count(parameters["years"], Words("an", "year"), Words("ans", "years"))
    rate = words.number(100 * parameters["discount"], 1)
    return Words(
        f"{name.fr} : l'économie annuelle vaut {shown.fr} sur {years.fr}, actualisée à {rate.fr}{words.HARD}%, dépense de départ "
        "déduite.",
        f"{name.en}: the yearly saving is worth {shown.en} over {years.en}, discounted at {rate.en}%, after the initial outlay.",
    )


def _part(network: Network, item: Pooled, name: str, part: float, ending: Words) -> Value:
    node, project, shown = network.by_id[name], words.quoted(item.node), euros(part)
    actor = words.quoted(node)
    said = Words(
        f"{actor.fr} : sa part de l'économie de {project.fr} est de {shown.fr}.",
        f"{actor.en}: its part of the saving of {project.en} is {shown.en}.",
    )
    return Value(
        name,
        node.caption,
        node.label,
        part,
        words.ended(said, ending),
        dimension={"measure": "part", "project": item.node.id},
    )


def _totals(every: tuple[Pooled, ...], ending: Words) -> list[Value]:
    """Return net and rate of the established savings, those made once and those of every year apart: they don't add up."""
    sure = [item for item in every if item.established]
    found: list[Value] = []
    for period in (*PERIODS, "unknown"):
        group = [item for item in sure if (item.period or "unknown") == period]
        if group:
            found += _total(group, period, len(every), ending)
    if found:
        return found
    said = Words(
        "Économies de la mutualisation : non établies, aucun projet n'a des coûts complets et leur origine.",
        "Savings of pooling: not established, no project has complete costs and their basis.",
    )
    told = words.ended(said, ending)
    return [Value(None, "Économie nette", "Programme", None, told, dimension={"measure": "net"})]


def _total(group: list[Pooled], period: str, pooled_projects: int, ending: Words) -> list[Value]:
    net, alone = sum(item.saving.net or 0.0 for item in group), sum(item.saving.alone or 0.0 for item in group)
    when = PERIODS.get(period, Words("périodicité inconnue", "unknown period"))
    rate = net / alone if alone else None
    shown, part = euros(abs(net)), words.percent(abs(rate or 0.0))
    of = words.count(pooled_projects, Words("projet mutualisé", "pooled project"), Words("projets mutualisés", "pooled projects"))
    verb = Words("fait économiser", "saves") if net >= 0 else Words("coûte en plus", "costs more by")
    said = Words(
        f"La mutualisation {verb.fr} {shown.fr} nets, soit {part.fr} du coût séparé ({when.fr.lower()} ; {len(group)} sur "
        f"{of.fr}).",
        f"Pooling {verb.en} {shown.en} net, {part.en} of the standalone cost ({when.en.lower()}; {len(group)} of {of.en}).",
    )
    told = words.ended(said, ending)
    return [
        Value(None, label, "Programme", number, told, dimension={"measure": measure, "period": period})
        for measure, label, number in (("net", "Économie nette", net), ("rate", "Taux d'économie", rate))
    ]


SAVINGS = Metric(
    "savings",
    "S4",
    Words("Économies de la mutualisation", "Savings of pooling"),
    Words(
        "Ce que faire ensemble coûte de moins que chacun de son côté, coordination déduite ; exige l'origine des coûts.",
        "How much less acting together costs than each alone, coordination deducted; not established without a basis.",
    ),
    r"N = \sum_i s_i - J - K,\quad \tau = N / \sum_i s_i,\quad V = \sum_{t=1}^{n} N / (1+d)^t - I",
    "Shapley 1953; O'Neill 1982",
    Words("coûts séparés, commun et de coordination des projets", "standalone, joint and coordination costs of projects"),
    Words("euros ; part du coût séparé", "euros; share of the standalone cost"),
    Words(
        "Un coût manquant ou une origine non dite laisse l'économie non établie ; elle n'est pas comptée pour zéro.",
        "A missing cost or an unstated basis leaves the saving not established; it does not count as zero.",
    ),
    "O(participations) ; Shapley O(n 2ⁿ), n ≤ 12",
    Words(
        "« … » : faire ensemble coûte …, coordination comprise, au lieu de …, soit … % d'économie nette (origine : …).",
        "“…”: acting together costs …, coordination included, instead of …, a net saving of …% (basis: …).",
    ),
    Words(
        "Compare à un coût séparé que personne n'a dépensé : vaut ce que vaut son origine. Peut être négatif.",
        "Compares with a standalone cost nobody spent: worth what its basis is worth. Can be below zero.",
    ),
    _savings,
    (KEY, DISCOUNT, YEARS),
)
