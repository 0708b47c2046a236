"""S5: which territories have a project of their own, which are only seen through nesting, and which have none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pacte_graph.metrics import words
from pacte_graph.metrics.model import Metric, MetricResult, Value
from pacte_graph.metrics.scheme.communes import above, ceilings, rows_on, territories
from pacte_graph.metrics.scheme.declination import NO_WEIGHT
from pacte_graph.network.model import Network, Node
from pacte_graph.schema.choices import TERRITORY_LEVELS
from pacte_graph.schema.kinds import Words


@dataclass(frozen=True, slots=True)
class Place:
    """A territory: how many projects are declined on it, on one inside it, on one that holds it; ``asked``: one is unknown."""

    node: Node
    own: int
    inside: int
    outside: int
    asked: bool

    @property
    def people(self) -> float | None:
        """Return its population, None when unknown."""
        told = self.node.properties.get("population")
        return None if told is None else float(told)


def places(network: Network) -> tuple[Place, ...]:
    """Return every territory with its projects: own, and inherited by nesting without being own."""
    held, on = above(network), rows_on(network)
    own: dict[str, set[str]] = {
        name: {link.source for link in on.get(name, ()) if link.properties.get("status") == "declined"} for name in held
    }
    inside: dict[str, set[str]] = {name: set() for name in held}
    for name, holding in held.items():
        for wider in holding - {name}:
            inside[wider] |= own[name]
    found = []
    for node in network.nodes_of("Territory"):
        name = node.id
        outside = set().union(*(own[wider] for wider in held[name] - {name}))
        asked = any(link.properties.get("status") == "unknown" for link in on.get(name, ()))
        found.append(Place(node, len(own[name]), len(inside[name] - own[name]), len(outside - own[name]), asked))
    return tuple(found)


def open_projects(network: Network) -> tuple[str, ...]:
    """Return the projects whose declination nobody states: any territory may be theirs."""
    told = {link.source for link in network.links_of("APPLIES_IN") if link.properties.get("status") == "declined"}
    return tuple(
        node.id
        for node in network.nodes_of("Project")
        if node.id not in told and node.properties.get("declination") != "not_declined"
    )


def share(found: Sequence[Place], *, anywhere: bool) -> tuple[float | None, float | None, float | None]:
    """Return (low, known, high) of the share of territories with a project of their own.

    An unknown declination stated there may cover one; a project that states nothing (``anywhere``) may cover all.
    """
    if not found:
        return None, None, None
    sure, asked = sum(place.own > 0 for place in found), sum(place.own == 0 and place.asked for place in found)
    return sure / len(found), sure / len(found), 1.0 if anywhere else (sure + asked) / len(found)


def people_share(
    found: Sequence[Place], most: Mapping[str, float | None], *, anywhere: bool
) -> tuple[float | None, float | None, float | None]:
    """Return (low, known, high) of the share of inhabitants whose territory has a project of its own.

    Known: among territories of known population. Bounds: an unknown population lies between 0 and ``most`` (no limit when None).
    """
    covered = sum(place.people or 0.0 for place in found if place.own)
    missed = sum(place.people or 0.0 for place in found if not place.own)
    asked = sum(place.people or 0.0 for place in found if not place.own and place.asked)
    everything = covered + missed
    known = covered / everything if everything > 0 else None
    if not found:
        return None, None, None
    more_missed = _most([most.get(place.node.id) for place in found if not place.own and place.people is None])
    reached = [place for place in found if (place.own or place.asked) and place.people is None]
    more_covered = _most([most.get(place.node.id) for place in reached])
    low = _part(covered, missed, 0.0 if more_missed == 0 else more_missed, rising=False)
    high = 1.0 if anywhere else _part(covered + asked, missed - asked, more_covered, rising=True)
    return low, known, high


def _most(limits: Sequence[float | None]) -> float | None:
    return None if None in limits else float(sum(limit or 0.0 for limit in limits))


def _part(covered: float, missed: float, more: float | None, *, rising: bool) -> float | None:
    """Return covered / everything when ``more`` inhabitants (None: any number) are added to one side."""
    if more is None:
        return 1.0 if rising else 0.0
    covered, missed = (covered + more, missed) if rising else (covered, missed + more)
    return covered / (covered + missed) if covered + missed > 0 else None


def _coverage(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found, free = places(network), open_projects(network)
    ending = words.scope(network, NO_WEIGHT)
    stated = len(free) < len(network.nodes_of("Project"))
    levels = [level.value for level in TERRITORY_LEVELS if level.value == "commune" or territories(network, level.value)]
    values: list[Value] = []
    for level in levels:
        group = [place for place in found if place.node.group == level]
        most = ceilings(network, territories(network, level))
        values += _level(level, group, most, len(free), ending, stated=stated)
    communes = [place for place in found if place.node.group == "commune"]
    unknown = {
        "projects_of_unknown_declination": len(free),
        "territories_of_unknown_declination": sum(place.own == 0 and place.asked for place in found),
        "communes_of_unknown_population": sum(place.people is None for place in communes),
    }
    details = {
        "rows": [_row(place) for place in found],
        "uncovered": [
            {"id": place.node.id, "label": place.node.caption, "level": place.node.group} for place in found if not place.own
        ],
        "levels": levels,
    }
    return MetricResult("coverage", network.scope, parameters, tuple(values), NO_WEIGHT.fr, unknown, details)


def _row(place: Place) -> dict[str, Any]:
    state = "own" if place.own else "unknown" if place.asked else "inherited" if place.inside or place.outside else "none"
    return {
        "id": place.node.id,
        "label": place.node.caption,
        "level": place.node.group,
        "population": place.people,
        "own": place.own,
        "inherited_from_inside": place.inside,
        "inherited_from_around": place.outside,
        "state": state,
    }


def _level(
    level: str, group: Sequence[Place], most: Mapping[str, float | None], free: int, ending: Words, *, stated: bool
) -> list[Value]:
    counted, people = share(group, anywhere=free > 0), people_share(group, most, anywhere=free > 0)
    mean = sum(place.own for place in group) / len(group) if group else None
    inherited = sum(not place.own and (place.inside > 0 or place.outside > 0) for place in group)
    numbers = (
        ("share", counted, _share(level, group, inherited, free)),
        ("people", people, _people(level, group, people[1])),
        ("projects", (None, mean, None), _mean(level, mean)),
        ("inherited", (None, inherited / len(group) if group else None, None), _inherited(level, group, inherited)),
    )
    return [
        Value(
            None,
            words.kind(level).fr,
            "Programme",
            number if stated else None,
            words.ended(said if stated and number is not None else _nothing(level, bool(group), stated=stated), ending),
            low=low,
            high=high,
            dimension={"scale": level, "measure": measure},
        )
        for measure, (low, number, high), said in numbers
    ]


def _nothing(level: str, there: bool, *, stated: bool) -> Words:  # noqa: FBT001 - three reasons
    label = words.kind(level)
    if there and not stated:
        return Words(
            f"« {label.fr} » : la couverture n'est pas connue, aucune fiche ne dit où son projet se décline.",
            f"“{label.en}”: the coverage is unknown, no sheet says where its project is declined.",
        )
    if there:
        return Words(
            f"« {label.fr} » : la part des habitants n'est pas définie, aucune population n'est connue.",
            f"“{label.en}”: the share of inhabitants is undefined, no population is known.",
        )
    return Words(
        f"« {label.fr} » : aucun territoire de cette échelle dans le périmètre, la couverture n'est pas définie.",
        f"“{label.en}”: no territory of this scale in the perimeter, the coverage is undefined.",
    )


def _share(level: str, group: Sequence[Place], inherited: int, free: int) -> Words:
    label, sure = words.kind(level), sum(place.own > 0 for place in group)
    total = words.count(len(group), Words("territoire", "territory"), Words("territoires", "territories"))
    missing = [place for place in group if not place.own]
    names = Words("", "")
    if missing:
        french, english = (words.listed([getattr(x.node.captions, tongue) for x in missing], tongue) for tongue in ("fr", "en"))
        names = Words(f" ; sans projet propre : {french}", f"; without one: {english}")
    seen = Words(f", {inherited} par emboîtement seulement", f", {inherited} by nesting only") if inherited else Words("", "")
    doubt = Words("", "")
    if free:
        many = words.count(free, Words("projet", "project"), Words("projets", "projects"))
        doubt = Words(f" ; {many.fr} de déclinaison inconnue", f"; {many.en} of unknown declination")
    verb = "a son propre projet" if sure < 2 else "ont leur propre projet"
    own = "a project of its own" if sure == 1 else "a project of their own"
    return Words(
        f"« {label.fr} » : {sure} sur {total.fr} {verb}{seen.fr}{names.fr}{doubt.fr}.",
        f"“{label.en}”: {sure} of {total.en} with {own}{seen.en}{names.en}{doubt.en}.",
    )


def _people(level: str, group: Sequence[Place], known: float | None) -> Words:
    label, shown = words.kind(level), words.percent(known or 0.0)
    blank = sum(place.people is None for place in group)
    left = Words("", "")
    if blank:
        many = words.count(blank, Words("territoire", "territory"), Words("territoires", "territories"))
        left = Words(f" ({many.fr} de population inconnue)", f" ({many.en} of unknown population)")
    return Words(
        f"« {label.fr} » : {shown.fr} des habitants vivent où un projet se décline{left.fr}.",
        f"“{label.en}”: {shown.en} of the inhabitants live where a project is declined{left.en}.",
    )


def _mean(level: str, mean: float | None) -> Words:
    label, shown = words.kind(level), words.number(mean or 0.0)
    return Words(
        f"« {label.fr} » : {shown.fr} {'projets propres' if (mean or 0.0) >= 2 else 'projet propre'} par territoire en moyenne.",
        f"“{label.en}”: {shown.en} {'project' if mean == 1 else 'projects'} of its own a territory, on average.",
    )


def _inherited(level: str, group: Sequence[Place], inherited: int) -> Words:
    label, total = (
        words.kind(level),
        words.count(len(group), Words("territoire", "territory"), Words("territoires", "territories")),
    )
    verb = "n'est concerné" if inherited < 2 else "ne sont concernés"
    return Words(
        f"« {label.fr} » : {inherited} sur {total.fr} {verb} que par emboîtement.",
        f"“{label.en}”: {inherited} of {total.en} concerned by nesting only.",
    )


COVERAGE = Metric(
    "coverage",
    "S5",
    Words("Couverture des territoires", "Coverage of territories"),
    Words(
        "La part des communes et des habitants où un projet se décline, à chaque échelle ; ce qui vient par emboîtement à part.",
        "The share of communes and inhabitants where a project is declined, at each scale; what comes by nesting apart.",
    ),
    r"c = \frac{|\{t : d_t \ge 1\}|}{|T|},\quad c_{pop} = \frac{\sum_{t : d_t \ge 1} n_t}{\sum_t n_t}",
    "Manski 2003 (bornes)",
    Words("projets × territoires, ordre d'inclusion", "projects × territories, order of inclusion"),
    Words("part des territoires ou des habitants ; projets", "share of territories or inhabitants; projects"),
    Words(
        "Une déclinaison inconnue pourrait couvrir un territoire : elle relève la borne haute. Une population inconnue élargit "
        "l'intervalle, dans la limite du territoire qui l'englobe.",
        "An unknown declination might cover a territory: it raises the upper bound. An unknown population widens the interval, "
        "within what the territory around leaves.",
    ),
    "O(projects × territories)",
    Words(
        "« … » : … sur … territoires ont leur propre projet, … par emboîtement seulement ; sans projet propre : ….",
        "“…”: … of … territories with a project of their own, … by nesting only; without one: ….",
    ),
    Words(
        "Un projet décliné sur une commune ne dit rien de son ampleur : un panneau et un chantier comptent autant.",
        "A project declined on a commune says nothing of its size: a sign and a building site count the same.",
    ),
    _coverage,
)
