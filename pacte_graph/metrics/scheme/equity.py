"""S6: how evenly the located money falls on communes and inhabitants, and whether gaps lie between territories or within."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pacte_graph.metrics import words
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.metrics.ranking import ranks
from pacte_graph.metrics.scheme.communes import OUTSIDE, parents, rows_on, territories
from pacte_graph.metrics.scheme.inequality import Theil, gini, herfindahl, lorenz, theil
from pacte_graph.metrics.scheme.money import euros, refuse_negative
from pacte_graph.network.model import Network, Node
from pacte_graph.schema.kinds import Choice, Words

LEVELS = {
    "epci": frozenset({"intercommunality", "metropolis"}),
    **{name: frozenset({name}) for name in ("agglomeration", "city_network", "bimetropolitan", "departement", "region")},
}
PARENT = Parameter(
    "parent",
    "choice",
    "epci",
    Words("Territoires comparés", "Territories compared"),
    Words("Entre quels territoires les écarts sont partagés.", "Among which territories gaps are split."),
    choices=(
        Choice("epci", Words("Intercommunalités et métropoles", "Intercommunalities and metropolises")),
        *(Choice(name, words.kind(name)) for name in LEVELS if name != "epci"),
    ),
)
DENOMINATOR = Parameter(
    "denominator",
    "choice",
    "population",
    Words("Rapporté à", "Divided by"),
    Words("À quoi se rapporte le montant d'une commune.", "What the amount of a commune is divided by."),
    choices=(
        Choice("population", Words("Habitants", "Inhabitants")),
        Choice("commune", Words("Communes (chacune compte pour une)", "Communes (each counts for one)")),
    ),
)


def _equity(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    every, on = territories(network, "commune"), rows_on(network)
    refuse_negative(network, ((x.target, x.properties["amount"]) for x in network.links_of("APPLIES_IN") if _known(x.properties)))
    by_people = parameters["denominator"] == "population"
    weight = Words("euros par habitant", "euros per inhabitant") if by_people else Words("euros par commune", "euros per commune")
    amounts = {node.id: _amount([link.properties for link in on.get(node.id, ())]) for node in every}
    peopled = [node for node in every if not by_people or (node.properties.get("population") or 0) > 0]
    kept = [node for node in peopled if amounts[node.id] is not None]
    located = any(_known(x.properties) for node in every for x in on.get(node.id, ()))
    w = [float(node.properties["population"]) if by_people else 1.0 for node in kept]
    sums = [amounts[node.id] or 0.0 for node in kept]
    x = [amount / size for amount, size in zip(sums, w, strict=True)]
    groups = parents(network, kept, LEVELS[parameters["parent"]])
    split, ending = theil(x, w, groups), words.scope(network, weight)
    told = _Told(network, kept, len(every), ending, located=located)
    values = [
        told.gini(gini(x, w)),
        told.theil(split),
        told.between(split, parameters["parent"]),
        told.concentration(herfindahl(sums)),
        *told.communes(x, sums, by_people=by_people),
    ]
    curve = lorenz(x, w)
    details = {
        "rows": [
            {
                "id": node.id,
                "label": node.caption,
                "amount": amount,
                "denominator": size,
                "per_unit": value,
                "parent": group,
            }
            for node, amount, size, value, group in zip(kept, sums, w, x, groups, strict=True)
        ],
        "lorenz": None if curve is None else {"people": curve[0].tolist(), "amount": curve[1].tolist()},
        "decomposition": None if split is None else _decomposition(network, split),
        "left_out": sorted(node.caption for node in every if node not in kept),
    }
    unknown = {
        "communes_of_unknown_population": len(every) - len(peopled) if by_people else 0,
        "communes_of_unknown_amount": sum(amount is None for amount in amounts.values()),
    }
    return MetricResult("equity", network.scope, parameters, tuple(values), weight.fr, unknown, details)


def _known(told: Mapping[str, Any]) -> bool:
    return told.get("amount") is not None


def _amount(rows: Sequence[Mapping[str, Any]]) -> float | None:
    """Return the sum declined on a commune: 0 where nothing is declined, None where one declination has no amount."""
    declined = [row for row in rows if row.get("status") == "declined"]
    return sum(float(row["amount"]) for row in declined) if all(map(_known, declined)) else None


def _decomposition(network: Network, split: Theil) -> dict[str, Any]:
    rows = [{"id": name, "label": _group(network, name), "share": share, "theil": own} for name, share, own in split.groups]
    return {"total": split.total, "between": split.between, "within": split.within, "groups": rows}


def _group(network: Network, name: str) -> str:
    if name == OUTSIDE:
        return "hors de ces territoires"
    return " + ".join(network.by_id[part].caption if part in network.by_id else part for part in name.split(" + "))


class _Told:
    """The values of a network, each with its sentence and its scope."""

    def __init__(self, network: Network, kept: Sequence[Node], total: int, ending: Words, *, located: bool) -> None:
        self.network, self.kept, self.total, self.ending, self.located = network, kept, total, ending, located

    def _value(self, measure: str, label: str, number: float | None, said: Words) -> Value:
        told = said if number is not None else self._why()
        return Value(None, label, "Programme", number, words.ended(told, self.ending), dimension={"measure": measure})

    def _why(self) -> Words:
        if not self.total:
            return Words(
                "Équité non définie : aucune commune dans le périmètre.", "Equity undefined: no commune in the perimeter."
            )
        if not self.located:
            return Words(
                "Équité non définie : aucun montant n'est localisé sur une commune.",
                "Equity undefined: no amount is located on a commune.",
            )
        return Words(
            "Équité non définie : aucune commune n'a un montant et une population connus, ou tous les montants sont nuls.",
            "Equity undefined: no commune has a known amount and population, or all amounts are zero.",
        )

    def _on(self) -> Words:
        communes = words.count(self.total, Words("commune", "commune"), Words("communes", "communes"))
        return Words(f"{len(self.kept)} sur {communes.fr} comptées", f"{len(self.kept)} of {communes.en} counted")

    def gini(self, number: float | None) -> Value:
        shown, on = words.number(number or 0.0), self._on()
        said = Words(
            f"Indice de Gini {shown.fr} : 0 si chacun reçoit autant, près de 1 si un seul reçoit tout ({on.fr}).",
            f"Gini index {shown.en}: 0 if all receive the same, near 1 if one receives everything ({on.en}).",
        )
        return self._value("gini", "Gini", number, said)

    def theil(self, split: Theil | None) -> Value:
        number = None if split is None else split.total
        shown = words.number(number or 0.0)
        said = Words(
            f"Indice de Theil {shown.fr} : 0 si chacun reçoit autant ; il se partage entre territoires et à l'intérieur.",
            f"Theil index {shown.en}: 0 if all receive the same; it splits exactly between territories and within.",
        )
        return self._value("theil", "Theil", number, said)

    def between(self, split: Theil | None, level: str) -> Value:
        if split is not None and split.total <= 1e-12:
            equal = Words("Aucun écart à partager : chacun reçoit autant.", "No gap to split: all receive the same.")
            ended = words.ended(equal, self.ending)
            return Value(None, "Part entre territoires", "Programme", None, ended, dimension={"measure": "between"})
        number = None if split is None else split.between / split.total
        shown, rest = words.percent(number or 0.0), words.percent(1 - (number or 0.0))
        label = next(choice.label for choice in PARENT.choices if choice.value == level)
        said = Words(
            f"{shown.fr} des écarts se jouent entre territoires (« {label.fr} »), {rest.fr} à l'intérieur.",
            f"{shown.en} of the gaps lie between territories (“{label.en}”), {rest.en} within.",
        )
        return self._value("between", "Part entre territoires", number, said)

    def concentration(self, number: float | None) -> Value:
        shown, as_many = words.number(number or 0.0), words.number(1 / number if number else 0.0, 1)
        said = Words(
            f"Concentration des montants {shown.fr} : comme si {as_many.fr} communes se partageaient tout à égalité.",
            f"Concentration of amounts {shown.en}: as if {as_many.en} communes shared everything equally.",
        )
        return self._value("hhi", "Concentration (HHI)", number, said)

    def communes(self, x: Sequence[float], sums: Sequence[float], *, by_people: bool) -> list[Value]:
        placed = ranks({node.id: value for node, value in zip(self.kept, x, strict=True)})
        found = []
        for node, value, amount in zip(self.kept, x, sums, strict=True):
            if not self.located:  # nobody says where the money goes: that isn't zero
                why = words.ended(self._why(), self.ending)
                found.append(Value(node.id, node.caption, node.label, None, why, dimension={"measure": "per_unit"}))
                continue
            name, whole, each = words.quoted(node), euros(amount), euros(value)
            per = Words(f", soit {each.fr} par habitant", f", {each.en} per inhabitant") if by_people else Words("", "")
            said = Words(f"{name.fr} reçoit {whole.fr}{per.fr}.", f"{name.en} receives {whole.en}{per.en}.")
            ended = words.ended(said, self.ending)
            found.append(
                Value(node.id, node.caption, node.label, value, ended, placed[node.id], dimension={"measure": "per_unit"})
            )
        return found


EQUITY = Metric(
    "equity",
    "S6",
    Words("Équité territoriale", "Territorial equity"),
    Words(
        "Les montants localisés sur les communes, par habitant : combien ils s'écartent, entre territoires ou dedans.",
        "The amounts located on communes, per inhabitant: how far apart they are, and whether between territories or within.",
    ),
    r"G = 1 - \sum_c w_c (L_c + L_{c-1}),\quad T = \sum_g S_g \ln(\mu_g / \mu) + \sum_g S_g T_g",
    "Gini 1912; Theil 1967; Shorrocks 1984",
    Words("déclinaisons sur les communes, avec leurs montants", "declinations on communes, with their amounts"),
    Words("indices ; euros par habitant", "indices; euros per inhabitant"),
    Words(
        "Une commune de montant ou de population inconnu sort du calcul et est comptée ; sans déclinaison, elle reçoit 0.",
        "A commune with an unknown amount or population leaves the computation and is counted; without a declination it has 0.",
    ),
    "O(communes · log communes)",
    Words(
        "… % des écarts se jouent entre territoires (« … »), … % à l'intérieur.",
        "…% of the gaps lie between territories (“…”), …% within.",
    ),
    Words(
        "L'égalité n'est pas l'équité : les besoins diffèrent d'un lieu à l'autre. Ne compte que l'argent localisé.",
        "Equality is not equity: needs differ from place to place. Counts only the money located on a commune.",
    ),
    _equity,
    (DENOMINATOR, PARENT),
)
