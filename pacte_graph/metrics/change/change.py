"""C17: what came, went and lasted between two dates, and whether the same actors are still at the centre."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.change import words_of_change as said
from pacte_graph.metrics.change.differences import Difference, difference
from pacte_graph.metrics.change.snapshots import AFTER, BEFORE, dates, undated
from pacte_graph.metrics.change.turnover import Turnover
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.model import Metric, MetricResult, Value
from pacte_graph.network.model import Network
from pacte_graph.schema.kinds import Words

UNWEIGHTED = Words("poids : 1 par participation", "weight: 1 a participation")
EMPTY = Words(
    "Non défini : à l'une des deux dates, il n'y a ni acteur ni projet présent.",
    "Undefined: at one of the two dates, neither an actor nor a project is present.",
)
LABELS = {
    "participations": Words("Participations", "Participations"),
    "cooperations": Words("Coopérations", "Ties of cooperation"),
    "actors": Words("Acteurs", "Actors"),
    "projects": Words("Projets", "Projects"),
    "activity": Words("Activité", "Activity"),
    "strength": Words("Force", "Strength"),
    "communities": Words("Communautés", "Communities"),
}
LINKS = ("kept", "born", "died", "jaccard", "persistence")
MOVES = {"entered": "born", "left": "died", "stayed": "kept"}


def _change(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    chosen = dates(network, parameters["before"], parameters["after"])
    shown = chosen.parameters(parameters)
    if chosen.both is None:
        return _undefined(network, shown, chosen.reason or EMPTY)
    before, after = chosen.both
    found = difference(network, before, after)
    if found.before.empty or found.after.empty:
        return _undefined(network, shown, EMPTY)
    spoken = said.period(before, after)
    weight = Words(f"{UNWEIGHTED.fr}, {spoken.fr}", f"{UNWEIGHTED.en}, {spoken.en}")
    ending, since = words.scope(network, weight), said.since(before)
    whole = tuple(
        _value(dimension, number, words.ended(_opened(since, sentence), ending)) for dimension, number, sentence in _told(found)
    )
    details = {
        "before": before,
        "after": after,
        "links": found.links(),
        "entered": found.nodes("born"),
        "left": found.nodes("died"),
        "stayed": found.nodes("kept"),
    }
    unknown = undated(network)
    values = Joined(whole, _activity(found, since, ending))
    return MetricResult("change", network.scope, shown, values, weight.fr, unknown, details)


def _undefined(network: Network, parameters: Mapping[str, Any], reason: Words) -> MetricResult:
    ending = words.scope(network, UNWEIGHTED)
    value = _value({"links": "cooperations", "measure": "persistence"}, None, words.ended(reason, ending))
    return MetricResult("change", network.scope, parameters, (value,), UNWEIGHTED.fr, {}, {})


def _opened(since: Words, sentence: Words) -> Words:
    return Words(f"{since.fr}, {sentence.fr}", f"{since.en}, {sentence.en}")


def _value(dimension: Mapping[str, str | int], number: float | None, sentence: Words) -> Value:
    label = LABELS[str(dimension.get("links") or dimension.get("nodes") or dimension.get("of"))]
    return Value(None, label.fr, "Programme", number, sentence, dimension=dimension)


def _told(found: Difference) -> Iterator[tuple[dict[str, str | int], float | None, Words]]:
    yield from _links("cooperations", found.cooperations, int(found.with_entrants(found.cooperations.born).sum()))
    yield from _links("participations", found.participations, None)
    for kind, moves, nodes in (("actors", found.of_actors, found.actors), ("projects", found.of_projects, found.projects)):
        for how, name in MOVES.items():
            places = getattr(moves, name)
            who = Words("", "") if how == "stayed" else said.named([nodes[at] for at in places.tolist()])
            sentence = said.moved(kind, len(places), how)
            yield {"nodes": kind, "measure": how}, len(places), Words(f"{sentence.fr}{who.fr}.", f"{sentence.en}{who.en}.")
    for of in ("activity", "strength"):
        for measure, number in zip(("kendall", "spearman"), found.rankings(of), strict=True):
            yield {"of": of, "measure": measure}, number, _ranking(of, measure, number, len(found.of_actors.kept))
    alike, rand, both = found.communities()
    for measure, number in (("nmi", alike), ("adjusted_rand", rand)):
        yield {"of": "communities", "measure": measure}, number, _communities(measure, number, both)


def _links(kind: str, found: Turnover, entrants: int | None) -> Iterator[tuple[dict[str, str | int], float | None, Words]]:
    noun = said.TIES[kind]
    kept, born, died = (len(keys) for keys in (found.kept, found.born, found.died))
    last, new, gone = said.lasted(kept, found.before, noun), said.new(born, with_entrants=entrants), said.ceased(died)
    many = {name: words.count(count, *noun) for name, count in (("born", born), ("kept", kept), ("after", found.after))}
    sentences = {
        "kept": Words(f"{last.fr}.", f"{last.en}."),
        "born": Words(f"sur {many['after'].fr}, {new.fr}.", f"of {many['after'].en}, {new.en}."),
        "died": Words(f"sur {_of(found.before, noun).fr}, {gone.fr}.", f"of {_of(found.before, noun).en}, {gone.en}."),
        "jaccard": _alike(found.jaccard, noun),
        "persistence": Words(f"{last.fr}, {new.fr}, {gone.fr}.", f"{last.en}, {new.en}, {gone.en}."),
    }
    numbers = {"kept": kept, "born": born, "died": died, "jaccard": found.jaccard, "persistence": found.persistence}
    for measure in LINKS:
        yield {"links": kind, "measure": measure}, numbers[measure], sentences[measure]
    if entrants is not None:
        yield {"links": kind, "measure": "born_with_entrants"}, entrants, _with_entrants(entrants, born, noun)


def _with_entrants(entrants: int, born: int, noun: said.Pair) -> Words:
    if not born:
        return Words(f"aucune {noun[0].fr} nouvelle.", f"no new {noun[0].en}.")
    some, whole = words.number(entrants), words.number(born)
    plural = "nouvelles" if born > 1 else "nouvelle"
    name = words.count(born, *noun)
    return Words(
        f"sur {name.fr} {plural}, {some.fr} avec au moins un entrant.",
        f"of {whole.en} new {noun[born != 1].en}, {some.en} with at least one entrant.",
    )


def _of(count: int, noun: said.Pair) -> Words:
    return words.count(count, *noun)


def _alike(value: float | None, noun: said.Pair) -> Words:
    if value is None:
        return Words(f"aucune {noun[0].fr} à aucune des deux dates.", f"no {noun[0].en} at either date.")
    share = words.percent(value)
    return Words(
        f"{share.fr} des {noun[1].fr} de l'une ou l'autre date existent aux deux (Jaccard).",
        f"{share.en} of the {noun[1].en} of either date are there at both (Jaccard).",
    )


def _ranking(of: str, measure: str, value: float | None, common: int) -> Words:
    what = {
        "activity": Words("nombre de projets", "number of projects"),
        "strength": Words("force de coopération", "strength of cooperation"),
    }[of]
    index = {"kendall": "τ-b de Kendall", "spearman": "ρ de Spearman"}[measure]
    english = {"kendall": "Kendall's τ-b", "spearman": "Spearman's ρ"}[measure]
    many = words.count(common, Words("acteur présent", "actor present"), Words("acteurs présents", "actors present"))
    if value is None:
        return Words(
            f"non défini : parmi {many.fr} aux deux dates, rien à classer par {what.fr} (trop peu, ou tous à égalité).",
            f"undefined: among {many.en} at both dates, a ranking by {what.en} has no meaning (too few, or all alike).",
        )
    shown = words.number(value)
    kept = _kept(value)
    return Words(
        f"l'ordre des acteurs par {what.fr} {kept.fr} : {index} {shown.fr}, parmi {many.fr} aux deux dates.",
        f"the order of actors by {what.en} {kept.en}: {english} {shown.en}, among {many.en} at both dates.",
    )


def _kept(value: float) -> Words:
    """Return how far an order has held, in words."""
    if value >= 0.8:
        return Words("est presque le même", "is nearly the same")
    if value >= 0.4:
        return Words("a bougé sans se renverser", "has moved without turning over")
    return Words("a beaucoup changé", "has changed a lot")


def _communities(measure: str, value: float | None, both: int) -> Words:
    index = {"nmi": Words("NMI", "NMI"), "adjusted_rand": Words("Rand ajusté", "adjusted Rand")}[measure]
    many = words.count(both, Words("acteur", "actor"), Words("acteurs", "actors"))
    if value is None:
        return Words(
            "non défini : aucun acteur n'est dans une communauté aux deux dates.",
            "undefined: no actor is in a community at both dates.",
        )
    shown = words.number(value)
    return Words(
        f"les communautés se ressemblent à {shown.fr} ({index.fr} ; 1 : les mêmes), sur {many.fr} placés aux deux dates.",
        f"the communities are alike at {shown.en} ({index.en}; 1: the same), over {many.en} placed at both dates.",
    )


def _activity(found: Difference, since: Words, ending: Words) -> Column:
    """Return how many projects more, or fewer, each actor is in; who is absent at a date has none then."""
    places = np.union1d(found.before.actors, found.after.actors)
    one, other = (np.nan_to_num(side.activity[places]) for side in (found.before, found.after))
    nodes = [found.actors[at] for at in places.tolist()]
    entered, left = (np.isin(places, moves) for moves in (found.of_actors.born, found.of_actors.died))

    def sentence(place: int) -> Words:
        name = words.quoted(nodes[place])
        noun = said.NODES["projects"]
        early, late = (words.count(int(counts[place]), *noun) for counts in (one, other))
        if entered[place]:
            return Words(f"{since.fr}, {name.fr} est entré : {late.fr}.", f"{since.en}, {name.en} came in: {late.en}.")
        if left[place]:
            return Words(f"{since.fr}, {name.fr} est sorti de {early.fr}.", f"{since.en}, {name.en} left {early.en}.")
        if one[place] == other[place]:
            return Words(f"{since.fr}, {name.fr} est resté à {late.fr}.", f"{since.en}, {name.en} stayed at {late.en}.")
        first = words.number(float(one[place]))
        return Words(
            f"{since.fr}, {name.fr} est passé de {first.fr} à {late.fr}.",
            f"{since.en}, {name.en} went from {first.en} to {late.en}.",
        )

    return Column(nodes, other - one, sentence, ending, dimension={"measure": "activity"}, whole=True)


CHANGE = Metric(
    "change",
    "C17",
    Words("Changement entre deux dates", "Change between two dates"),
    Words(
        "Ce qui a duré, ce qui est né et ce qui a cessé, qui est entré et sorti, et si l'ordre des acteurs a tenu.",
        "What lasted, what began and what ceased, who came in and went out, and whether the order of actors has held.",
    ),
    r"J = |E_0 \cap E_1| / |E_0 \cup E_1|,\quad P = |E_0 \cap E_1| / |E_0|",
    "Jaccard 1901; Kendall 1945; Hubert & Arabie 1985",
    Words("réseau biparti projets–acteurs, à deux dates", "two-mode network of projects and actors, at two dates"),
    Words("liens, acteurs, projets ; indices de −1 à 1", "links, actors, projects; indices from −1 to 1"),
    Words(
        "Une date inconnue est ouverte : un lien sans date compte aux deux dates (leur nombre est donné).",
        "An unknown date is open: a link without dates counts at both dates (their number is given).",
    ),
    "O(m + Σ n²)",
    Words(
        "Depuis …, … coopérations sur … ont duré, … sont nouvelles dont … avec des entrants, … ont cessé.",
        "Since …, … of … ties of cooperation have lasted, … are new, … of them with entrants, … have ceased.",
    ),
    Words(
        "Compare deux photographies : ce qui a commencé et fini entre les deux ne se voit pas ; ne dit pas pourquoi.",
        "Compares two snapshots: what began and ended in between is not seen; does not say why.",
    ),
    _change,
    (BEFORE, AFTER),
    all_dates=True,
)
