"""S1: how many projects are declined on a territory, at which scale, and whether the target of one third is met for sure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from pacte_graph.metrics import words
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.network.model import Network
from pacte_graph.schema import REFERENCE_SCALES
from pacte_graph.schema.kinds import Choice, Words

State = Literal["declined", "not_declined", "unknown"]
TARGET = Fraction(1, 3)
VERDICTS = {
    "met": Words("atteint", "met"),
    "not_met": Words("non atteint", "not met"),
    "undetermined": Words("indéterminé", "undetermined"),
}
DEFINITION = Parameter(
    "definition",
    "choice",
    "any",
    Words("Définition", "Definition"),
    Words("Quelles échelles comptent.", "Which scales count."),
    choices=(
        Choice("any", Words("Au moins une échelle", "Any scale")),
        Choice("beyond", Words("Au-delà de la métropole", "Beyond the metropolis")),
    ),
)
NO_WEIGHT = Words("chaque projet compte pour un", "each project counts for one")


@dataclass(frozen=True, slots=True)
class Rate:
    """k declined and u unknown of N: bounds by best and worst case (Manski), and the verdict against one third."""

    declined: int
    unknown: int
    total: int

    @property
    def low(self) -> Fraction | None:
        """Return the rate if no unknown project is declined."""
        return Fraction(self.declined, self.total) if self.total else None

    @property
    def high(self) -> Fraction | None:
        """Return the rate if every unknown project is declined."""
        return Fraction(self.declined + self.unknown, self.total) if self.total else None

    @property
    def known(self) -> Fraction | None:
        """Return the rate among projects whose state is known."""
        stated = self.total - self.unknown
        return Fraction(self.declined, stated) if stated else None

    @property
    def verdict(self) -> str | None:
        """Return ``met``, ``not_met`` or ``undetermined``, by exact fractions; None without a project."""
        if self.low is None or self.high is None:
            return None
        if self.low >= TARGET:
            return "met"
        return "not_met" if self.high < TARGET else "undetermined"


def states(network: Network) -> dict[str, dict[str, State]]:
    """Return project → scale → state, for the five reference scales, and ``any`` and ``beyond``.

    At a scale: declined if a territory of that scale is; else unknown if one is unknown; else not declined where the project is
    declined elsewhere, or said not to be; else unknown. ``any``: also by the project's own ``declination``.
    """
    told: dict[str, dict[str, set[str]]] = {node.id: {} for node in network.nodes_of("Project")}
    for link in network.links_of("APPLIES_IN"):
        level = network.by_id[link.target].group
        told[link.source].setdefault(level, set()).add(str(link.properties.get("status") or "unknown"))
    found: dict[str, dict[str, State]] = {}
    for node in network.nodes_of("Project"):
        own = str(node.properties.get("declination") or "unknown")
        by_scale = {
            scale: _state(told[node.id].get(scale, set()), silent=_open(own, told[node.id])) for scale in REFERENCE_SCALES
        }
        found[node.id] = {**by_scale, "any": _overall(own, told[node.id].values()), "beyond": _beyond(by_scale)}
    return found


def _open(own: str, told: Mapping[str, set[str]]) -> bool:
    """Return True when a scale the project does not state is unknown: it isn't said not to be declined, nor where it is."""
    return own != "not_declined" and not any("declined" in statuses for statuses in told.values())


def _state(statuses: set[str], *, silent: bool) -> State:
    if "declined" in statuses:
        return "declined"
    if "unknown" in statuses or (silent and not statuses):
        return "unknown"
    return "not_declined"


def _overall(own: str, told: Iterable[set[str]]) -> State:
    everything = set().union(*told)
    if "declined" in everything or own == "declined":
        return "declined"
    if own == "not_declined":
        return "not_declined"
    return "unknown" if "unknown" in everything or not everything or own == "unknown" else "not_declined"


def _beyond(by_scale: Mapping[str, State]) -> State:
    wider = {by_scale[scale] for scale in REFERENCE_SCALES if scale != "metropolis"}
    if "declined" in wider:
        return "declined"
    return "unknown" if "unknown" in wider else "not_declined"


def rate(found: Mapping[str, Mapping[str, State]], key: str) -> Rate:
    """Return the rate at one scale, or for ``any`` or ``beyond``."""
    column = [row[key] for row in found.values()]
    return Rate(column.count("declined"), column.count("unknown"), len(column))


def _declination(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found, ending = states(network), words.scope(network, NO_WEIGHT)
    keys = (parameters["definition"], *REFERENCE_SCALES)
    rates = {key: rate(found, key) for key in keys}
    values = tuple(_value(key, found_rate, ending) for key, found_rate in rates.items())
    details = {
        "states": found,
        "rates": [_told(key, found_rate) for key, found_rate in rates.items()],
        "target": {"numerator": TARGET.numerator, "denominator": TARGET.denominator},
    }
    unknown = {"projects_of_unknown_declination": rates[keys[0]].unknown}
    return MetricResult("declination", network.scope, parameters, values, NO_WEIGHT.fr, unknown, details)


def _told(key: str, found: Rate) -> dict[str, Any]:
    bounds = {name: None if getattr(found, name) is None else float(getattr(found, name)) for name in ("low", "known", "high")}
    return {
        "key": key,
        "label": _label(key),
        "declined": found.declined,
        "unknown": found.unknown,
        "total": found.total,
        "not_declined": found.total - found.declined - found.unknown,
        **bounds,
        "verdict": found.verdict,
    }


def _label(key: str) -> Words:
    fixed = {"any": Words("toutes échelles", "any scale"), "beyond": Words("au-delà de la métropole", "beyond the metropolis")}
    return fixed.get(key) or words.kind(key)


def _value(key: str, found: Rate, ending: Words) -> Value:
    """Return the rate among known projects (undefined when none is known: unknown is not zero) between its two bounds."""
    low, known, high = (None if bound is None else float(bound) for bound in (found.low, found.known, found.high))
    dimension = {"scale": key} if key in REFERENCE_SCALES else {"definition": key}
    return Value(
        None,
        _label(key).fr,
        "Programme",
        known,
        words.ended(sentence(key, found), ending),
        low=low,
        high=high,
        dimension=dimension,
    )


def sentence(key: str, found: Rate) -> Words:
    """Return the reading of a rate: how many of how many, how many if the unknown were, and the verdict."""
    if found.verdict is None:
        return Words("Aucun projet : le taux n'est pas défini.", "No project: the rate is undefined.")
    total = words.count(found.total, Words("projet", "project"), Words("projets", "projects"))
    label, verdict = _label(key), VERDICTS[found.verdict]
    most = found.declined + found.unknown
    if_known = Words("", "")
    if found.unknown:
        gaps = words.count(
            found.unknown,
            Words("projet inconnu l'était", "unknown project were"),
            Words("projets inconnus l'étaient", "unknown projects were"),
        )
        if_known = Words(f" ({most} si {gaps.fr})", f" ({most} if {gaps.en})")
    sure = Words(" dans tous les cas", " in every case") if found.unknown and found.verdict != "undetermined" else Words("", "")
    first = Words(f"{label.fr[:1].upper()}{label.fr[1:]}", f"{label.en[:1].upper()}{label.en[1:]}")
    verb = "est décliné" if found.declined < 2 else "sont déclinés"
    return Words(
        f"{first.fr} : {found.declined} sur {total.fr} {verb}{if_known.fr} ; l'objectif d'un tiers est {verdict.fr}{sure.fr}.",
        f"{first.en}: {found.declined} of {total.en} declined{if_known.en}; the target of one third is {verdict.en}{sure.en}.",
    )


DECLINATION = Metric(
    "declination",
    "S1",
    Words("Déclinaison territoriale", "Territorial declination"),
    Words(
        "La part des projets déclinés sur un territoire, ses bornes si des fiches sont incomplètes, et le verdict (un tiers).",
        "The share of projects declined on a territory, its bounds where sheets are incomplete, and the verdict (a third).",
    ),
    r"\left[\tfrac{k}{N},\ \tfrac{k+u}{N}\right],\quad 3k \ge N",
    "Manski 2003",
    Words("projets × échelles", "projects × scales"),
    Words("part des projets", "share of projects"),
    Words(
        "Un état inconnu élargit l'intervalle ; il ne compte jamais pour un non.",
        "An unknown state widens the interval; it never counts as a no.",
    ),
    "O(projects × scales)",
    Words(
        "Toutes échelles : … sur … projets sont déclinés (… si … projets inconnus l'étaient) ; l'objectif d'un tiers est ….",
        "Any scale: … of … projects declined (… if … unknown projects were); the target of one third is ….",
    ),
    Words(
        "Compte des déclinaisons déclarées ; ne dit rien de leur ampleur.", "Counts declared declinations; not how far they go."
    ),
    _declination,
    (DEFINITION,),
)
