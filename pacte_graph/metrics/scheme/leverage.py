"""S3: what one euro of the Region comes with, who pays, and on how many complete plans that is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pacte_graph.metrics import words
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.metrics.scheme.funding import (
    PUBLIC,
    UNDETAILED,
    Leverage,
    Plan,
    concentration,
    flows,
    leverage,
    plans,
    private,
    region_actors,
    regional_rate,
)
from pacte_graph.metrics.scheme.money import EUROS, euros
from pacte_graph.network.model import Network
from pacte_graph.schema.kinds import Choice, Words

PUBLIC_KINDS = Parameter(
    "public",
    "choice",
    "strict",
    Words("Financeurs publics", "Public funders"),
    Words("Quelles familles ne comptent pas comme privées.", "Which kinds do not count as private."),
    choices=(
        Choice("strict", Words("Collectivités et État", "Local authorities and the State")),
        Choice(
            "wide",
            Words(
                "Aussi agences, chambres, universités, recherche et Codev",
                "Also agencies, chambers, universities, research and development councils",
            ),
        ),
    ),
)
UNDEFINED = Words(
    "Sans objet : aucun projet au plan de financement complet ne reçoit d'argent de la Région",
    "Not applicable: no project with a complete financing plan receives money from the Region",
)


def _leverage(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    every, regions = plans(network), region_actors(network)
    complete = [plan for plan in every if plan.complete]
    funded = [plan for plan in complete if plan.regional]
    kinds = {node.id: node.group for node in network.nodes_of("Actor")}
    found, rate = leverage(every), regional_rate(every)
    sure, unsure = private(funded, kinds, regions, PUBLIC[parameters["public"]])
    paid = _paid(every)
    index, first, share = concentration(paid)
    plain = _Told(network, len(complete), len(every), found)
    values = (
        plain.value("total", found.whole, _total(found)),
        plain.value("additional", found.additional, _additional(found)),
        plain.private(sure, unsure),
        plain.rate(*rate),
        plain.value("hhi", index, _index(index, len(paid))),
        plain.value("first_share", share, _first(network, first, share)),
        plain.value("coverage", len(complete) / len(every) if every else None, _coverage(len(complete), len(every))),
    )
    unknown = {
        "projects_of_unknown_total": sum(plan.total is None for plan in every),
        "projects_of_unknown_regional_part": sum(plan.regional is None for plan in every),
        "projects_whose_amounts_are_parts_of_a_grant": sum(plan.received for plan in every),
        "projects_where_the_region_exceeds_the_total": sum(
            plan.total is not None and plan.regional is not None and not plan.complete for plan in every
        ),
    }
    moved = flows(funded, kinds, regions)
    details = {
        "plans": [_row(network, plan) for plan in every],
        "waterfall": _waterfall(moved),
        "flows": moved,
        "funders": [
            {"id": name, "label": network.by_id[name].caption, "kind": kinds[name], "amount": paid[name]}
            for name in sorted(paid, key=lambda name: (-paid[name], name))
        ],
        **_groupings(network, every),
    }
    return MetricResult("leverage", network.scope, parameters, values, EUROS.fr, unknown, details)


def _paid(every: Iterable[Plan]) -> dict[str, float]:
    paid: dict[str, float] = {}
    for plan in every:
        for actor, amount in plan.amounts.items():
            paid[actor] = paid.get(actor, 0.0) + amount
    return {actor: amount for actor, amount in sorted(paid.items()) if amount > 0}


def _row(network: Network, plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.project,
        "label": network.by_id[plan.project].caption,
        "total": plan.total,
        "regional": plan.regional,
        "complete": plan.complete,
        "funded": plan.complete and bool(plan.regional),
    }


def _waterfall(moved: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return kind of funder → amount on the funded projects: the Region first, then the largest, what is not detailed last."""
    sums: dict[str, float] = {}
    for row in moved:
        sums[row["kind"]] = sums.get(row["kind"], 0.0) + row["amount"]
    order = sorted(sums, key=lambda kind: (kind == UNDETAILED, kind != "region", -sums[kind], kind))
    return [{"kind": kind, "label": _kind(kind), "amount": sums[kind]} for kind in order]


def _kind(kind: str) -> Words:
    return Words("non détaillé", "not detailed") if kind == UNDETAILED else words.kind(kind)


def _groupings(network: Network, every: Iterable[Plan]) -> dict[str, list[dict[str, Any]]]:
    """Return the leverage by axis, year of start and territory. A project on several counts in each: never add them."""
    by: dict[str, dict[str, list[Plan]]] = {"by_axis": {}, "by_year": {}, "by_territory": {}}
    places: dict[str, list[str]] = {}
    for link in network.links_of("APPLIES_IN"):
        if link.properties.get("status") == "declined":
            places.setdefault(link.source, []).append(link.target)
    for plan in every:
        told = network.by_id[plan.project].properties
        since = told.get("since")
        by["by_axis"].setdefault(str(told.get("axis") or "unknown"), []).append(plan)
        by["by_year"].setdefault(str(since.year) if since else "unknown", []).append(plan)
        for place in places.get(plan.project, ()):
            by["by_territory"].setdefault(place, []).append(plan)
    return {name: [_group(network, key, members) for key, members in sorted(groups.items())] for name, groups in by.items()}


def _group(network: Network, key: str, members: list[Plan]) -> dict[str, Any]:
    found = leverage(members)
    return {
        "key": key,
        "label": network.by_id[key].caption if key in network.by_id else key,
        "projects": len(members),
        "complete": sum(plan.complete for plan in members),
        "funded": found.funded,
        "total": found.total,
        "regional": found.regional,
        "leverage": found.whole,
        "additional": found.additional,
        "regional_rate": regional_rate(members)[1],
    }


class _Told:
    """The values of a network, each with its sentence and its scope."""

    def __init__(self, network: Network, complete: int, total: int, found: Leverage) -> None:
        self.ending, self.complete, self.total, self.found = words.scope(network, EUROS), complete, total, found

    def value(
        self, measure: str, number: float | None, said: Words, low: float | None = None, high: float | None = None
    ) -> Value:
        label = LABELS[measure].fr
        return Value(
            None, label, "Programme", number, words.ended(said, self.ending), None, low, high, dimension={"measure": measure}
        )

    def private(self, sure: float, unsure: float) -> Value:
        regional = self.found.regional
        if regional <= 0:
            return self.value("private", None, Words(f"{UNDEFINED.fr}.", f"{UNDEFINED.en}."))
        low, high = sure / regional, (sure + unsure) / regional
        shown, most = euros(low), euros(high)
        more = Words("", "") if not unsure else Words(f" (jusqu'à {most.fr} selon ce qui est inconnu)", f" (up to {most.en})")
        said = Words(
            f"1 € de la Région accompagne {shown.fr} de financeurs non publics{more.fr}.",
            f"€1 of the Region comes with {shown.en} from non-public funders{more.en}.",
        )
        return self.value("private", low, said, low, high)

    def rate(self, low: float | None, known: float | None, high: float | None) -> Value:
        if known is None:
            said = Words(
                "Le taux régional n'est pas défini : aucun projet n'a un total et une part régionale connus.",
                "The regional rate is undefined: no project has a known total and a known regional part.",
            )
            return self.value("regional_rate", None, said, low, high)
        shown = words.percent(known)
        said = Words(
            f"La Région apporte {shown.fr} de l'argent des projets au plan complet ({self.complete} sur {self.total}).",
            f"The Region brings {shown.en} of the money of the projects with a complete plan ({self.complete} of {self.total}).",
        )
        return self.value("regional_rate", known, said, low, high)


def _on(found: Leverage) -> Words:
    projects = words.count(found.funded, Words("projet financé", "funded project"), Words("projets financés", "funded projects"))
    return Words(f"effet de levier brut, {projects.fr} au plan complet", f"gross leverage, {projects.en} with a complete plan")


def _total(found: Leverage) -> Words:
    if found.whole is None:
        return Words(f"{UNDEFINED.fr}.", f"{UNDEFINED.en}.")
    shown, on = euros(found.whole), _on(found)
    return Words(
        f"Pour 1 € de la Région, {shown.fr} sont engagés en tout ({on.fr}).",
        f"For €1 of the Region, {shown.en} is committed in all ({on.en}).",
    )


def _additional(found: Leverage) -> Words:
    if found.additional is None:
        return Words(f"{UNDEFINED.fr}.", f"{UNDEFINED.en}.")
    shown, on = euros(found.additional), _on(found)
    return Words(
        f"1 € de la Région accompagne {shown.fr} d'autres financeurs ({on.fr}).",
        f"€1 of the Region comes with {shown.en} from other funders ({on.en}).",
    )


def _index(index: float | None, payers: int) -> Words:
    if index is None:
        return Words(
            "La concentration des financeurs n'est pas définie : aucun montant par financeur n'est connu.",
            "The concentration of funders is undefined: no amount by funder is known.",
        )
    shown, as_many = words.number(index), words.number(1 / index, 1)
    among = words.count(payers, Words("financeur connu", "known funder"), Words("financeurs connus", "known funders"))
    return Words(
        f"Concentration des financeurs {shown.fr} : comme si {as_many.fr} payaient à parts égales ({among.fr}).",
        f"Concentration of funders {shown.en}: as if {as_many.en} paid equal shares ({among.en}).",
    )


def _first(network: Network, first: str | None, share: float | None) -> Words:
    if first is None or share is None:
        return Words("Aucun montant par financeur n'est connu.", "No amount by funder is known.")
    named, shown = words.quoted(network.by_id[first]), words.percent(share)
    return Words(
        f"Le premier financeur, {named.fr}, apporte {shown.fr} des montants connus.",
        f"The first funder, {named.en}, brings {shown.en} of the known amounts.",
    )


def _coverage(complete: int, total: int) -> Words:
    if not total:
        return Words("Aucun projet : la couverture n'est pas définie.", "No project: the coverage is undefined.")
    projects = words.count(total, Words("projet", "project"), Words("projets", "projects"))
    plan = "a un plan de financement complet" if complete < 2 else "ont un plan de financement complet"
    return Words(
        f"{complete} sur {projects.fr} {plan} ; les autres ne comptent pas dans l'effet de levier.",
        f"{complete} of {projects.en} with a complete financing plan; the others do not count in the leverage.",
    )


LABELS = {
    "total": Words("Levier total", "Total leverage"),
    "additional": Words("Levier additionnel", "Additional leverage"),
    "private": Words("Levier privé", "Private leverage"),
    "regional_rate": Words("Taux régional", "Regional rate"),
    "hhi": Words("Concentration des financeurs (HHI)", "Concentration of funders (HHI)"),
    "first_share": Words("Part du premier financeur", "Share of the first funder"),
    "coverage": Words("Plans complets", "Complete plans"),
}
LEVERAGE = Metric(
    "leverage",
    "S3",
    Words("Effet de levier", "Leverage"),
    Words(
        "Ce que 1 € de la Région accompagne d'autres financements, et qui paie. Sa part est celle de la fiche, sinon "
        "l'apport des acteurs qui représentent une région.",
        "What €1 of the Region comes with, and who pays. The Region's part is the sheet's, else what the actors that represent a "
        "region bring.",
    ),
    r"\ell = \sum_{p \in F} M_p / \sum_{p \in F} R_p,\quad \ell_+ = \sum_{p \in F} (M_p - R_p) / \sum_{p \in F} R_p,\quad "
    r"F = \{p : R_p > 0\}",
    "MEANS 1999, vol. 6; Herfindahl–Hirschman",
    Words("plans de financement des projets", "financing plans of the projects"),
    Words("euros pour un euro ; parts", "euros for one euro; shares"),
    Words(
        "Un plan incomplet sort du numérateur et du dénominateur ; la part des plans complets est donnée.",
        "An incomplete plan leaves numerator and denominator; the share of complete plans is given.",
    ),
    "O(participations)",
    Words(
        "1 € de la Région accompagne … d'autres financeurs (effet de levier brut, … projets financés au plan complet).",
        "€1 of the Region comes with … from other funders (gross leverage, … funded projects with a complete plan).",
    ),
    Words(
        "Effet de levier brut et non net : rien ne dit que l'argent des autres ne serait pas venu sans la Région.",
        "Gross leverage, not net: nothing says that the others' money would not have come without the Region.",
    ),
    _leverage,
    (PUBLIC_KINDS,),
)
