"""Sentences of the pull that was observed, and what they do not prove."""

from __future__ import annotations

import datetime as dt

from pacte_graph.metrics import words
from pacte_graph.metrics.change.exposure import Table
from pacte_graph.network.model import Node
from pacte_graph.schema.kinds import Words

UNWEIGHTED = Words("poids : 1 par participation", "weight: 1 a participation")
LIMITS = Words(
    "Observé n'est pas causé : des acteurs semblables se retrouvent de toute façon (homophilie), et un même événement peut les "
    "toucher ensemble (choc commun) ; ni l'un ni l'autre n'est exclu (Shalizi & Thomas 2011).",
    "Observed is not caused: alike actors meet anyway (homophily), and one event may strike them together (common shock); "
    "neither is ruled out (Shalizi & Thomas 2011).",
)
NO_PROJECT = Words("Non défini : il n'y a aucun projet.", "Undefined: there is no project.")
_ACTORS = (Words("acteur", "actor"), Words("acteurs", "actors"))


def entered(project: Node, brought: int, possible: int, stayed: int, day: dt.date) -> Words:
    """Return ``9 acteurs sont entrés dans le schéma par ce projet et 5 d'entre eux participent…``."""
    name, on = words.quoted(project), _on(day)
    unsure = _unsure(possible - brought)
    if not brought:
        return Words(
            f"Aucun acteur n'est à coup sûr entré dans le schéma par {name.fr}{unsure.fr}.",
            f"No actor surely came into the scheme by {name.en}{unsure.en}.",
        )
    many = words.count(brought, *_ACTORS)
    verb = "sont entrés" if brought > 1 else "est entré"
    later = _elsewhere(stayed, brought)
    return Words(
        f"{many.fr} {verb} dans le schéma par {name.fr} et {later.fr} {on.fr} à un autre projet{unsure.fr}.",
        f"{many.en} came into the scheme by {name.en} and {later.en} in another project {on.en}{unsure.en}.",
    )


def _elsewhere(stayed: int, brought: int) -> Words:
    if brought == 1:
        return Words("participe" if stayed else "ne participe pas", "takes part" if stayed else "does not take part")
    if not stayed:
        return Words("aucun d'entre eux ne participe", "none of them takes part")
    shown = words.number(stayed)
    return Words(
        f"{shown.fr} d'entre eux participe{'nt' if stayed > 1 else ''}",
        f"{shown.en} of them take{'s' if stayed == 1 else ''} part",
    )


def _unsure(count: int) -> Words:
    if not count:
        return Words("", "")
    many = words.count(
        count, Words("autre est peut-être entré", "other may have"), Words("autres sont peut-être entrés", "others may have")
    )
    return Words(
        f" ; {many.fr} par lui (plusieurs premiers projets possibles)", f"; {many.en} come in by it (several might be the first)"
    )


def retained(project: Node, brought: int, stayed: int, day: dt.date) -> Words:
    """Return which share of those who came in are elsewhere too."""
    name, on = words.quoted(project), _on(day)
    if not brought:
        return Words(
            f"Fidélisation non définie : aucun acteur n'est à coup sûr entré par {name.fr}.",
            f"Retention undefined: no actor surely came in by {name.en}.",
        )
    share, some = words.percent(stayed / brought), words.number(stayed)
    many, verb = words.count(brought, *_ACTORS), "participent" if stayed > 1 else "participe"
    came = "entrés" if brought > 1 else "entré"
    return Words(
        f"Sur {many.fr} {came} par {name.fr}, {some.fr} {verb} {on.fr} à un autre projet ({share.fr}).",
        f"Of {many.en} who came in by {name.en}, {some.en} take part in another project {on.en} ({share.en}).",
    )


def chained(project: Node, chain: int, brought: int, day: dt.date) -> Words:
    """Return how many other projects are led by those who came in."""
    name, on = words.quoted(project), _on(day)
    many = words.count(chain, Words("autre projet", "other project"), Words("autres projets", "other projects"))
    if not chain:
        why = Words("", "") if brought else Words(" (personne n'est à coup sûr entré par lui)", " (nobody surely came in by it)")
        return Words(
            f"Aucun autre projet n'est porté {on.fr} par un acteur entré par {name.fr}{why.fr}.",
            f"No other project is led {on.en} by an actor who came in by {name.en}{why.en}.",
        )
    verb = "sont portés" if chain > 1 else "est porté"
    return Words(
        f"{many.fr} {verb} {on.fr} par un acteur entré par {name.fr}.",
        f"{many.en} {'are' if chain > 1 else 'is'} led {on.en} by an actor who came in by {name.en}.",
    )


def not_there(project: Node, before: dt.date) -> Words:
    """Return why nothing is compared."""
    name, on = words.quoted(project), _on(before)
    return Words(
        f"Non défini : personne ne participe à {name.fr} {on.fr}, donc personne n'y est exposé.",
        f"Undefined: nobody takes part in {name.en} {on.en}, so nobody is exposed to it.",
    )


def _compared(project: Node, counts: Table, steps: int, kind: str | None) -> Words:
    name, family = words.quoted(project), words.kind(kind) if kind else None
    which = Words(f" de la famille « {family.fr} »", f" of the kind “{family.en}”") if family else Words("", "")
    near, far = (_part(*pair) for pair in ((counts.exposed_joined, counts.exposed), (counts.others_joined, counts.others)))
    rings = words.count(steps, Words("cercle", "ring"), Words("cercles", "rings"))
    return Words(
        f"Acteurs{which.fr} exposés à {name.fr} ({rings.fr} au plus) qui ont rejoint un nouveau projet : {near.fr}, "
        f"contre {far.fr} parmi les autres",
        f"Actors{which.en} exposed to {name.en} (at most {rings.en}) who joined a new project: {near.en}, "
        f"against {far.en} among the others",
    )


def _part(joined: int, whole: int) -> Words:
    if not whole:
        return Words("aucun (personne n'y est)", "none (nobody is there)")
    shown, total = words.number(joined), words.number(whole)
    return Words(f"{shown.fr} sur {total.fr}", f"{shown.en} of {total.en}")


def ratio(project: Node, counts: Table, steps: int, kind: str | None = None) -> Words:
    """Return the risk ratio in words, with its counts; an empty cell is said."""
    told, value = _compared(project, counts, steps, kind), counts.risk_ratio
    if value is None:
        return Words(
            f"{told.fr} ; rapport non défini, car une des quatre cases est vide.",
            f"{told.en}; ratio undefined, for one of the four cells is empty.",
        )
    shown = words.number(value)
    return Words(f"{told.fr} ; {shown.fr} fois la part des autres.", f"{told.en}; {shown.en} times the share of the others.")


def points(project: Node, counts: Table, steps: int, kind: str | None = None) -> Words:
    """Return the risk difference in words, in points."""
    told, value = _compared(project, counts, steps, kind), counts.risk_difference
    if value is None:
        return Words(
            f"{told.fr} ; écart non défini, il n'y a personne à comparer.", f"{told.en}; difference undefined, nobody to compare."
        )
    size = words.count(round(100 * abs(value)), Words("point", "point"), Words("points", "points"))
    if round(100 * abs(value)) == 0:
        return Words(f"{told.fr} ; la même part à un point près.", f"{told.en}; the same share within a point.")
    more = ("de plus", "more") if value > 0 else ("de moins", "fewer")
    return Words(f"{told.fr} ; {size.fr} {more[0]}.", f"{told.en}; {size.en} {more[1]}.")


def chance(p: float | None, draws: int) -> Words:
    """Return what the permutation says."""
    if p is None:
        return Words(
            "p non défini : aucun groupe d'acteurs semblables (même famille, même taille) ne mêle exposés et non-exposés, "
            "ralliés et non-ralliés.",
            "p undefined: no group of alike actors (same kind, same size) mixes exposed and others, joined and not.",
        )
    shown, many = words.number(p, 3), words.count(draws, Words("tirage", "draw"), Words("tirages", "draws"))
    return Words(
        f"Si l'exposition était redistribuée au hasard entre acteurs de même famille et de même taille, on verrait au moins "
        f"autant d'exposés rejoindre un projet avec la probabilité {shown.fr} ({many.fr}).",
        f"Were exposure dealt out at random among actors of the same kind and size, at least as many exposed would join with "
        f"probability {shown.en} ({many.en}).",
    )


def gain(project: Node, partners: tuple[float, float] | None, others: tuple[float, float] | None, period: Words) -> Words:
    """Return the difference in differences in words."""
    name = words.quoted(project)
    if partners is None or others is None:
        return Words(
            f"Double différence non définie : tous les acteurs présents sont partenaires de {name.fr}.",
            f"Difference in differences undefined: all actors present are partners of {name.en}.",
        )
    near, far = partners[1] - partners[0], others[1] - others[0]
    shown, of_near, of_far = (_signed(number) for number in (near - far, near, far))
    return Words(
        f"{_upper(period.fr)}, le nombre de projets par acteur (sans compter {name.fr}) évolue de {of_near.fr} chez ses "
        f"partenaires et de {of_far.fr} chez les autres : écart {shown.fr}.",
        f"{_upper(period.en)}, the number of projects an actor ({name.en} left out) changes by {of_near.en} among its partners "
        f"and by {of_far.en} among the others: difference {shown.en}.",
    )


def _signed(value: float) -> Words:
    rounded = round(value, 2)
    shown = words.number(abs(rounded))
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return Words(f"{sign}{shown.fr}", f"{sign}{shown.en}")


def _upper(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _on(day: dt.date) -> Words:
    return Words(f"au {day:%d/%m/%Y}", f"on {day.isoformat()}")
